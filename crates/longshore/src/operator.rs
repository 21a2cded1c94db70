//! The operator's own requests: `X-Amz-Target: LongshoreOperator.NAME`, signed for `ecs` as every other request, with JSON in and out. They are for
//! the sub-commands `why`, `reclaim`, `retire` and `status`; AWS has no operations for what they ask.

use api::ecs::Error;
use async_trait::async_trait;
use ecs::Ecs;
use front::{Body, RawRequest, Routes, full};
use http::request::Parts;
use http::{HeaderValue, Response, StatusCode};
use model::Timestamp;
use serde::Deserialize;
use std::sync::Arc;

/// What every target of these requests begins with.
pub const TARGET: &str = "LongshoreOperator.";

pub struct Operator(pub Arc<Ecs>);

#[derive(Deserialize)]
struct WhyInput {
    arn: String,
}

#[derive(Deserialize)]
struct ReclaimInput {
    node: String,
}

#[derive(Deserialize)]
struct RetireInput {
    node: String,
    /// Milliseconds since 1970. Where it is not said, the account's setting decides.
    at: Option<i64>,
}

#[async_trait]
impl Routes for Operator {
    fn takes(&self, request: &Parts) -> bool {
        target(request.headers.get("x-amz-target")).is_some()
    }

    async fn handle(&self, mut raw: RawRequest) -> Response<Body> {
        let name = target(raw.request.headers().get("x-amz-target")).unwrap_or_default().to_owned();
        let body = match raw.read_body().await {
            Ok(body) => body,
            Err(error) => return refuse("SerializationException", &error.to_string()),
        };
        let admitted = raw.authenticate_with("ecs", &body).map_err(|error| error.to_string());
        let admitted =
            admitted.and_then(|cx| raw.authorise(&cx, &format!("longshore:{name}"), "*").map(|()| cx));
        let cx = match admitted {
            Ok(cx) => cx,
            Err(text) => return refuse("AccessDeniedException", &text),
        };
        let answered = match name.as_str() {
            "Why" => match serde_json::from_slice::<WhyInput>(&body) {
                Ok(input) => answer(self.0.why(&cx, &input.arn)),
                Err(error) => return refuse("SerializationException", &error.to_string()),
            },
            "Reclaim" => match serde_json::from_slice::<ReclaimInput>(&body) {
                Ok(input) => answer(self.0.reclaim(&cx, &input.node).await),
                Err(error) => return refuse("SerializationException", &error.to_string()),
            },
            "Retire" => match serde_json::from_slice::<RetireInput>(&body) {
                Ok(input) => {
                    answer(self.0.retire(&cx, &input.node, input.at.map(Timestamp::from_millis)).await)
                }
                Err(error) => return refuse("SerializationException", &error.to_string()),
            },
            "LoadBalancers" => answer(Ok(self.0.load_balancers(&cx))),
            _ => return refuse("UnknownOperationException", &format!("there is no {TARGET}{name}")),
        };
        match answered {
            Ok(json) => respond(StatusCode::OK, json),
            Err((code, message)) => refuse(&code, &message),
        }
    }
}

fn target(header: Option<&HeaderValue>) -> Option<&str> {
    header?.to_str().ok()?.strip_prefix(TARGET)
}

fn answer<T: serde::Serialize>(outcome: Result<T, Error>) -> Result<String, (String, String)> {
    match outcome {
        Ok(value) => serde_json::to_string(&value).map_err(|e| ("InternalFailure".to_owned(), e.to_string())),
        Err(error) => {
            let text = error.to_string();
            let (code, message) = text.split_once(": ").unwrap_or(("ClientException", &text));
            Err((code.to_owned(), message.to_owned()))
        }
    }
}

fn refuse(code: &str, message: &str) -> Response<Body> {
    let body = serde_json::json!({ "__type": code, "message": message });
    respond(StatusCode::BAD_REQUEST, body.to_string())
}

fn respond(status: StatusCode, body: String) -> Response<Body> {
    let mut response = Response::new(full(body));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/x-amz-json-1.1");
    response.headers_mut().insert(http::header::CONTENT_TYPE, json);
    response
}
