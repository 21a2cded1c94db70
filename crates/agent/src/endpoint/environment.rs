//! The variables by which a container finds its endpoint.

/// What is told of the endpoint. `base` is `http://169.254.170.2`, or another address of the node's own network where that one is another node's.
pub(crate) fn variables(
    base: &str,
    endpoint_id: &str,
    credentials_id: Option<&str>,
) -> Vec<(String, String)> {
    let mut variables = vec![
        ("ECS_CONTAINER_METADATA_URI", format!("{base}/v3/{endpoint_id}")),
        ("ECS_CONTAINER_METADATA_URI_V4", format!("{base}/v4/{endpoint_id}")),
        ("ECS_AGENT_URI", format!("{base}/api/{endpoint_id}")),
    ];
    if let Some(id) = credentials_id {
        let path = format!("/v2/credentials/{id}");
        // SDKs know what a relative URI is relative to; a full one they take for loopback addresses only.
        variables.push(match base == super::host::USUAL {
            true => ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", path),
            false => ("AWS_CONTAINER_CREDENTIALS_FULL_URI", format!("{base}{path}")),
        });
    }
    variables.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_it_is() {
        let usual = variables("http://169.254.170.2", "i", Some("c"));
        let value = |all: &[(String, String)], name: &str| {
            all.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone())
        };
        assert_eq!(value(&usual, "ECS_CONTAINER_METADATA_URI_V4").unwrap(), "http://169.254.170.2/v4/i");
        assert_eq!(value(&usual, "ECS_CONTAINER_METADATA_URI").unwrap(), "http://169.254.170.2/v3/i");
        assert_eq!(value(&usual, "ECS_AGENT_URI").unwrap(), "http://169.254.170.2/api/i");
        assert_eq!(value(&usual, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").unwrap(), "/v2/credentials/c");
        let other = variables("http://127.0.0.1:4711", "i", Some("c"));
        assert_eq!(value(&other, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"), None);
        let full = value(&other, "AWS_CONTAINER_CREDENTIALS_FULL_URI").unwrap();
        assert_eq!(full, "http://127.0.0.1:4711/v2/credentials/c");
        assert_eq!(variables("http://169.254.170.2", "i", None).len(), 3);
    }
}
