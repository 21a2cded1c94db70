//! awsQuery: any form is read as an STS input or refused, and any reply to it is well formed.
#![no_main]

use api::sts::AssumeRoleRequest;
use libfuzzer_sys::fuzz_target;
use wire::{Protocol, codec, validate};

fuzz_target!(|body: &[u8]| {
    let codec = codec(Protocol::AwsQuery).expect("awsQuery is built");
    let operation = &api::sts::schema::ASSUME_ROLE_OPERATION;
    let (parts, ()) = http::Request::builder().method("POST").body(()).expect("a request").into_parts();
    let _ = wire::detect(&parts, body);
    let mut input = AssumeRoleRequest::default();
    match codec.decode(operation, &parts, body, &mut input) {
        Ok(missing) => drop(validate::message(&validate::violations(&input, &missing))),
        Err(error) => {
            let reply = codec.malformed(&error);
            let reply = codec.encode_error(Some(&api::sts::schema::SERVICE_SCHEMA), &reply, "request");
            assert!(reply.status().is_client_error());
        }
    }
});
