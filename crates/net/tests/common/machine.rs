//! Machines of a test: network namespaces on one segment, each with a node in a thread of its own.

use super::*;
use std::sync::mpsc;
use std::thread::JoinHandle;

/// The IPv6 address of a machine of a segment.
pub fn ipv6_of(last: u8) -> Ipv6Addr {
    format!("2001:db8:6::{last:x}").parse().expect("an address")
}

/// A segment that machines are plugged into, in a namespace of its own.
pub struct Segment {
    name: String,
}

impl Segment {
    pub fn new(name: &str) -> Self {
        let segment = Self { name: format!("lst{name}") };
        // What a run left that was killed.
        segment.remove();
        segment.ip(&["netns", "add", &segment.name]);
        segment.ip(&["-n", &segment.name, "link", "add", "segment", "type", "bridge"]);
        segment.ip(&["-n", &segment.name, "link", "set", "segment", "up"]);
        segment
    }

    fn ip(&self, args: &[&str]) {
        run(Command::new("ip").args(args));
    }

    /// A namespace on the segment with the address 192.0.2.LAST, and one of IPv6.
    pub fn plug(&self, last: u8) -> String {
        let name = format!("{}-{last}", self.name);
        let port = format!("port{last}");
        self.ip(&["netns", "add", &name]);
        self.ip(&[
            "-n", &self.name, "link", "add", &port, "master", "segment", "type", "veth", "peer", "name",
            "eth0", "netns", &name,
        ]);
        self.ip(&["-n", &self.name, "link", "set", &port, "up"]);
        self.ip(&["-n", &name, "addr", "add", &format!("192.0.2.{last}/24"), "dev", "eth0"]);
        self.ip(&["-n", &name, "addr", "add", &format!("{}/64", ipv6_of(last)), "dev", "eth0", "nodad"]);
        self.ip(&["-n", &name, "link", "set", "eth0", "up"]);
        self.ip(&["-n", &name, "link", "set", "lo", "up"]);
        name
    }

    /// Cuts a machine off, or joins it again.
    pub fn connect(&self, last: u8, up: bool) {
        let state = if up { "up" } else { "down" };
        self.ip(&["-n", &self.name, "link", "set", &format!("port{last}"), state]);
    }
}

impl Segment {
    fn remove(&self) {
        let listed = text(Command::new("ip").args(["netns", "list"]));
        let names = listed.lines().filter_map(|l| l.split_whitespace().next());
        for name in names.filter(|n| *n == self.name || n.starts_with(&format!("{}-", self.name))) {
            run(Command::new("ip").args(["netns", "del", name]));
        }
    }
}

impl Drop for Segment {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Works in a thread inside a namespace.
pub fn enter<T: Send + 'static>(
    namespace: &Path,
    work: impl FnOnce() -> T + Send + 'static,
) -> JoinHandle<T> {
    let file = std::fs::File::open(namespace).expect("the namespace is there");
    std::thread::spawn(move || {
        let kind = rustix::thread::LinkNameSpaceType::Network;
        rustix::thread::move_into_link_name_space(std::os::fd::AsFd::as_fd(&file), Some(kind))
            .expect("it can be entered");
        work()
    })
}

/// A command that has to succeed.
pub fn run(command: &mut Command) {
    let output = command.output().expect("the command runs");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The path by which a named namespace is entered.
pub fn path_of(name: &str) -> std::path::PathBuf {
    Path::new("/run/netns").join(name)
}

enum Order {
    Tell(Box<Update>),
    Attach(String, Attachment, mpsc::Sender<Attached>),
    Detach(String),
    End,
}

/// A node on a machine.
pub struct Machine {
    orders: tokio::sync::mpsc::UnboundedSender<(Order, mpsc::Sender<()>)>,
    thread: Option<JoinHandle<()>>,
    pub overlay: Option<net::Overlay>,
    pub run_dir: std::path::PathBuf,
}

impl Machine {
    /// Starts a node in the namespace `at`; with an overlay where its address is given.
    pub fn start(at: &str, instance: &str, overlay: Option<net::WantedOverlay>) -> Self {
        let (orders, taken) = tokio::sync::mpsc::unbounded_channel();
        let (say, said) = mpsc::channel();
        let (path, instance) = (path_of(at), instance.to_owned());
        let thread = enter(&path, move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                let node = Node::open(&instance, overlay).await;
                say.send((node.network.overlay(), node.config.run_dir.clone())).expect("the test waits");
                serve(node, taken).await;
            });
        });
        let (overlay, run_dir) = said.recv().expect("the node starts");
        Self { orders, thread: Some(thread), overlay, run_dir }
    }

    fn order(&self, order: Order) {
        let (done, wait) = mpsc::channel();
        self.orders.send((order, done)).expect("the node runs");
        wait.recv().expect("the node does it");
    }

    pub fn tell(&self, update: Update) {
        self.order(Order::Tell(Box::new(update)));
    }

    pub fn attach(&self, id: &str, attachment: Attachment) -> Attached {
        let (give, take) = mpsc::channel();
        self.order(Order::Attach(id.to_owned(), attachment, give));
        take.recv().expect("it is given before the order is done")
    }

    pub fn detach(&self, id: &str) {
        self.order(Order::Detach(id.to_owned()));
    }

    pub fn end(mut self) {
        self.order(Order::End);
        self.thread.take().expect("it runs").join().expect("no panic");
    }
}

async fn serve(node: Node, mut orders: tokio::sync::mpsc::UnboundedReceiver<(Order, mpsc::Sender<()>)>) {
    while let Some((order, done)) = orders.recv().await {
        match order {
            Order::Tell(update) => node.tell(*update).await,
            Order::Attach(id, attachment, give) => {
                give.send(node.attach(&id, attachment).await).expect("the test waits");
            }
            Order::Detach(id) => node.network.detach(&node.id(&id)).await.expect("it goes"),
            Order::End => {
                node.end().await;
                done.send(()).expect("the test waits");
                return;
            }
        }
        done.send(()).expect("the test waits");
    }
}
