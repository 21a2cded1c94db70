//! User, groups, capabilities, limits and the system call filter of this process.

use std::io;

use super::{check, check_long};

/// Sets the supplementary groups.
pub fn set_groups(groups: &[u32]) -> io::Result<()> {
    // SAFETY: the slice is live and as long as said.
    check(unsafe { libc::setgroups(groups.len(), groups.as_ptr()) }).map(drop)
}

/// Becomes this user and group in every sense, but keeps the permitted and effective capabilities.
pub fn become_user(uid: u32, gid: u32) -> io::Result<()> {
    // SAFETY: integers only.
    unsafe {
        check(libc::prctl(libc::PR_SET_KEEPCAPS, 1, 0, 0, 0))?;
        check(libc::setresgid(gid, gid, gid))?;
        check(libc::setresuid(uid, uid, uid))?;
        check(libc::prctl(libc::PR_SET_KEEPCAPS, 0, 0, 0, 0))?;
    }
    // Leaving uid 0 cleared the effective set; the permitted one was kept.
    let (_, permitted) = capabilities()?;
    set_capabilities(permitted)
}

/// Removes from the bounding set whatever is not in `keep`.
pub fn drop_bounding(keep: u64) -> io::Result<()> {
    for capability in 0..64_u32 {
        // SAFETY: integers only. An unknown number ends the list.
        let present = unsafe { libc::prctl(libc::PR_CAPBSET_READ, capability, 0, 0, 0) };
        if present < 0 {
            break;
        }
        if present == 1 && keep & (1 << capability) == 0 {
            // SAFETY: integers only.
            check(unsafe { libc::prctl(libc::PR_CAPBSET_DROP, capability, 0, 0, 0) })?;
        }
    }
    // SAFETY: integers only. Ambient capabilities would survive the exec of an unprivileged user.
    check(unsafe { libc::prctl(libc::PR_CAP_AMBIENT, libc::PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) }).map(drop)
}

/// Permitted and effective become what of `keep` is permitted now; inheritable becomes empty.
pub fn keep_no_more_than(keep: u64) -> io::Result<()> {
    let (_, permitted) = capabilities()?;
    set_capabilities(permitted & keep)
}

/// From now on exec gives no privileges.
pub fn no_new_privs() -> io::Result<()> {
    // SAFETY: integers only.
    check(unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) }).map(drop)
}

/// Sets a resource limit of this process.
pub fn set_limit(resource: u32, soft: u64, hard: u64) -> io::Result<()> {
    let limit = libc::rlimit { rlim_cur: soft, rlim_max: hard };
    // SAFETY: a live, fully initialised structure; no old value is asked for.
    check_long(unsafe {
        libc::syscall(
            libc::SYS_prlimit64,
            0,
            resource,
            &raw const limit,
            std::ptr::null_mut::<libc::rlimit>(),
        )
    })
    .map(drop)
}

/// Installs a filter program, given as raw instructions of 8 bytes each.
pub fn load_seccomp(program: &[u8]) -> io::Result<()> {
    const SET_MODE_FILTER: libc::c_ulong = 1;
    // `sock_filter` wants 4-byte alignment, which a byte slice need not have.
    let instructions: Vec<libc::sock_filter> = program
        .chunks_exact(8)
        .map(|b| libc::sock_filter {
            code: u16::from_ne_bytes([b[0], b[1]]),
            jt: b[2],
            jf: b[3],
            k: u32::from_ne_bytes([b[4], b[5], b[6], b[7]]),
        })
        .collect();
    let length = u16::try_from(instructions.len()).map_err(|_| io::ErrorKind::InvalidData)?;
    let program = libc::sock_fprog { len: length, filter: instructions.as_ptr().cast_mut() };
    // SAFETY: the kernel only reads the program, which is live and as long as said.
    check_long(unsafe { libc::syscall(libc::SYS_seccomp, SET_MODE_FILTER, 0, &raw const program) }).map(drop)
}

#[repr(C)]
struct CapHeader {
    version: u32,
    pid: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Default)]
struct CapData {
    effective: u32,
    permitted: u32,
    inheritable: u32,
}

const VERSION_3: u32 = 0x2008_0522;

/// Effective, permitted.
fn capabilities() -> io::Result<(u64, u64)> {
    let mut header = CapHeader { version: VERSION_3, pid: 0 };
    let mut data = [CapData::default(); 2];
    // SAFETY: version 3 uses a header and two data blocks of this layout.
    check_long(unsafe { libc::syscall(libc::SYS_capget, &raw mut header, data.as_mut_ptr()) })?;
    let join = |low: u32, high: u32| u64::from(low) | u64::from(high) << 32;
    Ok((join(data[0].effective, data[1].effective), join(data[0].permitted, data[1].permitted)))
}

fn set_capabilities(set: u64) -> io::Result<()> {
    let mut header = CapHeader { version: VERSION_3, pid: 0 };
    let half = |bits: u64| CapData { effective: bits as u32, permitted: bits as u32, inheritable: 0 };
    let data = [half(set & 0xffff_ffff), half(set >> 32)];
    // SAFETY: version 3 uses a header and two data blocks of this layout.
    check_long(unsafe { libc::syscall(libc::SYS_capset, &raw mut header, data.as_ptr()) }).map(drop)
}
