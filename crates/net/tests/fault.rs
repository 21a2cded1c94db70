//! Faults made on purpose, as root and with real packets: which are lost, and which are not.

mod common;

use common::datagram::{self, Ear};
use common::machine::{Segment, enter, path_of, run};
use common::*;
use model::status::TransportProtocol;
use net::fault::{self, Blackhole, Block, Direction, Fault, Flows, Spared};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener, TcpStream, UdpSocket};
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

const TABLE: &str = "longshore-faults";
const SPARED: Spared = Spared(Ipv4Addr::new(169, 254, 170, 2));
const TCP: TransportProtocol = TransportProtocol::Tcp;
const UDP: TransportProtocol = TransportProtocol::Udp;

/// The machine with the faults, the one that suffers, and the one that is spared.
struct Three {
    _segment: Segment,
    faulty: PathBuf,
    other: PathBuf,
    spared: PathBuf,
}

const FAULTY: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 51);
const OTHER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 52);
const EXCEPTED: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 53);

impl Three {
    fn new(name: &str) -> Self {
        let segment = Segment::new(name);
        let [faulty, other, spared] = [51, 52, 53].map(|last| path_of(&segment.plug(last)));
        Self { _segment: segment, faulty, other, spared }
    }

    async fn set(&self, faults: &[Fault]) {
        fault::set(Some(&self.faulty), TABLE, faults, SPARED).await.expect("the faults are made");
    }

    /// What a set of faults has in the kernel.
    fn tables(&self) -> String {
        text(&mut inside(&self.faulty, &["nft", "list", "tables"]))
    }
}

fn block(address: Ipv4Addr) -> Block {
    Block { address: address.into(), prefix_len: 32 }
}

fn hole(direction: Direction, protocol: TransportProtocol, port: u16) -> Fault {
    Fault::Blackhole(Blackhole { direction, protocol, port, except: vec![block(EXCEPTED)] })
}

/// Everything to the segment but what goes to the one that is spared.
fn flows(percent: u8) -> Flows {
    let segment = Block { address: Ipv4Addr::new(192, 0, 2, 0).into(), prefix_len: 24 };
    Flows { to: vec![segment], except: vec![block(EXCEPTED)], percent }
}

fn speaker(at: &std::path::Path) -> UdpSocket {
    datagram::socket(at, (Ipv4Addr::UNSPECIFIED, 0).into())
}

/// Accepts at a port of a namespace, and hangs up; ends with the test's process.
fn accept(at: &std::path::Path, port: u16) {
    let listener = enter(at, move || TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)));
    let listener = listener.join().expect("no panic").expect("the port is free");
    std::thread::spawn(move || listener.incoming().flatten().for_each(drop));
}

fn connects(from: &std::path::Path, to: Ipv4Addr, port: u16) -> bool {
    // Long enough for a busy machine, and shorter than the second packet of whoever is not answered would be of use.
    let limit = std::time::Duration::from_secs(2);
    let tried = enter(from, move || TcpStream::connect_timeout(&(to, port).into(), limit));
    let tried = tried.join().expect("no panic");
    let timed_out = |e: &std::io::Error| e.kind() == std::io::ErrorKind::TimedOut;
    assert!(tried.is_ok() || tried.as_ref().is_err_and(timed_out), "{tried:?}");
    tried.is_ok()
}

#[tokio::test]
async fn a_hole_swallows_what_comes_in_but_from_the_spared() {
    let three = Three::new("fa");
    for port in [80, 81] {
        accept(&three.faulty, port);
    }
    let ears = [53, 54].map(|port| Ear::open(&three.faulty, (FAULTY, port)));
    let says = |from: &std::path::Path, port, word: &str| {
        speaker(from).send_to(word.as_bytes(), (FAULTY, port)).expect("it is sent");
    };
    three.set(&[hole(Direction::Ingress, TCP, 80), hole(Direction::Ingress, UDP, 53)]).await;
    assert!(!connects(&three.other, FAULTY, 80));
    assert!(connects(&three.other, FAULTY, 81), "another port");
    assert!(connects(&three.spared, FAULTY, 80));
    says(&three.other, 53, "into the hole");
    says(&three.other, 54, "beside it");
    ears[1].until("beside it");
    says(&three.spared, 53, "spared");
    let heard: Vec<String> = ears[0].until("spared").into_iter().map(|(_, word)| word).collect();
    assert_eq!(heard, ["spared"]);
    // What it sends itself to such a port is none of what comes in.
    accept(&three.other, 80);
    assert!(connects(&three.faulty, OTHER, 80));

    three.set(&[]).await;
    assert_eq!(three.tables(), "", "a sound network has no rules");
    assert!(connects(&three.other, FAULTY, 80));
    says(&three.other, 53, "sound");
    ears[0].until("sound");
}

#[tokio::test]
async fn a_hole_swallows_what_goes_out_but_to_the_spared() {
    let three = Three::new("fb");
    for at in [&three.other, &three.spared] {
        accept(at, 80);
        accept(at, 81);
    }
    let ears = [(&three.other, OTHER, 53), (&three.other, OTHER, 54), (&three.spared, EXCEPTED, 53)]
        .map(|(at, address, port)| Ear::open(at, (address, port)));
    three.set(&[hole(Direction::Egress, TCP, 80), hole(Direction::Egress, UDP, 53)]).await;
    assert!(!connects(&three.faulty, OTHER, 80));
    assert!(connects(&three.faulty, OTHER, 81), "another port");
    assert!(connects(&three.faulty, EXCEPTED, 80));
    let socket = speaker(&three.faulty);
    // A filter on the way out says so to who sends; a real hole does not, and neither does AWS's.
    let into = socket.send_to(b"into the hole", (OTHER, 53));
    assert!(
        into.is_ok() || into.as_ref().is_err_and(|e| e.kind() == std::io::ErrorKind::PermissionDenied),
        "{into:?}"
    );
    socket.send_to(b"beside it", (OTHER, 54)).expect("it is sent");
    ears[1].until("beside it");
    socket.send_to(b"spared", (EXCEPTED, 53)).expect("it is sent");
    ears[2].until("spared");
    three.set(&[]).await;
    socket.send_to(b"sound", (OTHER, 53)).expect("it is sent");
    let heard: Vec<String> = ears[0].until("sound").into_iter().map(|(_, word)| word).collect();
    assert_eq!(heard, ["sound"]);
}

/// Sends so many datagrams, and then, when the network is sound again, the last.
async fn arrive(three: &Three, ear: &Ear, to: Ipv4Addr, faults: &[Fault], count: usize) -> usize {
    three.set(faults).await;
    let socket = speaker(&three.faulty);
    for _ in 0..count {
        socket.send_to(b"one", (to, 53)).expect("who sends does not notice");
    }
    three.set(&[]).await;
    socket.send_to(b"last", (to, 53)).expect("it is sent");
    ear.until("last").len() - 1
}

#[tokio::test]
async fn half_of_the_packets_are_lost() {
    const COUNT: usize = 400;
    let three = Three::new("fc");
    let suffering = Ear::open(&three.other, (OTHER, 53));
    let spared = Ear::open(&three.spared, (EXCEPTED, 53));
    let loss = |percent| [Fault::Loss { flows: flows(100), percent }];
    // Six times the standard deviation of 10 on either side: wrong once in 500 million runs.
    let half = arrive(&three, &suffering, OTHER, &loss(50), COUNT).await;
    assert!((140..=260).contains(&half), "{half} of {COUNT}");
    // That of 10 per cent is 6.
    let few = arrive(&three, &suffering, OTHER, &loss(10), COUNT).await;
    assert!((324..=396).contains(&few), "{few} of {COUNT}");
    assert_eq!(arrive(&three, &suffering, OTHER, &loss(100), COUNT).await, 0);
    assert_eq!(arrive(&three, &spared, EXCEPTED, &loss(100), COUNT).await, COUNT);
    assert_eq!(arrive(&three, &suffering, OTHER, &[], COUNT).await, COUNT);
}

#[tokio::test]
async fn half_of_the_flows_are_lost_and_always_the_same() {
    const FLOWS: usize = 200;
    let three = Three::new("fd");
    let ear = Ear::open(&three.other, (OTHER, 53));
    three.set(&[Fault::Loss { flows: flows(50), percent: 100 }]).await;
    let sockets: Vec<UdpSocket> = (0..FLOWS).map(|_| speaker(&three.faulty)).collect();
    for word in ["first", "second"] {
        for socket in &sockets {
            socket.send_to(word.as_bytes(), (OTHER, 53)).expect("who sends does not notice");
        }
    }
    three.set(&[]).await;
    sockets[0].send_to(b"last", (OTHER, 53)).expect("it is sent");
    let heard = ear.until("last");
    let ports = |word: &str| {
        let of = heard.iter().filter(|(_, said)| said == word);
        of.map(|(peer, _)| peer.port()).collect::<Vec<_>>()
    };
    let (first, second) = (ports("first"), ports("second"));
    assert_eq!(first, second, "a flow is picked or it is not");
    // Six times the standard deviation of 7.
    assert!((58..=142).contains(&first.len()), "{} of {FLOWS}", first.len());
}

#[tokio::test]
async fn faults_are_made_over_ipv6_too() {
    let three = Three::new("ff");
    let address = |last: u16| Ipv6Addr::new(0xfd00, 0x55, 0, 0, 0, 0, 0, last);
    for (at, last) in [(&three.faulty, 51), (&three.other, 52), (&three.spared, 53)] {
        let address = format!("{}/64", address(last));
        run(&mut inside(at, &["ip", "addr", "add", &address, "dev", "eth0", "nodad"]));
    }
    let ears = [(&three.other, 52), (&three.spared, 53)].map(|(at, last)| Ear::open(at, (address(last), 53)));
    let socket = datagram::socket(&three.faulty, (Ipv6Addr::UNSPECIFIED, 0).into());
    let whole = |address: Ipv6Addr, prefix_len| Block { address: address.into(), prefix_len };
    let except = vec![whole(address(53), 128)];
    let flows = Flows { to: vec![whole(address(0), 64)], except: except.clone(), percent: 100 };
    let hole = Blackhole { direction: Direction::Egress, protocol: UDP, port: 53, except };
    for (fault, sound) in
        [(Fault::Blackhole(hole), "sound"), (Fault::Loss { flows, percent: 100 }, "sound again")]
    {
        three.set(&[fault]).await;
        let lost = socket.send_to(b"lost", (address(52), 53));
        let denied = |e: &std::io::Error| e.kind() == std::io::ErrorKind::PermissionDenied;
        assert!(lost.is_ok() || lost.as_ref().is_err_and(denied), "{lost:?}");
        socket.send_to(sound.as_bytes(), (address(53), 53)).expect("it is sent");
        ears[1].until(sound);
        three.set(&[]).await;
        socket.send_to(sound.as_bytes(), (address(52), 53)).expect("it is sent");
        let heard: Vec<String> = ears[0].until(sound).into_iter().map(|(_, word)| word).collect();
        assert_eq!(heard, [sound]);
    }
}

/// Whether this kernel can make a packet late at all, tried where nobody sees it.
fn kernel_delays_packets() -> bool {
    let script = "ip link set lo up && tc qdisc add dev lo root handle 1: prio && tc qdisc add dev lo parent 1:3 netem delay 1ms";
    let tried = Command::new("unshare").args(["--net", "sh", "-c", script]).output();
    tried.expect("unshare runs").status.success()
}

#[tokio::test]
async fn packets_are_late_or_the_kernel_is_said_to_have_no_netem() {
    const DELAY_MS: u64 = 400;
    let three = Three::new("fe");
    let ear = Ear::open(&three.other, (OTHER, 53));
    let sound = text(&mut inside(&three.faulty, &["tc", "qdisc", "show", "dev", "eth0"]));
    let late = [Fault::Latency { flows: flows(100), delay_ms: DELAY_MS, jitter_ms: 0 }];
    let set = fault::set(Some(&three.faulty), TABLE, &late, SPARED).await;
    let begun = Instant::now();
    speaker(&three.faulty).send_to(b"late", (OTHER, 53)).expect("it is sent");
    ear.until("late");
    if kernel_delays_packets() {
        set.expect("the kernel can");
        assert!(begun.elapsed().as_millis() >= u128::from(DELAY_MS), "{:?}", begun.elapsed());
        three.set(&[]).await;
    } else {
        assert!(matches!(set, Err(net::Error::NoNetem)), "{set:?}");
    }
    assert_eq!(three.tables(), "");
    assert_eq!(text(&mut inside(&three.faulty, &["tc", "qdisc", "show", "dev", "eth0"])), sound);
}
