//! The service through the functions that requests take, on a state in memory, with what a data plane would report.

use crate::service::Elbv2;
use crate::{Drain, convert};
use ::api::elbv2::{Elbv2 as _, *};
use auth::{Cx, Identity, MasterKey, Origin, Principal, Seed};
use model::Timestamp;
use model::ec2::{InterfaceOwner, NetworkInterface, Subnet};
use model::elbv2::{LoadBalancerState as Seen, TargetReason, TargetState};
use model::ids::{LoadBalancerArn, Scope, TargetGroupArn};
use reconcile::{Next, Reconcile};
use state::elbv2::target::Health;
use state::elbv2::{load_balancer, target};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

const START: i64 = 1_700_000_000_000;

fn scope() -> Scope {
    Scope::new("us-east-1", "123456789012")
}

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(START + ms)
}

/// A request of the account's root; every one draws ids of its own.
fn cx_at(ms: i64) -> Cx {
    static SEED: AtomicU16 = AtomicU16::new(0);
    let mut seed = [0; 32];
    seed[..2].copy_from_slice(&SEED.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    let principal = Principal::new(&scope(), Identity::AccountRoot, None);
    Cx::new(scope(), principal, Origin::default(), at(ms), Seed::from_bytes(seed))
}

fn cx() -> Cx {
    cx_at(0)
}

fn master_key(seed: u8) -> Arc<MasterKey> {
    Arc::new(MasterKey::generate(Seed::from_bytes([seed; 32])))
}

/// A service in an account with a default VPC, its id and its subnets in order of their zones.
struct Place {
    elbv2: Elbv2,
    vpc: String,
    subnets: Vec<Subnet>,
}

async fn place() -> Place {
    let tables = [state::ec2::TABLES, state::ecs::TABLES, state::elbv2::TABLES, state::acm::TABLES].concat();
    let state = state::testing::state(&tables);
    let block = state::ec2::default_vpc::block();
    let subnets = state::ec2::default_vpc::subnets(&scope(), block).expect("it is a /16");
    let mut n = 0u128;
    let mut draw = || {
        n += 1;
        // The first bytes become ids.
        n.to_le_bytes()
    };
    let vpc = state
        .update(|tx| {
            Ok::<_, Infallible>(state::ec2::default_vpc::create(tx, &scope(), block, &subnets, &mut draw))
        })
        .await
        .expect("a VPC");
    let mut subnets: Vec<Subnet> =
        state.snapshot().scan::<Subnet>().map(|subnet| Subnet::clone(subnet)).collect();
    subnets.sort_by(|a, b| a.zone.cmp(&b.zone));
    Place { elbv2: Elbv2::new(state, master_key(1)), vpc: vpc.id.to_string(), subnets }
}

impl Place {
    fn balancer(&self, name: &str) -> CreateLoadBalancerInput {
        let subnets = self.subnets.iter().take(2).map(|subnet| subnet.id.to_string()).collect();
        CreateLoadBalancerInput { name: name.to_owned(), subnets: Some(subnets), ..Default::default() }
    }

    async fn load_balancer(&self, name: &str) -> String {
        let made =
            self.elbv2.create_load_balancer(&cx(), self.balancer(name)).await.expect("a load balancer");
        made.load_balancers.expect("one")[0].load_balancer_arn.clone().expect("an ARN")
    }

    fn group(&self, name: &str) -> CreateTargetGroupInput {
        CreateTargetGroupInput {
            name: name.to_owned(),
            protocol: Some("HTTP".into()),
            port: Some(80),
            vpc_id: Some(self.vpc.clone()),
            target_type: Some("ip".into()),
            ..Default::default()
        }
    }

    async fn target_group(&self, name: &str) -> String {
        let made = self.elbv2.create_target_group(&cx(), self.group(name)).await.expect("a target group");
        made.target_groups.expect("one")[0].target_group_arn.clone().expect("an ARN")
    }

    async fn listener(&self, balancer: &str, port: i32, group: &str) -> Result<String, Error> {
        let input = CreateListenerInput {
            load_balancer_arn: balancer.to_owned(),
            protocol: Some("HTTP".into()),
            port: Some(port),
            default_actions: vec![forward(group)],
            ..Default::default()
        };
        let made = self.elbv2.create_listener(&cx(), input).await?;
        Ok(made.listeners.expect("one")[0].listener_arn.clone().expect("an ARN"))
    }

    async fn rule(&self, listener: &str, priority: i32, group: &str) -> Result<String, Error> {
        let values = Some(vec![format!("/{priority}/*")]);
        let condition = RuleCondition { field: Some("path-pattern".into()), values, ..Default::default() };
        let input = CreateRuleInput {
            listener_arn: listener.to_owned(),
            conditions: vec![condition],
            priority,
            actions: vec![forward(group)],
            ..Default::default()
        };
        let made = self.elbv2.create_rule(&cx(), input).await?;
        Ok(made.rules.expect("one")[0].rule_arn.clone().expect("an ARN"))
    }

    async fn register(&self, group: &str, id: &str) -> Result<(), Error> {
        let targets = vec![TargetDescription { id: id.to_owned(), ..Default::default() }];
        let input = RegisterTargetsInput { target_group_arn: group.to_owned(), targets };
        self.elbv2.register_targets(&cx(), input).await.map(drop)
    }

    /// State and reason of the only target of a group.
    async fn health(&self, group: &str, ms: i64) -> Option<(String, Option<String>)> {
        let input = DescribeTargetHealthInput { target_group_arn: group.to_owned(), ..Default::default() };
        let shown = self.elbv2.describe_target_health(&cx_at(ms), input).await.expect("a list");
        let health = shown.target_health_descriptions.expect("a list").into_iter().next()?.target_health?;
        Some((health.state?.as_str().to_owned(), health.reason.map(|reason| reason.as_str().to_owned())))
    }

    async fn see(&self, arn: &str, state: Seen) {
        let arn: LoadBalancerArn = arn.parse().expect("an ARN");
        let seen = self.elbv2.state.update(|tx| {
            load_balancer::observe(tx, &arn, state, None, at(0));
            Ok::<_, Infallible>(())
        });
        seen.await.expect("it is written");
    }

    async fn see_target(&self, group: &str, id: &str, health: Health) {
        let arn: TargetGroupArn = group.parse().expect("an ARN");
        let seen = self.elbv2.state.update(|tx| {
            target::observe(tx, (&arn, id, 80), health.clone(), false, at(0));
            Ok::<_, Infallible>(())
        });
        seen.await.expect("it is written");
    }

    fn interfaces(&self) -> Vec<NetworkInterface> {
        let snapshot = self.elbv2.state.snapshot();
        snapshot.scan::<NetworkInterface>().map(|interface| NetworkInterface::clone(interface)).collect()
    }
}

fn forward(group: &str) -> Action {
    Action { r#type: ActionTypeEnum::Forward, target_group_arn: Some(group.to_owned()), ..Default::default() }
}

fn said<T: std::fmt::Debug>(outcome: Result<T, Error>) -> (ErrorCode, String) {
    let error = outcome.expect_err("it is refused");
    (error.code, error.message)
}

fn healthy() -> Health {
    Health { state: TargetState::Healthy, reason: None, description: None }
}

#[tokio::test]
async fn a_load_balancer_is_provisioned_when_somebody_saw_it() {
    let place = place().await;
    let arn = place.load_balancer("web").await;
    let interfaces = place.interfaces();
    assert_eq!(interfaces.len(), 2);
    for interface in &interfaces {
        assert!(matches!(&interface.owner, InterfaceOwner::LoadBalancer(owner) if owner.as_str() == arn));
        assert_eq!(interface.description, format!("ELB {}", arn.split_once('/').expect("a slash").1));
        assert!(interface.public_address().is_some(), "it faces the internet");
        assert_eq!(interface.groups.len(), 1, "the default one");
    }
    let input = || DescribeLoadBalancersInput { names: Some(vec!["web".into()]), ..Default::default() };
    let state = |output: DescribeLoadBalancersOutput| {
        output.load_balancers.expect("one")[0].state.clone().and_then(|state| state.code).expect("a state")
    };
    let shown = place.elbv2.describe_load_balancers(&cx(), input()).await.expect("it is there");
    assert_eq!(state(shown), LoadBalancerStateEnum::Provisioning);
    place.see(&arn, Seen::Active).await;
    let shown = place.elbv2.describe_load_balancers(&cx(), input()).await.expect("it is there");
    assert_eq!(state(shown), LoadBalancerStateEnum::Active);
    let input = DeleteLoadBalancerInput { load_balancer_arn: arn.clone() };
    place.elbv2.delete_load_balancer(&cx(), input.clone()).await.expect("it goes");
    assert!(place.interfaces().is_empty(), "its interfaces go with it");
    place.elbv2.delete_load_balancer(&cx(), input).await.expect("twice is no error");
    place.see(&arn, Seen::Active).await;
    assert_eq!(
        load_balancer::state(&place.elbv2.state.snapshot(), &arn.parse().expect("an ARN")).0,
        Seen::Provisioning
    );
}

#[tokio::test]
async fn making_again_is_the_same_or_refused() {
    let place = place().await;
    let arn = place.load_balancer("web").await;
    assert_eq!(place.load_balancer("web").await, arn);
    let other = CreateLoadBalancerInput { scheme: Some("internal".into()), ..place.balancer("web") };
    let (code, message) = said(place.elbv2.create_load_balancer(&cx(), other).await);
    assert_eq!(code, ErrorCode::DuplicateLoadBalancerNameException);
    assert_eq!(message, "A load balancer with the same name 'web' exists, but with different settings");
    let one_zone = CreateLoadBalancerInput {
        subnets: Some(vec![place.subnets[0].id.to_string()]),
        ..place.balancer("narrow")
    };
    let (_, message) = said(place.elbv2.create_load_balancer(&cx(), one_zone).await);
    assert_eq!(message, "At least two subnets in two different Availability Zones must be specified");
    assert_eq!(place.interfaces().len(), 2, "what is refused leaves nothing");

    let group = place.target_group("blue").await;
    assert_eq!(place.target_group("blue").await, group);
    let other = CreateTargetGroupInput { port: Some(81), ..place.group("blue") };
    assert_eq!(
        said(place.elbv2.create_target_group(&cx(), other).await).0,
        ErrorCode::DuplicateTargetGroupNameException
    );
    let listener = place.listener(&arn, 80, &group).await.expect("a listener");
    assert_eq!(place.listener(&arn, 80, &group).await.expect("the same"), listener);
    let green = place.target_group("green").await;
    assert_eq!(said(place.listener(&arn, 80, &green).await).0, ErrorCode::DuplicateListenerException);
}

#[tokio::test]
async fn subnets_move_and_take_their_interfaces_with_them() {
    let place = place().await;
    let arn = place.load_balancer("web").await;
    let kept = place.interfaces();
    let wanted = [1, 2].map(|n: usize| place.subnets[n].id.to_string()).to_vec();
    let input =
        SetSubnetsInput { load_balancer_arn: arn, subnets: Some(wanted.clone()), ..Default::default() };
    let set = place.elbv2.set_subnets(&cx(), input).await.expect("it moves");
    let zones = set.availability_zones.expect("zones").into_iter().filter_map(|zone| zone.subnet_id);
    assert_eq!(zones.collect::<Vec<_>>(), wanted);
    let now = place.interfaces();
    assert_eq!(now.len(), 2);
    assert_eq!(now.iter().filter(|interface| kept.iter().any(|k| k.id == interface.id)).count(), 1);
}

#[tokio::test]
async fn the_health_of_a_target_from_its_registration_to_its_end() {
    let place = place().await;
    let (balancer, group) = (place.load_balancer("web").await, place.target_group("blue").await);
    let id = place.subnets[0].block.nth(20).expect("an address").to_string();
    place.register(&group, &id).await.expect("it is registered");
    let is = |state: &str, reason: &str| Some((state.to_owned(), Some(reason.to_owned())));
    assert_eq!(place.health(&group, 0).await, is("unused", "Target.NotInUse"));
    place.listener(&balancer, 80, &group).await.expect("a listener");
    assert_eq!(place.health(&group, 0).await, is("initial", "Elb.RegistrationInProgress"));
    place.see_target(&group, &id, healthy()).await;
    assert_eq!(
        place.health(&group, 0).await,
        is("initial", "Elb.RegistrationInProgress"),
        "the balancer is not there yet"
    );
    place.see(&balancer, Seen::Active).await;
    assert_eq!(place.health(&group, 0).await, Some(("healthy".to_owned(), None)));
    let bad = Health {
        state: TargetState::UnhealthyDraining,
        reason: Some(TargetReason::Timeout),
        description: Some("Request timed out".into()),
    };
    place.see_target(&group, &id, bad.clone()).await;
    assert_eq!(place.health(&group, 0).await, is("unhealthy.draining", "Target.Timeout"));
    place.see_target(&group, &id, Health { state: TargetState::Unhealthy, ..bad }).await;
    assert_eq!(place.health(&group, 0).await, is("unhealthy", "Target.Timeout"));

    let targets = vec![TargetDescription { id: id.clone(), ..Default::default() }];
    let input = DeregisterTargetsInput { target_group_arn: group.clone(), targets };
    place.elbv2.deregister_targets(&cx(), input.clone()).await.expect("it drains");
    assert_eq!(place.health(&group, 0).await, is("draining", "Target.DeregistrationInProgress"));
    place
        .elbv2
        .deregister_targets(&cx_at(200_000), input)
        .await
        .expect("twice is no error, and does not begin anew");
    assert_eq!(place.health(&group, 299_999).await, is("draining", "Target.DeregistrationInProgress"));
    assert_eq!(place.health(&group, 300_000).await, None, "its time is over, whoever looks");

    // Registered again while it drained: it begins anew, and what was seen before is forgotten.
    place.register(&group, &id).await.expect("it is registered");
    assert_eq!(place.health(&group, 0).await, is("initial", "Elb.RegistrationInProgress"));
}

#[tokio::test]
async fn what_has_drained_is_taken_away() {
    let place = place().await;
    let (balancer, group) = (place.load_balancer("web").await, place.target_group("blue").await);
    let id = place.subnets[0].block.nth(20).expect("an address").to_string();
    place.register(&group, &id).await.expect("it is registered");
    place.listener(&balancer, 80, &group).await.expect("a listener");
    place.see(&balancer, Seen::Active).await;
    let targets = vec![TargetDescription { id, ..Default::default() }];
    let input = DeregisterTargetsInput { target_group_arn: group, targets };
    place.elbv2.deregister_targets(&cx(), input).await.expect("it drains");
    let count = || place.elbv2.state.snapshot().scan::<model::elbv2::Target>().count();
    let early = Drain::new(place.elbv2.state.clone(), || at(100_000));
    assert_eq!(
        early.step("targets").await.expect("a step"),
        Next::After(std::time::Duration::from_secs(200))
    );
    assert_eq!(count(), 1);
    let late = Drain::new(place.elbv2.state.clone(), || at(300_000));
    assert_eq!(late.step("targets").await.expect("a step"), Next::Idle);
    assert_eq!(count(), 0);
}

#[tokio::test]
async fn addresses_are_of_the_network_or_private() {
    let place = place().await;
    let group = place.target_group("blue").await;
    let inside = place.subnets[1].block.nth(9).expect("an address").to_string();
    let register = async |id: &str, zone: Option<&str>| {
        let zone = zone.map(str::to_owned);
        let targets =
            vec![TargetDescription { id: id.to_owned(), availability_zone: zone, ..Default::default() }];
        let input = RegisterTargetsInput { target_group_arn: group.clone(), targets };
        place.elbv2.register_targets(&cx(), input).await.map(drop)
    };
    register(&inside, None).await.expect("the zone is found");
    register("10.9.9.9", Some("all")).await.expect("outside");
    register("10.9.9.10", Some("us-east-1a")).await.expect("outside, in a zone");
    for (id, zone, expected) in [
        (
            &*inside,
            Some("all"),
            "is within the VPC, and cannot have its Availability Zone overridden to 'all' from 'us-east-1b'",
        ),
        (
            "10.9.9.9",
            None,
            "The Availability Zone is required for IP address '10.9.9.9' because it is not in the VPC",
        ),
        ("10.9.9.9", Some("us-east-1z"), "is not valid"),
        ("8.8.8.8", Some("all"), "is not within the VPC"),
        ("i-0123", None, "The IP address 'i-0123' is not a valid IPv4 address"),
    ] {
        let (code, message) = said(register(id, zone).await);
        assert_eq!(code, ErrorCode::ValidationError);
        assert!(message.contains(expected), "{message}");
    }
}

#[tokio::test]
async fn priorities_change_places_at_once_or_not_at_all() {
    let place = place().await;
    let (balancer, group) = (place.load_balancer("web").await, place.target_group("blue").await);
    let listener = place.listener(&balancer, 80, &group).await.expect("a listener");
    let (one, two) = (
        place.rule(&listener, 1, &group).await.expect("a rule"),
        place.rule(&listener, 2, &group).await.expect("a rule"),
    );
    place.rule(&listener, 3, &group).await.expect("a rule");
    assert_eq!(said(place.rule(&listener, 2, &group).await).1, "Priority '2' is currently in use");
    let set = async |pairs: &[(&str, i32)]| {
        let pair = |(arn, priority): &(&str, i32)| RulePriorityPair {
            rule_arn: Some((*arn).to_owned()),
            priority: Some(*priority),
        };
        let input = SetRulePrioritiesInput { rule_priorities: pairs.iter().map(pair).collect() };
        place.elbv2.set_rule_priorities(&cx(), input).await.map(drop)
    };
    let shown = async || {
        let input = DescribeRulesInput { listener_arn: Some(listener.clone()), ..Default::default() };
        let rules = place.elbv2.describe_rules(&cx(), input).await.expect("a list").rules.expect("a list");
        rules.into_iter().filter_map(|rule| rule.rule_arn.zip(rule.priority)).collect::<Vec<_>>()
    };
    set(&[(&one, 2), (&two, 1)]).await.expect("they change places");
    assert_eq!(shown().await[..2], [(two.clone(), "1".to_owned()), (one.clone(), "2".to_owned())]);
    assert_eq!(shown().await[3].1, "default");
    let before = shown().await;
    assert_eq!(said(set(&[(&one, 9), (&two, 3)]).await).0, ErrorCode::PriorityInUseException);
    assert!(said(set(&[(&one, 9), (&two, 9)]).await).1.contains("multiple times"));
    assert_eq!(shown().await, before, "nothing of it was done");
    let default = before[3].0.clone();
    assert_eq!(said(set(&[(&default, 9)]).await).0, ErrorCode::OperationNotPermittedException);
    let input = DeleteRuleInput { rule_arn: default.clone() };
    assert_eq!(
        said(place.elbv2.delete_rule(&cx(), input).await).1,
        format!("Default rule '{default}' cannot be deleted")
    );
}

#[tokio::test]
async fn a_group_is_of_one_load_balancer_and_stays_while_it_is_used() {
    let place = place().await;
    let group = place.target_group("blue").await;
    let (web, api) = (place.load_balancer("web").await, place.load_balancer("api").await);
    let listener = place.listener(&web, 80, &group).await.expect("a listener");
    assert_eq!(
        said(place.listener(&api, 80, &group).await).0,
        ErrorCode::TargetGroupAssociationLimitException
    );
    let input = DeleteTargetGroupInput { target_group_arn: group.clone() };
    let (code, message) = said(place.elbv2.delete_target_group(&cx(), input.clone()).await);
    assert_eq!(code, ErrorCode::ResourceInUseException);
    assert_eq!(message, format!("Target group '{group}' is currently in use by a listener or a rule"));
    place
        .elbv2
        .delete_listener(&cx(), DeleteListenerInput { listener_arn: listener })
        .await
        .expect("it goes");
    place.elbv2.delete_target_group(&cx(), input).await.expect("nobody uses it");
}

#[tokio::test]
async fn rules_end_at_their_quota() {
    let place = place().await;
    let (balancer, group) = (place.load_balancer("web").await, place.target_group("blue").await);
    let listener = place.listener(&balancer, 80, &group).await.expect("a listener");
    for priority in 1..=100 {
        place.rule(&listener, priority, &group).await.expect("a rule");
    }
    assert_eq!(said(place.rule(&listener, 101, &group).await).0, ErrorCode::TooManyRulesException);
}

#[tokio::test]
async fn what_belongs_to_another_region_is_not_there() {
    let place = place().await;
    let arn = place.load_balancer("web").await;
    let principal = Principal::new(&scope(), Identity::AccountRoot, None);
    let elsewhere = Scope::new("eu-west-1", "123456789012");
    let other = Cx::new(elsewhere, principal, Origin::default(), at(0), Seed::from_bytes([9; 32]));
    let input = DescribeLoadBalancerAttributesInput { load_balancer_arn: arn };
    let outcome = place.elbv2.describe_load_balancer_attributes(&other, input).await;
    assert_eq!(said(outcome).0, ErrorCode::LoadBalancerNotFoundException);
}

#[test]
fn secrets_of_providers_are_not_shown() {
    use model::elbv2::{ActionKind, Authentication, ClientSecret, OidcBehavior};
    let authentication = Authentication {
        issuer: "https://example.com".into(),
        authorization_endpoint: "https://example.com/a".into(),
        token_endpoint: "https://example.com/t".into(),
        user_info_endpoint: "https://example.com/u".into(),
        client_id: "c".into(),
        client_secret: ClientSecret::Plain(model::balancer::Secret::new("hunter2")),
        session_cookie_name: "s".into(),
        scope: "openid".into(),
        session_timeout_s: 1,
        extra_parameters: Default::default(),
        on_unauthenticated: OidcBehavior::Deny,
    };
    let action =
        model::elbv2::Action { order: None, kind: ActionKind::AuthenticateOidc(Box::new(authentication)) };
    let shown = convert::actions(std::slice::from_ref(&action));
    assert_eq!(
        shown[0].authenticate_oidc_config.as_ref().map(|config| config.client_secret.clone()),
        Some(None)
    );
    assert!(!format!("{action:?} {shown:?}").contains("hunter2"));
}

#[tokio::test]
async fn secrets_that_were_kept_as_they_came_are_sealed_for_their_listener() {
    use model::elbv2::{ActionKind, Rule};
    let place = place().await;
    let listener = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/web/0123456789abcdef/1111111111111111";
    let url = "https://id.example/";
    // As it was stored before.
    let rule: Rule = serde_json::from_value(serde_json::json!({
        "arn": format!("{}/3333333333333333", listener.replacen(":listener/", ":listener-rule/", 1)),
        "listener": listener,
        "priority": "default",
        "actions": [{ "kind": { "authenticateOidc": {
            "issuer": url, "authorizationEndpoint": url, "tokenEndpoint": url, "userInfoEndpoint": url, "clientId": "c",
            "clientSecret": "hunter2", "sessionCookieName": "s", "scope": "openid", "sessionTimeoutS": 1, "onUnauthenticated": "deny",
        } } }],
    }))
    .expect("it is a record");
    let arn = rule.arn.clone();
    let put = place.elbv2.state.update(|tx| {
        tx.put(rule.clone());
        Ok::<_, Infallible>(())
    });
    put.await.expect("it is stored");
    crate::seal_client_secrets(&place.elbv2, &cx()).await.expect("it is sealed");

    let kept = place.elbv2.state.snapshot().get::<Rule>(&arn).cloned().expect("it is there");
    assert!(!serde_json::to_string(&*kept).expect("JSON").contains("hunter2"));
    let ActionKind::AuthenticateOidc(of) = &kept.actions[0].kind else { panic!("{kept:?}") };
    let opened = |key: &MasterKey, listener: &str| {
        let secret = crate::client_secret(key, &listener.parse().expect("an ARN"), of)?;
        Some(secret.reveal().to_owned())
    };
    assert_eq!(opened(&master_key(1), listener).as_deref(), Some("hunter2"));
    assert_eq!(opened(&master_key(2), listener), None, "it was sealed under another key");
    assert_eq!(opened(&master_key(1), &listener.replace("1111", "4444")), None, "it is another listener's");

    crate::seal_client_secrets(&place.elbv2, &cx()).await.expect("there is nothing to do");
    let again = place.elbv2.state.snapshot().get::<Rule>(&arn).cloned();
    assert_eq!(again.as_ref(), Some(&kept), "what is sealed stays as it is");
}
