//! The operations, one file per noun.

mod caller_identity;

use auth::Cx;

/// The service.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sts;

impl ::api::sts::Sts<Cx> for Sts {
    async fn get_caller_identity(
        &self,
        cx: &Cx,
        _input: ::api::sts::GetCallerIdentityRequest,
    ) -> Result<::api::sts::GetCallerIdentityResponse, ::api::sts::Error> {
        Ok(caller_identity::of(&cx.principal))
    }
}
