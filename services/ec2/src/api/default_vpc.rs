//! The default VPC again, after it was deleted, and default subnets.

use crate::convert;
use crate::errors::{invalid, missing, refuse};
use crate::service::Ec2;
use ::api::ec2::{
    CreateDefaultSubnetRequest, CreateDefaultSubnetResult, CreateDefaultVpcRequest, CreateDefaultVpcResult,
    Error,
};
use auth::Cx;
use model::ec2::{Vpc, zone_id, zones};
use state::ec2::{default_vpc, subnet};

pub(crate) async fn create_default_vpc(
    ec2: &Ec2,
    cx: &Cx,
    input: CreateDefaultVpcRequest,
) -> Result<CreateDefaultVpcResult, Error> {
    let block = default_vpc::block();
    let subnets = default_vpc::subnets(&cx.scope, block).expect("a /16 has subnets");
    let vpc = ec2
        .change(cx, input.dry_run, |tx, draw| {
            if default_vpc::of(tx.table(), &cx.scope).is_some() {
                return Err(Error::default_vpc_already_exists(
                    "A Default VPC already exists for this account in this region.",
                ));
            }
            let made = default_vpc::create(tx, &cx.scope, block, &subnets, draw);
            Ok(tx.get::<Vpc>(&made.id).expect("it was just made"))
        })
        .await?;
    Ok(CreateDefaultVpcResult { vpc: Some(convert::vpc(&vpc)) })
}

pub(crate) async fn create_default_subnet(
    ec2: &Ec2,
    cx: &Cx,
    input: CreateDefaultSubnetRequest,
) -> Result<CreateDefaultSubnetResult, Error> {
    refuse(&[("ipv6Native", input.ipv6_native == Some(true))])?;
    let region = &cx.scope.region;
    let by_id = |id: &String| zones(region).find(|zone| zone_id(region, zone).as_ref() == Some(id));
    let zone = match (&input.availability_zone, &input.availability_zone_id) {
        (Some(zone), _) => zones(region)
            .find(|z| z == zone)
            .ok_or_else(|| invalid("availabilityZone", zone, "There is no such zone."))?,
        (None, Some(id)) => {
            by_id(id).ok_or_else(|| invalid("availabilityZoneId", id, "There is no such zone."))?
        }
        (None, None) => return Err(missing("availabilityZone")),
    };
    let made = ec2
        .change(cx, input.dry_run, |tx, draw| {
            let vpc = default_vpc::of(tx.table(), &cx.scope).cloned().ok_or_else(no_default_vpc)?;
            let taken: Vec<_> = tx.by_index(subnet::BY_VPC, &vpc.id).cloned().collect();
            if taken.iter().any(|s| s.default_for_zone && s.zone == zone) {
                return Err(Error::default_subnet_already_exists_in_availability_zone(format!(
                    "There is already a default subnet in {zone}."
                )));
            }
            let length = (vpc.block.prefix_len() + 4).min(28);
            let size = 1u32 << (32 - length);
            let blocks =
                (0..16u32).filter_map(|n| model::ec2::Ipv4Block::new(vpc.block.nth(n * size)?, length));
            let mut free = blocks.filter(|b| taken.iter().all(|s| !s.block.overlaps(*b)));
            let block = free.next().ok_or_else(|| {
                Error::invalid_subnet_conflict("The default VPC has no block left for another subnet.")
            })?;
            let new = default_vpc::default_subnet(&vpc, zone.clone(), block, draw);
            Ok(subnet::create(tx, new, draw))
        })
        .await?;
    Ok(CreateDefaultSubnetResult { subnet: Some(convert::subnet(&made, &ec2.state.snapshot())) })
}

pub(crate) fn no_default_vpc() -> Error {
    Error::vpc_id_not_specified("No default VPC for this user")
}
