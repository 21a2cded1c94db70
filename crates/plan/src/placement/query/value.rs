//! The typed values that arguments are read into: versions and dates.

use model::Timestamp;
use std::cmp::Ordering;
use std::str::FromStr;

/// An agent's version: numbers between dots. `1.14` equals `1.14.0`; what follows a `-` or `+` is not compared.
#[derive(Clone, Debug)]
pub struct Version {
    text: String,
    numbers: Vec<u64>,
}

impl Version {
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Version {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let core = text.strip_prefix('v').unwrap_or(text);
        let core = core.split(['-', '+']).next().unwrap_or(core);
        let numbers = core.split('.').map(|part| part.parse().map_err(|_| ())).collect::<Result<_, _>>()?;
        Ok(Self { text: text.to_owned(), numbers })
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Version {}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let length = self.numbers.len().max(other.numbers.len());
        let padded =
            |v: &Self| (0..length).map(|i| v.numbers.get(i).copied().unwrap_or(0)).collect::<Vec<_>>();
        padded(self).cmp(&padded(other))
    }
}

/// Reads the forms that the guide lists: a date alone, with a time (then UTC), with `Z`, with an offset.
pub(super) fn parse_date(text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_once('T').map_or((text, None), |(d, t)| (d, Some(t)));
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
        return None;
    }
    let mut seconds = days_from_civil(year, month, day) * 86_400;
    if let Some(time) = time {
        let (clock, offset) = split_offset(time)?;
        let [h, m, s] = numbers(clock, ':', [2, 2, 2])?;
        if h > 23 || m > 59 || s > 59 {
            return None;
        }
        seconds += h * 3600 + m * 60 + s - offset;
    }
    Some(Timestamp(seconds * 1000))
}

/// Splits `22:28:28+00:00` into the clock and the offset in seconds.
fn split_offset(time: &str) -> Option<(&str, i64)> {
    if let Some(clock) = time.strip_suffix('Z') {
        return Some((clock, 0));
    }
    let Some(at) = time.find(['+', '-']) else { return Some((time, 0)) };
    let [h, m] = numbers(&time[at + 1..], ':', [2, 2])?;
    if h > 18 || m > 59 {
        return None;
    }
    let offset = h * 3600 + m * 60;
    Some((&time[..at], if time[at..].starts_with('-') { -offset } else { offset }))
}

fn numbers<const N: usize>(text: &str, separator: char, widths: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(separator);
    let mut result = [0; N];
    for (slot, width) in result.iter_mut().zip(widths) {
        let part = parts.next().filter(|p| p.len() == width && p.bytes().all(|b| b.is_ascii_digit()))?;
        *slot = part.parse().ok()?;
    }
    parts.next().is_none().then_some(result)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar: years are counted from March, so that the leap day comes last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + leap_days + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let cases = [
            ("1970-01-01", Some(0)),
            ("2018-06-18T22:28:28+00:00", Some(1_529_360_908)),
            ("2018-06-18T22:28:28Z", Some(1_529_360_908)),
            ("2018-06-18T22:28:28", Some(1_529_360_908)),
            ("2018-06-18T22:28:28+02:00", Some(1_529_353_708)),
            ("2018-06-18T22:28:28-02:00", Some(1_529_368_108)),
            ("2000-02-29", Some(951_782_400)),
            ("1969-12-31", Some(-86_400)),
            ("1900-02-29", None),
            ("2018-13-01", None),
            ("2018-6-18", None),
            ("2018-06-18T24:00:00", None),
            ("2018-06-18T22:28", None),
            ("", None),
            ("T", None),
        ];
        for (text, seconds) in cases {
            assert_eq!(parse_date(text), seconds.map(|s: i64| Timestamp(s * 1000)), "{text}");
        }
    }

    #[test]
    fn versions_compare_by_number() {
        let v = |t: &str| t.parse::<Version>().expect("a version");
        assert!(v("1.9.0") < v("1.14.5"));
        assert_eq!(v("1.14"), v("1.14.0"));
        assert_eq!(v("v1.14.0-rc1"), v("1.14"));
        assert!("".parse::<Version>().is_err());
        assert!("one".parse::<Version>().is_err());
    }
}
