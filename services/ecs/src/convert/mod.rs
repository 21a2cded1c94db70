//! Between API shapes and records: the only place that knows both.
//!
//! API shapes never reach the disk, records never reach the wire. [`FromApi`] can fail only on an enumeration's value that the API's
//! validation let through; [`ToApi`] cannot fail. Lists that are empty in a record are absent in the shape unless said otherwise: where AWS
//! shows an empty list, the conversion of that shape says so.

mod capacity_provider;
mod cluster;
mod daemon;
mod definition;
mod document;
mod instance;
mod launch;
mod load_balancer;
mod service;
mod shift;
mod task;
mod task_set;

use api::Timestamp as ApiTimestamp;
use api::ecs::Error;
use model::Timestamp;
use std::collections::BTreeMap;

pub(crate) use capacity_provider::{capacity_provider, fargate_provider};
pub(crate) use cluster::{attachments, cluster};
pub(crate) use daemon::{
    daemon, daemon_container, daemon_deployment, daemon_deployment_summary, daemon_head, daemon_revision,
    daemon_summary, daemon_task_definition, daemon_task_definition_summary,
};
pub(crate) use definition::task_definition;
pub(crate) use instance::{instance, instance_health, registered_resources};
pub(crate) use service::{
    Beside, TaskCounts, revision, service, service_deployment, service_deployment_brief,
};
pub(crate) use task::task;
pub(crate) use task_set::{Beside as BesideTaskSet, task_set};

/// A record made from what a request brought.
pub(crate) trait FromApi<A>: Sized {
    fn from_api(api: A) -> Result<Self, Error>;
}

/// A shape made from a record.
pub(crate) trait ToApi<A> {
    fn to_api(&self) -> A;
}

macro_rules! same {
    ($($ty:ty),+) => {$(
        impl FromApi<$ty> for $ty {
            fn from_api(api: $ty) -> Result<Self, Error> {
                Ok(api)
            }
        }

        impl ToApi<$ty> for $ty {
            fn to_api(&self) -> $ty {
                self.clone()
            }
        }
    )+};
}

same!(String, i32, i64, bool);

impl<A, R: FromApi<A>> FromApi<Option<A>> for Option<R> {
    fn from_api(api: Option<A>) -> Result<Self, Error> {
        api.map(R::from_api).transpose()
    }
}

impl<A, R: ToApi<A>> ToApi<Option<A>> for Option<R> {
    fn to_api(&self) -> Option<A> {
        self.as_ref().map(R::to_api)
    }
}

impl<A, R: FromApi<A>> FromApi<Vec<A>> for Vec<R> {
    fn from_api(api: Vec<A>) -> Result<Self, Error> {
        api.into_iter().map(R::from_api).collect()
    }
}

impl<A, R: ToApi<A>> ToApi<Vec<A>> for Vec<R> {
    fn to_api(&self) -> Vec<A> {
        self.iter().map(R::to_api).collect()
    }
}

impl<A, R: FromApi<A>> FromApi<Option<Vec<A>>> for Vec<R> {
    fn from_api(api: Option<Vec<A>>) -> Result<Self, Error> {
        Self::from_api(api.unwrap_or_default())
    }
}

impl<A, R: ToApi<A>> ToApi<Option<Vec<A>>> for Vec<R> {
    fn to_api(&self) -> Option<Vec<A>> {
        (!self.is_empty()).then(|| self.to_api())
    }
}

impl FromApi<Option<BTreeMap<String, String>>> for BTreeMap<String, String> {
    fn from_api(api: Option<BTreeMap<String, String>>) -> Result<Self, Error> {
        Ok(api.unwrap_or_default())
    }
}

impl ToApi<Option<BTreeMap<String, String>>> for BTreeMap<String, String> {
    fn to_api(&self) -> Option<BTreeMap<String, String>> {
        (!self.is_empty()).then(|| self.clone())
    }
}

/// Enumerations: the same names on both sides.
macro_rules! enums {
    ($($api:ident = $record:ty),+ $(,)?) => {$(
        impl $crate::convert::FromApi<api::ecs::$api> for $record {
            fn from_api(api: api::ecs::$api) -> Result<Self, api::ecs::Error> {
                api.as_str().parse().map_err(|e: model::status::UnknownName| api::ecs::Error::validation(e.to_string()))
            }
        }

        impl $crate::convert::ToApi<api::ecs::$api> for $record {
            fn to_api(&self) -> api::ecs::$api {
                self.as_str().into()
            }
        }

        $crate::convert::required!($api = $record);
    )+};
}

/// Structures with the same members on both sides. `record = api` where the names differ.
macro_rules! structs {
    (@api $field:ident) => { $field };
    ($($api:ident = $record:ty { $($field:ident $(= $other:ident)?),+ $(,)? })+) => {$(
        impl $crate::convert::FromApi<api::ecs::$api> for $record {
            fn from_api(api: api::ecs::$api) -> Result<Self, api::ecs::Error> {
                Ok(Self { $($field: $crate::convert::FromApi::from_api($crate::convert::field!(api, $field $(= $other)?))?),+ })
            }
        }

        impl $crate::convert::ToApi<api::ecs::$api> for $record {
            fn to_api(&self) -> api::ecs::$api {
                $crate::convert::build!(api::ecs::$api, self, $($field $(= $other)?),+)
            }
        }

        $crate::convert::required!($api = $record);
    )+};
}

/// What the API requires may be an `Option` in a record, whose types have no default: validation has seen that it is there.
macro_rules! required {
    ($api:ident = $record:ty) => {
        impl $crate::convert::FromApi<api::ecs::$api> for Option<$record> {
            fn from_api(api: api::ecs::$api) -> Result<Self, api::ecs::Error> {
                $crate::convert::FromApi::from_api(api).map(Some)
            }
        }

        impl $crate::convert::ToApi<api::ecs::$api> for Option<$record> {
            fn to_api(&self) -> api::ecs::$api {
                self.as_ref().map($crate::convert::ToApi::to_api).unwrap_or_default()
            }
        }
    };
}

macro_rules! field {
    ($from:ident, $field:ident) => {
        $from.$field
    };
    ($from:ident, $field:ident = $other:ident) => {
        $from.$other
    };
}

/// Sets members one by one, since a member's name is one of two.
macro_rules! build {
    ($api:path, $from:ident, $($field:ident $(= $other:ident)?),+) => {{
        let mut api = <$api>::default();
        $($crate::convert::set!(api, $from, $field $(= $other)?);)+
        api
    }};
}

macro_rules! set {
    ($api:ident, $from:ident, $field:ident) => {
        $api.$field = $crate::convert::ToApi::to_api(&$from.$field);
    };
    ($api:ident, $from:ident, $field:ident = $other:ident) => {
        $api.$other = $crate::convert::ToApi::to_api(&$from.$field);
    };
}

pub(crate) use {build, enums, field, required, set, structs};

impl FromApi<api::ecs::Tag> for model::Tag {
    fn from_api(api: api::ecs::Tag) -> Result<Self, Error> {
        Ok(Self { key: api.key.unwrap_or_default(), value: api.value.unwrap_or_default() })
    }
}

impl ToApi<api::ecs::Tag> for model::Tag {
    fn to_api(&self) -> api::ecs::Tag {
        api::ecs::Tag { key: Some(self.key.clone()), value: Some(self.value.clone()) }
    }
}

impl FromApi<api::ecs::Attribute> for model::ecs::Attribute {
    fn from_api(api: api::ecs::Attribute) -> Result<Self, Error> {
        Ok(Self { name: api.name, value: api.value })
    }
}

impl ToApi<api::ecs::Attribute> for model::ecs::Attribute {
    fn to_api(&self) -> api::ecs::Attribute {
        api::ecs::Attribute { name: self.name.clone(), value: self.value.clone(), ..Default::default() }
    }
}

impl ToApi<ApiTimestamp> for Timestamp {
    fn to_api(&self) -> ApiTimestamp {
        ApiTimestamp::from_epoch_ms(self.millis())
    }
}

impl FromApi<ApiTimestamp> for Timestamp {
    fn from_api(api: ApiTimestamp) -> Result<Self, Error> {
        Ok(Self::from_millis(api.epoch_ms()))
    }
}

/// A failure of a list operation.
pub(crate) fn failure(arn: impl Into<String>, reason: &str) -> api::ecs::Failure {
    api::ecs::Failure { arn: Some(arn.into()), reason: Some(reason.to_owned()), detail: None }
}

/// A name with a value, as statistics and attachment details have them.
pub(crate) fn pair(name: &str, value: impl ToString) -> api::ecs::KeyValuePair {
    api::ecs::KeyValuePair { name: Some(name.to_owned()), value: Some(value.to_string()) }
}

enums! {
    NetworkMode = model::status::NetworkMode,
    LaunchType = model::status::LaunchType,
    HealthStatus = model::status::HealthStatus,
    Connectivity = model::status::Connectivity,
    TaskStopCode = model::status::StopCode,
    TransportProtocol = model::status::TransportProtocol,
    ContainerCondition = model::status::ContainerCondition,
}
