//! DHCP options sets: what the members of a VPC are told.

use crate::convert;
use crate::describe::{Field, Query, select};
use crate::errors::{in_use, invalid};
use crate::resource::find;
use crate::service::Ec2;
use crate::tagging;
use ::api::Unit;
use ::api::ec2::{
    AssociateDhcpOptionsRequest, CreateDhcpOptionsRequest, CreateDhcpOptionsResult, DeleteDhcpOptionsRequest,
    DescribeDhcpOptionsRequest, DescribeDhcpOptionsResult, Error,
};
use auth::Cx;
use model::ec2::{DhcpConfiguration, DhcpOptions, Vpc};
use model::ids::DhcpOptionsId;
use state::ec2::vpc;
use std::net::IpAddr;

/// Of each family, as many servers as an option may name. AmazonProvidedDNS counts among the IPv4 ones.
/// Source: CreateDhcpOptions in the EC2 API reference; "DHCP option sets", VPC user guide, 2025.
const MOST_SERVERS: usize = 4;

/// The name server of the VPC, whichever address that is.
const PROVIDED: &str = "AmazonProvidedDNS";

/// Seconds. Source: CreateDhcpOptions in the EC2 API reference.
const LEASE_TIMES: std::ops::RangeInclusive<u32> = 140..=2_147_483_647;

const FIELDS: &[Field<DhcpOptions>] = &[
    ("dhcp-options-id", |o, _| vec![o.id.to_string()]),
    ("key", |o, _| o.configurations.iter().map(|c| c.key.clone()).collect()),
    ("value", |o, _| o.configurations.iter().flat_map(|c| c.values.clone()).collect()),
    ("owner-id", |o, _| vec![o.scope.account.clone()]),
];

pub(crate) async fn create_dhcp_options(
    ec2: &Ec2,
    cx: &Cx,
    input: CreateDhcpOptionsRequest,
) -> Result<CreateDhcpOptionsResult, Error> {
    let tags = tagging::of_new("dhcp-options", input.tag_specifications.as_deref())?;
    let mut configurations: Vec<DhcpConfiguration> = Vec::new();
    for given in &input.dhcp_configurations {
        let key = given.key.clone().unwrap_or_default();
        let values = values(&key, given.values.as_deref().unwrap_or_default())?;
        if configurations.iter().any(|before| before.key == key) {
            return Err(invalid("name", &key, "The option is given twice."));
        }
        configurations.push(DhcpConfiguration { key, values });
    }
    if configurations.is_empty() {
        return Err(crate::errors::missing("DhcpConfiguration"));
    }
    let made = ec2
        .change(cx, input.dry_run, |tx, draw| {
            Ok(tx.put(DhcpOptions {
                id: DhcpOptionsId::from_random(draw()),
                scope: cx.scope.clone(),
                configurations: configurations.clone(),
                tags: tags.clone(),
            }))
        })
        .await?;
    Ok(CreateDhcpOptionsResult { dhcp_options: Some(convert::dhcp_options(&made)) })
}

/// What an option is to say. Agents write it into the files of containers, so nothing passes that is not what the option is for.
fn values(key: &str, given: &[String]) -> Result<Vec<String>, Error> {
    let wrong = |value: &str, why: &str| invalid("value", value, why);
    let one = || match given {
        [value] => Ok(value.as_str()),
        _ => Err(wrong(&given.join(","), &format!("The option {key} has one value."))),
    };
    match key {
        "domain-name-servers" => servers(given, true, MOST_SERVERS),
        "ntp-servers" => servers(given, false, MOST_SERVERS),
        // NetBIOS knows IPv4 alone.
        "netbios-name-servers" => servers(given, false, 0),
        "domain-name" => {
            let value = one()?;
            let is_text = value.chars().all(|c| c.is_ascii_graphic() || c == ' ');
            if !is_text || value.trim().is_empty() {
                return Err(wrong(value, "This is not a domain name."));
            }
            Ok(vec![value.to_owned()])
        }
        "netbios-node-type" => match one()? {
            value @ ("1" | "2" | "4" | "8") => Ok(vec![value.to_owned()]),
            value => Err(wrong(value, "Expecting 1, 2, 4 or 8.")),
        },
        "ipv6-address-preferred-lease-time" => {
            let value = one()?;
            let seconds = value.bytes().all(|b| b.is_ascii_digit()).then(|| value.parse().ok()).flatten();
            if !seconds.is_some_and(|seconds| LEASE_TIMES.contains(&seconds)) {
                return Err(wrong(value, "Expecting seconds between 140 and 2147483647."));
            }
            Ok(vec![value.to_owned()])
        }
        _ => Err(invalid("name", key, "Unknown DHCP option")),
    }
}

/// Addresses of servers, each a value of its own or several of them in one, between commas. `most_ipv6` is how many may be IPv6 ones.
fn servers(given: &[String], may_be_provided: bool, most_ipv6: usize) -> Result<Vec<String>, Error> {
    let mut servers = Vec::new();
    let (mut ipv4, mut ipv6) = (0, 0);
    for value in given.iter().flat_map(|value| value.split(',')).map(str::trim) {
        match value.parse() {
            Ok(IpAddr::V6(_)) if most_ipv6 > 0 => ipv6 += 1,
            Ok(IpAddr::V4(_)) => ipv4 += 1,
            Err(_) if may_be_provided && value == PROVIDED => ipv4 += 1,
            Ok(IpAddr::V6(_)) | Err(_) => {
                return Err(invalid("value", value, "This is not the address of a server."));
            }
        }
        servers.push(value.to_owned());
    }
    if servers.is_empty() || ipv4 > MOST_SERVERS || ipv6 > most_ipv6 {
        return Err(invalid("value", servers.join(","), "The number of servers is not allowed."));
    }
    Ok(servers)
}

pub(crate) fn describe_dhcp_options(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeDhcpOptionsRequest,
) -> Result<DescribeDhcpOptionsResult, Error> {
    let query = Query {
        dry_run: input.dry_run,
        ids: input.dhcp_options_ids.as_deref(),
        filters: input.filters.as_deref(),
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let page = select(&ec2.state.snapshot(), cx, &query, FIELDS)?;
    Ok(DescribeDhcpOptionsResult {
        dhcp_options: page.shown(|o| convert::dhcp_options(o)),
        next_token: page.next_token,
    })
}

pub(crate) async fn delete_dhcp_options(
    ec2: &Ec2,
    cx: &Cx,
    input: DeleteDhcpOptionsRequest,
) -> Result<Unit, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let options = find::<DhcpOptions>(tx, &cx.scope, &input.dhcp_options_id)?;
        if tx.by_index(vpc::BY_DHCP_OPTIONS, &options.id).next().is_some() {
            return Err(in_use("dhcpOptions", &options.id));
        }
        tx.delete::<DhcpOptions>(&options.id);
        Ok(Unit {})
    })
    .await
}

pub(crate) async fn associate_dhcp_options(
    ec2: &Ec2,
    cx: &Cx,
    input: AssociateDhcpOptionsRequest,
) -> Result<Unit, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let vpc = find::<Vpc>(tx, &cx.scope, &input.vpc_id)?;
        // `default` stands for no options at all.
        let options = match input.dhcp_options_id.as_str() {
            "default" => None,
            id => Some(find::<DhcpOptions>(tx, &cx.scope, id)?.id.clone()),
        };
        tx.modify::<Vpc>(&vpc.id, |v| v.dhcp_options = options);
        Ok(Unit {})
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_say_what_they_are_for() {
        let cases: &[(&str, &[&str], Result<&str, &str>)] = &[
            ("domain-name-servers", &["AmazonProvidedDNS"], Ok("AmazonProvidedDNS")),
            ("domain-name-servers", &["192.0.2.1,192.0.2.2", "fd00::53"], Ok("192.0.2.1 192.0.2.2 fd00::53")),
            ("domain-name-servers", &["192.0.2.1, 192.0.2.2"], Ok("192.0.2.1 192.0.2.2")),
            (
                "domain-name-servers",
                &["1.1.1.1", "1.1.1.2", "1.1.1.3", "AmazonProvidedDNS"],
                Ok("1.1.1.1 1.1.1.2 1.1.1.3 AmazonProvidedDNS"),
            ),
            (
                "domain-name-servers",
                &["1.1.1.1,1.1.1.2,1.1.1.3,1.1.1.4", "AmazonProvidedDNS"],
                Err("number of servers"),
            ),
            ("domain-name-servers", &["192.0.2.1\nnameserver 6.6.6.6"], Err("not the address")),
            ("domain-name-servers", &["dns.example"], Err("not the address")),
            ("domain-name-servers", &["192.0.2.1:53"], Err("not the address")),
            ("domain-name-servers", &["192.0.2.1,"], Err("not the address")),
            ("domain-name-servers", &[], Err("number of servers")),
            ("domain-name-servers", &["::1,::2,::3,::4,::5"], Err("number of servers")),
            (
                "ntp-servers",
                &["192.0.2.1,192.0.2.2,192.0.2.3,192.0.2.4,::1,::2,::3,::4"],
                Ok("192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4 ::1 ::2 ::3 ::4"),
            ),
            ("ntp-servers", &["AmazonProvidedDNS"], Err("not the address")),
            ("netbios-name-servers", &["192.0.2.1"], Ok("192.0.2.1")),
            ("netbios-name-servers", &["::1"], Err("not the address")),
            ("domain-name", &["a.example"], Ok("a.example")),
            ("domain-name", &["a.example b.example."], Ok("a.example b.example.")),
            ("domain-name", &["a.example", "b.example"], Err("has one value")),
            ("domain-name", &["a.example\noptions ndots:9"], Err("not a domain name")),
            ("domain-name", &["a\tb"], Err("not a domain name")),
            ("domain-name", &[" "], Err("not a domain name")),
            ("domain-name", &[""], Err("not a domain name")),
            ("netbios-node-type", &["2"], Ok("2")),
            ("netbios-node-type", &["77"], Err("Expecting 1, 2, 4 or 8.")),
            ("netbios-node-type", &["1", "2"], Err("has one value")),
            ("ipv6-address-preferred-lease-time", &["140"], Ok("140")),
            ("ipv6-address-preferred-lease-time", &["2147483647"], Ok("2147483647")),
            ("ipv6-address-preferred-lease-time", &["139"], Err("between 140")),
            ("ipv6-address-preferred-lease-time", &["2147483648"], Err("between 140")),
            ("ipv6-address-preferred-lease-time", &["+140"], Err("between 140")),
            ("ipv6-address-preferred-lease-time", &["abc"], Err("between 140")),
            (
                "domain",
                &["a.example"],
                Err("Value (domain) for parameter name is invalid. Unknown DHCP option"),
            ),
        ];
        for (key, given, expected) in cases {
            let given: Vec<String> = given.iter().map(|v| (*v).to_owned()).collect();
            match (values(key, &given), expected) {
                (Ok(values), Ok(expected)) => assert_eq!(values.join(" "), *expected, "{key} {given:?}"),
                (Err(error), Err(expected)) => {
                    assert_eq!(error.code, ::api::ec2::ErrorCode::InvalidParameterValue, "{key} {given:?}");
                    assert!(error.message.contains(expected), "{key} {given:?}: {}", error.message);
                }
                (other, _) => panic!("{key} {given:?}: {other:?}"),
            }
        }
    }
}
