"""Add an agreement to the text of the index, so that every other byte stays as it was."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from milebook.index.edit import ORDER
from milebook.index.splices import CannotEdit, Value, composed, scalar


def add_agreement(text: str, name: str, fields: Mapping[str, Value]) -> str:
    """The index with one more agreement behind the last, or in a new part before the stories. Raises CannotEdit."""
    newline = "\r\n" if "\r\n" in text else "\n"
    body = text.removeprefix("\ufeff")
    mark = text[: len(text) - len(body)]
    root = composed(body)
    if not isinstance(root, yaml.MappingNode) or root.flow_style or not root.value:
        raise CannotEdit("the index must be made of fields (name: value); “milebook check” tells more")
    keys = {key.value: (key, value) for key, value in root.value if isinstance(key, yaml.ScalarNode)}
    indent = "  "
    if "agreements" not in keys:
        before = keys.get("stories", (None, None))[0]
        at = _above_comments(body, int(before.start_mark.index)) if before is not None else len(body)
        gap = newline if at == len(body) and body and not body.endswith("\n") else ""
        block = f"{gap}agreements:{newline}{_entry(name, fields, indent, newline)}"
        return mark + body[:at] + block + body[at:]
    key, node = keys["agreements"]
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        indent = " " * node.value[0][0].start_mark.column
        at = _line_after(body, _end(node))
        gap = "" if body[:at].endswith("\n") else newline
        return mark + body[:at] + gap + _entry(name, fields, indent, newline) + body[at:]
    if isinstance(node, yaml.CollectionNode) and node.value:
        raise CannotEdit("the agreements of the index stand in braces: write each on lines of its own")
    colon = body.index(":", int(key.end_mark.index)) + 1  # nothing, {}, ~ or null behind it
    end = max(colon, int(node.end_mark.index)) if body[colon : int(node.start_mark.index)].strip() == "" else colon
    written = body[colon:end].strip()
    if written and written not in ("{}", "~", "null"):
        raise CannotEdit("the agreements of the index are no group of fields; “milebook check” tells more")
    at = _line_after(body, end if written else colon)
    line = body[colon:at].replace(written, "", 1).rstrip() if written else body[colon:at].rstrip()
    return mark + body[:colon] + line + newline + _entry(name, fields, indent, newline) + body[at:]


def _entry(name: str, fields: Mapping[str, Value], indent: str, newline: str) -> str:
    keys = sorted(fields, key=lambda key: ORDER.index(key) if key in ORDER else len(ORDER))
    lines = [f"{indent}{name}:", *(f"{indent * 2}{key}: {scalar(fields[key])}" for key in keys)]
    return "".join(line + newline for line in lines)


def _above_comments(body: str, at: int) -> int:
    """The start of the comment lines that stand directly above a line."""
    start = body.rfind("\n", 0, at) + 1
    while start:
        above = body.rfind("\n", 0, start - 1) + 1
        if not body[above:start].lstrip().startswith("#"):
            break
        start = above
    return start


def _line_after(body: str, at: int) -> int:
    """The start of the next line; a value of several lines ends with its own line end."""
    if at and body[at - 1] == "\n":
        return at
    end = body.find("\n", at)
    return len(body) if end < 0 else end + 1


def _end(node: yaml.Node) -> int:
    """The offset behind a node's last character. A block's own end mark lies behind the comments that follow it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        node = node.value[-1] if isinstance(node, yaml.SequenceNode) else node.value[-1][1]
    return int(node.end_mark.index)
