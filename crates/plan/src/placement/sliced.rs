//! Amounts per slot, stored as bit-planes (a bit-sliced index): plane `b` is the set of the slots whose amount has bit `b`.
//! Comparing all amounts with a number, or finding the least among a set, is then a few operations on whole words per
//! plane, and as quick for one state of the fleet as for another.

use super::slots::SlotSet;
use std::cmp::Ordering;

/// Words that are compared together.
const CHUNK: usize = 8;

/// One amount per slot.
#[derive(Clone, Debug, Default)]
pub(super) struct Sliced {
    capacity: usize,
    /// Words of one plane.
    width: usize,
    /// The planes, lowest bit first, one after the other.
    planes: Vec<u64>,
}

impl Sliced {
    /// All amounts 0.
    pub(super) fn zeros(capacity: usize) -> Self {
        Self { capacity, width: capacity.div_ceil(64), planes: Vec::new() }
    }

    pub(super) fn from_fn(capacity: usize, mut value: impl FnMut(usize) -> u32) -> Self {
        let mut sliced = Self::zeros(capacity);
        for slot in 0..capacity {
            sliced.set(slot, value(slot));
        }
        sliced
    }

    pub(super) fn set(&mut self, slot: usize, value: u32) {
        self.hold_digits_of(value);
        let (word, bit) = (slot / 64, slot % 64);
        for plane in 0..self.plane_count() {
            let word = &mut self.planes[plane * self.width + word];
            *word = *word & !(1 << bit) | u64::from(value >> plane & 1) << bit;
        }
    }

    /// Sets the amount of all `slots`, which all have the amount `before`.
    pub(super) fn set_all(&mut self, slots: &SlotSet, before: u32, value: u32) {
        self.hold_digits_of(value);
        for plane in (0..self.plane_count()).filter(|plane| (before ^ value) >> plane & 1 == 1) {
            let words = &mut self.planes[plane * self.width..(plane + 1) * self.width];
            words.iter_mut().zip(slots.words()).for_each(|(word, slots)| *word ^= slots);
        }
    }

    fn hold_digits_of(&mut self, value: u32) {
        let needed = (32 - value.leading_zeros()) as usize * self.width;
        if needed > self.planes.len() {
            self.planes.resize(needed, 0);
        }
    }

    /// Keeps in `set` the slots whose amount is at least `bound`.
    pub(super) fn retain_at_least(&self, set: &mut SlotSet, bound: u32) {
        if bound > 0 {
            self.retain(set, bound, |ordering| ordering.is_ge());
        }
    }

    /// Keeps in `set` the slots whose amount compares with `bound` as `accept` wants.
    pub(super) fn retain(&self, set: &mut SlotSet, bound: u32, accept: impl Fn(Ordering) -> bool) {
        let planes = self.plane_count();
        let words = set.words_mut();
        if u64::from(bound) >> planes != 0 {
            // No amount has so many digits.
            if !accept(Ordering::Less) {
                words.fill(0);
            }
            return;
        }
        let mask = |ordering| if accept(ordering) { u64::MAX } else { 0 };
        let [less, equal, greater] = [Ordering::Less, Ordering::Equal, Ordering::Greater].map(mask);
        for (index, chunk) in words.chunks_mut(CHUNK).enumerate() {
            let decided = self.compare(index * CHUNK, chunk, bound);
            for (word, (is_equal, is_greater)) in chunk.iter_mut().zip(decided) {
                let is_less = *word & !is_equal & !is_greater;
                *word = (is_less & less) | (is_equal & equal) | (is_greater & greater);
            }
        }
    }

    /// For up to [`CHUNK`] words of a set, from word `first` on: which of its slots have the amount `bound`, which more.
    /// In chunks, because the digits below those that have decided need no look, and most are decided early.
    fn compare(&self, first: usize, words: &[u64], bound: u32) -> [(u64, u64); CHUNK] {
        let mut decided = [(0, 0); CHUNK];
        for ((equal, _), word) in decided.iter_mut().zip(words) {
            *equal = *word;
        }
        for plane in (0..self.plane_count()).rev() {
            if decided.iter().all(|(equal, _)| *equal == 0) {
                break;
            }
            let wanted = if bound >> plane & 1 == 1 { u64::MAX } else { 0 };
            let bits = &self.plane(plane)[first..first + words.len()];
            for ((equal, greater), bits) in decided.iter_mut().zip(bits) {
                *greater |= *equal & bits & !wanted;
                *equal &= !(bits ^ wanted);
            }
        }
        decided
    }

    /// Keeps in `set` the slots whose amount is the least of the set.
    pub(super) fn retain_least(&self, set: &mut SlotSet) {
        self.prefer(set, |word, bits| word & !bits);
    }

    /// Keeps in `set` the slots whose amount is the greatest of the set.
    pub(super) fn retain_most(&self, set: &mut SlotSet) {
        self.prefer(set, |word, bits| word & bits);
    }

    /// From the highest digit down, keeps those with the preferred one where there are any.
    fn prefer(&self, set: &mut SlotSet, preferred: impl Fn(u64, u64) -> u64) {
        let words = set.words_mut();
        let mut kept = vec![0_u64; words.len()];
        for plane in (0..self.plane_count()).rev() {
            let mut any = 0;
            for ((kept, word), bits) in kept.iter_mut().zip(words.iter()).zip(self.plane(plane)) {
                *kept = preferred(*word, *bits);
                any |= *kept;
            }
            if any != 0 {
                words.copy_from_slice(&kept);
            }
        }
    }

    /// The slots whose amount is not 0.
    pub(super) fn non_zero(&self) -> SlotSet {
        let mut set = SlotSet::empty(self.capacity);
        for plane in 0..self.plane_count() {
            for (word, bits) in set.words_mut().iter_mut().zip(self.plane(plane)) {
                *word |= bits;
            }
        }
        set
    }

    fn plane_count(&self) -> usize {
        self.planes.len().checked_div(self.width).unwrap_or(0)
    }

    fn plane(&self, plane: usize) -> &[u64] {
        &self.planes[plane * self.width..(plane + 1) * self.width]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value() -> impl Strategy<Value = u32> {
        prop_oneof![0..8_u32, 0..5000_u32, any::<u32>()]
    }

    proptest! {
        #[test]
        fn agrees_with_a_scan(
            values in prop::collection::vec((value(), value(), any::<bool>()), 0..200),
            bound in value(),
            orderings in any::<[bool; 3]>(),
        ) {
            let n = values.len();
            let mut sliced = Sliced::from_fn(n, |slot| values[slot].0);
            for (slot, (_, second, _)) in values.iter().enumerate() {
                sliced.set(slot, *second);
            }
            let members = SlotSet::from_fn(n, |slot| values[slot].2);
            let accept = |o: Ordering| orderings[(o as i8 + 1) as usize];
            let mut kept = members.clone();
            sliced.retain(&mut kept, bound, accept);
            let expected = SlotSet::from_fn(n, |s| values[s].2 && accept(values[s].1.cmp(&bound)));
            prop_assert_eq!(&kept, &expected);
            let mut least = members.clone();
            sliced.retain_least(&mut least);
            let minimum = members.iter().map(|s| values[s].1).min();
            let expected = SlotSet::from_fn(n, |s| values[s].2 && Some(values[s].1) == minimum);
            prop_assert_eq!(&least, &expected);
            let mut most = members.clone();
            sliced.retain_most(&mut most);
            let maximum = members.iter().map(|s| values[s].1).max();
            let expected = SlotSet::from_fn(n, |s| values[s].2 && Some(values[s].1) == maximum);
            prop_assert_eq!(&most, &expected);
            let mut changed = sliced.clone();
            changed.set_all(&least, minimum.unwrap_or(0), bound);
            let mut equal = SlotSet::full(n);
            changed.retain(&mut equal, bound, |o| o.is_eq());
            prop_assert_eq!(equal, SlotSet::from_fn(n, |s| least.contains(s) || values[s].1 == bound));
            prop_assert_eq!(sliced.non_zero(), SlotSet::from_fn(n, |s| values[s].1 != 0));
            prop_assert_eq!(members.len() as usize, members.iter().count());
            prop_assert_eq!(members.first(), members.iter().next());
            for (rank, slot) in members.iter().enumerate() {
                prop_assert_eq!(members.nth(u32::try_from(rank).unwrap()), Some(slot));
                prop_assert!(members.contains(slot));
            }
            prop_assert_eq!(SlotSet::full(n).iter().count(), n);
        }
    }
}
