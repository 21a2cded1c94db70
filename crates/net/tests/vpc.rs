//! VPCs in real namespaces, as root: who reaches whom, and what is left.

mod common;

use common::datagram::{Ear, only_its_own_passes};
use common::*;
use model::ec2::Traffic;
use model::fabric::Update;
use net::{Attached, NodeNetwork, TaskNetwork};
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ALL: &str = "0.0.0.0/0";

fn namespace(attached: &Attached) -> PathBuf {
    attached.namespace.clone().expect("it has one")
}

/// A connection out of a namespace that stays open: what is written to it comes back.
struct Echo {
    child: std::process::Child,
    answers: std::io::Lines<std::io::BufReader<std::process::ChildStdout>>,
}

impl Echo {
    fn serve(at: &Path, port: u16) -> Server {
        let mut command =
            inside(at, &["busybox", "nc", "-ll", "-p", &port.to_string(), "-e", "busybox", "cat"]);
        let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Server(command.spawn().expect("busybox runs"))
    }

    fn open(from: &Path, to: Ipv4Addr, port: u16) -> Self {
        use std::io::BufRead;
        let mut command = inside(from, &["busybox", "nc", &to.to_string(), &port.to_string()]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("busybox runs");
        let answers = std::io::BufReader::new(child.stdout.take().expect("it was asked for")).lines();
        Self { child, answers }
    }

    /// Whether it could be written.
    fn send(&mut self, word: &str) -> bool {
        writeln!(self.child.stdin.as_mut().expect("it was asked for"), "{word}").is_ok()
    }

    fn hears(&mut self, word: &str) -> bool {
        self.send(word) && self.answers.next().is_some_and(|line| line.is_ok_and(|line| line == word))
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }
}

#[tokio::test]
async fn a_group_lets_in_what_its_rules_name() {
    let node = Node::start("va").await;
    let open = [egress(Traffic::All, ALL)];
    node.tell(vpc(
        220,
        vec![
            group("sg-web", &[ingress(tcp(80), "sg-client"), open[0].clone()]),
            group("sg-client", &open),
            group("sg-shut", &[ingress(Traffic::All, ALL)]),
            here(220, 10, &["sg-web"]),
            here(220, 11, &["sg-client"]),
            here(220, 12, &["sg-web"]),
            here(220, 13, &["sg-client", "sg-shut"]),
            here(220, 14, &["sg-shut"]),
        ],
    ))
    .await;
    let web = node.attach("web", interface(220, 10)).await;
    let client = node.attach("client", interface(220, 11)).await;
    let twin = node.attach("twin", interface(220, 12)).await;
    let both = node.attach("both", interface(220, 13)).await;
    let shut = node.attach("shut", interface(220, 14)).await;
    let address = Ipv4Addr::new(10, 220, 0, 10);
    let _at_80 = Server::start(&namespace(&web), 80, "eighty");
    let _at_81 = Server::start(&namespace(&web), 81, "eighty-one");
    until_from(&namespace(&client), address, 80, "eighty");
    until_from(&namespace(&both), address, 80, "eighty");
    assert_eq!(ask_from(&namespace(&client), address, 81), "", "another port");
    assert_eq!(
        ask_from(&namespace(&twin), address, 80),
        "",
        "two of one group without a rule for each other"
    );
    assert_eq!(ask_from(&namespace(&shut), address, 80), "", "its own group lets nothing out");
    let _client_serves = Server::start(&namespace(&client), 80, "client");
    assert_eq!(ask_from(&namespace(&web), Ipv4Addr::new(10, 220, 0, 11), 80), "", "answers only");
    assert_eq!(web.mac, Some([2, 0, 0, 0, 0, 10]));

    // Joining and leaving a group: the rules stay as they are.
    node.change(220, vec![here(220, 12, &["sg-client"])]).await;
    until_from(&namespace(&twin), address, 80, "eighty");
    node.change(220, vec![here(220, 12, &["sg-web"])]).await;
    assert_eq!(ask_from(&namespace(&twin), address, 80), "");
    node.end().await;
}

#[tokio::test]
async fn a_tracked_connection_outlives_its_rule_and_an_untracked_one_does_not() {
    let node = Node::start("vb").await;
    let everything = egress(Traffic::All, ALL);
    let rules = |ingress| group("sg-1", &[vec![everything.clone()], ingress].concat());
    node.tell(vpc(
        221,
        vec![
            rules(vec![ingress(tcp(80), "10.221.0.0/16"), ingress(tcp(81), ALL)]),
            group("sg-2", std::slice::from_ref(&everything)),
            here(221, 10, &["sg-1"]),
            here(221, 11, &["sg-2"]),
        ],
    ))
    .await;
    let server = node.attach("server", interface(221, 10)).await;
    let client = node.attach("client", interface(221, 11)).await;
    let address = Ipv4Addr::new(10, 221, 0, 10);
    let _servers = [Echo::serve(&namespace(&server), 80), Echo::serve(&namespace(&server), 81)];
    let connect = |port| {
        // Until somebody listens.
        let end = std::time::Instant::now() + DEADLINE;
        loop {
            let mut echo = Echo::open(&namespace(&client), address, port);
            if echo.hears("hello") {
                return echo;
            }
            assert!(std::time::Instant::now() < end, "nobody answers at {port}");
        }
    };
    let mut tracked = connect(80);
    let mut untracked = connect(81);
    assert!(tracked.hears("before") && untracked.hears("before"));

    node.change(221, vec![rules(Vec::new())]).await;
    assert!(tracked.hears("after"), "AWS lets tracked connections live on");
    let rejected = ask_from(&namespace(&client), address, 80);
    assert_eq!(rejected, "", "a new one is refused");
    assert!(untracked.send("lost"));
    // What the server does not get, it does not answer: the word waits in the client's queue.
    let queue = text(&mut inside(&namespace(&client), &["busybox", "netstat", "-tn"]));
    let waiting = queue.lines().find(|l| l.contains(":81 ")).and_then(|l| l.split_whitespace().nth(2));
    assert_eq!(waiting, Some("5"), "{queue}");

    node.change(221, vec![rules(vec![ingress(tcp(81), ALL)])]).await;
    assert!(untracked.answers.next().is_some_and(|l| l.is_ok_and(|l| l == "lost")), "sent again in the end");
    node.end().await;
}

#[tokio::test]
async fn vpcs_the_node_and_false_senders_are_kept_apart() {
    let node = Node::start("vc").await;
    let open = [egress(Traffic::All, ALL), ingress(Traffic::All, ALL)];
    let things = |second| {
        [vec![group("sg-1", &open)], [10, 11, 12].map(|last| here(second, last, &["sg-1"])).into()].concat()
    };
    node.tell(vpc(222, things(222))).await;
    // The same addresses in another VPC.
    node.tell(Update { vpc: "vpc-twin".to_owned(), ..vpc(222, vec![group("sg-1", &open)]) }).await;
    node.tell(vpc(223, things(223))).await;
    let a = node.attach("a", interface(222, 10)).await;
    let b = node.attach("b", interface(222, 11)).await;
    let c = node.attach("c", interface(223, 10)).await;
    let address = Ipv4Addr::new(10, 222, 0, 10);
    let _server = Server::start(&namespace(&a), 80, "from-a");
    assert_eq!(ask(SocketAddr::from((address, 80))).as_deref(), Some("from-a"), "from the node");
    until_from(&namespace(&b), address, 80, "from-a");
    assert_eq!(ask_from(&namespace(&c), address, 80), "", "another VPC");

    // A false source: the address of nobody, of another VPC, and that of a neighbour that lives and whose groups let everything out.
    let _d = node.attach("d", interface(222, 12)).await;
    let to = SocketAddr::from((address, 53));
    let ear = Ear::open(&namespace(&a), to);
    let sources = ["10.222.0.99", "10.223.0.10", "10.222.0.12", "10.222.0.11"];
    only_its_own_passes(&ear, &namespace(&b), &sources.map(|s| s.parse().expect("an address")), to);

    // The node's own services, by any of its addresses.
    let listener = std::net::TcpListener::bind("0.0.0.0:0").expect("a port");
    let port = listener.local_addr().expect("it has one").port();
    let uplink = text(Command::new("ip").args(["-o", "-4", "addr", "show"]));
    let addresses = uplink.lines().filter_map(|l| l.split_whitespace().nth(3)?.split('/').next());
    for address in addresses.filter(|a| !a.starts_with("127.")) {
        let tried =
            inside(&namespace(&b), &["busybox", "nc", "-w", "1", address, &port.to_string()]).output();
        assert!(!tried.expect("it runs").status.success(), "{address}");
    }
    listener.set_nonblocking(true).expect("a flag");
    assert!(listener.accept().is_err(), "nobody came");
    node.end().await;
}

#[tokio::test]
async fn after_a_restart_rules_go_on_and_are_taken_up() {
    let node = Node::start("vd").await;
    let open = [egress(Traffic::All, ALL), ingress(tcp(80), ALL)];
    let told = || vpc(224, vec![group("sg-1", &open), here(224, 10, &["sg-1"]), here(224, 11, &["sg-1"])]);
    node.tell(told()).await;
    let a = node.attach("a", interface(224, 10)).await;
    let b = node.attach("b", interface(224, 11)).await;
    let address = Ipv4Addr::new(10, 224, 0, 10);
    let _server = Server::start(&namespace(&a), 80, "from-a");
    until_from(&namespace(&b), address, 80, "from-a");
    let Node { network, config, _dir } = node;
    drop(network);

    let network = NodeNetwork::open(config.clone()).await.expect("a network");
    let node = Node { network, config, _dir };
    node.network.recover(&[node.id("a"), node.id("b")]).await.expect("a recovery");
    until_from(&namespace(&b), address, 80, "from-a");
    // A subnet is gone meanwhile, and b, as the control plane sees it.
    let vpc_namespace = node.config.run_dir.join(format!("vpc-{}", net::short_hash("vpc-224")));
    let added = text(&mut inside(&vpc_namespace, &["ip", "addr", "add", "10.224.16.1/32", "dev", "lo"]));
    assert_eq!(added, "");
    node.tell(vpc(224, vec![group("sg-1", &open), here(224, 10, &["sg-1"])])).await;
    assert_eq!(ask_from(&namespace(&b), address, 80), "", "it is nobody's interface");
    let own = text(&mut inside(&vpc_namespace, &["ip", "-4", "addr", "show", "dev", "lo"]));
    assert!(own.contains("10.224.0.1/32") && own.contains("169.254.169.253/32"), "{own}");
    assert!(!own.contains("10.224.16.1"), "the router of a subnet that is no more: {own}");
    node.tell(told()).await;
    until_from(&namespace(&b), address, 80, "from-a");

    node.network.detach(&node.id("b")).await.expect("gone");
    let routes = text(&mut inside(&vpc_namespace, &["ip", "route"]));
    assert!(routes.contains("10.224.0.10 dev") && !routes.contains("10.224.0.11"), "{routes}");
    let neighbours = text(&mut inside(&vpc_namespace, &["ip", "neigh"]));
    assert!(neighbours.contains("10.224.0.10 ") && !neighbours.contains("10.224.0.11 "), "{neighbours}");
    let rules = text(&mut inside(&vpc_namespace, &["nft", "list", "ruleset"]));
    assert!(rules.contains("10.224.0.10") && !rules.contains("10.224.0.11"), "{rules}");
    node.end().await;
}

#[tokio::test]
async fn ipv6_is_routed_and_false_senders_are_not() {
    let node = Node::start("ve").await;
    let open = [
        egress(Traffic::All, ALL),
        egress(Traffic::All, "::/0"),
        ingress(Traffic::All, ALL),
        ingress(Traffic::All, "::/0"),
    ];
    let interfaces = || [10, 11, 12].map(|last| here(226, last, &["sg-1"])).to_vec();
    let things = || [vec![group("sg-1", &open)], interfaces()].concat();
    node.tell(dual_vpc(226, things())).await;
    let a = node.attach("a", dual_interface(226, 10)).await;
    let b = node.attach("b", dual_interface(226, 11)).await;
    let address = ipv6(226, 10);
    let _server = Server::start(&namespace(&a), 80, "from-a");
    until_from(&namespace(&b), address, 80, "from-a");
    until_from(&namespace(&b), Ipv4Addr::new(10, 226, 0, 10), 80, "from-a");

    // A false source: nobody's address, one of another subnet, and that of a neighbour that lives.
    let _c = node.attach("c", dual_interface(226, 12)).await;
    let to = SocketAddr::from((address, 53));
    let ear = Ear::open(&namespace(&a), to);
    let sources = ["fd00:e2::63", "fd00:e2:0:1::b", "fd00:e2::c", "fd00:e2::b"];
    only_its_own_passes(&ear, &namespace(&b), &sources.map(|s| s.parse().expect("an address")), to);

    // Nobody has it: the router says so, and nothing is asked for by multicast.
    let vpc_namespace = node.config.run_dir.join(format!("vpc-{}", net::short_hash("vpc-226")));
    let routes = text(&mut inside(&vpc_namespace, &["ip", "-6", "route"]));
    assert!(routes.contains("unreachable fd00:e2::/56"), "{routes}");
    let neighbours = text(&mut inside(&vpc_namespace, &["ip", "-6", "neigh"]));
    let learned: Vec<&str> = neighbours.lines().filter(|l| !l.contains("PERMANENT")).collect();
    assert!(learned.is_empty(), "{learned:?}");
    let links = text(&mut inside(&vpc_namespace, &["ip", "-6", "addr", "show", "scope", "link"]));
    assert_eq!(links, "", "links of the router have no addresses");

    // Without its block the VPC has nothing of IPv6, and goes on.
    node.tell(vpc(226, things())).await;
    assert_eq!(ask_from(&namespace(&b), address, 80), "");
    until_from(&namespace(&b), Ipv4Addr::new(10, 226, 0, 10), 80, "from-a");
    let rules = text(&mut inside(&vpc_namespace, &["nft", "list", "tables"]));
    assert!(!rules.contains("ip6"), "{rules}");
    node.tell(dual_vpc(226, things())).await;
    until_from(&namespace(&b), address, 80, "from-a");
    node.end().await;
}

#[tokio::test]
async fn what_the_kernel_refused_is_mended() {
    let node = Node::start("vf").await;
    let open = [egress(Traffic::All, ALL), ingress(tcp(80), ALL)];
    node.tell(vpc(227, vec![group("sg-1", &open), here(227, 10, &["sg-1"]), here(227, 11, &["sg-1"])])).await;
    let a = node.attach("a", interface(227, 10)).await;
    let b = node.attach("b", interface(227, 11)).await;
    let address = Ipv4Addr::new(10, 227, 0, 10);
    let _servers =
        [Server::start(&namespace(&a), 80, "eighty"), Server::start(&namespace(&a), 81, "eighty-one")];
    until_from(&namespace(&b), address, 80, "eighty");
    let vpc_namespace = node.config.run_dir.join(format!("vpc-{}", net::short_hash("vpc-227")));
    // Somebody took the rules away: a change of a group finds nothing to change.
    let deleted = text(&mut inside(&vpc_namespace, &["nft", "delete", "table", "ip", "longshore"]));
    assert_eq!(deleted, "");
    let wider = group("sg-1", &[open.as_slice(), &[ingress(tcp(81), "10.227.0.0/16")]].concat());
    let change = Update { vpc: vpc_id(227), complete: false, put: vec![wider], gone: Vec::new() };
    node.network.update(&change).await.expect_err("there is no such chain");
    node.network.mend().await.expect("everything is brought about anew");
    until_from(&namespace(&b), address, 81, "eighty-one");
    node.network.mend().await.expect("nothing is left to do");
    node.end().await;
}

#[tokio::test]
async fn vpcs_of_earlier_sessions_are_forgotten() {
    let node = Node::start("vg").await;
    for second in [228, 229, 232] {
        let open = [egress(Traffic::All, ALL), ingress(Traffic::All, ALL)];
        node.tell(vpc(second, vec![group("sg-1", &open), here(second, 10, &["sg-1"])])).await;
    }
    let _used = node.attach("used", interface(228, 10)).await;
    let Node { network, config, _dir } = node;
    drop(network);

    let network = NodeNetwork::open(config.clone()).await.expect("a network");
    let node = Node { network, config, _dir };
    node.network.recover(&[node.id("used")]).await.expect("a recovery");
    let there = |second: u8| {
        let tag = net::short_hash(&vpc_id(second));
        let links = text(Command::new("ip").args(["-o", "link"]));
        let tables = text(Command::new("nft").args(["list", "tables"]));
        let found = [
            node.config.run_dir.join(format!("vpc-{tag}")).exists(),
            links.contains(&format!("lsuvg{}", &tag[..7])),
            tables.contains(&format!("longshore-vg-{}", &tag[..7])),
        ];
        assert!(found.iter().all(|f| *f == found[0]), "{second}: {found:?}");
        found[0]
    };
    assert!(there(228) && there(229) && there(232));
    // The first is said to be none of the node's any more, but something is plugged into it.
    let kept = [vpc_id(232)].into();
    node.network.keep_vpcs(&kept).await.expect("the others go");
    assert_eq!([228, 229, 232].map(there), [true, false, true]);
    // One that this run has been told of goes as well.
    node.tell(vpc(232, Vec::new())).await;
    node.network.keep_vpcs(&Default::default()).await.expect("it goes");
    assert_eq!([228, 229, 232].map(there), [true, false, false]);
    node.end().await;
}

#[tokio::test]
async fn what_an_interrupted_removal_left_of_a_vpc_goes_with_the_node() {
    let node = Node::start("vh").await;
    for second in [233, 234] {
        node.tell(vpc(second, vec![group("sg-1", &[]), here(second, 10, &["sg-1"])])).await;
    }
    let tag = |second: u8| net::short_hash(&vpc_id(second))[..7].to_owned();
    // The run was ended when the link had gone and the rest had not.
    common::machine::run(Command::new("ip").args(["link", "del", &format!("lsuvh{}", tag(233))]));
    let Node { network, config, _dir } = node;
    drop(network);
    let network = NodeNetwork::open(config.clone()).await.expect("a network");
    network.remove_all().await.expect("nothing is in the way");
    let tables = text(Command::new("nft").args(["list", "tables"]));
    assert!(!tables.contains("longshore-vh-"), "{tables}");
    assert!(!config.run_dir.exists(), "namespaces are left");
}
