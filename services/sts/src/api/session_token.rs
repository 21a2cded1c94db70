//! GetSessionToken: temporary credentials of whoever asks with a long-lived key.

use super::{least_size, shown, token_size};
use crate::{Sts, errors};
use ::api::sts::*;
use auth::session::{Bearer, Claims, SessionLimits};
use auth::{Cx, Identity};
use std::time::Duration;

/// "Sessions for Amazon Web Services account owners are restricted to a maximum of 3,600 seconds (one hour). If the
/// duration is longer than one hour, the session for Amazon Web Services account owners defaults to one hour."
const OF_ROOT: Duration = Duration::from_secs(3600);

pub(super) fn get(
    sts: &Sts,
    cx: &Cx,
    input: &GetSessionTokenRequest,
) -> Result<GetSessionTokenResponse, Error> {
    if cx.principal.session().is_some() {
        return Err(Error::access_denied("Cannot call GetSessionToken with session credentials"));
    }
    if input.serial_number.is_some() || input.token_code.is_some() {
        return Err(errors::no_device());
    }
    let Identity::AccountRoot = cx.principal.identity() else {
        // There are no users yet; roles always act in sessions.
        return Err(Error::access_denied(format!("{} has no long-lived key.", cx.principal)));
    };
    let asked =
        input.duration_seconds.and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs);
    let life = asked.map_or(OF_ROOT, |asked| asked.min(OF_ROOT));
    let claims = Claims {
        partition: cx.scope.partition.clone(),
        account: cx.scope.account.clone(),
        bearer: Bearer::AccountRoot {
            parent_key: cx.principal.access_key_id().unwrap_or_default().to_owned(),
        },
        issued_at: cx.now,
        expires: cx.now.after(life),
        limits: SessionLimits::default(),
        tags: Vec::new(),
        transitive_tag_keys: Vec::new(),
        source_identity: None,
    };
    let given = sts.key.issue_of_size(claims, cx.random_16(), least_size(input.minimum_session_token_size));
    Ok(GetSessionTokenResponse {
        credentials: Some(shown(&given)),
        // Of what it is a part is not established.
        session_token_utilization: None,
        session_token_size: token_size(&given),
    })
}
