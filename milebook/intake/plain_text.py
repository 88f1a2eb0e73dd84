"""Plain text as mail programs send it, in lines, to paragraphs: undo format=flowed, and join lines that a program wrapped."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from milebook.intake.items import PARAGRAPH, QUOTE, SCENE, Passage, Span
from milebook.intake.story_markdown import SCENE_LINE
from milebook.intake.typed_lists import entry, entry_runs, is_marked

_QUOTE = re.compile(r"(?:>[ \t]?)+")
WRAPPED = (55, 80)  # characters of a line that a program wrapped, most often
LONG = 100  # lines that are longer and were not wrapped are paragraphs
_SLACK = 12  # characters by which a wrapped line may be shorter than the next word would explain
# Width of a text -> how many lines must be full, or full within a sentence that goes on in small letters: short ones may be verse.
_LEAST_LINES = ((WRAPPED[1] + 1, 2, 2), (WRAPPED[0], 4, 2), (45, 8, 3), (36, 24, 10))
_WIDEST = 160  # characters of a line that a program wrapped
_SENTENCE_END = re.compile(r"[.!?…:。！？][\"'”’“»)\]*_]*$")


def unflowed(text: str, delsp: bool = False) -> list[str]:
    """The lines of a format=flowed text, where a space at the end of a line joins it with the next of the same quotation."""
    out: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        rest = line[depth:]
        rest = rest.removeprefix(" ")
        flows = rest.endswith(" ") and rest != "-- "
        body = rest[:-1] if flows and delsp else rest
        if open_depth == depth and rest != "-- ":
            out[-1] += body
        else:
            out.append((">" * depth + " " if depth else "") + body)
        open_depth = depth if flows else -1
    return out


_ARMOR = re.compile(r"-----(BEGIN PGP SIGNED MESSAGE|BEGIN PGP SIGNATURE|END PGP SIGNATURE)-----\s*")


def without_armor(lines: list[str]) -> list[str]:
    """The lines of a text that PGP signed, without its own (RFC 9580, 7.1); other lines as they are."""
    marks = [(n, match[1]) for n, line in enumerate(lines) if (match := _ARMOR.fullmatch(line))]
    if [mark for _, mark in marks] != ["BEGIN PGP SIGNED MESSAGE", "BEGIN PGP SIGNATURE", "END PGP SIGNATURE"]:
        return lines
    start, end, last = (n for n, _ in marks)
    body = next((n for n in range(start, end) if not lines[n].strip()), end - 1) + 1
    return [*lines[:start], *(line.removeprefix("- ") for line in lines[body:end]), *lines[last + 1 :]]


def passages(lines: Iterable[str]) -> list[Passage]:
    """Paragraphs out of lines: an empty line parts them; lines that a program wrapped are joined, others are kept."""
    out: list[Passage] = []
    blocks = _blocks(lines)
    width = _width(blocks)
    for block in blocks:
        if len(block) == 1 and SCENE_LINE.fullmatch(block[0]) and block[0].strip() != "#":
            out.append(Passage((Span(block[0].strip()),), SCENE))
            continue
        quoted = all(line.lstrip().startswith(">") for line in block)
        if quoted:
            block = [_QUOTE.sub("", line, count=1) for line in block]
        for listed, part in [(False, block)] if quoted else _entries(block):
            if listed:
                out += [entry((Span(line.strip()),)) for line in part]
                continue
            texts = [paragraph for paragraph in _joined(part, width) if paragraph.strip()]
            out += [Passage((Span(paragraph),), QUOTE if quoted else PARAGRAPH) for paragraph in texts]
    return out


def _entries(block: list[str]) -> list[tuple[bool, list[str]]]:
    """A block in stretches: whether it is entries of a list, each in one line, and its lines."""
    lines: list[str] = []
    for line in block:
        if lines and is_marked(lines[-1]) and not is_marked(line) and _goes_on(lines[-1], line):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    runs = entry_runs(lines)
    if not any(entries for entries, _, _ in runs):
        return [(False, block)]
    return [(entries, lines[start:end]) for entries, start, end in runs]


def _goes_on(entry: str, line: str) -> bool:
    """Whether a line goes on with the entry above it: it is indented more, or a program wrapped the entry."""
    indent = len(entry) - len(entry.lstrip())
    deeper = len(line) - len(line.lstrip()) > indent
    return deeper or len(entry) + 1 + len(line.split()[0]) > WRAPPED[0] + 12


def _blocks(lines: Iterable[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        text = line.replace("\u00a0", " ").rstrip()
        if not text.strip("> \t"):
            blocks.append([])
        elif SCENE_LINE.fullmatch(text) or (
            blocks[-1] and text.lstrip().startswith(">") != blocks[-1][-1].lstrip().startswith(">")
        ):
            blocks.append([text])
            if SCENE_LINE.fullmatch(text):
                blocks.append([])
        else:
            blocks[-1].append(text)
    return [block for block in blocks if block]


def _joined(lines: list[str], width: int) -> list[str]:
    """The paragraphs in neighboring lines of a text that is wrapped at `width` characters; 0 where the whole of it does not show that."""
    if len(lines) == 1:
        return [lines[0].strip()]
    if _was_wrapped(lines) or (width and _full(lines, width) * 4 >= (len(lines) - 1) * 3):
        return _by_indent(lines)
    if max(map(len, lines)) > LONG:
        return [line.strip() for line in lines]
    return ["\n".join(line.strip() for line in lines)]


def _width(blocks: Sequence[list[str]]) -> int:
    """The width at which a whole text is wrapped, if it shows; else 0.

    Nearly every line but the last of a paragraph is then so long that the next word would not have fitted, and many end within a
    sentence.
    """
    inner = [line for block in blocks for line in block[:-1]]
    width = max((len(line) for block in blocks for line in block), default=0)
    least, least_within = next((row[1:] for row in _LEAST_LINES if width >= row[0]), (0, 0))
    if (
        not least
        or width > _WIDEST
        or (len(inner) < least and sum(_broken(block, width) for block in blocks) < least_within)
    ):
        return 0
    within = sum(not _SENTENCE_END.search(line) for line in inner)
    full = sum(_full(block, width) for block in blocks)
    return width if full * 10 >= len(inner) * 9 and within * 3 >= len(inner) else 0


def _broken(lines: Sequence[str], width: int) -> int:
    """How many lines had no room for the next word, and end in the middle of a sentence that goes on in small letters."""
    return sum(
        len(line) + 1 + len(following.split()[0]) > width
        and not _SENTENCE_END.search(line)
        and following.lstrip()[0].islower()
        for line, following in itertools.pairwise(lines)
        if following.strip()
    )


def _full(lines: Sequence[str], width: int) -> int:
    """How many lines but the last had no room for the next word."""
    return sum(
        len(line) + 1 + len((following.split() or [""])[0]) > width - 2 for line, following in itertools.pairwise(lines)
    )


def _was_wrapped(lines: list[str]) -> bool:
    """Whether a program broke the lines: three quarters of all but the last are long enough, and a next word would not have
    fitted where a line ends early. Lines that are longer than most programs make them were wrapped if they end within a
    sentence; verse is shorter, and a paragraph ends where its sentence does.
    """
    inner = lines[:-1]
    full = [line for line in inner if WRAPPED[0] <= len(line) <= WRAPPED[1]]
    if len(full) * 4 >= len(inner) * 3:
        width = max(map(len, (*full, lines[-1])))
        return _early(lines, width) * 4 <= len(inner)
    long = [line for line in inner if len(line) >= WRAPPED[0]]
    within = [line for line in inner if not _SENTENCE_END.search(line.rstrip())]
    if len(long) * 4 < len(inner) * 3 or len(within) * 2 < len(inner) or max(map(len, lines)) <= WRAPPED[1]:
        return False
    return _early(lines, max(map(len, lines))) * 4 <= len(inner)


def _early(lines: Sequence[str], width: int) -> int:
    """How many lines but the last would have had room for the next word."""
    return sum(
        len(line) + 1 + len((following.split() or [""])[0]) <= width - _SLACK
        for line, following in itertools.pairwise(lines)
    )


def _by_indent(lines: list[str]) -> list[str]:
    """Wrapped lines joined; an indented line begins a new paragraph where the others are not indented."""
    indented = [line[:1] in (" ", "\t") for line in lines]
    if not any(indented[1:]) or all(indented):
        return [" ".join(line.strip() for line in lines)]
    out = [lines[0].strip()]
    for line, begins in zip(lines[1:], indented[1:], strict=True):
        if begins:
            out.append(line.strip())
        else:
            out[-1] += " " + line.strip()
    return out
