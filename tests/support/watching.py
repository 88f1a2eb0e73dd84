"""Watch, from a process of its own, which files a piece of code opens and which folders it lists."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_BEFORE = """
import json, os, sys
opened, listed, watching = set(), set(), [False]

def hook(event, args):
    if watching[0] and event in ("open", "os.scandir", "os.listdir") and not isinstance(args[0], int):
        path = os.fsdecode(args[0] or ".")
        if not os.path.isabs(path) or path.startswith(root):  # milebook opens files of its own as well
            (opened if event == "open" else listed).add(os.path.basename(path))

root = sys.argv[1]
sys.addaudithook(hook)
"""
_AFTER = """
watching[0] = False
print(json.dumps([sorted(opened), sorted(listed), repr(result)]))
"""


class Watched(NamedTuple):
    """Names of files and folders below the root, without their own folders, and what the expression came to, as `repr` shows it."""

    opened: set[str]
    listed: set[str]
    result: str


def watched(root: Path, expression: str, before: str = "") -> Watched:
    """Evaluate an expression in which `root` is the path of a folder, after some code that is not watched."""
    code = f"{_BEFORE}\n{before}\nwatching[0] = True\nresult = {expression}\n{_AFTER}"
    done = subprocess.run([sys.executable, "-c", code, str(root)], capture_output=True, text=True, check=True)
    opened, listed, result = json.loads(done.stdout.splitlines()[-1])
    return Watched(set(opened), set(listed), result)
