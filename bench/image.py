"""The image that every runtime starts: busybox, and a name for `true` that no other program of the machine has."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
from pathlib import Path

BUSYBOX = next((Path(p) for p in ("/bin/busybox", "/usr/bin/busybox") if Path(p).exists()), Path("/bin/busybox"))
# Executed by its full path, so that the kernel's trace events of it are told from those of any other `true`.
TRUE = "/longshore-bench/true"
NAME = "longshore-bench"
APPLETS = ("sh", "true", "sleep", "cat", "echo")


def unpacked(directory: Path) -> Path:
    """As a directory, for `crun` and for bare namespaces."""
    (directory / "bin").mkdir(parents=True)
    (directory / "longshore-bench").mkdir()
    for name in ("proc", "sys", "dev", "etc", "tmp"):
        (directory / name).mkdir()
    shutil.copy(BUSYBOX, directory / "bin/busybox")
    for applet in APPLETS:
        (directory / "bin" / applet).symlink_to("busybox")
    (directory / TRUE.lstrip("/")).symlink_to("../bin/busybox")
    return directory


def layer(root: Path, path: Path) -> Path:
    """As a tar, for `docker import`."""
    with tarfile.open(path, "w") as tar:
        for entry in sorted(root.iterdir()):
            tar.add(entry, entry.name)
    return path


def archive(layer: Path, path: Path) -> Path:
    """As an archive of `docker save`, for `longshore image load`."""
    content = layer.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    config = {"architecture": "amd64", "os": "linux", "config": {"Env": ["PATH=/bin"]}, "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digest}"]}}
    manifest = [{"Config": "config.json", "RepoTags": [f"{NAME}:latest"], "Layers": ["layer.tar"]}]
    with tarfile.open(path, "w") as tar:
        for name, data in (("layer.tar", content), ("config.json", json.dumps(config).encode()), ("manifest.json", json.dumps(manifest).encode())):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path
