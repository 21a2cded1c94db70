//! Internet gateways.

use crate::convert;
use crate::describe::{Field, Query, select};
use crate::errors::in_use;
use crate::resource::find;
use crate::service::Ec2;
use crate::tagging;
use ::api::Unit;
use ::api::ec2::{
    AttachInternetGatewayRequest, CreateInternetGatewayRequest, CreateInternetGatewayResult,
    DeleteInternetGatewayRequest, DescribeInternetGatewaysRequest, DescribeInternetGatewaysResult,
    DetachInternetGatewayRequest, Error,
};
use auth::Cx;
use model::ec2::{InternetGateway, Vpc};
use model::ids::InternetGatewayId;
use state::ec2::{internet_gateway, network_interface};

const FIELDS: &[Field<InternetGateway>] = &[
    ("attachment.state", |g, _| g.attached.iter().map(|_| "available".to_owned()).collect()),
    ("attachment.vpc-id", |g, _| g.attached.iter().map(ToString::to_string).collect()),
    ("internet-gateway-id", |g, _| vec![g.id.to_string()]),
    ("owner-id", |g, _| vec![g.scope.account.clone()]),
];

pub(crate) async fn create_internet_gateway(
    ec2: &Ec2,
    cx: &Cx,
    input: CreateInternetGatewayRequest,
) -> Result<CreateInternetGatewayResult, Error> {
    let tags = tagging::of_new("internet-gateway", input.tag_specifications.as_deref())?;
    let made = ec2
        .change(cx, input.dry_run, |tx, draw| {
            Ok(tx.put(InternetGateway {
                id: InternetGatewayId::from_random(draw()),
                scope: cx.scope.clone(),
                attached: None,
                tags: tags.clone(),
            }))
        })
        .await?;
    Ok(CreateInternetGatewayResult { internet_gateway: Some(convert::internet_gateway(&made)) })
}

pub(crate) fn describe_internet_gateways(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeInternetGatewaysRequest,
) -> Result<DescribeInternetGatewaysResult, Error> {
    let query = Query {
        dry_run: input.dry_run,
        ids: input.internet_gateway_ids.as_deref(),
        filters: input.filters.as_deref(),
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let page = select(&ec2.state.snapshot(), cx, &query, FIELDS)?;
    let internet_gateways = page.shown(|g| convert::internet_gateway(g));
    Ok(DescribeInternetGatewaysResult { internet_gateways, next_token: page.next_token })
}

pub(crate) async fn delete_internet_gateway(
    ec2: &Ec2,
    cx: &Cx,
    input: DeleteInternetGatewayRequest,
) -> Result<Unit, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let gateway = find::<InternetGateway>(tx, &cx.scope, &input.internet_gateway_id)?;
        if gateway.attached.is_some() {
            return Err(in_use("internetGateway", &gateway.id));
        }
        tx.delete::<InternetGateway>(&gateway.id);
        Ok(Unit {})
    })
    .await
}

pub(crate) async fn attach_internet_gateway(
    ec2: &Ec2,
    cx: &Cx,
    input: AttachInternetGatewayRequest,
) -> Result<Unit, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let gateway = find::<InternetGateway>(tx, &cx.scope, &input.internet_gateway_id)?;
        let vpc = find::<Vpc>(tx, &cx.scope, &input.vpc_id)?;
        if let Some(attached) = &gateway.attached {
            return Err(Error::resource_already_associated(format!(
                "resource {} is already attached to network {attached}",
                gateway.id
            )));
        }
        if tx.by_index(internet_gateway::BY_VPC, &vpc.id).next().is_some() {
            return Err(Error::invalid_parameter_value(format!(
                "Network {} already has an internet gateway attached",
                vpc.id
            )));
        }
        tx.modify::<InternetGateway>(&gateway.id, |g| g.attached = Some(vpc.id.clone()));
        Ok(Unit {})
    })
    .await
}

pub(crate) async fn detach_internet_gateway(
    ec2: &Ec2,
    cx: &Cx,
    input: DetachInternetGatewayRequest,
) -> Result<Unit, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let gateway = find::<InternetGateway>(tx, &cx.scope, &input.internet_gateway_id)?;
        let vpc = find::<Vpc>(tx, &cx.scope, &input.vpc_id)?;
        if gateway.attached.as_ref() != Some(&vpc.id) {
            return Err(Error::gateway_not_attached(format!(
                "resource {} is not attached to network {}",
                gateway.id, vpc.id
            )));
        }
        if tx.by_index(network_interface::BY_VPC, &vpc.id).any(|i| !i.public_addresses.is_empty()) {
            return Err(Error::dependency_violation(format!(
                "Network {} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.",
                vpc.id
            )));
        }
        tx.modify::<InternetGateway>(&gateway.id, |g| g.attached = None);
        Ok(Unit {})
    })
    .await
}
