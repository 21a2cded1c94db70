//! AWS's security policies, as far as rustls has what they name.
// AWS differs: rustls has neither TLS 1.0 and 1.1, nor CBC ciphers, nor key exchange by RSA. A policy that has them besides others offers
// the others only; each policy has some that are left.

use rustls::crypto::CryptoProvider;
use rustls::crypto::aws_lc_rs::kx_group;
use rustls::{CipherSuite, SupportedProtocolVersion};

/// What a policy comes down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    pub tls12: bool,
    pub tls13: bool,
    /// Only what FIPS 140 approves: no ChaCha20.
    pub fips: bool,
    /// Key exchange with ML-KEM besides.
    pub post_quantum: bool,
}

/// Policies before TLS 1.3.
const TLS12: [&str; 10] = [
    "ELBSecurityPolicy-2015-05",
    "ELBSecurityPolicy-2016-08",
    "ELBSecurityPolicy-TLS-1-0-2015-04",
    "ELBSecurityPolicy-TLS-1-1-2017-01",
    "ELBSecurityPolicy-TLS-1-2-2017-01",
    "ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
    "ELBSecurityPolicy-FS-2018-06",
    "ELBSecurityPolicy-FS-1-1-2019-08",
    "ELBSecurityPolicy-FS-1-2-2019-08",
    "ELBSecurityPolicy-FS-1-2-Res-2019-08",
];
/// What stands between `ELBSecurityPolicy-TLS13-` and the date.
const TLS13: [&str; 8] = ["1-3", "1-2", "1-2-Res", "1-2-Ext0", "1-2-Ext1", "1-2-Ext2", "1-1", "1-0"];

/// The policy of a name; none where AWS has no such.
pub fn policy(name: &str) -> Option<Policy> {
    if TLS12.contains(&name) || name == "ELBSecurityPolicy-FS-1-2-Res-2020-10" {
        return Some(Policy { tls12: true, tls13: false, fips: false, post_quantum: false });
    }
    let rest = name.strip_prefix("ELBSecurityPolicy-TLS13-")?;
    let (kind, fips, post_quantum) = if let Some(kind) = rest.strip_suffix("-FIPS-PQ-2025-09") {
        (kind, true, true)
    } else if let Some(kind) = rest.strip_suffix("-PQ-2025-09") {
        (kind, false, true)
    } else if let Some(kind) = rest.strip_suffix("-FIPS-2023-04") {
        (kind, true, false)
    } else {
        (rest.strip_suffix("-2021-06")?, false, false)
    };
    TLS13.contains(&kind).then_some(Policy { tls12: kind != "1-3", tls13: true, fips, post_quantum })
}

impl Policy {
    pub fn versions(self) -> &'static [&'static SupportedProtocolVersion] {
        static ONLY_12: [&SupportedProtocolVersion; 1] = [&rustls::version::TLS12];
        static ONLY_13: [&SupportedProtocolVersion; 1] = [&rustls::version::TLS13];
        match (self.tls12, self.tls13) {
            (true, true) => rustls::ALL_VERSIONS,
            (false, _) => &ONLY_13,
            (true, false) => &ONLY_12,
        }
    }

    /// The provider with the suites and groups of the policy.
    pub fn provider(self) -> CryptoProvider {
        let mut provider = super::provider();
        provider.cipher_suites.retain(|suite| match suite.suite() {
            CipherSuite::TLS13_CHACHA20_POLY1305_SHA256 => !self.fips,
            // No policy of AWS has ChaCha20 with TLS 1.2.
            CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
            | CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 => false,
            _ => true,
        });
        provider.kx_groups = match (self.post_quantum, self.fips) {
            (true, _) => {
                vec![kx_group::X25519MLKEM768, kx_group::X25519, kx_group::SECP256R1, kx_group::SECP384R1]
            }
            (false, false) => vec![kx_group::X25519, kx_group::SECP256R1, kx_group::SECP384R1],
            (false, true) => vec![kx_group::SECP256R1, kx_group::SECP384R1],
        };
        provider
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let both = Policy { tls12: true, tls13: true, fips: false, post_quantum: false };
        for (name, expected) in [
            ("ELBSecurityPolicy-TLS13-1-2-2021-06", Some(both)),
            ("ELBSecurityPolicy-TLS13-1-0-2021-06", Some(both)),
            ("ELBSecurityPolicy-TLS13-1-3-2021-06", Some(Policy { tls12: false, ..both })),
            ("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", Some(Policy { post_quantum: true, ..both })),
            ("ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04", Some(Policy { fips: true, ..both })),
            ("ELBSecurityPolicy-2016-08", Some(Policy { tls13: false, ..both })),
            ("ELBSecurityPolicy-TLS13-1-4-2021-06", None),
            ("ELBSecurityPolicy", None),
        ] {
            assert_eq!(policy(name), expected, "{name}");
        }
    }

    #[test]
    fn every_policy_has_suites() {
        for name in TLS12 {
            let policy = policy(name).expect(name);
            assert!(policy.provider().cipher_suites.iter().any(|suite| suite.tls13().is_none()), "{name}");
        }
        let fips = policy("ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04").expect("a policy").provider();
        assert!(
            fips.cipher_suites
                .iter()
                .all(|suite| suite.suite() != CipherSuite::TLS13_CHACHA20_POLY1305_SHA256)
        );
    }
}
