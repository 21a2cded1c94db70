//! Tags of certificates.

use super::certificate::find;
use crate::errors::settle;
use crate::service::Acm;
use ::api::Unit;
use ::api::acm::{
    self as a, AddTagsToCertificateRequest, Error, ListTagsForCertificateRequest,
    ListTagsForCertificateResponse, RemoveTagsFromCertificateRequest,
};
use auth::Cx;
use model::Tag;
use model::acm::Certificate;

/// Tags of one certificate.
const MOST: usize = 50;

/// Tags as they were sent, checked.
pub(super) fn read(given: Option<&[a::Tag]>) -> Result<Vec<Tag>, Error> {
    let given = given.unwrap_or_default();
    let tags: Vec<Tag> =
        given.iter().map(|tag| Tag::new(tag.key.clone(), tag.value.clone().unwrap_or_default())).collect();
    for (index, tag) in tags.iter().enumerate() {
        if tag.key.to_ascii_lowercase().starts_with("aws:") {
            return Err(Error::invalid_tag("Tag keys cannot begin with 'aws:'."));
        }
        if tags[..index].iter().any(|before| before.key == tag.key) {
            return Err(Error::invalid_tag(format!("Tag key '{}' was specified more than once.", tag.key)));
        }
    }
    Ok(tags)
}

pub(crate) async fn add_tags_to_certificate(
    acm: &Acm,
    cx: &Cx,
    input: AddTagsToCertificateRequest,
) -> Result<Unit, Error> {
    let new = read(Some(&input.tags))?;
    let changed = acm.state.update(|tx| {
        let mut certificate = Certificate::clone(&*find(tx, cx, &input.certificate_arn)?);
        model::tag::merge(&mut certificate.tags, new.clone());
        if certificate.tags.len() > MOST {
            return Err(Error::too_many_tags(format!("A certificate can have up to {MOST} tags.")));
        }
        tx.put(certificate);
        Ok(())
    });
    settle(changed.await)?;
    Ok(Unit {})
}

/// A tag that is named with a value goes only where it has that value.
pub(crate) async fn remove_tags_from_certificate(
    acm: &Acm,
    cx: &Cx,
    input: RemoveTagsFromCertificateRequest,
) -> Result<Unit, Error> {
    let named = |tag: &Tag| {
        input
            .tags
            .iter()
            .any(|named| named.key == tag.key && named.value.as_ref().is_none_or(|v| *v == tag.value))
    };
    let changed = acm.state.update(|tx| {
        let mut certificate = Certificate::clone(&*find(tx, cx, &input.certificate_arn)?);
        certificate.tags.retain(|tag| !named(tag));
        tx.put(certificate);
        Ok(())
    });
    settle(changed.await)?;
    Ok(Unit {})
}

pub(crate) async fn list_tags_for_certificate(
    acm: &Acm,
    cx: &Cx,
    input: ListTagsForCertificateRequest,
) -> Result<ListTagsForCertificateResponse, Error> {
    let found = find(&acm.state.snapshot(), cx, &input.certificate_arn)?;
    let tags = found.tags.iter().map(|tag| a::Tag { key: tag.key.clone(), value: Some(tag.value.clone()) });
    Ok(ListTagsForCertificateResponse { tags: Some(tags.collect()) })
}
