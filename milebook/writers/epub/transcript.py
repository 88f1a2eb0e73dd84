"""Read back what a finished e-book says, for the comparison with the Draft.

The pages are first parsed to their end, for they have to be sound. What they say is then read from their text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from milebook.writers.transcripts import Pair, folded, plain, sound

# A paragraph, heading, literal passage or table with all that is in it (none of them holds another of its kind), a picture
# or a scene break.
_PIECE = re.compile(r"<(p|h[1-6]|pre|table)(?=[ >])([^>]*)>([^<]*(?:<(?!/\1>)[^<]*)*)</\1>|<(img|hr)(?=[ /])([^>]*)/>")
_ATTRIBUTE = re.compile(r' (id|alt|data-alt|data-text)="([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')
# it numbers a note and is no text of it
_LABEL = re.compile(r'<span class="note-number">[^<]*(?:<(?!/span>)[^<]*)*</span>')
_GAP = re.compile(r"<br/>|</t[dh]>")
_TAG = re.compile(r"<[^>]*>")


def transcribe(pages: Iterable[bytes]) -> Iterator[Pair]:
    """(id, text) of every paragraph, caption, credit, note and table in reading order, and ("figure", alt) of every picture.

    Raises ExpatError where a page is not sound.
    """
    for page in pages:
        for found in _PIECE.finditer(sound(page).decode()):
            tag, given, inside, alone, of_alone = found.groups("")
            if tag:
                named = _ID.search(given)
                yield named[1] if named else "", _text(inside)
                continue
            about = dict(_ATTRIBUTE.findall(of_alone))
            if alone == "hr":
                yield about.get("id", ""), folded(plain(about.get("data-text", "")))
            else:
                missing = about.get("data-alt") == "missing"
                yield "figure", "" if missing else plain(about.get("alt", ""))


def _text(inside: str) -> str:
    """The characters inside an element, cells of a table with a space between them."""
    if "<" in inside:
        inside = _TAG.sub("", _GAP.sub(" ", _LABEL.sub("", inside)))
    return folded(plain(inside))
