//! Starts that fail: with a reason that can be told apart, and without leaving anything.

use runtime::spec::{Mount, Ulimit};
use runtime::{Error, Runtime};

use crate::harness::{Host, Which};
use crate::on_both;

async fn refused(host: &Host, args: &[&str], change: impl FnOnce(&mut runtime::ContainerSpec)) -> Error {
    let mut spec = host.spec("fail", "");
    spec.args = args.iter().map(|arg| (*arg).to_owned()).collect();
    change(&mut spec);
    let error = host.runtime.start(&spec).await.expect_err("this must not start");
    // Whatever the start made is gone at once, not later.
    assert!(host.runtime.list().await.unwrap().is_empty());
    assert!(matches!(host.runtime.wait(&spec.id).await, Err(Error::NotFound { .. })));
    error
}

on_both! {
    async fn a_command_that_cannot_be_executed(host) {
        let error = refused(host, &["foo"], |_| {}).await;
        assert_eq!(error.to_string(), "exec: \"foo\": executable file not found in $PATH");
        assert_eq!(error.docker_exit_code(), Some(127));
        let error = refused(host, &["/bin/foo"], |_| {}).await;
        assert!(matches!(error, Error::CommandNotFound { .. }), "{error:?}");
        let error = refused(host, &["/bin/plain"], |_| {}).await;
        assert_eq!(error.to_string(), "exec: \"/bin/plain\": permission denied");
        assert_eq!(error.docker_exit_code(), Some(126));
        // crun answers that the container was started before it finds out.
        if host.which == Which::Embedded {
            let error = refused(host, &["/bin/garbage"], |_| {}).await;
            assert!(matches!(error, Error::CommandFormat { .. }), "{error:?}");
        }
    }

    async fn a_bad_directory_user_or_mount(host) {
        let error = refused(host, &["true"], |spec| spec.cwd = "/bin/sh".to_owned()).await;
        assert!(matches!(error, Error::WorkingDirectory { .. }), "{error:?}");
        let error = refused(host, &["true"], |spec| spec.user = "nobody".into()).await;
        assert_eq!(error.to_string(), "unable to find user nobody: no matching entries in passwd file");
        let error = refused(host, &["true"], |spec| {
            spec.mounts.push(Mount::bind("/nonexistent/x", "/x", false));
        }).await;
        assert!(matches!(error, Error::Mount { .. }), "{error:?}");
        // A directory cannot be mounted over a file: only the runtime finds out.
        let error = refused(host, &["true"], |spec| {
            spec.mounts.push(Mount::bind("/tmp", "/bin/busybox", false));
        }).await;
        assert!(matches!(error, Error::Start { .. }), "{error:?}");
        let error = refused(host, &["true"], |spec| spec.rootfs = "/nonexistent".into()).await;
        assert!(matches!(error, Error::InvalidSpec { .. }), "{error:?}");
        let error = refused(host, &[], |_| {}).await;
        assert!(matches!(error, Error::InvalidSpec { .. }), "{error:?}");
        let error = refused(host, &["true"], |spec| spec.capabilities.add = vec!["FLY".to_owned()]).await;
        assert!(matches!(error, Error::InvalidSpec { .. }), "{error:?}");
    }

    async fn a_limit_the_kernel_refuses(host) {
        let error = refused(host, &["true"], |spec| spec.resources.cpu.cpuset_cpus = Some("4000".to_owned())).await;
        assert!(matches!(error, Error::Start { .. }), "{error:?}");
        let error = refused(host, &["true"], |spec| spec.sysctls = vec![("net.nonsense".to_owned(), "1".to_owned())]).await;
        assert!(matches!(error, Error::Start { .. }), "{error:?}");
        let error = refused(host, &["true"], |spec| {
            spec.network = runtime::spec::NetworkSpace::Path("/nonexistent/netns".into());
        }).await;
        assert!(matches!(error, Error::Start { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_process_limit_the_kernel_refuses_is_named() {
    let host = Host::new(Which::Embedded);
    let error = refused(&host, &["true"], |spec| {
        // Soft above hard is never allowed, whatever the privileges.
        spec.ulimits = vec![Ulimit { name: "nofile".to_owned(), soft: 100, hard: 10 }];
    })
    .await;
    assert!(matches!(error, Error::Limit { .. }), "{error:?}");
    host.assert_clean();
}

#[tokio::test]
async fn a_runtime_that_is_not_there() {
    let host = Host::new(Which::Embedded);
    let config =
        runtime::Config { state_directory: host.state_directory(), cgroup_root: host.cgroup_root.clone() };
    let broken = runtime::ShimRuntime::external(config, "/nonexistent/runtime".into()).unwrap();
    let error = broken.start(&host.spec("broken", "true")).await.unwrap_err();
    assert!(matches!(error, Error::Start { .. }), "{error:?}");
    host.assert_clean();
}
