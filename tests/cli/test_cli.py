"""The pages in tests/cli/ show commands with what they print and how they end; this runs them and compares.

In a fenced block, a line that begins with "% " is a command, typed in the folder where the last one was; below it stands what it prints,
errors with "2> " before them, and "=> N" if it ends with a status other than 0. A block that begins with "```yaml file=NAME" is
written to that file first. `pytest tests/cli --accept` puts what the commands print now into the pages.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "tests" / "cli").glob("*.md"))
BLOCK = re.compile(r"^```(\S*) ?(?:file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOON = "1773576000"  # of 15 March 2026


def transcript(command: str, folder: Path) -> str:
    """The command as it stands on a page, with all that came of it."""
    words = shlex.split(command)
    assert words[0] == "milebook", f"only milebook is run here, not {words[0]}"
    words = [name for word in words for name in (_matching(word, folder) if "*" in word else [word])]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": NOON, "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )
    lines = [f"% {command}", *done.stdout.splitlines(), *(f"2> {line}".rstrip() for line in done.stderr.splitlines())]
    lines += [f"=> {done.returncode}"] if done.returncode else []
    return "\n".join(lines) + "\n"


def _matching(pattern: str, folder: Path) -> list[str]:
    """The files that a shell would put in place of the pattern."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob(pattern))


def replayed(page: str, folder: Path) -> str:
    """The page with what its commands print in `folder`."""

    def replay(block: re.Match[str]) -> str:
        kind, file, content = block.groups()
        if file:
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
            return block.group()
        commands = [line.removeprefix("% ") for line in content.splitlines() if line.startswith("% ")]
        return f"```{kind}\n" + "\n".join(transcript(command, folder) for command in commands) + "```"

    return BLOCK.sub(replay, page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_print_what_the_page_says(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = page.read_text("utf-8")
    assert "% milebook" in text
    now = replayed(text, tmp_path)
    if request.config.getoption("--accept"):
        page.write_text(now, "utf-8")
    assert now == page.read_text("utf-8")
