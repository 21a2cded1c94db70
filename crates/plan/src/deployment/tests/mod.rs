//! The planner: tables for the arithmetic, scripts for what it does, random histories for what always holds.

mod arithmetic;
mod failures;
mod histories;
mod scripts;
mod shift_histories;
mod shifts;
mod words;
mod world;
