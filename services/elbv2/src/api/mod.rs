//! The handlers, a module per noun.

pub(crate) mod action;
pub(crate) mod attribute;
pub(crate) mod certificate;
pub(crate) mod condition;
pub(crate) mod health_check;
pub(crate) mod limit;
pub(crate) mod listener;
pub(crate) mod load_balancer;
pub(crate) mod load_balancer_change;
pub(crate) mod name;
pub(crate) mod place;
pub(crate) mod rule;
pub(crate) mod tag;
pub(crate) mod target;
pub(crate) mod target_group;
