//! Anomaly detection and mitigation: targets that answer far more errors than their peers get less.
//!
//! AWS documents that anomalous targets are found by their 5xx responses and connection errors beside those of the others, that three
//! healthy targets are needed, and that their weights sink and rise again. Numbers are not established: those here are our own.

/// A weight that nothing was taken from.
pub const FULL: u32 = 100;
/// What a target keeps, so that it can show that it recovered.
const LEAST: u32 = 1;
/// Fewer targets have no norm to depart from.
const PEERS: usize = 3;
/// Requests of a window below which a target is not judged.
const ENOUGH: u64 = 10;

/// What a target did in a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    pub requests: u64,
    /// Of these, 5xx responses and failed connections.
    pub errors: u64,
}

/// A target's judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub anomalous: bool,
    pub weight: u32,
}

impl Default for Judgement {
    fn default() -> Self {
        Self { anomalous: false, weight: FULL }
    }
}

/// Judges the healthy targets of a group after a window.
pub fn judge(before: &[Judgement], windows: &[Window]) -> Vec<Judgement> {
    let rate = |window: &Window| window.errors as f64 / window.requests.max(1) as f64;
    let mut rates: Vec<f64> = windows.iter().filter(|window| window.requests >= ENOUGH).map(rate).collect();
    rates.sort_by(f64::total_cmp);
    let median = rates.get(rates.len().saturating_sub(1) / 2).copied().unwrap_or(0.0);
    before
        .iter()
        .zip(windows)
        .map(|(before, window)| {
            let judged = window.requests >= ENOUGH && windows.len() >= PEERS;
            let anomalous = if judged {
                rate(window) >= 0.1 && rate(window) >= 3.0 * (median + 0.01)
            } else {
                before.anomalous && windows.len() >= PEERS && window.errors > 0
            };
            let weight =
                if anomalous { (before.weight / 2).max(LEAST) } else { (before.weight * 2).min(FULL) };
            Judgement { anomalous, weight }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Window = Window { requests: 100, errors: 0 };
    const BAD: Window = Window { requests: 100, errors: 50 };

    #[test]
    fn one_of_three_sinks_and_rises() {
        let mut now = vec![Judgement::default(); 3];
        for _ in 0..10 {
            now = judge(&now, &[GOOD, GOOD, BAD]);
        }
        assert_eq!(now[2], Judgement { anomalous: true, weight: LEAST });
        assert_eq!(now[0], Judgement::default());
        for _ in 0..10 {
            now = judge(&now, &[GOOD, GOOD, Window { requests: 2, errors: 0 }]);
        }
        assert_eq!(now[2], Judgement::default());
    }

    #[test]
    fn where_all_fail_nobody_is_to_blame() {
        let now = judge(&[Judgement::default(); 3], &[BAD, BAD, BAD]);
        assert_eq!(now, vec![Judgement::default(); 3]);
    }

    #[test]
    fn two_have_no_norm() {
        assert_eq!(judge(&[Judgement::default(); 2], &[GOOD, BAD]), vec![Judgement::default(); 2]);
    }
}
