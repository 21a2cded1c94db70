//! Network load balancers and what stands behind them.

use super::*;

/// One with a listener that leads to one group.
pub fn network(
    port: u16,
    protocol: ListenerProtocol,
    group: Protocol,
    targets: Vec<Target>,
) -> Configuration {
    let mut configuration = simple(port, targets);
    configuration.balancers[0].kind = BalancerKind::Network;
    configuration.balancers[0].listeners = vec![listener(port, protocol, forward(&[("g", 1)]))];
    configuration.groups[0].protocol = group;
    configuration
}

/// A target that first says its name, and then everything again that it is told.
pub fn echo(name: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || {
                let mut stream = stream.expect("a connection");
                stream.write_all(name.as_bytes()).expect("it is sent");
                // A peer that resets is gone.
                let _ = std::io::copy(&mut stream.try_clone().expect("a clone"), &mut stream);
            });
        }
    });
    address
}
