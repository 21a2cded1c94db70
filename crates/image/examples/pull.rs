//! How long a pull and unpacking take: a generated image of about 200 MB, served from this process over loopback.
//!
//! `cargo run -p image --release --example pull -- [MB] [files] [layers]`; with `--serve` it only serves, for others to pull.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use image::build::Layer;
use image::{Digest, ImageConfig, Options, Policy, PullRequest, Store};

type Content = Arc<HashMap<String, (&'static str, Bytes)>>;

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Vec<usize> = arguments.iter().filter_map(|a| a.parse().ok()).collect();
    let number = |at: usize, default| numbers.get(at).copied().unwrap_or(default);
    let (megabytes, files, layers) = (number(0, 200), number(1, 12_000), number(2, 4));
    let content = generate(megabytes, files, layers);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("loopback has free ports");
    let address = listener.local_addr().expect("it is bound");
    let compressed: usize = content.values().map(|(_, bytes)| bytes.len()).sum();
    println!(
        "{megabytes} MB in {files} files, {layers} layers, {} MB compressed: {address}/bench:1",
        compressed >> 20
    );
    let serving = tokio::spawn(serve(listener, content));
    if arguments.iter().any(|a| a == "--serve") {
        serving.await.expect("the server does not panic");
        return;
    }
    for round in 1..=3 {
        let root = tempfile::tempdir().expect("the temporary directory is writable");
        let store = Store::open(root.path(), Options::default()).expect("the store opens");
        let name = format!("{address}/bench:1").parse().expect("it is a reference");
        let request = PullRequest { policy: Policy::Always, ..PullRequest::default() };
        let start = Instant::now();
        let image = store.pull(&name, request).await.unwrap_or_else(|error| panic!("{}", error.reason()));
        report(round, start.elapsed(), image.layers.len());
    }
}

fn report(round: u32, elapsed: Duration, layers: usize) {
    println!("round {round}: pulled and unpacked {layers} layers in {:.2} s", elapsed.as_secs_f64());
}

/// Half of it compresses, as programs and texts do.
fn generate(megabytes: usize, files: usize, layers: usize) -> Content {
    let mut content = HashMap::new();
    let mut config = ImageConfig { os: "linux".into(), ..ImageConfig::default() };
    config.architecture = image::Platform::of_this_machine().architecture;
    let mut descriptors = Vec::new();
    let mut noise = Noise(88_172_645_463_325_252);
    let size = (megabytes << 20) / files.max(1);
    for number in 0..layers {
        let layer = (0..files / layers.max(1)).fold(Layer::new(), |layer, file| {
            let mut bytes = vec![0; size];
            for word in bytes[..size / 2].chunks_exact_mut(8) {
                word.copy_from_slice(&noise.next().to_le_bytes());
            }
            layer.file(&format!("/usr/lib/{number}/{}/{file}", file % 64), 0o644, bytes)
        });
        let tar = layer.to_tar().expect("the names are short");
        config.diff_ids.push(Digest::of(&tar));
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        let blob = gzip.write_all(&tar).and_then(|()| gzip.finish()).expect("memory takes it");
        descriptors.push(describe(&mut content, "application/vnd.oci.image.layer.v1.tar+gzip", blob));
    }
    let config = describe(&mut content, "application/vnd.oci.image.config.v1+json", config.to_json());
    let manifest = serde_json::json!({"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": descriptors});
    let manifest = manifest.to_string().into_bytes();
    content.insert(
        format!("/v2/bench/manifests/{}", Digest::of(&manifest)),
        (MANIFEST, manifest.clone().into()),
    );
    content.insert("/v2/bench/manifests/1".to_owned(), (MANIFEST, manifest.into()));
    content.insert("/v2/".to_owned(), ("application/json", Bytes::from_static(b"{}")));
    Arc::new(content)
}

fn describe(
    content: &mut HashMap<String, (&'static str, Bytes)>,
    kind: &'static str,
    blob: Vec<u8>,
) -> serde_json::Value {
    let (digest, size) = (Digest::of(&blob), blob.len());
    content.insert(format!("/v2/bench/blobs/{digest}"), ("application/octet-stream", blob.into()));
    serde_json::json!({"mediaType": kind, "digest": digest, "size": size})
}

async fn serve(listener: tokio::net::TcpListener, content: Content) {
    while let Ok((stream, _)) = listener.accept().await {
        let content = Arc::clone(&content);
        let service = service_fn(move |request: Request<Incoming>| {
            let answer = answer(&content, request.uri().path());
            async move { Ok::<_, Infallible>(answer) }
        });
        tokio::spawn(
            hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service),
        );
    }
}

fn answer(content: &Content, path: &str) -> Response<Full<Bytes>> {
    match content.get(path) {
        Some((kind, bytes)) => {
            let mut response = Response::new(Full::new(bytes.clone()));
            response.headers_mut().insert("content-type", hyper::header::HeaderValue::from_static(kind));
            if *kind == MANIFEST {
                let digest = Digest::of(bytes).to_string();
                let digest = digest.parse().expect("hexadecimal digits are a header value");
                response.headers_mut().insert("docker-content-digest", digest);
            }
            response
        }
        None => {
            let mut response = Response::new(Full::new(Bytes::new()));
            *response.status_mut() = hyper::StatusCode::NOT_FOUND;
            response
        }
    }
}

/// Xorshift: the same noise each time.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
