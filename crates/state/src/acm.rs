//! The table of Certificate Manager, and the look-up that every service which presents a certificate needs.

use crate::{Entries, Index, Record, Source, TableDef, Version};
use model::acm::Certificate;
use model::ids::CertificateArn;
use std::sync::Arc;

/// Scope; in the order of ARNs.
pub const BY_SCOPE: Index<Certificate> = Index::new("by_scope");

/// The tables of Certificate Manager.
pub const TABLES: &[TableDef] = &[TableDef::of::<Certificate>()];

impl Version for Certificate {}

impl Record for Certificate {
    const TABLE: &'static str = "acm.certificate";

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
    }
}

/// The certificate of an ARN.
pub fn certificate(from: &impl Source, arn: &CertificateArn) -> Option<Arc<Certificate>> {
    from.get::<Certificate>(arn.as_str())
}
