//! Header fields in their order, with their names as they came.

use bytes::Bytes;

/// A header field. Names compare without regard to case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: Bytes,
    pub value: Bytes,
}

/// The fields of a head or of trailers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<Field>);

impl Fields {
    pub fn with_capacity(fields: usize) -> Self {
        Self(Vec::with_capacity(fields))
    }

    pub fn push(&mut self, name: impl Into<Bytes>, value: impl Into<Bytes>) {
        self.0.push(Field { name: name.into(), value: value.into() });
    }

    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&Bytes> {
        self.0.iter().find(|field| field.name.eq_ignore_ascii_case(name.as_bytes())).map(|field| &field.value)
    }

    /// Every value of a name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Bytes> {
        self.0
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name.as_bytes()))
            .map(|field| &field.value)
    }

    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub fn remove(&mut self, name: &str) {
        self.0.retain(|field| !field.name.eq_ignore_ascii_case(name.as_bytes()));
    }

    /// Replaces every value of a name by one; it stands where the first one stood.
    pub fn set(&mut self, name: &'static str, value: impl Into<Bytes>) {
        let value = value.into();
        let Some(at) = self.0.iter().position(|field| field.name.eq_ignore_ascii_case(name.as_bytes()))
        else {
            return self.push(name.as_bytes(), value);
        };
        let mut index = 0;
        self.0.retain(|field| {
            let keep = index <= at || !field.name.eq_ignore_ascii_case(name.as_bytes());
            index += 1;
            keep
        });
        self.0[at].value = value;
    }

    pub fn retain(&mut self, keep: impl FnMut(&Field) -> bool) {
        self.0.retain(keep);
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Field> {
        self.0.iter()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a comma separated list under `name` has `token`, without regard to case.
    pub fn lists(&self, name: &str, token: &str) -> bool {
        self.all(name).any(|value| list(value).any(|part| part.eq_ignore_ascii_case(token.as_bytes())))
    }
}

/// The parts of a comma separated list, trimmed; empty ones are left out.
pub fn list(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii).filter(|part| !part.is_empty())
}

/// Fields that concern one connection only (RFC 9110 §7.6.1), besides those that `Connection` names.
const HOP_BY_HOP: [&str; 7] =
    ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"];

/// Fields that do not go because `Connection` names them: what a request is about, and what the load balancer itself tells targets.
const KEPT: [&str; 6] =
    ["host", "content-length", "x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"];

/// Fields that no trailer may carry (RFC 9110 §6.5.1): whoever merges trailers into the head would be told another framing, host or
/// sender by them.
const NO_TRAILERS: [&str; 14] = [
    "authorization",
    "cache-control",
    "content-encoding",
    "content-length",
    "content-range",
    "content-type",
    "cookie",
    "expect",
    "forwarded",
    "host",
    "max-forwards",
    "proxy-authorization",
    "range",
    "set-cookie",
];

fn names(list: &[&str], name: &[u8]) -> bool {
    list.iter().any(|one| name.eq_ignore_ascii_case(one.as_bytes()))
}

/// Drops from trailers what belongs into a head.
pub fn strip_trailers(fields: &mut Fields) {
    let starts = |name: &[u8], with: &str| {
        name.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
    };
    fields.retain(|field| {
        let name = &field.name;
        let head = names(&NO_TRAILERS, name) || names(&HOP_BY_HOP, name);
        !head && !starts(name, "x-forwarded-") && !starts(name, "x-amzn-")
    });
}

/// Drops the fields that end at this hop. `Trailer` and `TE: trailers` are kept where `trailers` says so: gRPC needs them.
pub fn strip_hop_by_hop(fields: &mut Fields, trailers: bool) {
    let named: Vec<Bytes> = fields
        .all("connection")
        .flat_map(|value| list(value).map(|part| value.slice_ref(part)))
        // What a request is about does not go because a client asks for it.
        .filter(|name| !names(&KEPT, name))
        .collect();
    let te = trailers && fields.lists("te", "trailers");
    fields.retain(|field| {
        let hop = names(&HOP_BY_HOP, &field.name);
        let kept = trailers && field.name.eq_ignore_ascii_case(b"trailer");
        (!hop || kept) && !named.iter().any(|name| field.name.eq_ignore_ascii_case(name))
    });
    if te {
        fields.push("te", "trailers");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(of: &[(&'static str, &'static str)]) -> Fields {
        let mut fields = Fields::default();
        of.iter().for_each(|(name, value)| fields.push(*name, *value));
        fields
    }

    #[test]
    fn what_connection_names_goes_with_it() {
        let mut seen = fields(&[
            ("Host", "a"),
            ("Connection", "close, X-Secret , host"),
            ("x-secret", "1"),
            ("Keep-Alive", "timeout=5"),
            ("TE", "trailers"),
            ("Accept", "*/*"),
        ]);
        strip_hop_by_hop(&mut seen, false);
        assert_eq!(seen, fields(&[("Host", "a"), ("Accept", "*/*")]));
    }

    #[test]
    fn what_the_load_balancer_says_stays() {
        let mut seen =
            fields(&[("Connection", "x-amzn-trace-id, X-Forwarded-For"), ("X-Amzn-Trace-Id", "Root=1")]);
        strip_hop_by_hop(&mut seen, false);
        assert_eq!(seen, fields(&[("X-Amzn-Trace-Id", "Root=1")]));
    }

    #[test]
    fn trailers_are_no_head() {
        let mut seen = fields(&[
            ("grpc-status", "0"),
            ("Content-Length", "5"),
            ("transfer-encoding", "chunked"),
            ("Host", "b"),
            ("X-Forwarded-For", "10.0.0.1"),
            ("x-amzn-oidc-data", "forged"),
            ("Set-Cookie", "a=b"),
            ("x-checksum", "1"),
        ]);
        strip_trailers(&mut seen);
        assert_eq!(seen, fields(&[("grpc-status", "0"), ("x-checksum", "1")]));
    }

    #[test]
    fn grpc_keeps_its_trailers() {
        let mut seen = fields(&[("te", "trailers, deflate"), ("trailer", "grpc-status")]);
        strip_hop_by_hop(&mut seen, true);
        assert_eq!(seen, fields(&[("trailer", "grpc-status"), ("te", "trailers")]));
    }

    #[test]
    fn set_leaves_one() {
        let mut seen = fields(&[("A", "1"), ("b", "2"), ("a", "3")]);
        seen.set("a", "4");
        assert_eq!(seen, fields(&[("A", "4"), ("b", "2")]));
        seen.set("c", "5");
        assert_eq!(seen.get("C").map(|value| &value[..]), Some(&b"5"[..]));
    }
}
