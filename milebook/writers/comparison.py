"""Compare what each writer wrote with the Draft it was given, so that no word is lost in any format.

A difference is an error that names the paragraph, and then no file is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from milebook.model.draft import Draft, Figure, Paragraph, Table
from milebook.model.findings import NOWHERE, Finding, Place
from milebook.model.shortening import cut_short

INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f]")
SHOWN = 5


def expected(draft: Draft) -> Iterator[tuple[str, str, Place]]:
    """(anchor, text, place) of everything a file must hold, in order, as `writers.Written.transcript` has it.

    Notes of a part come after its items in no fixed order of their own, since each format has its own place for them.
    """
    for part in draft.parts:
        for item in part.items:
            if isinstance(item, Paragraph):
                yield item.anchor, item.text, item.place
            else:
                yield from _expected_item(item)
        for note in part.notes:
            for paragraph in note.paragraphs:
                yield paragraph.anchor, paragraph.text, paragraph.place


def _expected_item(item: Figure | Table) -> Iterator[tuple[str, str, Place]]:
    if isinstance(item, Figure):
        yield "figure", "" if item.decorative else item.alt, item.place
        if item.caption is not None:
            yield item.caption.anchor, f"{item.label} {item.caption.text}", item.caption.place
        if item.credit is not None:
            yield item.credit.anchor, item.credit.text, item.credit.place
    else:
        cells = [*item.head, *(cell for row in item.rows for cell in row)]
        yield item.anchor, " ".join(cells), NOWHERE


def compare(draft: Draft, transcript: Iterable[tuple[str, str]], name: str) -> list[Finding]:
    """Errors for what the file of format `name` has lost, changed, reordered or added against its Draft."""
    paragraphs = [paragraph for part in draft.parts for note in part.notes for paragraph in note.paragraphs]
    wanted_notes = {paragraph.anchor: (paragraph.anchor, paragraph.text, paragraph.place) for paragraph in paragraphs}
    written_notes: dict[str, str] = {}

    def body() -> Iterator[tuple[str, str]]:
        for anchor, text in transcript:
            if anchor in wanted_notes:
                written_notes[anchor] = text
            elif _says_something(text):
                yield anchor, text

    wanted_body = (want for want in expected(draft) if want[0] not in wanted_notes and _says_something(want[1]))
    written_body = body()
    findings: list[Finding] = []
    for want, wrote in zip_longest(wanted_body, written_body):
        if want is not None and wrote is not None and want[0] == wrote[0] and _alike(want[1], wrote[1]):
            continue
        findings.append(_difference(want, wrote, name))
        break  # what follows is shifted; the first difference is the one to look at
    for _ in written_body:  # for the notes
        pass
    for anchor, want in wanted_notes.items():
        if not _alike(want[1], written_notes.get(anchor, "")) and len(findings) < SHOWN:
            wrote_note = (anchor, written_notes[anchor]) if anchor in written_notes else None
            findings.append(_difference(want, wrote_note, name))
    return findings


def _alike(one: str, other: str) -> bool:
    return one == other or _folded(one) == _folded(other)


def _says_something(text: str) -> bool:
    return bool(text) and ((text[0].isprintable() and text[0] not in " \ufe0e\ufe0f") or bool(_folded(text)))


def _difference(want: tuple[str, str, Place] | None, wrote: tuple[str, str] | None, name: str) -> Finding:
    want = want and (want[0], _folded(want[1]), want[2])
    wrote = wrote and (wrote[0], _folded(wrote[1]))
    place = want[2] if want else NOWHERE
    if want is None:
        message = f"the {name.upper()} holds words that are not in the book: “{cut_short((wrote or ('', ''))[1])}”"
    elif wrote is None:
        message = f"the {name.upper()} has lost “{cut_short(want[1])}”"
    elif want[0] != wrote[0]:
        message = f"the {name.upper()} has “{cut_short(wrote[1])}” where “{cut_short(want[1])}” should stand"
    else:
        start = next((i for i, (a, b) in enumerate(zip(want[1], wrote[1], strict=False)) if a != b), None)
        at = max(0, (start if start is not None else min(len(want[1]), len(wrote[1]))) - 20)
        message = (
            f"the {name.upper()} says “{cut_short(wrote[1][at:])}” where the book says “{cut_short(want[1][at:])}”"
        )
    return Finding("MB640", message, place, "this is an internal error: please report it with this story")


def _folded(text: str) -> str:
    """Text without what cannot be seen: kinds of white space, joiners, soft hyphens, forms of composition."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", INVISIBLE.sub("", text)).split())
