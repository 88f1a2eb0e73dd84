"""Prose that was sent with single line breaks: its lines become paragraphs or are joined, and verse stays verse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from milebook.intake.items import PARAGRAPH, QUOTE, Passage, Picture, Span
from milebook.markdown import prose_lines


def with_paragraphs(passages: Sequence[Passage], pictures: Iterable[Picture] = ()) -> list[Passage]:
    """The passages, where one of several lines is prose as the paragraphs that it is. The places of pictures move along."""
    out: list[Passage] = []
    places = [0]  # for each place between the passages that were, the place it has now
    for one in passages:
        out += _parted(one) if one.kind in (PARAGRAPH, QUOTE) and "\n" in one.text.strip() else [one]
        places.append(len(out))
    for picture in pictures:
        if picture.after is not None and picture.after < len(places):
            picture.after = places[picture.after]
    return out


def lines_of(spans: Iterable[Span]) -> list[tuple[Span, ...]]:
    """The lines of a passage, each with its own spans."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        for n, text in enumerate(span.text.split("\n")):
            if n:
                lines.append([])
            if text or (span.note and not n):
                lines[-1].append(span._replace(text=text))
    return [tuple(line) for line in lines]


def _parted(one: Passage) -> list[Passage]:
    lines = [line for line in lines_of(one.spans) if any(span.text.strip() or span.note for span in line)]
    found = prose_lines.between(["".join(span.text for span in line) for line in lines])
    if all(sign == prose_lines.VERSE for sign in found):
        return [one]
    parts = [list(lines[0])]
    for sign, line in zip(found, lines[1:], strict=True):
        if sign == prose_lines.PARAGRAPH:
            parts.append(list(line))
        elif line[0].note:
            parts[-1] += (Span(sign), *line)
        else:
            parts[-1] += (line[0]._replace(text=sign + line[0].text), *line[1:])
    return [one._replace(spans=tuple(spans)) for spans in parts]
