//! Operations of CloudWatch Logs.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use std::sync::Arc;

use super::{errors::Error, schema as s, shapes::*};
use crate::{Operation, Service, Unit};

/// CloudWatch Logs. An operation that is not overridden answers that it is not implemented.
pub trait Logs<C: Sync>: Send + Sync + 'static {
    /// `CreateLogGroup`.
    fn create_log_group(
        &self,
        cx: &C,
        input: CreateLogGroupRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateLogGroup")))
    }

    /// `CreateLogStream`.
    fn create_log_stream(
        &self,
        cx: &C,
        input: CreateLogStreamRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateLogStream")))
    }

    /// `DeleteLogGroup`.
    fn delete_log_group(
        &self,
        cx: &C,
        input: DeleteLogGroupRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteLogGroup")))
    }

    /// `DeleteLogStream`.
    fn delete_log_stream(
        &self,
        cx: &C,
        input: DeleteLogStreamRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteLogStream")))
    }

    /// `DeleteRetentionPolicy`.
    fn delete_retention_policy(
        &self,
        cx: &C,
        input: DeleteRetentionPolicyRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteRetentionPolicy")))
    }

    /// `DescribeLogGroups`.
    fn describe_log_groups(
        &self,
        cx: &C,
        input: DescribeLogGroupsRequest,
    ) -> impl Future<Output = Result<DescribeLogGroupsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeLogGroups")))
    }

    /// `DescribeLogStreams`.
    fn describe_log_streams(
        &self,
        cx: &C,
        input: DescribeLogStreamsRequest,
    ) -> impl Future<Output = Result<DescribeLogStreamsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeLogStreams")))
    }

    /// `FilterLogEvents`.
    fn filter_log_events(
        &self,
        cx: &C,
        input: FilterLogEventsRequest,
    ) -> impl Future<Output = Result<FilterLogEventsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("FilterLogEvents")))
    }

    /// `GetLogEvents`.
    fn get_log_events(
        &self,
        cx: &C,
        input: GetLogEventsRequest,
    ) -> impl Future<Output = Result<GetLogEventsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("GetLogEvents")))
    }

    /// `ListTagsForResource`.
    fn list_tags_for_resource(
        &self,
        cx: &C,
        input: ListTagsForResourceRequest,
    ) -> impl Future<Output = Result<ListTagsForResourceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListTagsForResource")))
    }

    /// `ListTagsLogGroup`. Deprecated by AWS.
    fn list_tags_log_group(
        &self,
        cx: &C,
        input: ListTagsLogGroupRequest,
    ) -> impl Future<Output = Result<ListTagsLogGroupResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListTagsLogGroup")))
    }

    /// `PutLogEvents`.
    fn put_log_events(
        &self,
        cx: &C,
        input: PutLogEventsRequest,
    ) -> impl Future<Output = Result<PutLogEventsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("PutLogEvents")))
    }

    /// `PutRetentionPolicy`.
    fn put_retention_policy(
        &self,
        cx: &C,
        input: PutRetentionPolicyRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("PutRetentionPolicy")))
    }

    /// `StartLiveTail`.
    fn start_live_tail(
        &self,
        cx: &C,
        input: StartLiveTailRequest,
    ) -> impl Future<Output = Result<StartLiveTailResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("StartLiveTail")))
    }

    /// `TagLogGroup`. Deprecated by AWS.
    fn tag_log_group(
        &self,
        cx: &C,
        input: TagLogGroupRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("TagLogGroup")))
    }

    /// `TagResource`.
    fn tag_resource(
        &self,
        cx: &C,
        input: TagResourceRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("TagResource")))
    }

    /// `UntagLogGroup`. Deprecated by AWS.
    fn untag_log_group(
        &self,
        cx: &C,
        input: UntagLogGroupRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UntagLogGroup")))
    }

    /// `UntagResource`.
    fn untag_resource(
        &self,
        cx: &C,
        input: UntagResourceRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UntagResource")))
    }
}

/// The service as `front` calls it.
pub fn service<C: Sync + 'static, S: Logs<C>>(implementation: Arc<S>) -> Service<C> {
    Service::new(
        &s::SERVICE_SCHEMA,
        vec![
            Operation::new(
                &s::CREATE_LOG_GROUP_OPERATION,
                "logs:CreateLogGroup",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}",
                &implementation,
                |i: &S, cx, input: CreateLogGroupRequest| Box::pin(i.create_log_group(cx, input)),
            ),
            Operation::new(
                &s::CREATE_LOG_STREAM_OPERATION,
                "logs:CreateLogStream",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}",
                &implementation,
                |i: &S, cx, input: CreateLogStreamRequest| Box::pin(i.create_log_stream(cx, input)),
            ),
            Operation::new(
                &s::DELETE_LOG_GROUP_OPERATION,
                "logs:DeleteLogGroup",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}",
                &implementation,
                |i: &S, cx, input: DeleteLogGroupRequest| Box::pin(i.delete_log_group(cx, input)),
            ),
            Operation::new(
                &s::DELETE_LOG_STREAM_OPERATION,
                "logs:DeleteLogStream",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}:log-stream:{logStreamName}",
                &implementation,
                |i: &S, cx, input: DeleteLogStreamRequest| Box::pin(i.delete_log_stream(cx, input)),
            ),
            Operation::new(
                &s::DELETE_RETENTION_POLICY_OPERATION,
                "logs:DeleteRetentionPolicy",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}",
                &implementation,
                |i: &S, cx, input: DeleteRetentionPolicyRequest| {
                    Box::pin(i.delete_retention_policy(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_LOG_GROUPS_OPERATION,
                "logs:DescribeLogGroups",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupNamePrefix|}*",
                &implementation,
                |i: &S, cx, input: DescribeLogGroupsRequest| Box::pin(i.describe_log_groups(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_LOG_STREAMS_OPERATION,
                "logs:DescribeLogStreams",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}",
                &implementation,
                |i: &S, cx, input: DescribeLogStreamsRequest| Box::pin(i.describe_log_streams(cx, input)),
            ),
            Operation::new(
                &s::FILTER_LOG_EVENTS_OPERATION,
                "logs:FilterLogEvents",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}",
                &implementation,
                |i: &S, cx, input: FilterLogEventsRequest| Box::pin(i.filter_log_events(cx, input)),
            ),
            Operation::new(
                &s::GET_LOG_EVENTS_OPERATION,
                "logs:GetLogEvents",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}:log-stream:{logStreamName}",
                &implementation,
                |i: &S, cx, input: GetLogEventsRequest| Box::pin(i.get_log_events(cx, input)),
            ),
            Operation::new(
                &s::LIST_TAGS_FOR_RESOURCE_OPERATION,
                "logs:ListTagsForResource",
                "{resourceArn}",
                &implementation,
                |i: &S, cx, input: ListTagsForResourceRequest| Box::pin(i.list_tags_for_resource(cx, input)),
            ),
            Operation::new(
                &s::LIST_TAGS_LOG_GROUP_OPERATION,
                "logs:ListTagsLogGroup",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}",
                &implementation,
                |i: &S, cx, input: ListTagsLogGroupRequest| Box::pin(i.list_tags_log_group(cx, input)),
            ),
            Operation::new(
                &s::PUT_LOG_EVENTS_OPERATION,
                "logs:PutLogEvents",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}:log-stream:{logStreamName}",
                &implementation,
                |i: &S, cx, input: PutLogEventsRequest| Box::pin(i.put_log_events(cx, input)),
            ),
            Operation::new(
                &s::PUT_RETENTION_POLICY_OPERATION,
                "logs:PutRetentionPolicy",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}",
                &implementation,
                |i: &S, cx, input: PutRetentionPolicyRequest| Box::pin(i.put_retention_policy(cx, input)),
            ),
            Operation::streaming(
                &s::START_LIVE_TAIL_OPERATION,
                "logs:StartLiveTail",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupIdentifiers}",
                &implementation,
                |i: &S, cx, input: StartLiveTailRequest| Box::pin(i.start_live_tail(cx, input)),
                |output| std::mem::take(&mut output.response_stream),
            ),
            Operation::new(
                &s::TAG_LOG_GROUP_OPERATION,
                "logs:TagLogGroup",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}",
                &implementation,
                |i: &S, cx, input: TagLogGroupRequest| Box::pin(i.tag_log_group(cx, input)),
            ),
            Operation::new(
                &s::TAG_RESOURCE_OPERATION,
                "logs:TagResource",
                "{resourceArn}",
                &implementation,
                |i: &S, cx, input: TagResourceRequest| Box::pin(i.tag_resource(cx, input)),
            ),
            Operation::new(
                &s::UNTAG_LOG_GROUP_OPERATION,
                "logs:UntagLogGroup",
                "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}",
                &implementation,
                |i: &S, cx, input: UntagLogGroupRequest| Box::pin(i.untag_log_group(cx, input)),
            ),
            Operation::new(
                &s::UNTAG_RESOURCE_OPERATION,
                "logs:UntagResource",
                "{resourceArn}",
                &implementation,
                |i: &S, cx, input: UntagResourceRequest| Box::pin(i.untag_resource(cx, input)),
            ),
        ],
    )
}
