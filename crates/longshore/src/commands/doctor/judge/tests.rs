use super::*;

/// A machine that lacks nothing.
fn sound() -> Facts {
    Facts {
        root: true,
        kernel: "6.1.0-18-amd64".to_owned(),
        cgroups: Cgroups {
            layout: Layout::V2,
            controllers: ["cpuset", "cpu", "io", "memory", "pids"].map(str::to_owned).to_vec(),
            favordynmods: true,
            writable: Trial::Works,
        },
        overlay: Trial::Works,
        namespaces: Trial::Works,
        links: Trial::Works,
        rules: Trial::Works,
        fault_rules: Trial::Works,
        vxlan: Trial::Works,
        ipv6_rules: Trial::Works,
        delay: Trial::Works,
        forwarding: Forwarding::On,
        forward_policy: ForwardPolicy::Accepts,
        listen: "127.0.0.1:4566".parse().expect("an address"),
        port: Port::Free,
        data: Data {
            dir: "/var/lib/longshore".into(),
            writable: Trial::Works,
            free_bytes: Some(100 << 30),
            file_system: Some("ext4".to_owned()),
        },
        seccomp: true,
        run_dir: Trial::Works,
        busybox: true,
        mkfs_ext4: true,
        clock: EARLIEST_CLOCK,
    }
}

/// Everything that is not fine, as `level what`.
fn complaints(facts: &Facts) -> Vec<String> {
    let findings = judge(facts);
    for finding in &findings {
        assert_eq!(finding.mend.is_some(), finding.level != Level::Ok, "{finding:?}");
        assert!(!finding.found.contains('\n'), "{finding:?}");
    }
    findings.iter().filter(|f| f.level != Level::Ok).map(|f| format!("{} {}", f.level, f.what)).collect()
}

/// The finding after `change`, which must be the only complaint, if it is one.
fn after(what: &str, change: impl FnOnce(&mut Facts)) -> Finding {
    let mut facts = sound();
    change(&mut facts);
    let mut findings = judge(&facts);
    let others: Vec<_> = findings.iter().filter(|f| f.level != Level::Ok && f.what != what).collect();
    assert!(others.is_empty(), "{others:?}");
    let at = findings.iter().position(|f| f.what == what).expect("a finding of that name");
    findings.swap_remove(at)
}

#[test]
fn a_sound_machine_has_no_complaints() {
    assert_eq!(complaints(&sound()), Vec::<String>::new());
}

#[test]
fn what_a_start_needs_is_missing_and_the_rest_warns() {
    let fails = || Trial::Fails("no".to_owned());
    type Case = (&'static str, Level, fn(&mut Facts));
    let cases: [Case; 20] = [
        ("root", Level::Missing, |f| f.root = false),
        ("kernel", Level::Missing, |f| f.kernel = "5.4.0-1-amd64".to_owned()),
        ("kernel", Level::Warn, |f| f.kernel = "5.9".to_owned()),
        ("kernel", Level::Warn, |f| f.kernel = "unknown".to_owned()),
        ("kernel", Level::Ok, |f| f.kernel = "5.10.0".to_owned()),
        ("cgroups", Level::Missing, |f| f.cgroups.layout = Layout::Absent),
        ("cgroups", Level::Missing, |f| f.cgroups.controllers.retain(|c| c != "memory")),
        ("cgroups", Level::Warn, |f| f.cgroups.controllers.retain(|c| c != "io")),
        ("cgroups", Level::Missing, |f| f.cgroups.layout = Layout::V1),
        ("forward policy", Level::Warn, |f| f.forward_policy = ForwardPolicy::Drops("iptables")),
        ("ip forwarding", Level::Ok, |f| f.forwarding = Forwarding::Off),
        ("ip forwarding", Level::Missing, |f| f.forwarding = Forwarding::Locked),
        ("port", Level::Ok, |f| f.port = Port::Longshore),
        ("port", Level::Missing, |f| f.port = Port::Taken("in use".to_owned())),
        ("data directory", Level::Missing, |f| f.data.file_system = Some("nfs4".to_owned())),
        ("data directory", Level::Warn, |f| f.data.file_system = Some("tmpfs".to_owned())),
        ("disk", Level::Warn, |f| f.data.free_bytes = Some(1 << 30)),
        ("disk", Level::Missing, |f| f.data.free_bytes = Some(1 << 20)),
        ("seccomp", Level::Missing, |f| f.seccomp = false),
        ("clock", Level::Warn, |f| f.clock = 0),
    ];
    for (what, level, change) in cases {
        assert_eq!(after(what, change).level, level, "{what}");
    }
    assert_eq!(after("data directory", |f| f.data.writable = fails()).level, Level::Missing);
    assert_eq!(after("cgroups", |f| f.cgroups.writable = fails()).level, Level::Missing);
    assert_eq!(after("overlay", |f| f.overlay = fails()).level, Level::Missing);
    assert_eq!(after("network namespaces", |f| f.namespaces = fails()).level, Level::Missing);
    assert_eq!(after("veth and bridge", |f| f.links = fails()).level, Level::Missing);
    assert_eq!(after("packet filter", |f| f.rules = fails()).level, Level::Missing);
    assert_eq!(after("filter of IPv6", |f| f.ipv6_rules = fails()).level, Level::Missing);
    // What only some need does not keep a node from starting.
    assert_eq!(after("filter of faults", |f| f.fault_rules = fails()).level, Level::Warn);
    assert_eq!(after("vxlan", |f| f.vxlan = fails()).level, Level::Warn);
    assert_eq!(after("delayed packets", |f| f.delay = fails()).level, Level::Warn);
    assert_eq!(after("/run", |f| f.run_dir = fails()).level, Level::Missing);
    assert_eq!(after("mkfs.ext4", |f| f.mkfs_ext4 = false).level, Level::Warn);
    assert_eq!(after("busybox", |f| f.busybox = false).level, Level::Warn);
}

#[test]
fn an_absent_program_names_its_package() {
    let nft = after("packet filter", |f| f.rules = Trial::NoProgram("nft"));
    assert_eq!((nft.level, nft.mend.as_deref()), (Level::Missing, Some("apt-get install nftables")));
    // Longshore itself does not use `ip`: its absence only leaves something untried.
    let ip = after("veth and bridge", |f| f.links = Trial::NoProgram("ip"));
    assert_eq!((ip.level, ip.mend.as_deref()), (Level::Warn, Some("apt-get install iproute2")));
}

#[test]
fn without_root_what_was_not_tried_is_no_failure() {
    let mut facts = sound();
    facts.root = false;
    let skipped = || Trial::Skipped("it takes root");
    (facts.overlay, facts.namespaces, facts.links, facts.rules) =
        (skipped(), skipped(), skipped(), skipped());
    let missing: Vec<_> = complaints(&facts).into_iter().filter(|c| c.starts_with("missing")).collect();
    assert_eq!(missing, ["missing root"]);
}

#[test]
fn favordynmods_is_offered_where_it_helps() {
    let offered = |f: &Finding| f.found.contains("favordynmods");
    assert!(offered(&after("cgroups", |f| f.cgroups.favordynmods = false)));
    assert!(!offered(&after("cgroups", |_| {})));
    let old = after("cgroups", |f| {
        f.cgroups.favordynmods = false;
        f.kernel = "5.15.0".to_owned();
    });
    assert!(!offered(&old));
    let hybrid = after("cgroups", |f| {
        f.cgroups.layout = Layout::Hybrid;
        f.cgroups.favordynmods = false;
        f.cgroups.controllers =
            ["cpu", "cpuacct", "cpuset", "memory", "pids", "devices", "blkio"].map(str::to_owned).to_vec();
    });
    assert_eq!((hybrid.level, offered(&hybrid)), (Level::Ok, false));
}

#[test]
fn an_overlay_on_an_overlay_is_explained() {
    let finding = after("overlay", |f| {
        f.overlay = Trial::Fails("invalid argument".to_owned());
        f.data.file_system = Some("overlay".to_owned());
    });
    assert!(finding.mend.is_some_and(|m| m.contains("--data-dir")), "the data directory is the mend");
}
