use super::*;
use crate::aws::Credentials;
use crate::config::Config;
use crate::engine::{Engine, Parts};
use crate::fakes::{FakeBackend, FakeImages, FakeLogs, FakeNet, api_error};
use model::status::ContainerStatus;
use plan::task::admission::Claim;

const ARN: &str = "arn:aws:ecs:us-east-1:000000000000:task/default/1";

struct Bench {
    backend: Arc<FakeBackend>,
    engine: Engine,
    _dir: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let config = Config::new("default", dir.path(), "http://127.0.0.1:1", Credentials::new("A", "B"));
        let backend = Arc::new(FakeBackend::default());
        let parts = Parts {
            runtime: Arc::new(runtime::fake::FakeRuntime::new()),
            net: Arc::new(FakeNet::default()),
            images: Arc::new(FakeImages::default()),
            logs: Arc::new(FakeLogs::default()),
            backend: backend.clone(),
        };
        let engine = Engine::new(config, Claim::default(), parts).unwrap();
        Self { backend, engine, _dir: dir }
    }

    fn outbox(&self) -> Outbox {
        self.outbox_of(None)
    }

    fn outbox_of(&self, shipping: Option<TaskTracker>) -> Outbox {
        let origin = Origin { attachment: Some("att".into()), shipping, ..Origin::default() };
        Outbox::start(&self.engine.0, ARN, origin)
    }

    /// What was submitted: statuses with the container statuses that came along.
    fn submitted(&self) -> Vec<(String, Vec<String>)> {
        let all = self.backend.submissions().into_iter();
        all.map(|s| (s.status.unwrap(), s.containers.into_iter().map(|c| c.status.unwrap()).collect()))
            .collect()
    }
}

fn container(status: ContainerStatus) -> Report {
    Report::Container(ContainerReport {
        container: 0,
        name: "c".into(),
        status,
        exit_code: None,
        reason: Some("x".repeat(2000)),
        runtime_id: None,
        image_digest: None,
        bindings: vec![],
    })
}

fn task(status: TaskStatus) -> Report {
    let none = None;
    Report::Task(TaskReport {
        status,
        reason: None,
        pull_started_at: none,
        pull_stopped_at: none,
        execution_stopped_at: none,
    })
}

#[tokio::test(start_paused = true)]
async fn container_changes_wait_for_a_task_change_but_not_for_ever() {
    let bench = Bench::new();
    let outbox = bench.outbox();
    outbox.send(container(ContainerStatus::Running));
    outbox.send(task(TaskStatus::Running));
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(bench.submitted(), [("RUNNING".into(), vec!["RUNNING".into()])]);
    assert_eq!(bench.backend.submissions()[0].attachments[0].attachment_arn, "att");

    outbox.send(container(ContainerStatus::Running));
    tokio::time::sleep(Duration::from_secs(9)).await;
    assert_eq!(bench.submitted().len(), 1, "it waits");
    tokio::time::sleep(Duration::from_secs(22)).await;
    assert_eq!(bench.submitted()[1], ("RUNNING".into(), vec!["RUNNING".into()]));
    let last = bench.backend.submissions().pop().unwrap();
    assert_eq!(last.containers[0].reason.as_ref().unwrap().len(), REASON_MAX);
    assert!(last.attachments.is_empty(), "an attachment is told once");
}

#[tokio::test(start_paused = true)]
async fn pending_gives_way_and_order_is_kept_over_failures() {
    let bench = Bench::new();
    bench.backend.fail_next((0..5).map(|_| api_error("ThrottlingException", 400)));
    let outbox = bench.outbox();
    outbox.send(container(ContainerStatus::Pending));
    outbox.send(task(TaskStatus::Pending));
    outbox.send(container(ContainerStatus::Running));
    outbox.send(task(TaskStatus::Running));
    outbox.send(container(ContainerStatus::Stopped));
    outbox.send(task(TaskStatus::Stopped));
    drop(outbox);
    tokio::time::sleep(Duration::from_secs(60)).await;
    let pending_too = vec!["PENDING".to_owned(), "RUNNING".to_owned()];
    assert_eq!(
        bench.submitted(),
        [("RUNNING".into(), pending_too), ("STOPPED".into(), vec!["STOPPED".into()])]
    );
}

#[tokio::test(start_paused = true)]
async fn stopped_waits_for_the_log_and_not_for_long() {
    let bench = Bench::new();
    for (shipped_after, told_after) in [(700, 700), (60_000, 2_000)] {
        let before = bench.submitted().len();
        let shipping = TaskTracker::new();
        shipping.spawn(tokio::time::sleep(Duration::from_millis(shipped_after)));
        shipping.close();
        let outbox = bench.outbox_of(Some(shipping));
        outbox.send(task(TaskStatus::Running));
        outbox.send(task(TaskStatus::Stopped));
        tokio::time::sleep(Duration::from_millis(told_after - 1)).await;
        assert_eq!(bench.submitted()[before..], [("RUNNING".into(), vec![])], "the log is on its way");
        tokio::time::sleep(Duration::from_millis(2)).await;
        assert_eq!(bench.submitted()[before + 1..], [("STOPPED".into(), vec![])]);
    }
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_container_is_told_at_once_and_its_log_follows() {
    let bench = Bench::new();
    let shipping = TaskTracker::new();
    shipping.spawn(tokio::time::sleep(Duration::from_secs(60)));
    shipping.close();
    let outbox = bench.outbox_of(Some(shipping));
    outbox.send(task(TaskStatus::Running));
    // Others of the task go on for a while.
    outbox.send(container(ContainerStatus::Stopped));
    tokio::time::sleep(Duration::from_millis(150)).await;
    let ended = || ("RUNNING".to_owned(), vec!["STOPPED".to_owned()]);
    assert_eq!(bench.submitted()[1..], [ended()]);
    // Its last one ends, and the task with it.
    outbox.send(container(ContainerStatus::Stopped));
    outbox.send(task(TaskStatus::Stopped));
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert_eq!(bench.submitted()[2..], [ended()]);
    tokio::time::sleep(Duration::from_millis(1900)).await;
    assert_eq!(bench.submitted()[3..], [("STOPPED".into(), vec!["STOPPED".into()])]);
}

#[tokio::test(start_paused = true)]
async fn a_task_that_never_ran_is_not_told_to_run() {
    let bench = Bench::new();
    let shipping = TaskTracker::new();
    shipping.spawn(tokio::time::sleep(Duration::from_secs(60)));
    shipping.close();
    let outbox = bench.outbox_of(Some(shipping));
    outbox.send(container(ContainerStatus::Stopped));
    outbox.send(task(TaskStatus::Stopped));
    tokio::time::sleep(Duration::from_millis(2050)).await;
    assert_eq!(bench.submitted(), [("STOPPED".into(), vec!["STOPPED".into()])]);
}
