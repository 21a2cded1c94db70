//! Frames of ACS and TCS, both directions: whatever arrives is answered, and what is understood survives a round trip.
#![no_main]

use agent_protocol::connect::{AcsQuery, Refusal, TcsQuery};
use agent_protocol::{acs, tcs};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(message) = acs::FromBackend::decode(text) {
        assert_eq!(acs::FromBackend::decode(&message.encode()).expect("our own encoding is read"), message);
        if let acs::FromBackend::PayloadMessage(payload) = &message {
            for container in payload.tasks.iter().flat_map(|task| &task.containers) {
                let _ = container.parsed_overrides();
                if let Some(docker) = &container.docker_config {
                    let _ = (docker.parsed_config(), docker.parsed_host_config());
                }
            }
        }
    }
    if let Ok(message) = acs::FromAgent::decode(text) {
        assert_eq!(acs::FromAgent::decode(&message.encode()).expect("our own encoding is read"), message);
    }
    if let Ok((_, message)) = tcs::decode_prefixed(text) {
        assert_eq!(tcs::FromAgent::decode(&message.encode()).expect("our own encoding is read"), message);
    }
    let _ = tcs::FromBackend::decode(text);
    if let Some(query) = AcsQuery::decode(text) {
        assert_eq!(AcsQuery::decode(&query.encode()).as_ref(), Some(&query));
    }
    let _ = (TcsQuery::decode(text), Refusal::decode(text));
});
