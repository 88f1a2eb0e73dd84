"""Find lines at the top of a text that repeat its title or byline."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from milebook.model.findings import Finding
from milebook.model.text import CODE, SCENE_BREAK, Text

_BY = {"by", "von", "par", "por", "di", "door", "przez", "de", "written", "story", "a"}
_BEGINNING = 60  # characters that nearly always hold two words
_LOOKED_AT = 3  # blocks: title, byline, and what may stand between them


def printed_twice(text: Text, title: str, names: Collection[str]) -> list[Finding]:
    """The lines above a text's first words that hold only what milebook prints there by itself."""
    first = text.blocks[0] if text.blocks else None
    if first is None or not _may_repeat(first.text, title, names):
        return []
    wanted = _words(title)
    bylines = {tuple(_words(name)) for name in names if name} - {()}
    findings: list[Finding] = []
    for block in text.blocks[:_LOOKED_AT]:
        if block.kind in (CODE, SCENE_BREAK) or block.inside:
            break
        what = _repeated(_words(block.text), wanted, bylines)
        if not what:
            break
        quote = block.source.split("\n", 1)[0][:120]
        findings.append(
            Finding(
                "MB193",
                f"this line repeats {what}, so that it is printed twice",
                block.place,
                "take the line out: milebook prints title and byline",
                quote=quote,
            )
        )
    return findings if len(findings) < len(text.blocks) else []


def _may_repeat(typed: str, title: str, names: Collection[str]) -> bool:
    """Whether the first word of a line is such that the line could be title or byline: a quick no for nearly every story."""
    begins = _words(typed[:_BEGINNING])
    if len(begins) < 2:
        return True
    return begins[0] in _BY or any(words and words[0] == begins[0] for words in map(_words, (title, *names)))


def _repeated(typed: list[str], title: list[str], bylines: set[tuple[str, ...]]) -> str:
    if not typed:
        return ""
    if title and typed == title:
        return "the title"
    if _is_byline(typed, bylines):
        return "the byline"
    if title and typed[: len(title)] == title and _is_byline(typed[len(title) :], bylines):
        return "the title and the byline"
    return ""


def _is_byline(typed: list[str], bylines: set[tuple[str, ...]]) -> bool:
    start = 0
    while start < len(typed) and typed[start] in _BY and tuple(typed[start:]) not in bylines:
        start += 1
    return tuple(typed[start:]) in bylines


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return re.findall(r"[^\W_]+", text)
