//! Calls from inside the process: one service calls another's public API as a role, as AWS's services do, without a
//! socket and without a signature, but through the same steps from decode on.

use crate::chain::{self, Called, Incoming};
use crate::front::Front;
use api::{ErrorReply, Protocol, Structure};
use auth::{Principal, Seed, Timestamp};
use bytes::Bytes;
use std::any::Any;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, OnceLock, Weak};

/// A client of this process's own services. Services are handed one when they are made, which is before the front that
/// holds them; the wiring [connects](Loopback::connect) it once there is one.
#[derive(Clone, Default)]
pub struct Loopback(Arc<OnceLock<Weak<Front>>>);

impl Loopback {
    /// Leads the calls of this client, and of every clone of it, to `front`. Only the first time counts.
    pub fn connect(&self, front: &Arc<Front>) {
        self.0.get_or_init(|| Arc::downgrade(front));
    }

    /// Calls `operation` of the service with our short name `service` (`"ecs"`, `"RunTask"`) as `principal`. `O` must be
    /// the operation's output; a reply that streams is not for calls like these.
    pub async fn call<O: Structure + Clone>(
        &self,
        principal: Principal,
        now: Timestamp,
        service: &str,
        operation: &str,
        input: &dyn Structure,
    ) -> Result<O, ErrorReply> {
        let front = self.0.get().and_then(Weak::upgrade);
        let front =
            front.ok_or_else(|| ErrorReply::receiver("InternalFailure", 500, "The front is not there."))?;
        let protocol = Protocol::AwsJson1_1;
        let codec = api::codec(protocol).expect("awsJson is built");
        let service = front.directory.named(service).ok_or_else(|| codec.unknown_operation(operation, ""))?;
        let known = service.operation(operation).ok_or_else(|| codec.unknown_operation(operation, ""))?;
        let called = Called { protocol, codec, service, operation: known };
        let (body, _) = codec.encode_event_payload(input);
        let (parts, ()) = http::Request::new(()).into_parts();
        let request = Incoming {
            parts,
            host: String::new(),
            body: Bytes::from(body),
            peer: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            now,
            seed: Seed::from_os(),
        };
        let reply = chain::run_inside(&front, &called, principal, &request).await?;
        let output: &dyn Any = reply.output();
        let wrong = || ErrorReply::receiver("InternalFailure", 500, "The operation's output is another one.");
        output.downcast_ref::<O>().cloned().ok_or_else(wrong)
    }
}
