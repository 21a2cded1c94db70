//! The framing of `application/vnd.amazon.eventstream`.
//!
//! A message is: total length, header length and the CRC-32 of these two (12 bytes, the prelude); headers; payload; the
//! CRC-32 of everything before it. Numbers are big-endian.
//! Source: Smithy's specification of the Amazon event stream encoding; limits of 16 MiB payload and 128 KiB headers.

use std::fmt;

const PRELUDE: usize = 12;
const TRAILER: usize = 4;
const MAX_HEADERS: usize = 128 * 1024;
const MAX_PAYLOAD: usize = 16 * 1024 * 1024;

/// One message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    pub headers: Vec<(String, HeaderValue)>,
    pub payload: Vec<u8>,
}

/// A header's value.
#[derive(Clone, Debug, PartialEq)]
pub enum HeaderValue {
    Bool(bool),
    Byte(i8),
    Short(i16),
    Integer(i32),
    Long(i64),
    Bytes(Vec<u8>),
    String(String),
    /// Milliseconds since the epoch.
    Timestamp(i64),
    Uuid([u8; 16]),
}

/// Why bytes are no message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    #[error("the prelude's checksum does not match")]
    PreludeChecksum,
    #[error("the message's checksum does not match")]
    MessageChecksum,
    #[error("a length is out of bounds")]
    Length,
    #[error("the headers are malformed")]
    Headers,
}

impl Message {
    /// An event: `:message-type` event.
    pub fn event(event_type: &str, content_type: &str, payload: Vec<u8>) -> Self {
        let text = |value: &str| HeaderValue::String(value.to_owned());
        let headers = vec![
            (":event-type".to_owned(), text(event_type)),
            (":content-type".to_owned(), text(content_type)),
            (":message-type".to_owned(), text("event")),
        ];
        Message { headers, payload }
    }

    /// A modelled error, which ends the stream: `:message-type` exception.
    pub fn exception(exception_type: &str, content_type: &str, payload: Vec<u8>) -> Self {
        let text = |value: &str| HeaderValue::String(value.to_owned());
        let headers = vec![
            (":exception-type".to_owned(), text(exception_type)),
            (":content-type".to_owned(), text(content_type)),
            (":message-type".to_owned(), text("exception")),
        ];
        Message { headers, payload }
    }

    pub fn header(&self, name: &str) -> Option<&HeaderValue> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value)
    }

    /// Appends the framed message.
    ///
    /// # Errors
    /// When headers or payload exceed the format's limits, or a header's name is not of 1 to 255 bytes.
    pub fn encode(&self, out: &mut Vec<u8>) -> Result<(), FrameError> {
        let mut headers = Vec::new();
        for (name, value) in &self.headers {
            let length =
                u8::try_from(name.len()).ok().filter(|length| *length > 0).ok_or(FrameError::Headers)?;
            headers.push(length);
            headers.extend_from_slice(name.as_bytes());
            encode_value(value, &mut headers)?;
        }
        if headers.len() > MAX_HEADERS || self.payload.len() > MAX_PAYLOAD {
            return Err(FrameError::Length);
        }
        let total = PRELUDE + headers.len() + self.payload.len() + TRAILER;
        let start = out.len();
        // Both lengths were just bounded far below 2^32.
        out.extend_from_slice(&(total as u32).to_be_bytes());
        out.extend_from_slice(&(headers.len() as u32).to_be_bytes());
        out.extend_from_slice(&crc32fast::hash(&out[start..]).to_be_bytes());
        out.extend_from_slice(&headers);
        out.extend_from_slice(&self.payload);
        out.extend_from_slice(&crc32fast::hash(&out[start..]).to_be_bytes());
        Ok(())
    }

    /// Reads one message from the front of `bytes`: the message and its length, or `None` while bytes are missing.
    ///
    /// # Errors
    /// When the bytes can never become a message.
    pub fn decode(bytes: &[u8]) -> Result<Option<(Message, usize)>, FrameError> {
        let Some(prelude) = bytes.get(..PRELUDE) else { return Ok(None) };
        let mut prelude = Cursor(prelude);
        let (total, header_length) = (prelude.u32()? as usize, prelude.u32()? as usize);
        if prelude.u32()? != crc32fast::hash(&bytes[..PRELUDE - 4]) {
            return Err(FrameError::PreludeChecksum);
        }
        let payload_length = total
            .checked_sub(PRELUDE + TRAILER)
            .and_then(|rest| rest.checked_sub(header_length))
            .ok_or(FrameError::Length)?;
        if header_length > MAX_HEADERS || payload_length > MAX_PAYLOAD {
            return Err(FrameError::Length);
        }
        let Some(frame) = bytes.get(..total) else { return Ok(None) };
        let (content, trailer) = frame.split_at(total - TRAILER);
        if Cursor(trailer).u32()? != crc32fast::hash(content) {
            return Err(FrameError::MessageChecksum);
        }
        let (headers, payload) = content[PRELUDE..].split_at(header_length);
        let headers = decode_headers(headers)?;
        Ok(Some((Message { headers, payload: payload.to_vec() }, total)))
    }
}

fn encode_value(value: &HeaderValue, out: &mut Vec<u8>) -> Result<(), FrameError> {
    let mut sized = |kind: u8, bytes: &[u8]| {
        let length =
            u16::try_from(bytes.len()).ok().filter(|length| *length < 1 << 15).ok_or(FrameError::Headers)?;
        out.push(kind);
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(bytes);
        Ok(())
    };
    match value {
        HeaderValue::Bytes(bytes) => return sized(6, bytes),
        HeaderValue::String(text) => return sized(7, text.as_bytes()),
        HeaderValue::Bool(value) => out.push(u8::from(!value)),
        HeaderValue::Byte(value) => {
            out.push(2);
            out.extend_from_slice(&value.to_be_bytes());
        }
        HeaderValue::Short(value) => {
            out.push(3);
            out.extend_from_slice(&value.to_be_bytes());
        }
        HeaderValue::Integer(value) => {
            out.push(4);
            out.extend_from_slice(&value.to_be_bytes());
        }
        HeaderValue::Long(value) => {
            out.push(5);
            out.extend_from_slice(&value.to_be_bytes());
        }
        HeaderValue::Timestamp(ms) => {
            out.push(8);
            out.extend_from_slice(&ms.to_be_bytes());
        }
        HeaderValue::Uuid(bytes) => {
            out.push(9);
            out.extend_from_slice(bytes);
        }
    }
    Ok(())
}

fn decode_headers(bytes: &[u8]) -> Result<Vec<(String, HeaderValue)>, FrameError> {
    let mut cursor = Cursor(bytes);
    let mut headers = Vec::new();
    while !cursor.0.is_empty() {
        let [length] = cursor.array()?;
        let name = cursor.text(length.into())?;
        let [kind] = cursor.array()?;
        let value = match kind {
            0 => HeaderValue::Bool(true),
            1 => HeaderValue::Bool(false),
            2 => HeaderValue::Byte(i8::from_be_bytes(cursor.array()?)),
            3 => HeaderValue::Short(i16::from_be_bytes(cursor.array()?)),
            4 => HeaderValue::Integer(i32::from_be_bytes(cursor.array()?)),
            5 => HeaderValue::Long(i64::from_be_bytes(cursor.array()?)),
            6 => {
                let length = u16::from_be_bytes(cursor.array()?);
                HeaderValue::Bytes(cursor.take(length.into())?.to_vec())
            }
            7 => {
                let length = u16::from_be_bytes(cursor.array()?);
                HeaderValue::String(cursor.text(length.into())?)
            }
            8 => HeaderValue::Timestamp(i64::from_be_bytes(cursor.array()?)),
            9 => HeaderValue::Uuid(cursor.array()?),
            _ => return Err(FrameError::Headers),
        };
        headers.push((name, value));
    }
    Ok(headers)
}

/// What is left to read.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], FrameError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(FrameError::Headers)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], FrameError> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or(FrameError::Headers)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn u32(&mut self) -> Result<u32, FrameError> {
        self.array().map(u32::from_be_bytes)
    }

    fn text(&mut self, length: usize) -> Result<String, FrameError> {
        std::str::from_utf8(self.take(length)?).map(str::to_owned).map_err(|_| FrameError::Headers)
    }
}

impl fmt::Display for HeaderValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HeaderValue::String(text) => f.write_str(text),
            other => fmt::Debug::fmt(other, f),
        }
    }
}

#[cfg(test)]
mod tests;
