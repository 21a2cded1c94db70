use std::path::Path;

use shim::ProcessPlan;

use super::{Target, config, environment, process};
use crate::cgroup::Hierarchies;
use crate::spec::{ContainerSpec, IpcSpace, MemorySwap, NetworkSpace, PidSpace, UtsSpace};

fn spec() -> ContainerSpec {
    ContainerSpec::new("c1".parse().unwrap(), "/nonexistent", ["true"])
}

fn hierarchies(v2: bool) -> Hierarchies {
    if v2 {
        Hierarchies { v1: Vec::new(), v2: Some("/sys/fs/cgroup".into()) }
    } else {
        Hierarchies { v1: vec![(vec!["memory".to_owned()], "/nonexistent".into())], v2: None }
    }
}

fn made(spec: &ContainerSpec, v2: bool, external: bool) -> serde_json::Value {
    let target = Target {
        hierarchies: &hierarchies(v2),
        cgroup: "longshore/t/c1",
        external_init: external.then_some(Path::new("/init")),
    };
    config(spec, &process(spec).unwrap(), &target).unwrap()
}

#[test]
fn the_embedded_configuration_says_nothing_about_the_process() {
    let config = made(&spec(), true, false);
    let process = config["process"].as_object().unwrap();
    for absent in ["capabilities", "noNewPrivileges", "rlimits", "oomScoreAdj"] {
        assert!(!process.contains_key(absent), "{absent}");
    }
    assert!(config["linux"].get("seccomp").is_none());
    assert_eq!(config["linux"]["cgroupsPath"], "/longshore/t/c1");
}

#[test]
fn the_external_configuration_says_everything() {
    let mut spec = spec();
    spec.init_process = true;
    spec.user = "1000".into();
    let config = made(&spec, false, true);
    assert_eq!(config["process"]["args"][0], super::INIT_INSIDE);
    assert_eq!(config["process"]["capabilities"]["effective"].as_array().unwrap().len(), 0);
    assert_eq!(config["process"]["capabilities"]["bounding"].as_array().unwrap().len(), 14);
    assert_eq!(config["linux"]["seccomp"]["defaultAction"], "SCMP_ACT_ERRNO");
    spec.privileged = true;
    let config = made(&spec, false, true);
    assert!(config["linux"].get("seccomp").is_none() && config["linux"].get("maskedPaths").is_none());
}

#[test]
fn swap_none_is_not_swap_unlimited_on_v2() {
    let mut spec = spec();
    spec.resources.memory.limit_bytes = Some(1 << 20);
    spec.resources.memory.swap = MemorySwap::Bytes(0);
    let resources = &made(&spec, true, false)["linux"]["resources"];
    assert_eq!(resources["unified"]["memory.swap.max"], "0");
    assert!(resources["memory"].get("swap").is_none());
    spec.resources.memory.swap = MemorySwap::Default;
    assert_eq!(made(&spec, true, false)["linux"]["resources"]["memory"]["swap"], 2 << 20);
    spec.resources.memory.swap = MemorySwap::Unlimited;
    assert_eq!(made(&spec, true, false)["linux"]["resources"]["memory"]["swap"], -1);
    // Where v1 does not count swap, asking for it would fail.
    assert!(made(&spec, false, false)["linux"]["resources"]["memory"].get("swap").is_none());
}

#[test]
fn shared_namespaces_are_left_out_or_named() {
    let mut spec = spec();
    spec.network = NetworkSpace::Host;
    spec.pid = PidSpace::Path("/proc/7/ns/pid".into());
    let list = made(&spec, true, false)["linux"]["namespaces"].to_string();
    assert!(
        !list.contains("network") && list.contains("/proc/7/ns/pid") && list.contains("cgroup"),
        "{list}"
    );
    assert!(!made(&spec, false, false)["linux"]["namespaces"].to_string().contains("cgroup"));
    spec.uts = UtsSpace::Host;
    spec.hostname = Some("x".to_owned());
    let target = Target { hierarchies: &hierarchies(true), cgroup: "c", external_init: None };
    assert!(config(&spec, &ProcessPlan::default(), &target).is_err());
}

#[test]
fn missing_variables_are_added_and_given_ones_kept() {
    let mut spec = spec();
    spec.hostname = Some("web".to_owned());
    spec.env = vec!["PATH=/x".to_owned(), "A=b=c".to_owned()];
    assert_eq!(environment(&spec, Some("/srv")), ["HOSTNAME=web", "PATH=/x", "A=b=c", "HOME=/srv"]);
    spec.tty = true;
    spec.env.clear();
    let env = environment(&spec, None);
    assert!(env[0].starts_with("PATH=/usr/local/sbin") && env.contains(&"TERM=xterm".to_owned()));
}

#[test]
fn kernel_parameters_of_the_machine_are_nobodys() {
    let verdict = |name: &str, change: &dyn Fn(&mut ContainerSpec)| {
        let mut spec = spec();
        spec.sysctls = vec![(name.to_owned(), "1".to_owned())];
        change(&mut spec);
        let target =
            Target { hierarchies: &hierarchies(true), cgroup: "longshore/t/c1", external_init: None };
        config(&spec, &process(&spec).unwrap(), &target).map(|config| config["linux"]["sysctl"][name].clone())
    };
    let host_network = |spec: &mut ContainerSpec| spec.network = NetworkSpace::Host;
    let host_ipc = |spec: &mut ContainerSpec| spec.ipc = IpcSpace::Host;
    for name in ["net.core.somaxconn", "kernel.shmmax", "fs.mqueue.msg_max"] {
        assert_eq!(verdict(name, &|_| {}).unwrap(), "1", "{name}");
    }
    assert_eq!(verdict("net.core.somaxconn", &host_ipc).unwrap(), "1");
    assert_eq!(verdict("kernel.shmmax", &host_network).unwrap(), "1");
    for refused in [
        verdict("kernel.core_pattern", &|spec| spec.privileged = true),
        verdict("vm.overcommit_memory", &|_| {}),
        verdict("net.core.somaxconn", &host_network),
        verdict("kernel.shmmax", &host_ipc),
    ] {
        assert!(matches!(refused, Err(crate::Error::InvalidSpec { .. })), "{refused:?}");
    }
}
