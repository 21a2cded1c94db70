//! SigV4 verification through its public interface: against botocore, refusal by refusal, and against hostile input.

mod hostile;
mod refusals;
mod vectors;

use auth::sigv4::{Error, Expected, Request, Verifier};
use auth::{Credential, FixedCredentials, Identity, Principal, Secret};
use http::{HeaderMap, HeaderName, HeaderValue};
use model::Timestamp;
use model::ids::Scope;
use std::sync::Arc;

/// One request, owned, with what is needed to verify it.
#[derive(Clone, Debug)]
pub struct Sent {
    pub method: String,
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub service: String,
    pub region: String,
    pub now: Timestamp,
}

impl Sent {
    pub fn request(&self) -> Request<'_> {
        Request {
            method: &self.method,
            path: &self.path,
            query: Some(&self.query).filter(|query| !query.is_empty()).map(String::as_str),
            headers: &self.headers,
            authority: None,
            body: &self.body,
        }
    }

    pub fn verify(&self, verifier: &Verifier) -> Result<Arc<Credential>, Error> {
        let regions = [self.region.as_str()];
        verifier.verify(&self.request(), Expected { service: &self.service, regions: &regions }, self.now)
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.headers.insert(
            name.parse::<HeaderName>().expect("a header name"),
            HeaderValue::from_str(value).expect("a value"),
        );
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).expect("it has the header").to_str().expect("it is text")
    }
}

pub const KEY: &str = "AKIDEXAMPLE";
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

pub fn verifier(token: Option<&str>, expires: Option<Timestamp>) -> Verifier {
    let principal =
        Principal::new(&Scope::new("us-east-1", "000000000000"), Identity::AccountRoot, Some(KEY.into()));
    let credential =
        Credential { secret: Secret::new(SECRET), session_token: token.map(Secret::new), expires, principal };
    Verifier::new(Arc::new(FixedCredentials::default().with(KEY, credential)))
}
