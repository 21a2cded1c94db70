//! JSON: a bounded pull parser, and the serializer and deserializer over it.

mod lexer;
mod read;
mod write;

pub(crate) use read::{BASE64, read_structure};
pub(crate) use write::{push_string, write_document, write_structure};

#[cfg(test)]
mod tests;
