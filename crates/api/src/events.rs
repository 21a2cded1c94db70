//! Replies that stream events.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use futures_core::Stream;
use wire::event_stream::Message;
use wire::{Codec, ErrorReply, Member, ShapeSerializer, Structure};

use crate::error::{Code, Error};

type Events<E, K> = BoxStream<Result<E, Error<K>>>;
type BoxStream<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

/// The events of a reply. An error ends the stream; clients see it as a modelled exception.
///
/// The mutex is never locked: streams are polled through `&mut`, and it makes the type `Sync`, as every shape is.
pub struct EventStream<E, K>(Option<Mutex<Events<E, K>>>);

impl<E, K> EventStream<E, K> {
    pub fn new(events: impl Stream<Item = Result<E, Error<K>>> + Send + 'static) -> Self {
        EventStream(Some(Mutex::new(Box::pin(events))))
    }
}

impl<E, K> Default for EventStream<E, K> {
    /// A stream without events.
    fn default() -> Self {
        EventStream(None)
    }
}

impl<E, K> fmt::Debug for EventStream<E, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}

impl<E, K> Stream for EventStream<E, K> {
    type Item = Result<E, Error<K>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(events) = self.0.as_mut() else { return Poll::Ready(None) };
        let events = events.get_mut().unwrap_or_else(PoisonError::into_inner);
        events.as_mut().poll_next(cx)
    }
}

/// A stream of events whose type is erased.
pub(crate) type ErasedEvents = BoxStream<Result<Box<dyn Structure>, ErrorReply>>;

pub(crate) fn erase<E: Structure, K: Code>(events: EventStream<E, K>) -> ErasedEvents {
    struct Erase<E, K>(EventStream<E, K>);

    impl<E: Structure, K: Code> Stream for Erase<E, K> {
        type Item = Result<Box<dyn Structure>, ErrorReply>;

        fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Pin::new(&mut self.0).poll_next(cx).map(|event| {
                event.map(|event| {
                    event.map(|event| Box::new(event) as Box<dyn Structure>).map_err(ErrorReply::from)
                })
            })
        }
    }

    Box::pin(Erase(events))
}

/// A body in `application/vnd.amazon.eventstream` framing: the initial response, then one frame per event.
pub struct EventBody {
    codec: &'static dyn Codec,
    initial: Option<Box<dyn Structure>>,
    events: Option<ErasedEvents>,
}

impl EventBody {
    pub(crate) fn new(codec: &'static dyn Codec, initial: Box<dyn Structure>, events: ErasedEvents) -> Self {
        EventBody { codec, initial: Some(initial), events: Some(events) }
    }

    fn frame(&self, event: Result<Box<dyn Structure>, ErrorReply>) -> (Option<Vec<u8>>, bool) {
        match event {
            Ok(event) => {
                let mut found = EventFrame { codec: self.codec, message: None };
                event.write_members(&mut found);
                (found.message.and_then(|message| encoded(&message)), false)
            }
            Err(error) => {
                let body = self.codec.encode_error(None, &error, "").into_body();
                let content_type = self.codec.encode_event_payload(&crate::Unit {}).1;
                (encoded(&Message::exception(&error.code, content_type, body)), true)
            }
        }
    }
}

/// An event larger than a frame can be is left out: a client could not read it.
fn encoded(message: &Message) -> Option<Vec<u8>> {
    let mut frame = Vec::new();
    message.encode(&mut frame).is_ok().then_some(frame)
}

impl Stream for EventBody {
    /// One frame.
    type Item = Vec<u8>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Vec<u8>>> {
        if let Some(initial) = self.initial.take() {
            let (payload, content_type) = self.codec.encode_event_payload(initial.as_ref());
            if let Some(frame) = encoded(&Message::event("initial-response", content_type, payload)) {
                return Poll::Ready(Some(frame));
            }
        }
        loop {
            let Some(events) = self.events.as_mut() else { return Poll::Ready(None) };
            match events.as_mut().poll_next(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => {
                    self.events = None;
                }
                Poll::Ready(Some(event)) => {
                    let (frame, last) = self.frame(event);
                    if last {
                        self.events = None;
                    }
                    if frame.is_some() {
                        return Poll::Ready(frame);
                    }
                }
            }
        }
    }
}

/// Takes the one member of an event union: its name is the event's type, its value the payload.
struct EventFrame {
    codec: &'static dyn Codec,
    message: Option<Message>,
}

impl ShapeSerializer for EventFrame {
    fn structure(&mut self, member: &'static Member, value: &dyn Structure) {
        let (payload, content_type) = self.codec.encode_event_payload(value);
        self.message = Some(Message::event(member.on_wire(), content_type, payload));
    }

    // Events are structures; `xtask codegen` knows no other.
    fn list(&mut self, _: &'static Member, _: &mut dyn ExactSizeIterator<Item = &dyn wire::Value>) {}
    fn map(&mut self, _: &'static Member, _: &mut dyn ExactSizeIterator<Item = (&str, &dyn wire::Value)>) {}
    fn boolean(&mut self, _: &'static Member, _: bool) {}
    fn integer(&mut self, _: &'static Member, _: i32) {}
    fn long(&mut self, _: &'static Member, _: i64) {}
    fn float(&mut self, _: &'static Member, _: f32) {}
    fn double(&mut self, _: &'static Member, _: f64) {}
    fn string(&mut self, _: &'static Member, _: &str) {}
    fn blob(&mut self, _: &'static Member, _: &[u8]) {}
    fn timestamp(&mut self, _: &'static Member, _: wire::Timestamp) {}
    fn document(&mut self, _: &'static Member, _: &wire::Document) {}
}
