"""A Docker daemon of one's own: its own data, sockets and cgroups, started and ended by hand. The tests of the official agent use it too."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

from measure import until

SYSTEM = "/usr/sbin:/usr/bin:/sbin:/bin"
ETC = Path("/etc/docker")
CGROUP = "/longshore-bench-docker"


class Docker:
    """Raises `Unavailable` where it does not run, which the report then says."""

    def __init__(self, directory: Path, run: Path = Path("/run"), cgroup: str = CGROUP) -> None:
        self.directory, self.cgroup = directory, cgroup
        self.socket, self.exec_root, self.pidfile = run / "docker.sock", run / "docker", run / "docker.pid"
        self.client = shutil.which("docker", path=SYSTEM)
        self.daemon = shutil.which("dockerd", path=SYSTEM)
        self.process: subprocess.Popen | None = None
        self.made_etc = False

    def start(self) -> Docker:
        if not (self.client and self.daemon):
            raise Unavailable("docker.io is not installed")
        self.made_etc = not ETC.exists()
        ETC.mkdir(exist_ok=True)
        under = lambda name: self.directory / name
        # A key and directories of plugins are written outside its data, and a containerd that runs would be taken; so those places are its own too.
        covered = f'for place in {ETC} /opt /run/containerd; do if [ -d "$place" ]; then mount -t tmpfs tmpfs "$place"; fi; done; exec "$@"'
        command = [
            "unshare", "--mount", "--propagation", "private", "sh", "-ec", covered, "sh", self.daemon, "--host", self.host, "--data-root", under("data"), "--exec-root", self.exec_root,
            "--pidfile", self.pidfile, "--cgroup-parent", self.cgroup, "--log-level", "error", "--storage-driver", "overlay2",
        ]  # fmt: skip
        with under("log").open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        until(self._answers, 60, "dockerd to answer", pause=0.1)
        return self

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            raise Unavailable(f"dockerd ended with {self.process.returncode}: {(self.directory / 'log').read_text()[-600:].strip()}")
        return subprocess.run([*self.command("version")], capture_output=True).returncode == 0

    @property
    def host(self) -> str:
        return f"unix://{self.socket}"

    def command(self, *arguments: str) -> list[str]:
        return [self.client, "--host", self.host, *arguments]

    def run(self, *arguments: str) -> str:
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"docker {arguments[0]} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout.strip()

    def pid(self) -> int:
        return self.process.pid

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        remove_cgroups(self.cgroup)
        if self.made_etc:
            ETC.rmdir()


class Unavailable(Exception):
    pass


def remove_cgroups(name: str) -> None:
    """Removes empty cgroups of this name in every hierarchy."""
    roots = [Path("/sys/fs/cgroup"), *(p for p in Path("/sys/fs/cgroup").iterdir() if p.is_dir() and not p.is_symlink())]
    for root in roots:
        top = root / name.lstrip("/")
        if top.is_dir():
            below = sorted((p for p in top.rglob("*") if p.is_dir()), reverse=True)
            for directory in [*below, top]:
                try:
                    directory.rmdir()
                except OSError as error:
                    print(f"cgroup {directory} stays: {error}")
