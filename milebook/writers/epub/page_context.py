"""What is known while one page of the e-book is set: its language, pictures, page breaks, and the ids it has used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from milebook.writers.epub.markup import Marks, attribute
from milebook.writers.epub.photos import Plate


@dataclass(slots=True)
class PageContext:
    """What the items of one page need to know of it."""

    marks: Marks
    language: str  # of the page
    book_language: str  # of paragraphs that name none
    plates: Mapping[str, Plate]
    breaks: Mapping[str, tuple[str, str]]  # anchor -> id and label of the printed page that begins there
    figure_word: str = "Figure"
    used: set[str] = field(default_factory=set)  # ids that stand on the page
    lead: str = ""  # stands at the start of the next paragraph: a footnote's number

    def take_lead(self) -> str:
        lead, self.lead = self.lead, ""
        return lead

    def identity(self, anchor: str) -> str:
        """An `id` attribute, once for every anchor."""
        if not anchor or anchor in self.used:
            return ""
        self.used.add(anchor)
        return f' id="{anchor}"'

    def page_break(self, anchor: str) -> str:
        if anchor not in self.breaks:
            return ""
        identity, label = self.breaks[anchor]
        if identity in self.used:
            return ""
        self.used.add(identity)
        return (
            f'<span epub:type="pagebreak" role="doc-pagebreak" id="{identity}" aria-label="{attribute(label)}"></span>'
        )
