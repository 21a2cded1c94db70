//! Real containers, as root, under the embedded runtime and under crun: every option is looked at from inside the container, every
//! failure is provoked, and after each test nothing may be left on the host.
//!
//! Without root or without a static busybox this suite fails; it is never skipped.

#![allow(clippy::unwrap_used)] // A test program.

mod harness;

mod failures;
mod lifecycle;
mod logs;
mod options;
mod recovery;
mod security;
mod spaces;
