"""Draw lines of text, and the links in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from milebook.model.bidi import has_turns
from milebook.model.text import Run
from milebook.writers.pdf.drawing.page_content import PageContent
from milebook.writers.pdf.file.tags import Annotation, Element, Tree
from milebook.writers.pdf.galleys import mixed_directions
from milebook.writers.pdf.galleys.boxes import FORCED_BREAK, SPACE_BREAK
from milebook.writers.pdf.galleys.lines import SetLine
from milebook.writers.pdf.typefaces.shaping import Look, Mark, Part, Segment


class Pen(PageContent):
    """Draws lines of text and says what they are. `targets` are the anchors that a link inside the book may lead to."""

    def __init__(self, tree: Tree | None, *, printing: bool, targets: Collection[str] = ()) -> None:
        super().__init__(tree, printing=printing)
        self.targets = targets
        self.part = 0  # number of the Draft's Part that is being drawn, for its notes
        self.annotations: list[Annotation] = []
        self.places: dict[str, tuple[int, float, float]] = {}  # anchor, note or note's reference -> page, x, y
        self._spans: dict[tuple[int, Any], Element] = {}

    # ---- text

    def _set(self, face: int, look: Look, squeeze: float) -> None:
        code = self._code
        font = (face, look.size)
        if font != self._font:
            code.append(f"/F{face} {look.size:.4g} Tf")
            self._font = font
        if squeeze != self._squeeze:
            code.append(f"{squeeze * 100:.2f} Tz")
            self._squeeze = squeeze
        color = self.color(look.color)
        if color != self._color:
            code.append(color)
            self._color = color

    def color(self, written: str) -> str:
        """The operator that sets a fill color; black and grays are DeviceGray. In print all type is black: gray letters would
        be screened into dots.
        """
        if not written or self.printing:
            return "0 g"
        red, green, blue = (int(written[i : i + 2], 16) / 255 for i in (1, 3, 5))
        if red == green == blue:
            return f"{red:.3g} g"
        return f"{red:.3g} {green:.3g} {blue:.3g} rg"

    def line(self, line: SetLine, left: float, y: float, owner: Element | str | None) -> None:
        """One line, its measure's left edge at `left` and its baseline at `y`."""
        items = line.items
        if not items:
            return
        x = left + line.x
        if line.gaps is not None:
            self._mixed(line, line.gaps, x, y, owner)
            return
        simple = self._simple(items)
        if simple is not None:
            face, look, bodies = simple
            self.own(owner)
            self._begin_text()
            self._set(face, look, line.squeeze)
            between = look.space_body
            extra = (look.space - line.gap) * 1000 / look.size
            if abs(extra) >= 0.5:
                between += f"{extra:.0f}"
            body = between.join(bodies)
            used = self._use(face)
            used.update(bodies)
            used.add(look.space_body)
            if line.end == SPACE_BREAK or line.end == FORCED_BREAK:
                body += look.space_body
            self._code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm [{body}] TJ")
            return
        last = len(items) - 1
        for i, item in enumerate(items):
            for j, (word, mark) in enumerate(item):
                space = j == len(item) - 1 and (i < last or line.end == SPACE_BREAK or line.end == FORCED_BREAK)
                after = items[i + 1][0][1] if j == len(item) - 1 and i < last and items[i + 1] else None
                x = self._word(word.look, word.parts, mark, x, y, line, owner, space, mark is after or mark == after)
            if i < last:
                x += line.gap * line.squeeze
        if owner is not None:
            self.own(owner)

    def _mixed(self, line: SetLine, gaps: Sequence[int], x: float, y: float, owner: Element | str | None) -> None:
        """A line with words from right to left: each where it is seen, written in the order in which it is read."""
        pieces = mixed_directions.placed(line.items, gaps, line.gap, line.squeeze)
        word, spaced = line.items[0][0][0], False  # spaced: the space was drawn with the word before it
        for number, (segment, at, followed) in enumerate(pieces):
            if segment is None:
                if not spaced:
                    self._space(word.look, x + at, y, line.squeeze)
                continue
            word, mark = segment
            spaced = followed
            after = pieces[number + 2].segment if followed and number + 2 < len(pieces) else None
            same = after is not None and mark == after[1]
            self._word(word.look, word.parts, mark, x + at, y, line, owner, spaced, same)
        if line.end == SPACE_BREAK or line.end == FORCED_BREAK:
            leftward = word.look.level % 2 == 1
            self._space(
                word.look, x + at + (-word.look.space if leftward else word.width) * line.squeeze, y, line.squeeze
            )
        if owner is not None:
            self.own(owner)

    def _space(self, look: Look, x: float, y: float, squeeze: float) -> None:
        self._begin_text()
        self._set(look.space_face, look, squeeze)
        self._use(look.space_face).add(look.space_body)
        self._code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm [{look.space_body}] TJ")

    def _simple(self, items: Sequence[tuple[Segment, ...]]) -> tuple[int, Look, list[str]] | None:
        """Face, look and bodies of a line in one face with nothing special on it."""
        look = items[0][0][0].look
        bodies = []
        for item in items:
            word, mark = item[0]
            if mark is not None or len(item) > 1 or word.look is not look or not word.solo:
                return None
            bodies.append(word.solo)
        return look.space_face, look, bodies

    def _word(self, look: Look, parts: Sequence[Part], mark: Mark | None, x: float, y: float, line: SetLine, owner: Element | str | None, space: bool, same: bool) -> float:  # fmt: skip
        start = x
        leftward = look.level % 2 == 1
        if leftward:
            end = x = start + sum([part.width for part in parts]) * line.squeeze
        self.own(self._inline(mark, owner))
        for number, part in enumerate(parts):
            if leftward:
                x -= part.width * line.squeeze
            self._begin_text()
            self._set(part.face, look, line.squeeze)
            used = self._use(part.face)
            used.add(part.body)
            if part.actual:
                self._code.append(f"/Span <</ActualText <FEFF{part.actual.encode('utf-16-be').hex().upper()}>>> BDC")
            elif leftward:
                self._code.append("/ReversedChars BMC")
            if part.lifted:
                at = x
                for rise, body, width in part.lifted:
                    used.add(body)
                    self._code.append(f"1 0 0 1 {at:.2f} {y + rise:.2f} Tm [{body}] TJ")
                    at += width * line.squeeze
            else:
                body = part.body
                if space and number == len(parts) - 1 and part.face == look.space_face and not part.actual:
                    body += look.space_body
                    used.add(look.space_body)
                    space = False
                self._code.append(f"1 0 0 1 {x:.2f} {y + look.rise:.2f} Tm [{body}] TJ")
            if part.actual or leftward:
                self._code.append("EMC")
            if not leftward:
                x += part.width * line.squeeze
        if leftward:
            x = end
        if space and parts:
            self._space(look, x, y, line.squeeze)
        if mark is not None and self.tree is not None and isinstance(owner, Element) and x > start:
            self._link(mark, owner, start, x, y, look.size, line.gap * line.squeeze if same else 0.0)
        return x

    def _inline(self, mark: Mark | None, owner: Element | str | None) -> Element | str | None:
        """The Element of a run inside a paragraph: a link, a note's reference, words of another language."""
        if mark is None or self.tree is None or not isinstance(owner, Element):
            return owner
        key = (id(owner), mark)
        made = self._spans.get(key)
        if made is not None and owner.kids and owner.kids[-1] is self._top(made, owner):
            return made
        if mark.note:
            made = Element("Link", Element("Reference", owner))
        elif mark.link:
            made = Element("Link", owner, lang=mark.lang)
        elif mark.code:
            made = Element("Code", owner, lang=mark.lang)
        elif mark.lang:
            made = Element("Span", owner, lang=mark.lang)
        else:
            return owner
        self._spans[key] = made
        return made

    @staticmethod
    def _top(element: Element, owner: Element) -> Element:
        while element.parent is not None and element.parent is not owner:
            element = element.parent
        return element

    def _link(self, mark: Mark, owner: Element, x0: float, x1: float, y: float, size: float, gap: float) -> None:
        element = self._spans.get((id(owner), mark))
        if element is None or not (mark.link or mark.note):
            return
        last = self.annotations[-1] if self.annotations else None
        low, high = y - 0.28 * size, y + 0.78 * size
        if last is not None and last.element is element and last.page == self.page and abs(last.rect[1] - low) < 0.5 and min(abs(last.rect[2] + gap - x0), abs(last.rect[0] - gap - x1)) < 12.0:  # fmt: skip
            last.rect = (min(x0, last.rect[0]), min(low, last.rect[1]), max(x1, last.rect[2]), max(high, last.rect[3]))
            return
        if mark.note:
            part = self.part
            target = f"note:{part}:{mark.note}"
            self.places.setdefault(f"ref:{part}:{mark.note}", (self.page, x0, high))
            self.lead(element, (x0, low, x1, high), f"Note {mark.note}", target=target)
        elif not mark.link.startswith("#"):
            self.lead(element, (x0, low, x1, high), mark.link, uri=mark.link)
        elif mark.link[1:] in self.targets:
            self.lead(element, (x0, low, x1, high), mark.link[1:], target=mark.link[1:])

    def lead(self, element: Element, rect: tuple[float, float, float, float], contents: str, *, uri: str = "", target: str = "") -> None:  # fmt: skip
        """Have a rectangle of the page lead somewhere, as a part of `element`; see `Annotation`."""
        made = Annotation(self.page, rect, element, contents, uri, target)
        element.kids.append(made)
        self.annotations.append(made)

    # ---- words set on one line, without a measure

    def words(self, look: Look, text: str, x: float, y: float, align: str = "left", owner: Element | str | None = "artifact", leftward: bool = False) -> float:  # fmt: skip
        """A short text on one line; returns its width. `leftward`: it is read from the right."""
        gaps: tuple[int, ...] | None = None
        if leftward or has_turns(text):
            boxes = [box for box in mixed_directions.boxes((Run(text),), lambda _, level: look.at(level), int(leftward), literal=False) if box is not None]  # fmt: skip
            items = [box.segments for box in boxes]
            gaps = tuple([box.gap or 0 for box in boxes[:-1]])
        else:
            items = [((look.word(word), None),) for word in text.split(" ")]
        width = sum(word.width for item in items for word, _ in item) + look.space * (len(items) - 1)
        if align == "center":
            x -= width / 2
        elif align == "right":
            x -= width
        line = SetLine(items, 0.0, look.space, 1.0, -1, width, False, gaps)
        self.line(line, x, y, owner)
        return width

    def watermark(self, look: Look, text: str, width: float, height: float) -> None:
        """Words across a page, very light, under everything else."""
        import math

        words = [look.word(word) for word in text.split(" ")]
        length = sum(word.width for word in words) + look.space * (len(words) - 1)
        angle = math.atan2(height, width)
        scale = 0.72 * math.hypot(width, height) / max(length, 1.0)
        size = look.size * scale
        dx, dy = math.cos(angle), math.sin(angle)
        x = width / 2 - dx * length * scale / 2 + dy * size * 0.25
        y = height / 2 - dy * length * scale / 2 - dx * size * 0.25
        self.own("artifact")
        self._end_text()
        body = look.space_body.join(word.parts[0].body for word in words if word.parts)
        self._use(words[0].parts[0].face).add(body)
        self._code.append(
            f"q 0.93 g BT /F{words[0].parts[0].face} {size:.2f} Tf {dx:.4f} {dy:.4f} {-dy:.4f} {dx:.4f} {x:.2f} {y:.2f} Tm [{body}] TJ ET Q"
        )
        self._font = None
