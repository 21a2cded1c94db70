//! What can go wrong while a request is read, and where in it.

use std::collections::BTreeSet;
use std::fmt;

/// Levels of nesting at which every decoder gives up: beyond it the request is malformed, whatever it says.
pub const MAX_DEPTH: usize = 128;

/// Missing required members after which a request is refused unread: nobody wants the list, and the work per member that
/// follows stays bounded whatever the body's size.
const MAX_MISSING: usize = 1000;

/// A request that cannot be read as its operation's input.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DecodeError {
    /// What AWS would answer; may be empty.
    pub message: String,
    pub kind: DecodeErrorKind,
}

/// Decides the error code, per protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeErrorKind {
    /// Not a well-formed message of the protocol.
    Malformed,
    /// A well-formed message with a value of another type than the model's.
    WrongType,
}

impl DecodeError {
    pub fn malformed(message: impl Into<String>) -> Self {
        DecodeError { message: message.into(), kind: DecodeErrorKind::Malformed }
    }

    pub fn wrong_type(message: impl Into<String>) -> Self {
        DecodeError { message: message.into(), kind: DecodeErrorKind::WrongType }
    }
}

/// Where a value stands in an input. Written as AWS writes it: `tags.1.member.key`, list elements counted from one.
#[derive(Clone, Debug, Default)]
pub struct Path(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Member(&'static str),
    Item(usize),
    Entry(String),
}

impl Path {
    pub(crate) fn push(&mut self, step: Step) {
        self.0.push(step);
    }

    pub(crate) fn pop(&mut self) {
        self.0.pop();
    }

    /// The path of a member of the structure at this path.
    pub(crate) fn to(&self, member: &'static str) -> String {
        let mut path = self.clone();
        path.push(Step::Member(member));
        path.to_string()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.0.iter().enumerate() {
            let dot = if place == 0 { "" } else { "." };
            match step {
                Step::Member(name) => {
                    let mut chars = name.chars();
                    let first = chars.next().map(|c| c.to_ascii_lowercase());
                    write!(f, "{dot}{}{}", first.map(String::from).unwrap_or_default(), chars.as_str())?;
                }
                Step::Item(index) => write!(f, "{dot}{}.member", index + 1)?,
                Step::Entry(key) => write!(f, "{dot}{key}.member")?,
            }
        }
        Ok(())
    }
}

/// Required members that a message lacks, gathered while it is read.
#[derive(Debug, Default)]
pub(crate) struct Missing {
    pub(crate) path: Path,
    /// Ordered, so that what is under a path is found without looking at the rest.
    found: BTreeSet<String>,
}

impl Missing {
    /// Notes each required member of `schema` that `seen` does not have.
    pub(crate) fn note(
        &mut self,
        schema: &'static crate::Schema,
        seen: &MemberSet,
    ) -> Result<(), DecodeError> {
        for (index, member) in schema.members.iter().enumerate() {
            if member.required && !seen.contains(index) {
                self.found.insert(self.path.to(member.name));
            }
        }
        self.bounded()
    }

    /// Notes a null where a value must stand.
    pub(crate) fn note_null_item(&mut self, index: usize) -> Result<(), DecodeError> {
        self.path.push(Step::Item(index));
        self.found.insert(self.path.to_string());
        self.path.pop();
        self.bounded()
    }

    fn bounded(&self) -> Result<(), DecodeError> {
        if self.found.len() > MAX_MISSING {
            return Err(DecodeError::malformed(format!(
                "More than {MAX_MISSING} required members are missing."
            )));
        }
        Ok(())
    }

    /// Forgets what was noted at or under the current path: the value there is being replaced.
    pub(crate) fn forget_here(&mut self) {
        if self.found.is_empty() {
            return;
        }
        let here = self.path.to_string();
        // `/` follows `.` in ASCII: between the two stands every path that continues this one.
        let under: Vec<String> = self
            .found
            .range(format!("{here}.")..format!("{here}/"))
            .chain(self.found.get(&here))
            .cloned()
            .collect();
        for path in under {
            self.found.remove(&path);
        }
    }

    /// The paths, in order.
    pub(crate) fn into_paths(self) -> Vec<String> {
        self.found.into_iter().collect()
    }
}

/// Which members of a structure a message had.
#[derive(Default)]
pub(crate) struct MemberSet {
    low: u64,
    high: Vec<usize>,
}

impl MemberSet {
    /// Adds a member; `false` when it was there already.
    pub(crate) fn insert(&mut self, index: usize) -> bool {
        if self.contains(index) {
            return false;
        }
        match u32::try_from(index).ok().filter(|i| *i < 64) {
            Some(bit) => self.low |= 1 << bit,
            None => self.high.push(index),
        }
        true
    }

    pub(crate) fn contains(&self, index: usize) -> bool {
        if index < 64 { self.low >> index & 1 == 1 } else { self.high.contains(&index) }
    }
}
