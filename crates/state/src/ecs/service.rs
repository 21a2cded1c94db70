//! Services with their revisions, deployments and events, each keyed by ARN (events: the service's ARN and a number).

use crate::{Entries, Index, Record, Version};
use model::ecs::service::{SchedulingStrategy, ServiceStatus};
use model::ecs::{Service, ServiceDeployment, ServiceEvent, ServiceRevision};

/// Cluster, services that are not INACTIVE.
pub const BY_CLUSTER: Index<Service> = Index::new("by_cluster");

/// Cluster, services of the DAEMON strategy that are ACTIVE: an instance that comes concerns them.
pub const DAEMONS: Index<Service> = Index::new("daemons");

/// Cluster, services with tasks for which there was no room: an instance that comes may help them.
pub const WAITING: Index<Service> = Index::new("waiting");

/// When it became INACTIVE, for forgetting it ([`crate::Table::up_to`]).
pub const INACTIVE: Index<Service> = Index::new("inactive");

/// Service.
pub const REVISIONS: Index<ServiceRevision> = Index::new("by_service");

/// (service, when it was made).
pub const DEPLOYMENTS: Index<ServiceDeployment> = Index::new("by_service");

/// Service.
pub const EVENTS: Index<ServiceEvent> = Index::new("by_service");

impl Version for Service {}

impl Record for Service {
    const TABLE: &'static str = "ecs.service";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        if self.status != ServiceStatus::Inactive {
            entries.add(BY_CLUSTER, &self.cluster);
            if self.schedule.unplaced > 0 {
                entries.add(WAITING, &self.cluster);
            }
        }
        if self.status == ServiceStatus::Active && self.scheduling_strategy == SchedulingStrategy::Daemon {
            entries.add(DAEMONS, &self.cluster);
        }
        if let Some(at) = self.inactive_at {
            entries.add(INACTIVE, at);
        }
    }
}

impl Version for ServiceRevision {}

impl Record for ServiceRevision {
    const TABLE: &'static str = "ecs.service_revision";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(REVISIONS, &self.service);
    }
}

impl Version for ServiceDeployment {}

impl Record for ServiceDeployment {
    const TABLE: &'static str = "ecs.service_deployment";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(DEPLOYMENTS, (&self.service, self.created_at));
    }
}

impl Version for ServiceEvent {}

impl Record for ServiceEvent {
    const TABLE: &'static str = "ecs.service_event";

    fn key(&self) -> String {
        Self::key_of(&self.service, self.number)
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(EVENTS, &self.service);
    }
}
