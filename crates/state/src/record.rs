//! Records and their stored form: JSON in an envelope that names the version, `{"version":2,"record":{…}}`.
//!
//! Invariant: a version that was ever released stays readable. A change of a record's shape that serde's defaults do not cover
//! makes a new version: the old struct is kept (as `TaskV1`), and the new one says in [`Version::from_older`] how it comes from it.

use crate::{Entries, KeyOrder};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::sync::Arc;
use thiserror::Error;

/// One stored shape in a chain of versions.
pub trait Version: Serialize + DeserializeOwned {
    const VERSION: u32 = 1;

    /// Decode what an older version stored. The first version leaves this alone; the second writes
    /// `older.decode::<TaskV1>().map(|old| Self { … })`, and so on up the chain.
    fn from_older(older: Older<'_>) -> Result<Self, DecodeError> {
        Err(older.unknown())
    }
}

/// The newest version of a stored noun.
pub trait Record: Version + Clone + Send + Sync + 'static {
    /// `service.noun`, for ever.
    const TABLE: &'static str;

    /// The order of lists.
    const KEYS: KeyOrder = KeyOrder::Text;

    /// Unique in the table.
    fn key(&self) -> String;

    /// The key, as a record that has the text in itself shares it.
    fn key_text(&self) -> Arc<str> {
        self.key().into()
    }

    /// Where lists find the record.
    fn indexes(&self, _entries: &mut Entries) {}
}

/// A stored record of a version older than the one that was asked for.
#[derive(Clone, Copy)]
pub struct Older<'a> {
    version: u32,
    json: &'a str,
}

impl Older<'_> {
    /// The version that was stored.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Decode as version `P`, or as what comes before it.
    pub fn decode<P: Version>(self) -> Result<P, DecodeError> {
        if self.version == P::VERSION {
            serde_json::from_str(self.json).map_err(DecodeError::Json)
        } else if self.version > P::VERSION {
            Err(self.unknown())
        } else {
            P::from_older(self)
        }
    }

    /// No version of this number is known.
    pub fn unknown(self) -> DecodeError {
        DecodeError::Unknown { version: self.version }
    }
}

/// Why stored bytes are not a record.
#[derive(Debug, Error)]
pub enum DecodeError {
    #[error("not the JSON of the version that it names")]
    Json(#[source] serde_json::Error),
    #[error("written by a newer version of Longshore (record version {found}, this program knows {known})")]
    Newer { found: u32, known: u32 },
    #[error("record version {version} is not known")]
    Unknown { version: u32 },
    #[error("it is stored as '{stored}', but its own key is '{own}'")]
    Key { stored: String, own: String },
}

#[derive(Serialize)]
struct EnvelopeOut<'a, T> {
    version: u32,
    record: &'a T,
}

#[derive(Deserialize)]
struct EnvelopeIn<'a> {
    version: u32,
    #[serde(borrow)]
    record: &'a RawValue,
}

pub(crate) fn decode<T: Version>(bytes: &[u8]) -> Result<T, DecodeError> {
    let envelope: EnvelopeIn<'_> = serde_json::from_slice(bytes).map_err(DecodeError::Json)?;
    if envelope.version > T::VERSION {
        return Err(DecodeError::Newer { found: envelope.version, known: T::VERSION });
    }
    Older { version: envelope.version, json: envelope.record.get() }.decode()
}

pub(crate) fn encode<T: Version>(record: &T) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&EnvelopeOut { version: T::VERSION, record })
}

/// A record whose type is forgotten until it is written.
pub(crate) trait Encode: Send + Sync {
    fn encode(&self) -> Result<Vec<u8>, serde_json::Error>;
}

impl<T: Record> Encode for T {
    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        encode(self)
    }
}
