//! How many tasks have to be healthy and how many may be there: percentages of the desired count.

use model::ecs::service::DeploymentConfiguration;

/// In tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// At least so many stay healthy: `minimumHealthyPercent`, rounded up.
    pub minimum: u32,
    /// At most so many are there: `maximumPercent`, rounded down.
    pub maximum: u32,
}

impl Bounds {
    pub fn of(configuration: &DeploymentConfiguration, desired: u32) -> Self {
        let percent = |percent: u32| u64::from(desired) * u64::from(percent);
        let whole = |tasks: u64| u32::try_from(tasks).unwrap_or(u32::MAX);
        let minimum = whole(percent(configuration.minimum_healthy_percent).div_ceil(100));
        Self {
            // More than what is wanted cannot be demanded of what is there.
            minimum: minimum.min(desired),
            maximum: whole(percent(configuration.maximum_percent) / 100),
        }
    }
}
