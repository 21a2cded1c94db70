//! XML output.

mod write;

pub(crate) use write::{XmlText, write_structure};
