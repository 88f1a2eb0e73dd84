"""Kill, fail and delay every command that changes the stories, at one system call after another, and look for what was lost.

    python tests/support/change_loops.py [POINTS]        (about a second a point; without POINTS, every point there is)

Needs strace. For each command and each call that changes something on the disk: the process is killed there, or the call fails
with EIO or ENOSPC; then another command is run, and the book must be as it was or as it should be, with nothing left behind.
The delays hold a call up while an editor saves the index: what the editor saved must be there afterwards. Pairs of commands run
at once: what both did must be there.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
CHANGING = ("write", "fsync", "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "chmod", "ftruncate")  # fmt: skip
ERRORS = ("EIO", "ENOSPC")
DELAYED = ("fsync", "rename", "renameat2", "unlink")
MAIL = """\
From: Ann Example <ann@example.org>
Subject: The last hill
Date: Sun, 25 Aug 2013 10:00:00 +0200
Message-ID: <one@example.org>
Content-Type: text/plain; charset=utf-8

I ran up the last hill before the sun rose and sat on the wall until the whole town below had lit its lamps again, one by one,
and somebody called my name from the road. I have gone there every year since, and I have never told anybody why.
"""
INDEX = """\
# Our book
book: {title: Trees, authors: [Ada Example], date: 2026-01-01, contact: {name: Ada, email: ada@example.org}}
chapters:
  - id: dawn
    title: Dawn
    stories: [oak, elm]   # as read aloud
  - {id: noon, title: Noon, stories: [fir]}
agreements:
  ana: {signer: Ana Example, status: to_request}
stories:
  - {id: oak, title: Oak, status: selected, contributor: {name: Ana Example, email: ana@example.org}, permission: ana}
  - {id: elm, title: Elm, status: selected, contributor: {name: Ben Example}}
  - {id: fir, title: Fir, status: selected, contributor: {name: Cal Example}}
"""
COMMANDS: dict[str, tuple[str, ...]] = {
    "set": ("set", "elm", "--tag", "race", "--chapter", "noon"),
    "rename": ("rename", "elm", "ash"),
    "undo": ("undo",),
    "record": ("permissions", "record", "ana", "--notes", "by mail"),
    "withdraw": ("permissions", "withdraw", "oak"),
    "request": ("permissions", "request", "--date", "2026-02-02"),
    "sent": ("permissions", "sent", "Ana Example", "--date", "2026-02-03"),
    "add": ("add", "--title", "The Brook", "--name", "Dan Example", "--file", "brook.txt"),
    "fix": ("check", "--fix", "--yes"),
    "import": ("import", "mail.eml", "--apply"),
    "setup": ("setup",),
    "init": ("init", "new"),
    "review": ("review", "returned.docx", "--apply"),
}
Tree = dict[str, bytes]


class Fault(NamedTuple):
    """What was wrong at one point: the command, what was done to it, and what was found."""

    command: str
    point: str
    trouble: str


def environment() -> dict[str, str]:
    return {
        **os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "1774000000", "LC_ALL": "C.UTF-8",
    }  # fmt: skip


def milebook(root: Path, *words: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run a command in the book, under another program if need be."""
    command = [*before, sys.executable, "-m", "milebook", *words]
    return subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, timeout=120)


def make_book(root: Path, command: str) -> None:
    """The book that a command is tried on."""
    (root / "stories").mkdir(parents=True)
    for name in ("oak", "elm", "fir"):
        (root / f"stories/{name}.md").write_text(f"I ran to the {name} and home again before the rain came.\n")
    (root / "stories/index.yaml").write_text(INDEX)
    (root / "mail.eml").write_text(MAIL)
    (root / "brook.txt").write_text("I ran along the brook until it was a river.\n")
    if command == "fix":
        (root / "stories/oak.md").write_text("I ran to the cafÃ© and home again before the rain came.\n")
    if command == "sent":
        index = root / "stories/index.yaml"
        index.write_text(INDEX.replace(", email: ana@example.org}, permission", "}, permission"))  # so it goes by post
        milebook(root, "permissions", "request", "--date", "2026-02-02")
    if command == "undo":
        milebook(root, *COMMANDS["rename"])
    if command == "review":
        milebook(root, "proof", "dawn")
        proof = next((root / "build/proofs").glob("*.docx"))
        from docx import Document

        document = Document(str(proof))
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                if "before the rain" in run.text:
                    run.text = run.text.replace("before the rain", "before the snow")
        document.save(str(root / "returned.docx"))


def tree(root: Path) -> Tree:
    """Every file of the author's: neither build/ nor milebook's own store."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and path.relative_to(root).parts[0] != "build"
        and ".milebook" not in path.relative_to(root).parts
    }


class Bench:
    """One command with the book before and after it, made once and copied for every try."""

    def __init__(self, work: Path, command: str) -> None:
        self.work, self.command, self.words = work, command, COMMANDS[command]
        self.start = work / f"{command}-start"
        make_book(self.start, command)
        self.before = tree(self.start)
        whole = self.copy("whole")
        done = milebook(whole, *self.words)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        self.after = tree(whole)
        assert self.before != self.after, f"{command} changes nothing"

    def copy(self, name: str) -> Path:
        root = self.work / f"{self.command}-{name}"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.start, root)
        return root

    def points(self) -> list[tuple[str, int]]:
        """Every call that changes something: its name and its number among those of that name."""
        root, log = self.copy("count"), self.work / f"{self.command}.log"
        milebook(root, *self.words, before=("strace", "-f", "-qq", "-o", str(log), "-e", f"trace={','.join(CHANGING)}"))
        counts = Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text(errors="replace"), re.MULTILINE))
        return [(name, number) for name in CHANGING for number in range(1, counts[name] + 1)]

    def interrupted(self, name: str, number: int, how: str) -> str:
        """Kill the command at a call, or let the call fail; "" or what is wrong afterwards."""
        root = self.copy("try")
        inject = f"inject={name}:{'signal=SIGKILL' if how == 'kill' else f'error={how}'}:when={number}"
        done = milebook(root, *self.words, before=("strace", "-f", "-qq", "-o", "/dev/null", "-e", inject))
        if how != "kill":
            if "Traceback" in done.stderr:
                return f"a traceback: {done.stderr[-300:]}"
            if (
                done.returncode
                and "nothing was changed" in (done.stderr + done.stdout).lower()
                and tree(root) != self.before
            ):
                return "something was changed, though it says that nothing was"
            if not done.returncode and tree(root) != self.after:
                return "not everything was changed, though the command says so"
        return self.settled(root)

    def settled(self, root: Path) -> str:
        """What is wrong with the book after the next command."""
        milebook(root / "new" if (root / "new").exists() and self.command == "init" else root, "status")
        now = tree(root)
        if now not in (self.before, self.after):
            odd = sorted(
                path
                for path in now.keys() | self.before.keys()
                if now.get(path) not in (self.before.get(path), self.after.get(path))
            )
            return f"torn: {odd or 'half of the files'}"
        debris = [path for path in root.rglob("*") if path.name.startswith(".mb-") or path.name == "stage"]
        return f"left behind: {debris[0].relative_to(root)}" if debris else ""

    def delayed(self, name: str, number: int, rng: random.Random) -> str:
        """Hold a call up while an editor saves the index; "" or what is wrong afterwards."""
        root = self.copy("delay")
        inject = f"inject={name}:delay_enter=400000:when={number}"
        index = root / "stories/index.yaml"
        running = subprocess.Popen(
            ["strace", "-f", "-qq", "-o", "/dev/null", "-e", inject, sys.executable, "-m", "milebook", *self.words],
            cwd=root, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while running.poll() is None and not (root / ".milebook/stage").exists():
            time.sleep(0.001)
        time.sleep(rng.choice((0, 0.02, 0.2, 0.35)))
        if rng.random() < 0.5:
            with index.open("a") as handle:
                handle.write("# saved by an editor\n")
        else:
            new = root / "stories/index.yaml~"
            new.write_bytes(index.read_bytes() + b"# saved by an editor\n")
            new.replace(index)
        status = running.wait()
        milebook(root, "status")
        text = index.read_bytes()
        if b"# saved by an editor" not in text:
            return "what the editor saved is lost"
        if text.removesuffix(b"# saved by an editor\n") not in (
            self.before.get("stories/index.yaml"),
            self.after.get("stories/index.yaml"),
        ):
            return "the index is torn"
        return "" if status in (0, 1) else f"it ended with {status}"


def pair(work: Path, number: int) -> str:
    """Two commands at once on one book; "" or what is wrong afterwards."""
    root = work / "pair"
    shutil.rmtree(root, ignore_errors=True)
    make_book(root, "set")
    actions = {
        ("set", "oak", "--tag", "one"): b"one", ("set", "fir", "--tag", "two"): b"two",
        ("permissions", "record", "ana", "--notes", "three"): b"three", ("rename", "elm", "ash"): b"formerly: [elm]",
        ("import", "mail.eml", "--apply"): b"the-last-hill", ("permissions", "withdraw", "fir"): b"withdrawn",
    }  # fmt: skip
    pairs = list(itertools.combinations(actions, 2))
    chosen = pairs[number % len(pairs)]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "milebook", *words], cwd=root, env=environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for words in chosen
    ]  # fmt: skip
    told = [process.communicate()[1] for process in running]
    text = (root / "stories/index.yaml").read_bytes()
    for words, process, error in zip(chosen, running, told, strict=True):
        if process.returncode:
            return f"{' '.join(words)} was refused: {error}"
        if actions[words] not in text:
            return f"what “{' '.join(words)}” did is lost"
    return ""


def tries(work: Path, commands: list[str], most: int, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """Command, point and trouble ("" for none) of every try, at most `most` of each command."""
    for command in commands:
        bench = Bench(work, command)
        points = [(name, number, how) for name, number in bench.points() for how in ("kill", *ERRORS)]
        if most and most < len(points):
            points = rng.sample(points, most)
        for name, number, how in points:
            yield command, f"{name} {number} {how}", bench.interrupted(name, number, how)
        if command == "init":
            continue
        delays = [(name, number) for name, number in bench.points() if name in DELAYED]
        for name, number in rng.sample(delays, min(len(delays), max(1, most // 3) if most else len(delays))):
            yield command, f"{name} {number} delayed", bench.delayed(name, number, rng)


def main() -> int:
    """Every point, or so many of each command; 1 if something was wrong."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    commands = sys.argv[2:] or list(COMMANDS)
    rng, counts, faults = random.Random(1), Counter[str](), list[Fault]()
    with tempfile.TemporaryDirectory() as folder:
        for command, point, trouble in tries(Path(folder), commands, most, rng):
            counts[command] += 1
            if trouble:
                faults.append(Fault(command, point, trouble))
                print(f"{command}: {point}: {trouble}", flush=True)
        for number in range(most or 500):
            counts["pairs"] += 1
            if trouble := pair(Path(folder), number):
                faults.append(Fault("pair", str(number), trouble))
                print(f"pair {number}: {trouble}", flush=True)
    print(", ".join(f"{name} {count}" for name, count in counts.items()), "tries;", len(faults), "with trouble")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
