"""Write runs of text with hyperlinks, note references and comment marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from milebook.model.text import Run
from milebook.writers.docx.formatting import fonts
from milebook.writers.docx.languages import HAS_RTL, language_element, stretches
from milebook.writers.docx.markup import clean, text
from milebook.writers.docx.relationships import HYPERLINK, Relations
from milebook.writers.xml_text import safe_address

SOFT_HYPHEN, FIRM_HYPHEN = "\u00ad", "\u2011"
_SPECIAL = re.compile(f"([\n\t{SOFT_HYPHEN}{FIRM_HYPHEN}])")
_MARKS = {"\n": "<w:br/>", "\t": text(" "), SOFT_HYPHEN: "<w:softHyphen/>", FIRM_HYPHEN: "<w:noBreakHyphen/>"}
_PLAIN = tuple(Run(""))[1:]
LONGEST_LINK = 2000  # characters; Word refuses to open files with longer ones
_LAST_WORD = re.compile(r"\S+\s*\Z")


@dataclass(slots=True)
class Inline:
    """How the runs of one part of the package are set.

    `footnote` makes the reference to a note from its number and printed mark; `comment` the id of the comment for a
    query's serial, or None where queries are not shown; `bookmarks` leads from anchors to names.
    """

    relations: Relations
    bookmarks: Mapping[str, str]
    language: str
    plain: bool
    code_font: str
    footnote: Callable[[int, str], str]
    comment: Callable[[int], int | None]
    _looks: dict[tuple[object, ...], str] = field(default_factory=dict)

    def runs(self, runs: Sequence[Run], lang: str = "", look: str = "") -> str:
        """The content of a paragraph in language `lang` ("" for the book's); `look` goes into every run's properties."""
        if len(runs) == 1 and runs[0][1:] == _PLAIN:
            return self._text(runs[0], lang, look)
        made: list[str] = []
        open_link = ""
        for piece in self._pieces(runs):
            if isinstance(piece, str):
                made.append(piece)
                continue
            if piece.link != open_link:
                if open_link:
                    made.append(self._close(open_link))
                open_link = piece.link
                if open_link:
                    made.append(self._open(open_link))
            made.append(self._note(piece) if piece.note else self._text(piece, lang, look))
        if open_link:
            made.append(self._close(open_link))
        return "".join(made)

    def _pieces(self, given: Sequence[Run]) -> Sequence[Run | str]:
        """The runs to set, with marks of comments round the word before a query (or the word after, or nothing)."""
        if not any(run.query for run in given):
            return given
        made: list[Run | str] = []
        for run in given:
            if not run.query:
                made.append(run)
                continue
            comment = self.comment(run.query)
            if comment is None:
                continue
            start, end = f'<w:commentRangeStart w:id="{comment}"/>', f'<w:commentRangeEnd w:id="{comment}"/>'
            look = "" if self.plain else '<w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
            end += f'<w:r>{look}<w:commentReference w:id="{comment}"/></w:r>'
            at = next((i for i in range(len(made) - 1, -1, -1) if isinstance(made[i], Run)), -1)
            before = made[at] if at >= 0 else None
            word = _LAST_WORD.search(before.text) if isinstance(before, Run) and not before.note else None
            if isinstance(before, Run) and word is not None:
                head = [before._replace(text=before.text[: word.start()])] if word.start() else []
                made[at : at + 1] = [*head, start, before._replace(text=word.group())]
                made.append(end)
            else:
                made += [start, end]
        return made

    def _open(self, link: str) -> str:
        if self.plain:
            return ""
        if link.startswith("#"):
            name = self.bookmarks.get(link[1:])
            return f'<w:hyperlink w:anchor="{name}" w:history="1">' if name else ""
        address = safe_address(link)
        if not address or len(address) > LONGEST_LINK:
            return ""
        return f'<w:hyperlink r:id="{self.relations.add(HYPERLINK, address, external=True)}" w:history="1">'

    def _close(self, link: str) -> str:
        return "</w:hyperlink>" if self._open(link) else ""

    def _note(self, run: Run) -> str:
        return self.footnote(run.note, run.text)

    def _text(self, run: Run, lang: str, look: str) -> str:
        value = run.text
        content = text
        if not value.isprintable():
            value, content = clean(value), _content
        elif FIRM_HYPHEN in value:
            content = _content
        if not value:
            return ""
        tongue = run.lang or lang
        if tongue == self.language:
            tongue = ""
        if not value.isascii() and HAS_RTL.search(value):
            return "".join(
                f"<w:r>{self._look(run, tongue, look, leftward)}{content(part)}</w:r>"
                for part, leftward in stretches(value)
            )
        return f"<w:r>{self._look(run, tongue, look, False)}{content(value)}</w:r>"

    def _look(self, run: Run, lang: str, look: str, leftward: bool) -> str:
        linked = bool(run.link) and not self.plain and not run.link.startswith("#")
        key = (run.bold, run.italic, run.code, run.small_caps, linked, lang, look, leftward)
        known = self._looks.get(key)
        if known is None:
            known = self._looks[key] = self._make_look(run, linked, lang, look, leftward)
        return known

    def _make_look(self, run: Run, linked: bool, lang: str, look: str, leftward: bool) -> str:
        """The `w:rPr` of a run: one character style for its first quality, plain properties for any further."""
        bold, italic, code, small = run.bold, run.italic, run.code, run.small_caps
        style = ""
        if not self.plain:
            if linked:
                style = "Hyperlink"
            elif code:
                style, code = "CodeText", False
            elif bold and italic:
                style, bold, italic = "BoldItalic", False, False
            elif bold:
                style, bold = "Strong", False
            elif italic:
                style, italic = "Emphasis", False
            elif small:
                style, small = "SmallCaps", False
        made = [f'<w:rStyle w:val="{style}"/>' if style else ""]
        made.append(fonts(self.code_font) if code else "")
        made.append("<w:b/><w:bCs/>" if bold or "<w:b/>" in look else "")
        made.append("<w:i/><w:iCs/>" if italic or "<w:i/>" in look else "")
        made.append("<w:smallCaps/>" if small else "")
        made.append("<w:rtl/>" if leftward else "")
        made.append(language_element(lang) if lang else "")
        inside = "".join(made)
        return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def _content(value: str) -> str:
    """The characters of a run, with Word's own elements for line breaks and for hyphens that are not ordinary."""
    if _SPECIAL.search(value) is None:
        return text(value)
    return "".join(_MARKS.get(part) or text(part) for part in _SPECIAL.split(value) if part)
