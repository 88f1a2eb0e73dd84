"""A redline as a Word file: accepting all its tracked changes gives the new text, rejecting them the old one.

python-docx makes the package and its styles; the paragraphs are WordprocessingML (ECMA-376 part 1, 17.13.5), which python-docx has
no tracked changes for. The zip is written by `output.archive`, so that the same input gives the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from milebook.output.archive import Archive
from milebook.output.file_pieces import Pieces
from milebook.review.bold_italic import BOLD, ITALIC
from milebook.review.redline import DELETED, INSERTED, KEPT, MOVED_FROM, MOVED_TO, RedParagraph, RedRun

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STYLES = {
    "chapter-title": "Heading1", "story-title": "Heading2", "subheading": "Heading3", "byline": "Subtitle", "caption": "Caption",
    "credit": "Caption", "block-quote": "Quote", "verse": "Quote",
}  # fmt: skip
_TAGS = {INSERTED: "ins", DELETED: "del", MOVED_FROM: "moveFrom", MOVED_TO: "moveTo"}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Marks:
    """The author and date of all changes, and the next free id."""

    def __init__(self, author: str, date: str) -> None:
        self.about = f"w:author={quoteattr(author)} w:date={quoteattr(date)}"
        self.next = 0
        self.comments: list[str] = []

    def attributes(self) -> str:
        self.next += 1
        return f'w:id="{self.next}" {self.about}'


def redline_file(paragraphs: Iterable[RedParagraph], title: str, author: str, epoch: int) -> Pieces:
    """The file. `epoch` is the date of all changes, in seconds since 1970."""
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    moment = datetime.fromtimestamp(max(0, epoch), UTC)
    marks = _Marks(author, moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    document = Document()
    body = document.element.body
    for paragraph in paragraphs:
        body.insert(len(body) - 1, parse_xml(_paragraph(paragraph, marks)))
    body.insert(len(body) - 1, parse_xml(f'<w:p xmlns:w="{_W}"/>'))  # the last paragraph must not be tracked
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title[:255], author[:255], author[:255], ""
    core.created = core.modified = moment.replace(tzinfo=None)
    core.revision = 1
    if marks.comments:
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
        xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{_W}">{"".join(marks.comments)}</w:comments>'
        part = Part(PackURI("/word/comments.xml"), kind, xml.encode(), document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.COMMENTS)
    saved = BytesIO()
    document.save(saved)
    archive = Archive()
    with zipfile.ZipFile(saved) as made:
        for name in made.namelist():
            archive.deflate(name, made.read(name))
    return archive.finish()


def _paragraph(paragraph: RedParagraph, marks: _Marks) -> str:
    style = _STYLES.get(paragraph.role, "")
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if paragraph.end != KEPT:
        properties += f"<w:rPr><w:{_TAGS[paragraph.end]} {marks.attributes()}/></w:rPr>"
    made = [f"<w:pPr>{properties}</w:pPr>" if properties else ""]
    comment = _comment(paragraph.remarks, marks) if paragraph.remarks else None
    if comment is not None:
        made.append(f'<w:commentRangeStart w:id="{comment}"/>')
    made += [_run(run, marks, bright=comment is not None) for run in paragraph.runs if run.text]
    if comment is not None:
        made.append(f'<w:commentRangeEnd w:id="{comment}"/><w:r><w:commentReference w:id="{comment}"/></w:r>')
    return f'<w:p xmlns:w="{_W}">{"".join(made)}</w:p>'


def _run(run: RedRun, marks: _Marks, *, bright: bool) -> str:
    """A run; `bright` where a comment tells of something that has no tracked form, so that one sees where."""
    look = _look(run.look) + '<w:highlight w:val="yellow"/>' * bright
    if run.fate == KEPT and run.look != run.old_look:
        look += f"<w:rPrChange {marks.attributes()}><w:rPr>{_look(run.old_look)}</w:rPr></w:rPrChange>"
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    tag = "delText" if run.fate == DELETED else "t"
    lines = _UNPRINTABLE.sub("\ufffd", run.text).split("\n")
    text = "<w:br/>".join(f'<w:{tag} xml:space="preserve">{escape(line)}</w:{tag}>' if line else "" for line in lines)
    made = f"<w:r>{properties}{text}</w:r>"
    if run.fate == KEPT:
        return made
    name = _TAGS[run.fate]
    return f"<w:{name} {marks.attributes()}>{made}</w:{name}>"


def _look(look: int) -> str:
    return "<w:b/>" * bool(look & BOLD) + "<w:i/>" * bool(look & ITALIC)


def _comment(remarks: Iterable[str], marks: _Marks) -> int:
    number = len(marks.comments)
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(_UNPRINTABLE.sub("", line))}</w:t></w:r></w:p>'
        for line in remarks
    )
    marks.comments.append(f'<w:comment w:id="{number}" {marks.about} w:initials="mb">{lines}</w:comment>')
    return number
