"""What follows a block in its chapter: whether text goes on, a story ends or a title comes, and how far the grid is left."""

from __future__ import annotations

from collections.abc import Sequence

from milebook.model.draft import Role
from milebook.writers.pdf.galleys.blocks import SetBlock
from milebook.writers.pdf.pages.placing import EPSILON, Position

_RUNNING = (Role.BODY, Role.BODY_FIRST, Role.LIST_ITEM, Role.LIST_TEXT)  # text that keeps to the baseline grid


def text_goes_on(blocks: Sequence[SetBlock], i: int) -> bool:
    """Whether text of the same story follows figure `i`."""
    following = next((blocks[n] for n in range(i + 1, len(blocks)) if blocks[n].kind != "figure"), None)
    return following is not None and following.part == blocks[i].part and following.kind == "text"


def strands(blocks: Sequence[SetBlock], i: int) -> bool:
    """Whether a page that begins with block `i` would begin with a story's last line, alone above the next title."""
    if i >= len(blocks) or blocks[i].kind != "text" or len(blocks[i].lines) != 1 or blocks[i].start:
        return False
    return i + 1 < len(blocks) and blocks[i + 1].part != blocks[i].part


def before_title(blocks: Sequence[SetBlock], at: Position) -> bool:
    """Whether a story begins there: white below the end of one is as it should be."""
    return at[1] == 0 and at[0] < len(blocks) and getattr(blocks[at[0]].item, "role", "") == Role.STORY_TITLE


def on_grid(block: SetBlock, grid: float) -> bool:
    """Whether the lines of a block stand on the baseline grid."""
    return block.kind == "text" and abs(block.leading - grid) < EPSILON and block.item.role in _RUNNING


def height_off_grid(blocks: Sequence[SetBlock], i: int, grid: float, most: float) -> float:
    """Height of the blocks off the grid that begin with block `i`, with the white after them, looked at up to `most` points."""
    total, first = 0.0, True
    while i < len(blocks):
        block = blocks[i]
        if on_grid(block, grid) or (block.start and not first) or block.kind == "figure" or total > most:
            return total + (0.0 if first or block.start else max(blocks[i - 1].after, block.before))
        if not first:
            total += max(blocks[i - 1].after, block.before)
        total += block.text_height if block.kind == "text" else block.height
        first = False
        i += 1
    return total
