//! An instant with millisecond precision, and the three forms in which AWS writes it.
//!
//! Calendar arithmetic is the proleptic Gregorian one (days from civil, after Howard Hinnant's description). Nothing here
//! reads a clock.

use std::fmt;

use crate::schema::TimestampFormat;

const MS_PER_DAY: i64 = 86_400_000;
/// 0000-01-01 and 9999-12-31T23:59:59.999, the range in which all three forms can be written.
const RANGE_MS: std::ops::RangeInclusive<i64> = -62_167_219_200_000..=253_402_300_799_999;
const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    pub const fn from_epoch_ms(ms: i64) -> Self {
        Timestamp(ms)
    }

    pub const fn epoch_ms(self) -> i64 {
        self.0
    }

    /// Rounds to the millisecond. `None` for NaN, infinities and instants outside the years 0 to 9999.
    pub fn from_epoch_seconds(seconds: f64) -> Option<Self> {
        let ms = (seconds * 1000.0).round();
        // The range check makes the cast exact; NaN fails it.
        (ms >= *RANGE_MS.start() as f64 && ms <= *RANGE_MS.end() as f64).then_some(Timestamp(ms as i64))
    }

    /// Writes in the given form. Instants outside the years 0 to 9999 are clamped to that range.
    pub fn format(self, format: TimestampFormat) -> String {
        let ms = self.0.clamp(*RANGE_MS.start(), *RANGE_MS.end());
        if format == TimestampFormat::EpochSeconds {
            return format_epoch_seconds(ms);
        }
        let days = ms.div_euclid(MS_PER_DAY);
        let of_day = ms.rem_euclid(MS_PER_DAY);
        let (year, month, day) = civil_from_days(days);
        let (hour, minute, second, milli) =
            (of_day / 3_600_000, of_day / 60_000 % 60, of_day / 1000 % 60, of_day % 1000);
        match format {
            TimestampFormat::HttpDate => {
                let weekday = DAYS[days.rem_euclid(7) as usize];
                let month = MONTHS[month as usize - 1];
                format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
            }
            _ if milli == 0 => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"),
            _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"),
        }
    }

    /// Reads any of the three forms, whichever the text has. AWS's servers are as lenient.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        parse_iso8601(text).or_else(|| parse_http_date(text)).or_else(|| {
            let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
            plain.then(|| text.parse().ok().and_then(Timestamp::from_epoch_seconds)).flatten()
        })
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(TimestampFormat::Iso8601))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

fn format_epoch_seconds(ms: i64) -> String {
    let sign = if ms < 0 { "-" } else { "" };
    let (seconds, milli) = (ms.unsigned_abs() / 1000, ms.unsigned_abs() % 1000);
    if milli == 0 {
        return format!("{sign}{seconds}");
    }
    let decimals = format!("{milli:03}");
    format!("{sign}{seconds}.{}", decimals.trim_end_matches('0'))
}

/// Year, month 1–12, day 1–31 of a day counted from the epoch.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn from_parts(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> Option<i64> {
    let days = days_from_civil(year, month, day);
    let exists = (0..=9999).contains(&year)
        && (1..=12).contains(&month)
        && civil_from_days(days) == (year, month, day);
    // 60 is a leap second; like everybody else we count it into the next minute.
    (exists && hour < 24 && minute < 60 && second <= 60)
        .then_some(days * MS_PER_DAY + hour * 3_600_000 + minute * 60_000 + second * 1000)
}

fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn parse_iso8601(text: &str) -> Option<Timestamp> {
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let mut parts = date.splitn(3, '-');
    let (year, month, day) = (number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?);
    if rest.is_empty() {
        return from_parts(year, month, day, 0, 0, 0).map(Timestamp);
    }
    let time = rest.strip_prefix(['T', 't', ' '])?;
    let zone_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = (time.get(..zone_at)?, time.get(zone_at..)?);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = clock.splitn(3, ':');
    let (hour, minute, second) = (number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?);
    let milli = number(&format!("{:0<3}", fraction.get(..fraction.len().min(3))?))?;
    fraction.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
    let instant = from_parts(year, month, day, hour, minute, second)? + milli;
    Some(Timestamp(instant - zone_offset_ms(zone)?))
}

fn zone_offset_ms(zone: &str) -> Option<i64> {
    if matches!(zone, "" | "Z" | "z") {
        return Some(0);
    }
    let (sign, rest) =
        if let Some(rest) = zone.strip_prefix('+') { (1, rest) } else { (-1, zone.strip_prefix('-')?) };
    let (hours, minutes) = match rest.split_once(':') {
        Some((hours, minutes)) => (number(hours)?, number(minutes)?),
        None => (number(rest.get(..2)?)?, rest.get(2..).filter(|m| !m.is_empty()).map_or(Some(0), number)?),
    };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3_600_000 + minutes * 60_000))
}

fn parse_http_date(text: &str) -> Option<Timestamp> {
    let (_, rest) = text.split_once(", ")?;
    let mut parts = rest.split(' ');
    let day = number(parts.next()?)?;
    let month_name = parts.next()?;
    let month = MONTHS.iter().position(|m| *m == month_name)? as i64 + 1;
    let year = number(parts.next()?)?;
    let clock = parts.next()?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut hms = clock.splitn(3, ':');
    let (hour, minute, second) = (number(hms.next()?)?, number(hms.next()?)?, number(hms.next()?)?);
    let milli = number(&format!("{:0<3}", fraction.get(..fraction.len().min(3))?))?;
    (parts.next() == Some("GMT")).then_some(())?;
    Some(Timestamp(from_parts(year, month, day, hour, minute, second)? + milli))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_and_writes_the_three_forms() {
        let cases = [
            (1_422_172_800_000, "1422172800", "2015-01-25T08:00:00Z", "Sun, 25 Jan 2015 08:00:00 GMT"),
            (946_845_296_123, "946845296.123", "2000-01-02T20:34:56.123Z", "Sun, 02 Jan 2000 20:34:56 GMT"),
            (-1, "-0.001", "1969-12-31T23:59:59.999Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
            (1_709_164_800_000, "1709164800", "2024-02-29T00:00:00Z", "Thu, 29 Feb 2024 00:00:00 GMT"),
        ];
        for (ms, epoch, iso, http) in cases {
            let instant = Timestamp::from_epoch_ms(ms);
            assert_eq!(instant.format(TimestampFormat::EpochSeconds), epoch);
            assert_eq!(instant.format(TimestampFormat::Iso8601), iso);
            assert_eq!(instant.format(TimestampFormat::HttpDate), http);
            assert_eq!(Timestamp::parse(epoch), Some(instant));
            assert_eq!(Timestamp::parse(iso), Some(instant));
        }
    }

    #[test]
    fn reads_offsets_and_refuses_what_is_no_date() {
        let shifted = Timestamp::parse("2019-12-17T00:48:18+01:00");
        assert_eq!(shifted, Timestamp::parse("2019-12-16T23:48:18Z"));
        for bad in [
            "",
            "x",
            "2024-02-30T00:00:00Z",
            "2024-13-01",
            "2024-01-01T25:00:00Z",
            "NaN",
            "inf",
            "1e400",
            "9999999999999",
        ] {
            assert_eq!(Timestamp::parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_form_round_trips(ms in RANGE_MS) {
            let instant = Timestamp::from_epoch_ms(ms);
            prop_assert_eq!(Timestamp::parse(&instant.format(TimestampFormat::Iso8601)), Some(instant));
            let seconds = Timestamp::from_epoch_ms(ms - ms.rem_euclid(1000));
            prop_assert_eq!(Timestamp::parse(&instant.format(TimestampFormat::HttpDate)), Some(seconds));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*") {
            let _ = Timestamp::parse(&text);
        }
    }
}
