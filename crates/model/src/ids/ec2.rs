//! Ids of the network.

use super::{ArnError, hex, text_newtype};
use std::fmt;
use std::str::FromStr;

macro_rules! ec2_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $word:literal) => {
        text_newtype!($(#[$doc])* $name);

        impl $name {
            /// Made from random bytes, of which 17 hex digits are kept.
            pub fn from_random(bytes: [u8; 16]) -> Self {
                Self(format!(concat!($prefix, "-{}"), &hex(&bytes)[..17]).into())
            }

            /// The hex digits behind the prefix.
            pub fn digits(&self) -> &str {
                &self.0[$prefix.len() + 1..]
            }
        }

        impl FromStr for $name {
            type Err = ArnError;

            /// Takes the long form and the 8-digit form of older accounts.
            fn from_str(text: &str) -> Result<Self, ArnError> {
                let digits = text.strip_prefix(concat!($prefix, "-")).unwrap_or("");
                let good = matches!(digits.len(), 8 | 17) && digits.bytes().all(|b| b.is_ascii_hexdigit());
                good.then(|| Self(text.into()))
                    .ok_or_else(|| ArnError::BadId { text: text.to_owned(), expected: $word })
            }
        }
    };
}

ec2_id!(
    /// `eni-` and 17 hex digits
    NetworkInterfaceId, "eni", "network interface"
);
ec2_id!(
    /// `subnet-` and 17 hex digits
    SubnetId, "subnet", "subnet"
);
ec2_id!(
    /// `vpc-` and 17 hex digits
    VpcId, "vpc", "VPC"
);
ec2_id!(
    /// `sg-` and 17 hex digits
    SecurityGroupId, "sg", "security group"
);
ec2_id!(
    /// `i-` and 17 hex digits
    Ec2InstanceId, "i", "EC2 instance"
);
ec2_id!(
    /// `vpc-cidr-assoc-` and 17 hex digits: a VPC's block
    VpcCidrAssociationId, "vpc-cidr-assoc", "VPC CIDR block association"
);
ec2_id!(
    /// `subnet-cidr-assoc-` and 17 hex digits: a subnet's IPv6 block
    SubnetCidrAssociationId, "subnet-cidr-assoc", "subnet CIDR block association"
);
ec2_id!(
    /// `sgr-` and 17 hex digits
    SecurityGroupRuleId, "sgr", "security group rule"
);
ec2_id!(
    /// `rtb-` and 17 hex digits
    RouteTableId, "rtb", "route table"
);
ec2_id!(
    /// `rtbassoc-` and 17 hex digits
    RouteTableAssociationId, "rtbassoc", "route table association"
);
ec2_id!(
    /// `igw-` and 17 hex digits
    InternetGatewayId, "igw", "internet gateway"
);
ec2_id!(
    /// `nat-` and 17 hex digits
    NatGatewayId, "nat", "NAT gateway"
);
ec2_id!(
    /// `eipalloc-` and 17 hex digits: an elastic IP address
    AllocationId, "eipalloc", "address allocation"
);
ec2_id!(
    /// `eipassoc-` and 17 hex digits
    AddressAssociationId, "eipassoc", "address association"
);
ec2_id!(
    /// `eni-attach-` and 17 hex digits
    InterfaceAttachmentId, "eni-attach", "network interface attachment"
);
ec2_id!(
    /// `dopt-` and 17 hex digits
    DhcpOptionsId, "dopt", "DHCP options set"
);
ec2_id!(
    /// `acl-` and 17 hex digits
    NetworkAclId, "acl", "network ACL"
);
ec2_id!(
    /// `aclassoc-` and 17 hex digits
    NetworkAclAssociationId, "aclassoc", "network ACL association"
);
ec2_id!(
    /// `pl-` and 17 hex digits
    PrefixListId, "pl", "prefix list"
);
