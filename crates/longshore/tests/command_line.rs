//! The program as it is started. Also the reason why a build of all tests has it: the suites in `tests/` drive the one that is built here.

use std::process::{Command, Output};

fn longshore(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_longshore")).args(arguments).output().expect("it starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn help_names_every_role() {
    let help = longshore(&["--help"]);
    assert!(help.status.success());
    for role in ["up", "down", "server", "agent", "env", "status", "image", "doctor"] {
        let listed = text(&help.stdout).lines().any(|line| line.split_whitespace().next() == Some(role));
        assert!(listed, "{role} is not listed:\n{}", text(&help.stdout));
    }
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let refused: &[(&[&str], &str)] = &[
        (&["up", "--listen", "nowhere"], "--listen"),
        (&["up", "--account", "12"], "--account"),
        (&["up", "--vpc", "10.0.0.1/16"], "--vpc"),
        (&["up", "--resolver", "example.com"], "--resolver"),
        (&["server", "--fargate-lost-after", "1"], "--fargate-lost-after"),
        (&["up", "--runtime", "/nonexistent/runc"], "/nonexistent/runc"),
        (&["up", "--runtime", "no-such-runtime"], "there is no such program"),
        (&["up", "--runtime", "/etc/passwd"], "no program that can be run"),
        (&["sink"], "sink"),
    ];
    for (arguments, named) in refused {
        let said = longshore(arguments);
        assert_eq!(said.status.code(), Some(2), "{arguments:?}");
        assert!(text(&said.stderr).contains(named), "{arguments:?}: {}", text(&said.stderr));
        assert!(said.stdout.is_empty(), "{arguments:?}: {}", text(&said.stdout));
    }
}

#[test]
fn what_is_not_there_is_said_in_one_line() {
    let empty = tempfile::tempdir().expect("a directory");
    let dir = empty.path().to_str().expect("UTF-8");
    for arguments in [["env", "--data-dir", dir], ["status", "--data-dir", dir]] {
        let said = longshore(&arguments);
        assert_eq!(said.status.code(), Some(1), "{arguments:?}");
        let error = text(&said.stderr);
        assert_eq!(error.trim_end().lines().count(), 1, "{arguments:?}: {error}");
        assert!(error.contains(dir), "{arguments:?}: {error}");
        // What `eval` would take in is nothing.
        assert!(said.stdout.is_empty(), "{arguments:?}: {}", text(&said.stdout));
    }
}
