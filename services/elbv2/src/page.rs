//! Pages of lists: `PageSize` and `Marker`.

use crate::errors::validation;
use ::api::elbv2::Error;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What a page has when it is not told how much: the most that it may be told.
const USUAL: usize = 400;

/// One page, and the marker of the next.
pub(crate) struct Page<T> {
    pub items: Vec<T>,
    pub marker: Option<String>,
}

/// A page of `all`. A marker is the key of the last record that was shown; where that is gone, what is behind its place follows.
pub(crate) fn of<T>(
    all: impl Iterator<Item = T>,
    key: impl Fn(&T) -> String,
    marker: Option<&str>,
    size: Option<i32>,
) -> Result<Page<T>, Error> {
    let after = marker.map(read).transpose()?;
    let most = size.and_then(|n| usize::try_from(n).ok()).unwrap_or(USUAL);
    let rest = all.filter(|item| after.as_ref().is_none_or(|after| key(item) > *after));
    let mut items: Vec<T> = rest.take(most + 1).collect();
    let more = items.len() > most;
    items.truncate(most);
    let marker = items.last().filter(|_| more).map(|last| URL_SAFE_NO_PAD.encode(key(last)));
    Ok(Page { items, marker })
}

fn read(marker: &str) -> Result<String, Error> {
    let text = URL_SAFE_NO_PAD.decode(marker).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.filter(|key| !key.is_empty()).ok_or_else(|| validation("The marker is not valid"))
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
