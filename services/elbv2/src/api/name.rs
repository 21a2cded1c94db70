//! Names of load balancers and target groups.

use crate::errors::validation;
use ::api::elbv2::Error;

const LONGEST: usize = 32;

/// Checks a name; `what` begins the sentence.
pub(crate) fn check(what: &str, name: &str) -> Result<(), Error> {
    let said = |problem: &str| {
        let shown: String = name.chars().take(128).collect();
        Err(validation(format!("{what} name '{shown}' {problem}")))
    };
    if name.chars().count() > LONGEST {
        return said("cannot be longer than '32' characters");
    }
    if name.is_empty() {
        return said("cannot be empty");
    }
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return said("can only contain characters that are alphanumeric characters or hyphens(-)");
    }
    if name.starts_with('-') || name.ends_with('-') {
        return said("cannot begin or end with '-'");
    }
    if what != "Target group" && name.starts_with("internal-") {
        return said("cannot begin with 'internal-'");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_form() {
        for name in ["a", "web-1", &"x".repeat(32)] {
            assert!(check("Target group", name).is_ok(), "{name}");
        }
        for name in ["", "-a", "a-", "a_b", "ä", "a b", &"x".repeat(33)] {
            assert!(check("Target group", name).is_err(), "{name}");
        }
        assert!(check("The load balancer", "internal-web").is_err());
        assert!(check("Target group", "internal-web").is_ok());
    }
}
