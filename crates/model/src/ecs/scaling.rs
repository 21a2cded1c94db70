//! What managed scaling made for a capacity provider, and what it remembers.

use crate::Timestamp;
use crate::ids::ClusterArn;
use serde::{Deserialize, Serialize};

/// The record of one provider's machines in one cluster. Key: the cluster's ARN and the provider's name.
///
/// A machine is written down before it is started, so that a crash repeats its start instead of making another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scaling {
    pub cluster: ClusterArn,
    pub capacity_provider: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub machines: Vec<Machine>,
    /// Since when fewer machines are needed than there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low_since: Option<Timestamp>,
    /// When machines were last let go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scaled_in_at: Option<Timestamp>,
    /// CapacityProviderReservation as it was last computed, in per cent.
    pub reservation: u32,
}

/// One machine of a fleet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Machine {
    /// `i-` and 17 hex digits, as instances have them.
    pub id: String,
    pub fleet: String,
    pub launched_at: Timestamp,
    #[serde(default)]
    pub phase: Phase,
}

/// How far a machine is. Forward only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// It is to run.
    #[default]
    Wanted,
    /// It is being emptied.
    Leaving,
    /// It is to end.
    Ending,
}

impl Scaling {
    pub fn key_of(cluster: &ClusterArn, capacity_provider: &str) -> String {
        format!("{cluster}|{capacity_provider}")
    }
}
