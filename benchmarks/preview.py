"""How long a save takes until the preview has painted it, in a real Chromium; and what memory the preview takes.

Usage: python benchmarks/preview.py BOOK STORY [SAVES] [--modules FOLDER]

BOOK is a book folder (it is copied), STORY the id of a story in it; FOLDER has playwright-core in it (default: node_modules in the
folder that MILEBOOK_QA_NPM names). Run it on a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("book", type=Path)
    parser.add_argument("story")
    parser.add_argument("saves", type=int, nargs="?", default=40)
    parser.add_argument("--modules", type=Path, default=Path(os.environ.get("MILEBOOK_QA_NPM", ".")) / "node_modules")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        shutil.copytree(given.book, book, ignore=shutil.ignore_patterns("build", ".milebook", ".git"))
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        words = [sys.executable, "-m", "milebook", "preview", "-C", str(book), "--no-browser"]
        server = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment)
        assert server.stdout is not None
        link = server.stdout.readline().split()[-1]
        began = time.perf_counter()
        chromium = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
        driver = ["node", str(Path(__file__).with_suffix(".mjs")), link, str(book / "stories" / f"{given.story}.md")]
        driver += [f"story-{given.story}", str(given.saves), chromium, str(given.modules)]
        done = subprocess.run(driver, capture_output=True, text=True, check=False)
        memory = peak(server.pid)
        server.terminate()
        server.wait(20)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return 1
        seen = json.loads(done.stdout)
    times = sorted(seen["times"])
    print(
        f"edit to painted: median {statistics.median(times):.0f} ms, p95 {times[int(len(times) * 0.95) - 1]:.0f} ms, least {times[0]:.0f} ms"
    )
    print(f"of it in milebook, after the save was seen: median {statistics.median(seen['set']):.0f} ms")
    print(
        f"memory: {memory[0]} MiB at the end, {memory[1]} MiB at most, after {len(times)} saves in {time.perf_counter() - began:.0f} s"
    )
    return 0


def peak(process: int) -> tuple[int, int]:
    """Memory of a process, now and at most, in MiB; 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0, 0
    found = {line.split(":")[0]: int(line.split()[1]) // 1024 for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return found["VmRSS"], found["VmHWM"]


if __name__ == "__main__":
    sys.exit(main())
