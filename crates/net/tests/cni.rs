//! An operator's own chain of CNI plugins, as root: two small programs of this test are the chain.

mod common;

use common::*;
use net::cni::Chain;
use net::{Attached, Attachment, Config, NodeNetwork, Resolution, TaskNetwork};
use serde_json::Value;
use std::fs;
use std::net::Ipv4Addr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Connects with a link that leads nowhere, and refuses what a file beside it says.
const WIRE: &str = r#"#!/bin/sh
dir=$(dirname "$0")
input=$(cat)
echo "$CNI_COMMAND wire" >> "$dir/log"
echo "$input" > "$dir/wire-$CNI_COMMAND.json"
fail() { printf '{"cniVersion":"1.1.0","code":%s,"msg":"%s","details":"%s"}' "$1" "$2" "$3"; exit 1; }
case $CNI_COMMAND in
ADD)
    test -e "$dir/hang" && sleep 600
    test -e "$dir/flood" && exec yes
    test -e "$dir/die" && { echo "no such bridge" >&2; exit 3; }
    test -e "$dir/nothing" && { echo '{"cniVersion":"1.1.0"}'; exit 0; }
    nsenter --net="$CNI_NETNS" ip link add "$CNI_IFNAME" address 02:00:00:00:07:09 type bridge >&2
    nsenter --net="$CNI_NETNS" ip addr add 10.77.0.9/16 dev "$CNI_IFNAME" >&2
    nsenter --net="$CNI_NETNS" ip link set "$CNI_IFNAME" up >&2
    printf '{"cniVersion":"1.1.0","interfaces":[{"name":"%s","mac":"02:00:00:00:07:09","sandbox":"%s"}],"ips":[{"address":"10.77.0.9/16","gateway":"10.77.0.1","interface":0}],"dns":{"nameservers":["10.77.0.2"],"search":["tasks.test"]}}' "$CNI_IFNAME" "$CNI_NETNS" > "$dir/result"
    cat "$dir/result" ;;
DEL)
    test -e "$dir/refuse-del" && fail 100 "still in use" ""
    test -n "$CNI_NETNS" && nsenter --net="$CNI_NETNS" ip link del "$CNI_IFNAME" 2> /dev/null
    exit 0 ;;
CHECK) nsenter --net="$CNI_NETNS" ip link show "$CNI_IFNAME" > /dev/null || fail 120 "gone" "$CNI_IFNAME" ;;
esac
"#;

/// Adds nothing, and writes down what it was told.
const NOTE: &str = r#"#!/bin/sh
dir=$(dirname "$0")
cat > "$dir/note-$CNI_COMMAND.json"
echo "$CNI_COMMAND note" >> "$dir/log"
env | grep ^CNI_ | sort > "$dir/environment"
test "$CNI_COMMAND" = ADD -a -e "$dir/refuse-add" && { printf '{"cniVersion":"1.1.0","code":11,"msg":"no room","details":"try again later"}'; exit 1; }
test "$CNI_COMMAND" = ADD && cat "$dir/result"
exit 0
"#;

struct Operator {
    dir: tempfile::TempDir,
}

impl Operator {
    fn new() -> Self {
        let operator = Self { dir: tempfile::tempdir().expect("a directory") };
        for (name, script) in [("wire", WIRE), ("note", NOTE)] {
            let path = operator.path(name);
            fs::write(&path, script).expect("it is written");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it may be run");
        }
        let list = r#"{"cniVersion": "1.1.0", "name": "ours", "plugins": [
            {"type": "wire", "bridge": "b0", "capabilities": {"ips": true, "mac": true}}, {"type": "note"}]}"#;
        fs::write(operator.path("ours.conflist"), list).expect("it is written");
        operator
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn chain(&self) -> Chain {
        Chain::load(&self.path("ours.conflist"), &[self.dir.path().to_owned()]).expect("a chain")
    }

    fn want(&self, what: &str, wanted: bool) {
        if wanted {
            fs::write(self.path(what), "").expect("it is written");
        } else {
            fs::remove_file(self.path(what)).expect("it is there");
        }
    }

    /// The commands since the last look.
    fn asked(&self) -> Vec<String> {
        let log = fs::read_to_string(self.path("log")).unwrap_or_default();
        fs::write(self.path("log"), "").expect("it is written");
        log.lines().map(str::to_owned).collect()
    }

    fn told(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.path(name)).expect("it was asked")).expect("it was told JSON")
    }
}

async fn node(instance: &str, operator: &Operator) -> Node {
    let dir = tempfile::tempdir().expect("a directory");
    let config = Config {
        instance: instance.to_owned(),
        state_dir: dir.path().join("state"),
        run_dir: dir.path().join("run"),
        bridge_network: None,
        dynamic_ports: net::DYNAMIC_PORTS,
        overlay: None,
        cni: Some(operator.chain()),
    };
    let network = NodeNetwork::open(config.clone()).await.expect("a network");
    Node { network, config, _dir: dir }
}

/// As a killed agent's next start finds it.
async fn again(node: Node, cni: Option<Chain>) -> Node {
    let Node { network, config, _dir } = node;
    drop(network);
    let config = Config { cni, ..config };
    Node { network: NodeNetwork::open(config.clone()).await.expect("a network"), config, _dir }
}

fn links(attached: &Attached) -> String {
    let namespace = attached.namespace.as_deref().expect("it has one");
    text(&mut inside(namespace, &["ip", "-o", "addr"]))
}

fn words(error: &net::Error) -> String {
    error.to_string()
}

#[tokio::test]
async fn a_chain_connects_checks_and_disconnects() {
    let operator = Operator::new();
    let node = node("na", &operator).await;
    let wanted = dual_interface(233, 10);
    let attached = node.attach("task", wanted.clone()).await;
    let namespace = attached.namespace.clone().expect("it has one");
    assert_eq!((attached.address, attached.prefix_len), (Some(Ipv4Addr::new(10, 77, 0, 9)), 16));
    assert_eq!(
        (attached.gateway, attached.mac),
        (Some(Ipv4Addr::new(10, 77, 0, 1)), Some([2, 0, 0, 0, 7, 9]))
    );
    let names = Resolution { servers: vec!["10.77.0.2".into()], search: vec!["tasks.test".into()] };
    assert_eq!((attached.resolution.as_ref(), attached.vpc.as_ref()), (Some(&names), None));
    assert!(links(&attached).contains("10.77.0.9/16") && links(&attached).contains("127.0.0.1/8"));
    assert_eq!(operator.asked(), ["ADD wire", "ADD note"]);
    assert_eq!(node.attach("task", wanted).await, attached, "asked again, the answer is the same");
    assert!(operator.asked().is_empty());

    // What each was told.
    let first = operator.told("wire-ADD.json");
    assert_eq!(
        (&first["cniVersion"], &first["name"], &first["bridge"]),
        (&"1.1.0".into(), &"ours".into(), &"b0".into())
    );
    assert_eq!(first["prevResult"], Value::Null);
    let expected =
        serde_json::json!({"ips": ["10.233.0.10/20", "fd00:e9::a/64"], "mac": "02:00:00:00:00:0a"});
    assert_eq!(first["runtimeConfig"], expected);
    let second = operator.told("note-ADD.json");
    assert_eq!(second["prevResult"]["ips"][0]["address"], "10.77.0.9/16");
    assert_eq!(second["runtimeConfig"], Value::Null, "it says nothing of such");
    let environment = fs::read_to_string(operator.path("environment")).expect("it was asked");
    let expected = format!(
        "CNI_ARGS=IgnoreUnknown=1;LONGSHORE_ENDPOINT=task;LONGSHORE_INTERFACE=eni-233-10\nCNI_COMMAND=ADD\nCNI_CONTAINERID=task\nCNI_IFNAME=eth0\nCNI_NETNS={}\nCNI_PATH={}\n",
        namespace.display(),
        operator.dir.path().display()
    );
    assert_eq!(environment, expected);

    // A restart looks whether all is well, and changes nothing.
    let node = again(node, Some(operator.chain())).await;
    let kept = node.network.recover(&[node.id("task")]).await.expect("a recovery");
    assert_eq!(kept, [(node.id("task"), attached.clone())]);
    assert_eq!(operator.asked(), ["CHECK wire", "CHECK note"]);

    // Of VPCs this node knows nothing.
    let told = node.network.update(&vpc(233, Vec::new())).await.expect_err("not ours");
    assert_eq!(words(&told), "the operator's CNI chain connects this node's tasks, not VPCs");

    node.network.detach(&node.id("task")).await.expect("it goes");
    assert_eq!(operator.asked(), ["DEL note", "DEL wire"]);
    assert_eq!(operator.told("wire-DEL.json")["prevResult"]["ips"][0]["address"], "10.77.0.9/16");
    assert!(!namespace.exists());
    node.end().await;
}

#[tokio::test]
async fn what_a_plugin_says_is_the_reason_and_nothing_is_left() {
    let operator = Operator::new();
    let node = node("nb", &operator).await;
    let id = node.id("task");
    for (what, reason) in [
        ("refuse-add", "CNI plugin note, ADD: no room: try again later (code 11)"),
        ("die", "CNI plugin wire, ADD: exit status: 3: no such bridge"),
        (
            "nothing",
            "CNI plugin note, ADD: its result cannot be read: EOF while parsing a value at line 1 column 0",
        ),
        ("flood", "CNI plugin wire, ADD: its result has more than 1048576 bytes"),
    ] {
        fs::write(operator.path("result"), "").expect("it is written");
        operator.want(what, true);
        let error = node.network.attach(&id, &interface(234, 10)).await.expect_err(what);
        assert_eq!(words(&error), reason);
        let asked = operator.asked();
        assert_eq!(asked[asked.len() - 2..], ["DEL note", "DEL wire"], "{what}: what was begun is undone");
        assert!(!node.config.run_dir.join("task").exists(), "{what}");
        operator.want(what, false);
    }
    node.attach("task", interface(234, 10)).await;
    node.end().await;
}

#[tokio::test]
async fn a_plugin_that_hangs_is_ended() {
    let operator = Operator::new();
    let node = node("nc", &operator).await;
    operator.want("hang", true);
    let begun = Instant::now();
    let error = node.network.attach(&node.id("task"), &interface(235, 10)).await.expect_err("it hangs");
    assert_eq!(words(&error), "CNI plugin wire, ADD: it did not end within 30 s");
    assert!(begun.elapsed() < Duration::from_secs(60));
    let sleeps = || {
        let listed = text(std::process::Command::new("busybox").args(["ps", "-o", "args"]));
        listed.lines().any(|l| l.contains(&operator.dir.path().display().to_string()))
    };
    let end = Instant::now() + DEADLINE;
    while sleeps() {
        assert!(Instant::now() < end, "its processes are still there");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    node.end().await;
}

#[tokio::test]
async fn disconnecting_is_repeated_until_it_succeeds_also_after_a_kill_and_with_the_chain_that_connected() {
    let operator = Operator::new();
    let node = node("nd", &operator).await;
    let attached = node.attach("task", interface(236, 10)).await;
    let namespace = attached.namespace.clone().expect("it has one");
    operator.asked();
    operator.want("refuse-del", true);
    let error = node.network.detach(&node.id("task")).await.expect_err("it refuses");
    assert_eq!(words(&error), "CNI plugin wire, DEL: still in use (code 100)");
    assert!(namespace.exists(), "the plugin wants it");
    node.network.mend().await.expect_err("it still refuses");
    assert_eq!(operator.asked(), ["DEL note", "DEL wire", "DEL note", "DEL wire"]);

    // Killed; the operator has another configuration meanwhile, or none.
    let node = again(node, None).await;
    assert!(node.network.recover(&[node.id("task")]).await.expect("the node serves all the same").is_empty());
    assert_eq!(operator.asked(), ["DEL note", "DEL wire"]);
    operator.want("refuse-del", false);
    node.network.mend().await.expect("it lets go");
    assert_eq!(operator.asked(), ["DEL note", "DEL wire"]);
    assert!(
        !namespace.exists()
            && fs::read_dir(&node.config.state_dir)
                .expect("a directory")
                .flatten()
                .all(|e| is_ours(&e.path()))
    );
    node.network.mend().await.expect("nothing is left to do");
    assert!(operator.asked().is_empty());

    // Killed between the question and its answer: the record knows of no result, and the chain is asked to take back what it may have made.
    let node = again(node, Some(operator.chain())).await;
    node.attach("task", interface(236, 10)).await;
    let record = node.config.state_dir.join("task.json");
    let mut known: Value = serde_json::from_slice(&fs::read(&record).expect("a record")).expect("JSON");
    known["plugged"]["result"] = Value::Null;
    fs::write(&record, known.to_string()).expect("it is written");
    operator.asked();
    let node = again(node, Some(operator.chain())).await;
    assert!(node.network.recover(&[node.id("task")]).await.expect("a recovery").is_empty());
    assert_eq!(operator.asked(), ["DEL note", "DEL wire"]);
    assert_eq!(operator.told("wire-DEL.json")["prevResult"], Value::Null);
    node.end().await;
}

/// Not the record of an endpoint.
fn is_ours(path: &Path) -> bool {
    path.extension().is_none_or(|e| e != "json")
}

#[test]
fn other_modes_are_not_the_chains() {
    let operator = Operator::new();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let node = node("ne", &operator).await;
        let bridged = node.attach("bridged", Attachment::Bridge { ports: Vec::new() }).await;
        assert!(bridged.address.is_some() && operator.asked().is_empty());
        node.end().await;
    });
}
