//! Flows of network load balancers: a connection's packets, or a client's, go to one target.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::{IpAddr, SocketAddr};

/// What identifies a flow: AWS hashes protocol, source and destination, for TCP the sequence number too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Flow {
    pub client: SocketAddr,
    pub listener: SocketAddr,
}

impl Flow {
    /// The position, of the hashes of targets, that this flow goes to. With the address alone, `by_source`, all flows of a client go
    /// together. By rendezvous: a target that comes or goes moves only the flows it gets or had.
    pub fn pick(&self, targets: impl Iterator<Item = u64>, by_source: bool) -> Option<usize> {
        targets
            .enumerate()
            .max_by_key(|(_, target)| {
                let mut hasher = DefaultHasher::new();
                if by_source {
                    self.client.ip().hash(&mut hasher);
                } else {
                    self.hash(&mut hasher);
                }
                target.hash(&mut hasher);
                hasher.finish()
            })
            .map(|(at, _)| at)
    }
}

/// A number that is the same for all flows of a client, and on all nodes.
pub fn of_client(client: IpAddr) -> u64 {
    let mut hasher = DefaultHasher::new();
    client.to_canonical().hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(port: u16) -> Flow {
        Flow { client: ([192, 0, 2, 1], port).into(), listener: ([198, 51, 100, 1], 80).into() }
    }

    #[test]
    fn flows_spread_and_stay() {
        let mut counts = [0; 4];
        for port in 1000..5000 {
            let at = flow(port).pick(0..4, false).expect("there is one");
            counts[at] += 1;
            // The one that goes takes only its own flows along.
            let without = flow(port).pick([0, 1, 2].into_iter(), false).expect("there is one");
            assert!(at == 3 || at == without);
        }
        assert!(counts.iter().all(|count| (800..1200).contains(count)), "{counts:?}");
    }

    #[test]
    fn a_source_stays_together() {
        let first = flow(1).pick(0..4, true);
        assert!((2..100).all(|port| flow(port).pick(0..4, true) == first));
        assert_eq!(flow(1).pick(std::iter::empty(), true), None);
    }
}
