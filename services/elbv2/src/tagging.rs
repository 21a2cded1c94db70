//! Tags: the rules that AWS has for them.

use crate::errors::validation;
use ::api::elbv2::{self as a, Error};
use model::Tag;

/// Tags of one resource.
const MOST: usize = 50;

/// Tags as they were sent, checked.
pub(crate) fn read(given: Option<&[a::Tag]>) -> Result<Vec<Tag>, Error> {
    let given = given.unwrap_or_default();
    let tags: Vec<Tag> =
        given.iter().map(|tag| Tag::new(tag.key.clone(), tag.value.clone().unwrap_or_default())).collect();
    for (index, tag) in tags.iter().enumerate() {
        if tag.key.to_ascii_lowercase().starts_with("aws:") {
            return Err(validation(format!("Tag key '{}' cannot begin with 'aws:'", tag.key)));
        }
        if tags[..index].iter().any(|before| before.key == tag.key) {
            return Err(Error::duplicate_tag_keys(format!(
                "Tag key was specified more than once: {}",
                tag.key
            )));
        }
    }
    check(&tags)?;
    Ok(tags)
}

/// Puts tags over others, within the limit.
pub(crate) fn add(tags: &mut Vec<Tag>, new: Vec<Tag>) -> Result<(), Error> {
    model::tag::merge(tags, new);
    check(tags)
}

fn check(tags: &[Tag]) -> Result<(), Error> {
    if tags.len() > MOST {
        return Err(Error::too_many_tags(
            "The quota for the number of tags that can be assigned to a load balancer has been reached",
        ));
    }
    Ok(())
}

pub(crate) fn shown(tags: &[Tag]) -> Vec<a::Tag> {
    tags.iter().map(|tag| a::Tag { key: tag.key.clone(), value: Some(tag.value.clone()) }).collect()
}

/// Whether two resources have the same tags, in whatever order.
pub(crate) fn same(one: &[Tag], other: &[Tag]) -> bool {
    one.len() == other.len() && one.iter().all(|tag| other.contains(tag))
}
