//! On which ports of loopback load balancers are reached from the machine that carries them: those of their listeners, so that a load balancer's name,
//! which is one under `localhost`, works there without anybody's name server.

use super::Served;
use model::balancer::{Door, Lead};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, Ipv6Addr};

/// The doors of the load balancers that a node carries: one a port and loopback address. Which listeners can share one is for the data plane to see.
pub fn doors(served: &[Served<'_>]) -> Vec<Door> {
    let mut ports: BTreeMap<u16, BTreeMap<String, Lead>> = BTreeMap::new();
    for of in served {
        for (listener, _) in &of.listeners {
            let arn = listener.arn.to_string();
            let lead =
                Lead { listener: arn.clone(), names: vec![of.balancer.dns_name().to_ascii_lowercase()] };
            ports.entry(listener.port).or_default().insert(arn, lead);
        }
    }
    let door = |(port, leads): (u16, BTreeMap<String, Lead>)| {
        let leads: Vec<Lead> = leads.into_values().collect();
        [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()].map(|address| Door {
            address,
            port,
            leads: leads.clone(),
        })
    };
    ports.into_iter().flat_map(door).collect()
}
