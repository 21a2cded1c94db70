//! Managed daemons with their revisions and deployments, each keyed by ARN.

use crate::{Entries, Index, Record, Version};
use model::ecs::{Daemon, DaemonDeployment, DaemonRevision};

/// Cluster.
pub const BY_CLUSTER: Index<Daemon> = Index::new("by_cluster");

/// Daemon.
pub const REVISIONS: Index<DaemonRevision> = Index::new("by_daemon");

/// Definition: whose tasks need it.
pub const OF_DEFINITION: Index<DaemonRevision> = Index::new("of_definition");

/// When its daemon was gone, for forgetting it ([`crate::Table::up_to`]).
pub const GONE_REVISIONS: Index<DaemonRevision> = Index::new("gone");

/// (daemon, when it was made).
pub const DEPLOYMENTS: Index<DaemonDeployment> = Index::new("by_daemon");

/// When its daemon was gone, for forgetting it ([`crate::Table::up_to`]).
pub const GONE_DEPLOYMENTS: Index<DaemonDeployment> = Index::new("gone");

impl Version for Daemon {}

impl Record for Daemon {
    const TABLE: &'static str = "ecs.daemon";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_CLUSTER, &self.cluster);
    }
}

impl Version for DaemonRevision {}

impl Record for DaemonRevision {
    const TABLE: &'static str = "ecs.daemon_revision";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(REVISIONS, &self.daemon);
        entries.add(OF_DEFINITION, &self.task_definition);
        if let Some(at) = self.gone_at {
            entries.add(GONE_REVISIONS, at);
        }
    }
}

impl Version for DaemonDeployment {}

impl Record for DaemonDeployment {
    const TABLE: &'static str = "ecs.daemon_deployment";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(DEPLOYMENTS, (&self.daemon, self.created_at));
        if let Some(at) = self.gone_at {
            entries.add(GONE_DEPLOYMENTS, at);
        }
    }
}
