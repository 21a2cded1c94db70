//! Root only: owners, devices and trusted attributes are part of a layer.

use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::PathBuf;

use proptest::prelude::*;
use rustix::fs::XattrFlags;

use super::*;

/// A tar made header by header, so that it can lie.
#[derive(Debug, Default, Clone)]
struct Tar(Vec<u8>);

impl Tar {
    fn raw(
        mut self,
        kind: u8,
        path: &[u8],
        link: &[u8],
        data: &[u8],
        edit: impl FnOnce(&mut [u8; 512]),
    ) -> Self {
        let mut header = [0_u8; 512];
        header[..path.len()].copy_from_slice(path);
        header[100..108].copy_from_slice(b"0000644\0");
        header[108..116].copy_from_slice(b"0000000\0");
        header[116..124].copy_from_slice(b"0000000\0");
        header[124..136].copy_from_slice(format!("{:011o}\0", data.len()).as_bytes());
        header[136..148].copy_from_slice(b"00000001750\0");
        header[156] = kind;
        header[157..157 + link.len()].copy_from_slice(link);
        header[257..265].copy_from_slice(b"ustar\x0000");
        edit(&mut header);
        header[148..156].copy_from_slice(b"        ");
        let sum: u32 = header.iter().map(|&b| u32::from(b)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        self.0.extend_from_slice(&header);
        self.0.extend_from_slice(data);
        self.0.resize(self.0.len().next_multiple_of(512), 0);
        self
    }

    fn file(self, path: &str, data: &[u8]) -> Self {
        self.raw(b'0', path.as_bytes(), b"", data, |_| {})
    }

    fn directory(self, path: &str) -> Self {
        self.raw(b'5', path.as_bytes(), b"", b"", |header| header[100..108].copy_from_slice(b"0000755\0"))
    }

    fn symlink(self, path: &str, target: &str) -> Self {
        self.raw(b'2', path.as_bytes(), target.as_bytes(), b"", |_| {})
    }

    fn hard_link(self, path: &str, target: &str) -> Self {
        self.raw(b'1', path.as_bytes(), target.as_bytes(), b"", |_| {})
    }

    fn pax(self, records: &[(&str, &[u8])]) -> Self {
        let mut data = Vec::new();
        for (key, value) in records {
            let rest = key.len() + value.len() + 3;
            let length =
                (1..).map(|digits| rest + digits).find(|n| n.to_string().len() + rest == *n).unwrap();
            data.extend_from_slice(format!("{length} {key}=").as_bytes());
            data.extend_from_slice(value);
            data.push(b'\n');
        }
        self.raw(b'x', b"pax", b"", &data, |_| {})
    }

    fn end(mut self) -> Vec<u8> {
        self.0.resize(self.0.len() + 1024, 0);
        self.0
    }
}

/// A directory with a neighbour that must stay untouched.
struct Scene {
    _temporary: tempfile::TempDir,
    outside: PathBuf,
    into: PathBuf,
}

impl Scene {
    fn new() -> Self {
        assert!(rustix::process::geteuid().is_root(), "these tests need root");
        let temporary = tempfile::tempdir().unwrap();
        let (outside, into) = (temporary.path().join("outside"), temporary.path().join("into"));
        std::fs::create_dir(&outside).unwrap();
        std::fs::create_dir(&into).unwrap();
        std::fs::write(outside.join("victim"), "untouched").unwrap();
        Self { _temporary: temporary, outside, into }
    }

    fn unpack(&self, bytes: &[u8]) -> Result<Written, Error> {
        self.unpack_with(bytes, uncompressed_digest(bytes), &Limits::default())
    }

    fn unpack_with(&self, bytes: &[u8], diff_id: Digest, limits: &Limits) -> Result<Written, Error> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let blob = Blob { file, offset: 0, length: bytes.len() as u64 };
        let expected = Expected { blob: Some(Digest::of(bytes)), diff_id };
        let outcome = unpack(blob, expected, &self.into, limits, &AtomicBool::new(false));
        let names: Vec<_> =
            std::fs::read_dir(&self.outside).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["victim"], "something was made outside");
        assert_eq!(std::fs::read_to_string(self.outside.join("victim")).unwrap(), "untouched");
        outcome
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.into.join(path)).unwrap()
    }

    fn stat(&self, path: &str) -> std::fs::Metadata {
        std::fs::symlink_metadata(self.into.join(path)).unwrap()
    }

    fn xattr(&self, path: &str, name: &str) -> Option<Vec<u8>> {
        let mut buffer = [0_u8; 256];
        let length = rustix::fs::lgetxattr(self.into.join(path), name, &mut buffer[..]).ok()?;
        Some(buffer[..length].to_vec())
    }

    fn is_whiteout(&self, path: &str) -> bool {
        let stat = self.stat(path);
        stat.file_type().is_char_device() && stat.rdev() == 0
    }
}

fn uncompressed_digest(bytes: &[u8]) -> Digest {
    let mut plain = Vec::new();
    match Compression::of(bytes) {
        Compression::Gzip => {
            flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
        }
        Compression::Zstd => plain = zstd::decode_all(bytes).unwrap(),
        Compression::None => plain = bytes.to_vec(),
    }
    Digest::of(&plain)
}

#[test]
fn every_kind_of_entry_arrives_with_its_attributes() {
    let scene = Scene::new();
    let capability = b"\x01\0\0\x02\0\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    let long = format!("deep/{}", "n".repeat(180));
    let tar = Tar::default()
        .directory("./")
        .directory("bin/")
        .raw(b'0', b"bin/su", b"", b"program", |header| {
            header[100..108].copy_from_slice(b"0004755\0");
            header[108..116].copy_from_slice(b"0001750\0");
            header[116..124].copy_from_slice(b"0001751\0");
        })
        .pax(&[
            ("SCHILY.xattr.security.capability", capability),
            ("SCHILY.xattr.user.note", b"hello"),
            ("SCHILY.xattr.trusted.overlay.redirect", b"/etc"),
            ("mtime", b"1234.5"),
        ])
        .file("bin/ping", b"ping")
        .hard_link("bin/ping6", "bin/ping")
        .symlink("sh", "/bin/su")
        .raw(b'3', b"dev/null", b"", b"", |header| {
            header[100..108].copy_from_slice(b"0000666\0");
            header[329..337].copy_from_slice(b"0000001\0");
            header[337..345].copy_from_slice(b"0000003\0");
        })
        .raw(b'6', b"pipe", b"", b"", |_| {})
        .pax(&[("path", long.as_bytes()), ("uid", b"4000000000")])
        .file("short", b"pax")
        .raw(b'L', b"././@LongLink", b"", format!("{long}-gnu\0").as_bytes(), |_| {})
        .file("short", b"gnu")
        .end();
    let written = scene.unpack(&tar).unwrap();
    assert_eq!(written, Written { entries: 10, bytes: 17 });
    let su = scene.stat("bin/su");
    assert_eq!((su.mode() & 0o7777, su.uid(), su.gid(), su.mtime()), (0o4755, 1000, 1001, 1000));
    assert_eq!(scene.xattr("bin/ping", "security.capability").unwrap(), capability);
    assert_eq!(scene.xattr("bin/ping", "user.note").unwrap(), b"hello");
    assert_eq!(scene.xattr("bin/ping", "trusted.overlay.redirect"), None);
    let ping = scene.stat("bin/ping");
    assert_eq!((ping.mtime(), ping.mtime_nsec()), (1234, 500_000_000));
    assert_eq!(ping.ino(), scene.stat("bin/ping6").ino());
    assert_eq!(std::fs::read_link(scene.into.join("sh")).unwrap(), PathBuf::from("/bin/su"));
    assert_eq!(scene.stat("dev/null").rdev(), rustix::fs::makedev(1, 3));
    assert_eq!(scene.stat("dev/null").mode() & 0o7777, 0o666);
    assert!(scene.stat("pipe").file_type().is_fifo());
    assert_eq!(scene.read(&long), "pax");
    assert_eq!(scene.stat(&long).uid(), 4_000_000_000);
    assert_eq!(scene.read(&format!("{long}-gnu")), "gnu");
    // Set after the directory was filled.
    assert_eq!(scene.stat("bin").mtime(), 1000);
    assert_eq!(scene.stat("").mtime(), 1000);
}

#[test]
fn whiteouts_become_overlayfs_marks() {
    let scene = Scene::new();
    let tar = Tar::default()
        .file("etc/.wh.passwd", b"")
        .file("opt/.wh..wh..opq", b"")
        .file("opt/new", b"new")
        .file("srv/.wh..wh.plnk", b"")
        // Hidden, then made anew: opaque. Made, then hidden: what this layer has stays, what lies below does not show.
        .file(".wh.a", b"")
        .directory("a/")
        .directory("b/")
        .file("b/own", b"own")
        .file(".wh.b", b"")
        .file(".wh.c", b"")
        .file("c/implicit", b"i")
        .file("d", b"own")
        .file(".wh.d", b"")
        .file(".wh.e", b"")
        .file("e", b"own")
        .end();
    scene.unpack(&tar).unwrap();
    assert!(scene.is_whiteout("etc/passwd"));
    for opaque in ["opt", "a", "b", "c"] {
        assert_eq!(scene.xattr(opaque, "trusted.overlay.opaque").as_deref(), Some(&b"y"[..]), "{opaque}");
    }
    assert_eq!(scene.xattr("etc", "trusted.overlay.opaque"), None);
    assert_eq!(
        (scene.read("b/own"), scene.read("d"), scene.read("e")),
        ("own".into(), "own".into(), "own".into())
    );
    assert_eq!(std::fs::read_dir(scene.into.join("srv")).unwrap().count(), 0);
}

#[test]
fn later_entries_replace_earlier_ones() {
    let scene = Scene::new();
    let tar = Tar::default()
        .file("x", b"long content")
        .file("x", b"short")
        .directory("tree/")
        .file("tree/a/b/c", b"c")
        .file("tree", b"now a file")
        .symlink("link", "x")
        .file("link", b"not through the link")
        .file("dir", b"file first")
        .directory("dir/")
        .file("dir/in", b"in")
        .end();
    scene.unpack(&tar).unwrap();
    assert_eq!(scene.read("x"), "short");
    assert_eq!(scene.read("tree"), "now a file");
    assert_eq!(scene.read("link"), "not through the link");
    assert_eq!(scene.read("dir/in"), "in");
}

#[test]
fn links_resolve_inside_the_root() {
    let scene = Scene::new();
    let outside = scene.outside.to_str().unwrap().to_owned();
    let tar = Tar::default()
        .symlink("absolute", "/etc")
        .directory("etc/")
        .file("absolute/made", b"inside")
        .symlink("up", "../../../../../../../..")
        .file("up/top", b"inside")
        .symlink("etc/again", "../etc")
        .file("etc/again/made2", b"inside")
        .directory("usr/lib/")
        .symlink("lib", "usr/lib")
        .hard_link("lib/alias", "absolute/made")
        .file("/rooted", b"inside")
        .file("a/../normal", b"inside")
        .end();
    scene.unpack(&tar).unwrap();
    for path in ["etc/made", "top", "etc/made2", "usr/lib/alias", "rooted", "normal"] {
        assert_eq!(scene.read(path), "inside", "{path}");
    }
    // The same with a path of this machine: it does not exist in the root, so it is refused, not followed.
    let scene2 = Scene::new();
    let tar = Tar::default().symlink("out", &outside).file("out/victim", b"overwritten").end();
    assert!(matches!(scene2.unpack(&tar), Err(Error::BadEntry { .. })));
    assert_eq!(std::fs::read_to_string(scene.outside.join("victim")).unwrap(), "untouched");
}

#[test]
fn hostile_entries_are_refused() {
    let outside_link = |scene: &Scene| scene.outside.join("victim").to_str().unwrap().to_owned();
    let named = |name: &[u8]| Tar::default().raw(b'0', name, b"", b"x", |_| {}).end();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("climbs", named(b"../victim")),
        ("climbs deeper", named(b"a/../../outside/victim")),
        ("climbs absolutely", named(b"/../victim")),
        ("hard link climbs", Tar::default().hard_link("x", "../outside/victim").end()),
        ("hard link to nothing", Tar::default().hard_link("x", "absent").end()),
        ("hard link to the root", Tar::default().hard_link("x", "/").end()),
        (
            "hard link through a link",
            Tar::default().symlink("o", "../outside").hard_link("x", "o/victim").end(),
        ),
        ("link loop", Tar::default().symlink("l", "l").file("l/x", b"x").end()),
        ("below a file", Tar::default().file("f", b"x").file("f/x", b"x").end()),
        ("root as a file", named(b"./")[..].to_vec()),
        ("sparse", Tar::default().raw(b'S', b"s", b"", b"", |_| {}).end()),
        ("pax sparse", Tar::default().pax(&[("GNU.sparse.major", b"1")]).file("s", b"").end()),
        ("unknown type", Tar::default().raw(b'Z', b"z", b"", b"", |_| {}).end()),
        ("zero byte", Tar::default().pax(&[("path", b"a\0b")]).file("s", b"").end()),
        ("no link target", Tar::default().symlink("l", "").end()),
        ("owner that means unchanged", Tar::default().pax(&[("uid", b"4294967295")]).file("s", b"").end()),
        ("whiteout of the parent", named(b".wh..")),
        ("whiteout of its parent", named(b"a/.wh...")),
        ("long name", Tar::default().pax(&[("path", &[b'a'; 5000])]).file("s", b"").end()),
        ("long component", Tar::default().pax(&[("path", &[b'a'; 300])]).file("s", b"").end()),
        ("malformed pax", Tar::default().raw(b'x', b"p", b"", b"99 a=b\n", |_| {}).file("s", b"").end()),
        (
            "huge extension",
            Tar::default()
                .raw(b'L', b"l", b"", b"", |header| header[124..136].copy_from_slice(b"77777777777\0"))
                .end(),
        ),
        (
            "size beyond the end",
            Tar::default()
                .raw(b'0', b"f", b"", b"", |header| header[124..136].copy_from_slice(b"00000100000\0"))
                .0,
        ),
        ("no tar at all", vec![b'x'; 4096]),
        ("half a header", named(b"f")[..300].to_vec()),
        (
            "size that overflows",
            Tar::default().raw(b'0', b"f", b"", b"", |header| header[124..136].fill(0xff)).end(),
        ),
    ];
    for (what, tar) in cases {
        let scene = Scene::new();
        let error = scene.unpack(&tar).expect_err(what);
        assert_eq!(error.kind(), crate::ErrorKind::Corrupt, "{what}: {error:?}");
    }
    // A whiteout, a device and a replaced directory through a link to outside touch nothing there (the scene checks).
    let scene = Scene::new();
    let target = outside_link(&scene);
    let tar = Tar::default().symlink("v", &target).file("v", b"mine").file(".wh.v", b"").end();
    scene.unpack(&tar).unwrap();
    assert_eq!(scene.read("v"), "mine");
}

#[test]
fn compressed_layers_unpack_and_wrong_digests_do_not() {
    let tar = Tar::default().file("x", &vec![7; 3_000_000]).end();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&tar).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstd = zstd::encode_all(&tar[..], 1).unwrap();
    for bytes in [&tar, &gzip, &zstd] {
        let scene = Scene::new();
        assert_eq!(scene.unpack(bytes).unwrap().bytes, 3_000_000);
        assert_eq!(scene.stat("x").size(), 3_000_000);
        let scene = Scene::new();
        let error = scene.unpack_with(bytes, Digest::of(b"other"), &Limits::default()).unwrap_err();
        assert!(matches!(error, Error::DigestMismatch { what: "diff_id", .. }), "{error:?}");
    }
    for cut in [&gzip[..gzip.len() / 2], &zstd[..zstd.len() / 2]] {
        let scene = Scene::new();
        assert!(scene.unpack_with(cut, Digest::of(&tar), &Limits::default()).is_err());
    }
    // The blob's own digest, when the caller wants it verified.
    let scene = Scene::new();
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&gzip).unwrap();
    let blob = Blob { file, offset: 0, length: gzip.len() as u64 };
    let expected = Expected { blob: Some(Digest::of(b"other")), diff_id: Digest::of(&tar) };
    let error = unpack(blob, expected, &scene.into, &Limits::default(), &AtomicBool::new(false)).unwrap_err();
    assert!(matches!(error, Error::DigestMismatch { what: "layer", .. }), "{error:?}");
}

#[test]
fn limits_and_cancellation_hold() {
    let tar = Tar::default().file("a", &[1; 5000]).file("b", b"").file("c", b"").end();
    let digest = Digest::of(&tar);
    let entries = Limits { max_entries: 2, ..Limits::default() };
    let bytes = Limits { max_unpacked_bytes: 4096, ..Limits::default() };
    for limits in [entries, bytes] {
        let error = Scene::new().unpack_with(&tar, digest, &limits).unwrap_err();
        assert!(matches!(error, Error::LimitExceeded { .. }), "{error:?}");
    }
    let scene = Scene::new();
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&tar).unwrap();
    let blob = Blob { file, offset: 0, length: tar.len() as u64 };
    let expected = Expected { blob: None, diff_id: digest };
    let outcome = unpack(blob, expected, &scene.into, &Limits::default(), &AtomicBool::new(true));
    assert!(matches!(outcome, Err(Error::Cancelled)));
}

#[test]
fn a_full_disk_says_so() {
    let scene = Scene::new();
    rustix::mount::mount("none", &scene.into, "tmpfs", rustix::mount::MountFlags::empty(), c"size=64k")
        .unwrap();
    let tar = Tar::default().file("x", &vec![1; 1 << 20]).end();
    let outcome = scene.unpack(&tar);
    rustix::mount::unmount(&scene.into, rustix::mount::UnmountFlags::empty()).unwrap();
    assert_eq!(outcome.unwrap_err().kind(), crate::ErrorKind::NoSpace);
}

#[test]
fn extended_attributes_of_the_host_are_not_changed_through_links() {
    let scene = Scene::new();
    let victim = scene.outside.join("victim");
    rustix::fs::setxattr(&victim, "user.note", b"mine", XattrFlags::empty()).unwrap();
    let target = victim.to_str().unwrap().to_owned();
    let tar = Tar::default().pax(&[("SCHILY.xattr.user.note", b"theirs")]).symlink("v", &target).end();
    scene.unpack(&tar).unwrap();
    let mut buffer = [0_u8; 16];
    let length = rustix::fs::getxattr(&victim, "user.note", &mut buffer[..]).unwrap();
    assert_eq!(&buffer[..length], b"mine");
}

/// Operations over a few names that clash on purpose.
fn any_tar() -> impl Strategy<Value = Tar> {
    let name = prop_oneof![
        "[abc](/[abc]){0,2}",
        "(\\.\\./|/|\\./)[abc]",
        "[abc]/\\.wh\\.[abc]",
        Just("../outside/victim".to_owned()),
        Just("a/.wh..wh..opq".to_owned()),
    ];
    let target = prop_oneof!["[abc](/[abc])?", "(\\.\\./){1,4}outside(/victim)?", Just("/".to_owned())];
    proptest::collection::vec((0_u8..5, name, target), 1..24).prop_map(|operations| {
        operations.into_iter().fold(Tar::default(), |tar, (kind, name, target)| match kind {
            0 => tar.file(&name, b"data"),
            1 => tar.directory(&name),
            2 => tar.symlink(&name, &target),
            3 => tar.hard_link(&name, &target),
            _ => tar.raw(b'6', name.as_bytes(), b"", b"", |_| {}),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The scene fails when anything outside changed.
    #[test]
    fn nothing_escapes(tar in any_tar()) {
        let _ = Scene::new().unpack(&tar.end());
    }

    #[test]
    fn noise_is_refused_or_unpacked(noise in proptest::collection::vec(any::<u8>(), 0..2048), at in 0_usize..3000) {
        let mut tar = Tar::default().directory("d/").file("d/f", b"data").symlink("l", "d").end();
        let at = at.min(tar.len());
        tar.splice(at..at, noise);
        let _ = Scene::new().unpack(&tar);
    }

    /// However a file's content is cut and named, what comes out is what went in.
    #[test]
    fn content_survives(files in proptest::collection::btree_map("([A-Z]{1,8}/){0,3}[a-z]{1,8}", proptest::collection::vec(any::<u8>(), 0..2000), 1..12)) {
        let files: BTreeMap<String, Vec<u8>> = files;
        let tar = files.iter().fold(Tar::default(), |tar, (path, data)| tar.file(path, data));
        let scene = Scene::new();
        scene.unpack(&tar.end()).unwrap();
        for (path, data) in &files {
            prop_assert_eq!(&std::fs::read(scene.into.join(path)).unwrap(), data);
        }
    }
}
