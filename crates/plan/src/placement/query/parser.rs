//! Recursive descent over an expression, with bounded depth.

use super::clause::{Argument, Clause, Operator, SubjectName};
use super::token::{Cursor, Word};
use super::value::parse_date;
use super::{MAX_DEPTH, MAX_LENGTH, Node};
use regex::RegexBuilder;
use thiserror::Error;

/// Why a text is not an expression, and where.
///
/// AWS answers such a text with InvalidParameterException; the words of its message are not established.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{kind} at position {position}")]
pub struct Error {
    /// Characters before the place, counted from 0.
    pub position: usize,
    pub kind: ErrorKind,
}

/// What is wrong at that place.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ErrorKind {
    #[error("the expression is longer than {MAX_LENGTH} characters")]
    TooLong,
    #[error("the expression is nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    #[error("expected {expected}, found {found}")]
    Expected { expected: &'static str, found: String },
    #[error("the quote is not closed")]
    OpenQuote,
    #[error("'{0}' is not a subject")]
    UnknownSubject(String),
    #[error("'{0}' is not an operator")]
    UnknownOperator(String),
    #[error("operator '{operator}' does not apply to {subject}")]
    OperatorNotApplicable { operator: String, subject: String },
    #[error("'{value}' is not {expected}")]
    BadValue { value: String, expected: &'static str },
    #[error("the pattern '{0}' is not supported")]
    BadPattern(String),
}

pub(super) fn parse(text: &str) -> Result<Node, Error> {
    let mut parser = Parser { cursor: Cursor::new(text), depth: 0 };
    if text.chars().count() > MAX_LENGTH {
        return Err(Error { position: MAX_LENGTH, kind: ErrorKind::TooLong });
    }
    let node = parser.disjunction()?;
    if !parser.cursor.at_end() {
        return Err(parser.expected("'and', 'or' or the end"));
    }
    Ok(node)
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    depth: usize,
}

impl Parser<'_> {
    fn disjunction(&mut self) -> Result<Node, Error> {
        let mut nodes = Vec::new();
        loop {
            match self.conjunction()? {
                Node::Or(inner) => nodes.extend(inner),
                node => nodes.push(node),
            }
            if !(self.cursor.take("||") || self.cursor.take_word("or")) {
                return Ok(single_or(nodes, Node::Or));
            }
        }
    }

    fn conjunction(&mut self) -> Result<Node, Error> {
        let mut nodes = Vec::new();
        loop {
            match self.negation()? {
                Node::And(inner) => nodes.extend(inner),
                node => nodes.push(node),
            }
            if !(self.cursor.take("&&") || self.cursor.take_word("and")) {
                return Ok(single_or(nodes, Node::And));
            }
        }
    }

    fn negation(&mut self) -> Result<Node, Error> {
        let at = self.cursor.position();
        if self.depth == MAX_DEPTH {
            return Err(self.cursor.error(at, ErrorKind::TooDeep));
        }
        self.depth += 1;
        let node = if self.cursor.take_word("not") || self.cursor.take("!") {
            Node::Not(Box::new(self.negation()?))
        } else if self.cursor.take("(") {
            let inner = self.disjunction()?;
            if !self.cursor.take(")") {
                return Err(self.expected("')'"));
            }
            inner
        } else {
            Node::Clause(self.clause()?)
        };
        self.depth -= 1;
        Ok(node)
    }

    fn clause(&mut self) -> Result<Clause, Error> {
        let subject = self.subject()?;
        let at = self.cursor.position();
        let (operator, negated) = self.operator()?;
        if !applies(&subject, operator) {
            let operator = self.spelling(at);
            let kind = ErrorKind::OperatorNotApplicable { operator, subject: subject.to_string() };
            return Err(self.cursor.error(at, kind));
        }
        let argument = match operator {
            Operator::Exists => Argument::None,
            Operator::In => Argument::Text(self.list()?),
            Operator::Matches => self.pattern()?,
            Operator::Equals
            | Operator::Greater
            | Operator::GreaterOrEqual
            | Operator::Less
            | Operator::LessOrEqual => self.comparand(&subject)?,
        };
        Ok(Clause::new(subject, operator, negated, argument))
    }

    fn subject(&mut self) -> Result<SubjectName, Error> {
        let at = self.cursor.position();
        let Some(word) = self.cursor.bare(Word::Plain) else { return Err(self.expected("a subject")) };
        Ok(match word {
            "agentConnected" => SubjectName::AgentConnected,
            "agentVersion" => SubjectName::AgentVersion,
            "ec2InstanceId" => SubjectName::Ec2InstanceId,
            "registeredAt" => SubjectName::RegisteredAt,
            "runningTasksCount" => SubjectName::RunningTasksCount,
            "task:group" => SubjectName::TaskGroup,
            other => match other.strip_prefix("attribute:").filter(|name| is_attribute_name(name)) {
                Some(name) => SubjectName::Attribute(name.to_owned()),
                None => {
                    return Err(self.cursor.error(at, ErrorKind::UnknownSubject(clip(other))));
                }
            },
        })
    }

    fn operator(&mut self) -> Result<(Operator, bool), Error> {
        if let Some(sign) = self.cursor.take_sign() {
            return Ok(match sign {
                "==" => (Operator::Equals, false),
                "!=" => (Operator::Equals, true),
                ">=" => (Operator::GreaterOrEqual, false),
                "<=" => (Operator::LessOrEqual, false),
                "=~" => (Operator::Matches, false),
                "!~" => (Operator::Matches, true),
                ">" => (Operator::Greater, false),
                _ => (Operator::Less, false),
            });
        }
        let at = self.cursor.position();
        let Some(word) = self.cursor.bare(Word::Plain) else { return Err(self.expected("an operator")) };
        Ok(match word {
            "equals" => (Operator::Equals, false),
            "not_equals" => (Operator::Equals, true),
            "greater_than" => (Operator::Greater, false),
            "greater_than_equal" => (Operator::GreaterOrEqual, false),
            "less_than" => (Operator::Less, false),
            "less_than_equal" => (Operator::LessOrEqual, false),
            "exists" => (Operator::Exists, false),
            "not_exists" | "!exists" => (Operator::Exists, true),
            "in" => (Operator::In, false),
            "not_in" | "!in" => (Operator::In, true),
            "matches" => (Operator::Matches, false),
            "not_matches" => (Operator::Matches, true),
            other => return Err(self.cursor.error(at, ErrorKind::UnknownOperator(clip(other)))),
        })
    }

    fn list(&mut self) -> Result<Vec<String>, Error> {
        if !self.cursor.take("[") {
            return Err(self.expected("a list in brackets"));
        }
        let mut values = Vec::new();
        loop {
            values.push(self.value(Word::Plain)?);
            if self.cursor.take("]") {
                return Ok(values);
            }
            if !self.cursor.take(",") {
                return Err(self.expected("',' or ']'"));
            }
        }
    }

    fn pattern(&mut self) -> Result<Argument, Error> {
        let at = self.cursor.position();
        let source = self.value(Word::Pattern)?;
        let build = |text: &str| RegexBuilder::new(text).size_limit(1 << 20).nest_limit(64).build();
        // The source alone must be a pattern too, or `a)|(b` would escape the anchors.
        let whole = build(&source).and_then(|_| build(&format!(r"\A(?:{source})\z")));
        match whole {
            Ok(regex) => Ok(Argument::Pattern { source, regex }),
            Err(_) => Err(self.cursor.error(at, ErrorKind::BadPattern(clip(&source)))),
        }
    }

    fn comparand(&mut self, subject: &SubjectName) -> Result<Argument, Error> {
        let at = self.cursor.position();
        let text = self.value(Word::Plain)?;
        let bad = |expected| ErrorKind::BadValue { value: clip(&text), expected };
        let argument = match subject {
            SubjectName::Attribute(_) | SubjectName::Ec2InstanceId | SubjectName::TaskGroup => {
                Ok(Argument::Text(vec![text.clone()]))
            }
            SubjectName::AgentConnected => match text.as_str() {
                "true" | "false" => Ok(Argument::Text(vec![text.clone()])),
                _ => Err(bad("true or false")),
            },
            SubjectName::AgentVersion => text
                .parse()
                .map(|version| Argument::Version { text: text.clone(), version })
                .map_err(|()| bad("a version")),
            SubjectName::RegisteredAt => parse_date(&text)
                .map(|at| Argument::Date { text: text.clone(), at })
                .ok_or_else(|| bad("a date such as 2018-06-18 or 2018-06-18T22:28:28Z")),
            SubjectName::RunningTasksCount => {
                text.parse().map(Argument::Count).map_err(|_| bad("a number of tasks"))
            }
        };
        argument.map_err(|kind| self.cursor.error(at, kind))
    }

    fn value(&mut self, word: Word) -> Result<String, Error> {
        if let Some(quoted) = self.cursor.quoted() {
            return quoted;
        }
        match self.cursor.bare(word) {
            Some(text) => Ok(text.to_owned()),
            None => Err(self.expected("a value")),
        }
    }

    fn expected(&mut self, expected: &'static str) -> Error {
        let at = self.cursor.position();
        let found = self.cursor.found();
        self.cursor.error(at, ErrorKind::Expected { expected, found })
    }

    /// The operator as it was written between byte `at` and here.
    fn spelling(&self, at: usize) -> String {
        self.cursor.between(at).trim().to_owned()
    }
}

/// The operators that the guide lists for a subject; for attributes and task groups it lists none.
fn applies(subject: &SubjectName, operator: Operator) -> bool {
    let ordering = matches!(
        operator,
        Operator::Greater | Operator::GreaterOrEqual | Operator::Less | Operator::LessOrEqual
    );
    match subject {
        SubjectName::Attribute(_) => true,
        SubjectName::TaskGroup => !ordering,
        SubjectName::AgentConnected | SubjectName::Ec2InstanceId => {
            matches!(operator, Operator::Equals | Operator::In | Operator::Matches)
        }
        SubjectName::AgentVersion | SubjectName::RegisteredAt | SubjectName::RunningTasksCount => {
            ordering || operator == Operator::Equals
        }
    }
}

fn is_attribute_name(name: &str) -> bool {
    (1..=128).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_/\\.".contains(&b))
}

fn single_or(mut nodes: Vec<Node>, group: impl FnOnce(Vec<Node>) -> Node) -> Node {
    match nodes.len() {
        1 => nodes.swap_remove(0),
        _ => group(nodes),
    }
}

fn clip(text: &str) -> String {
    text.chars().take(60).collect()
}
