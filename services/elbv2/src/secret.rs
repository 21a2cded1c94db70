//! Client secrets of rules that authenticate: sealed under the data directory's master key when they come, for their listener alone, and opened for
//! nodes that carry it.

use crate::errors;
use crate::service::Elbv2;
use auth::{Cx, Ids, MasterKey};
use model::balancer::Secret;
use model::elbv2::{Action, ActionKind, Authentication, ClientSecret, Rule, SealedSecret};
use model::ids::ListenerArn;

pub(crate) fn seal(key: &MasterKey, listener: &ListenerArn, secret: &str, random: [u8; 16]) -> ClientSecret {
    ClientSecret::Sealed(SealedSecret(key.seal(listener.as_str(), secret.as_bytes(), random)))
}

/// The client secret of a rule of that listener. `None` where it was sealed for another one, or under another master key.
pub fn client_secret(key: &MasterKey, listener: &ListenerArn, of: &Authentication) -> Option<Secret> {
    match &of.client_secret {
        ClientSecret::Plain(secret) => Some(secret.clone()),
        ClientSecret::Sealed(sealed) => {
            let opened = key.open(listener.as_str(), &sealed.0)?;
            std::str::from_utf8(&opened).ok().map(Secret::new)
        }
    }
}

/// Whether actions of two listeners are the same: a secret that is sealed twice is another text.
pub(crate) fn is_same(key: &MasterKey, a: (&ListenerArn, &[Action]), b: (&ListenerArn, &[Action])) -> bool {
    let same = |(one, other): (&Action, &Action)| match (&one.kind, &other.kind) {
        (ActionKind::AuthenticateOidc(first), ActionKind::AuthenticateOidc(second)) => {
            let secret = client_secret(key, a.0, first);
            let as_first =
                Authentication { client_secret: first.client_secret.clone(), ..(**second).clone() };
            one.order == other.order
                && **first == as_first
                && secret.is_some()
                && secret == client_secret(key, b.0, second)
        }
        _ => one == other,
    };
    a.1.len() == b.1.len() && a.1.iter().zip(b.1).all(same)
}

/// Seals what an earlier version kept as it came.
///
/// # Errors
/// The state cannot be changed.
pub async fn seal_client_secrets(elbv2: &Elbv2, cx: &Cx) -> Result<(), ::api::elbv2::Error> {
    let seed = cx.random_32();
    let change = elbv2.state.update(|tx| {
        let mut ids = Ids::from_seed(seed);
        let mut sealed: Vec<Rule> = Vec::new();
        for rule in tx.scan::<Rule>() {
            let mut changed = Rule::clone(rule);
            for action in &mut changed.actions {
                if let ActionKind::AuthenticateOidc(of) = &mut action.kind
                    && let ClientSecret::Plain(secret) = &of.client_secret
                {
                    of.client_secret = seal(&elbv2.key, &rule.listener, secret.reveal(), ids.random_16());
                }
            }
            if changed != **rule {
                sealed.push(changed);
            }
        }
        for rule in sealed {
            tx.put(rule);
        }
        Ok(())
    });
    errors::settle(change.await)
}
