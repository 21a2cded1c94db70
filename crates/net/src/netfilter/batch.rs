//! The messages of one transaction, and what the kernel answers.

use super::{Expression, Family};
use std::net::{IpAddr, Ipv4Addr};

const NLM_F_REQUEST: u16 = 0x1;
const NLM_F_ACK: u16 = 0x4;
const NLM_F_EXCL: u16 = 0x200;
const NLM_F_CREATE: u16 = 0x400;
const NLM_F_APPEND: u16 = 0x800;
const NLMSG_ERROR: u16 = 0x2;
const BATCH_BEGIN: u16 = 0x10;
const BATCH_END: u16 = 0x11;
const SUBSYSTEM: u16 = 10;
const NEW_TABLE: u16 = SUBSYSTEM << 8;
const DELETE_TABLE: u16 = (SUBSYSTEM << 8) | 2;
const NEW_CHAIN: u16 = (SUBSYSTEM << 8) | 3;
const NEW_RULE: u16 = (SUBSYSTEM << 8) | 6;
const NEW_ELEMENT: u16 = (SUBSYSTEM << 8) | 12;
const DELETE_ELEMENT: u16 = (SUBSYSTEM << 8) | 14;
const NESTED: u16 = 0x8000;
const ACCEPT: u32 = 1;
const GOTO: i32 = -4;
/// Elements of one message: an attribute's length is a 16-bit number.
const ELEMENTS_PER_MESSAGE: usize = 200;

/// Where a chain of filters meets packets that this namespace's programs send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hook {
    /// Before connections are tracked.
    OutputRaw,
    OutputFilter,
}

impl Hook {
    const OUTPUT: u32 = 3;

    fn priority(self) -> i32 {
        match self {
            Self::OutputRaw => -300,
            Self::OutputFilter => 0,
        }
    }
}

/// A set or map of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Set<'a> {
    pub family: Family,
    pub table: &'a str,
    pub name: &'a str,
}

/// An element of a set, or of a map with what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub key: Vec<u8>,
    pub data: Data,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Data {
    None,
    Address(Ipv4Addr),
    /// A mark of packets or connections.
    Mark(u32),
    /// An address and a port, joined: each fills whole words of four bytes.
    AddressPort(IpAddr, u16),
    /// The chain that decides.
    Goto(String),
}

/// A transaction that is being written. In the order in which the kernel is to take its parts.
pub(crate) struct Batch {
    bytes: Vec<u8>,
    /// Messages between the batch's begin and end.
    messages: u32,
    /// Where the last of them begins.
    last: usize,
}

impl Batch {
    pub(crate) fn new() -> Self {
        let mut bytes = Vec::new();
        write(&mut bytes, BATCH_BEGIN, NLM_F_REQUEST, 0, 0, SUBSYSTEM, |_| {});
        Self { bytes, messages: 0, last: 0 }
    }

    /// Makes a table where it does not exist.
    pub(crate) fn table(&mut self, family: Family, table: &str) {
        self.message(NEW_TABLE, NLM_F_CREATE, family, |bytes| text(bytes, 1, table));
    }

    /// Makes a table that does not exist. EEXIST where it does, and nothing of the batch is done.
    pub(crate) fn new_table(&mut self, family: Family, table: &str) {
        self.message(NEW_TABLE, NLM_F_CREATE | NLM_F_EXCL, family, |bytes| text(bytes, 1, table));
    }

    /// Removes a table with all that is in it; one that does not exist is no error.
    pub(crate) fn without_table(&mut self, family: Family, table: &str) {
        self.table(family, table);
        self.message(DELETE_TABLE, 0, family, |bytes| text(bytes, 1, table));
    }

    /// Adds a chain that accepts what its rules say nothing of.
    pub(crate) fn chain(&mut self, family: Family, table: &str, chain: &str, hook: Hook) {
        self.message(NEW_CHAIN, NLM_F_CREATE, family, |bytes| {
            text(bytes, 1, table);
            text(bytes, 3, chain);
            nested(bytes, 4, |bytes| {
                number(bytes, 1, Hook::OUTPUT);
                number(bytes, 2, hook.priority().cast_unsigned());
            });
            number(bytes, 5, ACCEPT);
            text(bytes, 7, "filter");
        });
    }

    /// Adds a rule at the end of a chain.
    pub(crate) fn rule(&mut self, family: Family, table: &str, chain: &str, expressions: &[Expression]) {
        self.message(NEW_RULE, NLM_F_CREATE | NLM_F_APPEND, family, |bytes| {
            text(bytes, 1, table);
            text(bytes, 2, chain);
            nested(bytes, 4, |bytes| {
                for expression in expressions {
                    nested(bytes, 1, |bytes| {
                        text(bytes, 1, expression.name());
                        nested(bytes, 2, |bytes| expression.write(bytes));
                    });
                }
            });
        });
    }

    /// Puts elements in, or takes them out. One that is put in twice with the same data is no error, one that is taken out and not there is.
    pub(crate) fn elements(&mut self, set: Set<'_>, add: bool, items: &[Item]) {
        let (kind, flags) = if add { (NEW_ELEMENT, NLM_F_CREATE) } else { (DELETE_ELEMENT, 0) };
        for items in items.chunks(ELEMENTS_PER_MESSAGE) {
            self.message(kind, flags, set.family, |bytes| {
                text(bytes, 1, set.table);
                text(bytes, 2, set.name);
                nested(bytes, 3, |bytes| {
                    for item in items {
                        nested(bytes, 1, |bytes| element(bytes, item, add));
                    }
                });
            });
        }
    }

    /// Takes all elements out.
    pub(crate) fn without_elements(&mut self, set: Set<'_>) {
        self.message(DELETE_ELEMENT, 0, set.family, |bytes| {
            text(bytes, 1, set.table);
            text(bytes, 2, set.name);
        });
    }

    fn message(&mut self, kind: u16, flags: u16, family: Family, body: impl FnOnce(&mut Vec<u8>)) {
        self.messages += 1;
        self.last = self.bytes.len();
        write(&mut self.bytes, kind, NLM_F_REQUEST | flags, self.messages, family as u8, 0, body);
    }

    /// The bytes, and the number of the message whose acknowledgement is the last answer. `None` where there is nothing to do.
    pub(super) fn finish(mut self) -> Option<(Vec<u8>, u32)> {
        if self.messages == 0 {
            return None;
        }
        let at = self.last + 6;
        let flags = u16::from_ne_bytes([self.bytes[at], self.bytes[at + 1]]) | NLM_F_ACK;
        self.bytes[at..at + 2].copy_from_slice(&flags.to_ne_bytes());
        write(&mut self.bytes, BATCH_END, NLM_F_REQUEST, self.messages + 1, 0, SUBSYSTEM, |_| {});
        Some((self.bytes, self.messages))
    }
}

fn element(bytes: &mut Vec<u8>, item: &Item, with_data: bool) {
    nested(bytes, 1, |bytes| attribute(bytes, 1, |bytes| bytes.extend(&item.key)));
    if !with_data {
        return;
    }
    match &item.data {
        Data::None => {}
        Data::Address(address) => value(bytes, 2, &address.octets()),
        // In the order of the machine, as the kernel has it.
        Data::Mark(mark) => value(bytes, 2, &mark.to_ne_bytes()),
        Data::AddressPort(address, port) => {
            let mut joined = match address {
                IpAddr::V4(address) => address.octets().to_vec(),
                IpAddr::V6(address) => address.octets().to_vec(),
            };
            joined.extend(port.to_be_bytes());
            joined.extend([0; 2]);
            value(bytes, 2, &joined);
        }
        Data::Goto(chain) => nested(bytes, 2, |bytes| {
            nested(bytes, 2, |bytes| {
                attribute(bytes, 1, |bytes| bytes.extend(GOTO.to_be_bytes()));
                text(bytes, 2, chain);
            });
        }),
    }
}

/// A netlink message with the header of netfilter's.
pub(super) fn write(
    bytes: &mut Vec<u8>,
    kind: u16,
    flags: u16,
    sequence: u32,
    family: u8,
    resource: u16,
    body: impl FnOnce(&mut Vec<u8>),
) {
    let start = bytes.len();
    bytes.extend(0u32.to_ne_bytes());
    bytes.extend(kind.to_ne_bytes());
    bytes.extend(flags.to_ne_bytes());
    bytes.extend(sequence.to_ne_bytes());
    bytes.extend(0u32.to_ne_bytes());
    bytes.extend([family, 0]);
    bytes.extend(resource.to_be_bytes());
    body(bytes);
    let len = u32::try_from(bytes.len() - start).expect("a message is small");
    bytes[start..start + 4].copy_from_slice(&len.to_ne_bytes());
}

fn attribute(bytes: &mut Vec<u8>, kind: u16, body: impl FnOnce(&mut Vec<u8>)) {
    let start = bytes.len();
    bytes.extend(0u16.to_ne_bytes());
    bytes.extend(kind.to_ne_bytes());
    body(bytes);
    let len = u16::try_from(bytes.len() - start).expect("attributes are kept small");
    bytes[start..start + 2].copy_from_slice(&len.to_ne_bytes());
    bytes.resize(start + usize::from(len).next_multiple_of(4), 0);
}

fn nested(bytes: &mut Vec<u8>, kind: u16, body: impl FnOnce(&mut Vec<u8>)) {
    attribute(bytes, kind | NESTED, body);
}

pub(crate) fn text(bytes: &mut Vec<u8>, kind: u16, text: &str) {
    attribute(bytes, kind, |bytes| {
        bytes.extend(text.as_bytes());
        bytes.push(0);
    });
}

/// A number of 32 bits, in network order as all of netfilter's.
pub(crate) fn number(bytes: &mut Vec<u8>, kind: u16, number: u32) {
    attribute(bytes, kind, |bytes| bytes.extend(number.to_be_bytes()));
}

/// An attribute whose content is known.
pub(crate) fn raw(bytes: &mut Vec<u8>, kind: u16, content: &[u8]) {
    attribute(bytes, kind, |bytes| bytes.extend(content));
}

/// Data that registers hold.
pub(super) fn value(bytes: &mut Vec<u8>, kind: u16, value: &[u8]) {
    nested(bytes, kind, |bytes| attribute(bytes, 1, |bytes| bytes.extend(value)));
}

pub(super) enum Answer {
    Done,
    /// There is another answer to come.
    More,
    Refused(i32),
}

/// What the kernel says: errors of single messages, and the acknowledgement of the last.
pub(super) fn answer(mut bytes: &[u8], last: u32) -> Answer {
    let number = |bytes: &[u8], at: usize| -> Option<u32> {
        Some(u32::from_ne_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
    };
    while let (Some(len), Some(sequence), Some(kind)) =
        (number(bytes, 0), number(bytes, 8), bytes.get(4..6).map(|b| u16::from_ne_bytes([b[0], b[1]])))
    {
        if kind == NLMSG_ERROR {
            match number(bytes, 16).map(u32::cast_signed) {
                Some(0) if sequence == last => return Answer::Done,
                Some(0) | None => {}
                Some(error) => return Answer::Refused(-error),
            }
        }
        let step = (len as usize).next_multiple_of(4).max(16);
        bytes = bytes.get(step..).unwrap_or_default();
    }
    Answer::More
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(mut bytes: &[u8]) -> Vec<(u16, bool)> {
        let mut kinds = Vec::new();
        while !bytes.is_empty() {
            let len = u32::from_ne_bytes(bytes[..4].try_into().expect("four")) as usize;
            let flags = u16::from_ne_bytes([bytes[6], bytes[7]]);
            kinds.push((u16::from_ne_bytes([bytes[4], bytes[5]]), flags & NLM_F_ACK != 0));
            assert_eq!(len % 4, 0);
            bytes = &bytes[len..];
        }
        kinds
    }

    #[test]
    fn messages_have_their_lengths_and_only_the_last_is_acknowledged() {
        let items: Vec<Item> =
            (0..450u32).map(|n| Item { key: n.to_be_bytes().to_vec(), data: Data::None }).collect();
        let set = Set { family: Family::V4, table: "t", name: "s" };
        let mut batch = Batch::new();
        batch.elements(set, true, &items);
        batch.elements(set, false, &items[..1]);
        let (bytes, last) = batch.finish().expect("there are messages");
        let (add, delete) = ((NEW_ELEMENT, false), (DELETE_ELEMENT, true));
        assert_eq!(kinds(&bytes), [(BATCH_BEGIN, false), add, add, add, delete, (BATCH_END, false)]);
        assert_eq!(last, 4);
        let mut batch = Batch::new();
        batch.elements(set, true, &[]);
        assert!(batch.finish().is_none(), "nothing to do");
    }

    #[test]
    fn an_error_counts_wherever_it_stands() {
        let mut bytes = Vec::new();
        let said = |bytes: &mut Vec<u8>, sequence: u32, error: i32| {
            bytes.extend(20u32.to_ne_bytes());
            bytes.extend(NLMSG_ERROR.to_ne_bytes());
            bytes.extend([0; 2]);
            bytes.extend(sequence.to_ne_bytes());
            bytes.extend([0; 4]);
            bytes.extend(error.to_ne_bytes());
        };
        said(&mut bytes, 1, 0);
        assert!(matches!(answer(&bytes, 2), Answer::More));
        said(&mut bytes, 2, 0);
        assert!(matches!(answer(&bytes, 2), Answer::Done));
        let mut bytes = Vec::new();
        said(&mut bytes, 1, -2);
        said(&mut bytes, 2, 0);
        assert!(matches!(answer(&bytes, 2), Answer::Refused(2)));
        assert!(matches!(answer(&bytes[..3], 2), Answer::More));
    }
}
