//! Security policies: which protocols and ciphers a TLS listener offers.
//!
//! The data plane offers what rustls has of them; what it has not (TLS 1.0 and 1.1, cipher block chaining, RSA key exchange) is in
//! docs/differences.md. Source: "Security policies for your Application Load Balancer", 2026. The policies for FIPS are not here.

use Group::{Des, Forward, ForwardOld, ForwardSha1, Old, OldSha1, Tls13};

/// A policy that AWS has.
pub(crate) struct Policy {
    pub(crate) name: &'static str,
    /// The newest first.
    pub(crate) protocols: &'static [&'static str],
    groups: &'static [Group],
}

/// Ciphers that a policy has together or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Tls13,
    /// Forward secrecy, authenticated encryption.
    Forward,
    /// Forward secrecy, cipher block chaining with SHA-2.
    ForwardOld,
    ForwardSha1,
    /// Without forward secrecy.
    Old,
    OldSha1,
    Des,
}

/// Every cipher, in the order of preference, which is the same in all policies.
const ORDER: &[(&str, Group)] = &[
    ("TLS_AES_128_GCM_SHA256", Tls13),
    ("TLS_AES_256_GCM_SHA384", Tls13),
    ("TLS_CHACHA20_POLY1305_SHA256", Tls13),
    ("ECDHE-ECDSA-AES128-GCM-SHA256", Forward),
    ("ECDHE-RSA-AES128-GCM-SHA256", Forward),
    ("ECDHE-ECDSA-AES128-SHA256", ForwardOld),
    ("ECDHE-RSA-AES128-SHA256", ForwardOld),
    ("ECDHE-ECDSA-AES128-SHA", ForwardSha1),
    ("ECDHE-RSA-AES128-SHA", ForwardSha1),
    ("ECDHE-ECDSA-AES256-GCM-SHA384", Forward),
    ("ECDHE-RSA-AES256-GCM-SHA384", Forward),
    ("ECDHE-ECDSA-AES256-SHA384", ForwardOld),
    ("ECDHE-RSA-AES256-SHA384", ForwardOld),
    ("ECDHE-RSA-AES256-SHA", ForwardSha1),
    ("ECDHE-ECDSA-AES256-SHA", ForwardSha1),
    ("AES128-GCM-SHA256", Old),
    ("AES128-SHA256", Old),
    ("AES128-SHA", OldSha1),
    ("AES256-GCM-SHA384", Old),
    ("AES256-SHA256", Old),
    ("AES256-SHA", OldSha1),
    ("DES-CBC3-SHA", Des),
];

const V1_3: &[&str] = &["TLSv1.3"];
const V1_3_2: &[&str] = &["TLSv1.3", "TLSv1.2"];
const V1_3_2_1: &[&str] = &["TLSv1.3", "TLSv1.2", "TLSv1.1"];
const V1_3_2_1_0: &[&str] = &["TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1"];
const V1_2: &[&str] = &["TLSv1.2"];
const V1_2_1: &[&str] = &["TLSv1.2", "TLSv1.1"];
const V1_2_1_0: &[&str] = &["TLSv1.2", "TLSv1.1", "TLSv1"];

const NEW: &[Group] = &[Tls13];
const NEW_RES: &[Group] = &[Tls13, Forward];
const NEW_FORWARD: &[Group] = &[Tls13, Forward, ForwardOld];
const NEW_EXT1: &[Group] = &[Tls13, Forward, ForwardOld, Old];
const NEW_EXT2: &[Group] = &[Tls13, Forward, ForwardOld, ForwardSha1, Old, OldSha1];
const OLD: &[Group] = &[Forward, ForwardOld, ForwardSha1, Old, OldSha1];

const fn policy(name: &'static str, protocols: &'static [&'static str], groups: &'static [Group]) -> Policy {
    Policy { name, protocols, groups }
}

/// Every policy.
pub(crate) const ALL: &[Policy] = &[
    policy("ELBSecurityPolicy-2016-08", V1_2_1_0, OLD),
    policy("ELBSecurityPolicy-TLS13-1-3-2021-06", V1_3, NEW),
    policy("ELBSecurityPolicy-TLS13-1-3-PQ-2025-09", V1_3, NEW),
    policy("ELBSecurityPolicy-TLS13-1-2-2021-06", V1_3_2, NEW_FORWARD),
    policy("ELBSecurityPolicy-TLS13-1-2-PQ-2025-09", V1_3_2, NEW_FORWARD),
    policy("ELBSecurityPolicy-TLS13-1-2-Res-2021-06", V1_3_2, NEW_RES),
    policy("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", V1_3_2, NEW_RES),
    policy("ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06", V1_3_2, NEW_EXT1),
    policy("ELBSecurityPolicy-TLS13-1-2-Ext1-PQ-2025-09", V1_3_2, NEW_EXT1),
    policy("ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", V1_3_2, NEW_EXT2),
    policy("ELBSecurityPolicy-TLS13-1-2-Ext2-PQ-2025-09", V1_3_2, NEW_EXT2),
    policy("ELBSecurityPolicy-TLS13-1-1-2021-06", V1_3_2_1, NEW_EXT2),
    policy("ELBSecurityPolicy-TLS13-1-0-2021-06", V1_3_2_1_0, NEW_EXT2),
    policy("ELBSecurityPolicy-TLS13-1-0-PQ-2025-09", V1_3_2_1_0, NEW_EXT2),
    policy("ELBSecurityPolicy-TLS-1-2-2017-01", V1_2, &[Forward, ForwardOld, Old]),
    policy("ELBSecurityPolicy-TLS-1-2-Ext-2018-06", V1_2, OLD),
    policy("ELBSecurityPolicy-TLS-1-1-2017-01", V1_2_1, OLD),
    policy(
        "ELBSecurityPolicy-TLS-1-0-2015-04",
        V1_2_1_0,
        &[Forward, ForwardOld, ForwardSha1, Old, OldSha1, Des],
    ),
    policy("ELBSecurityPolicy-2015-05", V1_2_1_0, OLD),
    policy("ELBSecurityPolicy-FS-2018-06", V1_2_1_0, &[Forward, ForwardOld, ForwardSha1]),
    policy("ELBSecurityPolicy-FS-1-1-2019-08", V1_2_1, &[Forward, ForwardOld, ForwardSha1]),
    policy("ELBSecurityPolicy-FS-1-2-2019-08", V1_2, &[Forward, ForwardOld, ForwardSha1]),
    policy("ELBSecurityPolicy-FS-1-2-Res-2019-08", V1_2, &[Forward, ForwardOld]),
    policy("ELBSecurityPolicy-FS-1-2-Res-2020-10", V1_2, &[Forward]),
];

impl Policy {
    /// Its ciphers, the preferred one first.
    pub(crate) fn ciphers(&self) -> impl Iterator<Item = &'static str> + use<'_> {
        ORDER.iter().filter(|(_, group)| self.groups.contains(group)).map(|(name, _)| *name)
    }
}

/// The policy of that name.
pub(crate) fn named(name: &str) -> Option<&'static Policy> {
    ALL.iter().find(|policy| policy.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_have_what_their_names_say() {
        for policy in ALL {
            let has_new = policy.protocols.contains(&"TLSv1.3");
            assert_eq!(policy.name.contains("TLS13"), has_new, "{}", policy.name);
            assert_eq!(policy.ciphers().any(|cipher| cipher.starts_with("TLS_")), has_new, "{}", policy.name);
            if policy.name.contains("-FS-") || policy.name.contains("-Res-") {
                let secret = |cipher: &str| cipher.starts_with("ECDHE-") || cipher.starts_with("TLS_");
                assert!(policy.ciphers().all(secret), "{}", policy.name);
            }
        }
        let usual = named("ELBSecurityPolicy-2016-08").expect("the default");
        assert_eq!(
            (usual.ciphers().count(), usual.ciphers().next()),
            (18, Some("ECDHE-ECDSA-AES128-GCM-SHA256"))
        );
        assert_eq!(named("ELBSecurityPolicy-TLS13-1-2-2021-06").map(|p| p.ciphers().count()), Some(11));
        assert!(named("ELBSecurityPolicy-None").is_none());
    }
}
