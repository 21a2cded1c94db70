//! What a VPC knows by itself, and how it is written.

use crate::message::{self, Reply};
use crate::{Affinity, Answer, Data, Name, Record, View, Zone, Zones, name};
use hickory_proto::op::{Edns, Message, MessageType, OpCode, Query, ResponseCode};
use hickory_proto::rr::{DNSClass, RecordType};
use model::fabric::Names;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

/// Who asks where it does not matter.
const SOMEBODY: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 5));

pub(super) fn view() -> View {
    let n = |text: &str| name(text).expect("a name");
    let record = |data| vec![Record { ttl_s: 15, data }];
    let address = |last| record(Data::A(Ipv4Addr::new(10, 0, 8, last)));
    let near = BTreeMap::from([("eu-west-1a".to_owned(), address(1)), ("eu-west-1b".to_owned(), address(2))]);
    let affinities = BTreeMap::from([(n("nlb.corp.example"), Affinity { percent: 85, records: near })]);
    let records = BTreeMap::from([
        (n("corp.example"), record(Data::Txt(vec!["apex".to_owned()]))),
        (n("db.corp.example"), record(Data::A(Ipv4Addr::new(10, 0, 9, 9)))),
        (n("nlb.corp.example"), [address(1), address(2)].concat()),
        (n("alias.corp.example"), record(Data::Cname(n("DB.corp.example")))),
        (n("away.corp.example"), record(Data::Cname(n("www.example.net")))),
        (n("circle.corp.example"), record(Data::Cname(n("circle.corp.example")))),
        (n("inside.corp.example"), record(Data::Cname(n("ip-10-0-0-7.ec2.internal")))),
        (
            n("_http._tcp.deep.corp.example"),
            record(Data::Srv { priority: 1, weight: 2, port: 80, target: n("db.corp.example") }),
        ),
    ]);
    View {
        blocks: vec!["10.0.0.0/16".parse().expect("a block"), "10.1.16.0/20".parse().expect("a block")],
        names: Names {
            private: "ec2.internal".to_owned(),
            public: Some("compute-1.amazonaws.com".to_owned()),
        },
        public: BTreeMap::from([(Ipv4Addr::new(198, 18, 0, 9), Ipv4Addr::new(10, 0, 0, 5))]),
        zones: Zones {
            zones: BTreeMap::from([(n("corp.example"), Zone { records, affinities, negative_ttl_s: 20 })]),
        },
        availability_zones: [("10.0.16.0/20", "eu-west-1a"), ("10.0.32.0/20", "eu-west-1c")]
            .map(|(block, zone)| (block.parse().expect("a block"), zone.to_owned()))
            .to_vec(),
    }
}

fn question(text: &str) -> Query {
    let (name, kind) = text.split_once(' ').expect("a name and a type");
    Query::query(self::name(name).expect("a name"), kind.parse().expect("a type"))
}

fn shown(answer: &Answer) -> String {
    match answer {
        Answer::Ask { aliases, question } => {
            let aliases: Vec<String> = aliases.iter().map(|r| format!("{r}; ")).collect();
            format!("{}ask {} {}", aliases.concat(), question.name, question.query_type)
        }
        Answer::Known(reply) => {
            let answers: Vec<String> = reply.answers.iter().map(|r| r.to_string()).collect();
            let authority = reply.authorities.iter().map(|r| format!(" [{} {}]", r.name, r.ttl));
            let code = match reply.code {
                ResponseCode::NoError => "",
                ResponseCode::NXDomain => "NXDOMAIN",
                ResponseCode::Refused => "REFUSED",
                ResponseCode::ServFail => "SERVFAIL",
                _ => "?",
            };
            format!("{code}{}{}", answers.join("; "), authority.collect::<String>())
        }
    }
}

#[test]
fn a_vpc_knows_its_own_names() {
    let cases = [
        ("ip-10-0-0-5.ec2.internal A", "ip-10-0-0-5.ec2.internal. 60 IN A 10.0.0.5"),
        ("IP-10-0-0-5.EC2.Internal A", "IP-10-0-0-5.EC2.Internal. 60 IN A 10.0.0.5"),
        ("ip-10-1-31-255.ec2.internal A", "ip-10-1-31-255.ec2.internal. 60 IN A 10.1.31.255"),
        ("ip-10-0-0-5.ec2.internal AAAA", " [ec2.internal. 60]"),
        ("ip-10-1-32-0.ec2.internal A", "NXDOMAIN [ec2.internal. 60]"),
        ("ip-10-0-0-05.ec2.internal A", "NXDOMAIN [ec2.internal. 60]"),
        ("ip-10-0-0-256.ec2.internal A", "NXDOMAIN [ec2.internal. 60]"),
        ("ip-10-0-0-5-6.ec2.internal A", "NXDOMAIN [ec2.internal. 60]"),
        ("a.ip-10-0-0-5.ec2.internal A", "NXDOMAIN [ec2.internal. 60]"),
        ("ec2.internal A", " [ec2.internal. 60]"),
        (
            "ec2.internal SOA",
            "ec2.internal. 60 IN SOA ns.ec2.internal. hostmaster.ec2.internal. 1 7200 900 1209600 60",
        ),
        ("internal A", "ask internal. A"),
        ("ip-10-0-0-5.eu-west-1.compute.internal A", "ask ip-10-0-0-5.eu-west-1.compute.internal. A"),
        ("5.0.0.10.in-addr.arpa PTR", "5.0.0.10.in-addr.arpa. 60 IN PTR ip-10-0-0-5.ec2.internal."),
        ("5.0.0.10.IN-ADDR.ARPA A", " [0.10.in-addr.arpa. 60]"),
        ("0.10.in-addr.arpa PTR", " [0.10.in-addr.arpa. 60]"),
        ("7.0.10.in-addr.arpa PTR", " [0.10.in-addr.arpa. 60]"),
        ("10.in-addr.arpa PTR", "ask 10.in-addr.arpa. PTR"),
        ("1.16.1.10.in-addr.arpa PTR", "1.16.1.10.in-addr.arpa. 60 IN PTR ip-10-1-16-1.ec2.internal."),
        ("1.15.1.10.in-addr.arpa PTR", "ask 1.15.1.10.in-addr.arpa. PTR"),
        ("1.2.3.4.5.in-addr.arpa PTR", "ask 1.2.3.4.5.in-addr.arpa. PTR"),
        (
            "ec2-198-18-0-9.compute-1.amazonaws.com A",
            "ec2-198-18-0-9.compute-1.amazonaws.com. 60 IN A 10.0.0.5",
        ),
        ("ec2-198-18-0-9.compute-1.amazonaws.com AAAA", " [compute-1.amazonaws.com. 60]"),
        ("ec2-198-18-0-8.compute-1.amazonaws.com A", "ask ec2-198-18-0-8.compute-1.amazonaws.com. A"),
        ("example.net MX", "ask example.net. MX"),
        ("example.net AXFR", "REFUSED"),
        (". NS", "ask . NS"),
    ];
    for (asked, expected) in cases {
        assert_eq!(shown(&view().answer(&question(asked), SOMEBODY, 0)), expected, "{asked}");
    }
    let mut chaos = question("version.bind TXT");
    chaos.set_query_class(DNSClass::CH);
    assert_eq!(shown(&view().answer(&chaos, SOMEBODY, 0)), "REFUSED");
    let unnamed = View { names: Names { public: None, ..view().names }, ..view() };
    let asked = "ec2-198-18-0-9.compute-1.amazonaws.com A";
    assert_eq!(
        shown(&unnamed.answer(&question(asked), SOMEBODY, 0)),
        format!("ask {}", asked.replace(" A", ". A"))
    );
}

#[test]
fn zones_answer_before_others() {
    let cases = [
        ("db.corp.example A", "db.corp.example. 15 IN A 10.0.9.9"),
        ("db.corp.example AAAA", " [corp.example. 20]"),
        ("nobody.corp.example A", "NXDOMAIN [corp.example. 20]"),
        // Between the apex and a name with records.
        ("deep.corp.example A", " [corp.example. 20]"),
        ("_tcp.deep.corp.example A", " [corp.example. 20]"),
        ("eep.corp.example A", "NXDOMAIN [corp.example. 20]"),
        (
            "_http._tcp.deep.corp.example SRV",
            "_http._tcp.deep.corp.example. 15 IN SRV 1 2 80 db.corp.example.",
        ),
        ("corp.example TXT", "corp.example. 15 IN TXT apex"),
        ("corp.example A", " [corp.example. 20]"),
        (
            "alias.corp.example A",
            "alias.corp.example. 15 IN CNAME DB.corp.example.; DB.corp.example. 15 IN A 10.0.9.9",
        ),
        ("alias.corp.example CNAME", "alias.corp.example. 15 IN CNAME DB.corp.example."),
        ("alias.corp.example AAAA", "alias.corp.example. 15 IN CNAME DB.corp.example. [corp.example. 20]"),
        (
            "inside.corp.example A",
            "inside.corp.example. 15 IN CNAME ip-10-0-0-7.ec2.internal.; ip-10-0-0-7.ec2.internal. 60 IN A 10.0.0.7",
        ),
        ("away.corp.example A", "away.corp.example. 15 IN CNAME www.example.net.; ask www.example.net. A"),
        ("circle.corp.example A", "SERVFAIL"),
        ("orp.example A", "ask orp.example. A"),
    ];
    for (asked, expected) in cases {
        assert_eq!(shown(&view().answer(&question(asked), SOMEBODY, 0)), expected, "{asked}");
    }
}

#[test]
fn who_asks_is_led_to_his_own_availability_zone() {
    let (one, all) = (
        "nlb.corp.example. 15 IN A 10.0.8.1",
        "nlb.corp.example. 15 IN A 10.0.8.1; nlb.corp.example. 15 IN A 10.0.8.2",
    );
    let cases = [
        ("10.0.16.7", 0, one),
        ("10.0.31.7", 84, one),
        // By lot.
        ("10.0.16.7", 85, all),
        ("10.0.16.7", 99, all),
        // A zone in which it is not, and no subnet.
        ("10.0.32.7", 0, all),
        ("10.1.16.7", 0, all),
        ("::1", 0, all),
    ];
    for (source, draw, expected) in cases {
        let source = source.parse().expect("an address");
        assert_eq!(
            shown(&view().answer(&question("NLB.corp.example A"), source, draw)).to_ascii_lowercase(),
            expected.to_ascii_lowercase(),
            "{source} {draw}"
        );
    }
    let near = "10.0.16.7".parse().expect("an address");
    assert_eq!(shown(&view().answer(&question("nlb.corp.example AAAA"), near, 0)), " [corp.example. 20]");
}

#[test]
fn only_the_vpc_is_served() {
    for (source, served) in
        [("10.0.0.5", true), ("10.1.16.9", true), ("10.1.0.9", false), ("127.0.0.1", false), ("::1", false)]
    {
        assert_eq!(view().serves(source.parse().expect("an address")), served, "{source}");
    }
}

pub(super) fn query(name: &str, kind: RecordType, payload: Option<u16>) -> Message {
    let mut message = Message::new(4711, MessageType::Query, OpCode::Query);
    message.metadata.recursion_desired = true;
    message.add_query(Query::query(self::name(name).expect("a name"), kind));
    if let Some(payload) = payload {
        let mut edns = Edns::new();
        edns.set_max_payload(payload);
        message.set_edns(edns);
    }
    message
}

fn many(count: u8) -> Reply {
    let owner: Name = name("many.example").expect("a name");
    let record = |n: u8| {
        let address = hickory_proto::rr::rdata::A(Ipv4Addr::new(192, 0, 2, n));
        hickory_proto::rr::Record::from_rdata(owner.clone(), 5, hickory_proto::rr::RData::A(address))
    };
    Reply { answers: (0..count).map(record).collect(), ..Reply::of(ResponseCode::NoError) }
}

#[test]
fn answers_fit_what_the_client_takes() {
    // 16 bytes each, after 12 for the head and 18 for the question.
    let cases = [
        (None, 20, false, false),
        (None, 40, false, true),
        (Some(1232), 40, false, false),
        (Some(100), 20, false, false),
        (Some(700), 60, false, true),
        (None, 200, true, false),
    ];
    for (payload, count, over_tcp, truncated) in cases {
        let asked = query("many.example", RecordType::A, payload).to_vec().expect("bytes");
        let request = message::read(&asked).expect("a question");
        let reply = many(count);
        let bytes = if over_tcp { request.stream(&reply) } else { request.datagram(&reply) };
        let bytes = bytes.expect("an answer");
        let case = format!("{payload:?} {count} {over_tcp}");
        if !over_tcp {
            assert!(bytes.len() <= usize::from(payload.unwrap_or(512).max(512)), "{case}");
        }
        let answer = Message::from_vec(&bytes).expect("an answer");
        assert_eq!(answer.metadata.truncation, truncated, "{case}");
        assert_eq!(answer.answers.len(), if truncated { 0 } else { count.into() }, "{case}");
        assert_eq!(answer.edns.is_some(), payload.is_some(), "{case}");
        assert_eq!(answer.metadata.id, 4711);
        assert!(answer.metadata.recursion_available && answer.metadata.recursion_desired);
    }
}

#[test]
fn what_is_no_question_is_refused_or_dropped() {
    let refused = |message: &Message| {
        let refusal = message::read(&message.to_vec().expect("bytes")).expect_err("it is refused")?;
        Some(u16::from(Message::from_vec(&refusal).expect("a refusal").metadata.response_code))
    };
    let ask = || query("example.com", RecordType::A, Some(1232));
    let mut response = ask();
    response.metadata.message_type = MessageType::Response;
    assert_eq!(refused(&response), None);
    let mut notify = ask();
    notify.metadata.op_code = OpCode::Notify;
    assert_eq!(refused(&notify), Some(ResponseCode::NotImp.into()));
    let mut two = ask();
    two.add_query(question("example.net A"));
    assert_eq!(refused(&two), Some(ResponseCode::FormErr.into()));
    let mut newer = ask();
    newer.edns.as_mut().expect("it has some").set_version(1);
    assert_eq!(refused(&newer), Some(ResponseCode::BADVERS.into()));
    let whole = ask().to_vec().expect("bytes");
    let cut = message::read(&whole[..whole.len() - 3]).expect_err("cut off").expect("a refusal");
    assert_eq!(Message::from_vec(&cut).expect("it").metadata.response_code, ResponseCode::FormErr);
    assert_eq!(message::read(&whole[..11]).expect_err("no head"), None);
    assert_eq!(message::read(&vec![0; message::MAX_QUERY_BYTES + 1]).expect_err("too long"), None);
}

proptest::proptest! {
    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..600)) {
        if let Ok(request) = message::read(&bytes) && let Answer::Known(reply) = view().answer(&request.question, SOMEBODY, 0) {
            let written = request.datagram(&reply).expect("an answer");
            Message::from_vec(&written).expect("a message");
        }
    }
}
