"""What the faces of a document could not print, kept while it is set, and reported once a script, or once a character and text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from milebook.model.draft import Paragraph
from milebook.model.findings import Finding, Place, Related
from milebook.writers.pdf.galleys.boxes import Box
from milebook.writers.pdf.typefaces import fonts
from milebook.writers.pdf.typefaces.drawn_widths import is_sound
from milebook.writers.pdf.typefaces.scripts import whole_scripts

MOST_CHARACTERS = 12  # of one text that are reported one by one
MOST_SHOWN = 8  # characters of a script that are named as examples
MOST_RELATED = 3  # further texts that are named beside the first
# Scripts that are written without spaces between words, so that nothing says where a line may end.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1a20-\u1aad]")


def _further(count: int) -> str:
    return "one further character" if count == 1 else f"{count} further characters"


class Unprinted:
    """The characters that no face has, and what is written without spaces between words."""

    def __init__(self) -> None:
        self._missing: dict[tuple[str, str], list[Any]] = {}  # (character, file) -> [times, first place]
        self._unspaced: dict[str, Place] = {}  # file -> first place
        self._displaced: dict[str, Place] = {}  # words whose glyphs would stand where the line has no room for them
        self.met = 0  # times that something was seen that will be reported

    def watch(self, paragraph: Paragraph | None, boxes: Iterable[Box | None]) -> None:
        place = paragraph.place if paragraph is not None else Place("")
        for box in boxes:
            if box is None or box.text.isascii():
                continue
            for word, _ in box.segments:
                for char in word.missing:
                    seen = self._missing.setdefault((char, place.file), [0, place])
                    seen[0] += 1
                    self.met += 1
                if not word.solo and not all(is_sound(part, word.look.size) for part in word.parts):
                    self.met += 1
                    self._displaced.setdefault(word.text, place)
                if not word.missing and _is_unspaced(word.text):
                    self.met += 1
                    self._unspaced.setdefault(place.file, place)

    def findings(self, unknown: Iterable[str]) -> list[Finding]:
        """What the faces could not print. `unknown` are families that the layout names and milebook does not have."""
        unspaced = "this is written without spaces between words, so lines in the PDF may end inside a word"
        out = self._characters()
        out += [
            Finding("MB602", unspaced, place, "look at this passage in the PDF; Word and e-book readers break its lines by themselves")
            for place in self._unspaced.values()
        ]  # fmt: skip
        out += [
            Finding(
                "MB640",
                f"the PDF would draw “{word}” over its neighbors or off the page",
                place,
                "this is an internal error: please report it with this word",
            )
            for word, place in self._displaced.items()
        ]
        out += [
            Finding(
                "MB603",
                f"the layout asks for the typeface “{family}”, which milebook does not have; "
                f"{fonts.DEFAULT_FAMILY} is used instead",
                Place(""),
                f"choose one of {', '.join(sorted(fonts.FAMILIES))}",
            )
            for family in unknown
        ]
        return out

    def _characters(self) -> list[Finding]:
        """The characters that no face has: together where they are of one script, else one by one, and for a text with many
        of them the rest together."""
        scripts = whole_scripts(char for char, _ in self._missing)
        grouped: dict[str, list[tuple[str, int, Place]]] = {}
        by_file: dict[str, list[str]] = {}
        out: list[Finding] = []
        for (char, file), (times, place) in self._missing.items():
            if script := scripts.get(char, ""):
                grouped.setdefault(script, []).append((char, times, place))
                continue
            met = by_file.setdefault(file, [])
            met.append(char)
            if len(met) <= MOST_CHARACTERS:
                often = "once" if times == 1 else f"{times} times"
                fact = (
                    f"the PDF cannot print {char!r} ({_character_name(char)}), which stands here {often}: "
                    "an open square is printed in its place"
                )
                hint = "write it in another way, or let the printed book go without it; the DOCX and the EPUB have it as typed"
                out.append(Finding("MB600", fact, place, hint))
        for file, met in by_file.items():
            more = met[MOST_CHARACTERS:]
            if more:
                shown = " ".join(more[:30]) + (" …" if len(more) > 30 else "")
                fact = f"the PDF cannot print {_further(len(more))} of this text: {shown}"
                out.append(Finding("MB600", fact, Place(file), "the DOCX and the EPUB have them as typed"))
        return [_of_script(script, met) for script, met in grouped.items()] + out


def _of_script(script: str, met: list[tuple[str, int, Place]]) -> Finding:
    """One finding for a script that no face has, at its first place, with the other texts it stands in."""
    places: dict[str, Place] = {}
    for _, _, place in met:
        places.setdefault(place.file, place)
    if len(places) > 1:
        places.pop("", None)  # milebook's own lists of names and titles
    first, *others = places.values()
    count = sum(times for _, times, _ in met)
    where = f" in {len(places)} files" if others else " here"
    shown = " ".join(list(dict.fromkeys(char for char, _, _ in met))[:MOST_SHOWN])
    different = len({char for char, _, _ in met})
    fact = (
        f"the PDF cannot print {different} {script} ({shown}{' …' if different > MOST_SHOWN else ''}), which stand {count:,} times{where}: "
        "an open square is printed in the place of each"
    )
    hint = (
        "the DOCX and the EPUB have them as typed: for print, make the PDF from the DOCX in Word or LibreOffice, "
        "or write these words in Latin letters"
    )
    return Finding("MB600", fact, first, hint, tuple(Related("also here", place) for place in others[:MOST_RELATED]))


def _is_unspaced(text: str) -> bool:
    """Whether a text is in a script without spaces between words (Thai, Lao, Khmer, Burmese)."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def _character_name(char: str) -> str:
    """U+4E2D CJK UNIFIED IDEOGRAPH-4E2D, for messages."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'unnamed character')}"
