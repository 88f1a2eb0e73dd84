"""Print findings with their lines, bars, tables and progress. Nothing here decides anything.

Color, bars of blocks and progress appear on a terminal only; NO_COLOR and TERM=dumb are honored.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from milebook.model.codes import CODES, severity
from milebook.model.findings import ERROR, NOTE, WARNING, Finding
from milebook.system.consoles import understands_colors

if TYPE_CHECKING:
    from collections.abc import Callable

    import click

GOOD, BAD, DIM, STRONG = "32", "1;31", "2", "1"  # colors
SHOWN_PER_CODE = 20
BAR = 20  # cells
OPEN, SHOWN_OPEN = "MB300", 5  # an open permission
LONGEST = 600  # characters of a message: what an author wrote may be repeated in it, a whole page of it if need be
COLORS = {ERROR: "1;31", WARNING: "1;33", NOTE: "1;36"}


def is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def colorful(stream: TextIO) -> bool:
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and understands_colors()


def paint(text: str, color: str, stream: TextIO) -> str:
    return f"\033[{color}m{text}\033[0m" if colorful(stream) else text


_CONTROL = r"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"  # terminals act on them
_COLOR = r"\x1b\[[0-9;]*m"
_JOINER, _SYMBOLS = "\u200d", "\u2190"  # of the parts of an emoji; the first sign that is no letter


def printable(text: str) -> str:
    """Text from a stranger's file that can be shown: control and direction characters as \\xNN. Emoji may be joined."""
    if text.isprintable():
        return text
    return "".join(
        c
        if c.isprintable() or c in "\t " or (c == _JOINER and before >= _SYMBOLS)
        else c.encode("unicode_escape", "backslashreplace").decode()
        for before, c in zip(" " + text, text, strict=False)
    )


def say(text: str = "") -> None:
    print(harmless(text, sys.stdout), file=sys.stdout)


def say_lines(lines: Iterable[str]) -> None:
    """Lines with words from a stranger's files."""
    for line in lines:
        say(printable(line))


def say_json(document: object) -> None:
    """The one document of `--json`."""
    from milebook.app.report import to_json

    say(to_json(document).decode().rstrip("\n"))


def complain(text: str) -> None:
    """A line on standard error. Where that cannot be written to, there is no other place to say so, and the work goes on."""
    with suppress(OSError):
        print(harmless(text, sys.stderr), file=sys.stderr)


def show_usage_error(error: click.UsageError) -> None:
    """What click says of wrong usage. It repeats what was typed, and names from a stranger's book folder."""
    import io

    import click

    if not isinstance(error, click.MissingParameter):  # which lists the choices, each in a line
        error = click.UsageError(printable(error.format_message()), error.ctx)
    shown = io.StringIO()
    error.show(shown)
    for line in shown.getvalue().rstrip("\n").split("\n"):
        complain(printable(line))


def harmless(text: str, stream: TextIO) -> str:
    """Whatever is about to reach a terminal or a pipe, without a control character that could make it do something.

    Colors stay where there are any. The escapes are such that JSON stays JSON.
    """
    if text.isprintable():
        return text
    allowed = _COLOR if colorful(stream) else ""
    return re.sub(f"({allowed})|({_CONTROL})" if allowed else f"()({_CONTROL})", _escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found[1] or f"\\u{ord(found[2]):04x}"


def show_findings(findings: Iterable[Finding]) -> None:
    """Findings on stderr, errors last, where they are next to the summary; else in the order given.

    At most SHOWN_PER_CODE of a code; see `_most` for the exceptions.
    """
    shown: Counter[str] = Counter()
    listed = sorted(findings, key=lambda finding: severity(finding) == ERROR)
    most = {finding.code: _most(finding) for finding in listed}
    left: dict[bool, list[str]] = {False: [], True: []}  # lines about those not shown, of warnings and of errors
    counts = Counter(finding.code for finding in listed)
    for code, count in sorted(counts.items()):
        if count > most[code]:
            left[any(f.code == code and severity(f) == ERROR for f in listed)].append(
                _and_more(code, count - most[code])
            )
    for wanted in (False, True):
        for finding in listed:
            if (severity(finding) == ERROR) is not wanted:
                continue
            shown[finding.code] += 1
            if shown[finding.code] <= most[finding.code]:
                for line in finding_lines(finding):
                    complain(line)
        for line in left[wanted]:
            complain(line)


def _and_more(code: str, count: int) -> str:
    if code == OPEN:
        return f"… and {count} more permissions are open: “milebook permissions --open” shows them all"
    return f"… and {count} more of {code} ({CODES[code].title})"


def _most(finding: Finding) -> int:
    """How many findings of this kind are shown. What keeps a book from being final is a list to work through, so all of it;
    in a draft the same items would drown what else is found, and have a command of their own.
    """
    if finding.code != OPEN:
        return SHOWN_PER_CODE
    return 1_000_000 if severity(finding) == ERROR else SHOWN_OPEN


def finding_lines(finding: Finding) -> Iterator[str]:
    """`file:line:column: error[MB104]: message`, the line with a caret under the spot, the related places, the cure."""
    level = severity(finding)
    head = paint(f"{level}[{finding.code}]", COLORS[level], sys.stderr)
    place, message = printable(str(finding.place)), printable(shortened(finding.message))
    yield f"{place}: {head}: {message}" if place else f"{head}: {message}"
    if finding.quote.strip() and finding.place.line and finding.code != OPEN:
        yield from _quoted(finding)
    for related in finding.related:
        yield f"  {printable(related.text)} {printable(str(related.place))}"
    if finding.hint:
        yield f"  hint: {printable(shortened(finding.hint))}"


def shortened(text: str) -> str:
    """A message without its middle, if it is so long that nobody would find its end."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST * 2 // 3]} … {text[-LONGEST // 3 :]}"


def _quoted(finding: Finding) -> Iterator[str]:
    place = finding.place
    line, start = finding.quote.rstrip("\r\n"), max(0, place.column - 1)
    cut = 0
    if len(line) > 110:  # a paragraph is one long line: show the stretch around the spot
        cut = max(0, min(start - 40, len(line) - 100))
        line = ("…" if cut else "") + line[cut : cut + 100] + "…"
        start = start - cut + (1 if cut else 0)
    line = line.replace("\t", " ")
    yield f"{place.line:>7} | {printable(line)}"
    if place.column and start < len(line):
        before = cells(line[:start])
        width = max(1, min(place.width, len(line) - start))
        yield f"        | {' ' * before}{'^' * max(1, cells(line[start : start + width]))}"


def cells(text: str) -> int:
    """How many terminal cells a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most so many terminal cells, broken at single spaces; a word that is longer stands alone."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def count_line(findings: Iterable[Finding]) -> str:
    """ "2 errors, 1 warning, 3 notes", or "" for none."""
    counts = Counter(severity(finding) for finding in findings)
    return ", ".join(
        f"{counts[level]} {level}{'s' if counts[level] > 1 else ''}"
        for level in (ERROR, WARNING, NOTE)
        if counts[level]
    )


def bar(share: float) -> str:
    """A share from 0 to 1 as a bar of blocks, or of # and - where the terminal is plain."""
    full = round(max(0.0, min(1.0, share)) * BAR)
    done, rest = "█░" if is_terminal(sys.stdout) else "#-"
    return done * full + rest * (BAR - full)


def fit(text: str, width: int) -> str:
    """Text cut or filled to a number of terminal cells."""
    text = printable(text)
    if cells(text) > width:
        while cells(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - cells(text))


@contextmanager
def progress(title: str, wanted: bool) -> Iterator[Callable[[str, float], None]]:
    """A progress bar on a terminal; elsewhere a function that does nothing. It is called with a step and a share."""
    if not wanted or not is_terminal(sys.stderr):
        yield lambda step, share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=32),
        TextColumn("{task.percentage:>3.0f}%", markup=False),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        auto_refresh=False,  # no thread: processes are forked while the bar is up
    ) as shown:
        task = shown.add_task(title, total=1.0)
        yield lambda step, share: shown.update(
            task, description=fit(f"{title}: {step}", 34), completed=share, refresh=True
        )
