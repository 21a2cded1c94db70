//! Zones: names with their records, as data. Whoever fills them needs to know nothing of messages.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A domain name; compares without regard to case.
pub use hickory_proto::rr::Name;

/// Why a text is no domain name.
#[derive(Debug, thiserror::Error)]
#[error("{text:?} is no domain name")]
pub struct NameError {
    text: String,
    #[source]
    source: hickory_proto::ProtoError,
}

/// Reads a whole name, with or without the dot at its end.
pub fn name(text: &str) -> Result<Name, NameError> {
    let mut name = Name::from_ascii(text).map_err(|source| NameError { text: text.to_owned(), source })?;
    // Names compare by this too, and those of messages have it.
    name.set_fqdn(true);
    Ok(name)
}

/// Zones by their names (their apexes). A name belongs to the zone with the longest apex that ends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zones {
    pub zones: BTreeMap<Name, Zone>,
}

/// A zone. Names between the apex and a name with records exist too, without records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zone {
    /// Every name is the apex or ends with it.
    pub records: BTreeMap<Name, Vec<Record>>,
    /// What is said instead to those who ask from some Availability Zones, of names that have records.
    pub affinities: BTreeMap<Name, Affinity>,
    /// How long it is remembered that something is not there, in seconds.
    pub negative_ttl_s: u32,
}

/// That who asks for a name is led to what is in his own Availability Zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affinity {
    /// Of 100 questions, how many are answered so.
    pub percent: u8,
    /// By the names of Availability Zones.
    pub records: BTreeMap<String, Vec<Record>>,
}

/// One record of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub ttl_s: u32,
    pub data: Data,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    A(Ipv4Addr),
    Aaaa(Ipv6Addr),
    /// Stands alone: a name that has one has nothing else.
    Cname(Name),
    Srv {
        priority: u16,
        weight: u16,
        port: u16,
        target: Name,
    },
    /// At most 255 bytes each.
    Txt(Vec<String>),
    Ptr(Name),
}

/// Who asks, as far as answers depend on it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asker<'a> {
    pub availability_zone: Option<&'a str>,
    /// Which of 100 questions it is, by lot: below 100.
    pub draw: u8,
}

impl Zones {
    /// The zone that a name belongs to, with its apex.
    pub(crate) fn of(&self, name: &Name) -> Option<(&Name, &Zone)> {
        let mut suffix = name.clone();
        loop {
            if let Some(found) = self.zones.get_key_value(&suffix) {
                return Some(found);
            }
            if suffix.is_root() {
                return None;
            }
            suffix = suffix.base_name();
        }
    }
}

impl Zone {
    /// The records of a name for somebody in an Availability Zone; none where the name has none.
    pub(crate) fn records_for(&self, name: &Name, asker: Asker<'_>) -> &[Record] {
        let near = || {
            let affinity = self.affinities.get(name).filter(|of| asker.draw < of.percent)?;
            affinity.records.get(asker.availability_zone?)
        };
        near().or_else(|| self.records.get(name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the name exists: it has records, or a name below it has.
    pub(crate) fn has(&self, name: &Name) -> bool {
        // Names are ordered from their ends, so what is below a name follows it.
        self.records.range(name.clone()..).next().is_some_and(|(next, _)| name.zone_of(next))
    }
}
