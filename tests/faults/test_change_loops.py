"""A few points of the loops over every command that changes something; `python tests/support/change_loops.py` tries them all."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import change_loops as loops
import pytest
import recovery_loops
from change_commands import COMMANDS
from warm import Done, Warm

POINTS = 6  # of each command: a quarter of a second each
PAIRS = 20


def strace_works() -> bool:
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode == 0


pytestmark = pytest.mark.skipif(not hasattr(os, "fork") or sys.platform != "linux", reason="these loops need Linux")
traced = pytest.mark.skipif(
    not strace_works(), reason="strace is not here or may not trace: no point of the fault loops was tried"
)


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with Warm(**loops.ENVIRONMENT) as process:
        yield process


@traced
@pytest.mark.slow
@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_nothing_is_lost_torn_or_left_behind(warm: Warm, tmp_path: Path, command: str) -> None:
    troubles = [
        f"{point}: {trouble}"
        for _, point, trouble in loops.tries(warm, tmp_path, [command], POINTS, random.Random(command))
        if trouble
    ]
    assert troubles == []


@traced
@pytest.mark.slow
@pytest.mark.parametrize("command", ["rename", "import several", "build", "export"])
def test_a_fault_while_what_was_left_is_settled_loses_nothing(warm: Warm, tmp_path: Path, command: str) -> None:
    found = list(recovery_loops.tries(warm, tmp_path, command, POINTS, random.Random(command)))
    assert found and [f"{point}: {trouble}" for point, trouble in found if trouble] == []


@pytest.mark.slow
def test_two_commands_at_once_lose_nothing(warm: Warm, tmp_path: Path) -> None:
    pairs = loops.Pairs(warm, tmp_path)
    numbers = random.Random(1).sample(range(len(pairs.pairs)), PAIRS)
    assert [trouble for number in numbers if (trouble := pairs.try_one(number))] == []


def test_the_loops_would_notice(warm: Warm, tmp_path: Path) -> None:
    """What is torn, left behind, half made or wrongly said to be unchanged is found: the loops themselves can fail."""
    bench = loops.Bench(warm, tmp_path, "request")
    root = bench.copy("torn")
    (root / "stories/index.yaml").write_bytes(bench.after.stories["stories/index.yaml"][:50])
    assert bench.settled(root).startswith("torn")
    assert bench.told(root, Done(1, "", "Nothing was changed")).startswith("something was changed")
    assert bench.told(root, Done(0, "", "")).startswith("not everything was done")
    (root / "stories/index.yaml").write_bytes(bench.after.stories["stories/index.yaml"])
    assert bench.settled(root).startswith("the stories say that it is done")
    root = bench.copy("left")
    (root / "stories/deep").mkdir()
    (root / "stories/deep/.mb-1").write_bytes(b"ana@example.org")
    assert bench.settled(root).startswith("left behind")


@traced
def test_a_call_is_failed_where_it_was_meant_to_be(warm: Warm, tmp_path: Path) -> None:
    """The first thing that is written fails, and the command says so."""
    bench = loops.Bench(warm, tmp_path, "set")
    root = bench.copy("failed")
    done = bench.watched(root, "-o", "/dev/null", "-e", "inject=mkdir:error=EROFS:when=1").wait()
    assert (done.status, "Read-only file system" in done.err) == (1, True), done
    assert loops.state(root) == bench.before
