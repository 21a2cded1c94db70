//! agent-protocol
