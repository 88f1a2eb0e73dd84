"""Set the items of a section one after another, inside their sections, lists and quotations; and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from milebook.model.draft import Figure, Item, Note, Paragraph, Role
from milebook.model.text import Container
from milebook.writers.epub.item_markup import figure, heading, paragraph, table
from milebook.writers.epub.markup import attribute
from milebook.writers.epub.page_context import PageContext

HEAD_ROLES = frozenset(
    {
        Role.HALF_TITLE, Role.BOOK_TITLE, Role.BOOK_SUBTITLE, Role.BOOK_AUTHORS, Role.PART_TITLE, Role.CHAPTER_NUMBER,
        Role.CHAPTER_TITLE, Role.STORY_TITLE, Role.BYLINE,
    }
)  # fmt: skip
CONTENTS_DEPTH = {Role.CONTENTS_PART: 0, Role.CONTENTS_CHAPTER: 0, Role.CONTENTS_STORY: 1}
OWN_QUOTE = (Container("quote", -1),)  # around a quotation that came without one


class Flow:
    """Sets items one after the other and keeps count of what is open: header, sections, quotes, lists, items."""

    def __init__(self, page: PageContext, level: int) -> None:
        self.page = page
        self.out: list[str] = []
        self.head = False
        self.levels: list[int] = [level]  # heading levels of the open sections; the first is the page's own
        self.titled = False  # the page's own section has its heading
        self.path: list[tuple[str, int, int]] = []
        self.begun: set[tuple[int, int]] = set()  # list items whose number has been printed
        self.depth = -1  # of the open contents list

    def set(self, items: Iterable[Item]) -> str:
        for place, item in enumerate(items):
            self._header(place, item)
            if isinstance(item, Paragraph):
                self._paragraph(item)
            else:
                self._leave_to([])
                self._contents_to(-1)
                if isinstance(item, Figure):
                    self.out.append(figure(item, self.page))
                else:
                    self.out.append(table(item, self.page))
        self._close_header()
        self._leave_to([])
        self._contents_to(-1)
        while len(self.levels) > 1:
            self.levels.pop()
            self.out.append("</section>\n")
        return "".join(self.out)

    def _header(self, place: int, item: Item) -> None:
        belongs = isinstance(item, Paragraph) and item.role in HEAD_ROLES and not item.inside
        if place == 0 and belongs:
            self.head = True
            self.out.append("<header>\n")
        elif self.head and not belongs:
            self._close_header()

    def _close_header(self) -> None:
        if self.head:
            self.head = False
            self.out.append("</header>\n")

    def _paragraph(self, item: Paragraph) -> None:
        if item.role in CONTENTS_DEPTH and not item.inside:
            self._leave_to([])
            self._contents(item)
            return
        self._contents_to(-1)
        inside = item.inside
        if item.role is Role.BLOCK_QUOTE and not any(c.kind == "quote" for c in inside):
            inside = OWN_QUOTE + inside
        self._leave_to(inside)
        self._enter(inside)
        if item.level and not inside and item.text.strip():
            self._heading(item)
        else:
            self.out.append(paragraph(item, self.page))

    # Headings and the sections they open

    def _heading(self, item: Paragraph) -> None:
        if not self.titled and len(self.levels) == 1:
            self.titled = True
            self.out.append(heading(item, self.levels[0], self.page))
            return
        self._close_header()
        own = self.levels[0]
        while len(self.levels) > 1 and self.levels[-1] >= item.level:
            self.levels.pop()
            self.out.append("</section>\n")
        self.levels.append(max(item.level, own + 1))
        shown = min(6, own + len(self.levels) - 1)  # however deep the source says: no level is jumped over
        self.out.append(f"<section>\n{heading(item, shown, self.page)}")

    # Quotes and lists

    def _steps(self, inside: Iterable[Container]) -> list[tuple[str, int, int]]:
        steps: list[tuple[str, int, int]] = []
        for container in inside:
            if container.kind == "quote":
                steps.append(("blockquote", container.key, 0))
            else:
                steps.append(("ol" if container.kind == "numbers" else "ul", container.key, 0))
                steps.append(("li", container.key, container.item))
        return steps

    def _leave_to(self, inside: Iterable[Container]) -> None:
        wanted = self._steps(inside)
        same = 0
        while same < min(len(self.path), len(wanted)) and self.path[same] == wanted[same]:
            same += 1
        while len(self.path) > same:
            self.out.append(f"</{self.path.pop()[0]}>\n")

    def _enter(self, inside: Iterable[Container]) -> None:
        for step in self._steps(inside)[len(self.path) :]:
            tag, key, item = step
            self.path.append(step)
            if tag != "li":
                self.out.append(f"<{tag}>\n")
                continue
            label = next(c.label for c in inside if c.key == key and c.item == item and c.kind != "quote")
            self.out.append(f"<li{self._label(key, item, label)}>")

    def _label(self, key: int, item: int, label: str) -> str:
        """A number is printed as typed: its value for every reader, its shape ("3)") where style sheets are kept."""
        if (key, item) in self.begun:
            return ' class="goes-on"'
        self.begun.add((key, item))
        number = re.match(r"\d{1,9}", label)
        if number is None:
            return ""
        return f' value="{int(number[0])}" class="numbered" data-label="{attribute(label)}"'

    # The contents

    def _contents(self, item: Paragraph) -> None:
        depth = CONTENTS_DEPTH[item.role]
        if depth > self.depth + 1:
            depth = self.depth + 1
        self._contents_to(depth)
        if self.depth < depth:
            self.out.append('<ol class="contents-list">\n')
            self.depth = depth
        else:
            self.out.append("</li>\n")
        self.out.append(f"<li>{paragraph(item, self.page)}")

    def _contents_to(self, depth: int) -> None:
        while self.depth > depth:
            self.depth -= 1
            self.out.append("</li>\n</ol>\n")


def footnotes(notes: Iterable[Note], references: Mapping[int, str], page: PageContext) -> str:
    """The notes of a page at its end; each number leads back to its mark in the text."""
    out: list[str] = []
    for note in notes:
        back = references.get(note.number, "")
        number = str(note.number)
        if back:
            number = f'<a epub:type="backlink" role="doc-backlink" href="#{back}">{number}</a>'
        page.lead = f'<span class="note-number">{number}</span> '
        body = Flow(page, 6).set(note.paragraphs)
        if page.lead:
            body = f"<p>{page.take_lead()}</p>\n{body}"
        out.append(
            f'<aside{page.identity(note.anchor)} epub:type="footnote" role="doc-footnote" class="footnote">\n{body}</aside>\n'
        )
    return f'<div class="footnotes" epub:type="footnotes">\n{"".join(out)}</div>\n' if out else ""
