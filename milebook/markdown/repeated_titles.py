"""Find lines at the top of a text that repeat its title or byline, and its writer's name below it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from milebook.markdown.letter_closing import closing
from milebook.model.findings import Finding, Place
from milebook.model.text import CODE, SCENE_BREAK, Block, Text

_BY = {"by", "von", "par", "por", "di", "door", "przez", "de", "written", "story", "a"}
_BEGINNING = 60  # characters that nearly always hold two words
_LOOKED_AT = 3  # blocks: title, byline, and what may stand between them


_MOST = 80  # characters of a name below a story, with age and town
_BEHIND = re.compile(r"\s*(?:[,(|/–—-].{1,60}?[^.!?…]|\n.{1,40}[^.!?…]|)", re.DOTALL)  # what may follow a name there
_LETTER = 4  # blocks at the end of a text in which a letter closes


def signed_below(text: Text, names: Collection[str]) -> list[Finding]:
    """The last line of a text, if it is its writer's name, alone or with age and town; the closing of a letter is another matter."""
    last = text.blocks[-1] if text.blocks else None
    if last is None or last.kind in (CODE, SCENE_BREAK) or not names:
        return []
    whole = last.text.strip()
    line = whole.rpartition("\n")[2]
    if len(text.blocks) == 1 and line == whole:
        return []
    if not any(_is_signature(typed, name) for typed in {whole, line} for name in names if name):
        return []
    lines = _last_lines(text.blocks[-_LETTER:])
    if closing(lines) >= 0 or _is_letter(text.blocks[0].text, [one for one in lines if one]):
        return []
    above = last.source.count("\n") if not any(_is_signature(whole, name) for name in names if name) else 0
    return [
        Finding(
            "MB193",
            "this line repeats the writer's name, so that it is printed twice",
            Place(last.place.file, last.place.line + above, 1),
            "take the line out: milebook prints the byline",
            quote=line[:120],
        )
    ]


def _is_letter(first: str, last: list[str]) -> bool:
    """Whether a text is a letter, to which the name below it belongs: “Dear Sir or Madam:” above, or “Yours, etc.,” before it."""
    before = [line.rstrip("\\ ") for line in last[:-1]][-1:]
    return (len(first) <= _MOST and first.endswith((":", ","))) or any(
        len(line) <= _MOST and line.endswith(",") for line in before
    )


def _last_lines(blocks: Collection[Block]) -> list[str]:
    return [line for block in blocks for line in (*block.source.split("\n"), "")]


def _is_signature(typed: str, name: str) -> bool:
    """Whether a line is a name, with or without what tells who that is: “— Kate Lind, 32, St. Louis”."""
    if len(typed) > _MOST:
        return False
    plain = _plain(typed).lstrip("-–—~*_ \u2015")
    name = _plain(name)
    return plain.startswith(name) and _BEHIND.fullmatch(plain[len(name) :]) is not None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


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
