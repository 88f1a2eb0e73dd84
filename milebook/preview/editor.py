"""Open a file of the author's in the author's editor, at the line: `$VISUAL`, VS Code and others, else the system's own."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path, PureWindowsPath

# program -> how a line is given to it; {file} and {line} stand for themselves
KNOWN: Mapping[str, tuple[str, ...]] = {
    "code": ("--goto", "{file}:{line}"),
    "code-insiders": ("--goto", "{file}:{line}"),
    "codium": ("--goto", "{file}:{line}"),
    "cursor": ("--goto", "{file}:{line}"),
    "windsurf": ("--goto", "{file}:{line}"),
    "subl": ("{file}:{line}",),
    "sublime_text": ("{file}:{line}",),
    "zed": ("{file}:{line}",),
    "mate": ("--line", "{line}", "{file}"),
    "bbedit": ("+{line}", "{file}"),
    "gedit": ("+{line}", "{file}"),
    "gnome-text-editor": ("+{line}", "{file}"),
    "kate": ("--line", "{line}", "{file}"),
    "kwrite": ("--line", "{line}", "{file}"),
    "xed": ("+{line}", "{file}"),
    "pluma": ("+{line}", "{file}"),
    "mousepad": ("--line={line}", "{file}"),
    "geany": ("{file}:{line}",),
    "gvim": ("+{line}", "{file}"),
    "mvim": ("+{line}", "{file}"),
    "emacsclient": ("--no-wait", "+{line}", "{file}"),
    "notepad++": ("-n{line}", "{file}"),
    "idea": ("--line", "{line}", "{file}"),
    "pycharm": ("--line", "{line}", "{file}"),
}
# these need a terminal, which a page in the browser does not have
IN_A_TERMINAL = (
    "vi",
    "vim",
    "nvim",
    "nano",
    "pico",
    "micro",
    "hx",
    "helix",
    "joe",
    "ne",
    "ed",
    "emacs",
    "kak",
    "mcedit",
)
TRIED = ("code", "codium", "subl", "zed", "kate", "gnome-text-editor", "gedit", "notepad++", "mate", "bbedit")
_RISKY = set('&|<>^"%!')  # what a .cmd file on Windows would take for commands

Find = Callable[[str], str | None]


def command(file: str, line: int, environment: Mapping[str, str], platform: str, find: Find) -> list[str]:
    """The command that opens `file` at `line`; [] where nothing can. `find` is `shutil.which`."""
    for name in ("VISUAL", "EDITOR"):
        words = _split(environment.get(name, ""), platform)
        if words and _stem(words[0]) not in IN_A_TERMINAL and (program := find(words[0])):
            return _command(program, words[1:], file, line)
    for name in TRIED:
        program = find(name)
        if program:
            made = _command(program, [], file, line)
            if made:
                return made
    if platform == "win32":
        return ["notepad.exe", file]
    if platform == "darwin":
        return ["open", "-t", file]
    opener = find("xdg-open")
    return [opener, file] if opener and (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")) else []


def open_file(path: Path, line: int) -> bool:
    """Open a file; whether something was started. `path` comes from what was read, never from a request."""
    words = command(str(path), max(1, line), os.environ, sys.platform, shutil.which)
    if not words:
        return False
    try:
        started = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=path.parent,
        )
    except OSError:
        return False
    threading.Thread(target=started.wait, daemon=True).start()  # until the editor is closed: it must leave no trace
    return True


def _split(written: str, platform: str) -> list[str]:
    if platform == "win32" and written and Path(written).exists():
        return [written]  # a path with spaces, and no options
    try:
        words = shlex.split(written, posix=platform != "win32")
    except ValueError:
        return []
    return [word.strip('"') for word in words]


def _stem(program: str) -> str:
    name = PureWindowsPath(program).name if "\\" in program else program.rpartition("/")[2]
    return name.lower().removesuffix(".exe").removesuffix(".cmd").removesuffix(".bat")


def _command(program: str, options: list[str], file: str, line: int) -> list[str]:
    form = KNOWN.get(_stem(program), ("{file}",))
    if program.lower().endswith((".cmd", ".bat")):
        beside = Path(program).parent.parent / "Code.exe"  # what VS Code's own .cmd starts
        if _stem(program) == "code" and beside.exists():
            program = str(beside)
        elif _RISKY & set(file):
            return []
    return [program, *options, *(word.format(file=file, line=line) for word in form)]
