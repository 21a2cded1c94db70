//! Certificates of listeners: the default one is given with the listener, more are added here and chosen by the name that a client asks for.

use crate::errors::{self, validation};
use crate::find;
use crate::service::Elbv2;
use ::api::elbv2::{
    AddListenerCertificatesInput, AddListenerCertificatesOutput, Certificate,
    DescribeListenerCertificatesInput, DescribeListenerCertificatesOutput, Error,
    RemoveListenerCertificatesInput, RemoveListenerCertificatesOutput,
};
use auth::Cx;
use model::elbv2::Listener;
use model::ids::CertificateArn;
use state::elbv2::listener;
use state::{Source, Tx};

/// Certificates of one load balancer, default ones not counted. Source: "Quotas for your Application Load Balancers", 2025.
pub(crate) const MOST: usize = 25;

/// The ARN of a certificate that there is.
pub(super) fn find(from: &impl Source, cx: &Cx, arn: Option<&str>) -> Result<CertificateArn, Error> {
    let text = arn.ok_or_else(|| validation("A certificate ARN must be specified"))?;
    let shown = || text.chars().take(256).collect::<String>();
    let arn: CertificateArn = text.parse().map_err(|_| errors::no_certificate(shown()))?;
    let known = state::acm::certificate(from, &arn).filter(|_| arn.scope() == cx.scope);
    known.map(|_| arn).ok_or_else(|| errors::no_certificate(shown()))
}

/// The one certificate of a request.
fn only(given: &[Certificate]) -> Result<&str, Error> {
    let [only] = given else { return Err(validation("You must specify exactly one certificate")) };
    if only.is_default.is_some() {
        return Err(validation("IsDefault cannot be specified for a certificate of the certificate list"));
    }
    only.certificate_arn.as_deref().ok_or_else(|| validation("A certificate ARN must be specified"))
}

fn secure(from: &Tx<'_>, cx: &Cx, arn: &str) -> Result<std::sync::Arc<Listener>, Error> {
    let listener = find::listener(from, cx, arn)?;
    match listener.protocol.has_tls() {
        true => Ok(listener),
        false => {
            Err(validation(format!("A certificate cannot be specified for {} listeners", listener.protocol)))
        }
    }
}

pub(crate) async fn add_listener_certificates(
    elbv2: &Elbv2,
    cx: &Cx,
    input: AddListenerCertificatesInput,
) -> Result<AddListenerCertificatesOutput, Error> {
    let given = only(&input.certificates)?;
    let arn = elbv2
        .change(cx, |tx, _| {
            let listener = secure(tx, cx, &input.listener_arn)?;
            let arn = find(tx, cx, Some(given))?;
            if listener.certificates.contains(&arn) {
                return Ok(arn);
            }
            let others = tx.by_index(listener::BY_LOAD_BALANCER, &listener.load_balancer);
            if others.map(|listener| listener.certificates.len()).sum::<usize>() >= MOST {
                return Err(Error::too_many_certificates(
                    "You've reached the limit on the number of certificates per load balancer",
                ));
            }
            tx.modify::<Listener>(&listener.arn, |listener| listener.certificates.push(arn.clone()));
            Ok(arn)
        })
        .await?;
    let certificate = Certificate { certificate_arn: Some(arn.to_string()), is_default: Some(false) };
    Ok(AddListenerCertificatesOutput { certificates: Some(vec![certificate]) })
}

pub(crate) async fn remove_listener_certificates(
    elbv2: &Elbv2,
    cx: &Cx,
    input: RemoveListenerCertificatesInput,
) -> Result<RemoveListenerCertificatesOutput, Error> {
    let given = only(&input.certificates)?;
    elbv2
        .change(cx, |tx, _| {
            let listener = secure(tx, cx, &input.listener_arn)?;
            let listed = listener.certificates.iter().any(|arn| arn.as_str() == given);
            if !listed && listener.default_certificate.as_ref().is_some_and(|arn| arn.as_str() == given) {
                return Err(Error::operation_not_permitted(
                    "The default certificate of a listener cannot be removed",
                ));
            }
            tx.modify::<Listener>(&listener.arn, |listener| {
                listener.certificates.retain(|arn| arn.as_str() != given)
            });
            Ok(())
        })
        .await?;
    Ok(RemoveListenerCertificatesOutput {})
}

pub(crate) async fn describe_listener_certificates(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DescribeListenerCertificatesInput,
) -> Result<DescribeListenerCertificatesOutput, Error> {
    let listener = find::listener(&elbv2.state.snapshot(), cx, &input.listener_arn)?;
    // The default one stands first, and once more where it is in the list too.
    let default = listener.default_certificate.iter().map(|arn| (0, arn));
    let all = default.chain(listener.certificates.iter().map(|arn| (1, arn)));
    let mut all: Vec<(u8, CertificateArn)> = all.map(|(rank, arn)| (rank, arn.clone())).collect();
    all.sort();
    let key = |(rank, arn): &(u8, CertificateArn)| format!("{rank}{arn}");
    let page = crate::page::of(all.into_iter(), key, input.marker.as_deref(), input.page_size)?;
    let shown = page.items.iter().map(|(rank, arn)| Certificate {
        certificate_arn: Some(arn.to_string()),
        is_default: Some(*rank == 0),
    });
    Ok(DescribeListenerCertificatesOutput { certificates: Some(shown.collect()), next_marker: page.marker })
}
