//! Buffers that the connections of one thread lend each other. Most connections wait, and need none then; whoever needs one gets the one
//! that was used last, which the processor still has in its cache.

use bytes::BytesMut;
use std::cell::RefCell;

/// Bytes of a buffer, small and large. Those of other sizes are nobody's but their connection's.
pub const SMALL: usize = 4 * 1024;
pub const LARGE: usize = 64 * 1024;
/// Buffers of either size that are kept: two MiB a thread at most.
const KEPT: [(usize, usize); 2] = [(SMALL, 256), (LARGE, 16)];

thread_local! {
    static FREE: RefCell<[Vec<BytesMut>; 2]> = const { RefCell::new([Vec::new(), Vec::new()]) };
}

/// An empty buffer with room for `size` bytes at least.
pub fn take(size: usize) -> BytesMut {
    let class = KEPT.iter().position(|(of, _)| size <= *of);
    let kept = class.and_then(|class| FREE.with_borrow_mut(|free| free[class].pop()));
    kept.unwrap_or_else(|| BytesMut::with_capacity(class.map_or(size, |class| KEPT[class].0)))
}

/// Gives a buffer back that holds nothing. One that others still have a part of stays with its owner.
pub fn give(buffer: &mut BytesMut) {
    if !buffer.is_empty() || buffer.capacity() == 0 {
        return;
    }
    for (class, (size, most)) in KEPT.iter().enumerate() {
        // The whole of it again, where nobody has a part: of its own size then.
        if buffer.capacity() <= *size && buffer.try_reclaim(*size) && buffer.capacity() < size * 2 {
            let buffer = std::mem::take(buffer);
            return FREE.with_borrow_mut(|free| {
                if free[class].len() < *most {
                    free[class].push(buffer);
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_gives_a_buffer_back_lends_it_to_the_next() {
        let mut buffer = take(100);
        buffer.extend_from_slice(b"head");
        let place = buffer.as_ptr();
        let held = buffer.split_to(4).freeze();
        give(&mut buffer);
        assert_ne!(buffer.capacity(), 0, "a part of it is in use");
        drop(held);
        give(&mut buffer);
        assert_eq!(buffer.capacity(), 0);
        let again = take(SMALL);
        assert_eq!((again.as_ptr(), again.capacity()), (place, SMALL));
        assert!(take(SMALL + 1).capacity() >= LARGE);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut all: Vec<_> = (0..1000).map(|_| take(SMALL)).collect();
        all.iter_mut().for_each(give);
        FREE.with_borrow(|free| assert_eq!(free[0].len(), KEPT[0].1));
        // Neither a huge one nor one that holds something.
        let mut huge = BytesMut::with_capacity(1024 * 1024);
        give(&mut huge);
        let mut full = take(LARGE);
        full.extend_from_slice(b"x");
        give(&mut full);
        assert_eq!((huge.capacity(), &full[..]), (1024 * 1024, &b"x"[..]));
    }
}
