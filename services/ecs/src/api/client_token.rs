//! `clientToken`: what a request may name to be carried out once.
//!
//! Source: the API reference. CreateService, CreateTaskSet, CreateDaemon: "Up to 36 ASCII characters in the range of 33-126 (inclusive) are allowed."
//! RunTask: "Up to 64 characters are allowed. The valid characters are characters in the range of 33-126, inclusive."

use api::ecs::Error;

/// Of what makes something that lasts.
pub(crate) const LONGEST: usize = 36;
pub(crate) const LONGEST_OF_RUN_TASK: usize = 64;

/// The token of a request, where it names one.
pub(crate) fn checked(given: Option<String>, longest: usize) -> Result<Option<String>, Error> {
    let token = given.filter(|t| !t.is_empty());
    let allowed = |t: &String| t.len() <= longest && t.bytes().all(|b| (33..=126).contains(&b));
    if token.as_ref().is_none_or(allowed) {
        return Ok(token);
    }
    // Not established: AWS's words.
    Err(Error::invalid_parameter(format!(
        "clientToken can have up to {longest} ASCII characters in the range of 33-126 (inclusive)."
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_short_and_visible() {
        let of = |text: &str| checked(Some(text.to_owned()), LONGEST).ok().flatten();
        assert_eq!(checked(None, LONGEST).expect("nothing is named"), None);
        assert_eq!(of(""), None);
        for good in ["a", "!~", &"x".repeat(36)] {
            assert_eq!(of(good).as_deref(), Some(good));
        }
        for bad in ["a b", "a\t", "\u{7f}", "\u{e9}", &"x".repeat(37)] {
            let refused = checked(Some((*bad).to_owned()), LONGEST).expect_err(bad);
            assert_eq!(
                refused.to_string(),
                "InvalidParameterException: clientToken can have up to 36 ASCII characters in the range of 33-126 (inclusive)."
            );
        }
        assert!(checked(Some("x".repeat(64)), LONGEST_OF_RUN_TASK).is_ok());
        assert!(checked(Some("x".repeat(65)), LONGEST_OF_RUN_TASK).is_err());
    }
}
