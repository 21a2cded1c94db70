//! Operations of AWS Certificate Manager.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use std::sync::Arc;

use super::{errors::Error, schema as s, shapes::*};
use crate::{Operation, Service, Unit};

/// AWS Certificate Manager. An operation that is not overridden answers that it is not implemented.
pub trait Acm<C: Sync>: Send + Sync + 'static {
    /// `AddTagsToCertificate`.
    fn add_tags_to_certificate(
        &self,
        cx: &C,
        input: AddTagsToCertificateRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AddTagsToCertificate")))
    }

    /// `DeleteCertificate`.
    fn delete_certificate(
        &self,
        cx: &C,
        input: DeleteCertificateRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteCertificate")))
    }

    /// `DescribeCertificate`.
    fn describe_certificate(
        &self,
        cx: &C,
        input: DescribeCertificateRequest,
    ) -> impl Future<Output = Result<DescribeCertificateResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeCertificate")))
    }

    /// `GetCertificate`.
    fn get_certificate(
        &self,
        cx: &C,
        input: GetCertificateRequest,
    ) -> impl Future<Output = Result<GetCertificateResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("GetCertificate")))
    }

    /// `ImportCertificate`.
    fn import_certificate(
        &self,
        cx: &C,
        input: ImportCertificateRequest,
    ) -> impl Future<Output = Result<ImportCertificateResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ImportCertificate")))
    }

    /// `ListCertificates`.
    fn list_certificates(
        &self,
        cx: &C,
        input: ListCertificatesRequest,
    ) -> impl Future<Output = Result<ListCertificatesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListCertificates")))
    }

    /// `ListTagsForCertificate`.
    fn list_tags_for_certificate(
        &self,
        cx: &C,
        input: ListTagsForCertificateRequest,
    ) -> impl Future<Output = Result<ListTagsForCertificateResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListTagsForCertificate")))
    }

    /// `RemoveTagsFromCertificate`.
    fn remove_tags_from_certificate(
        &self,
        cx: &C,
        input: RemoveTagsFromCertificateRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("RemoveTagsFromCertificate")))
    }

    /// `RequestCertificate`.
    fn request_certificate(
        &self,
        cx: &C,
        input: RequestCertificateRequest,
    ) -> impl Future<Output = Result<RequestCertificateResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("RequestCertificate")))
    }
}

/// The service as `front` calls it.
pub fn service<C: Sync + 'static, S: Acm<C>>(implementation: Arc<S>) -> Service<C> {
    Service::new(
        &s::SERVICE_SCHEMA,
        vec![
            Operation::new(
                &s::ADD_TAGS_TO_CERTIFICATE_OPERATION,
                "acm:AddTagsToCertificate",
                "{CertificateArn}",
                &implementation,
                |i: &S, cx, input: AddTagsToCertificateRequest| {
                    Box::pin(i.add_tags_to_certificate(cx, input))
                },
            ),
            Operation::new(
                &s::DELETE_CERTIFICATE_OPERATION,
                "acm:DeleteCertificate",
                "{CertificateArn}",
                &implementation,
                |i: &S, cx, input: DeleteCertificateRequest| Box::pin(i.delete_certificate(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_CERTIFICATE_OPERATION,
                "acm:DescribeCertificate",
                "{CertificateArn}",
                &implementation,
                |i: &S, cx, input: DescribeCertificateRequest| Box::pin(i.describe_certificate(cx, input)),
            ),
            Operation::new(
                &s::GET_CERTIFICATE_OPERATION,
                "acm:GetCertificate",
                "{CertificateArn}",
                &implementation,
                |i: &S, cx, input: GetCertificateRequest| Box::pin(i.get_certificate(cx, input)),
            ),
            Operation::new(
                &s::IMPORT_CERTIFICATE_OPERATION,
                "acm:ImportCertificate",
                "arn:{partition}:acm:{region}:{account}:certificate/*",
                &implementation,
                |i: &S, cx, input: ImportCertificateRequest| Box::pin(i.import_certificate(cx, input)),
            ),
            Operation::new(
                &s::LIST_CERTIFICATES_OPERATION,
                "acm:ListCertificates",
                "*",
                &implementation,
                |i: &S, cx, input: ListCertificatesRequest| Box::pin(i.list_certificates(cx, input)),
            ),
            Operation::new(
                &s::LIST_TAGS_FOR_CERTIFICATE_OPERATION,
                "acm:ListTagsForCertificate",
                "{CertificateArn}",
                &implementation,
                |i: &S, cx, input: ListTagsForCertificateRequest| {
                    Box::pin(i.list_tags_for_certificate(cx, input))
                },
            ),
            Operation::new(
                &s::REMOVE_TAGS_FROM_CERTIFICATE_OPERATION,
                "acm:RemoveTagsFromCertificate",
                "{CertificateArn}",
                &implementation,
                |i: &S, cx, input: RemoveTagsFromCertificateRequest| {
                    Box::pin(i.remove_tags_from_certificate(cx, input))
                },
            ),
            Operation::new(
                &s::REQUEST_CERTIFICATE_OPERATION,
                "acm:RequestCertificate",
                "arn:{partition}:acm:{region}:{account}:certificate/*",
                &implementation,
                |i: &S, cx, input: RequestCertificateRequest| Box::pin(i.request_certificate(cx, input)),
            ),
        ],
    )
}
