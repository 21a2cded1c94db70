//! Facts: which system calls Docker's default profile allows, and their numbers.
//!
//! Source: the profile's documentation and observed behaviour (Docker 27). Names that exist only on 32-bit machines are kept for external
//! runtimes, which filter those architectures too; for the embedded runtime a 32-bit program on a 64-bit host meets a filter that
//! does not know its architecture and is killed.

/// `clone` may not make namespaces: NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.
pub(super) const CLONE_NAMESPACE_FLAGS: u64 = 0x7E02_0000;

/// Harmless values of `personality`: Linux, Linux 32-bit, UNAME26, both, "only ask".
pub(super) const PERSONALITIES: [u32; 5] = [0, 8, 0x20000, 0x20008, 0xffff_ffff];

/// Allowed to everybody, whatever the arguments.
#[rustfmt::skip]
pub(super) const ALWAYS: &[&str] = &[
    "_llseek", "_newselect", "accept", "accept4", "access", "adjtimex", "alarm", "arch_prctl", "bind",
    "brk", "cachestat", "capget", "capset", "chdir", "chmod", "chown", "chown32", "clock_adjtime",
    "clock_adjtime64", "clock_getres", "clock_getres_time64", "clock_gettime", "clock_gettime64",
    "clock_nanosleep", "clock_nanosleep_time64", "close", "close_range", "connect", "copy_file_range",
    "creat", "dup", "dup2", "dup3", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_ctl_old",
    "epoll_pwait", "epoll_pwait2", "epoll_wait", "epoll_wait_old", "eventfd", "eventfd2", "execve",
    "execveat", "exit", "exit_group", "faccessat", "faccessat2", "fadvise64", "fadvise64_64",
    "fallocate", "fanotify_mark", "fchdir", "fchmod", "fchmodat", "fchmodat2", "fchown", "fchown32",
    "fchownat", "fcntl", "fcntl64", "fdatasync", "fgetxattr", "flistxattr", "flock", "fork",
    "fremovexattr", "fsetxattr", "fstat", "fstat64", "fstatat64", "fstatfs", "fstatfs64", "fsync",
    "ftruncate", "ftruncate64", "futex", "futex_requeue", "futex_time64", "futex_wait", "futex_waitv",
    "futex_wake", "futimesat", "get_robust_list", "get_thread_area", "getcpu", "getcwd", "getdents",
    "getdents64", "getegid", "getegid32", "geteuid", "geteuid32", "getgid", "getgid32", "getgroups",
    "getgroups32", "getitimer", "getpeername", "getpgid", "getpgrp", "getpid", "getppid",
    "getpriority", "getrandom", "getresgid", "getresgid32", "getresuid", "getresuid32", "getrlimit",
    "getrusage", "getsid", "getsockname", "getsockopt", "gettid", "gettimeofday", "getuid", "getuid32",
    "getxattr", "getxattrat", "inotify_add_watch", "inotify_init", "inotify_init1", "inotify_rm_watch",
    "io_cancel", "io_destroy", "io_getevents", "io_pgetevents", "io_pgetevents_time64", "io_setup",
    "io_submit", "ioctl", "ioprio_get", "ioprio_set", "ipc", "kill", "landlock_add_rule",
    "landlock_create_ruleset", "landlock_restrict_self", "lchown", "lchown32", "lgetxattr", "link",
    "linkat", "listen", "listmount", "listxattr", "listxattrat", "llistxattr", "lremovexattr", "lseek",
    "lsetxattr", "lstat", "lstat64", "madvise", "map_shadow_stack", "membarrier", "memfd_create",
    "memfd_secret", "mincore", "mkdir", "mkdirat", "mknod", "mknodat", "mlock", "mlock2", "mlockall",
    "mmap", "mmap2", "modify_ldt", "mprotect", "mq_getsetattr", "mq_notify", "mq_open",
    "mq_timedreceive", "mq_timedreceive_time64", "mq_timedsend", "mq_timedsend_time64", "mq_unlink",
    "mremap", "mseal", "msgctl", "msgget", "msgrcv", "msgsnd", "msync", "munlock", "munlockall",
    "munmap", "name_to_handle_at", "nanosleep", "newfstatat", "open", "openat", "openat2", "pause",
    "pidfd_open", "pidfd_send_signal", "pipe", "pipe2", "pkey_alloc", "pkey_free", "pkey_mprotect",
    "poll", "ppoll", "ppoll_time64", "prctl", "pread64", "preadv", "preadv2", "prlimit64",
    "process_mrelease", "process_vm_readv", "process_vm_writev", "pselect6", "pselect6_time64",
    "ptrace", "pwrite64", "pwritev", "pwritev2", "read", "readahead", "readlink", "readlinkat",
    "readv", "recv", "recvfrom", "recvmmsg", "recvmmsg_time64", "recvmsg", "remap_file_pages",
    "removexattr", "removexattrat", "rename", "renameat", "renameat2", "restart_syscall", "rmdir",
    "rseq", "rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigqueueinfo", "rt_sigreturn",
    "rt_sigsuspend", "rt_sigtimedwait", "rt_sigtimedwait_time64", "rt_tgsigqueueinfo",
    "sched_get_priority_max", "sched_get_priority_min", "sched_getaffinity", "sched_getattr",
    "sched_getparam", "sched_getscheduler", "sched_rr_get_interval", "sched_rr_get_interval_time64",
    "sched_setaffinity", "sched_setattr", "sched_setparam", "sched_setscheduler", "sched_yield",
    "seccomp", "select", "semctl", "semget", "semop", "semtimedop", "semtimedop_time64", "send",
    "sendfile", "sendfile64", "sendmmsg", "sendmsg", "sendto", "set_robust_list", "set_thread_area",
    "set_tid_address", "setfsgid", "setfsgid32", "setfsuid", "setfsuid32", "setgid", "setgid32",
    "setgroups", "setgroups32", "setitimer", "setpgid", "setpriority", "setregid", "setregid32",
    "setresgid", "setresgid32", "setresuid", "setresuid32", "setreuid", "setreuid32", "setrlimit",
    "setsid", "setsockopt", "setuid", "setuid32", "setxattr", "setxattrat", "shmat", "shmctl", "shmdt",
    "shmget", "shutdown", "sigaltstack", "signalfd", "signalfd4", "sigprocmask", "sigreturn",
    "socketcall", "socketpair", "splice", "stat", "stat64", "statfs", "statfs64", "statmount", "statx",
    "symlink", "symlinkat", "sync", "sync_file_range", "syncfs", "sysinfo", "tee", "tgkill", "time",
    "timer_create", "timer_delete", "timer_getoverrun", "timer_gettime", "timer_gettime64",
    "timer_settime", "timer_settime64", "timerfd_create", "timerfd_gettime", "timerfd_gettime64",
    "timerfd_settime", "timerfd_settime64", "times", "tkill", "truncate", "truncate64", "ugetrlimit",
    "umask", "uname", "unlink", "unlinkat", "uretprobe", "utime", "utimensat", "utimensat_time64",
    "utimes", "vfork", "vmsplice", "wait4", "waitid", "waitpid", "write", "writev",
];

/// Allowed beside those to whoever has the capability.
#[rustfmt::skip]
pub(super) const BY_CAPABILITY: &[(&str, &[&str])] = &[
    ("DAC_READ_SEARCH", &["open_by_handle_at"]),
    ("SYS_ADMIN", &[
        "bpf", "clone", "clone3", "fanotify_init", "fsconfig", "fsmount", "fsopen", "fspick",
        "lookup_dcookie", "mount", "mount_setattr", "move_mount", "open_tree", "perf_event_open",
        "quotactl", "quotactl_fd", "setdomainname", "sethostname", "setns", "syslog", "umount",
        "umount2", "unshare",
    ]),
    ("SYS_BOOT", &["reboot"]),
    ("SYS_CHROOT", &["chroot"]),
    ("SYS_MODULE", &["delete_module", "init_module", "finit_module"]),
    ("SYS_PACCT", &["acct"]),
    ("SYS_PTRACE", &["kcmp", "pidfd_getfd", "process_madvise"]),
    ("SYS_RAWIO", &["iopl", "ioperm"]),
    ("SYS_TIME", &["settimeofday", "stime", "clock_settime", "clock_settime64"]),
    ("SYS_TTY_CONFIG", &["vhangup"]),
    ("SYS_NICE", &["get_mempolicy", "mbind", "set_mempolicy", "set_mempolicy_home_node"]),
    ("SYSLOG", &["syslog"]),
    ("BPF", &["bpf"]),
    ("PERFMON", &["perf_event_open"]),
];

/// The number of a call on this architecture; none when it has no such call.
pub(super) fn number(name: &str) -> Option<i64> {
    let tables = [EVERYWHERE, HERE_ONLY, NEW];
    tables.iter().find_map(|table| table.iter().find(|(known, _)| *known == name)).map(|(_, number)| *number)
}

#[rustfmt::skip]
const EVERYWHERE: &[(&str, i64)] = &[
    ("accept", libc::SYS_accept), ("accept4", libc::SYS_accept4), ("acct", libc::SYS_acct),
    ("adjtimex", libc::SYS_adjtimex), ("bind", libc::SYS_bind), ("bpf", libc::SYS_bpf),
    ("brk", libc::SYS_brk), ("capget", libc::SYS_capget), ("capset", libc::SYS_capset),
    ("chdir", libc::SYS_chdir), ("chroot", libc::SYS_chroot),
    ("clock_adjtime", libc::SYS_clock_adjtime), ("clock_getres", libc::SYS_clock_getres),
    ("clock_gettime", libc::SYS_clock_gettime), ("clock_nanosleep", libc::SYS_clock_nanosleep),
    ("clock_settime", libc::SYS_clock_settime), ("clone", libc::SYS_clone),
    ("clone3", libc::SYS_clone3), ("close", libc::SYS_close), ("close_range", libc::SYS_close_range),
    ("connect", libc::SYS_connect), ("copy_file_range", libc::SYS_copy_file_range),
    ("delete_module", libc::SYS_delete_module), ("dup", libc::SYS_dup), ("dup3", libc::SYS_dup3),
    ("epoll_create1", libc::SYS_epoll_create1), ("epoll_ctl", libc::SYS_epoll_ctl),
    ("epoll_pwait", libc::SYS_epoll_pwait), ("eventfd2", libc::SYS_eventfd2),
    ("execve", libc::SYS_execve), ("execveat", libc::SYS_execveat), ("exit", libc::SYS_exit),
    ("exit_group", libc::SYS_exit_group), ("faccessat", libc::SYS_faccessat),
    ("faccessat2", libc::SYS_faccessat2), ("fallocate", libc::SYS_fallocate),
    ("fanotify_init", libc::SYS_fanotify_init), ("fanotify_mark", libc::SYS_fanotify_mark),
    ("fchdir", libc::SYS_fchdir), ("fchmod", libc::SYS_fchmod), ("fchmodat", libc::SYS_fchmodat),
    ("fchown", libc::SYS_fchown), ("fchownat", libc::SYS_fchownat), ("fcntl", libc::SYS_fcntl),
    ("fdatasync", libc::SYS_fdatasync), ("fgetxattr", libc::SYS_fgetxattr),
    ("finit_module", libc::SYS_finit_module), ("flistxattr", libc::SYS_flistxattr),
    ("flock", libc::SYS_flock), ("fremovexattr", libc::SYS_fremovexattr),
    ("fsconfig", libc::SYS_fsconfig), ("fsetxattr", libc::SYS_fsetxattr),
    ("fsmount", libc::SYS_fsmount), ("fsopen", libc::SYS_fsopen), ("fspick", libc::SYS_fspick),
    ("fstat", libc::SYS_fstat), ("fstatfs", libc::SYS_fstatfs), ("fsync", libc::SYS_fsync),
    ("ftruncate", libc::SYS_ftruncate), ("futex", libc::SYS_futex),
    ("get_mempolicy", libc::SYS_get_mempolicy), ("get_robust_list", libc::SYS_get_robust_list),
    ("getcpu", libc::SYS_getcpu), ("getcwd", libc::SYS_getcwd), ("getdents64", libc::SYS_getdents64),
    ("getegid", libc::SYS_getegid), ("geteuid", libc::SYS_geteuid), ("getgid", libc::SYS_getgid),
    ("getgroups", libc::SYS_getgroups), ("getitimer", libc::SYS_getitimer),
    ("getpeername", libc::SYS_getpeername), ("getpgid", libc::SYS_getpgid),
    ("getpid", libc::SYS_getpid), ("getppid", libc::SYS_getppid),
    ("getpriority", libc::SYS_getpriority), ("getrandom", libc::SYS_getrandom),
    ("getresgid", libc::SYS_getresgid), ("getresuid", libc::SYS_getresuid),
    ("getrusage", libc::SYS_getrusage), ("getsid", libc::SYS_getsid),
    ("getsockname", libc::SYS_getsockname), ("getsockopt", libc::SYS_getsockopt),
    ("gettid", libc::SYS_gettid), ("gettimeofday", libc::SYS_gettimeofday),
    ("getuid", libc::SYS_getuid), ("getxattr", libc::SYS_getxattr),
    ("init_module", libc::SYS_init_module), ("inotify_add_watch", libc::SYS_inotify_add_watch),
    ("inotify_init1", libc::SYS_inotify_init1), ("inotify_rm_watch", libc::SYS_inotify_rm_watch),
    ("io_cancel", libc::SYS_io_cancel), ("io_destroy", libc::SYS_io_destroy),
    ("io_getevents", libc::SYS_io_getevents), ("io_setup", libc::SYS_io_setup),
    ("io_submit", libc::SYS_io_submit), ("ioctl", libc::SYS_ioctl),
    ("ioprio_get", libc::SYS_ioprio_get), ("ioprio_set", libc::SYS_ioprio_set),
    ("kcmp", libc::SYS_kcmp), ("kill", libc::SYS_kill), ("lgetxattr", libc::SYS_lgetxattr),
    ("linkat", libc::SYS_linkat), ("listen", libc::SYS_listen), ("listxattr", libc::SYS_listxattr),
    ("llistxattr", libc::SYS_llistxattr), ("lookup_dcookie", libc::SYS_lookup_dcookie),
    ("lremovexattr", libc::SYS_lremovexattr), ("lseek", libc::SYS_lseek),
    ("lsetxattr", libc::SYS_lsetxattr), ("madvise", libc::SYS_madvise), ("mbind", libc::SYS_mbind),
    ("membarrier", libc::SYS_membarrier), ("memfd_create", libc::SYS_memfd_create),
    ("mincore", libc::SYS_mincore), ("mkdirat", libc::SYS_mkdirat), ("mknodat", libc::SYS_mknodat),
    ("mlock", libc::SYS_mlock), ("mlock2", libc::SYS_mlock2), ("mlockall", libc::SYS_mlockall),
    ("mmap", libc::SYS_mmap), ("mount", libc::SYS_mount), ("move_mount", libc::SYS_move_mount),
    ("mprotect", libc::SYS_mprotect), ("mq_getsetattr", libc::SYS_mq_getsetattr),
    ("mq_notify", libc::SYS_mq_notify), ("mq_open", libc::SYS_mq_open),
    ("mq_timedreceive", libc::SYS_mq_timedreceive), ("mq_timedsend", libc::SYS_mq_timedsend),
    ("mq_unlink", libc::SYS_mq_unlink), ("mremap", libc::SYS_mremap), ("msgctl", libc::SYS_msgctl),
    ("msgget", libc::SYS_msgget), ("msgrcv", libc::SYS_msgrcv), ("msgsnd", libc::SYS_msgsnd),
    ("msync", libc::SYS_msync), ("munlock", libc::SYS_munlock), ("munlockall", libc::SYS_munlockall),
    ("munmap", libc::SYS_munmap), ("name_to_handle_at", libc::SYS_name_to_handle_at),
    ("nanosleep", libc::SYS_nanosleep), ("newfstatat", libc::SYS_newfstatat),
    ("open_by_handle_at", libc::SYS_open_by_handle_at), ("open_tree", libc::SYS_open_tree),
    ("openat", libc::SYS_openat), ("openat2", libc::SYS_openat2),
    ("perf_event_open", libc::SYS_perf_event_open), ("pidfd_getfd", libc::SYS_pidfd_getfd),
    ("pidfd_open", libc::SYS_pidfd_open), ("pidfd_send_signal", libc::SYS_pidfd_send_signal),
    ("pipe2", libc::SYS_pipe2), ("pkey_alloc", libc::SYS_pkey_alloc),
    ("pkey_free", libc::SYS_pkey_free), ("pkey_mprotect", libc::SYS_pkey_mprotect),
    ("ppoll", libc::SYS_ppoll), ("prctl", libc::SYS_prctl), ("pread64", libc::SYS_pread64),
    ("preadv", libc::SYS_preadv), ("preadv2", libc::SYS_preadv2), ("prlimit64", libc::SYS_prlimit64),
    ("process_madvise", libc::SYS_process_madvise), ("process_vm_readv", libc::SYS_process_vm_readv),
    ("process_vm_writev", libc::SYS_process_vm_writev), ("pselect6", libc::SYS_pselect6),
    ("ptrace", libc::SYS_ptrace), ("pwrite64", libc::SYS_pwrite64), ("pwritev", libc::SYS_pwritev),
    ("pwritev2", libc::SYS_pwritev2), ("quotactl", libc::SYS_quotactl), ("read", libc::SYS_read),
    ("readahead", libc::SYS_readahead), ("readlinkat", libc::SYS_readlinkat),
    ("readv", libc::SYS_readv), ("reboot", libc::SYS_reboot), ("recvfrom", libc::SYS_recvfrom),
    ("recvmmsg", libc::SYS_recvmmsg), ("recvmsg", libc::SYS_recvmsg),
    ("remap_file_pages", libc::SYS_remap_file_pages), ("removexattr", libc::SYS_removexattr),
    ("renameat2", libc::SYS_renameat2), ("restart_syscall", libc::SYS_restart_syscall),
    ("rseq", libc::SYS_rseq), ("rt_sigaction", libc::SYS_rt_sigaction),
    ("rt_sigpending", libc::SYS_rt_sigpending), ("rt_sigprocmask", libc::SYS_rt_sigprocmask),
    ("rt_sigqueueinfo", libc::SYS_rt_sigqueueinfo), ("rt_sigreturn", libc::SYS_rt_sigreturn),
    ("rt_sigsuspend", libc::SYS_rt_sigsuspend), ("rt_sigtimedwait", libc::SYS_rt_sigtimedwait),
    ("rt_tgsigqueueinfo", libc::SYS_rt_tgsigqueueinfo),
    ("sched_get_priority_max", libc::SYS_sched_get_priority_max),
    ("sched_get_priority_min", libc::SYS_sched_get_priority_min),
    ("sched_getaffinity", libc::SYS_sched_getaffinity), ("sched_getattr", libc::SYS_sched_getattr),
    ("sched_getparam", libc::SYS_sched_getparam), ("sched_getscheduler", libc::SYS_sched_getscheduler),
    ("sched_rr_get_interval", libc::SYS_sched_rr_get_interval),
    ("sched_setaffinity", libc::SYS_sched_setaffinity), ("sched_setattr", libc::SYS_sched_setattr),
    ("sched_setparam", libc::SYS_sched_setparam), ("sched_setscheduler", libc::SYS_sched_setscheduler),
    ("sched_yield", libc::SYS_sched_yield), ("seccomp", libc::SYS_seccomp),
    ("semctl", libc::SYS_semctl), ("semget", libc::SYS_semget), ("semop", libc::SYS_semop),
    ("semtimedop", libc::SYS_semtimedop), ("sendmmsg", libc::SYS_sendmmsg),
    ("sendmsg", libc::SYS_sendmsg), ("sendto", libc::SYS_sendto),
    ("set_mempolicy", libc::SYS_set_mempolicy), ("set_robust_list", libc::SYS_set_robust_list),
    ("set_tid_address", libc::SYS_set_tid_address), ("setdomainname", libc::SYS_setdomainname),
    ("setfsgid", libc::SYS_setfsgid), ("setfsuid", libc::SYS_setfsuid), ("setgid", libc::SYS_setgid),
    ("setgroups", libc::SYS_setgroups), ("sethostname", libc::SYS_sethostname),
    ("setitimer", libc::SYS_setitimer), ("setns", libc::SYS_setns), ("setpgid", libc::SYS_setpgid),
    ("setpriority", libc::SYS_setpriority), ("setregid", libc::SYS_setregid),
    ("setresgid", libc::SYS_setresgid), ("setresuid", libc::SYS_setresuid),
    ("setreuid", libc::SYS_setreuid), ("setsid", libc::SYS_setsid),
    ("setsockopt", libc::SYS_setsockopt), ("settimeofday", libc::SYS_settimeofday),
    ("setuid", libc::SYS_setuid), ("setxattr", libc::SYS_setxattr), ("shmat", libc::SYS_shmat),
    ("shmctl", libc::SYS_shmctl), ("shmdt", libc::SYS_shmdt), ("shmget", libc::SYS_shmget),
    ("shutdown", libc::SYS_shutdown), ("sigaltstack", libc::SYS_sigaltstack),
    ("signalfd4", libc::SYS_signalfd4), ("socketpair", libc::SYS_socketpair),
    ("splice", libc::SYS_splice), ("statfs", libc::SYS_statfs), ("statx", libc::SYS_statx),
    ("symlinkat", libc::SYS_symlinkat), ("sync", libc::SYS_sync), ("syncfs", libc::SYS_syncfs),
    ("sysinfo", libc::SYS_sysinfo), ("syslog", libc::SYS_syslog), ("tee", libc::SYS_tee),
    ("tgkill", libc::SYS_tgkill), ("timer_create", libc::SYS_timer_create),
    ("timer_delete", libc::SYS_timer_delete), ("timer_getoverrun", libc::SYS_timer_getoverrun),
    ("timer_gettime", libc::SYS_timer_gettime), ("timer_settime", libc::SYS_timer_settime),
    ("timerfd_create", libc::SYS_timerfd_create), ("timerfd_gettime", libc::SYS_timerfd_gettime),
    ("timerfd_settime", libc::SYS_timerfd_settime), ("times", libc::SYS_times),
    ("tkill", libc::SYS_tkill), ("truncate", libc::SYS_truncate), ("umask", libc::SYS_umask),
    ("umount2", libc::SYS_umount2), ("uname", libc::SYS_uname), ("unlinkat", libc::SYS_unlinkat),
    ("unshare", libc::SYS_unshare), ("utimensat", libc::SYS_utimensat), ("vhangup", libc::SYS_vhangup),
    ("vmsplice", libc::SYS_vmsplice), ("wait4", libc::SYS_wait4), ("waitid", libc::SYS_waitid),
    ("write", libc::SYS_write), ("writev", libc::SYS_writev),
];

/// Older calls that newer architectures never had.
#[cfg(target_arch = "x86_64")]
#[rustfmt::skip]
const HERE_ONLY: &[(&str, i64)] = &[
    ("io_pgetevents", 333), ("uretprobe", 335),
    ("access", libc::SYS_access), ("alarm", libc::SYS_alarm), ("arch_prctl", libc::SYS_arch_prctl),
    ("chmod", libc::SYS_chmod), ("chown", libc::SYS_chown), ("creat", libc::SYS_creat),
    ("dup2", libc::SYS_dup2), ("epoll_create", libc::SYS_epoll_create),
    ("epoll_ctl_old", libc::SYS_epoll_ctl_old), ("epoll_wait", libc::SYS_epoll_wait),
    ("epoll_wait_old", libc::SYS_epoll_wait_old), ("eventfd", libc::SYS_eventfd),
    ("fadvise64", libc::SYS_fadvise64), ("fork", libc::SYS_fork), ("futimesat", libc::SYS_futimesat),
    ("get_thread_area", libc::SYS_get_thread_area), ("getdents", libc::SYS_getdents),
    ("getpgrp", libc::SYS_getpgrp), ("getrlimit", libc::SYS_getrlimit),
    ("inotify_init", libc::SYS_inotify_init), ("ioperm", libc::SYS_ioperm), ("iopl", libc::SYS_iopl),
    ("lchown", libc::SYS_lchown), ("link", libc::SYS_link), ("lstat", libc::SYS_lstat),
    ("mkdir", libc::SYS_mkdir), ("mknod", libc::SYS_mknod), ("modify_ldt", libc::SYS_modify_ldt),
    ("open", libc::SYS_open), ("pause", libc::SYS_pause), ("pipe", libc::SYS_pipe),
    ("poll", libc::SYS_poll), ("readlink", libc::SYS_readlink), ("rename", libc::SYS_rename),
    ("renameat", libc::SYS_renameat), ("rmdir", libc::SYS_rmdir), ("select", libc::SYS_select),
    ("sendfile", libc::SYS_sendfile), ("set_thread_area", libc::SYS_set_thread_area),
    ("setrlimit", libc::SYS_setrlimit), ("signalfd", libc::SYS_signalfd), ("stat", libc::SYS_stat),
    ("symlink", libc::SYS_symlink), ("sync_file_range", libc::SYS_sync_file_range),
    ("time", libc::SYS_time), ("unlink", libc::SYS_unlink), ("utime", libc::SYS_utime),
    ("utimes", libc::SYS_utimes), ("vfork", libc::SYS_vfork),
];

/// Calls that the C library's table leaves out or names otherwise.
#[cfg(not(target_arch = "x86_64"))]
#[rustfmt::skip]
const HERE_ONLY: &[(&str, i64)] = &[
    ("fadvise64", 223), ("getrlimit", 163), ("io_pgetevents", 292), ("renameat", 38), ("sendfile", 71),
    ("setrlimit", 164), ("sync_file_range", 84),
];

/// Calls newer than the C library's table; since 424 the numbers are the same everywhere.
#[rustfmt::skip]
const NEW: &[(&str, i64)] = &[
    ("epoll_pwait2", 441), ("mount_setattr", 442), ("quotactl_fd", 443),
    ("landlock_create_ruleset", 444), ("landlock_add_rule", 445), ("landlock_restrict_self", 446),
    ("memfd_secret", 447), ("process_mrelease", 448), ("futex_waitv", 449),
    ("set_mempolicy_home_node", 450), ("cachestat", 451), ("fchmodat2", 452),
    ("map_shadow_stack", 453), ("futex_wake", 454), ("futex_wait", 455), ("futex_requeue", 456),
    ("statmount", 457), ("listmount", 458), ("mseal", 462), ("setxattrat", 463), ("getxattrat", 464),
    ("listxattrat", 465), ("removexattrat", 466),
];

#[cfg(test)]
mod tests {
    use super::{ALWAYS, BY_CAPABILITY, number};

    #[test]
    fn names_are_known_once_and_dangerous_ones_need_capabilities() {
        let names: std::collections::BTreeSet<&str> = ALWAYS.iter().copied().collect();
        assert_eq!(names.len(), ALWAYS.len());
        for call in [
            "mount",
            "umount2",
            "unshare",
            "setns",
            "bpf",
            "reboot",
            "keyctl",
            "add_key",
            "kexec_load",
            "init_module",
            "swapon",
            "pivot_root",
            "clone",
            "clone3",
            "socket",
            "personality",
            "io_uring_setup",
            "userfaultfd",
            "perf_event_open",
            "open_by_handle_at",
            "settimeofday",
            "acct",
            "quotactl",
        ] {
            assert!(!names.contains(call), "{call}");
        }
        for call in
            ["read", "write", "openat", "execve", "mmap", "futex", "rt_sigreturn", "exit_group", "statx"]
        {
            assert!(names.contains(call) && number(call).is_some(), "{call}");
        }
        assert!(BY_CAPABILITY.iter().flat_map(|(_, names)| *names).all(|name| !names.contains(name)));
    }
}
