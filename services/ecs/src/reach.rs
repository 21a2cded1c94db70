//! Where load balancers are reached, for `longshore status`. AWS has no operation that says what a machine's own loopback leads to.

use crate::service::Ecs;
use auth::Cx;
use model::ec2::NetworkInterface;
use model::elbv2::{Listener, LoadBalancer, LoadBalancerKind, LoadBalancerState, Protocol};
use serde::Serialize;
use state::elbv2::{listener, load_balancer};
use std::net::IpAddr;

/// A load balancer and its listeners.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reached {
    pub name: String,
    pub kind: LoadBalancerKind,
    pub state: LoadBalancerState,
    pub reason: Option<String>,
    /// Public ones where it has some, else those of its VPC.
    pub addresses: Vec<IpAddr>,
    /// In order of their ports.
    pub listeners: Vec<ReachedListener>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReachedListener {
    pub port: u16,
    /// With the load balancer's name, which leads to loopback on the machine that carries it.
    pub url: String,
    /// Where loopback does not lead to it there, and why not, as `ADDRESS: REASON`.
    pub problems: Vec<String>,
}

impl Ecs {
    /// Every load balancer of the account and region, by name.
    pub fn load_balancers(&self, cx: &Cx) -> Vec<Reached> {
        let snapshot = self.state.snapshot();
        let doors = self.carriers.closed_doors();
        let mut all: Vec<Reached> = Vec::new();
        for balancer in snapshot.by_index(load_balancer::BY_SCOPE, &cx.scope) {
            let (state, reason) = load_balancer::state(&snapshot, &balancer.arn);
            let interfaces = balancer.subnets.iter().filter_map(|s| snapshot.get(s.interface.as_str()));
            let mut listeners: Vec<ReachedListener> = snapshot
                .by_index(listener::BY_LOAD_BALANCER, &balancer.arn)
                .map(|l| ReachedListener {
                    port: l.port,
                    url: url(balancer, l),
                    problems: doors
                        .iter()
                        .filter(|(arn, _)| *arn == l.arn.as_str())
                        .map(|(_, why)| why.clone())
                        .collect(),
                })
                .collect();
            listeners.sort_by_key(|l| l.port);
            all.push(Reached {
                name: balancer.name.clone(),
                kind: balancer.kind,
                state,
                reason,
                addresses: interfaces.flat_map(|i| addresses(i)).collect(),
                listeners,
            });
        }
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    }
}

fn addresses(interface: &NetworkInterface) -> Vec<IpAddr> {
    let public: Vec<IpAddr> = interface.public_addresses.iter().map(|p| p.address.into()).collect();
    if public.is_empty() { vec![interface.address.into()] } else { public }
}

fn url(balancer: &LoadBalancer, listener: &Listener) -> String {
    let (scheme, path) = match listener.protocol {
        Protocol::Http => ("http", "/"),
        Protocol::Https => ("https", "/"),
        Protocol::Tcp => ("tcp", ""),
        Protocol::Tls => ("tls", ""),
        Protocol::Udp => ("udp", ""),
        Protocol::TcpUdp => ("tcp+udp", ""),
    };
    // As browsers write names.
    format!("{scheme}://{}:{}{path}", balancer.dns_name().to_ascii_lowercase(), listener.port)
}
