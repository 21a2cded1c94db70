//! Questions as they arrive, and answers as they leave.

use hickory_proto::op::{Edns, Message, MessageType, Metadata, OpCode, Query, ResponseCode};
use hickory_proto::rr::Record;
use hickory_proto::serialize::binary::{BinEncodable, BinEncoder};

/// No question takes more; what is longer is not read.
pub const MAX_QUERY_BYTES: usize = 4096;
/// What a client takes that says nothing of it (RFC 1035).
const PLAIN_BYTES: u16 = 512;
/// A datagram of more is not sent, whatever a client takes.
const MAX_DATAGRAM_BYTES: u16 = 4096;
/// What we take ourselves: it fits into one packet on any path.
pub(crate) const OUR_BYTES: u16 = 1232;

/// A question, with what its answer needs to repeat.
#[derive(Clone, Debug)]
pub struct Request {
    metadata: Metadata,
    pub question: Query,
    edns: Option<Extended>,
}

#[derive(Clone, Copy, Debug)]
struct Extended {
    max_payload: u16,
    dnssec_ok: bool,
}

/// What is said, whoever it is said to.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    pub code: ResponseCode,
    pub authoritative: bool,
    pub answers: Vec<Record>,
    pub authorities: Vec<Record>,
    pub additionals: Vec<Record>,
}

/// How an answer travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transport {
    Datagram,
    Stream,
}

impl Reply {
    /// A code and nothing else.
    pub fn of(code: ResponseCode) -> Self {
        Self {
            code,
            authoritative: false,
            answers: Vec::new(),
            authorities: Vec::new(),
            additionals: Vec::new(),
        }
    }
}

impl Request {
    /// Whether the client takes records of DNSSEC.
    pub(crate) fn dnssec_ok(&self) -> bool {
        self.edns.is_some_and(|e| e.dnssec_ok)
    }

    pub(crate) fn checking_disabled(&self) -> bool {
        self.metadata.checking_disabled
    }

    /// The answer as a datagram.
    pub fn datagram(&self, reply: &Reply) -> Option<Vec<u8>> {
        self.write(reply, Transport::Datagram)
    }

    /// The answer as a stream has it, without its length.
    pub fn stream(&self, reply: &Reply) -> Option<Vec<u8>> {
        self.write(reply, Transport::Stream)
    }

    /// The answer's bytes. What does not fit a datagram is left out, and the client told to come back over TCP.
    fn write(&self, reply: &Reply, transport: Transport) -> Option<Vec<u8>> {
        let limit = match (transport, self.edns) {
            (Transport::Stream, _) => u16::MAX,
            (Transport::Datagram, Some(e)) => e.max_payload.clamp(PLAIN_BYTES, MAX_DATAGRAM_BYTES),
            (Transport::Datagram, None) => PLAIN_BYTES,
        };
        let mut message = Message::new(self.metadata.id, MessageType::Response, self.metadata.op_code);
        message.metadata = Metadata::response_from_request(&self.metadata);
        message.metadata.recursion_available = true;
        message.metadata.authoritative = reply.authoritative;
        message.metadata.response_code = reply.code;
        message.add_query(self.question.clone());
        message.edns = self.edns.map(|extended| {
            let mut edns = Edns::new();
            edns.set_max_payload(OUR_BYTES);
            edns.set_dnssec_ok(extended.dnssec_ok);
            edns
        });
        message.answers.clone_from(&reply.answers);
        message.authorities.clone_from(&reply.authorities);
        message.additionals.clone_from(&reply.additionals);
        if let Some(bytes) = encode(&message, limit) {
            return Some(bytes);
        }
        // What is merely handy goes first.
        message.additionals.clear();
        encode(&message, limit).or_else(|| encode_whatever_fits(&message.truncate(), limit))
    }
}

/// Reads a question. `Err` is what is to be sent instead of an answer; `None` in it: nothing.
pub fn read(bytes: &[u8]) -> Result<Request, Option<Vec<u8>>> {
    if bytes.len() > MAX_QUERY_BYTES {
        return Err(None);
    }
    let message = match Message::from_vec(bytes) {
        Ok(message) => message,
        Err(_) => return Err(malformed(bytes)),
    };
    // An answer is never answered: two servers would talk for ever.
    if message.metadata.message_type != MessageType::Query {
        return Err(None);
    }
    let refuse = |code| {
        let mut refusal = Message::error_msg(message.metadata.id, message.metadata.op_code, code);
        refusal.metadata.recursion_desired = message.metadata.recursion_desired;
        refusal.add_queries(message.queries.iter().take(1).cloned());
        refusal.edns = message.edns.as_ref().map(|_| {
            let mut edns = Edns::new();
            edns.set_max_payload(OUR_BYTES);
            edns
        });
        encode(&refusal, PLAIN_BYTES)
    };
    if message.metadata.op_code != OpCode::Query {
        return Err(refuse(ResponseCode::NotImp));
    }
    if message.edns.as_ref().is_some_and(|e| e.version() > 0) {
        return Err(refuse(ResponseCode::BADVERS));
    }
    let [question] = message.queries.as_slice() else { return Err(refuse(ResponseCode::FormErr)) };
    let edns = message
        .edns
        .as_ref()
        .map(|e| Extended { max_payload: e.max_payload(), dnssec_ok: e.flags().dnssec_ok });
    Ok(Request { metadata: message.metadata, question: question.clone(), edns })
}

/// What cannot be read is told so where it looks like a question.
fn malformed(bytes: &[u8]) -> Option<Vec<u8>> {
    let [high, low, flags, ..] = *bytes else { return None };
    if bytes.len() < 12 || flags & 0x80 != 0 {
        return None;
    }
    let id = u16::from_be_bytes([high, low]);
    encode(&Message::error_msg(id, OpCode::Query, ResponseCode::FormErr), PLAIN_BYTES)
}

/// The message's bytes, if they are no more than `limit`.
fn encode(message: &Message, limit: u16) -> Option<Vec<u8>> {
    // The flag of truncation: bit 1 of the third byte.
    encode_whatever_fits(message, limit).filter(|bytes| bytes.get(2).is_some_and(|flags| flags & 0x02 == 0))
}

fn encode_whatever_fits(message: &Message, limit: u16) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(PLAIN_BYTES.into());
    let mut encoder = BinEncoder::new(&mut bytes);
    encoder.set_max_size(limit);
    match message.emit(&mut encoder) {
        Ok(()) => Some(bytes),
        Err(error) => {
            tracing::warn!(%error, "an answer cannot be written");
            None
        }
    }
}
