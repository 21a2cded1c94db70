//! What there is of security policies, and how much of anything else.

use super::{action, certificate, condition, listener, load_balancer, rule, target_group};
use crate::policy::{self, Policy};
use crate::service::Elbv2;
use crate::{errors, page};
use ::api::elbv2::{
    Cipher, DescribeAccountLimitsInput, DescribeAccountLimitsOutput, DescribeSSLPoliciesInput,
    DescribeSSLPoliciesOutput, Error, Limit, SslPolicy,
};
use auth::Cx;
use state::elbv2::target;

pub(crate) async fn describe_ssl_policies(
    _elbv2: &Elbv2,
    _cx: &Cx,
    input: DescribeSSLPoliciesInput,
) -> Result<DescribeSSLPoliciesOutput, Error> {
    let kind = input.load_balancer_type.as_ref().map(|kind| kind.as_str());
    if kind == Some("gateway") {
        return Err(errors::unsupported("load balancers of type 'gateway'"));
    }
    let names = input.names.as_deref().unwrap_or_default();
    let mut found: Vec<(usize, &Policy)> = Vec::new();
    if names.is_empty() {
        found.extend(policy::ALL.iter().enumerate());
    }
    for name in names {
        let at = policy::ALL.iter().position(|policy| policy.name == name);
        let at = at.ok_or_else(|| {
            let shown: String = name.chars().take(128).collect();
            Error::ssl_policy_not_found(format!("SSL policy '{shown}' not found"))
        })?;
        if !found.iter().any(|(before, _)| *before == at) {
            found.push((at, &policy::ALL[at]));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    let key = |(at, _): &(usize, &Policy)| format!("{at:05}");
    let page = page::of(found.into_iter(), key, input.marker.as_deref(), input.page_size)?;
    let ssl_policies = page.items.iter().map(|(_, policy)| shown(policy)).collect();
    Ok(DescribeSSLPoliciesOutput { ssl_policies: Some(ssl_policies), next_marker: page.marker })
}

fn shown(policy: &Policy) -> SslPolicy {
    let ciphers = policy
        .ciphers()
        .enumerate()
        .map(|(at, name)| Cipher { name: Some(name.to_owned()), priority: i32::try_from(at + 1).ok() });
    SslPolicy {
        ssl_protocols: Some(policy.protocols.iter().map(|protocol| (*protocol).to_owned()).collect()),
        ciphers: Some(ciphers.collect()),
        name: Some(policy.name.to_owned()),
        supported_load_balancer_types: Some(vec!["application".to_owned(), "network".to_owned()]),
    }
}

/// The quotas that are enforced here, under AWS's names.
const LIMITS: &[(&str, usize)] = &[
    ("application-load-balancers", load_balancer::MOST),
    ("certificates-per-application-load-balancer", certificate::MOST),
    ("certificates-per-network-load-balancer", certificate::MOST),
    ("condition-values-per-alb-rule", condition::MOST_VALUES),
    ("condition-wildcards-per-alb-rule", condition::MOST_WILDCARDS),
    ("listeners-per-application-load-balancer", listener::MOST),
    ("listeners-per-network-load-balancer", listener::MOST),
    ("network-load-balancers", load_balancer::MOST),
    ("rules-per-application-load-balancer", rule::MOST),
    ("target-groups", target_group::MOST),
    ("target-groups-per-action-on-application-load-balancer", action::MOST_GROUPS_OF_ACTION),
    ("target-groups-per-action-on-network-load-balancer", action::MOST_GROUPS_OF_ACTION),
    ("target-groups-per-application-load-balancer", action::MOST_GROUPS_OF_BALANCER),
    ("target-id-registrations-per-application-load-balancer", target::MOST_OF_ONE),
    ("targets-per-target-group", target::MOST),
];

pub(crate) async fn describe_account_limits(
    _elbv2: &Elbv2,
    _cx: &Cx,
    input: DescribeAccountLimitsInput,
) -> Result<DescribeAccountLimitsOutput, Error> {
    let key = |(name, _): &&(&str, usize)| (*name).to_owned();
    let page = page::of(LIMITS.iter(), key, input.marker.as_deref(), input.page_size)?;
    let limits = page
        .items
        .iter()
        .map(|(name, most)| Limit { name: Some((*name).to_owned()), max: Some(most.to_string()) });
    Ok(DescribeAccountLimitsOutput { limits: Some(limits.collect()), next_marker: page.marker })
}
