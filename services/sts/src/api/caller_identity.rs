//! GetCallerIdentity: account, ARN and unique id of whoever signed the request. It needs no permission in AWS, and none
//! is asked for beyond that of being somebody.

use ::api::sts::GetCallerIdentityResponse;
use auth::Principal;

pub(super) fn of(principal: &Principal) -> GetCallerIdentityResponse {
    GetCallerIdentityResponse {
        user_id: Some(principal.user_id()),
        account: Some(principal.account().to_owned()),
        arn: Some(principal.arn().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use auth::{Identity, Scope};

    #[test]
    fn every_kind_of_caller() {
        let scope = Scope::new("us-east-1", "123456789012");
        for (identity, user_id, arn) in [
            (Identity::AccountRoot, "123456789012", "arn:aws:iam::123456789012:root"),
            (
                Identity::User { path: "/".into(), name: "ann".into(), id: "AIDAEXAMPLE".into() },
                "AIDAEXAMPLE",
                "arn:aws:iam::123456789012:user/ann",
            ),
            (
                Identity::RoleSession { role: "web".into(), id: "AROAEXAMPLE".into(), session: "s".into() },
                "AROAEXAMPLE:s",
                "arn:aws:sts::123456789012:assumed-role/web/s",
            ),
        ] {
            let told = of(&Principal::new(&scope, identity, None));
            assert_eq!(told.user_id.as_deref(), Some(user_id));
            assert_eq!(told.account.as_deref(), Some("123456789012"));
            assert_eq!(told.arn.as_deref(), Some(arn));
        }
    }
}
