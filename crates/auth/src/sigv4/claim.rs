//! What a request says about its signature, before any of it is believed.
//!
//! Source of the order in which parts are missed and of the texts: see [`super::error`]. Nothing here allocates more
//! than the request's own size.

use super::canonical::{decoded, parameters};
use super::error::Error;
use super::{Request, instant};
use http::HeaderMap;
use http::header::{AUTHORIZATION, DATE};
use model::Timestamp;
use std::borrow::Cow;

const WEEK_S: u64 = 604_800;

/// The parts of a signature as they were sent.
#[derive(Debug)]
pub(super) struct Claim<'a> {
    pub algorithm: Cow<'a, str>,
    /// `KEY/DATE/REGION/SERVICE/aws4_request`, if it is well made.
    pub credential: Cow<'a, str>,
    /// Lower case, separated by semicolons.
    pub signed_headers: Cow<'a, str>,
    pub signature: Cow<'a, str>,
    pub at: Timestamp,
    pub token: Option<Cow<'a, str>>,
    /// Seconds that a presigned query is good for; none for a signature in headers.
    pub expires_s: Option<u64>,
}

impl<'a> Claim<'a> {
    pub(super) fn read(request: &Request<'a>) -> Result<Self, Error> {
        let query = request.query.unwrap_or("");
        let presigned = parameters(query).any(|(name, _)| *decoded(name) == *b"X-Amz-Algorithm");
        let mut headers = request.headers.get_all(AUTHORIZATION).iter();
        match (headers.next(), presigned) {
            (Some(_), true) => Err(Error::TwoPlaces),
            (None, true) => Self::from_query(query),
            // Another scheme is as good as none.
            (Some(header), false) if header.as_bytes().trim_ascii_start().starts_with(b"AWS4-") => {
                match headers.next() {
                    None => Self::from_header(header.as_bytes(), request.headers),
                    // What AWS says here is not established.
                    Some(_) => Err(Error::Invalid("Found more than one 'Authorization' HTTP header.".into())),
                }
            }
            (Some(_) | None, false) => Err(Error::MissingToken),
        }
    }

    fn from_header(header: &'a [u8], headers: &'a HeaderMap) -> Result<Self, Error> {
        let text = std::str::from_utf8(header).map_err(|_| Error::not_a_pair(header))?.trim();
        let (algorithm, rest) = text.split_once(' ').unwrap_or((text, ""));
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for part in rest.split([',', ' ', '\t']).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or_else(|| Error::not_a_pair(header))?;
            let slot = match name {
                "Credential" => &mut credential,
                "SignedHeaders" => &mut signed_headers,
                "Signature" => &mut signature,
                _ => continue,
            };
            *slot = Some(value).filter(|value| !value.is_empty());
        }
        let date = text_of(headers, "x-amz-date").or_else(|| text_of(headers, DATE.as_str()));
        let (Some(credential), Some(signature), Some(signed_headers), Some(date)) =
            (credential, signature, signed_headers, date)
        else {
            let missing = [
                (credential.is_none(), "Authorization header requires 'Credential' parameter."),
                (signature.is_none(), "Authorization header requires 'Signature' parameter."),
                (signed_headers.is_none(), "Authorization header requires 'SignedHeaders' parameter."),
                (
                    date.is_none(),
                    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
                ),
            ];
            let missing = missing.iter().filter(|(is, _)| *is).map(|(_, text)| *text).collect::<Vec<_>>();
            return Err(Error::incomplete_header(&missing, header));
        };
        Ok(Self {
            algorithm: algorithm.into(),
            credential: credential.into(),
            signed_headers: lower(signed_headers.into()),
            signature: signature.into(),
            at: moment(date)?,
            token: text_of(headers, "x-amz-security-token").map(Cow::Borrowed),
            expires_s: None,
        })
    }

    fn from_query(query: &'a str) -> Result<Self, Error> {
        let value = |name: &str| query_value(query, name).filter(|value| !value.is_empty());
        let (algorithm, credential) = (value("X-Amz-Algorithm"), value("X-Amz-Credential"));
        let (signature, signed_headers) = (value("X-Amz-Signature"), value("X-Amz-SignedHeaders"));
        let date = value("X-Amz-Date");
        let (Some(algorithm), Some(credential), Some(signature), Some(signed_headers), Some(date)) =
            (&algorithm, &credential, &signature, &signed_headers, &date)
        else {
            let missing = [
                (algorithm.is_none(), "X-Amz-Algorithm"),
                (credential.is_none(), "X-Amz-Credential"),
                (signature.is_none(), "X-Amz-Signature"),
                (signed_headers.is_none(), "X-Amz-SignedHeaders"),
                (date.is_none(), "X-Amz-Date"),
            ];
            let missing = missing.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect::<Vec<_>>();
            return Err(Error::incomplete_query(&missing));
        };
        let at = moment(date)?;
        let expires_s = match value("X-Amz-Expires") {
            None => 0,
            Some(text) => match text.parse::<i64>().map(u64::try_from) {
                Err(_) => return Err(Error::Incomplete("X-Amz-Expires should be a number".into())),
                Ok(Err(_)) => return Err(Error::Incomplete("X-Amz-Expires must be non-negative".into())),
                Ok(Ok(seconds)) if seconds > WEEK_S => {
                    let text = "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires \
                                must be less than 604800 seconds";
                    return Err(Error::Incomplete(text.into()));
                }
                Ok(Ok(seconds)) => seconds,
            },
        };
        Ok(Self {
            algorithm: algorithm.clone(),
            credential: credential.clone(),
            signed_headers: lower(signed_headers.clone()),
            signature: signature.clone(),
            at,
            token: value("X-Amz-Security-Token"),
            expires_s: Some(expires_s),
        })
    }
}

/// The service that the request says it was signed for, if it says one; proves nothing.
pub fn claimed_service(request: &Request<'_>) -> Option<String> {
    let credential = match text_of(request.headers, AUTHORIZATION.as_str()) {
        Some(header) => {
            let start = header.find("Credential=")? + "Credential=".len();
            Cow::Borrowed(header[start..].split([',', ' ']).next()?)
        }
        None => query_value(request.query?, "X-Amz-Credential")?,
    };
    credential.split('/').nth(3).filter(|service| !service.is_empty()).map(str::to_owned)
}

fn moment(text: &str) -> Result<Timestamp, Error> {
    instant::parse_basic(text).or_else(|| instant::parse_http(text)).ok_or_else(|| {
        // As much of it as tells the mistake.
        let got = text.chars().take(64).collect::<String>();
        Error::Incomplete(format!(
            "Date must be in ISO-8601 'basic format'. Got '{got}'. See http://en.wikipedia.org/wiki/ISO_8601"
        ))
    })
}

fn text_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim).filter(|text| !text.is_empty())
}

fn query_value<'a>(query: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let (_, value) = parameters(query).find(|(found, _)| *decoded(found) == *name.as_bytes())?;
    match decoded(value) {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

fn lower(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(text.to_ascii_lowercase()),
        false => text,
    }
}
