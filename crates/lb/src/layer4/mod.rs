//! Network load balancers in user space: TCP, the end of TLS, UDP, the PROXY protocol. What the kernel can carry by itself goes there.

pub mod proxy_protocol;
pub mod tcp;
pub mod udp;
