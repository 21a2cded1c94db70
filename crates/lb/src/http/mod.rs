//! HTTP messages as they are on the wire: heads, framing of bodies, and what is suspicious about them. Pure: bytes in, values out.
//!
//! HTTP/1.1 is read and written here rather than by hyper, because a load balancer has to tell what hyper hides: a request with both
//! `Content-Length` and `Transfer-Encoding`, bare line feeds, two equal lengths (they decide the desync mitigation), and which limit was
//! passed. The grammar of a head is httparse's; HTTP/2 is the h2 crate's.

pub mod body;
pub mod desync;
pub mod fields;
pub mod head;
pub mod write;

pub use body::{Decoder, Framing, Step};
pub use fields::{Field, Fields};
pub use head::{RequestHead, ResponseHead, Version};
