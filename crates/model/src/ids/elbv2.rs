//! ARNs of load balancers and of what belongs to them, and of certificates.

use super::{Arn, ArnError, Scope, hex, text_newtype};
use crate::elbv2::LoadBalancerKind;
use std::fmt;
use std::str::FromStr;

const SERVICE: &str = "elasticloadbalancing";

/// Sixteen hex digits, as every id of a load balancer's parts has them.
fn digits(random: [u8; 16]) -> String {
    hex(&random[..8])
}

/// `text` as an ARN of the service whose resource has `count` parts after its kind, none of them empty.
fn parts(text: &str, service: &str, kind: &'static str, count: usize) -> Result<(), ArnError> {
    let wrong = || ArnError::WrongKind { text: text.to_owned(), expected: kind };
    let arn: Arn = text.parse()?;
    let rest = arn.resource.strip_prefix(kind).and_then(|rest| rest.strip_prefix('/')).ok_or_else(wrong)?;
    let good = arn.service == service
        && !arn.region.is_empty()
        && arn.account.len() == 12
        && rest.split('/').count() == count
        && rest.split('/').all(|part| !part.is_empty());
    if good { Ok(()) } else { Err(wrong()) }
}

/// The part of an ARN's resource at `at`, counted after the kind.
fn part(text: &str, at: usize) -> &str {
    text.split('/').nth(at + 1).expect("checked when it was made")
}

macro_rules! balancing_arn {
    ($(#[$doc:meta])* $name:ident, $service:expr, $kind:literal, $count:literal) => {
        text_newtype!($(#[$doc])* $name);

        impl $name {
            /// Where it lives, from its own text.
            pub fn scope(&self) -> Scope {
                let arn: Arn = self.0.parse().expect("checked when it was made");
                Scope { partition: arn.partition, region: arn.region, account: arn.account }
            }
        }

        impl FromStr for $name {
            type Err = ArnError;

            fn from_str(text: &str) -> Result<Self, ArnError> {
                parts(text, $service, $kind, $count)?;
                Ok(Self(text.into()))
            }
        }
    };
}

balancing_arn!(
    /// `…:loadbalancer/app/NAME/ID` or `…:loadbalancer/net/NAME/ID`
    LoadBalancerArn, SERVICE, "loadbalancer", 3
);
balancing_arn!(
    /// `…:targetgroup/NAME/ID`
    TargetGroupArn, SERVICE, "targetgroup", 2
);
balancing_arn!(
    /// `…:listener/app/NAME/BALANCER-ID/ID`
    ListenerArn, SERVICE, "listener", 4
);
balancing_arn!(
    /// `…:listener-rule/app/NAME/BALANCER-ID/LISTENER-ID/ID`
    RuleArn, SERVICE, "listener-rule", 5
);
balancing_arn!(
    /// `…:certificate/UUID`, of Certificate Manager
    CertificateArn, "acm", "certificate", 1
);

impl LoadBalancerArn {
    pub fn new(scope: &Scope, kind: LoadBalancerKind, name: &str, random: [u8; 16]) -> Self {
        let resource = format!("loadbalancer/{}/{name}/{}", kind.in_arn(), digits(random));
        Self(scope.arn(SERVICE, resource).to_string().into())
    }

    pub fn name(&self) -> &str {
        part(&self.0, 1)
    }

    /// Sixteen hex digits.
    pub fn id(&self) -> &str {
        part(&self.0, 2)
    }

    pub fn is_network(&self) -> bool {
        part(&self.0, 0) == LoadBalancerKind::Network.in_arn()
    }

    /// What follows `loadbalancer/`: `app/NAME/ID`.
    pub fn path(&self) -> &str {
        self.0.split_once('/').expect("checked when it was made").1
    }
}

impl TargetGroupArn {
    pub fn new(scope: &Scope, name: &str, random: [u8; 16]) -> Self {
        Self(scope.arn(SERVICE, format!("targetgroup/{name}/{}", digits(random))).to_string().into())
    }

    pub fn name(&self) -> &str {
        part(&self.0, 0)
    }
}

impl ListenerArn {
    pub fn new(balancer: &LoadBalancerArn, random: [u8; 16]) -> Self {
        let resource = format!("listener/{}/{}", balancer.path(), digits(random));
        Self(balancer.scope().arn(SERVICE, resource).to_string().into())
    }

    /// What follows `listener/`.
    fn path(&self) -> &str {
        self.0.split_once('/').expect("checked when it was made").1
    }
}

impl RuleArn {
    pub fn new(listener: &ListenerArn, random: [u8; 16]) -> Self {
        let resource = format!("listener-rule/{}/{}", listener.path(), digits(random));
        Self(listener.scope().arn(SERVICE, resource).to_string().into())
    }
}

impl CertificateArn {
    /// `id` is a UUID.
    pub fn new(scope: &Scope, id: &super::Uuid) -> Self {
        Self(scope.arn("acm", format!("certificate/{id}")).to_string().into())
    }

    /// The UUID.
    pub fn id(&self) -> &str {
        part(&self.0, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_have_the_forms_of_aws() {
        let scope = Scope::new("us-west-2", "123456789012");
        let balancer = LoadBalancerArn::new(&scope, LoadBalancerKind::Application, "web", [0x50; 16]);
        let text =
            "arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/app/web/5050505050505050";
        assert_eq!((balancer.as_str(), balancer.name(), balancer.id()), (text, "web", "5050505050505050"));
        let listener = ListenerArn::new(&balancer, [0xf2; 16]);
        let text = "arn:aws:elasticloadbalancing:us-west-2:123456789012:listener/app/web/5050505050505050/f2f2f2f2f2f2f2f2";
        assert_eq!(listener.as_str(), text);
        let rule = RuleArn::new(&listener, [0x9a; 16]);
        assert!(
            rule.as_str()
                .ends_with(":listener-rule/app/web/5050505050505050/f2f2f2f2f2f2f2f2/9a9a9a9a9a9a9a9a")
        );
        let group = TargetGroupArn::new(&scope, "blue", [1; 16]);
        assert!(group.as_str().ends_with(":targetgroup/blue/0101010101010101"));
        for text in [
            listener.as_str(),
            rule.as_str(),
            group.as_str(),
            "arn:aws:elasticloadbalancing:r:1:loadbalancer/x",
        ] {
            assert!(text.parse::<LoadBalancerArn>().is_err(), "{text}");
        }
        assert_eq!(rule.as_str().parse(), Ok(rule));
        // A classic load balancer.
        assert!(
            "arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/web"
                .parse::<LoadBalancerArn>()
                .is_err()
        );
    }
}
