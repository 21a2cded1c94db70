use super::{FakeRuntime, Script};
use crate::{ContainerId, ContainerSpec, Error, ExitCause, LogPosition, LogStream, Runtime};

fn id(name: &str) -> ContainerId {
    name.parse().unwrap()
}

#[tokio::test]
async fn it_behaves_like_a_runtime() {
    let fake = FakeRuntime::new();
    fake.script(|spec| match spec.id.as_str() {
        "bad" => {
            Script { fail: Some(Error::CommandNotFound { command: "x".to_owned() }), ..Script::default() }
        }
        "quick" => Script { exit: Some(ExitCause::Exited(3)), ..Script::default() },
        _ => Script { output: vec![(LogStream::Stdout, "hello".to_owned())], ..Script::default() },
    });
    let spec = |name: &str| ContainerSpec::new(id(name), "/", ["true"]);
    assert!(matches!(fake.start(&spec("bad")).await, Err(Error::CommandNotFound { .. })));
    fake.start(&spec("quick")).await.unwrap();
    assert_eq!(fake.wait(&id("quick")).await.unwrap().code(), Some(3));
    assert!(matches!(fake.signal(&id("quick"), 15).await, Err(Error::NotRunning { .. })));

    fake.start(&spec("long")).await.unwrap();
    let mut log = fake.logs(&id("long"), LogPosition::default()).await.unwrap();
    assert_eq!(log.next_batch(10).await.unwrap()[0].bytes, b"hello");
    assert!(matches!(fake.delete(&id("long")).await, Err(Error::StillRunning { .. })));
    let waiting = tokio::spawn({
        let fake = fake.clone();
        async move { fake.wait(&id("long")).await }
    });
    fake.write_log(&id("long"), LogStream::Stderr, "bye");
    fake.signal(&id("long"), 15).await.unwrap();
    assert_eq!(waiting.await.unwrap().unwrap().code(), Some(143));
    assert_eq!(log.next_batch(10).await.unwrap()[0].bytes, b"bye");
    assert!(log.next_batch(10).await.unwrap().is_empty());
    fake.delete(&id("long")).await.unwrap();
    assert_eq!(fake.list().await.unwrap().len(), 1);
}
