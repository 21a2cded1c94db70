//! Removal and collection: what is in use stays, what nothing refers to goes.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::Duration;

use image::build::{ImageBuilder, Layer};
use image::{Digest, ErrorKind, GcPolicy, Image, Reference, Store};
use proptest::prelude::*;

use crate::{small_image, store};

fn at_once() -> GcPolicy {
    GcPolicy { minimum_age: Duration::ZERO, max_images: usize::MAX, ..GcPolicy::default() }
}

fn name(text: &str) -> Reference {
    text.parse().unwrap()
}

fn count(store: &Store, folder: &str) -> usize {
    std::fs::read_dir(store.root().join(folder))
        .unwrap()
        .filter(|e| !is_note(&e.as_ref().unwrap().path()))
        .count()
}

fn is_note(path: &Path) -> bool {
    path.parent().unwrap().ends_with("layers") && path.extension().is_some()
}

#[tokio::test]
async fn removal_takes_the_last_name_with_the_image() {
    let root = tempfile::tempdir().unwrap();
    let store = store(root.path());
    let one = small_image("one").import(&store, &name("one")).await.unwrap();
    drop(small_image("one").import(&store, &name("alias")).await.unwrap());
    drop(small_image("two").import(&store, &name("two")).await.unwrap());
    assert_eq!((count(&store, "layers"), count(&store, "images")), (3, 2));
    drop(store.remove(&name("alias"), HashSet::new()).await.unwrap());
    // A live value holds it, then a caller's word does, then nothing.
    let error = store.remove(&name("one"), HashSet::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InUse);
    let id = one.id;
    drop(one);
    let error = store.remove(&name("one"), HashSet::from([id])).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InUse);
    let removed = store.remove(&name("one"), HashSet::new()).await.unwrap();
    // The lower layer is shared with the other image.
    assert_eq!((removed.images.len(), removed.layers, removed.blobs), (1, 1, 2));
    assert_eq!((count(&store, "layers"), count(&store, "images")), (2, 1));
    assert_eq!(store.remove(&name("one"), HashSet::new()).await.unwrap_err().kind(), ErrorKind::NotFound);
    store.remove(&name("two"), HashSet::new()).await.unwrap();
    for folder in ["layers", "images", "names", "blobs/sha256"] {
        assert_eq!(count(&store, folder), 0, "{folder}");
    }
}

#[tokio::test]
async fn age_number_keep_and_disk_use_bound_a_collection() {
    let root = tempfile::tempdir().unwrap();
    let store = store(root.path());
    for mark in ["a", "b", "c", "d"] {
        drop(small_image(mark).import(&store, &name(mark)).await.unwrap());
    }
    let collected = store.collect(GcPolicy::default(), HashSet::new()).await.unwrap();
    assert_eq!(collected.images.len(), 0, "too young");
    let full = GcPolicy { disk_use_percent: 100, ..at_once() };
    assert_eq!(store.collect(full, HashSet::new()).await.unwrap().images.len(), 0, "the disk has room");
    // The least recently used goes first: `a` was asked for last.
    drop(store.get(&name("a")).unwrap().unwrap());
    let one = GcPolicy { max_images: 1, keep: HashSet::from([name("b")]), ..at_once() };
    assert_eq!(store.collect(one, HashSet::new()).await.unwrap().images.len(), 1);
    let left: Vec<String> =
        store.list().unwrap().iter().map(|i| i.name.as_ref().unwrap().familiar()).collect();
    assert_eq!(left, ["a:latest", "b:latest", "d:latest"]);
    let keep = GcPolicy { keep: HashSet::from([name("b")]), ..at_once() };
    assert_eq!(store.collect(keep, HashSet::new()).await.unwrap().images.len(), 2);
    assert!(store.get(&name("b")).unwrap().is_some());
}

#[tokio::test]
async fn an_image_that_lost_its_name_goes_and_a_live_one_stays() {
    let root = tempfile::tempdir().unwrap();
    let store = store(root.path());
    let old = small_image("old").import(&store, &name("app")).await.unwrap();
    drop(small_image("new").import(&store, &name("app")).await.unwrap());
    assert_eq!(store.list().unwrap().iter().filter(|image| image.name.is_none()).count(), 1);
    let nothing_named = GcPolicy { max_images: 0, ..at_once() };
    assert!(store.collect(nothing_named.clone(), HashSet::new()).await.unwrap().images.is_empty());
    assert!(old.layers.iter().all(|layer| layer.is_dir()));
    let layers = old.layers.clone();
    drop(old);
    assert_eq!(store.collect(nothing_named, HashSet::new()).await.unwrap().images.len(), 1);
    assert!(!layers[1].exists() && layers[0].exists());
    assert!(store.get(&name("app")).unwrap().is_some());
}

#[tokio::test]
async fn processes_respect_each_others_pins_and_crashes_are_cleared() {
    let root = tempfile::tempdir().unwrap();
    // Two opened stores are to each other what two processes are: their sessions differ.
    let (one, other) = (store(root.path()), store(root.path()));
    let image = small_image("one").import(&one, &name("app")).await.unwrap();
    assert!(other.collect(at_once(), HashSet::new()).await.unwrap().images.is_empty());
    assert_eq!(other.remove(&name("app"), HashSet::new()).await.unwrap_err().kind(), ErrorKind::InUse);
    drop(image);
    assert_eq!(other.collect(at_once(), HashSet::new()).await.unwrap().images.len(), 1);
    drop((one, other));
    // What a killed process leaves: a session nobody holds.
    let dead = root.path().join("tmp/4194305-0");
    std::fs::create_dir_all(dead.join("layer-0/etc")).unwrap();
    std::fs::write(dead.join("lock"), "").unwrap();
    let store = store(root.path());
    assert!(!dead.exists());
    assert_eq!(count(&store, "tmp"), 1);
}

#[tokio::test]
async fn a_damaged_store_heals_by_loading_again() {
    let root = tempfile::tempdir().unwrap();
    let store = store(root.path());
    let image = small_image("one").import(&store, &name("app")).await.unwrap();
    std::fs::write(root.path().join("blobs/sha256").join(image.id.hex()), "{}").unwrap();
    assert!(store.get(&name("app")).unwrap().is_none());
    std::fs::remove_dir_all(&image.layers[0]).unwrap();
    drop(small_image("one").import(&store, &name("app")).await.unwrap());
    assert!(store.get(&name("app")).unwrap().unwrap().layers[0].join("bin/app").exists());
    for record in std::fs::read_dir(root.path().join("names")).unwrap() {
        std::fs::write(record.unwrap().path(), "not json").unwrap();
    }
    assert!(store.get(&name("app")).unwrap().is_none());
}

#[derive(Debug, Clone)]
enum Step {
    /// Import the image made of these layers under this name.
    Import {
        name: u8,
        layers: Vec<u8>,
    },
    /// A container ends.
    Release(u8),
    /// Only the caller's word holds it from now on, as after a restart of the agent.
    Remember(u8),
    Remove(u8),
    Collect {
        max_images: usize,
    },
}

fn any_steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0_u8..4, proptest::collection::vec(0_u8..5, 0..4)).prop_map(|(name, layers)| Step::Import { name, layers }),
        1 => (0_u8..4).prop_map(Step::Release),
        1 => (0_u8..4).prop_map(Step::Remember),
        1 => (0_u8..4).prop_map(Step::Remove),
        2 => (0_usize..4).prop_map(|max_images| Step::Collect { max_images }),
    ];
    proptest::collection::vec(step, 1..16)
}

async fn run(steps: Vec<Step>) {
    let root = tempfile::tempdir().unwrap();
    let store = store(root.path());
    let mut live: HashMap<u8, Image> = HashMap::new();
    let mut remembered: HashMap<u8, (Digest, Vec<std::path::PathBuf>)> = HashMap::new();
    for step in steps {
        let in_use: HashSet<Digest> = remembered.values().map(|(digest, _)| *digest).collect();
        match step {
            Step::Import { name: number, layers } => {
                let layer =
                    |n: &u8| Layer::new().file("/f", 0o644, vec![*n; 100]).file(&format!("/{n}"), 0o644, "x");
                let builder = layers.iter().map(layer).fold(ImageBuilder::new(), ImageBuilder::layer);
                live.insert(number, builder.import(&store, &name(&format!("i{number}"))).await.unwrap());
            }
            Step::Release(number) => {
                live.remove(&number);
                remembered.remove(&number);
            }
            Step::Remember(number) => {
                if let Some(image) = live.remove(&number) {
                    remembered.insert(number, (image.manifest, image.layers));
                }
            }
            Step::Remove(number) => drop(store.remove(&name(&format!("i{number}")), in_use).await),
            Step::Collect { max_images } => {
                store.collect(GcPolicy { max_images, ..at_once() }, in_use).await.unwrap();
            }
        }
        let used = live.values().flat_map(|image| &image.layers);
        for layer in used.chain(remembered.values().flat_map(|(_, layers)| layers)) {
            assert!(layer.is_dir(), "a layer in use was removed: {}", layer.display());
        }
    }
    drop(live);
    store.collect(at_once(), HashSet::new()).await.unwrap();
    for folder in ["layers", "images", "names", "blobs/sha256"] {
        let left = std::fs::read_dir(root.path().join(folder)).unwrap().count();
        assert_eq!(left, 0, "{folder} is not empty once nothing is in use");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn collection_never_takes_what_is_in_use_and_takes_all_else(steps in any_steps()) {
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap().block_on(run(steps));
    }
}
