//! Sessions on a state in memory: who gets one, what it may do, when it ends.

use crate::{Permissions, Sessions, Sts};
use ::api::sts::{Sts as _, *};
use auth::session::SessionKey;
use auth::{AdministratorKey, Credential, Credentials, Cx, Identity, Origin, Principal, Seed};
use model::Timestamp;
use model::iam::Role;
use model::ids::{RoleArn, Scope};
use state::State;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_123);
const ANYBODY: &str = r#"{"Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}}"#;

fn scope() -> Scope {
    Scope::new("us-east-1", "123456789012")
}

fn cx(principal: Principal) -> Cx {
    static SEED: AtomicU8 = AtomicU8::new(0);
    let seed = Seed::from_bytes([SEED.fetch_add(1, Ordering::Relaxed); 32]);
    Cx::new(scope(), principal, Origin::default(), NOW, seed)
}

fn root() -> Cx {
    cx(Principal::new(&scope(), Identity::AccountRoot, Some("AKIAROOT".into())))
}

struct Bench {
    state: State,
    sts: Sts,
    sessions: Sessions,
    administrator: AdministratorKey,
}

fn bench() -> Bench {
    let state = state::testing::state(state::iam::TABLES);
    let key = Arc::new(SessionKey::generate(Seed::from_bytes([1; 32])));
    let administrator = AdministratorKey::generate(Seed::from_bytes([2; 32]));
    let permanent = Arc::new(administrator.credentials(&scope()));
    let sts = Sts::new(state.clone(), Arc::clone(&key));
    Bench { sessions: Sessions::new(state.clone(), key, "us-east-1", permanent), state, sts, administrator }
}

impl Bench {
    async fn role(&self, name: &str, id: &str, trust: &str, policy: Option<&str>) -> String {
        let role = Role {
            arn: RoleArn::new(&scope(), "/", name),
            id: id.to_owned(),
            created_at: NOW,
            trust_policy: trust.to_owned(),
            description: None,
            max_session_s: 7200,
            inline_policies: policy
                .map(|text| ("p".to_owned(), text.to_owned()))
                .into_iter()
                .collect::<BTreeMap<_, _>>(),
            attached_policies: Vec::new(),
            permissions_boundary: None,
            tags: Vec::new(),
        };
        let change = self.state.update(|tx| Ok::<_, Error>(tx.put(role.clone())));
        change.await.expect("the state takes it").arn.to_string()
    }

    async fn assume(&self, cx: &Cx, input: AssumeRoleRequest) -> Result<AssumeRoleResponse, Error> {
        self.sts.assume_role(cx, input).await
    }

    fn lookup(&self, given: &Credentials_) -> Option<Arc<Credential>> {
        self.sessions.lookup(&given.access_key_id, Some(&given.session_token))
    }

    /// The context of requests that are signed with what was given.
    fn acting(&self, given: &Credentials_) -> Cx {
        cx(self.lookup(given).expect("the session stands").principal.clone())
    }
}

type Credentials_ = ::api::sts::Credentials;

fn request(role: &str) -> AssumeRoleRequest {
    AssumeRoleRequest {
        role_arn: role.to_owned(),
        role_session_name: "me".into(),
        ..AssumeRoleRequest::default()
    }
}

fn given(response: AssumeRoleResponse) -> Credentials_ {
    response.credentials.expect("there are credentials")
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    outcome.expect_err("it is refused").to_string()
}

#[tokio::test]
async fn a_session_of_a_role_is_its_role() {
    let bench = bench();
    let arn = bench.role("web", "AROAONE", ANYBODY, None).await;
    let answer = bench.assume(&root(), request(&arn)).await.expect("it is allowed");
    let user = answer.assumed_role_user.clone().expect("there is a user");
    assert_eq!(user.arn, "arn:aws:sts::123456789012:assumed-role/web/me");
    assert_eq!(user.assumed_role_id, "AROAONE:me");
    assert_eq!(answer.packed_policy_size, None);
    let given = given(answer);
    assert_eq!(given.expiration.epoch_ms(), NOW.millis() / 1000 * 1000 + 3_600_000);
    let credential = bench.lookup(&given).expect("the session stands");
    assert!(credential.secret.is(&given.secret_access_key));
    assert_eq!(credential.principal.arn(), user.arn);
    assert_eq!(credential.expires.map(Timestamp::millis), Some(given.expiration.epoch_ms()));
    // Another key id, another token, none: nobody.
    assert!(bench.sessions.lookup("ASIAOTHER", Some(&given.session_token)).is_none());
    assert!(bench.sessions.lookup(&given.access_key_id, Some("nonsense")).is_none());
    assert!(bench.sessions.lookup(&given.access_key_id, None).is_none());
}

#[tokio::test]
async fn sessions_end_with_their_role() {
    let bench = bench();
    let arn = bench.role("web", "AROAONE", ANYBODY, None).await;
    let given = given(bench.assume(&root(), request(&arn)).await.expect("it is allowed"));
    let gone =
        bench.state.update(|tx| Ok::<_, Error>(tx.delete::<Role>(Role::key_of("123456789012", "web"))));
    gone.await.expect("the state takes it");
    assert!(bench.lookup(&given).is_none());
    bench.role("web", "AROATWO", ANYBODY, None).await;
    assert!(bench.lookup(&given).is_none(), "a role of the same name is another");
}

#[tokio::test]
async fn who_is_not_trusted_is_refused() {
    let bench = bench();
    let trusts = |statement: &str| format!(r#"{{"Statement":{statement}}}"#);
    let service = trusts(
        r#"{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}"#,
    );
    let task = bench.role("task", "AROAONE", &service, None).await;
    let said = refusal(bench.assume(&root(), request(&task)).await);
    assert_eq!(
        said,
        "AccessDenied: User: arn:aws:iam::123456789012:root is not authorized to perform: sts:AssumeRole on resource: \
         arn:aws:iam::123456789012:role/task"
    );
    let missing = task.replace("task", "missing");
    assert_eq!(refusal(bench.assume(&root(), request(&missing)).await), said.replace("task", "missing"));
    let elsewhere = "arn:aws:iam::210987654321:role/task";
    assert!(refusal(bench.assume(&root(), request(elsewhere)).await).starts_with("AccessDenied"));
    let invalid = "arn:aws:iam::123456789012:user/task";
    assert!(refusal(bench.assume(&root(), request(invalid)).await).starts_with("ValidationError"));

    let external = bench
        .role(
            "external",
            "AROATWO",
            &trusts(
                r#"{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"secret"}}}"#,
            ),
            None,
        )
        .await;
    assert!(refusal(bench.assume(&root(), request(&external)).await).starts_with("AccessDenied"));
    let with = |id: &str| AssumeRoleRequest { external_id: Some(id.into()), ..request(&external) };
    assert!(bench.assume(&root(), with("wrong")).await.is_err());
    assert!(bench.assume(&root(), with("secret")).await.is_ok());

    let address = bench
        .role(
            "address",
            "AROATHREE",
            &trusts(
                r#"{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole","Condition":{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}}"#,
            ),
            None,
        )
        .await;
    let said = refusal(bench.assume(&root(), request(&address)).await);
    assert!(said.ends_with("its operator is not evaluated (condition IpAddress on aws:SourceIp)"), "{said}");
}

#[tokio::test]
async fn limits_of_time() {
    let bench = bench();
    let arn = bench.role("web", "AROAONE", ANYBODY, None).await;
    let of = |seconds| AssumeRoleRequest { duration_seconds: Some(seconds), ..request(&arn) };
    let given = given(bench.assume(&root(), of(7200)).await.expect("it is allowed"));
    assert_eq!(given.expiration.epoch_ms(), NOW.millis() / 1000 * 1000 + 7_200_000);
    assert_eq!(
        refusal(bench.assume(&root(), of(7201)).await),
        "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    );
}

#[tokio::test]
async fn one_session_begins_another_where_it_may() {
    let bench = bench();
    let policy = r#"{"Statement":{"Effect":"Allow","Action":"sts:*","Resource":"arn:aws:iam::123456789012:role/allowed"}}"#;
    let first = bench.role("first", "AROAONE", ANYBODY, Some(policy)).await;
    let named = format!(
        r#"{{"Statement":{{"Effect":"Allow","Principal":{{"AWS":"{first}"}},"Action":["sts:AssumeRole","sts:SetSourceIdentity"]}}}}"#
    );
    let direct = bench.role("direct", "AROATWO", &named, None).await;
    let allowed = bench.role("allowed", "AROATHREE", ANYBODY, None).await;
    let other = bench.role("other", "AROAFOUR", ANYBODY, None).await;
    let input = AssumeRoleRequest { source_identity: Some("ann".into()), ..request(&first) };
    let acting = bench.acting(&given(bench.assume(&root(), input).await.expect("it is allowed")));
    let answer = bench.assume(&acting, request(&direct)).await.expect("its trust policy names the role");
    assert_eq!(answer.source_identity.as_deref(), Some("ann"), "it stays with the chain");
    assert!(bench.assume(&acting, request(&allowed)).await.is_ok(), "the account trusts, the role may");
    assert!(refusal(bench.assume(&acting, request(&other)).await).starts_with("AccessDenied"));
    let changed = AssumeRoleRequest { source_identity: Some("bob".into()), ..request(&allowed) };
    assert!(refusal(bench.assume(&acting, changed).await).starts_with("AccessDenied"));
    let long = AssumeRoleRequest { duration_seconds: Some(3601), ..request(&allowed) };
    assert!(refusal(bench.assume(&acting, long).await).contains("1 hour session limit"));
}

#[tokio::test]
async fn tags_are_handed_on() {
    let bench = bench();
    let everything = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    let arn = bench.role("web", "AROAONE", ANYBODY, Some(everything)).await;
    let untagged =
        r#"{"Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}}"#;
    let plain = bench.role("plain", "AROATWO", untagged, None).await;
    let tag = |key: &str| Tag { key: key.into(), value: "v".into() };
    let tagged = |role: &str, keys: &[&str], transitive: &[&str]| AssumeRoleRequest {
        tags: Some(keys.iter().map(|key| tag(key)).collect()),
        transitive_tag_keys: Some(transitive.iter().map(|key| (*key).to_owned()).collect()),
        ..request(role)
    };
    assert!(refusal(bench.assume(&root(), tagged(&plain, &["a"], &[])).await).contains("sts:TagSession"));
    assert!(bench.assume(&root(), tagged(&arn, &["a", "A"], &[])).await.is_err());
    assert!(bench.assume(&root(), tagged(&arn, &["a"], &["b"])).await.is_err());
    let answer = bench.assume(&root(), tagged(&arn, &["a", "b"], &["a"])).await.expect("it is allowed");
    assert_eq!(answer.packed_policy_size, Some(1));
    let acting = bench.acting(&given(answer));
    assert!(bench.assume(&acting, tagged(&arn, &["A"], &[])).await.is_err(), "it is set already");
    let next = given(bench.assume(&acting, tagged(&arn, &["c"], &[])).await.expect("it is allowed"));
    let principal = bench.acting(&next).principal;
    let claims = principal.session().expect("a session");
    let keys: Vec<&str> = claims.tags.iter().map(|tag| tag.key.as_str()).collect();
    assert_eq!(keys, ["a", "c"]);
    assert_eq!(claims.transitive_tag_keys, ["a"]);
}

#[tokio::test]
async fn session_policies_narrow() {
    let bench = bench();
    let everything = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    let arn = bench.role("web", "AROAONE", ANYBODY, Some(everything)).await;
    let some = r#"{"Statement":{"Effect":"Allow","Action":"ecs:List*","Resource":"*"}}"#;
    let with = |text: &str| AssumeRoleRequest { policy: Some(text.into()), ..request(&arn) };
    assert!(refusal(bench.assume(&root(), with("{")).await).starts_with("MalformedPolicyDocument"));
    let long = some.replace("ecs:List*", &format!("ecs:{}", "x".repeat(4096)));
    assert!(refusal(bench.assume(&root(), with(&long)).await).starts_with("PackedPolicyTooLarge"));
    let missing = AssumeRoleRequest {
        policy_arns: Some(vec![PolicyDescriptorType {
            arn: Some("arn:aws:iam::123456789012:policy/x".into()),
        }]),
        ..request(&arn)
    };
    assert!(refusal(bench.assume(&root(), missing).await).starts_with("ValidationError"));
    let permissions = Permissions::new(bench.state.clone());
    let narrow = bench.acting(&given(bench.assume(&root(), with(some)).await.expect("it is allowed")));
    let wide = bench.acting(&given(bench.assume(&root(), request(&arn)).await.expect("it is allowed")));
    for (action, expected) in [("ecs:ListTasks", true), ("ecs:RunTask", false)] {
        assert_eq!(permissions.allows(&narrow.principal, action, "*"), expected, "{action}");
        assert!(permissions.allows(&wide.principal, action, "*"), "{action}");
        assert!(permissions.allows(&root().principal, action, "*"), "{action}");
    }
}

#[tokio::test]
async fn a_role_without_policies_may_nothing() {
    let bench = bench();
    let arn = bench.role("web", "AROAONE", ANYBODY, None).await;
    let acting = bench.acting(&given(bench.assume(&root(), request(&arn)).await.expect("it is allowed")));
    let permissions = Permissions::new(bench.state.clone());
    for action in ["ecs:ListTasks", "iam:GetRole", "logs:PutLogEvents"] {
        assert!(!permissions.allows(&acting.principal, action, "*"), "{action}");
    }
    assert!(permissions.allows(
        &Principal::new(&scope(), Identity::System { name: "x" }, None),
        "ecs:X",
        "*"
    ));
}

#[tokio::test]
async fn a_session_of_the_root_ends_with_the_key_that_asked_for_it() {
    let bench = bench();
    let asking = |key: &str| cx(Principal::new(&scope(), Identity::AccountRoot, Some(key.to_owned())));
    let get = |cx: Cx, seconds| {
        let sts = &bench.sts;
        async move {
            let input =
                GetSessionTokenRequest { duration_seconds: seconds, ..GetSessionTokenRequest::default() };
            sts.get_session_token(&cx, input).await
        }
    };
    let own = bench.administrator.access_key_id.clone();
    let answer = get(asking(&own), Some(43_200)).await.expect("it is allowed");
    let given = answer.credentials.expect("there are credentials");
    assert_eq!(given.expiration.epoch_ms(), NOW.millis() + 3_600_000, "an hour for the root");
    let acting = bench.acting(&given);
    assert_eq!(acting.principal.arn(), "arn:aws:iam::123456789012:root");
    let permissions = Permissions::new(bench.state.clone());
    for (action, expected) in [("ecs:RunTask", true), ("iam:CreateRole", false), ("sts:AssumeRole", true)] {
        assert_eq!(permissions.allows(&acting.principal, action, "*"), expected, "{action}");
    }
    assert!(
        refusal(get(acting, None).await).contains("Cannot call GetSessionToken with session credentials")
    );
    let gone = get(asking("AKIAGONE"), None).await.expect("it is allowed").credentials.expect("credentials");
    assert!(bench.lookup(&gone).is_none());
}

#[tokio::test]
async fn what_is_not_built_is_refused() {
    let bench = bench();
    let arn = bench.role("web", "AROAONE", ANYBODY, None).await;
    let device = AssumeRoleRequest {
        serial_number: Some("arn:aws:iam::123456789012:mfa/x".into()),
        token_code: Some("123456".into()),
        ..request(&arn)
    };
    assert!(refusal(bench.assume(&root(), device).await).starts_with("AccessDenied"));
    let contexts =
        AssumeRoleRequest { provided_contexts: Some(vec![ProvidedContext::default()]), ..request(&arn) };
    assert!(refusal(bench.assume(&root(), contexts).await).starts_with("ValidationError"));
    let large = AssumeRoleRequest { minimum_session_token_size: Some(4000), ..request(&arn) };
    let answer = bench.assume(&root(), large).await.expect("it is allowed");
    assert!(answer.session_token_size >= Some(4000));
}
