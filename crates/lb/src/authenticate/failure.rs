//! Why a user is not authenticated: what the client is answered, what the access log says, and which metric counts it.

use crate::metrics::Count;

/// A reason by the code of the access log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The provider sent the user back without access; the log has no code for it.
    Denied,
    /// … or with another error.
    ProviderError,
    InvalidNonce,
    InvalidCookie,
    InvalidGrant,
    InvalidIdToken,
    InvalidState,
    InvalidTokenResponse,
    InvalidUserInfo,
    MissingNonce,
    MissingCode,
    MissingHost,
    MissingState,
    TokenFailed,
    TokenTimeout,
    UserInfoFailed,
    UserInfoTimeout,
    SizeExceeded,
    Unhandled,
}

impl Reason {
    /// `error_reason` of the access log.
    pub fn code(self) -> Option<&'static str> {
        Some(match self {
            Self::Denied | Self::ProviderError => return None,
            Self::InvalidNonce => "AuthInvalidAWSALBAuthNonce",
            Self::InvalidCookie => "AuthInvalidCookie",
            Self::InvalidGrant => "AuthInvalidGrantError",
            Self::InvalidIdToken => "AuthInvalidIdToken",
            Self::InvalidState => "AuthInvalidStateParam",
            Self::InvalidTokenResponse => "AuthInvalidTokenResponse",
            Self::InvalidUserInfo => "AuthInvalidUserinfoResponse",
            Self::MissingNonce => "AuthMissingAWSALBAuthNonce",
            Self::MissingCode => "AuthMissingCodeParam",
            Self::MissingHost => "AuthMissingHostHeader",
            Self::MissingState => "AuthMissingStateParam",
            Self::TokenFailed => "AuthTokenEpRequestFailed",
            Self::TokenTimeout => "AuthTokenEpRequestTimeout",
            Self::UserInfoFailed => "AuthUserinfoEpRequestFailed",
            Self::UserInfoTimeout => "AuthUserinfoEpRequestTimeout",
            Self::SizeExceeded => "AuthUserinfoResponseSizeExceeded",
            Self::Unhandled => "AuthUnhandledException",
        })
    }

    /// What the client is answered: 561 where the provider returned an error, 500 where it cannot be asked or says too much, else 401.
    pub fn status(self) -> u16 {
        match self {
            Self::ProviderError | Self::InvalidGrant | Self::TokenFailed | Self::UserInfoFailed => 561,
            Self::TokenTimeout | Self::UserInfoTimeout | Self::SizeExceeded | Self::Unhandled => 500,
            Self::Denied
            | Self::InvalidNonce
            | Self::InvalidCookie
            | Self::InvalidIdToken
            | Self::InvalidState
            | Self::InvalidTokenResponse
            | Self::InvalidUserInfo
            | Self::MissingNonce
            | Self::MissingCode
            | Self::MissingHost
            | Self::MissingState => 401,
        }
    }

    pub fn metric(self) -> Count {
        match self {
            Self::SizeExceeded => Count::ELBAuthUserClaimsSizeExceeded,
            Self::MissingHost
            | Self::TokenFailed
            | Self::TokenTimeout
            | Self::UserInfoFailed
            | Self::UserInfoTimeout
            | Self::Unhandled => Count::ELBAuthError,
            Self::Denied
            | Self::ProviderError
            | Self::InvalidNonce
            | Self::InvalidCookie
            | Self::InvalidGrant
            | Self::InvalidIdToken
            | Self::InvalidState
            | Self::InvalidTokenResponse
            | Self::InvalidUserInfo
            | Self::MissingNonce
            | Self::MissingCode
            | Self::MissingState => Count::ELBAuthFailure,
        }
    }
}
