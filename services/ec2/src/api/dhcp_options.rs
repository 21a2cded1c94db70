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

/// Options that AWS knows, and the most values of each. Source: CreateDhcpOptions in the EC2 API reference.
const KNOWN: &[(&str, usize)] = &[
    ("domain-name-servers", 4),
    ("domain-name", 1),
    ("ntp-servers", 4),
    ("netbios-name-servers", 4),
    ("netbios-node-type", 1),
    ("ipv6-address-preferred-lease-time", 1),
];

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
        let values = given.values.clone().unwrap_or_default();
        let Some((_, most)) = KNOWN.iter().find(|(known, _)| *known == key) else {
            return Err(invalid("key", &key, "It is no DHCP option."));
        };
        if values.is_empty() || values.len() > *most || values.iter().any(String::is_empty) {
            return Err(invalid(&key, values.join(","), "The number of values is not allowed."));
        }
        if configurations.iter().any(|before| before.key == key) {
            return Err(invalid("key", &key, "It is given twice."));
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
