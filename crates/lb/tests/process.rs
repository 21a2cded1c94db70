//! The data plane as a process: its socket, its memory.

mod support;

use lb::process::{FromController, Kept, KeptError, ToController, frame, serve};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use support::*;
use tokio::net::UnixStream;
use tokio_util::sync::CancellationToken;

async fn connected(path: &Path) -> UnixStream {
    loop {
        if let Ok(stream) = UnixStream::connect(path).await {
            return stream;
        }
        tokio::task::yield_now().await;
    }
}

/// The next message that is no observation; the last of those before it.
async fn answer(stream: &mut UnixStream) -> (ToController, Option<model::balancer::Observations>) {
    let mut seen = None;
    loop {
        match frame::read(stream).await.expect("a message").expect("a message") {
            ToController::Observed(observed) => seen = Some(observed),
            answer => return (answer, seen),
        }
    }
}

fn block<T>(what: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async { tokio::time::timeout(DEADLINE, what).await.expect("within the deadline") })
}

#[test]
fn what_was_applied_is_served_again_without_a_controller() {
    let home = tempfile::tempdir().expect("a directory");
    let (directory, socket) = (home.path().join("state"), home.path().join("control"));
    let port = free_port();
    let mut configuration = simple(port, vec![Backend::saying("kept").target()]);
    configuration.revision = 5;
    let run = || {
        let (stop, engine) =
            (CancellationToken::new(), Arc::new(lb::Engine::start(options()).expect("it starts")));
        let (directory, socket, token) = (directory.clone(), socket.clone(), stop.clone());
        (stop, tokio::spawn(async move { serve(engine, &directory, &socket, token).await }))
    };
    block(async {
        let (stop, running) = run();
        let mut stream = connected(&socket).await;
        assert_eq!(std::fs::metadata(&socket).expect("it is there").permissions().mode() & 0o777, 0o600);
        let first = frame::read::<ToController>(&mut stream).await.expect("a message");
        assert!(matches!(first, Some(ToController::Observed(observed)) if observed.revision == 0));
        frame::write(&mut stream, &FromController::Apply(Box::new(configuration.clone())))
            .await
            .expect("it is sent");
        let (applied, mut seen) = answer(&mut stream).await;
        assert_eq!(applied, ToController::Applied { revision: 5 });
        let kept = directory.join("configuration.json");
        assert_eq!(std::fs::metadata(&kept).expect("it is there").permissions().mode() & 0o777, 0o600);
        while !seen.is_some_and(|observed| observed.revision == 5 && observed.targets.len() == 1) {
            let message = frame::read(&mut stream).await.expect("a message").expect("a message");
            let ToController::Observed(observed) = message else { panic!("{message:?} was not asked for") };
            seen = Some(observed);
        }
        let mut older = configuration.clone();
        older.revision = 4;
        frame::write(&mut stream, &FromController::Apply(Box::new(older))).await.expect("it is sent");
        assert!(matches!(answer(&mut stream).await.0, ToController::Refused { revision: 4, .. }));
        let mut strange = configuration.clone();
        strange.format = 99;
        strange.revision = 6;
        frame::write(&mut stream, &FromController::Apply(Box::new(strange))).await.expect("it is sent");
        assert!(matches!(answer(&mut stream).await.0, ToController::Refused { revision: 6, .. }));
        // What the disk does not take is not served either.
        let draft = directory.join("configuration.draft");
        std::fs::remove_file(&draft).expect("one was made");
        std::fs::create_dir(&draft).expect("it is in the way");
        let (other, mut unkept) = (free_port(), configuration.clone());
        unkept.revision = 7;
        unkept.balancers[0].listeners.push(listener(
            other,
            model::balancer::ListenerProtocol::Http,
            forward(&[("g", 1)]),
        ));
        frame::write(&mut stream, &FromController::Apply(Box::new(unkept))).await.expect("it is sent");
        assert!(matches!(answer(&mut stream).await.0, ToController::Refused { revision: 7, .. }));
        assert!(std::net::TcpStream::connect(("127.0.0.1", other)).is_err());
        std::fs::remove_dir(&draft).expect("it is empty");
        assert_eq!(tokio::task::spawn_blocking(move || get(port, "/").2).await.expect("no panic"), b"kept");
        stop.cancel();
        running.await.expect("no panic").expect("it ends well");

        let (stop, running) = run();
        let served = tokio::task::spawn_blocking(move || {
            until("it is served again", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
            get(port, "/").2
        });
        assert_eq!(served.await.expect("no panic"), b"kept");
        stop.cancel();
        running.await.expect("no panic").expect("it ends well");
    });
}

#[test]
fn messages_are_bounded_and_half_ones_are_none() {
    block(async {
        let huge = u32::MAX.to_be_bytes();
        assert!(matches!(frame::read::<ToController>(&mut &huge[..]).await, Err(frame::Error::TooLarge(_))));
        let announced = [&1_000_000_u32.to_be_bytes()[..], b"{}"].concat();
        assert!(matches!(frame::read::<ToController>(&mut &announced[..]).await, Err(frame::Error::Io(_))));
        assert!(matches!(frame::read::<ToController>(&mut &b""[..]).await, Ok(None)));
        let strange = frame::encode(&"nothing of ours").expect("it is encoded");
        assert!(matches!(frame::read::<ToController>(&mut &strange[..]).await, Err(frame::Error::Json(_))));
    });
}

#[test]
fn half_a_file_is_never_there() {
    let home = tempfile::tempdir().expect("a directory");
    let kept = Kept::open(home.path()).expect("it opens");
    assert!(kept.read().expect("it is read").is_none());
    assert!(matches!(Kept::open(home.path()), Err(KeptError::Held(_))), "one process at a time");
    let configuration = simple(80, vec![]);
    kept.write(&configuration).expect("it is kept");
    // What a crash leaves of the next one does not count.
    std::fs::write(home.path().join("configuration.draft"), "{").expect("it is written");
    assert_eq!(kept.read().expect("it is read"), Some(configuration));
    std::fs::write(home.path().join("configuration.json"), "{").expect("it is written");
    assert!(kept.read().is_err());
}

#[test]
fn of_two_configurations_with_one_revision_the_first_is_served() {
    let mut configuration = simple(free_port(), vec![]);
    let engine = engine(&configuration);
    engine.apply(&configuration).expect("the same again is taken");
    configuration.groups.clear();
    let refused = engine.apply(&configuration);
    assert!(matches!(refused, Err(lb::Error::Ambiguous(1))), "{refused:?}");
}

#[test]
fn a_controller_too_many_is_turned_away() {
    use tokio::io::AsyncReadExt as _;
    let home = tempfile::tempdir().expect("a directory");
    let (directory, socket) = (home.path().join("state"), home.path().join("control"));
    let engine = Arc::new(lb::Engine::start(options()).expect("it starts"));
    let stop = CancellationToken::new();
    block(async {
        let (path, token) = (socket.clone(), stop.clone());
        let running = tokio::spawn(async move { serve(engine, &directory, &path, token).await });
        let mut held = Vec::new();
        for _ in 0..8 {
            let mut stream = connected(&socket).await;
            let first = frame::read::<ToController>(&mut stream).await.expect("a message");
            assert!(matches!(first, Some(ToController::Observed(_))), "{first:?}");
            held.push(stream);
        }
        let mut ninth = connected(&socket).await;
        assert_eq!(ninth.read(&mut [0; 1]).await.expect("an end"), 0);
        stop.cancel();
        running.await.expect("no panic").expect("it ends");
    });
}
