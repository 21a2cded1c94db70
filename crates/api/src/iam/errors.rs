//! Errors of AWS IAM.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{ErrorSchema, Fault, QueryError};

use crate::error::Code;

/// An error of AWS IAM.
pub type Error = crate::Error<ErrorCode>;

pub(super) static CONCURRENT_MODIFICATION_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ConcurrentModificationException",
    http_status: 409,
    query: Some(QueryError { code: "ConcurrentModification", http_status: 409 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static DELETE_CONFLICT_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "DeleteConflictException",
    http_status: 409,
    query: Some(QueryError { code: "DeleteConflict", http_status: 409 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static ENTITY_ALREADY_EXISTS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "EntityAlreadyExistsException",
    http_status: 409,
    query: Some(QueryError { code: "EntityAlreadyExists", http_status: 409 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_INPUT_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidInputException",
    http_status: 400,
    query: Some(QueryError { code: "InvalidInput", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static LIMIT_EXCEEDED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "LimitExceededException",
    http_status: 409,
    query: Some(QueryError { code: "LimitExceeded", http_status: 409 }),
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

pub(super) static NO_SUCH_ENTITY_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "NoSuchEntityException",
    http_status: 404,
    query: Some(QueryError { code: "NoSuchEntity", http_status: 404 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static POLICY_NOT_ATTACHABLE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "PolicyNotAttachableException",
    http_status: 400,
    query: Some(QueryError { code: "PolicyNotAttachable", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static SERVICE_FAILURE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ServiceFailureException",
    http_status: 500,
    query: Some(QueryError { code: "ServiceFailure", http_status: 500 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static UNMODIFIABLE_ENTITY_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "UnmodifiableEntityException",
    http_status: 400,
    query: Some(QueryError { code: "UnmodifiableEntity", http_status: 400 }),
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
    /// HTTP 409
    ConcurrentModificationException,
    /// HTTP 409
    DeleteConflictException,
    /// HTTP 409
    EntityAlreadyExistsException,
    /// HTTP 400
    InvalidInputException,
    /// HTTP 409
    LimitExceededException,
    /// HTTP 400
    MalformedPolicyDocumentException,
    /// HTTP 404
    NoSuchEntityException,
    /// HTTP 400
    PolicyNotAttachableException,
    /// HTTP 500
    ServiceFailureException,
    /// HTTP 400
    UnmodifiableEntityException,
    /// HTTP 500
    InternalFailure,
    /// HTTP 501
    NotImplemented,
    /// HTTP 400
    ValidationError,
}

impl Code for ErrorCode {
    const INTERNAL: Self = ErrorCode::InternalFailure;
    const NOT_IMPLEMENTED: Self = ErrorCode::NotImplemented;
    const VALIDATION: Self = ErrorCode::ValidationError;

    fn schema(self) -> &'static ErrorSchema {
        match self {
            ErrorCode::ConcurrentModificationException => &CONCURRENT_MODIFICATION_EXCEPTION,
            ErrorCode::DeleteConflictException => &DELETE_CONFLICT_EXCEPTION,
            ErrorCode::EntityAlreadyExistsException => &ENTITY_ALREADY_EXISTS_EXCEPTION,
            ErrorCode::InvalidInputException => &INVALID_INPUT_EXCEPTION,
            ErrorCode::LimitExceededException => &LIMIT_EXCEEDED_EXCEPTION,
            ErrorCode::MalformedPolicyDocumentException => &MALFORMED_POLICY_DOCUMENT_EXCEPTION,
            ErrorCode::NoSuchEntityException => &NO_SUCH_ENTITY_EXCEPTION,
            ErrorCode::PolicyNotAttachableException => &POLICY_NOT_ATTACHABLE_EXCEPTION,
            ErrorCode::ServiceFailureException => &SERVICE_FAILURE_EXCEPTION,
            ErrorCode::UnmodifiableEntityException => &UNMODIFIABLE_ENTITY_EXCEPTION,
            ErrorCode::InternalFailure => &INTERNAL_FAILURE,
            ErrorCode::NotImplemented => &NOT_IMPLEMENTED,
            ErrorCode::ValidationError => &VALIDATION_ERROR,
        }
    }
}

impl Error {
    /// `ConcurrentModificationException`, HTTP 409.
    pub fn concurrent_modification(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ConcurrentModificationException, message)
    }

    /// `DeleteConflictException`, HTTP 409.
    pub fn delete_conflict(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DeleteConflictException, message)
    }

    /// `EntityAlreadyExistsException`, HTTP 409.
    pub fn entity_already_exists(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::EntityAlreadyExistsException, message)
    }

    /// `InvalidInputException`, HTTP 400.
    pub fn invalid_input(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidInputException, message)
    }

    /// `LimitExceededException`, HTTP 409.
    pub fn limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::LimitExceededException, message)
    }

    /// `MalformedPolicyDocumentException`, HTTP 400.
    pub fn malformed_policy_document(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::MalformedPolicyDocumentException, message)
    }

    /// `NoSuchEntityException`, HTTP 404.
    pub fn no_such_entity(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::NoSuchEntityException, message)
    }

    /// `PolicyNotAttachableException`, HTTP 400.
    pub fn policy_not_attachable(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::PolicyNotAttachableException, message)
    }

    /// `ServiceFailureException`, HTTP 500.
    pub fn service_failure(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ServiceFailureException, message)
    }

    /// `UnmodifiableEntityException`, HTTP 400.
    pub fn unmodifiable_entity(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::UnmodifiableEntityException, message)
    }

    /// `ValidationError`, HTTP 400.
    pub fn validation_error(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ValidationError, message)
    }
}
