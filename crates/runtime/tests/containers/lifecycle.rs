//! Start, wait, signal, exec, stats, delete.

use std::time::{Duration, SystemTime};

use runtime::spec::User;
use runtime::{Error, ExecResult, ExecSpec, ExitCause, Runtime};

use crate::harness::{LIMIT, until, within};
use crate::on_both;

on_both! {
    async fn exit_codes_and_times(host) {
        let before = SystemTime::now();
        let finished = host.run(&host.spec("exit", "exit 7")).await;
        assert_eq!(finished.status.cause, ExitCause::Exited(7));
        assert!(!finished.status.oom_killed);
        assert!(before <= finished.status.started_at && finished.status.started_at <= finished.status.finished_at);
    }

    async fn signals_reach_the_process_and_wait_answers_again(host) {
        let spec = host.spec("signal", "trap 'exit 9' TERM; echo ready; while true; do usleep 10000; done");
        host.runtime.start(&spec).await.unwrap();
        let mut log = host.runtime.logs(&spec.id, Default::default()).await.unwrap();
        assert_eq!(within(log.next_batch(1)).await.unwrap()[0].bytes, b"ready");
        assert!(matches!(host.runtime.delete(&spec.id).await, Err(Error::StillRunning { .. })));
        assert!(matches!(host.runtime.start(&spec).await, Err(Error::AlreadyExists { .. })));
        host.runtime.signal(&spec.id, libc::SIGTERM).await.unwrap();
        assert_eq!(within(host.runtime.wait(&spec.id)).await.unwrap().code(), Some(9));
        assert_eq!(within(host.runtime.wait(&spec.id)).await.unwrap().code(), Some(9));
        assert!(matches!(host.runtime.signal(&spec.id, libc::SIGTERM).await, Err(Error::NotRunning { .. })));
        host.runtime.delete(&spec.id).await.unwrap();
        host.runtime.delete(&spec.id).await.unwrap();
        assert!(matches!(host.runtime.wait(&spec.id).await, Err(Error::NotFound { .. })));
    }

    async fn killed_is_told_apart_from_exited(host) {
        let spec = host.spec("kill", "sleep 1000");
        host.runtime.start(&spec).await.unwrap();
        host.runtime.signal(&spec.id, libc::SIGKILL).await.unwrap();
        let finished = host.finish(&spec.id).await;
        assert_eq!(finished.status.cause, ExitCause::Signaled(libc::SIGKILL));
        assert_eq!((finished.status.code(), finished.status.oom_killed), (Some(137), false));
    }

    async fn exec_runs_inside_and_is_bounded(host) {
        let mut spec = host.spec("exec", "sleep 1000");
        spec.env = vec!["FROM=spec".to_owned()];
        host.runtime.start(&spec).await.unwrap();
        let run = async |args: &[&str]| {
            let exec = ExecSpec::new(args.iter().copied(), LIMIT);
            host.runtime.exec(&spec.id, &exec).await.unwrap()
        };
        let outcome = run(&["sh", "-c", "echo out $FROM; echo err >&2; exit 3"]).await;
        assert_eq!(outcome.result, ExecResult::Exited(3));
        assert_eq!((outcome.stdout.as_slice(), outcome.stderr.as_slice()), (&b"out spec\n"[..], &b"err\n"[..]));
        let same = run(&["sh", "-c", "test $(readlink /proc/1/ns/pid) = $(readlink /proc/self/ns/pid) && cat /proc/1/cmdline"]).await;
        assert_eq!(same.result, ExecResult::Exited(0));
        assert!(same.stdout.starts_with(b"sh\0-c\0sleep") || same.stdout.starts_with(b"sleep"), "{same:?}");
        assert_eq!(run(&["nothing-like-this"]).await.result.code().map(|code| code > 0), Some(true));

        let mut exec = ExecSpec::new(["sh", "-c", "id -u; id -G; pwd; echo $A; yes | head -c 100000"], LIMIT);
        exec.user = Some(User::from("app"));
        exec.cwd = Some("/tmp".to_owned());
        exec.env = vec!["A=b".to_owned()];
        exec.output_limit_bytes = 100;
        let outcome = host.runtime.exec(&spec.id, &exec).await.unwrap();
        assert!(outcome.stdout.starts_with(b"1000\n1001 2000\n/tmp\nb\ny\n"), "{outcome:?}");
        assert!(outcome.truncated && outcome.stdout.len() == 100);

        let slow = ExecSpec::new(["sh", "-c", "sleep 987 & sleep 987"], Duration::from_millis(300));
        assert_eq!(host.runtime.exec(&spec.id, &slow).await.unwrap().result, ExecResult::TimedOut);
        if host.which == crate::harness::Which::Embedded {
            let left = run(&["sh", "-c", "ps | grep -c '[s]leep 987'"]).await;
            assert_eq!(left.stdout, b"0\n");
        }
        host.runtime.signal(&spec.id, libc::SIGKILL).await.unwrap();
        within(host.runtime.wait(&spec.id)).await.unwrap();
        let late = ExecSpec::new(["true"], LIMIT);
        assert!(matches!(host.runtime.exec(&spec.id, &late).await, Err(Error::NotRunning { .. })));
        host.runtime.delete(&spec.id).await.unwrap();
    }

    async fn a_terminal_is_a_terminal(host) {
        let mut spec = host.spec("tty", "tty; stty size; echo to-err >&2; read line; echo got $line");
        spec.tty = true;
        spec.stdin_open = true;
        host.runtime.start(&spec).await.unwrap();
        host.runtime.write_stdin(&spec.id, b"typed\n").await.unwrap();
        let finished = host.finish(&spec.id).await;
        assert!(finished.stdout.contains("/dev/pts/0") || finished.stdout.contains("/dev/console"), "{finished:?}");
        assert!(finished.stdout.contains("to-err") && finished.stdout.contains("got typed"), "{finished:?}");
        assert_eq!(finished.stderr, "");
    }

    async fn stdin_is_open_or_null(host) {
        let mut spec = host.spec("stdin", "read line; echo got $line");
        spec.stdin_open = true;
        host.runtime.start(&spec).await.unwrap();
        host.runtime.write_stdin(&spec.id, b"hello\n").await.unwrap();
        assert_eq!(host.finish(&spec.id).await.stdout, "got hello\n");
        let spec = host.spec("null", "cat; readlink /proc/self/fd/0");
        assert_eq!(host.run(&spec).await.stdout, "/dev/null\n");
    }

    async fn figures_are_plausible(host) {
        let mut spec = host.spec("stats", "while true; do :; done");
        spec.resources.memory.limit_bytes = Some(64 << 20);
        spec.resources.pids = Some(50);
        host.runtime.start(&spec).await.unwrap();
        let deadline = std::time::Instant::now() + LIMIT;
        let stats = loop {
            let stats = host.runtime.stats(&spec.id).await.unwrap();
            if stats.cpu.total_ns > 50_000_000 {
                break stats;
            }
            assert!(std::time::Instant::now() < deadline, "{stats:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        assert!(stats.memory.usage_bytes > 0 && stats.memory.limit_bytes == 64 << 20, "{stats:?}");
        assert_eq!((stats.pids.current, stats.pids.limit), (1, Some(50)));
        assert!(stats.cpu.online_cpus > 0 && stats.cpu.host_total_ns > stats.cpu.total_ns);
        host.runtime.signal(&spec.id, libc::SIGKILL).await.unwrap();
        host.finish(&spec.id).await;
    }

    async fn many_at_once(host) {
        let specs: Vec<_> = (0..12).map(|number| host.spec("many", &format!("echo {number}; exit {number}"))).collect();
        let runs = specs.iter().map(|spec| {
            let (runtime, spec) = (host.runtime.clone(), spec.clone());
            tokio::spawn(async move {
                runtime.start(&spec).await.unwrap();
                runtime.wait(&spec.id).await.unwrap().code()
            })
        });
        let runs: Vec<_> = runs.collect();
        for (number, run) in runs.into_iter().enumerate() {
            assert_eq!(within(run).await.unwrap(), Some(number as i32));
        }
        for spec in &specs {
            host.finish(&spec.id).await;
        }
    }

    async fn an_init_reaps_and_passes_signals_on(host) {
        let mut spec = host.spec("init", "(sleep 0.1 &) ; trap 'exit 5' TERM; echo $$; while true; do usleep 10000; done");
        spec.init_process = true;
        host.runtime.start(&spec).await.unwrap();
        let mut log = host.runtime.logs(&spec.id, Default::default()).await.unwrap();
        assert_ne!(within(log.next_batch(1)).await.unwrap()[0].bytes, b"1");
        // The orphaned sleep must not stay as a zombie.
        let deadline = std::time::Instant::now() + LIMIT;
        loop {
            let exec = ExecSpec::new(["sh", "-c", "ps -o stat,comm | grep sleep; true"], LIMIT);
            if host.runtime.exec(&spec.id, &exec).await.unwrap().stdout.is_empty() {
                break;
            }
            assert!(std::time::Instant::now() < deadline);
        }
        host.runtime.signal(&spec.id, libc::SIGTERM).await.unwrap();
        assert_eq!(host.finish(&spec.id).await.status.code(), Some(5));
    }

    async fn the_host_s_processes_of_a_shared_namespace_end_with_the_first(host) {
        let mut spec = host.spec("hostpid", "sleep 4321 & echo started; exit 0");
        spec.pid = runtime::spec::PidSpace::Host;
        let finished = host.run(&spec).await;
        assert_eq!(finished.status.code(), Some(0));
        until("the end of its descendants", || {
            let needle = b"sleep\x004321\0";
            !std::fs::read_dir("/proc").unwrap().flatten().any(|entry| {
                std::fs::read(entry.path().join("cmdline")).is_ok_and(|command| command == needle)
            })
        }).await;
    }
}

#[tokio::test]
async fn exec_can_have_a_terminal() {
    let host = crate::harness::Host::new(crate::harness::Which::Embedded);
    let spec = host.spec("exectty", "sleep 1000");
    host.runtime.start(&spec).await.unwrap();
    let mut exec = ExecSpec::new(["sh", "-c", "tty; echo $TERM; exit 4"], LIMIT);
    exec.tty = true;
    let outcome = host.runtime.exec(&spec.id, &exec).await.unwrap();
    assert_eq!(outcome.result, ExecResult::Exited(4));
    assert_eq!(String::from_utf8_lossy(&outcome.stdout), "/dev/pts/0\r\nxterm\r\n");
    host.runtime.signal(&spec.id, libc::SIGKILL).await.unwrap();
    host.finish(&spec.id).await;
    host.assert_clean();
}
