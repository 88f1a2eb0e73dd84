"""A few points of the loops over every command that changes the stories; `python tests/support/change_loops.py` tries them all."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import change_loops as loops
import pytest

POINTS = 4  # of each command: about a second each


def strace_works() -> bool:
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(
    not strace_works(), reason="strace is not here or may not trace: no point of the fault loops was tried"
)
@pytest.mark.parametrize("command", sorted(loops.COMMANDS))
def test_nothing_is_lost_torn_or_left_behind(tmp_path: Path, command: str) -> None:
    troubles = [
        f"{point}: {trouble}"
        for _, point, trouble in loops.tries(tmp_path, [command], POINTS, random.Random(command))
        if trouble
    ]
    assert troubles == []


@pytest.mark.slow
def test_two_commands_at_once_lose_nothing(tmp_path: Path) -> None:
    assert [trouble for number in range(4) if (trouble := loops.pair(tmp_path, number))] == []


def test_the_loops_would_notice(tmp_path: Path) -> None:
    """What is torn, or left behind, is found: the loops themselves can fail."""
    bench = loops.Bench(tmp_path, "set")
    root = bench.copy("torn")
    (root / "stories/index.yaml").write_bytes(bench.after["stories/index.yaml"][:50])
    assert bench.settled(root).startswith("torn")
    root = bench.copy("left")
    (root / "stories/deep").mkdir()
    (root / "stories/deep/.mb-1").write_bytes(b"ana@example.org")
    assert bench.settled(root).startswith(("torn", "left behind"))
