//! The task endpoint over fakes: who is answered what.

use super::node::{MAIN, Node, arn, task};
use crate::engine::lock;
use crate::fakes::eventually;
use agent_protocol::acs::{IamRoleCredentialsMessage, RoleType};
use agent_protocol::payload::{IamRoleCredentials, Task};
use bytes::Bytes;
use http::{Method, Request};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use runtime::ExitCause;
use std::collections::BTreeMap;
use std::net::SocketAddr;

struct Said {
    status: u16,
    text: String,
}

impl Said {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }
}

async fn ask(address: SocketAddr, method: Method, path: &str, body: &str) -> Said {
    let client: Client<_, Full<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
    let uri = format!("http://{address}{path}");
    let request =
        Request::builder().method(method).uri(uri).body(Full::new(Bytes::from(body.to_owned()))).unwrap();
    let answer = client.request(request).await.unwrap();
    let status = answer.status().as_u16();
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    Said { status, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

async fn get(address: SocketAddr, path: &str) -> Said {
    ask(address, Method::GET, path, "").await
}

/// Where a task listens: its containers' namespaces are named after them.
fn listener(node: &Node, n: u32) -> SocketAddr {
    let id = format!("{n:032x}");
    let all = lock(&node.net.listeners);
    let mut mine =
        all.iter().filter(|(k, _)| k.as_ref().is_some_and(|p| p.display().to_string().contains(&id)));
    *mine.next().expect("a listener").1
}

/// A variable of the n-th started process.
fn variable(node: &Node, start: usize, name: &str) -> Option<String> {
    let starts = node.starts();
    let env: BTreeMap<&str, &str> =
        starts[start].env.iter().filter_map(|pair| pair.split_once('=')).collect();
    env.get(name).map(|value| (*value).to_owned())
}

/// The path of a URI.
fn path(uri: &str) -> String {
    uri.trim_start_matches("http://169.254.170.2").to_owned()
}

fn role_credentials(id: &str, expiration: &str) -> IamRoleCredentials {
    IamRoleCredentials {
        credentials_id: Some(id.into()),
        role_arn: Some("arn:aws:iam::000000000000:role/r".into()),
        access_key_id: Some("ASIA".into()),
        secret_access_key: Some("s3cr3t".into()),
        session_token: Some("t".into()),
        expiration: Some(expiration.into()),
        credential_scope: None,
    }
}

async fn run(node: &Node, n: u32, task: Task) {
    node.send(&format!("m{n}"), vec![task]).await;
    node.backend.until(&arn(n), "RUNNING").await;
}

#[tokio::test]
async fn a_container_finds_itself_and_nobody_else() {
    let node = Node::new();
    let agent = node.start().await;
    let mut first = task(1, &[MAIN]);
    first.zone = Some("us-east-1b".into());
    first.service_name = Some("s".into());
    run(&node, 1, first).await;
    run(&node, 2, task(2, &[MAIN])).await;
    let (mine, other) = (listener(&node, 1), listener(&node, 2));
    assert_ne!(mine, other);
    let v4 = path(&variable(&node, 0, "ECS_CONTAINER_METADATA_URI_V4").unwrap());
    let container = get(mine, &v4).await;
    assert_eq!(container.status, 200, "{}", container.text);
    let container = container.json();
    assert_eq!(container["DockerId"], format!("{:032x}-0", 1));
    assert_eq!((&container["Name"], &container["KnownStatus"]), (&"main".into(), &"RUNNING".into()));
    assert_eq!(container["Limits"], serde_json::json!({"CPU": 10, "Memory": 64}));
    assert_eq!(
        container["Networks"],
        serde_json::json!([{"NetworkMode": "bridge", "IPv4Addresses": ["172.17.0.2"]}])
    );
    assert_eq!(container["Labels"]["com.amazonaws.ecs.task-arn"], arn(1));
    assert!(container["CreatedAt"].is_string() && container["StartedAt"].is_string());
    let whole = get(mine, &format!("{v4}/task")).await.json();
    assert_eq!(whole["TaskARN"], arn(1));
    assert_eq!((&whole["AvailabilityZone"], &whole["ServiceName"]), (&"us-east-1b".into(), &"s".into()));
    assert_eq!(whole["Containers"].as_array().unwrap().len(), 1);
    assert_eq!(whole["FaultInjectionEnabled"], false);
    // Version 2 goes by who asks, version 3 has less.
    assert_eq!(get(mine, "/v2/metadata").await.json()["TaskARN"], arn(1));
    assert_eq!(get(other, "/v2/metadata/").await.json()["TaskARN"], arn(2));
    let v3 = path(&variable(&node, 0, "ECS_CONTAINER_METADATA_URI").unwrap());
    let v3 = get(mine, &format!("{v3}/task")).await.json();
    assert!(v3.get("LaunchType").is_none() && v3.get("FaultInjectionEnabled").is_none());
    // Another's id is no id.
    let refused = get(other, &v4).await;
    let unknown = get(other, "/v4/0123").await;
    assert_eq!((refused.status, unknown.status), (404, 404));
    let id = v4.trim_start_matches("/v4/");
    assert_eq!(refused.text.replace(id, "0123"), unknown.text);
    assert_eq!(get(other, &format!("/v2/metadata/{:032x}-0", 1)).await.status, 400);
    assert_eq!(get(mine, "/nothing").await.text, "404 page not found\n");
    // Tags, with the error of those that cannot be had.
    let tagged = get(mine, &format!("{v4}/taskWithTags")).await.json();
    assert_eq!(tagged["TaskTags"], serde_json::json!({"of": "the task"}));
    let error = &tagged["Errors"][0];
    assert_eq!(
        (&error["ErrorField"], &error["ErrorCode"]),
        (&"ContainerInstanceTags".into(), &"AccessDeniedException".into())
    );
    assert_eq!((&error["StatusCode"], &error["RequestId"]), (&400.into(), &"fake-request".into()));
    assert_eq!(get(mine, &format!("{v4}/associations/gpu")).await.text, r#"{"Associations":null}"#);
    node.runtime.exit(&super::node::id(1, 0, 0), ExitCause::Exited(0), false);
    node.backend.until(&arn(1), "STOPPED").await;
    eventually("the listener to end", || std::net::TcpStream::connect(mine).err()).await;
    agent.stop().await;
}

#[tokio::test]
async fn too_many_requests() {
    let node = Node::new();
    let agent = node.start().await;
    run(&node, 1, task(1, &[MAIN])).await;
    run(&node, 2, task(2, &[MAIN])).await;
    let mut statuses = BTreeMap::new();
    let asking = (0..200).map(|_| get(listener(&node, 1), "/v2/metadata"));
    for said in futures_util::future::join_all(asking).await {
        *statuses.entry(said.status).or_insert(0) += 1;
        if said.status == 429 {
            assert_eq!(said.text, "You have reached maximum request limit.");
        }
    }
    assert!(statuses[&200] >= 60 && statuses[&429] > 0, "{statuses:?}");
    assert_eq!(get(listener(&node, 2), "/v2/metadata").await.status, 200, "of each task its own");
    agent.stop().await;
}

#[tokio::test]
async fn credentials_of_the_task_role() {
    let node = Node::new();
    let agent = node.start().await;
    let mut with_role = task(1, &[MAIN]);
    with_role.role_credentials = Some(role_credentials("cred-1", "2999-01-01T00:00:00Z"));
    with_role.execution_role_credentials = Some(role_credentials("exec-1", "2999-01-01T00:00:00Z"));
    run(&node, 1, with_role.clone()).await;
    run(&node, 2, task(2, &[MAIN])).await;
    let uri = variable(&node, 0, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").unwrap();
    assert_eq!(uri, "/v2/credentials/cred-1");
    assert_eq!(variable(&node, 1, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"), None);
    let given = get(listener(&node, 1), &uri).await;
    assert_eq!((given.status, &given.json()["AccessKeyId"]), (200, &"ASIA".into()));
    for (address, path) in
        [(listener(&node, 2), uri.as_str()), (listener(&node, 1), "/v2/credentials/exec-1")]
    {
        let refused = get(address, path).await;
        assert_eq!((refused.status, &refused.json()["code"]), (400, &"InvalidIdInRequest".into()), "{path}");
    }
    // Refreshed over the session: these have expired.
    let message = |role, expiration| IamRoleCredentialsMessage {
        message_id: Some("c".into()),
        task_arn: Some(arn(1)),
        role_type: Some(role),
        role_credentials: Some(role_credentials("cred-1", expiration)),
        ..Default::default()
    };
    node.backend.send(message(RoleType::TaskApplication, "2001-01-01T00:00:00Z")).await;
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(10);
    while get(listener(&node, 1), &uri).await.status != 503 {
        assert!(tokio::time::Instant::now() < deadline, "expired credentials are still given out");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    // And with the task, sent again.
    node.send("again", vec![with_role]).await;
    eventually("the acknowledgement", || node.acked("again").then_some(())).await;
    assert_eq!(get(listener(&node, 1), &uri).await.status, 200);
    let checkpoint = node.config.data_dir.join(format!("agent/tasks/{:032x}.json", 1));
    assert!(!std::fs::read_to_string(checkpoint).unwrap().contains("s3cr3t"));
    agent.stop().await;
}

#[tokio::test]
async fn task_protection() {
    let node = Node::new();
    let agent = node.start().await;
    let mut with_role = task(1, &[MAIN]);
    with_role.role_credentials = Some(role_credentials("cred-1", "2999-01-01T00:00:00Z"));
    run(&node, 1, with_role).await;
    run(&node, 2, task(2, &[MAIN])).await;
    let state = |start| path(&variable(&node, start, "ECS_AGENT_URI").unwrap()) + "/task-protection/v1/state";
    let (mine, uri) = (listener(&node, 1), state(0));
    let put = |body: &'static str| ask(mine, Method::PUT, &uri, body);
    // The control plane's own error comes through, and says that the task's key was used.
    let refused = get(mine, &uri).await;
    assert_eq!((refused.status, &refused.json()["error"]["Code"]), (403, &"Asked by ASIA".into()));
    assert_eq!(refused.json()["requestID"], "fake-request");
    let protected = put(r#"{"ProtectionEnabled":true,"ExpiresInMinutes":1}"#).await;
    assert_eq!(
        protected.text,
        format!(
            r#"{{"protection":{{"ExpirationDate":"1970-01-01T00:01:00Z","ProtectionEnabled":true,"TaskArn":"{}"}}}}"#,
            arn(1)
        )
    );
    assert_eq!(get(mine, &uri).await.text, protected.text);
    let off = put(r#"{"ProtectionEnabled":false}"#).await;
    assert!(off.text.contains(r#""ExpirationDate":null,"ProtectionEnabled":false"#), "{}", off.text);
    for (body, expected) in [
        ("{", "failed to decode request"),
        (r#"{"Nonsense":1}"#, "failed to decode request"),
        (r#"{"ExpiresInMinutes":1}"#, "does not contain 'ProtectionEnabled' field"),
    ] {
        let said = put(body).await;
        assert_eq!(said.status, 400);
        assert!(
            said.text.contains("InvalidParameterException") && said.text.contains(expected),
            "{}",
            said.text
        );
    }
    let no_role = get(listener(&node, 2), &state(1)).await;
    assert_eq!((no_role.status, &no_role.json()["error"]["Code"]), (403, &"AccessDeniedException".into()));
    assert_eq!(get(listener(&node, 2), &uri).await.status, 404);
    assert_eq!(ask(mine, Method::POST, &uri, "").await.status, 405);
    agent.stop().await;
}

#[tokio::test]
async fn faults_are_set_kept_and_taken_away() {
    let node = Node::new();
    let agent = node.start().await;
    let in_host = |n, enabled| {
        let mut one = task(n, &[MAIN]);
        one.network_mode = Some("host".into());
        one.enable_fault_injection = Some(enabled);
        one
    };
    run(&node, 1, in_host(1, true)).await;
    run(&node, 2, in_host(2, false)).await;
    let mut bridged = task(3, &[MAIN]);
    bridged.enable_fault_injection = Some(true);
    run(&node, 3, bridged).await;
    let host = lock(&node.net.listeners)[&None];
    let uri = |start: usize| path(&variable(&node, start, "ECS_AGENT_URI").unwrap()) + "/fault/v1";
    let post = |address, path: String, body: &'static str| async move {
        let said = ask(address, Method::POST, &path, body).await;
        (said.status, said.text)
    };
    let hole = r#"{"Port":1234,"Protocol":"tcp","TrafficType":"egress"}"#;
    let running = (200, r#"{"Status":"running"}"#.to_owned());
    assert_eq!(post(host, uri(0) + "/network-blackhole-port/start", hole).await, running);
    assert_eq!(lock(&node.net.faults)[&None].len(), 1);
    let limited = post(host, uri(0) + "/network-blackhole-port/start", hole).await;
    assert_eq!(limited, (429, "You have reached maximum request limit".to_owned()));
    let loss = r#"{"LossPercent":10,"Sources":["10.0.0.0/8"]}"#;
    assert_eq!(post(host, uri(0) + "/network-packet-loss/start", loss).await, running);
    assert_eq!(post(host, uri(0) + "/network-packet-loss/status", "").await, running);
    let late = r#"{"DelayMilliseconds":1,"JitterMilliseconds":0,"Sources":["10.0.0.0/8"]}"#;
    let (status, text) = post(host, uri(0) + "/network-latency/start", late).await;
    assert_eq!((status, text.contains("already one network packet loss")), (409, true), "{text}");
    let stopped = (200, r#"{"Status":"stopped"}"#.to_owned());
    assert_eq!(post(host, uri(0) + "/network-packet-loss/stop", "").await, stopped);
    assert_eq!(lock(&node.net.faults)[&None].len(), 1);
    let (status, text) = post(host, uri(1) + "/network-latency/status", "").await;
    assert_eq!((status, text.contains("enableFaultInjection is not enabled")), (400, true), "{text}");
    let (status, text) = post(listener(&node, 3), uri(2) + "/network-latency/stop", "").await;
    assert_eq!((status, text.contains("bridge mode is not supported")), (400, true), "{text}");
    assert_eq!(
        post(host, uri(2) + "/network-latency/stop", "").await.0,
        404,
        "a bridged task is not the host's"
    );
    // The checkpoint has them; a restarted agent sets them again.
    let checkpoint = node.config.data_dir.join(format!("agent/tasks/{:032x}.json", 1));
    eventually("the checkpoint", || {
        std::fs::read_to_string(&checkpoint).unwrap().contains(r#""faults":[{"Blackhole""#).then_some(())
    })
    .await;
    agent.stop().await;
    lock(&node.net.faults).clear();
    let agent = node.start().await;
    assert_eq!(lock(&node.net.faults)[&None].len(), 1);
    let host = lock(&node.net.listeners)[&None];
    assert_eq!(post(host, uri(0) + "/network-blackhole-port/status", hole).await, running);
    node.runtime.exit(&super::node::id(1, 0, 0), ExitCause::Exited(0), false);
    node.backend.until(&arn(1), "STOPPED").await;
    eventually("the end of the fault", || lock(&node.net.faults)[&None].is_empty().then_some(())).await;
    agent.stop().await;
}

#[tokio::test]
async fn latency_without_the_kernels_help_says_so() {
    let node = Node::new();
    let agent = node.start().await;
    let mut one = task(1, &[MAIN]);
    one.network_mode = Some("host".into());
    one.enable_fault_injection = Some(true);
    run(&node, 1, one).await;
    let uri = path(&variable(&node, 0, "ECS_AGENT_URI").unwrap()) + "/fault/v1/network-latency/start";
    let late = r#"{"DelayMilliseconds":1,"JitterMilliseconds":0,"Sources":["10.0.0.0/8"]}"#;
    let host = lock(&node.net.listeners)[&None];
    let said = ask(host, Method::POST, &uri, late).await;
    assert_eq!((said.status, said.text.contains("sch_netem")), (500, true), "{}", said.text);
    agent.stop().await;
}

#[tokio::test]
async fn what_a_container_sends_is_bounded() {
    let node = Node::new();
    let agent = node.start().await;
    run(&node, 1, task(1, &[MAIN])).await;
    let big = "x".repeat(65_000);
    let address = listener(&node, 1);
    let said = ask(address, Method::PUT, "/api/x/task-protection/v1/state", &big.repeat(2)).await;
    assert_eq!(said.status, 413);
    assert_eq!(get(address, &format!("/v4/{big}")).await.status, 431);
    // A head that never ends.
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut slow = tokio::net::TcpStream::connect(address).await.unwrap();
    slow.write_all(b"GET /v2/metadata HTTP/1.1\r\n").await.unwrap();
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(std::time::Duration::from_secs(15), slow.read_to_end(&mut rest));
    ended.await.expect("a slow connection is ended").ok();
    agent.stop().await;
}

#[tokio::test]
async fn the_instance_says_what_runs() {
    let node = Node::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    drop(taken);
    let config = crate::Config { introspection: Some(address), ..node.config.clone() };
    let node = Node { config, ..node };
    let agent = node.start().await;
    run(&node, 1, task(1, &[MAIN])).await;
    let instance = agent.registered().await.unwrap();
    let metadata = get(address, "/v1/metadata").await.json();
    assert_eq!(
        (&metadata["Cluster"], &metadata["ContainerInstanceArn"]),
        (&"default".into(), &instance.into())
    );
    assert!(metadata["Version"].as_str().unwrap().starts_with("Longshore agent - v"));
    let all = get(address, "/v1/tasks").await.json();
    assert_eq!(all["Tasks"][0]["Arn"], arn(1));
    let docker_id = all["Tasks"][0]["Containers"][0]["DockerId"].as_str().unwrap().to_owned();
    for found in [
        format!("taskarn={}", arn(1)),
        format!("dockerid={docker_id}"),
        format!("dockerid={}", &docker_id[..12]),
    ] {
        assert_eq!(get(address, &format!("/v1/tasks?{found}")).await.json()["Arn"], arn(1), "{found}");
    }
    for (query, status) in [("taskarn=x", 404), ("dockerid=y", 404), ("dockerid=a&taskarn=b", 400)] {
        let said = get(address, &format!("/v1/tasks?{query}")).await;
        assert_eq!((said.status, &said.json()["Arn"]), (status, &"".into()), "{query}");
    }
    assert!(
        get(address, "/")
            .await
            .text
            .contains(r#""AvailableCommands":["/v1/metadata","/v1/tasks","/license"]"#)
    );
    assert!(get(address, "/license").await.text.contains("Apache License"));
    agent.stop().await;
}
