"""Lists typed with hyphens, stars or numbers, in lines or in paragraphs: each entry becomes an entry, as if its writer had used
the lists of a word processor.

Where the language of a story writes speech with dashes, the reader of stories takes such entries for speech. So nothing has to
be known of the language here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from milebook.intake.items import BULLET, NUMBER, PARAGRAPH, Passage, Picture, Span
from milebook.intake.line_breaks import lines_of

_BULLET = re.compile(r"[ \t]*[-*•‣▪●◦][ \t]+(?=[^\s\-*•‣▪●◦])")
_NUMBER = re.compile(r"[ \t]*(\d{1,2})([.)])(?:[ \t]+(?=\S)|(?=[^\W\d_]))")  # “1) Shoes”, “1. Shoes” and “1)Shoes”
_GLUED = re.compile(r"[ \t]*-(?=[^\W\d_])")  # a hyphen without its space, as one of several
LEAST = 2  # one line with a hyphen is an attribution, or a single thing said; one with a number is a date or a place in a race


def is_marked(line: str) -> bool:
    """Whether a line begins as an entry of a list does."""
    return bool(_BULLET.match(line) or _NUMBER.match(line))


def entry(spans: Sequence[Span]) -> Passage:
    """A line as an entry. The mark may be a span of its own, or part of the first."""
    text = "".join(span.text for span in spans)
    number = _NUMBER.match(text)
    mark = number or _BULLET.match(text) or _GLUED.match(text)
    gone = mark.end() if mark else 0
    left: list[Span] = []
    for span in spans:
        cut = min(gone, len(span.text))
        gone -= cut
        if span.text[cut:] or span.note:
            left.append(span._replace(text=span.text[cut:]))
    return Passage(tuple(left), NUMBER, f"{int(number[1])}{number[2]}") if number else Passage(tuple(left), BULLET)


def _lists(lines: Sequence[str]) -> list[str]:
    """For each line the list that it may be an entry of, "" for none: entries of one list have the same mark, or count up by one."""
    found: list[str] = []
    for n, line in enumerate(lines):
        number = _NUMBER.match(line)
        if number:
            found.append(f"{int(number[1]) - n}{number[2]}")
        elif _BULLET.match(line) or (found and found[-1] == "-" and _GLUED.match(line)):
            found.append("-")
        else:
            found.append("")
    return found


def entry_runs(lines: Sequence[str]) -> list[tuple[bool, int, int]]:
    """The lines in stretches (whether they are entries of a list, the first, the one after the last); all of them in order."""
    lists = _lists(lines)
    runs: list[tuple[bool, int, int]] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lists[end] == lists[at]:
            end += 1
        entries = bool(lists[at]) and end - at >= LEAST
        if runs and not entries and not runs[-1][0]:
            runs[-1] = (False, runs[-1][1], end)
        else:
            runs.append((entries, at, end))
        at = end
    return runs


def with_lists(passages: Sequence[Passage], pictures: Iterable[Picture] = ()) -> list[Passage]:
    """The passages with each typed list as a list. The places of pictures move along."""
    out: list[Passage] = []
    places = [0]  # for each place between the passages that were, the place it has now
    for entries, start, end in entry_runs([_line(one) for one in passages]):
        for one in passages[start:end]:
            out += [entry(one.spans)] if entries else _parted(one)
            places.append(len(out))
    for picture in pictures:
        if picture.after is not None and picture.after < len(places):
            picture.after = places[picture.after]
    return out


def _line(one: Passage) -> str:
    """A paragraph of one line, which may be an entry; "" for any other passage."""
    return one.text if one.kind == PARAGRAPH and "\n" not in one.text.strip() else ""


def _parted(one: Passage) -> list[Passage]:
    """A paragraph of several lines as paragraphs and entries; any other passage as it is."""
    if one.kind != PARAGRAPH or "\n" not in one.text:
        return [one]
    lines = lines_of(one.spans)
    runs = entry_runs(["".join(span.text for span in line) for line in lines])
    if not any(entries for entries, _, _ in runs):
        return [one]
    out: list[Passage] = []
    for entries, start, end in runs:
        if entries:
            out += [entry(line) for line in lines[start:end]]
        else:
            spans = [span for n, line in enumerate(lines[start:end]) for span in ((Span("\n"),) if n else ()) + line]
            out.append(one._replace(spans=tuple(spans)))
    return out
