"""python benchmarks/run.py: makes the books, runs milebook and its peers in turn, and writes docs/performance.md.

The peers, and what draws the picture, come with: pip install -e '.[bench]'

--runs 5          how often each job is run; medians are shown
--large 1         how often the jobs on the large book are run (0: not at all)
--peers-on-large  run the peers on the large book as well, for the plot (minutes, and gigabytes of memory)
--work FOLDER     where books and outputs go (default: build/benchmarks)
--show            only write the page again from the last figures
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from book import SIZES, make_book
from page import write_page
from peers import trio
from timing import Job, in_turn

ROOT = Path(__file__).resolve().parents[1]
FIGURES = Path(__file__).resolve().parent / "figures.json"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--large", type=int, default=1)
    asked.add_argument("--peers-on-large", action="store_true")
    asked.add_argument("--work", type=Path, default=ROOT / "build" / "benchmarks")
    asked.add_argument("--show", action="store_true")
    given = asked.parse_args()
    if not given.show:
        figures = run(given.work.resolve(), given.runs, given.large, given.peers_on_large)
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    write_page(json.loads(FIGURES.read_text("utf-8")), ROOT / "docs")
    print((ROOT / "docs" / "performance.md").read_text("utf-8"))


def run(work: Path, runs: int, large: int, peers_on_large: bool) -> dict[str, object]:
    """Every figure: {"machine": …, "runs": {group: {job: [[wall, cpu, peak], …]}}}."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(work / "pycache")  # compiled once, as an installed milebook is
    books = {name: work / name for name in (SIZES if large else ("S", "M"))}
    for name, folder in books.items():
        print(f"making {name} …", flush=True)
        make_book(folder, SIZES[name])
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    milebook = [sys.executable, str(ROOT / "cli.py")]
    small, middle = books["S"], books["M"]
    groups: dict[str, tuple[int, list[Job]]] = {
        "start": (
            max(runs, 7),
            [Job("help", [[*milebook, "--help"]], work), Job("python", [[sys.executable, "-c", "pass"]], work)],
        ),
        "M": (
            runs,
            [
                Job("cold", [[*milebook, "build", str(middle)]], work, partial(forget, middle)),
                Job("again", [[*milebook, "build", str(middle)]], work),
                Job("edited", [[*milebook, "build", str(middle)]], work, partial(edit, middle)),
                Job("trio_noimg", trio(middle, work / "peers" / "M-text", photos_in_docx=False), middle),
                Job("trio", trio(middle, work / "peers" / "M"), middle),
            ],
        ),
        "S": (
            runs,
            [
                Job("cold", [[*milebook, "build", str(small)]], work, partial(forget, small)),
                Job("trio", trio(small, work / "peers" / "S"), small),
            ],
        ),
    }
    if large:
        big = books["L"]
        groups["L"] = (
            large,
            [
                Job("M", [[*milebook, "build", str(middle)]], work, partial(forget, middle)),
                Job("cold", [[*milebook, "build", str(big)]], work, partial(forget, big)),
                Job("status", [[*milebook, "status", str(big)]], work),
                Job("edited", [[*milebook, "build", str(big)]], work, partial(edit, big)),
                Job("status, never built", [[*milebook, "status", str(big)]], work, partial(forget, big)),
            ],
        )
        if peers_on_large:
            groups["L"][1].append(Job("trio", trio(big, work / "peers" / "L"), big))
    for name in ("S", "M"):  # compile what is imported, warm the disk
        in_turn(
            [Job("warm", [[*milebook, "build", str(books[name])], [*milebook, "status", str(books[name])]], work)],
            1,
            environment,
        )
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    taken: dict[str, object] = {}
    figures = {"machine": machine, "load": round(load, 1), "sizes": {n: list(SIZES[n]) for n in books}, "runs": taken}
    figures["parts"] = parts(middle, runs, environment)
    for name, (times, jobs) in groups.items():
        print(f"running {name}: {', '.join(job.name for job in jobs)}, {times} times …", flush=True)
        taken[name] = in_turn(jobs, times, environment)
        (work / "figures.json").write_text(json.dumps(figures), "utf-8")  # what there is, should the rest be stopped
    return figures


def parts(book: Path, runs: int, environment: dict[str, str]) -> dict[str, dict[str, float]]:
    """Medians of what `parts.py` says of a first build and of one after an edit."""
    command = [sys.executable, str(ROOT / "benchmarks" / "parts.py"), str(book)]
    taken: dict[str, list[dict[str, float]]] = {"first build": [], "one story edited": []}
    for number in range(runs + 1):
        for name, prepare in (("first build", forget), ("one story edited", edit)):
            prepare(book)
            told = json.loads(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
            if number:  # the first time compiles what is imported
                taken[name].append(told)
    return {
        name: {part: statistics.median(one[part] for one in all_runs) for part in all_runs[0]}
        for name, all_runs in taken.items()
    }


def forget(book: Path) -> None:
    """As if the book had never been built."""
    shutil.rmtree(book / "build", ignore_errors=True)


def edit(book: Path) -> None:
    """What a writer does: one more sentence in one story, another one each time."""
    path = book / "stories" / "story-00007.md"
    text = path.read_text("utf-8")
    path.write_text(f"{text.rstrip()} And once more, number {len(text)}, we went on.\n", "utf-8")


if __name__ == "__main__":
    main()
