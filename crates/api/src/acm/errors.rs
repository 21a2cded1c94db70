//! Errors of AWS Certificate Manager.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{ErrorSchema, Fault, QueryError};

use crate::error::Code;

/// An error of AWS Certificate Manager.
pub type Error = crate::Error<ErrorCode>;

pub(super) static ACCESS_DENIED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "AccessDeniedException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static CONFLICT_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ConflictException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_ARGS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidArgsException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_ARN_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidArnException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_DOMAIN_VALIDATION_OPTIONS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidDomainValidationOptionsException",
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

pub(super) static INVALID_TAG_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidTagException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static LIMIT_EXCEEDED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "LimitExceededException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static REQUEST_IN_PROGRESS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "RequestInProgressException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static RESOURCE_IN_USE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ResourceInUseException",
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

pub(super) static TAG_POLICY_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TagPolicyException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static THROTTLING_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ThrottlingException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &["throttlingReasons"],
};

pub(super) static TOO_MANY_TAGS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyTagsException",
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

pub(super) use VALIDATION_EXCEPTION as VALIDATION;

/// The code of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// HTTP 400
    AccessDeniedException,
    /// HTTP 400
    ConflictException,
    /// HTTP 400
    InvalidArgsException,
    /// HTTP 400
    InvalidArnException,
    /// HTTP 400
    InvalidDomainValidationOptionsException,
    /// HTTP 400
    InvalidParameterException,
    /// HTTP 400
    InvalidTagException,
    /// HTTP 400
    LimitExceededException,
    /// HTTP 400
    RequestInProgressException,
    /// HTTP 400
    ResourceInUseException,
    /// HTTP 400
    ResourceNotFoundException,
    /// HTTP 400
    TagPolicyException,
    /// HTTP 400
    ThrottlingException,
    /// HTTP 400
    TooManyTagsException,
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
    const VALIDATION: Self = ErrorCode::ValidationException;

    fn schema(self) -> &'static ErrorSchema {
        match self {
            ErrorCode::AccessDeniedException => &ACCESS_DENIED_EXCEPTION,
            ErrorCode::ConflictException => &CONFLICT_EXCEPTION,
            ErrorCode::InvalidArgsException => &INVALID_ARGS_EXCEPTION,
            ErrorCode::InvalidArnException => &INVALID_ARN_EXCEPTION,
            ErrorCode::InvalidDomainValidationOptionsException => {
                &INVALID_DOMAIN_VALIDATION_OPTIONS_EXCEPTION
            }
            ErrorCode::InvalidParameterException => &INVALID_PARAMETER_EXCEPTION,
            ErrorCode::InvalidTagException => &INVALID_TAG_EXCEPTION,
            ErrorCode::LimitExceededException => &LIMIT_EXCEEDED_EXCEPTION,
            ErrorCode::RequestInProgressException => &REQUEST_IN_PROGRESS_EXCEPTION,
            ErrorCode::ResourceInUseException => &RESOURCE_IN_USE_EXCEPTION,
            ErrorCode::ResourceNotFoundException => &RESOURCE_NOT_FOUND_EXCEPTION,
            ErrorCode::TagPolicyException => &TAG_POLICY_EXCEPTION,
            ErrorCode::ThrottlingException => &THROTTLING_EXCEPTION,
            ErrorCode::TooManyTagsException => &TOO_MANY_TAGS_EXCEPTION,
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

    /// `ConflictException`, HTTP 400.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ConflictException, message)
    }

    /// `InvalidArgsException`, HTTP 400.
    pub fn invalid_args(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidArgsException, message)
    }

    /// `InvalidArnException`, HTTP 400.
    pub fn invalid_arn(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidArnException, message)
    }

    /// `InvalidDomainValidationOptionsException`, HTTP 400.
    pub fn invalid_domain_validation_options(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidDomainValidationOptionsException, message)
    }

    /// `InvalidParameterException`, HTTP 400.
    pub fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidParameterException, message)
    }

    /// `InvalidTagException`, HTTP 400.
    pub fn invalid_tag(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidTagException, message)
    }

    /// `LimitExceededException`, HTTP 400.
    pub fn limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::LimitExceededException, message)
    }

    /// `RequestInProgressException`, HTTP 400.
    pub fn request_in_progress(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::RequestInProgressException, message)
    }

    /// `ResourceInUseException`, HTTP 400.
    pub fn resource_in_use(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ResourceInUseException, message)
    }

    /// `ResourceNotFoundException`, HTTP 400.
    pub fn resource_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ResourceNotFoundException, message)
    }

    /// `TagPolicyException`, HTTP 400.
    pub fn tag_policy(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TagPolicyException, message)
    }

    /// `ThrottlingException`, HTTP 400.
    pub fn throttling(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ThrottlingException, message)
    }

    /// `TooManyTagsException`, HTTP 400.
    pub fn too_many_tags(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyTagsException, message)
    }

    /// `ValidationException`, HTTP 400.
    pub fn validation_exception(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ValidationException, message)
    }
}
