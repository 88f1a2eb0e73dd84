"""Turn story text into paragraphs and figures with roles, places and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from milebook.compose.printed_words import figure_name
from milebook.compose.roles import ranks, roles
from milebook.layout import Layout
from milebook.markdown import typographic
from milebook.model.book import Photo
from milebook.model.draft import DraftQuery, Figure, Item, Note, Paragraph, Role
from milebook.model.findings import NOWHERE, Place
from milebook.model.languages import language_beside
from milebook.model.line import Line, runs_of
from milebook.model.text import SCENE_BREAK, Run, Text, TextNote
from milebook.permissions.bylines_and_credits import credit_line, credit_placement

SUBHEADING_LEVEL = 3  # of the highest headings inside a text
LINKED = (Role.CAPTION, Role.CREDIT, Role.CREDIT_ENTRY, Role.COPYRIGHT)  # elsewhere an address leads nowhere


@dataclass(slots=True)
class Numbers:
    """The counters of a chapter: notes and queries count on from story to story and begin again in the next chapter."""

    chapter: int = 0
    note: int = 0
    query: int = 0


@dataclass(slots=True)
class Setting:
    """What the composing of a text needs to know beside the text: looks, language, and the queries gathered so far."""

    layout: Layout
    language: str
    smart: bool
    proof: bool = False
    queries: list[DraftQuery] = field(default_factory=list)
    left_out: list[Paragraph] = field(default_factory=list)  # captions that a layout wants in a list of their own
    changed: frozenset[str] = frozenset()  # anchors to mark in the margin

    def figure_name(self, number: str) -> str:
        """What the figure of a number is called in print."""
        return figure_name(self.language, self.layout.figure_label, number)

    def beside(self, words: str, lang: str, *, opening: bool = False) -> str:
        """The language that words beside a story's text are marked with. `lang` is the story's, "" where it is the book's."""
        return language_beside(words, lang, self.language, opening=opening)

    def line(
        self,
        role: Role,
        text: str,
        anchor: str,
        place: Place | None = None,
        *,
        level: int = 0,
        lang: str = "",
    ) -> Paragraph:
        """A paragraph of one of the Book's one-line fields, or of several in a row."""
        runs = runs_of(text)
        if role not in LINKED and any(run.link for run in runs):
            runs = runs_of(*(Line((run._replace(link=""),), run.text) for run in runs))
        return self.paragraph(role, runs, anchor, place or NOWHERE, level=level, lang=lang)

    def curled(self, text: str) -> str:
        """A name or label as it is printed, with smart punctuation; a Line is so already."""
        return str(text) if isinstance(text, Line) else typographic(text, self.language, self.smart)

    def plain(self, role: Role, text: str, anchor: str, *, level: int = 0, lang: str = "") -> Paragraph:
        """A paragraph of milebook's own words, set as they stand."""
        return self.paragraph(role, (Run(text),), anchor, NOWHERE, level=level, lang=lang)

    def paragraph(
        self,
        role: Role,
        runs: tuple[Run, ...],
        anchor: str,
        place: Place,
        *,
        level: int = 0,
        lang: str = "",
        target: str = "",
    ) -> Paragraph:
        return Paragraph(
            role, runs, anchor, place, level=level, lang=lang, target=target, changed=anchor in self.changed
        )


def paragraph_anchor(prefix: str, block: int) -> str:
    """The anchor of a text's block, by its number from 0; `prefix` is the text's, such as mb_<story>."""
    return f"{prefix}_p{block + 1:02d}"


def figure_anchor(prefix: str, order: int) -> str:
    """The anchor of a text's photo, by its place among those printed, from 1."""
    return f"{prefix}_f{order}"


def set_text(
    text: Text,
    prefix: str,
    setting: Setting,
    numbers: Numbers,
    photos: Iterable[Photo] = (),
    *,
    lang: str = "",
) -> tuple[list[Item], list[Note]]:
    """The items and notes of one text. `prefix` begins every anchor; `photos` stand in order of appearance."""
    notes = {note.number: numbers.note + order for order, note in enumerate(text.notes, 1)}
    serials = _number_queries(text, prefix, setting, numbers)
    placed = _by_position(photos, text)
    figure_anchors = (figure_anchor(prefix, number) for number in count(1))

    def shown(position: int) -> Iterator[Item]:
        for photo in placed.get(position, ()):
            yield from _figure(photo, next(figure_anchors), setting, lang)

    items: list[Item] = [*shown(-1)]
    levels = {index: min(SUBHEADING_LEVEL + rank, 6) for index, rank in ranks(text).items()}
    for index, (block, role) in enumerate(zip(text.blocks, roles(text), strict=True)):
        runs = tuple(_renumbered(block.runs, notes, serials, setting.proof))
        if block.kind == SCENE_BREAK:
            runs = (Run(setting.layout.scene_break),)
        anchor = paragraph_anchor(prefix, index)
        if runs:
            items.append(
                Paragraph(
                    role, runs, anchor, block.place, block.inside, lang=_language(runs) or lang, level=levels.get(index, 0),
                    changed=anchor in setting.changed,
                )
            )  # fmt: skip
        items += shown(index)
    numbers.note += len(text.notes)
    return items, _set_notes(text, prefix, notes, serials, setting, lang)


def _set_notes(
    text: Text, prefix: str, notes: dict[int, int], serials: dict[int, int], setting: Setting, lang: str
) -> list[Note]:
    """The footnotes of a text. `notes` are the numbers that are printed, `serials` those of queries."""
    return [
        Note(notes[note.number], anchor, tuple(_note_paragraphs(note, anchor, notes, serials, setting, lang)))
        for note in text.notes
        for anchor in [f"{prefix}_n{note.number}"]
    ]


def _note_paragraphs(
    note: TextNote, prefix: str, notes: dict[int, int], serials: dict[int, int], setting: Setting, lang: str
) -> Iterator[Paragraph]:
    for order, block in enumerate(note.blocks, 1):
        runs = tuple(_renumbered(block.runs, notes, serials, setting.proof))
        anchor = f"{prefix}_p{order:02d}"
        yield Paragraph(
            Role.NOTE, runs, anchor, block.place, block.inside, lang=lang, changed=anchor in setting.changed
        )


def _language(runs: tuple[Run, ...]) -> str:
    """The language that all words of a paragraph are marked with; "" if they are not."""
    languages = {run.lang for run in runs if not run.note and any(map(str.isalpha, run.text))}
    return languages.pop() if len(languages) == 1 else ""


def _by_position(photos: Iterable[Photo], text: Text) -> dict[int, list[Photo]]:
    """Photos by the index of the block they follow; -1 is before the first."""
    paragraphs = text.paragraphs
    last = len(text.blocks) - 1
    placed: dict[int, list[Photo]] = {}
    for photo in photos:
        if not photo.path:
            continue
        if photo.where == "start" or (photo.where == "after" and photo.after < 1):
            position = -1
        elif photo.where == "after" and photo.after <= len(paragraphs):
            position = paragraphs[photo.after - 1]
        else:
            position = last
        placed.setdefault(position, []).append(photo)
    return placed


def _figure(photo: Photo, anchor: str, setting: Setting, lang: str) -> list[Item]:
    label = setting.figure_name(photo.number) if photo.caption else ""
    caption = (
        setting.line(
            Role.CAPTION,
            photo.caption,
            f"{anchor}_caption",
            photo.at("caption"),
            lang=setting.beside(photo.caption, lang),
        )
        if photo.caption
        else None
    )
    written = credit_line(photo) if credit_placement(photo) == "caption" else ""
    of_credit = setting.beside(written, lang, opening=True)
    credit = (
        setting.line(Role.CREDIT, written, f"{anchor}_credit", photo.at("credit"), lang=of_credit) if written else None
    )
    if caption is not None and anchor in setting.changed:  # another photo: the bar stands beside its caption as well
        caption = caption._replace(changed=True)
    if setting.layout.photos == "callouts":
        callout = setting.layout.callout.format(number=photo.number)
        items: list[Item] = [setting.plain(Role.CALLOUT, callout, anchor)]
        words = [p for p in (caption, credit) if p is not None]
        if words and caption is not None:
            words[0] = caption._replace(runs=(Run(f"{label}. "), *caption.runs))
        if setting.layout.captions == "list":
            setting.left_out += words
        else:
            items += words
        return items
    return [
        Figure(
            photo.path, photo.pixels, photo.number, label, photo.alt, photo.decorative, anchor, caption, credit, photo.place,
            setting.beside(photo.alt or photo.caption, lang),
            changed=anchor in setting.changed,
        )
    ]  # fmt: skip


def _number_queries(text: Text, prefix: str, setting: Setting, numbers: Numbers) -> dict[int, int]:
    """Serials in the Draft for the queries of one text; outside proofs there are none."""
    serials: dict[int, int] = {}
    for query in text.queries:
        numbers.query += 1
        if not setting.proof:
            continue
        serial = len(setting.queries) + 1
        serials[query.number] = serial
        label = f"Q{numbers.chapter}.{numbers.query:02d}"
        setting.queries.append(DraftQuery(serial, label, query.text, paragraph_anchor(prefix, query.block)))
    return serials


def _renumbered(runs: Iterable[Run], notes: dict[int, int], serials: dict[int, int], proof: bool) -> Iterable[Run]:
    for run in runs:
        if run.note:
            number = notes.get(run.note, run.note)
            yield run._replace(note=number, text=str(number))
        elif run.query:
            if proof and run.query in serials:
                yield run._replace(query=serials[run.query])
        else:
            yield run
