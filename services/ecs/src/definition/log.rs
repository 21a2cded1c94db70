//! Log drivers and FireLens.

use super::refuse;
use api::ecs::Error;
use model::ecs::TaskDefinition;
use model::ecs::container_definition::{FirelensConfiguration, LogConfiguration, LogDriver};

/// The options without which a driver cannot work.
const REQUIRED: &[(LogDriver, &[&str])] =
    &[(LogDriver::Awslogs, &["awslogs-group", "awslogs-region"]), (LogDriver::Splunk, &["splunk-url"])];

pub(super) fn check(task: &TaskDefinition) -> Result<(), Error> {
    let logs = || task.container_definitions.iter().filter_map(|c| c.log_configuration.as_ref());
    for log in logs() {
        driver(log)?;
        if !log.secret_options.is_empty() && task.execution_role_arn.is_none() {
            return refuse(
                "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
            );
        }
    }
    let routers: Vec<_> =
        task.container_definitions.iter().filter_map(|c| c.firelens_configuration.as_ref()).collect();
    let routed = logs().any(|log| log.log_driver == Some(LogDriver::Awsfirelens));
    match routers.as_slice() {
        [] if routed => refuse(
            "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be specified.",
        ),
        [] => Ok(()),
        [router] if routed => firelens(router),
        [_] => refuse(
            "When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.",
        ),
        _ => refuse("Only one container of a task definition can have a firelensConfiguration."),
    }
}

fn driver(log: &LogConfiguration) -> Result<(), Error> {
    let Some(driver) = log.log_driver else {
        return refuse("LogConfiguration.logDriver should not be null or empty.");
    };
    let required =
        REQUIRED.iter().find(|(known, _)| *known == driver).map_or(&[][..], |(_, options)| options);
    // A token may come as a secret; so may these.
    let given = |option: &str| {
        log.options.contains_key(option) || log.secret_options.iter().any(|s| s.name == option)
    };
    let missing: Vec<&str> = required.iter().copied().filter(|option| !given(option)).collect();
    if missing.is_empty() {
        Ok(())
    } else {
        refuse(format!("Log driver {driver} requires options: {}", missing.join(", ")))
    }
}

fn firelens(router: &FirelensConfiguration) -> Result<(), Error> {
    if router.kind.is_none() {
        return refuse("FirelensConfiguration.type should not be null or empty.");
    }
    let value = router.options.get("config-file-value").map(String::as_str);
    match router.options.get("config-file-type").map(String::as_str) {
        None => Ok(()),
        Some("file") if value.is_some() => Ok(()),
        Some("s3") if value.is_some_and(|v| v.parse::<model::Arn>().is_ok_and(|arn| arn.service == "s3")) => {
            Ok(())
        }
        Some("s3") => refuse("Invalid arn syntax."),
        Some("file") => refuse(
            "The FirelensConfiguration option config-file-value must be specified with config-file-type.",
        ),
        Some(other) => refuse(format!(
            "Invalid FirelensConfiguration option config-file-type '{other}'. Must be one of [s3, file]."
        )),
    }
}
