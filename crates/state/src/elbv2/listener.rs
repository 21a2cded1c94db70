//! Listeners, keyed by ARN.

use crate::{Entries, Index, Record, Version};
use model::elbv2::Listener;

/// Load balancer.
pub const BY_LOAD_BALANCER: Index<Listener> = Index::new("by_load_balancer");

/// A certificate that it has, as its default one or besides.
pub const BY_CERTIFICATE: Index<Listener> = Index::new("by_certificate");

impl Version for Listener {}

impl Record for Listener {
    const TABLE: &'static str = "elbv2.listener";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_LOAD_BALANCER, &self.load_balancer);
        for certificate in self.default_certificate.iter().chain(&self.certificates) {
            entries.add(BY_CERTIFICATE, certificate);
        }
    }
}
