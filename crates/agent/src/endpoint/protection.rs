//! Task protection, asked for by the task itself: the control plane is asked with the task role's credentials.

use super::credentials::TaskRole;
use super::server::{Answer, json};
use super::view::instant;
use crate::aws::ApiError;
use crate::backend::Backend;
use agent_protocol::control::{
    Failure, GetTaskProtectionRequest, ProtectedTask, TaskProtectionResponse, UpdateTaskProtectionRequest,
};
use http::{Method, StatusCode};
use model::Timestamp;
use serde::{Deserialize, Serialize};

/// For whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub task: &'a str,
    pub cluster: &'a str,
    pub role: &'a TaskRole,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Wish {
    #[serde(default)]
    protection_enabled: Option<bool>,
    #[serde(default)]
    expires_in_minutes: Option<i64>,
}

#[derive(Debug, Default, Serialize)]
struct Document {
    #[serde(rename = "requestID", skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    protection: Option<Protection>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Error>,
}

/// Absent values are `null`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Protection {
    expiration_date: Option<String>,
    protection_enabled: bool,
    task_arn: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Failed {
    arn: Option<String>,
    detail: Option<String>,
    reason: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Error {
    #[serde(skip_serializing_if = "str::is_empty")]
    arn: String,
    code: String,
    message: String,
}

/// An error before anybody was asked.
pub(super) fn refuse(status: StatusCode, arn: &str, code: &str, message: &str) -> Answer {
    let error = Error { arn: arn.to_owned(), code: code.to_owned(), message: message.to_owned() };
    json(status, &Document { error: Some(error), ..Document::default() })
}

/// The answer where no task is found. (The official agent reads the body of a change first.)
pub(super) fn unknown_task() -> Answer {
    let message = "Failed to find a task for the request";
    refuse(StatusCode::NOT_FOUND, "", "ResourceNotFoundException", message)
}

/// A change's body that cannot be read; `None` where there is nothing wrong with it.
pub(super) fn bad_body(method: &Method, body: &[u8]) -> Option<Answer> {
    if *method == Method::GET || read(body).is_some() {
        return None;
    }
    let message = "UpdateTaskProtection: failed to decode request";
    Some(refuse(StatusCode::BAD_REQUEST, "", "InvalidParameterException", message))
}

fn read(body: &[u8]) -> Option<Wish> {
    serde_json::from_slice(body).ok()
}

pub(super) async fn answer(
    backend: &dyn Backend,
    subject: Subject<'_>,
    method: &Method,
    body: &[u8],
) -> Answer {
    let Subject { task, cluster, role } = subject;
    let cluster = cluster.to_owned();
    let tasks = vec![task.to_owned()];
    let no_role = || {
        let message = "Invalid Request: no task IAM role credentials available for task";
        refuse(StatusCode::FORBIDDEN, task, "AccessDeniedException", message)
    };
    let asked = if *method == Method::GET {
        let Some(credentials) = role.credentials() else { return no_role() };
        backend.task_protection(&credentials, &GetTaskProtectionRequest { cluster, tasks }).await
    } else {
        let wish = read(body);
        let Some(protection_enabled) = wish.as_ref().and_then(|w| w.protection_enabled) else {
            let message = "Invalid request: does not contain 'ProtectionEnabled' field";
            return refuse(StatusCode::BAD_REQUEST, task, "InvalidParameterException", message);
        };
        let Some(credentials) = role.credentials() else { return no_role() };
        let expires_in_minutes = wish.and_then(|w| w.expires_in_minutes);
        let request = UpdateTaskProtectionRequest { cluster, tasks, protection_enabled, expires_in_minutes };
        backend.protect_task(&credentials, &request).await
    };
    match asked {
        Ok(response) => told(task, response),
        Err(error) => failed(task, error),
    }
}

fn told(task: &str, response: TaskProtectionResponse) -> Answer {
    let TaskProtectionResponse { mut protected_tasks, mut failures } = response;
    let document = match (failures.len(), protected_tasks.len()) {
        (1, _) => Document { failure: failures.pop().map(failure), ..Document::default() },
        (0, 1) => Document { protection: protected_tasks.pop().map(protection), ..Document::default() },
        _ => {
            let message = "Unexpected error occurred";
            return refuse(StatusCode::INTERNAL_SERVER_ERROR, task, "ServerException", message);
        }
    };
    json(StatusCode::OK, &document)
}

fn protection(told: ProtectedTask) -> Protection {
    let expiration =
        told.expiration_date.map(|seconds| instant(Timestamp((seconds * 1000.0).round() as i64)));
    Protection {
        expiration_date: expiration,
        protection_enabled: told.protection_enabled,
        task_arn: told.task_arn,
    }
}

fn failure(told: Failure) -> Failed {
    Failed { arn: told.arn, detail: told.detail, reason: told.reason }
}

fn failed(task: &str, error: ApiError) -> Answer {
    let (status, code, message, request_id) = match error {
        ApiError::Service { code, message, status, request_id, .. } => (status, code, message, request_id),
        ApiError::NoAnswer { .. } => {
            (504, "RequestCanceled".to_owned(), "Timed out calling ECS Task Protection API".to_owned(), None)
        }
        other @ (ApiError::Unreadable { .. } | ApiError::BadRequest { .. }) => {
            (500, "ServerException".to_owned(), other.to_string(), None)
        }
    };
    tracing::warn!(task, code, message, "task protection");
    let error = Error { arn: task.to_owned(), code, message };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    json(status, &Document { request_id, error: Some(error), ..Document::default() })
}
