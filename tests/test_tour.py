"""What a new user types: every line of README.md's tour and of its load balancer, and `make demo`."""

from __future__ import annotations

import os
import re
import subprocess
import threading
from pathlib import Path

import pytest

from longshore import AWS, PROGRAM, Longshore
from tasks import Tasks, exit_code

ROOT = Path(__file__).parent.parent
# They put the programs where a shell finds them, which this suite does by itself.
INSTALLING = ("sudo install ", "make venv", 'export PATH="$HOME/.cache/longshore/venv')


def commands(heading: str, blocks: int) -> str:
    """Those between a heading of README.md and the next one, in so many blocks at least."""
    text = (ROOT / "README.md").read_text()
    [section] = re.findall(rf"^## {heading}\n(.*?)^## ", text, re.M | re.S)
    found = re.findall(r"^```sh\n(.*?)^```", section, re.M | re.S)
    assert len(found) >= blocks, f"{heading} has another form: this test reads it no longer"
    return "".join(line for block in found for line in block.splitlines(True) if not line.startswith(INSTALLING))


@pytest.fixture
def shell(tmp_path):
    """PATH with the programs as a user has them; `sudo` is nothing for root."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "longshore").symlink_to(PROGRAM)
    (programs / "aws").symlink_to(AWS)
    (programs / "sudo").write_text('#!/bin/sh\nexec "$@"\n')
    (programs / "sudo").chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "LONGSHORE"))}
    return {**kept, "PATH": f"{programs}:{os.environ['PATH']}", "AWS_PAGER": "", "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def run(shell: dict[str, str], made: Longshore, script: str) -> subprocess.CompletedProcess:
    environment = {**shell, "LONGSHORE_DATA_DIR": str(made.data_dir)}
    return subprocess.run(["bash", "-c", f"set -euo pipefail\n{script}"], env=environment, capture_output=True, text=True, timeout=400)


def test_every_line_of_the_tour(shell):
    # A pool of its own: other Longshores of this suite have the default one at the same time.
    made = Longshore(arguments=["--public-pool", "198.19.77.0/28"])
    made.start()
    # The tour's last line is `down`, which waits for the end of this process's child.
    threading.Thread(target=made.process.wait, daemon=True).start()
    ran = run(shell, made, commands("Five minutes with the aws CLI", 8))
    assert made.end() == [], "left on the machine"
    said = ran.stdout + ran.stderr
    assert ran.returncode == 0, said
    lines = ran.stdout.splitlines()
    assert "STOPPED\tEssentialContainerExited\t0" in lines, said
    # The exit code that the second task was told.
    assert "3" in lines, said
    pages = [line for line in lines if re.fullmatch(r"ip-[\d-]+\.ec2\.internal", line)]
    assert len(pages) == 2 and len(set(pages)) == 1, f"by its private and by its public address:\n{said}"
    assert "nobody gets in any more" in lines, said
    assert not re.search("error", ran.stderr, re.I), said


def test_every_line_of_the_load_balancer(shell, fresh):
    made = fresh().start()
    ran = run(shell, made, 'eval "$(sudo longshore env)"\n' + commands("Load balancers", 3))
    said = ran.stdout + ran.stderr
    assert ran.returncode == 0, said
    lines = ran.stdout.splitlines()
    assert any(re.fullmatch(r"ip-[\d-]+\.ec2\.internal", line) for line in lines), said
    assert re.search(r"http://site-\w+\.us-east-1\.elb\.localhost:8000/", ran.stdout), said
    assert not re.search("error", ran.stderr, re.I), said


def test_the_demo_starts_shows_and_ends_all(shell, tmp_path):
    ran = subprocess.run([ROOT / "docs/demo.sh"], env={**shell, "LONGSHORE": str(PROGRAM)}, capture_output=True, text=True, timeout=300)
    said = ran.stdout + ran.stderr
    assert ran.returncode == 0, said
    assert "Its log" in ran.stdout and "EssentialContainerExited" in ran.stdout, said
    assert "Ending what the demo started" in ran.stdout, said
    # It ended its Longshore, and everything of it.
    directory = tmp_path / "cache/longshore/demo"
    status = subprocess.run([PROGRAM, "status", "--data-dir", directory], capture_output=True, text=True, timeout=20)
    assert status.returncode != 0 or "not running" in status.stdout.lower(), status.stdout


def test_what_up_prints_is_what_a_user_may_type(shell, fresh):
    longshore = fresh().start()
    lines = re.findall(r"^  (\S.*)$", longshore.said(), re.M)
    assert len(lines) == 4 and lines[0].startswith("eval "), lines
    ran = subprocess.run(["bash", "-c", "\n".join(["set -euo pipefail", *lines])], env=shell, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert longshore.instance()["containerInstanceArn"] in ran.stdout
    [task] = set(re.findall(r"arn:aws:ecs:[\w:-]+task/[\w/]+", ran.stdout))
    assert exit_code(Tasks(longshore).stopped(task), "hello") == 0
