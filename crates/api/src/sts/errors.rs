//! Errors of AWS STS.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{ErrorSchema, Fault, QueryError};

use crate::error::Code;

/// An error of AWS STS.
pub type Error = crate::Error<ErrorCode>;

pub(super) static EXPIRED_TOKEN_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ExpiredTokenException",
    http_status: 400,
    query: Some(QueryError { code: "ExpiredTokenException", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static MALFORMED_POLICY_DOCUMENT_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "MalformedPolicyDocumentException",
    http_status: 400,
    query: Some(QueryError { code: "MalformedPolicyDocument", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static PACKED_POLICY_TOO_LARGE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "PackedPolicyTooLargeException",
    http_status: 400,
    query: Some(QueryError { code: "PackedPolicyTooLarge", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static REGION_DISABLED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "RegionDisabledException",
    http_status: 403,
    query: Some(QueryError { code: "RegionDisabledException", http_status: 403 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INTERNAL_FAILURE: ErrorSchema = ErrorSchema {
    shape: "InternalFailure",
    http_status: 500,
    query: None,
    fault: Fault::Receiver,
    members: &[],
};

pub(super) static NOT_IMPLEMENTED: ErrorSchema = ErrorSchema {
    shape: "NotImplemented",
    http_status: 501,
    query: None,
    fault: Fault::Receiver,
    members: &[],
};

pub(super) static ACCESS_DENIED: ErrorSchema =
    ErrorSchema { shape: "AccessDenied", http_status: 403, query: None, fault: Fault::Sender, members: &[] };

pub(super) static VALIDATION_ERROR: ErrorSchema = ErrorSchema {
    shape: "ValidationError",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) use VALIDATION_ERROR as VALIDATION;

/// The code of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// HTTP 400
    ExpiredTokenException,
    /// HTTP 400
    MalformedPolicyDocumentException,
    /// HTTP 400
    PackedPolicyTooLargeException,
    /// HTTP 403
    RegionDisabledException,
    /// HTTP 500
    InternalFailure,
    /// HTTP 501
    NotImplemented,
    /// HTTP 403
    AccessDenied,
    /// HTTP 400
    ValidationError,
}

impl Code for ErrorCode {
    const INTERNAL: Self = ErrorCode::InternalFailure;
    const NOT_IMPLEMENTED: Self = ErrorCode::NotImplemented;
    const VALIDATION: Self = ErrorCode::ValidationError;

    fn schema(self) -> &'static ErrorSchema {
        match self {
            ErrorCode::ExpiredTokenException => &EXPIRED_TOKEN_EXCEPTION,
            ErrorCode::MalformedPolicyDocumentException => &MALFORMED_POLICY_DOCUMENT_EXCEPTION,
            ErrorCode::PackedPolicyTooLargeException => &PACKED_POLICY_TOO_LARGE_EXCEPTION,
            ErrorCode::RegionDisabledException => &REGION_DISABLED_EXCEPTION,
            ErrorCode::InternalFailure => &INTERNAL_FAILURE,
            ErrorCode::NotImplemented => &NOT_IMPLEMENTED,
            ErrorCode::AccessDenied => &ACCESS_DENIED,
            ErrorCode::ValidationError => &VALIDATION_ERROR,
        }
    }
}

impl Error {
    /// `ExpiredTokenException`, HTTP 400.
    pub fn expired_token(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ExpiredTokenException, message)
    }

    /// `MalformedPolicyDocumentException`, HTTP 400.
    pub fn malformed_policy_document(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::MalformedPolicyDocumentException, message)
    }

    /// `PackedPolicyTooLargeException`, HTTP 400.
    pub fn packed_policy_too_large(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::PackedPolicyTooLargeException, message)
    }

    /// `RegionDisabledException`, HTTP 403.
    pub fn region_disabled(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::RegionDisabledException, message)
    }

    /// `AccessDenied`, HTTP 403.
    pub fn access_denied(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::AccessDenied, message)
    }

    /// `ValidationError`, HTTP 400.
    pub fn validation_error(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ValidationError, message)
    }
}
