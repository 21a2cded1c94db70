//! Pulls, against a registry that behaves and one that does not.

use std::time::Duration;

use image::{Credentials, Error, ErrorKind, Policy, PullRequest, Reporter, Stage};

use crate::registry::{Faults, Registry};
use crate::{small_image, store};

fn always() -> PullRequest {
    PullRequest { policy: Policy::Always, ..PullRequest::default() }
}

fn pair(name: &str, password: &str) -> Option<(String, String)> {
    Some((name.to_owned(), password.to_owned()))
}

#[tokio::test]
async fn a_pull_brings_layers_configuration_and_digest() {
    let (registry, root) = (Registry::start().await, tempfile::tempdir().unwrap());
    let digest = registry.push(&small_image("one"), "app", "v1");
    let store = store(root.path());
    let (progress, watched) = Reporter::channel();
    let image = store.pull(&registry.name("app:v1"), PullRequest { progress, ..always() }).await.unwrap();
    assert_eq!(image.digest.to_string(), digest);
    assert_eq!(image.config.cmd, ["/bin/app"]);
    assert_eq!(image.layers.len(), 2);
    assert_eq!(std::fs::read(image.layers[0].join("bin/app")).unwrap(), vec![42; 300_000]);
    assert_eq!(std::fs::read_to_string(image.layers[1].join("etc/mark")).unwrap(), "one");
    let progress = watched.borrow().clone();
    assert!(progress.layers.iter().all(|l| l.stage == Stage::Done && l.downloaded_bytes == l.total_bytes));
    // Nothing is left of the way.
    assert_eq!(std::fs::read_dir(root.path().join("partial")).unwrap().count(), 0);
    let summary = store.list().unwrap();
    assert_eq!((summary.len(), summary[0].size_bytes), (1, 300_003));
    // Again: one HEAD tells that nothing changed.
    let requests = registry.log().len();
    store.pull(&registry.name("app:v1"), always()).await.unwrap();
    assert_eq!(registry.log().len(), requests + 1);
    // By digest, and with both.
    for name in [format!("app@{digest}"), format!("app:v1@{digest}")] {
        let by_digest = store.pull(&registry.name(&name), always()).await.unwrap();
        assert_eq!(by_digest.manifest, image.manifest);
    }
}

#[tokio::test]
async fn a_moved_tag_brings_only_what_is_new() {
    let (registry, root) = (Registry::start().await, tempfile::tempdir().unwrap());
    let store = store(root.path());
    registry.push(&small_image("one"), "app", "v1");
    let first = store.pull(&registry.name("app:v1"), always()).await.unwrap();
    registry.push(&small_image("two"), "app", "v1");
    let blobs = registry.count("/blobs/");
    let second = store.pull(&registry.name("app:v1"), always()).await.unwrap();
    assert_eq!(registry.count("/blobs/"), blobs + 2, "a configuration and a layer");
    assert_eq!(first.layers[0], second.layers[0]);
    assert_ne!(first.layers[1], second.layers[1]);
    assert_eq!(store.get(&registry.name("app:v1")).unwrap().unwrap().digest, second.digest);
}

#[tokio::test]
async fn indexes_lead_to_this_machines_image() {
    let (registry, root) = (Registry::start().await, tempfile::tempdir().unwrap());
    let own = registry.push(&small_image("own"), "app", "own");
    let other = registry.push(&small_image("other"), "app", "other");
    let size = |digest: &str| serde_json::json!({"digest": digest, "size": 1});
    let entry = |digest: &str, os: &str, architecture: &str| {
        let mut entry = size(digest);
        entry["platform"] = serde_json::json!({"os": os, "architecture": architecture});
        entry
    };
    let platform = image::Platform::of_this_machine();
    let index = serde_json::json!({"schemaVersion": 2, "manifests": [
        entry(&other, "windows", &platform.architecture), entry(&own, "linux", &platform.architecture)]});
    let kind = "application/vnd.docker.distribution.manifest.list.v2+json";
    let digest = registry.push_document("app", "multi", kind, index.to_string().as_bytes());
    let store = store(root.path());
    let image = store.pull(&registry.name("app:multi"), always()).await.unwrap();
    assert_eq!((image.digest.to_string(), image.manifest.to_string()), (digest, own));
    let elsewhere = image::Platform { os: "plan9".into(), architecture: "mips".into(), variant: None };
    let request = PullRequest { platform: elsewhere, ..always() };
    let error = store.pull(&registry.name("app:multi"), request).await.unwrap_err();
    assert!(error.reason().contains("no matching manifest for plan9/mips"), "{}", error.reason());
}

#[tokio::test]
async fn tokens_and_passwords_open_registries() {
    let registry = Registry::start().await;
    registry.push(&small_image("one"), "app", "v1");
    let right = Credentials::Basic { username: "user".into(), password: "secret".into() };
    let wrong = Credentials::Basic { username: "user".into(), password: "guess".into() };
    let token = |name: &str, password: &str| Faults { token: pair(name, password), ..Faults::default() };
    let password = Faults { basic: pair("user", "secret"), ..Faults::default() };
    for (faults, credentials, opens) in [
        (token("", ""), Credentials::Anonymous, true),
        (token("user", "secret"), right.clone(), true),
        (token("user", "secret"), wrong.clone(), false),
        (token("user", "secret"), Credentials::Anonymous, false),
        (token("user", "secret"), Credentials::Bearer("good".into()), true),
        (password.clone(), right, true),
        (password.clone(), wrong, false),
        (password, Credentials::Anonymous, false),
    ] {
        registry.faults(faults);
        let root = tempfile::tempdir().unwrap();
        let request = PullRequest { credentials: credentials.clone(), ..always() };
        match store(root.path()).pull(&registry.name("app:v1"), request).await {
            Ok(_) => assert!(opens, "{credentials:?}"),
            Err(error) => {
                assert!(!opens, "{credentials:?}: {}", error.reason());
                assert_eq!(error.kind(), ErrorKind::Unauthorised);
                assert!(error.reason().contains("pull access denied"), "{}", error.reason());
                assert!(!error.reason().contains("secret") && !error.reason().contains("guess"));
            }
        }
    }
}

#[tokio::test]
async fn redirects_leave_the_authorisation_behind() {
    let (registry, root) = (Registry::start().await, tempfile::tempdir().unwrap());
    registry.push(&small_image("one"), "app", "v1");
    registry.faults(Faults { redirect: true, ..Faults::default() });
    let request = PullRequest { credentials: Credentials::Bearer("good".into()), ..always() };
    registry.faults(Faults { redirect: true, token: pair("", ""), ..Faults::default() });
    // The other address challenges as well, so this fails; what counts is that it saw nothing.
    let _ = store(root.path()).pull(&registry.name("app:v1"), request).await;
    assert!(registry.count("GET localhost") > 0);
    assert_eq!(
        registry.log().iter().filter(|l| l.contains(" localhost") && l.contains("authorised")).count(),
        0
    );
    registry.faults(Faults { redirect: true, ..Faults::default() });
    store(root.path()).pull(&registry.name("app:v1"), always()).await.unwrap();
}

#[tokio::test]
async fn passing_failures_are_tried_again() {
    for faults in [
        Faults { errors: 3, ..Faults::default() },
        Faults { limited: 2, ..Faults::default() },
        Faults { cuts: 2, ..Faults::default() },
        Faults { cuts: 2, no_ranges: true, ..Faults::default() },
        Faults { no_head: true, ..Faults::default() },
    ] {
        let (registry, root) = (Registry::start().await, tempfile::tempdir().unwrap());
        registry.push(&small_image("one"), "app", "v1");
        let resumes = faults.cuts > 0;
        registry.faults(faults);
        let image = store(root.path()).pull(&registry.name("app:v1"), always()).await.unwrap();
        assert_eq!(std::fs::read(image.layers[0].join("bin/app")).unwrap().len(), 300_000);
        assert!(!resumes || registry.count(" bytes=") > 0, "{:#?}", registry.log());
    }
}

#[tokio::test]
async fn cut_blobs_go_on_where_they_stopped_even_in_another_process() {
    let (registry, root) = (Registry::start().await, tempfile::tempdir().unwrap());
    registry.push(&small_image("one"), "app", "v1");
    // Stalls: the first store gives up with half of it.
    registry.faults(Faults { stall: true, ..Faults::default() });
    let first = store(root.path());
    let name = registry.name("app:v1");
    let pull = first.pull(&name, always());
    let partial = root.path().join("partial");
    let has_half = || {
        let files = std::fs::read_dir(&partial).unwrap();
        files.map(|f| f.unwrap().metadata().unwrap().len()).max().unwrap_or(0) > 150_000
    };
    let wait = async {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        while !has_half() {
            assert!(tokio::time::Instant::now() < deadline, "no partial blob appeared");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! { biased; () = wait => {}, outcome = pull => drop(outcome) }
    assert!(has_half());
    drop(first);
    registry.faults(Faults::default());
    store(root.path()).pull(&registry.name("app:v1"), always()).await.unwrap();
    assert!(registry.count(" bytes=") > 0, "{:#?}", registry.log());
}

#[tokio::test]
async fn failures_are_told_apart() {
    let (registry, root) = (Registry::start().await, tempfile::tempdir().unwrap());
    registry.push(&small_image("one"), "app", "v1");
    let store = store(root.path());
    let name = registry.name("app:v1");

    let absent = registry.name("nothing:v1");
    let error = store.pull(&absent, always()).await.unwrap_err();
    let text = format!(
        "pull image manifest has been retried 1 time(s): failed to resolve ref {absent}: {absent}: not found"
    );
    assert_eq!((error.kind(), error.reason()), (ErrorKind::NotFound, text));

    registry.faults(Faults { errors: 1000, ..Faults::default() });
    let error = store.pull(&name, always()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert!(
        error.reason().starts_with("pull image manifest has been retried 4 time(s): failed to resolve ref ")
    );
    assert!(error.reason().contains("500 Internal Server Error"), "{}", error.reason());

    registry.faults(Faults { limited: 1000, ..Faults::default() });
    let error = store.pull(&name, always()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooManyRequests);
    assert!(error.reason().contains("429 Too Many Requests"), "{}", error.reason());

    registry.faults(Faults { corrupt_manifest: true, ..Faults::default() });
    let error = store.pull(&name, always()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Corrupt, "{}", error.reason());

    registry.faults(Faults { corrupt_layers: true, ..Faults::default() });
    let error = store.pull(&name, always()).await.unwrap_err();
    assert!(error.reason().contains("unexpected layer digest"), "{}", error.reason());

    registry.faults(Faults { stall: true, ..Faults::default() });
    let error = store.pull(&name, always()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{}", error.reason());
    assert!(error.reason().ends_with("i/o timeout"), "{}", error.reason());

    // A port nobody listens at.
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let error = store.pull(&format!("{closed}/app:v1").parse().unwrap(), always()).await.unwrap_err();
    assert!(error.reason().ends_with("connect: connection refused"), "{}", error.reason());

    let error = store.pull(&"registry.invalid/app:v1".parse().unwrap(), always()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoSuchHost, "{}", error.reason());
    assert!(
        error.reason().ends_with("dial tcp: lookup registry.invalid: no such host"),
        "{}",
        error.reason()
    );

    assert!(store.list().unwrap().is_empty(), "a failed pull left an image");
    assert_eq!(std::fs::read_dir(root.path().join("layers")).unwrap().count(), 0);
}

#[tokio::test]
async fn a_full_disk_is_told_apart() {
    let (registry, root) = (Registry::start().await, tempfile::tempdir().unwrap());
    registry.push(&small_image("one"), "app", "v1");
    let small = root.path().join("small");
    std::fs::create_dir(&small).unwrap();
    rustix::mount::mount("none", &small, "tmpfs", rustix::mount::MountFlags::empty(), c"size=256k").unwrap();
    let outcome = {
        let store = store(&small);
        store.pull(&registry.name("app:v1"), always()).await
    };
    rustix::mount::unmount(&small, rustix::mount::UnmountFlags::DETACH).unwrap();
    let error = outcome.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoSpace, "{}", error.reason());
    assert!(error.reason().ends_with("no space left on device"), "{}", error.reason());
}

#[tokio::test]
async fn policies_decide_when_the_registry_is_asked() {
    let (registry, root) = (Registry::start().await, tempfile::tempdir().unwrap());
    registry.push(&small_image("one"), "app", "v1");
    let (store, name) = (store(root.path()), registry.name("app:v1"));
    let with = |policy| PullRequest { policy, ..PullRequest::default() };
    assert!(matches!(store.pull(&name, with(Policy::Never)).await, Err(Error::NotLocal { .. })));
    assert!(registry.log().is_empty());
    store.pull(&name, with(Policy::IfAbsent)).await.unwrap();
    let asked = registry.log().len();
    store.pull(&name, with(Policy::IfAbsent)).await.unwrap();
    store.pull(&name, with(Policy::Never)).await.unwrap();
    assert_eq!(registry.log().len(), asked);
    registry.faults(Faults { errors: 1000, ..Faults::default() });
    store.pull(&name, with(Policy::AlwaysOrCached)).await.unwrap();
    assert!(registry.log().len() > asked);
    assert!(store.pull(&name, with(Policy::Always)).await.is_err());
}

#[tokio::test]
async fn a_loaded_image_is_used_without_asking_until_a_pull_replaces_it() {
    let (registry, root) = (Registry::start().await, tempfile::tempdir().unwrap());
    let (store, name) = (store(root.path()), registry.name("app:v1"));
    let archive = root.path().join("app.tar");
    small_image("loaded").write_oci_archive(&archive, &name).unwrap();
    let loaded = store.load(&archive, Reporter::none()).await.unwrap().remove(0);
    registry.push(&small_image("pulled"), "app", "v1");
    let with = |policy| PullRequest { policy, ..PullRequest::default() };
    let found = store.pull(&name, with(Policy::AlwaysOrCached)).await.unwrap();
    assert_eq!(found.digest, loaded.digest);
    assert!(registry.log().is_empty());
    let pulled = store.pull(&name, with(Policy::Always)).await.unwrap();
    assert_ne!(pulled.digest, loaded.digest);
    store.pull(&name, with(Policy::AlwaysOrCached)).await.unwrap();
    let asked = registry.log().len();
    store.pull(&name, with(Policy::AlwaysOrCached)).await.unwrap();
    assert!(registry.log().len() > asked, "a pulled image is asked for again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_callers_share_one_download() {
    let (registry, root) = (Registry::start().await, tempfile::tempdir().unwrap());
    registry.push(&small_image("one"), "app", "v1");
    registry.push(&small_image("two"), "other", "v1");
    registry.faults(Faults { blob_delay: Duration::from_millis(100), ..Faults::default() });
    let store = store(root.path());
    let mut pulls = tokio::task::JoinSet::new();
    for number in 0..20 {
        let (store, name) = (store.clone(), registry.name(["app:v1", "other:v1"][number % 2]));
        pulls.spawn(async move { store.pull(&name, always()).await.unwrap() });
    }
    let images = pulls.join_all().await;
    assert_eq!(images.len(), 20);
    // Two configurations, the common layer, two upper layers.
    // A busy machine may cut a download, which then goes on from where it was: that is no second download.
    let log = registry.log();
    let whole = log.iter().filter(|line| line.contains("/blobs/") && !line.contains("bytes=")).count();
    assert_eq!(whole, 5, "{log:#?}");
    assert_eq!(registry.count("HEAD"), 2, "{:#?}", registry.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_caller_who_leaves_does_not_harm_the_others() {
    let (registry, root) = (Registry::start().await, tempfile::tempdir().unwrap());
    registry.push(&small_image("one"), "app", "v1");
    registry.faults(Faults { blob_delay: Duration::from_millis(50), ..Faults::default() });
    let (store, name) = (store(root.path()), registry.name("app:v1"));
    let leaving = tokio::spawn({
        let (store, name) = (store.clone(), name.clone());
        async move { store.pull(&name, always()).await }
    });
    let staying = tokio::spawn({
        let (store, name) = (store.clone(), name.clone());
        async move { store.pull(&name, always()).await }
    });
    let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
    while registry.count("/blobs/") == 0 {
        assert!(tokio::time::Instant::now() < deadline);
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    leaving.abort();
    staying.await.unwrap().unwrap();
}
