//! DeleteService: nothing is wanted of the service any more; it drains, and is INACTIVE when its last task is STOPPING or
//! STOPPED.

use crate::errors::settle;
use crate::service::Ecs;
use api::ecs::{DeleteServiceRequest, DeleteServiceResponse, Error};
use auth::Cx;
use model::ecs::ServiceDeployment;
use model::ecs::service::{SchedulingStrategy, Service, ServiceStatus};
use plan::deployment;

pub(crate) async fn delete_service(
    ecs: &Ecs,
    cx: &Cx,
    input: DeleteServiceRequest,
) -> Result<DeleteServiceResponse, Error> {
    let force = input.force.unwrap_or(false);
    let change = ecs.state.update(|tx| {
        let (_, before) = super::find(tx, &cx.scope, input.cluster.as_deref(), &input.service)?;
        match before.status {
            ServiceStatus::Active => {}
            // Asking again changes nothing.
            ServiceStatus::Draining => return Ok(before.arn.clone()),
            ServiceStatus::Inactive => return Err(super::not_found()),
        }
        let scaled = before.scheduling_strategy == SchedulingStrategy::Replica && before.desired_count > 0;
        if scaled && !force {
            return Err(Error::invalid_parameter(
                "The service cannot be stopped while it is scaled above 0.",
            ));
        }
        let mut service = Service::clone(&before);
        let current = service.current_deployment.as_ref();
        let current = current.and_then(|d| tx.get::<ServiceDeployment>(d.as_str()));
        if let Some(ended) = deployment::drain(&mut service, current.as_deref(), cx.now) {
            if let Some(before) = &current {
                crate::shifting::let_go(tx, before, &ended, cx.now);
            }
            tx.put(ended);
        }
        tx.put(service);
        Ok(before.arn.clone())
    });
    let arn = settle(change.await)?;
    Ok(DeleteServiceResponse { service: super::describe::shown(&ecs.state.snapshot(), &arn, true) })
}
