"""One truth in all formats: what each writer really wrote, compared with the Draft it was given, and so with each other.

Draft and transcripts in, findings out. A difference is an error that names the paragraph: no file with a lost word leaves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from milebook.draft import Draft, Figure, Item, Paragraph, Table
from milebook.findings import Finding, Place

INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f]")
SHOWN = 5


def expected(draft: Draft) -> Iterator[tuple[str, str, Place]]:
    """(anchor, text, place) of everything a file must hold, in order, as `writers.Written.transcript` has it.

    Notes of a part come after its items in no fixed order of their own, since each format has its own place for them.
    """
    for part in draft.parts:
        for item in part.items:
            yield from _expected_item(item)
        for note in part.notes:
            for paragraph in note.paragraphs:
                yield paragraph.anchor, paragraph.text, paragraph.place


def _expected_item(item: Item) -> Iterator[tuple[str, str, Place]]:
    if isinstance(item, Paragraph):
        yield item.anchor, item.text, item.place
    elif isinstance(item, Figure):
        yield "figure", "" if item.decorative else item.alt, item.place
        if item.caption is not None:
            yield item.caption.anchor, f"{item.label} {item.caption.text}", item.caption.place
        if item.credit is not None:
            yield item.credit.anchor, item.credit.text, item.credit.place
    elif isinstance(item, Table):
        cells = [*item.head, *(cell for row in item.rows for cell in row)]
        yield item.anchor, " ".join(cells), Place("")


def compare(draft: Draft, transcript: Sequence[tuple[str, str]], name: str) -> list[Finding]:
    """Errors for what the file of format `name` has lost, changed, reordered or added against its Draft."""
    note_anchors = {p.anchor for part in draft.parts for note in part.notes for p in note.paragraphs}
    wanted_body: list[tuple[str, str, Place]] = []
    wanted_notes: dict[str, tuple[str, str, Place]] = {}
    for anchor, text, place in expected(draft):
        want = (anchor, _folded(text), place)
        if anchor in note_anchors:
            wanted_notes[anchor] = want
        elif want[1]:
            wanted_body.append(want)
    written_body: list[tuple[str, str]] = []
    written_notes: dict[str, str] = {}
    for anchor, text in transcript:
        folded = _folded(text)
        if anchor in note_anchors:
            written_notes[anchor] = folded
        elif folded:
            written_body.append((anchor, folded))
    findings: list[Finding] = []
    for want, wrote in zip_longest(wanted_body, written_body):
        if want is not None and wrote is not None and want[0] == wrote[0] and want[1] == wrote[1]:
            continue
        findings.append(_difference(want, wrote, name))
        break  # what follows is shifted; the first difference is the one to look at
    for anchor, want in wanted_notes.items():
        if written_notes.get(anchor, "") != want[1] and len(findings) < SHOWN:
            wrote_note = (anchor, written_notes[anchor]) if anchor in written_notes else None
            findings.append(_difference(want, wrote_note, name))
    return findings


def _difference(want: tuple[str, str, Place] | None, wrote: tuple[str, str] | None, name: str) -> Finding:
    place = want[2] if want else Place("")
    if want is None:
        message = f"the {name.upper()} holds words that are not in the book: “{_short((wrote or ('', ''))[1])}”"
    elif wrote is None:
        message = f"the {name.upper()} has lost “{_short(want[1])}”"
    elif want[0] != wrote[0]:
        message = f"the {name.upper()} has “{_short(wrote[1])}” where “{_short(want[1])}” should stand"
    else:
        start = next((i for i, (a, b) in enumerate(zip(want[1], wrote[1], strict=False)) if a != b), None)
        at = max(0, (start if start is not None else min(len(want[1]), len(wrote[1]))) - 20)
        message = f"the {name.upper()} says “{_short(wrote[1][at:])}” where the book says “{_short(want[1][at:])}”"
    return Finding("MB640", message, place, "this is milebook's own fault: please report it with this story")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _folded(text: str) -> str:
    """Text without what cannot be seen: kinds of white space, joiners, soft hyphens, forms of composition."""
    if text.isprintable() and "  " not in text and not (text[:1] == " " or text[-1:] == " "):
        # The commonest: no white space but single spaces, and nothing invisible but, perhaps, forms of composition.
        if text.isascii():
            return text
        if "\ufe0e" not in text and "\ufe0f" not in text:  # those of INVISIBLE that Python calls printable
            return unicodedata.normalize("NFC", text)
    return " ".join(unicodedata.normalize("NFC", INVISIBLE.sub("", text)).split())
