"""Explain what is wrong with the shape of lines: their indentation, dashes and colons, rather than their contents."""

from __future__ import annotations

import re
from typing import NamedTuple

from milebook.yaml_nodes.nodes import shown

INDENTED = "indentation"  # a kind of Diagnosis
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
    for at in (row, row - 1):  # the first item of a list is missed in the line below it
        if at >= 0 and (slip := _slip_of_a_dash(lines[at], first + at)):
            return slip
    if "simple key" in problem or (text and ":" not in text and not text.startswith("-")):
        if glued := re.match(r"([A-Za-z_]\w*):(?=\S)", text):
            name = glued.group(1)
            hint = f"write {name}: {shown(text[len(name) + 1 :])}"
            instead = line[:indent] + f"{name}: {text[len(name) + 1 :]}"
            return Diagnosis(number, indent + 1, len(text), "there is no space after the colon", hint, instead, "colon")
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
        message = 'this "- " does not stand in line with the other items of its list'
        hint = "give it the same indentation as the items above it"
        return Diagnosis(number, indent + 1, 1, message, hint, kind=INDENTED)
    if "mapping values" in problem or "block mapping" in problem or "document start" in problem:
        message = "the indentation of this line does not fit the lines around it"
        hint = "fields of one group begin in the same column; text that goes on from the line above and holds a colon needs quotes"
        return Diagnosis(number, indent + 1, max(1, len(text)), message, hint, kind=INDENTED)
    message = "this line cannot be read as YAML"
    hint = "if it is text, put it in quotes; else compare its indentation, dashes and colons with the lines around it"
    return Diagnosis(number, column + 1, width, message, hint, kind="unknown")


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
