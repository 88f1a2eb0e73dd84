"""Shape words once for a document: their widths and drawing operators.

Widths are points. A `Word` is what one look makes of one string, a `Look` all that decides how it is drawn.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter
from typing import Any, NamedTuple

from milebook.model.text import Run
from milebook.writers.pdf.typefaces.embed import Fontcase
from milebook.writers.pdf.typefaces.fallback import Piece, is_plain, pieces
from milebook.writers.pdf.typefaces.fonts import Glyph
from milebook.writers.pdf.typefaces.stand_ins import SPACES

MOST_WORDS = 20_000  # kept in one look, for using them again


class Mark(NamedTuple):
    """What a run is beside its looks: a link's address, a footnote's number, a language, a query, code."""

    link: str = ""
    note: int = 0
    lang: str = ""
    query: int = 0
    code: bool = False


class Part(NamedTuple):
    """A stretch of a shaped word in one face: `body` is the inside of a TJ array, `width` points."""

    face: int  # its number, see `fonts.NUMBERS`
    body: str
    width: float
    lifted: tuple[tuple[float, str, float], ...] = ()  # (rise, body, width): marks set off the baseline
    actual: str = ""  # the text, where the glyphs cannot say it one by one


class Word:
    """One string in one look."""

    __slots__ = ("_stops", "look", "missing", "parts", "solo", "text", "width")

    def __init__(self, look: Look, text: str) -> None:
        self.look = look
        self.text = text
        self.parts, self.missing, self._stops = look.shape(text)
        self.width: float = sum([part.width for part in self.parts])
        self.solo = ""  # the one body of a word that stands on its baseline in the look's own face
        if len(self.parts) == 1:
            part = self.parts[0]
            if part.face == look.space_face and not part.lifted and not part.actual:
                self.solo = part.body

    def until(self, cut: int) -> float:
        """Width of the first `cut` characters, as they stand inside the word."""
        if cut >= len(self.text):
            return self.width
        stop = bisect_right(self._stops, cut, key=itemgetter(0))  # a "word" may have a million characters
        return self._stops[stop - 1][1] if stop else 0.0


class Look:
    """Everything that decides how characters are drawn: faces, size, small caps, letter spacing, rise, color."""

    __slots__ = ("_at", "_key", "_with_one", "_words", "bold", "boxes", "caps", "case", "color", "features", "hyphen", "italic", "language", "level", "main", "rise", "size", "space", "space_body", "space_face", "tracking")  # fmt: skip

    def __init__(self, case: Fontcase, family: str, bold: bool, italic: bool, small_caps: bool, caps: bool, size: float, tracking: float, rise: float, color: str, figures: str, language: str, level: int = 0) -> None:  # fmt: skip
        self._key = (case, family, bold, italic, small_caps, caps, size, tracking, rise, color, figures, language)
        self._at: dict[int, Look] = {level: self}  # what looks the same at other levels
        self.case = case
        self.level = level  # of the direction, see `model.bidi`: odd for words from right to left
        self.bold, self.italic, self.caps = bold, italic, caps
        self.size, self.tracking, self.rise, self.color, self.language = size, tracking, rise, color, language
        self.main = case.face(family, bold, italic)
        self.features = {"kern": True, "liga": not tracking and level % 2 == 0, "clig": False}
        if small_caps and figures != "superior":
            self.features["smcp"] = True
        if caps:
            self.features["case"] = True
        lining = {**self.features, "lnum": True, "pnum": figures != "tabular"}
        self._with_one = lining  # of words with a 1: an old-style one, and one among small capitals, reads as I
        if figures == "superior":
            self._with_one = self.features = {**self.features, "sups": True}
        elif figures == "old-style" and not caps and not small_caps:
            self.features = {**self.features, "onum": True, "pnum": True}
        else:
            self.features = lining
        self._words: dict[str, Word] = {}
        self.boxes: dict[str, Any] = {}  # what `boxes.box_of` has made of its words, let go when they are
        self.space_face = self.main.number
        blank = self.word(" ")
        self.space = blank.width
        self.space_body = blank.parts[0].body
        self.hyphen = self.word("-").width

    def at(self, level: int) -> Look:
        """The same look for words of another level."""
        found = self._at.get(level)
        if found is None:
            found = self._at[level] = Look(*self._key, level)
        return found

    def word(self, text: str) -> Word:
        """The shaped string, shaped once."""
        word = self._words.get(text)
        if word is None:
            if len(self._words) >= MOST_WORDS:  # a long book has ever new ones, and each takes a kilobyte
                self._words.clear()
                self.boxes.clear()
            word = self._words[text] = Word(self, text)
        return word

    def shape(self, text: str) -> tuple[tuple[Part, ...], tuple[str, ...], list[tuple[int, float]]]:
        """Parts of a string in reading order, the characters no face has, and (character, points) at which its signs
        begin, counted from the edge that it is read from.
        """
        leftward = self.level % 2 == 1
        features = self._with_one if "1" in text else self.features
        if text and not self.caps and not leftward and is_plain(self.main, text):
            plain = self.main.shape_plain(text, features, self.language)
            if plain is not None:
                return self._set_plain(plain)
        scale = self.size / 1000
        parts: list[Part] = []
        missing: list[str] = []
        stops: list[tuple[int, float]] = []
        x, at = 0.0, 0
        for piece in pieces(self.main, text, self.bold, self.italic, self.caps):
            missing += piece.missing
            glyphs = piece.face.shape(piece.typed, piece.shown, piece.origin, features, self.language, leftward)
            width = SPACES.get(piece.typed, 0.0)
            if width and len(glyphs) == 1:
                glyphs = [glyphs[0]._replace(advance=width * 1000)]
            elif piece.missing:
                glyphs = [glyph._replace(text=piece.typed if not i else "") for i, glyph in enumerate(glyphs)]
            for glyph in reversed(glyphs) if leftward else glyphs:
                if glyph.text:
                    stops.append((at, x))
                    at += len(glyph.text)
                x += (glyph.advance + (self.tracking if glyph.text else 0)) * scale
            parts.append(self._part(piece, glyphs, scale))
        return tuple(parts), tuple(missing), stops

    def _set_plain(self, glyphs: list[tuple[int, str, float, float]]) -> tuple[tuple[Part, ...], tuple[str, ...], list[tuple[int, float]]]:  # fmt: skip
        """What `shape` says of glyphs that stand side by side in the look's own face, see `Face.shape_plain`."""
        scale, tracking = self.size / 1000, self.tracking
        stops: list[tuple[int, float]] = []
        body, x = "<", 0.0
        for start, code, advance, natural in glyphs:
            stops.append((start, x))
            body += code
            after = natural - advance - tracking
            x += (advance + tracking) * scale
            if after >= 0.5 or after <= -0.5:
                body += f">{after:.0f}<"
        body = body[:-1] if body[-1] == "<" else body + ">"
        return (Part(self.space_face, body, x),), (), stops

    def _part(self, piece: Piece, glyphs: list[Glyph], scale: float) -> Part:
        coding = piece.face.coding
        body, run, width = [], "", 0.0
        said = sorted("".join([glyph.text for glyph in glyphs]))
        leftward = self.level % 2 == 1
        codes = [coding.code(glyph.gid, glyph.text, leftward) if glyph.text else "" for glyph in glyphs]
        marked = any(not glyph.advance or glyph.dx for glyph in glyphs)  # readers put spaces after marks that go back
        # and those that turn the words of a line around would turn around what is stated for a whole word, too
        actual = piece.typed if (marked and not leftward) or not all(codes) or said != sorted(piece.typed) else ""
        flat = all(not g.dy for g in glyphs)
        lifted: list[tuple[float, str, float]] = []
        for glyph, known in zip(glyphs, codes, strict=True):
            code = known or coding.plain(glyph.gid)
            tracking = self.tracking if glyph.text else 0.0
            after = glyph.natural - glyph.advance - tracking
            if glyph.dx:
                if run:
                    body.append(f"<{run}>")
                    run = ""
                body.append(f" {-glyph.dx:.0f}")  # the space keeps it apart from a number before it
                after += glyph.dx
            run += code
            if abs(after) >= 0.5:
                body.append(f"<{run}>{after:.0f}")
                run = ""
            advance = (glyph.advance + tracking) * scale
            width += advance
            if not flat:
                if run:
                    body.append(f"<{run}>")
                    run = ""
                lifted.append((glyph.dy * scale, "".join(body), advance))
                body = []
        if run:
            body.append(f"<{run}>")
        return Part(piece.face.number, "".join(body), width, tuple(lifted), actual)


Segment = tuple[Word, Mark | None]


def mark_of(run: Run) -> Mark | None:
    """A run's links and the like, or None for plain text."""
    if run.link or run.note or run.lang or run.query or run.code:
        return Mark(run.link, run.note, run.lang, run.query, run.code)
    return None
