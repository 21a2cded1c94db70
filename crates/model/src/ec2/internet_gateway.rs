//! An internet gateway: what public addresses are reached through.

use crate::Tag;
use crate::ids::{InternetGatewayId, Scope, VpcId};
use serde::{Deserialize, Serialize};

/// The record of an internet gateway. Key: its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InternetGateway {
    pub id: InternetGatewayId,
    pub scope: Scope,
    /// The VPC that it is attached to; a VPC has one gateway at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attached: Option<VpcId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}
