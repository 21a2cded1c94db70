//! The region, its zones, and what the account may have.

use crate::describe::{Field, Filters};
use crate::errors::{dry_run, invalid};
use crate::service::Ec2;
use ::api::ec2::{
    AccountAttribute, AccountAttributeValue, AvailabilityZone, DescribeAccountAttributesRequest,
    DescribeAccountAttributesResult, DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResult,
    DescribeRegionsRequest, DescribeRegionsResult, Error, Region,
};
use auth::Cx;
use model::ec2::{zone_group_long_name, zone_id, zones};
use state::ec2::default_vpc;

fn list(value: &Option<String>) -> Vec<String> {
    value.iter().cloned().collect()
}

const ZONE_FIELDS: &[Field<AvailabilityZone>] = &[
    ("group-long-name", |z, _| list(&z.group_long_name)),
    ("group-name", |z, _| list(&z.group_name)),
    ("message", |_, _| Vec::new()),
    ("opt-in-status", |z, _| z.opt_in_status.iter().map(ToString::to_string).collect()),
    ("parent-zone-id", |_, _| Vec::new()),
    ("parent-zone-name", |_, _| Vec::new()),
    ("region-name", |z, _| list(&z.region_name)),
    ("state", |z, _| z.state.iter().map(ToString::to_string).collect()),
    ("zone-id", |z, _| list(&z.zone_id)),
    ("zone-type", |z, _| list(&z.zone_type)),
    ("zone-name", |z, _| list(&z.zone_name)),
];

const REGION_FIELDS: &[Field<Region>] = &[
    ("endpoint", |r, _| list(&r.endpoint)),
    ("opt-in-status", |r, _| list(&r.opt_in_status)),
    ("region-name", |r, _| list(&r.region_name)),
];

pub(crate) fn describe_availability_zones(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeAvailabilityZonesRequest,
) -> Result<DescribeAvailabilityZonesResult, Error> {
    let filters = Filters::new(input.filters.as_deref(), ZONE_FIELDS, false)?;
    let region = &cx.scope.region;
    let mut all: Vec<AvailabilityZone> = zones(region).map(|zone| shown(region, zone)).collect();
    for name in input.zone_names.iter().flatten() {
        if !all.iter().any(|z| z.zone_name.as_ref() == Some(name)) {
            return Err(invalid("ZoneName", name, "There is no such availability zone."));
        }
    }
    for id in input.zone_ids.iter().flatten() {
        if !all.iter().any(|z| z.zone_id.as_ref() == Some(id)) {
            return Err(invalid("ZoneId", id, "There is no such availability zone."));
        }
    }
    if input.dry_run == Some(true) {
        return Err(dry_run());
    }
    let named = |names: &Option<Vec<String>>, value: &Option<String>| {
        names
            .as_ref()
            .is_none_or(|names| names.is_empty() || value.as_ref().is_some_and(|v| names.contains(v)))
    };
    let snapshot = ec2.state.snapshot();
    all.retain(|z| {
        named(&input.zone_names, &z.zone_name)
            && named(&input.zone_ids, &z.zone_id)
            && filters.fit(z, &[], &snapshot)
    });
    Ok(DescribeAvailabilityZonesResult { availability_zones: Some(all) })
}

fn shown(region: &str, zone: String) -> AvailabilityZone {
    AvailabilityZone {
        opt_in_status: Some("opt-in-not-required".into()),
        messages: Some(Vec::new()),
        region_name: Some(region.to_owned()),
        zone_id: zone_id(region, &zone),
        zone_name: Some(zone),
        group_name: Some(format!("{region}-zg-1")),
        group_long_name: zone_group_long_name(region),
        network_border_group: Some(region.to_owned()),
        zone_type: Some("availability-zone".to_owned()),
        state: Some("available".into()),
        ..AvailabilityZone::default()
    }
}

// AWS differs: a server is one region, and lists no other.
pub(crate) fn describe_regions(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeRegionsRequest,
) -> Result<DescribeRegionsResult, Error> {
    let filters = Filters::new(input.filters.as_deref(), REGION_FIELDS, false)?;
    let name = &cx.scope.region;
    if let Some(other) = input.region_names.iter().flatten().find(|other| *other != name) {
        return Err(invalid("region", other, "It is no region of this endpoint."));
    }
    if input.dry_run == Some(true) {
        return Err(dry_run());
    }
    let region = Region {
        opt_in_status: Some("opt-in-not-required".to_owned()),
        region_name: Some(name.clone()),
        endpoint: Some(format!("ec2.{name}.amazonaws.com")),
        ..Region::default()
    };
    let fits = filters.fit(&region, &[], &ec2.state.snapshot());
    Ok(DescribeRegionsResult { regions: Some(fits.then_some(region).into_iter().collect()) })
}

pub(crate) fn describe_account_attributes(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeAccountAttributesRequest,
) -> Result<DescribeAccountAttributesResult, Error> {
    if input.dry_run == Some(true) {
        return Err(dry_run());
    }
    let snapshot = ec2.state.snapshot();
    let default = default_vpc::of(snapshot.table(), &cx.scope);
    let most_groups = super::network_interface::MOST_GROUPS.to_string();
    let attributes = [
        ("supported-platforms", "VPC".to_owned()),
        ("default-vpc", default.map_or_else(|| "none".to_owned(), |vpc| vpc.id.to_string())),
        ("vpc-max-security-groups-per-interface", most_groups),
        // There are no instances, and only the pool limits addresses.
        ("max-instances", "0".to_owned()),
        ("max-elastic-ips", pool_size(&snapshot)),
        ("vpc-max-elastic-ips", pool_size(&snapshot)),
    ];
    let names = input.attribute_names.as_deref().unwrap_or_default();
    let wanted = |name: &str| names.is_empty() || names.iter().any(|n| n.as_str() == name);
    let shown =
        attributes.into_iter().filter(|(name, _)| wanted(name)).map(|(name, value)| AccountAttribute {
            attribute_name: Some(name.to_owned()),
            attribute_values: Some(vec![AccountAttributeValue { attribute_value: Some(value) }]),
        });
    Ok(DescribeAccountAttributesResult { account_attributes: Some(shown.collect()) })
}

fn pool_size(snapshot: &state::Snapshot) -> String {
    state::ec2::settings::get(snapshot).public_pool.size().saturating_sub(2).to_string()
}
