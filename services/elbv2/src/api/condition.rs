//! Conditions of rules. Source: "Condition types for listener rules", Application Load Balancers user guide, 2026; messages as observed.

use crate::errors::{configuration, unsupported, validation};
use ::api::elbv2::{self as a, Error};
use model::ec2::{IpBlock, Ipv4Block, Ipv6Block};
use model::elbv2::{Condition, Pair};
use std::net::IpAddr;

/// Of one rule, all conditions together. Source: "Quotas for your Application Load Balancers", 2025.
pub(crate) const MOST_VALUES: usize = 5;
pub(crate) const MOST_WILDCARDS: usize = 5;

const LONGEST: usize = 128;
const LONGEST_NAME: usize = 40;

const FIELDS: [&str; 6] =
    ["path-pattern", "host-header", "http-header", "http-request-method", "query-string", "source-ip"];

/// Conditions of a request.
pub(super) fn read(given: &[a::RuleCondition]) -> Result<Vec<Condition>, Error> {
    if given.is_empty() {
        return Err(validation("A condition must be specified"));
    }
    // Each has a value at least, so that this bounds what is looked at.
    if given.len() > MOST_VALUES {
        return Err(too_many("values", MOST_VALUES));
    }
    let conditions: Vec<Condition> = given.iter().map(condition).collect::<Result<_, _>>()?;
    for (field, once) in [
        ("host-header", conditions.iter().filter(|c| matches!(c, Condition::Host { .. })).count()),
        ("path-pattern", conditions.iter().filter(|c| matches!(c, Condition::Path { .. })).count()),
        ("http-request-method", conditions.iter().filter(|c| matches!(c, Condition::Method { .. })).count()),
        ("source-ip", conditions.iter().filter(|c| matches!(c, Condition::SourceIp { .. })).count()),
    ] {
        if once > 1 {
            return Err(configuration(format!("A rule can only have one '{field}' condition")));
        }
    }
    if conditions.iter().map(values).sum::<usize>() > MOST_VALUES {
        return Err(too_many("values", MOST_VALUES));
    }
    if conditions.iter().map(wildcards).sum::<usize>() > MOST_WILDCARDS {
        return Err(too_many("wildcards", MOST_WILDCARDS));
    }
    Ok(conditions)
}

fn too_many(what: &str, most: usize) -> Error {
    validation(format!("A rule can only have '{most}' condition {what}"))
}

fn values(condition: &Condition) -> usize {
    match condition {
        Condition::Host { values }
        | Condition::Path { values }
        | Condition::Header { values, .. }
        | Condition::Method { values } => values.len(),
        Condition::Query { values } => values.len(),
        Condition::SourceIp { values } => values.len(),
    }
}

fn wildcards(condition: &Condition) -> usize {
    let of = |text: &str| {
        let mut escaped = false;
        let wild = |c: char| {
            let is_wild = matches!(c, '*' | '?') && !escaped;
            escaped = c == '\\' && !escaped;
            is_wild
        };
        text.chars().map(wild).filter(|wild| *wild).count()
    };
    match condition {
        Condition::Host { values } | Condition::Path { values } | Condition::Header { values, .. } => {
            values.iter().map(|value| of(value)).sum()
        }
        Condition::Query { values } => {
            values.iter().map(|pair| of(&pair.value) + pair.key.as_deref().map_or(0, of)).sum()
        }
        Condition::Method { .. } | Condition::SourceIp { .. } => 0,
    }
}

fn condition(given: &a::RuleCondition) -> Result<Condition, Error> {
    let field = given.field.as_deref().unwrap_or_default();
    if !FIELDS.contains(&field) {
        let shown: String = field.chars().take(64).collect();
        return Err(validation(format!(
            "Condition field '{shown}' must be one of '[{}]'",
            FIELDS.join(", ")
        )));
    }
    refuse_regexes(given)?;
    if given.values.as_ref().is_some_and(|values| !values.is_empty())
        && !matches!(field, "host-header" | "path-pattern")
    {
        return Err(validation(format!("The 'Values' field is not compatible with '{field}'")));
    }
    for (config, of, there) in [
        ("HostHeaderConfig", "host-header", given.host_header_config.is_some()),
        ("PathPatternConfig", "path-pattern", given.path_pattern_config.is_some()),
        ("HttpHeaderConfig", "http-header", given.http_header_config.is_some()),
        ("HttpRequestMethodConfig", "http-request-method", given.http_request_method_config.is_some()),
        ("QueryStringConfig", "query-string", given.query_string_config.is_some()),
        ("SourceIpConfig", "source-ip", given.source_ip_config.is_some()),
    ] {
        if there && of != field {
            return Err(validation(format!(
                "You cannot provide '{config}' for a condition of type '{field}'"
            )));
        }
        if !there && of == field && !matches!(field, "host-header" | "path-pattern") {
            return Err(validation(format!("A '{config}' must be specified with '{field}'")));
        }
    }
    match field {
        "host-header" => {
            let config = given.host_header_config.as_ref().map(|c| c.values.as_deref().unwrap_or_default());
            let values = listed(field, "HostHeaderConfig", given.values.as_deref(), config, is_host)?;
            match values.iter().find(|value| !has_domain(value)) {
                // Not established: AWS's words.
                Some(value) => Err(validation(format!(
                    "The host-header value '{value}' must have at least one '.', and alphabetical characters only after the last one"
                ))),
                None => Ok(Condition::Host { values }),
            }
        }
        "path-pattern" => {
            let config = given.path_pattern_config.as_ref().map(|c| c.values.as_deref().unwrap_or_default());
            Ok(Condition::Path {
                values: listed(field, "PathPatternConfig", given.values.as_deref(), config, is_path)?,
            })
        }
        "http-header" => header(given),
        "http-request-method" => method(given),
        "query-string" => query(given),
        _ => source(given),
    }
}

fn refuse_regexes(given: &a::RuleCondition) -> Result<(), Error> {
    let there = |values: Option<&Vec<String>>| values.is_some_and(|values| !values.is_empty());
    let any = there(given.regex_values.as_ref())
        || there(given.host_header_config.as_ref().and_then(|c| c.regex_values.as_ref()))
        || there(given.path_pattern_config.as_ref().and_then(|c| c.regex_values.as_ref()))
        || there(given.http_header_config.as_ref().and_then(|c| c.regex_values.as_ref()));
    if any { Err(unsupported("regular expressions in conditions")) } else { Ok(()) }
}

/// The values of one of the two fields that have an old form too.
fn listed(
    field: &str,
    config_name: &str,
    old: Option<&[String]>,
    config: Option<&[String]>,
    is_good: fn(&str) -> bool,
) -> Result<Vec<String>, Error> {
    let old = old.unwrap_or_default();
    if !old.is_empty() && config.is_some() {
        return Err(validation(format!(
            "You cannot provide both Values and '{config_name}' for a condition of type '{field}'"
        )));
    }
    if old.len() > 1 {
        return Err(validation(format!("The '{field}' field contains too many values; the limit is '1'")));
    }
    let values = config.unwrap_or(old);
    if values.is_empty() {
        return Err(validation("A condition value must be specified"));
    }
    check_values(field, values, LONGEST)?;
    match values.iter().find(|value| !is_good(value)) {
        Some(value) => Err(validation(format!("The '{field}' value '{value}' contains invalid characters"))),
        None => Ok(values.to_vec()),
    }
}

fn check_values(field: &str, values: &[String], longest: usize) -> Result<(), Error> {
    if values.is_empty() {
        return Err(validation(format!("A '{field}' value must be specified")));
    }
    if values.len() > MOST_VALUES {
        return Err(too_many("values", MOST_VALUES));
    }
    if values.iter().any(|value| value.chars().count() > longest) {
        return Err(validation(format!("The '{field}' value is too long; the limit is '{longest}'")));
    }
    match values.iter().any(|value| value.is_empty()) {
        true => Err(validation(format!("The '{field}' value cannot be empty"))),
        false => Ok(()),
    }
}

fn is_host(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.*?_".contains(&b))
}

/// API reference, HostHeaderConditionConfig. What comes last may be a wildcard too.
fn has_domain(value: &str) -> bool {
    let last = value.rsplit_once('.').map(|(_, last)| last);
    last.is_some_and(|last| last.bytes().all(|b| b.is_ascii_alphabetic() || b"*?".contains(&b)))
}

fn is_path(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.$/~\"'@:+&()!,;=%*?".contains(&b))
}

fn header(given: &a::RuleCondition) -> Result<Condition, Error> {
    let config = given.http_header_config.as_ref().expect("it was just looked at");
    let name = config.http_header_name.clone().unwrap_or_default();
    if name.is_empty() {
        return Err(validation("A 'HttpHeaderName' must be specified in 'HttpHeaderConfig'"));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(validation(format!(
            "The 'HttpHeaderName' value is too long; the limit is '{LONGEST_NAME}'"
        )));
    }
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b)) {
        return Err(validation(format!("The 'HttpHeaderName' value '{name}' contains invalid characters")));
    }
    if name.eq_ignore_ascii_case("host") {
        // Not established: AWS's words.
        return Err(validation("A condition on the host header must be of the field 'host-header'"));
    }
    let values = config.values.clone().unwrap_or_default();
    check_values("http-header", &values, LONGEST)?;
    match values.iter().all(|value| value.bytes().all(|b| b == b' ' || b.is_ascii_graphic())) {
        true => Ok(Condition::Header { name, values }),
        false => Err(validation("The 'http-header' value contains invalid characters")),
    }
}

fn method(given: &a::RuleCondition) -> Result<Condition, Error> {
    let config = given.http_request_method_config.as_ref().expect("it was just looked at");
    let values = config.values.clone().unwrap_or_default();
    check_values("http-request-method", &values, LONGEST_NAME)?;
    match values.iter().all(|value| value.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'-' | b'_')))
    {
        true => Ok(Condition::Method { values }),
        false => Err(validation(
            "The 'http-request-method' value is invalid; the allowed characters are A-Z, hyphen and underscore",
        )),
    }
}

fn query(given: &a::RuleCondition) -> Result<Condition, Error> {
    let config = given.query_string_config.as_ref().expect("it was just looked at");
    let pairs = config.values.as_deref().unwrap_or_default();
    if pairs.is_empty() {
        return Err(validation("A 'query-string' value must be specified"));
    }
    if pairs.len() > MOST_VALUES {
        return Err(too_many("values", MOST_VALUES));
    }
    let mut values = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let value = pair.value.clone().filter(|value| !value.is_empty());
        let value =
            value.ok_or_else(|| validation("A 'Value' must be specified in 'QueryStringKeyValuePair'"))?;
        let key = pair.key.clone().filter(|key| !key.is_empty());
        for (what, text) in [("Key", key.as_deref().unwrap_or_default()), ("Value", value.as_str())] {
            if text.chars().count() > LONGEST {
                return Err(validation(format!("The '{what}' value is too long; the limit is '{LONGEST}'")));
            }
            if !text.bytes().all(|b| b.is_ascii_graphic() || b == b' ') {
                return Err(validation(format!("The '{what}' value contains invalid characters")));
            }
        }
        values.push(Pair { key, value });
    }
    Ok(Condition::Query { values })
}

fn source(given: &a::RuleCondition) -> Result<Condition, Error> {
    let config = given.source_ip_config.as_ref().expect("it was just looked at");
    if config.ip_address_type.is_some() {
        return Err(configuration(
            "An IP address type in 'SourceIpConfig' is for load balancers of type 'network' only",
        ));
    }
    let texts = config.values.clone().unwrap_or_default();
    check_values("source-ip", &texts, LONGEST)?;
    let values = texts.iter().map(|text| {
        block(text)
            .ok_or_else(|| validation(format!("The 'source-ip' value '{text}' is not a valid CIDR block")))
    });
    Ok(Condition::SourceIp { values: values.collect::<Result<_, _>>()? })
}

/// A block in CIDR form, whose host bits may be set.
fn block(text: &str) -> Option<IpBlock> {
    let (address, length) = text.split_once('/')?;
    let length = length.parse().ok().filter(|length: &u8| length.to_string().len() <= 3)?;
    match address.parse().ok()? {
        IpAddr::V4(address) => Ipv4Block::around(address, length).map(IpBlock::V4),
        IpAddr::V6(address) => Ipv6Block::around(address, length).map(IpBlock::V6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(field: &str) -> a::RuleCondition {
        a::RuleCondition { field: Some(field.to_owned()), ..a::RuleCondition::default() }
    }

    fn path(values: &[&str]) -> a::RuleCondition {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        let config = a::PathPatternConditionConfig { values: Some(values), regex_values: None };
        a::RuleCondition { path_pattern_config: Some(config), ..given("path-pattern") }
    }

    fn source(values: &[&str]) -> a::RuleCondition {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        let config = a::SourceIpConditionConfig { values: Some(values), ip_address_type: None };
        a::RuleCondition { source_ip_config: Some(config), ..given("source-ip") }
    }

    fn said(given: &[a::RuleCondition]) -> String {
        read(given).expect_err("it is refused").message
    }

    #[test]
    fn limits_are_of_the_whole_rule() {
        assert!(read(&[path(&["/a", "/b", "/c"]), source(&["10.0.0.0/8", "::/0"])]).is_ok());
        let more = [path(&["/a", "/b", "/c"]), source(&["10.0.0.0/8", "::/0", "1.1.1.1/32"])];
        assert_eq!(said(&more), "A rule can only have '5' condition values");
        assert!(read(&[path(&["/*/*/*/*/?"])]).is_ok());
        assert_eq!(said(&[path(&["/*/*/*/*/?*"])]), "A rule can only have '5' condition wildcards");
        assert!(said(&[path(&["/a"]), path(&["/b"])]).contains("one 'path-pattern'"));
    }

    #[test]
    fn what_is_malformed_is_refused() {
        let old = |values: &[&str]| a::RuleCondition {
            values: Some(values.iter().map(|value| (*value).to_owned()).collect()),
            ..given("host-header")
        };
        assert!(read(&[old(&["*.example.com"])]).is_ok());
        assert!(said(&[old(&["a", "b"])]).contains("the limit is '1'"));
        assert_eq!(said(&[given("path-pattern")]), "A condition value must be specified");
        assert_eq!(said(&[given("source-ip")]), "A 'SourceIpConfig' must be specified with 'source-ip'");
        assert!(said(&[given("colour")]).starts_with("Condition field 'colour' must be one of"));
        assert!(said(&[path(&["/ä"])]).contains("invalid characters"));
        for text in ["10.0.0.0", "10.0.0.0/33", "x/8", "10.0.0.0/-1", "/8"] {
            assert!(said(&[source(&[text])]).contains("not a valid CIDR block"), "{text}");
        }
        assert!(
            said(&[a::RuleCondition { regex_values: Some(vec!["^a".into()]), ..path(&["/"]) }])
                .contains("regular")
        );
    }

    #[test]
    fn an_escaped_wildcard_is_none() {
        let pair = |value: &str| Pair { key: None, value: value.to_owned() };
        let count = |value: &str| wildcards(&Condition::Query { values: vec![pair(value)] });
        assert_eq!((count("a*b?"), count("a\\*b\\?"), count("\\\\*")), (2, 0, 1));
    }
}
