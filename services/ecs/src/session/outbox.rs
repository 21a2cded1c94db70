//! What an agent is still to be told.
//!
//! The session goes on reading while it waits for the socket. Otherwise the two sides could wait for each other for ever: an agent that
//! acknowledges every message before it reads the next one, and a session that reads no acknowledgement before it has said all it has to say.

use super::MOST_WAITING;
use agent_protocol::acs::FromBackend;
use std::collections::VecDeque;
use std::time::Duration;
use tokio::sync::mpsc::Sender;
use tokio::time::{Instant, timeout_at};

/// How long the socket may take nothing while something waits, before the session is given up.
const SEND_LIMIT: Duration = Duration::from_secs(30);

/// The agent is gone, or does not read.
pub(super) struct Unheard;

pub(super) struct Outbox {
    /// As many as the records make necessary at once: no more are added before all are sent, see [`Outbox::takes_news`].
    news: VecDeque<FromBackend>,
    /// As many as the agent asks for: bounded, see [`Outbox::takes_answers`].
    answers: VecDeque<FromBackend>,
    /// When something began to wait, or the last text went.
    moved: Instant,
}

impl Outbox {
    pub(super) fn new() -> Self {
        Self { news: VecDeque::new(), answers: VecDeque::new(), moved: Instant::now() }
    }

    /// In this order, after the news before.
    pub(super) fn tell(&mut self, news: impl IntoIterator<Item = FromBackend>) {
        self.wake();
        self.news.extend(news);
    }

    /// Answers go before news.
    pub(super) fn answer(&mut self, answer: impl IntoIterator<Item = FromBackend>) {
        self.wake();
        self.answers.extend(answer);
    }

    /// Whether all that was news is sent. What happens meanwhile is one look later.
    pub(super) fn takes_news(&self) -> bool {
        self.news.is_empty()
    }

    /// Whether more may be asked: not of a session whose answers nobody reads.
    pub(super) fn takes_answers(&self) -> bool {
        self.answers.len() < MOST_WAITING
    }

    pub(super) fn is_empty(&self) -> bool {
        self.news.is_empty() && self.answers.is_empty()
    }

    /// Sends one; never returns where there is none. Cancel-safe: a text is sent or still here.
    pub(super) async fn send_one(&mut self, to_agent: &Sender<String>) -> Result<(), Unheard> {
        if self.is_empty() {
            std::future::pending::<()>().await;
        }
        let Ok(room) = timeout_at(self.moved + SEND_LIMIT, to_agent.reserve()).await else {
            tracing::warn!("an agent does not read what it is sent");
            return Err(Unheard);
        };
        let room = room.map_err(|_| Unheard)?;
        if let Some(message) = self.answers.pop_front().or_else(|| self.news.pop_front()) {
            room.send(message.encode());
        }
        self.moved = Instant::now();
        Ok(())
    }

    /// Nothing has waited until now.
    fn wake(&mut self) {
        if self.is_empty() {
            self.moved = Instant::now();
        }
    }
}
