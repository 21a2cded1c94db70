//! CreateLogGroup, DeleteLogGroup, DescribeLogGroups.

use std::sync::Arc;

use ::api::Unit;
use ::api::logs::{
    CreateLogGroupRequest, DeleteLogGroupRequest, DescribeLogGroupsRequest, DescribeLogGroupsResponse, Error,
    LogGroupClass,
};
use auth::Cx;

use crate::api::{page_size, tag};
use crate::record::{Class, LogGroup, LogStream};
use crate::{Logs, convert, errors, lookup, token};

/// Also the most that a page may have.
const DEFAULT_LIMIT: usize = 50;

pub(crate) async fn create(logs: &Logs, cx: &Cx, input: CreateLogGroupRequest) -> Result<Unit, Error> {
    // Observed, also through drivers of logs; in any case of letters.
    if input.log_group_name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws/")) {
        return Err(Error::invalid_parameter("Log groups starting with AWS/ are reserved for AWS."));
    }
    // Refused rather than promised: there is no key service, and no operation to end the protection.
    if input.kms_key_id.is_some() {
        return Err(errors::not_supported("kmsKeyId"));
    }
    if input.deletion_protection_enabled == Some(true) {
        return Err(errors::not_supported("deletionProtectionEnabled"));
    }
    let class = match input.log_group_class {
        None | Some(LogGroupClass::Standard) => Class::Standard,
        Some(LogGroupClass::InfrequentAccess) => Class::InfrequentAccess,
        Some(_) => return Err(errors::not_supported("this logGroupClass")),
    };
    let tags = input.tags.unwrap_or_default();
    tag::check_keys(tags.keys())?;
    let group = LogGroup {
        scope: cx.scope.clone(),
        name: input.log_group_name,
        number: random_number(cx),
        created_at: cx.now,
        retention_days: None,
        class,
        tags: convert::tags_from_map(tags),
    };
    let change = |tx: &mut state::Tx<'_>| {
        if tx.get::<LogGroup>(LogGroup::key_of(&group.scope, &group.name)).is_some() {
            return Err(errors::group_exists());
        }
        tx.put(group.clone());
        Ok(Unit {})
    };
    logs.state.update(change).await.map_err(errors::from_update)
}

/// A number for the event store, which no group or stream had before.
pub(crate) fn random_number(cx: &Cx) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = cx.random_16();
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

pub(crate) async fn delete(logs: &Logs, cx: &Cx, input: DeleteLogGroupRequest) -> Result<Unit, Error> {
    let key = LogGroup::key_of(&cx.scope, &input.log_group_name);
    let change = |tx: &mut state::Tx<'_>| {
        let group = tx.delete::<LogGroup>(&key).ok_or_else(errors::no_group)?;
        let prefix = LogStream::prefix_of(group.number);
        let streams = tx.scan::<LogStream>().after(Some(&prefix)).take_while(|s| s.group == group.number);
        let keys: Vec<String> = streams.map(|s| state::Record::key(&**s)).collect();
        for key in keys {
            tx.delete::<LogStream>(key);
        }
        Ok(group)
    };
    let group = logs.state.update(change).await.map_err(errors::from_update)?;
    // If this fails, the events are garbage that the sweep collects: the group itself is gone.
    if let Err(error) = logs.events.delete_group(group.id()).await {
        tracing::warn!(%error, group = %group.name, "events of a deleted log group are left for the sweep");
    }
    Ok(Unit {})
}

pub(crate) fn describe(
    logs: &Logs,
    cx: &Cx,
    input: &DescribeLogGroupsRequest,
) -> Result<DescribeLogGroupsResponse, Error> {
    if input.log_group_name_prefix.is_some() && input.log_group_name_pattern.is_some() {
        return Err(Error::invalid_parameter(
            "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
        ));
    }
    // AWS differs: can look into accounts that share their logs with this one.
    let is_own = |account: &String| *account == cx.scope.account;
    if input.account_identifiers.iter().flatten().any(|account| !is_own(account)) {
        return Err(errors::not_supported("log groups of other accounts"));
    }
    let others = [
        input.log_group_name_prefix.is_some(),
        input.log_group_name_pattern.is_some(),
        input.log_group_class.is_some(),
    ];
    // "If you specify this parameter, the only other filter that you can choose to specify is includeLinkedAccounts" (API reference); the words are
    // not established.
    if input.log_group_identifiers.is_some() && others.contains(&true) {
        return Err(Error::invalid_parameter("logGroupIdentifiers cannot be specified with other filters."));
    }
    let prefix = input.log_group_name_prefix.as_deref().unwrap_or("");
    let pattern = input.log_group_name_pattern.as_deref().unwrap_or("");
    let identified: Option<Vec<&str>> = input.log_group_identifiers.as_ref().map(|identifiers| {
        let names = identifiers.iter().filter_map(|text| match text.starts_with("arn:") {
            true => lookup::name_in_arn(&cx.scope, text),
            false => Some(text.as_str()),
        });
        names.collect()
    });
    let wanted = |group: &LogGroup| {
        group.name.starts_with(prefix)
            && group.name.contains(pattern)
            && input.log_group_class.as_ref().is_none_or(|class| *class == convert::class(group.class))
            && identified.as_ref().is_none_or(|names| names.contains(&group.name.as_str()))
    };
    let question = format!("groups/{}/{}/{prefix}/{pattern}", cx.scope.account, cx.scope.region);
    let after = match &input.next_token {
        None => None,
        Some(text) => match token::parse_list(&question, text).as_deref() {
            Some([name]) => Some(LogGroup::key_of(&cx.scope, name)),
            _ => return Err(errors::bad_token()),
        },
    };
    let limit = page_size(input.limit, DEFAULT_LIMIT);
    let snapshot = logs.state.snapshot();
    let groups = snapshot.by_index(LogGroup::BY_SCOPE, &cx.scope).after(after);
    let mut found: Vec<&Arc<LogGroup>> = groups.filter(|g| wanted(g)).take(limit + 1).collect();
    let more = found.len() > limit;
    found.truncate(limit);
    let next_token = found.last().filter(|_| more).map(|last| token::list(&question, &[&last.name]));
    let log_groups = found.into_iter().map(|group| convert::group(group, &logs.events)).collect();
    Ok(DescribeLogGroupsResponse { log_groups: Some(log_groups), next_token })
}
