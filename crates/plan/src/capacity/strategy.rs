//! Capacity provider strategies: whether one may be used, and how it divides tasks among its providers.
//!
//! A caller resolves the names of a strategy to [`Provider`]s, asks [`check`], and then [`spread`] for every number of tasks that it starts.
//! RunTask divides each call by itself: it passes nothing placed. A service passes how many tasks each provider has of it already, so that
//! the base is met once and not with every task.
//!
//! Source: `CapacityProviderStrategyItem` of the API reference and "Amazon ECS capacity providers" of the developer guide, 2026. Who gets
//! the remainder where weights do not divide a count is not established; here the shares are those of D'Hondt's method, so that every
//! multiple of the weights comes out exactly and a count that grows never takes a task from a provider.

use model::ecs::launch::CapacityProviderStrategyItem;
use std::cmp::Ordering;
use thiserror::Error;

/// "A capacity provider strategy can contain a maximum of 20 capacity providers."
pub const MOST_PROVIDERS: usize = 20;
pub const MOST_WEIGHT: i32 = 1000;
pub const MOST_BASE: i32 = 100_000;

/// What stands behind a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// FARGATE and FARGATE_SPOT.
    Fargate,
    AutoScalingGroup,
    ManagedInstances,
}

/// A provider that a strategy may name: one that is associated with the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    pub name: String,
    pub kind: Kind,
}

/// What is wrong with a strategy. All are InvalidParameterException in AWS.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    // Observed.
    #[error(
        "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate providers. Specify one or the other and try again."
    )]
    Mixed,
    #[error(
        "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again."
    )]
    NotAssociated { provider: String },
    #[error(
        "The specified capacity provider strategy contains multiple capacity providers with a base value defined."
    )]
    SeveralBases,
    // The wording of those below is not established.
    #[error("A capacity provider strategy can have at most {MOST_PROVIDERS} items.")]
    TooMany,
    #[error("The capacity provider strategy cannot contain the same capacity provider twice.")]
    Twice,
    #[error("The weight of a capacity provider must be between 0 and {MOST_WEIGHT}.")]
    Weight,
    #[error("The base of a capacity provider must be between 0 and {MOST_BASE}.")]
    Base,
    #[error(
        "A capacity provider strategy must contain at least one capacity provider with a weight greater than 0."
    )]
    NoWeight,
}

/// Whether a strategy may be used in a cluster that `providers` are associated with, and what kind its providers are. An empty strategy
/// has none.
pub fn check(
    strategy: &[CapacityProviderStrategyItem],
    providers: &[Provider],
) -> Result<Option<Kind>, Error> {
    if strategy.len() > MOST_PROVIDERS {
        return Err(Error::TooMany);
    }
    let mut kinds: Vec<Kind> = Vec::with_capacity(strategy.len());
    for (at, item) in strategy.iter().enumerate() {
        let known = providers.iter().find(|p| p.name == item.capacity_provider);
        let provider = item.capacity_provider.clone();
        kinds.push(known.ok_or(Error::NotAssociated { provider })?.kind);
        if strategy[..at].iter().any(|other| other.capacity_provider == item.capacity_provider) {
            return Err(Error::Twice);
        }
        if !(0..=MOST_WEIGHT).contains(&item.weight.unwrap_or(0)) {
            return Err(Error::Weight);
        }
        if !(0..=MOST_BASE).contains(&item.base.unwrap_or(0)) {
            return Err(Error::Base);
        }
    }
    if strategy.iter().filter(|i| i.base.unwrap_or(0) > 0).count() > 1 {
        return Err(Error::SeveralBases);
    }
    // Of several providers at least one must have a weight; one alone takes every task whatever its weight.
    if strategy.len() > 1 && strategy.iter().all(|i| i.weight.unwrap_or(0) == 0) {
        return Err(Error::NoWeight);
    }
    let Some(first) = kinds.first().copied() else { return Ok(None) };
    if kinds.iter().any(|kind| (*kind == Kind::Fargate) != (first == Kind::Fargate)) {
        return Err(Error::Mixed);
    }
    Ok(Some(first))
}

/// How many of `count` further tasks go to each item of a strategy, in its order. `placed` says how many tasks each item has already; items
/// that it does not mention have none.
///
/// First the base is filled up, then tasks go by weight: each to the item that is the furthest behind its share, the earlier one where
/// two are. An item of weight 0 gets no more than its base, except that the only item of a strategy gets everything. Where nothing may take a task
/// (several items, all of weight 0: [`check`] refuses that) the sum is less than `count`.
///
/// Costs `count * items`.
pub fn spread(strategy: &[CapacityProviderStrategyItem], placed: &[u32], count: u32) -> Vec<u32> {
    let alone = strategy.len() == 1;
    let items: Vec<(u64, u64)> = strategy
        .iter()
        .map(|item| {
            let weight = u64::from(item.weight.unwrap_or(0).unsigned_abs());
            (u64::from(item.base.unwrap_or(0).unsigned_abs()), if alone { weight.max(1) } else { weight })
        })
        .collect();
    let mut tasks: Vec<u64> =
        (0..items.len()).map(|at| u64::from(placed.get(at).copied().unwrap_or(0))).collect();
    let mut added = vec![0; items.len()];
    for _ in 0..count {
        let below_base = (0..items.len()).find(|at| tasks[*at] < items[*at].0);
        let next = below_base.or_else(|| {
            let weighted = (0..items.len()).filter(|at| items[*at].1 > 0);
            weighted.min_by(|a, b| behind(tasks[*a], items[*a], tasks[*b], items[*b]))
        });
        let Some(next) = next else { break };
        tasks[next] += 1;
        added[next] += 1;
    }
    added
}

/// Which of two items would have the smaller share with one task more: `(tasks beyond the base + 1) / weight`, without fractions.
fn behind(
    a_tasks: u64,
    (a_base, a_weight): (u64, u64),
    b_tasks: u64,
    (b_base, b_weight): (u64, u64),
) -> Ordering {
    let beyond = |tasks: u64, base: u64| tasks.saturating_sub(base) + 1;
    (beyond(a_tasks, a_base) * b_weight).cmp(&(beyond(b_tasks, b_base) * a_weight))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn item(name: &str, weight: i32, base: i32) -> CapacityProviderStrategyItem {
        CapacityProviderStrategyItem {
            capacity_provider: name.to_owned(),
            weight: Some(weight),
            base: Some(base),
        }
    }

    fn items(given: &[(i32, i32)]) -> Vec<CapacityProviderStrategyItem> {
        given.iter().enumerate().map(|(at, (weight, base))| item(&format!("p{at}"), *weight, *base)).collect()
    }

    #[test]
    fn tasks_go_by_base_and_weight() {
        // (weight, base) of each item, tasks placed before, count, what each gets
        type Case = (&'static [(i32, i32)], &'static [u32], u32, &'static [u32]);
        let cases: [Case; 14] = [
            (&[(1, 0)], &[], 5, &[5]),
            (&[(0, 0)], &[], 5, &[5]),
            (&[(1, 0), (1, 0)], &[], 4, &[2, 2]),
            (&[(1, 0), (1, 0)], &[], 5, &[3, 2]),
            // "for every one task that is run using A, four tasks would use B"
            (&[(1, 0), (4, 0)], &[], 5, &[1, 4]),
            (&[(1, 0), (4, 0)], &[], 10, &[2, 8]),
            // "The weight value is taken into consideration after the base value is satisfied."
            (&[(1, 2), (1, 0)], &[], 6, &[4, 2]),
            (&[(1, 2), (4, 0)], &[], 7, &[3, 4]),
            (&[(1, 10), (1, 0)], &[], 3, &[3, 0]),
            // A weight of 0 takes nothing beyond the base.
            (&[(0, 1), (1, 0)], &[], 4, &[1, 3]),
            (&[(0, 0), (1, 0)], &[], 4, &[0, 4]),
            // What a service has counts: its base is met once.
            (&[(1, 2), (1, 0)], &[2, 0], 2, &[1, 1]),
            (&[(1, 2), (1, 0)], &[0, 9], 3, &[3, 0]),
            // Nobody may take a task.
            (&[(0, 0), (0, 0)], &[], 3, &[0, 0]),
        ];
        for (strategy, placed, count, expected) in cases {
            assert_eq!(spread(&items(strategy), placed, count), expected, "{strategy:?} {placed:?} {count}");
        }
    }

    #[test]
    fn what_a_strategy_may_not_be() {
        let provider = |name: &str, kind| Provider { name: name.to_owned(), kind };
        let providers = [
            provider("FARGATE", Kind::Fargate),
            provider("FARGATE_SPOT", Kind::Fargate),
            provider("group", Kind::AutoScalingGroup),
            provider("managed", Kind::ManagedInstances),
        ];
        let cases = [
            (vec![], Ok(None)),
            (vec![item("FARGATE", 0, 0)], Ok(Some(Kind::Fargate))),
            (vec![item("FARGATE", 1, 1), item("FARGATE_SPOT", 3, 0)], Ok(Some(Kind::Fargate))),
            (vec![item("group", 1, 0), item("managed", 1, 0)], Ok(Some(Kind::AutoScalingGroup))),
            (vec![item("group", 1, 0), item("FARGATE", 1, 0)], Err(Error::Mixed)),
            (vec![item("other", 1, 0)], Err(Error::NotAssociated { provider: "other".to_owned() })),
            (vec![item("FARGATE", 1, 0), item("FARGATE", 1, 0)], Err(Error::Twice)),
            (vec![item("FARGATE", 1, 1), item("FARGATE_SPOT", 1, 1)], Err(Error::SeveralBases)),
            (vec![item("FARGATE", 0, 1), item("FARGATE_SPOT", 0, 0)], Err(Error::NoWeight)),
            (vec![item("FARGATE", 1001, 0)], Err(Error::Weight)),
            (vec![item("FARGATE", -1, 0)], Err(Error::Weight)),
            (vec![item("FARGATE", 1, 100_001)], Err(Error::Base)),
            (vec![item("FARGATE", 1, 0); 21], Err(Error::TooMany)),
        ];
        for (strategy, expected) in cases {
            assert_eq!(check(&strategy, &providers), expected, "{strategy:?}");
        }
    }

    fn strategy() -> impl Strategy<Value = Vec<CapacityProviderStrategyItem>> {
        let weights = prop::collection::vec(prop_oneof![0..4_i32, 0..=MOST_WEIGHT], 1..6);
        (weights, 0..6_usize, 0..20_i32).prop_map(|(weights, based, base)| {
            let item = |(at, weight)| item(&format!("p{at}"), weight, if at == based { base } else { 0 });
            weights.into_iter().enumerate().map(item).collect()
        })
    }

    proptest! {
        #[test]
        fn every_task_has_its_provider_and_none_too_many(
            strategy in strategy(),
            placed in prop::collection::vec(0..30_u32, 0..6),
            count in 0..200_u32,
        ) {
            let added = spread(&strategy, &placed, count);
            let has = |at: usize| placed.get(at).copied().unwrap_or(0);
            let may_take = strategy.len() == 1 || strategy.iter().any(|i| i.weight != Some(0));
            if may_take {
                prop_assert_eq!(added.iter().sum::<u32>(), count);
            }
            let base_missing: u32 = strategy.iter().enumerate()
                .map(|(at, i)| i.base.unwrap_or(0).unsigned_abs().saturating_sub(has(at))).sum();
            for (at, item) in strategy.iter().enumerate() {
                let base = item.base.unwrap_or(0).unsigned_abs();
                // The base comes first, and completely where the count reaches.
                prop_assert!(has(at) + added[at] >= base.min(has(at) + count.min(base_missing)));
                if item.weight == Some(0) && strategy.len() > 1 {
                    prop_assert!(added[at] <= base.saturating_sub(has(at)));
                }
            }
            // A count that grows takes nothing away, and two steps come to the same as one.
            let half = spread(&strategy, &placed, count / 2);
            let then: Vec<u32> = (0..strategy.len()).map(|at| has(at) + half[at]).collect();
            let rest = spread(&strategy, &then, count - count / 2);
            prop_assert_eq!(half.iter().zip(&rest).map(|(a, b)| a + b).collect::<Vec<_>>(), added);
        }

        #[test]
        fn whole_rounds_come_out_exactly(weights in prop::collection::vec(1..50_i32, 1..6), rounds in 1..5_u32) {
            let strategy = items(&weights.iter().map(|w| (*w, 0)).collect::<Vec<_>>());
            let round: u32 = weights.iter().map(|w| w.unsigned_abs()).sum();
            let expected: Vec<u32> = weights.iter().map(|w| w.unsigned_abs() * rounds).collect();
            prop_assert_eq!(spread(&strategy, &[], round * rounds), expected);
        }
    }
}
