//! What the node says of itself on a port of its own (51678 on AWS's instances), to programs of the node.

use super::route::parameter;
use super::server::{self, Answer, Handler, content, json};
use super::view::Snapshot;
use super::view::instance::{Metadata, Task, Tasks, task};
use crate::engine::{Engine, lock};
use crate::register::VERSION;
use bytes::Bytes;
use http::{Request, StatusCode};
use serde::Serialize;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Docker's short ids have this many digits.
const SHORT_ID: usize = 12;
const LICENSE: &str = include_str!("../../../../LICENSE");

#[derive(Debug)]
struct Introspection {
    engine: Engine,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Commands {
    available_commands: [&'static str; 3],
}

/// Serves until the agent stops. Where another node of the machine has the port, a free one is taken.
pub(crate) async fn serve(engine: Engine, address: SocketAddr) {
    let bound = match TcpListener::bind(address).await {
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            TcpListener::bind(SocketAddr::new(address.ip(), 0)).await
        }
        other => other,
    };
    let listening = bound.and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (address, listener) = match listening {
        Ok(listening) => listening,
        Err(error) => return tracing::error!(%address, %error, "no introspection"),
    };
    tracing::info!(%address, "introspection");
    let stop = engine.0.stop.clone();
    server::serve(listener, Arc::new(Introspection { engine }), stop).await;
}

impl Handler for Introspection {
    async fn answer(self: Arc<Self>, request: Request<Bytes>) -> Answer {
        match request.uri().path() {
            "/v1/metadata" => json(StatusCode::OK, &self.metadata()),
            "/v1/tasks" => self.tasks(request.uri().query().unwrap_or_default()),
            "/license" => content(StatusCode::OK, "text/plain", LICENSE.as_bytes().to_vec()),
            _ => {
                let available_commands = ["/v1/metadata", "/v1/tasks", "/license"];
                json(StatusCode::OK, &Commands { available_commands })
            }
        }
    }
}

impl Introspection {
    fn metadata(&self) -> Metadata {
        Metadata {
            cluster: self.engine.0.config.cluster.clone(),
            container_instance_arn: lock(&self.engine.0.instance).clone(),
            version: format!("Longshore agent - v{VERSION}"),
        }
    }

    fn tasks(&self, query: &str) -> Answer {
        let all: Vec<Snapshot> = self
            .engine
            .views()
            .into_iter()
            .map(|view| super::answer::snapshot(&self.engine.0, &view))
            .collect();
        let found: Vec<&Snapshot> = match (parameter(query, "taskarn"), parameter(query, "dockerid")) {
            (None, None) => return json(StatusCode::OK, &Tasks { tasks: all.iter().map(task).collect() }),
            (Some(_), Some(_)) => return json(StatusCode::BAD_REQUEST, &Task::default()),
            (Some(arn), None) => {
                // Some clients write the colons and slashes of an ARN as they are, some do not.
                let arn = arn.replace("%3A", ":").replace("%3a", ":").replace("%2F", "/").replace("%2f", "/");
                all.iter().filter(|s| s.plan.arn == arn).collect()
            }
            (None, Some(id)) if id.len() > SHORT_ID => {
                all.iter().filter(|s| s.container_of_docker_id(id).is_some()).collect()
            }
            (None, Some(id)) => all.iter().filter(|s| !id.is_empty() && s.plan.id.starts_with(id)).collect(),
        };
        match found.as_slice() {
            [one] => json(StatusCode::OK, &task(one)),
            [] => json(StatusCode::NOT_FOUND, &Task::default()),
            _ => json(StatusCode::BAD_REQUEST, &Task::default()),
        }
    }
}
