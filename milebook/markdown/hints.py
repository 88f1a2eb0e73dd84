"""Remarks about a passage that an author should know before it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from milebook.markdown import prose_lines
from milebook.model.text import PARAGRAPH, VERSE, Block

LONG = 20_000  # characters of a paragraph: some ten printed pages with no break

_KEY = re.compile(r"[A-Za-z_][\w .-]{0,40}:(?:\s|$)")
_FRONT = re.compile(r"[\s#-]|$")
_HEAD = 200  # lines in which the end of the settings is looked for
# A tag of a web page, and no word that somebody put between such signs: <grin>.
TAG = re.compile(
    r"(?<!<)</?(?:a|abbr|article|aside|b|big|blockquote|body|br|center|cite|code|dd|del|div|dl|dt|em|figcaption|figure|font|footer|"
    r"h[1-6]|head|hr|html|i|iframe|img|ins|li|meta|nav|o:p|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|sup|"
    r"table|tbody|td|th|thead|tr|tt|u|ul)(?:\s[^<>]*)?/?>|<!--",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,}[ \t]*\w+[ \t]*$)", re.MULTILINE)
_UNDEFINED = re.compile(r"\[\^([^\]\s\[]{1,60})\]")
_VERSE_WIDTH = 60  # characters: lines of prose that are wrapped by hand or by a mail program are longer
_SENTENCE_END = re.compile(r"[.!?…:][*_\"'”’»)\]]*\s*$")
_HARD_END = re.compile(r"(?:(?<!\\)(?:\\\\)*\\| {2,})$")
_BEGINS = re.compile(r"[*_\"'“”‘„«»¿¡(\[—–-]*(?=[^\W_])(?![a-zß-öø-ÿ])")
_LONG_LINE = 90  # characters: lines that are wrapped are seldom longer
_WRAPPED = 100  # and very seldom longer than this
_NEVER_WRAPPED = 170
_ROOM = 0.7  # of the widest line: a line this short that ends a sentence was ended by its author
_FULL = 45  # characters: no program wraps prose at less


class Remark(NamedTuple):
    """A finding to be, `line` lines below the first of its block."""

    code: str
    message: str
    hint: str
    line: int = 0


def remarks(block: Block, content: str, hard_breaks: int, widest: int = 0) -> Iterator[Remark]:
    """What there is to say of a block, given its Markdown without the marks of quotes and lists.

    `widest` is the length of the longest line of the whole file.
    """
    yield from _typed_signs(block, content)
    if "\n" not in content or block.kind not in (PARAGRAPH, VERSE):
        return
    if not hard_breaks:
        yield from _lines_run_together(block, content, widest)
    elif block.kind == VERSE:
        yield from _prose_as_verse(content.split("\n"))
    else:
        yield from _half_verse(content.split("\n"))


def _typed_signs(block: Block, content: str) -> Iterator[Remark]:
    """What is printed as typed, or is very long."""
    if len(content) > LONG:
        yield Remark("MB207", f"this paragraph is very long: {len(content):,} characters", "divide it with empty lines")
    if "<" in content:
        tag = next((found[0] for run in block.runs if not run.code for found in TAG.finditer(run.text)), "")
        if tag:
            yield Remark(
                "MB210",
                f'"{tag[:40]}" is printed as typed: a story is not a web page',
                "use *…* for italics, an empty line for a new paragraph, or take the tag out",
            )
    if ("```" in content or "~~~" in content) and (fence := _FENCE.search(content)):
        yield Remark(
            "MB211",
            f"the signs “{fence[0].strip()}” are printed as typed: a story has no passages of program text",
            "take the line of signs out; for a scene break, type ***",
            content.count("\n", 0, fence.start()),
        )
    if "[^" in content:
        for run in block.runs:
            for found in _UNDEFINED.finditer(run.text) if not run.code else ():
                yield Remark(
                    "MB203",
                    f"note {found[0]} has no text, so its mark is printed as typed",
                    f"write a line “{found[0]}: the text of the note” at the end of the story",
                )


def _lines_run_together(block: Block, content: str, widest: int) -> Iterator[Remark]:
    """Lines that an author may have meant to stand apart."""
    lines = block.source.split("\n")
    indented = 0 if block.inside else indented_line(lines)
    if indented:
        yield Remark(
            "MB212",
            "an indented line does not begin a new paragraph here: it runs on",
            "put an empty line before every paragraph",
            indented,
        )
    elif looks_like_verse(content):
        yield Remark(
            "MB206",
            "these short lines are printed as one running paragraph",
            "if they are verse or an address, end each line but the last with a backslash (\\), "
            "or put an empty line between paragraphs",
        )
    elif line := merged_line(content.split("\n"), widest):
        yield Remark(
            "MB214",
            "paragraphs need an empty line between them; this line runs on in the paragraph above",
            "put an empty line before every paragraph (if the lines are verse, end each with a backslash)",
            line,
        )


def _prose_as_verse(lines: list[str]) -> Iterator[Remark]:
    """Prose whose lines end in a backslash, as after an import of an e-mail: it would hang like a poem."""
    between = prose_lines.between([_HARD_END.sub("", line) for line in lines])
    number = next((n for n, sign in enumerate(between) if sign != prose_lines.VERSE), -1)
    if number < 0:
        return
    cure = (
        "an empty line below it"
        if between[number] == prose_lines.PARAGRAPH
        else "nothing, so that the next line follows it"
    )
    yield Remark(
        "MB225",
        "the backslash at the end of this line makes the paragraph verse, and it looks like prose",
        f"if it is prose, take the backslash out and put {cure}; verse stays as it is",
        number,
    )


def _half_verse(lines: list[str]) -> Iterator[Remark]:
    """Verse of which only some lines end in a backslash. Prose with one such line end, wrapped by hand, is none."""
    hard = [_HARD_END.search(line) is not None for line in lines[:-1]]
    plain = [_HARD_END.sub("", line).strip() for line in lines]
    width = max(_FULL, max(map(len, plain)))
    soft = [n for n, ended in enumerate(hard) if not ended]
    short = [
        n
        for n in soft
        if any(hard[max(n - 1, 0) : n + 2])
        and max(len(plain[n]), len(plain[n + 1])) <= _VERSE_WIDTH
        and len(plain[n]) + 1 + len(plain[n + 1].split(" ", 1)[0]) <= width
    ]
    if soft and (short or sum(hard) > max(1, len(soft) - 1)):
        yield Remark(
            "MB206",
            "this line runs on into the next one, for it does not end in a backslash as others of these lines do",
            "if it is verse or an address, end each line but the last with a backslash (\\)",
            soft[0],
        )


def front_matter(lines: list[str]) -> int:
    """How many lines at the top are a block of settings between `---` lines, as blog programs write it; 0 for none."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    keys = 0
    for number, line in enumerate(lines[1:_HEAD], 1):
        if line.rstrip() in ("---", "..."):
            return number + 1 if keys else 0
        if _KEY.match(line):
            keys += 1
        elif not line.strip() or not keys or not _FRONT.match(line):
            return 0
    return 0


def looks_like_verse(content: str) -> bool:
    """Whether the lines of a paragraph end where the author wanted, not where a line was full.

    A line that had room for the next line's first word was ended on purpose. Such lines, none of them long, are verse, an
    address or a list, and would run together.
    """
    lines = [line.strip() for line in content.split("\n")]
    if len(lines) < 2 or lines[0] == "--":  # the signature of an e-mail, which has a finding of its own
        return False
    width = max(map(len, lines))
    if width > _VERSE_WIDTH:
        return False
    full = max(width, _FULL)
    wanted = sum(len(line) + 1 + len(following.split(" ", 1)[0]) <= full for line, following in pairwise(lines))
    return wanted * 3 >= (len(lines) - 1) * 2


def ends_a_sentence(line: str) -> bool:
    return _SENTENCE_END.search(line) is not None


def merged_line(lines: list[str], widest: int) -> int:
    """The index of the first line that was surely meant as a paragraph of its own; 0 for none.

    A sentence ends before it, one begins with it, and the line before it was ended on purpose: it is longer than any
    program wraps, or it had plenty of room. Where some line ends within a sentence the paragraph was wrapped, and only
    a line far shorter than the others counts.
    """
    lines = [line.strip() for line in lines]
    ends = [ends_a_sentence(line) and _BEGINS.match(then) is not None for line, then in pairwise(lines)]
    if not any(ends):
        return 0
    width = max(map(len, lines))
    unwrapped = all(ends) and (len(lines[0]) > _WRAPPED or (len(lines) > 2 and min(map(len, lines[:-1])) > _LONG_LINE))
    if unwrapped:
        return 1
    for number, (line, then) in enumerate(pairwise(lines), 1):
        if not ends[number - 1]:
            continue
        room = widest if len(line) > _LONG_LINE and all(ends) else width
        if len(line) > _NEVER_WRAPPED or len(line) + 1 + len(then.split(" ", 1)[0]) <= _ROOM * room:
            return 1 if all(ends) else number
    return 0


def indented_line(lines: list[str]) -> int:
    """The index of the first line that seems to begin a paragraph by an indent and not by an empty line; 0 for none."""
    if not any(line[:2] in ("  ", "\t") or line[:1] in ("\t", "\u3000") for line in lines[1:]):
        return 0
    indents = [len(line) - len(line.lstrip(" \t\u3000")) for line in lines]
    least = min(indents[1:])
    if min(indents) > 1 and len(set(indents)) == 1 and all(map(ends_a_sentence, lines)):
        return 1  # every line is a paragraph of its own
    for number in range(1, len(lines)):
        alone = number + 1 == len(lines) or indents[number + 1] <= least
        deeper = indents[number] > least + 1 or lines[number][:1] in ("\t", "\u3000")
        alone = alone and ends_a_sentence(lines[number - 1])  # else it is a line that hangs, or verse
        if deeper and alone and indents[number] > least and (number > 1 or indents[0] > least):
            return number
    return 0
