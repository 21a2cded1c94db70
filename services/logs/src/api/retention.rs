//! PutRetentionPolicy, DeleteRetentionPolicy.

use ::api::Unit;
use ::api::logs::{DeleteRetentionPolicyRequest, Error, PutRetentionPolicyRequest};
use auth::Cx;

use crate::record::LogGroup;
use crate::{Logs, errors};

/// The days that AWS allows.
const DAYS: [i32; 22] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

pub(crate) async fn put(logs: &Logs, cx: &Cx, input: PutRetentionPolicyRequest) -> Result<Unit, Error> {
    let days = input.retention_in_days;
    if !DAYS.contains(&days) {
        // The values are AWS's; the words are those of its model's violations.
        let allowed = DAYS.map(|days| days.to_string()).join(", ");
        return Err(Error::invalid_parameter(format!(
            "1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: \
             Member must satisfy enum value set: [{allowed}]"
        )));
    }
    set(logs, cx, &input.log_group_name, Some(days)).await
}

pub(crate) async fn delete(logs: &Logs, cx: &Cx, input: DeleteRetentionPolicyRequest) -> Result<Unit, Error> {
    set(logs, cx, &input.log_group_name, None).await
}

async fn set(logs: &Logs, cx: &Cx, name: &str, days: Option<i32>) -> Result<Unit, Error> {
    let key = LogGroup::key_of(&cx.scope, name);
    let change = |tx: &mut state::Tx<'_>| {
        tx.modify::<LogGroup>(&key, |group| group.retention_days = days).ok_or_else(errors::no_group)
    };
    let group = logs.state.update(change).await.map_err(errors::from_update)?;
    // The record rules; should this fail, the sweep carries it over.
    if let Err(error) = logs.events.set_retention(group.id(), group.retention_ms()).await {
        tracing::warn!(%error, group = %group.name, "retention is left for the sweep to set");
    }
    Ok(Unit {})
}
