"""Leave out findings that only follow from another one, so that one slip in the index is one error.

A line of the index that cannot be understood takes others with it: its entry seems to lack a field, what it names seems to be
unknown, and what names it seems to lead nowhere. All of that is true and none of it helps; it comes back in the next run
if it is still so. A finding is left out only because of another one in the same part of the index.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from milebook.index.slips import LOST_LINE, NO_ID, NOTHING
from milebook.model.codes import CODES, severity
from milebook.model.findings import ERROR, Finding, Related

SHAPE = ("MB101", "MB103", "MB105", "MB106", "MB108")  # a line whose meaning is not known
_LACKS = ("MB107", "MB121")  # something is missing from an entry
_UNKNOWN = {"MB117": "agreements", "MB118": "stories"}  # what is named is not among the entries of a part
_LEFT_OVER = ("MB120", "MB131", "MB136", "MB180", "MB183", "MB184")  # nothing names it, or nothing comes of it
_OPEN = "MB300"  # a permission that is open, perhaps only because a line could not be understood
_LACKS_GUARDIAN = ("MB308", "MB350")  # the line that names one may be the one with the slip
# What is reported where a field is missing -> that field, which may stand there under a misspelled name.
_WANTS = {"MB119": "status", "MB304": "evidence", "MB450": "alt", "MB451": "caption", "MB454": "credit"}
_EMPTY = ("MB120", "MB183")  # one chapter has no story, which is clear where none has
_MOST = 40  # unknown ids that are compared with the ids of stories without a file
_PART = re.compile(r"(book|chapters|agreements|stories)\b")


class _Map(NamedTuple):
    """Which part of the index each line belongs to, and which entry: a number that grows with every entry."""

    parts: list[str]
    entries: list[int]
    there: frozenset[str]  # the parts that there are

    def part(self, line: int) -> str:
        return self.parts[line] if 0 < line < len(self.parts) else ""

    def entry(self, line: int) -> int:
        return self.entries[line] if 0 < line < len(self.entries) else 0


class _Trouble:
    """Where something is wrong: the lines, entries and parts of the index that hold a finding of some kind."""

    def __init__(self, found: Iterable[Finding], where: _Map) -> None:
        self.found = list(found)
        self.lines = {finding.place.line for finding in self.found}
        self.entries = {where.entry(line) for line in self.lines}
        self.parts = {where.part(line) for line in self.lines}


def without_consequences(findings: Iterable[Finding], path: str, lines: Sequence[str]) -> list[Finding]:
    """The findings but for those that follow from others. `lines` are those of the index, the file `path`."""
    found = list(findings)
    here = [f for f in found if f.place.file == path and f.place.line and f.code in CODES]
    if not any(_is_error(f) for f in here):
        return found
    where = _map(lines)
    dropped: set[int] = set()

    def rest(wanted: Callable[[Finding], bool]) -> _Trouble:
        return _Trouble([f for f in here if id(f) not in dropped and wanted(f)], where)

    shape = rest(lambda f: f.code in SHAPE)
    dropped |= _repeated([f for f in here if f.code in SHAPE or _is_whole(f)], where) | _same_line(shape.found)
    shape = rest(lambda f: f.code in SHAPE)
    whole = rest(_is_whole)
    taken = {where.entry(p.line) for f in here if f.code == "MB116" for p in (f.place, *(r.place for r in f.related))}
    dropped |= {id(f) for f in here if f.code in _LACKS and _lacks_for_cause(f, shape, whole, taken, where)}
    dropped |= _files(here, shape, where, lines)
    unread = rest(lambda f: f.code in ("MB115", "MB116", *SHAPE) or _is_whole(f))
    dropped |= {id(f) for f in here if f.code in _UNKNOWN and _is_unread(f, shape, unread, where)}
    wrong = rest(_is_error)
    shape = rest(lambda f: f.code in SHAPE)
    if shape.found or any(
        f.code != "MB181" and where.part(f.place.line) in ("chapters", "stories", "") for f in wrong.found
    ):
        dropped |= {id(f) for f in found if f.code == "MB181"}
    if shape.found or any(f.code in _UNKNOWN or where.part(f.place.line) in ("chapters", "") for f in wrong.found):
        dropped |= {id(f) for f in found if f.code in _LEFT_OVER}
    dropped |= _under_a_wrong_name(found, shape, where)
    dropped |= _open_for_cause(here, where, lines)
    dropped |= {id(f) for f in here if f.code in _LACKS_GUARDIAN and where.entry(f.place.line) in shape.entries}
    meant = {f.meant.rpartition("/")[2] for f in found if f.code == "MB004"}
    dropped |= {id(f) for f in found if f.code == "MB136" and f.place.file.rpartition("/")[2] in meant}
    if any(f.code == "MB181" and id(f) not in dropped for f in found):
        dropped |= {id(f) for f in found if f.code in _EMPTY}
    if shape.parts & {"book", ""}:
        dropped |= {id(f) for f in found if f.code == "MB650"}
    return _once([f for f in found if id(f) not in dropped])


def _is_error(finding: Finding) -> bool:
    return severity(finding) == ERROR and not finding.code.startswith("MB3")


def _map(lines: Sequence[str]) -> _Map:
    parts, entries = [""], [0]
    part, entry, depth = "", 0, -1
    for line in lines:
        text = line.lstrip(" \t")
        indent = len(line) - len(text)
        if not indent and (match := _PART.match(text)) and re.match(r"\w+[ \t]*:", text):
            part, depth = match.group(1), -1
            entry += 1
        elif part in ("chapters", "stories", "agreements") and text and text[0] != "#":
            begins = text.startswith("- ") if part != "agreements" else re.match(r"[^\s:]+:[ \t]*$", text) is not None
            if begins and (depth < 0 or indent <= depth + 1):
                depth = indent if depth < 0 else depth
                entry += 1
        parts.append(part)
        entries.append(entry)
    return _Map(parts, entries, frozenset(parts))


def _repeated(shape: Sequence[Finding], where: _Map) -> set[int]:
    """Findings about lines that follow on one another and are wrong in the same way, but for the first of them."""
    dropped: set[int] = set()
    whole: dict[str, int] = {}  # part -> line from which nothing in it could be read
    twice: set[int] = set()  # entries in which a field stands twice: two entries have run into one
    before: Finding | None = None
    for finding in sorted(shape, key=lambda f: f.place.line):
        part = where.part(finding.place.line)
        if _is_whole(finding):
            whole.setdefault(part, finding.place.line)
        elif whole.get(part, finding.place.line) < finding.place.line:
            dropped.add(id(finding))
        follows = before is not None and finding.place.line - before.place.line in (0, 1)
        chained = follows and finding.code in ("MB101", "MB105")
        if chained and before is not None and (before.code, before.kind) == (finding.code, finding.kind):
            dropped.add(id(finding))
        if finding.code == "MB105":
            entry = where.entry(finding.place.line)
            dropped |= {id(finding)} if entry in twice else set()
            twice.add(entry)
        before = finding
    return dropped


def _is_whole(finding: Finding) -> bool:
    """Whether a part of the index could not be read at all."""
    if finding.code == "MB107":
        return finding.kind == NO_ID
    return finding.code == "MB108" and finding.name in ("chapters", "stories", "agreements")


def _same_line(shape: Sequence[Finding]) -> set[int]:
    """Of several findings about one line that cannot be understood, all but the most helpful one."""
    lines: dict[int, list[Finding]] = {}
    for finding in shape:
        lines.setdefault(finding.place.line, []).append(finding)
    dropped: set[int] = set()
    for group in lines.values():
        first = min(group, key=lambda f: (f.code != "MB106", f.code))
        if first.code in ("MB101", "MB106"):
            dropped |= {id(f) for f in group if f.code in ("MB101", "MB108") and f is not first}
    return dropped


def _lacks_for_cause(finding: Finding, shape: _Trouble, whole: _Trouble, taken: set[int], where: _Map) -> bool:
    """Whether a field may be missing because a line of the same entry could not be understood."""
    line = finding.place.line
    if finding.kind == NOTHING:
        return bool(shape.found)
    if finding.kind in (LOST_LINE, NO_ID):
        return False
    if where.part(line) in whole.parts:
        return True
    return where.entry(line) in shape.entries or where.entry(line) in taken


def _files(here: Sequence[Finding], shape: _Trouble, where: _Map, lines: Sequence[str]) -> set[int]:
    """Files that are not there because the line that names them was not understood, or an id has a slip."""
    dropped: set[int] = set()
    lacking = [f for f in here if f.code == "MB107"]
    unclear_lines = shape.lines | {f.place.line for f in lacking}
    unclear = _Trouble([*(f for f in shape.found if f.code != "MB101"), *lacking], where).entries
    unknown = [f for f in here if f.code == "MB118"]
    for finding in here:
        line = finding.place.line
        if finding.code not in ("MB003", "MB004") or ".md" in lines[line - 1].partition("#")[0]:
            continue
        if line in unclear_lines or where.entry(line) in unclear:
            dropped.add(id(finding))
        elif where.part(line) == "stories":
            named = lines[line - 1].partition(":")[2]
            dropped |= {id(f) for f in unknown[:_MOST] if _is_near(f.name, named)}
    return dropped


def _under_a_wrong_name(found: Sequence[Finding], shape: _Trouble, where: _Map) -> set[int]:
    """Findings that a field is missing which stands there under a misspelled name."""
    meant = {(where.entry(f.place.line), f.meant) for f in shape.found if f.meant}
    anywhere = {name for _, name in meant}
    return {
        id(f)
        for f in found
        if (field := _WANTS.get(f.code))
        and ((where.entry(f.place.line), field) in meant or (f.code == "MB119" and f.name and field in anywhere))
    }


def _open_for_cause(here: Sequence[Finding], where: _Map, lines: Sequence[str]) -> set[int]:
    """Open permissions of entries in which something is wrong, or under agreements in which something is."""
    wrong = _Trouble([f for f in here if f.code.startswith("MB1") and _is_error(f)], where)
    unclear = {where.entry(line) for line in wrong.lines if where.part(line) in ("stories", "book")}
    heads = {where.entries.index(where.entry(line)) for line in wrong.lines if where.part(line) == "agreements"}
    agreements = {lines[line - 1].partition(":")[0].strip() for line in heads}
    return {
        id(f)
        for f in here
        if f.code == _OPEN
        and (where.entry(f.place.line) in unclear or f.name in agreements or "agreements" in agreements)
    }


def _is_near(unknown: str, name: str, least: float = 0.75) -> bool:
    """Whether an unknown id is nearly another one."""
    from difflib import SequenceMatcher

    return bool(unknown) and SequenceMatcher(None, unknown, name.strip()).ratio() > least


def _is_unread(finding: Finding, shape: _Trouble, unread: _Trouble, where: _Map) -> bool:
    """Whether what is named may be among entries that could not be read."""
    part = _UNKNOWN[finding.code]
    if shape.found and part not in where.there:
        return True
    if finding.place.line in shape.lines:
        return True
    if finding.meant and _is_near(finding.name, finding.meant, 0.8):
        return False  # a slip of its own
    return bool(unread.parts & {part, ""})


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """The findings with an agreement that is unknown in several places reported once, with the other places."""
    out: list[Finding] = []
    first: dict[tuple[str, str], int] = {}
    for finding in findings:
        if finding.code != "MB117":
            out.append(finding)
            continue
        at = first.setdefault((finding.code, finding.name), len(out))
        if at == len(out):
            out.append(finding)
        else:
            known = out[at]
            out[at] = known._replace(related=(*known.related, Related("it is also named", finding.place)))
    return out
