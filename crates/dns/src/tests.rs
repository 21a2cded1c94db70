//! Tables of questions and answers, the cache in virtual time, and the server on loopback against resolvers of the test's own.

mod answers;
mod cache;
mod serving;
