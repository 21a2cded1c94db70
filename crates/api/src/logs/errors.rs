//! Errors of CloudWatch Logs.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{ErrorSchema, Fault, QueryError};

use crate::error::Code;

/// An error of CloudWatch Logs.
pub type Error = crate::Error<ErrorCode>;

pub(super) static ACCESS_DENIED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "AccessDeniedException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static DATA_ALREADY_ACCEPTED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "DataAlreadyAcceptedException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &["expectedSequenceToken"],
};

pub(super) static INVALID_OPERATION_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidOperationException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_PARAMETER_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidParameterException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_SEQUENCE_TOKEN_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidSequenceTokenException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &["expectedSequenceToken"],
};

pub(super) static LIMIT_EXCEEDED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "LimitExceededException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static OPERATION_ABORTED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "OperationAbortedException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static RESOURCE_ALREADY_EXISTS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ResourceAlreadyExistsException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static RESOURCE_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ResourceNotFoundException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static SERVICE_UNAVAILABLE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ServiceUnavailableException",
    http_status: 500,
    query: None,
    fault: Fault::Receiver,
    members: &[],
};

pub(super) static SESSION_STREAMING_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "SessionStreamingException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static SESSION_TIMEOUT_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "SessionTimeoutException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TOO_MANY_TAGS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyTagsException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &["resourceName"],
};

pub(super) static UNRECOGNIZED_CLIENT_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "UnrecognizedClientException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static VALIDATION_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ValidationException",
    http_status: 400,
    query: None,
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

pub(super) use INVALID_PARAMETER_EXCEPTION as VALIDATION;

/// The code of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// HTTP 400
    AccessDeniedException,
    /// HTTP 400
    DataAlreadyAcceptedException,
    /// HTTP 400
    InvalidOperationException,
    /// HTTP 400
    InvalidParameterException,
    /// HTTP 400
    InvalidSequenceTokenException,
    /// HTTP 400
    LimitExceededException,
    /// HTTP 400
    OperationAbortedException,
    /// HTTP 400
    ResourceAlreadyExistsException,
    /// HTTP 400
    ResourceNotFoundException,
    /// HTTP 500
    ServiceUnavailableException,
    /// HTTP 400
    SessionStreamingException,
    /// HTTP 400
    SessionTimeoutException,
    /// HTTP 400
    TooManyTagsException,
    /// HTTP 400
    UnrecognizedClientException,
    /// HTTP 400
    ValidationException,
    /// HTTP 500
    InternalFailure,
    /// HTTP 501
    NotImplemented,
}

impl Code for ErrorCode {
    const INTERNAL: Self = ErrorCode::InternalFailure;
    const NOT_IMPLEMENTED: Self = ErrorCode::NotImplemented;
    const VALIDATION: Self = ErrorCode::InvalidParameterException;

    fn schema(self) -> &'static ErrorSchema {
        match self {
            ErrorCode::AccessDeniedException => &ACCESS_DENIED_EXCEPTION,
            ErrorCode::DataAlreadyAcceptedException => &DATA_ALREADY_ACCEPTED_EXCEPTION,
            ErrorCode::InvalidOperationException => &INVALID_OPERATION_EXCEPTION,
            ErrorCode::InvalidParameterException => &INVALID_PARAMETER_EXCEPTION,
            ErrorCode::InvalidSequenceTokenException => &INVALID_SEQUENCE_TOKEN_EXCEPTION,
            ErrorCode::LimitExceededException => &LIMIT_EXCEEDED_EXCEPTION,
            ErrorCode::OperationAbortedException => &OPERATION_ABORTED_EXCEPTION,
            ErrorCode::ResourceAlreadyExistsException => &RESOURCE_ALREADY_EXISTS_EXCEPTION,
            ErrorCode::ResourceNotFoundException => &RESOURCE_NOT_FOUND_EXCEPTION,
            ErrorCode::ServiceUnavailableException => &SERVICE_UNAVAILABLE_EXCEPTION,
            ErrorCode::SessionStreamingException => &SESSION_STREAMING_EXCEPTION,
            ErrorCode::SessionTimeoutException => &SESSION_TIMEOUT_EXCEPTION,
            ErrorCode::TooManyTagsException => &TOO_MANY_TAGS_EXCEPTION,
            ErrorCode::UnrecognizedClientException => &UNRECOGNIZED_CLIENT_EXCEPTION,
            ErrorCode::ValidationException => &VALIDATION_EXCEPTION,
            ErrorCode::InternalFailure => &INTERNAL_FAILURE,
            ErrorCode::NotImplemented => &NOT_IMPLEMENTED,
        }
    }
}

impl Error {
    /// `AccessDeniedException`, HTTP 400.
    pub fn access_denied(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::AccessDeniedException, message)
    }

    /// `DataAlreadyAcceptedException`, HTTP 400.
    pub fn data_already_accepted(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DataAlreadyAcceptedException, message)
    }

    /// `InvalidOperationException`, HTTP 400.
    pub fn invalid_operation(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidOperationException, message)
    }

    /// `InvalidParameterException`, HTTP 400.
    pub fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidParameterException, message)
    }

    /// `InvalidSequenceTokenException`, HTTP 400.
    pub fn invalid_sequence_token(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidSequenceTokenException, message)
    }

    /// `LimitExceededException`, HTTP 400.
    pub fn limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::LimitExceededException, message)
    }

    /// `OperationAbortedException`, HTTP 400.
    pub fn operation_aborted(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::OperationAbortedException, message)
    }

    /// `ResourceAlreadyExistsException`, HTTP 400.
    pub fn resource_already_exists(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ResourceAlreadyExistsException, message)
    }

    /// `ResourceNotFoundException`, HTTP 400.
    pub fn resource_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ResourceNotFoundException, message)
    }

    /// `ServiceUnavailableException`, HTTP 500.
    pub fn service_unavailable(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ServiceUnavailableException, message)
    }

    /// `SessionStreamingException`, HTTP 400.
    pub fn session_streaming(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::SessionStreamingException, message)
    }

    /// `SessionTimeoutException`, HTTP 400.
    pub fn session_timeout(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::SessionTimeoutException, message)
    }

    /// `TooManyTagsException`, HTTP 400.
    pub fn too_many_tags(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyTagsException, message)
    }

    /// `UnrecognizedClientException`, HTTP 400.
    pub fn unrecognized_client(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::UnrecognizedClientException, message)
    }

    /// `ValidationException`, HTTP 400.
    pub fn validation_exception(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ValidationException, message)
    }
}
