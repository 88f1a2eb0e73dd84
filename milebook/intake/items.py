"""What a source finds in a file: one Found for each mail, comment, post or answer, before anything is decided about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from milebook.checks.word_counts import count

# Every item has exactly one of these verdicts.
NEW, SAME, CHANGED, CORRECTION, ALIKE, SHORT, REPLY, OURS, ANSWER, PING, SKIPPED, UNREADABLE = VERDICTS = (
    "new", "same", "changed", "correction", "alike", "short", "reply", "ours", "answer", "ping", "skipped", "unreadable",
)  # fmt: skip

PARAGRAPH, QUOTE, BULLET, NUMBER, HEADING, SCENE = "paragraph", "quote", "bullet", "number", "heading", "scene"


class Span(NamedTuple):
    """Characters with one look. "\\n" in `text` is a line break that the writer meant."""

    text: str
    bold: bool = False
    italic: bool = False
    note: str = ""  # the words of a footnote that hangs here; then `text` is ""


class Passage(NamedTuple):
    """One paragraph of what was received, without any markup; `label` is a list number as typed, such as "3."."""

    spans: tuple[Span, ...]
    kind: str = PARAGRAPH
    label: str = ""
    level: int = 0  # of quotations and lists: how deep, from 0; of headings from 1

    @property
    def text(self) -> str:
        return "".join([span.text for span in self.spans])


@dataclass(slots=True)
class Picture:
    """A picture that came with an item. `name` is what the sender called it: shown, never used as a path."""

    name: str
    suffix: str  # by what the bytes are: ".jpg", ".png" …
    read: Callable[[], bytes]  # the bytes as received
    caption: str = ""
    alt: str = ""
    credit: str = ""  # set only where the author of the book says so
    after: int | None = None  # it stands after so many passages; None where nothing shows a place
    pixels: tuple[int, int] = (0, 0)  # (0, 0) where the head of the file does not say


@dataclass(slots=True)
class Original:
    """The bytes an item came from, as they are kept under `originals/`."""

    suffix: str
    digest: str  # SHA-256 of the bytes, in hexadecimal
    read: Callable[[], bytes]

    @property
    def name(self) -> str:
        """The file's name under `originals/`; it depends on nothing but the bytes."""
        return f"{self.digest[:16]}{self.suffix}"


@dataclass(slots=True)
class Found:
    """One thing found in a file.

    `key` names it for good: the same mail or comment has the same key in every export. `verdict` is set by the source only
    where the file itself decides (ping, skipped, unreadable, ours, reply); "" leaves it to the plan.
    """

    kind: str  # email | comment | post | form | docx | text
    key: str
    source: str = ""  # the file, as the user knows it
    name: str = ""
    email: str = ""
    location: str = ""
    age: int | None = None
    received: str = ""  # ISO day in the sender's own time zone, "" where nothing says it
    moment: str = ""  # ISO date and time, to sort by; "" where there is none
    title: str = ""  # as the sender has it: a subject, a heading; "" for none
    heading: str = ""  # the title that the attached document itself has: surer than a subject
    passages: list[Passage] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    verdict: str = ""
    why: str = ""
    answers: tuple[str, ...] = ()  # keys of what it answers, the nearest last
    published: str = ""  # where it can be read already
    original: Original | None = None
    credit: str = ""  # who took the photo, as the sender says; proposed, never set
    no_column: bool = False  # a form without a column that the user named
    answer: str = ""  # about being printed, where it is no plain yes
    anonymous: bool = False  # the sender asks that the name be left out
    file_named: bool = False  # its title is only the name of its file
    answering: bool = False  # "Re:" stood before its title, which is then the subject of the mail it answers
    forwarding: bool = False  # "Fwd:" stood before its title
    quoted: bool = False  # somebody else's mail stood below it and was cut, or it is marked as an answer

    @property
    def original_name(self) -> str:
        """The name of the original under `originals/`, "" for none."""
        return self.original.name if self.original else ""

    def take_out(self, number: int) -> Passage:
        """Remove the passage with this number, from 0; the pictures behind it move up."""
        return take_out(self.passages, self.pictures, number)

    @property
    def text(self) -> str:
        """All words, one passage a paragraph, without markup."""
        return "\n\n".join([passage.text for passage in self.passages])


def passage(text: str, kind: str = PARAGRAPH) -> Passage:
    """A passage of plain characters."""
    return Passage((Span(text),), kind)


def take_out(passages: list[Passage], pictures: Iterable[Picture], number: int) -> Passage:
    """Remove a passage by its number, from 0, and move up the pictures behind it."""
    for one in pictures:
        if one.after is not None and one.after > number:
            one.after -= 1
    return passages.pop(number)


def words_in(text: str) -> int:
    """Words by rule mb-1, before the text is Markdown."""
    return count(text)
