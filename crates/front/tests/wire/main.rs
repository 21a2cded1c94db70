//! The front over real sockets: every refusal of the chain in each protocol, the oddities of HTTP, pages, loopback,
//! and botocore as a client.

mod client;
mod http_level;
mod life;
mod refusals;
mod toy;
