//! What an agent's session gave its tasks of credentials, and what it has to give anew.

use super::acs::Acs;
use crate::role::{self, Purpose};
use agent_protocol::acs::{FromBackend, IamRoleCredentialsAckRequest, IamRoleCredentialsMessage};
use agent_protocol::payload::IamRoleCredentials;
use model::Timestamp;
use model::ecs::{Task, TaskDefinition};
use model::ids::TaskArn;
use plan::credentials::{Held, due};
use state::Snapshot;
use std::collections::BTreeMap;

/// One role of one task.
type Key = (TaskArn, Purpose);

/// The credentials of a session's tasks, as they were given last.
#[derive(Default)]
pub(super) struct Given {
    held: BTreeMap<Key, Held>,
    /// What an acknowledgement names: the id, for which role that is.
    ids: BTreeMap<String, Key>,
}

impl Given {
    /// When something has to be given anew.
    pub(super) fn next(&self) -> Option<Timestamp> {
        self.held.values().map(Held::due_at).min()
    }

    /// Forgets tasks that are over.
    pub(super) fn retain(&mut self, keep: impl Fn(&TaskArn) -> bool) {
        self.held.retain(|(task, _), _| keep(task));
        self.ids.retain(|_, (task, _)| keep(task));
    }

    /// The agent has them. An acknowledgement of older ones says nothing of the last.
    pub(super) fn acknowledge(&mut self, ack: &IamRoleCredentialsAckRequest) {
        let Some(key) = ack.credentials_id.as_ref().and_then(|id| self.ids.get(id)) else { return };
        if let Some(Held::Given { expires, acknowledged, .. }) = self.held.get_mut(key)
            && ack.expiration.as_deref().and_then(api::Timestamp::parse).map(api::Timestamp::epoch_ms)
                == Some(expires.millis())
        {
            *acknowledged = true;
        }
    }
}

impl Acs {
    /// New credentials of every role of a task.
    pub(super) fn equip(
        &mut self,
        snapshot: &Snapshot,
        task: &Task,
        definition: &TaskDefinition,
        now: Timestamp,
    ) -> Vec<(Purpose, IamRoleCredentials)> {
        role::of(definition, &task.overrides)
            .filter_map(|(purpose, named)| {
                let credentials = self.give(snapshot, task, (purpose, named), now)?;
                Some((purpose, credentials))
            })
            .collect()
    }

    /// New credentials of one role; none where it cannot be assumed any more, which is tried again later.
    fn give(
        &mut self,
        snapshot: &Snapshot,
        task: &Task,
        (purpose, named): (Purpose, &str),
        now: Timestamp,
    ) -> Option<IamRoleCredentials> {
        let issued = role::issue(&self.ecs, snapshot, task, (purpose, named), now, self.cx.random_16());
        let key = (task.arn.clone(), purpose);
        let Some((credentials, expires)) = issued else {
            // Said once, not at every attempt.
            if !matches!(self.given.held.insert(key, Held::Refused { at: now }), Some(Held::Refused { .. })) {
                tracing::warn!(task = %task.arn, role = named, "the task's role cannot be assumed");
            }
            return None;
        };
        self.given.ids.insert(role::credentials_id(&self.ecs, task, purpose), key.clone());
        self.given.held.insert(key, Held::Given { sent_at: now, expires, acknowledged: false });
        Some(credentials)
    }

    /// What is due of the credentials of all tasks.
    pub(super) fn refresh(&mut self, snapshot: &Snapshot, now: Timestamp) -> Vec<FromBackend> {
        let mut messages = Vec::new();
        for (arn, purpose) in due(&self.given.held, now).now {
            let task = snapshot.get::<Task>(&arn).filter(|task| !task.last_status.is_over());
            let definition = task.and_then(|task| snapshot.get::<TaskDefinition>(&task.task_definition));
            let role = task.zip(definition).and_then(|(task, definition)| {
                let role = role::of(definition, &task.overrides).find(|(of, _)| *of == purpose)?;
                Some((task, role))
            });
            let Some((task, role)) = role else {
                self.given.held.remove(&(arn, purpose));
                continue;
            };
            if let Some(credentials) = self.give(snapshot, task, role, now) {
                messages.push(self.credentials(task, purpose, credentials));
            }
        }
        messages
    }

    /// One role's credentials, in a message of their own.
    pub(super) fn credentials(
        &self,
        task: &Task,
        purpose: Purpose,
        credentials: IamRoleCredentials,
    ) -> FromBackend {
        FromBackend::from(IamRoleCredentialsMessage {
            message_id: Some(self.cx.uuid().to_string()),
            task_arn: Some(task.arn.to_string()),
            task_cluster_arn: Some(task.cluster.to_string()),
            role_type: Some(purpose.role_type()),
            role_credentials: Some(credentials),
        })
    }
}
