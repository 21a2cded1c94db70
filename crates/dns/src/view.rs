//! What a VPC's name server knows by itself. Pure.
//!
//! Names of addresses are computed, not kept: `ip-A-B-C-D` in the VPC's private domain for every address of its blocks, and back; `ec2-A-B-C-D`
//! for public addresses of its interfaces, which stand for private ones inside. Sources: "DNS attributes for your VPC" and "Understanding Amazon DNS",
//! Amazon VPC user guide, 2025. How long AWS lets these names be remembered is not established; here it is a minute.

use crate::message::Reply;
use crate::zone::{self, Asker, Data, Name, Zones};
use hickory_proto::op::{Query, ResponseCode};
use hickory_proto::rr::rdata::{A, AAAA, CNAME, PTR, SOA, SRV, TXT};
use hickory_proto::rr::{DNSClass, RData, Record, RecordType};
use model::ec2::Ipv4Block;
use model::fabric::Names;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

/// TTL of computed names, and of their absence, in seconds.
const TTL_S: u32 = 60;
/// Aliases that are followed; more are a loop.
const MAX_ALIASES: usize = 8;

/// What one VPC's name server knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The VPC's blocks: whose addresses have names, and who is answered.
    pub blocks: Vec<Ipv4Block>,
    pub names: Names,
    /// Public addresses and what they stand for.
    pub public: BTreeMap<Ipv4Addr, Ipv4Addr>,
    /// Zones that the VPC sees.
    pub zones: Zones,
    /// Availability Zones, by the blocks of the VPC's subnets.
    pub availability_zones: Vec<(Ipv4Block, String)>,
}

/// What there is to say to a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Known(Reply),
    /// Others know, at the end of these aliases.
    Ask {
        aliases: Vec<Record>,
        question: Query,
    },
}

impl View {
    /// Whether somebody with this address is answered.
    pub fn serves(&self, source: IpAddr) -> bool {
        matches!(source, IpAddr::V4(address) if self.has(address))
    }

    /// What there is to say to who asks from an address. `draw` decides by lot, below 100, what is said to some of the askers only.
    pub fn answer(&self, question: &Query, source: IpAddr, draw: u8) -> Answer {
        let asker = Asker { availability_zone: self.availability_zone(source), draw };
        if question.query_class != DNSClass::IN || is_transfer(question.query_type) {
            return Answer::Known(Reply::of(ResponseCode::Refused));
        }
        let mut aliases = Vec::new();
        let mut question = question.clone();
        while aliases.len() < MAX_ALIASES {
            match self.look_up(&question, asker) {
                Some(Found::Alias(record, target)) => {
                    aliases.push(*record);
                    question.set_name(target);
                }
                Some(Found::Reply(mut reply)) => {
                    aliases.append(&mut reply.answers);
                    return Answer::Known(Reply { answers: aliases, ..reply });
                }
                None => return Answer::Ask { aliases, question },
            }
        }
        Answer::Known(Reply::of(ResponseCode::ServFail))
    }

    fn look_up(&self, question: &Query, asker: Asker<'_>) -> Option<Found> {
        let name = &question.name;
        let computed =
            || self.private(question).or_else(|| self.reverse(question)).or_else(|| self.public(question));
        match self.zones.of(name) {
            Some((apex, zone)) => Some(in_zone(apex, zone, question, asker)),
            None => computed().map(Found::Reply),
        }
    }

    fn private(&self, question: &Query) -> Option<Reply> {
        let domain = zone::name(&self.names.private).ok()?;
        if !domain.zone_of(&question.name) {
            return None;
        }
        if question.name == domain {
            return Some(in_apex(&domain, question));
        }
        let named = address_in(&question.name, &domain, "ip").filter(|address| self.has(*address));
        Some(match named {
            Some(address) => of_address(&domain, question, address),
            None => nothing(ResponseCode::NXDomain, &domain, TTL_S),
        })
    }

    fn public(&self, question: &Query) -> Option<Reply> {
        let domain = zone::name(self.names.public.as_deref()?).ok()?;
        let public = address_in(&question.name, &domain, "ec2")?;
        Some(of_address(&domain, question, *self.public.get(&public)?))
    }

    fn reverse(&self, question: &Query) -> Option<Reply> {
        let known = reversed(&question.name)?;
        let block = self.blocks.iter().find(|block| {
            let covered = known.len() * 8 >= usize::from(block.prefix_len());
            covered && block.contains(first_address(&known))
        })?;
        let apex = reverse_apex(*block)?;
        if question.name == apex {
            return Some(in_apex(&apex, question));
        }
        let [a, b, c, d] = *known.as_slice() else {
            return Some(nothing(ResponseCode::NoError, &apex, TTL_S));
        };
        let target = zone::name(&format!("ip-{a}-{b}-{c}-{d}.{}", self.names.private)).ok()?;
        Some(if asks_for(question, RecordType::PTR) {
            says(question, TTL_S, RData::PTR(PTR(target)))
        } else {
            nothing(ResponseCode::NoError, &apex, TTL_S)
        })
    }

    fn has(&self, address: Ipv4Addr) -> bool {
        self.blocks.iter().any(|block| block.contains(address))
    }

    fn availability_zone(&self, source: IpAddr) -> Option<&str> {
        let IpAddr::V4(source) = source else { return None };
        let (_, zone) = self.availability_zones.iter().find(|(block, _)| block.contains(source))?;
        Some(zone)
    }
}

enum Found {
    Reply(Reply),
    Alias(Box<Record>, Name),
}

fn in_zone(apex: &Name, zone: &zone::Zone, question: &Query, asker: Asker<'_>) -> Found {
    let records = zone.records_for(&question.name, asker);
    if let [zone::Record { ttl_s, data: Data::Cname(target) }] = records
        && !asks_for(question, RecordType::CNAME)
    {
        let record = Record::from_rdata(question.name.clone(), *ttl_s, RData::CNAME(CNAME(target.clone())));
        return Found::Alias(Box::new(record), target.clone());
    }
    let answers: Vec<Record> = records
        .iter()
        .map(|r| Record::from_rdata(question.name.clone(), r.ttl_s, data(&r.data)))
        .filter(|r| asks_for(question, r.record_type()))
        .collect();
    Found::Reply(if !answers.is_empty() {
        Reply { authoritative: true, answers, ..Reply::of(ResponseCode::NoError) }
    } else if question.name == *apex {
        in_apex_of(apex, question, zone.negative_ttl_s)
    } else {
        let code = if zone.has(&question.name) { ResponseCode::NoError } else { ResponseCode::NXDomain };
        nothing(code, apex, zone.negative_ttl_s)
    })
}

fn data(data: &Data) -> RData {
    match data {
        Data::A(address) => RData::A(A(*address)),
        Data::Aaaa(address) => RData::AAAA(AAAA(*address)),
        Data::Cname(target) => RData::CNAME(CNAME(target.clone())),
        Data::Srv { priority, weight, port, target } => {
            RData::SRV(SRV::new(*priority, *weight, *port, target.clone()))
        }
        Data::Txt(texts) => RData::TXT(TXT::new(texts.clone())),
        Data::Ptr(target) => RData::PTR(PTR(target.clone())),
    }
}

fn of_address(apex: &Name, question: &Query, address: Ipv4Addr) -> Reply {
    if asks_for(question, RecordType::A) {
        says(question, TTL_S, RData::A(A(address)))
    } else {
        nothing(ResponseCode::NoError, apex, TTL_S)
    }
}

fn says(question: &Query, ttl_s: u32, data: RData) -> Reply {
    let answers = vec![Record::from_rdata(question.name.clone(), ttl_s, data)];
    Reply { authoritative: true, answers, ..Reply::of(ResponseCode::NoError) }
}

fn in_apex(apex: &Name, question: &Query) -> Reply {
    in_apex_of(apex, question, TTL_S)
}

fn in_apex_of(apex: &Name, question: &Query, negative_ttl_s: u32) -> Reply {
    if asks_for(question, RecordType::SOA) {
        Reply {
            authoritative: true,
            answers: vec![start_of_authority(apex, negative_ttl_s)],
            ..Reply::of(ResponseCode::NoError)
        }
    } else {
        nothing(ResponseCode::NoError, apex, negative_ttl_s)
    }
}

/// Nothing is there; the zone's SOA says for how long that may be remembered (RFC 2308).
fn nothing(code: ResponseCode, apex: &Name, negative_ttl_s: u32) -> Reply {
    let authorities = vec![start_of_authority(apex, negative_ttl_s)];
    Reply { authoritative: true, authorities, ..Reply::of(code) }
}

fn start_of_authority(apex: &Name, negative_ttl_s: u32) -> Record {
    let within = |label: &str| apex.prepend_label(label).unwrap_or_else(|_| apex.clone());
    let soa = SOA::new(within("ns"), within("hostmaster"), 1, 7200, 900, 1_209_600, negative_ttl_s);
    Record::from_rdata(apex.clone(), negative_ttl_s, RData::SOA(soa))
}

fn asks_for(question: &Query, kind: RecordType) -> bool {
    question.query_type == kind || question.query_type == RecordType::ANY
}

fn is_transfer(kind: RecordType) -> bool {
    matches!(kind, RecordType::AXFR | RecordType::IXFR)
}

/// The address that `PREFIX-A-B-C-D.DOMAIN` names.
fn address_in(name: &Name, domain: &Name, prefix: &str) -> Option<Ipv4Addr> {
    if name.num_labels() != domain.num_labels() + 1 || !domain.zone_of(name) {
        return None;
    }
    let label = std::str::from_utf8(name.iter().next()?).ok()?.to_ascii_lowercase();
    let mut octets = label.strip_prefix(prefix)?.strip_prefix('-')?.split('-').map(octet);
    let address = Ipv4Addr::new(octets.next()??, octets.next()??, octets.next()??, octets.next()??);
    octets.next().is_none().then_some(address)
}

/// A number as it is written in names: digits alone, none too many.
fn octet(text: &str) -> Option<u8> {
    text.parse().ok().filter(|number: &u8| number.to_string() == text)
}

/// The octets that a name of `in-addr.arpa` has, in the address's order.
fn reversed(name: &Name) -> Option<Vec<u8>> {
    let labels: Vec<&[u8]> = name.iter().collect();
    let [octets @ .., in_addr, arpa] = labels.as_slice() else { return None };
    if !in_addr.eq_ignore_ascii_case(b"in-addr") || !arpa.eq_ignore_ascii_case(b"arpa") || octets.len() > 4 {
        return None;
    }
    octets.iter().rev().map(|label| octet(std::str::from_utf8(label).ok()?)).collect()
}

fn first_address(octets: &[u8]) -> Ipv4Addr {
    let at = |i: usize| octets.get(i).copied().unwrap_or(0);
    Ipv4Addr::new(at(0), at(1), at(2), at(3))
}

/// The longest name of `in-addr.arpa` that has a whole block below it.
fn reverse_apex(block: Ipv4Block) -> Option<Name> {
    let octets = block.address().octets();
    let whole = usize::from(block.prefix_len() / 8).min(3);
    let labels: String = octets[..whole].iter().rev().map(|octet| format!("{octet}.")).collect();
    zone::name(&format!("{labels}in-addr.arpa")).ok()
}
