"""Explain what is wrong with the shape of lines: their indentation, dashes and colons, rather than their contents."""

from __future__ import annotations

import re
from typing import NamedTuple

from milebook.yaml_nodes.nodes import shown

INDENTED = "indentation"  # a kind of Diagnosis
# A wide colon, or a colon before a space that YAML takes for a letter.
_OTHER_COLON = re.compile(
    "([A-Za-z_][A-Za-z0-9_]*)[ \t]*(?:[：﹕]|:([\u00a0\u2002-\u200a\u202f\u205f\u3000]))[\\s\u00a0]*"
)
_LEAD = re.compile(r"[ \t]*(?:-[ \t]+)*")
_NOT_IN_NAMES = "#-[]{}&*!|>%@`,?:'\""  # what the name of a field cannot begin with


class Diagnosis(NamedTuple):
    """What is wrong at a spot of the page. `instead` is the line as it was surely meant; None where nothing is sure.

    `kind` is the same for slips that tend to come in rows, see `Finding`.
    """

    line: int
    column: int
    width: int
    message: str
    hint: str
    instead: str | None = None
    kind: str = ""


class Typed(NamedTuple):
    """A line as typed: the name of its field ("" for an item of a list), its value, and where the value starts (from 0)."""

    name: str
    value: str
    start: int


def typed(line: str) -> Typed | None:
    """What stands on a line; None where it is neither `name: value` nor `- item`."""
    line = line.rstrip(" \t")
    lead = _LEAD.match(line)
    at = lead.end() if lead else 0
    name, colon, rest = line[at:].partition(":")
    if colon and name and name[0] not in _NOT_IN_NAMES and rest[:1] in (" ", "\t"):
        value = rest.lstrip(" \t")
        return Typed(name.rstrip(" \t"), value, len(line) - len(value))
    if "-" in line[:at] and line[at:]:
        return Typed("", line[at:], at)
    return None


def structure(lines: list[str], first: int, row: int, column: int, problem: str) -> Diagnosis:
    """Indentation, dashes and colons: the shape of the lines rather than what stands in them."""
    line = lines[row]
    number = first + row
    text = line.strip()
    indent = indent_of(line)
    column = min(column, max(len(line) - 1, 0))
    width = max(1, len(text)) if column == indent else 1
    if shifted := _one_space_off(lines, row):
        return shifted._replace(line=number)
    above = lines[row - 1].strip() if row else ""
    lost_its_colon = above and ":" not in above and above[0] not in "-#" and indent_of(lines[row - 1]) == indent
    if "mapping values" in problem and lost_its_colon:
        return structure(lines, first, row - 1, 0, "simple key")
    if outside := _too_far_left(lines, row):
        return outside._replace(line=number - 1)
    for at in (row, row - 1):  # the first item of a list is missed in the line below it
        if at >= 0 and (slip := _slip_of_a_dash(lines[at], first + at)):
            return slip
    if "simple key" in problem or (text and ":" not in text and not text.startswith("-")):
        if colon := _slip_of_a_colon(line, number):
            return colon
        message = "this line is neither a field (name: value) nor an item of a list (- item)"
        hint = "give it a name and a colon; if it goes on from the line above, indent it further than that line"
        return Diagnosis(number, indent + 1, max(1, len(text)), message, hint, kind="no field")
    if "'-' indicator" in problem or "block collection" in problem or "block sequence" in problem:
        message = 'a new item of the list is expected here, but the line does not begin with "- "'
        hint = 'put "- " before it; if it belongs to the item above, indent it like that item\'s other lines'
        item = f"{line[:indent]}- {text}" if text.startswith("id:") else None
        if item:
            hint = 'does a new entry begin here? put "- " before id'
        return Diagnosis(number, column + 1, width, message, hint, item, INDENTED)
    if text.startswith("- "):
        return _dash_out_of_line(lines, row, number)
    if "mapping values" in problem or "block mapping" in problem or "document start" in problem:
        message = "the indentation of this line does not fit the lines around it"
        hint = "fields of one group begin in the same column; text that goes on from the line above and holds a colon needs quotes"
        return Diagnosis(number, indent + 1, max(1, len(text)), message, hint, kind=INDENTED)
    message = "this line cannot be read as YAML"
    hint = "if it is text, put it in quotes; else compare its indentation, dashes and colons with the lines around it"
    return Diagnosis(number, column + 1, width, message, hint, kind="unknown")


def _slip_of_a_colon(line: str, number: int) -> Diagnosis | None:
    """A field whose colon has no space after it, or one that YAML does not know, or is a wide one."""
    text, indent = line.strip(), indent_of(line)
    if colon := _OTHER_COLON.match(text):
        cure = f"{colon[1]}: {text[colon.end() :]}"
        wide = "is a wide one, which is a letter like any other"
        fact = f"the colon after {colon[1]} {'is followed by a space that YAML does not know' if colon[2] else wide}"
        hint = f"type a colon and a space: {shown(cure)}"
    elif glued := re.match(r"([A-Za-z_]\w*):(?=\S)", text):
        cure = f"{glued[1]}: {text[glued.end() :]}"
        fact, hint = "there is no space after the colon", f"write {shown(cure)}"
    else:
        return None
    return Diagnosis(number, indent + 1, len(text), fact, hint, line[:indent] + cure, "colon")


def _too_far_left(lines: list[str], row: int) -> Diagnosis | None:
    """The line above, where it is a field that begins to the left of the fields around it. The line is 0."""
    if row < 2:
        return None
    before, line, indent = lines[row - 2], lines[row - 1], indent_of(lines[row])
    on_line, first = typed(line), _LEAD.match(before)
    column = first.end() if first else 0
    if not on_line or not on_line.name or indent_of(line) >= indent or column != indent or not before.strip():
        return None
    message = "this line begins too far to the left"
    hint = f"begin it in the same column as the lines around it: with {indent} spaces before it"
    text = line.strip()
    return Diagnosis(0, indent_of(line) + 1, len(text), message, hint, " " * indent + text, INDENTED)


def at_the_very_left(lines: list[str]) -> list[Diagnosis]:
    """The fields that begin in the first column although those around them stand further to the right, as counted from 1."""
    found: list[Diagnosis] = []
    for row, line in enumerate(lines):
        field = typed(line) if line[:1].isalpha() else None
        if field is None or not field.value or field.value[0] in "#|>&" or not row:
            continue
        column = _column(lines[row - 1])
        below = next((_column(one) for one in lines[row + 1 :] if not (one[:1].isalpha() and typed(one))), 0)
        if found and found[-1].line == row:  # the line above has slipped as well
            column = indent_of(found[-1].instead or "")
        if column and column == below:
            message = "this line begins too far to the left"
            hint = f"begin it in the same column as the lines around it: with {column} spaces before it"
            found.append(Diagnosis(row + 1, 1, len(line.rstrip()), message, hint, " " * column + line, INDENTED))
    return found


def _column(line: str) -> int:
    """Where a field begins, behind the dash of an item; 0 for a line that is no field."""
    field, lead = typed(line), _LEAD.match(line)
    return lead.end() if field and field.name and lead else 0


def _dash_out_of_line(lines: list[str], row: int, number: int) -> Diagnosis:
    message = 'this "- " does not stand in line with the other items of its list'
    hint = "give it the same indentation as the items above it"
    if part := _part_without_name(lines, row):
        message = f'the line "{part}:" is missing above this item'
        hint = f'write "{part}:" on a line of its own above it, at the very left'
    return Diagnosis(number, indent_of(lines[row]) + 1, 1, message, hint, kind=INDENTED)


def _part_without_name(lines: list[str], row: int) -> str:
    """The part of the index whose items begin in a row, below the fields of another part; "" where none does."""
    indent = indent_of(lines[row])
    above = next(
        (
            line
            for line in reversed(lines[:row])
            if line.strip() and line.lstrip()[0] != "#" and indent_of(line) <= indent
        ),
        "",
    )
    if indent_of(above) != indent or not re.match(r" *[\w-]+:(?:[ \t]|$)", above):
        return ""
    for line in [lines[row].replace("-", " ", 1), *lines[row + 1 :]]:
        if line.strip() and indent_of(line) <= indent:
            break
        if field := re.match(r" *([a-z]+):", line):
            if field[1] in ("stories", "select", "order_by", "opening"):
                return "chapters"
            if field[1] in ("status", "contributor", "received", "file", "permission", "photos"):
                return "stories"
    return ""


def _slip_of_a_dash(line: str, number: int) -> Diagnosis | None:
    """An item of a list whose hyphen has no space after it, or is a dash or a bullet."""
    match = re.match(r"( *)(-(?=[A-Za-z_]\w*:(?: |$))|[–—‒−•·*](?: +|(?=[A-Za-z_]\w*:(?: |$))))(.*)", line)
    if match is None or (match.group(2)[0] == "*" and ":" not in match.group(3)):
        return None
    indent, mark, rest = match.groups()
    cure = f"- {rest}".rstrip()
    at = len(indent) + 1
    if mark == "-":
        return Diagnosis(
            number, at, 1, "there is no space after the dash", f"write {shown(cure)}", indent + cure, "dash"
        )
    message = f'the item of a list begins with "{mark[0]}", which is no hyphen'
    return Diagnosis(number, at, 1, message, f"type a hyphen: {shown(cure)}", indent + cure, "dash")


def _one_space_off(lines: list[str], row: int) -> Diagnosis | None:
    """A field that begins one column beside the field above it."""
    line, indent = lines[row], indent_of(lines[row])
    on_line = typed(line)
    if on_line is None or not on_line.name or line[indent : indent + 1] == "-":
        return None
    for above in reversed(lines[:row]):
        if not above.strip() or above.lstrip()[0] == "#":
            continue
        lead = _LEAD.match(above)
        column = lead.end() if lead else 0
        if not re.match(r"[A-Za-z_]\w*:(?:[ \t]|$)", above[column:]) or abs(column - indent) != 1:
            return None
        side = "left" if indent < column else "right"
        message = f"this line begins one space too far to the {side}"
        hint = f"begin it in the same column as the line above: with {column} spaces before it"
        return Diagnosis(0, indent + 1, len(line.strip()), message, hint, " " * column + line.strip(), INDENTED)
    return None


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
