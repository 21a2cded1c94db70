//! The difference between two configurations, in parts that fit into messages.
//!
//! A node is told of what changed, and not of everything that it serves: one that carries many load balancers would be told megabytes for each target that
//! comes. What it serves changes all the same in one step, when it has the last part.

use super::{Balancer, Certificate, Configuration, Door, FORMAT, Secret, TargetGroup};
use serde::{Deserialize, Serialize};

/// One part of a difference. Load balancers, groups and certificates are known by their ARNs, and are in one part each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// [`FORMAT`].
    pub format: u32,
    /// The revision that it is a change of; `None`: of nothing, and whatever was there is no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<u64>,
    /// The revision that all parts together make.
    pub revision: u64,
    /// Which part it is, from 0, and of how many.
    pub part: u32,
    pub parts: u32,
    pub cookie_key: Secret,
    pub signing_key: Secret,
    /// What is new or another: whole.
    #[serde(default)]
    pub balancers: Vec<Balancer>,
    #[serde(default)]
    pub groups: Vec<TargetGroup>,
    #[serde(default)]
    pub certificates: Vec<Certificate>,
    /// All of them, where they changed: in the first part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doors: Option<Vec<Door>>,
    /// ARNs of what is no more: in the first part.
    #[serde(default)]
    pub gone: Vec<String>,
}

/// A part that does not fit to what is there: one before it is missing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("part {part} of {parts} of revision {revision} of a configuration does not follow what is there")]
pub struct Gap {
    pub revision: u64,
    pub part: u32,
    pub parts: u32,
}

/// What a node has been told so far.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    whole: Option<Configuration>,
    /// A difference that is not complete, and its next part.
    begun: Option<(Configuration, u32)>,
}

impl Draft {
    /// Takes a part in; the new configuration where it was the last one. After a gap nothing fits but what begins anew.
    pub fn take(&mut self, change: Change) -> Result<Option<Configuration>, Gap> {
        let gap = Gap { revision: change.revision, part: change.part, parts: change.parts };
        let Some((mut configuration, next)) = self.before(&change) else {
            *self = Self::default();
            return Err(gap);
        };
        replace(&mut configuration.balancers, change.balancers, &change.gone, |b| &b.arn);
        replace(&mut configuration.groups, change.groups, &change.gone, |g| &g.arn);
        replace(&mut configuration.certificates, change.certificates, &change.gone, |c| &c.arn);
        if let Some(doors) = change.doors {
            configuration.doors = doors;
        }
        if next < change.parts {
            self.begun = Some((configuration, next));
            return Ok(None);
        }
        self.whole = Some(configuration.clone());
        Ok(Some(configuration))
    }

    /// What a part is added to, and the number of the part after it.
    fn before(&mut self, change: &Change) -> Option<(Configuration, u32)> {
        let begun = self.begun.take();
        if change.part > 0 {
            return begun
                .filter(|(whole, next)| *next == change.part && whole.revision == change.revision)
                .map(|(whole, next)| (whole, next + 1));
        }
        let from = match change.since {
            Some(since) => self.whole.clone().filter(|whole| whole.revision == since)?,
            None => Configuration::nothing(change.cookie_key.clone(), change.signing_key.clone()),
        };
        let (cookie_key, signing_key) = (change.cookie_key.clone(), change.signing_key.clone());
        let (format, revision) = (change.format, change.revision);
        Some((Configuration { format, revision, cookie_key, signing_key, ..from }, 1))
    }
}

impl Configuration {
    /// One that serves nothing.
    pub fn nothing(cookie_key: Secret, signing_key: Secret) -> Self {
        Self {
            format: FORMAT,
            revision: 0,
            cookie_key,
            signing_key,
            balancers: Vec::new(),
            groups: Vec::new(),
            certificates: Vec::new(),
            doors: Vec::new(),
        }
    }
}

/// Puts items into a list that is sorted by ARN, in place of those that had theirs.
fn replace<T>(list: &mut Vec<T>, items: Vec<T>, gone: &[String], arn: impl Fn(&T) -> &String) {
    for arn_gone in gone {
        if let Ok(at) = list.binary_search_by(|item| arn(item).cmp(arn_gone)) {
            list.remove(at);
        }
    }
    for item in items {
        match list.binary_search_by(|other| arn(other).cmp(arn(&item))) {
            Ok(at) => list[at] = item,
            Err(at) => list.insert(at, item),
        }
    }
}
