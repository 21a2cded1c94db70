//! Messages on a stream: four bytes of length, most significant first, and JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

/// No message is larger: tens of thousands of targets and rules fit.
pub const LIMIT: usize = 32 * 1024 * 1024;

/// Why a message cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the connection failed")]
    Io(#[from] io::Error),
    #[error("a message of {0} bytes is too large")]
    TooLarge(usize),
    #[error("the message is not understood")]
    Json(#[from] serde_json::Error),
}

/// The bytes of a message.
pub fn encode<T: Serialize>(message: &T) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![0; 4];
    serde_json::to_writer(&mut bytes, message)?;
    let length = bytes.len() - 4;
    if length > LIMIT {
        return Err(Error::TooLarge(length));
    }
    // Below the limit, which fits.
    bytes[..4].copy_from_slice(&(length as u32).to_be_bytes());
    Ok(bytes)
}

/// The length that a message's first bytes give.
pub fn length(prefix: [u8; 4]) -> Result<usize, Error> {
    let length = u32::from_be_bytes(prefix) as usize;
    if length > LIMIT { Err(Error::TooLarge(length)) } else { Ok(length) }
}

/// Reads a message; none where the stream ends between two. Memory grows with what comes, not with what is announced.
pub async fn read<T: DeserializeOwned>(stream: &mut (impl AsyncRead + Unpin)) -> Result<Option<T>, Error> {
    let mut prefix = [0; 4];
    match stream.read_exact(&mut prefix).await {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    let length = length(prefix)?;
    let mut body = Vec::new();
    stream.take(length as u64).read_to_end(&mut body).await?;
    if body.len() < length {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
    }
    Ok(Some(serde_json::from_slice(&body)?))
}

/// Writes a message.
pub async fn write<T: Serialize>(stream: &mut (impl AsyncWrite + Unpin), message: &T) -> Result<(), Error> {
    stream.write_all(&encode(message)?).await?;
    Ok(stream.flush().await?)
}
