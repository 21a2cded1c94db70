//! The service: what its handlers share, and the table of its operations.

use crate::api as handlers;
use ::api::Unit;
use ::api::acm::*;
use auth::Cx;
use auth::envelope::MasterKey;
use state::State;
use std::sync::Arc;

/// Certificate Manager. Its tables are [`state::acm::TABLES`]; whether a certificate is in use it reads in those of the load balancers.
pub struct Acm {
    pub(crate) state: State,
    pub(crate) key: Arc<MasterKey>,
}

impl Acm {
    /// `key` seals the private keys.
    pub fn new(state: State, key: Arc<MasterKey>) -> Self {
        Self { state, key }
    }
}

/// One line per operation: each is a function of the noun's module.
macro_rules! operations {
    ($($operation:ident($input:ty) -> $output:ty = $noun:ident;)+) => {
        impl Acm_<Cx> for Acm {
            $(async fn $operation(&self, cx: &Cx, input: $input) -> Result<$output, Error> {
                handlers::$noun::$operation(self, cx, input).await
            })+
        }
    };
}

use ::api::acm::Acm as Acm_;

operations! {
    import_certificate(ImportCertificateRequest) -> ImportCertificateResponse = import;

    describe_certificate(DescribeCertificateRequest) -> DescribeCertificateResponse = certificate;
    get_certificate(GetCertificateRequest) -> GetCertificateResponse = certificate;
    list_certificates(ListCertificatesRequest) -> ListCertificatesResponse = certificate;
    delete_certificate(DeleteCertificateRequest) -> Unit = certificate;

    add_tags_to_certificate(AddTagsToCertificateRequest) -> Unit = tag;
    remove_tags_from_certificate(RemoveTagsFromCertificateRequest) -> Unit = tag;
    list_tags_for_certificate(ListTagsForCertificateRequest) -> ListTagsForCertificateResponse = tag;
}
