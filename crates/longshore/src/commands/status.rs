//! `longshore status`: what runs, as the public API tells it, and where load balancers are reached from this machine. Reads nothing but the endpoint and the key from the data directory, so
//! it shows what any client would see; what the API does not show (nodes that serve the Fargate pool alone) is not shown.

mod view;

use crate::cli::Place;
use crate::local::Local;
use agent::aws::{ApiError, Client, Credentials};
use anyhow::{Context, Result, bail};
use http_body_util::{BodyExt, Empty, Limited};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime};
use tokio::net::TcpStream;
use view::{Balancer, Cluster, Instance, Overview, Service, Task};

/// How long a server of this machine may take for an answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long health may take: it is asked of ports where anything may listen.
const HEALTH_PATIENCE: Duration = Duration::from_secs(2);
const MOST_HEALTH_BYTES: usize = 64 << 10;
/// DescribeClusters, DescribeTasks and DescribeContainerInstances take this many names.
const MOST_NAMES: usize = 100;
/// DescribeServices takes this many.
const MOST_SERVICES: usize = 10;

pub async fn run(place: &Place) -> Result<()> {
    let local = Local::find(place)?;
    let dir = place.data_dir.display();
    let Some(health) = health(&local.endpoint).await else {
        bail!(
            "nothing answers at {}, where the Longshore of {dir} was; start it with: longshore up --data-dir {dir}",
            local.endpoint
        );
    };
    let api = Api::new(&local)?;
    let overview = api.overview(&local, health).await.context("the API did not answer as expected")?;
    print!("{}", view::render(&overview, SystemTime::now()));
    Ok(())
}

/// What `GET /_longshore/health` says.
#[derive(Debug, Deserialize)]
pub struct Health {
    pub status: String,
    pub version: String,
    pub auth: String,
    pub store: String,
    pub store_failure: Option<String>,
    pub roles: Vec<String>,
}

/// The health of the server at an endpoint; `None` where no Longshore answers.
pub async fn health(endpoint: &str) -> Option<Health> {
    match tokio::time::timeout(HEALTH_PATIENCE, ask_health(endpoint)).await {
        Ok(Ok(health)) => Some(health),
        Ok(Err(error)) => {
            tracing::debug!(endpoint, error = %format_args!("{error:#}"), "no health");
            None
        }
        Err(_) => None,
    }
}

/// As [`health`], where nothing asynchronous runs.
pub fn health_now(endpoint: &str) -> Option<Health> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
    runtime.block_on(health(endpoint))
}

async fn ask_health(endpoint: &str) -> Result<Health> {
    let uri: http::Uri = format!("{endpoint}/_longshore/health").parse()?;
    let authority = uri.authority().context("the endpoint names no host")?;
    let stream = TcpStream::connect((authority.host(), authority.port_u16().unwrap_or(80))).await?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let request =
        http::Request::get(uri.path()).header("host", authority.as_str()).body(Empty::<&[u8]>::new())?;
    let answer = async {
        let body = sender.send_request(request).await?.into_body();
        let bytes =
            Limited::new(body, MOST_HEALTH_BYTES).collect().await.map_err(|e| anyhow::anyhow!(e))?.to_bytes();
        anyhow::Ok(serde_json::from_slice(&bytes)?)
    };
    // Cancel-safe: whichever ends first, the other is not needed any more.
    tokio::select! {
        answer = answer => answer,
        ended = connection => {
            ended?;
            bail!("the connection was closed without an answer")
        }
    }
}

/// Signed calls of Amazon ECS.
struct Api {
    client: Client,
    credentials: Credentials,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arns {
    #[serde(
        alias = "clusterArns",
        alias = "containerInstanceArns",
        alias = "serviceArns",
        alias = "taskArns"
    )]
    arns: Vec<String>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
struct Described<T> {
    #[serde(alias = "clusters", alias = "containerInstances", alias = "services", alias = "tasks")]
    items: Vec<T>,
}

impl Api {
    fn new(local: &Local) -> Result<Self> {
        let credentials = Credentials::new(&local.key.access_key_id, local.key.secret_access_key.expose());
        Ok(Self { client: Client::new(&local.endpoint, &local.region)?, credentials })
    }

    async fn overview(&self, local: &Local, health: Health) -> Result<Overview, ApiError> {
        let arns = self.list("ListClusters", json!({})).await?;
        let clusters: Vec<Cluster> = self.describe("DescribeClusters", "clusters", json!({}), &arns).await?;
        let (mut instances, mut services, mut tasks) = (Vec::new(), Vec::new(), Vec::new());
        for arn in &arns {
            let cluster = json!({ "cluster": arn });
            let found = self.list("ListContainerInstances", cluster.clone()).await?;
            instances.extend(
                self.describe::<Instance>(
                    "DescribeContainerInstances",
                    "containerInstances",
                    cluster.clone(),
                    &found,
                )
                .await?,
            );
            let found = self.list("ListServices", cluster.clone()).await?;
            for names in found.chunks(MOST_SERVICES) {
                let described =
                    self.describe::<Service>("DescribeServices", "services", cluster.clone(), names);
                services.extend(described.await?);
            }
            let found = self.list("ListTasks", cluster.clone()).await?;
            tasks.extend(self.describe::<Task>("DescribeTasks", "tasks", cluster, &found).await?);
        }
        let target = format!("{}LoadBalancers", crate::operator::TARGET);
        let balancers: Vec<Balancer> =
            self.client.call("ecs", &target, &self.credentials, &json!({}), PATIENCE).await?;
        Ok(Overview {
            endpoint: local.endpoint.clone(),
            region: local.region.clone(),
            health,
            clusters,
            instances,
            services,
            balancers,
            tasks,
        })
    }

    /// All pages of a list.
    async fn list(&self, operation: &str, mut input: Value) -> Result<Vec<String>, ApiError> {
        let mut all = Vec::new();
        loop {
            let page: Arns = self.call(operation, &input).await?;
            all.extend(page.arns);
            match page.next_token {
                Some(token) => input["nextToken"] = Value::String(token),
                None => return Ok(all),
            }
        }
    }

    /// What `names` are, asked in as many calls as it takes.
    async fn describe<T: DeserializeOwned>(
        &self,
        operation: &str,
        member: &str,
        mut input: Value,
        names: &[String],
    ) -> Result<Vec<T>, ApiError> {
        let mut all = Vec::new();
        for names in names.chunks(MOST_NAMES) {
            input[member] = json!(names);
            all.extend(self.call::<Described<T>>(operation, &input).await?.items);
        }
        Ok(all)
    }

    async fn call<T: DeserializeOwned>(&self, operation: &str, input: &Value) -> Result<T, ApiError> {
        let target = format!("AmazonEC2ContainerServiceV20141113.{operation}");
        self.client.call("ecs", &target, &self.credentials, input, PATIENCE).await
    }
}
