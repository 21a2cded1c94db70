//! Questions to a VPC's name server: whatever arrives is answered, refused or dropped, and what is answered fits and reads back.
#![no_main]

use dns::{Answer, View, Zones};
use model::fabric::Names;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let view = View {
        blocks: vec!["10.0.0.0/16".parse().expect("a block")],
        names: Names {
            private: "ec2.internal".to_owned(),
            public: Some("compute-1.amazonaws.com".to_owned()),
        },
        public: BTreeMap::from([(Ipv4Addr::new(198, 18, 0, 9), Ipv4Addr::new(10, 0, 0, 5))]),
        zones: Zones::default(),
        availability_zones: Vec::new(),
    };
    match dns::read(bytes) {
        Ok(request) => {
            if let Answer::Known(reply) = view.answer(&request.question, Ipv4Addr::new(10, 0, 0, 5).into(), 0) {
                let written = request.datagram(&reply).expect("an answer");
                assert!(written.len() <= 4096);
                // It is an answer, and answers are never answered.
                assert_eq!(dns::read(&written).err(), Some(None));
            }
        }
        Err(Some(refusal)) => assert_eq!(dns::read(&refusal).err(), Some(None)),
        Err(None) => {}
    }
});
