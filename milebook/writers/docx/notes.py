"""Footnotes in Word: the references in the text and word/footnotes.xml, numbered by Word itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from milebook.model.draft import Note, Paragraph, Part, Role
from milebook.model.languages import runs_right_to_left
from milebook.model.text import Run
from milebook.writers.docx.inline import Inline
from milebook.writers.docx.markup import HEAD, NOTE_BOOKMARK, SPACES, clean, properties, text
from milebook.writers.docx.markup import field as word_field
from milebook.writers.docx.styles import StyleSheet

FIRST_NOTE_ID = 1_000_000  # of bookmarks around references, above those of paragraphs
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" '
    f'w:lineRule="auto"/><w:ind w:firstLine="0"/></w:pPr><w:r><w:{mark}/></w:r></w:p></w:footnote>'
    for number, kind, mark in ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator"))
)


def referred(part: Part) -> list[int]:
    """Numbers of the notes that a part refers to, in order of first reference."""
    known = {note.number for note in part.notes}
    numbers: dict[int, None] = {}
    for item in part.items:
        if isinstance(item, Paragraph):
            paragraphs = [item]
        else:
            paragraphs = [words for words in (getattr(item, "caption", None), getattr(item, "credit", None)) if words]
        for paragraph in paragraphs:
            for run in paragraph.runs:
                if run.note in known and run.text == str(run.note):
                    numbers[run.note] = None
    return list(numbers)


@dataclass(slots=True)
class Notes:
    """The footnotes of one document.

    `expected` is the number that Word will give to the next reference: a note with another mark gets it by hand.
    """

    sheet: StyleSheet
    inline: Inline
    mark: Callable[[str, str], str]  # anchor and content -> content in its bookmark
    language: str = ""  # of the book
    expected: int = 1
    made: list[str] = field(default_factory=list)
    _waiting: dict[int, Note] = field(default_factory=dict)
    _lang: str = ""
    _repeated: frozenset[int] = frozenset()  # notes of the part at hand that the text refers to more than once
    _names: dict[int, str] = field(default_factory=dict)  # of the bookmarks around the first references to those

    def begin(self, part: Part) -> None:
        self._waiting = {note.number: note for note in part.notes}
        self._lang = part.lang
        counts = Counter(run.note for item in part.paragraphs for run in item.runs if run.note)
        self._repeated = frozenset(number for number, times in counts.items() if times > 1)
        self._names = {}

    def left(self) -> list[Note]:
        """Notes of the part at hand that nothing referred to."""
        return list(self._waiting.values())

    def reference(self, number: int, mark: str) -> str:
        """The run that refers to a note of the part at hand; a second reference is a field that repeats the mark."""
        mark = clean(mark) or str(number)
        note = self._waiting.pop(number, None)
        if note is None:
            if number in self._names:
                return word_field(f"NOTEREF {self._names[number]} \\h", mark, self._look())
            return f"<w:r>{self._look()}{text(mark)}</w:r>"
        note_id = len(self.made) + 1
        automatic = mark == str(number) == str(self.expected)
        self.made.append(self._note(note_id, note, "" if automatic else mark))
        if automatic:
            self.expected += 1
            run = f'<w:r>{self._look()}<w:footnoteReference w:id="{note_id}"/></w:r>'
        else:
            run = (
                f'<w:r>{self._look()}<w:footnoteReference w:customMarkFollows="1" w:id="{note_id}"/>{text(mark)}</w:r>'
            )
        if number not in self._repeated or self.sheet.plain:
            return run
        name = self._names[number] = f"{NOTE_BOOKMARK}{note_id}"
        place = FIRST_NOTE_ID + note_id
        return f'<w:bookmarkStart w:id="{place}" w:name="{name}"/>{run}<w:bookmarkEnd w:id="{place}"/>'

    def _look(self) -> str:
        style = '<w:vertAlign w:val="superscript"/>' if self.sheet.plain else '<w:rStyle w:val="FootnoteReference"/>'
        return f"<w:rPr>{style}</w:rPr>"

    def _note(self, note_id: int, note: Note, mark: str) -> str:
        printed = text(mark) if mark else "<w:footnoteRef/>"
        lead = f"<w:r>{self._look()}{printed}</w:r><w:r>{text(' ')}</w:r>"
        paragraphs: list[str] = []
        for paragraph in note.paragraphs or (Paragraph(Role.NOTE, (Run(""),)),):
            look = self.sheet.paragraph(paragraph.role, len(paragraph.inside), 0, paragraph.changed)
            language = paragraph.lang or self._lang
            if runs_right_to_left(paragraph.text, language or self.language):
                look = dict(look, bidi="<w:bidi/>")
            content = self.inline.runs(paragraph.runs, language)
            paragraphs.append(f"<w:p>{properties(look)}{lead}{self.mark(paragraph.anchor, content)}</w:p>")
            lead = ""
        return f'<w:footnote w:id="{note_id}">{"".join(paragraphs)}</w:footnote>'

    def xml(self) -> bytes:
        return f"{HEAD}<w:footnotes {SPACES}>{_SEPARATORS}{''.join(self.made)}</w:footnotes>".encode()


def plain_mark(number: int, mark: str) -> str:
    """A reference where no note can hang: inside a note."""
    return f"<w:r>{text(clean(mark) or str(number))}</w:r>"
