"""The size of a picture and the measure of its caption, by itself and beside another.

A picture is as wide as the text if its pixels and its height allow; an upright one next to another upright one stands beside
it. Its caption has the picture's width, or half the text's under a narrow picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from milebook.model.draft import Figure
from milebook.model.text import Run
from milebook.writers.pdf.galleys.linebreaks import break_paragraph
from milebook.writers.pdf.galleys.lines import SetLine, fit
from milebook.writers.picture_size import NEARLY, row_heights

if TYPE_CHECKING:
    from milebook.writers.pdf.galleys.blocks import SetBlock
    from milebook.writers.pdf.galleys.galley import Compositor

MOST = 0.78  # share of the page that a picture may grow to, to fill it
PAIR_GAP = 12.0  # points between two pictures side by side
UPRIGHT = 1.1  # height over width from which a picture is upright
CAPTION_SHARE = 0.5  # of the measure: the least width of a caption


def figure_block(compositor: Compositor, figure: Figure, part: int) -> SetBlock:
    """A picture with its caption and credit below it."""
    block = _bare(compositor, part, figure)
    block.height, block.most = _heights(compositor, [figure])
    _add_captions(compositor, block)
    return block


def pair_block(compositor: Compositor, figures: Sequence[Figure], part: int) -> SetBlock | None:
    """Two upright pictures side by side, of one height, or None where they would be too small so."""
    height, most = _heights(compositor, figures)
    alone = min(_heights(compositor, [figure])[0] for figure in figures)
    if height < 0.6 * alone:
        return None
    block = _bare(compositor, part, figures[0])
    block.height, block.most = height, most
    for figure in figures:
        member = _bare(compositor, part, figure)
        member.height, member.most = height, most
        _add_captions(compositor, member, paired=True)
        block.pair.append(member)
    return block


def is_upright(figure: Figure) -> bool:
    """Whether a picture is so much higher than wide that another one fits beside it."""
    return _pixels(figure)[1] >= UPRIGHT * _pixels(figure)[0]


def width_at(block: SetBlock, height: float) -> float:
    """How wide a picture is when it is so high, in points."""
    wide, high = _pixels(block.item)
    return min(block.width, height * wide / high)


def size_at(block: SetBlock, height: float) -> tuple[float, float]:
    """Width and height that a picture is drawn with in a place of that height, in points: its own shape, whatever the place's."""
    wide, high = _pixels(block.item)
    width = width_at(block, height)
    return width, min(height, width * high / wide)


def members(block: SetBlock) -> list[SetBlock]:
    """The pictures of a block: itself, or the two of a pair."""
    return block.pair or [block]


def words_height(block: SetBlock, height: float) -> float:
    """Height of what stands below a picture of that height: caption and credit."""
    highest = 0.0
    for one in members(block):
        words = 0.0
        for caption, lines in zip(one.captions, _caption_lines(one, height), strict=True):
            words += caption.before + len(lines) * caption.leading
        highest = max(highest, words)
    return highest


def settle_captions(block: SetBlock, height: float) -> None:
    """Break the captions into the lines that they have under a picture of that height."""
    for one in members(block):
        for caption, lines in zip(one.captions, _caption_lines(one, height), strict=True):
            caption.lines = lines


def fitting_height(block: SetBlock, natural: float, room: float, least: float) -> float | None:
    """The height of a picture whose caption and itself fit into `room`: `natural`, or less down to `least`, or None."""
    if natural + words_height(block, natural) <= room + 0.01:
        return natural
    height = room - words_height(block, natural)
    full = max(width_at(one, block.height) for one in members(block)) >= block.width - 0.5
    for _ in range(3):
        if height < least:
            return None
        if full and not block.pair and width_at(block, height) > NEARLY * block.width:
            height = NEARLY * block.width * _pixels(block.item)[1] / _pixels(block.item)[0]
        left = room - height - words_height(block, height)
        if left >= -0.01:
            return height
        height += left
    return None


def _bare(compositor: Compositor, part: int, figure: Figure) -> SetBlock:
    from milebook.writers.pdf.galleys.blocks import SetBlock

    around = compositor.grid or 12.0
    return SetBlock("figure", part, figure, before=around, after=around, width=compositor.measure)


def _pixels(figure: Figure) -> tuple[int, int]:
    return figure.pixels if figure.pixels[0] > 0 and figure.pixels[1] > 0 else (4, 3)


def _heights(compositor: Compositor, figures: Sequence[Figure]) -> tuple[float, float]:
    """The height of a picture (or of two side by side) as it comes, and the greatest it may have to fill a page."""
    measure, depth = compositor.measure, compositor.depth
    tallest = compositor.layout.max_photo_height * depth
    height, most = row_heights([figure.pixels for figure in figures], measure, tallest, PAIR_GAP)
    height = max(height, 8.0)
    return height, max(height, min(most, MOST * depth))


def _add_captions(compositor: Compositor, block: SetBlock, *, paired: bool = False) -> None:
    figure = block.item
    if paired:
        block.width = min(block.width, width_at(block, block.most))
    for paragraph, label in ((figure.caption, figure.label), (figure.credit, "")):
        if paragraph is None:
            continue
        runs = list(paragraph.runs)
        if label:
            book = compositor.draft.language
            runs = [Run(label, small_caps=True, lang="" if paragraph.lang in ("", book) else book), Run(" "), *runs]
            if compositor.style(paragraph.role).italic:
                runs[0] = runs[0]._replace(italic=True)  # upright among italics
        width = width_at(block, block.height) if paired else _caption_measure(block, block.height)
        block.captions.append(compositor.paragraph(paragraph, block.part, runs=runs, width=width))
    block.settings[round(_caption_measure(block, block.height))] = [caption.lines for caption in block.captions]


def _caption_measure(block: SetBlock, height: float) -> float:
    return max(width_at(block, height), CAPTION_SHARE * block.width)


def _caption_lines(block: SetBlock, height: float) -> list[list[SetLine]]:
    """The lines of caption and credit under a picture of that height."""
    measure = _caption_measure(block, height)
    key = round(measure)
    found = block.settings.get(key)
    if found is None:
        found = block.settings[key] = [_broken(caption, measure) for caption in block.captions]
    return found


def _broken(caption: SetBlock, width: float) -> list[SetLine]:
    if caption.measure is None or not caption.boxes:
        return caption.lines  # an author's own line breaks
    measure = caption.measure._replace(width=width)
    breaks = break_paragraph(caption.boxes, caption.space, measure, caption.hyphenator)
    return fit(caption.boxes, breaks, caption.space, measure)
