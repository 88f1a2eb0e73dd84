"""The whole Draft as one flow of blocks, with where each Part may begin; footnotes are set apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from milebook.model.draft import Figure, Item, Paragraph, Part, Role
from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.galleys.figures import figure_block, is_upright, pair_block
from milebook.writers.pdf.galleys.galley import Compositor
from milebook.writers.pdf.galleys.tables import rows


def blocks(compositor: Compositor, first: int, last: int) -> Iterator[SetBlock]:
    """Parts `first` to `last` (not with it) of the Draft as blocks, in order; footnotes are set apart (see `note_blocks`)."""
    page = compositor.layout.page
    for number in range(first, last):
        part = compositor.draft.parts[number]
        fresh = True
        for items in _paired(part.items):
            for block in _item_blocks(compositor, items, number, fresh):
                if fresh:
                    fresh = False
                    block.start, block.opener = _start(part, page)
                    block.at_foot = part.kind == "copyright"
                elif page.mirrored and block.kind == "text" and block.item.role == Role.BOOK_PUBLISHER:
                    block.at_foot = True
                elif block.style.page_break and block.kind == "text":
                    block.start = "page"
                yield block


def _start(part: Part, page: Any) -> tuple[str, bool]:
    if part.kind == "story":
        return {"run-on": "", "page": "page", "recto": "recto"}[page.stories], False
    if part.kind == "chapter":
        return page.chapters, True
    if part.kind == "copyright":
        return "page", True  # on the back of the title page
    return page.front, True


def _paired(items: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """The items one by one, but two upright pictures that follow one another together."""
    at = 0
    while at < len(items):
        two = items[at : at + 2]
        if len(two) == 2 and all(isinstance(one, Figure) and is_upright(one) for one in two):
            yield tuple(two)
            at += 2
        else:
            yield (items[at],)
            at += 1


def _item_blocks(compositor: Compositor, items: tuple[Item, ...], part: int, first: bool) -> list[SetBlock]:
    item = items[0]
    if isinstance(item, Paragraph):
        return [_paragraph(compositor, item, part, first)]
    if isinstance(item, Figure):
        figures = [one for one in items if isinstance(one, Figure)]
        pair = pair_block(compositor, figures, part) if len(figures) == 2 else None
        return [pair] if pair is not None else [figure_block(compositor, one, part) for one in figures]
    return rows(compositor, item, part)


def _paragraph(compositor: Compositor, item: Paragraph, part: int, first: bool) -> SetBlock:
    """A paragraph; on the page of a dedication or an epigraph every one looks like it, broken lines and all."""
    display = _DISPLAY.get(compositor.draft.parts[part].kind)
    if display is None or item.role not in _PLAIN:
        return compositor.paragraph(item, part)
    style = compositor.style(display)
    return compositor.paragraph(item, part, style=style if first else replace(style, before=style.leading / 2))


_DISPLAY = {"dedication": Role.DEDICATION, "epigraph": Role.EPIGRAPH}
_PLAIN = (Role.DEDICATION, Role.EPIGRAPH, Role.BODY, Role.BODY_FIRST, Role.VERSE)


def note_blocks(compositor: Compositor, part: int) -> dict[int, list[SetBlock]]:
    """The footnotes of a part by their printed number."""
    out: dict[int, list[SetBlock]] = {}
    for note in compositor.draft.parts[part].notes:
        set_blocks: list[SetBlock] = []
        for i, paragraph in enumerate(note.paragraphs):
            first = _start_inset(compositor, set_blocks[0]) if i else 0.0
            block = compositor.paragraph(paragraph, part, label=f"{note.number}." if not i else "", inset=first)
            block.note = note.number
            block.before = block.after = 0.0
            set_blocks.append(block)
        out[note.number] = set_blocks
    return out


def _start_inset(compositor: Compositor, block: SetBlock) -> float:
    """How far a paragraph stands in on the side where its lines begin."""
    leftward = block.measure is not None and block.measure.leftward
    return compositor.measure - block.left - block.width if leftward else block.left
