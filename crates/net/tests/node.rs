//! Real namespaces, bridges and rules, as root. Every test has an instance name of its own and finds nothing left of it at the end.

mod common;

use common::*;
use net::{Attachment, Error, NodeNetwork, TaskNetwork};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;

#[tokio::test]
async fn a_published_port_answers_on_loopback_and_between_containers() {
    let node = Node::start("ta").await;
    let web = node.attach("web", Attachment::Bridge { ports: vec![port(None)] }).await;
    let other = node.attach("other", Attachment::Bridge { ports: vec![] }).await;
    let (web_ns, other_ns) = (web.namespace.clone().expect("one"), other.namespace.clone().expect("one"));
    let address = web.address.expect("one");
    assert_ne!(web.address, other.address);
    let _server = Server::start(&web_ns, 80, "hello");
    let published = web.bindings[0].host_port;
    assert_eq!(ask(SocketAddr::from((Ipv4Addr::LOCALHOST, published))).as_deref(), Some("hello"));
    assert_eq!(ask(SocketAddr::from((address, 80))).as_deref(), Some("hello"));
    assert_eq!(ask_from(&other_ns, address, 80), "hello");
    // Through the node's own address, from a container: translated and sent back into the bridge.
    assert_eq!(ask_from(&other_ns, web.gateway.expect("one"), published), "hello");
    // What else listens on the node is not reached.
    let listener = std::net::TcpListener::bind("0.0.0.0:0").expect("a port");
    let port = listener.local_addr().expect("it has one").port();
    assert_eq!(ask_from(&other_ns, web.gateway.expect("one"), port), "");
    listener.set_nonblocking(true).expect("a flag");
    assert!(listener.accept().is_err(), "nobody came");

    // Nor by the addresses that links have of themselves in IPv6.
    let addresses = text(Command::new("ip").args(["-6", "-o", "addr", "show", "dev", "lsbta"]));
    assert_eq!(addresses, "", "the bridge has an IPv6 address");

    node.network.detach(&node.id("web")).await.expect("gone");
    node.network.detach(&node.id("web")).await.expect("gone already");
    // Somebody else may have the port by now, as tests run side by side: what answers is not this container, at any rate.
    assert_ne!(ask_from_here(published), "hello");
    assert!(!web_ns.exists());
    node.end().await;
}

#[tokio::test]
async fn a_taken_port_is_refused_and_leaves_nothing() {
    let node = Node::start("tb").await;
    let first = node.attach("first", Attachment::Bridge { ports: vec![port(None)] }).await;
    let taken = Attachment::Bridge { ports: vec![port(Some(first.bindings[0].host_port))] };
    let refused = node.network.attach(&node.id("second"), &taken).await.expect_err("it is taken");
    assert!(matches!(refused, Error::PortTaken { .. }), "{refused}");
    assert!(!node.config.state_dir.join("second.json").exists());
    node.end().await;
}

#[tokio::test]
async fn none_has_loopback_only() {
    let node = Node::start("td").await;
    let lonely = node.attach("lonely", Attachment::None).await;
    let links = text(&mut inside(lonely.namespace.as_deref().expect("one"), &["ip", "-o", "addr"]));
    assert!(links.contains("127.0.0.1/8") && !links.contains("eth0"), "{links}");
    node.end().await;
}

#[tokio::test]
async fn after_a_restart_the_living_are_kept_and_the_rest_removed() {
    let node = Node::start("te").await;
    let kept = node.attach("kept", Attachment::Bridge { ports: vec![port(None)] }).await;
    node.tell(vpc(214, vec![here(214, 9, &[])])).await;
    let gone = node.attach("gone", interface(214, 9)).await;
    let _server = Server::start(kept.namespace.as_deref().expect("one"), 80, "still-here");
    let Node { network, config, _dir } = node;
    drop(network);

    let network = NodeNetwork::open(config.clone()).await.expect("a network");
    let node = Node { network, config, _dir };
    let found = node.network.recover(&[node.id("kept")]).await.expect("a recovery");
    assert_eq!(found, [(node.id("kept"), kept.clone())]);
    assert!(!gone.namespace.expect("one").exists());
    let published = SocketAddr::from((Ipv4Addr::LOCALHOST, kept.bindings[0].host_port));
    assert_eq!(ask(published).as_deref(), Some("still-here"));
    let again = node.network.attach(&node.id("kept"), &Attachment::Bridge { ports: vec![port(None)] }).await;
    assert_eq!(again.expect("the same"), kept, "attaching twice gives the same");
    node.end().await;
}

#[tokio::test]
async fn what_a_run_without_records_left_gives_way() {
    let node = Node::start("tf").await;
    let lost = node.attach("web", Attachment::Bridge { ports: vec![] }).await;
    let Node { network, config, _dir } = node;
    drop(network);
    std::fs::remove_dir_all(&config.state_dir).expect("the records go");

    let network = NodeNetwork::open(config.clone()).await.expect("a network");
    let node = Node { network, config, _dir };
    let again = node.attach("web", Attachment::Bridge { ports: vec![port(None)] }).await;
    assert_eq!(again.namespace, lost.namespace);
    let _server = Server::start(again.namespace.as_deref().expect("one"), 80, "anew");
    let published = SocketAddr::from((Ipv4Addr::LOCALHOST, again.bindings[0].host_port));
    assert_eq!(ask(published).as_deref(), Some("anew"));
    node.end().await;
}
