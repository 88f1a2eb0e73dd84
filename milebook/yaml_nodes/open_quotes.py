"""Find a quotation mark that opens inside brackets or braces and is never closed, however far below it is missed."""

from __future__ import annotations

import re

from milebook.yaml_nodes.line_shapes import Diagnosis, indent_of, typed

CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
BEGINS = re.compile(r"[ ]*(?:-[ ]+)?[A-Za-z_]\w*:(?:[ ]|$)|[ ]*-[ ]")  # the beginning of a field or of an item
_FAR = 40  # lines that a text between quotation marks may go on


def open_in_flow(lines: list[str], first: int, last: int) -> Diagnosis | None:
    """The first such mark in `lines` up to the one with index `last`; `first` is the number of the first line."""
    depth, indent, row = 0, 0, 0
    while row <= last:
        line = lines[row]
        start = 0
        if depth and indent_of(line) <= indent and BEGINS.match(line):
            depth = 0
        if not depth:
            on_line = typed(line)
            if on_line is None or on_line.value[:1] not in ("[", "{"):
                row += 1
                continue
            start, indent = on_line.start, indent_of(line)
        depth, begun = _walk(line, start, depth)
        if begun < 0:
            row += 1
            continue
        rows = _closed_below(lines, row, begun)
        if not rows:
            return _not_closed(line, first + row, begun)
        row += rows
        depth = 0  # what follows behind a text of several lines is not looked at
    return None


def _walk(line: str, at: int, depth: int) -> tuple[int, int]:
    """Depth at the end of a line, and where a quotation mark stands that nothing on the line closes; -1 for none."""
    expected = True  # whether a value or a name may begin here
    while at < len(line):
        sign = line[at]
        if sign in CLOSED and expected:
            closed = CLOSED[sign].match(line, at)
            after = line[closed.end() :].lstrip(" ") if closed else ""
            if closed is None or (after and after[0] not in ",]}:#"):
                return depth, at
            at = closed.end()
            expected = False
            continue
        if sign == "#" and line[at - 1 : at] in (" ", "\t"):
            break
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
            if depth <= 0:
                return 0, -1
        if not sign.isspace():
            expected = sign in "[{," or (sign == ":" and line[at + 1 : at + 2] in (" ", ""))
        at += 1
    return depth, -1


def _closed_below(lines: list[str], row: int, at: int) -> int:
    """How many lines below a mark its partner stands, where the text between them is one text; 0 where it does not."""
    rest = lines[row][at:]
    for more in range(1, _FAR):
        if row + more >= len(lines) or BEGINS.match(lines[row + more]):
            return 0
        rest += "\n" + lines[row + more]
        if closed := CLOSED[rest[0]].match(rest):
            tail = rest[closed.end() :].lstrip(" ")
            return more if not tail or tail[0] in ",]}:#" else 0
    return 0


def _not_closed(line: str, number: int, at: int) -> Diagnosis:
    mark = line[at]
    curly = re.search("[”“]" if mark == '"' else "[’‘]", line[at + 1 :])
    message = f"the quotation mark {mark} that opens here is never closed"
    if curly and not re.search(r"\w", line[at + 1 + curly.end() :].partition(",")[0]):
        end = at + 1 + curly.start()
        message += f"; the {curly.group()} behind it is a curly one, which is a letter like any other"
        return Diagnosis(
            number, at + 1, 1, message, f"type {mark} in its place", line[:end] + mark + line[end + 1 :], "open quote"
        )
    hint = "add the closing quotation mark at the end of the value"
    if mark == "'":
        hint = "if it is an apostrophe, put the whole value in double quotes"
        return Diagnosis(number, at + 1, 1, message, hint, kind="open quote")
    end = len(line.rstrip(" ]},"))
    return Diagnosis(number, at + 1, 1, message, hint, line[:end] + mark + line[end:], "open quote")
