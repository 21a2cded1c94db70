//! Last step: the answer in the caller's protocol, complete or as a stream of events.

use super::Called;
use crate::body::{Body, BoxError, full};
use api::Reply;
use auth::Cx;
use bytes::Bytes;
use futures_util::StreamExt;
use http::Response;
use http_body::Frame;
use http_body_util::{BodyExt, StreamBody};

pub(super) fn step(cx: &Cx, called: &Called<'_>, reply: Reply) -> Response<Body> {
    let response = called.service.encode(called.operation, called.codec, reply, cx.request_id.as_str());
    response.map(|body| match body {
        api::Body::Full(bytes) => full(bytes),
        api::Body::Events(events) => {
            let frames = events.map(|frame| Ok::<_, BoxError>(Frame::data(Bytes::from(frame))));
            StreamBody::new(frames).boxed_unsync()
        }
    })
}
