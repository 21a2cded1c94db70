//! What every Describe operation does: ids, filters, pages.
//!
//! A filter has values; one of them must fit, and every filter must. `*` stands for any characters and `?` for one; a backslash takes their meaning away.
//! Source: "Filter your resources", Amazon EC2 user guide, 2025.

use crate::errors;
use crate::resource::Resource;
use api::ec2::{Error, Filter};
use auth::Cx;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::Tag;
use state::Snapshot;
use std::sync::Arc;

/// "You can use up to 50 filters and up to 200 values per filter in a single request."
const MOST_FILTERS: usize = 50;
const MOST_VALUES: usize = 200;

/// A filter's name, and the values that a record has for it.
pub(crate) type Field<T> = (&'static str, fn(&T, &Snapshot) -> Vec<String>);

/// Filters of a request, checked against the names that there are.
pub(crate) struct Filters<'a, T> {
    filters: Vec<(Wanted<'a, T>, &'a [String])>,
}

enum Wanted<'a, T> {
    Field(fn(&T, &Snapshot) -> Vec<String>),
    /// `tag:KEY`
    Tag(&'a str),
    /// `tag-key`
    TagKey,
}

impl<'a, T> Filters<'a, T> {
    /// `tagged` says whether the filters on tags exist too.
    pub(crate) fn new(given: Option<&'a [Filter]>, fields: &[Field<T>], tagged: bool) -> Result<Self, Error> {
        let given = given.unwrap_or_default();
        if given.len() > MOST_FILTERS {
            return Err(Error::invalid_parameter_value(format!(
                "The number of filters exceeds the maximum of {MOST_FILTERS}."
            )));
        }
        let filters = given.iter().map(|filter| {
            let name = filter
                .name
                .as_deref()
                .filter(|n| !n.is_empty())
                .ok_or_else(|| errors::missing("Filter.Name"))?;
            let values = filter.values.as_deref().unwrap_or_default();
            if values.is_empty() {
                return Err(Error::invalid_parameter_value(format!("The filter '{name}' must have a value")));
            }
            if values.len() > MOST_VALUES {
                return Err(Error::invalid_parameter_value(format!(
                    "The number of values of filter '{name}' exceeds the maximum of {MOST_VALUES}."
                )));
            }
            let field =
                fields.iter().find(|(known, _)| *known == name).map(|(_, values)| Wanted::Field(*values));
            let wanted = match (field, name.strip_prefix("tag:")) {
                (Some(field), _) => field,
                (None, Some(key)) if tagged => Wanted::Tag(key),
                (None, None) if tagged && name == "tag-key" => Wanted::TagKey,
                (None, _) => {
                    return Err(Error::invalid_parameter_value(format!("The filter '{name}' is invalid")));
                }
            };
            Ok((wanted, values))
        });
        Ok(Self { filters: filters.collect::<Result<_, _>>()? })
    }

    pub(crate) fn fit(&self, record: &T, tags: &[Tag], snapshot: &Snapshot) -> bool {
        self.filters.iter().all(|(wanted, patterns)| {
            let fits = |value: &str| patterns.iter().any(|pattern| matches(pattern, value));
            match wanted {
                Wanted::Field(values) => values(record, snapshot).iter().any(|value| fits(value)),
                Wanted::Tag(key) => tags.iter().any(|tag| tag.key == *key && fits(&tag.value)),
                Wanted::TagKey => tags.iter().any(|tag| fits(&tag.key)),
            }
        })
    }
}

/// Ids, filters and page of a request.
pub(crate) struct Query<'a> {
    pub(crate) dry_run: Option<bool>,
    pub(crate) ids: Option<&'a [String]>,
    pub(crate) filters: Option<&'a [Filter]>,
    pub(crate) max_results: Option<i32>,
    pub(crate) next_token: Option<&'a str>,
}

/// A part of a list, and how to go on.
pub(crate) struct Page<T> {
    pub(crate) records: Vec<T>,
    pub(crate) next_token: Option<String>,
}

impl<T> Page<T> {
    /// Each record as it is shown.
    pub(crate) fn shown<S>(&self, show: impl Fn(&T) -> S) -> Option<Vec<S>> {
        Some(self.records.iter().map(show).collect())
    }
}

/// The records that a query asks for, in order of their ids.
pub(crate) fn select<T: Resource>(
    snapshot: &Snapshot,
    cx: &Cx,
    query: &Query<'_>,
    fields: &[Field<T>],
) -> Result<Page<Arc<T>>, Error> {
    let filters = Filters::new(query.filters, fields, true)?;
    let ids = query.ids.unwrap_or_default();
    if !ids.is_empty() && query.max_results.is_some() {
        return Err(Error::invalid_parameter_combination(
            "The parameter maxResults cannot be used with a list of ids.",
        ));
    }
    if query.dry_run == Some(true) {
        return Err(errors::dry_run());
    }
    if !ids.is_empty() {
        let mut records = Vec::with_capacity(ids.len());
        for id in ids {
            let record = crate::resource::find::<T>(snapshot, &cx.scope, id)?;
            if !records.iter().any(|r: &Arc<T>| Arc::ptr_eq(r, &record))
                && filters.fit(&record, record.tags(), snapshot)
            {
                records.push(record);
            }
        }
        return Ok(Page { records, next_token: None });
    }
    let after = query.next_token.map(key_of_token).transpose()?;
    let found = snapshot
        .by_index(T::by_scope(), &cx.scope)
        .after(after)
        .filter(|record| filters.fit(record, record.tags(), snapshot))
        .cloned();
    Ok(page(found, query.max_results, |record| record.key()))
}

/// The first `most` of what is found.
pub(crate) fn page<T>(
    mut found: impl Iterator<Item = T>,
    most: Option<i32>,
    key: impl Fn(&T) -> String,
) -> Page<T> {
    let Some(most) = most.and_then(|most| usize::try_from(most).ok()) else {
        return Page { records: found.collect(), next_token: None };
    };
    let records: Vec<T> = found.by_ref().take(most).collect();
    let last = records.last().filter(|_| found.next().is_some());
    let next_token = last.map(|last| URL_SAFE_NO_PAD.encode(key(last)));
    Page { records, next_token }
}

/// The key that a token continues behind.
pub(crate) fn key_of_token(token: &str) -> Result<String, Error> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
    let key = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).filter(|key| !key.is_empty());
    key.ok_or_else(|| Error::invalid_next_token("The token is not valid."))
}

/// Whether a value fits a pattern. Linear but for the last `*`, to which it returns.
pub(crate) fn matches(pattern: &str, value: &str) -> bool {
    let pattern = parts(pattern);
    let value: Vec<char> = value.chars().collect();
    let (mut p, mut v) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while v < value.len() {
        match pattern.get(p) {
            Some(Part::Many) => {
                star = Some((p, v));
                p += 1;
            }
            Some(Part::One) => (p, v) = (p + 1, v + 1),
            Some(Part::Char(c)) if *c == value[v] => (p, v) = (p + 1, v + 1),
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    (p, v) = (at + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|part| matches!(part, Part::Many))
}

enum Part {
    Many,
    One,
    Char(char),
}

fn parts(pattern: &str) -> Vec<Part> {
    let mut chars = pattern.chars();
    let mut parts = Vec::new();
    while let Some(c) = chars.next() {
        parts.push(match c {
            '*' => Part::Many,
            '?' => Part::One,
            '\\' => Part::Char(chars.next().unwrap_or('\\')),
            c => Part::Char(c),
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_as_aws_says() {
        let cases = [
            ("web", "web", true),
            ("web", "Web", false),
            ("*amazon*", "an amazon box", true),
            ("d?tabase", "database", true),
            ("d?tabase", "dtabase", false),
            ("\\*amazon\\?\\\\", "*amazon?\\", true),
            ("\\*", "x", false),
            ("*", "", true),
            ("a*b*c", "abbbcbc", true),
            ("a*b*c", "abbbcb", false),
            ("", "", true),
            ("", "x", false),
        ];
        for (pattern, value, expected) in cases {
            assert_eq!(matches(pattern, value), expected, "{pattern} {value}");
        }
    }

    #[test]
    fn a_hostile_pattern_ends() {
        assert!(!matches(&"*a".repeat(200), &"a".repeat(190)));
    }

    #[test]
    fn pages_go_on_behind_their_last() {
        let first = page([1, 2, 3].into_iter(), Some(2), ToString::to_string);
        assert_eq!(first.records, [1, 2]);
        let token = first.next_token.expect("there is more");
        assert_eq!(key_of_token(&token).expect("ours"), "2");
        assert!(page([1, 2].into_iter(), Some(2), ToString::to_string).next_token.is_none());
        assert!(key_of_token("%").is_err());
    }
}
