//! Ids and ARNs, each in AWS's exact form, with one `FromStr` and one `Display`. ARNs are parsed nowhere else.
//!
//! Ids are made before acting (a crash then repeats an act instead of doubling it), from random bytes that the caller
//! supplies: this crate has no source of randomness. A copy of an id costs no memory: records name each other by the same text.

mod ec2;
mod ecs;
mod elbv2;
mod iam;

pub use ec2::*;
pub use ecs::*;
pub use elbv2::*;
pub use iam::{RoleArn, base32_id};

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// What is wrong with a text that should have been an ARN or an id.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum ArnError {
    #[error("'{0}' is not an ARN")]
    NotAnArn(String),
    #[error("'{text}' is not an ARN of a {expected}")]
    WrongKind { text: String, expected: &'static str },
    #[error("'{text}' is not an id of a {expected}")]
    BadId { text: String, expected: &'static str },
}

/// `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`, split but not interpreted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arn {
    pub partition: String,
    pub service: String,
    pub region: String,
    pub account: String,
    /// Everything after the fifth colon, colons included.
    pub resource: String,
}

impl FromStr for Arn {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().map(str::to_owned).ok_or_else(|| ArnError::NotAnArn(text.to_owned()));
        if next()? != "arn" {
            return Err(ArnError::NotAnArn(text.to_owned()));
        }
        let arn = Self {
            partition: next()?,
            service: next()?,
            region: next()?,
            account: next()?,
            resource: next()?,
        };
        if arn.partition.is_empty() || arn.service.is_empty() || arn.resource.is_empty() {
            return Err(ArnError::NotAnArn(text.to_owned()));
        }
        Ok(arn)
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { partition, service, region, account, resource } = self;
        write!(f, "arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

/// Where a resource lives: what the front of every ARN has in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scope {
    pub partition: String,
    pub region: String,
    /// Twelve digits.
    pub account: String,
}

impl Scope {
    /// A scope of the `aws` partition.
    pub fn new(region: impl Into<String>, account: impl Into<String>) -> Self {
        Self { partition: "aws".to_owned(), region: region.into(), account: account.into() }
    }

    /// The ARN of `resource` of `service` in this scope.
    pub fn arn(&self, service: &str, resource: impl Into<String>) -> Arn {
        Arn {
            partition: self.partition.clone(),
            service: service.to_owned(),
            region: self.region.clone(),
            account: self.account.clone(),
            resource: resource.into(),
        }
    }
}

macro_rules! text_newtype {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text itself, shared.
            pub fn text(&self) -> std::sync::Arc<str> {
                std::sync::Arc::clone(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::ids::Text).map(Self)
            }
        }
    };
}
use text_newtype;

/// Reads the text of an id.
struct Text;

impl serde::de::Visitor<'_> for Text {
    type Value = std::sync::Arc<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id or an ARN")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(text.into())
    }
}

text_newtype!(
    /// 32 lower-case hex digits, the id of a task or a container instance.
    HexId
);

impl HexId {
    /// Made from 16 random bytes.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(hex(&bytes).into())
    }
}

impl FromStr for HexId {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        let good = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        good.then(|| Self(text.into()))
            .ok_or_else(|| ArnError::BadId { text: text.to_owned(), expected: "task or container instance" })
    }
}

text_newtype!(
    /// A version 4 UUID in lower case: attachments, containers, requests.
    Uuid
);

impl Uuid {
    /// Made from 16 random bytes; version and variant bits are set here.
    pub fn from_random(mut bytes: [u8; 16]) -> Self {
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let digits = hex(&bytes);
        let (a, b, c, d, e) = (&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]);
        Self(format!("{a}-{b}-{c}-{d}-{e}").into())
    }
}

impl FromStr for Uuid {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        let good = text.len() == 36
            && text.bytes().enumerate().all(|(i, b)| match i {
                8 | 13 | 18 | 23 => b == b'-',
                _ => b.is_ascii_hexdigit(),
            });
        good.then(|| Self(text.to_ascii_lowercase().into()))
            .ok_or_else(|| ArnError::BadId { text: text.to_owned(), expected: "resource (a UUID)" })
    }
}

/// Nineteen digits, the first of them not zero, as the numbers of deployments have them.
pub fn number(bytes: [u8; 16]) -> String {
    let number = u128::from_be_bytes(bytes) % 9_000_000_000_000_000_000 + 1_000_000_000_000_000_000;
    number.to_string()
}

/// 21 letters and digits.
fn base62(bytes: [u8; 16]) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut left = u128::from_be_bytes(bytes);
    let digit = |_| {
        let digit = DIGITS[usize::try_from(left % 62).expect("it is less than 62")];
        left /= 62;
        char::from(digit)
    };
    (0..21).map(digit).collect()
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes every write");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope {
        Scope::new("us-east-1", "000000000000")
    }

    #[test]
    fn arns_have_the_forms_of_aws() {
        let cluster = ClusterArn::new(&scope(), "default");
        assert_eq!(cluster.as_str(), "arn:aws:ecs:us-east-1:000000000000:cluster/default");
        let task = TaskArn::new(&cluster, &HexId::from_random([0xab; 16]));
        assert_eq!(
            task.as_str(),
            "arn:aws:ecs:us-east-1:000000000000:task/default/abababababababababababababababab"
        );
        assert_eq!((task.cluster_name(), task.cluster()), ("default", cluster.clone()));
        let service = ServiceArn::new(&cluster, "web");
        let set = TaskSetArn::new(&service, "ecs-svc/1234567890123456789");
        let text = "arn:aws:ecs:us-east-1:000000000000:task-set/default/web/ecs-svc/1234567890123456789";
        assert_eq!((set.as_str(), set.id().as_str()), (text, "ecs-svc/1234567890123456789"));
        assert_eq!((set.service(), text.parse()), (service, Ok(set)));
        let definition = TaskDefinitionArn::new(&scope(), "web", 7);
        assert_eq!((definition.family(), definition.revision()), ("web", 7));
        assert_eq!(NetworkInterfaceId::from_random([1; 16]).as_str(), "eni-01010101010101010");
        assert_eq!(Uuid::from_random([0xff; 16]).as_str(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn what_is_parsed_is_what_is_shown() {
        let text = "arn:aws:ecs:us-east-1:000000000000:task/c/0123456789abcdef0123456789abcdef";
        assert_eq!(text.parse::<TaskArn>().map(|a| a.to_string()), Ok(text.to_owned()));
        let arn = "arn:aws:logs:us-east-1:000000000000:log-group:/ecs/x:*".parse::<Arn>().expect("an ARN");
        assert_eq!(arn.resource, "log-group:/ecs/x:*");
    }

    #[test]
    fn roles_have_a_path_and_no_region() {
        let root = RoleArn::new(&scope(), "/", "web");
        assert_eq!(root.as_str(), "arn:aws:iam::000000000000:role/web");
        assert_eq!((root.account(), root.path(), root.name()), ("000000000000", "/", "web"));
        let deep: RoleArn = "arn:aws:iam::123456789012:role/service-role/x/web".parse().expect("an ARN");
        assert_eq!((deep.path(), deep.name()), ("/service-role/x/", "web"));
        for text in [
            "arn:aws:iam::123456789012:role/",
            "arn:aws:iam::123456789012:user/web",
            "arn:aws:iam:us-east-1:123456789012:role/web",
            "arn:aws:iam::1234:role/web",
            "web",
        ] {
            assert!(text.parse::<RoleArn>().is_err(), "{text}");
        }
        assert_eq!(base32_id("AROA", &[0, 31, 32, 63], 4), "AROAA7A7");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "arn",
            "arn:aws:ecs:r:a:",
            "arn:aws:ecs:r:a:cluster/",
            "arn:aws:ecs:r:a:cluster/a/b",
            "arn:aws:s3:r:a:cluster/a",
            "default",
        ] {
            assert!(text.parse::<ClusterArn>().is_err(), "{text}");
        }
        assert!("arn:aws:ecs:r:a:task/c//".parse::<TaskArn>().is_err());
        assert!("arn:aws:ecs:r:a:task-definition/web".parse::<TaskDefinitionArn>().is_err());
        assert!("arn:aws:ecs:r:a:task-definition/web:x".parse::<TaskDefinitionArn>().is_err());
        assert!("0123".parse::<HexId>().is_err());
        assert!("subnet-12345".parse::<SubnetId>().is_err());
    }
}
