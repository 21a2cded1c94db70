//! What running containers use: sampled between two telemetry messages, condensed into statistic sets.

use crate::engine::Engine;
use agent_protocol::tcs::{
    ContainerMetric, RestartStatsSet, StatsSet, StorageStatsSet, TaskMetric, ULongStatsSet,
};
use runtime::{ContainerId, Stats};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

/// How often containers are sampled. Four samples make a set.
pub(crate) const SAMPLE_INTERVAL: Duration = Duration::from_secs(5);
const SAMPLE_TIMEOUT: Duration = Duration::from_secs(2);

/// One container's samples since the last message.
#[derive(Debug, Default)]
struct Samples {
    /// Of the last reading: when, and CPU nanoseconds.
    last: Option<(SystemTime, u64)>,
    cpu_percent: Set,
    memory_mib: Set,
    read_bytes: i64,
    write_bytes: i64,
    /// Totals at the last message.
    read_before: u64,
    write_before: u64,
}

#[derive(Debug, Default)]
struct Set {
    values: Vec<f64>,
}

impl Set {
    fn take(&mut self) -> Option<StatsSet> {
        let values = std::mem::take(&mut self.values);
        let (min, max) = values.iter().fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(*v), b.max(*v)));
        let sample_count = i64::try_from(values.len()).unwrap_or(i64::MAX);
        (!values.is_empty()).then(|| StatsSet { min, max, sample_count, sum: values.iter().sum() })
    }
}

/// The sampler.
#[derive(Debug, Default)]
pub(crate) struct Sampler {
    containers: BTreeMap<ContainerId, Samples>,
}

impl Sampler {
    /// Takes a sample of every running container.
    pub async fn sample(&mut self, engine: &Engine) {
        let running: Vec<ContainerId> =
            engine.views().into_iter().flat_map(|t| t.containers).filter_map(|c| c.running).collect();
        self.containers.retain(|id, _| running.contains(id));
        for id in running {
            match tokio::time::timeout(SAMPLE_TIMEOUT, engine.0.runtime.stats(&id)).await {
                Ok(Ok(stats)) => self.containers.entry(id).or_default().add(&stats),
                Ok(Err(error)) => tracing::debug!(container = %id, %error, "no stats"),
                Err(_) => tracing::debug!(container = %id, "stats took too long"),
            }
        }
    }

    /// The metrics of every task since the last call.
    pub fn take(&mut self, engine: &Engine, cluster: &str) -> Vec<TaskMetric> {
        let tasks = engine.views().into_iter().filter(|t| !t.stopped);
        let metrics = tasks.map(|task| TaskMetric {
            container_metrics: task
                .containers
                .iter()
                .filter_map(|c| {
                    let samples = self.containers.get_mut(c.running.as_ref()?)?;
                    samples.take(c.name.clone(), c.arn.clone(), c.restarts)
                })
                .collect(),
            task_arn: Some(task.arn),
            cluster_arn: Some(cluster.to_owned()),
            task_definition_family: Some(task.family),
            task_definition_version: Some(task.version),
            ..TaskMetric::default()
        });
        metrics.filter(|t| !t.container_metrics.is_empty()).collect()
    }
}

impl Samples {
    fn add(&mut self, stats: &Stats) {
        let now = stats.read_at.unwrap_or_else(SystemTime::now);
        if let Some((before, used)) = self.last {
            let passed = now.duration_since(before).unwrap_or_default().as_nanos() as f64;
            if passed > 0.0 {
                self.cpu_percent.values.push(stats.cpu.total_ns.saturating_sub(used) as f64 / passed * 100.0);
            }
        }
        self.last = Some((now, stats.cpu.total_ns));
        let memory = stats.memory.usage_bytes.saturating_sub(stats.memory.inactive_file_bytes);
        self.memory_mib.values.push(memory as f64 / f64::from(1 << 20));
        let read: u64 = stats.block_io.iter().map(|d| d.read_bytes).sum();
        let write: u64 = stats.block_io.iter().map(|d| d.write_bytes).sum();
        let grown = |now: u64, before: u64| i64::try_from(now.saturating_sub(before)).unwrap_or(i64::MAX);
        self.read_bytes = grown(read, self.read_before);
        self.write_bytes = grown(write, self.write_before);
    }

    fn take(&mut self, name: String, arn: Option<String>, restarts: Option<u32>) -> Option<ContainerMetric> {
        let memory_stats_set = self.memory_mib.take()?;
        let storage = StorageStatsSet {
            read_size_bytes: Some(one(self.read_bytes)),
            write_size_bytes: Some(one(self.write_bytes)),
        };
        self.read_before = self.read_before.saturating_add(self.read_bytes.unsigned_abs());
        self.write_before = self.write_before.saturating_add(self.write_bytes.unsigned_abs());
        Some(ContainerMetric {
            container_name: Some(name),
            container_arn: arn,
            cpu_stats_set: self.cpu_percent.take(),
            memory_stats_set: Some(memory_stats_set),
            network_stats_set: None,
            storage_stats_set: Some(storage),
            restart_stats_set: restarts.map(|n| RestartStatsSet { restart_count: Some(n.into()) }),
        })
    }
}

fn one(value: i64) -> ULongStatsSet {
    ULongStatsSet { min: value, max: value, sample_count: 1, sum: value, ..ULongStatsSet::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::UNIX_EPOCH;

    #[test]
    fn samples_become_sets() {
        let mut samples = Samples::default();
        for second in 0..3u64 {
            let mut stats =
                Stats { read_at: Some(UNIX_EPOCH + Duration::from_secs(second)), ..Stats::default() };
            stats.cpu.total_ns = second * 500_000_000;
            stats.memory.usage_bytes = (second + 1) << 20;
            samples.add(&stats);
        }
        let metric = samples.take("c".into(), None, Some(2)).unwrap();
        let cpu = metric.cpu_stats_set.unwrap();
        assert_eq!((cpu.min, cpu.max, cpu.sample_count, cpu.sum), (50.0, 50.0, 2, 100.0));
        let memory = metric.memory_stats_set.unwrap();
        assert_eq!((memory.min, memory.max, memory.sum), (1.0, 3.0, 6.0));
        assert_eq!(metric.restart_stats_set.unwrap().restart_count, Some(2));
        assert!(samples.take("c".into(), None, None).is_none(), "nothing new, nothing said");
    }
}
