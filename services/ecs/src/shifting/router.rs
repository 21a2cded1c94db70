//! Who routes the traffic of services.

use model::ids::{ServiceArn, ServiceDeploymentArn, ServiceRevisionArn};
use plan::deployment::shift::{Kind, Weights};
use std::fmt;
use std::pin::Pin;

/// How one kind of a service's traffic is to be divided between the revisions of a deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub service: ServiceArn,
    pub deployment: ServiceDeploymentArn,
    pub kind: Kind,
    /// Each with its share; they are the whole together where there is a blue one. A first deployment's green may have less than everything.
    pub weights: Weights,
}

impl Route {
    /// A revision's share in tenths of a percent; nothing of one that is not named.
    pub fn share_of(&self, revision: &ServiceRevisionArn) -> u16 {
        self.weights.iter().find(|(r, _)| r == revision).map_or(0, |(_, share)| share.tenths())
    }
}

/// Whoever has the listeners of load balancers, or proxies, implements it.
pub trait TrafficRouter: Send + Sync + 'static {
    /// Makes sure that traffic is as asked, and answers when it is. May be asked again at any time, after a crash for what was done already, and
    /// for something else before it has answered: the last word counts. A service that has no such traffic is done at once.
    fn route<'a>(&'a self, route: &'a Route) -> Routing<'a>;
}

/// A request on its way.
pub type Routing<'a> = Pin<Box<dyn Future<Output = Result<(), RouteError>> + Send + 'a>>;

/// Why traffic is not as asked. It is asked again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteError {
    pub service: ServiceArn,
    pub reason: String,
}

impl fmt::Display for RouteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the traffic of {} was not shifted: {}", self.service, self.reason)
    }
}

impl std::error::Error for RouteError {}
