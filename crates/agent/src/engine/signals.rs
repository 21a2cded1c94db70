//! Names of signals, as images and task definitions write them. Numbers are those of Linux on x86-64 and ARM.

pub(super) const SIGKILL: i32 = 9;
pub(super) const SIGTERM: i32 = 15;

const NAMES: [(&str, i32); 31] = [
    ("HUP", 1),
    ("INT", 2),
    ("QUIT", 3),
    ("ILL", 4),
    ("TRAP", 5),
    ("ABRT", 6),
    ("BUS", 7),
    ("FPE", 8),
    ("KILL", 9),
    ("USR1", 10),
    ("SEGV", 11),
    ("USR2", 12),
    ("PIPE", 13),
    ("ALRM", 14),
    ("TERM", 15),
    ("STKFLT", 16),
    ("CHLD", 17),
    ("CONT", 18),
    ("STOP", 19),
    ("TSTP", 20),
    ("TTIN", 21),
    ("TTOU", 22),
    ("URG", 23),
    ("XCPU", 24),
    ("XFSZ", 25),
    ("VTALRM", 26),
    ("PROF", 27),
    ("WINCH", 28),
    ("IO", 29),
    ("PWR", 30),
    ("SYS", 31),
];

/// `SIGQUIT`, `quit`, `3`, `RTMIN+3`.
pub(super) fn number(name: &str) -> Option<i32> {
    if let Ok(number) = name.parse::<i32>() {
        return (1..=64).contains(&number).then_some(number);
    }
    let upper = name.to_ascii_uppercase();
    let plain = upper.strip_prefix("SIG").unwrap_or(&upper);
    if let Some(rest) = plain.strip_prefix("RTMIN") {
        let more = if rest.is_empty() { 0 } else { rest.strip_prefix('+')?.parse::<i32>().ok()? };
        return (0..=30).contains(&more).then_some(34 + more);
    }
    if let Some(rest) = plain.strip_prefix("RTMAX") {
        let less = if rest.is_empty() { 0 } else { rest.strip_prefix('-')?.parse::<i32>().ok()? };
        return (0..=30).contains(&less).then_some(64 - less);
    }
    NAMES.iter().find(|(n, _)| *n == plain).map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers() {
        let cases = [
            ("SIGQUIT", Some(3)),
            ("term", Some(15)),
            ("9", Some(9)),
            ("SIGRTMIN+3", Some(37)),
            ("RTMAX-1", Some(63)),
        ];
        for (name, expected) in cases.into_iter().chain([("SIGNOPE", None), ("0", None), ("RTMIN3", None)]) {
            assert_eq!(number(name), expected, "{name}");
        }
    }
}
