//! One comparison of an expression: a subject, an operator, an argument.

use super::token::is_bare;
use super::value::Version;
use model::Timestamp;
use regex::Regex;
use std::cmp::Ordering;
use std::fmt;

/// What an expression is asked about: a container instance.
pub trait Subject {
    /// `Some(value)` where the attribute is there; the value itself is optional.
    fn attribute(&self, name: &str) -> Option<Option<&str>>;
    fn agent_connected(&self) -> bool;
    fn agent_version(&self) -> Option<&str>;
    fn ec2_instance_id(&self) -> Option<&str>;
    fn registered_at(&self) -> Timestamp;
    /// Tasks in RUNNING, without those that are PENDING.
    fn running_tasks_count(&self) -> u32;
    /// Whether a task is there whose group passes `test`.
    fn any_task_group(&self, test: &mut dyn FnMut(&str) -> bool) -> bool;
}

/// The field that a clause looks at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectName {
    Attribute(String),
    AgentConnected,
    AgentVersion,
    Ec2InstanceId,
    RegisteredAt,
    RunningTasksCount,
    TaskGroup,
}

/// How it is compared. The negated forms are `negated` in [`Clause`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operator {
    Equals,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Exists,
    In,
    Matches,
}

/// One comparison, ready to be evaluated.
#[derive(Clone, Debug)]
pub struct Clause {
    pub(super) subject: SubjectName,
    pub(super) operator: Operator,
    /// `!=`, `!exists`, `!in`, `!~`
    pub(super) negated: bool,
    pub(super) argument: Argument,
    /// The clause as `Display` writes it; equality and caches go by it.
    pub(super) text: String,
}

/// The right-hand side, read as what the subject is compared with.
#[derive(Clone, Debug)]
pub(super) enum Argument {
    None,
    Text(Vec<String>),
    Pattern { source: String, regex: Regex },
    Version { text: String, version: Version },
    Date { text: String, at: Timestamp },
    Count(u32),
}

impl Clause {
    pub(super) fn new(subject: SubjectName, operator: Operator, negated: bool, argument: Argument) -> Self {
        let mut clause = Self { subject, operator, negated, argument, text: String::new() };
        clause.text = clause.render();
        clause
    }

    /// The clause in its normal form.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn subject(&self) -> &SubjectName {
        &self.subject
    }

    /// Whether placing a task on an instance can change the answer for it.
    pub fn depends_on_tasks(&self) -> bool {
        match self.subject {
            SubjectName::TaskGroup | SubjectName::RunningTasksCount => true,
            SubjectName::Attribute(_)
            | SubjectName::AgentConnected
            | SubjectName::AgentVersion
            | SubjectName::Ec2InstanceId
            | SubjectName::RegisteredAt => false,
        }
    }

    /// Whether `subject` passes.
    pub fn matches(&self, subject: &impl Subject) -> bool {
        match &self.subject {
            SubjectName::Attribute(name) => match subject.attribute(name) {
                // An attribute that is not there passes `!exists` alone, see the module's header.
                None => self.operator == Operator::Exists && self.negated,
                Some(None) => (self.operator == Operator::Exists) != self.negated,
                Some(Some(value)) => self.compare_text(value) != self.negated,
            },
            SubjectName::Ec2InstanceId => {
                subject.ec2_instance_id().is_some_and(|id| self.compare_text(id)) != self.negated
            }
            SubjectName::AgentConnected => {
                self.compare_text(if subject.agent_connected() { "true" } else { "false" }) != self.negated
            }
            SubjectName::TaskGroup => {
                subject.any_task_group(&mut |group| self.compare_text(group)) != self.negated
            }
            SubjectName::AgentVersion => {
                let version = subject.agent_version().and_then(|v| v.parse::<Version>().ok());
                let ordering = version.and_then(|v| match &self.argument {
                    Argument::Version { version, .. } => Some(v.cmp(version)),
                    _ => None,
                });
                // An unknown version is neither above nor below nor unlike another.
                ordering.is_some_and(|o| self.accepts(o))
            }
            SubjectName::RegisteredAt => match &self.argument {
                // The argument has whole seconds, so the subject is cut to them.
                Argument::Date { at, .. } => {
                    let seconds = subject.registered_at().millis().div_euclid(1000);
                    self.accepts(seconds.cmp(&at.millis().div_euclid(1000)))
                }
                _ => false,
            },
            SubjectName::RunningTasksCount => {
                self.count().is_some_and(|n| self.accepts(subject.running_tasks_count().cmp(&n)))
            }
        }
    }

    /// The number that a count of tasks is compared with.
    pub(in super::super) fn count(&self) -> Option<u32> {
        match self.argument {
            Argument::Count(n) => Some(n),
            _ => None,
        }
    }

    /// Whether a value that compares so with the argument passes.
    pub(in super::super) fn accepts(&self, ordering: Ordering) -> bool {
        self.holds(ordering) != self.negated
    }

    /// The texts that the subject may equal, where the clause is about equality.
    pub(in super::super) fn names(&self) -> Option<&[String]> {
        match (&self.argument, self.operator) {
            (Argument::Text(list), Operator::Equals | Operator::In) => Some(list),
            _ => None,
        }
    }

    /// Whether a task group passes, the negation left aside.
    pub(in super::super) fn accepts_group(&self, group: &str) -> bool {
        self.compare_text(group)
    }

    pub(in super::super) fn is_negated(&self) -> bool {
        self.negated
    }

    fn compare_text(&self, value: &str) -> bool {
        match (&self.argument, self.operator) {
            (Argument::None, _) => self.operator == Operator::Exists,
            (Argument::Text(list), Operator::Equals | Operator::In) => list.iter().any(|item| item == value),
            (Argument::Text(list), _) => list.iter().any(|item| self.holds(compare_values(value, item))),
            (Argument::Pattern { regex, .. }, _) => regex.is_match(value),
            (Argument::Version { .. } | Argument::Date { .. } | Argument::Count(_), _) => false,
        }
    }

    fn holds(&self, ordering: Ordering) -> bool {
        match self.operator {
            Operator::Equals => ordering.is_eq(),
            Operator::Greater => ordering.is_gt(),
            Operator::GreaterOrEqual => ordering.is_ge(),
            Operator::Less => ordering.is_lt(),
            Operator::LessOrEqual => ordering.is_le(),
            Operator::Exists | Operator::In | Operator::Matches => false,
        }
    }

    fn render(&self) -> String {
        let sign = match (self.operator, self.negated) {
            (Operator::Equals, false) => "==",
            (Operator::Equals, true) => "!=",
            (Operator::Greater, _) => ">",
            (Operator::GreaterOrEqual, _) => ">=",
            (Operator::Less, _) => "<",
            (Operator::LessOrEqual, _) => "<=",
            (Operator::Exists, false) => "exists",
            (Operator::Exists, true) => "!exists",
            (Operator::In, false) => "in",
            (Operator::In, true) => "!in",
            (Operator::Matches, false) => "=~",
            (Operator::Matches, true) => "!~",
        };
        let argument = match &self.argument {
            Argument::None => return format!("{} {sign}", self.subject),
            Argument::Text(list) if self.operator == Operator::In => {
                format!("[{}]", list.iter().map(|v| quote(v)).collect::<Vec<_>>().join(", "))
            }
            Argument::Text(list) => list.first().map_or_else(String::new, |v| quote(v)),
            Argument::Pattern { source, .. } => quote(source),
            Argument::Version { text, .. } | Argument::Date { text, .. } => quote(text),
            Argument::Count(n) => n.to_string(),
        };
        format!("{} {sign} {argument}", self.subject)
    }
}

impl PartialEq for Clause {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Clause {}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for SubjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SubjectName::Attribute(name) => return write!(f, "attribute:{name}"),
            SubjectName::AgentConnected => "agentConnected",
            SubjectName::AgentVersion => "agentVersion",
            SubjectName::Ec2InstanceId => "ec2InstanceId",
            SubjectName::RegisteredAt => "registeredAt",
            SubjectName::RunningTasksCount => "runningTasksCount",
            SubjectName::TaskGroup => "task:group",
        })
    }
}

/// Numbers where both are numbers, text otherwise.
fn compare_values(left: &str, right: &str) -> Ordering {
    let numbers = left.parse::<f64>().ok().zip(right.parse::<f64>().ok());
    numbers.and_then(|(l, r)| l.partial_cmp(&r)).unwrap_or_else(|| left.cmp(right))
}

fn quote(value: &str) -> String {
    if is_bare(value) { value.to_owned() } else { format!("'{}'", value.replace('\'', "''")) }
}
