"""Write the body of word/document.xml."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from milebook.layout import Layout
from milebook.model.draft import CONTENTS, ENTRIES, Figure, Paragraph, Part, Role, Table
from milebook.model.languages import reads_right_to_left, runs_right_to_left
from milebook.writers.docx.inline import Inline
from milebook.writers.docx.lists import Lists
from milebook.writers.docx.markup import field as word_field
from milebook.writers.docx.markup import one_line, properties, text
from milebook.writers.docx.notes import Notes
from milebook.writers.docx.photos import Photos
from milebook.writers.docx.sections import Section
from milebook.writers.docx.style_names import AFTER_TABLE, FIGURE, FIGURES_ENTRY, TOC_HEADING
from milebook.writers.docx.styles import StyleSheet
from milebook.writers.docx.tables import END, table_xml

_LISTS = ("contents", "illustrations")  # kinds of parts that Word can make again from a field
_OWN_STYLE = {"dedication": Role.DEDICATION, "epigraph": Role.EPIGRAPH}  # of broken lines on a page of their own
_LABEL = re.compile(r"(.*?)(\d{1,9})(\.?(?:\s\D+)?)", re.DOTALL)
MOST_WAITING = 1000  # paragraphs of a section, which are not written before its end is set
Write = Callable[[str], None]
_LABEL_LOOK = '<w:rPr><w:rStyle w:val="CaptionLabel"/></w:rPr>'


@dataclass(slots=True)
class Bookmarks:
    """The bookmarks of one document: names by anchor, each used once, and the next free id."""

    names: Mapping[str, str]
    used: set[str] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)  # anchors of what has no words: they go to the next paragraph

    def around(self, anchor: str, content: str) -> str:
        """`content` in the bookmark of `anchor`, and in those that wait for a paragraph."""
        for wanted in (*([anchor] if anchor else []), *self.waiting):
            if wanted not in self.used and wanted in self.names:
                self.used.add(wanted)
                number = len(self.used)
                content = f'<w:bookmarkStart w:id="{number}" w:name="{self.names[wanted]}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
        self.waiting.clear()
        return content


@dataclass(slots=True)
class Body:
    """The story of the document, paragraph by paragraph. The last one is held back, since it may have to end a section."""

    layout: Layout
    language: str
    sheet: StyleSheet
    inline: Inline
    notes: Notes
    lists: Lists
    photos: Photos
    bookmarks: Bookmarks
    targets: frozenset[str]  # anchors that something leads to
    made: list[str] = field(default_factory=list)
    _written: int = 0  # pieces, no longer among those in `made`
    _held: tuple[dict[str, str], str] | None = None
    _break: bool = False
    _part: Part | None = None
    _figure: int = 0  # number that Word gave the last figure

    def section(self, section: Section, properties_of_section: str, write: Write, *, last: bool) -> None:
        """Sets a section, and writes what is ready of it; the properties of the last one stand at the end of the body."""
        if section.note_restart == "eachSect":
            self.notes.expected = section.note_start or 1
        before = self._written + len(self.made), self._held
        for part, breaks in zip(section.parts, section.breaks, strict=True):
            self._set_part(part, breaks)
            if len(self.made) > MOST_WAITING:
                self._write(write)
        if last:
            self._flush()
            self.made.append(properties_of_section)
        elif (self._written + len(self.made), self._held) != before:
            if self._held is None:  # it ends with a table, which cannot end a section
                self._hold(self.sheet.named(AFTER_TABLE), "")
            assert self._held is not None
            look, content = self._held
            self._held = (dict(look, sectPr=properties_of_section), content)
        self._write(write, last=last)

    def _write(self, write: Write, *, last: bool = False) -> None:
        """What has been set since; all but the last piece, which the next section may have to look at."""
        end = len(self.made) if last else len(self.made) - 1
        for at in range(0, end, MOST_WAITING):
            write("".join(self.made[at : min(at + MOST_WAITING, end)]))
        if end > 0:
            self._written += end
            del self.made[:end]

    def _set_part(self, part: Part, breaks: bool) -> None:
        self._part = part
        self._break = breaks
        self.notes.begin(part)
        if part.anchor in self.targets:
            self.bookmarks.waiting.append(part.anchor)
        entries = [i for i, item in enumerate(part.items) if isinstance(item, Paragraph) and item.role in CONTENTS]
        listed = bool(entries) and part.kind in _LISTS and not self.sheet.plain
        for index, item in enumerate(part.items):
            if isinstance(item, Figure):
                self._set_figure(item, part)
            elif isinstance(item, Table):
                self._set_table(item, part)
            elif listed and entries[0] <= index <= entries[-1]:
                self._set_entry(item, part, first=index == entries[0], last=index == entries[-1])
            else:
                own = _OWN_STYLE.get(part.kind) if not index and item.role == Role.VERSE else None
                self._set_paragraph(item._replace(role=own) if own else item, part)
        for note in self.notes.left():
            for paragraph in note.paragraphs:
                self._set_paragraph(paragraph, part)

    # ------------------------------------------------------------------ items

    def _set_paragraph(self, item: Paragraph, part: Part) -> None:
        lang = item.lang or part.lang
        content = self.inline.runs(item.runs, lang, self.sheet.run_look(item.role))
        look = self.sheet.paragraph(item.role, len(item.inside), item.level, item.changed)
        if item.role == Role.PART_TITLE and part.kind in _LISTS and not self.sheet.plain:
            look = self.sheet.named(TOC_HEADING)
        if item.role == Role.LIST_ITEM and item.inside and item.inside[-1].kind != "quote":
            look = dict(look, numPr=self.lists.item(part.anchor, item.inside))
        self._put(item, look, content, lang)

    def _set_entry(self, item: Paragraph, part: Part, *, first: bool, last: bool) -> None:
        """An entry of the contents: a link to its heading, inside the field that Word can make again."""
        content = self.inline.runs(item.runs, item.lang or part.lang)
        name = self.bookmarks.names.get(item.target)
        if name and content:
            content = f'<w:hyperlink w:anchor="{name}" w:history="1">{content}</w:hyperlink>'
        if first:
            opening = self._field_code(part)
            content = (
                f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {opening} </w:instrText>'
                f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{content}'
            )
        if last:
            content += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        if part.kind == "illustrations":
            look = self.sheet.named(FIGURES_ENTRY)
        else:
            look = self.sheet.paragraph(item.role)
        self._put(item, look, content, item.lang or part.lang)

    def _field_code(self, part: Part) -> str:
        if part.kind == "illustrations":
            return f'TOC \\n \\h \\z \\c "{self._sequence()}"'
        outline = " \\u" if self.sheet.house_headings else ""
        return f'TOC \\o "1-2" \\n \\h \\z{outline}'

    def _set_figure(self, figure: Figure, part: Part) -> None:
        """Photo, caption and credit, each kept with the next by its style."""
        drawing = self.photos.drawing(figure)
        below = figure.caption or figure.credit
        if drawing:
            look = self.sheet.named(FIGURE)
            if below is not None and self._leftward(below, below.lang or figure.lang or part.lang):
                look = dict(look, bidi="<w:bidi/>")  # at the side of its caption
            self._hold(look, self.bookmarks.around(figure.anchor, drawing))
        elif figure.anchor:
            self.bookmarks.waiting.append(figure.anchor)
        lang = figure.lang or part.lang
        if figure.caption is not None:
            caption = figure.caption
            words = self.inline.runs(caption.runs, caption.lang or lang, self.sheet.run_look(caption.role))
            label = self._label(figure.label)
            gap = f"<w:r>{text(' ')}</w:r>" if label and words else ""
            look = self.sheet.paragraph(caption.role, 0, 0, caption.changed)
            if self.sheet.plain and figure.credit is not None:
                look = dict(look, keepNext="<w:keepNext/>")
            self._put(caption, look, f"{label}{gap}{words}", caption.lang or lang)
        if figure.credit is not None:
            credit = figure.credit
            words = self.inline.runs(credit.runs, credit.lang or lang, self.sheet.run_look(credit.role))
            self._put(credit, self.sheet.paragraph(credit.role, 0, 0, credit.changed), words, credit.lang or lang)

    def _label(self, label: str) -> str:
        """ "Figure 1.2": words and chapter as text, the last number as a sequence that Word can list and count."""
        label = one_line(label)
        found = _LABEL.fullmatch(label)
        if not label or self.sheet.plain or found is None:
            look = "" if self.sheet.plain else _LABEL_LOOK
            return f"<w:r>{look}{text(label)}</w:r>" if label else ""
        number = int(found.group(2))
        goes_on = number == self._figure + 1 and number > 1
        self._figure = number
        code = f"SEQ {self._sequence()} \\* ARABIC" + ("" if goes_on else f" \\r {number}")
        lead = f"<w:r>{_LABEL_LOOK}{text(found.group(1))}</w:r>" if found.group(1) else ""
        rest = f"<w:r>{_LABEL_LOOK}{text(found.group(3))}</w:r>" if found.group(3) else ""
        return lead + word_field(code, found.group(2), _LABEL_LOOK) + rest

    def _sequence(self) -> str:
        """The name of the figures' sequence: what Word calls the label of a caption."""
        name = re.sub(r"\W+", "_", self.layout.figure_label).strip("_")[:40]
        return name if name[:1].isalpha() else "Figure"

    def _set_table(self, table: Table, part: Part) -> None:
        if self._break or (self._held is None and self.made and self.made[-1] == END):
            look = dict(self.sheet.named(AFTER_TABLE))  # two tables would grow together
            if self._break:
                look["pageBreakBefore"] = "<w:pageBreakBefore/>"
                self._break = False
            self._hold(look, "")
        self._flush()
        self.made += table_xml(table, self.layout, self.sheet, self.bookmarks.around, part.lang)

    # ------------------------------------------------------------------ setting

    def _put(self, item: Paragraph, look: dict[str, str], content: str, lang: str) -> None:
        """Holds a paragraph; one without content leaves its bookmark to the next, and no empty paragraph."""
        if not content:
            if item.anchor:
                self.bookmarks.waiting.append(item.anchor)
            return
        if self._leftward(item, lang):
            look = dict(look, bidi="<w:bidi/>")
        self._hold(look, self.bookmarks.around(item.anchor, content))

    def _leftward(self, item: Paragraph, lang: str) -> bool:
        """Whether the lines of a paragraph begin at the right. All entries of a list begin at the same side."""
        if item.role in ENTRIES:
            return reads_right_to_left(self.language)
        return runs_right_to_left(item.text, lang or self.language)

    def _hold(self, look: dict[str, str], content: str) -> None:
        self._flush()
        if self._break:
            look = dict(look, pageBreakBefore="<w:pageBreakBefore/>")
            self._break = False
        self._held = (look, content)

    def _flush(self) -> None:
        if self._held is not None:
            look, content = self._held
            self.made.append(f"<w:p>{properties(look)}{content}</w:p>")
            self._held = None
