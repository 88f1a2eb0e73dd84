"""Commands in, what they took out: wall clock, processor time and memory of whole processes, run in turn with each other."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
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


def measure(job: Job, environment: dict[str, str]) -> Taken:
    """Run a job once. Raises RuntimeError if one of its commands cannot be run at all."""
    job.before()
    wall = cpu = peak = 0.0
    for command in job.commands:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=job.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall += time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):  # 1: milebook has told the author of something
            raise RuntimeError(f"{job.name}: {command[0]} ended with {process.returncode}")
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss / 1024)
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
