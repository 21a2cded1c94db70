//! Sockets and streams.

pub mod buffers;
pub mod idle;
pub mod sockets;
pub mod splice;
pub mod stream;
pub mod tcp;
pub mod tick;

pub use idle::{Activity, IdleTimer};
pub use sockets::{Host, Sockets};
pub use stream::{Reader, Writer};
pub use tcp::Tcp;
