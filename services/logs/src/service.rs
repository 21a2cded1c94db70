//! The service: what it holds, and which operation is done where.

use std::sync::Arc;

use ::api::Unit;
use ::api::logs::*;
use auth::Cx;
use series::{Event, EventSeries, GroupId, Page, Query};
use state::State;
use tokio::sync::Semaphore;

use crate::api::{event, filtered, group, live_tail, put, retention, stream, tag};
use crate::errors;

/// AWS's quota of an account.
const MAX_LIVE_TAILS: usize = 15;

/// CloudWatch Logs. Cloning gives another handle.
#[derive(Clone)]
pub struct Logs {
    pub(crate) state: State,
    pub(crate) events: EventSeries,
    pub(crate) live_tails: Arc<Semaphore>,
}

impl Logs {
    /// The service over a state whose schema has [`crate::TABLES`], and an event store of its own.
    pub fn new(state: State, events: EventSeries) -> Logs {
        Logs { state, events, live_tails: Arc::new(Semaphore::new(MAX_LIVE_TAILS)) }
    }

    /// Reads events without holding up the runtime.
    pub(crate) async fn read(&self, group: GroupId, query: Query<'static>) -> Result<Page<Event>, Error> {
        let events = self.events.clone();
        self.blocking(move || events.read(group, &query)).await?.map_err(errors::from_series)
    }

    /// Runs what reads files.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        tokio::task::spawn_blocking(work).await.map_err(|error| {
            tracing::error!(%error, "reading events ended early");
            Error::internal("The service cannot complete the request.")
        })
    }
}

impl ::api::logs::Logs<Cx> for Logs {
    async fn create_log_group(&self, cx: &Cx, input: CreateLogGroupRequest) -> Result<Unit, Error> {
        group::create(self, cx, input).await
    }

    async fn delete_log_group(&self, cx: &Cx, input: DeleteLogGroupRequest) -> Result<Unit, Error> {
        group::delete(self, cx, input).await
    }

    async fn describe_log_groups(
        &self,
        cx: &Cx,
        input: DescribeLogGroupsRequest,
    ) -> Result<DescribeLogGroupsResponse, Error> {
        group::describe(self, cx, &input)
    }

    async fn create_log_stream(&self, cx: &Cx, input: CreateLogStreamRequest) -> Result<Unit, Error> {
        stream::create(self, cx, input).await
    }

    async fn delete_log_stream(&self, cx: &Cx, input: DeleteLogStreamRequest) -> Result<Unit, Error> {
        stream::delete(self, cx, input).await
    }

    async fn describe_log_streams(
        &self,
        cx: &Cx,
        input: DescribeLogStreamsRequest,
    ) -> Result<DescribeLogStreamsResponse, Error> {
        stream::describe(self, cx, &input)
    }

    async fn put_log_events(
        &self,
        cx: &Cx,
        input: PutLogEventsRequest,
    ) -> Result<PutLogEventsResponse, Error> {
        put::put(self, cx, input).await
    }

    async fn get_log_events(
        &self,
        cx: &Cx,
        input: GetLogEventsRequest,
    ) -> Result<GetLogEventsResponse, Error> {
        event::get(self, cx, input).await
    }

    async fn filter_log_events(
        &self,
        cx: &Cx,
        input: FilterLogEventsRequest,
    ) -> Result<FilterLogEventsResponse, Error> {
        filtered::filter(self, cx, input).await
    }

    async fn start_live_tail(
        &self,
        cx: &Cx,
        input: StartLiveTailRequest,
    ) -> Result<StartLiveTailResponse, Error> {
        live_tail::start(self, cx, input)
    }

    async fn put_retention_policy(&self, cx: &Cx, input: PutRetentionPolicyRequest) -> Result<Unit, Error> {
        retention::put(self, cx, input).await
    }

    async fn delete_retention_policy(
        &self,
        cx: &Cx,
        input: DeleteRetentionPolicyRequest,
    ) -> Result<Unit, Error> {
        retention::delete(self, cx, input).await
    }

    async fn tag_resource(&self, cx: &Cx, input: TagResourceRequest) -> Result<Unit, Error> {
        tag::tag_resource(self, cx, input).await
    }

    async fn untag_resource(&self, cx: &Cx, input: UntagResourceRequest) -> Result<Unit, Error> {
        tag::untag_resource(self, cx, input).await
    }

    async fn list_tags_for_resource(
        &self,
        cx: &Cx,
        input: ListTagsForResourceRequest,
    ) -> Result<ListTagsForResourceResponse, Error> {
        tag::list_for_resource(self, cx, &input)
    }

    async fn tag_log_group(&self, cx: &Cx, input: TagLogGroupRequest) -> Result<Unit, Error> {
        tag::tag_group(self, cx, input).await
    }

    async fn untag_log_group(&self, cx: &Cx, input: UntagLogGroupRequest) -> Result<Unit, Error> {
        tag::untag_group(self, cx, input).await
    }

    async fn list_tags_log_group(
        &self,
        cx: &Cx,
        input: ListTagsLogGroupRequest,
    ) -> Result<ListTagsLogGroupResponse, Error> {
        tag::list_for_group(self, cx, &input)
    }
}
