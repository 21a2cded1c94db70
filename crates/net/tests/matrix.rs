//! Security groups, rule by rule, with real packets and as root: peer × traffic × direction × same node or another × address family.
//!
//! Every cell sets the rules of one group and then tries every kind of packet between the group's member and a client, both ways. What has to arrive is
//! said by [`allows`], which knows nothing of how it is done. A packet that has to be dropped is followed by one that always passes: when that
//! one was answered, the other would have been.

mod common;

use common::machine::{Machine, Segment, enter};
use common::*;
use model::ec2::{Direction, IcmpKinds, PortRange, Traffic};
use model::fabric::{self, Item, Peer, Place, Rule, Update};
use net::{Attached, WantedOverlay};
use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType};
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Of the client, of the group's member beside it, and of its member on the other node.
const CLIENT: u8 = 10;
const BESIDE: u8 = 11;
const ELSEWHERE: u8 = 12;

/// What a run is about: one side of a VPC.
#[derive(Clone, Copy)]
struct Side {
    /// Of the VPC's blocks.
    second: u8,
    ipv6: bool,
}

impl Side {
    fn address(self, last: u8) -> IpAddr {
        let Self { second, ipv6: dual } = self;
        if dual { ipv6(second, last).into() } else { Ipv4Addr::new(10, second, 0, last).into() }
    }

    /// A block of the VPC, that has `bits` for addresses from `last` on.
    fn block(self, last: u8, bits: u8) -> String {
        let len = if self.ipv6 { 128 } else { 32 };
        format!("{}/{}", self.address(last), len - bits)
    }

    fn everything(self) -> &'static str {
        if self.ipv6 { "::/0" } else { "0.0.0.0/0" }
    }

    /// Of the other family.
    fn everything_else(self) -> &'static str {
        if self.ipv6 { "0.0.0.0/0" } else { "::/0" }
    }

    fn unspecified(self) -> IpAddr {
        if self.ipv6 { Ipv6Addr::UNSPECIFIED.into() } else { Ipv4Addr::UNSPECIFIED.into() }
    }

    fn icmp(self, kind: Option<u8>, code: Option<u8>) -> Traffic {
        let kinds = IcmpKinds { kind, code };
        if self.ipv6 { Traffic::Icmpv6(kinds) } else { Traffic::Icmp(kinds) }
    }

    /// The same of the other family, which is nothing here.
    fn icmp_of_the_other(self) -> Traffic {
        Side { ipv6: !self.ipv6, ..self }.icmp(None, None)
    }

    fn echo_request(self) -> u8 {
        if self.ipv6 { 128 } else { 8 }
    }
}

/// Below those that the kernel chooses itself.
static NEXT_PORT: AtomicU16 = AtomicU16::new(10_000);

const TCP_PORTS: [u16; 3] = [80, 85, 443];
const UDP_PORTS: [u16; 3] = [80, 85, 443];
/// What always passes is sent here.
const ALWAYS: u16 = 7;

/// One packet, or the first of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Probe {
    Tcp(u16),
    Udp(u16),
    Echo,
    /// Of a protocol without ports.
    Other(u8),
}

/// Whether a rule speaks of a packet of one of the families.
fn speaks_of(ipv6: bool, traffic: Traffic, probe: Probe) -> bool {
    let within = |range: PortRange, port| (range.from..=range.to).contains(&port);
    match (traffic, probe) {
        (Traffic::All, _) => true,
        (Traffic::Tcp(range), Probe::Tcp(port)) | (Traffic::Udp(range), Probe::Udp(port)) => {
            within(range, port)
        }
        // Types 8 and 128 are echo requests, and have code 0.
        (Traffic::Icmp(IcmpKinds { kind, code }), Probe::Echo) if !ipv6 => {
            kind.is_none_or(|k| k == 8) && code.is_none_or(|c| c == 0)
        }
        (Traffic::Icmpv6(IcmpKinds { kind, code }), Probe::Echo) if ipv6 => {
            kind.is_none_or(|k| k == 128) && code.is_none_or(|c| c == 0)
        }
        (Traffic::Other(number), Probe::Other(other)) => number == other,
        _ => false,
    }
}

/// An interface as rules see it.
struct End<'a> {
    address: IpAddr,
    group: &'static str,
    rules: &'a [Rule],
    lists: &'a [(&'static str, Vec<String>)],
}

/// Whether a packet gets from one interface to the other.
fn allows(from: &End<'_>, to: &End<'_>, probe: Probe) -> bool {
    let passes = |end: &End<'_>, direction, other: &End<'_>| {
        let mut rules = end.rules.iter().filter(|r| r.direction == direction);
        rules.any(|r| speaks_of(other.address.is_ipv6(), r.traffic, probe) && names(&r.peer, other))
    };
    passes(from, Direction::Egress, to) && passes(to, Direction::Ingress, from)
}

fn names(peer: &Peer, other: &End<'_>) -> bool {
    let covers = |text: &str| {
        let (base, len) = text.split_once('/').expect("a block");
        match (base.parse().expect("an address"), other.address) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let len: u32 = len.parse().expect("a length");
                let mask = u32::MAX.checked_shl(32 - len).unwrap_or(0);
                u32::from(base) & mask == u32::from(address) & mask
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let len: u32 = len.parse().expect("a length");
                let mask = u128::MAX.checked_shl(128 - len).unwrap_or(0);
                u128::from(base) & mask == u128::from(address) & mask
            }
            _ => false,
        }
    };
    match peer {
        Peer::Block(block) => covers(&block.to_string()),
        Peer::Group(group) => group == other.group,
        Peer::PrefixList(list) => {
            other.lists.iter().any(|(id, blocks)| id == list && blocks.iter().any(|b| covers(b)))
        }
    }
}

fn lists(side: Side) -> Vec<(&'static str, Vec<String>)> {
    let nobodys = if side.ipv6 { "2001:db8::/32" } else { "192.0.2.0/24" }.to_owned();
    vec![
        ("pl-theirs", vec![nobodys.clone(), side.block(8, 3)]),
        ("pl-others", vec![nobodys, side.block(128, 6)]),
    ]
}

fn peers(side: Side) -> Vec<Peer> {
    let block = |text: &str| Peer::Block(text.parse().expect("a block"));
    vec![
        block(side.everything()),
        block(side.everything_else()),
        block(&side.block(0, 8)),
        block(&side.block(8, 2)),
        block(&side.block(64, 6)),
        Peer::Group("sg-client".to_owned()),
        Peer::Group("sg-test".to_owned()),
        Peer::PrefixList("pl-theirs".to_owned()),
        Peer::PrefixList("pl-others".to_owned()),
    ]
}

fn traffics(side: Side, number: u8) -> Vec<Traffic> {
    let ports = |from, to| PortRange { from, to };
    vec![
        Traffic::All,
        Traffic::Tcp(ports(80, 80)),
        Traffic::Tcp(ports(80, 90)),
        Traffic::Tcp(ports(0, u16::MAX)),
        Traffic::Udp(ports(80, 80)),
        Traffic::Udp(ports(81, 443)),
        Traffic::Udp(ports(0, u16::MAX)),
        side.icmp(None, None),
        side.icmp(Some(side.echo_request()), Some(0)),
        side.icmp(Some(13), None),
        side.icmp_of_the_other(),
        Traffic::Other(number),
    ]
}

/// What one cell sets: the rules of the member's group, and those of the client's.
struct Cell {
    name: String,
    test: Vec<Rule>,
    client: Vec<Rule>,
    /// Of the protocol without ports: connections of such are told apart by addresses and number alone, so each cell that tries one has its own.
    number: Option<u8>,
}

/// Numbers that no protocol has and the kernel knows nothing of.
const FIRST_NUMBER: u8 = 144;
const NUMBERS: u8 = 100;

fn cells(side: Side) -> Vec<Cell> {
    let open = |direction| {
        let block = side.everything().parse().expect("a block");
        Rule { direction, traffic: Traffic::All, peer: Peer::Block(block) }
    };
    let mut cells = Vec::new();
    let mut used = 0;
    for direction in [Direction::Ingress, Direction::Egress] {
        for peer in peers(side) {
            for at in 0..traffics(side, 0).len() {
                let number = FIRST_NUMBER + used;
                let traffic = traffics(side, number)[at];
                let tries_other = matches!(traffic, Traffic::All | Traffic::Other(_));
                if tries_other {
                    used += 2;
                }
                let rule = Rule { direction, traffic, peer: peer.clone() };
                // Half of them let everything pass the other way, so that what is open to everybody goes untracked there.
                let other = match direction {
                    Direction::Ingress => Direction::Egress,
                    Direction::Egress => Direction::Ingress,
                };
                let mut test = vec![rule];
                if at % 2 == 0 && matches!(peer, Peer::Block(_)) {
                    test.push(open(other));
                }
                let name = format!("{direction} {traffic:?} {peer:?}, {} rules", test.len());
                let client = vec![open(other), open(direction)];
                cells.push(Cell { name, test, client, number: tries_other.then_some(number) });
            }
        }
    }
    let client = vec![open(Direction::Egress)];
    cells.push(Cell {
        name: "no rule".to_owned(),
        test: Vec::new(),
        client,
        number: Some(FIRST_NUMBER + used),
    });
    assert!(used <= NUMBERS, "{used}");
    cells
}

/// The rule that always lets what is sent after a probe pass.
fn always(side: Side) -> Item {
    let traffic = Traffic::Udp(PortRange { from: ALWAYS, to: ALWAYS });
    let everywhere = side.block(0, 8);
    group("sg-always", &[ingress(traffic, &everywhere), egress(traffic, &everywhere)])
}

fn members() -> [(u8, &'static str, u8); 3] {
    [(CLIENT, "sg-client", 1), (BESIDE, "sg-test", 1), (ELSEWHERE, "sg-test", 2)]
}

fn told(side: Side, node: u8, stations: &[(u8, std::net::SocketAddrV4)]) -> Update {
    let mut things = vec![always(side), group("sg-test", &[]), group("sg-client", &[])];
    for (other, address) in stations.iter().filter(|(other, _)| *other != node) {
        things.push(Item::Node(fabric::Node { id: format!("node-{other}"), address: *address, ipv6: None }));
    }
    for (id, blocks) in lists(side) {
        let blocks = blocks.iter().map(|b| b.parse().expect("a block")).collect();
        things.push(Item::PrefixList(fabric::PrefixList { id: id.to_owned(), blocks }));
    }
    for (last, group, at) in members() {
        let place = if at == node { Place::Here } else { Place::Node(format!("node-{at}")) };
        things.push(Item::Interface(described(side.second, last, &["sg-always", group], place)));
    }
    if side.ipv6 { dual_vpc(side.second, things) } else { vpc(side.second, things) }
}

/// Works inside a task's namespace, in a thread of its own.
struct Task {
    orders: mpsc::Sender<Box<dyn FnOnce() + Send>>,
    address: IpAddr,
}

impl Task {
    fn start(side: Side, attached: &Attached, last: u8) -> Self {
        let namespace: PathBuf = attached.namespace.clone().expect("it has one");
        let (orders, taken) = mpsc::channel::<Box<dyn FnOnce() + Send>>();
        let (ready, opened) = mpsc::channel();
        enter(&namespace, move || {
            let any = side.unspecified();
            let tcp = TCP_PORTS.map(|p| TcpListener::bind((any, p)).expect("it is free"));
            let ports = UDP_PORTS.into_iter().chain([ALWAYS]);
            let udp: Vec<UdpSocket> = ports.map(|p| UdpSocket::bind((any, p)).expect("it is free")).collect();
            // Echo requests without a raw socket are for groups that may.
            std::fs::write("/proc/sys/net/ipv4/ping_group_range", "0 0").expect("it may be set");
            for socket in udp {
                std::thread::spawn(move || answer(&socket));
            }
            for listener in tcp {
                // Whoever comes is let go at once: it is connected then.
                std::thread::spawn(move || listener.incoming().for_each(drop));
            }
            ready.send(()).expect("the test waits");
            for order in taken {
                order();
            }
            // Those who answer end with the program.
        });
        opened.recv().expect("it opens");
        Self { orders, address: side.address(last) }
    }

    fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let (give, take) = mpsc::channel();
        self.orders.send(Box::new(move || give.send(work()).expect("the test waits"))).expect("it runs");
        take.recv().expect("no panic in the task")
    }

    /// A socket that hears packets of a protocol without ports.
    fn hear(&self, number: u8) -> OwnedFd {
        let ipv6 = self.address.is_ipv6();
        self.run(move || raw(ipv6, number))
    }

    /// Which of the probes are answered.
    fn try_all(&self, to: IpAddr, probes: Vec<Probe>, expected: Vec<bool>) -> Vec<bool> {
        self.run(move || {
            let mut tries: Vec<Try> = probes.iter().map(|p| Try::begin(to, *p)).collect();
            // What is to be answered has all the time it wants.
            let end = Instant::now() + DEADLINE;
            while Instant::now() < end
                && tries.iter_mut().zip(&expected).any(|(t, expected)| *expected && !t.is_answered())
            {
                std::thread::yield_now();
            }
            follow(to);
            tries.iter_mut().map(Try::is_answered).collect()
        })
    }
}

fn answer(socket: &UdpSocket) {
    let mut buffer = [0; 64];
    while let Ok((len, from)) = socket.recv_from(&mut buffer) {
        // Nobody may be there any more.
        let _ = socket.send_to(&buffer[..len], from);
    }
}

/// Returns when what was sent before has arrived, if it arrives at all: packets between two interfaces do not overtake each other.
fn follow(to: IpAddr) {
    let socket = UdpSocket::bind((unspecified(to), 0)).expect("a socket");
    socket.connect((to, ALWAYS)).expect("a datagram socket connects");
    socket.set_read_timeout(Some(Duration::from_millis(500))).expect("a limit");
    let end = Instant::now() + DEADLINE;
    let mut heard = 0;
    // Twice, in case another processor had the first.
    while heard < 2 {
        assert!(Instant::now() < end, "what always passes does not");
        let sent = socket.send(b"follows");
        let mut buffer = [0; 16];
        if sent.is_ok() && socket.recv(&mut buffer).is_ok() {
            heard += 1;
        }
    }
}

fn unspecified(beside: IpAddr) -> IpAddr {
    if beside.is_ipv6() { Ipv6Addr::UNSPECIFIED.into() } else { Ipv4Addr::UNSPECIFIED.into() }
}

fn family(ipv6: bool) -> AddressFamily {
    if ipv6 { AddressFamily::INET6 } else { AddressFamily::INET }
}

fn raw(ipv6: bool, number: u8) -> OwnedFd {
    let protocol = rustix::net::Protocol::from_raw(std::num::NonZeroU32::from(
        std::num::NonZeroU8::new(number).expect("a protocol has a number"),
    ));
    let flags = SocketFlags::NONBLOCK;
    rustix::net::socket_with(family(ipv6), SocketType::RAW, flags, Some(protocol)).expect("a socket")
}

/// A probe under way.
enum Try {
    Tcp(socket2::Socket, bool),
    Datagram(UdpSocket, bool),
    Echo(OwnedFd, bool),
    /// Sent, and nobody answers: the other end is asked.
    Sent,
}

impl Try {
    fn begin(to: IpAddr, probe: Probe) -> Self {
        match probe {
            Probe::Tcp(port) => {
                let domain = socket2::Domain::for_address(SocketAddr::from((to, port)));
                let socket = socket2::Socket::new(domain, socket2::Type::STREAM, None).expect("a socket");
                socket.set_nonblocking(true).expect("a flag");
                match socket.connect(&SocketAddr::from((to, port)).into()) {
                    Ok(()) => Self::Tcp(socket, true),
                    Err(e) => {
                        assert_eq!(e.raw_os_error(), Some(rustix::io::Errno::INPROGRESS.raw_os_error()));
                        Self::Tcp(socket, false)
                    }
                }
            }
            Probe::Udp(port) => {
                // One that was let through is remembered by its ports for a while, so none is used twice.
                let own = NEXT_PORT.fetch_add(1, Ordering::Relaxed);
                let socket = UdpSocket::bind((unspecified(to), own)).expect("the port is free");
                socket.set_nonblocking(true).expect("a flag");
                socket.connect((to, port)).expect("a datagram socket connects");
                socket.send(b"probe").expect("it goes out");
                Self::Datagram(socket, false)
            }
            Probe::Echo => {
                let kind = SocketType::DGRAM;
                let flags = SocketFlags::NONBLOCK;
                use rustix::net::ipproto::{ICMP, ICMPV6};
                let ipv6 = to.is_ipv6();
                let protocol = Some(if ipv6 { ICMPV6 } else { ICMP });
                let socket = rustix::net::socket_with(family(ipv6), kind, flags, protocol).expect("a socket");
                // Echo request; the kernel fills in the identifier and the sum.
                let message = [if ipv6 { 128 } else { 8 }, 0, 0, 0, 0, 0, 0, 1];
                rustix::net::sendto(&socket, &message, SendFlags::empty(), &SocketAddr::from((to, 0)))
                    .expect("it goes out");
                Self::Echo(socket, false)
            }
            Probe::Other(number) => {
                let socket = raw(to.is_ipv6(), number);
                rustix::net::sendto(&socket, b"probe", SendFlags::empty(), &SocketAddr::from((to, 0)))
                    .expect("it goes out");
                Self::Sent
            }
        }
    }

    fn is_answered(&mut self) -> bool {
        match self {
            Self::Tcp(_, true) | Self::Datagram(_, true) | Self::Echo(_, true) => true,
            Self::Tcp(socket, done) => {
                *done = socket.peer_addr().is_ok();
                *done
            }
            Self::Datagram(socket, done) => {
                *done = match socket.recv(&mut [0; 16]) {
                    Ok(len) => len == 5,
                    Err(e) => {
                        assert_eq!(e.kind(), ErrorKind::WouldBlock, "{e}");
                        false
                    }
                };
                *done
            }
            Self::Echo(socket, done) => {
                *done = is_heard(socket);
                *done
            }
            Self::Sent => false,
        }
    }
}

fn is_heard(socket: &OwnedFd) -> bool {
    match rustix::net::recv(socket, &mut [0u8; 64], RecvFlags::empty()) {
        Ok(_) => true,
        Err(rustix::io::Errno::AGAIN) => false,
        Err(error) => panic!("{error}"),
    }
}

/// Tries everything from one task to another. Says what is not as it should be.
fn check(
    cell: &Cell,
    way: &str,
    from: (&Task, &End<'_>),
    to: (&Task, &End<'_>),
    number: Option<u8>,
    wrong: &mut Vec<String>,
) -> usize {
    let tcp = TCP_PORTS.map(Probe::Tcp);
    let udp = UDP_PORTS.map(Probe::Udp);
    let mut probes: Vec<Probe> = tcp.into_iter().chain(udp).chain([Probe::Echo]).collect();
    // Nobody answers what has no ports: the other end listens itself.
    let ear = number.map(|number| to.0.hear(number));
    probes.extend(number.map(Probe::Other));
    let expected: Vec<bool> = probes.iter().map(|p| allows(from.1, to.1, *p)).collect();
    let answered = probes.iter().zip(&expected).map(|(p, e)| *e && !matches!(p, Probe::Other(_))).collect();
    let mut got = from.0.try_all(to.0.address, probes.clone(), answered);
    if let (Some(ear), Some(got)) = (&ear, got.last_mut()) {
        *got = is_heard(ear);
    }
    for ((probe, expected), got) in probes.iter().zip(&expected).zip(&got) {
        if expected != got {
            let verb = if *got { "passes" } else { "is dropped" };
            wrong.push(format!("{}: {way}: {probe:?} {verb}", cell.name));
        }
    }
    probes.len()
}

#[test]
fn rules_let_through_what_they_name_and_nothing_else() {
    run(Side { second: 240, ipv6: false });
}

#[test]
fn so_do_those_of_ipv6() {
    run(Side { second: 241, ipv6: true });
}

fn run(side: Side) {
    let segment = Segment::new(&format!("mx{}", side.second));
    let machines = [1, 2].map(|n| {
        let wanted = WantedOverlay { address: Ipv4Addr::new(192, 0, 2, n), port: None, direct: false };
        Machine::start(&segment.plug(n), &format!("{}{n}", side.second), Some(wanted))
    });
    let stations: Vec<_> =
        [1, 2].into_iter().zip(&machines).map(|(n, m)| (n, m.overlay.expect("it has one").address)).collect();
    for (n, machine) in [1, 2].into_iter().zip(&machines) {
        machine.tell(told(side, n, &stations));
    }
    let [client, beside, elsewhere] = members().map(|(last, _, at)| {
        let attached = {
            let wanted =
                if side.ipv6 { dual_interface(side.second, last) } else { interface(side.second, last) };
            machines[usize::from(at) - 1].attach(&format!("task-{last}"), wanted)
        };
        Task::start(side, &attached, last)
    });
    let mut wrong = Vec::new();
    let mut tried = 0;
    let lists = lists(side);
    for cell in cells(side) {
        for machine in &machines {
            let put = vec![group("sg-test", &cell.test), group("sg-client", &cell.client)];
            machine.tell(Update { vpc: vpc_id(side.second), complete: false, put, gone: Vec::new() });
        }
        let of_client =
            End { address: client.address, group: "sg-client", rules: &cell.client, lists: &lists };
        for (place, member) in [("same node", &beside), ("other node", &elsewhere)] {
            let of_member =
                End { address: member.address, group: "sg-test", rules: &cell.test, lists: &lists };
            let forth = format!("client to member, {place}");
            let back = format!("member to client, {place}");
            tried +=
                check(&cell, &forth, (&client, &of_client), (member, &of_member), cell.number, &mut wrong);
            tried += check(
                &cell,
                &back,
                (member, &of_member),
                (&client, &of_client),
                cell.number.map(|n| n + 1),
                &mut wrong,
            );
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    drop((client, beside, elsewhere));
    for machine in machines {
        machine.end();
    }
}
