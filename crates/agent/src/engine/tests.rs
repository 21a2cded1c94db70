//! The agent as a whole over fakes: payloads in, state changes out.

mod node;
mod real;
mod restarts;
mod tasks;
