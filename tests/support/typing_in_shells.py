"""Type into a real shell as a person does, Tab key and all, and see which words the program is started with."""

from __future__ import annotations

import json
import os
import select
import shlex
import signal
import sys
import time
from pathlib import Path

START = {  # how a shell starts with nobody's settings but those of its own start-up file in HOME
    "bash": ("bash", "--noprofile", "-i"),
    "zsh": ("zsh", "-i"),
    "fish": ("fish", "-i"),
}
START_UP_FILE = {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/config.fish"}
LONGEST = 40.0  # seconds until a shell has done what it is waited for


def program(path: Path, python: Path, source: Path, told: Path) -> None:
    """A `milebook` that is itself when it is asked what could come next or for its script, and otherwise notes its words.

    It also notes that it has answered.
    """
    places = os.pathsep.join([str(source), *filter(None, sys.path)])
    path.with_suffix(".py").write_text(
        f"""
import json, os, subprocess, sys
os.environ["PYTHONPATH"] = {places!r}
asked = "_MILEBOOK_COMPLETE" in os.environ
if asked or sys.argv[1:2] == ["setup"]:
    subprocess.run([sys.executable, "-m", "milebook", *sys.argv[1:]])
with open({str(told)!r}, "w", encoding="utf-8") as file:
    json.dump(["answered"] if asked else sys.argv[1:], file)
""",
        "utf-8",
    )
    words = shlex.join([str(python), str(path.with_suffix(".py"))])  # a first line #! takes no path with spaces
    path.write_text(f'#!/bin/sh\nexec {words} "$@"\n', "utf-8")
    path.chmod(0o755)


class ShellAtWork:
    """A shell in a terminal of its own."""

    def __init__(self, shell: str, home: Path, folder: Path, told: Path, path: str) -> None:
        import pty

        self.told, self.seen = told, b""
        environment = {
            "HOME": str(home),
            "PATH": path,
            "TERM": "xterm",
            "LANG": "C.UTF-8",
            "PS1": "$ ",
            "COLUMNS": "200",
        }
        environment |= {"INPUTRC": "/dev/null", "BASH_SILENCE_DEPRECATION_WARNING": "1"}
        self.process, self.terminal = pty.fork()
        if not self.process:
            os.chdir(folder)
            os.execvpe(START[shell][0], START[shell], environment)

    def close(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.terminal)

    def read(self, quiet: float) -> bytes:
        """What the shell shows until it has been quiet for so long."""
        got = b""
        while select.select([self.terminal], [], [], quiet)[0]:
            try:
                new = os.read(self.terminal, 65536)
            except OSError:
                break
            for asked, answer in ((b"\x1b[6n", b"\x1b[1;1R"), (b"\x1b[c", b"\x1b[?1;2c"), (b"\x1b[0c", b"\x1b[?1;2c")):
                if asked in new:
                    os.write(self.terminal, answer)
            got += new
        self.seen += got
        return got

    def typed(self, text: str) -> list[str]:
        """The words that milebook is started with after this was typed, with a Tab for every ⇥, and Enter."""
        *parts, last = text.split("⇥")
        for part in parts:
            self._press(part + "\t")
            self.read(0.25)
        return self._press(last + "\r")

    def _press(self, keys: str) -> list[str]:
        """Send some keys; the words that milebook was started with for them, or that it has answered."""
        self.told.unlink(missing_ok=True)
        os.write(self.terminal, keys.encode())
        until = time.monotonic() + LONGEST
        while time.monotonic() < until:
            self.read(0.05)
            try:
                words: list[str] = json.loads(self.told.read_text("utf-8"))
            except (OSError, ValueError):
                continue
            return words
        raise AssertionError(f"milebook was not started: {self.seen.decode(errors='replace')}")
