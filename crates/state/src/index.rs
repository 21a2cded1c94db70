//! Secondary indexes: a record adds entries, a query asks for a value.
//!
//! A value is a text made of parts, so that an index over (cluster, family) also answers for the cluster alone
//! ([`crate::Table::by_prefix`]). The encoding keeps the order of the parts.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// The name of an index of table `T`; declare as `const BY_CLUSTER: Index<Self> = Index::new("by_cluster")`.
pub struct Index<T> {
    pub(crate) name: &'static str,
    table: PhantomData<fn() -> T>,
}

impl<T> Index<T> {
    pub const fn new(name: &'static str) -> Self {
        Self { name, table: PhantomData }
    }
}

impl<T> Clone for Index<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Index<T> {}

impl<T> fmt::Debug for Index<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Index").field(&self.name).finish()
    }
}

/// What can stand in an index: texts, numbers (in numeric order), and tuples of them.
pub trait IndexValue {
    /// Append the encoded value.
    fn write(&self, out: &mut String);

    #[doc(hidden)]
    fn encoded(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

/// Stands between parts; below everything that a part may contain.
const SEPARATOR: char = '\0';

impl IndexValue for str {
    fn write(&self, out: &mut String) {
        if !self.bytes().any(|b| b < 2) {
            return out.push_str(self);
        }
        for c in self.chars() {
            match c {
                '\0' => out.push_str("\u{1}\u{1}"),
                '\u{1}' => out.push_str("\u{1}\u{2}"),
                other => out.push(other),
            }
        }
    }
}

impl IndexValue for String {
    fn write(&self, out: &mut String) {
        self.as_str().write(out);
    }
}

impl IndexValue for u64 {
    fn write(&self, out: &mut String) {
        out.push_str(&format!("{self:020}"));
    }
}

impl IndexValue for model::Timestamp {
    fn write(&self, out: &mut String) {
        // Moves the range of i64 up to that of u64, so that instants before 1970 sort before later ones.
        (self.millis().cast_unsigned() ^ (1 << 63)).write(out);
    }
}

/// As the pair (account, region).
impl IndexValue for model::ids::Scope {
    fn write(&self, out: &mut String) {
        (&self.account, &self.region).write(out);
    }
}

/// In numeric order.
impl IndexValue for std::net::Ipv4Addr {
    fn write(&self, out: &mut String) {
        u64::from(u32::from(*self)).write(out);
    }
}

impl IndexValue for model::ecs::container_instance::Pool {
    fn write(&self, out: &mut String) {
        out.push_str(match self {
            Self::Fargate => "Fargate",
            Self::FargateSpot => "FargateSpot",
        });
    }
}

macro_rules! text_values {
    ($($id:ty),* $(,)?) => {
        $(impl IndexValue for $id {
            fn write(&self, out: &mut String) {
                self.as_str().write(out);
            }
        })*
    };
}

text_values!(
    model::ids::ClusterArn,
    model::ids::TaskArn,
    model::ids::TaskDefinitionArn,
    model::ids::ContainerInstanceArn,
    model::ids::ServiceArn,
    model::ids::ServiceRevisionArn,
    model::ids::ServiceDeploymentArn,
    model::ids::DaemonArn,
    model::ids::LoadBalancerArn,
    model::ids::TargetGroupArn,
    model::ids::ListenerArn,
    model::ids::CertificateArn,
    model::ids::VpcId,
    model::ids::SubnetId,
    model::ids::SecurityGroupId,
    model::ids::SecurityGroupRuleId,
    model::ids::NetworkInterfaceId,
    model::ids::RouteTableId,
    model::ids::DhcpOptionsId,
    model::ids::PrefixListId,
);

impl<T: IndexValue + ?Sized> IndexValue for &T {
    fn write(&self, out: &mut String) {
        (**self).write(out);
    }
}

impl<A: IndexValue, B: IndexValue> IndexValue for (A, B) {
    fn write(&self, out: &mut String) {
        self.0.write(out);
        out.push(SEPARATOR);
        self.1.write(out);
    }
}

impl<A: IndexValue, B: IndexValue, C: IndexValue> IndexValue for (A, B, C) {
    fn write(&self, out: &mut String) {
        (&self.0, &self.1).write(out);
        out.push(SEPARATOR);
        self.2.write(out);
    }
}

/// The encoded value followed by a separator: what every longer value with these first parts begins with.
pub(crate) fn prefix(value: &impl IndexValue) -> String {
    let mut out = value.encoded();
    out.push(SEPARATOR);
    out
}

/// Collects a record's index entries.
#[derive(Default)]
pub struct Entries {
    /// The values, one behind the other.
    text: String,
    entries: Vec<(&'static str, Range<usize>)>,
}

impl Entries {
    /// List the record under `value` of `index`. May be called several times for one index; the same value twice counts once.
    pub fn add<T>(&mut self, index: Index<T>, value: impl IndexValue) {
        let begin = self.text.len();
        value.write(&mut self.text);
        if self.has(index.name, &self.text[begin..]) {
            self.text.truncate(begin);
        } else {
            self.entries.push((index.name, begin..self.text.len()));
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.entries.iter().map(|(name, at)| (*name, &self.text[at.clone()]))
    }

    pub(crate) fn has(&self, index: &str, value: &str) -> bool {
        self.iter().any(|(name, known)| name == index && known == value)
    }
}
