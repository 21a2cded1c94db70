//! A service with its types erased: what `front` calls.
//!
//! A request goes `decode` → `resources` (to authorise) → `validate` → `call` → `encode`; each step is the caller's to make,
//! so that the chain stands in one visible place. Nothing here knows a protocol's form; codecs come from `wire`.

use std::any::Any;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

use http::request::Parts;
use wire::validate;
use wire::{Codec, DecodeError, ErrorReply, OperationSchema, Schema, ServiceSchema, Structure};

use crate::error::{Code, Error};
use crate::events::{ErasedEvents, EventBody, EventStream, erase};
use crate::resource::{self, Scope};

/// A future that `call` awaits.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Input or output of operations that have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unit {}

/// [`Unit`]'s schema.
pub static UNIT: Schema = Schema::structure("Unit", &[]);

wire::structure!(Unit, UNIT, {});

/// An AWS service, called with a context `C`.
pub struct Service<C> {
    pub schema: &'static ServiceSchema,
    operations: BTreeMap<&'static str, Operation<C>>,
}

/// One operation of a service.
pub struct Operation<C> {
    pub schema: &'static OperationSchema,
    /// The IAM action: `ecs:RunTask`.
    pub action: &'static str,
    resource: &'static str,
    new_input: fn() -> Box<dyn Structure>,
    call: Box<Call<C>>,
}

type Call<C> =
    dyn for<'a> Fn(&'a C, Box<dyn Structure>) -> BoxFuture<'a, Result<Reply, ErrorReply>> + Send + Sync;

/// A request that has been read and not yet been validated.
pub struct Decoded {
    input: Box<dyn Structure>,
    missing: Vec<String>,
}

/// What a successful call answers.
pub struct Reply {
    output: Box<dyn Structure>,
    events: Option<ErasedEvents>,
}

/// A response's body.
pub enum Body {
    Full(Vec<u8>),
    /// Frames, as they come.
    Events(EventBody),
}

impl<C> Service<C> {
    /// Used by generated code.
    pub fn new(schema: &'static ServiceSchema, operations: Vec<Operation<C>>) -> Self {
        let operations = operations.into_iter().map(|operation| (operation.schema.name, operation)).collect();
        Service { schema, operations }
    }

    /// The operation of that name, or `None` when the service's API (or the generated part of it) has none.
    pub fn operation(&self, name: &str) -> Option<&Operation<C>> {
        self.operations.get(name)
    }

    pub fn operations(&self) -> impl Iterator<Item = &Operation<C>> {
        self.operations.values()
    }

    /// Checks an input against its model; all violations make one error.
    pub fn validate(&self, decoded: &Decoded) -> Result<(), ErrorReply> {
        let violations = validate::violations(decoded.input.as_ref(), &decoded.missing);
        validate::error(self.schema, &violations).map_or(Ok(()), Err)
    }

    /// Writes a reply in the caller's protocol.
    pub fn encode(
        &self,
        operation: &Operation<C>,
        codec: &'static dyn Codec,
        reply: Reply,
        request_id: &str,
    ) -> http::Response<Body> {
        let Some(events) = reply.events else {
            return codec
                .encode(self.schema, operation.schema, reply.output.as_ref(), request_id)
                .map(Body::Full);
        };
        let mut response =
            codec.encode(self.schema, operation.schema, reply.output.as_ref(), request_id).map(drop);
        let event_stream = http::HeaderValue::from_static("application/vnd.amazon.eventstream");
        response.headers_mut().insert(http::header::CONTENT_TYPE, event_stream);
        response.map(|()| Body::Events(EventBody::new(codec, reply.output, events)))
    }
}

impl<C: Sync + 'static> Operation<C> {
    /// Used by generated code.
    pub fn new<S, I, O, K, F>(
        schema: &'static OperationSchema,
        action: &'static str,
        resource: &'static str,
        implementation: &Arc<S>,
        method: F,
    ) -> Self
    where
        S: Send + Sync + 'static,
        I: Structure + Default,
        O: Structure,
        K: Code,
        F: for<'a> Fn(&'a S, &'a C, I) -> BoxFuture<'a, Result<O, Error<K>>> + Copy + Send + Sync + 'static,
    {
        Operation::with_events(schema, action, resource, implementation, method, |_| None)
    }

    /// Used by generated code: an operation whose output has an event stream, which `events` takes out of it.
    pub fn streaming<S, I, O, K, F, E>(
        schema: &'static OperationSchema,
        action: &'static str,
        resource: &'static str,
        implementation: &Arc<S>,
        method: F,
        events: fn(&mut O) -> EventStream<E, K>,
    ) -> Self
    where
        S: Send + Sync + 'static,
        I: Structure + Default,
        O: Structure,
        K: Code,
        E: Structure,
        F: for<'a> Fn(&'a S, &'a C, I) -> BoxFuture<'a, Result<O, Error<K>>> + Copy + Send + Sync + 'static,
    {
        let erased = move |output: &mut O| Some(erase(events(output)));
        Operation::with_events(schema, action, resource, implementation, method, erased)
    }

    fn with_events<S, I, O, K, F>(
        schema: &'static OperationSchema,
        action: &'static str,
        resource: &'static str,
        implementation: &Arc<S>,
        method: F,
        events: impl Fn(&mut O) -> Option<ErasedEvents> + Copy + Send + Sync + 'static,
    ) -> Self
    where
        S: Send + Sync + 'static,
        I: Structure + Default,
        O: Structure,
        K: Code,
        F: for<'a> Fn(&'a S, &'a C, I) -> BoxFuture<'a, Result<O, Error<K>>> + Copy + Send + Sync + 'static,
    {
        let implementation = Arc::clone(implementation);
        let call: Box<Call<C>> = Box::new(move |cx, input| {
            let implementation = Arc::clone(&implementation);
            Box::pin(async move {
                let input: Box<dyn Any> = input;
                let Ok(input) = input.downcast::<I>() else {
                    return Err(Error::<K>::internal("The input is of another operation.").into());
                };
                let mut output = method(&implementation, cx, *input).await?;
                let events = events(&mut output);
                Ok(Reply { output: Box::new(output), events })
            })
        });
        Operation { schema, action, resource, new_input: || Box::new(I::default()), call }
    }
}

impl<C> Operation<C> {
    /// Reads a request.
    pub fn decode(&self, codec: &dyn Codec, parts: &Parts, body: &[u8]) -> Result<Decoded, DecodeError> {
        let mut input = (self.new_input)();
        let missing = codec.decode(self.schema, parts, body, input.as_mut())?;
        Ok(Decoded { input, missing })
    }

    /// The ARNs that the request is authorised on; at least one, `*` where the operation has no resource.
    pub fn resources(&self, scope: &Scope<'_>, decoded: &Decoded) -> Vec<String> {
        resource::resources(self.resource, scope, decoded.input.as_ref())
    }

    /// Runs the operation. A `decoded` of another operation is an internal failure.
    pub fn call<'a>(&self, cx: &'a C, decoded: Decoded) -> BoxFuture<'a, Result<Reply, ErrorReply>> {
        (self.call)(cx, decoded.input)
    }
}

impl Decoded {
    /// The input, for logs: sensitive members are redacted by `wire`'s visitors.
    pub fn input(&self) -> &dyn Structure {
        self.input.as_ref()
    }
}

impl Reply {
    pub fn output(&self) -> &dyn Structure {
        self.output.as_ref()
    }
}
