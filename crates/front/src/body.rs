//! Bodies: reading a request's within its limits, and the form in which answers leave.

use crate::config::Limits;
use bytes::{Bytes, BytesMut};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use std::time::Duration;
use thiserror::Error;
use tokio::time::{Instant, timeout_at};

/// Whatever went wrong while an answer streams.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// An answer's body: complete, or streamed.
pub type Body = UnsyncBoxBody<Bytes, BoxError>;

/// A body that is complete.
pub fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed_unsync()
}

/// Why a request's body was not read.
#[derive(Debug, Error)]
pub(crate) enum ReadError {
    #[error("the body is longer than {limit} bytes")]
    TooLong { limit: usize },
    #[error("nothing of the body came for {waited:?}, or all of it took too long")]
    TooSlow { waited: Duration },
    /// Broken framing, or the peer is gone.
    #[error("the body is broken")]
    Broken(#[source] BoxError),
}

/// All of `body`, within `limits`.
pub(crate) async fn read<B>(body: B, limits: &Limits) -> Result<Bytes, ReadError>
where
    B: http_body::Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    let limit = limits.body_bytes;
    let mut body = body;
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let announced = body.size_hint().lower();
    if announced > limit as u64 {
        return Err(ReadError::TooLong { limit });
    }
    let begun = Instant::now();
    let mut first: Option<Bytes> = None;
    let mut rest = BytesMut::new();
    loop {
        let deadline = (Instant::now() + limits.body_idle).min(begun + limits.body_time);
        let frame = match timeout_at(deadline, body.frame()).await {
            Err(_) => return Err(ReadError::TooSlow { waited: begun.elapsed() }),
            Ok(None) => break,
            Ok(Some(frame)) => frame.map_err(|error| ReadError::Broken(error.into()))?,
        };
        let Ok(data) = frame.into_data() else { continue };
        let have = first.as_ref().map_or(0, Bytes::len).max(rest.len());
        if data.len() > limit - have.min(limit) {
            return Err(ReadError::TooLong { limit });
        }
        // Most bodies come in one piece and are never copied.
        match &first {
            None => first = Some(data),
            Some(begin) if rest.is_empty() => {
                rest.reserve(begin.len() + data.len());
                rest.extend_from_slice(begin);
                rest.extend_from_slice(&data);
            }
            Some(_) => rest.extend_from_slice(&data),
        }
    }
    match rest.is_empty() {
        true => Ok(first.unwrap_or_default()),
        false => Ok(rest.freeze()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;
    use http_body::Frame;
    use http_body_util::StreamBody;

    fn pieces(
        pieces: &[&'static [u8]],
    ) -> impl http_body::Body<Data = Bytes, Error = std::io::Error> + Unpin + use<> {
        let frames =
            pieces.iter().map(|piece| Ok(Frame::data(Bytes::from_static(piece)))).collect::<Vec<_>>();
        StreamBody::new(stream::iter(frames))
    }

    fn limits(body_bytes: usize) -> Limits {
        Limits { body_bytes, ..Limits::default() }
    }

    #[tokio::test]
    async fn pieces_are_joined_up_to_the_limit() {
        assert_eq!(read(pieces(&[]), &limits(4)).await.unwrap(), "");
        assert_eq!(read(pieces(&[b"ab"]), &limits(4)).await.unwrap(), "ab");
        assert_eq!(read(pieces(&[b"", b"ab", b"", b"c", b"d"]), &limits(4)).await.unwrap(), "abcd");
        for long in [&[&b"abcde"[..]][..], &[b"abc", b"de"], &[b"a", b"b", b"c", b"d", b"e"]] {
            let error = read(pieces(long), &limits(4)).await.unwrap_err();
            assert!(matches!(error, ReadError::TooLong { limit: 4 }), "{error}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_stalls_or_trickles_is_given_up() {
        let limits = Limits {
            body_idle: Duration::from_secs(1),
            body_time: Duration::from_secs(5),
            ..Limits::default()
        };
        let stalled = StreamBody::new(stream::pending::<Result<Frame<Bytes>, std::io::Error>>());
        let error = read(stalled, &limits).await.unwrap_err();
        assert!(
            matches!(error, ReadError::TooSlow { waited } if waited == Duration::from_secs(1)),
            "{error}"
        );
        let trickle = stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_millis(900)).await;
            Some((Ok::<_, std::io::Error>(Frame::data(Bytes::from_static(b"a"))), ()))
        });
        let error = read(StreamBody::new(Box::pin(trickle)), &limits).await.unwrap_err();
        assert!(
            matches!(error, ReadError::TooSlow { waited } if waited == Duration::from_secs(5)),
            "{error}"
        );
    }
}
