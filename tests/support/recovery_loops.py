"""Kill a command half way, fail or kill the next one while it settles what was left, and look at what the third one finds.

    python tests/support/recovery_loops.py [--points N] [COMMAND…]

Needs strace. The commands and their books are those of `change_loops`.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from change_commands import COMMANDS
from change_loops import CHANGING, ENVIRONMENT, Bench
from warm import Warm

LOOKING = ("newfstatat", "getdents64", "read", "lseek", "flock", "readlink")
ERRORS = ("EIO", "EACCES", "ESTALE", "EMFILE", "ENOMEM", "EROFS", "EDQUOT", "ENOSPC", "EINVAL", "EOPNOTSUPP", "ENOLCK")
KILLING = ("rename", "renameat2", "link", "linkat", "unlink", "unlinkat", "fsync")
KILLS = 3  # of each command


def half_done(bench: Bench, rng: random.Random) -> Iterator[Path]:
    """Books in which the command was killed after it had written the list of what it was about to do."""
    calls = [call for call in bench.points() if call[0] in KILLING]
    rng.shuffle(calls)
    found = 0
    for name, number in calls:
        root = bench.copy("killed")
        bench.watched(root, "-o", "/dev/null", "-e", f"inject={name}:signal=SIGKILL:when={number}").wait()
        if [*root.glob(".milebook/stage/journal.json"), *root.glob("build/.mb-*/journal")]:
            yield root
            found += 1
        if found == KILLS:
            return


def looked_at(bench: Bench, root: Path) -> list[tuple[str, int]]:
    """The calls of the next command from its first to its last at what was left: the name and the number of each."""
    log = bench.work / "calls.log"
    running = bench.warm.start(root, ("status",), held=True)
    running.watched("-y", "-o", str(log), "-e", f"trace={','.join((*CHANGING, *LOOKING))}")
    running.wait()
    counts, found, last = Counter[str](), [], 0
    for name, rest in re.findall(r"^\d* *(\w+)\((.*)$", log.read_text(errors="replace"), re.MULTILINE):
        counts[name] += 1
        if f"{root}/" in rest:
            found.append((name, counts[name]))
            last = len(found) if "/.milebook" in rest or "/.mb-" in rest else last
    return found[:last]


def tries(warm: Warm, work: Path, command: str, points: int, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Point and trouble ("" for none) of so many tries for each kill."""
    bench = Bench(warm, work, command)
    for killed in half_done(bench, rng):
        again = work / "again"
        for number in range(points):
            shutil.rmtree(again, ignore_errors=True)
            shutil.copytree(killed, again)
            if not number:
                calls = looked_at(bench, again)
                continue
            (name, count), how = rng.choice(calls), rng.choice((*ERRORS, "SIGKILL"))
            lasting = "" if how == "SIGKILL" else rng.choice(("", "+"))
            fault = f"signal={how}" if how == "SIGKILL" else f"error={how}"
            running = warm.start(again, ("status",), held=True)
            running.watched("-o", "/dev/null", "-e", f"inject={name}:{fault}:when={count}{lasting}")
            told = running.wait().err
            trouble = told if "internal error" in told else bench.settled(again)
            yield f"{name} {count}{lasting} {how}", trouble


def main() -> int:
    """Try, and print what was wrong; 1 if something was."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--points", type=int, default=20, help="so many tries for each of three kills")
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=f"of {', '.join(COMMANDS)} (default: all)")
    asked = parser.parse_args()
    rng, counts, troubles = random.Random(1), Counter[str](), 0
    with Warm(**ENVIRONMENT) as warm, tempfile.TemporaryDirectory() as folder:
        for command in asked.commands or [name for name in COMMANDS if name != "init"]:
            for point, trouble in tries(warm, Path(folder), command, asked.points, rng):
                counts[command] += 1
                if trouble:
                    troubles += 1
                    print(f"{command}: {point}: {trouble}", flush=True)
    print(f"{counts.total():,} points of {len(counts)} commands; {troubles} with trouble")
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
