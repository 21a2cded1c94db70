//! Deployments that shift traffic (BLUE_GREEN, LINEAR, CANARY): stage by stage from blue, the revision that serves, to green, the new one.
//!
//! Decides when a stage is done and which comes next, what share of each kind of traffic green is to have, which hooks run, and when all of it turns back.
//! Invariants: blue keeps the tasks that are wanted until the bake time is over; green gets traffic only while enough of its tasks are
//! healthy; a stage ends within a day unless a pause allows more; the way back needs nobody's consent but the router's, and ends with blue having everything.
//! Must not know: how traffic is routed or hooks are called. What is to be done of that is [`effects`], what came of it is told to [`routed`] and
//! [`answered`]; all of it may be done twice.
//!
//! Source: "Amazon ECS blue/green service deployments workflow", "Amazon ECS linear deployments", "Amazon ECS canary deployments", "Lifecycle hooks for
//! Amazon ECS service deployments", "Lambda hooks …", "Pause hooks …" of the ECS developer guide, read 2026-11.

mod hooks;
mod sides;
mod stage;

pub use hooks::{
    Answer, Effect, Kind, Weights, answered, effects, payload_weights, resolve, routed, shown_weights,
};
pub use sides::has_two_sides;
pub(super) use sides::{blue_beside, is_split, keeps, sides, spare, wanted_of};
pub(super) use stage::{advance, hold, may_complete, may_fail, outcome, turn_back};
pub use stage::{begin, steps};
