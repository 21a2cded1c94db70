//! The cache, at times that the test chooses.

use crate::cache::{Cache, Kept, Key};
use crate::message::Reply;
use crate::name;
use hickory_proto::op::ResponseCode;
use hickory_proto::rr::rdata::{A, CNAME, SOA};
use hickory_proto::rr::{RData, Record, RecordType};
use std::net::Ipv4Addr;
use std::time::Duration;
use tokio::time::Instant;

fn key(text: &str) -> Key {
    Key {
        name: name(text).expect("a name"),
        kind: RecordType::A.into(),
        dnssec_ok: false,
        checking_disabled: false,
    }
}

fn record(ttl: u32, data: RData) -> Record {
    Record::from_rdata(name("a.example").expect("a name"), ttl, data)
}

fn address(ttl: u32) -> Record {
    record(ttl, RData::A(A(Ipv4Addr::new(192, 0, 2, 1))))
}

fn alias(ttl: u32) -> Record {
    record(ttl, RData::CNAME(CNAME(name("b.example").expect("a name"))))
}

fn authority(ttl: u32, minimum: u32) -> Record {
    let root = name(".").expect("a name");
    record(ttl, RData::SOA(SOA::new(root.clone(), root, 1, 1, 1, 1, minimum)))
}

fn found(answers: Vec<Record>) -> Reply {
    Reply { answers, ..Reply::of(ResponseCode::NoError) }
}

fn absent(code: ResponseCode, answers: Vec<Record>, authorities: Vec<Record>) -> Reply {
    Reply { answers, authorities, ..Reply::of(code) }
}

fn after(start: Instant, seconds: u64) -> Instant {
    start + Duration::from_secs(seconds)
}

#[test]
fn answers_are_kept_as_long_as_they_say() {
    use ResponseCode::{NXDomain, NoError, ServFail};
    let cases: [(&str, Reply, u64); 11] = [
        ("the shortest TTL counts", found(vec![address(300), alias(20)]), 20),
        ("0 is not kept", found(vec![address(0)]), 0),
        ("a day at most", found(vec![address(1_000_000)]), 86_400),
        ("NXDOMAIN: the SOA's TTL", absent(NXDomain, vec![], vec![authority(30, 900)]), 30),
        ("NXDOMAIN: the SOA's minimum", absent(NXDomain, vec![], vec![authority(900, 40)]), 40),
        ("NODATA alike", absent(NoError, vec![], vec![authority(50, 60)]), 50),
        ("three hours at most", absent(NXDomain, vec![], vec![authority(99_999, 99_999)]), 10_800),
        ("absent at the end of an alias", absent(NoError, vec![alias(500)], vec![authority(70, 70)]), 70),
        ("an alias that ends before", absent(NXDomain, vec![alias(7)], vec![authority(70, 70)]), 7),
        ("without an SOA", absent(NXDomain, vec![], vec![]), 0),
        ("a failure", absent(ServFail, vec![], vec![authority(70, 70)]), 0),
    ];
    for (case, reply, seconds) in cases {
        let (mut cache, start) = (Cache::new(1 << 20), Instant::now());
        cache.put(key("a.example"), &reply, 100, start);
        let valid = |at| matches!(cache.get(&key("a.example"), after(start, at)), Kept::Valid(_));
        assert!(!valid(seconds), "{case}: over");
        assert!(seconds == 0 || valid(seconds - 1), "{case}: valid before");
    }
}

#[test]
fn ttls_run_down() {
    let (mut cache, start) = (Cache::new(1 << 20), Instant::now());
    cache.put(key("a.example"), &found(vec![address(300), alias(100)]), 100, start);
    let Kept::Valid(reply) = cache.get(&key("a.example"), after(start, 90)) else { panic!("it is valid") };
    assert_eq!(reply.answers.iter().map(|r| r.ttl).collect::<Vec<_>>(), [210, 10]);
    assert_eq!(cache.get(&key("b.example"), start), Kept::Nothing);
    let other = Key { dnssec_ok: true, ..key("a.example") };
    assert_eq!(cache.get(&other, start), Kept::Nothing, "an answer depends on what was asked for");
}

#[test]
fn what_is_over_helps_for_an_hour() {
    let (mut cache, start) = (Cache::new(1 << 20), Instant::now());
    cache.put(key("a.example"), &found(vec![address(60)]), 100, start);
    let Kept::Stale(reply) = cache.get(&key("a.example"), after(start, 60)) else { panic!("it is stale") };
    assert_eq!(reply.answers[0].ttl, 30);
    cache.failed(key("a.example"), after(start, 60));
    assert!(
        matches!(cache.get(&key("a.example"), after(start, 64)), Kept::Valid(_)),
        "nobody is asked again"
    );
    assert!(matches!(cache.get(&key("a.example"), after(start, 65)), Kept::Stale(_)), "now somebody is");
    assert_eq!(cache.get(&key("a.example"), after(start, 3660)), Kept::Nothing);
}

#[test]
fn failures_are_remembered_for_a_moment() {
    let (mut cache, start) = (Cache::new(1 << 20), Instant::now());
    cache.failed(key("a.example"), start);
    let failed = Kept::Valid(Reply::of(ResponseCode::ServFail));
    assert_eq!(cache.get(&key("a.example"), after(start, 4)), failed);
    assert_eq!(cache.get(&key("a.example"), after(start, 5)), Kept::Nothing);
}

#[test]
fn the_oldest_makes_room() {
    let (mut cache, start) = (Cache::new(16_000), Instant::now());
    for n in 0..1000 {
        cache.put(key(&format!("n{n}.example")), &found(vec![address(60)]), 400, start);
        assert!(cache.len() <= 16_000 / 400);
    }
    assert_eq!(cache.get(&key("n0.example"), start), Kept::Nothing);
    assert!(matches!(cache.get(&key("n999.example"), start), Kept::Valid(_)));
    cache.put(key("big.example"), &found(vec![address(60)]), 10_000, start);
    assert_eq!(
        cache.get(&key("big.example"), start),
        Kept::Nothing,
        "one answer does not push out all others"
    );
    let before = cache.len();
    for _ in 0..100 {
        cache.put(key("n999.example"), &found(vec![address(60)]), 400, start);
    }
    assert_eq!(cache.len(), before, "the same answer anew takes no more room");
}
