//! From what a request names to records.

use std::sync::Arc;

use ::api::logs::Error;
use auth::Cx;
use model::Arn;
use model::ids::Scope;
use series::{GroupId, StreamId};
use state::Snapshot;

use crate::errors;
use crate::record::{LogGroup, LogStream};

/// The group of that name.
pub(crate) fn group(snapshot: &Snapshot, cx: &Cx, name: &str) -> Result<Arc<LogGroup>, Error> {
    let key = LogGroup::key_of(&cx.scope, name);
    snapshot.get::<LogGroup>(key).cloned().ok_or_else(errors::no_group)
}

/// The group that exactly one of the two names: a name, or an identifier (name or ARN).
pub(crate) fn group_of(
    snapshot: &Snapshot,
    cx: &Cx,
    name: Option<&str>,
    identifier: Option<&str>,
) -> Result<Arc<LogGroup>, Error> {
    match (name, identifier) {
        (Some(name), None) => group(snapshot, cx, name),
        (None, Some(identifier)) => group_identified(snapshot, cx, identifier),
        // The rule is AWS's; its words are not established.
        (Some(_), Some(_)) | (None, None) => Err(Error::invalid_parameter(
            "You must include either logGroupIdentifier or logGroupName, but not both.",
        )),
    }
}

/// The group that a name or an ARN names.
pub(crate) fn group_identified(
    snapshot: &Snapshot,
    cx: &Cx,
    identifier: &str,
) -> Result<Arc<LogGroup>, Error> {
    if identifier.starts_with("arn:") {
        let name = name_in_arn(&cx.scope, identifier).ok_or_else(errors::no_group)?;
        group(snapshot, cx, name)
    } else {
        group(snapshot, cx, identifier)
    }
}

/// The name in a group's ARN, with or without `:*`; `None` for anything else, or one of another account or region.
pub(crate) fn name_in_arn<'a>(scope: &Scope, text: &'a str) -> Option<&'a str> {
    let arn: Arn = text.parse().ok()?;
    let is_ours = arn.service == "logs"
        && (&arn.partition, &arn.region, &arn.account) == (&scope.partition, &scope.region, &scope.account);
    let name = text.splitn(6, ':').nth(5)?.strip_prefix("log-group:")?;
    let name = name.strip_suffix(":*").unwrap_or(name);
    (is_ours && !name.is_empty() && !name.contains(':')).then_some(name)
}

/// The stream of that name.
pub(crate) fn stream(snapshot: &Snapshot, group: &LogGroup, name: &str) -> Result<Arc<LogStream>, Error> {
    let key = LogStream::key_of(group.number, name);
    snapshot.get::<LogStream>(key).cloned().ok_or_else(errors::no_stream)
}

/// The streams of a group whose names begin with `prefix` and come behind `after`, by name.
pub(crate) fn streams<'a>(
    snapshot: &'a Snapshot,
    group: &LogGroup,
    prefix: &str,
    after: Option<&str>,
) -> impl Iterator<Item = &'a Arc<LogStream>> + use<'a> {
    let (number, prefix, after) = (group.number, prefix.to_owned(), after.map(str::to_owned));
    let start = LogStream::key_of(number, after.as_deref().unwrap_or("").max(&*prefix));
    // `after` skips the key itself: the stream that is named exactly as the prefix comes first.
    let exact = if after.as_deref().is_none_or(|after| after < &*prefix) {
        snapshot.get::<LogStream>(&start)
    } else {
        None
    };
    let behind = snapshot.scan::<LogStream>().after(Some(start));
    exact.into_iter().chain(behind).take_while(move |s| s.group == number && s.name.starts_with(&prefix))
}

/// The name of a stream by its number.
pub(crate) fn stream_name(snapshot: &Snapshot, group: u64, stream: StreamId) -> Option<&str> {
    snapshot.by_index(LogStream::BY_NUMBER, (group, stream.0)).next().map(|stream| stream.name.as_str())
}

impl LogGroup {
    pub(crate) fn id(&self) -> GroupId {
        GroupId(self.number)
    }
}

impl LogStream {
    pub(crate) fn id(&self) -> StreamId {
        StreamId(self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_arns() {
        let scope = Scope::new("us-east-1", "000000000000");
        let rows = [
            ("arn:aws:logs:us-east-1:000000000000:log-group:/a/b", Some("/a/b")),
            ("arn:aws:logs:us-east-1:000000000000:log-group:/a/b:*", Some("/a/b")),
            ("arn:aws:logs:us-east-1:000000000000:log-group:/a/b:log-stream:c", None),
            ("arn:aws:logs:us-east-1:111111111111:log-group:/a/b", None),
            ("arn:aws:logs:eu-west-1:000000000000:log-group:/a/b", None),
            ("arn:aws:ecs:us-east-1:000000000000:log-group:/a/b", None),
            ("arn:aws:logs:us-east-1:000000000000:log-group:", None),
            ("arn:aws", None),
        ];
        for (arn, name) in rows {
            assert_eq!(name_in_arn(&scope, arn), name, "{arn}");
        }
    }
}
