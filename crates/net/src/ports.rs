use std::ops::RangeInclusive;
/// Where dynamic host ports come from: what AWS documents for container instances.
pub const DYNAMIC_PORTS: RangeInclusive<u16> = 32768..=60999;
