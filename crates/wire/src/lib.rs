//! Schemas of AWS services and the codecs that read and write them. Pure: bytes in, values out.
//!
//! - [`Schema`], [`OperationSchema`], [`ServiceSchema`]: what a service's model says, as statics.
//! - [`Structure`], [`Value`], [`ShapeSerializer`], [`ShapeDeserializer`]: one visitor per shape serves every protocol.
//! - [`Codec`] and [`codec`]: a protocol's request and reply forms; [`detect`] tells which one a request speaks.
//! - [`validate`]: constraints of the model, with AWS's messages; [`find()`]: a member by name.
//! - [`event_stream`]: the framing of streamed replies.
//!
//! A protocol is one file in `protocol/`: nothing outside it knows its forms, and a new one changes no other file but the
//! table in [`codec`]. No bytes whatsoever make a decoder panic; nesting is bounded by [`MAX_DEPTH`].
//!
//! Why not the `aws-smithy-schema` crate, whose design of `dyn` visitors this follows: it serves clients (it brings the
//! client runtime, tokio's traits and tracing into a pure crate), knows no constraints, and cannot say which required
//! members were missing, on which a server's validation rests.

pub mod decode;
mod document;
pub mod event_stream;
mod find;
mod json;
mod macros;
pub mod protocol;
pub mod query;
pub mod schema;
mod shape;
mod timestamp;
pub mod validate;
mod xml;

pub use decode::{DecodeError, DecodeErrorKind, MAX_DEPTH};
pub use document::Document;
pub use find::{Found, find};
pub use protocol::detect::{Call, detect};
pub use protocol::{Codec, ErrorReply, Protocol, Response, codec};
pub use schema::{
    Constraints, ErrorSchema, Fault, Kind, Location, Member, MemberTraits, OperationSchema, Pattern,
    QueryError, Schema, ServiceSchema, TimestampFormat, XmlNamespace,
};
pub use shape::{Blob, OnEntry, OnItem, ShapeDeserializer, ShapeSerializer, Structure, Value};
pub use timestamp::Timestamp;
