//! The server on loopback, against resolvers that the test plays.

use super::answers::{query, view};
use crate::upstream::LIMIT;
use crate::{Resolvers, Server, Serving, Sockets, View};
use hickory_proto::op::{Message, ResponseCode};
use hickory_proto::rr::rdata::A;
use hickory_proto::rr::{RData, Record, RecordType};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::JoinSet;

const LOCAL: (Ipv4Addr, u16) = (Ipv4Addr::LOCALHOST, 0);

/// A resolver that answers every name with so many addresses.
struct Resolver {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl Resolver {
    async fn start(addresses: u8, ttl: u32) -> Self {
        let datagrams = UdpSocket::bind(LOCAL).await.expect("a socket");
        let address = datagrams.local_addr().expect("an address");
        let streams = TcpListener::bind(address).await.expect("the same port");
        let asked = Arc::new(AtomicUsize::new(0));
        let mut tasks = JoinSet::new();
        let counted = asked.clone();
        tasks.spawn(async move {
            let mut buffer = [0; 4096];
            loop {
                let (length, from) = datagrams.recv_from(&mut buffer).await.expect("a question");
                counted.fetch_add(1, Ordering::SeqCst);
                let mut answer = answer(&buffer[..length], addresses, ttl);
                if addresses > 60 {
                    answer = answer.truncate();
                }
                datagrams.send_to(&answer.to_vec().expect("bytes"), from).await.expect("sent");
            }
        });
        tasks.spawn(async move {
            loop {
                let (mut stream, _) = streams.accept().await.expect("a connection");
                let mut bytes = vec![0; stream.read_u16().await.expect("a length").into()];
                stream.read_exact(&mut bytes).await.expect("a question");
                let bytes = answer(&bytes, addresses, ttl).to_vec().expect("bytes");
                stream.write_u16(u16::try_from(bytes.len()).expect("short")).await.expect("sent");
                stream.write_all(&bytes).await.expect("sent");
            }
        });
        Self { address, asked, _tasks: tasks }
    }
}

fn answer(question: &[u8], addresses: u8, ttl: u32) -> Message {
    let mut answer = Message::from_vec(question).expect("a question").into_response();
    let name = answer.queries[0].name.clone();
    for n in 0..addresses {
        let data = RData::A(A(Ipv4Addr::new(192, 0, 2, n)));
        answer.add_answer(Record::from_rdata(name.clone(), ttl, data));
    }
    answer
}

/// A name server of a VPC that loopback belongs to.
async fn serve(resolvers: Vec<SocketAddr>) -> (Serving, SocketAddr) {
    let view = View { blocks: vec!["127.0.0.0/8".parse().expect("a block")], ..view() };
    let datagrams = UdpSocket::bind(LOCAL).await.expect("a socket");
    let address = datagrams.local_addr().expect("an address");
    let streams = TcpListener::bind(address).await.expect("the same port");
    let serving = Server::new(Resolvers::These(resolvers)).serve(vec![Sockets { datagrams, streams }], view);
    (serving, address)
}

async fn ask(server: SocketAddr, name: &str) -> Message {
    let socket = UdpSocket::bind(LOCAL).await.expect("a socket");
    socket.connect(server).await.expect("connected");
    let bytes = query(name, RecordType::A, Some(1232)).to_vec().expect("bytes");
    socket.send(&bytes).await.expect("sent");
    let mut buffer = [0; 4096];
    let received = tokio::time::timeout(Duration::from_secs(10), socket.recv(&mut buffer)).await;
    Message::from_vec(&buffer[..received.expect("an answer in time").expect("an answer")]).expect("a message")
}

async fn ask_over_tcp(stream: &mut TcpStream, name: &str) -> Message {
    let bytes = query(name, RecordType::A, None).to_vec().expect("bytes");
    stream.write_u16(u16::try_from(bytes.len()).expect("short")).await.expect("sent");
    stream.write_all(&bytes).await.expect("sent");
    let mut bytes = vec![0; stream.read_u16().await.expect("a length").into()];
    stream.read_exact(&mut bytes).await.expect("an answer");
    Message::from_vec(&bytes).expect("a message")
}

#[tokio::test]
async fn others_are_asked_once() {
    let resolver = Resolver::start(2, 300).await;
    let (_serving, server) = serve(vec![resolver.address]).await;
    for _ in 0..3 {
        let answer = ask(server, "www.Example.com").await;
        assert_eq!((answer.metadata.response_code, answer.answers.len()), (ResponseCode::NoError, 2));
        assert!(!answer.metadata.authoritative && answer.queries[0].name.to_string() == "www.Example.com.");
    }
    assert_eq!(resolver.asked.load(Ordering::SeqCst), 1);
    let own = ask(server, "ip-127-0-0-9.ec2.internal").await;
    assert!(own.metadata.authoritative && own.answers.len() == 1);
    assert_eq!(resolver.asked.load(Ordering::SeqCst), 1);
    let followed = ask(server, "away.corp.example").await;
    assert_eq!(followed.answers.len(), 3, "the alias, and what others say of its target");
}

#[tokio::test]
async fn many_who_ask_the_same_are_one() {
    let resolver = Resolver::start(1, 0).await;
    let (_serving, server) = serve(vec![resolver.address]).await;
    let mut asking = JoinSet::new();
    for _ in 0..50 {
        asking.spawn(async move { ask(server, "same.example").await.answers.len() });
    }
    assert!(asking.join_all().await.iter().all(|answers| *answers == 1));
    // They are not kept (TTL 0), so those who came after an answer had to ask again.
    assert!(resolver.asked.load(Ordering::SeqCst) < 50, "{:?}", resolver.asked);
}

#[tokio::test]
async fn a_long_answer_comes_over_tcp() {
    let resolver = Resolver::start(200, 300).await;
    let (_serving, server) = serve(vec![resolver.address]).await;
    let short = ask(server, "many.example").await;
    assert!(short.metadata.truncation && short.answers.is_empty());
    let mut stream = TcpStream::connect(server).await.expect("a connection");
    assert_eq!(ask_over_tcp(&mut stream, "many.example").await.answers.len(), 200);
    assert_eq!(ask_over_tcp(&mut stream, "ip-127-0-0-9.ec2.internal").await.answers.len(), 1, "and one more");
}

#[tokio::test]
async fn the_second_resolver_answers_for_a_dead_one() {
    let dead = UdpSocket::bind(LOCAL).await.expect("a socket");
    let resolver = Resolver::start(1, 300).await;
    let dead_address = dead.local_addr().expect("an address");
    let (_serving, server) = serve(vec![dead_address, resolver.address]).await;
    assert_eq!(ask(server, "one.example").await.answers.len(), 1);
    let start = Instant::now();
    assert_eq!(ask(server, "two.example").await.answers.len(), 1);
    assert!(start.elapsed() < Duration::from_millis(1400), "the dead one is not asked first any more");
}

#[tokio::test]
async fn nobody_answers_and_the_rest_goes_on() {
    let silent = UdpSocket::bind(LOCAL).await.expect("a socket");
    let (_serving, server) = serve(vec![silent.local_addr().expect("an address")]).await;
    let start = Instant::now();
    let lost = tokio::spawn(async move { ask(server, "www.example").await });
    assert_eq!(ask(server, "ip-127-0-0-9.ec2.internal").await.answers.len(), 1);
    assert!(!lost.is_finished(), "it waits for nobody");
    let answer = lost.await.expect("it answers");
    assert_eq!(answer.metadata.response_code, ResponseCode::ServFail);
    assert!(start.elapsed() < LIMIT + Duration::from_secs(2), "{:?}", start.elapsed());
    let start = Instant::now();
    assert_eq!(ask(server, "www.example").await.metadata.response_code, ResponseCode::ServFail);
    assert!(start.elapsed() < Duration::from_secs(1), "that nobody answered is remembered");
}

#[tokio::test]
async fn the_address_of_who_asks_decides_and_so_does_a_lot() {
    let (serving, server) = serve(Vec::new()).await;
    let zones = vec![("127.0.0.0/8".parse().expect("a block"), "eu-west-1a".to_owned())];
    serving.set(View { availability_zones: zones, ..(*serving.view()).clone() });
    let mut stream = TcpStream::connect(server).await.expect("it listens");
    let mut counts = [0; 3];
    for _ in 0..500 {
        counts[ask(server, "nlb.corp.example").await.answers.len()] += 1;
        counts[ask_over_tcp(&mut stream, "nlb.corp.example").await.answers.len()] += 1;
    }
    // 850 are expected, with a deviation of 11.3.
    assert_eq!(counts[0], 0);
    assert!((760..940).contains(&counts[1]), "{counts:?}");
}

#[tokio::test]
async fn what_it_knows_is_swapped_and_the_end_closes_its_sockets() {
    let (serving, server) = serve(Vec::new()).await;
    let mut next = (*serving.view()).clone();
    next.names.private = "elsewhere.compute.internal".to_owned();
    serving.set(next);
    assert_eq!(ask(server, "ip-127-0-0-9.elsewhere.compute.internal").await.answers.len(), 1);
    let without = ask(server, "ip-127-0-0-9.ec2.internal").await;
    assert_eq!(without.metadata.response_code, ResponseCode::ServFail, "there is nobody to ask");
    serving.close().await;
    UdpSocket::bind(server).await.expect("the port is free");
    TcpListener::bind(server).await.expect("the port is free");
}
