"""Divide the Word file into sections, where page and note numbers begin again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import overload

from milebook.layout import Layout
from milebook.model.draft import Draft, Part
from milebook.writers.docx.markup import twips
from milebook.writers.docx.notes import referred

DISPLAY = {"half-title", "title", "copyright", "dedication", "epigraph", "manuscript-title"}
_OWN_PAGE = {"half-title": "recto", "title": "recto", "manuscript-title": "page", "copyright": "page"}
_APART = {"draft-notes", "slip", "queries"}  # milebook's own pages at the end of drafts and proofs


@dataclass(slots=True)
class Chosen(Sequence[Part]):
    """Some parts of a Draft, by their numbers. Those of a large book are only unpacked as they are asked for."""

    parts: Sequence[Part]
    numbers: list[int]

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, index: int) -> Part: ...

    @overload
    def __getitem__(self, index: slice) -> Chosen: ...

    def __getitem__(self, index: int | slice) -> Part | Chosen:
        if isinstance(index, slice):
            return Chosen(self.parts, self.numbers[index])
        return self.parts[self.numbers[index]]


@dataclass(slots=True)
class Section:
    """A stretch of parts under one `w:sectPr`. `breaks` says of each part whether its first paragraph begins a page."""

    start: str  # nextPage | oddPage | continuous
    parts: Chosen
    breaks: list[bool] = field(default_factory=list)
    note_start: int = 0  # number of its first note; 0: no numbered note
    note_next: int = 0  # number that Word would give the next note
    note_restart: str = ""  # eachSect | continuous; "" says nothing, which is continuous too
    number_format: str = ""  # of the folios: lowerRoman; "" for ordinary figures
    number_start: int = 0  # 0: go on

    @property
    def display(self) -> bool:
        """Whether it holds nothing but pages that bear no running head."""
        return all(part.kind in DISPLAY for part in self.parts)


def beginning(part: Part, layout: Layout) -> str:
    """Where a part begins: run-on | page | recto."""
    page = layout.page
    if part.kind == "story":
        where = page.stories
    elif part.kind == "chapter":
        where = page.chapters
    elif part.kind in _APART:
        where = "page"
    else:
        where = _OWN_PAGE.get(part.kind, page.front)
    return "page" if where == "recto" and not page.mirrored else where


def plan(draft: Draft, layout: Layout) -> list[Section]:
    """The sections of a Draft, which are as few as running heads, right-hand pages and note numbers allow."""
    book_heads = layout.page.header == "book" and layout.profile != "plain"
    sections: list[Section] = []
    in_body = False
    for number, part in enumerate(draft.parts):
        if not part.items and not part.notes:
            continue
        where = beginning(part, layout)
        numbers = referred(part)
        restarts = not in_body and part.matter != "front" and (book_heads or draft.first_page != 1)
        in_body = in_body or part.matter != "front"
        last = sections[-1] if sections else None
        wrong_note = bool(last and numbers and last.note_next and numbers[0] != last.note_next)
        apart = book_heads and part.kind != "story" and where != "run-on"
        if last is None or apart or wrong_note or restarts or where == "recto":
            start = {"recto": "oddPage", "page": "nextPage"}.get(where, "continuous")
            made = Section(start if last else "nextPage", Chosen(draft.parts, [number]), [False])
            if book_heads and not in_body:
                made.number_format = "lowerRoman"  # which a section does not take from the one before
                made.number_start = 0 if last else 1
            if restarts:
                made.number_start = draft.first_page
            sections.append(made)
            last = made
        else:
            last.parts.numbers.append(number)
            last.breaks.append(where == "page")
        if numbers:
            last.note_start = last.note_start or numbers[0]
            last.note_next = _next_number(last.note_next or last.note_start, numbers)
    return _numbered(sections, apart=book_heads)


def _numbered(sections: list[Section], *, apart: bool) -> list[Section]:
    """Says where note numbers begin again, if they do anywhere.

    LibreOffice works the numbers out only when the way of numbering changes between the last two sections; where a
    section without notes can stand before the last, the change is made there, and means nothing to Word.
    """
    expected = 1
    for section in sections:
        if section.note_start and section.note_start != expected:
            break
        expected = section.note_next or expected
    else:
        return sections
    for section in sections:
        section.note_restart = "eachSect" if section.note_start else ""
    if not apart and (len(sections) < 2 or sections[-2].note_start):
        sections[-1:] = _split(sections[-1])
    if len(sections) > 1 and not sections[-2].note_start:
        sections[-2].note_restart = "continuous"
        sections[-1].note_restart = "eachSect"
    return sections


def _split(section: Section) -> list[Section]:
    """A section cut before and behind its last part that has no notes, if what follows begins a page; else as it is."""
    for at in range(len(section.parts) - 2, -1, -1):
        if not referred(section.parts[at]) and (at == 0 or section.breaks[at]) and section.breaks[at + 1]:
            pieces = [(0, at), (at, at + 1), (at + 1, len(section.parts))]
            made = [_piece(section, start, end) for start, end in pieces if start < end]
            made[0].number_start = section.number_start
            return made
    return [section]


def _piece(section: Section, start: int, end: int) -> Section:
    numbers = [number for part in section.parts[start:end] for number in referred(part)]
    made = Section(section.start if start == 0 else "nextPage", section.parts[start:end], section.breaks[start:end])
    made.breaks[0] = False
    made.number_format = section.number_format
    if numbers:
        made.note_start = numbers[0]
        made.note_next = _next_number(numbers[0], numbers)
        made.note_restart = "eachSect"
    return made


def _next_number(expected: int, numbers: list[int]) -> int:
    for number in numbers:
        expected += number == expected
    return expected


def section_properties(section: Section, layout: Layout, references: str, *, title_page: bool, leftward: bool = False) -> str:  # fmt: skip
    """The `w:sectPr`. `references` are those to headers and footers; `leftward`: the book is read from the right."""
    page = layout.page
    notes = ""
    if section.note_restart:
        start = f'<w:numStart w:val="{section.note_start}"/>' if section.note_start > 1 else ""
        notes = f'<w:footnotePr>{start}<w:numRestart w:val="{section.note_restart}"/></w:footnotePr>'
    lines = '<w:lnNumType w:countBy="1" w:restart="newPage"/>' if page.line_numbers or layout.proof else ""
    numbering = f' w:fmt="{section.number_format}"' if section.number_format else ""
    numbering += f' w:start="{section.number_start}"' if section.number_start else ""
    head = twips(min(36.0, page.top / 2))
    foot = twips(min(36.0, page.bottom / 2))
    return (
        f'<w:sectPr>{references}{notes}<w:type w:val="{section.start}"/>'
        f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"/>'
        f'<w:pgMar w:top="{twips(page.top)}" w:right="{twips(page.outside)}" w:bottom="{twips(page.bottom)}" '
        f'w:left="{twips(page.inside)}" w:header="{head}" w:footer="{foot}" w:gutter="0"/>{lines}'
        f'{f"<w:pgNumType{numbering}/>" if numbering else ""}<w:cols w:space="720"/>'
        f"{'<w:titlePg/>' if title_page else ''}{'<w:bidi/><w:rtlGutter/>' if leftward else ''}</w:sectPr>"
    )
