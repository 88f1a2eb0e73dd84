"""A stretch of the book on its way into the file: set, then drawn and kept until the book is bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from milebook.model.packed_parts import pack, unpack
from milebook.writers.pdf.set_chapter import Forme
from milebook.writers.pdf.setting import Setting
from milebook.writers.pdf.stretches import Stretch
from milebook.writers.transcripts import Pair

WHITE = 3.0  # lines at the foot of a page that are worth a look

Value = TypeVar("Value")


class _Kept(Generic[Value]):
    """A value, or in a large book its bytes, which take a third of the memory."""

    def __init__(self, value: Value, *, packed: bool) -> None:
        self._value = None if packed else value
        self._bytes = pack(value) if packed else b""

    def get(self) -> Value:
        value: Value = unpack(self._bytes) if self._value is None else self._value
        return value


class SetStretch:
    """A stretch in its place in the book: first its `setting` or what is known of its pages, then its `forme`."""

    def __init__(self, stretch: Stretch, key: str, blank: list[tuple[int, bool]], folio: int, roman: bool) -> None:
        self.stretch, self.key, self.blank, self.folio, self.roman = stretch, key, blank, folio, roman
        self.setting: Setting | None = None
        self.forme: _Kept[Forme] | None = None  # without `transcript` and `labels`
        self._transcript: _Kept[list[Pair]] | None = None
        self.white: list[tuple[int, float, int]] = []  # number, lines left white and last part of the pages with WHITE
        self.count = 0  # of its pages, without the blank ones before it
        self.labels: list[tuple[str, int]] = []  # anchor -> page that it begins on, from 0
        self.sound = False  # nothing in it could not be printed as it is written

    def keep(self, forme: Forme, *, packed: bool) -> None:
        """Keep the stretch as it is drawn. The blocks of its setting would be most of what a book takes of the memory."""
        self.setting = None
        self.count, self.labels = len(forme.pages), forme.labels
        self.white = [(n, page.white, page.last_part) for n, page in enumerate(forme.pages) if page.white > WHITE]
        self._transcript = _Kept(forme.transcript, packed=packed)
        self.forme = _Kept(forme._replace(transcript=[], labels=[]), packed=packed)

    def transcript(self) -> list[Pair]:
        """Anchors and words of what its lines say; nothing as long as only its page numbers are known."""
        if self._transcript is not None:
            return self._transcript.get()
        return self.setting.transcript() if self.setting is not None else []


def transcript_of(stretches: Iterable[SetStretch]) -> Iterator[Pair]:
    """What the lines of some stretches that were placed really say, in their order."""
    return (words for one in stretches for words in one.transcript())
