//! Log events: the first kind of record.

use crate::codec::{Codec, Input, Malformed, put_i64, put_u64};

/// One line of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When it happened, as its sender says; milliseconds since the epoch.
    pub timestamp_ms: i64,
    /// When it was received; milliseconds since the epoch.
    pub ingestion_ms: i64,
    /// The line.
    pub message: Box<str>,
}

/// Columns: times as differences, then lengths, then all messages in one piece (which is what zstd
/// compresses best).
#[derive(Debug)]
pub struct EventCodec;

/// What AWS adds to every event when it counts bytes.
pub const EVENT_OVERHEAD_BYTES: usize = 26;

impl Codec for EventCodec {
    const ID: u8 = 1;
    type Record = Event;

    fn time_ms(event: &Event) -> i64 {
        event.timestamp_ms
    }

    fn arrival_ms(event: &Event) -> i64 {
        event.ingestion_ms
    }

    fn weight(event: &Event) -> usize {
        event.message.len() + EVENT_OVERHEAD_BYTES
    }

    fn encode<'a>(run: impl Iterator<Item = &'a Event> + Clone, out: &mut Vec<u8>) {
        let (mut time, mut arrival) = (0i64, 0i64);
        for event in run.clone() {
            put_i64(out, event.timestamp_ms.wrapping_sub(time));
            put_i64(out, event.ingestion_ms.wrapping_sub(arrival));
            put_u64(out, event.message.len() as u64);
            (time, arrival) = (event.timestamp_ms, event.ingestion_ms);
        }
        for event in run {
            out.extend_from_slice(event.message.as_bytes());
        }
    }

    fn decode(input: &mut Input<'_>, count: usize) -> Result<Vec<Event>, Malformed> {
        // Each event takes at least three bytes, so a damaged count cannot ask for much memory.
        if count > input.remaining() / 3 {
            return Err(Malformed("more events than bytes"));
        }
        let mut heads = Vec::with_capacity(count);
        let (mut time, mut arrival) = (0i64, 0i64);
        for _ in 0..count {
            time = time.wrapping_add(input.i64()?);
            arrival = arrival.wrapping_add(input.i64()?);
            heads.push((time, arrival, input.count(input.remaining())?));
        }
        heads
            .into_iter()
            .map(|(timestamp_ms, ingestion_ms, len)| {
                let message =
                    std::str::from_utf8(input.take(len)?).map_err(|_| Malformed("message is not UTF-8"))?;
                Ok(Event { timestamp_ms, ingestion_ms, message: message.into() })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn events_come_back(raw: Vec<(i64, i64, String)>) {
            let events: Vec<Event> = raw.into_iter()
                .map(|(timestamp_ms, ingestion_ms, message)| Event { timestamp_ms, ingestion_ms, message: message.into() })
                .collect();
            let mut out = Vec::new();
            EventCodec::encode(events.iter(), &mut out);
            let mut input = Input::new(&out);
            prop_assert_eq!(EventCodec::decode(&mut input, events.len()), Ok(events));
            prop_assert_eq!(input.remaining(), 0);
        }

        #[test]
        fn noise_is_refused_without_panic(bytes: Vec<u8>, count in 0usize..1000) {
            let _ = EventCodec::decode(&mut Input::new(&bytes), count);
        }
    }
}
