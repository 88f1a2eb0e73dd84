"""Notice one text that names several where a list was meant: `tags: water, family`."""

from __future__ import annotations

import re

from milebook.yaml_nodes.nodes import quoted, shown

_WORDS = ("tags", "keywords", "own_sites", "formerly", "thema")  # fields whose values have no commas of their own
_AND = re.compile(r"\s*[;/&+]\s*|\s+(?:and|und|et|e|y|i|en|och|og|ja|a|și|és|và)\s+|,\s+(?:and\s+)?")


def joined(name: str, text: str, alone: bool) -> tuple[str, str] | None:
    """Fact and cure where the value of a field that takes a list seems to be several; None where it is one.

    `alone` says that the value is the whole field and not an item of a list.
    """
    if name == "authors":
        parts = _people(text)
    elif name in _WORDS and alone:
        parts = [part for part in re.split(r"\s*[,;]\s*", text.strip()) if part]
    else:
        return None
    if len(parts) < 2:
        return None
    written = ", ".join(shown(part) if re.fullmatch(r"\w[\w .’-]*", part) else quoted(shown(part)) for part in parts)
    hint = (
        f"if they are {len(parts)}, write {name}: [{written}]"
        if alone
        else f"if they are {len(parts)}, write [{written}]"
    )
    return f'"{name}" takes a list, and “{shown(text)}” is read as one', hint


def _people(text: str) -> list[str]:
    """The people that a text names, each with at least two words: “Bo Lee, PhD” and “The Road and Rail Club” are one."""
    parts = [part for part in _AND.split(text.strip()) if part]
    return parts if all(" " in part for part in parts) and not text.startswith("The ") else []
