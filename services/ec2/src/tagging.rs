//! Tags: the rules that AWS has for them, and `TagSpecifications` of what is being made.

use crate::errors::invalid;
use api::ec2::{Error, TagSpecification};
use model::Tag;

/// "Maximum number of tags per resource", Amazon EC2 user guide, 2025.
const MOST_TAGS: usize = 50;
const LONGEST_KEY: usize = 127;
const LONGEST_VALUE: usize = 255;

/// The tags of a resource of `kind` that is being made.
pub(crate) fn of_new(kind: &str, given: Option<&[TagSpecification]>) -> Result<Vec<Tag>, Error> {
    let mut tags = Vec::new();
    for specification in given.unwrap_or_default() {
        let named = specification.resource_type.as_ref().map_or("", |t| t.as_str());
        if named != kind {
            return Err(Error::invalid_parameter_value(format!(
                "'{named}' is not a valid taggable resource type for this operation."
            )));
        }
        let new = read(specification.tags.as_deref().unwrap_or_default())?;
        if new.is_empty() {
            return Err(Error::invalid_parameter_value("Tag specification must have at least one tag"));
        }
        add(&mut tags, new)?;
    }
    Ok(tags)
}

/// Tags as they were sent, checked.
pub(crate) fn read(given: &[api::ec2::Tag]) -> Result<Vec<Tag>, Error> {
    let tags: Vec<Tag> = given
        .iter()
        .map(|tag| Tag::new(tag.key.clone().unwrap_or_default(), tag.value.clone().unwrap_or_default()))
        .collect();
    for (index, tag) in tags.iter().enumerate() {
        if tag.key.is_empty() {
            return Err(Error::invalid_parameter_value("Tag keys must not be empty."));
        }
        if tag.key.starts_with("aws:") {
            return Err(invalid(
                "key",
                &tag.key,
                "Tag keys starting with 'aws:' are reserved for internal use.",
            ));
        }
        if tag.key.chars().count() > LONGEST_KEY + 1 {
            return Err(Error::invalid_parameter_value(
                "Tag key exceeds the maximum length of 128 characters",
            ));
        }
        if tag.value.chars().count() > LONGEST_VALUE + 1 {
            return Err(Error::invalid_parameter_value(
                "Tag value exceeds the maximum length of 256 characters",
            ));
        }
        if tags[..index].iter().any(|before| before.key == tag.key) {
            return Err(Error::invalid_parameter_value(format!(
                "Duplicate tag key '{}' specified.",
                tag.key
            )));
        }
    }
    Ok(tags)
}

/// Puts tags over others, within the limit. Tags of AWS itself do not count.
pub(crate) fn add(tags: &mut Vec<Tag>, new: Vec<Tag>) -> Result<(), Error> {
    model::tag::merge(tags, new);
    if tags.iter().filter(|t| !t.key.starts_with("aws:")).count() > MOST_TAGS {
        return Err(Error::tag_limit_exceeded(
            "You have reached the maximum number of tags on the resource.",
        ));
    }
    Ok(())
}

/// Tags as they are shown.
pub(crate) fn shown(tags: &[Tag]) -> Option<Vec<api::ec2::Tag>> {
    let tags = tags.iter().map(|t| api::ec2::Tag { key: Some(t.key.clone()), value: Some(t.value.clone()) });
    Some(tags.collect())
}
