//! The roles of tasks: whether they can be passed and assumed, and their credentials.
//!
//! A task's containers act as its task role (`taskRoleArn`); the agent acts as the execution role (`executionRoleArn`) for
//! the task. ECS assumes both as the service `ecs-tasks.amazonaws.com`, with the task's id for a session name, so the trust
//! policy has to let that service in.
//!
//! Source: developer guide, "Amazon ECS task IAM role" and "task execution IAM role" (read 2026-11).

use crate::permission;
use crate::service::Ecs;
use agent_protocol::SensitiveString;
use agent_protocol::acs::RoleType;
use agent_protocol::payload::IamRoleCredentials;
use api::ecs::Error;
use auth::Principal;
use auth::policy::{Assume, Caller, Context, Document, Trust, assume};
use auth::session::{Bearer, Claims, SessionLimits};
use model::Timestamp;
use model::ecs::launch::TaskOverride;
use model::ecs::{Task, TaskDefinition};
use model::iam::Role;
use model::ids::{RoleArn, Scope, TaskArn};
use plan::credentials::LIFE;
use state::Snapshot;

/// The principal that trust policies of tasks' roles name.
const SERVICE: &str = "ecs-tasks.amazonaws.com";

/// Which of a task's two roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// What the containers do.
    Application,
    /// What the agent does for the task.
    Execution,
}

impl Purpose {
    pub(crate) fn role_type(self) -> RoleType {
        match self {
            Self::Application => RoleType::TaskApplication,
            Self::Execution => RoleType::TaskExecution,
        }
    }

    /// Where a task's payload has the credentials.
    pub(crate) fn in_payload(
        self,
        task: &mut agent_protocol::payload::Task,
    ) -> &mut Option<IamRoleCredentials> {
        match self {
            Self::Application => &mut task.role_credentials,
            Self::Execution => &mut task.execution_role_credentials,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Execution => "execution",
        }
    }
}

/// The roles that a launch gives its tasks: what it says itself comes before the definition.
pub(crate) fn of<'a>(
    definition: &'a TaskDefinition,
    overrides: &'a TaskOverride,
) -> impl Iterator<Item = (Purpose, &'a str)> {
    let said = |own: &'a Option<String>, otherwise: &'a Option<String>| {
        own.as_deref().filter(|text| !text.is_empty()).or(otherwise.as_deref())
    };
    let application = said(&overrides.task_role_arn, &definition.task_role_arn);
    let execution = said(&overrides.execution_role_arn, &definition.execution_role_arn);
    [(Purpose::Application, application), (Purpose::Execution, execution)]
        .into_iter()
        .filter_map(|(purpose, role)| Some((purpose, role?)))
}

/// The role that is named by its ARN or, in the root path, by its name alone.
pub(crate) fn named(scope: &Scope, named: &str) -> Option<RoleArn> {
    if named.starts_with("arn:") {
        return named.parse::<RoleArn>().ok();
    }
    let good = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    ((1..=64).contains(&named.len()) && named.chars().all(good)).then(|| RoleArn::new(scope, "/", named))
}

/// RegisterTaskDefinition's rule: a role has the form of one.
pub(crate) fn check_form(scope: &Scope, role: Option<&str>) -> Result<(), Error> {
    match role.is_none_or(|role| named(scope, role).is_some()) {
        true => Ok(()),
        false => Err(Error::client("Role is not valid")),
    }
}

/// Whether `caller` may hand a role to tasks: `iam:PassRole`.
pub(crate) fn check_pass(
    snapshot: &Snapshot,
    caller: &Principal,
    scope: &Scope,
    role: Option<&str>,
) -> Result<(), Error> {
    let Some(arn) = role.and_then(|role| named(scope, role)) else { return Ok(()) };
    let act = ("iam:PassRole", arn.as_str());
    let to_tasks = |context: Context| context.with("iam:PassedToService", Some(SERVICE));
    match permission::allows(snapshot, caller, act, to_tasks) {
        true => Ok(()),
        false => Err(permission::denied(caller, act)),
    }
}

/// RunTask's and StartTask's rule: every role is there and lets ECS in.
pub(crate) fn check(
    snapshot: &Snapshot,
    caller: &Principal,
    definition: &TaskDefinition,
    overrides: &TaskOverride,
    task: &TaskArn,
) -> Result<(), Error> {
    let scope = task.scope();
    for (_, role) in of(definition, overrides) {
        check_pass(snapshot, caller, &scope, Some(role))?;
        if assumable(snapshot, task, role).is_none() {
            return Err(Error::client(format!(
                "ECS was unable to assume the role '{role}' that was provided for this task. Please verify that the role \
                 being passed has the proper trust relationship and permissions and that your IAM user has permissions to \
                 pass this role."
            )));
        }
    }
    Ok(())
}

/// CreateService's and UpdateService's rule: the caller may hand the definition's roles to tasks. Whether they can be assumed shows when a
/// task is started.
pub(crate) fn check_pass_of(
    snapshot: &Snapshot,
    caller: &Principal,
    definition: &TaskDefinition,
    task: &TaskArn,
) -> Result<(), Error> {
    let scope = task.scope();
    of(definition, &TaskOverride::default())
        .try_for_each(|(_, role)| check_pass(snapshot, caller, &scope, Some(role)))
}

/// The role of that name, if it lets ECS assume it for this task.
fn assumable<'a>(snapshot: &'a Snapshot, task: &TaskArn, role: &str) -> Option<&'a Role> {
    let scope = task.scope();
    let arn = named(&scope, role).filter(|arn| arn.account() == scope.account)?;
    let role =
        snapshot.get::<Role>(Role::key_of(arn.account(), arn.name())).filter(|role| role.arn == arn)?;
    let document = Document::trust(&role.trust_policy).ok()?;
    let context = Context::default()
        .with("aws:SourceArn", Some(task.as_str()))
        .with("aws:SourceAccount", Some(scope.account))
        .with("aws:PrincipalIsAWSService", Some("true"))
        .with("sts:RoleSessionName", Some(task.id()))
        .with("sts:ExternalId", None::<String>);
    let asked = Assume { caller: Caller::Service(SERVICE), action: "sts:AssumeRole", context: &context };
    (assume(&document, &asked) == Trust::Direct).then_some(&**role)
}

/// New credentials of one of a task's roles; none where it cannot be assumed. `random` is never given twice.
pub(crate) fn issue(
    ecs: &Ecs,
    snapshot: &Snapshot,
    task: &Task,
    (purpose, role): (Purpose, &str),
    now: Timestamp,
    random: [u8; 16],
) -> Option<(IamRoleCredentials, Timestamp)> {
    let role = assumable(snapshot, &task.arn, role)?;
    let scope = task.arn.scope();
    // Agents are told whole seconds.
    let expires = Timestamp::from_millis(now.after(LIFE).millis().div_euclid(1000) * 1000);
    let claims = Claims {
        partition: scope.partition,
        account: scope.account,
        bearer: Bearer::Role {
            name: role.arn.name().to_owned(),
            id: role.id.clone(),
            session: task.arn.id().to_owned(),
        },
        issued_at: now,
        expires,
        limits: SessionLimits::default(),
        tags: Vec::new(),
        transitive_tag_keys: Vec::new(),
        source_identity: None,
    };
    let given = ecs.session_key.issue(claims, random);
    let credentials = IamRoleCredentials {
        credentials_id: Some(credentials_id(ecs, task, purpose)),
        role_arn: Some(role.arn.to_string()),
        access_key_id: Some(given.access_key_id),
        secret_access_key: Some(SensitiveString(given.secret_access_key.expose().to_owned())),
        session_token: Some(SensitiveString(given.session_token.expose().to_owned())),
        expiration: Some(api::Timestamp::from_epoch_ms(expires.millis()).to_string()),
        credential_scope: None,
    };
    Some((credentials, expires))
}

/// The name under which an agent keeps and serves them. It is a secret of the task, and stays the same.
pub(crate) fn credentials_id(ecs: &Ecs, task: &Task, purpose: Purpose) -> String {
    ecs.session_key.stable_id(&format!("{}/{}", task.arn, purpose.name())).to_string()
}
