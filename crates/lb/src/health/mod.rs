//! Health of targets: what checks find, and what follows from it.

pub mod machine;
pub mod outcome;
pub mod probe;
