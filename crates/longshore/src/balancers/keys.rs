//! What nodes that carry load balancers are told of this data directory's secrets.

use auth::MasterKey;
use model::acm::Certificate;
use model::balancer::Secret;
use model::elbv2::Authentication;
use model::ids::ListenerArn;
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
        hexadecimal(&self.master.derive("cookies of load balancers"))
    }

    fn signing_key(&self) -> Secret {
        let mut tries = (0_u32..).map(|n| self.master.derive(&format!("claims of load balancers {n}")));
        // A key of P-256 is less than the group's order, which begins with these bytes.
        let key = tries.find(|key| !key.starts_with(&[0xff; 4])).expect("one of many is less");
        hexadecimal(&key)
    }

    fn client_secret(&self, listener: &ListenerArn, authentication: &Authentication) -> Option<Secret> {
        elbv2::client_secret(&self.master, listener, authentication)
    }

    fn private_key(&self, certificate: &Certificate) -> Option<Secret> {
        acm::private_key(&self.master, certificate).map(|pem| Secret::new(pem.as_str()))
    }
}

fn hexadecimal(bytes: &[u8]) -> Secret {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        write!(text, "{byte:02x}").expect("a String takes everything");
    }
    Secret::new(text)
}
