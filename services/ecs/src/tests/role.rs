//! Roles of tasks: what a launch asks of them, and the credentials that agents are given.

use super::session::{Agent, manifest};
use super::*;
use agent_protocol::acs::{FromAgent, FromBackend, IamRoleCredentialsAckRequest, RoleType};
use agent_protocol::payload::IamRoleCredentials;
use auth::session::Bearer;
use model::iam::Role;
use model::ids::RoleArn;
use plan::credentials::{LIFE, REFRESH_BEFORE, RETRY};
use std::collections::BTreeMap;

pub(super) const TASKS: &str = r#"{"Statement":{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}}"#;

/// Makes a role, or makes it anew, and gives its ARN.
pub(super) async fn make(ecs: &Ecs, name: &str, trust: &str) -> String {
    let role = Role {
        arn: RoleArn::new(&scope(), "/", name),
        id: format!("AROA{}", cx().hex_id()),
        created_at: NOW,
        trust_policy: trust.to_owned(),
        description: None,
        max_session_s: 3600,
        inline_policies: BTreeMap::new(),
        attached_policies: Vec::new(),
        permissions_boundary: None,
        tags: Vec::new(),
    };
    let change = ecs.state.update(|tx| Ok::<_, Error>(tx.put(role.clone())));
    change.await.expect("the state takes it").arn.to_string()
}

async fn unmake(ecs: &Ecs, name: &str) {
    let key = Role::key_of("123456789012", name);
    ecs.state.update(|tx| Ok::<_, Error>(tx.delete::<Role>(&key))).await.expect("the state takes it");
}

/// An instance whose agent serves credentials, and a definition with both roles.
async fn bench() -> (Arc<Ecs>, String) {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    super::session::connect_with(&ecs, &arn, &["task-iam-role"]).await;
    let (task, execution) = (make(&ecs, "task", TASKS).await, make(&ecs, "execution", TASKS).await);
    let input = RegisterTaskDefinitionRequest {
        family: "web".to_owned(),
        task_role_arn: Some(task),
        execution_role_arn: Some(execution),
        container_definitions: vec![container("one")],
        ..Default::default()
    };
    ecs.register_task_definition(&cx(), input).await.expect("a definition");
    (ecs, arn)
}

async fn refusal(ecs: &Ecs, input: RunTaskRequest) -> String {
    ecs.run_task(&cx(), input).await.expect_err("it is refused").to_string()
}

const UNASSUMABLE: &str = "ClientException: ECS was unable to assume the role 'ROLE' that was provided for this task. Please \
                           verify that the role being passed has the proper trust relationship and permissions and that \
                           your IAM user has permissions to pass this role.";

#[tokio::test]
async fn every_role_of_a_launch_is_there_and_lets_ecs_in() {
    let (ecs, _) = bench().await;
    launch(&ecs, run("web")).await;
    let with = |role: &str| RunTaskRequest {
        overrides: Some(TaskOverride { task_role_arn: Some(role.to_owned()), ..Default::default() }),
        ..run("web")
    };
    let missing = "arn:aws:iam::123456789012:role/missing";
    assert_eq!(refusal(&ecs, with(missing)).await, UNASSUMABLE.replace("ROLE", missing));
    let closed = make(&ecs, "closed", &TASKS.replace("ecs-tasks", "ec2")).await;
    assert_eq!(refusal(&ecs, with(&closed)).await, UNASSUMABLE.replace("ROLE", &closed));
    let here = |account: &str| {
        TASKS.replace(
            "\"sts:AssumeRole\"",
            &format!(
                r#""sts:AssumeRole","Condition":{{"StringEquals":{{"aws:SourceAccount":"{account}"}},"ArnLike":{{"aws:SourceArn":"arn:aws:ecs:us-east-1:{account}:*"}}}}"#
            ),
        )
    };
    launch(&ecs, with(&make(&ecs, "guarded", &here("123456789012")).await)).await;
    let elsewhere = make(&ecs, "elsewhere", &here("210987654321")).await;
    assert_eq!(refusal(&ecs, with(&elsewhere)).await, UNASSUMABLE.replace("ROLE", &elsewhere));
    let foreign = "arn:aws:iam::210987654321:role/task";
    assert_eq!(refusal(&ecs, with(foreign)).await, UNASSUMABLE.replace("ROLE", foreign));
    launch(&ecs, with("guarded")).await;
    let input = RegisterTaskDefinitionRequest {
        family: "bad".to_owned(),
        task_role_arn: Some("arn:aws:iam::123456789012:user/ann".to_owned()),
        container_definitions: vec![container("one")],
        ..Default::default()
    };
    let refused = ecs.register_task_definition(&cx(), input).await.expect_err("it is refused");
    assert_eq!(refused.to_string(), "ClientException: Role is not valid");
}

#[tokio::test]
async fn a_role_that_comes_with_the_launch_needs_an_agent_that_serves_it() {
    let ecs = service().await;
    instance(&ecs, "a", 1024, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    let role = make(&ecs, "task", TASKS).await;
    let overrides = TaskOverride { task_role_arn: Some(role), ..Default::default() };
    let input = RunTaskRequest { overrides: Some(overrides), ..run("web") };
    let failures = ecs.run_task(&cx(), input).await.expect("an answer").failures.expect("failures");
    assert_eq!(failures[0].reason.as_deref(), Some("ATTRIBUTE"));
    let detail = failures[0].detail.as_deref().unwrap_or_default();
    assert!(detail.contains("com.amazonaws.ecs.capability.task-iam-role"), "{detail}");
}

#[tokio::test]
async fn who_passes_a_role_needs_the_permission() {
    let (ecs, _) = bench().await;
    let caller = make(&ecs, "caller", TASKS).await;
    let name = "caller";
    let acting = |ecs: &Ecs| {
        let id = ecs
            .state
            .snapshot()
            .get::<Role>(Role::key_of("123456789012", name))
            .expect("the role")
            .id
            .clone();
        let identity = Identity::RoleSession { role: name.to_owned(), id, session: "s".to_owned() };
        let seed = Seed::from_bytes(cx().random_32());
        Cx::new(scope(), Principal::new(&scope(), identity, None), Origin::default(), NOW, seed)
    };
    let refused = ecs.run_task(&acting(&ecs), run("web")).await.expect_err("it may not").to_string();
    assert!(
        refused.starts_with("AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/caller/s is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/task "),
        "{refused}"
    );
    let policy = r#"{"Statement":{"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}}}"#;
    let change = ecs.state.update(|tx| {
        tx.modify::<Role>(Role::key_of("123456789012", name), |role| {
            role.inline_policies.insert("pass".to_owned(), policy.to_owned());
        });
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    assert!(ecs.run_task(&acting(&ecs), run("web")).await.is_ok(), "{caller}");
}

/// The credentials of a payload's only task: of its containers, and of the agent for it.
fn in_payload(message: FromBackend) -> (Option<IamRoleCredentials>, Option<IamRoleCredentials>) {
    let FromBackend::PayloadMessage(payload) = message else {
        panic!("a payload was expected, not {}", message.kind())
    };
    let task = payload.tasks.into_iter().next().expect("a task");
    (task.role_credentials, task.execution_role_credentials)
}

fn in_message(message: FromBackend) -> (String, Option<RoleType>, IamRoleCredentials) {
    let FromBackend::IAMRoleCredentialsMessage(message) = message else {
        panic!("credentials were expected, not {}", message.kind())
    };
    let credentials = message.role_credentials.expect("there are credentials");
    (message.task_arn.expect("a task"), message.role_type, credentials)
}

fn ack(credentials: &IamRoleCredentials) -> FromAgent {
    FromAgent::from(IamRoleCredentialsAckRequest {
        message_id: Some("m".to_owned()),
        expiration: credentials.expiration.clone(),
        credentials_id: credentials.credentials_id.clone(),
    })
}

/// Who the credentials are, and until when.
fn meaning(ecs: &Ecs, given: &IamRoleCredentials) -> (String, String, i64) {
    let token = given.session_token.as_ref().expect("a token");
    let session = ecs.session_key.open(&token.0).expect("it is ours");
    assert_eq!(Some(&session.access_key_id), given.access_key_id.as_ref());
    assert!(session.secret_access_key.is(&given.secret_access_key.as_ref().expect("a secret").0));
    let Bearer::Role { name, session: named, .. } = session.claims.bearer else { panic!("it is a role's") };
    (name, named, session.claims.expires.millis())
}

#[tokio::test]
async fn a_task_comes_with_the_credentials_of_its_roles() {
    let (ecs, arn) = bench().await;
    let task = launch(&ecs, run("web")).await;
    let mut agent = Agent::connect(&ecs, &arn).await;
    manifest(agent.next().await);
    let (application, execution) = in_payload(agent.next().await);
    let (application, execution) = (application.expect("the task's"), execution.expect("the agent's"));
    let id = task.rsplit('/').next().expect("an id").to_owned();
    let end = NOW.after(LIFE).millis();
    assert_eq!(meaning(&ecs, &application), ("task".to_owned(), id.clone(), end));
    assert_eq!(meaning(&ecs, &execution), ("execution".to_owned(), id, end));
    assert_eq!(application.role_arn.as_deref(), Some("arn:aws:iam::123456789012:role/task"));
    assert_eq!(application.expiration.as_deref(), Some("2023-11-15T04:13:20Z"));
    assert_ne!(application.credentials_id, execution.credentials_id);
    let other = launch(&ecs, run("web")).await;
    in_payload(agent.next().await);
    agent.hang_up().await;

    // Of another task and after the next connection: the ids say which task, and stay.
    let mut agent = Agent::connect_saying(&ecs, &arn, "&sendCredentials=true", || NOW).await;
    manifest(agent.next().await);
    let FromBackend::PayloadMessage(payload) = agent.next().await else { panic!("a payload was expected") };
    let ids: BTreeMap<String, _> = payload
        .tasks
        .iter()
        .map(|t| (t.arn.clone(), t.role_credentials.as_ref().and_then(|c| c.credentials_id.clone())))
        .collect();
    assert_eq!(ids[&task], application.credentials_id);
    assert_ne!(ids[&other], ids[&task]);
    // An agent that lost them is told each in a message of its own as well: the same ones.
    for _ in 0..4 {
        let (of, kind, credentials) = in_message(agent.next().await);
        let sent = payload.tasks.iter().find(|t| t.arn == of).expect("a task of the payload");
        let same = match kind {
            Some(RoleType::TaskApplication) => sent.role_credentials.clone(),
            _ => sent.execution_role_credentials.clone(),
        };
        assert_eq!(Some(credentials), same);
    }
    agent.hang_up().await;
}

#[tokio::test]
async fn a_launch_may_bring_its_own_role() {
    let (ecs, arn) = bench().await;
    make(&ecs, "own", TASKS).await;
    let overrides = TaskOverride { task_role_arn: Some("own".to_owned()), ..Default::default() };
    launch(&ecs, RunTaskRequest { overrides: Some(overrides), ..run("web") }).await;
    let mut agent = Agent::connect(&ecs, &arn).await;
    manifest(agent.next().await);
    let (application, execution) = in_payload(agent.next().await);
    assert_eq!(meaning(&ecs, &application.expect("the task's")).0, "own");
    assert_eq!(meaning(&ecs, &execution.expect("the agent's")).0, "execution");
    agent.hang_up().await;
}

#[tokio::test]
async fn a_log_is_written_as_the_execution_role() {
    let (ecs, arn) = bench().await;
    super::session::connect_with(&ecs, &arn, &["logging-driver.awslogs", "docker-remote-api.1.19"]).await;
    let log = LogConfiguration {
        log_driver: LogDriver::Awslogs,
        options: Some(
            [("awslogs-group", "g"), ("awslogs-region", "us-east-1")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
        ),
        ..Default::default()
    };
    let logging = ContainerDefinition { log_configuration: Some(log), ..container("one") };
    define(&ecs, "logs", vec![logging, container("two")], None).await;
    let mut agent = Agent::connect(&ecs, &arn).await;
    manifest(agent.next().await);
    for (role, expected) in [(None, None), (Some("execution"), Some("ExecutionRole"))] {
        let overrides = TaskOverride { execution_role_arn: role.map(str::to_owned), ..Default::default() };
        launch(&ecs, RunTaskRequest { overrides: Some(overrides), ..run("logs") }).await;
        let FromBackend::PayloadMessage(payload) = agent.next().await else {
            panic!("a payload was expected")
        };
        let strategies: Vec<_> = payload.tasks[0]
            .containers
            .iter()
            .map(|c| c.logs_auth_strategy.as_ref().map(|strategy| strategy.as_str().to_owned()))
            .collect();
        assert_eq!(strategies, [expected.map(str::to_owned), None]);
    }
    agent.hang_up().await;
}

/// The time of day that goes with tokio's.
fn clock() -> impl Fn() -> Timestamp + Send + Sync + Clone + 'static {
    let begun = tokio::time::Instant::now();
    move || NOW.after(begun.elapsed())
}

#[tokio::test(start_paused = true)]
async fn credentials_are_made_anew_long_before_they_end() {
    let (ecs, arn) = bench().await;
    let task = launch(&ecs, run("web")).await;
    let clock = clock();
    let mut agent = Agent::connect_saying(&ecs, &arn, "", clock.clone()).await;
    manifest(agent.next().await);
    let (first, execution) = in_payload(agent.next().await);
    let (first, execution) = (first.expect("the task's"), execution.expect("the agent's"));
    agent.say(ack(&first)).await;
    agent.say(ack(&execution)).await;
    let mut last = first.clone();
    for _ in 0..3 {
        for _ in 0..2 {
            let (of, kind, credentials) = in_message(agent.patient().await);
            assert_eq!(of, task);
            if kind == Some(RoleType::TaskApplication) {
                assert_eq!(credentials.credentials_id, first.credentials_id, "the id stays");
                assert_ne!(credentials.access_key_id, last.access_key_id);
                let left = meaning(&ecs, &last).2 - clock().millis();
                let least = i64::try_from(REFRESH_BEFORE.as_millis()).expect("it fits");
                assert!((least - 60_000..=least).contains(&left), "{left} ms were left");
                last = credentials.clone();
            }
            agent.say(ack(&credentials)).await;
        }
    }
    // A task that is over gets none.
    report::stopped(&ecs, &task, Some(0)).await;
    let quiet = tokio::time::timeout(LIFE, agent.patient()).await;
    assert!(quiet.is_err(), "{:?}", quiet.map(|m| m.kind().to_owned()));
}

#[tokio::test(start_paused = true)]
async fn what_is_not_acknowledged_is_sent_again() {
    let (ecs, arn) = bench().await;
    launch(&ecs, run("web")).await;
    let clock = clock();
    let mut agent = Agent::connect_saying(&ecs, &arn, "", clock.clone()).await;
    manifest(agent.next().await);
    let (application, _) = in_payload(agent.next().await);
    agent.say(ack(&application.expect("the task's"))).await;
    let (_, kind, _) = in_message(agent.patient().await);
    assert_eq!(kind, Some(RoleType::TaskExecution), "the other was acknowledged");
    let waited = clock().since(NOW);
    assert!(waited >= RETRY && waited < RETRY * 2, "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn a_role_that_is_gone_gives_nothing_until_it_is_back() {
    let (ecs, arn) = bench().await;
    launch(&ecs, run("web")).await;
    unmake(&ecs, "task").await;
    let mut agent = Agent::connect_saying(&ecs, &arn, "", clock()).await;
    manifest(agent.next().await);
    let (application, execution) = in_payload(agent.next().await);
    assert_eq!(application, None);
    agent.say(ack(&execution.expect("the agent's"))).await;
    make(&ecs, "task", TASKS).await;
    let (_, kind, credentials) = in_message(agent.patient().await);
    assert_eq!(kind, Some(RoleType::TaskApplication));
    assert_eq!(meaning(&ecs, &credentials).0, "task");
}
