//! The end of a sealed file: the heads of its chunks and the statistics of its streams, so that a
//! store opens without reading its chunks.

use crate::codec::{Input, Malformed, put_i64, put_u64};
use crate::key::StreamId;
use crate::segment::chunk::{self, Head};
use crate::stats::StreamTable;

const MAGIC: u64 = u64::from_le_bytes(*b"LSSEGEND");
/// Bytes of the fixed end: length, checksum, magic.
pub(crate) const TRAILER: usize = 16;

/// Writes footer and trailer.
pub(crate) fn put(out: &mut Vec<u8>, chunks: &[Head], streams: &StreamTable) {
    let start = out.len();
    put_u64(out, chunks.len() as u64);
    for head in chunks {
        put_u64(out, head.offset);
        put_u64(out, u64::from(head.index_len));
        put_u64(out, u64::from(head.data_len));
        put_u64(out, u64::from(head.index_sum));
        put_u64(out, u64::from(head.last_of_unit));
        put_u64(out, head.count);
        put_u64(out, head.weight);
        put_i64(out, head.min_time_ms);
        put_i64(out, head.max_time_ms);
        put_u64(out, head.min_seq);
        put_u64(out, head.max_seq);
        put_i64(out, head.min_arrival_ms);
        put_i64(out, head.max_arrival_ms);
        put_u64(out, head.flushed_seq);
    }
    let mut sorted: Vec<_> = streams.iter().collect();
    sorted.sort_unstable_by_key(|(stream, _)| **stream);
    put_u64(out, sorted.len() as u64);
    let mut previous = 0u64;
    for (stream, stats) in sorted {
        put_u64(out, stream.0.wrapping_sub(previous));
        chunk::put_stats(out, stats, 0, 0);
        previous = stream.0;
    }
    let (len, sum) = ((out.len() - start) as u32, crc32fast::hash(&out[start..]));
    out.extend_from_slice(&len.to_le_bytes());
    out.extend_from_slice(&sum.to_le_bytes());
    out.extend_from_slice(&MAGIC.to_le_bytes());
}

/// Length and checksum of the footer before this trailer; `None` when it is none.
pub(crate) fn trailer(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut input = Input::new(bytes);
    let (len, sum) = (input.fixed_u32().ok()?, input.fixed_u32().ok()?);
    (input.fixed_u64().ok()? == MAGIC).then_some((len, sum))
}

/// Reads a footer whose checksum was right. Chunks must lie before `end`.
pub(crate) fn parse(bytes: &[u8], end: u64) -> Result<(Vec<Head>, StreamTable), Malformed> {
    let mut input = Input::new(bytes);
    let mut chunks = Vec::new();
    for _ in 0..input.count(bytes.len())? {
        let head = Head {
            offset: input.u64()?,
            index_len: input.count(u32::MAX as usize)? as u32,
            data_len: input.count(u32::MAX as usize)? as u32,
            index_sum: input.count(u32::MAX as usize)? as u32,
            last_of_unit: input.u64()? == 1,
            count: input.u64()?,
            weight: input.u64()?,
            min_time_ms: input.i64()?,
            max_time_ms: input.i64()?,
            min_seq: input.u64()?,
            max_seq: input.u64()?,
            min_arrival_ms: input.i64()?,
            max_arrival_ms: input.i64()?,
            flushed_seq: input.u64()?,
        };
        if head.offset > end || head.end() > end {
            return Err(Malformed("chunk beyond the end"));
        }
        chunks.push(head);
    }
    let mut streams = StreamTable::new();
    let mut stream = 0u64;
    for _ in 0..input.count(bytes.len())? {
        stream = stream.wrapping_add(input.u64()?);
        streams.insert(StreamId(stream), chunk::read_stats(&mut input, 0, 0)?);
    }
    if input.remaining() != 0 {
        return Err(Malformed("footer is longer than its content"));
    }
    Ok((chunks, streams))
}
