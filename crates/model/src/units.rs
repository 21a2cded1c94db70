//! Units that ECS counts in, as types, so that CPU units are never added to mebibytes.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Add, AddAssign, Sub};

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident, $suffix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// What is left after taking `other`, or `None` where that would be less than nothing.
            pub fn checked_sub(self, other: Self) -> Option<Self> {
                self.0.checked_sub(other.0).map(Self)
            }

            /// The difference, never below zero.
            pub fn saturating_sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                self.saturating_sub(other)
            }
        }

        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
                values.fold(Self(0), Add::add)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{}", $suffix), self.0)
            }
        }
    };
}

unit!(
    /// ECS CPU units: 1024 are one virtual CPU.
    CpuUnits,
    ""
);
unit!(
    /// Mebibytes of memory (2^20 bytes), ECS's unit for memory everywhere.
    MemoryMib,
    "MiB"
);

impl CpuUnits {
    /// As a count of virtual CPUs.
    pub fn vcpus(self) -> f64 {
        f64::from(self.0) / 1024.0
    }
}

impl MemoryMib {
    /// As bytes.
    pub fn bytes(self) -> u64 {
        u64::from(self.0) << 20
    }
}

/// A percentage as the API's doubles give it: finite, from 0 to 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent(f64);

// It is never NaN: `new` takes none, and JSON has none.
impl Eq for Percent {}

impl Percent {
    pub const HUNDRED: Self = Self(100.0);

    /// `None` beyond 0 to 100.
    pub fn new(value: f64) -> Option<Self> {
        (0.0..=100.0).contains(&value).then_some(Self(value))
    }

    pub fn value(self) -> f64 {
        self.0
    }

    /// So many per cent of a whole, rounded up.
    pub fn of(self, whole: u32) -> u32 {
        // A cast of a float ends at the type's bounds.
        ((f64::from(whole) * self.0 / 100.0).ceil() as u32).min(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::Percent;

    #[test]
    fn a_part_is_rounded_up() {
        let of = |percent: f64, whole: u32| Percent::new(percent).expect("a percentage").of(whole);
        for (percent, whole, part) in [
            (0.0, 9, 0),
            (100.0, 9, 9),
            (30.0, 10, 3),
            (50.0, 3, 2),
            (12.0, 10, 2),
            (0.1, 1, 1),
            (100.0, 0, 0),
        ] {
            assert_eq!(of(percent, whole), part, "{percent} % of {whole}");
        }
        assert_eq!(of(100.0, u32::MAX), u32::MAX);
        for beyond in [-0.1, 100.1, f64::NAN, f64::INFINITY] {
            assert_eq!(Percent::new(beyond), None);
        }
    }
}
