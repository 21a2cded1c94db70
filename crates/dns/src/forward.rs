//! What others know: asked for once at a time, and kept.

use crate::cache::{Cache, Kept, Key};
use crate::message::{OUR_BYTES, Reply, Request};
use crate::upstream::{self, Resolvers, Upstream};
use hickory_proto::op::{Edns, Message, Query, ResponseCode};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{OnceCell, Semaphore};
use tokio::time::Instant;

/// What the cache may take, as bytes on the wire.
const CACHE_BYTES: usize = 8 << 20;
/// Questions that are asked at a time; a socket each.
const MAX_UNDER_WAY: usize = 256;

/// Asks the resolvers of one node.
pub(crate) struct Forwarder {
    upstream: Upstream,
    cache: Mutex<Cache>,
    /// Whoever asks what is being asked waits for the same answer.
    under_way: Mutex<HashMap<Key, Arc<OnceCell<Reply>>>>,
    permits: Semaphore,
}

impl Forwarder {
    pub(crate) fn new(resolvers: Resolvers) -> Self {
        Self {
            upstream: Upstream::new(resolvers),
            cache: Mutex::new(Cache::new(CACHE_BYTES)),
            under_way: Mutex::default(),
            permits: Semaphore::new(MAX_UNDER_WAY),
        }
    }

    /// The answer, where it is known without asking.
    pub(crate) fn kept(&self, key: &Key) -> Option<Reply> {
        match self.cache().get(key, Instant::now()) {
            Kept::Valid(reply) => Some(reply),
            Kept::Stale(_) | Kept::Nothing => None,
        }
    }

    /// The answer. Where nobody gives one, the last one that was given, or a failure.
    pub(crate) async fn ask(&self, key: Key) -> Reply {
        if let Some(reply) = self.kept(&key) {
            return reply;
        }
        let Ok(_permit) = self.permits.try_acquire() else {
            return self.without_asking(&key);
        };
        let cell = self.flights().entry(key.clone()).or_default().clone();
        let landing = Landing { forwarder: self, key: &key, cell: &cell };
        let reply = cell.get_or_init(|| self.ask_upstream(&key)).await.clone();
        drop(landing);
        reply
    }

    async fn ask_upstream(&self, key: &Key) -> Reply {
        let query = query(key);
        let mut refusal = None;
        for resolver in self.upstream.order() {
            match upstream::exchange(resolver, &query).await {
                Ok((answer, bytes)) => {
                    let reply = reply(answer);
                    // A resolver that is in trouble: another one may not be.
                    if matches!(reply.code, ResponseCode::ServFail | ResponseCode::Refused) {
                        self.upstream.silent(resolver);
                        refusal = Some(reply);
                        continue;
                    }
                    self.upstream.answered(resolver);
                    self.cache().put(key.clone(), &reply, bytes, Instant::now());
                    return reply;
                }
                Err(error) => {
                    tracing::debug!(error = &error as &dyn std::error::Error, "a resolver gave no answer");
                    self.upstream.silent(resolver);
                }
            }
        }
        self.cache().failed(key.clone(), Instant::now());
        match self.without_asking(key) {
            Reply { code: ResponseCode::ServFail, .. } => {
                refusal.unwrap_or_else(|| Reply::of(ResponseCode::ServFail))
            }
            stale => stale,
        }
    }

    fn without_asking(&self, key: &Key) -> Reply {
        match self.cache().get(key, Instant::now()) {
            Kept::Valid(reply) | Kept::Stale(reply) => reply,
            Kept::Nothing => Reply::of(ResponseCode::ServFail),
        }
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn flights(&self) -> MutexGuard<'_, HashMap<Key, Arc<OnceCell<Reply>>>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets a question that is answered, or that its last asker gave up.
struct Landing<'a> {
    forwarder: &'a Forwarder,
    key: &'a Key,
    cell: &'a Arc<OnceCell<Reply>>,
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        let mut flights = self.forwarder.flights();
        if let Entry::Occupied(entry) = flights.entry(self.key.clone())
            && Arc::ptr_eq(entry.get(), self.cell)
            // The map's, and ours: nobody else waits.
            && (self.cell.initialized() || Arc::strong_count(self.cell) <= 2)
        {
            entry.remove();
        }
    }
}

impl Key {
    pub(crate) fn of(request: &Request, question: &Query) -> Self {
        Self {
            name: question.name.to_lowercase(),
            kind: question.query_type.into(),
            dnssec_ok: request.dnssec_ok(),
            checking_disabled: request.checking_disabled(),
        }
    }
}

fn query(key: &Key) -> Message {
    let mut query = Message::query();
    query.metadata.recursion_desired = true;
    query.metadata.checking_disabled = key.checking_disabled;
    query.add_query(Query::query(key.name.clone(), key.kind()));
    let mut edns = Edns::new();
    edns.set_max_payload(OUR_BYTES);
    edns.set_dnssec_ok(key.dnssec_ok);
    query.set_edns(edns);
    query
}

fn reply(answer: Message) -> Reply {
    Reply {
        code: answer.metadata.response_code,
        authoritative: false,
        answers: answer.answers,
        authorities: answer.authorities,
        additionals: answer.additionals,
    }
}
