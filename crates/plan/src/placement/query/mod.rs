//! The cluster query language: which container instances an expression selects.
//!
//! Decides: the grammar, and whether an instance (anything that is a [`Subject`]) matches. Used for `memberOf` placement
//! constraints and for the `filter` of ListContainerInstances. Invariants: [`Expression::parse`] is total, its recursion is
//! bounded by [`MAX_DEPTH`], and what `Display` writes parses to an equal expression. Must not know: placement, fleets.
//!
//! Source: "Cluster query language" of the ECS developer guide. What that page leaves open is settled here:
//! - `not` binds tighter than `and`, `and` tighter than `or`; words are in lower case. Not established.
//! - `!=`, `not_in` and `not_matches` on an attribute ask that the attribute be there: the guide's own example says that
//!   `attribute:stack != prod` lists "the instances with the custom attribute stack unless the value is prod".
//! - On `task:group` they mean that no task of such a group is there (anti-affinity). Not established.
//! - A pattern must match the whole value, as the guide's `g2.*` suggests.
//!   `// AWS differs:` the guide names Java's syntax; look-around, back-references and possessive quantifiers are refused
//!   here, which keeps matching linear in time.
//! - `<`, `<=`, `>`, `>=` on an attribute compare numbers where both sides are numbers, otherwise text. Not established.

mod clause;
mod parser;
#[cfg(test)]
mod tests;
mod token;
mod value;

pub use clause::{Clause, Operator, Subject, SubjectName};
pub use parser::{Error, ErrorKind};
pub use value::Version;

use std::fmt;

/// The most characters that an expression may have.
pub const MAX_LENGTH: usize = 2000;
/// The deepest nesting of parentheses and `not`.
pub const MAX_DEPTH: usize = 64;

/// A parsed and compiled expression. Two are equal when they read the same after normalisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    pub(super) root: Node,
}

/// The tree of an expression. `And` and `Or` have at least two members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Clause(Clause),
}

impl Expression {
    /// Parses and compiles `text`; the error says where and why it is not an expression.
    pub fn parse(text: &str) -> Result<Self, Error> {
        parser::parse(text).map(|root| Self { root })
    }

    /// Whether `subject` is among what the expression selects.
    pub fn matches(&self, subject: &impl Subject) -> bool {
        self.root.matches(subject)
    }

    /// Whether the answer for an instance can change when tasks are placed on it or end on it.
    pub fn depends_on_tasks(&self) -> bool {
        self.root.any_clause(&|clause| clause.depends_on_tasks())
    }
}

impl Node {
    fn matches(&self, subject: &impl Subject) -> bool {
        match self {
            Node::And(nodes) => nodes.iter().all(|node| node.matches(subject)),
            Node::Or(nodes) => nodes.iter().any(|node| node.matches(subject)),
            Node::Not(node) => !node.matches(subject),
            Node::Clause(clause) => clause.matches(subject),
        }
    }

    fn any_clause(&self, test: &impl Fn(&Clause) -> bool) -> bool {
        match self {
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(|node| node.any_clause(test)),
            Node::Not(node) => node.any_clause(test),
            Node::Clause(clause) => test(clause),
        }
    }

    /// Writes the node, in parentheses where it binds less tightly than its surroundings.
    fn write(&self, f: &mut fmt::Formatter<'_>, around: u8) -> fmt::Result {
        let (members, word, strength) = match self {
            Node::Or(nodes) => (nodes, " or ", 1),
            Node::And(nodes) => (nodes, " and ", 2),
            Node::Not(node) => {
                f.write_str("not ")?;
                // `not` binds tightest, so that `and` and `or` under it stand in parentheses.
                return node.write(f, 2);
            }
            Node::Clause(clause) => return f.write_str(clause.text()),
        };
        if strength <= around {
            f.write_str("(")?;
        }
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                f.write_str(word)?;
            }
            member.write(f, strength)?;
        }
        if strength <= around { f.write_str(")") } else { Ok(()) }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.write(f, 0)
    }
}

impl std::str::FromStr for Expression {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}
