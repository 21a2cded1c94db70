//! Which target of a group gets a request. Pure: the time and random numbers come as arguments.
//! Sources: "Target groups for your Application Load Balancers" (routing algorithm, slow start, anomaly detection, target group health),
//! November 2026.

pub mod anomaly;
mod choose;
mod flow;

pub use choose::{Candidate, Choice, choose};
pub use flow::{Flow, of_client};

use model::balancer::{CrossZone, Thresholds};

/// What decides whether a target may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Healthy, or not checked at all.
    pub healthy: bool,
    pub draining: bool,
    /// Whether it is in the zone that is looked from, or in all.
    pub here: bool,
}

/// The targets of a group that get requests, as positions in `targets`. Empty where the group has none that could.
///
/// Where fewer are healthy than the threshold asks, all get traffic (fail open). Without cross-zone balancing only the targets that are
/// [here](Standing::here) count, for the choice and for the threshold.
pub fn eligible(targets: &[Standing], cross_zone: bool, threshold: Thresholds) -> Vec<usize> {
    let counted: Vec<usize> =
        (0..targets.len()).filter(|at| !targets[*at].draining && (cross_zone || targets[*at].here)).collect();
    let healthy: Vec<usize> = counted.iter().copied().filter(|at| targets[*at].healthy).collect();
    if !healthy.is_empty() && threshold.met(healthy.len(), counted.len()) { healthy } else { counted }
}

/// Whether a group's requests cross zones.
pub fn crosses_zones(group: CrossZone, balancer: bool) -> bool {
    match group {
        CrossZone::AsTheBalancer => balancer,
        CrossZone::On => true,
        CrossZone::Off => false,
    }
}

/// The position that a random number picks of weights; nothing where all are zero.
pub fn weighted(weights: impl Iterator<Item = u64> + Clone, random: u64) -> Option<usize> {
    let total: u64 = weights.clone().sum();
    if total == 0 {
        return None;
    }
    let mut at = random % total;
    for (index, weight) in weights.enumerate() {
        if at < weight {
            return Some(index);
        }
        at -= weight;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const UP: Standing = Standing { healthy: true, draining: false, here: true };
    const DOWN: Standing = Standing { healthy: false, ..UP };
    const DRAINING: Standing = Standing { draining: true, ..UP };
    const ELSEWHERE: Standing = Standing { here: false, ..UP };

    #[test]
    fn who_gets_requests() {
        let half = Thresholds { count: Some(1), percentage: Some(50) };
        for (targets, cross_zone, threshold, expected) in [
            (&[UP, DOWN, UP][..], true, Thresholds::default(), &[0, 2][..]),
            (&[DOWN, DOWN], true, Thresholds::default(), &[0, 1]),
            (&[UP, DOWN, DOWN], true, half, &[0, 1, 2]),
            (&[UP, UP, DOWN], true, half, &[0, 1]),
            (&[UP, DRAINING], true, Thresholds::default(), &[0]),
            (&[DOWN, DRAINING], true, Thresholds::default(), &[0]),
            (&[DRAINING], true, Thresholds::default(), &[]),
            (&[ELSEWHERE, UP], false, Thresholds::default(), &[1]),
            (&[ELSEWHERE], false, Thresholds::default(), &[]),
            (&[ELSEWHERE, UP], true, Thresholds::default(), &[0, 1]),
            (&[DOWN, DOWN], true, Thresholds { count: None, percentage: None }, &[0, 1]),
        ] {
            assert_eq!(
                eligible(targets, cross_zone, threshold),
                expected,
                "{targets:?} {cross_zone} {threshold:?}"
            );
        }
    }

    #[test]
    fn weights() {
        let share = |weights: &[u64], wanted| {
            (0..1000).filter(|random| weighted(weights.iter().copied(), *random) == Some(wanted)).count()
        };
        assert_eq!(share(&[1, 3], 1), 750);
        assert_eq!(share(&[0, 5], 0), 0);
        assert_eq!(weighted([0, 0].into_iter(), 7), None);
    }
}
