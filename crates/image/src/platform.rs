//! Platforms: which image of a multi-architecture index this machine runs.
//!
//! Names are Go's (`linux`, `amd64`, `arm64`, `arm` with `v7`), since indexes carry those. Must not know: the network.

use std::fmt;

/// An operating system, an architecture and, where it matters, a variant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Platform {
    /// For example `linux`.
    pub os: String,
    /// For example `amd64`.
    pub architecture: String,
    /// For example `v8`; `None` matches any.
    pub variant: Option<String>,
}

impl Platform {
    /// The platform this program was built for.
    pub fn of_this_machine() -> Self {
        let (architecture, variant) = match std::env::consts::ARCH {
            "x86_64" => ("amd64", None),
            "x86" => ("386", None),
            "aarch64" => ("arm64", Some("v8")),
            "arm" => ("arm", Some("v7")),
            "powerpc64" => ("ppc64le", None),
            other => (other, None),
        };
        Self {
            os: "linux".to_owned(),
            architecture: architecture.to_owned(),
            variant: variant.map(str::to_owned),
        }
    }

    /// How well a candidate fits: `None` when it cannot run here, otherwise larger is better.
    pub(crate) fn fit(&self, os: &str, architecture: &str, variant: Option<&str>) -> Option<u8> {
        if self.os != os || self.architecture != architecture {
            return None;
        }
        match (self.variant.as_deref(), variant) {
            (Some(own), Some(other)) if own == other => Some(u8::MAX),
            // 64-bit ARM has one baseline; an index that leaves it out means v8.
            (_, None) => Some(200),
            (None, Some(_)) => Some(100),
            (Some(own), Some(other)) => older_variant(own, other),
        }
    }
}

/// ARM variants are upwards compatible: v7 runs v6 and v5; amd64's v3 runs v2. The nearest older one is best.
fn older_variant(own: &str, other: &str) -> Option<u8> {
    let number = |variant: &str| variant.strip_prefix('v').and_then(|digits| digits.parse::<u8>().ok());
    match (number(own), number(other)) {
        (Some(own), Some(other)) if other <= own => Some(100_u8.saturating_sub(own - other)),
        _ => None,
    }
}

impl Default for Platform {
    fn default() -> Self {
        Self::of_this_machine()
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        match &self.variant {
            Some(variant) => write!(f, "/{variant}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_choose_the_nearest_that_runs() {
        let v7 = Platform { os: "linux".into(), architecture: "arm".into(), variant: Some("v7".into()) };
        let fit = |variant| v7.fit("linux", "arm", variant);
        assert!(fit(Some("v7")) > fit(None));
        assert!(fit(Some("v6")) > fit(Some("v5")));
        assert_eq!(fit(Some("v8")), None);
        assert_eq!(v7.fit("windows", "arm", None), None);
        assert_eq!(v7.fit("linux", "arm64", None), None);
    }
}
