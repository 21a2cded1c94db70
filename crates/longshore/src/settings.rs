//! What the official agent is told by its environment, under the same names, and as options of `agent` and `up`.
//!
//! An option goes before its variable. Source: the configuration table of the official agent's README, v1.105.1.
//
// AWS differs: the official agent warns about a value that it cannot read, or that is below its least, and goes on with the default. Here the
// node does not start.

use agent::{Config, PullBehavior};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use image::{GcPolicy, Keyring, KeyringFormat, Reference};
use std::collections::BTreeMap;
use std::io::Read;
use std::ops::RangeInclusive;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

const AUTH_TYPE: &str = "ECS_ENGINE_AUTH_TYPE";
const AUTH_DATA: &str = "ECS_ENGINE_AUTH_DATA";
/// More than any file of credentials has.
const MOST_AUTH_BYTES: u64 = 1 << 20;

/// The official agent's settings that mean something here.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// When a registry is asked for an image: always, with what is here when it fails (default); always (always); only where the image was
    /// never pulled (once); only where nothing is here (prefer-cached).
    #[arg(long, env = "ECS_IMAGE_PULL_BEHAVIOR", value_enum, default_value_t = Pull::Default, value_name = "WHEN")]
    pub image_pull_behavior: Pull,
    /// How long one pull may take.
    #[arg(long, env = "ECS_IMAGE_PULL_TIMEOUT", default_value = "2h", value_parser = at_least(1), value_name = "DURATION")]
    pub image_pull_timeout: Duration,
    /// Pull images of containers that wait for others at once.
    #[arg(long, env = "ECS_PULL_DEPENDENT_CONTAINERS_UPFRONT")]
    pub pull_dependent_containers_upfront: bool,
    /// Do not remove images that nobody uses.
    #[arg(long, env = "ECS_DISABLE_IMAGE_CLEANUP")]
    pub disable_image_cleanup: bool,
    /// How often images that nobody uses are removed; 10m at the least.
    #[arg(long, env = "ECS_IMAGE_CLEANUP_INTERVAL", default_value = "30m", value_parser = at_least(600), value_name = "DURATION")]
    pub image_cleanup_interval: Duration,
    /// How long after its last use an image stays.
    #[arg(long, env = "ECS_IMAGE_MINIMUM_CLEANUP_AGE", default_value = "1h", value_parser = at_least(0), value_name = "DURATION")]
    pub image_minimum_cleanup_age: Duration,
    /// How many images go at one time.
    #[arg(long, env = "ECS_NUM_IMAGES_DELETE_PER_CYCLE", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..), value_name = "COUNT")]
    pub num_images_delete_per_cycle: u16,
    /// Images that always stay, with commas between them.
    #[arg(long, env = "ECS_EXCLUDE_UNTRACKED_IMAGE", value_delimiter = ',', value_parser = image_name, value_name = "NAME")]
    pub exclude_untracked_image: Vec<Reference>,
    /// Remove images only while their disk is fuller than this.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=100), value_name = "PERCENT")]
    pub image_cleanup_disk_use: u8,
    /// How long the local logs of stopped tasks are kept; 1s at the least.
    #[arg(long, env = "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION", default_value = "3h", value_parser = at_least(1), value_name = "DURATION")]
    pub engine_task_cleanup_wait_duration: Duration,
    /// Between SIGTERM and SIGKILL where a task definition names no stopTimeout; 1s at the least.
    #[arg(long, env = "ECS_CONTAINER_STOP_TIMEOUT", default_value = "30s", value_parser = at_least(1), value_name = "DURATION")]
    pub container_stop_timeout: Duration,
    /// Take no privileged containers.
    #[arg(long, env = "ECS_DISABLE_PRIVILEGED")]
    pub disable_privileged: bool,
    /// Memory in MiB that is not offered.
    #[arg(long, env = "ECS_RESERVED_MEMORY", default_value_t = 0, value_name = "MIB")]
    pub reserved_memory: u32,
    /// TCP ports that no task may have, as JSON.
    #[arg(
        long,
        env = "ECS_RESERVED_PORTS",
        default_value = "[22, 2375, 2376, 51678, 51679]",
        value_name = "[PORT, …]"
    )]
    pub reserved_ports: Json<Vec<u16>>,
    /// UDP ports that no task may have, as JSON.
    #[arg(long, env = "ECS_RESERVED_PORTS_UDP", default_value = "[]", value_name = "[PORT, …]")]
    pub reserved_ports_udp: Json<Vec<u16>>,
    /// Where host ports come from that no task definition names.
    #[arg(long, env = "ECS_DYNAMIC_HOST_PORT_RANGE", default_value = "32768-60999", value_parser = port_range, value_name = "FIRST-LAST")]
    pub dynamic_host_port_range: (u16, u16),
    /// Custom attributes of the instance, as JSON; they count at its first registration.
    #[arg(
        long,
        env = "ECS_INSTANCE_ATTRIBUTES",
        default_value = "{}",
        value_name = "{\"NAME\": \"VALUE\", …}"
    )]
    pub instance_attributes: Json<BTreeMap<String, String>>,
    /// Tags of the instance, as JSON; they count at its first registration.
    #[arg(
        long,
        env = "ECS_CONTAINER_INSTANCE_TAGS",
        default_value = "{}",
        value_name = "{\"KEY\": \"VALUE\", …}"
    )]
    pub container_instance_tags: Json<BTreeMap<String, String>>,
    /// What the instance says it is (attribute ecs.instance-type).
    #[arg(long, value_name = "TYPE")]
    pub instance_type: Option<String>,
    /// Requests a second and at once that a task may make of its endpoint, with a comma between them.
    #[arg(long, env = "ECS_TASK_METADATA_RPS_LIMIT", default_value = "40,60", value_parser = rate, value_name = "RATE,BURST")]
    pub task_metadata_rps_limit: (u32, u32),
    /// Credentials of private registries: a file as `docker login` writes it (config.json), which nobody but its owner may read. Read at the start.
    #[arg(long, value_name = "FILE")]
    pub registry_auth: Option<PathBuf>,
}

/// [`PullBehavior`], as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Pull {
    Default,
    Always,
    Once,
    PreferCached,
}

/// A value that is written as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json<T>(pub T);

impl<T: serde::de::DeserializeOwned + Default> FromStr for Json<T> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self(T::default()));
        }
        serde_json::from_str(text).map(Self).map_err(|e| e.to_string())
    }
}

impl Settings {
    /// Puts them into an agent's configuration.
    pub fn apply(&self, config: &mut Config) -> Result<()> {
        config.pull_behavior = match self.image_pull_behavior {
            Pull::Default => PullBehavior::Default,
            Pull::Always => PullBehavior::Always,
            Pull::Once => PullBehavior::Once,
            Pull::PreferCached => PullBehavior::PreferCached,
        };
        config.pull_timeout = self.image_pull_timeout;
        config.pull_upfront = self.pull_dependent_containers_upfront;
        config.image_cleanup_interval = (!self.disable_image_cleanup).then_some(self.image_cleanup_interval);
        config.keep_stopped = self.engine_task_cleanup_wait_duration;
        config.stop_timeout = self.container_stop_timeout;
        config.privileged = !self.disable_privileged;
        config.reserved_memory = self.reserved_memory;
        config.reserved_ports = self.reserved_ports.0.clone();
        config.reserved_udp_ports = self.reserved_ports_udp.0.clone();
        let pairs = |map: &BTreeMap<String, String>| map.clone().into_iter().collect::<Vec<_>>();
        for (name, value) in pairs(&self.instance_attributes.0) {
            // What the node says of itself is not the operator's to say.
            if name.starts_with("longshore.") {
                bail!("the attribute {name} of --instance-attributes begins with a name that is reserved");
            }
            config.attributes.push((name, Some(value)));
        }
        config.tags.extend(pairs(&self.container_instance_tags.0));
        config.instance_type = self.instance_type.clone();
        config.task_endpoint_rate = self.task_metadata_rps_limit;
        config.registries = keyring(self.registry_auth.as_deref())?;
        Ok(())
    }

    /// Where host ports come from that nobody names.
    pub fn dynamic_ports(&self) -> RangeInclusive<u16> {
        self.dynamic_host_port_range.0..=self.dynamic_host_port_range.1
    }

    /// When images that nobody uses go.
    pub fn images(&self) -> GcPolicy {
        GcPolicy {
            minimum_age: self.image_minimum_cleanup_age,
            max_images: self.num_images_delete_per_cycle.into(),
            disk_use_percent: self.image_cleanup_disk_use,
            keep: self.exclude_untracked_image.iter().cloned().collect(),
        }
    }
}

/// Credentials of registries: those of the environment, and before them those of a file.
pub fn keyring(file: Option<&Path>) -> Result<Keyring> {
    // In the environment only: command lines are for everybody to see.
    let variable = |name| std::env::var(name).ok().filter(|v| !v.is_empty());
    let mut keyring = of_environment(variable(AUTH_TYPE), variable(AUTH_DATA))?;
    if let Some(path) = file {
        keyring.extend(read_auth(path)?);
    }
    Ok(keyring)
}

/// Credentials of registries as the official agent takes them.
fn of_environment(form: Option<String>, data: Option<String>) -> Result<Keyring> {
    let (form, data) = match (form, data) {
        (Some(form), Some(data)) => (form, data),
        (None, None) => return Ok(Keyring::default()),
        (None, Some(_)) => bail!("{AUTH_DATA} is set; say with {AUTH_TYPE} what it is: dockercfg or docker"),
        (Some(_), None) => bail!("{AUTH_TYPE} is set, and {AUTH_DATA} is not"),
    };
    let form = match form.as_str() {
        "dockercfg" => KeyringFormat::DockerCfg,
        "docker" => KeyringFormat::Docker,
        other => bail!("{AUTH_TYPE} is {other}; it is dockercfg or docker"),
    };
    Keyring::parse(form, &data).with_context(|| format!("cannot read {AUTH_DATA}"))
}

/// Credentials of registries from a file that is its owner's alone.
fn read_auth(path: &Path) -> Result<Keyring> {
    let shown = path.display();
    let file = std::fs::File::open(path).with_context(|| format!("cannot read {shown}"))?;
    // Of the open file, so that what is checked is what is read.
    let metadata = file.metadata().with_context(|| format!("cannot read {shown}"))?;
    if metadata.mode() & 0o077 != 0 {
        bail!(
            "{shown} holds passwords and others than its owner may read it; mend it with: chmod 600 {shown}"
        );
    }
    let own = rustix::process::geteuid().as_raw();
    if metadata.uid() != own && metadata.uid() != 0 {
        bail!(
            "{shown} holds passwords and belongs to user {}; mend it with: chown {own} {shown}",
            metadata.uid()
        );
    }
    let mut text = String::new();
    let read = file.take(MOST_AUTH_BYTES + 1).read_to_string(&mut text);
    let length = read.with_context(|| format!("cannot read {shown}"))?;
    if u64::try_from(length).is_ok_and(|n| n > MOST_AUTH_BYTES) {
        bail!("{shown} is larger than any file of credentials");
    }
    Keyring::parse(KeyringFormat::ConfigJson, &text).with_context(|| format!("cannot read {shown}"))
}

fn image_name(text: &str) -> Result<Reference, String> {
    text.trim().parse().map_err(|e: image::ReferenceParseError| e.to_string())
}

fn port_range(text: &str) -> Result<(u16, u16), String> {
    let pair = text.split_once('-').and_then(|(first, last)| {
        Some((first.trim().parse::<u16>().ok()?, last.trim().parse::<u16>().ok()?))
    });
    pair.filter(|(first, last)| 0 < *first && first <= last)
        .ok_or_else(|| "a range is FIRST-LAST: two ports".to_owned())
}

fn rate(text: &str) -> Result<(u32, u32), String> {
    let pair = text.split_once(',').and_then(|(rate, burst)| {
        Some((rate.trim().parse::<u32>().ok()?, burst.trim().parse::<u32>().ok()?))
    });
    pair.filter(|(rate, burst)| *rate > 0 && *burst > 0)
        .ok_or_else(|| "a limit is RATE,BURST: two numbers above 0".to_owned())
}

/// A parser of durations that takes none below so many seconds.
fn at_least(seconds: u64) -> impl Fn(&str) -> Result<Duration, String> + Clone + Send + Sync + 'static {
    move |text| {
        let duration = duration(text).ok_or("a duration is written like 90s, 10m or 1h30m")?;
        if duration < Duration::from_secs(seconds) {
            return Err(format!("{seconds} s is the least"));
        }
        Ok(duration)
    }
}

/// Go's way to write durations: numbers with units, one after the other.
fn duration(text: &str) -> Option<Duration> {
    if text == "0" {
        return Some(Duration::ZERO);
    }
    let (mut rest, mut total) = (text, Duration::ZERO);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').filter(|at| *at > 0)?;
        let number: f64 = rest[..digits].parse().ok()?;
        let unit = rest[digits..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |at| digits + at);
        let seconds = match &rest[digits..unit] {
            "h" => 3600.0,
            "m" => 60.0,
            "s" => 1.0,
            "ms" => 1e-3,
            _ => return None,
        };
        total = total.checked_add(Duration::try_from_secs_f64(number * seconds).ok()?)?;
        rest = &rest[unit..];
    }
    (!text.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use agent::aws::Credentials;
    use clap::Parser;
    use std::os::unix::fs::PermissionsExt;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        settings: Settings,
    }

    fn parse(line: &[&str]) -> Result<Settings, String> {
        let line = ["node"].into_iter().chain(line.iter().copied());
        Line::try_parse_from(line).map(|l| l.settings).map_err(|e| e.to_string())
    }

    fn config(settings: &Settings) -> Result<Config> {
        let mut config = Config::new("c", "/d", "http://h", Credentials::new("a", "b"));
        settings.apply(&mut config).map(|()| config)
    }

    #[test]
    fn the_defaults_are_the_official_agents() {
        let plain = Config::new("c", "/d", "http://h", Credentials::new("a", "b"));
        let settings = parse(&[]).unwrap();
        assert_eq!(format!("{:?}", config(&settings).unwrap()), format!("{plain:?}"));
        let (ours, theirs) = (settings.images(), GcPolicy::default());
        assert_eq!(
            (ours.minimum_age, ours.max_images, ours.disk_use_percent),
            (theirs.minimum_age, theirs.max_images, 0)
        );
    }

    #[test]
    fn every_setting_reaches_the_agent() {
        let settings = parse(&[
            "--image-pull-behavior=prefer-cached",
            "--image-pull-timeout=5m",
            "--pull-dependent-containers-upfront",
            "--image-cleanup-interval=15m",
            "--image-minimum-cleanup-age=90s",
            "--num-images-delete-per-cycle=7",
            "--exclude-untracked-image=busybox,r.example/a:1",
            "--image-cleanup-disk-use=80",
            "--engine-task-cleanup-wait-duration=1h30m",
            "--container-stop-timeout=2s",
            "--disable-privileged",
            "--reserved-memory=32",
            "--reserved-ports=[80]",
            "--reserved-ports-udp=[53, 123]",
            r#"--instance-attributes={"stack": "prod"}"#,
            r#"--container-instance-tags={"k": "v"}"#,
            "--instance-type=m5.large",
            "--dynamic-host-port-range=100-200",
            "--task-metadata-rps-limit=100,150",
        ])
        .unwrap();
        let made = config(&settings).unwrap();
        assert_eq!((made.pull_behavior, made.pull_upfront), (PullBehavior::PreferCached, true));
        assert_eq!(
            (made.pull_timeout, made.stop_timeout),
            (Duration::from_secs(300), Duration::from_secs(2))
        );
        assert_eq!(made.image_cleanup_interval, Some(Duration::from_secs(900)));
        assert_eq!(made.keep_stopped, Duration::from_secs(5400));
        assert_eq!((made.reserved_memory, made.privileged, made.task_endpoint_rate), (32, false, (100, 150)));
        assert_eq!((made.reserved_ports, made.reserved_udp_ports), (vec![80], vec![53, 123]));
        assert_eq!(made.attributes, [("stack".to_owned(), Some("prod".to_owned()))]);
        assert_eq!(
            (made.tags, made.instance_type.as_deref()),
            (vec![("k".to_owned(), "v".to_owned())], Some("m5.large"))
        );
        assert_eq!(
            (settings.dynamic_ports(), parse(&[]).unwrap().dynamic_ports()),
            (100..=200, net::DYNAMIC_PORTS)
        );
        let images = settings.images();
        assert_eq!((images.minimum_age.as_secs(), images.max_images, images.disk_use_percent), (90, 7, 80));
        assert!(
            images.keep.contains(&"docker.io/library/busybox:latest".parse().unwrap())
                && images.keep.len() == 2
        );
        let kept = config(&parse(&["--disable-image-cleanup"]).unwrap()).unwrap();
        assert_eq!(kept.image_cleanup_interval, None);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for (line, said) in [
            ("--image-pull-behavior=sometimes", "possible values"),
            ("--image-cleanup-interval=9m59s", "600 s is the least"),
            ("--engine-task-cleanup-wait-duration=500ms", "1 s is the least"),
            ("--container-stop-timeout=ten", "written like"),
            ("--num-images-delete-per-cycle=0", "0"),
            ("--reserved-ports=22", "invalid type"),
            ("--reserved-ports=[70000]", "70000"),
            ("--dynamic-host-port-range=200-100", "FIRST-LAST"),
            ("--instance-attributes=stack", "expected value"),
            ("--task-metadata-rps-limit=40", "RATE,BURST"),
            ("--exclude-untracked-image=a b", "invalid reference"),
            ("--image-cleanup-disk-use=101", "101"),
        ] {
            let error = parse(&[line]).unwrap_err();
            assert!(error.contains(said), "{line}: {error}");
        }
        let reserved = parse(&[r#"--instance-attributes={"longshore.pool": "fargate"}"#]).unwrap();
        assert!(config(&reserved).unwrap_err().to_string().contains("reserved"));
    }

    #[test]
    fn durations_are_written_as_in_go() {
        let ms = |text| duration(text).map(|d| d.as_millis());
        for (text, expected) in [
            ("10m", Some(600_000)),
            ("1h30m5s", Some(5_405_000)),
            ("1.5h", Some(5_400_000)),
            ("300ms", Some(300)),
            ("0", Some(0)),
            ("0s", Some(0)),
        ] {
            assert_eq!(ms(text), expected, "{text}");
        }
        for text in ["", "5", "m", "5x", "-5m", "1..5m", "99999999999999999999h"] {
            assert_eq!(ms(text), None, "{text}");
        }
    }

    #[test]
    fn a_file_of_passwords_is_its_owners_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config.json");
        std::fs::write(&path, r#"{"auths":{"r.example":{"username":"me","password":"hush"}}}"#).unwrap();
        let mode = |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        for open in [0o644, 0o640, 0o604] {
            mode(open);
            let error = format!("{:#}", read_auth(&path).unwrap_err());
            assert!(error.contains("chmod 600") && !error.contains("hush"), "{error}");
        }
        mode(0o600);
        let keyring = read_auth(&path).unwrap();
        assert_ne!(keyring.credentials(&"r.example/app".parse().unwrap()), image::Credentials::Anonymous);
        std::fs::write(&path, "{\"auths\": hush}").unwrap();
        assert!(!format!("{:#}", read_auth(&path).unwrap_err()).contains("hush"));
    }

    #[test]
    fn credentials_of_the_environment_need_both_halves() {
        let of = |form: Option<&str>, data: Option<&str>| {
            of_environment(form.map(str::to_owned), data.map(str::to_owned))
        };
        let data = r#"{"r.example":{"username":"me","password":"hush"}}"#;
        assert_ne!(of(Some("docker"), Some(data)).unwrap(), Keyring::default());
        assert_eq!(of(None, None).unwrap(), Keyring::default());
        for (form, data) in [
            (None, Some(data)),
            (Some("docker"), None),
            (Some("dockercfg"), Some("{hush")),
            (Some("ecr"), Some(data)),
        ] {
            let error = format!("{:#}", of(form, data).unwrap_err());
            assert!(error.contains("ECS_ENGINE_AUTH") && !error.contains("hush"), "{error}");
        }
    }
}
