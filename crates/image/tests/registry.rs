//! A registry in this process, able to misbehave.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use image::Reference;
use image::build::ImageBuilder;
use tokio::net::TcpListener;

type Body = BoxBody<Bytes, std::io::Error>;

/// What goes wrong, and how often.
#[derive(Clone, Default)]
pub struct Faults {
    /// Answer this many requests with 500.
    pub errors: usize,
    /// Answer this many with 429 and `Retry-After: 0`.
    pub limited: usize,
    /// Cut this many blob answers after half of what was to come.
    pub cuts: usize,
    /// Ignore Range.
    pub no_ranges: bool,
    /// Send half of a layer, and then nothing.
    pub stall: bool,
    /// Change one byte of every layer blob.
    pub corrupt_layers: bool,
    /// Change the manifest's bytes.
    pub corrupt_manifest: bool,
    /// Want a token, got with this name and password (or without when empty).
    pub token: Option<(String, String)>,
    /// Want Basic authorisation.
    pub basic: Option<(String, String)>,
    /// Send blobs from another origin, which must not see the authorisation.
    pub redirect: bool,
    /// Do not answer HEAD.
    pub no_head: bool,
    /// Pause before each blob.
    pub blob_delay: std::time::Duration,
}

#[derive(Default)]
struct State {
    blobs: HashMap<String, Vec<u8>>,
    /// `repository:tag` and `repository@digest`.
    manifests: HashMap<String, (String, Vec<u8>)>,
    faults: Faults,
    log: Vec<String>,
}

#[derive(Clone)]
pub struct Registry {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Registry {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let registry = Self { address: listener.local_addr().unwrap(), state: Arc::default() };
        let serving = registry.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let registry = serving.clone();
                let service = service_fn(move |request| {
                    let registry = registry.clone();
                    async move { registry.answer(request).await }
                });
                let connection = hyper::server::conn::http1::Builder::new();
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
            }
        });
        registry
    }

    pub fn name(&self, rest: &str) -> Reference {
        format!("{}/{rest}", self.address).parse().unwrap()
    }

    pub fn faults(&self, faults: Faults) {
        self.state.lock().unwrap().faults = faults;
    }

    /// `METHOD path` of every request so far, with `Range` and whether it was authorised.
    pub fn log(&self) -> Vec<String> {
        self.state.lock().unwrap().log.clone()
    }

    pub fn count(&self, part: &str) -> usize {
        self.log().iter().filter(|line| line.contains(part)).count()
    }

    /// Serve an image under `repository:tag`; the manifest's digest.
    pub fn push(&self, image: &ImageBuilder, repository: &str, tag: &str) -> String {
        let directory = tempfile::tempdir().unwrap();
        image.write_oci_directory(directory.path(), &self.name(&format!("{repository}:{tag}"))).unwrap();
        let index = std::fs::read(directory.path().join("index.json")).unwrap();
        let index: serde_json::Value = serde_json::from_slice(&index).unwrap();
        let digest = index["manifests"][0]["digest"].as_str().unwrap().to_owned();
        let mut state = self.state.lock().unwrap();
        for blob in std::fs::read_dir(directory.path().join("blobs/sha256")).unwrap() {
            let path = blob.unwrap().path();
            state.blobs.insert(format!("sha256:{}", file_name(&path)), std::fs::read(&path).unwrap());
        }
        let manifest = state.blobs[&digest].clone();
        let kind = "application/vnd.oci.image.manifest.v1+json".to_owned();
        state.manifests.insert(format!("{repository}:{tag}"), (kind.clone(), manifest.clone()));
        state.manifests.insert(format!("{repository}@{digest}"), (kind, manifest));
        digest
    }

    /// Serve any document as a manifest.
    pub fn push_document(&self, repository: &str, tag: &str, kind: &str, bytes: &[u8]) -> String {
        let digest = image::Digest::of(bytes).to_string();
        let mut state = self.state.lock().unwrap();
        let document = (kind.to_owned(), bytes.to_vec());
        state.manifests.insert(format!("{repository}:{tag}"), document.clone());
        state.manifests.insert(format!("{repository}@{digest}"), document);
        digest
    }

    async fn answer(&self, request: Request<Incoming>) -> Result<Response<Body>, std::io::Error> {
        let header = |name: &str| {
            request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let (path, method, range) =
            (request.uri().path().to_owned(), request.method().clone(), header("range"));
        let authorization = header("authorization");
        let authorized = if authorization.is_empty() { "" } else { " authorised" };
        let host = header("host");
        let faults = {
            let mut state = self.state.lock().unwrap();
            state.log.push(format!("{method} {host}{path} {range}{authorized}"));
            state.faults.clone()
        };
        if path == "/token" {
            return Ok(self.token(&faults, &authorization, request.uri().query().unwrap_or_default()));
        }
        if let Some(refusal) = self.challenge(&faults, &authorization, &path) {
            return Ok(refusal);
        }
        if faults.errors > 0 {
            self.state.lock().unwrap().faults.errors -= 1;
            return Ok(plain(StatusCode::INTERNAL_SERVER_ERROR, b"oops".to_vec()));
        }
        if faults.limited > 0 {
            self.state.lock().unwrap().faults.limited -= 1;
            let body = br#"{"errors":[{"code":"TOOMANYREQUESTS","message":"slow down"}]}"#.to_vec();
            return Ok(plain(StatusCode::TOO_MANY_REQUESTS, body));
        }
        if let Some((repository, digest)) = path.trim_start_matches("/v2/").split_once("/blobs/") {
            // Another origin: the same server by another address.
            if faults.redirect && host.starts_with("127.0.0.1") {
                let target =
                    format!("http://localhost:{}/v2/{repository}/blobs/{digest}", self.address.port());
                let response = Response::builder().status(307).header("location", target);
                return Ok(response.body(full(Vec::new())).unwrap());
            }
            tokio::time::sleep(faults.blob_delay).await;
            return Ok(self.blob(&faults, digest, &range));
        }
        Ok(self.manifest(&faults, &path, method == hyper::Method::HEAD))
    }

    fn token(&self, faults: &Faults, authorization: &str, query: &str) -> Response<Body> {
        assert!(query.contains("service=test") && query.contains("scope=repository%3A"), "{query}");
        let (name, password) = faults.token.clone().unwrap();
        if !name.is_empty() && authorization != basic(&name, &password) {
            return plain(StatusCode::UNAUTHORIZED, b"{}".to_vec());
        }
        plain(StatusCode::OK, br#"{"token":"good","expires_in":300}"#.to_vec())
    }

    fn challenge(&self, faults: &Faults, authorization: &str, path: &str) -> Option<Response<Body>> {
        let repository = path.trim_start_matches("/v2/").split('/').next().unwrap_or_default();
        let challenge = if faults.token.is_some() && authorization != "Bearer good" {
            let address = self.address;
            format!(
                r#"Bearer realm="http://{address}/token",service="test",scope="repository:{repository}:pull""#
            )
        } else if let Some((name, password)) = &faults.basic
            && authorization != basic(name, password)
        {
            r#"Basic realm="test""#.to_owned()
        } else {
            return None;
        };
        // The other origin must work without: a signed link carries its own right.
        let response = Response::builder().status(401).header("www-authenticate", challenge);
        Some(response.body(full(Vec::new())).unwrap())
    }

    fn manifest(&self, faults: &Faults, path: &str, head: bool) -> Response<Body> {
        if head && faults.no_head {
            return plain(StatusCode::METHOD_NOT_ALLOWED, Vec::new());
        }
        let (repository, version) = path.trim_start_matches("/v2/").split_once("/manifests/").unwrap();
        let separator = if version.starts_with("sha256:") { '@' } else { ':' };
        let key = format!("{repository}{separator}{version}");
        let Some((kind, mut bytes)) = self.state.lock().unwrap().manifests.get(&key).cloned() else {
            let body = br#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}"#.to_vec();
            return plain(StatusCode::NOT_FOUND, body);
        };
        let digest = image::Digest::of(&bytes).to_string();
        if faults.corrupt_manifest {
            bytes.push(b' ');
        }
        let response =
            Response::builder().header("content-type", kind).header("docker-content-digest", digest);
        response.body(full(if head { Vec::new() } else { bytes })).unwrap()
    }

    fn blob(&self, faults: &Faults, digest: &str, range: &str) -> Response<Body> {
        let Some(mut bytes) = self.state.lock().unwrap().blobs.get(digest).cloned() else {
            return plain(StatusCode::NOT_FOUND, Vec::new());
        };
        // Configurations begin with a brace.
        if faults.corrupt_layers && bytes[0] != b'{' {
            let last = bytes.len() - 1;
            bytes[last] ^= 1;
        }
        let total = bytes.len();
        let from: usize = range.trim_start_matches("bytes=").trim_end_matches('-').parse().unwrap_or(0);
        let mut response = Response::builder();
        if from > 0 && !faults.no_ranges {
            bytes.drain(..from.min(total));
            let content = format!("bytes {from}-{}/{total}", total - 1);
            response = response.status(206).header("content-range", content);
        }
        response = response.header("content-length", bytes.len());
        let half = Bytes::from(bytes[..bytes.len() / 2].to_vec());
        if faults.stall && bytes[0] != b'{' {
            let first = futures_util::stream::iter([Ok(Frame::data(half))]);
            let body = futures_util::StreamExt::chain(first, futures_util::stream::pending());
            return response.body(BodyExt::boxed(StreamBody::new(body))).unwrap();
        }
        if faults.cuts > 0 && bytes[0] != b'{' {
            self.state.lock().unwrap().faults.cuts -= 1;
            // The pause lets the first half out before the connection breaks.
            let first = futures_util::stream::iter([Ok(Frame::data(half))]);
            let cut = futures_util::stream::once(async {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                Err(std::io::Error::other("cut"))
            });
            return response
                .body(BodyExt::boxed(StreamBody::new(futures_util::StreamExt::chain(first, cut))))
                .unwrap();
        }
        response.body(full(bytes)).unwrap()
    }
}

fn basic(name: &str, password: &str) -> String {
    use base64::Engine as _;
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{name}:{password}")))
}

fn plain(status: StatusCode, body: Vec<u8>) -> Response<Body> {
    Response::builder().status(status).body(full(body)).unwrap()
}

fn full(bytes: Vec<u8>) -> Body {
    Full::new(Bytes::from(bytes)).map_err(|never| match never {}).boxed()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}
