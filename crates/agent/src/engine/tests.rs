//! The agent as a whole over fakes: payloads in, state changes out.

mod endpoint;
mod node;
mod real;
mod restarts;
mod tasks;
