//! Answers of the load balancer itself: errors, redirects, fixed responses.

use crate::http::write::reason;
use crate::http::{Fields, ResponseHead, Version};
use bytes::Bytes;

/// A response whose body is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub head: ResponseHead,
    pub body: Bytes,
}

/// The page of an error, as Application Load Balancers write it.
pub fn error(status: u16) -> Answer {
    page(status, Fields::default())
}

/// A redirect.
pub fn redirect(status: u16, location: String) -> Answer {
    let mut fields = Fields::default();
    fields.push("Location", location);
    page(status, fields)
}

/// A fixed response. Without a content type AWS says `text/plain; charset=utf-8`.
pub fn fixed(status: u16, content_type: Option<&str>, body: &str) -> Answer {
    let mut fields = Fields::default();
    let kind = content_type.unwrap_or("text/plain");
    fields.push(
        "Content-Type",
        if kind.contains("charset") { kind.to_owned() } else { format!("{kind}; charset=utf-8") },
    );
    answer(status, fields, body.to_owned())
}

fn page(status: u16, mut fields: Fields) -> Answer {
    let title = format!("{status} {}", reason(status));
    let title = title.trim_end();
    fields.push("Content-Type", "text/html");
    let body = format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n"
    );
    answer(status, fields, body)
}

fn answer(status: u16, fields: Fields, body: String) -> Answer {
    let mut all = Fields::default();
    all.push("Server", "awselb/2.0");
    fields.iter().for_each(|field| all.push(field.name, field.value));
    let reason = Bytes::from_static(reason(status).as_bytes());
    Answer {
        head: ResponseHead { status, reason, version: Version::Http11, fields: all },
        body: Bytes::from(body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_say_what_happened() {
        let answer = error(502);
        assert_eq!(
            answer.body,
            "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
        );
        assert_eq!(answer.body.len(), 122);
        let redirect = redirect(301, "https://a:443/".to_owned());
        assert_eq!(redirect.head.fields.get("location"), Some(&b"https://a:443/"[..]));
        let fixed = fixed(200, Some("application/json"), "{}");
        assert_eq!(fixed.head.fields.get("content-type"), Some(&b"application/json; charset=utf-8"[..]));
    }
}
