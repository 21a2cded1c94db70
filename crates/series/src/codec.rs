//! How a kind of record becomes bytes, and the integers everything here is written with.
//!
//! The store knows nothing of log events or metrics: it orders, frames, compresses and finds runs
//! of records, and a [`Codec`] writes one run of one stream (columns are the codec's own choice).
//! Integers are LEB128, signed ones zigzag first.

use std::fmt;

/// One kind of record. Runs handed to `encode` belong to one stream and are ordered by time or by
/// arrival; a codec may lay them out in columns.
pub trait Codec: Send + Sync + 'static {
    /// Written into every file, so that a store is not opened with another kind's codec.
    const ID: u8;
    /// What is stored.
    type Record: Clone + Send + Sync + 'static;

    /// The record's own time, milliseconds since the epoch.
    fn time_ms(record: &Self::Record) -> i64;
    /// When the store's caller received it, milliseconds since the epoch.
    fn arrival_ms(record: &Self::Record) -> i64;
    /// Its size as counted against limits, bytes. At least the memory its payload takes.
    fn weight(record: &Self::Record) -> usize;
    /// Writes a run at the end of `out`.
    fn encode<'a>(run: impl Iterator<Item = &'a Self::Record> + Clone, out: &mut Vec<u8>)
    where
        Self::Record: 'a;
    /// Reads a run of `count` records back; must consume the input whole.
    ///
    /// # Errors
    /// [`Malformed`] for bytes that `encode` cannot have written.
    fn decode(input: &mut Input<'_>, count: usize) -> Result<Vec<Self::Record>, Malformed>;
}

/// Bytes that no encoder writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed(pub &'static str);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Appends an unsigned integer.
pub fn put_u64(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a signed integer.
pub fn put_i64(out: &mut Vec<u8>, value: i64) {
    put_u64(out, ((value << 1) ^ (value >> 63)) as u64);
}

/// A cursor over bytes that may be damaged: every read can fail, none panics.
#[derive(Debug, Clone)]
pub struct Input<'a> {
    bytes: &'a [u8],
}

impl<'a> Input<'a> {
    /// Reads from the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Input<'a> {
        Input { bytes }
    }

    /// Bytes not yet read.
    pub fn remaining(&self) -> usize {
        self.bytes.len()
    }

    /// The next `len` bytes.
    ///
    /// # Errors
    /// When fewer are left.
    pub fn take(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        if len > self.bytes.len() {
            return Err(Malformed("ends too early"));
        }
        let (head, tail) = self.bytes.split_at(len);
        self.bytes = tail;
        Ok(head)
    }

    /// The next unsigned integer.
    ///
    /// # Errors
    /// When it ends early or does not fit 64 bits.
    pub fn u64(&mut self) -> Result<u64, Malformed> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                return Err(Malformed("integer exceeds 64 bits"));
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Malformed("integer exceeds 64 bits"))
    }

    /// The next signed integer.
    ///
    /// # Errors
    /// As [`Input::u64`].
    pub fn i64(&mut self) -> Result<i64, Malformed> {
        let raw = self.u64()?;
        Ok((raw >> 1) as i64 ^ -((raw & 1) as i64))
    }

    /// A length or count: an unsigned integer not above `limit`.
    ///
    /// # Errors
    /// Above the limit, and as [`Input::u64`].
    pub fn count(&mut self, limit: usize) -> Result<usize, Malformed> {
        usize::try_from(self.u64()?).ok().filter(|n| *n <= limit).ok_or(Malformed("count exceeds its limit"))
    }

    /// The next fixed 32-bit integer, little endian.
    ///
    /// # Errors
    /// When it ends early.
    pub fn fixed_u32(&mut self) -> Result<u32, Malformed> {
        let mut raw = [0; 4];
        raw.copy_from_slice(self.take(4)?);
        Ok(u32::from_le_bytes(raw))
    }

    /// The next fixed 64-bit integer, little endian.
    ///
    /// # Errors
    /// When it ends early.
    pub fn fixed_u64(&mut self) -> Result<u64, Malformed> {
        let mut raw = [0; 8];
        raw.copy_from_slice(self.take(8)?);
        Ok(u64::from_le_bytes(raw))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn integers_come_back(unsigned: Vec<u64>, signed: Vec<i64>) {
            let mut out = Vec::new();
            for value in &unsigned { put_u64(&mut out, *value); }
            for value in &signed { put_i64(&mut out, *value); }
            let mut input = Input::new(&out);
            for value in &unsigned { prop_assert_eq!(input.u64(), Ok(*value)); }
            for value in &signed { prop_assert_eq!(input.i64(), Ok(*value)); }
            prop_assert_eq!(input.remaining(), 0);
        }
    }

    #[test]
    fn a_too_long_integer_is_malformed() {
        assert!(Input::new(&[0xff; 11]).u64().is_err());
        assert!(Input::new(&[0x80]).u64().is_err());
    }
}
