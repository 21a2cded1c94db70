//! Whose a request is, where a load balancer authenticates users.

use super::record::Record;
use super::route::{Asked, At};
use crate::authenticate::{Admission, strip};
use crate::http::ResponseHead;
use crate::plan::Authenticate;
use crate::request::answer::Answer;

impl At<'_> {
    /// The answer to what is the load balancer's own, whatever its rules say. What clients say of their users is dropped before.
    pub async fn reserved(&self, asked: &mut Asked, record: &mut Record) -> Option<Answer> {
        strip(&mut asked.head.fields);
        let keeper = self.listener.keeper.as_ref()?;
        let reserved = keeper.reserved(&asked.head)?;
        record.actions = "authenticate";
        // Of its own: requests that nobody authenticates have no room to spare for it.
        let answered = Box::pin(keeper.answer(self.worker, self.listener, reserved, &asked.head));
        let (answer, reason) = answered.await;
        record.error = reason.and_then(|reason| reason.code());
        Some(answer)
    }

    /// Finds out whose a request is; the answer of one that does not go on.
    pub async fn admit(
        &self,
        first: &Authenticate,
        asked: &mut Asked,
        record: &mut Record,
    ) -> Option<Answer> {
        record.authenticated = true;
        let (admission, reason) = Box::pin(first.by.admit(self.worker, self.listener, &asked.head)).await;
        record.error = reason.and_then(|reason| reason.code());
        match admission {
            Admission::Out(answer) => Some(answer),
            Admission::In(user) => {
                asked.user = user;
                None
            }
        }
    }
}

impl Asked {
    /// Gives the client its session where that was renewed.
    pub fn renew(&self, head: &mut ResponseHead) {
        if let Some(user) = &self.user {
            user.renew(head);
        }
    }
}
