//! What a deployment that shifts traffic finds outside: a router that writes down its last word, and leads listener rules, and hooks that answer as the dice say.

use crate::clock;
use ecs::{CallHook, Called, Calling, HookTarget, Listeners, Route, RouteError, Routing, TrafficRouter};
use model::ids::{ServiceArn, ServiceDeploymentArn};
use plan::deployment::shift::Kind;
use state::State;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::time::sleep;

/// The address that hooks of a simulation have.
pub const HOOK: &str = "http://hook.test/";

/// Green's share of one kind of a service's traffic, in tenths of a percent, and the deployment that it is of.
type Word = (ServiceDeploymentArn, u16);

/// Router and hooks. They outlive the server.
#[derive(Default)]
pub struct Outside {
    words: Mutex<BTreeMap<(ServiceArn, Kind), Word>>,
    /// Who has the listener rules, while the server runs.
    listeners: Mutex<Option<Arc<Listeners>>>,
    calm: AtomicBool,
}

impl Outside {
    /// From now on nothing fails.
    pub fn calm(&self) {
        self.calm.store(true, Ordering::Relaxed);
    }

    /// Listener rules are to be had from here on.
    pub(crate) fn listen(&self, state: &State) {
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        *listeners = Some(Arc::new(Listeners::new(state)));
    }

    /// What the router was told last.
    pub fn word(&self, service: &ServiceArn, kind: Kind) -> Option<Word> {
        let words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        words.get(&(service.clone(), kind)).cloned()
    }

    fn hear(&self, route: &Route) {
        let green = route.weights.first().map_or(0, |(_, share)| share.tenths());
        let word = (route.deployment.clone(), green);
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        words.insert((route.service.clone(), route.kind), word);
    }

    fn fails(&self, percent: usize) -> bool {
        !self.calm.load(Ordering::Relaxed) && clock::chance().percent(percent)
    }
}

impl TrafficRouter for Outside {
    fn route<'a>(&'a self, route: &'a Route) -> Routing<'a> {
        Box::pin(async move {
            sleep(clock::chance().millis(1, 2_000)).await;
            let failed =
                |reason: &str| Err(RouteError { service: route.service.clone(), reason: reason.to_owned() });
            if self.fails(10) {
                return failed("it is busy");
            }
            self.hear(route);
            let listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Some(listeners) = listeners {
                listeners.route(route).await?;
            }
            sleep(clock::chance().millis(1, 2_000)).await;
            // Done, and its word is lost.
            if self.fails(10) { failed("it did not answer") } else { Ok(()) }
        })
    }
}

impl CallHook for Outside {
    fn call<'a>(&'a self, _: &'a HookTarget, _: &'a str) -> Calling<'a> {
        Box::pin(async move {
            sleep(clock::chance().millis(1, 20_000)).await;
            let said = |status: &str| {
                Called::Said(format!(r#"{{"hookStatus":"{status}","callBackDelay":5}}"#).into_bytes())
            };
            if self.fails(5) {
                return said("FAILED");
            }
            if self.fails(10) {
                return Called::Unreached("nobody is there".to_owned());
            }
            said(if clock::chance().percent(25) { "IN_PROGRESS" } else { "SUCCEEDED" })
        })
    }
}
