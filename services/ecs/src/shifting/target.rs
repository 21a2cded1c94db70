//! What `hookTargetArn` may name here.
//!
//! AWS differs: there it is a Lambda function. Here it is an address that takes a POST (`http://…`, `https://…`), a program that the server's
//! operator allows (`exec:NAME`, `longshore server --hook NAME=PROGRAM`), or a task definition of which a task is run.

use model::ids::TaskDefinitionArn;
use std::fmt;

const LONGEST: usize = 2048;

/// Whom a hook calls.
#[derive(Clone, PartialEq, Eq)]
pub enum HookTarget {
    Url(String),
    /// By its name among those that the operator allows.
    Program(String),
    Task(TaskDefinitionArn),
}

/// The query of an address may be a secret.
impl fmt::Debug for HookTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(_) => f.write_str("Url"),
            Self::Program(name) => write!(f, "Program({name})"),
            Self::Task(definition) => write!(f, "Task({definition})"),
        }
    }
}

/// Why a target is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoTarget {
    /// It is of AWS's Lambda.
    Lambda,
    Invalid(&'static str),
}

impl HookTarget {
    pub(crate) fn parse(text: &str) -> Result<Self, NoTarget> {
        if text.len() > LONGEST || !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(NoTarget::Invalid("it can have at most 2048 visible ASCII characters"));
        }
        if let Some(rest) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) {
            let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
            return match authority {
                "" => Err(NoTarget::Invalid("the URL names no host")),
                with if with.contains('@') => Err(NoTarget::Invalid(
                    "a URL cannot carry a user name or password: every caller who may describe the service sees it",
                )),
                _ => Ok(Self::Url(text.to_owned())),
            };
        }
        if let Some(name) = text.strip_prefix("exec:") {
            return Ok(Self::Program(name.to_owned()));
        }
        if text.starts_with("arn:") && text.split(':').nth(2) == Some("lambda") {
            return Err(NoTarget::Lambda);
        }
        text.parse()
            .map(Self::Task)
            .map_err(|_| NoTarget::Invalid("it is a URL, the ARN of a task definition, or exec:NAME"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_hook_may_call() {
        let good = |text: &str| HookTarget::parse(text).expect(text);
        assert!(matches!(good("http://127.0.0.1:8080/hook?stage=1"), HookTarget::Url(_)));
        assert!(matches!(good("https://hooks.example"), HookTarget::Url(_)));
        assert_eq!(good("exec:check"), HookTarget::Program("check".to_owned()));
        let arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/check:3";
        assert!(matches!(good(arn), HookTarget::Task(definition) if definition.as_str() == arn));
        let lambda = "arn:aws:lambda:us-east-1:123456789012:function:check";
        assert_eq!(HookTarget::parse(lambda), Err(NoTarget::Lambda));
        let long = format!("http://{}", "a".repeat(3000));
        for wrong in [
            "",
            "http://",
            "https:///x",
            "http://me:secret@host/",
            "http://a b",
            "ftp://host",
            "check",
            "arn:aws:s3:::x",
            &long,
        ] {
            assert!(matches!(HookTarget::parse(wrong), Err(NoTarget::Invalid(_))), "{wrong}");
        }
        assert_eq!(format!("{:?}", good("http://host/?token=secret")), "Url");
    }
}
