//! Operations of AWS STS.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use std::sync::Arc;

use super::{errors::Error, schema as s, shapes::*};
use crate::{Operation, Service, Unit};

/// AWS STS. An operation that is not overridden answers that it is not implemented.
pub trait Sts<C: Sync>: Send + Sync + 'static {
    /// `AssumeRole`.
    fn assume_role(
        &self,
        cx: &C,
        input: AssumeRoleRequest,
    ) -> impl Future<Output = Result<AssumeRoleResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AssumeRole")))
    }

    /// `GetCallerIdentity`.
    fn get_caller_identity(
        &self,
        cx: &C,
        input: GetCallerIdentityRequest,
    ) -> impl Future<Output = Result<GetCallerIdentityResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("GetCallerIdentity")))
    }

    /// `GetSessionToken`.
    fn get_session_token(
        &self,
        cx: &C,
        input: GetSessionTokenRequest,
    ) -> impl Future<Output = Result<GetSessionTokenResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("GetSessionToken")))
    }
}

/// The service as `front` calls it.
pub fn service<C: Sync + 'static, S: Sts<C>>(implementation: Arc<S>) -> Service<C> {
    Service::new(
        &s::SERVICE_SCHEMA,
        vec![
            Operation::new(
                &s::ASSUME_ROLE_OPERATION,
                "sts:AssumeRole",
                "{RoleArn}",
                &implementation,
                |i: &S, cx, input: AssumeRoleRequest| Box::pin(i.assume_role(cx, input)),
            ),
            Operation::new(
                &s::GET_CALLER_IDENTITY_OPERATION,
                "sts:GetCallerIdentity",
                "*",
                &implementation,
                |i: &S, cx, input: GetCallerIdentityRequest| Box::pin(i.get_caller_identity(cx, input)),
            ),
            Operation::new(
                &s::GET_SESSION_TOKEN_OPERATION,
                "sts:GetSessionToken",
                "*",
                &implementation,
                |i: &S, cx, input: GetSessionTokenRequest| Box::pin(i.get_session_token(cx, input)),
            ),
        ],
    )
}
