//! Account settings: what a user or role, else the account, else Amazon ECS says.
//!
//! A record exists only where somebody changed a setting. The account's default is stored under the principal of its root.
//! Source: "Access Amazon ECS features with account settings" of the developer guide and PutAccountSetting of the API reference, 2025.

use crate::errors::settle;
use crate::find::{Source, page};
use crate::service::Ecs;
use api::ecs::{
    DeleteAccountSettingRequest, DeleteAccountSettingResponse, Error, ListAccountSettingsRequest,
    ListAccountSettingsResponse, PutAccountSettingDefaultRequest, PutAccountSettingDefaultResponse,
    PutAccountSettingRequest, PutAccountSettingResponse, Setting, SettingName, SettingType,
};
use auth::Cx;
use model::ecs::AccountSetting;
use model::ids::Scope;
use state::ecs::account_setting::BY_PRINCIPAL;
use std::collections::BTreeMap;

const MOST_LISTED: i32 = 10;

/// A setting: its values, the one that holds where nobody chose, and who may choose.
struct Known {
    name: &'static str,
    values: &'static [&'static str],
    default: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Everybody for himself, the root for all.
    User,
    /// For the whole account only.
    Account,
    /// Shown, but AWS's own to change.
    Managed,
}

const ON: &[&str] = &["enabled", "disabled"];

/// Every setting, in the order of the names as lists show them.
///
/// AWS differs: the short form of ARNs cannot be chosen any more; every ARN here is long.
const KNOWN: &[Known] = &[
    Known { name: "awsvpcTrunking", values: ON, default: "disabled", kind: Kind::User },
    Known {
        name: "containerInsights",
        values: &["enabled", "disabled", "enhanced"],
        default: "disabled",
        kind: Kind::User,
    },
    Known {
        name: "containerInstanceLongArnFormat",
        values: &["enabled"],
        default: "enabled",
        kind: Kind::User,
    },
    Known {
        name: "defaultLogDriverMode",
        values: &["blocking", "non-blocking"],
        default: "non-blocking",
        kind: Kind::User,
    },
    Known { name: "dualStackIPv6", values: ON, default: "enabled", kind: Kind::User },
    Known { name: "fargateEventWindows", values: ON, default: "disabled", kind: Kind::User },
    Known { name: "fargateFIPSMode", values: ON, default: "disabled", kind: Kind::User },
    Known {
        name: "fargateTaskRetirementWaitPeriod",
        values: &["0", "7", "14"],
        default: "7",
        kind: Kind::Account,
    },
    Known { name: "guardDutyActivate", values: &["on", "off"], default: "off", kind: Kind::Managed },
    Known { name: "serviceLongArnFormat", values: &["enabled"], default: "enabled", kind: Kind::User },
    Known { name: "tagResourceAuthorization", values: &["on", "off"], default: "on", kind: Kind::User },
    Known { name: "taskLongArnFormat", values: &["enabled"], default: "enabled", kind: Kind::User },
];

/// What holds for `principal`: its own value, else the account's, else that of Amazon ECS. Empty for a name that is no setting.
pub(crate) fn effective(from: &impl Source, scope: &Scope, principal: &str, name: &str) -> String {
    let chosen = |by: &str| {
        from.get::<AccountSetting>(&AccountSetting::key_of(scope, by, name)).map(|s| s.value.clone())
    };
    chosen(principal).or_else(|| chosen(&root(scope))).unwrap_or_else(|| {
        KNOWN.iter().find(|k| k.name == name).map(|k| k.default.to_owned()).unwrap_or_default()
    })
}

/// What holds for the account as a whole: for what no principal's request decides.
pub(crate) fn of_account(from: &impl Source, scope: &Scope, name: &str) -> String {
    effective(from, scope, &root(scope), name)
}

/// The principal that stands for the account.
fn root(scope: &Scope) -> String {
    format!("arn:{}:iam::{}:root", scope.partition, scope.account)
}

pub(crate) async fn put_account_setting(
    ecs: &Ecs,
    cx: &Cx,
    input: PutAccountSettingRequest,
) -> Result<PutAccountSettingResponse, Error> {
    let principal = principal(cx, input.principal_arn)?;
    let setting = put(ecs, &cx.scope, principal, &input.name, &input.value).await?;
    Ok(PutAccountSettingResponse { setting: Some(setting) })
}

pub(crate) async fn put_account_setting_default(
    ecs: &Ecs,
    cx: &Cx,
    input: PutAccountSettingDefaultRequest,
) -> Result<PutAccountSettingDefaultResponse, Error> {
    let setting = put(ecs, &cx.scope, root(&cx.scope), &input.name, &input.value).await?;
    Ok(PutAccountSettingDefaultResponse { setting: Some(setting) })
}

async fn put(
    ecs: &Ecs,
    scope: &Scope,
    principal: String,
    name: &SettingName,
    value: &str,
) -> Result<Setting, Error> {
    let known = known(name)?;
    if known.kind == Kind::Managed {
        return Err(Error::invalid_parameter(format!(
            "The {} account setting is managed by AWS and can not be modified.",
            known.name
        )));
    }
    if known.kind == Kind::Account && principal != root(scope) {
        return Err(Error::invalid_parameter(format!(
            "The {} account setting can only be set for the account's root user.",
            known.name
        )));
    }
    if !known.values.contains(&value) {
        return Err(Error::invalid_parameter(format!(
            "Invalid value '{value}' for account setting {}. Valid values are: [{}].",
            known.name,
            known.values.join(", ")
        )));
    }
    if (known.name, value) == ("fargateFIPSMode", "enabled") {
        return Err(Error::invalid_parameter("Longshore has no FIPS endpoints (fargateFIPSMode)."));
    }
    let record = AccountSetting {
        scope: scope.clone(),
        principal,
        name: known.name.to_owned(),
        value: value.to_owned(),
    };
    let record = settle(ecs.state.update(|tx| Ok(tx.put(record.clone()))).await)?;
    Ok(setting(&record.name, &record.value, &record.principal))
}

pub(crate) async fn delete_account_setting(
    ecs: &Ecs,
    cx: &Cx,
    input: DeleteAccountSettingRequest,
) -> Result<DeleteAccountSettingResponse, Error> {
    let known = known(&input.name)?;
    let principal = principal(cx, input.principal_arn)?;
    let change = ecs.state.update(|tx| {
        tx.delete::<AccountSetting>(AccountSetting::key_of(&cx.scope, &principal, known.name));
        Ok(effective(tx, &cx.scope, &principal, known.name))
    });
    let value = settle(change.await)?;
    Ok(DeleteAccountSettingResponse { setting: Some(setting(known.name, &value, &principal)) })
}

pub(crate) async fn list_account_settings(
    ecs: &Ecs,
    cx: &Cx,
    input: ListAccountSettingsRequest,
) -> Result<ListAccountSettingsResponse, Error> {
    let limit = page::size(input.max_results, MOST_LISTED)?;
    let after = page::after(input.next_token.as_deref())?;
    let name = input.name.as_ref().map(known).transpose()?.map(|k| k.name);
    let value = input.value.as_deref().filter(|v| !v.is_empty());
    if value.is_some() && name.is_none() {
        return Err(Error::invalid_parameter("To filter by value you must also specify a setting name."));
    }
    let principal = principal(cx, input.principal_arn)?;
    let snapshot = ecs.state.snapshot();
    let mut settings: BTreeMap<String, (String, String)> = snapshot
        .by_prefix(BY_PRINCIPAL, (&cx.scope, principal.as_str()))
        .map(|s| (s.name.clone(), (s.value.clone(), s.principal.clone())))
        .collect();
    if input.effective_settings.unwrap_or(false) {
        settings = KNOWN
            .iter()
            .map(|k| {
                (k.name.to_owned(), (effective(&snapshot, &cx.scope, &principal, k.name), principal.clone()))
            })
            .collect();
    }
    let mut listed: Vec<Setting> = settings
        .into_iter()
        .filter(|(n, (v, _))| name.is_none_or(|name| name == n) && value.is_none_or(|value| value == v))
        .filter(|(n, _)| after.as_ref().is_none_or(|after| n > after))
        .map(|(name, (value, principal))| setting(&name, &value, &principal))
        .take(limit + 1)
        .collect();
    let more = listed.len() > limit;
    listed.truncate(limit);
    let next_token =
        listed.last().filter(|_| more).and_then(|s| s.name.as_ref()).map(|n| page::token(n.as_str()));
    Ok(ListAccountSettingsResponse { settings: Some(listed), next_token })
}

fn known(name: &SettingName) -> Result<&'static Known, Error> {
    KNOWN.iter().find(|k| k.name == name.as_str()).ok_or_else(|| {
        let names: Vec<&str> = KNOWN.iter().map(|k| k.name).collect();
        Error::invalid_parameter(format!("{name} should be one of [{}]", names.join(",")))
    })
}

/// Whose setting it is: the caller's, or that of the principal that is named.
fn principal(cx: &Cx, named: Option<String>) -> Result<String, Error> {
    let Some(named) = named.filter(|n| !n.is_empty()) else { return Ok(cx.principal.arn().to_owned()) };
    let invalid = || Error::invalid_parameter(format!("Invalid principal ARN: {named}"));
    let arn: model::Arn = named.parse().map_err(|_| invalid())?;
    let is_principal = arn.service == "iam"
        && arn.account == cx.scope.account
        && (arn.resource == "root" || arn.resource.starts_with("user/") || arn.resource.starts_with("role/"));
    if is_principal { Ok(named) } else { Err(invalid()) }
}

fn setting(name: &str, value: &str, principal: &str) -> Setting {
    let managed = KNOWN.iter().any(|k| k.name == name && k.kind == Kind::Managed);
    Setting {
        name: Some(name.into()),
        value: Some(value.to_owned()),
        principal_arn: Some(principal.to_owned()),
        r#type: Some(if managed { SettingType::AwsManaged } else { SettingType::User }),
    }
}
