//! Keys as the trees hold them: what tells the keys of one table apart stands in the tree's own nodes.
//!
//! A search compares a dozen keys or more. The text of each lies somewhere else in memory, and ARNs of one kind differ in their ends alone: comparing texts was
//! two fifths of the time of a server with 400,000 tasks. Eight bytes of each key, kept beside it, decide nearly every comparison.

use std::cmp::Ordering;
use std::sync::Arc;

/// In which order a table has its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOrder {
    /// By the key's text.
    Text,
    /// By the key's last eight bytes, then by its text: for keys that begin alike and end at random.
    Ending,
}

const HEAD: usize = 8;

impl KeyOrder {
    /// The bytes that are compared first, as a number.
    fn head(self, text: &str) -> u64 {
        let bytes = text.as_bytes();
        let first = match self {
            Self::Text => &bytes[..bytes.len().min(HEAD)],
            Self::Ending => &bytes[bytes.len().saturating_sub(HEAD)..],
        };
        // What is missing is zero, which is below everything: a shorter text is less than what it begins.
        let mut head = [0; HEAD];
        head[..first.len()].copy_from_slice(first);
        u64::from_be_bytes(head)
    }
}

/// A key in a tree.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    head: u64,
    text: Arc<str>,
}

impl Key {
    pub fn new(order: KeyOrder, text: Arc<str>) -> Self {
        Self { head: order.head(&text), text }
    }

    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    pub fn probe(&self) -> Probe<'_> {
        Probe { head: self.head, text: &self.text }
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        self.probe().cmp(&other.probe())
    }
}

/// A key that is looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Probe<'a> {
    head: u64,
    text: &'a str,
}

impl<'a> Probe<'a> {
    pub fn new(order: KeyOrder, text: &'a str) -> Self {
        Self { head: order.head(text), text }
    }

    fn cmp(&self, other: &Probe<'_>) -> Ordering {
        self.head.cmp(&other.head).then_with(|| match std::ptr::eq(self.text, other.text) {
            true => Ordering::Equal,
            false => self.text.cmp(other.text),
        })
    }
}

impl equivalent::Equivalent<Key> for Probe<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.cmp(&key.probe()).is_eq()
    }
}

impl equivalent::Comparable<Key> for Probe<'_> {
    fn compare(&self, key: &Key) -> Ordering {
        self.cmp(&key.probe())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_are_in_the_order_of_texts(a in "[a-c\u{0}]{0,20}", b in "[a-c\u{0}]{0,20}") {
            let key = |text: &str| Key::new(KeyOrder::Text, text.into());
            prop_assert_eq!(key(&a).cmp(&key(&b)), a.cmp(&b));
        }

        #[test]
        fn endings_are_compared_first(a in "[a-c]{0,20}", b in "[a-c]{0,20}") {
            let key = |text: &str| Key::new(KeyOrder::Ending, text.into());
            let ending = |text: &str| text[text.len().saturating_sub(8)..].to_owned();
            prop_assert_eq!(key(&a).cmp(&key(&b)), ending(&a).cmp(&ending(&b)).then_with(|| a.cmp(&b)));
            prop_assert_eq!(key(&a) == key(&b), a == b);
        }
    }
}
