"""The role of each block of a text, and the levels of its headings."""

from __future__ import annotations

from collections.abc import Iterator

from milebook.model.draft import Role
from milebook.model.text import CODE, HEADING, PARAGRAPH, SCENE_BREAK, VERSE, Block, Text

STANZA_LINE = 72  # characters: a paragraph that is longer, and longer than every line of the verse, is prose


def roles(text: Text) -> Iterator[Role]:
    """The role of each block."""
    first, seen_items = True, set[tuple[int, int]]()
    stanzas = _stanzas(text)
    for index, block in enumerate(text.blocks):
        role, first = (Role.VERSE, False) if index in stanzas else _role(block, first, seen_items)
        yield role


def _stanzas(text: Text) -> set[int]:
    """Paragraphs of one short line among stanzas, which are stanzas of one line: with verse on both sides, or at the end of a
    text that is verse otherwise.
    """
    verse = [block.kind == VERSE for block in text.blocks]
    lines = [line for block in text.blocks if block.kind == VERSE for line in block.text.split("\n")]
    longest = max([STANZA_LINE, *map(len, lines)])
    lone = {
        index
        for index, block in enumerate(text.blocks)
        if block.kind == PARAGRAPH and not block.inside and len(block.text) <= longest
    }
    poem = sum(verse) >= 2 and all(is_verse or index in lone for index, is_verse in enumerate(verse))
    found: set[int] = set()
    for index in sorted(lone):
        above = next((verse[at] for at in range(index - 1, -1, -1) if at not in lone), poem)
        below = next((verse[at] for at in range(index + 1, len(verse)) if at not in lone), poem)
        if above and below:
            found.add(index)
    return found


def ranks(text: Text) -> dict[int, int]:
    """How far each heading of a text stands below the highest, by block: steps that no one typed are not left out."""
    ranks: dict[int, int] = {}
    above: list[int] = []  # the levels of the headings that the next one can stand under
    for index, block in enumerate(text.blocks):
        if block.kind == HEADING:
            while above and above[-1] >= block.level:
                above.pop()
            ranks[index] = len(above)
            above.append(block.level)
    return ranks


def _role(block: Block, first: bool, seen_items: set[tuple[int, int]]) -> tuple[Role, bool]:
    """The role of a block, and whether the next one is a first paragraph."""
    if block.kind == SCENE_BREAK:
        return Role.SCENE_BREAK, True
    if block.kind == HEADING:
        return Role.SUBHEADING, True
    if block.kind == VERSE:
        return Role.VERSE, False
    if block.kind == CODE:
        return Role.CODE, False
    if block.inside:
        inner = block.inside[-1]
        if inner.kind == "quote":
            return Role.BLOCK_QUOTE, False
        key = (inner.key, inner.item)
        if key in seen_items:
            return Role.LIST_TEXT, False
        seen_items.add(key)
        return Role.LIST_ITEM, False
    return (Role.BODY_FIRST if first else Role.BODY), False
