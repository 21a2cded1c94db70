//! Certificates: described, given out, listed and deleted.

use crate::convert;
use crate::errors::{no_certificate, settle, validation};
use crate::service::Acm;
use ::api::Unit;
use ::api::acm::{
    CertificateStatus, DeleteCertificateRequest, DescribeCertificateRequest, DescribeCertificateResponse,
    Error, Filters, GetCertificateRequest, GetCertificateResponse, ListCertificatesRequest,
    ListCertificatesResponse, SortOrder,
};
use auth::Cx;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::acm::Certificate;
use model::elbv2::Listener;
use model::ids::CertificateArn;
use state::elbv2::listener;
use state::{Snapshot, Source};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a list has when it is not told how much: the most that it may be told.
const USUAL: usize = 1000;

/// The certificate of an ARN of the caller's account and region.
pub(super) fn find(from: &impl Source, cx: &Cx, text: &str) -> Result<Arc<Certificate>, Error> {
    let arn: CertificateArn = text
        .parse()
        .map_err(|_| Error::invalid_arn(format!("The ARN '{text}' is not a valid certificate ARN.")))?;
    let found = state::acm::certificate(from, &arn).filter(|certificate| certificate.scope == cx.scope);
    found.ok_or_else(|| no_certificate(text))
}

/// The load balancers that present a certificate.
pub(crate) fn users(from: &impl Source, certificate: &Certificate) -> BTreeSet<String> {
    let listeners = from.table::<Listener>().by_index(listener::BY_CERTIFICATE, &certificate.arn);
    listeners.map(|listener| listener.load_balancer.to_string()).collect()
}

pub(crate) async fn describe_certificate(
    acm: &Acm,
    cx: &Cx,
    input: DescribeCertificateRequest,
) -> Result<DescribeCertificateResponse, Error> {
    let snapshot = acm.state.snapshot();
    let certificate = find(&snapshot, cx, &input.certificate_arn)?;
    Ok(DescribeCertificateResponse { certificate: Some(convert::detail(&certificate, &snapshot, cx.now)) })
}

pub(crate) async fn get_certificate(
    acm: &Acm,
    cx: &Cx,
    input: GetCertificateRequest,
) -> Result<GetCertificateResponse, Error> {
    let found = find(&acm.state.snapshot(), cx, &input.certificate_arn)?;
    Ok(GetCertificateResponse {
        certificate: Some(found.certificate.clone()),
        certificate_chain: found.chain.clone(),
    })
}

pub(crate) async fn delete_certificate(
    acm: &Acm,
    cx: &Cx,
    input: DeleteCertificateRequest,
) -> Result<Unit, Error> {
    let deleted = acm.state.update(|tx| {
        let certificate = find(tx, cx, &input.certificate_arn)?;
        if !users(tx, &certificate).is_empty() {
            return Err(Error::resource_in_use(format!(
                "Certificate {} in account {} is in use.",
                certificate.arn, cx.scope.account
            )));
        }
        tx.delete::<Certificate>(&certificate.arn);
        Ok(())
    });
    settle(deleted.await)?;
    Ok(Unit {})
}

pub(crate) async fn list_certificates(
    acm: &Acm,
    cx: &Cx,
    input: ListCertificatesRequest,
) -> Result<ListCertificatesResponse, Error> {
    if input.sort_by.is_some() != input.sort_order.is_some() {
        return Err(validation("SortBy and SortOrder must be specified together."));
    }
    let snapshot = acm.state.snapshot();
    let mut found: Vec<&Arc<Certificate>> =
        snapshot.by_index(state::acm::BY_SCOPE, &cx.scope).filter(|c| fits(c, &input, cx)).collect();
    // Keys of pages are in the order of the list: what was made first, or the ARN.
    let sorted = input.sort_by.is_some();
    let key = |c: &Certificate| {
        if sorted { format!("{:020}{}", c.created_at.millis(), c.arn) } else { c.arn.to_string() }
    };
    found.sort_by_key(|certificate| key(certificate));
    let descending = input.sort_order == Some(SortOrder::Descending);
    if descending {
        found.reverse();
    }
    let after = input.next_token.as_deref().map(read).transpose()?;
    let most = input.max_items.and_then(|n| usize::try_from(n).ok()).unwrap_or(USUAL);
    let behind = |c: &&Arc<Certificate>| {
        after.as_ref().is_none_or(|after| if descending { key(c) < *after } else { key(c) > *after })
    };
    let mut page: Vec<&Arc<Certificate>> = found.into_iter().filter(behind).take(most + 1).collect();
    let more = page.len() > most;
    page.truncate(most);
    let next_token = page.last().filter(|_| more).map(|last| URL_SAFE_NO_PAD.encode(key(last)));
    let shown = page.iter().map(|certificate| convert::summary(certificate, &snapshot, cx.now)).collect();
    Ok(ListCertificatesResponse { next_token, certificate_summary_list: Some(shown) })
}

fn read(token: &str) -> Result<String, Error> {
    let text = URL_SAFE_NO_PAD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.filter(|key| !key.is_empty()).ok_or_else(|| Error::invalid_args("The next token is not valid."))
}

/// Whether a list of these filters has a certificate. Without a filter of keys it has those of RSA up to 2048 bits alone, as AWS's.
fn fits(certificate: &Certificate, input: &ListCertificatesRequest, cx: &Cx) -> bool {
    let usual = Filters::default();
    let filters = input.includes.as_ref().unwrap_or(&usual);
    let facts = &certificate.facts;
    let status = convert::status(certificate, cx.now);
    let of_status = |wanted: &Vec<CertificateStatus>| wanted.is_empty() || wanted.contains(&status);
    let origin = input.certificate_key_pair_origins.as_deref().unwrap_or_default();
    let key_type = convert::key_type(facts);
    let of_keys = match filters.key_types.as_deref().unwrap_or_default() {
        [] => matches!(key_type.as_str(), "RSA_1024" | "RSA_2048") && !facts.domain_name.is_empty(),
        wanted => wanted.iter().any(|wanted| wanted.as_str() == key_type),
    };
    let usages = filters.key_usage.as_deref().unwrap_or_default();
    let extended = filters.extended_key_usage.as_deref().unwrap_or_default();
    input.certificate_statuses.as_ref().is_none_or(of_status)
        && (origin.is_empty() || origin.iter().any(|origin| origin.as_str() == convert::ORIGIN))
        && of_keys
        && usages.iter().all(|usage| facts.key_usages.iter().any(|own| own == usage.as_str()))
        && extended.iter().all(|usage| match usage.as_str() {
            "NONE" => facts.extended_key_usages.is_empty(),
            usage => facts.extended_key_usages.iter().any(|(own, _)| own == usage),
        })
        // Imported ones are not exported and managed by nobody.
        && filters.export_option.as_ref().is_none_or(|option| option.as_str() == "DISABLED")
        && filters.managed_by.is_none()
}

/// The load balancers that present a certificate, for what is shown.
pub(crate) fn in_use_by(from: &Snapshot, certificate: &Certificate) -> Vec<String> {
    users(from, certificate).into_iter().collect()
}
