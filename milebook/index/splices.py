"""Gather replacements for a YAML text and make them all at once; every other character stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import yaml

from milebook.model.splicing import Splice, spliced
from milebook.yaml_nodes.events import LOADER

Value = str | int | tuple[str, ...]

_PLAIN = re.compile(r"[^\W_](?:[\w ./@’'+()&–—-]*[\w.)])?")
_RESERVED = re.compile(r"(?i)null|true|false|yes|no|on|off|y|n|[-+.\d_]+|0x[\da-f]+|\d+e\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

MISTAKES = "the index has mistakes that must be mended first; “milebook check” names them"
NO_FIELDS = "the index must be made of fields (name: value); “milebook check” tells more"


class CannotEdit(Exception):
    """The text is not one that can be spliced safely; the message says why, in the author's words."""


def composed(text: str) -> yaml.Node | None:
    """The nodes of an index's text, without its byte order mark. Raises CannotEdit where the text has mistakes."""
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CannotEdit(MISTAKES) from error
    return root


class Splices:
    """One text of an index, and the changes gathered for it. Offsets are in characters of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.splices: list[Splice] = []
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.root = composed(text.removeprefix("\ufeff"))
        self.start = len(text) - len(text.removeprefix("\ufeff"))  # behind a byte order mark

    def result(self) -> str:
        """The text with all changes made."""
        return spliced(self.text, reversed(self.splices))

    def splice(self, start: int, end: int, text: str) -> None:
        """Have `text` in the place of a stretch."""
        self.splices.append((start, end, text))

    def replace(self, node: yaml.Node, written: str) -> None:
        """Have another value in the place of a node. Raises CannotEdit for one of several lines."""
        start, end = self.offset(node.start_mark), self.end(node)
        old = self.text[start:end]
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            raise CannotEdit(f"line {node.start_mark.line + 1} is a list or group of several lines: change it yourself")
        if old == written:
            return
        if start == end and start and self.text[start - 1] == ":":
            written = " " + written
        if old.endswith("\n"):  # a text of several lines after | or >
            written += self.newline
        comment = re.match(r"[ ]+(?=#)", self.text[end : end + 200])
        if comment:  # it keeps its column as far as there is room
            longer = len(written) - len(old)
            end += max(0, min(longer, len(comment[0]) - 1))
            written += " " * -longer
        self.splices.append((start, end, written))

    def cut(self, start: int, end: int) -> None:
        """Take a stretch out."""
        self.splices.append((start, end, ""))

    def offset(self, mark: Any) -> int:
        """The offset of one of PyYAML's marks."""
        return int(mark.index) + self.start

    def end(self, node: yaml.Node) -> int:
        """The offset behind a node's last character. A block's own end mark lies behind the comments that follow it."""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            node = node.value[-1] if isinstance(node, yaml.SequenceNode) else node.value[-1][1]
        return self.offset(node.end_mark)


def scalar(value: Value, *, flow: bool = False) -> str:
    """A value as YAML that reads back as exactly this text: plain where that is safe, else in double quotes."""
    if isinstance(value, tuple):
        return "[" + ", ".join(scalar(one, flow=True) for one in value) + "]"
    if isinstance(value, int):
        return str(value)
    if _DAY.fullmatch(value):
        return value
    if _PLAIN.fullmatch(value) and not _RESERVED.fullmatch(value) and not (flow and value.endswith(":")):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def get(group: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value of a key, None where there is none."""
    if isinstance(group, yaml.MappingNode):
        for name, value in group.value:
            if isinstance(name, yaml.ScalarNode) and name.value == key:
                found: yaml.Node = value
                return found
    return None


def walk(root: yaml.Node | None) -> Iterable[yaml.Node]:
    """Every node below `root`, and itself."""
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, yaml.MappingNode):
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
