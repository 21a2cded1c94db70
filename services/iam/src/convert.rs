//! Records to shapes, in one place.

use ::api::Timestamp;
use ::api::iam as a;
use model::iam::{ManagedPolicy, PolicyVersion, Role};

/// A role as GetRole shows it.
pub(crate) fn role(role: &Role) -> a::Role {
    a::Role {
        tags: Some(tags(&role.tags)).filter(|tags| !tags.is_empty()),
        permissions_boundary: role.permissions_boundary.clone().map(|arn| a::AttachedPermissionsBoundary {
            permissions_boundary_type: Some(a::PermissionsBoundaryAttachmentType::PermissionsBoundaryPolicy),
            permissions_boundary_arn: Some(arn),
        }),
        // AWS differs: when a role was used last is not recorded; AWS shows nothing either where it does not know.
        role_last_used: Some(a::RoleLastUsed::default()),
        ..listed_role(role)
    }
}

/// A role as lists show it: without tags, boundary and last use.
pub(crate) fn listed_role(role: &Role) -> a::Role {
    a::Role {
        path: role.arn.path().to_owned(),
        role_name: role.arn.name().to_owned(),
        role_id: role.id.clone(),
        arn: role.arn.to_string(),
        create_date: instant(role.created_at),
        assume_role_policy_document: Some(encoded(&role.trust_policy)),
        description: role.description.clone(),
        max_session_duration: i32::try_from(role.max_session_s).ok(),
        ..a::Role::default()
    }
}

/// A managed policy; `attached` and `bounding` count the roles that have it.
pub(crate) fn policy(policy: &ManagedPolicy, attached: usize, bounding: usize) -> a::Policy {
    a::Policy {
        description: policy.description.clone(),
        tags: Some(tags(&policy.tags)).filter(|tags| !tags.is_empty()),
        ..listed_policy(policy, attached, bounding)
    }
}

/// A managed policy as lists show it: without description and tags.
pub(crate) fn listed_policy(policy: &ManagedPolicy, attached: usize, bounding: usize) -> a::Policy {
    let count = |n: usize| Some(i32::try_from(n).unwrap_or(i32::MAX));
    a::Policy {
        policy_name: Some(policy.name.clone()),
        policy_id: Some(policy.id.clone()),
        arn: Some(policy.arn()),
        path: Some(policy.path.clone()),
        default_version_id: Some(version_id(policy.default_version)),
        attachment_count: count(attached),
        permissions_boundary_usage_count: count(bounding),
        is_attachable: Some(true),
        create_date: Some(instant(policy.created_at)),
        update_date: Some(instant(policy.updated_at)),
        ..a::Policy::default()
    }
}

/// A version without its document.
pub(crate) fn version(policy: &ManagedPolicy, number: u32, version: &PolicyVersion) -> a::PolicyVersion {
    a::PolicyVersion {
        document: None,
        version_id: Some(version_id(number)),
        is_default_version: Some(policy.default_version == number),
        create_date: Some(instant(version.created_at)),
    }
}

pub(crate) fn version_id(number: u32) -> String {
    format!("v{number}")
}

pub(crate) fn tags(tags: &[model::Tag]) -> Vec<a::Tag> {
    tags.iter().map(|tag| a::Tag { key: tag.key.clone(), value: tag.value.clone() }).collect()
}

pub(crate) fn instant(at: model::Timestamp) -> Timestamp {
    Timestamp::from_epoch_ms(at.millis())
}

/// Documents are answered URL-encoded (RFC 3986).
pub(crate) fn encoded(document: &str) -> String {
    let mut out = String::with_capacity(document.len() * 2);
    for byte in document.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_encoded_to_the_last_byte() {
        assert_eq!(encoded("{\"a\": [\"b-c_d.e~\"]}ä"), "%7B%22a%22%3A%20%5B%22b-c_d.e~%22%5D%7D%C3%A4");
    }
}
