//! Pages of lists: `MaxItems`, `Marker`, `IsTruncated`.

use ::api::iam::Error;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What a list has when it is not told how much to answer.
const USUAL: usize = 100;

/// One page, and the marker of the next.
pub(crate) struct Page<T> {
    pub items: Vec<T>,
    pub marker: Option<String>,
}

impl<T> Page<T> {
    pub(crate) fn is_truncated(&self) -> Option<bool> {
        Some(self.marker.is_some())
    }
}

/// A page of `all`, which is in the order of `key`.
pub(crate) fn of<T>(
    all: impl Iterator<Item = T>,
    key: impl Fn(&T) -> String,
    marker: Option<&str>,
    max_items: Option<i32>,
) -> Result<Page<T>, Error> {
    let after = marker.map(read).transpose()?;
    // The model allows 1 to 1000.
    let most = max_items.map_or(USUAL, |n| usize::try_from(n).unwrap_or(USUAL));
    let rest = all.filter(|item| after.as_ref().is_none_or(|after| key(item) > *after));
    let mut items: Vec<T> = rest.take(most + 1).collect();
    let more = items.len() > most;
    items.truncate(most);
    let marker = items.last().filter(|_| more).map(|last| STANDARD.encode(key(last)));
    Ok(Page { items, marker })
}

fn read(marker: &str) -> Result<String, Error> {
    let text = STANDARD.decode(marker).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.ok_or_else(|| Error::validation("Invalid Marker."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_join_to_the_whole() {
        let all = || ["a", "b", "c", "d", "e"].into_iter();
        let (mut seen, mut marker) = (Vec::new(), None);
        loop {
            let page = of(all(), |s| (*s).to_owned(), marker.as_deref(), Some(2)).expect("a page");
            assert!(page.items.len() <= 2);
            assert_eq!(page.is_truncated(), Some(page.marker.is_some()));
            seen.extend(page.items);
            marker = page.marker;
            if marker.is_none() {
                break;
            }
        }
        assert_eq!(seen, ["a", "b", "c", "d", "e"]);
        assert!(of(all(), |s| (*s).to_owned(), Some("%"), None).is_err());
    }
}
