"""Add an agreement to the text of the index, so that every other byte stays as it was."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from milebook.index.edit import in_order
from milebook.index.splices import NO_FIELDS, CannotEdit, Splices, Value, scalar


def add_agreement(text: str, name: str, fields: Mapping[str, Value]) -> str:
    """The index with one more agreement behind the last, or in a new part before the stories. Raises CannotEdit."""
    edit = Splices(text)
    root, newline = edit.root, edit.newline
    if not isinstance(root, yaml.MappingNode) or root.flow_style or not root.value:
        raise CannotEdit(NO_FIELDS)
    keys = {key.value: (key, value) for key, value in root.value if isinstance(key, yaml.ScalarNode)}
    if "agreements" not in keys:
        at = _above_comments(edit, keys["stories"][0]) if "stories" in keys else len(text)
        gap = newline if at == len(text) and not text.endswith("\n") else ""
        edit.splice(at, at, f"{gap}agreements:{newline}{_entry(name, fields, '  ', newline)}")
        return edit.result()
    key, node = keys["agreements"]
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        at = _line_after(text, edit.end(node))
        gap = "" if text[:at].endswith("\n") else newline
        edit.splice(at, at, gap + _entry(name, fields, " " * node.value[0][0].start_mark.column, newline))
        return edit.result()
    if isinstance(node, yaml.CollectionNode) and node.value:
        raise CannotEdit("the agreements of the index stand in braces: write each on lines of its own")
    colon = text.index(":", edit.offset(key.end_mark)) + 1  # nothing, {}, ~ or null behind it
    end = max(colon, edit.offset(node.end_mark)) if text[colon : edit.offset(node.start_mark)].strip() == "" else colon
    written = text[colon:end].strip()
    if written not in ("", "{}", "~", "null"):
        raise CannotEdit("the agreements of the index are no group of fields; “milebook check” tells more")
    at = _line_after(text, end if written else colon)
    line = text[colon:at].replace(written, "", 1).rstrip() if written else text[colon:at].rstrip()
    edit.splice(colon, at, line + newline + _entry(name, fields, "  ", newline))
    return edit.result()


def _entry(name: str, fields: Mapping[str, Value], indent: str, newline: str) -> str:
    lines = [f"{indent}{name}:", *(f"{indent * 2}{key}: {scalar(fields[key])}" for key in in_order(fields))]
    return "".join(line + newline for line in lines)


def _above_comments(edit: Splices, node: yaml.Node) -> int:
    """The start of the comment lines that stand directly above a node's line."""
    text = edit.text
    start = text.rfind("\n", 0, edit.offset(node.start_mark)) + 1
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip("\ufeff \t\r\n").startswith("#"):
            break
        start = above
    return max(start, edit.start)


def _line_after(text: str, at: int) -> int:
    """The start of the next line; a value of several lines ends with its own line end."""
    if at and text[at - 1] == "\n":
        return at
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1
