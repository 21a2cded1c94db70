//! What a hook is told, how it is called and what its answer means.
//!
//! Source: "Lambda hooks for Amazon ECS service deployments" of the ECS developer guide, read 2026-11.

use super::target::HookTarget;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::ecs::ServiceDeployment;
use model::ecs::lifecycle::{HookKey, HookRun, HookTargetType, Share};
use model::ids::{ServiceDeploymentArn, Uuid};
use plan::deployment::shift::{self, Answer, Weights};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::pin::Pin;
use std::time::Duration;

/// "The function must complete the work, or return IN_PROGRESS within 15 minutes."
pub const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// The longest answer that is read. AWS lets a function answer 6 MB; an answer of ours is kept in the deployment's record.
pub const LONGEST_ANSWER: usize = 64 * 1024;

/// What calling a hook came to.
#[derive(Clone, PartialEq, Eq)]
pub enum Called {
    /// It answered; at most [`LONGEST_ANSWER`] bytes.
    Said(Vec<u8>),
    /// It was there, and failed: the reason, without what may be a secret.
    Failed(String),
    /// Nobody was there.
    Unreached(String),
}

/// Whoever reaches hooks outside of ECS.
pub trait CallHook: Send + Sync + 'static {
    /// Tells a hook the event (JSON) and waits for its answer for [`PATIENCE`] at most. May be repeated at any time.
    fn call<'a>(&'a self, target: &'a HookTarget, event: &'a str) -> Calling<'a>;
}

/// A call on its way.
pub type Calling<'a> = Pin<Box<dyn Future<Output = Called> + Send + 'a>>;

/// The id by which a run is known outside: `hookId`, and `executionId` of what it is told. Each run has its own, the same however often it is called.
pub(crate) fn hook_id(deployment: &ServiceDeploymentArn, key: HookKey, kind: HookTargetType) -> String {
    let digest = Sha256::digest(format!("{deployment}|{key}").as_bytes());
    match kind {
        HookTargetType::Pause => format!("ecs-pause-{}", URL_SAFE_NO_PAD.encode(digest)),
        HookTargetType::AwsLambda => {
            let mut bytes = [0; 16];
            bytes.copy_from_slice(&digest[..16]);
            Uuid::from_random(bytes).to_string()
        }
    }
}

/// What a hook is told.
pub(crate) fn event(deployment: &ServiceDeployment, run: &HookRun) -> String {
    let (test, production) = shift::payload_weights(deployment);
    let configured = deployment.configuration.lifecycle_hooks.get(run.key.hook as usize);
    let configured = configured.and_then(|h| h.details.as_deref());
    let mut event = json!({
        "executionId": hook_id(&deployment.arn, run.key, HookTargetType::AwsLambda),
        "lifecycleStage": run.key.stage.as_str(),
        "resourceArn": deployment.arn.as_str(),
        "executionDetails": {
            "serviceArn": deployment.service.as_str(),
            "targetServiceRevisionArn": deployment.target.as_str(),
            "testTrafficWeights": weights(&test),
            "productionTrafficWeights": weights(&production),
        },
    });
    // "Amazon ECS merges this data and passes it back on the next invocation."
    let details = merged(configured, run.details.as_deref());
    if let (Some(event), false) = (event.as_object_mut(), details.is_empty()) {
        event.insert("hookDetails".to_owned(), Value::Object(details));
    }
    event.to_string()
}

fn weights(weights: &Weights) -> Value {
    let percent = |share: Share| match (share.tenths() / 10, share.tenths() % 10) {
        (whole, 0) => json!(whole),
        (whole, tenth) => json!(f64::from(whole * 10 + tenth) / 10.0),
    };
    Value::Object(weights.iter().map(|(revision, share)| (revision.to_string(), percent(*share))).collect())
}

/// The members of both objects; those of the second count.
fn merged(first: Option<&str>, second: Option<&str>) -> Map<String, Value> {
    let object = |text: &str| match serde_json::from_str(text) {
        Ok(Value::Object(object)) => object,
        _ => Map::new(),
    };
    let mut all = first.map(object).unwrap_or_default();
    all.extend(second.map(object).unwrap_or_default());
    all
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    hook_status: String,
    #[serde(default)]
    call_back_delay: Option<f64>,
    #[serde(default)]
    hook_details: Option<Map<String, Value>>,
}

/// What a call means for the run. With the answer comes why it failed, for the log.
pub(crate) fn answer(called: Called, run: &HookRun) -> (Answer, Option<String>) {
    let said = match called {
        Called::Said(said) => said,
        Called::Failed(reason) => return (Answer::Failed, Some(reason)),
        Called::Unreached(reason) => return (Answer::Unreached, Some(reason)),
    };
    // "If your function doesn't return a valid hookStatus, or if it fails, Amazon ECS rolls back the deployment."
    let Ok(Said { hook_status, call_back_delay, hook_details }) = serde_json::from_slice(&said) else {
        return (Answer::Failed, Some("the answer is not a JSON object with a hookStatus".to_owned()));
    };
    match hook_status.as_str() {
        "SUCCEEDED" => (Answer::Succeeded, None),
        "FAILED" => (Answer::Failed, Some("it answered FAILED".to_owned())),
        "IN_PROGRESS" => {
            let delay =
                call_back_delay.filter(|d| *d >= 0.0).and_then(|d| Duration::try_from_secs_f64(d).ok());
            let given = hook_details.map(|d| Value::Object(d).to_string());
            let details = merged(run.details.as_deref(), given.as_deref());
            let details = (!details.is_empty()).then(|| Value::Object(details).to_string());
            if details.as_ref().is_some_and(|d| d.len() > LONGEST_ANSWER) {
                return (Answer::Failed, Some("its hookDetails have grown too large".to_owned()));
            }
            (Answer::InProgress { delay, details }, None)
        }
        _ => (Answer::Failed, Some("its hookStatus is none".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Timestamp;
    use model::ecs::lifecycle::{HookAction, HookStatus, LifecycleStage};

    fn run(details: Option<&str>) -> HookRun {
        HookRun {
            key: HookKey { hook: 0, stage: LifecycleStage::PostScaleUp, step: 0, back: false },
            status: HookStatus::InProgress,
            expires_at: Timestamp::default(),
            timeout_action: HookAction::Rollback,
            call_at: None,
            unreached: 0,
            details: details.map(str::to_owned),
            task: None,
        }
    }

    #[test]
    fn what_answers_mean() {
        let said = |text: &str| answer(Called::Said(text.as_bytes().to_vec()), &run(Some(r#"{"a":1}"#))).0;
        assert_eq!(said(r#"{"hookStatus":"SUCCEEDED"}"#), Answer::Succeeded);
        assert_eq!(said(r#"{"hookStatus":"FAILED"}"#), Answer::Failed);
        let again = |delay, details: &str| Answer::InProgress { delay, details: Some(details.to_owned()) };
        assert_eq!(said(r#"{"hookStatus":"IN_PROGRESS"}"#), again(None, r#"{"a":1}"#));
        assert_eq!(
            said(r#"{"hookStatus":"IN_PROGRESS","callBackDelay":60,"hookDetails":{"b":[2]}}"#),
            again(Some(Duration::from_secs(60)), r#"{"a":1,"b":[2]}"#)
        );
        assert_eq!(said(r#"{"hookStatus":"IN_PROGRESS","callBackDelay":-1}"#), again(None, r#"{"a":1}"#));
        for nonsense in
            ["", "{}", "[]", "\"SUCCEEDED\"", r#"{"hookStatus":"succeeded"}"#, r#"{"hookStatus":1}"#]
        {
            assert_eq!(said(nonsense), Answer::Failed, "{nonsense}");
        }
        let large = format!(
            r#"{{"hookStatus":"IN_PROGRESS","hookDetails":{{"b":"{}"}}}}"#,
            "x".repeat(LONGEST_ANSWER)
        );
        assert_eq!(said(&large), Answer::Failed);
        let of = |called| answer(called, &run(None)).0;
        assert_eq!(of(Called::Failed("500".to_owned())), Answer::Failed);
        assert_eq!(of(Called::Unreached("refused".to_owned())), Answer::Unreached);
    }

    #[test]
    fn ids_have_the_forms_of_aws_and_stay_the_same() {
        let arn = "arn:aws:ecs:us-east-1:123456789012:service-deployment/web/site/0123456789abcdefABCDE";
        let arn: ServiceDeploymentArn = arn.parse().expect("an ARN");
        let key = run(None).key;
        let id = |key, kind| hook_id(&arn, key, kind);
        let pause = id(key, HookTargetType::Pause);
        assert_eq!((pause.len(), &pause[..10]), (53, "ecs-pause-"));
        assert_eq!(pause, id(key, HookTargetType::Pause));
        let called = id(key, HookTargetType::AwsLambda);
        assert!(called.parse::<Uuid>().is_ok(), "{called}");
        assert_ne!(called, id(HookKey { back: true, ..key }, HookTargetType::AwsLambda));
        assert_ne!(called, id(HookKey { step: 1, ..key }, HookTargetType::AwsLambda));
    }
}
