//! Managed scaling: how many instances a capacity provider should have, and which of them may go.
//!
//! [`plan`] is asked for one provider at a time, with what is known of it and the instant. It computes CapacityProviderReservation as AWS
//! does, compares it with the target capacity, and says the new size and what becomes of each instance. The caller remembers what is in
//! [`Memory`] from one time to the next, makes the instances, and empties and ends them.
//!
//! `CapacityProviderReservation = M / N * 100`, N being the instances that there are and M those that are needed: with tasks waiting, N and
//! as many more as they take, at least the minimum and at most the maximum step; otherwise those that run a task. Without any instance
//! it is 100 where nothing waits and 200 where something does. A target of 100 keeps no spare instance, one of 50 as many again as are needed.
//!
//! Source: "Amazon ECS cluster auto scaling", "Amazon ECS managed scaling behavior" and "Safely stop Amazon ECS workloads on EC2 instances" of
//! the developer guide, 2026; "Deep Dive on Amazon ECS Cluster Auto Scaling" for M, N and the cases without instances. Which instances an Auto
//! Scaling group ends is its termination policy's matter; here the emptiest go first. How AWS adds up groups of tasks with different
//! needs is not established: here they are packed together.

use model::status::TransportProtocol;
use model::{CpuUnits, MemoryMib, Timestamp};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::time::Duration;

/// "CloudWatch scale-in alarms require 15 data points (15 minutes) before the scale-in process starts".
pub const SCALE_IN_AFTER: Duration = Duration::from_secs(15 * 60);
/// After a scale-in "each minute" the next may follow.
pub const SCALE_IN_EVERY: Duration = Duration::from_secs(60);

/// What the operator and the provider say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// 1 to 100, a percentage.
    pub target_capacity: u32,
    pub minimum_step: u32,
    pub maximum_step: u32,
    pub warmup: Duration,
    /// Instances with tasks are never ended.
    pub termination_protection: bool,
    /// The fleet's bounds.
    pub min: u32,
    pub max: u32,
    /// For so long fewer instances must have been needed: [`SCALE_IN_AFTER`] on AWS.
    pub scale_in_after: Duration,
}

/// One instance of the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    pub id: String,
    pub launched_at: Timestamp,
    /// Tasks that are not daemons.
    pub tasks: u32,
    /// It is being emptied, and ends when it is empty.
    pub leaving: bool,
}

/// What a waiting task needs of an instance.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    pub cpu: CpuUnits,
    pub memory: MemoryMib,
    pub ports: Vec<(u16, TransportProtocol)>,
}

/// What one new instance offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub cpu: CpuUnits,
    pub memory: MemoryMib,
}

/// What is remembered from one plan to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Since when fewer instances are needed than there are.
    pub low_since: Option<Timestamp>,
    /// When instances were last let go.
    pub scaled_in_at: Option<Timestamp>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// CapacityProviderReservation, rounded.
    pub reservation: u32,
    /// M and N.
    pub needed: u32,
    pub running: u32,
    /// How many new instances are to be started.
    pub start: u32,
    /// Instances to be emptied and ended, in this order.
    pub leave: Vec<String>,
    pub memory: Memory,
    pub verdict: Verdict,
    /// When to look again, changes aside.
    pub look_again: Option<Timestamp>,
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As many as needed.
    Steady,
    Out,
    /// More are needed, and the newest instances are still warming up.
    Warming,
    /// More are needed, and the fleet has no more.
    AtMaximum,
    /// Not one of the waiting tasks fits a new instance.
    NothingFits,
    In,
    /// Fewer are needed, and not for long enough.
    LowForTooShort,
    /// Fewer are needed, and none may go.
    NothingToEnd,
}

/// Decides for one provider. `waiting` are its tasks in PROVISIONING.
pub fn plan(
    rules: &Rules,
    machines: &[Machine],
    waiting: &[Need],
    size: Size,
    memory: Memory,
    now: Timestamp,
) -> Plan {
    let staying: Vec<&Machine> = machines.iter().filter(|m| !m.leaving).collect();
    let running = count(staying.len());
    let (more, fitting) = instances_for(waiting, size);
    let needed = if fitting > 0 {
        running + more.clamp(rules.minimum_step, rules.maximum_step.max(rules.minimum_step))
    } else {
        count(staying.iter().filter(|m| m.tasks > 0).count())
    };
    let mut plan = Plan {
        reservation: reservation(needed, running, fitting > 0),
        needed,
        running,
        start: 0,
        leave: Vec::new(),
        memory: Memory { low_since: None, ..memory },
        verdict: Verdict::Steady,
        look_again: None,
    };
    if running < rules.min {
        plan.start = rules.min - running;
        plan.verdict = Verdict::Out;
        return plan;
    }
    if !waiting.is_empty() && fitting == 0 {
        // "cluster auto scaling stops and the CapacityProviderReservation value remains at the targetCapacity value"
        plan.reservation = rules.target_capacity;
        plan.verdict = Verdict::NothingFits;
        return plan;
    }
    let desired = desired(&plan, rules).min(rules.max.max(rules.min));
    match plan.reservation_over(rules.target_capacity) {
        std::cmp::Ordering::Equal => plan,
        std::cmp::Ordering::Greater => scale_out(plan, rules, &staying, desired, now),
        std::cmp::Ordering::Less => scale_in(plan, rules, staying, desired.max(rules.min), memory, now),
    }
}

impl Plan {
    /// How the reservation compares with the target, without rounding.
    fn reservation_over(&self, target: u32) -> std::cmp::Ordering {
        match self.running {
            0 => self.reservation.cmp(&100),
            running => (u64::from(self.needed) * 100).cmp(&(u64::from(target) * u64::from(running))),
        }
    }
}

fn reservation(needed: u32, running: u32, waits: bool) -> u32 {
    match running {
        0 if waits => 200,
        0 => 100,
        running => {
            let percent = (u64::from(needed) * 100 + u64::from(running) / 2) / u64::from(running);
            u32::try_from(percent).unwrap_or(u32::MAX)
        }
    }
}

/// What target tracking makes of it: as many instances as bring the reservation to the target, rounded up. With no instance it
/// counts as if there were one.
fn desired(plan: &Plan, rules: &Rules) -> u32 {
    let target = u64::from(rules.target_capacity.clamp(1, 100));
    let percent = match plan.running {
        0 if plan.reservation > 100 => u64::from(plan.reservation),
        0 => 0,
        _ => u64::from(plan.needed) * 100,
    };
    u32::try_from(percent.div_ceil(target)).unwrap_or(u32::MAX)
}

fn scale_out(mut plan: Plan, rules: &Rules, staying: &[&Machine], desired: u32, now: Timestamp) -> Plan {
    let warm = staying.iter().map(|m| m.launched_at.after(rules.warmup)).filter(|at| *at > now).max();
    if let Some(at) = warm {
        plan.verdict = Verdict::Warming;
        plan.look_again = Some(at);
        return plan;
    }
    plan.start = desired.saturating_sub(plan.running).min(rules.maximum_step);
    plan.verdict = if plan.start > 0 { Verdict::Out } else { Verdict::AtMaximum };
    plan
}

fn scale_in(
    mut plan: Plan,
    rules: &Rules,
    mut staying: Vec<&Machine>,
    desired: u32,
    before: Memory,
    now: Timestamp,
) -> Plan {
    let surplus = plan.running.saturating_sub(desired);
    if surplus == 0 {
        return plan;
    }
    let since = before.low_since.unwrap_or(now);
    plan.memory.low_since = Some(since);
    let ready = since.after(rules.scale_in_after);
    let again = before.scaled_in_at.map_or(ready, |at| at.after(SCALE_IN_EVERY).max(ready));
    if again > now {
        plan.verdict = Verdict::LowForTooShort;
        plan.look_again = Some(again);
        return plan;
    }
    staying.retain(|m| m.tasks == 0 || !rules.termination_protection);
    // The emptiest first; of those the oldest, as Auto Scaling does.
    staying.sort_by(|a, b| (a.tasks, a.launched_at, &a.id).cmp(&(b.tasks, b.launched_at, &b.id)));
    // At least one, and not more than half of them.
    let most = surplus.min((plan.running / 2).max(1));
    plan.leave = staying.into_iter().take(most as usize).map(|m| m.id.clone()).collect();
    if plan.leave.is_empty() {
        plan.verdict = Verdict::NothingToEnd;
    } else {
        plan.verdict = Verdict::In;
        plan.memory.scaled_in_at = Some(now);
        plan.look_again = Some(now.after(SCALE_IN_EVERY));
    }
    plan
}

/// What is left of a new instance: CPU, memory, and the host ports that are taken.
type Room = (CpuUnits, MemoryMib, BTreeSet<(u16, TransportProtocol)>);

/// How many new instances the waiting tasks take, and how many of them fit a new instance at all. First-fit, the largest tasks first.
fn instances_for(waiting: &[Need], size: Size) -> (u32, u32) {
    let mut fitting: Vec<&Need> =
        waiting.iter().filter(|n| n.cpu <= size.cpu && n.memory <= size.memory).collect();
    // What takes the larger part of an instance, of whichever resource, comes first.
    let part = |n: &Need| {
        let of = |amount: u32, whole: u32| u64::from(amount) * 1_000_000 / u64::from(whole.max(1));
        of(n.cpu.0, size.cpu.0).max(of(n.memory.0, size.memory.0))
    };
    fitting.sort_by_key(|n| Reverse(part(n)));
    let mut open: Vec<Room> = Vec::new();
    for need in &fitting {
        let takes = |(cpu, memory, ports): &Room| {
            need.cpu <= *cpu && need.memory <= *memory && need.ports.iter().all(|p| !ports.contains(p))
        };
        let at = open.iter().position(takes).unwrap_or_else(|| {
            open.push((size.cpu, size.memory, BTreeSet::new()));
            open.len() - 1
        });
        let (cpu, memory, ports) = &mut open[at];
        *cpu = cpu.saturating_sub(need.cpu);
        *memory = memory.saturating_sub(need.memory);
        ports.extend(need.ports.iter().copied());
    }
    (count(open.len()), count(fitting.len()))
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
