//! Answers of others, kept as long as they say. Pure: the time is given.
//!
//! What is over is kept a while longer, for when nobody can be asked (RFC 8767). That somebody could not be asked is remembered too, so that
//! the dead are not asked for every question (RFC 9520).

use crate::message::Reply;
use hickory_proto::op::ResponseCode;
use hickory_proto::rr::{Name, RData, Record, RecordType};
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;
use tokio::time::Instant;

/// No answer counts for longer, in seconds.
const MAX_TTL_S: u32 = 86_400;
/// Nor does an absence (RFC 2308).
const MAX_NEGATIVE_TTL_S: u32 = 10_800;
/// How long what is over may still be told.
const STALE: Duration = Duration::from_secs(3600);
/// What is over counts this long for the one who is told, in seconds.
const STALE_TTL_S: u32 = 30;
/// How long nobody is asked again after a failure.
const FAILURE: Duration = Duration::from_secs(5);

/// What an answer depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key {
    /// In lower case.
    pub name: Name,
    pub kind: u16,
    pub dnssec_ok: bool,
    pub checking_disabled: bool,
}

impl Key {
    pub(crate) fn kind(&self) -> RecordType {
        RecordType::from(self.kind)
    }
}

/// What is kept for a question.
#[derive(Debug, PartialEq)]
pub(crate) enum Kept {
    /// Counts; the TTLs are what is left of them.
    Valid(Reply),
    /// Is over, and better than nothing.
    Stale(Reply),
    Nothing,
}

/// The cache, bounded by the bytes that its answers had on the wire.
pub(crate) struct Cache {
    entries: HashMap<Key, Entry>,
    /// In the order in which they came.
    order: BTreeMap<u64, Key>,
    next: u64,
    bytes: usize,
    max_bytes: usize,
}

struct Entry {
    reply: Reply,
    bytes: usize,
    kept_at: Instant,
    ttl_s: u32,
    /// Nobody is asked before.
    failed_until: Option<Instant>,
    place: u64,
}

impl Cache {
    pub(crate) fn new(max_bytes: usize) -> Self {
        Self { entries: HashMap::new(), order: BTreeMap::new(), next: 0, bytes: 0, max_bytes }
    }

    pub(crate) fn get(&self, key: &Key, now: Instant) -> Kept {
        let Some(entry) = self.entries.get(key) else { return Kept::Nothing };
        let age = now.saturating_duration_since(entry.kept_at);
        let ttl = Duration::from_secs(entry.ttl_s.into());
        if age < ttl {
            let seconds = u32::try_from(age.as_secs()).unwrap_or(u32::MAX);
            return Kept::Valid(with_ttls(&entry.reply, |ttl_s| ttl_s.saturating_sub(seconds)));
        }
        if age >= ttl + STALE || entry.reply.code == ResponseCode::ServFail {
            return Kept::Nothing;
        }
        let reply = with_ttls(&entry.reply, |_| STALE_TTL_S);
        if entry.failed_until.is_some_and(|until| now < until) {
            Kept::Valid(reply)
        } else {
            Kept::Stale(reply)
        }
    }

    /// Keeps an answer that had so many bytes, if it says for how long.
    pub(crate) fn put(&mut self, key: Key, reply: &Reply, bytes: usize, now: Instant) {
        if let Some(ttl_s) = lifetime_s(reply).filter(|ttl_s| *ttl_s > 0) {
            self.keep(key, reply.clone(), bytes, ttl_s, now);
        }
    }

    /// Notes that nobody answered.
    pub(crate) fn failed(&mut self, key: Key, now: Instant) {
        if !matches!(self.get(&key, now), Kept::Nothing)
            && let Some(entry) = self.entries.get_mut(&key)
        {
            entry.failed_until = Some(now + FAILURE);
            return;
        }
        let ttl_s = u32::try_from(FAILURE.as_secs()).unwrap_or(1);
        self.keep(key, Reply::of(ResponseCode::ServFail), 0, ttl_s, now);
    }

    fn keep(&mut self, key: Key, reply: Reply, bytes: usize, ttl_s: u32, now: Instant) {
        // Names and tables around it take about as much as a small answer.
        let bytes = bytes + 2 * key.name.len() + 128;
        if bytes > self.max_bytes / 8 {
            return;
        }
        self.remove(&key);
        let place = self.next;
        self.next += 1;
        self.bytes += bytes;
        self.order.insert(place, key.clone());
        self.entries.insert(key, Entry { reply, bytes, kept_at: now, ttl_s, failed_until: None, place });
        while self.bytes > self.max_bytes {
            let Some((_, oldest)) = self.order.first_key_value() else { break };
            let oldest = oldest.clone();
            self.remove(&oldest);
        }
    }

    fn remove(&mut self, key: &Key) {
        if let Some(entry) = self.entries.remove(key) {
            self.order.remove(&entry.place);
            self.bytes -= entry.bytes;
        }
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// How long an answer counts, in seconds; `None`: it is not kept.
fn lifetime_s(reply: &Reply) -> Option<u32> {
    let shortest = |records: &[Record]| records.iter().map(|r| r.ttl).min();
    match reply.code {
        ResponseCode::NoError if !reply.answers.is_empty() && !is_absence(reply) => {
            shortest(&reply.answers).map(|ttl| ttl.min(MAX_TTL_S))
        }
        ResponseCode::NoError | ResponseCode::NXDomain => {
            let absence = reply.authorities.iter().find_map(|r| match &r.data {
                RData::SOA(soa) => Some(r.ttl.min(soa.minimum)),
                _ => None,
            })?;
            let aliases = shortest(&reply.answers).unwrap_or(u32::MAX);
            Some(absence.min(aliases).min(MAX_NEGATIVE_TTL_S))
        }
        _ => None,
    }
}

/// Whether there are aliases alone, and an SOA that says that nothing is at their end.
fn is_absence(reply: &Reply) -> bool {
    reply.answers.iter().all(|r| matches!(r.data, RData::CNAME(_)))
        && reply.authorities.iter().any(|r| matches!(r.data, RData::SOA(_)))
}

fn with_ttls(reply: &Reply, ttl_s: impl Fn(u32) -> u32) -> Reply {
    let mut reply = reply.clone();
    for record in reply.answers.iter_mut().chain(&mut reply.authorities).chain(&mut reply.additionals) {
        record.ttl = ttl_s(record.ttl);
    }
    reply
}
