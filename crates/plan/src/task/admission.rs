//! Which tasks the node has room for: first in, first out.
//!
//! The control plane places tasks by what it believes free. Between a task's STOPPED report and the end of its clean-up, and
//! after a restart of either side, that can be more than there is; then tasks wait here, in the order of their arrival.
//! Invariants: what is granted never exceeds the total; nobody overtakes. Source: the official agent's host resource manager.

use model::{CpuUnits, MemoryMib};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What a task takes of its node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    pub cpu: CpuUnits,
    pub memory: MemoryMib,
    /// Static host ports.
    pub tcp_ports: BTreeSet<u16>,
    pub udp_ports: BTreeSet<u16>,
}

/// What the node has and who has what of it.
#[derive(Clone, Debug)]
pub struct Queue<K> {
    total: Claim,
    granted: BTreeMap<K, Claim>,
    waiting: VecDeque<(K, Claim)>,
}

/// Why a claim can never be granted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    #[error("the task needs {needed} CPU units, the instance has {total}")]
    Cpu { needed: CpuUnits, total: CpuUnits },
    #[error("the task needs {needed} of memory, the instance has {total}")]
    Memory { needed: MemoryMib, total: MemoryMib },
    #[error("host port {port} is reserved on the instance")]
    Port { port: u16 },
}

impl<K: Ord + Clone> Queue<K> {
    /// A node with so much CPU and memory; the ports of `total` are those that no task may have.
    pub fn new(total: Claim) -> Self {
        Self { total, granted: BTreeMap::new(), waiting: VecDeque::new() }
    }

    /// Queues a claim and says who is granted now (the newcomer alone, or nobody). A key that is known is left as it is.
    pub fn claim(&mut self, key: K, claim: Claim) -> Result<Vec<K>, TooMuch> {
        self.possible(&claim)?;
        if self.granted.contains_key(&key) || self.waiting.iter().any(|(k, _)| *k == key) {
            return Ok(Vec::new());
        }
        self.waiting.push_back((key, claim));
        Ok(self.grant())
    }

    /// Takes back the claim of a task that runs since before this queue was made; it is granted whatever is free.
    pub fn restore(&mut self, key: K, claim: Claim) {
        self.granted.insert(key, claim);
    }

    /// Gives up a claim, granted or waiting, and says who is granted now.
    pub fn release(&mut self, key: &K) -> Vec<K> {
        self.granted.remove(key);
        self.waiting.retain(|(k, _)| k != key);
        self.grant()
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    fn possible(&self, claim: &Claim) -> Result<(), TooMuch> {
        if claim.cpu > self.total.cpu {
            return Err(TooMuch::Cpu { needed: claim.cpu, total: self.total.cpu });
        }
        if claim.memory > self.total.memory {
            return Err(TooMuch::Memory { needed: claim.memory, total: self.total.memory });
        }
        let tcp = claim.tcp_ports.intersection(&self.total.tcp_ports).next();
        let udp = claim.udp_ports.intersection(&self.total.udp_ports).next();
        match tcp.or(udp) {
            Some(&port) => Err(TooMuch::Port { port }),
            None => Ok(()),
        }
    }

    fn grant(&mut self) -> Vec<K> {
        let mut granted = Vec::new();
        while self.waiting.front().is_some_and(|(_, claim)| self.fits(claim)) {
            if let Some((key, claim)) = self.waiting.pop_front() {
                granted.push(key.clone());
                self.granted.insert(key, claim);
            }
        }
        granted
    }

    fn fits(&self, claim: &Claim) -> bool {
        let cpu: CpuUnits = self.granted.values().map(|c| c.cpu).sum();
        let memory: MemoryMib = self.granted.values().map(|c| c.memory).sum();
        cpu + claim.cpu <= self.total.cpu
            && memory + claim.memory <= self.total.memory
            && self.granted.values().all(|c| c.tcp_ports.is_disjoint(&claim.tcp_ports))
            && self.granted.values().all(|c| c.udp_ports.is_disjoint(&claim.udp_ports))
    }
}
