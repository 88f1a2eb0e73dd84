"""Append stories to stories/index.yaml as text, so that every other byte of the file stays as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from milebook.index.splices import MISTAKES, NO_FIELDS, CannotEdit, Splices, get, scalar

Fields = Mapping[str, Any]  # field -> text, number, list of texts, group, or list of groups; "" and [] are left out
_FLAT = ("contributor", "source", "place")  # groups that stand in braces on one line
_WIDTH = 100


def append_stories(text: str, stories: Iterable[Fields]) -> str:
    """The index with entries added behind its last story, in the way the others are indented.

    Raises CannotEdit where the file has mistakes.
    """
    listed = list(stories)
    if not listed:
        return text
    edit = Splices(text)
    root = edit.root
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise CannotEdit(NO_FIELDS)
    node = get(root, "stories")
    if node is None:
        gap = "" if text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
        edit.splice(len(text), len(text), (gap + "stories:\n" + _entries(listed, 2)).replace("\n", edit.newline))
    elif isinstance(node, yaml.SequenceNode | yaml.ScalarNode) and not node.value:
        _instead_of_nothing(edit, node, _entries(listed, 2))
    elif not isinstance(node, yaml.SequenceNode):
        raise CannotEdit(MISTAKES)
    elif node.flow_style:
        at = edit.end(node.value[-1])
        edit.splice(at, at, "".join(f", {_json(story)}" for story in listed))
    else:
        _below_the_last(edit, node, _entries(listed, node.start_mark.column))
    return edit.result()


def _below_the_last(edit: Splices, node: yaml.SequenceNode, block: str) -> None:
    """The entries below those of a list whose entries begin with a dash."""
    text, newline = edit.text, edit.newline
    at = text.find("\n", _end(edit, node))
    if at < 0:
        edit.splice(len(text), len(text), newline + block.replace("\n", newline))
        return
    at += 1
    while line := re.match(r"([ \t]*)#[^\n]*(?:\n|$)", text[at:]):  # remarks that stand inside the last story
        if len(line[1]) <= node.start_mark.column:
            break
        at += len(line[0])
    before = "" if text[at - 1] == "\n" else "\n"
    apart = "\n" if _stand_apart(edit, node) else ""
    edit.splice(at, at, (before + apart + block).replace("\n", newline))


def _instead_of_nothing(edit: Splices, node: yaml.Node, block: str) -> None:
    """ "stories: []" or "stories:" with the entries below it."""
    text, start, end = edit.text, edit.offset(node.start_mark), edit.offset(node.end_mark)
    if isinstance(node, yaml.ScalarNode) and start == end:
        start = end = text.rfind(":", 0, start) + 1
    start = len(text[:start].rstrip(" "))
    line_end = text.find("\n", end)
    behind = text[end:] if line_end < 0 else text[end : line_end + 1]
    written = behind.rstrip("\r\n") + edit.newline + block.replace("\n", edit.newline)
    edit.splice(start, end + len(behind), written)


def _json(fields: Fields) -> str:
    """An entry for stories that stand in brackets."""

    def full(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: full(one) for key, one in value.items() if one not in ("", None, [], {}, ())}
        return [full(one) for one in value] if isinstance(value, list | tuple) else value

    return json.dumps(full(fields), ensure_ascii=False)


def _end(edit: Splices, node: yaml.Node) -> int:
    """The offset behind the last character of a list's last value, without the comments that follow it."""
    return len(edit.text[: edit.end(node)].rstrip("\r\n "))


def _stand_apart(edit: Splices, node: yaml.SequenceNode) -> bool:
    """Whether an empty line stands between the stories; a single one is followed by an empty line as well."""
    if len(node.value) < 2:
        return True
    last = edit.offset(node.value[-1].start_mark)
    return edit.text.count("\n", _end(edit, node.value[-2]), last) > 1


def _entries(stories: list[Fields], column: int) -> str:
    """The lines of entries whose dash stands in a column."""
    return "\n".join(_entry(story, " " * column) for story in stories)


def _entry(fields: Fields, indent: str) -> str:
    lines: list[str] = []
    for name, value in fields.items():
        lines += _field(name, value)
    return "".join(f"{indent}{'- ' if n == 0 else '  '}{line}\n" for n, line in enumerate(lines))


def _field(name: str, value: Any) -> list[str]:
    if value in ("", None) or value == [] or value == {} or value == ():
        return []
    if isinstance(value, Mapping):
        inner = {key: one for key, one in value.items() if one not in ("", None)}
        if not inner:
            return []
        flat = f"{name}: {_braces(inner)}"
        if name in _FLAT and len(flat) <= _WIDTH:
            return [flat]
        lines = [f"{name}:"]
        for key, one in inner.items():
            lines += [f"  {line}" for line in _field(key, one)]
        return lines
    if isinstance(value, list | tuple):
        if all(isinstance(one, str) for one in value):
            return [f"{name}: [{', '.join(_scalar(one, flow=True) for one in value)}]"]
        lines = [f"{name}:"]
        for one in value:
            inner_lines = [line for key, part in one.items() for line in _field(key, part)]
            lines += [f"{'  - ' if n == 0 else '    '}{line}" for n, line in enumerate(inner_lines)]
        return lines
    return [f"{name}: {_scalar(value)}"]


def _braces(fields: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(value, flow=True)}" for key, value in fields.items()) + "}"


def _scalar(value: Any, *, flow: bool = False) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return scalar(value, flow=flow)
