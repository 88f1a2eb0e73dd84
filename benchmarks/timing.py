"""Commands in, what they took out: wall clock, processor time and memory of whole processes, run in turn with each other."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class Taken(NamedTuple):
    """Seconds, and the peak of the largest process in MiB."""

    wall: float
    cpu: float
    peak: float


class Job(NamedTuple):
    """Commands run one after the other in a folder; `before` makes ready and is not measured."""

    name: str
    commands: Sequence[Sequence[str]]
    folder: Path
    before: Callable[[], object] = lambda: None


WAITING = """
import json, os, sys, time
command, folder = json.loads(sys.argv[1])
devnull = os.open(os.devnull, os.O_RDWR)
start = time.perf_counter()
child = os.fork()
if not child:
    os.chdir(folder)
    for stream in (0, 1, 2):
        os.dup2(devnull, stream)
    os.execvp(command[0], command)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - start
print(json.dumps([os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
"""  # a process of its own waits, and a small one: a child's peak begins with that of the process it was forked from


def measure(job: Job, environment: dict[str, str]) -> Taken:
    """Run a job once. Raises RuntimeError if one of its commands cannot be run at all."""
    job.before()
    wall = cpu = peak = 0.0
    for command in job.commands:
        asked = [sys.executable, "-I", "-S", "-c", WAITING, json.dumps([list(command), str(job.folder)])]
        status, seconds, processor, largest = json.loads(
            subprocess.run(asked, env=environment, capture_output=True, check=True).stdout
        )
        if status not in (0, 1):  # 1: milebook has told the author of something
            raise RuntimeError(f"{job.name}: {command[0]} ended with {status}")
        wall, cpu, peak = wall + seconds, cpu + processor, max(peak, largest / 1024)
    return Taken(wall, cpu, peak)


def in_turn(jobs: Sequence[Job], runs: int, environment: dict[str, str]) -> dict[str, list[Taken]]:
    """Each job `runs` times: all of them once, then all of them again, so that what else the machine does meets them alike."""
    taken: dict[str, list[Taken]] = {job.name: [] for job in jobs}
    for _ in range(runs):
        for job in jobs:
            taken[job.name].append(measure(job, environment))
    return taken


class Ratio(NamedTuple):
    median: float
    least: float
    most: float
    runs: int


def ratio(ours: Sequence[Taken], theirs: Sequence[Taken], what: str = "wall") -> Ratio:
    """Of runs that stood beside each other."""
    each = [getattr(a, what) / getattr(b, what) for a, b in zip(ours, theirs, strict=False)]
    return Ratio(statistics.median(each), min(each), max(each), len(each))


def median(taken: Sequence[Taken], what: str = "wall") -> float:
    return statistics.median(getattr(one, what) for one in taken)
