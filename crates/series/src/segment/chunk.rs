//! One chunk: building it from ordered records, and reading it back.

use std::path::Path;

use crate::codec::{Codec, Input, Malformed, put_i64, put_u64};
use crate::error::{Error, Result};
use crate::key::{Position, StreamId};
use crate::options::Options;
use crate::page::Selection;
use crate::segment::ReadAt;
use crate::stats::StreamStats;

const MAGIC: u32 = 0x4c53_434b;
/// Bytes of a chunk's head.
pub(crate) const HEAD: usize = 96;
/// No block is larger than this uncompressed: the largest append plus columns.
const MAX_BLOCK: usize = 96 << 20;

/// A chunk's head: what can be decided without reading further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    /// Where the head begins in its file.
    pub(crate) offset: u64,
    pub(crate) index_len: u32,
    pub(crate) data_len: u32,
    pub(crate) count: u64,
    pub(crate) weight: u64,
    pub(crate) min_time_ms: i64,
    pub(crate) max_time_ms: i64,
    pub(crate) min_seq: u64,
    pub(crate) max_seq: u64,
    pub(crate) min_arrival_ms: i64,
    pub(crate) max_arrival_ms: i64,
    /// With the unit this chunk belongs to, every record of the group up to here is in segments.
    pub(crate) flushed_seq: u64,
    pub(crate) last_of_unit: bool,
    /// Of the index bytes.
    pub(crate) index_sum: u32,
}

impl Head {
    pub(crate) fn end(&self) -> u64 {
        let len = HEAD as u64 + u64::from(self.index_len) + u64::from(self.data_len);
        // A damaged footer may say anything; what saturates lies beyond every file.
        self.offset.saturating_add(len)
    }

    fn put(&self, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend_from_slice(&MAGIC.to_le_bytes());
        out.extend_from_slice(&u32::from(self.last_of_unit).to_le_bytes());
        out.extend_from_slice(&self.index_len.to_le_bytes());
        out.extend_from_slice(&self.data_len.to_le_bytes());
        for value in [self.count, self.weight, self.min_time_ms as u64, self.max_time_ms as u64] {
            out.extend_from_slice(&value.to_le_bytes());
        }
        for value in [self.min_seq, self.max_seq, self.min_arrival_ms as u64, self.max_arrival_ms as u64] {
            out.extend_from_slice(&value.to_le_bytes());
        }
        out.extend_from_slice(&self.flushed_seq.to_le_bytes());
        out.extend_from_slice(&self.index_sum.to_le_bytes());
        let sum = crc32fast::hash(&out[start..]);
        out.extend_from_slice(&sum.to_le_bytes());
    }

    /// Reads a head that was found at `offset`.
    pub(crate) fn parse(bytes: &[u8], offset: u64) -> Result<Head, Malformed> {
        let mut input = Input::new(bytes);
        let covered = Input::new(bytes).take(HEAD - 4)?;
        if input.fixed_u32()? != MAGIC {
            return Err(Malformed("no chunk begins here"));
        }
        let last_of_unit = input.fixed_u32()? == 1;
        let (index_len, data_len) = (input.fixed_u32()?, input.fixed_u32()?);
        let mut next = || input.fixed_u64();
        let head = Head {
            offset,
            index_len,
            data_len,
            last_of_unit,
            count: next()?,
            weight: next()?,
            min_time_ms: next()? as i64,
            max_time_ms: next()? as i64,
            min_seq: next()?,
            max_seq: next()?,
            min_arrival_ms: next()? as i64,
            max_arrival_ms: next()? as i64,
            flushed_seq: next()?,
            index_sum: input.fixed_u32()?,
        };
        if crc32fast::hash(covered) != input.fixed_u32()? {
            return Err(Malformed("chunk head checksum is wrong"));
        }
        Ok(head)
    }
}

/// The first place at or behind `from` where the bytes of a chunk's head could begin.
pub(crate) fn next_magic(bytes: &[u8], from: usize) -> Option<usize> {
    let magic = MAGIC.to_le_bytes();
    bytes.get(from..)?.windows(4).position(|w| w == magic).map(|step| from + step)
}

#[derive(Debug)]
struct Block {
    /// Within the chunk's data.
    offset: usize,
    len: usize,
    raw_len: usize,
    sum: u32,
}

/// Where a run stands and what it holds.
#[derive(Debug)]
struct Run {
    stream: StreamId,
    block: usize,
    /// Within the uncompressed block.
    start: usize,
    len: usize,
    stats: StreamStats,
}

/// What a chunk's index says.
#[derive(Debug)]
pub(crate) struct Index {
    blocks: Vec<Block>,
    runs: Vec<Run>,
}

/// A record on its way into a chunk.
pub(crate) type Item<'a, R> = (StreamId, Position, &'a R);

/// Writes one chunk at the end of `out`, which will stand at `base` in its file, and orders `items`
/// by stream and position. `items` must not be empty.
pub(crate) fn put<C: Codec>(
    out: &mut Vec<u8>,
    base: u64,
    items: &mut [Item<'_, C::Record>],
    options: &Options,
    flushed_seq: u64,
    last_of_unit: bool,
) -> std::io::Result<(Head, Vec<(StreamId, StreamStats)>)> {
    items.sort_unstable_by_key(|(stream, at, _)| (*stream, *at));
    let mut builder =
        Builder { options, raw: Vec::new(), data: Vec::new(), blocks: Vec::new(), runs: Vec::new() };
    for run in items.chunk_by(|a, b| a.0 == b.0) {
        let mut rest = run;
        while !rest.is_empty() {
            let (mut weight, mut take) = (0, 0);
            while take < rest.len() && (take == 0 || weight < options.block_bytes) {
                weight += C::weight(rest[take].2);
                take += 1;
            }
            builder.run::<C>(&rest[..take])?;
            rest = &rest[take..];
        }
    }
    builder.close_block()?;
    let mut total = StreamStats::EMPTY;
    let mut min_arrival_ms = i64::MAX;
    for run in &builder.runs {
        total.merge(&run.stats);
    }
    for (_, _, record) in items.iter() {
        min_arrival_ms = min_arrival_ms.min(C::arrival_ms(record));
    }
    let index = builder.index(&total);
    let head = Head {
        offset: base + out.len() as u64,
        index_len: index.len() as u32,
        data_len: builder.data.len() as u32,
        count: total.count,
        weight: total.weight,
        min_time_ms: total.first_time_ms,
        max_time_ms: total.last_time_ms,
        min_seq: total.first_seq,
        max_seq: total.last_seq,
        min_arrival_ms,
        max_arrival_ms: total.last_arrival_ms,
        flushed_seq,
        last_of_unit,
        index_sum: crc32fast::hash(&index),
    };
    head.put(out);
    out.extend_from_slice(&index);
    out.extend_from_slice(&builder.data);
    Ok((head, builder.runs.into_iter().map(|run| (run.stream, run.stats)).collect()))
}

struct Builder<'o> {
    options: &'o Options,
    raw: Vec<u8>,
    data: Vec<u8>,
    blocks: Vec<Block>,
    runs: Vec<Run>,
}

impl Builder<'_> {
    fn run<C: Codec>(&mut self, items: &[Item<'_, C::Record>]) -> std::io::Result<()> {
        let start = self.raw.len();
        let mut stats = StreamStats::EMPTY;
        let mut seq = 0;
        for (_, at, record) in items {
            put_i64(&mut self.raw, at.seq.wrapping_sub(seq) as i64);
            seq = at.seq;
            stats.add(*at, C::arrival_ms(record), C::weight(record));
        }
        C::encode(items.iter().map(|(_, _, record)| *record), &mut self.raw);
        let run =
            Run { stream: items[0].0, block: self.blocks.len(), start, len: self.raw.len() - start, stats };
        self.runs.push(run);
        if self.raw.len() >= self.options.block_bytes { self.close_block() } else { Ok(()) }
    }

    fn close_block(&mut self) -> std::io::Result<()> {
        if self.raw.is_empty() {
            return Ok(());
        }
        let packed = zstd::bulk::compress(&self.raw, self.options.compression)?;
        self.blocks.push(Block {
            offset: self.data.len(),
            len: packed.len(),
            raw_len: self.raw.len(),
            sum: crc32fast::hash(&packed),
        });
        self.data.extend_from_slice(&packed);
        self.raw.clear();
        Ok(())
    }

    fn index(&self, base: &StreamStats) -> Vec<u8> {
        let mut out = Vec::new();
        put_u64(&mut out, self.blocks.len() as u64);
        for block in &self.blocks {
            put_u64(&mut out, block.len as u64);
            put_u64(&mut out, block.raw_len as u64);
            out.extend_from_slice(&block.sum.to_le_bytes());
        }
        put_u64(&mut out, self.runs.len() as u64);
        let (mut stream, mut block) = (0, 0);
        for run in &self.runs {
            put_u64(&mut out, run.stream.0.wrapping_sub(stream));
            put_u64(&mut out, (run.block - block) as u64);
            put_u64(&mut out, run.len as u64);
            put_stats(&mut out, &run.stats, base.first_time_ms, base.first_seq);
            (stream, block) = (run.stream.0, run.block);
        }
        out
    }
}

/// Appends statistics, times and arrival numbers as differences to a base.
pub(crate) fn put_stats(out: &mut Vec<u8>, stats: &StreamStats, base_time: i64, base_seq: u64) {
    put_u64(out, stats.count);
    put_u64(out, stats.weight);
    put_i64(out, stats.first_time_ms.wrapping_sub(base_time));
    put_u64(out, stats.last_time_ms.wrapping_sub(stats.first_time_ms) as u64);
    put_i64(out, stats.last_arrival_ms.wrapping_sub(base_time));
    put_u64(out, stats.first_seq.wrapping_sub(base_seq));
    put_u64(out, stats.last_seq.wrapping_sub(stats.first_seq));
}

/// Reads what [`put_stats`] wrote.
pub(crate) fn read_stats(
    input: &mut Input<'_>,
    base_time: i64,
    base_seq: u64,
) -> Result<StreamStats, Malformed> {
    let (count, weight) = (input.u64()?, input.u64()?);
    let first_time_ms = base_time.wrapping_add(input.i64()?);
    let last_time_ms = first_time_ms.wrapping_add(input.u64()? as i64);
    let last_arrival_ms = base_time.wrapping_add(input.i64()?);
    let first_seq = base_seq.wrapping_add(input.u64()?);
    let last_seq = first_seq.wrapping_add(input.u64()?);
    Ok(StreamStats { count, weight, first_time_ms, last_time_ms, last_arrival_ms, first_seq, last_seq })
}

impl Index {
    fn parse(bytes: &[u8], head: &Head) -> Result<Index, Malformed> {
        if crc32fast::hash(bytes) != head.index_sum {
            return Err(Malformed("chunk index checksum is wrong"));
        }
        Index::parse_checked(bytes, head)
    }

    /// Behind the checksum: what fuzzing reaches directly.
    pub(crate) fn parse_checked(bytes: &[u8], head: &Head) -> Result<Index, Malformed> {
        let mut input = Input::new(bytes);
        let mut blocks: Vec<Block> = Vec::new();
        let mut offset = 0usize;
        for _ in 0..input.count(bytes.len())? {
            let len = input.count(head.data_len as usize - offset)?;
            let raw_len = input.count(MAX_BLOCK)?;
            blocks.push(Block { offset, len, raw_len, sum: input.fixed_u32()? });
            offset += len;
        }
        let mut runs: Vec<Run> = Vec::new();
        let (mut stream, mut block, mut start) = (0u64, 0usize, 0usize);
        for _ in 0..input.count(bytes.len())? {
            stream = stream.wrapping_add(input.u64()?);
            let step = input.count(blocks.len())?;
            if step > 0 {
                (block, start) = (block + step, 0);
            }
            let room = blocks.get(block).ok_or(Malformed("run without a block"))?.raw_len - start;
            let len = input.count(room)?;
            let stats = read_stats(&mut input, head.min_time_ms, head.min_seq)?;
            runs.push(Run { stream: StreamId(stream), block, start, len, stats });
            start += len;
        }
        if input.remaining() != 0 {
            return Err(Malformed("chunk index is longer than its content"));
        }
        Ok(Index { blocks, runs })
    }

    /// Reads the index of a chunk.
    pub(crate) fn read(source: &dyn ReadAt, path: &Path, head: &Head) -> Result<Index> {
        let at = head.offset + HEAD as u64;
        let bytes = source.read(path, at, head.index_len as usize)?;
        Index::parse(&bytes, head).map_err(|e| Error::damaged(path, at, e.0))
    }

    /// The streams of the chunk, possibly several times each.
    pub(crate) fn streams(&self) -> impl Iterator<Item = (StreamId, &StreamStats)> {
        self.runs.iter().map(|run| (run.stream, &run.stats))
    }

    /// Whether every block is as it was written.
    pub(crate) fn verify_blocks(&self, source: &dyn ReadAt, path: &Path, head: &Head) -> Result<()> {
        for block in &self.blocks {
            read_block(source, path, head, block)?;
        }
        Ok(())
    }
}

fn read_block(source: &dyn ReadAt, path: &Path, head: &Head, block: &Block) -> Result<Vec<u8>> {
    let at = head.offset + HEAD as u64 + u64::from(head.index_len) + block.offset as u64;
    let bytes = source.read(path, at, block.len)?;
    if crc32fast::hash(&bytes) != block.sum {
        return Err(Error::damaged(path, at, "block checksum is wrong"));
    }
    Ok(bytes)
}

/// Offers the records of a chunk that a query wants.
pub(crate) fn offer<C: Codec>(
    source: &dyn ReadAt,
    path: &Path,
    head: &Head,
    selection: &mut Selection<'_, C>,
) -> Result<()> {
    let index = Index::read(source, path, head)?;
    visit::<C, _>(
        source,
        path,
        head,
        &index,
        |stream, stats, selection: &mut Selection<'_, C>| {
            selection.wants_stream(stream) && selection.wants_times(stats.first_time_ms, stats.last_time_ms)
        },
        |stream, at, record, selection| {
            selection.offer(stream, at, &record);
        },
        selection,
    )
}

/// Reads the runs of a chunk that `wanted` picks, and hands out their records. Blocks without a
/// wanted run are not read.
pub(crate) fn visit_all<C: Codec>(
    source: &dyn ReadAt,
    path: &Path,
    head: &Head,
    wanted: impl Fn(StreamId) -> bool,
    mut each: impl FnMut(StreamId, Position, C::Record),
) -> Result<()> {
    let index = Index::read(source, path, head)?;
    visit::<C, ()>(
        source,
        path,
        head,
        &index,
        |stream, _, ()| wanted(stream),
        |stream, at, record, ()| each(stream, at, record),
        &mut (),
    )
}

/// `state` is handed to both closures, because both look at it and one changes it.
fn visit<C: Codec, S>(
    source: &dyn ReadAt,
    path: &Path,
    head: &Head,
    index: &Index,
    wanted: impl Fn(StreamId, &StreamStats, &mut S) -> bool,
    mut each: impl FnMut(StreamId, Position, C::Record, &mut S),
    state: &mut S,
) -> Result<()> {
    let mut open: Option<(usize, Vec<u8>)> = None;
    for run in &index.runs {
        if !wanted(run.stream, &run.stats, state) {
            continue;
        }
        let block = &index.blocks[run.block];
        let at = head.offset + HEAD as u64 + u64::from(head.index_len) + block.offset as u64;
        let raw = match open.take() {
            Some((number, raw)) if number == run.block => raw,
            _ => {
                let packed = read_block(source, path, head, block)?;
                zstd::bulk::decompress(&packed, block.raw_len)
                    .ok()
                    .filter(|raw| raw.len() == block.raw_len)
                    .ok_or_else(|| Error::damaged(path, at, "block does not decompress"))?
            }
        };
        let records = decode_run::<C>(&raw[run.start..run.start + run.len], &run.stats)
            .map_err(|e| Error::damaged(path, at, e.0))?;
        for (seq, record) in records {
            each(run.stream, Position { time_ms: C::time_ms(&record), seq }, record, state);
        }
        open = Some((run.block, raw));
    }
    Ok(())
}

pub(crate) fn decode_run<C: Codec>(
    bytes: &[u8],
    stats: &StreamStats,
) -> Result<Vec<(u64, C::Record)>, Malformed> {
    let mut input = Input::new(bytes);
    let count = usize::try_from(stats.count).map_err(|_| Malformed("more records than bytes"))?;
    if count > bytes.len() {
        return Err(Malformed("more records than bytes"));
    }
    let mut seqs = Vec::with_capacity(count);
    let mut seq = 0u64;
    for _ in 0..count {
        seq = seq.wrapping_add(input.i64()? as u64);
        seqs.push(seq);
    }
    let records = C::decode(&mut input, count)?;
    if input.remaining() != 0 || records.len() != count {
        return Err(Malformed("run is longer than its records"));
    }
    Ok(seqs.into_iter().zip(records).collect())
}
