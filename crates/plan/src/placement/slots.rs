//! Sets of instances, one bit each. A slot is the position of an instance in the fleet, in the order of ARNs.

/// A set of slots below a fixed capacity. Operations take two sets of one capacity.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct SlotSet {
    words: Vec<u64>,
}

impl SlotSet {
    pub(super) fn empty(capacity: usize) -> Self {
        Self { words: vec![0; capacity.div_ceil(64)] }
    }

    /// Every slot below `capacity`.
    pub(super) fn full(capacity: usize) -> Self {
        let mut set = Self { words: vec![u64::MAX; capacity.div_ceil(64)] };
        if !capacity.is_multiple_of(64)
            && let Some(last) = set.words.last_mut()
        {
            *last = (1 << (capacity % 64)) - 1;
        }
        set
    }

    /// The slots below `capacity` that pass `test`.
    pub(super) fn from_fn(capacity: usize, mut test: impl FnMut(usize) -> bool) -> Self {
        let mut set = Self::empty(capacity);
        for slot in (0..capacity).filter(|slot| test(*slot)) {
            set.insert(slot);
        }
        set
    }

    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }

    pub(super) fn words_mut(&mut self) -> &mut [u64] {
        &mut self.words
    }

    pub(super) fn insert(&mut self, slot: usize) {
        self.words[slot / 64] |= 1 << (slot % 64);
    }

    pub(super) fn remove(&mut self, slot: usize) {
        self.words[slot / 64] &= !(1 << (slot % 64));
    }

    pub(super) fn set(&mut self, slot: usize, member: bool) {
        if member { self.insert(slot) } else { self.remove(slot) }
    }

    #[cfg(test)]
    pub(super) fn contains(&self, slot: usize) -> bool {
        self.words[slot / 64] >> (slot % 64) & 1 == 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub(super) fn len(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// The lowest slot.
    pub(super) fn first(&self) -> Option<usize> {
        let (index, word) = self.words.iter().enumerate().find(|(_, word)| **word != 0)?;
        Some(index * 64 + word.trailing_zeros() as usize)
    }

    /// The slot with `rank` lower ones in the set.
    pub(super) fn nth(&self, mut rank: u32) -> Option<usize> {
        for (index, word) in self.words.iter().enumerate() {
            let ones = word.count_ones();
            if rank < ones {
                let mut word = *word;
                for _ in 0..rank {
                    word &= word - 1;
                }
                return Some(index * 64 + word.trailing_zeros() as usize);
            }
            rank -= ones;
        }
        None
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(index, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(index * 64 + bit)
            })
        })
    }

    pub(super) fn intersect(&mut self, other: &Self) {
        self.combine(other, |a, b| a & b);
    }

    pub(super) fn union(&mut self, other: &Self) {
        self.combine(other, |a, b| a | b);
    }

    pub(super) fn subtract(&mut self, other: &Self) {
        self.combine(other, |a, b| a & !b);
    }

    fn combine(&mut self, other: &Self, operation: impl Fn(u64, u64) -> u64) {
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a = operation(*a, *b);
        }
    }
}
