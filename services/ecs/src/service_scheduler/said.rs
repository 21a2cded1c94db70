//! What services say: events that are written, and those that take up an earlier one.
//!
//! Each task comes and goes in a change of its own, and so do its targets. AWS says of several at once what they have in common, and so does an event
//! here that has more of the same soon after it: it counts these too, under a new id, so that who looks for what is new finds it.

use auth::Ids;
use model::Timestamp;
use model::ecs::ServiceEvent;
use model::ecs::service::{KEPT_EVENTS, Service, ServiceStatus, Tally, TallyOf};
use model::ids::ServiceArn;
use plan::deployment::{self, Event};
use sha2::{Digest, Sha256};
use state::Tx;
use std::time::Duration;

/// What comes so long after an event at most is counted by it. AWS's own pace is not established: its scheduler looks every few seconds.
const TOGETHER: Duration = Duration::from_secs(10);
/// So many events are looked through for one that takes more: of each target group two, and one of tasks that drain.
const LOOKED_AT: u64 = 11;

/// A service says what somebody else did for it. One that has ended says nothing any more.
pub(crate) fn tell(tx: &mut Tx<'_>, service: &ServiceArn, events: Vec<Event>, now: Timestamp) {
    if events.is_empty() {
        return;
    }
    let Some(before) = tx.get::<Service>(service.as_str()).filter(|s| s.status != ServiceStatus::Inactive)
    else {
        return;
    };
    let mut service = Service::clone(&before);
    let name = service.arn.name().to_owned();
    for event in events {
        let tally = tally(&event);
        let messages = deployment::news(&mut service.schedule, &[event], now, &|_| name.clone());
        if let Some(open) = tally.as_ref().and_then(|tally| open(tx, &service, tally, now)) {
            count(tx, open, tally.map_or(0, |tally| tally.count));
            continue;
        }
        // The closure may run again, and has no ids of its own: the event's key makes one.
        let mut ids = seeded(&ServiceEvent::key_of(&service.arn, service.events));
        for message in messages {
            write(tx, &mut service, message, tally.clone(), &mut ids, now);
        }
    }
    if service != *before {
        tx.put(service);
    }
}

/// Writes an event, and forgets the one that is too many.
pub(super) fn say(tx: &mut Tx<'_>, service: &mut Service, message: String, ids: &mut Ids, now: Timestamp) {
    write(tx, service, message, None, ids, now);
}

fn write(
    tx: &mut Tx<'_>,
    service: &mut Service,
    message: String,
    tally: Option<Tally>,
    ids: &mut Ids,
    now: Timestamp,
) {
    tracing::info!(service = %service.arn, message, "service event");
    let (arn, number, id) = (service.arn.clone(), service.events, ids.uuid());
    tx.put(ServiceEvent { service: arn, number, id, created_at: now, message, tally });
    if let Some(old) = service.events.checked_sub(KEPT_EVENTS) {
        tx.delete::<ServiceEvent>(ServiceEvent::key_of(&service.arn, old));
    }
    service.events += 1;
}

/// The event that counts more of the same.
fn open(tx: &Tx<'_>, service: &Service, tally: &Tally, now: Timestamp) -> Option<ServiceEvent> {
    let numbers = (service.events.saturating_sub(LOOKED_AT)..service.events).rev();
    let mut lately = numbers.map_while(|number| {
        let event = tx.get::<ServiceEvent>(ServiceEvent::key_of(&service.arn, number))?;
        (event.created_at.after(TOGETHER) > now).then_some(event)
    });
    let found = lately.find(|event| event.tally.as_ref().is_some_and(|known| known.of == tally.of))?;
    Some(ServiceEvent::clone(&found))
}

fn count(tx: &mut Tx<'_>, mut event: ServiceEvent, more: u32) {
    let Some(tally) = &mut event.tally else { return };
    tally.count += more;
    let said = match &tally.of {
        TallyOf::Registered(group) => Event::Registered { group: group.clone(), targets: tally.count },
        TallyOf::Deregistered(group) => Event::Deregistered { group: group.clone(), targets: tally.count },
        TallyOf::Draining => Event::Draining { tasks: tally.count },
    };
    event.message = said.messages(event.service.name()).concat();
    event.id =
        seeded(&format!("{} {}", ServiceEvent::key_of(&event.service, event.number), tally.count)).uuid();
    tracing::info!(service = %event.service, message = event.message, "service event");
    tx.put(event);
}

fn tally(event: &Event) -> Option<Tally> {
    let (of, count) = match event {
        Event::Registered { group, targets } => (TallyOf::Registered(group.clone()), *targets),
        Event::Deregistered { group, targets } => (TallyOf::Deregistered(group.clone()), *targets),
        Event::Draining { tasks } => (TallyOf::Draining, *tasks),
        _ => return None,
    };
    Some(Tally { of, count })
}

fn seeded(text: &str) -> Ids {
    Ids::from_seed(Sha256::digest(text.as_bytes()).into())
}
