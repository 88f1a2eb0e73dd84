"""Read what can be read of broken YAML, with one finding for each broken spot.

The parser stops at its first complaint, so the text is read in ever smaller stretches: the top-level blocks, then the items
or fields of a broken block, and in a broken item the faulty line is mended where its meaning is plain (an unquoted title).
The work stays proportional to the length of the file.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from milebook.model.findings import Finding, Place
from milebook.yaml_nodes.diagnosis import diagnose
from milebook.yaml_nodes.events import Events, SyntaxFault, TooDeep
from milebook.yaml_nodes.line_shapes import Diagnosis, at_the_very_left
from milebook.yaml_nodes.nodes import Fields, Items, Node, Scalar, TypedPage

_TOP = re.compile(r"[^\s#\-\[\]{}&*!|>%@`,?:'\"][^\n]*?:(?:\s|$)|([\"']).*?\1\s*:(?:\s|$)")
_KEY = re.compile(r"( *)([^\s#\-\[\]{}&*!|>%@`,?:'\"][^:]*):(?:[ \t]|$)")
_ID = re.compile(r"^[ \t]*(?:-[ \t]+)?id[ \t]*:[ \t]+([\"']?)([A-Za-z0-9_-]+)\1[ \t]*(?:#.*)?$", re.MULTILINE)
_MENDS = 8  # mended lines in one stretch
MOST_FAULTS = 2_000  # broken lines in one file


class Stretch(NamedTuple):
    """Some lines of the page, without their place in it: `first` is the number of the first."""

    lines: list[str]
    first: int

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


class Repair:
    """One broken file being read in stretches. `allowance` bounds the characters read again after a mended line."""

    def __init__(self, page: TypedPage, allowance: int) -> None:
        self.page = page
        self.findings: list[Finding] = []
        self.reported: set[int] = set()
        self.allowance = allowance
        self.gave_up = False

    def read(self, stretch: Stretch) -> Node | None:
        """The stretch as it stands; raises SyntaxFault. Its findings are kept only where it can be read."""
        findings: list[Finding] = []
        node = Events(self.page, findings, stretch.first).read(stretch.text)
        self.findings += findings
        return node

    def read_mending(self, stretch: Stretch) -> Node | None:
        """The stretch with its faulty lines mended where possible; None (after a finding) where it is not."""
        lines = list(stretch.lines)
        mended: set[int] = set()
        for attempt in range(_MENDS + 1):
            try:
                node = self.read(Stretch(lines, stretch.first))
            except TooDeep as deep:
                self.findings.append(deep.args[0])
                return None
            except SyntaxFault as fault:
                diagnosis = diagnose(self.page, lines, stretch.first, fault.error)
                again = diagnosis.line in mended
                if not again:
                    self.report(diagnosis)
                size = sum(map(len, lines))
                self.allowance -= size
                if again or diagnosis.instead is None or attempt == _MENDS or self.allowance < 0:
                    return None
                lines[diagnosis.line - stretch.first] = diagnosis.instead
                mended.add(diagnosis.line)
            else:
                if mended:
                    _mark(node, mended)
                return node
        return None

    def give_up(self, line: int) -> None:
        """Says once that nothing more is looked for: a file with thousands of broken lines is not an index."""
        if not self.gave_up:
            self.gave_up = True
            message = f"more than {MOST_FAULTS:,} lines cannot be read; what follows was not looked at"
            place = Place(self.page.file, line, 1)
            self.findings.append(self.page.finding("MB101", message, place, "mend the lines above first"))

    def report(self, diagnosis: Diagnosis) -> None:
        if diagnosis.line in self.reported:
            return
        self.reported.add(diagnosis.line)
        place = Place(self.page.file, diagnosis.line, diagnosis.column, diagnosis.width)
        self.findings.append(self.page.finding("MB101", diagnosis.message, place, diagnosis.hint, kind=diagnosis.kind))

    def block(self, stretch: Stretch) -> Fields | None:
        """A top-level block (`stories:` and all below it) as Fields with one key."""
        try:
            node = self.read(stretch)
        except TooDeep as deep:
            self.findings.append(deep.args[0])
            return None
        except SyntaxFault:
            return self.entries(stretch)
        return node if isinstance(node, Fields) else None

    def entries(self, stretch: Stretch) -> Fields | None:
        """A broken block, entry by entry: the items of its list or the fields of its group."""
        head, body = stretch.lines[0], stretch.lines[1:]
        key = _KEY.match(head)
        start = next((number for number, line in enumerate(body) if line.strip() and line.lstrip()[0] != "#"), None)
        if key is None or start is None or not re.fullmatch(r"[ \t]*(?:#.*)?", head[key.end() :]):
            node = self.read_mending(stretch)
            return node if isinstance(node, Fields) else None
        indent = len(body[start]) - len(body[start].lstrip(" "))
        first = stretch.first + 1
        listing = body[start].lstrip(" ").startswith("-")
        inner: Items | Fields = (Items if listing else Fields)(self.page, first + start, indent + 1)
        for entry in _split(body, start, indent, listing, first):
            if len(self.reported) >= MOST_FAULTS:
                self.give_up(entry.first)
                inner.broken = True
                break
            node = self.read_mending(entry)
            if isinstance(inner, Items):
                if isinstance(node, Items):
                    inner.items += node.items
                else:
                    inner.items.append(self.remains(entry, inner))
            elif isinstance(node, Fields):
                self.join(inner, node)
            else:
                self.remains_of_field(entry, inner)
        outer = Fields(self.page, stretch.first, 1)
        name = Scalar(key.group(2).rstrip(), True, self.page, stretch.first, 1, len(key.group(2).rstrip()))
        outer.fields[name.value] = (name, inner)
        return outer

    def remains(self, entry: Stretch, around: Items) -> Fields:
        """What is left of an item that cannot be read: its id, where one can be made out, so that it counts as there."""
        node = Fields(self.page, entry.first, around.column)
        node.broken = node.mended = True
        ids = list(_ID.finditer(entry.text))
        if len(ids) != 1:
            around.broken = True  # none, or those of several items that ran together
        if not ids:
            return node
        found = ids[0]
        line = entry.first + entry.text.count("\n", 0, found.start(2))
        column = found.start(2) - entry.text.rfind("\n", 0, found.start(2))
        value = Scalar(found.group(2), True, self.page, line, column, len(found.group(2)))
        node.fields["id"] = (Scalar("id", True, self.page, line, 1, 2), value)
        return node

    def remains_of_field(self, entry: Stretch, around: Fields) -> None:
        """A field that cannot be read still counts as there when its name can be made out."""
        key = _KEY.match(entry.lines[0])
        typed = key.group(2).rstrip() if key else ""
        if key is None or typed in around.fields:
            around.broken = True
            return
        column = key.start(2) + 1
        name = Scalar(typed, True, self.page, entry.first, column, len(typed))
        value = Fields(self.page, entry.first, column, len(typed))
        value.broken = value.mended = True
        around.fields[name.value] = (name, value)

    def join(self, into: Fields, more: Fields) -> None:
        for value, (key, node) in more.fields.items():
            if value in into.fields:
                Events(self.page, self.findings)._refuse_twice(key, into.fields[value][0])
            else:
                into.fields[value] = (key, node)
        into.broken = into.broken or more.broken


def read_by_blocks(text: str, page: TypedPage, error: yaml.MarkedYAMLError) -> tuple[Node | None, list[Finding]]:
    """Everything that can be read of `text`, which the parser refused as a whole with `error`."""
    lines = re.split(r"\r\n|\r|\n", text)
    repair = Repair(page, 200_000 + 2 * len(text))
    root = Fields(page, 1, 1)
    for slipped in at_the_very_left(lines):
        repair.report(slipped)
        lines[slipped.line - 1] = slipped.instead or ""
    starts = [number for number, line in enumerate(lines) if _TOP.match(line)]
    preamble = lines[: starts[0]] if starts else lines
    if not starts or any(_counts(line) for line in preamble):
        if starts:
            node = repair.read_mending(Stretch(preamble, 1))
            root.broken = True
            if node is not None:
                repair.report(_stray(preamble))
        else:
            repair.report(diagnose(page, lines, 1, error))
            return None, repair.findings
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        if len(repair.reported) >= MOST_FAULTS:
            repair.give_up(start + 1)
            root.broken = True
            break
        block = repair.block(Stretch(lines[start:stop], start + 1))
        if block is None:
            root.broken = True
        else:
            repair.join(root, block)
    if not any(finding.code in ("MB101", "MB103") for finding in repair.findings):
        # each stretch can be read by itself: the fault lies between them
        repair.report(diagnose(page, lines, 1, error))
        root.broken = True
    return root, repair.findings


def _counts(line: str) -> bool:
    """Whether a line above the first block is more than blank, a comment, `---` or a directive."""
    line = line.strip()
    return bool(line) and line[0] not in "#%" and line != "---" and not line.startswith("--- #")


def _stray(lines: list[str]) -> Diagnosis:
    number = next(number for number, line in enumerate(lines, 1) if _counts(line))
    message = "this line stands above the first part of the file and belongs to none"
    return Diagnosis(
        number, 1, max(1, len(lines[number - 1])), message, "take it out, or put # before it to make it a comment"
    )


def _split(body: list[str], start: int, indent: int, listing: bool, first: int) -> list[Stretch]:
    """The lines of a block cut before each line that has the indentation of its first entry (and a dash, in a list)."""
    lead = " " * indent
    starts = [start]
    for number in range(start + 1, len(body)):
        line = body[number]
        if not line.startswith(lead) or len(line) == indent:
            continue
        if line[indent : indent + 2] in ("- ", "-") if listing else line[indent] not in " \t#-":
            starts.append(number)
    return [
        Stretch(body[begin:end], first + begin) for begin, end in zip(starts, [*starts[1:], len(body)], strict=True)
    ]


def _mark(root: Node | None, lines: set[int]) -> None:
    """Marks the values that begin on mended lines, so that no one complains about them a second time."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Items):
            waiting += node.items
        elif isinstance(node, Fields):
            for _key, value in node.fields.values():
                waiting.append(value)
        elif node is not None and node.line in lines:
            node.mended = True
