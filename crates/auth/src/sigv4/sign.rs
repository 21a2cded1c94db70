//! The other side: signing a request in its headers, as our own nodes do when they call the control plane.

use super::canonical::{self, QueryForm};
use super::{Request, instant, key};
use crate::secret::Secret;
use http::{HeaderName, HeaderValue};
use model::Timestamp;
use sha2::{Digest, Sha256};

/// What to sign with and for.
#[derive(Clone, Copy, Debug)]
pub struct Signer<'a> {
    pub access_key_id: &'a str,
    pub secret: &'a Secret,
    pub session_token: Option<&'a Secret>,
    pub region: &'a str,
    pub service: &'a str,
}

/// A session token that no header can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the access key id or the session token holds characters that a header cannot carry")]
pub struct UnfitCredential;

impl Signer<'_> {
    /// The headers to add to `request`, all of whose headers (the host among them) get signed.
    pub fn sign(
        &self,
        request: &Request<'_>,
        now: Timestamp,
    ) -> Result<Vec<(HeaderName, HeaderValue)>, UnfitCredential> {
        let at = instant::basic(now);
        let fit = |text: &str| HeaderValue::from_str(text).map_err(|_| UnfitCredential);
        let mut added = vec![(HeaderName::from_static("x-amz-date"), fit(&at)?)];
        if let Some(token) = self.session_token {
            let mut value = fit(token.expose())?;
            value.set_sensitive(true);
            added.push((HeaderName::from_static("x-amz-security-token"), value));
        }
        let mut headers = request.headers.clone();
        headers.extend(added.iter().map(|(name, value)| (name.clone(), value.clone())));
        let mut names = headers.keys().map(HeaderName::as_str).collect::<Vec<_>>();
        if request.authority.is_some() && !names.contains(&"host") {
            names.push("host");
        }
        names.sort_unstable();
        let names = names.join(";");

        let payload = hex::encode(Sha256::digest(request.body));
        let request = Request { headers: &headers, ..*request };
        let hash = canonical::hash(&request, &names, payload.as_bytes(), QueryForm::Encoded);
        let (date, region, service) = (&at[..8], self.region, self.service);
        let scope = format!("{date}/{region}/{service}/aws4_request");
        let text = format!("AWS4-HMAC-SHA256\n{at}\n{scope}\n{}", hex::encode(hash));
        let key = key::derive(self.secret, date, region, service);
        let signature = hex::encode(key::hmac(&key, text.as_bytes()));
        let id = self.access_key_id;
        let authorization =
            format!("AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={names}, Signature={signature}");
        added.push((http::header::AUTHORIZATION, fit(&authorization)?));
        Ok(added)
    }
}
