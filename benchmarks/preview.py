"""How long a save takes until the preview has painted it, in a real Chromium; and what memory the preview takes.

Usage: python benchmarks/preview.py BOOK STORY [SAVES] [--typst] [--modules FOLDER]

BOOK is a book folder made by `book.py` (it is copied), STORY the id of a story in it; FOLDER has playwright-core in it (default:
node_modules in the folder that MILEBOOK_QA_NPM names). With --typst the same text is compiled again and again by Typst in
one process, right afterwards, for comparison (needs the extra `bench`). Run it on a quiet machine.
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
from typing import Any

ROOT = Path(__file__).parents[1]
COMPILED = 15  # times by Typst, after the first


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("book", type=Path)
    parser.add_argument("story")
    parser.add_argument("saves", type=int, nargs="?", default=40)
    parser.add_argument("--typst", action="store_true")
    parser.add_argument("--modules", type=Path, default=Path(os.environ.get("MILEBOOK_QA_NPM", ".")) / "node_modules")
    given = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        shutil.copytree(given.book, book, ignore=shutil.ignore_patterns("build", ".milebook", ".git"))
        seen, memory = previewed(book, given.story, given.saves, given.modules)
        typst = compiled(book) if given.typst else []
    if not seen:
        return 1
    times = sorted(seen["times"])
    median = statistics.median(times)
    print(f"edit to painted: median {median:.0f} ms, p95 {times[int(len(times) * 0.95) - 1]:.0f} ms, least {times[0]:.0f} ms")  # fmt: skip
    for name, values in seen["parts"].items():
        print(f"  {name}: median {statistics.median(values):.0f} ms")
    print(f"memory: {memory[0]} MiB at the end, {memory[1]} MiB at most, after {len(times)} saves in {time.perf_counter() - began:.0f} s")  # fmt: skip
    if typst:
        other = statistics.median(typst)
        print(f"Typst, the same text compiled again in one process: median {other:.0f} ms; milebook takes {median / other:.2f} of it")  # fmt: skip
    return 0


def previewed(book: Path, story: str, saves: int, modules: Path) -> tuple[dict[str, Any], tuple[int, int]]:
    """What the browser saw (nothing if it failed), and the memory of the preview."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    words = [sys.executable, "-m", "milebook", "preview", "-C", str(book), "--no-browser"]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment)
    assert server.stdout is not None
    link = server.stdout.readline().split()[-1]
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    driver = ["node", str(Path(__file__).with_suffix(".mjs")), link, str(book / "stories" / f"{story}.md")]
    driver += [f"story-{story}", str(saves), chromium, str(modules.resolve())]
    done = subprocess.run(driver, capture_output=True, text=True, check=False)
    memory = peak(server.pid)
    server.terminate()
    server.wait(20)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return {}, memory
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen, memory


def compiled(book: Path) -> list[float]:
    """Milliseconds that Typst takes to compile the book's text after a word of it has changed, in one process."""
    from peers import FONTS, typst_text

    source = typst_text(book)
    code = f"""
import pathlib, time, typst
source = pathlib.Path({str(source)!r})
first = source.read_text("utf-8")
at = first.index(". ", len(first) // 3)
compiler = typst.Compiler(str(source), root={str(book)!r}, font_paths=[{str(FONTS)!r}])
for number in range({COMPILED} + 1):
    source.write_text(f"{{first[:at]}} again {{number}}{{first[at:]}}", "utf-8")
    began = time.perf_counter()
    compiler.compile(format="pdf", pdf_tags=False)
    print(1000 * (time.perf_counter() - began))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [float(line) for line in done.stdout.split()][1:]


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
