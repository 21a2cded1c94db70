//! A managed prefix list: blocks under one name, for rules and routes.

use super::block::IpBlock;
use crate::Tag;
use crate::ids::{PrefixListId, Scope};
use serde::{Deserialize, Serialize};

/// The record of a prefix list. Key: its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrefixList {
    pub id: PrefixListId,
    pub scope: Scope,
    pub name: String,
    pub owner: PrefixListOwner,
    pub family: AddressFamily,
    /// What a reference to it counts as in quotas.
    pub max_entries: u32,
    /// Grows by one with every change of the entries, from 1.
    pub version: i64,
    /// Of the current version; all of its family.
    pub entries: Vec<PrefixListEntry>,
    /// Earlier versions, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<PrefixListVersion>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrefixListEntry {
    pub block: IpBlock,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrefixListVersion {
    pub version: i64,
    pub entries: Vec<PrefixListEntry>,
}

crate::status::named!(
    /// Who keeps the entries.
    PrefixListOwner, "prefix list owner" {
        Aws = "AWS",
        Account = "account",
    }
);

crate::status::named!(
    /// `AddressFamily` of a prefix list.
    AddressFamily, "address family" {
        Ipv4 = "IPv4",
        Ipv6 = "IPv6",
    }
);
