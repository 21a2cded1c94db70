//! Resolves a user against the image's own `/etc/passwd` and `/etc/group`, as Docker does.
//!
//! Invariant: the image's files are opened inside the image, so a symbolic link in it cannot lead to a file of the host.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use rustix::fs::{Mode, OFlags, ResolveFlags};

use crate::error::{Error, Result};
use crate::spec::User;

/// A user down to numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    /// Supplementary groups, sorted.
    pub(crate) groups: Vec<u32>,
    pub(crate) home: Option<String>,
}

/// More than this is no passwd file.
const MAX_FILE_BYTES: u64 = 16 << 20;

pub(crate) fn resolve(rootfs: &Path, user: &User) -> Result<Resolved> {
    let passwd = read_inside(rootfs, "etc/passwd");
    let group = read_inside(rootfs, "etc/group");
    resolve_in(&passwd, &group, user)
}

fn resolve_in(passwd: &str, group: &str, user: &User) -> Result<Resolved> {
    let (name, group_name) = match user.name.split_once(':') {
        Some((name, group)) => (name, Some(group).filter(|group| !group.is_empty())),
        None => (user.name.as_str(), None),
    };
    let name = if name.is_empty() { "0" } else { name };
    let number = number(name, &user.name)?;
    let entries: Vec<Vec<&str>> = passwd.lines().map(|line| line.split(':').collect()).collect();
    let field_is = |entry: &[&str], index: usize, value: u32| {
        entry.get(index).and_then(|field| field.parse::<u32>().ok()) == Some(value)
    };
    // A name is looked up first even when it consists of digits.
    let entry = entries
        .iter()
        .find(|entry| entry.first() == Some(&name))
        .or_else(|| number.and_then(|uid| entries.iter().find(|entry| field_is(entry, 2, uid))));
    let parsed = |index: usize| entry.and_then(|e| e.get(index)).and_then(|field| field.parse().ok());
    let uid = parsed(2).or(number).ok_or_else(|| unknown("user", name, "passwd"))?;
    let login = entry.and_then(|entry| entry.first()).copied();
    let mut resolved = Resolved {
        uid,
        gid: parsed(3).unwrap_or(0),
        groups: Vec::new(),
        home: entry
            .and_then(|entry| entry.get(5))
            .filter(|home| !home.is_empty())
            .map(|home| (*home).to_owned()),
    };
    match group_name {
        // An explicit group replaces the ones the user is a member of.
        Some(name) => resolved.gid = group_number(group, name, &user.name)?,
        None => resolved.groups.extend(login.into_iter().flat_map(|login| memberships(group, login))),
    }
    for name in &user.additional_groups {
        resolved.groups.push(group_number(group, name, &user.name)?);
    }
    resolved.groups.sort_unstable();
    resolved.groups.dedup();
    Ok(resolved)
}

/// The groups that list a login among their members.
fn memberships<'a>(group: &'a str, login: &'a str) -> impl Iterator<Item = u32> + 'a {
    group.lines().filter_map(move |line| {
        let fields: Vec<&str> = line.split(':').collect();
        let member = fields.get(3)?.split(',').any(|member| member.trim() == login);
        fields.get(2)?.parse().ok().filter(|_| member)
    })
}

fn group_number(group: &str, name: &str, user: &str) -> Result<u32> {
    let named = group.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next() == Some(name)).then(|| fields.nth(1)?.parse().ok()).flatten()
    });
    match named {
        Some(gid) => Ok(gid),
        None => number(name, user)?.ok_or_else(|| unknown("group", name, "group")),
    }
}

/// The number a text is, if it is one; refused outside the range the kernel and Docker allow.
fn number(text: &str, user: &str) -> Result<Option<u32>> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) || text.is_empty() {
        return Ok(None);
    }
    match text.parse::<u32>() {
        Ok(number) if i32::try_from(number).is_ok() => Ok(Some(number)),
        _ => Err(Error::InvalidUser {
            user: user.to_owned(),
            reason: "uids and gids must be in range 0-2147483647".to_owned(),
        }),
    }
}

fn unknown(what: &'static str, name: &str, file: &'static str) -> Error {
    Error::UnknownUser { what, name: name.to_owned(), file }
}

/// Text of a file inside the image; a file that is not there (many images have no passwd) is empty.
fn read_inside(rootfs: &Path, file: &str) -> String {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let open = || -> std::io::Result<String> {
        let root = File::open(rootfs)?;
        let resolve = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
        let file = File::from(rustix::fs::openat2(&root, file, flags, Mode::empty(), resolve)?);
        if !file.metadata()?.is_file() {
            return Ok(String::new());
        }
        let mut bytes = Vec::new();
        file.take(MAX_FILE_BYTES).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    open().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Resolved, read_inside, resolve_in};
    use crate::spec::User;

    const PASSWD: &str =
        "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001:App:/srv/app:/bin/sh\n7:x:70:71::/seven:\nbroken\n";
    const GROUP: &str = "root:x:0:\nwheel:x:10:root,app\ndata:x:20:app\napp:x:1001:\n";

    fn resolved(uid: u32, gid: u32, groups: &[u32], home: Option<&str>) -> Resolved {
        Resolved { uid, gid, groups: groups.to_vec(), home: home.map(str::to_owned) }
    }

    #[test]
    fn forms() {
        for (name, expected) in [
            ("", resolved(0, 0, &[10], Some("/root"))),
            ("root", resolved(0, 0, &[10], Some("/root"))),
            ("app", resolved(1000, 1001, &[10, 20], Some("/srv/app"))),
            ("1000", resolved(1000, 1001, &[10, 20], Some("/srv/app"))),
            ("4242", resolved(4242, 0, &[], None)),
            ("4242:99", resolved(4242, 99, &[], None)),
            ("app:wheel", resolved(1000, 10, &[], Some("/srv/app"))),
            ("app:", resolved(1000, 1001, &[10, 20], Some("/srv/app"))),
            ("7", resolved(70, 71, &[], Some("/seven"))),
        ] {
            assert_eq!(resolve_in(PASSWD, GROUP, &User::from(name)).unwrap(), expected, "{name}");
        }
        let more =
            User { name: "app".to_owned(), additional_groups: vec!["5".to_owned(), "data".to_owned()] };
        assert_eq!(resolve_in(PASSWD, GROUP, &more).unwrap().groups, [5, 10, 20]);
    }

    #[test]
    fn refusals_read_as_docker_users_know_them() {
        for (name, message) in [
            ("nobody", "unable to find user nobody: no matching entries in passwd file"),
            ("app:none", "unable to find group none: no matching entries in group file"),
            ("4294967295", "invalid user \"4294967295\": uids and gids must be in range 0-2147483647"),
        ] {
            assert_eq!(resolve_in(PASSWD, GROUP, &User::from(name)).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn links_do_not_lead_out_of_the_image() {
        let host = tempfile::tempdir().unwrap();
        std::fs::write(host.path().join("secret"), "root:x:5:5::/:\n").unwrap();
        let image = host.path().join("image");
        std::fs::create_dir_all(image.join("etc")).unwrap();
        std::os::unix::fs::symlink("../../secret", image.join("etc/passwd")).unwrap();
        assert_eq!(read_inside(&image, "etc/passwd"), "");
        std::os::unix::fs::symlink("/real", image.join("etc/group")).unwrap();
        std::fs::write(image.join("real"), "inside").unwrap();
        assert_eq!(read_inside(&image, "etc/group"), "inside");
    }
}
