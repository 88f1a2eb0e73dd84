"""Report names that are no field of the entry they stand in: misspelled, out of place, or the rest of a value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from milebook.model.findings import Finding
from milebook.model.near_names import nearest
from milebook.yaml_nodes import Node, Scalar, values
from milebook.yaml_nodes.nodes import is_empty, quoted, shown

GLUED = "no space after a colon"  # a kind of MB106


def cut_by_a_comma(
    before: tuple[Scalar, Node], typed: Scalar, value: Node, table: Mapping[str, object], findings: list[Finding]
) -> bool:
    """Whether a word between braces is no field of the `table` but the rest of the value before it (a finding, once a value)."""
    key, owner = before
    if not is_empty(value) or not isinstance(owner, Scalar) or not owner.plain or owner.line != typed.line:
        return False
    line = typed.page.line(typed.line)
    after = line[typed.column - 1 + len(typed.value) :].lstrip()
    if after[:1] not in (",", "}") or not line[: typed.column - 1].rstrip().endswith(","):
        return False
    if (cut := _glued(key.value)) and _unfinished(cut[2]):
        return True  # the rest of name:"Ghent, Belgium", which was told
    if (glued := _glued(typed.value)) and (_glued(key.value) or glued[1] in table):
        return False
    if any(finding.code == "MB106" and finding.place == owner.place for finding in findings):
        return True  # the third part of the same value
    meant = line[owner.column - 1 : typed.column - 1 + len(typed.value)].strip("“”„ ")
    message = f'the comma ends the value of "{shown(key.value)}", so that "{shown(typed.value)}" is taken for a field'
    hint = f"put the whole value in quotes: {shown(key.value)}: {quoted(shown(meant))}"
    findings.append(owner.finding("MB106", message, hint))
    return True


def report_unknown(
    typed: Scalar, name: str, noun: str, tables: Mapping[str, Mapping[str, object]], findings: list[Finding]
) -> str:
    """Reports a name that is no field's; the field that it seems to be, "" if none.

    `name` is what messages call the entry, `noun` the table of its fields among all `tables`.
    """
    if typed.mended:
        return ""
    table = tables[noun]
    near = nearest(typed.value, table) if len(findings) < values.MOST_SUGGESTIONS else ""
    if (bullet := re.match(r"[–—‒−•·] *", typed.value)) and typed.value[bullet.end() :] in table:
        meant = typed.value[bullet.end() :]
        message = f'an item of a list begins with a hyphen, and "{bullet.group()[0]}" is none'
        findings.append(typed.finding("MB106", message, f"type a hyphen: - {meant}:"))
        return meant
    if (glued := _glued(typed.value)) and glued[1] in table:
        if not any(one.kind == GLUED and one.place.line == typed.line for one in findings):
            message = f'there is no space after the colon of "{glued[1]}"'
            hint = f"put a space after each colon: {glued[1]}: {shown(glued[2] + _unfinished(glued[2]))}"
            findings.append(typed.finding("MB106", message, hint, kind=GLUED))
        return glued[1]
    owners = [other for other, fields in tables.items() if typed.value in fields and other != noun]
    if owners:
        hint = f"it is a field of: {', '.join(owners)}; check the indentation"
    elif near:
        hint = f"did you mean {near}?"
    else:
        hint = f"the fields here are: {', '.join(table)}"
    message = f'"{shown(typed.value)}" is not a field of {name}'
    findings.append(typed.finding("MB106", message, hint, name=typed.value, meant="" if owners else near))
    return near if not owners else ""


def _unfinished(value: str) -> str:
    """What is missing from a value that opens a quotation mark and does not close it; "" where nothing is."""
    return f"…{value[0]}" if value[0] in "\"'" and (len(value) == 1 or value[-1] != value[0]) else ""


def _glued(typed: str) -> re.Match[str] | None:
    """A field's name and its value without the space between them: name:Ana."""
    return re.match(r"([a-z_]+):(\S.*)", typed)
