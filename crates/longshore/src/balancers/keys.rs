//! What nodes that carry load balancers are told of this data directory's secrets.

use auth::MasterKey;
use model::acm::Certificate;
use model::balancer::Secret;
use std::fmt::Write;
use std::sync::Arc;

pub struct Keys {
    master: Arc<MasterKey>,
}

impl Keys {
    pub fn new(master: Arc<MasterKey>) -> Self {
        Self { master }
    }
}

impl ecs::Keys for Keys {
    fn cookie_key(&self) -> Secret {
        let derived = self.master.derive("cookies of load balancers");
        let mut text = String::with_capacity(2 * derived.len());
        for byte in derived.iter() {
            write!(text, "{byte:02x}").expect("a String takes everything");
        }
        Secret::new(text)
    }

    fn private_key(&self, certificate: &Certificate) -> Option<Secret> {
        acm::private_key(&self.master, certificate).map(|pem| Secret::new(pem.as_str()))
    }
}
