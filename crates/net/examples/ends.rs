//! Tasks' places on networks, for a benchmark to send packets between: says where they are, and takes everything away when its input ends.
//!
//! One line each, `NAME NAMESPACE ADDRESS`: two on one node, and two on nodes that an overlay joins. Run it as root.

#[path = "../tests/common/mod.rs"]
mod common;

use common::machine::{Machine, Segment};
use common::*;
use model::ec2::Traffic;
use model::fabric::{Item, Node, Place, Update};
use net::{Attached, WantedOverlay};
use std::net::Ipv4Addr;

const ALL: &str = "0.0.0.0/0";
/// Second numbers of the blocks: of the lone node's VPC, and of the VPC that two nodes share.
const ALONE: u8 = 240;
const SHARED: u8 = 241;

fn open() -> Item {
    group("sg-1", &[egress(Traffic::All, ALL), ingress(Traffic::All, "sg-1")])
}

/// The shared VPC as the node of interface `last` is told of it.
fn shared(last: u8, machines: &[(u8, &Machine)]) -> Update {
    let mut things = vec![open()];
    for (other, machine) in machines {
        let id = format!("node-{other}");
        let net::Overlay { address, ipv6, .. } = machine.overlay.expect("it has one");
        let place = if *other == last { Place::Here } else { Place::Node(id.clone()) };
        if *other != last {
            things.push(Item::Node(Node { id, address, ipv6 }));
        }
        things.push(Item::Interface(described(SHARED, *other, &["sg-1"], place)));
    }
    vpc(SHARED, things)
}

fn say(name: &str, attached: &Attached) {
    let namespace = attached.namespace.as_ref().expect("it has one");
    println!("{name} {} {}", namespace.display(), attached.address.expect("it has one"));
}

fn main() {
    let segment = Segment::new("ends");
    let alone = Machine::start(&segment.plug(10), "e10", None);
    alone.tell(vpc(ALONE, vec![open(), here(ALONE, 10, &["sg-1"]), here(ALONE, 11, &["sg-1"])]));
    say("one-a", &alone.attach("one-a", interface(ALONE, 10)));
    say("one-b", &alone.attach("one-b", interface(ALONE, 11)));

    let join = |last: u8| {
        let wanted = WantedOverlay { address: Ipv4Addr::new(192, 0, 2, last), port: None, direct: false };
        Machine::start(&segment.plug(last), &format!("e{last}"), Some(wanted))
    };
    let (first, second) = (join(20), join(21));
    let machines = [(20, &first), (21, &second)];
    for (name, last, machine) in [("two-a", 20, &first), ("two-b", 21, &second)] {
        machine.tell(shared(last, &machines));
        say(name, &machine.attach(name, interface(SHARED, last)));
    }
    println!("ready");
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).expect("input can be read");
    for machine in [alone, first, second] {
        machine.end();
    }
}
