//! The request context: what a handler may know of its request beyond the input, and where it takes `now` and new ids.
//!
//! Invariants: `now` is read once per request, by whoever makes the context; ids are drawn from a stream that only this
//! context has. Draw ids *before* `state.update`: its closure may run twice and must write the same ids both times, so
//! it captures values and never sees the context.

use crate::principal::{Identity, Principal};
use crate::seed::{Seed, Stream};
use model::Timestamp;
use model::ids::{Ec2InstanceId, HexId, NetworkInterfaceId, Scope, SecurityGroupId, SubnetId, Uuid, VpcId};
use std::net::IpAddr;

/// Where a request came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// None for calls inside the process.
    pub source_ip: Option<IpAddr>,
    pub user_agent: Option<String>,
}

/// One request's context; every handler gets it by reference. Not `Clone`, since two copies would draw the same ids:
/// work that outlives its request takes a [`child`](Cx::child).
#[derive(Debug)]
pub struct Cx {
    /// Account, region and partition that the request acts in.
    pub scope: Scope,
    /// What `x-amzn-RequestId` says.
    pub request_id: Uuid,
    /// When the request arrived.
    pub now: Timestamp,
    pub principal: Principal,
    /// None for calls inside the process.
    pub source_ip: Option<IpAddr>,
    pub user_agent: Option<String>,
    ids: Stream,
}

impl Cx {
    /// The context of a request. The request id is the first one that the seed gives.
    pub fn new(scope: Scope, principal: Principal, origin: Origin, now: Timestamp, seed: Seed) -> Self {
        let ids = Stream::new(seed);
        let request_id = ids.next_16(Uuid::from_random);
        let Origin { source_ip, user_agent } = origin;
        Self { scope, request_id, now, principal, source_ip, user_agent, ids }
    }

    /// The context of Longshore's own work: a reconcile loop's round or the start-up, `name` saying which.
    pub fn system(name: &'static str, scope: Scope, now: Timestamp, seed: Seed) -> Self {
        let principal = Principal::new(&scope, Identity::System { name }, None);
        Self::new(scope, principal, Origin::default(), now, seed)
    }

    /// A context for work that this request starts and does not wait for, with the same caller, a stream of ids of its
    /// own and a later `now`.
    pub fn child(&self, now: Timestamp) -> Self {
        Self {
            scope: self.scope.clone(),
            request_id: self.request_id.clone(),
            now,
            principal: self.principal.clone(),
            source_ip: self.source_ip,
            user_agent: self.user_agent.clone(),
            ids: Stream::new(Seed::from_bytes(self.ids.next())),
        }
    }

    /// 16 bytes that nobody can guess and that were not given before.
    pub fn random_16(&self) -> [u8; 16] {
        self.ids.next_16(|bytes| bytes)
    }

    /// 32 such bytes: a secret or a token.
    pub fn random_32(&self) -> [u8; 32] {
        self.ids.next()
    }

    /// The id of a new task or container instance.
    pub fn hex_id(&self) -> HexId {
        HexId::from_random(self.random_16())
    }

    /// The id of a new container, attachment or anything else that AWS gives a UUID.
    pub fn uuid(&self) -> Uuid {
        Uuid::from_random(self.random_16())
    }

    pub fn network_interface_id(&self) -> NetworkInterfaceId {
        NetworkInterfaceId::from_random(self.random_16())
    }

    pub fn subnet_id(&self) -> SubnetId {
        SubnetId::from_random(self.random_16())
    }

    pub fn vpc_id(&self) -> VpcId {
        VpcId::from_random(self.random_16())
    }

    pub fn security_group_id(&self) -> SecurityGroupId {
        SecurityGroupId::from_random(self.random_16())
    }

    pub fn ec2_instance_id(&self) -> Ec2InstanceId {
        Ec2InstanceId::from_random(self.random_16())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn cx(seed: u8) -> Cx {
        let scope = Scope::new("us-east-1", "000000000000");
        Cx::system("test", scope, Timestamp::from_millis(1_000), Seed::from_bytes([seed; 32]))
    }

    #[test]
    fn the_seed_decides_every_id() {
        let (one, two) = (cx(1), cx(1));
        assert_eq!(one.request_id, two.request_id);
        assert_eq!(one.request_id, Seed::from_bytes([1; 32]).request_id());
        assert_eq!((one.hex_id(), one.uuid()), (two.hex_id(), two.uuid()));
        assert_ne!(cx(2).request_id, one.request_id);
    }

    #[test]
    fn no_id_is_given_twice_not_even_by_a_child() {
        let parent = cx(1);
        let mut seen = HashSet::from([parent.request_id.as_str().replace('-', "")]);
        let children = [parent.child(parent.now), parent.child(parent.now)];
        for cx in children.iter().chain([&parent]) {
            for _ in 0..100 {
                assert!(seen.insert(cx.hex_id().as_str().to_owned()));
            }
        }
        assert_eq!(children[0].request_id, parent.request_id);
    }

    #[test]
    fn a_context_can_be_held_across_awaits() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&cx(1));
    }

    #[test]
    fn the_seed_is_not_shown() {
        assert!(!format!("{:?}", cx(0x41)).contains("65"));
    }
}
