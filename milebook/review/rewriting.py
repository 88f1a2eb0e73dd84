"""Write a paragraph's marks of emphasis anew: the last resort where no small splice gives an edit the right looks.

Every letter that stays keeps its own source, with its backslashes, line breaks and straight quotation marks; queries and notes stay
where they were. Paragraphs with links, code or passages in other languages are not written anew.
"""

from __future__ import annotations

from typing import NamedTuple

from milebook.review.merging import Placed
from milebook.review.source_map import Mapped
from milebook.review.source_text import Stream
from milebook.review.to_markdown import escaped, marks
from milebook.review.word_text import END, NOTE


class _Letter(NamedTuple):
    written: str
    look: int
    queries: str = ""  # that stand before it


def rewritten(source: str, stream: Stream, edit: Placed, *, escape: bool) -> tuple[int, int, str] | None:
    """The splice of the block that an edit is in; None where it cannot be written anew."""
    view = stream.views[stream.at(edit.start)]
    mapped = view.mapped
    begin, end = edit.start - view.first, edit.end - view.first
    typed = "".join(one.text for one in edit.typed)
    if end > len(mapped.text) or END in typed or NOTE in typed or edit.taken or -1 in mapped.starts:
        return None
    if any(atom.kind == "target" or source[atom.start] in "`[" for atom in mapped.silent):
        return None
    old = _letters(source, mapped)
    if edit.look is not None:
        new = [*old[:begin], *(one._replace(look=edit.look) for one in old[begin:end]), *old[end:]]
    else:
        come = [
            _Letter(escaped(c) if escape else c, one.look) for one in edit.typed for c in one.text.replace("\n", " ")
        ]
        waiting = "".join(one.queries for one in old[begin:end])
        new = [*old[:begin], *come]
        rest = old[end:]
        if waiting and rest:
            rest = [rest[0]._replace(queries=waiting + rest[0].queries), *rest[1:]]
        elif waiting:
            new.append(_Letter("", 0, waiting))
        new += rest
    tail = "".join(
        source[a.start : a.end] for a in mapped.silent if a.kind == "query" and a.start >= (mapped.ends or [0])[-1]
    )
    start = _first(mapped, view.start, source)
    return start, view.end, _joined(new) + (f" {tail}" if tail else "")


def _first(mapped: Mapped, start: int, source: str) -> int:
    """Where the block's text begins, marks of emphasis included."""
    first = mapped.starts[0] if mapped.starts else start
    while first > start and source[first - 1] in "*_":
        first -= 1
    return first


def _letters(source: str, mapped: Mapped) -> list[_Letter]:
    made: list[_Letter] = []
    queries = [atom for atom in mapped.silent if atom.kind == "query"]
    for index, (start, end, look) in enumerate(zip(mapped.starts, mapped.ends, mapped.looks, strict=True)):
        before = ""
        while queries and queries[0].start < start:
            atom = queries.pop(0)
            before += source[atom.start : atom.end] + " "
        shared = index and start == mapped.starts[index - 1]  # two letters of one piece of source
        made.append(_Letter("" if shared else source[start:end], look, before))
    return made


def _joined(letters: list[_Letter]) -> str:
    """The letters with marks of emphasis round each stretch of one look; spaces stay outside."""
    made: list[str] = []
    index = 0
    while index < len(letters):
        look = letters[index].look
        last = index
        while last < len(letters) and letters[last].look == look:
            last += 1
        stretch = letters[index:last]
        first, final = 0, len(stretch)
        while first < final and not stretch[first].written.strip():
            first += 1
        while final > first and not stretch[final - 1].written.strip():
            final -= 1
        mark = marks(look) if first < final else ""
        made += [one.queries + one.written for one in stretch[:first]]
        inside = "".join(one.queries + one.written for one in stretch[first:final])
        made.append(f"{mark}{inside}{mark[::-1]}")
        made += [one.queries + one.written for one in stretch[final:]]
        index = last
    return "".join(made)
