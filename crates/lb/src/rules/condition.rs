//! One condition, ready to be tested.

use super::{Block, Pattern};
use crate::http::RequestHead;
use model::balancer::Condition;
use std::net::IpAddr;

#[derive(Debug)]
pub enum Compiled {
    Host(Vec<Pattern>),
    Path(Vec<Pattern>),
    Header { name: String, values: Vec<Pattern> },
    Method(Vec<String>),
    Query(Vec<(Option<Pattern>, Pattern)>),
    Source(Vec<Block>),
}

impl Compiled {
    /// Compiles a condition; the error is the block that is none.
    pub fn new(condition: &Condition) -> Result<Self, String> {
        Ok(match condition {
            Condition::HostHeader(hosts) => {
                Self::Host(hosts.iter().map(|host| Pattern::ignoring_case(host)).collect())
            }
            Condition::PathPattern(paths) => {
                Self::Path(paths.iter().map(|path| Pattern::new(path)).collect())
            }
            Condition::HttpHeader { name, values } => Self::Header {
                name: name.clone(),
                values: values.iter().map(|value| Pattern::ignoring_case(value)).collect(),
            },
            Condition::HttpRequestMethod(methods) => Self::Method(methods.clone()),
            Condition::QueryString(pairs) => Self::Query(
                pairs
                    .iter()
                    .map(|(key, value)| {
                        (key.as_deref().map(Pattern::ignoring_case), Pattern::ignoring_case(value))
                    })
                    .collect(),
            ),
            Condition::SourceIp(blocks) => Self::Source(
                blocks
                    .iter()
                    .map(|block| Block::parse(block).ok_or_else(|| block.clone()))
                    .collect::<Result<_, _>>()?,
            ),
        })
    }

    /// The hosts, where it is about exact ones only.
    pub fn exact_hosts(&self) -> Option<Vec<Box<[u8]>>> {
        let Self::Host(hosts) = self else { return None };
        hosts.iter().map(|host| host.exact().map(Into::into)).collect()
    }

    /// The first segments of paths, where each pattern has one.
    pub fn segments(&self) -> Option<Vec<Box<[u8]>>> {
        let Self::Path(paths) = self else { return None };
        paths.iter().map(|path| path.segment().map(Into::into)).collect()
    }

    /// Whether a request fulfils it. `host` is the request's, without port.
    pub fn holds(&self, head: &RequestHead, host: &[u8], client: IpAddr) -> bool {
        match self {
            Self::Host(hosts) => hosts.iter().any(|pattern| pattern.matches(host)),
            Self::Path(paths) => paths.iter().any(|pattern| pattern.matches(head.path())),
            Self::Header { name, values } => {
                head.fields.all(name).any(|value| values.iter().any(|pattern| pattern.matches(value)))
            }
            Self::Method(methods) => methods.iter().any(|method| method.as_bytes() == &head.method[..]),
            Self::Query(wanted) => pairs(head.query()).any(|(key, value)| {
                wanted.iter().any(|(name, pattern)| {
                    name.as_ref().is_none_or(|name| in_either_form(name, key))
                        && in_either_form(pattern, value)
                })
            }),
            Self::Source(blocks) => blocks.iter().any(|block| block.contains(client)),
        }
    }
}

/// Keys and values of a query. A pair without `=` is a value without a key.
fn pairs(query: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    query.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (&[][..], pair),
        }
    })
}

/// Whether a part of a query is what a pattern says, as it came or without its escapes: "any character can be percentage encoded" (API reference,
/// QueryStringConditionConfig), in the condition and in the query.
fn in_either_form(pattern: &Pattern, part: &[u8]) -> bool {
    pattern.matches(part) || (part.contains(&b'%') && pattern.matches(&unescaped(part)))
}

/// Without escapes; what only begins like one stays.
fn unescaped(part: &[u8]) -> Vec<u8> {
    let digit = |at: usize| part.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut found, mut at) = (Vec::with_capacity(part.len()), 0);
    while let Some(byte) = part.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                found.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                found.push(*byte);
                at += 1;
            }
        }
    }
    found
}
