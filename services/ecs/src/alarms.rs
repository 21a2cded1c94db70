//! What deployments ask of CloudWatch's alarms.

/// Who knows the state of alarms. Whoever keeps metrics implements it.
pub trait Alarms: Send + Sync + 'static {
    /// Whether there is such a service at all. Without it a deployment that watches alarms is refused rather than left unwatched.
    fn is_there(&self) -> bool;

    /// Those of the named alarms that are in the ALARM state now.
    fn in_alarm(&self, names: &[String]) -> Vec<String>;
}

/// There are no metrics yet.
pub(crate) struct NoAlarms;

impl Alarms for NoAlarms {
    fn is_there(&self) -> bool {
        false
    }

    fn in_alarm(&self, _: &[String]) -> Vec<String> {
        Vec::new()
    }
}
