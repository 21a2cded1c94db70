//! Anomaly detection and mitigation by an engine: a target that fails far more often than its peers gets less.

mod support;

use lb::Engine;
use model::balancer::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use support::told::start;
use support::{Backend, Client, Reply, free_port, ok, simple, until};

const REQUESTS: usize = 1000;

/// A target that fails while it is ill.
fn ill(while_so: Arc<AtomicBool>) -> Backend {
    Backend::start(move |_| match while_so.load(Relaxed) {
        true => Reply::Bytes(b"HTTP/1.1 500 Ill\r\nContent-Length: 0\r\n\r\n".to_vec()),
        false => Reply::Bytes(ok("well")),
    })
}

/// A group of it and two that are well.
fn three(port: u16, failing: &Backend) -> Configuration {
    let well = || Backend::saying("x").target();
    let mut configuration = simple(port, vec![well(), well(), failing.target()]);
    configuration.groups[0].algorithm = Algorithm::WeightedRandom;
    configuration.groups[0].anomaly_mitigation = true;
    configuration
}

fn judged(engine: &Engine) -> Vec<(String, Option<bool>)> {
    let observed = engine.observations();
    let observed = observed.borrow();
    observed.targets.iter().map(|target| (target.id.clone(), target.anomalous)).collect()
}

/// Asks until it is the one that is found. Every window has enough requests to be judged by.
fn find(engine: &Engine, client: &mut Client, failing: &Backend) {
    until("it is found", || {
        (0..30).for_each(|_| drop(client.get("/")));
        judged(engine).iter().any(|(_, anomalous)| *anomalous == Some(true))
    });
    let failing = failing.target().id;
    assert!(judged(engine).iter().all(|(id, anomalous)| *anomalous == Some(*id == failing)));
}

#[test]
fn a_target_that_fails_gets_less_and_where_it_recovers_its_share() {
    let (port, is_ill) = (free_port(), Arc::new(AtomicBool::new(true)));
    let failing = ill(Arc::clone(&is_ill));
    let (engine, told) = start(&three(port, &failing));
    let mut client = Client::connect(port);
    find(&engine, &mut client, &failing);
    let share = |client: &mut Client| {
        let before = failing.requests().len();
        (0..REQUESTS).for_each(|_| drop(client.get("/")));
        failing.requests().len() - before
    };
    // Half of a full share is a fifth of all: far from the third that it would have, by more than five standard deviations.
    let less = share(&mut client);
    assert!(less < REQUESTS * 26 / 100, "{less} of {REQUESTS}");
    until("it is told", || told.range("MitigatedHostCount", true).is_some_and(|range| range.1 == 1.0));
    assert!(told.range("AnomalousHostCount", true).is_some_and(|range| range.1 == 1.0));
    is_ill.store(false, Relaxed);
    until("it is like the others", || {
        (0..30).for_each(|_| drop(client.get("/")));
        judged(&engine).iter().all(|(_, anomalous)| *anomalous == Some(false))
    });
}

#[test]
fn without_mitigation_a_target_that_fails_is_told_and_keeps_its_share() {
    let (port, failing) = (free_port(), ill(Arc::new(AtomicBool::new(true))));
    let mut configuration = three(port, &failing);
    configuration.groups[0].anomaly_mitigation = false;
    let (engine, told) = start(&configuration);
    let mut client = Client::connect(port);
    find(&engine, &mut client, &failing);
    until("it is told", || told.range("AnomalousHostCount", true).is_some_and(|range| range.1 == 1.0));
    let before = failing.requests().len();
    (0..REQUESTS).for_each(|_| drop(client.get("/")));
    let share = failing.requests().len() - before;
    assert!(share > REQUESTS * 26 / 100, "{share} of {REQUESTS}");
    assert_eq!(told.range("MitigatedHostCount", true), Some((0.0, 0.0)));
}
