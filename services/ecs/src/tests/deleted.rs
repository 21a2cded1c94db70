//! What goes on with a task definition that is being deleted, and lists of what is not ACTIVE.

use super::service::{create, request, schedule};
use super::*;
use crate::api::task_definition::sweep;
use model::status::InstanceStatus;

async fn swept(ecs: &Ecs) -> usize {
    let later = NOW.after(std::time::Duration::from_secs(24 * 3600));
    ecs.state.update(|tx| Ok::<_, Error>(sweep(tx, later))).await.expect("the state takes it")
}

async fn families(ecs: &Ecs) -> Vec<String> {
    let input = ListTaskDefinitionFamiliesRequest::default();
    ecs.list_task_definition_families(&cx(), input).await.expect("a list").families.expect("families")
}

#[tokio::test]
async fn a_service_goes_on_with_a_definition_that_is_being_deleted() {
    let ecs = service().await;
    instance(&ecs, "a", 4096, 4096).await;
    define(&ecs, "web", vec![container("main")], None).await;
    create(&ecs, request("web", 1)).await;
    let named = "web:1".to_owned();
    let input = DeregisterTaskDefinitionRequest { task_definition: named.clone() };
    ecs.deregister_task_definition(&cx(), input).await.expect("it is deregistered");
    let input = DeleteTaskDefinitionsRequest { task_definitions: vec![named] };
    ecs.delete_task_definitions(&cx(), input).await.expect("it is marked");
    assert_eq!(families(&ecs).await, ["web"]);
    assert_eq!(swept(&ecs).await, 0, "a service starts tasks of it");

    let input = UpdateServiceRequest {
        service: "web".to_owned(),
        desired_count: Some(2),
        ..UpdateServiceRequest::default()
    };
    ecs.update_service(&cx(), input).await.expect("it is scaled");
    schedule(&ecs, "web").await;
    let input = ListTasksRequest { service_name: Some("web".to_owned()), ..ListTasksRequest::default() };
    let tasks = ecs.list_tasks(&cx(), input).await.expect("a list").task_arns.expect("tasks");
    assert_eq!(tasks.len(), 2);
    let refused = ecs.run_task(&cx(), run("web:1")).await.expect_err("nothing new is made of it");
    assert_eq!(refused.to_string(), "ClientException: TaskDefinition is inactive");

    let input = DeleteServiceRequest {
        service: "web".to_owned(),
        force: Some(true),
        ..DeleteServiceRequest::default()
    };
    ecs.delete_service(&cx(), input).await.expect("it is deleted");
    schedule(&ecs, "web").await;
    for task in &tasks {
        assert_eq!(swept(&ecs).await, 0, "a task of it is not over");
        report::stopped(&ecs, task, Some(0)).await;
    }
    schedule(&ecs, "web").await;
    assert_eq!(swept(&ecs).await, 1);
    assert_eq!(families(&ecs).await, Vec::<String>::new());
}

#[tokio::test]
async fn tasks_are_listed_by_what_goes_together() {
    let ecs = service().await;
    let list = async |input: ListTasksRequest| match ecs.list_tasks(&cx(), input).await {
        Ok(listed) => format!("{:?}", listed.task_arns.unwrap_or_default()),
        Err(refused) => refused.to_string(),
    };
    let by = || ListTasksRequest { started_by: Some("me".to_owned()), ..ListTasksRequest::default() };
    let of_service =
        || ListTasksRequest { service_name: Some("web".to_owned()), ..ListTasksRequest::default() };
    let family = Some("web".to_owned());
    assert_eq!(list(by()).await, "[]");
    let alone = "InvalidParameterException: cannot specify startedBy with other arguments";
    assert_eq!(list(ListTasksRequest { family: family.clone(), ..by() }).await, alone);
    assert_eq!(list(ListTasksRequest { launch_type: Some(LaunchType::Ec2), ..by() }).await, alone);
    assert_eq!(list(of_service()).await, "ServiceNotFoundException: Service not found.");
    let alone = "InvalidParameterException: cannot specify serviceName with other arguments";
    assert_eq!(list(ListTasksRequest { family, ..of_service() }).await, alone);
}

#[tokio::test]
async fn instances_are_listed_unless_they_are_inactive() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    let listed = async || {
        let input = ListContainerInstancesRequest::default();
        ecs.list_container_instances(&cx(), input)
            .await
            .expect("a list")
            .container_instance_arns
            .expect("a list")
    };
    for (status, shown) in [
        (InstanceStatus::Registering, vec![arn.clone()]),
        (InstanceStatus::Draining, vec![arn.clone()]),
        (InstanceStatus::Inactive, vec![]),
    ] {
        let change = ecs.state.update(|tx| {
            tx.modify::<model::ecs::ContainerInstance>(&arn, |i| i.status = status);
            Ok::<_, Error>(())
        });
        change.await.expect("the state takes it");
        assert_eq!(listed().await, shown, "{status}");
    }
}
