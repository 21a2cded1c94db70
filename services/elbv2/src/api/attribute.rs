//! Attributes of load balancers, target groups and listeners.

use crate::attributes::{self, Given};
use crate::find;
use crate::service::Elbv2;
use ::api::elbv2::{
    DescribeListenerAttributesInput, DescribeListenerAttributesOutput, DescribeLoadBalancerAttributesInput,
    DescribeLoadBalancerAttributesOutput, DescribeTargetGroupAttributesInput,
    DescribeTargetGroupAttributesOutput, Error, ListenerAttribute, LoadBalancerAttribute,
    ModifyListenerAttributesInput, ModifyListenerAttributesOutput, ModifyLoadBalancerAttributesInput,
    ModifyLoadBalancerAttributesOutput, ModifyTargetGroupAttributesInput, ModifyTargetGroupAttributesOutput,
    TargetGroupAttribute,
};
use auth::Cx;
use model::elbv2::attribute::{Attribute, of_listener, of_load_balancer, of_target_group};
use model::elbv2::{Attributes, Listener, LoadBalancer, TargetGroup};

/// Every known attribute with the value that counts.
fn shown<T>(
    known: &[Attribute],
    attributes: &Attributes,
    make: impl Fn(String, String) -> T,
) -> Option<Vec<T>> {
    let pair = |attribute: &Attribute| {
        let value = attributes.value(known, attribute.key).unwrap_or_default();
        make(attribute.key.to_owned(), value.to_owned())
    };
    Some(known.iter().map(pair).collect())
}

fn balancers(balancer: &LoadBalancer) -> Option<Vec<LoadBalancerAttribute>> {
    let known = of_load_balancer(balancer.kind, balancer.scheme);
    let make = |key, value| LoadBalancerAttribute { key: Some(key), value: Some(value) };
    shown(&known, &balancer.attributes, make)
}

fn groups(group: &TargetGroup) -> Option<Vec<TargetGroupAttribute>> {
    let known = of_target_group(group.protocol, group.protocol_version, group.target_type);
    let make = |key, value| TargetGroupAttribute { key: Some(key), value: Some(value) };
    shown(&known, &group.attributes, make)
}

fn listeners(listener: &Listener) -> Option<Vec<ListenerAttribute>> {
    let make = |key, value| ListenerAttribute { key: Some(key), value: Some(value) };
    shown(&of_listener(listener.protocol), &listener.attributes, make)
}

pub(crate) async fn describe_load_balancer_attributes(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DescribeLoadBalancerAttributesInput,
) -> Result<DescribeLoadBalancerAttributesOutput, Error> {
    let balancer = find::load_balancer(&elbv2.state.snapshot(), cx, &input.load_balancer_arn)?;
    Ok(DescribeLoadBalancerAttributesOutput { attributes: balancers(&balancer) })
}

pub(crate) async fn modify_load_balancer_attributes(
    elbv2: &Elbv2,
    cx: &Cx,
    input: ModifyLoadBalancerAttributesInput,
) -> Result<ModifyLoadBalancerAttributesOutput, Error> {
    let given: Vec<Given> = input.attributes.into_iter().map(|a| (a.key, a.value)).collect();
    let changed = elbv2.change(cx, |tx, _| {
        let balancer = find::load_balancer(tx, cx, &input.load_balancer_arn)?;
        let attributes = attributes::of_load_balancer(&balancer, &given)?;
        Ok(tx.put(LoadBalancer { attributes, ..LoadBalancer::clone(&balancer) }))
    });
    Ok(ModifyLoadBalancerAttributesOutput { attributes: balancers(&*changed.await?) })
}

pub(crate) async fn describe_target_group_attributes(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DescribeTargetGroupAttributesInput,
) -> Result<DescribeTargetGroupAttributesOutput, Error> {
    let group = find::target_group(&elbv2.state.snapshot(), cx, &input.target_group_arn)?;
    Ok(DescribeTargetGroupAttributesOutput { attributes: groups(&group) })
}

pub(crate) async fn modify_target_group_attributes(
    elbv2: &Elbv2,
    cx: &Cx,
    input: ModifyTargetGroupAttributesInput,
) -> Result<ModifyTargetGroupAttributesOutput, Error> {
    let given: Vec<Given> = input.attributes.into_iter().map(|a| (a.key, a.value)).collect();
    let changed = elbv2.change(cx, |tx, _| {
        let group = find::target_group(tx, cx, &input.target_group_arn)?;
        let attributes = attributes::of_target_group(&group, &given)?;
        Ok(tx.put(TargetGroup { attributes, ..TargetGroup::clone(&group) }))
    });
    Ok(ModifyTargetGroupAttributesOutput { attributes: groups(&*changed.await?) })
}

pub(crate) async fn describe_listener_attributes(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DescribeListenerAttributesInput,
) -> Result<DescribeListenerAttributesOutput, Error> {
    let listener = find::listener(&elbv2.state.snapshot(), cx, &input.listener_arn)?;
    Ok(DescribeListenerAttributesOutput { attributes: listeners(&listener) })
}

pub(crate) async fn modify_listener_attributes(
    elbv2: &Elbv2,
    cx: &Cx,
    input: ModifyListenerAttributesInput,
) -> Result<ModifyListenerAttributesOutput, Error> {
    let given: Vec<Given> = input.attributes.into_iter().map(|a| (a.key, a.value)).collect();
    let changed = elbv2.change(cx, |tx, _| {
        let listener = find::listener(tx, cx, &input.listener_arn)?;
        let attributes = attributes::of_listener(&listener, &given)?;
        Ok(tx.put(Listener { attributes, ..Listener::clone(&listener) }))
    });
    Ok(ModifyListenerAttributesOutput { attributes: listeners(&*changed.await?) })
}
