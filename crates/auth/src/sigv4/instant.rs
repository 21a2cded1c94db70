//! The two forms of time in a signed request: ISO 8601's basic form to the second, and HTTP's date.

use model::Timestamp;

const DAY_MS: i64 = 86_400_000;

/// `20150830T123600Z`, and nothing else.
pub(super) fn parse_basic(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    if bytes.len() != 16 || bytes[8] != b'T' || bytes[15] != b'Z' {
        return None;
    }
    let number = |from: usize, to: usize| {
        bytes[from..to]
            .iter()
            .try_fold(0i64, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
    };
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let (hour, minute, second) = (number(9, 11)?, number(11, 13)?, number(13, 15)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = days_from_civil(year, month, day);
    // The way back catches a thirteenth month and the 30th of February.
    (civil_from_days(days) == (year, month, day))
        .then(|| Timestamp::from_millis(days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000))
}

/// `Sun, 30 Aug 2015 12:36:00 GMT` in any of HTTP's three forms.
pub(super) fn parse_http(text: &str) -> Option<Timestamp> {
    httpdate::parse_http_date(text).ok().map(Timestamp::from)
}

/// The basic form of an instant.
pub(super) fn basic(at: Timestamp) -> String {
    let (year, month, day) = civil_from_days(at.millis().div_euclid(DAY_MS));
    let second = at.millis().rem_euclid(DAY_MS) / 1000;
    format!("{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

/// Days since 1970-01-01 of a date of the Gregorian calendar (years counted from March, in eras of 400).
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The other way round.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_instants() {
        let at = Timestamp::from_millis(1_440_938_160_000);
        assert_eq!(basic(at), "20150830T123600Z");
        assert_eq!(parse_basic("20150830T123600Z"), Some(at));
        assert_eq!(parse_http("Sun, 30 Aug 2015 12:36:00 GMT"), Some(at));
        assert_eq!(parse_basic("20000229T000000Z"), Some(Timestamp::from_millis(951_782_400_000)));
        assert_eq!(parse_basic("19700101T000000Z"), Some(Timestamp::from_millis(0)));
    }

    #[test]
    fn other_texts_are_no_instants() {
        for text in [
            "",
            "20150830",
            "2015-08-30T12:36:00Z",
            "20150830T123600",
            "20150830T123600z",
            "20150230T000000Z",
            "20151301T000000Z",
            "20150001T000000Z",
            "20150830T243600Z",
            "20150830T126000Z",
            "+0150830T123600Z",
            "20150830T1236é0Z",
        ] {
            assert_eq!(parse_basic(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_what_is_parsed(second in 0i64..253_402_300_799) {
            let at = Timestamp::from_millis(second * 1000);
            prop_assert_eq!(parse_basic(&basic(at)), Some(at));
        }
    }
}
