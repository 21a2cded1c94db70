#!/usr/bin/env python3
"""Longshore on a machine that has cgroup v2 alone, or v1 alone: boots one in QEMU and judges what it says.

Not part of the suite: it takes QEMU, cpio and a kernel package (`make test-cgroups` installs the former and fetches the latter). The machine is made of this one's
files: busybox, nft with its libraries, the program, and the kernel's modules. tests/machine/init is what runs in it.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
# busybox's own wget is linked statically, and cannot look a host up here.
BINARIES = ["/usr/sbin/nft", "/usr/bin/cp", "/usr/bin/wget", "/usr/sbin/runc", "/usr/sbin/mkfs.ext4"]
MODULES = ["overlay", "nf_tables", "bridge", "veth", "8021q", "dummy", "br_netfilter", "tun", "loop", "ext4"]
MODULE_DIRECTORIES = ["kernel/fs", "kernel/drivers/block", "kernel/net", "kernel/drivers/net", "kernel/lib", "kernel/crypto"]


def libraries(binary: Path) -> set[Path]:
    shown = subprocess.run(["ldd", binary], capture_output=True, text=True).stdout
    return {Path(path) for path in re.findall(r"(/\S+) \(", shown)}


def install(binary: Path, root: Path, name: Path | None = None) -> None:
    """A binary, and what it is linked with, at the same places."""
    for path in {binary, *libraries(binary)}:
        to = root / (name if path == binary and name else path).relative_to("/")
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path.resolve(), to)


def modules(kernel: Path, root: Path) -> None:
    [source] = (kernel / "lib/modules").iterdir()
    target = root / "lib/modules" / source.name
    for directory in MODULE_DIRECTORIES:
        if (source / directory).exists():
            shutil.copytree(source / directory, target / directory)
    for index in source.glob("modules.*"):
        shutil.copy(index, target)
    subprocess.run(["depmod", "-b", root, source.name], check=True)


def make_root(program: Path, kernel: Path, root: Path) -> None:
    for directory in ["bin", "sbin", "usr/bin", "usr/sbin", "proc", "sys", "dev", "new", "etc", "tmp", "run", "var", "root"]:
        (root / directory).mkdir(parents=True, exist_ok=True)
    shutil.copy("/bin/busybox", root / "bin/busybox")
    (root / "sbin/modprobe").symlink_to("/bin/busybox")
    shutil.copy(HERE / "machine/init", root / "init")
    for binary in BINARIES:
        install(Path(binary), root)
    # Of a build with debug information nine tenths are that.
    stripped = root / "longshore"
    subprocess.run(["strip", "-o", stripped, program], check=True)
    install(stripped, root, Path("/usr/bin/longshore"))
    stripped.unlink()
    (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/sh\n")
    (root / "etc/group").write_text("root:x:0:\n")
    modules(kernel, root)


def boot(kernel: Path, root: Path, directory: Path, seconds: int, accel: str, cgroups: str) -> str:
    image = directory / "initramfs"
    with image.open("wb") as out:
        names = subprocess.run(["find", ".", "-print0"], cwd=root, capture_output=True, check=True).stdout
        subprocess.run(["cpio", "--null", "--create", "--format=newc", "--quiet", "--owner=0:0"], cwd=root, input=names, stdout=out, check=True)
    [vmlinuz] = (kernel / "boot").glob("vmlinuz-*")
    command = ["qemu-system-x86_64", "-accel", accel, "-m", "6144", "-smp", "2", "-nodefaults", "-no-reboot", "-display", "none",
               "-serial", "stdio", "-object", "rng-random,id=rng", "-device", "virtio-rng-pci,rng=rng",
               "-kernel", vmlinuz, "-initrd", image, "-append", f"console=ttyS0 quiet panic=-1 rdinit=/init cgroups={cgroups}"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, stdin=subprocess.DEVNULL)
        said = done.stdout + done.stderr
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"") + b"\n(the machine did not end in time)\n"
    return said.decode(errors="replace").replace("\r", "")


def judge(said: str, cgroups: str) -> list[str]:
    """What is wrong; nothing when all is well."""
    found = {}
    for line in said.splitlines():
        if line.startswith("@ "):
            name, _, rest = line[2:].partition(" ")
            found[name] = rest
    wrong = []

    def hold(what: str, value: object, wanted: object) -> None:
        print(f"{'ok  ' if value == wanted else 'FAIL'} {what}: {value!r}")
        if value != wanted:
            wrong.append(f"{what}: {value!r}, not {wanted!r}")

    def task(name: str) -> dict:
        try:
            return json.loads(found.get(name, ""))["tasks"][0]
        except (ValueError, LookupError):
            return {"containers": [{}]}

    def lines(name: str) -> list[str]:
        try:
            return [event["message"] for event in json.loads(found.get(name, ""))["events"]]
        except (ValueError, LookupError):
            return []

    v2, v1, *controllers = found.get("cgroups", "").split()
    hold("mounts of v2 and of v1", [v2, v1], ["1", "0"] if cgroups == "v2" else ["0", str(len(controllers))])
    hold("controllers", {"cpu", "memory", "pids", "devices"} <= set(controllers), True)
    hold("exit code", task("plain")["containers"][0].get("exitCode"), 42)
    hold("stop code", task("plain").get("stopCode"), "EssentialContainerExited")
    log = lines("plain-log")
    # Of v1 the second limit is that of memory and swap together.
    hold("log, limits of memory and of swap", log[:3], ["hello", str(64 << 20), str((64 if cgroups == "v2" else 128) << 20)])
    usual = {"v2": "100", "v1": "1024"}[cgroups]
    hold("a share of the CPU is set", len(log) == 4 and log[3].isdigit() and log[3] != usual, True)
    hold("out of memory is told", "OutOfMemory" in task("oom")["containers"][0].get("reason", ""), True)
    hold("devices", lines("devices-log"), ["refused", "1"])
    hold("limit of the container's cgroup", str(64 << 20) in found.get("limits", "").split(), True)
    hold("running after kill -9 of up", task("again").get("lastStatus"), "RUNNING")
    hold("exit code of a stop", task("stays")["containers"][0].get("exitCode"), 7)
    hold("log over the restart", lines("stays-log"), ["ready", "caught"])
    hold("an interface of its own", task("web").get("attachments", [{}])[0].get("status"), "ATTACHED")
    hold("packets made late on purpose", task("late")["containers"][0].get("exitCode"), 0)
    hold("over it, on Fargate: an answer, the limit, metadata", task("client")["containers"][0].get("exitCode"), 0)
    hold("exit code under runc", task("foreign")["containers"][0].get("exitCode"), 9)
    hold("limit under runc", lines("foreign-log"), [str(64 << 20)])
    hold("cgroups and processes left after down", found.get("left"), "0 0")
    hold("the end", found.get("end"), "done")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help="the longshore to run")
    parser.add_argument("--kernel", type=Path, required=True, help="an unpacked Debian kernel package: boot/ and lib/modules/")
    parser.add_argument("--seconds", type=int, default=600, help="how long the machine may run")
    # Emulated by default: where this is a virtual machine itself, the kernel's acceleration may be there and not work.
    parser.add_argument("--accel", default="tcg,thread=multi", help="QEMU's accelerator")
    parser.add_argument("--cgroups", choices=("v1", "v2"), default="v2", help="which version the machine has")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="longshore-cgroups-") as made:
        directory = Path(made)
        root = directory / "root"
        make_root(options.program, options.kernel, root)
        said = boot(options.kernel, root, directory, options.seconds, options.accel, options.cgroups)
    wrong = judge(said, options.cgroups)
    if wrong:
        print(said[-8000:])
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
