//! Sums that are kept against sums that are made anew.

use super::arn;
use crate::placement::{All, Fleet, Instance, Load, Phase, Request, Share};
use model::ecs::task::Reservation;
use model::status::TransportProtocol::{Tcp, Udp};
use model::{CpuUnits, MemoryMib};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

const ALL: (u32, u32) = (4096, 8192);

#[derive(Clone, Debug)]
struct Task {
    reservation: Reservation,
    group: String,
    phase: Option<Phase>,
}

impl Task {
    fn share(&self) -> Share<'_> {
        Share { reservation: &self.reservation, counted: self.phase.map(|p| (self.group.as_str(), p)) }
    }
}

/// Some hold more than there is, ports of the node itself and ports of each other among it.
fn task() -> impl Strategy<Value = Task> {
    let port = (prop_oneof![Just(22_u16), 8000..8004_u16], prop_oneof![Just(Tcp), Just(Udp)]);
    let phase = prop_oneof![Just(None), Just(Some(Phase::Pending)), Just(Some(Phase::Running))];
    (0..3000_u32, 0..3000_u32, vec(port, 0..3), vec(0..3_u8, 0..3), 0..3_u8, phase).prop_map(
        |(cpu, memory, ports, gpus, group, phase)| Task {
            reservation: Reservation {
                cpu: CpuUnits(cpu),
                memory: MemoryMib(memory),
                ports,
                gpus: gpus.into_iter().map(|n| format!("GPU-{n}")).collect(),
            },
            group: format!("service:{group}"),
            phase,
        },
    )
}

fn empty(gpus: &[String]) -> Instance {
    let mut instance = Instance::new(arn(1), CpuUnits(ALL.0), MemoryMib(ALL.1));
    instance.ports_in_use = BTreeSet::from([(22, Tcp)]);
    instance.gpus_free = gpus.iter().cloned().collect();
    instance
}

proptest! {
    #[test]
    fn a_load_that_is_kept_is_the_load_of_the_tasks(
        steps in vec((task(), any::<Option<u8>>(), any::<bool>()), 0..30),
    ) {
        let (gpus, tcp, udp) = (["GPU-0".to_owned(), "GPU-1".to_owned()], BTreeSet::from([22]), BTreeSet::new());
        let all =
            All { cpu: CpuUnits(ALL.0), memory: MemoryMib(ALL.1), ports_tcp: &tcp, ports_udp: &udp, gpus: &gpus };
        let mut fleet = Fleet::new([empty(&gpus), Instance::new(arn(2), CpuUnits(64), MemoryMib(64))]);
        let (mut kept, mut tasks): (Load, Vec<Task>) = Default::default();
        for (task, ends, books) in steps {
            match ends.filter(|_| !tasks.is_empty()) {
                Some(n) => {
                    let ended = tasks.swap_remove(usize::from(n) % tasks.len());
                    kept.remove(ended.share());
                }
                None => {
                    kept.add(task.share());
                    tasks.push(task);
                }
            }
            // What was booked ahead is forgotten.
            let request = Request {
                count: 1,
                cpu: CpuUnits(100),
                memory: MemoryMib(100),
                host_ports: vec![(8003, Tcp)],
                group: "service:0".to_owned(),
                ..Request::default()
            };
            if books {
                fleet.place(&request);
            }
            prop_assert!(fleet.load(&arn(1), &kept, &all));
            let mut anew = Load::default();
            tasks.iter().for_each(|task| anew.add(task.share()));
            prop_assert_eq!(&kept, &anew);
            let mut expected = empty(&gpus);
            anew.put_on(&mut expected);
            prop_assert_eq!(fleet.get(&arn(1)), Some(&expected));
            // The index agrees.
            let mut other = Fleet::new(fleet.instances().cloned());
            prop_assert_eq!(fleet.report(&request), other.report(&request));
        }
    }
}

#[test]
fn a_load_says_nothing_of_what_is_kept_for_others() {
    let mut fleet = Fleet::new([empty(&[])]);
    let (none, gpus) = (BTreeSet::new(), Vec::new());
    let all = All { cpu: CpuUnits(1), memory: MemoryMib(1), ports_tcp: &none, ports_udp: &none, gpus: &gpus };
    assert!(!fleet.load(&arn(7), &Load::default(), &all), "nobody knows it");
    let mut keeps = empty(&[]);
    keeps.keep(&Request { group: "service:d".to_owned(), cpu: CpuUnits(100), ..Request::default() });
    fleet.upsert(keeps.clone());
    assert!(!fleet.load(&arn(1), &Load::default(), &all));
    assert_eq!(fleet.get(&arn(1)), Some(&keeps));
}
