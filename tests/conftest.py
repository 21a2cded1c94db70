"""The whole-system suite: the aws CLI and boto3 against a Longshore that runs real containers."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import pytest

from longshore import IMAGE, PROGRAM, Longshore
from tasks import Tasks

# Logs of failed tests, until the next failure of the same test.
KEPT = Path(tempfile.gettempdir()) / "longshore-failed"


def pytest_configure(config: pytest.Config) -> None:
    # Never skipped: a machine that cannot run containers has not tested them.
    if os.geteuid() != 0:
        pytest.exit("tests/ runs real containers and networks, which takes root: run it with sudo", returncode=1)
    if not PROGRAM.exists():
        pytest.exit(f"{PROGRAM} is missing: build it with `cargo build`, or name another in LONGSHORE", returncode=1)


def _finish(made: list[Longshore]) -> None:
    left = [thing for longshore in made for thing in longshore.end()]
    assert left == [], "left on the machine: " + "\n".join(left)


@pytest.fixture(scope="module")
def arguments() -> list[str] | None:
    """Of `longshore up`, where a file of tests wants others than the usual ones."""
    return None


@pytest.fixture(scope="module")
def longshore(arguments):
    """`longshore up` with the test image: one for each file of tests."""
    made = Longshore(arguments=arguments)
    try:
        made.start()
        made.run("image", "demo", "--name", IMAGE)
        yield made
    finally:
        _finish([made])


@pytest.fixture(scope="module")
def control():
    """`longshore server`: the control plane without a node."""
    made = Longshore("server")
    try:
        yield made.start()
    finally:
        made.stop()
        made.discard()


@pytest.fixture
def fresh():
    """Makes a Longshore for one test; everything of it is ended, and looked for, after it."""
    made: list[Longshore] = []

    def make(role: str = "up", arguments: list[str] | None = None) -> Longshore:
        made.append(Longshore(role, arguments))
        return made[-1]

    yield make
    _finish([one for one in made if one.role == "up"])
    for one in [one for one in made if one.role != "up"]:
        if one.process and one.process.poll() is None:
            one.stop()
        one.discard()


@pytest.fixture(scope="module")
def tasks(longshore: Longshore) -> Tasks:
    return Tasks(longshore)


@pytest.fixture(scope="module")
def ecs(longshore: Longshore):
    return longshore.ecs


@pytest.fixture(scope="module")
def logs(longshore: Longshore):
    return longshore.logs


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Adds to a failure what Longshore's own log says, which is kept whole beside, and what it is at."""
    report = yield
    if report.when == "call" and report.failed:
        for name, made in item.funcargs.items():
            if isinstance(made, Longshore):
                # Parameters of a test are in its name.
                kept = KEPT / f"{re.sub(r'[^A-Za-z0-9_.-]', '_', item.name)[:100]}.{name}.log"
                KEPT.mkdir(mode=0o700, exist_ok=True)
                kept.write_text(made.said())
                report.sections.append((f"longshore, whole in {kept}", made.said()[-10_000:]))
                report.sections.append(("longshore at work", made.at_work()))
    return report
