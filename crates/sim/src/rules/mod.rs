//! What has to hold of the records, whatever happens.

mod daemon;
mod deployment;
mod service;
mod target;
mod task;
mod task_set;

use model::ecs::{Daemon, Service, Task};
use model::ids::ServiceArn;
use service::Stops;
use state::Snapshot;
use std::collections::BTreeMap;

/// What a change of the records did wrong, in words.
pub fn between(before: &Snapshot, now: &Snapshot) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut services: BTreeMap<ServiceArn, Stops> = BTreeMap::new();
    for change in now.changes::<Task>(before) {
        if let state::Difference::Changed { old, new } = change {
            task::forward(now, (old, new), &mut wrong);
            wrong.extend(target::leaves_first(now, (old, new)));
            if let Some(service) = new.service() {
                services.entry(service).or_default().look((before, now), old, new);
            }
        } else if let state::Difference::Added(new) = change {
            if let Some(service) = new.service() {
                services.entry(service).or_default();
            }
            wrong.extend(task_set::joins_one_that_drains(before, now, new));
            wrong.extend(daemon::comes_twice(now, new));
        }
        let instance = change.latest().container_instance.as_ref();
        wrong.extend(instance.and_then(|instance| task::overfull(now, instance)));
    }
    for (arn, stops) in services {
        let (Some(was), Some(is)) = (before.get::<Service>(arn.as_str()), now.get::<Service>(arn.as_str()))
        else {
            continue;
        };
        service::bounds((before, was), (now, is), &stops, &mut wrong);
    }
    deployment::between(before, now, &mut wrong);
    task_set::between(before, now, &mut wrong);
    daemon::between(before, now, &mut wrong);
    wrong
}

/// What of services and daemons is not as it is wanted yet; nothing where all is.
pub fn unsettled(now: &Snapshot) -> Vec<String> {
    let services = now.scan::<Service>();
    let services = services.filter_map(|s| service::unsettled(now, s).or_else(|| target::unserved(now, s)));
    let daemons = now.scan::<Daemon>().flat_map(|d| daemon::unsettled(now, d));
    services.chain(daemons).collect()
}
