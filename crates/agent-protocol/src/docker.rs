//! The parts of Docker's container `Config` and `HostConfig` (Engine API) that ECS uses. Keys that are not named here are
//! kept in `other`, so nothing is lost on a round trip and a reader can say what it does not support.

use crate::text::null_as_default;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

macro_rules! docker_shape {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "PascalCase")]
        pub struct $name {
            $($(#[$fdoc])* #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "is_default")] pub $field: $ty,)*
            /// Keys not named above, as they came.
            #[serde(flatten)]
            pub other: Map<String, Value>,
        }
    };
}

docker_shape!(
    /// What a container is.
    Config {
        hostname: String,
        domainname: String,
        user: String,
        tty: bool,
        open_stdin: bool,
        attach_stdin: bool,
        env: Vec<String>,
        cmd: Vec<String>,
        entrypoint: Vec<String>,
        image: String,
        working_dir: String,
        labels: BTreeMap<String, String>,
        stop_signal: Option<String>,
        healthcheck: Option<Healthcheck>,
    }
);

docker_shape!(
    /// A health check. `Test` is `["NONE"]`, `["CMD", argument…]` or `["CMD-SHELL", command]`; durations are nanoseconds and 0
    /// is the default.
    Healthcheck {
        test: Vec<String>,
        interval: i64,
        timeout: i64,
        start_period: i64,
        retries: i64,
    }
);

docker_shape!(
    /// How a container stands on its host.
    HostConfig {
        binds: Vec<String>,
        log_config: Option<LogConfig>,
        network_mode: String,
        cap_add: Vec<String>,
        cap_drop: Vec<String>,
        dns: Vec<String>,
        dns_options: Vec<String>,
        dns_search: Vec<String>,
        /// `name:address` each.
        extra_hosts: Vec<String>,
        ipc_mode: String,
        pid_mode: String,
        privileged: bool,
        readonly_rootfs: bool,
        security_opt: Vec<String>,
        /// Mount options by container path.
        tmpfs: BTreeMap<String, String>,
        /// Bytes of /dev/shm; 0 is the default.
        shm_size: i64,
        sysctls: BTreeMap<String, String>,
        init: Option<bool>,
        cpu_shares: i64,
        /// Bytes.
        memory: i64,
        /// Bytes.
        memory_reservation: i64,
        /// Bytes of memory and swap together; -1 is no limit, 0 the default.
        memory_swap: i64,
        memory_swappiness: Option<i64>,
        pids_limit: Option<i64>,
        oom_score_adj: i64,
        devices: Vec<DeviceMapping>,
        ulimits: Vec<Ulimit>,
    }
);

docker_shape!(LogConfig { r#type: String, config: BTreeMap<String, String> });
docker_shape!(DeviceMapping {
    path_on_host: String,
    path_in_container: String,
    /// Of `r`, `w`, `m`.
    cgroup_permissions: String,
});
docker_shape!(Ulimit { name: String, soft: i64, hard: i64 });

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_survive_and_defaults_are_omitted() {
        let text = r#"{"CapAdd":["NET_ADMIN"],"Memory":0,"Dns":null,"NewKey":{"a":[1]},"LogConfig":{"Type":"awslogs","Config":{"awslogs-group":"g"}}}"#;
        let host: HostConfig = serde_json::from_str(text).unwrap();
        assert_eq!(host.cap_add, ["NET_ADMIN"]);
        assert_eq!(host.log_config.as_ref().unwrap().r#type, "awslogs");
        assert!(host.other.contains_key("NewKey"));
        let back = serde_json::to_string(&host).unwrap();
        assert!(back.contains(r#""NewKey":{"a":[1]}"#) && !back.contains("Memory"), "{back}");
        assert_eq!(serde_json::from_str::<HostConfig>(&back).unwrap(), host);
    }

    #[test]
    fn names_are_dockers() {
        let config = Config {
            stop_signal: Some("SIGINT".into()),
            open_stdin: true,
            healthcheck: Some(Healthcheck { start_period: 1, ..Healthcheck::default() }),
            ..Config::default()
        };
        let text = serde_json::to_string(&config).unwrap();
        assert_eq!(text, r#"{"OpenStdin":true,"StopSignal":"SIGINT","Healthcheck":{"StartPeriod":1}}"#);
    }
}
