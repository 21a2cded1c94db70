//! Agents' sessions, as texts over channels.

use super::*;
use crate::session::{Acs, Tcs, Wire};
use agent_protocol::acs::{
    AckRequest, FromAgent, FromBackend, HeartbeatAckRequest, TaskIdentifier, TaskStopVerificationMessage,
};
use agent_protocol::connect::RefusalKind;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

const DEADLINE: Duration = Duration::from_secs(10);

/// The agent's end of a session.
pub(super) struct Agent {
    said: mpsc::Receiver<String>,
    say: Option<mpsc::Sender<String>>,
    running: JoinHandle<()>,
}

impl Agent {
    pub(super) async fn connect(ecs: &Arc<Ecs>, instance: &str) -> Self {
        Self::connect_saying(ecs, instance, "", || NOW).await
    }

    /// As [`Agent::connect`], with more in the query, and another clock.
    pub(super) async fn connect_saying(
        ecs: &Arc<Ecs>,
        instance: &str,
        more: &str,
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> Self {
        let query =
            format!("clusterArn=default&containerInstanceArn={instance}&agentVersion=1.0.0&seqNum=1{more}");
        let session = Acs::accept(Arc::clone(ecs), cx(), &query).await.expect("a session");
        let (say, from_agent) = mpsc::channel(8);
        let (to_agent, said) = mpsc::channel(8);
        let running = tokio::spawn(session.run(Wire { from_agent, to_agent }, now));
        Self { said, say: Some(say), running }
    }

    /// The next message that is no heartbeat, however long it takes; heartbeats are answered meanwhile.
    pub(super) async fn patient(&mut self) -> FromBackend {
        loop {
            let text = self.said.recv().await.expect("a message");
            match FromBackend::decode(&text).expect("a message of the protocol") {
                FromBackend::HeartbeatMessage(beat) => {
                    let ack = HeartbeatAckRequest { message_id: beat.message_id };
                    self.say(FromAgent::from(ack)).await;
                }
                other => return other,
            }
        }
    }

    /// The next message that is no heartbeat.
    pub(super) async fn next(&mut self) -> FromBackend {
        loop {
            let text =
                tokio::time::timeout(DEADLINE, self.said.recv()).await.expect("in time").expect("a message");
            match FromBackend::decode(&text).expect("a message of the protocol") {
                FromBackend::HeartbeatMessage(_) => {}
                other => return other,
            }
        }
    }

    pub(super) async fn say(&self, message: FromAgent) {
        self.say.as_ref().expect("connected").send(message.encode()).await.expect("the session listens");
    }

    pub(super) async fn hang_up(mut self) {
        self.say = None;
        tokio::time::timeout(DEADLINE, self.running).await.expect("in time").expect("no panic");
    }
}

/// The tasks of a payload, with what is wanted of each.
fn wanted(message: FromBackend) -> Vec<(String, String)> {
    match message {
        FromBackend::PayloadMessage(payload) => {
            payload.tasks.into_iter().map(|t| (t.arn, t.desired_status)).collect()
        }
        other => panic!("a payload was expected, not {}", other.kind()),
    }
}

pub(super) fn manifest(message: FromBackend) -> Vec<Option<String>> {
    match message {
        FromBackend::TaskManifestMessage(manifest) => {
            manifest.tasks.into_iter().map(|t| t.task_arn).collect()
        }
        other => panic!("a manifest was expected, not {}", other.kind()),
    }
}

async fn is_connected(ecs: &Ecs, instance: &str) -> bool {
    let found = ecs.state.snapshot().get::<model::ecs::ContainerInstance>(instance).cloned();
    found.expect("the instance").agent_connected
}

fn acknowledgement(message: &FromBackend) -> FromAgent {
    let message_id = match message {
        FromBackend::PayloadMessage(payload) => payload.message_id.clone(),
        FromBackend::AttachTaskNetworkInterfacesMessage(attach) => attach.message_id.clone(),
        other => panic!("nothing that is acknowledged: {}", other.kind()),
    };
    FromAgent::from(AckRequest { message_id, ..AckRequest::default() })
}

/// Waits until a task is as it is wanted: what a session records comes after what it was told.
async fn until(ecs: &Ecs, task: &str, is: impl Fn(&model::ecs::Task) -> bool) {
    let mut watch = ecs.state.watcher().row::<model::ecs::Task>(task).start();
    let seen = watch.until(|snapshot| snapshot.get::<model::ecs::Task>(task).filter(|t| is(t)).map(|_| ()));
    tokio::time::timeout(DEADLINE, seen).await.expect("in time");
}

#[tokio::test]
async fn what_the_agent_has_in_hand_is_shown() {
    use model::ecs::task::AttachmentStatus;
    use model::status::TaskStatus;

    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    define(&ecs, "eni", vec![container("one")], Some(NetworkMode::Awsvpc)).await;
    let place = AwsVpcConfiguration { subnets: vec![subnet("a").to_string()], ..Default::default() };
    let network = NetworkConfiguration { awsvpc_configuration: Some(place) };
    let task = launch(&ecs, RunTaskRequest { network_configuration: Some(network), ..run("eni") }).await;
    let mut agent = Agent::connect(&ecs, &arn).await;
    manifest(agent.next().await);
    let attach = agent.next().await;
    let interface = |t: &model::ecs::Task| t.network_interface.as_ref().map(|i| i.status);
    agent.say(acknowledgement(&attach)).await;
    until(&ecs, &task, |t| interface(t) == Some(AttachmentStatus::Attaching)).await;
    let start = agent.next().await;
    agent.say(acknowledgement(&start)).await;
    assert_eq!(wanted(start), [(task.clone(), "RUNNING".to_owned())]);

    // Not before it runs, and not before the agent has taken it.
    report::running(&ecs, &task).await;
    ecs.stop_task(&cx(), StopTaskRequest { task: task.clone(), ..Default::default() })
        .await
        .expect("it stops");
    let stop = agent.next().await;
    assert_eq!(describe(&ecs, &task).await.last_status.as_deref(), Some("RUNNING"));
    agent.say(acknowledgement(&stop)).await;
    assert_eq!(wanted(stop), [(task.clone(), "STOPPED".to_owned())]);
    until(&ecs, &task, |t| t.last_status == TaskStatus::Stopping).await;
    report::stopped(&ecs, &task, Some(0)).await;
    let stopped = describe(&ecs, &task).await;
    assert_eq!(
        (stopped.last_status.as_deref(), stopped.stop_code),
        (Some("STOPPED"), Some(TaskStopCode::UserInitiated))
    );
    agent.hang_up().await;
}

#[tokio::test]
async fn a_session_sends_what_is_to_start_and_to_stop() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    let waiting = launch(&ecs, run("web")).await;
    let mut agent = Agent::connect(&ecs, &arn).await;
    assert_eq!(manifest(agent.next().await), [Some(waiting.clone())]);
    assert_eq!(wanted(agent.next().await), [(waiting.clone(), "RUNNING".to_owned())]);
    let later = launch(&ecs, run("web")).await;
    assert_eq!(wanted(agent.next().await), [(later.clone(), "RUNNING".to_owned())]);
    let stop = StopTaskRequest { task: waiting.clone(), ..Default::default() };
    ecs.stop_task(&cx(), stop).await.expect("it stops");
    assert_eq!(wanted(agent.next().await), [(waiting.clone(), "STOPPED".to_owned())]);
    report::stopped(&ecs, &waiting, Some(137)).await;
    agent.hang_up().await;
    assert!(!is_connected(&ecs, &arn).await);

    // The next session tells everything again that still counts, and nothing that has ended.
    let mut agent = Agent::connect(&ecs, &arn).await;
    assert_eq!(manifest(agent.next().await), [Some(later.clone())]);
    assert_eq!(wanted(agent.next().await), [(later, "RUNNING".to_owned())]);
    agent.hang_up().await;
}

#[tokio::test]
async fn tasks_that_nobody_knows_may_be_stopped() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    let known = launch(&ecs, run("web")).await;
    let mut agent = Agent::connect(&ecs, &arn).await;
    let unknown = known.replace(known.rsplit('/').next().expect("an id"), &"9".repeat(32));
    let candidate =
        |arn: &str| TaskIdentifier { task_arn: Some(arn.to_owned()), ..TaskIdentifier::default() };
    manifest(agent.next().await);
    wanted(agent.next().await);
    let asked = TaskStopVerificationMessage {
        message_id: Some("m".to_owned()),
        stop_candidates: vec![candidate(&known), candidate(&unknown)],
    };
    agent.say(FromAgent::from(asked)).await;
    match agent.next().await {
        FromBackend::TaskStopVerificationAck(ack) => {
            assert_eq!(ack.message_id.as_deref(), Some("m"));
            let arns: Vec<_> = ack.stop_tasks.into_iter().filter_map(|t| t.task_arn).collect();
            assert_eq!(arns, [unknown]);
        }
        other => panic!("an acknowledgement was expected, not {}", other.kind()),
    }
    agent.hang_up().await;
}

#[tokio::test]
async fn a_newer_session_ends_the_older_and_keeps_the_instance_connected() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    let older = Agent::connect(&ecs, &arn).await;
    let newer = Agent::connect(&ecs, &arn).await;
    tokio::time::timeout(DEADLINE, older.running).await.expect("in time").expect("no panic");
    assert!(is_connected(&ecs, &arn).await);
    newer.hang_up().await;
    assert!(!is_connected(&ecs, &arn).await);
}

#[tokio::test]
async fn strangers_are_refused() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    let accept = |query: String| {
        let ecs = Arc::clone(&ecs);
        async move { Acs::accept(ecs, cx(), &query).await.err().map(|r| r.kind) }
    };
    assert_eq!(accept("clusterArn=default".to_owned()).await, Some(RefusalKind::BadRequest));
    let missing = arn.replace(arn.rsplit('/').next().expect("an id"), &"9".repeat(32));
    let query = |arn: &str| format!("clusterArn=default&containerInstanceArn={arn}");
    assert_eq!(accept(query(&missing)).await, Some(RefusalKind::InvalidInstance));
    let gone = DeregisterContainerInstanceRequest { container_instance: arn.clone(), ..Default::default() };
    ecs.deregister_container_instance(&cx(), gone).await.expect("it goes");
    assert_eq!(accept(query(&arn)).await, Some(RefusalKind::InactiveInstance));
}

#[tokio::test]
async fn health_is_recorded_and_metrics_are_kept() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    let task = launch(&ecs, run("web")).await;
    let session = Tcs::accept(Arc::clone(&ecs), &cx(), &format!("cluster=default&containerInstance={arn}"))
        .expect("a session");
    let (say, from_agent) = mpsc::channel(8);
    let (to_agent, mut said) = mpsc::channel(8);
    let running = tokio::spawn(session.run(Wire { from_agent, to_agent }, || NOW));
    let health = format!(
        r#"{{"type":"PublishHealthRequest","message":{{"tasks":[{{"taskArn":"{task}","containers":[{{"containerName":"one","healthStatus":"UNHEALTHY"}}]}}]}}}}"#
    );
    let metrics = format!(
        r#"{{"type":"PublishMetricsRequest","message":{{"taskMetrics":[{{"taskArn":"{task}","containerMetrics":[{{"containerName":"one"}}]}}]}}}}"#
    );
    for (text, ack) in
        [(health, "AckPublishHealth"), (format!("Host: h\r\n\r\n{metrics}"), "AckPublishMetric")]
    {
        say.send(text).await.expect("the session listens");
        loop {
            let text =
                tokio::time::timeout(DEADLINE, said.recv()).await.expect("in time").expect("an answer");
            if text.contains(ack) {
                break;
            }
        }
    }
    assert_eq!(describe(&ecs, &task).await.health_status, Some(HealthStatus::Unhealthy));
    let kept =
        ecs.last_metrics(&arn.parse().expect("an ARN"), &task.parse().expect("an ARN")).expect("metrics");
    assert_eq!(kept.container_metrics.len(), 1);
    drop(say);
    tokio::time::timeout(DEADLINE, running).await.expect("in time").expect("no panic");
}

/// Neither side reads before it has said all: with both sides so, nothing would ever move.
#[tokio::test]
async fn an_agent_is_heard_while_it_does_not_read() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 8192, 8192).await;
    define(&ecs, "web", vec![container("one")], None).await;
    let tasks = [launch(&ecs, run("web")).await, launch(&ecs, run("web")).await];
    let query = format!("clusterArn=default&containerInstanceArn={arn}");
    let session = Acs::accept(Arc::clone(&ecs), cx(), &query).await.expect("a session");
    let (say, from_agent) = mpsc::channel(1);
    let (to_agent, mut said) = mpsc::channel(1);
    let running = tokio::spawn(session.run(Wire { from_agent, to_agent }, || NOW));
    let beat = FromAgent::from(HeartbeatAckRequest { message_id: None }).encode();
    for _ in 0..100 {
        tokio::time::timeout(DEADLINE, say.send(beat.clone())).await.expect("in time").expect("it listens");
    }
    // And everything that waited is said, in its order.
    let mut told = Vec::new();
    while told.len() < tasks.len() {
        let text = tokio::time::timeout(DEADLINE, said.recv()).await.expect("in time").expect("a message");
        if let message @ FromBackend::PayloadMessage(_) = FromBackend::decode(&text).expect("a message") {
            told.extend(wanted(message).into_iter().map(|(arn, _)| arn));
        }
    }
    assert!(tasks.iter().all(|task| told.contains(task)), "{told:?}");
    drop(say);
    tokio::time::timeout(DEADLINE, running).await.expect("in time").expect("no panic");
}

/// Who asks and does not read the answers is asked no more, and given up.
#[tokio::test(start_paused = true)]
async fn an_agent_that_never_reads_is_given_up() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    let query = format!("clusterArn=default&containerInstanceArn={arn}");
    let session = Acs::accept(Arc::clone(&ecs), cx(), &query).await.expect("a session");
    let (say, from_agent) = mpsc::channel(1);
    let (to_agent, _said) = mpsc::channel(1);
    let running = tokio::spawn(session.run(Wire { from_agent, to_agent }, || NOW));
    let question = FromAgent::from(TaskStopVerificationMessage::default()).encode();
    let mut asked = 0;
    while say.send(question.clone()).await.is_ok() {
        asked += 1;
    }
    assert!(asked <= super::super::session::MOST_WAITING + 3, "{asked} questions were taken");
    running.await.expect("no panic");
    assert!(!is_connected(&ecs, &arn).await);
}

#[tokio::test]
async fn a_deregistered_instance_is_told_to_stop_its_tasks() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    let task = launch(&ecs, run("web")).await;
    let mut agent = Agent::connect(&ecs, &arn).await;
    manifest(agent.next().await);
    wanted(agent.next().await);
    let gone = DeregisterContainerInstanceRequest {
        container_instance: arn.clone(),
        force: Some(true),
        ..Default::default()
    };
    ecs.deregister_container_instance(&cx(), gone).await.expect("it goes");
    assert_eq!(wanted(agent.next().await), [(task, "STOPPED".to_owned())]);
    tokio::time::timeout(DEADLINE, agent.running).await.expect("the session ends").expect("no panic");
    assert!(!is_connected(&ecs, &arn).await);
}

#[tokio::test(start_paused = true)]
async fn an_agent_that_answers_nothing_is_gone() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    let agent = Agent::connect(&ecs, &arn).await;
    let Agent { mut said, say, running } = agent;
    // It takes what it is sent, as a socket's buffer does, and says nothing.
    let reading = tokio::spawn(async move { while said.recv().await.is_some() {} });
    tokio::time::timeout(Duration::from_secs(120), running).await.expect("it is given up").expect("no panic");
    assert!(!is_connected(&ecs, &arn).await);
    reading.await.expect("no panic");
    drop(say);
}

#[tokio::test]
async fn a_connection_that_never_came_to_be_is_taken_back() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    let query = format!("clusterArn=default&containerInstanceArn={arn}&agentVersion=1.0.0&seqNum=1");
    let session = Acs::accept(Arc::clone(&ecs), cx(), &query).await.expect("a session");
    assert!(is_connected(&ecs, &arn).await);
    session.run(Wire::broken(), || NOW).await;
    assert!(!is_connected(&ecs, &arn).await);
}

#[tokio::test]
async fn logs_are_delivered_in_the_accounts_mode() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    connect_with(&ecs, &arn, &["logging-driver.awslogs", "docker-remote-api.1.19"]).await;
    let logging = |mode: Option<&str>| {
        let mut options: BTreeMap<String, String> = [("awslogs-group", "g"), ("awslogs-region", "us-east-1")]
            .map(|(k, v)| (k.into(), v.into()))
            .into();
        options.extend(mode.map(|m| ("mode".to_owned(), m.to_owned())));
        let log =
            LogConfiguration { log_driver: "awslogs".into(), options: Some(options), ..Default::default() };
        ContainerDefinition { log_configuration: Some(log), ..container("one") }
    };
    define(&ecs, "unsaid", vec![logging(None)], None).await;
    let mut agent = Agent::connect(&ecs, &arn).await;
    manifest(agent.next().await);
    launch(&ecs, run("unsaid")).await;
    assert_eq!(mode_of(agent.next().await).as_deref(), Some("non-blocking"));
    let input =
        PutAccountSettingDefaultRequest { name: "defaultLogDriverMode".into(), value: "blocking".to_owned() };
    ecs.put_account_setting_default(&cx(), input).await.expect("it is taken");
    launch(&ecs, run("unsaid")).await;
    assert_eq!(mode_of(agent.next().await).as_deref(), Some("blocking"));
    agent.hang_up().await;
}

/// Gives an instance more capabilities.
pub(super) async fn connect_with(ecs: &Ecs, arn: &str, capabilities: &[&str]) {
    let change = ecs.state.update(|tx| {
        tx.modify::<model::ecs::ContainerInstance>(arn, |i| {
            let named = capabilities.iter().map(|c| format!("com.amazonaws.ecs.capability.{c}"));
            i.attributes.extend(named.map(model::ecs::Attribute::named));
        });
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
}

/// The delivery mode in the log configuration of a payload's first container.
fn mode_of(message: FromBackend) -> Option<String> {
    let FromBackend::PayloadMessage(payload) = message else { panic!("a payload was expected") };
    let docker = payload.tasks[0].containers[0].docker_config.clone().expect("a configuration");
    let log = docker.parsed_host_config().expect("it is JSON").log_config.expect("a log configuration");
    log.config.get("mode").cloned()
}

/// The answer was lost on the way: the agent asks again with its token, and is the same instance.
#[tokio::test]
async fn a_registration_that_is_repeated_makes_no_second_instance() {
    let ecs = service().await;
    let register = async |token: &str, cpu: i32| {
        let input = RegisterContainerInstanceRequest {
            client_token: Some(token.to_owned()),
            total_resources: Some(vec![amount("CPU", cpu), amount("MEMORY", 1024)]),
            ..Default::default()
        };
        let answered = ecs.register_container_instance(&cx(), input).await.expect("an instance");
        answered.container_instance.expect("an instance")
    };
    let first = register("one", 1024).await;
    let again = register("one", 2048).await;
    assert_eq!(first.container_instance_arn, again.container_instance_arn);
    let cpu = again.registered_resources.into_iter().flatten().find(|r| r.name.as_deref() == Some("CPU"));
    assert_eq!(cpu.and_then(|r| r.integer_value), Some(2048), "what it says now counts");
    assert_ne!(register("two", 1024).await.container_instance_arn, first.container_instance_arn);
    let container_instance = first.container_instance_arn.clone().expect("an ARN");
    let input = DeregisterContainerInstanceRequest { container_instance, ..Default::default() };
    ecs.deregister_container_instance(&cx(), input).await.expect("it is deregistered");
    assert_ne!(
        register("one", 1024).await.container_instance_arn,
        first.container_instance_arn,
        "that one is gone"
    );
}

#[tokio::test]
async fn a_node_of_a_pool_is_one_after_its_restart_too() {
    let ecs = service().await;
    let pool_of = |arn: &str| {
        let found = ecs.state.snapshot().get::<model::ecs::ContainerInstance>(arn).cloned();
        found.expect("the instance").pool
    };
    let register = |known: Option<String>, attributes: Vec<Attribute>| {
        let ecs = Arc::clone(&ecs);
        async move {
            let input = RegisterContainerInstanceRequest {
                container_instance_arn: known,
                total_resources: Some(vec![amount("CPU", 1024), amount("MEMORY", 1024)]),
                attributes: Some(attributes),
                ..Default::default()
            };
            let registered = ecs.register_container_instance(&cx(), input).await.expect("an instance");
            registered.container_instance.and_then(|i| i.container_instance_arn).expect("an ARN")
        }
    };
    let arn = register(None, vec![attribute("longshore.pool", Some("fargate"))]).await;
    assert_eq!(pool_of(&arn), Some(model::ecs::container_instance::Pool::Fargate));
    // An agent that comes back leaves its custom attributes out.
    assert_eq!(register(Some(arn.clone()), Vec::new()).await, arn);
    assert_eq!(pool_of(&arn), Some(model::ecs::container_instance::Pool::Fargate));
}
