//! ec2Query: any form is read as an EC2 input or refused, and any reply to it is well formed.
#![no_main]

use api::ec2::AuthorizeSecurityGroupIngressRequest;
use libfuzzer_sys::fuzz_target;
use wire::{Protocol, codec, validate};

fuzz_target!(|body: &[u8]| {
    let codec = codec(Protocol::Ec2Query).expect("ec2Query is built");
    let operation = &api::ec2::schema::AUTHORIZE_SECURITY_GROUP_INGRESS_OPERATION;
    let (parts, ()) = http::Request::builder().method("POST").body(()).expect("a request").into_parts();
    let mut input = AuthorizeSecurityGroupIngressRequest::default();
    match codec.decode(operation, &parts, body, &mut input) {
        Ok(missing) => {
            let violations = validate::violations(&input, &missing);
            drop(validate::error(&api::ec2::schema::SERVICE_SCHEMA, &violations));
        }
        Err(error) => {
            let reply = codec.malformed(&error);
            let reply = codec.encode_error(Some(&api::ec2::schema::SERVICE_SCHEMA), &reply, "request");
            assert!(reply.status().is_client_error());
        }
    }
});
