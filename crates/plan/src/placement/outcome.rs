//! What placement answers.

use super::filter::{Filter, Refusal};
use model::ecs::task::Reservation;
use model::ids::ContainerInstanceArn;

/// The answer to a request. `placements.len() + unplaced` is the count that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Outcome {
    pub placements: Vec<Placement>,
    /// Tasks that no instance takes.
    pub unplaced: u32,
    /// Why, where there are such tasks: the state after the placements above.
    pub report: Option<Report>,
}

/// The place of one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    pub instance: ContainerInstanceArn,
    /// What the task holds there, its GPUs among it.
    pub reservation: Reservation,
}

/// Why a task is not placed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Report {
    /// Instances of the fleet, of whatever status.
    pub instances: u32,
    /// How many instances each filter was the first to refuse, in the order of the filters.
    pub refused: Vec<(Filter, u32)>,
    /// The instance that passed the most filters, then lacked the least, then has the lowest ARN. `None` where no
    /// instance is ACTIVE.
    pub closest: Option<(ContainerInstanceArn, Refusal)>,
}

/// One entry of `failures[]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The container instance. For an unknown one, what the caller named it.
    pub arn: String,
    pub reason: &'static str,
}

/// The answer of StartTask for one instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartOutcome {
    Placed(Placement),
    Failed(Failure),
}

impl Report {
    /// The rest of the service event, after "(service NAME) was unable to place a task because ".
    pub fn event_text(&self) -> String {
        let why = match &self.closest {
            None => "Reason: No Container Instances were found in your cluster.".to_owned(),
            Some((arn, refusal)) => {
                format!("The closest matching container-instance {} {}.", arn.id(), refusal.event_clause())
            }
        };
        format!(
            "no container instance met all of its requirements. {why} For more information, see the Troubleshooting \
             section of the Amazon ECS Developer Guide."
        )
    }
}
