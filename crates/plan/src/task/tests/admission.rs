use crate::task::admission::{Claim, Queue, TooMuch};
use model::{CpuUnits, MemoryMib};
use proptest::prelude::*;

fn claim(cpu: u32, memory: u32, ports: &[u16]) -> Claim {
    Claim {
        cpu: CpuUnits(cpu),
        memory: MemoryMib(memory),
        tcp_ports: ports.iter().copied().collect(),
        udp_ports: Default::default(),
    }
}

#[test]
fn nobody_overtakes() {
    let mut queue = Queue::new(claim(100, 100, &[22]));
    assert_eq!(queue.claim("a", claim(60, 10, &[])).unwrap(), ["a"]);
    assert!(queue.claim("b", claim(60, 10, &[])).unwrap().is_empty());
    assert!(queue.claim("c", claim(10, 10, &[])).unwrap().is_empty(), "c would fit but b was first");
    assert!(queue.claim("a", claim(60, 10, &[])).unwrap().is_empty(), "a claim counts once");
    assert_eq!(queue.release(&"a"), ["b", "c"]);
    assert!(queue.claim("d", claim(60, 10, &[])).unwrap().is_empty());
    assert_eq!(queue.waiting(), 1);
    assert!(queue.release(&"d").is_empty(), "a waiting claim can be given up");
    assert_eq!(queue.waiting(), 0);
}

#[test]
fn ports_are_exclusive_and_the_impossible_is_refused() {
    let mut queue = Queue::new(claim(100, 100, &[22]));
    assert_eq!(queue.claim(1, claim(1, 1, &[80])).unwrap(), [1]);
    assert!(queue.claim(2, claim(1, 1, &[80])).unwrap().is_empty());
    assert_eq!(queue.release(&1), [2]);
    assert_eq!(queue.claim(3, claim(1, 1, &[22])), Err(TooMuch::Port { port: 22 }));
    assert!(matches!(queue.claim(4, claim(101, 1, &[])), Err(TooMuch::Cpu { .. })));
    assert!(matches!(queue.claim(4, claim(1, 101, &[])), Err(TooMuch::Memory { .. })));
}

proptest! {
    /// Never more than there is, and in the order of arrival.
    #[test]
    fn grants_fit_and_keep_order(steps in prop::collection::vec((any::<bool>(), 0u32..60, 0u16..3), 1..80)) {
        let mut queue = Queue::new(claim(100, 100, &[]));
        let (mut next, mut running, mut order) = (0usize, Vec::new(), Vec::new());
        for (arrive, cpu, port) in steps {
            let granted = if arrive || running.is_empty() {
                next += 1;
                queue.claim(next, claim(cpu, 1, &[port])).unwrap()
            } else {
                let (key, _): (usize, Claim) = running.remove(cpu as usize % running.len());
                queue.release(&key)
            };
            for key in granted {
                order.push(key);
                running.push((key, Claim::default()));
            }
            prop_assert!(order.is_sorted(), "{order:?}");
            prop_assert_eq!(queue.waiting() + order.len(), next);
        }
    }
}
