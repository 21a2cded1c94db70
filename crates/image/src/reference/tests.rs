use proptest::prelude::*;

use super::*;

const DIGEST: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

#[test]
fn short_names_are_completed_as_docker_does() {
    for (short, full, familiar) in [
        ("busybox", "docker.io/library/busybox:latest", "busybox:latest"),
        ("busybox:1.36", "docker.io/library/busybox:1.36", "busybox:1.36"),
        ("docker.io/busybox", "docker.io/library/busybox:latest", "busybox:latest"),
        ("index.docker.io/library/busybox", "docker.io/library/busybox:latest", "busybox:latest"),
        ("team/app", "docker.io/team/app:latest", "team/app:latest"),
        ("localhost/app", "localhost/app:latest", "localhost/app:latest"),
        ("localhost:5000/app:v1", "localhost:5000/app:v1", "localhost:5000/app:v1"),
        ("127.0.0.1:5000/a/b/c", "127.0.0.1:5000/a/b/c:latest", "127.0.0.1:5000/a/b/c:latest"),
        ("[::1]:5000/app", "[::1]:5000/app:latest", "[::1]:5000/app:latest"),
        (
            "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:prod",
            "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:prod",
            "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:prod",
        ),
        ("Registry/app", "Registry/app:latest", "Registry/app:latest"),
        ("a__b/c--d/e.f_g", "docker.io/a__b/c--d/e.f_g:latest", "a__b/c--d/e.f_g:latest"),
    ] {
        let reference: Reference = short.parse().unwrap_or_else(|error| panic!("{short}: {error}"));
        assert_eq!(reference.to_string(), full);
        assert_eq!(reference.familiar(), familiar);
    }
}

#[test]
fn digests_stand_alone_or_beside_a_tag() {
    let only: Reference = format!("app@{DIGEST}").parse().unwrap();
    assert_eq!((only.tag(), only.digest().map(|d| d.to_string())), (None, Some(DIGEST.to_owned())));
    let both: Reference = format!("h:1/app:v1@{DIGEST}").parse().unwrap();
    assert_eq!(both.tag(), Some("v1"));
    assert_eq!(both.to_string(), format!("h:1/app:v1@{DIGEST}"));
    assert_eq!(both.with_digest(both.digest().unwrap()).to_string(), format!("h:1/app@{DIGEST}"));
}

#[test]
fn the_hubs_api_lives_elsewhere() {
    let hub: Reference = "busybox".parse().unwrap();
    assert_eq!((hub.registry(), hub.registry_api()), ("docker.io", "registry-1.docker.io"));
}

#[test]
fn malformed_names_are_refused() {
    let long = format!("a/{}", "b".repeat(256));
    let tag = format!("app:{}", "t".repeat(129));
    for bad in [
        "",
        "/",
        "/app",
        "app/",
        "a//b",
        "App",
        "team/App",
        "app:",
        "app:-x",
        "app:a b",
        "app@sha256:00",
        "app@md5:00",
        "h:70000/app",
        "h:/app",
        "-h.x/app",
        "h..x/app",
        "a_.b",
        "a.",
        ".a",
        "a___b",
        "../etc/passwd",
        "a/../b",
        "app\n",
        "[::1/app",
        "[::1]x/app",
        "[zz]/app",
        "é",
        "app:tag:tag",
        "http://host/app",
        &DIGEST[7..],
        &long,
        &tag,
    ] {
        assert!(bad.parse::<Reference>().is_err(), "{bad:?} was accepted");
    }
}

#[test]
fn loopback_registries_need_no_tls() {
    for (name, loopback) in [
        ("127.0.0.1:5000/a", true),
        ("127.8.9.1/a", true),
        ("localhost:80/a", true),
        ("[::1]:5000/a", true),
        ("a", false),
        ("128.0.0.1/a", false),
        ("localhost.example/a", false),
        ("127.0.0.1.example/a", false),
    ] {
        assert_eq!(name.parse::<Reference>().unwrap().is_loopback(), loopback, "{name}");
    }
}

prop_compose! {
    fn any_reference()(
        registry in prop_oneof![Just(String::new()), "[a-z][a-z0-9]{0,8}\\.[a-z]{1,4}(:[1-9][0-9]{0,3})?/",
            Just("localhost:5000/".to_owned()), Just("[::1]:5000/".to_owned())],
        path in proptest::collection::vec("[a-z0-9]{1,5}(([._]|__|-{1,3})[a-z0-9]{1,4})?", 1..4),
        tag in proptest::option::of("[A-Za-z0-9_][A-Za-z0-9_.-]{0,12}"),
        digest in proptest::option::of("[0-9a-f]{64}"),
    ) -> String {
        let tag = tag.map(|t| format!(":{t}")).unwrap_or_default();
        let digest = digest.map(|d| format!("@sha256:{d}")).unwrap_or_default();
        format!("{registry}{}{tag}{digest}", path.join("/"))
    }
}

proptest! {
    #[test]
    fn display_parses_back(text in any_reference()) {
        let reference: Reference = text.parse().unwrap();
        prop_assert_eq!(&reference.to_string().parse::<Reference>().unwrap(), &reference);
        prop_assert_eq!(&reference.familiar().parse::<Reference>().unwrap(), &reference);
    }

    #[test]
    fn any_text_is_parsed_or_refused(text in "\\PC{0,80}") {
        if let Ok(reference) = text.parse::<Reference>() {
            prop_assert_eq!(&reference.to_string().parse::<Reference>().unwrap(), &reference);
        }
    }
}
