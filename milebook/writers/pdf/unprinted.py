"""What the faces of a document could not print, kept while it is set, and reported once a character and text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from milebook.model.draft import Paragraph
from milebook.model.findings import Finding, Place
from milebook.writers.pdf import fonts
from milebook.writers.pdf.shaping import Box
from milebook.writers.pdf.soundness import is_sound

MOST_CHARACTERS = 12  # of one text that are reported one by one


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
                if not word.missing and fonts.is_unspaced(word.text):
                    self.met += 1
                    self._unspaced.setdefault(place.file, place)

    def findings(self, unknown: Iterable[str]) -> list[Finding]:
        """What the faces could not print."""
        out: list[Finding] = []
        shown: dict[str, int] = {}
        for (char, file), (times, place) in self._missing.items():
            shown[file] = shown.get(file, 0) + 1
            if shown[file] > MOST_CHARACTERS:
                continue
            often = "once" if times == 1 else f"{times} times"
            out.append(
                Finding(
                    "MB600",
                    f"the PDF cannot print {char!r} ({fonts.character_name(char)}), which stands here {often}: "
                    "an open square is printed in its place",
                    place,
                    "write it in another way, or let the printed book go without it; the DOCX and the EPUB have it as typed",
                )
            )
        for file, count in shown.items():
            if count > MOST_CHARACTERS:
                more = [char for char, where in self._missing if where == file][MOST_CHARACTERS:]
                out.append(
                    Finding(
                        "MB600",
                        f"the PDF cannot print {_further(len(more))} of this text: {' '.join(more[:30])}"
                        f"{' …' if len(more) > 30 else ''}",
                        Place(file),
                        "the DOCX and the EPUB have them as typed",
                    )
                )
        for place in self._unspaced.values():
            out.append(
                Finding(
                    "MB602",
                    "this is written without spaces between words, so lines in the PDF may end inside a word",
                    place,
                    "look at this passage in the PDF; Word and e-book readers break its lines by themselves",
                )
            )
        for word, place in self._displaced.items():
            out.append(
                Finding(
                    "MB640",
                    f"the PDF would draw “{word}” over its neighbors or off the page",
                    place,
                    "this is a fault of milebook: please report it with this word",
                )
            )
        for family in unknown:
            out.append(
                Finding(
                    "MB603",
                    f"the layout asks for the typeface “{family}”, which milebook does not have; "
                    f"{fonts.DEFAULT_FAMILY} is used instead",
                    Place(""),
                    f"choose one of {', '.join(sorted(fonts.FAMILIES))}",
                )
            )
        return out
