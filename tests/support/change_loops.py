"""Kill, fail and delay every command that changes something, at one system call after another, and look for what was lost.

    python tests/support/change_loops.py [--points N] [--pairs N] [COMMAND…]    (without --points, every point there is)

Needs strace. For each command and each call that changes something on the disk: the process is killed there, gets a Ctrl-C, the
call fails, or the disk is full from there on. Then another command is run, and the book must be as it was or as it should be,
with nothing left behind. The delays hold a call up while an editor saves the index: what the editor saved must be there
afterwards. Pairs of commands run at once must leave what one after the other leaves.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from change_commands import COMMANDS, make_book
from warm import PREVIEW, Done, Running, Warm

CHANGING = (
    "openat", "write", "pwrite64", "sendfile", "copy_file_range", "fsync", "fdatasync", "rename", "renameat", "renameat2", "link", "linkat",
    "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "chmod", "fchmod", "ftruncate",
)  # fmt: skip
FULL = "write,pwrite64,sendfile,copy_file_range,fsync,mkdir,mkdirat,link,linkat,openat"
WAYS = ("SIGKILL", "SIGINT", "EIO", "ENOSPC", "full")
DELAYED = ("fsync", "rename", "renameat2", "unlink", "unlinkat")
LIST = "build/made.json"
SAVED = b"# saved by an editor\n"
ENVIRONMENT = {"SOURCE_DATE_EPOCH": "1774000000", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
Tree = dict[str, bytes]


class State(NamedTuple):
    """What lies in a book folder: the author's files, and what was made of them."""

    stories: Tree
    outputs: Tree


def state(root: Path) -> State:
    """Neither milebook's own store nor its cache."""
    found = State({}, {})
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if (
            path.is_file()
            and not {".milebook", ".milebook.lock", ".cache"}.intersection(parts)
            and not any(part.startswith(".mb-") for part in parts)
        ):
            kind = found.outputs if "build" in parts else found.stories
            kind["/".join(parts)] = path.read_bytes()
    return found


def odd(now: Tree, *allowed: Tree) -> list[str]:
    """The files that are like in none of the allowed states."""
    names = set(now).union(*allowed)
    return sorted(name for name in names if now.get(name) not in [tree.get(name) for tree in allowed])


def left_behind(root: Path) -> str:
    """What a command should have cleared away; the cache clears itself with the next build."""
    found = [path.relative_to(root) for path in root.rglob("*") if path.name.startswith(".mb-") or path.name == "stage"]
    return next((path.as_posix() for path in sorted(found) if ".cache" not in path.parts), "")


class Bench:
    """One command with the book before and after it, made once and copied for every try."""

    def __init__(self, warm: Warm, work: Path, command: str) -> None:
        self.warm, self.work, self.command, self.words = warm, work, command, COMMANDS[command].words
        self.is_build, self.clears = COMMANDS[command].is_build, COMMANDS[command].clears
        self.typed, self.status = COMMANDS[command].typed, COMMANDS[command].status
        self.start = work / f"{command}-start"
        make_book(warm, self.start, command)
        whole = self.copy("whole")
        self.before = state(whole)
        done = warm.start(whole, self.words, typed=self.typed).wait()
        assert done.status == self.status, f"{command}: {done.err}"
        self.after = state(whole)
        assert self.before != self.after, f"{command} changes nothing"

    def copy(self, name: str) -> Path:
        root = self.work / f"{self.command}-{name}"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.start, root)
        return root

    def watched(self, root: Path, *options: str) -> Running:
        running = self.warm.start(root, self.words, held=True, typed=self.typed)
        running.watched(*options, all_threads=self.words[0] != PREVIEW)  # the threads of the preview only read
        return running

    def points(self) -> list[tuple[str, int]]:
        """Every call that changes something: its name and its number among those of that name in one thread."""
        log, root = self.work / "calls.log", self.copy("count")
        self.watched(root, "-o", str(log), "-e", f"trace={','.join(CHANGING)}").wait()
        counts, found = Counter[tuple[str, str]](), set[tuple[str, int]]()
        for thread, name, rest in re.findall(r"^(\d*) *(\w+)\((.*)$", log.read_text(errors="replace"), re.MULTILINE):
            counts[thread, name] += 1
            if name != "openat" or str(root) in rest or "O_CREAT" in rest:  # what Python opens of its own is left alone
                found.add((name, counts[thread, name]))
        return sorted(found, key=lambda call: (CHANGING.index(call[0]), call[1]))

    def interrupted(self, name: str, number: int, how: str) -> str:
        """Stop the command at a call, or let the call fail; "" or what is wrong afterwards."""
        root = self.copy("try")
        inject = f"inject={name}:error={how}:when={number}"
        if how == "full":
            inject = f"inject={FULL}:error=ENOSPC:when={number}+"
        elif how.startswith("SIG"):
            inject = f"inject={name}:signal={how}:when={number}"
        done = self.watched(root, "-o", "/dev/null", "-e", inject).wait()
        return self.told(root, done, unread=name == "openat") or self.settled(
            root, unread=name == "openat" and how.startswith("E")
        )

    def told(self, root: Path, done: Done, *, unread: bool = False) -> str:
        """What is wrong with what the command said, if it was not killed. Where a story was `unread`, letters may say less."""
        if done.status < 0:
            return ""
        now = state(root)
        if "ImportError" in done.err and "space left" in done.err:
            return ""  # a full disk on which not even Python can be read: nobody can promise anything
        if "Traceback" in done.err or "internal error" in done.err:
            return f"a traceback: {done.err[-2000:]}"
        if (
            done.status
            and "nothing was changed" in (done.err + done.out).lower()
            and now.stories != self.before.stories
        ):
            return f"something was changed, though it says that nothing was: {odd(now.stories, self.before.stories)}\n{done.err}"
        wanted = self.before if "unreadable" in done.out else self.after
        if unread and now.outputs.keys() == wanted.outputs.keys():
            wanted = wanted._replace(outputs=now.outputs)
        if unread and self.command == "setup":
            return ""  # without the index, it makes the schema of any book
        if not done.status and now != wanted:
            undone = odd(now.stories, self.after.stories) or odd(now.outputs, self.after.outputs)
            if not self.clears or any(name not in done.err for name in undone if name != LIST):
                return f"not everything was done, though the command says so: {undone}"
        return ""

    def settled(self, root: Path, *, unread: bool = False) -> str:
        """What is wrong with the book after the next command."""
        self.warm.run(root / "new" if (root / "new").exists() and self.command == "init" else root, "status")
        now = state(root)
        if now.stories not in (self.before.stories, self.after.stories):
            return f"torn: {odd(now.stories, self.before.stories, self.after.stories) or 'half of the files'}"
        strange = odd(now.outputs, self.before.outputs, self.after.outputs)
        if self.clears:  # the list of made files is written again last
            strange = [name for name in strange if name != LIST]
        elif now.outputs not in (self.before.outputs, self.after.outputs):
            strange = strange or ["half of the files"]
        if self.is_build and not unread and strange:
            return f"old and new outputs: {strange}"
        changed = self.after.stories != self.before.stories and now.stories == self.after.stories
        if changed and now.outputs.keys() != self.after.outputs.keys() and not self.clears:
            return "the stories say that it is done, and what was to be made is not there"
        left = left_behind(root)
        return f"left behind: {left}" if left else ""

    def delayed(self, name: str, number: int, rng: random.Random) -> str:
        """Hold a call up while an editor saves the index; "" or what is wrong afterwards."""
        root = self.copy("delay")
        index = root / "stories/index.yaml"
        running = self.watched(root, "-o", "/dev/null", "-e", f"inject={name}:delay_enter=150000:when={number}")
        while not running.is_over() and not (root / ".milebook/stage").exists():
            time.sleep(0.001)
        time.sleep(rng.choice((0, 0.02, 0.1, 0.14)))
        if rng.random() < 0.5:
            with index.open("ab") as handle:
                handle.write(SAVED)
        else:
            new = root / "stories/index.yaml~"
            new.write_bytes(index.read_bytes() + SAVED)
            new.replace(index)
        done = running.wait()
        self.warm.run(root, "status")
        text = index.read_bytes()
        if SAVED not in text:
            return "what the editor saved is lost"
        allowed = [tree["stories/index.yaml"] for tree in (self.before.stories, self.after.stories)]
        if text.removesuffix(SAVED) not in allowed:
            return "the index is torn"
        return "" if done.status in (0, 1) else f"it ended with {done.status}"


PAIRED = (
    "set", "rename", "rename chapter", "undo", "record", "withdraw", "request", "add", "import", "setup", "review", "fix", "record checklist",
    "preview move", "preview tag", "preview undo", "build", "proof",
)  # fmt: skip


class Pairs:
    """Two commands at once on one book: it must be left as by one after the other, or as by the one that was not refused."""

    def __init__(self, warm: Warm, work: Path) -> None:
        self.warm, self.work = warm, work
        self.start = work / "pairs-start"
        make_book(warm, self.start)
        for name in PAIRED:
            if name not in ("undo", "preview undo"):
                COMMANDS[name].prepare(warm, self.start)
        done = warm.run(self.start, "set", "oak", "--tag", "first")  # for undo
        assert done.status == 0, done.err
        self.pairs = list(itertools.combinations(PAIRED, 2)) + [(name, name) for name in PAIRED]
        self._after: dict[tuple[str, ...], Tree] = {}

    def copy(self) -> Path:
        root = self.work / "pair"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.start, root)
        return root

    def after(self, *names: str) -> Tree:
        """The author's files after these commands, one after the other."""
        if names not in self._after:
            root = self.copy()
            for name in names:
                self.warm.run(root, *COMMANDS[name].words)
            self._after[names] = state(root).stories
        return self._after[names]

    def try_one(self, number: int) -> str:
        one, other = self.pairs[number % len(self.pairs)]
        allowed = {(0, 0): [self.after(one, other), self.after(other, one)]}
        allowed |= {(0, 1): [self.after(one)], (1, 0): [self.after(other)], (1, 1): [self.after()]}
        root = self.copy()
        running = [self.warm.start(root, COMMANDS[name].words) for name in (one, other)]
        done = [command.wait() for command in running]
        told = "".join(f"\n{one.status} {one.err}{one.out}" for one in done)
        if not {command.status for command in done} <= {0, 1, 2} or "Traceback" in told:
            return f"{one} and {other}: {told}"
        now = state(root)
        trees = allowed[min(done[0].status, 1), min(done[1].status, 1)]  # 2: there is no such story any more
        if now.stories not in trees:
            return f"{one} and {other}: {odd(now.stories, *trees) or 'half of the files'}{told}"
        left = left_behind(root)
        return f"{one} and {other} left behind {left}" if left else ""


def tries(warm: Warm, work: Path, commands: list[str], most: int, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """Command, point and trouble ("" for none) of every try, at most `most` of each command (0: all)."""
    for command in commands:
        bench = Bench(warm, work, command)
        calls = bench.points()
        ways = [how for how in WAYS if how != "SIGINT" or bench.words[0] != PREVIEW]  # which Ctrl-C ends another way
        points = [(*call, how) for call in calls for how in ways if how != "full" or call[0] == "write"]
        if most and most < len(points):
            points = rng.sample(points, most)
        for name, number, how in points:
            yield command, f"{name} {number} {how}", bench.interrupted(name, number, how)
        if command == "init" or bench.is_build:
            continue
        delays = [(name, number) for name, number in calls if name in DELAYED]
        for name, number in rng.sample(delays, min(len(delays), max(1, most // 3) if most else len(delays))):
            yield command, f"{name} {number} delayed", bench.delayed(name, number, rng)


def main() -> int:
    """Try, and print what was wrong; 1 if something was."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--points", type=int, default=0, help="so many points of each command (default: all)")
    parser.add_argument("--pairs", type=int, default=500, help="so many pairs of commands")
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=f"of {', '.join(COMMANDS)} (default: all)")
    asked = parser.parse_args()
    rng, counts, troubles = random.Random(1), Counter[str](), 0
    with Warm(**ENVIRONMENT) as warm, tempfile.TemporaryDirectory() as folder:
        pairs = Pairs(warm, Path(folder))
        found = itertools.chain(
            tries(warm, Path(folder), asked.commands or list(COMMANDS), asked.points, rng),
            (("pairs", f"pair {number}", pairs.try_one(number)) for number in range(asked.pairs)),
        )
        for command, point, trouble in found:
            counts[command] += 1
            if trouble:
                troubles += 1
                print(f"{command}: {point}: {trouble}", flush=True)
    print(", ".join(f"{name} {count}" for name, count in counts.items()))
    print(f"{counts.total() - counts['pairs']:,} points, {counts['pairs']:,} pairs; {troubles} with trouble")
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
