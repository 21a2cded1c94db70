//! What managed scaling made, keyed by cluster and capacity provider.

use crate::{Record, Version};
use model::ecs::Scaling;

impl Version for Scaling {}

impl Record for Scaling {
    const TABLE: &'static str = "ecs.scaling";

    fn key(&self) -> String {
        Scaling::key_of(&self.cluster, &self.capacity_provider)
    }
}
