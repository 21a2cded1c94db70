//! Heads of requests and responses, read from the bytes of a connection.

use super::Fields;
use super::fields::Lines;
use bytes::{Bytes, BytesMut};
use std::mem::MaybeUninit;

/// Limits that AWS documents: 16 K a request line, 16 K a header, 64 K all of them; 32 K for a response's head
/// (quotas of Application Load Balancers: HTTP headers).
pub const LINE_LIMIT: usize = 16 * 1024;
pub const REQUEST_LIMIT: usize = 64 * 1024;
pub const RESPONSE_LIMIT: usize = 32 * 1024;
/// AWS documents no number of headers; this bounds what one head costs.
const FIELDS: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    Http10,
    Http11,
    Http2,
}

impl Version {
    /// As access logs write it.
    pub fn text(self) -> &'static str {
        match self {
            Self::Http10 => "HTTP/1.0",
            Self::Http11 => "HTTP/1.1",
            Self::Http2 => "HTTP/2.0",
        }
    }
}

/// The head of a request, whatever version it came by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestHead {
    pub method: Bytes,
    /// Path and query as they came; `*` of an OPTIONS.
    pub target: Bytes,
    /// The host and port that the client asked for: the request's own, or that of its absolute form.
    pub host: Bytes,
    /// `http` or `https` where the request's target said so.
    pub scheme: Option<Bytes>,
    pub version: Version,
    pub fields: Fields,
}

impl RequestHead {
    pub fn path(&self) -> &[u8] {
        self.target.split(|byte| *byte == b'?').next().unwrap_or_default()
    }

    pub fn query(&self) -> &[u8] {
        let path = self.path().len();
        self.target.get(path + 1..).unwrap_or_default()
    }
}

/// The head of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseHead {
    pub status: u16,
    pub reason: Bytes,
    pub version: Version,
    pub fields: Fields,
}

/// Why a request's head is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error("the request does not meet the HTTP specification")]
    Syntax,
    #[error("the head of the request is too large")]
    TooLarge,
    #[error("the request line is too long")]
    UriTooLong,
    #[error("the version is not supported")]
    Version,
    #[error("the method is malformed")]
    Method,
    #[error("there is no host, or more than one")]
    Host,
}

impl Malformed {
    /// The status that answers it. AWS documents 400 for heads over the limits and 414 for URLs that are too long.
    pub fn status(self) -> u16 {
        match self {
            Self::UriTooLong => 414,
            Self::Version => 505,
            Self::Syntax | Self::TooLarge | Self::Method | Self::Host => 400,
        }
    }
}

/// A request's head, and whether each of its lines ended in CR LF.
#[derive(Debug, PartialEq, Eq)]
pub struct ParsedRequest {
    pub head: RequestHead,
    pub bare_lf: bool,
    /// Size of the head in bytes.
    pub bytes: usize,
}

/// When a request's head that comes in parts is read again. A head is read from its beginning each time: read with every byte it would cost its square.
#[derive(Debug, Default)]
pub struct Patience {
    /// How much there was when it was last read, and when its end was last looked for.
    read: usize,
    seen: usize,
}

impl Patience {
    /// Whether it is time: at first, with its end, at twice the length, and over the limit.
    pub fn is_over(&mut self, buffer: &[u8]) -> bool {
        let over = buffer.len() >= 2 * self.read || buffer.len() > REQUEST_LIMIT || ends(buffer, self.seen);
        self.seen = buffer.len();
        if over {
            self.read = buffer.len();
        }
        over
    }
}

/// Whether a head ends behind what was seen of it.
fn ends(buffer: &[u8], seen: usize) -> bool {
    let new = buffer.get(seen.saturating_sub(3)..).unwrap_or(buffer);
    new.windows(2).any(|end| end == b"\n\n") || new.windows(3).any(|end| end == b"\n\r\n")
}

/// Takes a whole request head out of `buffer`; none is there yet where it answers `None`.
pub fn take_request(buffer: &mut BytesMut) -> Result<Option<ParsedRequest>, Malformed> {
    skip_empty_lines(buffer);
    let mut storage = [const { MaybeUninit::<httparse::Header<'_>>::uninit() }; FIELDS];
    let mut request = httparse::Request::new(&mut []);
    let parsed = request.parse_with_uninit_headers(buffer, &mut storage);
    let length = match parsed {
        Ok(httparse::Status::Complete(length)) if length <= REQUEST_LIMIT => length,
        Ok(httparse::Status::Complete(_)) => return Err(Malformed::TooLarge),
        Ok(httparse::Status::Partial) => return partial(buffer).map(|()| None),
        Err(httparse::Error::TooManyHeaders) => return Err(Malformed::TooLarge),
        Err(httparse::Error::Version) => return Err(version_of(buffer)),
        Err(httparse::Error::Token) if !starts_with_method(buffer) => return Err(Malformed::Method),
        Err(_) => return Err(Malformed::Syntax),
    };
    let base = buffer.as_ptr() as usize;
    let method = span(base, request.method.ok_or(Malformed::Method)?.as_bytes());
    let target = span(base, request.path.ok_or(Malformed::Syntax)?.as_bytes());
    let version = if request.version == Some(0) { Version::Http10 } else { Version::Http11 };
    if method.1 + target.1 + " HTTP/1.1".len() + 1 > LINE_LIMIT {
        return Err(Malformed::UriTooLong);
    }
    let lines = lines(buffer, request.headers)?;
    let bytes = buffer.split_to(length).freeze();
    // Where each field ends well only the lines before and behind them are left.
    let first = lines.begin().filter(|_| lines.are_as_written()).and_then(|first| bytes.get(..first));
    let bare_lf = match first {
        Some(first) => !(first.ends_with(b"\r\n") && bytes.ends_with(b"\r\n\r\n")),
        None => has_bare_lf(&bytes),
    };
    let fields = Fields::of(bytes.clone(), lines);
    let (scheme, authority, target) =
        split_target(cut(&bytes, target), &bytes.slice(method.0..method.0 + method.1))?;
    let host = host(&bytes, &fields, authority, version)?;
    let head = RequestHead { method: cut(&bytes, method), target, host, scheme, version, fields };
    Ok(Some(ParsedRequest { head, bare_lf, bytes: length }))
}

/// Takes a whole response head out of `buffer`.
pub fn take_response(buffer: &mut BytesMut) -> Result<Option<(ResponseHead, usize)>, Malformed> {
    let mut storage = [const { MaybeUninit::<httparse::Header<'_>>::uninit() }; FIELDS];
    let mut response = httparse::Response::new(&mut []);
    let config = httparse::ParserConfig::default();
    let length = match config.parse_response_with_uninit_headers(&mut response, buffer, &mut storage) {
        Ok(httparse::Status::Complete(length)) if length <= RESPONSE_LIMIT => length,
        Ok(httparse::Status::Partial) if buffer.len() < RESPONSE_LIMIT => return Ok(None),
        Ok(_) => return Err(Malformed::TooLarge),
        Err(_) => return Err(Malformed::Syntax),
    };
    let base = buffer.as_ptr() as usize;
    // Three digits, and of a class (RFC 9110 §15).
    let status = response.code.filter(|status| *status >= 100).ok_or(Malformed::Syntax)?;
    let reason = response.reason.map(|reason| span(base, reason.as_bytes())).unwrap_or_default();
    let version = if response.version == Some(0) { Version::Http10 } else { Version::Http11 };
    let lines = lines(buffer, response.headers)?;
    let bytes = buffer.split_to(length).freeze();
    // httparse answers a text of its own where there is none, or one that is no ASCII.
    let reason = if reason.0 < length { cut(&bytes, reason) } else { Bytes::new() };
    let head = ResponseHead { status, reason, version, fields: Fields::of(bytes, lines) };
    Ok(Some((head, length)))
}

/// Trailers of a chunked body: the lines up to the empty one, or `None` where that has not come.
pub fn take_trailers(buffer: &mut BytesMut) -> Result<Option<Fields>, Malformed> {
    let mut storage = [httparse::EMPTY_HEADER; FIELDS];
    match httparse::parse_headers(buffer, &mut storage) {
        Ok(httparse::Status::Complete((length, headers))) if length <= RESPONSE_LIMIT => {
            let lines = lines(buffer, headers)?;
            Ok(Some(Fields::of(buffer.split_to(length).freeze(), lines)))
        }
        Ok(httparse::Status::Partial) if buffer.len() < RESPONSE_LIMIT => Ok(None),
        Ok(_) | Err(httparse::Error::TooManyHeaders) => Err(Malformed::TooLarge),
        Err(_) => Err(Malformed::Syntax),
    }
}

/// Offset and length of a part of the buffer.
type Span = (usize, usize);

fn span(base: usize, part: &[u8]) -> Span {
    ((part.as_ptr() as usize).wrapping_sub(base), part.len())
}

fn cut(bytes: &Bytes, (at, length): Span) -> Bytes {
    bytes.slice(at..at + length)
}

/// Where a head's fields are in the buffer; no line is longer than AWS lets it be.
fn lines(buffer: &[u8], headers: &[httparse::Header<'_>]) -> Result<Lines, Malformed> {
    let lines = Lines::of(buffer, headers.iter().map(|header| (header.name.as_bytes(), header.value)));
    if lines.longest() > LINE_LIMIT { Err(Malformed::TooLarge) } else { Ok(lines) }
}

/// A head that is not whole yet: whether more of it may come.
fn partial(buffer: &[u8]) -> Result<(), Malformed> {
    let line = buffer.iter().take(LINE_LIMIT + 1).position(|byte| *byte == b'\n');
    if line.is_none() && buffer.len() > LINE_LIMIT {
        return Err(Malformed::UriTooLong);
    }
    if buffer.len() >= REQUEST_LIMIT { Err(Malformed::TooLarge) } else { Ok(()) }
}

/// RFC 9112 §2.2: empty lines before a request line are passed over.
fn skip_empty_lines(buffer: &mut BytesMut) {
    while let [b'\n', ..] | [b'\r', b'\n', ..] = buffer[..] {
        let _ = buffer.split_to(if buffer[0] == b'\n' { 1 } else { 2 });
    }
}

fn starts_with_method(buffer: &[u8]) -> bool {
    let end = buffer.iter().position(|byte| *byte == b' ').unwrap_or(0);
    end > 0 && buffer[..end].iter().all(|byte| is_token(*byte))
}

/// 505 for another version of HTTP, 400 for what is none.
fn version_of(buffer: &[u8]) -> Malformed {
    let line = buffer.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end();
    let mut words = line.splitn(3, |byte| *byte == b' ').skip(2);
    match words.next().unwrap_or_default() {
        [b'H', b'T', b'T', b'P', b'/', major, b'.', minor]
            if major.is_ascii_digit() && minor.is_ascii_digit() =>
        {
            Malformed::Version
        }
        _ => Malformed::Syntax,
    }
}

fn has_bare_lf(head: &[u8]) -> bool {
    let mut before = 0;
    head.iter().any(|byte| {
        let bare = *byte == b'\n' && before != b'\r';
        before = *byte;
        bare
    })
}

/// Characters of a token (RFC 9110 §5.6.2).
pub fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Scheme, authority and target of a request's target in origin, absolute or asterisk form.
#[allow(clippy::type_complexity, reason = "three parts of one text")]
fn split_target(target: Bytes, method: &[u8]) -> Result<(Option<Bytes>, Option<Bytes>, Bytes), Malformed> {
    // The tunnels of forward proxies are not a load balancer's business.
    if method == b"CONNECT" {
        return Err(Malformed::Method);
    }
    if target.starts_with(b"/") || (&target[..] == b"*" && method == b"OPTIONS") {
        return Ok((None, None, target));
    }
    let lower = target.get(..8).unwrap_or(&target).to_ascii_lowercase();
    let scheme = if lower.starts_with(b"http://") {
        4
    } else if lower.starts_with(b"https://") {
        5
    } else {
        return Err(Malformed::Syntax);
    };
    let rest = target.slice(scheme + 3..);
    let end = rest.iter().position(|byte| matches!(byte, b'/' | b'?')).unwrap_or(rest.len());
    let authority = rest.slice(..end);
    if authority.is_empty() || authority.contains(&b'@') {
        return Err(Malformed::Syntax);
    }
    let path = rest.slice(end..);
    let path = match path.first() {
        Some(b'/') => path,
        _ => [b"/", &path[..]].concat().into(),
    };
    Ok((Some(target.slice(..scheme)), Some(authority), path))
}

/// The one host of a request: RFC 9112 §3.2. HTTP/1.0 may have none.
fn host(
    bytes: &Bytes,
    fields: &Fields,
    authority: Option<Bytes>,
    version: Version,
) -> Result<Bytes, Malformed> {
    let mut all = fields.all("host");
    let first = all.next();
    if all.next().is_some() {
        return Err(Malformed::Host);
    }
    match (authority, first) {
        (authority, Some(host)) => match authority {
            _ if !is_host(host) => Err(Malformed::Host),
            None => Ok(bytes.slice_ref(host)),
            Some(authority) if is_host(&authority) => Ok(authority),
            Some(_) => Err(Malformed::Host),
        },
        (Some(authority), None) if version == Version::Http10 && is_host(&authority) => Ok(authority),
        (None, None) if version == Version::Http10 => Ok(Bytes::new()),
        (_, None) => Err(Malformed::Host),
    }
}

/// Characters of a registered name, an address or a port; nothing that another parser could take for a path or user.
pub fn is_host(host: &[u8]) -> bool {
    host.iter().all(|byte| HOST[usize::from(*byte)])
}

const HOST: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b"-._~%!$&'()*+;=:[]";
    let mut at = 0;
    while at < 256 {
        table[at] = (at as u8).is_ascii_alphanumeric();
        at += 1;
    }
    at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests;
