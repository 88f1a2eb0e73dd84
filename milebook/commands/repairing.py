"""`milebook check --fix`: the repairs shown, the question, and what was done."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

import click

from milebook.commands import terminal
from milebook.commands.shared import finish, unchanged
from milebook.model.plurals import counted
from milebook.model.shortening import cut_short

_MOST = 160  # characters of a line that are shown


def repair(folder: Path, *, yes: bool, as_json: bool, encoding: str = "") -> int:
    """Shows the repairs and makes them if the author agrees. The exit status."""
    from milebook.app.repair import apply_repairs, find_repairs
    from milebook.source import BookFolder

    book = BookFolder(folder)
    if book.index_path() is None:
        return finish([book.no_index()], book)
    found, lost = find_repairs(folder, encoding=encoding)
    lines = [line for one in found for line in one.lines]
    if not as_json:
        for file, group in groupby(lines, key=lambda line: line.file):
            for line in group:
                why = f": {', '.join(line.why)}" if line.why else ""
                terminal.say(f"{file}:{line.line}{why}")
                terminal.say(f"  - {_shown(line.before)}")
                terminal.say(f"  + {_shown(line.after)}")
    unread = any(one.code == "MB011" for one in lost)
    asks = bool(lines) and not (unread or yes or as_json) and sys.stdin.isatty()
    agreed = click.confirm("Make these repairs?") if asks else yes and not unread
    problems = apply_repairs(folder, found) if agreed and found else []
    applied = bool(agreed and found and not problems)
    if as_json:
        rows = [{"file": one.file, "line": one.line, "before": one.before, "after": one.after} for one in lines]
        terminal.say_json({"applied": applied, "repairs": rows})
    elif applied:
        terminal.say(f"{_count(len(lines), len(found))} repaired. “milebook undo” takes it back.")
    elif not lines:
        terminal.say("Nothing can be repaired." if lost else "There is nothing to repair.")
    elif unread:
        terminal.say("Nothing was changed, because not every text can be read.")
    elif problems:
        terminal.say(unchanged(problems))
    else:
        terminal.say(f"Nothing was changed. To repair {_count(len(lines), len(found))}: milebook check --fix --yes")
    return finish([*lost, *problems], book) if lost or problems else 0


def _count(lines: int, files: int) -> str:
    return f"{counted(lines, 'line')} in {counted(files, 'file')}"


def _shown(line: str) -> str:
    return cut_short(terminal.printable(line), _MOST)
