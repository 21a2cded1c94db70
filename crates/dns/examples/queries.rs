//! A name server, and a client that asks one as fast as it answers: what `bench/names.py` measures with.
//!
//! `queries serve ADDR:PORT DOMAIN [RESOLVER]` answers for `ip-127-A-B-C.DOMAIN` and asks the resolver for the rest. `queries ask ADDR:PORT DOMAIN
//! SECONDS` asks for a thousand such names from as many sockets as [`CLIENTS`], each one question at a time; prints questions per second and
//! latencies (ms) as JSON.

use dns::{Resolvers, Server, Sockets, View, Zones, name};
use hickory_proto::op::{Message, MessageType, OpCode, Query, ResponseCode};
use hickory_proto::rr::RecordType;
use model::fabric::Names;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::JoinSet;

const CLIENTS: usize = 64;
const NAMES: usize = 1000;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve", at, domain, resolvers @ ..] => serve(at.parse()?, domain, resolvers).await,
        ["ask", at, domain, seconds] => ask(at.parse()?, domain, Duration::from_secs(seconds.parse()?)).await,
        _ => Err("serve ADDR:PORT DOMAIN [RESOLVER] or ask ADDR:PORT DOMAIN SECONDS".into()),
    }
}

async fn serve(at: SocketAddr, domain: &str, resolvers: &[&str]) -> Result<(), Failure> {
    let resolvers = resolvers.iter().map(|r| r.parse()).collect::<Result<Vec<_>, _>>()?;
    let sockets = Sockets { datagrams: UdpSocket::bind(at).await?, streams: TcpListener::bind(at).await? };
    let view = View {
        blocks: vec!["127.0.0.0/8".parse()?],
        names: Names { private: domain.to_owned(), public: None },
        public: BTreeMap::new(),
        zones: Zones::default(),
        availability_zones: Vec::new(),
    };
    let _serving = Server::new(Resolvers::These(resolvers)).serve(vec![sockets], view);
    println!("ready");
    // Until it is killed.
    std::future::pending().await
}

async fn ask(at: SocketAddr, domain: &str, period: Duration) -> Result<(), Failure> {
    let mut questions = Vec::new();
    for n in 0..NAMES {
        let mut message = Message::new(1, MessageType::Query, OpCode::Query);
        message.metadata.recursion_desired = true;
        let asked = name(&format!("ip-127-7-{}-{}.{domain}", n / 250, n % 250))?;
        message.add_query(Query::query(asked, RecordType::A));
        questions.push(message.to_vec()?);
    }
    // Each once, so that a cache has them.
    let socket = open(at).await?;
    for question in &questions {
        let answer = Message::from_vec(&once(&socket, question).await?)?;
        if answer.metadata.response_code != ResponseCode::NoError || answer.answers.len() != 1 {
            return Err(format!("{} instead of an answer", answer.metadata.response_code).into());
        }
    }
    let (begun, mut clients) = (Instant::now(), JoinSet::new());
    for client in 0..CLIENTS {
        let (socket, questions) = (open(at).await?, questions.clone());
        clients.spawn(async move {
            let mut times = Vec::new();
            for n in (client * 15).. {
                let asked = Instant::now();
                if asked - begun > period {
                    break;
                }
                once(&socket, &questions[n % NAMES]).await?;
                times.push(asked.elapsed());
            }
            Ok::<_, Failure>(times)
        });
    }
    let mut times = Vec::new();
    while let Some(client) = clients.join_next().await {
        times.extend(client??);
    }
    let seconds = begun.elapsed().as_secs_f64();
    if times.is_empty() {
        return Ok(());
    }
    times.sort();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e3;
    let rate = times.len() as f64 / seconds;
    println!(
        "{{\"count\": {}, \"rate\": {rate:.0}, \"p50\": {:.3}, \"p99\": {:.3}}}",
        times.len(),
        at(50),
        at(99)
    );
    Ok(())
}

async fn open(at: SocketAddr) -> Result<UdpSocket, Failure> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    socket.connect(at).await?;
    Ok(socket)
}

async fn once(socket: &UdpSocket, question: &[u8]) -> Result<Vec<u8>, Failure> {
    socket.send(question).await?;
    let mut buffer = [0; 1500];
    let length = tokio::time::timeout(Duration::from_secs(5), socket.recv(&mut buffer)).await??;
    Ok(buffer[..length].to_vec())
}
