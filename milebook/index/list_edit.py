"""Take entries out of a YAML list and put others in, whatever way the list is written, and lose no comment.

A list with an entry on each line keeps its lines as they are: an entry moves with the comment behind it. Of other lists,
`[a, b, c]` on one line or wrapped, the entries move and what stands between the others stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

import yaml

from milebook.index.splices import CannotEdit, Splices

_ALONE = re.compile(r"(?P<comma>[ \t]*,)?(?P<comment>[ \t]+#[^\r\n]*|[ \t]*)(?:\r?\n|\Z)")


class Entry(NamedTuple):
    """An entry of a list as it is written, and the comment behind it with the spaces before it."""

    text: str
    comment: str = ""


class _Line(NamedTuple):
    """A line of a list: an entry with its number in the list, or (`number` is None) blank or a comment."""

    number: int | None
    before: str  # up to the entry
    text: str
    after: str  # comma, comment and line end
    left: str = ""  # what stays when the entry is taken out


def _left(line: _Line, newline: str) -> str:
    """A line with the comment of an entry alone."""
    comment = line.after.partition("#")[2].rstrip("\r\n")
    indent = line.before[: len(line.before) - len(line.before.lstrip(" \t"))]
    return f"{indent}#{comment}{newline}" if comment else ""


def entries(edit: Splices, node: yaml.SequenceNode) -> list[Entry]:
    """The entries of a list. Raises CannotEdit for one that holds something else than short texts."""
    lines = _lines(edit, node)
    if lines is None:
        return [Entry(edit.text[start:end]) for start, end in (_span(edit, value) for value in node.value)]
    return [
        Entry(line.text, match["comment"] if (match := _ALONE.match(line.after)) and "#" in match["comment"] else "")
        for line in lines
        if line.number is not None
    ]


def takes_comments(edit: Splices, node: yaml.SequenceNode) -> bool:
    """Whether entries of this list stand on lines of their own, so that a comment can stand behind each."""
    return _lines(edit, node) is not None


def change_list(
    edit: Splices,
    node: yaml.SequenceNode,
    remove: Collection[int],
    insert: Sequence[Entry],
    after: int | None,
    *,
    leave_comments: bool = False,
) -> None:
    """Take out the entries with these numbers and put new ones in behind the entry `after` (None: at the start).

    `after` is not among those taken out. The comments behind entries that are taken out go with them, unless they are to be
    left where they stood, on a line of their own. Raises CannotEdit.
    """
    lines = _lines(edit, node)
    if lines is not None and leave_comments:
        lines = [line._replace(left=_left(line, edit.newline)) for line in lines]
    if lines is not None:
        _change_lines(edit, node, lines, remove, insert, after)
    else:
        _change_flow(edit, node, remove, insert, after)


def _span(edit: Splices, value: yaml.Node) -> tuple[int, int]:
    if not isinstance(value, yaml.ScalarNode) or value.start_mark.line != value.end_mark.line:
        raise CannotEdit(f"line {value.start_mark.line + 1} is no plain entry of a list: change it yourself")
    return edit.offset(value.start_mark), edit.offset(value.end_mark)


# ---- an entry on each line


def _lines(edit: Splices, node: yaml.SequenceNode) -> list[_Line] | None:
    """The lines from the first entry to the last; None if some line holds more than one entry."""
    if not node.value:
        return None
    found: list[_Line] = []
    at = edit.text.rfind("\n", 0, edit.offset(node.value[0].start_mark)) + 1
    for number, value in enumerate(node.value):
        start, end = _span(edit, value)
        line_start = edit.text.rfind("\n", 0, start) + 1
        alone = _ALONE.match(edit.text, end)
        expected = "" if node.flow_style else "-"
        if line_start < at or not alone or edit.text[line_start:start].strip() != expected:
            if not node.flow_style:
                raise CannotEdit(f"line {value.start_mark.line + 1} holds more than one entry: change it yourself")
            return None
        if between := edit.text[at:line_start]:
            found.append(_Line(None, between, "", ""))
        found.append(_Line(number, edit.text[line_start:start], edit.text[start:end], edit.text[end : alone.end()]))
        at = alone.end()
    if node.flow_style:
        rest = [edit.text[at : edit.offset(node.end_mark)], *(line.before for line in found if line.number is None)]
        if any(_without_comma(piece) != piece for piece in rest):  # a comma on a line of its own
            return None
    return found


def _change_lines(
    edit: Splices,
    node: yaml.SequenceNode,
    lines: list[_Line],
    remove: Collection[int],
    insert: Sequence[Entry],
    after: int | None,
) -> None:
    model = lines[0]
    start = edit.offset(node.value[0].start_mark) - len(model.before)
    end = start + sum(len(line.before) + len(line.text) + len(line.after) for line in lines)
    new = [_Line(-1, model.before, entry.text, entry.comment + edit.newline) for entry in insert]
    kept = list(new) if after is None else []
    for line in lines:
        if line.number is None or line.number not in remove:
            kept.append(line)
        elif line.left:
            kept.append(_Line(None, line.left, "", ""))
        if line.number is not None and line.number == after:
            kept += new
    if all(line.number is None for line in kept):
        _empty(edit, node, kept, start, end)
        return
    if node.flow_style:
        kept = _with_commas(kept, lines[-1])
    text = "".join(line.before + line.text + line.after for line in _with_line_ends(kept, lines[-1], edit.newline))
    edit.splice(start, end, text)


def _with_line_ends(kept: list[_Line], last: _Line, newline: str) -> list[_Line]:
    """A line end for every line but the file's last, which has none if it had none."""
    if last.after.endswith("\n"):
        return kept
    whole = [
        line if not line.text or line.after.endswith("\n") else line._replace(after=line.after + newline)
        for line in kept
    ]
    whole[-1] = whole[-1]._replace(after=whole[-1].after.removesuffix(newline))
    return whole


def _with_commas(kept: list[_Line], last: _Line) -> list[_Line]:
    """A comma behind every entry; behind the last only where the list had one."""
    found = []
    final = max(n for n, line in enumerate(kept) if line.number is not None)
    for n, line in enumerate(kept):
        has = line.after.lstrip(" \t").startswith(",")
        if line.number is not None and n != final and not has:
            line = line._replace(after="," + line.after)
        elif n == final and has and not last.after.lstrip(" \t").startswith(","):
            line = line._replace(after=line.after.replace(",", "", 1))
        found.append(line)
    return found


def _empty(edit: Splices, node: yaml.SequenceNode, kept: list[_Line], start: int, end: int) -> None:
    """Leave an empty list, with the comments that stood between its entries."""
    comments = "".join(line.before for line in kept)
    if node.flow_style:
        edit.splice(start, end, comments)
        return
    indent = re.match(r"[ \t]*", edit.text[start:end])
    column = indent[0] if indent else ""
    key_end = edit.text.rfind(":", 0, start) + 1  # of a block list: only blanks and comments stand in between
    if not edit.text[key_end:start].strip():
        edit.splice(key_end, key_end, " []")
        edit.splice(start, end, comments)
    else:
        edit.splice(start, end, f"{comments}{column}  []{edit.newline}")


# ---- [a, b, c] on one line, or wrapped


def _change_flow(
    edit: Splices, node: yaml.SequenceNode, remove: Collection[int], insert: Sequence[Entry], after: int | None
) -> None:
    start, end = edit.offset(node.start_mark), edit.offset(node.end_mark)
    if not node.value:
        hollow = edit.text[start + 1 : end - 1]
        edit.splice(
            start, end, "[" + ", ".join(entry.text for entry in insert) + (hollow if "#" in hollow else "") + "]"
        )
        return
    spans = [_span(edit, value) for value in node.value]
    text = edit.text[start : spans[0][0]]
    new = ", ".join(entry.text for entry in insert)
    written = False
    if new and after is None:
        text, written = text + new, True
    between: list[str] = []  # what stands between the last entry written and the next
    for number, (first, last) in enumerate(spans):
        if number not in remove:
            text += _joined(between, written) + edit.text[first:last]
            between, written = [], True
            if new and number == after:
                text += ", " + new
        following = spans[number + 1][0] if number + 1 < len(spans) else end
        between.append(edit.text[last:following])
    closing = between.pop()
    comments = "".join(_without_comma(piece) for piece in between if "#" in piece)
    edit.splice(start, end, text + comments + (closing if written or "," not in closing else _without_comma(closing)))


def _joined(between: Sequence[str], written: bool) -> str:
    """What stands between two entries, where those between them were taken out: one comma, and every comment."""
    if not between:
        return ", " if written else ""
    noted = [piece for piece in between if "#" in piece]
    if not written:
        return "".join(_without_comma(piece) for piece in noted)
    if noted:
        return "," + "".join(_without_comma(piece) for piece in noted)
    return next((piece for piece in between if "\n" in piece), between[0])


def _without_comma(piece: str) -> str:
    """What stands between two entries, without the comma, which is no part of a comment."""
    found = re.match(r"(?:[^,#]|#[^\n]*+)*+(,)", piece)
    return piece[: found.start(1)] + piece[found.end(1) :] if found else piece
