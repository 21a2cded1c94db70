//! Round robin with slow start, least outstanding requests, weighted random.

use super::weighted;
use model::balancer::Algorithm;

/// What is looked at of a target that may get a request.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Requests it has now.
    pub outstanding: u64,
    /// How far its slow start has come: 0 to [`Self::WARM`], which is done.
    pub warmth: u32,
    /// Its weight of anomaly mitigation: 1 to [`super::anomaly::FULL`].
    pub weight: u32,
}

impl Candidate {
    pub const WARM: u32 = 1 << 16;

    /// How far the slow start has come that began `elapsed_ms` ago and lasts `duration_ms`. The share of requests grows linearly.
    pub fn warmth(elapsed_ms: u64, duration_ms: u64) -> u32 {
        if elapsed_ms >= duration_ms {
            return Self::WARM;
        }
        (elapsed_ms.saturating_mul(u64::from(Self::WARM)) / duration_ms) as u32
    }
}

/// What a choice is made with.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    pub algorithm: Algorithm,
    /// Counts the choices of a worker for a group.
    pub turn: u64,
    pub random: u64,
}

/// The position of the target that is next; nothing where there is none.
pub fn choose<'a, C>(
    candidates: &'a [C],
    look: impl Fn(&'a C) -> Candidate,
    choice: Choice,
) -> Option<usize> {
    let count = candidates.len() as u64;
    if count == 0 {
        return None;
    }
    let start = (choice.turn % count) as usize;
    let order = (0..candidates.len()).map(|step| (start + step) % candidates.len());
    match choice.algorithm {
        Algorithm::RoundRobin => {
            // A target that warms up takes its turn with the probability of its warmth; else it passes to the next.
            let mut random = choice.random;
            let ready = order.clone().find(|at| {
                let warmth = look(&candidates[*at]).warmth;
                let drawn = random as u32 & (Candidate::WARM - 1);
                random = random.rotate_right(17).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                drawn < warmth
            });
            // Where none was ready, the warmest is: requests do not wait.
            ready.or_else(|| order.max_by_key(|at| look(&candidates[*at]).warmth))
        }
        // Of equals the next in turn, so that an idle group is used evenly.
        Algorithm::LeastOutstandingRequests => order.min_by_key(|at| look(&candidates[*at]).outstanding),
        Algorithm::WeightedRandom => {
            weighted(candidates.iter().map(|candidate| u64::from(look(candidate).weight)), choice.random)
                .or(Some(start))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WARM: Candidate = Candidate { outstanding: 0, warmth: Candidate::WARM, weight: 100 };

    fn counts(candidates: &[Candidate], algorithm: Algorithm, times: u64) -> Vec<usize> {
        let mut counts = vec![0; candidates.len()];
        // A fixed generator: the test is the same every time.
        let mut random = 88_172_645_463_325_252_u64;
        for turn in 0..times {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            counts[choose(candidates, |candidate| *candidate, Choice { algorithm, turn, random })
                .expect("there is one")] += 1;
        }
        counts
    }

    #[test]
    fn round_robin_is_even() {
        assert_eq!(counts(&[WARM; 3], Algorithm::RoundRobin, 300), [100, 100, 100]);
    }

    #[test]
    fn a_slow_start_grows() {
        let mut before = 0;
        for tenth in 1..10 {
            let starting = Candidate { warmth: Candidate::warmth(tenth * 3000, 30_000), ..WARM };
            let [starting, warm] = counts(&[starting, WARM], Algorithm::RoundRobin, 10_000)[..] else {
                panic!("two")
            };
            assert!(starting > before && starting < warm, "{tenth}: {starting} {warm}");
            before = starting;
        }
        let cold = Candidate { warmth: 0, ..WARM };
        assert_eq!(counts(&[cold, WARM], Algorithm::RoundRobin, 100), [0, 100]);
        assert_eq!(counts(&[cold], Algorithm::RoundRobin, 10), [10]);
        assert_eq!(Candidate::warmth(30_000, 30_000), Candidate::WARM);
        assert_eq!(Candidate::warmth(0, 0), Candidate::WARM);
    }

    #[test]
    fn the_least_busy_is_next() {
        let busy = |outstanding| Candidate { outstanding, ..WARM };
        assert_eq!(counts(&[busy(5), busy(2), busy(9)], Algorithm::LeastOutstandingRequests, 10), [0, 10, 0]);
        assert_eq!(counts(&[busy(2), busy(2)], Algorithm::LeastOutstandingRequests, 10), [5, 5]);
    }

    #[test]
    fn weights_are_kept() {
        let light = Candidate { weight: 10, ..WARM };
        let [light, full] = counts(&[light, WARM], Algorithm::WeightedRandom, 11_000)[..] else {
            panic!("two")
        };
        assert!((800..1200).contains(&light), "{light} {full}");
    }

    #[test]
    fn nobody_is_nobody() {
        let none: [Candidate; 0] = [];
        assert_eq!(
            choose(
                &none,
                |candidate| *candidate,
                Choice { algorithm: Algorithm::RoundRobin, turn: 0, random: 0 }
            ),
            None
        );
    }
}
