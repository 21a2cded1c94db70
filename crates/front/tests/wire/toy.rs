//! A server with two small services on the generated interfaces of ECS and STS, and a client that speaks HTTP by hand.

use api::EventStream;
use api::ecs::{
    DescribeClustersRequest, DescribeClustersResponse, ListClustersRequest, ListClustersResponse,
    ListTasksRequest, ListTasksResponse,
};
use api::logs::{StartLiveTailRequest, StartLiveTailResponse, StartLiveTailResponseStream};
use api::sts::{GetCallerIdentityRequest, GetCallerIdentityResponse};
use async_trait::async_trait;
use auth::sigv4::{Request, Signer};
use auth::{Credential, Cx, FixedCredentials, Identity, Principal, Scope, Secret, Timestamp};
use front::{
    AdministratorOnly, Body, Config, Directory, Front, Limits, Parts, RawRequest, Report, Routes, Server,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

pub const ADMINISTRATOR: (&str, &str) = ("AKIAADMINISTRATOR000", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
pub const USER: (&str, &str) = ("AKIAUSER000000000000", "secretofthesecondkeyofthisserver00000000");
pub const SESSION: (&str, &str) = ("ASIASESSION000000000", "secretofthethirdkeyofthisserver000000000");
pub const ENDED: (&str, &str) = ("ASIAENDED00000000000", "secretofthefourthkeyofthisserver00000000");
pub const TOKEN: &str = "the/session+token==";

/// ECS of which three operations do something a test can see.
#[derive(Default)]
pub struct Ecs {
    /// ListTasks waits for it.
    pub gate: Notify,
    pub waiting: Notify,
    pub finished: AtomicBool,
}

impl api::ecs::Ecs<Cx> for Ecs {
    async fn list_clusters(
        &self,
        cx: &Cx,
        _: ListClustersRequest,
    ) -> Result<ListClustersResponse, api::ecs::Error> {
        let Scope { region, account, .. } = &cx.scope;
        let arn = format!("arn:aws:ecs:{region}:{account}:cluster/default");
        Ok(ListClustersResponse { cluster_arns: Some(vec![arn]), ..Default::default() })
    }

    async fn list_tasks(&self, _: &Cx, _: ListTasksRequest) -> Result<ListTasksResponse, api::ecs::Error> {
        self.waiting.notify_one();
        self.gate.notified().await;
        self.finished.store(true, Ordering::SeqCst);
        Ok(ListTasksResponse::default())
    }

    async fn describe_clusters(
        &self,
        _: &Cx,
        input: DescribeClustersRequest,
    ) -> Result<DescribeClustersResponse, api::ecs::Error> {
        match input.clusters.as_deref() {
            Some([name]) if name == "internal" => Err(api::ecs::Error::internal("It broke.")),
            Some([name]) if name == "panic" => panic!("as asked"),
            Some(_) | None => Ok(DescribeClustersResponse::default()),
        }
    }
}

pub struct Sts;

impl api::sts::Sts<Cx> for Sts {
    async fn get_caller_identity(
        &self,
        cx: &Cx,
        _: GetCallerIdentityRequest,
    ) -> Result<GetCallerIdentityResponse, api::sts::Error> {
        let principal = &cx.principal;
        Ok(GetCallerIdentityResponse {
            user_id: Some(principal.user_id()),
            account: Some(principal.account().to_owned()),
            arn: Some(principal.arn().to_owned()),
        })
    }
}

/// Logs whose live tail is what a test sends, once.
pub struct Logs(Mutex<Option<mpsc::Receiver<StartLiveTailResponseStream>>>);

impl api::logs::Logs<Cx> for Logs {
    async fn start_live_tail(
        &self,
        _: &Cx,
        _: StartLiveTailRequest,
    ) -> Result<StartLiveTailResponse, api::logs::Error> {
        let events = self.0.lock().expect("nobody panicked").take().expect("it is called once");
        let events = futures_util::stream::unfold(events, |mut events| async move {
            let event = events.recv().await?;
            Some((Ok(event), events))
        });
        Ok(StartLiveTailResponse { response_stream: EventStream::new(events) })
    }
}

/// `/echo` upgrades to a connection that says back what it hears; it is signed for ECS.
struct Echo;

#[async_trait]
impl Routes for Echo {
    fn takes(&self, request: &http::request::Parts) -> bool {
        request.uri.path() == "/echo"
    }

    async fn handle(&self, mut raw: RawRequest) -> http::Response<Body> {
        let mut response = http::Response::new(front::full(""));
        match raw.authenticate("ecs") {
            Err(error) => {
                *response.status_mut() = http::StatusCode::FORBIDDEN;
                *response.body_mut() = front::full(error.to_string());
            }
            Ok(_) => {
                let upgrade = hyper::upgrade::on(&mut raw.request);
                tokio::spawn(async move {
                    if let Ok(upgraded) = upgrade.await {
                        let (mut read, mut write) = tokio::io::split(TokioIo::new(upgraded));
                        let _ = tokio::io::copy(&mut read, &mut write).await;
                    }
                });
                *response.status_mut() = http::StatusCode::SWITCHING_PROTOCOLS;
                let headers = response.headers_mut();
                headers.insert("connection", HeaderValue::from_static("upgrade"));
                headers.insert("upgrade", HeaderValue::from_static("echo"));
            }
        }
        response
    }
}

pub fn scope() -> Scope {
    Scope::new("us-east-1", "000000000000")
}

fn credentials() -> FixedCredentials {
    let long = |(id, secret): (&str, &str), identity| Credential {
        secret: Secret::new(secret),
        session_token: None,
        expires: None,
        principal: Principal::new(&scope(), identity, Some(id.to_owned())),
    };
    let session =
        || Identity::RoleSession { role: "web".into(), id: "AROAWEB".into(), session: "one".into() };
    let brief = |key, expires| Credential {
        session_token: Some(Secret::new(TOKEN)),
        expires: Some(expires),
        ..long(key, session())
    };
    let ann = Identity::User { path: "/".into(), name: "ann".into(), id: "AIDAANN".into() };
    FixedCredentials::default()
        .with(ADMINISTRATOR.0, long(ADMINISTRATOR, Identity::AccountRoot))
        .with(USER.0, long(USER, ann))
        .with(SESSION.0, brief(SESSION, Timestamp::from_millis(i64::MAX)))
        .with(ENDED.0, brief(ENDED, Timestamp::from_millis(1)))
}

pub fn config() -> Config {
    Config::new(SocketAddr::from(([127, 0, 0, 1], 0)), scope())
}

pub fn front(config: Config, ecs: Arc<Ecs>) -> Arc<Front> {
    front_with(config, ecs, mpsc::channel(1).1)
}

fn front_with(
    config: Config,
    ecs: Arc<Ecs>,
    events: mpsc::Receiver<StartLiveTailResponseStream>,
) -> Arc<Front> {
    let logs = Arc::new(Logs(Mutex::new(Some(events))));
    Front::new(Parts {
        config,
        directory: Directory::default()
            .with(api::ecs::service(ecs))
            .with(api::sts::service(Arc::new(Sts)))
            .with(api::logs::service(logs)),
        credentials: Arc::new(credentials()),
        authorizer: Arc::new(AdministratorOnly),
        health: Arc::new(|| Report { roles: vec!["server".into()], store_failure: None }),
        routes: vec![Arc::new(Echo)],
    })
}

/// A server that runs until it is stopped or dropped.
pub struct Toy {
    pub address: SocketAddr,
    pub ecs: Arc<Ecs>,
    /// Where the live tail's events come from.
    pub events: mpsc::Sender<StartLiveTailResponseStream>,
    stop: Option<oneshot::Sender<()>>,
    served: JoinHandle<()>,
}

impl Toy {
    pub async fn start() -> Self {
        Self::with(config()).await
    }

    pub async fn with_limits(limits: Limits) -> Self {
        Self::with(Config { limits, ..config() }).await
    }

    pub async fn with(config: Config) -> Self {
        let ecs = Arc::new(Ecs::default());
        let (events, tail) = mpsc::channel(8);
        let server = Server::bind(front_with(config, Arc::clone(&ecs), tail)).await.expect("a free port");
        let address = server.address();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = tokio::spawn(server.serve(async move { drop(stopped.await) }));
        Self { address, ecs, events, stop: Some(stop), served }
    }

    pub fn begin_stop(&mut self) {
        drop(self.stop.take());
    }

    pub async fn stopped(self) {
        let Self { served, .. } = self;
        within(served).await.expect("it did not panic");
    }

    /// Sends bytes on a connection of its own and reads until the server closes it or has answered and is idle.
    pub async fn raw(&self, bytes: &[u8]) -> Answer {
        let mut connection = self.connect().await;
        connection.send(bytes).await;
        connection.answer().await
    }

    pub async fn connect(&self) -> Connection {
        Connection { stream: TcpStream::connect(self.address).await.expect("it listens"), read: Vec::new() }
    }

    pub async fn call(&self, call: &Call<'_>) -> Answer {
        self.raw(&call.bytes(self.address)).await
    }
}

pub async fn within<T>(work: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(20), work).await.expect("it ends in time")
}

/// A request to be signed.
#[derive(Clone)]
pub struct Call<'a> {
    pub method: &'a str,
    pub target: &'a str,
    pub headers: Vec<(&'a str, &'a str)>,
    pub body: &'a [u8],
    pub service: &'a str,
    pub region: &'a str,
    pub key: (&'a str, &'a str),
    pub token: Option<&'a str>,
    pub signed: bool,
}

/// An awsJson call of ECS.
pub fn json<'a>(target: &'a str, body: &'a [u8]) -> Call<'a> {
    Call {
        method: "POST",
        target: "/",
        headers: vec![("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target)],
        body,
        service: "ecs",
        region: "us-east-1",
        key: ADMINISTRATOR,
        token: None,
        signed: true,
    }
}

pub const LIST_CLUSTERS: &str = "AmazonEC2ContainerServiceV20141113.ListClusters";
pub const DESCRIBE_CLUSTERS: &str = "AmazonEC2ContainerServiceV20141113.DescribeClusters";
pub const LIST_TASKS: &str = "AmazonEC2ContainerServiceV20141113.ListTasks";

/// An awsQuery call of STS.
pub fn query(body: &[u8]) -> Call<'_> {
    Call {
        headers: vec![("content-type", "application/x-www-form-urlencoded; charset=utf-8")],
        service: "sts",
        ..json("", body)
    }
}

pub const WHO: &[u8] = b"Action=GetCallerIdentity&Version=2011-06-15";

impl Call<'_> {
    pub fn unsigned(mut self) -> Self {
        self.signed = false;
        self
    }

    /// Headers with the signature, as a signer would send them.
    pub fn headers(&self, address: SocketAddr) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_str(&address.to_string()).expect("a host"));
        for (name, value) in &self.headers {
            headers.append(
                name.parse::<HeaderName>().expect("a name"),
                HeaderValue::from_str(value).expect("a value"),
            );
        }
        if self.signed {
            let (secret, token) = (Secret::new(self.key.1), self.token.map(Secret::new));
            let signer = Signer {
                access_key_id: self.key.0,
                secret: &secret,
                session_token: token.as_ref(),
                region: self.region,
                service: self.service,
            };
            let (path, query) = match self.target.split_once('?') {
                Some((path, query)) => (path, Some(query)),
                None => (self.target, None),
            };
            let request = Request {
                method: self.method,
                path,
                query,
                headers: &headers,
                authority: None,
                body: self.body,
            };
            let added = signer.sign(&request, Timestamp::from(SystemTime::now())).expect("it can be signed");
            headers.extend(added);
        }
        headers
    }

    /// The head of an HTTP/1.1 request without a body's length and without its end.
    pub fn head(&self, address: SocketAddr) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\n", self.method, self.target).into_bytes();
        for (name, value) in &self.headers(address) {
            bytes.extend_from_slice(name.as_str().as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend_from_slice(value.as_bytes());
            bytes.extend_from_slice(b"\r\n");
        }
        bytes
    }

    pub fn bytes(&self, address: SocketAddr) -> Vec<u8> {
        let mut bytes = self.head(address);
        bytes.extend_from_slice(format!("content-length: {}\r\n\r\n", self.body.len()).as_bytes());
        bytes.extend_from_slice(self.body);
        bytes
    }
}

/// A connection of HTTP/1.1 spoken by hand.
pub struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

/// One response.
#[derive(Debug)]
pub struct Answer {
    /// 0 where the server closed without a word.
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    pub fn says(&self, status: u16, text: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert!(self.body.contains(text), "{text} is not in {self:?}");
    }
}

impl Connection {
    pub async fn send(&mut self, bytes: &[u8]) {
        // The server may have closed by now; what it said is read all the same.
        let _ = within(self.stream.write_all(bytes)).await;
    }

    async fn more(&mut self) -> usize {
        within(self.stream.read_buf(&mut self.read)).await.unwrap_or(0)
    }

    /// The next response, or what there was of it when the server closed.
    pub async fn answer(&mut self) -> Answer {
        let end = loop {
            if let Some(end) = self.read.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
            if self.more().await == 0 {
                return Answer { status: 0, headers: HeaderMap::new(), body: String::new() };
            }
        };
        let head = String::from_utf8(self.read.drain(..end).collect()).expect("a head is text");
        let mut lines = head.split("\r\n").filter(|line| !line.is_empty());
        let status =
            lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status line");
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| {
                (name.parse().expect("a name"), HeaderValue::from_str(value).expect("a value"))
            })
            .collect::<HeaderMap>();
        let length =
            headers.get("content-length").and_then(|value| value.to_str().ok()?.parse().ok()).unwrap_or(0);
        while self.read.len() < length && self.more().await > 0 {}
        let body = self.read.drain(..length.min(self.read.len())).collect::<Vec<_>>();
        Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Whether the server has closed it, nothing more having come.
    pub async fn is_closed(&mut self) -> bool {
        self.read.is_empty() && self.more().await == 0
    }

    /// Reads until `text` has come, anywhere; gives all that came.
    pub async fn receive_until(&mut self, text: &str) -> Vec<u8> {
        let has = |read: &[u8]| read.windows(text.len()).any(|window| window == text.as_bytes());
        while !has(&self.read) && self.more().await > 0 {}
        assert!(has(&self.read), "{text} did not come");
        self.read.drain(..).collect()
    }

    pub async fn receive(&mut self, length: usize) -> Vec<u8> {
        while self.read.len() < length && self.more().await > 0 {}
        self.read.drain(..).collect()
    }
}
