//! awsJson: any body is read as an ECS input or refused, validation copes with what was read, and what is read survives
//! being written and read again.
#![no_main]

use api::ecs::RegisterTaskDefinitionRequest;
use libfuzzer_sys::fuzz_target;
use wire::{Protocol, Structure, codec, validate};

fuzz_target!(|body: &[u8]| {
    let codec = codec(Protocol::AwsJson1_1).expect("awsJson is built");
    let operation = &api::ecs::schema::REGISTER_TASK_DEFINITION_OPERATION;
    let (parts, ()) = http::Request::new(()).into_parts();
    let mut input = RegisterTaskDefinitionRequest::default();
    let Ok(missing) = codec.decode(operation, &parts, body, &mut input) else { return };
    let violations = validate::violations(&input, &missing);
    assert!(violations.len() >= missing.len());
    let _ = validate::message(&violations);
    let (written, _) = codec.encode_event_payload(&input as &dyn Structure);
    let mut again = RegisterTaskDefinitionRequest::default();
    codec.decode(operation, &parts, &written, &mut again).expect("what is written is readable");
    assert_eq!(input, again);
});
