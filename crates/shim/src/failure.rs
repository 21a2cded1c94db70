//! Why something could not be started, as one line of text that fits through a pipe between processes that share no memory.

use std::fmt;
use std::str::FromStr;

/// The step that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Executing the command.
    Command,
    /// Entering the working directory.
    Cwd,
    /// Setting a limit.
    Limit,
    /// Loading the system call filter.
    Seccomp,
    /// Setting user, groups or capabilities.
    Identity,
    /// The process to enter is gone.
    Gone,
    /// Making the container.
    Create,
}

impl Step {
    const ALL: [(Self, &str); 7] = [
        (Self::Command, "command"),
        (Self::Cwd, "cwd"),
        (Self::Limit, "limit"),
        (Self::Seccomp, "seccomp"),
        (Self::Identity, "identity"),
        (Self::Gone, "gone"),
        (Self::Create, "create"),
    ];
}

/// Why a process was not started. Its text form is `step TAB errno TAB detail` without line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Which step.
    pub step: Step,
    /// The system's error number; 0 when there is none.
    pub errno: i32,
    /// On what.
    pub detail: String,
}

impl Failure {
    /// With the error number of the last system call.
    pub fn last(step: Step, detail: impl Into<String>) -> Self {
        Self::of(step, &std::io::Error::last_os_error(), detail)
    }

    /// With the number of this error.
    pub fn of(step: Step, error: &std::io::Error, detail: impl Into<String>) -> Self {
        Self { step, errno: error.raw_os_error().unwrap_or(0), detail: detail.into() }
    }

    /// While making the container.
    pub fn create(detail: impl Into<String>) -> Self {
        Self { step: Step::Create, errno: 0, detail: detail.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = Step::ALL.iter().find(|(step, _)| *step == self.step).map_or("create", |(_, name)| name);
        write!(f, "{step}\t{}\t{}", self.errno, self.detail.replace(['\n', '\r'], " "))
    }
}

impl FromStr for Failure {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let mut parts = line.trim_end_matches('\n').splitn(3, '\t');
        let (Some(step), Some(errno), Some(detail)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(format!("{line:?} is no failure"));
        };
        let step = Step::ALL.iter().find(|(_, name)| *name == step).map(|(step, _)| *step);
        match (step, errno.parse()) {
            (Some(step), Ok(errno)) => Ok(Self { step, errno, detail: detail.to_owned() }),
            _ => Err(format!("{line:?} is no failure")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, Step};

    #[test]
    fn text_form_round_trips() {
        for (step, _) in Step::ALL {
            let failure = Failure { step, errno: 13, detail: "a\tb".to_owned() };
            assert_eq!(failure.to_string().parse::<Failure>(), Ok(failure));
        }
        assert!("nonsense".parse::<Failure>().is_err());
        assert_eq!(Failure::create("two\nlines").to_string(), "create\t0\ttwo lines");
    }
}
