//! The sizes a store works with. The defaults bound memory to about three times `wal_bytes`.

/// How a store is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// When the write-ahead log reaches this, memory is written to segments and the log starts anew.
    pub wal_bytes: u64,
    /// Raw bytes of a chunk: the unit that a scan of a group reads.
    pub chunk_bytes: usize,
    /// Raw bytes of a block: the unit that is compressed, and that a read of one stream reads.
    pub block_bytes: usize,
    /// A segment file is sealed at this size.
    pub segment_bytes: u64,
    /// A segment file is sealed when its records arrived over a longer time than this, ms.
    pub segment_span_ms: i64,
    /// Appends waiting to become durable; beyond it, `append` waits.
    pub in_flight_bytes: usize,
    /// zstd level.
    pub compression: i32,
    /// Open although acknowledged data is damaged: skip it, keep a copy of the damaged file beside
    /// it, and say so in the log. Without it, opening fails and names file and place.
    pub salvage: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            wal_bytes: 16 << 20,
            chunk_bytes: 1 << 20,
            block_bytes: 64 << 10,
            segment_bytes: 64 << 20,
            segment_span_ms: 24 * 3600 * 1000,
            in_flight_bytes: 8 << 20,
            compression: 3,
            salvage: false,
        }
    }
}
