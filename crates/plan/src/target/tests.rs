use super::*;
use model::ids::{ClusterArn, HexId, Scope, TaskArn};

/// A task of a service with one target, as the store has it.
fn task() -> Task {
    let scope = Scope::new("us-east-1", "123456789012");
    let cluster = ClusterArn::new(&scope, "default");
    let arn = TaskArn::new(&cluster, &HexId::from_random([1; 16]));
    let text = serde_json::json!({
        "arn": arn, "cluster": cluster,
        "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1",
        "version": 1, "launchType": "EC2", "group": "service:web", "reserved": {"cpu": 0, "memory": 0}, "createdAt": 0,
        "desiredStatus": "RUNNING", "lastStatus": "RUNNING",
        "targets": [{
            "group": "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef",
            "container": "main", "containerPort": 80
        }],
        "containers": [{
            "arn": format!("arn:aws:ecs:us-east-1:123456789012:container/default/{}/00000000-0000-4000-8000-000000000000", "1".repeat(32)),
            "name": "main", "image": "web", "cpu": "0", "essential": true, "lastStatus": "RUNNING",
            "networkBindings": [
                {"containerPort": 53, "hostPort": 40053, "protocol": "udp"},
                {"containerPort": 80, "hostPort": 40080, "protocol": "tcp"},
                {"containerPortRange": "8000-8010", "hostPortRange": "41000-41010", "protocol": "tcp"}
            ]
        }],
        "networkInterface": {
            "attachmentId": "00000000-0000-4000-8000-000000000000", "status": "ATTACHED", "id": "eni-00000000000000001",
            "subnet": "subnet-00000000000000001", "mac": "02:00:00:00:00:01", "address": "10.0.0.7", "prefixLen": 20,
            "gateway": "10.0.0.1", "ipv6Address": "fd00::7"
        }
    });
    serde_json::from_value(text).expect("a record")
}

#[test]
fn a_task_is_registered_while_it_serves_and_leaves_before_it_stops() {
    use DesiredStatus as Wanted;
    use TaskStatus as Is;
    let stops = |last, code| {
        let mut task = task();
        (task.desired_status, task.last_status, task.stop_code) = (Wanted::Stopped, last, Some(code));
        task
    };
    let runs = |last, health| {
        let mut task = task();
        (task.last_status, task.health) = (last, health);
        task
    };
    let user = StopCode::UserInitiated;
    for (task, checked, expected) in [
        (runs(Is::Pending, None), false, Move::Stay),
        (runs(Is::Running, None), false, Move::Register),
        (runs(Is::Running, None), true, Move::Stay),
        (runs(Is::Running, Some(HealthStatus::Unknown)), true, Move::Stay),
        (runs(Is::Running, Some(HealthStatus::Healthy)), true, Move::Register),
        (runs(Is::Running, Some(HealthStatus::Unhealthy)), true, Move::Stay),
        // What no health check says is no health.
        (runs(Is::Running, Some(HealthStatus::Unhealthy)), false, Move::Register),
        (runs(Is::Stopping, None), false, Move::Leave),
        (runs(Is::Stopped, None), false, Move::Leave),
        (stops(Is::Pending, user), false, Move::Leave),
        (stops(Is::Running, user), false, Move::Drain),
        (stops(Is::Running, StopCode::ServiceSchedulerInitiated), true, Move::Drain),
        (stops(Is::Running, StopCode::SpotInterruption), false, Move::Leave),
        (stops(Is::Deactivating, StopCode::SpotInterruption), false, Move::Leave),
        (stops(Is::Deactivating, user), false, Move::Stay),
        (stops(Is::Stopping, user), false, Move::Leave),
        (stops(Is::Stopped, user), false, Move::Leave),
    ] {
        assert_eq!(next(&task, checked), expected, "{} {:?} {checked}", task.last_status, task.health);
    }
    // Who has lost an essential container serves nobody, and nobody waits for what it had begun.
    for (wanted, last) in
        [(Wanted::Running, Is::Running), (Wanted::Stopped, Is::Running), (Wanted::Stopped, Is::Deactivating)]
    {
        let mut task = task();
        (task.desired_status, task.last_status, task.stop_code) = (wanted, last, Some(user));
        task.containers[0].last_status = model::status::ContainerStatus::Stopped;
        assert_eq!(next(&task, false), Move::Leave, "{wanted:?} {last}");
        task.containers[0].essential = false;
        assert_ne!(next(&task, false), Move::Leave, "{wanted:?} {last}: the others go on");
    }
    let mut headless = stops(Is::Running, user);
    headless.targets.clear();
    assert_eq!(next(&headless, false), Move::Stay);
}

#[test]
fn a_target_is_an_address_or_a_machine_with_a_port() {
    let task = task();
    let reach = |mode, udp, ipv6| Reach { mode, instance: Some("i-1"), udp, ipv6 };
    let at = |port, reach| {
        let target = TaskTarget { container_port: port, ..task.targets[0].clone() };
        place(&task, &target, reach).map(|r| (r.id, r.port)).map_err(|error| error.to_string())
    };
    let found = |id: &str, port| Ok((id.to_owned(), port));
    let none = |error: &str| Err(error.to_owned());
    assert_eq!(at(80, reach(NetworkMode::Awsvpc, false, false)), found("10.0.0.7", 80));
    assert_eq!(at(80, reach(NetworkMode::Awsvpc, false, true)), found("fd00::7", 80));
    assert_eq!(at(80, reach(NetworkMode::Host, false, false)), found("i-1", 80));
    assert_eq!(at(80, reach(NetworkMode::Bridge, false, false)), found("i-1", 40080));
    assert_eq!(at(53, reach(NetworkMode::Bridge, true, false)), found("i-1", 40053));
    assert_eq!(
        at(53, reach(NetworkMode::Bridge, false, false)),
        none("The container main has no host port for its port 53."),
        "it is bound by UDP"
    );
    assert_eq!(at(8003, reach(NetworkMode::Bridge, false, false)), found("i-1", 41003));
    assert!(at(8011, reach(NetworkMode::Bridge, false, false)).is_err());
    assert_eq!(at(80, reach(NetworkMode::None, false, false)), none("The task has no network."));
    let nowhere = Reach { instance: None, ..reach(NetworkMode::Host, false, false) };
    assert_eq!(at(80, nowhere), none("The container instance of the task has no EC2 instance ID."));
}
