"""Set a Draft as the parts of a Word file: the document, and the parts that it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from milebook.layout import Layout
from milebook.model.draft import Draft, Role
from milebook.model.languages import reads_right_to_left
from milebook.output.archive import Deflated
from milebook.writers.docx.body import Body, Bookmarks
from milebook.writers.docx.bookmarks import all_anchors, bookmark_names
from milebook.writers.docx.comments import comment_ids
from milebook.writers.docx.formatting import family
from milebook.writers.docx.headers import Heads
from milebook.writers.docx.inline import Inline
from milebook.writers.docx.lists import Lists
from milebook.writers.docx.markup import HEAD, SPACES
from milebook.writers.docx.notes import Notes, plain_mark
from milebook.writers.docx.photos import Photos
from milebook.writers.docx.relationships import Relations
from milebook.writers.docx.sections import plan, section_properties
from milebook.writers.docx.styles import StyleSheet

if TYPE_CHECKING:
    from milebook.photos import PhotoPreparer


class Document:
    """The text of a Word file with its notes, lists, photos and headers: each part gathers what the text needs of it."""

    def __init__(self, draft: Draft, layout: Layout, preparer: PhotoPreparer) -> None:
        self.draft, self.layout = draft, layout
        self.names = bookmark_names(all_anchors(draft))
        self.sheet = StyleSheet(layout, draft)
        self.relations, self.relations_of_notes = Relations(), Relations()
        self.bookmarks = Bookmarks(self.names)
        self.comments = comment_ids(draft) if layout.proof else {}
        self.notes = Notes(self.sheet, self._inline(self.relations_of_notes), self.bookmarks.around, draft.language)
        self.lists = Lists(self.sheet.list_indent)
        self.photos = Photos(layout, preparer, self.relations)
        self.heads = Heads(draft, layout, self.sheet, self.relations)
        self.sections = plan(draft, layout)

    def _inline(self, relations: Relations) -> Inline:
        code_font = family(self.layout, self.layout.style(Role.CODE).font)
        return Inline(
            relations, self.names, self.draft.language, self.sheet.plain, code_font, plain_mark, self.comments.get
        )

    def xml(self, progress: Callable[[float], None]) -> Deflated:
        """The main part."""
        text = self._inline(self.relations)
        text.footnote = self.notes.reference
        body = Body(
            self.layout, self.draft.language, self.sheet, text, self.notes, self.lists, self.photos, self.bookmarks,
            self.draft.targets(),
        )  # fmt: skip
        made = Deflated(f"{HEAD}<w:document {SPACES}><w:body>".encode())

        def write(xml: str) -> None:
            made.add(xml.encode())

        leftward = reads_right_to_left(self.draft.language)
        for number, section in enumerate(self.sections):
            heads = self.heads.of_section(section, first=number == 0)
            properties = section_properties(
                section, self.layout, heads.references, title_page=heads.title_page, leftward=leftward
            )
            body.section(section, properties, write, last=number == len(self.sections) - 1)
            progress((number + 1) / len(self.sections))
        if not self.sections:
            write("<w:p/>")
        write("</w:body></w:document>")
        return made
