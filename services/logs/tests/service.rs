//! The operations against a state in memory and an event store on disk.

#![allow(clippy::unwrap_used, reason = "a test may end by panic")]

use std::collections::BTreeMap;

use api::logs::Logs as _;
use api::logs::*;
use auth::{Cx, Scope, Seed, Timestamp};
use futures_util::StreamExt;
use logs::{Logs, TABLES};
use series::{EventSeries, GroupId, Options};

const DAY_MS: i64 = 86_400_000;
const NOW: i64 = 1_700_000_000_000;

struct Rig {
    logs: Logs,
    events: EventSeries,
    _dir: tempfile::TempDir,
    requests: std::cell::Cell<u8>,
    now: std::cell::Cell<i64>,
}

impl Rig {
    fn new() -> Rig {
        let dir = tempfile::tempdir().unwrap();
        let events = EventSeries::open(dir.path(), Options::default()).unwrap();
        let logs = Logs::new(state::testing::state(TABLES), events.clone());
        Rig { logs, events, _dir: dir, requests: 0.into(), now: NOW.into() }
    }

    fn cx(&self) -> Cx {
        self.requests.set(self.requests.get().wrapping_add(1));
        let scope = Scope::new("us-east-1", "000000000000");
        let seed = Seed::from_bytes([self.requests.get(); 32]);
        Cx::system("test", scope, Timestamp::from_millis(self.now.get()), seed)
    }

    async fn group(&self, name: &str) {
        let input = CreateLogGroupRequest { log_group_name: name.into(), ..Default::default() };
        self.logs.create_log_group(&self.cx(), input).await.unwrap();
    }

    async fn stream(&self, group: &str, name: &str) {
        let input = CreateLogStreamRequest { log_group_name: group.into(), log_stream_name: name.into() };
        self.logs.create_log_stream(&self.cx(), input).await.unwrap();
    }

    async fn put(&self, group: &str, stream: &str, events: &[(i64, &str)]) -> PutLogEventsResponse {
        let log_events =
            events.iter().map(|(t, m)| InputLogEvent { timestamp: NOW + t, message: (*m).into() }).collect();
        let input = PutLogEventsRequest {
            log_group_name: group.into(),
            log_stream_name: stream.into(),
            log_events,
            ..Default::default()
        };
        self.logs.put_log_events(&self.cx(), input).await.unwrap()
    }

    async fn get(&self, input: GetLogEventsRequest) -> (Vec<String>, String, String) {
        let output = self.logs.get_log_events(&self.cx(), input).await.unwrap();
        let messages = output.events.unwrap().into_iter().map(|e| e.message.unwrap()).collect();
        (messages, output.next_forward_token.unwrap(), output.next_backward_token.unwrap())
    }

    async fn filter(&self, input: FilterLogEventsRequest) -> (Vec<String>, Option<String>) {
        let output = self.logs.filter_log_events(&self.cx(), input).await.unwrap();
        assert_eq!(output.searched_log_streams, Some(vec![]));
        (output.events.unwrap().into_iter().map(|e| e.message.unwrap()).collect(), output.next_token)
    }

    async fn stream_names(&self, input: DescribeLogStreamsRequest) -> Vec<String> {
        let mut names = Vec::new();
        let mut input = DescribeLogStreamsRequest { limit: Some(2), ..input };
        loop {
            let page = self.logs.describe_log_streams(&self.cx(), input.clone()).await.unwrap();
            let found = page.log_streams.unwrap();
            assert!(found.len() <= 2);
            names.extend(found.into_iter().map(|s| s.log_stream_name.unwrap()));
            match page.next_token {
                Some(token) => input.next_token = Some(token),
                None => return names,
            }
        }
    }
}

fn get(stream: &str) -> GetLogEventsRequest {
    GetLogEventsRequest {
        log_group_name: Some("g".into()),
        log_stream_name: stream.into(),
        start_from_head: Some(true),
        ..Default::default()
    }
}

fn filter(pattern: &str) -> FilterLogEventsRequest {
    FilterLogEventsRequest {
        log_group_name: Some("g".into()),
        filter_pattern: Some(pattern.into()),
        ..Default::default()
    }
}

fn said<T: std::fmt::Debug>(result: Result<T, Error>) -> (ErrorCode, String) {
    let error = result.unwrap_err();
    (error.code, error.message)
}

#[tokio::test]
async fn groups_come_and_go() {
    let rig = Rig::new();
    for name in ["/ecs/b", "/ecs/a", "/aws/c"] {
        rig.group(name).await;
    }
    let again = CreateLogGroupRequest { log_group_name: "/ecs/a".into(), ..Default::default() };
    let (code, message) = said(rig.logs.create_log_group(&rig.cx(), again.clone()).await);
    assert_eq!(code, ErrorCode::ResourceAlreadyExistsException);
    assert_eq!(message, "The specified log group already exists");
    let protected = CreateLogGroupRequest {
        deletion_protection_enabled: Some(true),
        log_group_name: "p".into(),
        ..Default::default()
    };
    assert_eq!(
        said(rig.logs.create_log_group(&rig.cx(), protected).await).0,
        ErrorCode::InvalidParameterException
    );

    let describe = |input: DescribeLogGroupsRequest| async {
        rig.logs.describe_log_groups(&rig.cx(), input).await.unwrap()
    };
    let page = describe(DescribeLogGroupsRequest { limit: Some(2), ..Default::default() }).await;
    let groups = page.log_groups.unwrap();
    assert_eq!(
        groups.iter().map(|g| g.log_group_name.as_deref().unwrap()).collect::<Vec<_>>(),
        ["/aws/c", "/ecs/a"]
    );
    let arn = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/c";
    assert_eq!(groups[0].arn.as_deref(), Some(format!("{arn}:*").as_str()));
    assert_eq!(groups[0].log_group_arn.as_deref(), Some(arn));
    assert_eq!((groups[0].creation_time, groups[0].metric_filter_count), (Some(NOW), Some(0)));
    let rest = DescribeLogGroupsRequest { next_token: page.next_token.clone(), ..Default::default() };
    assert_eq!(describe(rest).await.log_groups.unwrap().len(), 1);
    let names = |output: DescribeLogGroupsResponse| -> Vec<String> {
        output.log_groups.unwrap().into_iter().map(|g| g.log_group_name.unwrap()).collect()
    };
    let prefixed =
        DescribeLogGroupsRequest { log_group_name_prefix: Some("/ecs".into()), ..Default::default() };
    assert_eq!(names(describe(prefixed.clone()).await), ["/ecs/a", "/ecs/b"]);
    let pattern = DescribeLogGroupsRequest { log_group_name_pattern: Some("c".into()), ..Default::default() };
    assert_eq!(names(describe(pattern).await), ["/aws/c", "/ecs/a", "/ecs/b"]);
    let identified = DescribeLogGroupsRequest {
        log_group_identifiers: Some(vec![arn.into(), "/ecs/b".into(), "none".into()]),
        ..Default::default()
    };
    assert_eq!(names(describe(identified).await), ["/aws/c", "/ecs/b"]);
    let both = DescribeLogGroupsRequest { log_group_name_pattern: Some("x".into()), ..prefixed.clone() };
    assert_eq!(
        said(rig.logs.describe_log_groups(&rig.cx(), both).await).1,
        "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters."
    );
    // A token of another question.
    let foreign = DescribeLogGroupsRequest { next_token: page.next_token, ..prefixed };
    assert_eq!(
        said(rig.logs.describe_log_groups(&rig.cx(), foreign).await).1,
        "The specified nextToken is invalid."
    );

    let delete = DeleteLogGroupRequest { log_group_name: "/ecs/a".into() };
    rig.logs.delete_log_group(&rig.cx(), delete.clone()).await.unwrap();
    let (code, message) = said(rig.logs.delete_log_group(&rig.cx(), delete).await);
    assert_eq!(code, ErrorCode::ResourceNotFoundException);
    assert_eq!(message, "The specified log group does not exist.");
}

#[tokio::test]
async fn a_name_made_again_starts_empty() {
    let rig = Rig::new();
    rig.group("g").await;
    rig.stream("g", "s").await;
    rig.put("g", "s", &[(0, "old")]).await;
    rig.logs.delete_log_group(&rig.cx(), DeleteLogGroupRequest { log_group_name: "g".into() }).await.unwrap();
    rig.group("g").await;
    assert_eq!(
        said(rig.logs.get_log_events(&rig.cx(), get("s")).await).1,
        "The specified log stream does not exist."
    );
    rig.stream("g", "s").await;
    assert_eq!(rig.get(get("s")).await.0, [""; 0]);
    rig.put("g", "s", &[(0, "new")]).await;
    let delete = DeleteLogStreamRequest { log_group_name: "g".into(), log_stream_name: "s".into() };
    rig.logs.delete_log_stream(&rig.cx(), delete).await.unwrap();
    rig.stream("g", "s").await;
    assert_eq!(rig.get(get("s")).await.0, [""; 0]);
    assert_eq!(rig.filter(filter("")).await.0, [""; 0]);
}

#[tokio::test]
async fn streams_are_listed_by_name_and_by_last_event() {
    let rig = Rig::new();
    rig.group("g").await;
    rig.group("h").await;
    for name in ["web", "web/b", "web/a", "x", "w"] {
        rig.stream("g", name).await;
    }
    rig.stream("h", "web/other").await;
    rig.put("g", "x", &[(-3, "1")]).await;
    rig.put("g", "w", &[(-1, "2"), (5, "3")]).await;
    rig.put("g", "web/b", &[(-2, "4")]).await;
    let by_name = DescribeLogStreamsRequest { log_group_name: Some("g".into()), ..Default::default() };
    assert_eq!(rig.stream_names(by_name.clone()).await, ["w", "web", "web/a", "web/b", "x"]);
    let prefixed =
        DescribeLogStreamsRequest { log_stream_name_prefix: Some("web".into()), ..by_name.clone() };
    assert_eq!(rig.stream_names(prefixed.clone()).await, ["web", "web/a", "web/b"]);
    let reversed = DescribeLogStreamsRequest { descending: Some(true), ..prefixed.clone() };
    assert_eq!(rig.stream_names(reversed).await, ["web/b", "web/a", "web"]);
    let by_time = DescribeLogStreamsRequest {
        order_by: Some(OrderBy::LastEventTime),
        descending: Some(true),
        ..by_name.clone()
    };
    assert_eq!(rig.stream_names(by_time).await, ["w", "web/b", "x", "web/a", "web"]);
    let refused = DescribeLogStreamsRequest { order_by: Some(OrderBy::LastEventTime), ..prefixed };
    assert_eq!(
        said(rig.logs.describe_log_streams(&rig.cx(), refused).await).1,
        "Cannot order by LastEventTime with a logStreamNamePrefix."
    );
    let arn = "arn:aws:logs:us-east-1:000000000000:log-group:g";
    let by_arn = DescribeLogStreamsRequest { log_group_identifier: Some(arn.into()), ..Default::default() };
    let page = rig.logs.describe_log_streams(&rig.cx(), by_arn.clone()).await.unwrap();
    let w = &page.log_streams.unwrap()[0];
    assert_eq!((w.first_event_timestamp, w.last_event_timestamp), (Some(NOW - 1), Some(NOW + 5)));
    assert_eq!(w.last_ingestion_time, Some(NOW));
    assert_eq!(w.arn.as_deref(), Some(format!("{arn}:log-stream:w").as_str()));
    assert_eq!(w.upload_sequence_token.as_deref().map(str::len), Some(56));
    let both = DescribeLogStreamsRequest { log_group_name: Some("g".into()), ..by_arn };
    assert_eq!(
        said(rig.logs.describe_log_streams(&rig.cx(), both).await).0,
        ErrorCode::InvalidParameterException
    );
    let again = CreateLogStreamRequest { log_group_name: "g".into(), log_stream_name: "w".into() };
    assert_eq!(
        said(rig.logs.create_log_stream(&rig.cx(), again).await).1,
        "The specified log stream already exists"
    );
}

#[tokio::test]
async fn pages_of_a_stream_go_both_ways_and_end_with_the_same_token() {
    let rig = Rig::new();
    rig.group("g").await;
    rig.stream("g", "s").await;
    rig.stream("g", "t").await;
    // A client that polls an empty stream sees what comes later, from either way of asking.
    let (none, from_head, _) = rig.get(get("s")).await;
    let tail = GetLogEventsRequest { start_from_head: None, ..get("s") };
    let (_, from_tail, _) = rig.get(tail.clone()).await;
    assert_eq!(none.len(), 0);
    let texts: Vec<String> = (0..25).map(|n| n.to_string()).collect();
    for n in 0..25i64 {
        rig.put("g", "s", &[(n / 3, &texts[n as usize])]).await;
        rig.put("g", "t", &[(n / 3, "elsewhere")]).await;
    }
    for token in [from_head, from_tail] {
        let polled = rig.get(GetLogEventsRequest { next_token: Some(token), ..get("s") }).await;
        assert_eq!(polled.0, texts);
    }
    for limit in [1, 4, 25, 100] {
        let mut found = Vec::new();
        let mut input = GetLogEventsRequest { limit: Some(limit), ..get("s") };
        let (last_forward, last_backward) = loop {
            let (page, forward, backward) = rig.get(input.clone()).await;
            found.extend(page.clone());
            if page.is_empty() {
                assert_eq!(input.next_token.as_ref(), Some(&forward), "the same token at the end");
                break (forward, backward);
            }
            input.next_token = Some(forward);
        };
        assert_eq!(found, texts, "limit {limit}");
        let mut back = Vec::new();
        input.next_token = Some(last_backward);
        loop {
            let (page, forward, backward) = rig.get(input.clone()).await;
            if page.is_empty() {
                assert_eq!(input.next_token.as_ref(), Some(&backward));
                let again = GetLogEventsRequest { next_token: Some(forward), limit: Some(100), ..get("s") };
                assert_eq!(rig.get(again).await.0, texts, "and forward again");
                break;
            }
            back.splice(0..0, page);
            input.next_token = Some(backward);
        }
        assert_eq!(back, texts, "backwards, limit {limit}");
        let more = GetLogEventsRequest { next_token: Some(last_forward.clone()), ..get("s") };
        assert_eq!(rig.get(more).await.0.len(), 0);
        let foreign = GetLogEventsRequest { next_token: Some(last_forward), ..get("t") };
        assert_eq!(
            said(rig.logs.get_log_events(&rig.cx(), foreign).await),
            (ErrorCode::InvalidParameterException, "The specified nextToken is invalid.".into())
        );
    }
    // Without startFromHead: the newest, still in ascending order.
    let newest = GetLogEventsRequest { limit: Some(3), ..tail };
    let (page, _, backward) = rig.get(newest.clone()).await;
    assert_eq!(page, ["22", "23", "24"]);
    assert_eq!(
        rig.get(GetLogEventsRequest { next_token: Some(backward), ..newest }).await.0,
        ["19", "20", "21"]
    );
    // The start is inclusive, the end is not.
    let span = GetLogEventsRequest { start_time: Some(NOW + 1), end_time: Some(NOW + 2), ..get("s") };
    assert_eq!(rig.get(span).await.0, ["3", "4", "5"]);
}

#[tokio::test]
async fn filtering_interleaves_streams_and_pages() {
    let rig = Rig::new();
    rig.group("g").await;
    for name in ["web/1", "web/2", "db"] {
        rig.stream("g", name).await;
    }
    rig.put("g", "web/1", &[(0, "ERROR a"), (20, "ok b"), (40, r#"{"level":"error","ms":12}"#)]).await;
    rig.put("g", "web/2", &[(10, "ok c"), (30, "ERROR d")]).await;
    rig.put("g", "db", &[(15, "ERROR e"), (40, "ERROR f")]).await;
    assert_eq!(
        rig.filter(filter("ERROR")).await,
        (["ERROR a", "ERROR e", "ERROR d", "ERROR f"].map(String::from).into(), None)
    );
    assert_eq!(rig.filter(filter(r#"{ $.level = "error" && $.ms > 10 }"#)).await.0.len(), 1);
    let prefixed = FilterLogEventsRequest { log_stream_name_prefix: Some("web/".into()), ..filter("ERROR") };
    assert_eq!(rig.filter(prefixed.clone()).await.0, ["ERROR a", "ERROR d"]);
    let named =
        FilterLogEventsRequest { log_stream_names: Some(vec!["db".into(), "web/2".into()]), ..filter("") };
    assert_eq!(rig.filter(named.clone()).await.0, ["ok c", "ERROR e", "ERROR d", "ERROR f"]);
    let both = FilterLogEventsRequest { log_stream_names: Some(vec!["db".into()]), ..prefixed };
    assert_eq!(
        said(rig.logs.filter_log_events(&rig.cx(), both).await).0,
        ErrorCode::InvalidParameterException
    );
    let missing = FilterLogEventsRequest { log_stream_names: Some(vec!["none".into()]), ..filter("") };
    assert_eq!(
        said(rig.logs.filter_log_events(&rig.cx(), missing).await).0,
        ErrorCode::ResourceNotFoundException
    );
    // Both ends are inclusive.
    let span = FilterLogEventsRequest { start_time: Some(NOW + 10), end_time: Some(NOW + 20), ..filter("") };
    assert_eq!(rig.filter(span).await.0, ["ok c", "ERROR e", "ok b"]);
    for head in [None, Some(true), Some(false)] {
        let mut found = Vec::new();
        let mut input = FilterLogEventsRequest { limit: Some(1), start_from_head: head, ..filter("ERROR") };
        loop {
            let (page, next) = rig.filter(input.clone()).await;
            assert!(page.len() <= 1);
            found.extend(page);
            match next {
                Some(_) => input.next_token = next,
                None => break,
            }
        }
        let mut wanted = ["ERROR a", "ERROR e", "ERROR d", "ERROR f"];
        if head == Some(false) {
            wanted.reverse();
        }
        assert_eq!(found, wanted);
    }
    assert_eq!(
        said(rig.logs.filter_log_events(&rig.cx(), filter("{ $.a = ")).await),
        (
            ErrorCode::InvalidParameterException,
            "If a filter pattern starts with '{' it must end with '}'".into()
        )
    );
    let output = rig.logs.filter_log_events(&rig.cx(), filter("")).await.unwrap();
    let ids: std::collections::HashSet<String> =
        output.events.unwrap().into_iter().map(|e| e.event_id.unwrap()).collect();
    assert_eq!(ids.len(), 7);
    assert!(ids.iter().all(|id| id.len() == 56));
}

#[tokio::test]
async fn putting_tells_what_it_refused() {
    let rig = Rig::new();
    rig.group("g").await;
    rig.stream("g", "s").await;
    let output = rig.put("g", "s", &[(0, "taken"), (3 * 3_600_000, "too new")]).await;
    assert_eq!(output.rejected_log_events_info.unwrap().too_new_log_event_start_index, Some(1));
    assert_eq!(output.next_sequence_token.map(|t| t.len()), Some(56));
    let output = rig.put("g", "s", &[(-15 * DAY_MS, "too old")]).await;
    assert_eq!(output.rejected_log_events_info.unwrap().too_old_log_event_end_index, Some(1));
    assert_eq!(rig.get(get("s")).await.0, ["taken"]);
    let entity = PutLogEventsRequest {
        log_group_name: "g".into(),
        log_stream_name: "s".into(),
        log_events: vec![InputLogEvent { timestamp: NOW, message: "m".into() }],
        sequence_token: Some("whatever".into()),
        entity: Some(Entity::default()),
    };
    let output = rig.logs.put_log_events(&rig.cx(), entity).await.unwrap();
    assert!(output.rejected_entity_info.is_some());
}

#[tokio::test]
async fn retention_hides_at_once_and_the_sweep_collects() {
    let rig = Rig::new();
    rig.group("g").await;
    rig.stream("g", "s").await;
    rig.put("g", "s", &[(-3 * DAY_MS, "old"), (-2 * DAY_MS, "day")]).await;
    rig.put("g", "s", &[(0, "new")]).await;
    let days = |days| PutRetentionPolicyRequest { log_group_name: "g".into(), retention_in_days: days };
    let (code, message) = said(rig.logs.put_retention_policy(&rig.cx(), days(2)).await);
    assert_eq!(code, ErrorCode::InvalidParameterException);
    assert!(message.contains("'retentionInDays'"), "{message}");
    rig.logs.put_retention_policy(&rig.cx(), days(1)).await.unwrap();
    assert_eq!(rig.get(get("s")).await.0, ["new"]);
    let group =
        &rig.logs.describe_log_groups(&rig.cx(), Default::default()).await.unwrap().log_groups.unwrap()[0];
    assert_eq!(group.retention_in_days, Some(1));
    let rejected = rig.put("g", "s", &[(-DAY_MS - 1, "expired")]).await.rejected_log_events_info.unwrap();
    assert_eq!(rejected.expired_log_event_end_index, Some(1));
    let none = DeleteRetentionPolicyRequest { log_group_name: "g".into() };
    rig.logs.delete_retention_policy(&rig.cx(), none).await.unwrap();
    assert_eq!(rig.get(get("s")).await.0, ["old", "day", "new"]);

    // Events without a record, as a crash between the two deletions leaves them.
    let orphan = series::Event { timestamp_ms: NOW, ingestion_ms: NOW, message: "orphan".into() };
    rig.events.append(GroupId(42), series::StreamId(1), vec![orphan.clone()]).await.unwrap();
    let own = rig.events.groups().into_iter().find(|id| *id != GroupId(42)).unwrap();
    rig.events.append(own, series::StreamId(1), vec![orphan]).await.unwrap();
    rig.events.set_retention(own, Some(5)).await.unwrap();
    rig.logs.sweep(Timestamp::from_millis(NOW)).await.unwrap();
    assert_eq!(rig.events.groups(), [own]);
    assert_eq!(rig.events.streams(own).len(), 1);
    assert_eq!(rig.events.retention_ms(own), None);
    assert_eq!(rig.get(get("s")).await.0.len(), 3);
}

#[tokio::test]
async fn tags_by_arn_and_by_name() {
    let rig = Rig::new();
    rig.group("g").await;
    let arn = "arn:aws:logs:us-east-1:000000000000:log-group:g".to_owned();
    let map = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    };
    let tag = TagResourceRequest { resource_arn: format!("{arn}:*"), tags: map(&[("a", "1"), ("b", "2")]) };
    rig.logs.tag_resource(&rig.cx(), tag).await.unwrap();
    let tag = TagLogGroupRequest { log_group_name: "g".into(), tags: map(&[("b", "3"), ("c", "4")]) };
    rig.logs.tag_log_group(&rig.cx(), tag).await.unwrap();
    let untag = UntagResourceRequest { resource_arn: arn.clone(), tag_keys: vec!["a".into()] };
    rig.logs.untag_resource(&rig.cx(), untag).await.unwrap();
    let untag = UntagLogGroupRequest { log_group_name: "g".into(), tags: vec!["c".into()] };
    rig.logs.untag_log_group(&rig.cx(), untag).await.unwrap();
    let list = ListTagsForResourceRequest { resource_arn: arn.clone() };
    assert_eq!(
        rig.logs.list_tags_for_resource(&rig.cx(), list).await.unwrap().tags,
        Some(map(&[("b", "3")]))
    );
    let list = ListTagsLogGroupRequest { log_group_name: "g".into() };
    assert_eq!(rig.logs.list_tags_log_group(&rig.cx(), list).await.unwrap().tags, Some(map(&[("b", "3")])));
    let many: BTreeMap<String, String> = (0..50).map(|n| (format!("k{n}"), String::new())).collect();
    let tag = TagResourceRequest { resource_arn: arn.clone(), tags: many };
    assert_eq!(said(rig.logs.tag_resource(&rig.cx(), tag).await).0, ErrorCode::TooManyTagsException);
    let reserved = TagResourceRequest { resource_arn: arn, tags: map(&[("aws:x", "1")]) };
    assert_eq!(
        said(rig.logs.tag_resource(&rig.cx(), reserved).await).0,
        ErrorCode::InvalidParameterException
    );
    let missing =
        ListTagsForResourceRequest { resource_arn: "arn:aws:logs:us-east-1:000000000000:log-group:x".into() };
    assert_eq!(
        said(rig.logs.list_tags_for_resource(&rig.cx(), missing).await).1,
        "The specified resource does not exist."
    );
}

#[tokio::test(start_paused = true)]
async fn a_live_tail_shows_what_comes_and_ends_after_three_hours() {
    let rig = Rig::new();
    rig.group("g").await;
    rig.stream("g", "web/1").await;
    rig.stream("g", "db").await;
    rig.put("g", "web/1", &[(0, "ERROR before")]).await;
    let arn = "arn:aws:logs:us-east-1:000000000000:log-group:g".to_owned();
    let input = StartLiveTailRequest {
        log_group_identifiers: vec![arn.clone()],
        log_stream_names: None,
        log_stream_name_prefixes: Some(vec!["web".into()]),
        log_event_filter_pattern: Some("ERROR".into()),
    };
    let mut stream = rig.logs.start_live_tail(&rig.cx(), input.clone()).await.unwrap().response_stream;
    let Some(Ok(StartLiveTailResponseStream::SessionStart(start))) = stream.next().await else {
        panic!("no start")
    };
    assert_eq!(start.log_group_identifiers, Some(vec![arn.clone()]));
    assert!(start.session_id.is_some() && start.request_id.is_some());
    rig.put("g", "web/1", &[(1, "ERROR now"), (2, "ok")]).await;
    rig.put("g", "db", &[(1, "ERROR elsewhere")]).await;
    // Durable is published: the updates of the next seconds have it, once.
    let mut seen = Vec::new();
    for _ in 0..3 {
        let Some(Ok(StartLiveTailResponseStream::SessionUpdate(update))) = stream.next().await else {
            panic!("no update")
        };
        assert_eq!(update.session_metadata.unwrap().sampled, Some(false));
        seen.extend(update.session_results.unwrap());
    }
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].message.as_deref(), Some("ERROR now"));
    assert_eq!(seen[0].log_stream_name.as_deref(), Some("web/1"));
    assert_eq!(seen[0].log_group_identifier.as_deref(), Some(arn.as_str()));
    // More than fit in an update: a sample.
    let flood: Vec<(i64, &str)> = (0..600).map(|n| (n, "ERROR flood")).collect();
    rig.put("g", "web/1", &flood).await;
    let mut updates = Vec::new();
    for _ in 0..2 {
        if let Some(Ok(StartLiveTailResponseStream::SessionUpdate(update))) = stream.next().await {
            updates.push((update.session_results.unwrap().len(), update.session_metadata.unwrap().sampled));
        }
    }
    assert!(updates.contains(&(500, Some(true))), "{updates:?}");
    let mut count = 0;
    let end = loop {
        match stream.next().await {
            Some(Ok(_)) => count += 1,
            other => break other,
        }
    };
    assert_eq!(end.unwrap().unwrap_err().code, ErrorCode::SessionTimeoutException);
    assert!((10_700..=10_800).contains(&count), "one update a second: {count}");
    assert!(stream.next().await.is_none());
    // Fifteen at a time, and an ended one makes room.
    drop(stream);
    let mut running = Vec::new();
    for _ in 0..15 {
        running.push(rig.logs.start_live_tail(&rig.cx(), input.clone()).await.unwrap());
    }
    assert_eq!(
        said(rig.logs.start_live_tail(&rig.cx(), input.clone()).await).0,
        ErrorCode::LimitExceededException
    );
    running.pop();
    assert!(rig.logs.start_live_tail(&rig.cx(), input).await.is_ok());
}

/// As `front` drives it: JSON in, JSON out.
#[tokio::test]
async fn the_generated_service_takes_it() {
    let rig = Rig::new();
    let service = api::logs::service::<Cx, _>(std::sync::Arc::new(rig.logs.clone()));
    let call = async |operation: &str, body: &str| -> Result<String, (String, String)> {
        let operation = service.operation(operation).unwrap();
        let (parts, ()) = http::Request::post("/").body(()).unwrap().into_parts();
        let codec = api::codec(api::Protocol::AwsJson1_1).unwrap();
        let decoded = operation.decode(codec, &parts, body.as_bytes()).unwrap();
        service.validate(&decoded).map_err(|e| (e.code, e.message))?;
        let reply = operation.call(&rig.cx(), decoded).await.map_err(|e| (e.code, e.message))?;
        match service.encode(operation, codec, reply, "id").into_body() {
            api::Body::Full(bytes) => Ok(String::from_utf8(bytes).unwrap()),
            api::Body::Events(mut frames) => {
                Ok(frames.next().await.map(|f| format!("{} bytes", f.len())).unwrap())
            }
        }
    };
    call("CreateLogGroup", r#"{"logGroupName":"g"}"#).await.unwrap();
    call("CreateLogStream", r#"{"logGroupName":"g","logStreamName":"s"}"#).await.unwrap();
    let put = format!(
        r#"{{"logGroupName":"g","logStreamName":"s","logEvents":[{{"timestamp":{NOW},"message":"hello"}}]}}"#
    );
    assert!(call("PutLogEvents", &put).await.unwrap().contains("nextSequenceToken"));
    let answer = call("GetLogEvents", r#"{"logGroupName":"g","logStreamName":"s"}"#).await.unwrap();
    assert!(answer.contains(r#""message":"hello""#), "{answer}");
    let (code, message) =
        call("GetLogEvents", r#"{"logGroupName":"none","logStreamName":"s"}"#).await.unwrap_err();
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("ResourceNotFoundException", "The specified log group does not exist.")
    );
    let (code, _) = call("CreateLogGroup", r#"{"logGroupName":"a b"}"#).await.unwrap_err();
    assert_eq!(code, "InvalidParameterException");
    let tail = r#"{"logGroupIdentifiers":["arn:aws:logs:us-east-1:000000000000:log-group:g"]}"#;
    assert!(call("StartLiveTail", tail).await.unwrap().ends_with(" bytes"));
}
