"""Append stories to stories/index.yaml as text, so that every other byte of the file stays as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from milebook.index.splices import MISTAKES, CannotEdit, composed, scalar

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
    newline = "\r\n" if "\r\n" in text else "\n"
    body = text.removeprefix("\ufeff")
    shift = len(text) - len(body)
    root = composed(body)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise CannotEdit("the index must be made of fields (name: value); “milebook check” tells more")
    node = next((value for name, value in root.value if name.value == "stories"), None)
    if node is None:
        gap = "" if not text or text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
        return text + (gap + "stories:\n" + _entries(listed, 2)).replace("\n", newline)
    if isinstance(node, yaml.SequenceNode | yaml.ScalarNode) and not node.value:
        return _instead_of_nothing(text, node, shift, _entries(listed, 2), newline)
    if not isinstance(node, yaml.SequenceNode):
        raise CannotEdit(MISTAKES)
    if node.flow_style:
        at = int(node.value[-1].end_mark.index) + shift
        return text[:at] + "".join(f", {_json(story)}" for story in listed) + text[at:]
    return _below_the_last(text, node, shift, _entries(listed, node.start_mark.column), newline)


def _below_the_last(text: str, node: yaml.SequenceNode, shift: int, block: str, newline: str) -> str:
    """The entries below those of a list whose entries begin with a dash."""
    body = text[shift:]
    at = body.find("\n", _end(node, body))
    if at < 0:
        return text + newline + (newline + block.rstrip("\n")).replace("\n", newline).lstrip("\r\n") + newline
    at += 1
    while line := re.match(r"[ \t]*#[^\n]*(?:\n|$)", body[at:]):  # remarks that stand inside the last story
        if len(line[0]) - len(line[0].lstrip(" \t")) <= node.start_mark.column:
            break
        at += len(line[0])
    at += shift
    if text[at - 1 : at] != "\n":
        text = text[:at] + newline + text[at:]
        at += len(newline)
    apart = "\n" if _stand_apart(node, body) else ""
    return text[:at] + (apart + block).replace("\n", newline) + text[at:]


def _instead_of_nothing(text: str, node: yaml.Node, shift: int, block: str, newline: str) -> str:
    """ "stories: []" or "stories:" with the entries below it."""
    start, end = int(node.start_mark.index) + shift, int(node.end_mark.index) + shift
    if isinstance(node, yaml.ScalarNode) and start == end:
        start = end = text.rfind(":", 0, start) + 1
    line_end = text.find("\n", end)
    head = text[:start].rstrip(" ")
    tail = text[end:] if line_end < 0 else text[end : line_end + 1]
    after = "" if line_end < 0 else text[line_end + 1 :]
    first = head + tail.rstrip("\r\n")
    return first + newline + block.replace("\n", newline) + after


def _json(fields: Fields) -> str:
    """An entry for stories that stand in brackets."""

    def full(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: full(one) for key, one in value.items() if one not in ("", None, [], {}, ())}
        return [full(one) for one in value] if isinstance(value, list | tuple) else value

    return json.dumps(full(fields), ensure_ascii=False)


def _end(node: yaml.Node, body: str) -> int:
    """The offset behind the last character of a list's last value, without the comments that follow it."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        node = node.value[-1] if isinstance(node, yaml.SequenceNode) else node.value[-1][1]
    end = int(node.end_mark.index)
    while end and body[end - 1] in "\r\n ":
        end -= 1
    return end


def _stand_apart(node: yaml.SequenceNode, body: str) -> bool:
    """Whether an empty line stands between the stories; a single one is followed by an empty line as well."""
    if len(node.value) < 2:
        return True
    last = node.value[-1].start_mark.index
    between = body[max(0, _end(node.value[-2], body)) : last]
    return between.count("\n") > 1


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
