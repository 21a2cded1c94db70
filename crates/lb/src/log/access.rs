//! One entry of an application load balancer's access log.

use super::{ConnectionId, quoted, timestamp};
use crate::http::RequestHead;
use crate::http::desync::{Tier, Verdict};
use bytes::Bytes;
use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

/// A user agent longer than this is cut, as AWS does.
const USER_AGENT: usize = 8 * 1024;

/// What is known of a request when it is over.
#[derive(Debug)]
pub struct Access<'a> {
    /// `http`, `https`, `h2`, `grpcs`, `ws`, `wss`.
    pub kind: &'static str,
    pub balancer: &'a str,
    pub client: SocketAddr,
    pub target: Option<SocketAddr>,
    pub received: SystemTime,
    pub responded: SystemTime,
    pub request_processing: Option<Duration>,
    pub target_processing: Option<Duration>,
    pub response_processing: Option<Duration>,
    pub status: Option<u16>,
    pub target_status: Option<u16>,
    pub received_bytes: u64,
    pub sent_bytes: u64,
    pub head: Option<&'a RequestHead>,
    pub encrypted: bool,
    pub port: u16,
    pub cipher: Option<&'a str>,
    pub protocol: Option<&'a str>,
    pub group: Option<&'a str>,
    pub trace: Option<&'a Bytes>,
    pub domain: Option<&'a str>,
    pub certificate: Option<&'a str>,
    /// 0 is the default action; none is an error before the rules.
    pub priority: Option<u32>,
    pub actions: &'static str,
    /// Whether users were authenticated first.
    pub authenticated: bool,
    pub error: Option<&'a str>,
    pub redirect: Option<&'a str>,
    pub verdict: Verdict,
    pub connection: ConnectionId,
}

impl Access<'_> {
    /// The entry: the fields of AWS's table in its order.
    pub fn line(&self) -> String {
        let dash = || "-".to_owned();
        let or_dash =
            |text: Option<&str>| text.map_or_else(|| "\"-\"".to_owned(), |text| quoted(text.as_bytes()));
        let number = |number: Option<u16>| number.map_or_else(dash, |number| number.to_string());
        let target = self.target.map_or_else(dash, |target| target.to_string());
        let classification = match self.verdict.tier {
            Tier::Compliant => ("\"-\"".to_owned(), "\"-\"".to_owned()),
            tier => (quoted(tier.text().as_bytes()), quoted(self.verdict.reason.as_bytes())),
        };
        let user_agent = self.head.and_then(|head| head.fields.get("user-agent"));
        let agent = user_agent.map(|agent| quoted(&agent[..agent.len().min(USER_AGENT)]));
        let target_list = if self.target.is_some() { quoted(target.as_bytes()) } else { "\"-\"".to_owned() };
        let status_list =
            self.target_status.map_or_else(|| "\"-\"".to_owned(), |status| format!("\"{status}\""));
        [
            self.kind.to_owned(),
            timestamp(self.responded),
            self.balancer.to_owned(),
            self.client.to_string(),
            target,
            seconds(self.request_processing),
            seconds(self.target_processing),
            seconds(self.response_processing),
            number(self.status),
            number(self.target_status),
            self.received_bytes.to_string(),
            self.sent_bytes.to_string(),
            self.request(),
            agent.unwrap_or_else(|| "\"-\"".to_owned()),
            self.cipher.unwrap_or("-").to_owned(),
            self.protocol.unwrap_or("-").to_owned(),
            self.group.unwrap_or("-").to_owned(),
            self.trace.map_or_else(|| "\"-\"".to_owned(), |trace| quoted(trace)),
            or_dash(self.domain),
            or_dash(self.certificate),
            self.priority.map_or_else(dash, |priority| priority.to_string()),
            timestamp(self.received),
            quoted(self.actions_executed().as_bytes()),
            or_dash(self.redirect),
            or_dash(self.error),
            target_list,
            status_list,
            classification.0,
            classification.1,
            self.connection.to_string(),
        ]
        .join(" ")
    }

    fn actions_executed(&self) -> String {
        match (self.authenticated, self.actions) {
            (false, actions) => actions.to_owned(),
            (true, "-") => "authenticate".to_owned(),
            (true, actions) => format!("authenticate,{actions}"),
        }
    }

    /// Method, whole URL and version; a head that was none is dashes.
    fn request(&self) -> String {
        let Some(head) = self.head else {
            let scheme = if self.encrypted { "https" } else { "http" };
            return format!("\"- {scheme}://-:{}- -\"", self.port);
        };
        let scheme = if self.encrypted { "https" } else { "http" };
        let mut url = head.method.to_vec();
        url.extend_from_slice(format!(" {scheme}://").as_bytes());
        url.extend_from_slice(crate::rules::without_port(&head.host));
        url.extend_from_slice(format!(":{}", self.port).as_bytes());
        url.extend_from_slice(&head.target);
        url.extend_from_slice(format!(" {}", head.version.text()).as_bytes());
        quoted(&url)
    }
}

/// Seconds with milliseconds; -1 is what did not happen.
fn seconds(duration: Option<Duration>) -> String {
    duration.map_or_else(|| "-1".to_owned(), |duration| format!("{:.3}", duration.as_secs_f64()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::head::take_request;
    use bytes::BytesMut;
    use std::time::UNIX_EPOCH;

    #[test]
    fn the_guides_example() {
        let text = "GET / HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: curl/7.46.0\r\n\r\n";
        let head = take_request(&mut BytesMut::from(text)).expect("well formed").expect("whole").head;
        let trace = Bytes::from_static(b"Root=1-58337262-36d228ad5d99923122bbe354");
        let entry = Access {
            kind: "http",
            balancer: "app/my-loadbalancer/50dc6c495c0c9188",
            client: "192.168.131.39:2817".parse().expect("an address"),
            target: Some("10.0.0.1:80".parse().expect("an address")),
            received: UNIX_EPOCH + Duration::from_millis(1_530_570_168_364),
            responded: UNIX_EPOCH + Duration::from_micros(1_530_570_180_186_641),
            request_processing: Some(Duration::ZERO),
            target_processing: Some(Duration::from_millis(1)),
            response_processing: Some(Duration::ZERO),
            status: Some(200),
            target_status: Some(200),
            received_bytes: 34,
            sent_bytes: 366,
            head: Some(&head),
            encrypted: false,
            port: 80,
            cipher: None,
            protocol: None,
            group: Some(
                "arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067",
            ),
            trace: Some(&trace),
            domain: None,
            certificate: None,
            priority: Some(0),
            actions: "forward",
            authenticated: false,
            error: None,
            redirect: None,
            verdict: Verdict::COMPLIANT,
            connection: ConnectionId([0x1234_abcd_5678_ef90, 1]),
        };
        assert_eq!(
            entry.line(),
            "http 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 \
             200 200 34 366 \"GET http://www.example.com:80/ HTTP/1.1\" \"curl/7.46.0\" - - \
             arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 \
             \"Root=1-58337262-36d228ad5d99923122bbe354\" \"-\" \"-\" 0 2018-07-02T22:22:48.364000Z \"forward\" \"-\" \"-\" \
             \"10.0.0.1:80\" \"200\" \"-\" \"-\" TID_1234abcd5678ef900000000000000001"
        );
    }
}
