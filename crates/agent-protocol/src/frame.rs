//! The envelope of both websockets: a text frame `{"type":"X","message":{…}}`, and the signed header prefix that the
//! official agent puts before the JSON of every frame it sends to TCS (observed).

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Why a frame is not a message.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    #[error("a frame of {length} bytes is not an envelope of type and message")]
    Envelope {
        length: usize,
        #[source]
        source: serde_json::Error,
    },
    #[error("the message of type {kind} does not have its shape")]
    Message {
        kind: String,
        #[source]
        source: serde_json::Error,
    },
}

#[derive(Deserialize)]
pub(crate) struct Envelope<'a> {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(borrow, default)]
    pub message: Option<&'a RawValue>,
}

#[derive(Serialize)]
pub(crate) struct EnvelopeOut<'a, T> {
    #[serde(rename = "type")]
    pub kind: &'a str,
    pub message: &'a T,
}

impl<'a> Envelope<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self, DecodeError> {
        serde_json::from_str(text).map_err(|source| DecodeError::Envelope { length: text.len(), source })
    }

    /// The message; an absent or null one reads as `{}`.
    pub(crate) fn message<T: Deserialize<'a>>(&self) -> Result<T, DecodeError> {
        let text = self.message.map_or("{}", RawValue::get);
        let text = if text == "null" { "{}" } else { text };
        serde_json::from_str(text).map_err(|source| DecodeError::Message { kind: self.kind.clone(), source })
    }
}

/// One direction of a websocket: an enum over its message types, with `encode` and `decode`.
macro_rules! direction {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident($ty:ty)),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $($(#[$vdoc])* $variant($ty),)+
            /// A type this version does not know: to be ignored.
            Unknown { kind: String },
        }

        impl $name {
            /// The `type` of the envelope.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$variant(_) => stringify!($variant),)+
                    Self::Unknown { kind } => kind,
                }
            }

            /// As a text frame.
            pub fn encode(&self) -> String {
                let encoded = match self {
                    $(Self::$variant(message) => {
                        serde_json::to_string(&$crate::frame::EnvelopeOut { kind: stringify!($variant), message })
                    })+
                    Self::Unknown { kind } => serde_json::to_string(&$crate::frame::EnvelopeOut {
                        kind,
                        message: &serde_json::Map::new(),
                    }),
                };
                encoded.expect("shapes have text keys and finite numbers, so they always are JSON")
            }

            /// From a text frame. A type nobody knows is [`Self::Unknown`], not an error.
            pub fn decode(text: &str) -> Result<Self, $crate::frame::DecodeError> {
                let envelope = $crate::frame::Envelope::parse(text)?;
                Ok(match envelope.kind.as_str() {
                    $(stringify!($variant) => Self::$variant(envelope.message()?),)+
                    _ => Self::Unknown { kind: envelope.kind },
                })
            }
        }

        $(impl From<$ty> for $name {
            fn from(message: $ty) -> Self {
                Self::$variant(message)
            }
        })+
    };
}
pub(crate) use direction;

/// Splits an agent → TCS frame into its header prefix, where it has one, and the JSON.
///
/// The official agent writes `Name: value` lines, each ended by CR LF, an empty line, then the JSON; our agent may send
/// bare JSON. Both are taken.
pub fn split_header_prefix(frame: &str) -> (Option<&str>, &str) {
    if frame.trim_start().starts_with('{') {
        return (None, frame);
    }
    match frame.split_once("\r\n\r\n") {
        Some((headers, json)) => (Some(headers), json),
        None => (None, frame),
    }
}

/// The `Name: value` pairs of a header prefix, in order; lines of another form are left out.
pub fn headers(prefix: &str) -> impl Iterator<Item = (&str, &str)> {
    prefix
        .split("\r\n")
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()))
}

/// Puts a header prefix before the JSON of a frame, in the official agent's form.
pub fn with_header_prefix<'a>(headers: impl IntoIterator<Item = (&'a str, &'a str)>, json: &str) -> String {
    let mut frame = String::with_capacity(json.len() + 512);
    for (name, value) in headers {
        frame.push_str(name);
        frame.push_str(": ");
        frame.push_str(value);
        frame.push_str("\r\n");
    }
    frame.push_str("\r\n");
    frame.push_str(json);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_prefix_comes_off_and_bare_json_stays() {
        let framed = with_header_prefix([("Host", "h:1"), ("X-Amz-Date", "d")], r#"{"type":"X"}"#);
        assert_eq!(framed, "Host: h:1\r\nX-Amz-Date: d\r\n\r\n{\"type\":\"X\"}");
        let (prefix, json) = split_header_prefix(&framed);
        assert_eq!(json, r#"{"type":"X"}"#);
        assert_eq!(headers(prefix.unwrap()).collect::<Vec<_>>(), [("Host", "h:1"), ("X-Amz-Date", "d")]);
        assert_eq!(split_header_prefix(r#"{"a":"x\r\n\r\ny"}"#), (None, r#"{"a":"x\r\n\r\ny"}"#));
        assert_eq!(split_header_prefix("garbage"), (None, "garbage"));
    }
}
