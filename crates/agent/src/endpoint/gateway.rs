//! The way to the API for a task with a role, from a network that leads to no service of the node.
//!
//! On AWS a task reaches the API by the internet, or by an endpoint of its VPC. Here the API may listen on the node's loopback only, and tasks
//! reach nothing of the node but 169.254.170.2. So there it is too, on a port of its own: connections are passed on as they are, and the requests in
//! them prove with the role's keys who asks, as any others.
// AWS differs: `AWS_ENDPOINT_URL` is given to containers of tasks with a role, unless they bring one. Without it SDKs would take the role's keys to AWS.

use super::{ADDRESS, server};
use crate::task::{NetworkPlan, TaskPlan};
use net::Service;
use std::net::SocketAddrV4;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

/// Below the ports that the kernel hands out by itself on most machines, next to the official agent's.
const PORT: u16 = 51680;
/// Where containers ask, and where the socket is.
pub(super) const SERVICE: Service = Service { address: SocketAddrV4::new(ADDRESS, PORT), port: PORT };
const CONNECT_LIMIT: Duration = Duration::from_secs(5);

/// `host:port` of the API; `None` where it speaks TLS: its certificate is of another name than the one that a task would ask for.
pub(super) fn authority(endpoint: &str) -> Option<String> {
    let rest = endpoint.strip_prefix("http://")?;
    let authority = rest.split('/').next().filter(|a| !a.is_empty())?;
    let has_port = authority.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    Some(if has_port { authority.to_owned() } else { format!("{authority}:80") })
}

/// What `AWS_ENDPOINT_URL` is in a container of the task, where it is given.
pub(super) fn url(endpoint: &str, plan: &TaskPlan) -> Option<String> {
    plan.role.id.as_ref()?;
    match plan.network {
        NetworkPlan::Host => Some(endpoint.to_owned()),
        NetworkPlan::None | NetworkPlan::Bridge | NetworkPlan::Awsvpc(_) => {
            authority(endpoint).map(|_| format!("http://{}", SERVICE.address))
        }
    }
}

/// Passes connections on to `api` until it is stopped, and ends every one then.
pub(super) async fn serve(listener: TcpListener, api: String, stop: CancellationToken) {
    server::accept(listener, stop, |stream| {
        let api = api.clone();
        async move {
            if let Err(error) = pass_on(stream, &api).await {
                tracing::debug!(%error, api, "a task's connection to the API broke");
            }
        }
    })
    .await;
}

/// The API ends connections that nothing comes over, so none stays for ever.
async fn pass_on(mut task: TcpStream, api: &str) -> std::io::Result<()> {
    let connected = tokio::time::timeout(CONNECT_LIMIT, TcpStream::connect(api)).await;
    let mut api = connected.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()))?;
    // Requests and answers are whole writes already.
    api.set_nodelay(true)?;
    task.set_nodelay(true)?;
    tokio::io::copy_bidirectional(&mut task, &mut api).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    #[test]
    fn where_the_api_is() {
        assert_eq!(authority("http://127.0.0.1:4566").as_deref(), Some("127.0.0.1:4566"));
        assert_eq!(authority("http://api.example/").as_deref(), Some("api.example:80"));
        assert_eq!(authority("http://[::1]:4566").as_deref(), Some("[::1]:4566"));
        assert_eq!(authority("http://[::1]").as_deref(), Some("[::1]:80"));
        assert_eq!(authority("https://api.example"), None);
        assert_eq!(authority("http://"), None);
    }

    #[tokio::test]
    async fn what_is_said_arrives_and_the_end_ends_connections() {
        let api = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (at, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
        let serving = tokio::spawn(serve(listener, api.local_addr().unwrap().to_string(), stop.clone()));
        let mut task = TcpStream::connect(at).await.unwrap();
        task.write_all(b"question").await.unwrap();
        let (mut served, _) = api.accept().await.unwrap();
        let mut heard = [0; 8];
        served.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"question");
        served.write_all(b"answer").await.unwrap();
        let mut heard = [0; 6];
        task.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"answer");
        stop.cancel();
        serving.await.unwrap();
        // Closed or reset, but over.
        assert!(matches!(task.read(&mut heard).await, Ok(0) | Err(_)));
    }
}
