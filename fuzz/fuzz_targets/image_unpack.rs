//! Layers: whatever the archive says, nothing outside its directory changes. Needs root.
//!
//! The input is mended to a tar whose checksums hold, since otherwise nearly every input ends at the first header.
#![no_main]

use std::path::Path;

fn mend(bytes: &[u8]) -> Vec<u8> {
    let mut tar = bytes.to_vec();
    for header in tar.chunks_exact_mut(512) {
        header[148..156].copy_from_slice(b"        ");
        let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    }
    tar
}

fn listing(directory: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(directory).expect("it is ours");
    let mut found: Vec<_> = entries
        .map(|entry| entry.expect("it is ours").path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap_or_default()))
        .collect();
    found.sort();
    found
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let scene = tempfile::tempdir().expect("the temporary directory is writable");
    let (outside, into) = (scene.path().join("outside"), scene.path().join("into"));
    std::fs::create_dir(&outside).expect("it is ours");
    std::fs::create_dir(&into).expect("it is ours");
    std::fs::write(outside.join("victim"), "untouched").expect("it is ours");
    let before = (listing(&outside), listing(scene.path()).len());
    image::fuzzing::unpack_layer(&mend(bytes), &into).expect("the scene is writable");
    assert_eq!((listing(&outside), listing(scene.path()).len()), before, "something outside changed");
});
