use super::{cx, ecs, error, root, scope};
use crate::api::account_setting::*;
use crate::service::Ecs;
use api::ecs::*;
use auth::Cx;
use expect_test::expect;

async fn put(ecs: &Ecs, cx: &Cx, name: &str, value: &str) -> Result<PutAccountSettingResponse, Error> {
    put_account_setting(
        ecs,
        cx,
        PutAccountSettingRequest { name: name.into(), value: value.into(), principal_arn: None },
    )
    .await
}

async fn list(ecs: &Ecs, cx: &Cx, input: ListAccountSettingsRequest) -> Vec<String> {
    let (mut seen, mut next_token) = (Vec::new(), None);
    loop {
        let page = list_account_settings(ecs, cx, ListAccountSettingsRequest { next_token, ..input.clone() })
            .await
            .expect("a page");
        seen.extend(page.settings.expect("a list").into_iter().map(|s| {
            let kind = s.r#type.map(|t| t.to_string()).unwrap_or_default();
            format!("{}={} {kind}", s.name.expect("a name"), s.value.unwrap_or_default())
        }));
        next_token = page.next_token;
        if next_token.is_none() {
            return seen;
        }
    }
}

#[tokio::test]
async fn the_nearest_choice_holds() {
    let ecs = ecs();
    let holds = |cx: &Cx| effective(&ecs.state.snapshot(), &scope(), cx.principal.arn(), "containerInsights");
    assert_eq!(holds(&cx()), "disabled");
    let input =
        PutAccountSettingDefaultRequest { name: SettingName::ContainerInsights, value: "enabled".into() };
    let set =
        put_account_setting_default(&ecs, &cx(), input).await.expect("it is set").setting.expect("a setting");
    assert_eq!(set.principal_arn.as_deref(), Some("arn:aws:iam::123456789012:root"));
    assert_eq!((holds(&cx()), holds(&root())), ("enabled".to_owned(), "enabled".to_owned()));
    put(&ecs, &cx(), "containerInsights", "enhanced").await.expect("it is set");
    assert_eq!((holds(&cx()), holds(&root())), ("enhanced".to_owned(), "enabled".to_owned()));
    let delete = || DeleteAccountSettingRequest { name: SettingName::ContainerInsights, principal_arn: None };
    for _ in 0..2 {
        let left = delete_account_setting(&ecs, &cx(), delete())
            .await
            .expect("it is taken away")
            .setting
            .expect("a setting");
        assert_eq!(left.value.as_deref(), Some("enabled"));
    }
    delete_account_setting(&ecs, &root(), delete()).await.expect("it is taken away");
    assert_eq!(holds(&cx()), "disabled");
}

#[tokio::test]
async fn lists_show_choices_or_everything_that_holds() {
    let ecs = ecs();
    put(&ecs, &cx(), "awsvpcTrunking", "enabled").await.expect("it is set");
    put(&ecs, &root(), "fargateTaskRetirementWaitPeriod", "14").await.expect("it is set");
    assert_eq!(
        list(&ecs, &cx(), ListAccountSettingsRequest::default()).await,
        ["awsvpcTrunking=enabled user"]
    );
    let all = ListAccountSettingsRequest {
        effective_settings: Some(true),
        max_results: Some(5),
        ..Default::default()
    };
    expect![[r#"
        awsvpcTrunking=enabled user
        containerInsights=disabled user
        containerInstanceLongArnFormat=enabled user
        defaultLogDriverMode=non-blocking user
        dualStackIPv6=enabled user
        fargateEventWindows=disabled user
        fargateFIPSMode=disabled user
        fargateTaskRetirementWaitPeriod=14 user
        guardDutyActivate=off aws_managed
        serviceLongArnFormat=enabled user
        tagResourceAuthorization=on user
        taskLongArnFormat=enabled user"#]]
    .assert_eq(&list(&ecs, &cx(), all.clone()).await.join("\n"));
    let one = ListAccountSettingsRequest { name: Some(SettingName::AwsvpcTrunking), ..all.clone() };
    assert_eq!(list(&ecs, &root(), one.clone()).await, ["awsvpcTrunking=disabled user"]);
    let none = ListAccountSettingsRequest { value: Some("enabled".into()), ..one };
    assert_eq!(list(&ecs, &root(), none).await, Vec::<String>::new());
    let of_root = ListAccountSettingsRequest {
        principal_arn: Some("arn:aws:iam::123456789012:root".into()),
        ..Default::default()
    };
    assert_eq!(list(&ecs, &cx(), of_root).await, ["fargateTaskRetirementWaitPeriod=14 user"]);
}

#[tokio::test]
async fn what_cannot_be_set() {
    let ecs = ecs();
    let mut lines = String::new();
    for (name, value) in [
        ("unknown", "enabled"),
        ("containerInsights", "on"),
        ("fargateTaskRetirementWaitPeriod", "7"),
        ("fargateFIPSMode", "enabled"),
        ("guardDutyActivate", "on"),
        ("taskLongArnFormat", "disabled"),
    ] {
        lines += &format!("{name}={value}: {}\n", error(put(&ecs, &cx(), name, value).await));
    }
    for principal in ["nonsense", "arn:aws:iam::210987654321:root", "arn:aws:iam::123456789012:group/g"] {
        let principal_arn = Some(principal.to_owned());
        let input = PutAccountSettingRequest {
            name: SettingName::ContainerInsights,
            value: "enabled".into(),
            principal_arn,
        };
        lines += &format!("{principal}: {}\n", error(put_account_setting(&ecs, &cx(), input).await));
    }
    let input = ListAccountSettingsRequest { value: Some("enabled".into()), ..Default::default() };
    lines += &format!("value alone: {}\n", error(list_account_settings(&ecs, &cx(), input).await));
    expect![[r#"
        unknown=enabled: InvalidParameterException: unknown should be one of [awsvpcTrunking,containerInsights,containerInstanceLongArnFormat,defaultLogDriverMode,dualStackIPv6,fargateEventWindows,fargateFIPSMode,fargateTaskRetirementWaitPeriod,guardDutyActivate,serviceLongArnFormat,tagResourceAuthorization,taskLongArnFormat]
        containerInsights=on: InvalidParameterException: Invalid value 'on' for account setting containerInsights. Valid values are: [enabled, disabled, enhanced].
        fargateTaskRetirementWaitPeriod=7: InvalidParameterException: The fargateTaskRetirementWaitPeriod account setting can only be set for the account's root user.
        fargateFIPSMode=enabled: InvalidParameterException: Longshore has no FIPS endpoints (fargateFIPSMode).
        guardDutyActivate=on: InvalidParameterException: The guardDutyActivate account setting is managed by AWS and can not be modified.
        taskLongArnFormat=disabled: InvalidParameterException: Invalid value 'disabled' for account setting taskLongArnFormat. Valid values are: [enabled].
        nonsense: InvalidParameterException: Invalid principal ARN: nonsense
        arn:aws:iam::210987654321:root: InvalidParameterException: Invalid principal ARN: arn:aws:iam::210987654321:root
        arn:aws:iam::123456789012:group/g: InvalidParameterException: Invalid principal ARN: arn:aws:iam::123456789012:group/g
        value alone: InvalidParameterException: To filter by value you must also specify a setting name.
    "#]].assert_eq(&lines);
}
