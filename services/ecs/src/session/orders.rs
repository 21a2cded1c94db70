//! What an agent has in hand: its acknowledgement of a message moves the tasks that the message is about.
//!
//! A task that runs and whose stop the agent has taken is STOPPING; an interface that it has been told of is ATTACHING. Only reports through the
//! API move them further. A task that is stopped before it ran stays as it is until it is reported: what starts meanwhile counts as having run.
//! Source: "Amazon ECS task lifecycle", developer guide, 2025.

use crate::address;
use model::ecs::Task;
use model::ecs::task::AttachmentStatus;
use model::ids::TaskArn;
use model::status::{DesiredStatus, TaskStatus};
use state::Tx;
use std::collections::BTreeMap;

/// Messages that are not acknowledged yet are forgotten beyond this many, the oldest first: an agent that answers none must not fill the memory.
const MOST_WAITING: usize = 4096;

/// What was ordered of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Attach,
    Stop,
}

/// The orders of a session that wait for their acknowledgement.
#[derive(Debug, Default)]
pub(super) struct Orders {
    /// By the number of the message, since ids have no order.
    waiting: BTreeMap<u64, (String, Vec<(TaskArn, Order)>)>,
    numbers: BTreeMap<String, u64>,
    last: u64,
}

impl Orders {
    pub(super) fn sent(&mut self, message_id: String, orders: Vec<(TaskArn, Order)>) {
        if orders.is_empty() {
            return;
        }
        self.last += 1;
        self.numbers.insert(message_id.clone(), self.last);
        self.waiting.insert(self.last, (message_id, orders));
        while self.waiting.len() > MOST_WAITING {
            if let Some((_, (id, _))) = self.waiting.pop_first() {
                self.numbers.remove(&id);
            }
        }
    }

    /// What the acknowledged message had ordered; nothing where it ordered nothing, or is acknowledged again.
    pub(super) fn acknowledged(&mut self, message_id: &str) -> Vec<(TaskArn, Order)> {
        let number = self.numbers.remove(message_id);
        number.and_then(|number| self.waiting.remove(&number)).map(|(_, orders)| orders).unwrap_or_default()
    }
}

/// Records that an agent has these orders in hand.
pub(super) fn in_hand(tx: &mut Tx<'_>, orders: &[(TaskArn, Order)]) {
    for (arn, order) in orders {
        let Some(before) = tx.get::<Task>(arn) else { continue };
        let mut task = Task::clone(&before);
        match order {
            Order::Stop => {
                let runs = matches!(task.last_status, TaskStatus::Running | TaskStatus::Deactivating);
                if runs && task.wanted_of_node() == DesiredStatus::Stopped {
                    task.last_status = TaskStatus::Stopping;
                }
            }
            Order::Attach => {
                let interface = task.network_interface.as_mut();
                if let Some(interface) =
                    interface.filter(|i| i.status.may_become(AttachmentStatus::Attaching))
                {
                    interface.status = AttachmentStatus::Attaching;
                }
            }
        }
        if task != *before {
            task.version += 1;
            address::put(tx, task);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arn(n: u32) -> TaskArn {
        format!("arn:aws:ecs:us-east-1:000000000000:task/default/{n:032x}").parse().expect("an ARN")
    }

    #[test]
    fn an_acknowledgement_counts_once() {
        let mut orders = Orders::default();
        orders.sent("a".into(), vec![(arn(1), Order::Attach), (arn(2), Order::Stop)]);
        orders.sent("b".into(), Vec::new());
        assert_eq!(orders.acknowledged("b"), []);
        assert_eq!(orders.acknowledged("a"), [(arn(1), Order::Attach), (arn(2), Order::Stop)]);
        assert_eq!(orders.acknowledged("a"), []);
    }

    #[test]
    fn an_agent_that_acknowledges_nothing_fills_nothing() {
        let mut orders = Orders::default();
        for n in 0..MOST_WAITING + 10 {
            orders.sent(n.to_string(), vec![(arn(1), Order::Stop)]);
        }
        assert_eq!((orders.waiting.len(), orders.numbers.len()), (MOST_WAITING, MOST_WAITING));
        assert_eq!(orders.acknowledged("0"), []);
        assert_eq!(orders.acknowledged("10"), [(arn(1), Order::Stop)]);
    }
}
