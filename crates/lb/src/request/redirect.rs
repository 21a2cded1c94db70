//! Redirect actions: where a client is sent.

use crate::http::RequestHead;
use crate::rules::without_port;
use model::balancer::Redirect;

/// AWS answers 507 where the URL would be longer.
pub const LIMIT: usize = 8 * 1024;

/// The URL, or nothing where it would be too long. `https` and `port` are of the listener that was reached.
pub fn location(redirect: &Redirect, head: &RequestHead, https: bool, port: u16) -> Option<String> {
    let protocol = if https { "https" } else { "http" };
    let host = String::from_utf8_lossy(without_port(&head.host)).into_owned();
    let path = String::from_utf8_lossy(head.path()).into_owned();
    let path = path.strip_prefix('/').unwrap_or(&path);
    let query = String::from_utf8_lossy(head.query()).into_owned();
    let port = port.to_string();
    let fill = |template: &str| {
        fill(
            template,
            &[("protocol", protocol), ("host", &host), ("port", &port), ("path", path), ("query", &query)],
        )
    };

    let mut url = format!(
        "{}://{}:{}",
        fill(&redirect.protocol).to_ascii_lowercase(),
        fill(&redirect.host),
        fill(&redirect.port)
    );
    let path = fill(&redirect.path);
    if !path.starts_with('/') {
        url.push('/');
    }
    url.push_str(&path);
    let query = fill(&redirect.query);
    if !query.is_empty() {
        url.push('?');
        url.push_str(&query);
    }
    (url.len() <= LIMIT).then_some(url)
}

/// Replaces `#{name}`, once: what is put in is not looked at again.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find("#{") {
        out.push_str(&rest[..at]);
        let after = &rest[at + 2..];
        let known = after
            .find('}')
            .and_then(|end| Some((end, values.iter().find(|(name, _)| *name == &after[..end])?)));
        match known {
            Some((end, (_, value))) => {
                out.push_str(value);
                rest = &after[end + 1..];
            }
            None => {
                out.push_str("#{");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::head::take_request;
    use bytes::BytesMut;

    fn to(protocol: &str, host: &str, port: &str, path: &str, query: &str) -> Redirect {
        Redirect {
            protocol: protocol.to_owned(),
            host: host.to_owned(),
            port: port.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            status: 301,
        }
    }

    #[test]
    fn urls() {
        let text = "GET /a/b?c=#{host} HTTP/1.1\r\nHost: x.example:8080\r\n\r\n";
        let head = take_request(&mut BytesMut::from(text)).expect("well formed").expect("whole").head;
        let keep = to("#{protocol}", "#{host}", "#{port}", "/#{path}", "#{query}");
        for (redirect, url) in [
            (keep.clone(), "http://x.example:8080/a/b?c=#{host}"),
            (
                Redirect { protocol: "HTTPS".to_owned(), port: "443".to_owned(), ..keep.clone() },
                "https://x.example:443/a/b?c=#{host}",
            ),
            (
                to("#{protocol}", "new.#{host}", "#{port}", "/new/#{path}", "#{query}&z=1"),
                "http://new.x.example:8080/new/a/b?c=#{host}&z=1",
            ),
            (to("HTTP", "y", "80", "/#{unknown}", ""), "http://y:80/#{unknown}"),
        ] {
            assert_eq!(location(&redirect, &head, false, 8080).as_deref(), Some(url));
        }
        assert_eq!(
            location(&Redirect { path: format!("/{}", "a".repeat(LIMIT)), ..keep }, &head, false, 80),
            None
        );
    }
}
