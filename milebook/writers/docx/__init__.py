"""The Word writer: named styles, native notes, comments and bookmarks.

`document` sets the text, with `body` for parts and `inline` for runs; `styles`, `lists`, `notes`, `comments`, `headers` and
`photos` gather what the text needs of the other parts of the file; `package` puts them into the zip; `transcript` reads it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milebook.layout import Layout
from milebook.model.draft import Draft, Role
from milebook.writers import Options, Written
from milebook.writers.docx.comments import comments_xml
from milebook.writers.docx.document import Document
from milebook.writers.docx.embedded_fonts import CONTENT_TYPE, embedded_fonts
from milebook.writers.docx.formatting import family
from milebook.writers.docx.markup import R
from milebook.writers.docx.relationships import Relations
from milebook.writers.docx.settings import app_xml, custom_xml, font_table_xml, settings_xml
from milebook.writers.docx.theme import theme_xml

if TYPE_CHECKING:
    from milebook.photos import PhotoPreparer
    from milebook.writers.docx.package import PartFile

OFFICE = "application/vnd.openxmlformats-officedocument"
DOCUMENT, FOOTNOTES, FONT_TABLE = "/word/document.xml", "/word/footnotes.xml", "/word/fontTable.xml"


def write(draft: Draft, layout: Layout, preparer: PhotoPreparer, options: Options) -> Written:
    """The Word file of a Draft. `Written.facts` tells the numbers of `sections`, `pictures` and `notes`."""
    from milebook.writers.docx.package import WORD_TYPE, PartFile, pack
    from milebook.writers.docx.transcript import transcript
    from milebook.writers.transcripts import Transcript

    progress = options.progress or (lambda share: None)
    document = Document(draft, layout, preparer)
    xml = document.xml(lambda share: progress(0.9 * share))
    footnotes = document.notes.xml() if document.notes.made else b""
    parts, relations = _looks(document)
    parts += _beside(document, footnotes)
    relations[DOCUMENT] = document.relations
    if footnotes:
        relations[FOOTNOTES] = document.relations_of_notes
    extra = [
        PartFile("/docProps/app.xml", f"{OFFICE}.extended-properties+xml", app_xml(), f"{R}/extended-properties"),
        PartFile(
            "/docProps/custom.xml", f"{OFFICE}.custom-properties+xml", custom_xml(draft), f"{R}/custom-properties"
        ),
    ]
    file = pack(draft, PartFile(DOCUMENT, f"{WORD_TYPE}.document.main+xml", xml), parts, relations, extra)
    facts: dict[str, object] = {
        "sections": len(document.sections),
        "pictures": len(document.photos.parts),
        "notes": len(document.notes.made),
    }
    anchors = {name: anchor for anchor, name in document.names.items()}
    read_back = Transcript(lambda: transcript(xml, footnotes, anchors))
    return Written(file, read_back, document.photos.findings, facts=facts)


def _looks(document: Document) -> tuple[list[PartFile], dict[str, Relations]]:
    """The parts that say how the text looks, and the relations of the fonts, if any are embedded."""
    from milebook.writers.docx.package import WORD_TYPE, PartFile

    layout, sheet = document.layout, document.sheet
    text_family = family(layout, layout.style(Role.BODY).font)
    fonts = [] if sheet.plain else embedded_fonts(text_family)
    of_fonts = Relations()
    font_table = font_table_xml(layout, {text_family: fonts}, of_fonts)
    settings = settings_xml(
        document.draft, layout, even_and_odd=document.heads.even_and_odd, footnotes=bool(document.notes.made),
        fonts=bool(fonts),
    )  # fmt: skip
    parts = [
        PartFile("/word/styles.xml", f"{WORD_TYPE}.styles+xml", sheet.xml(), f"{R}/styles"),
        PartFile(FONT_TABLE, f"{WORD_TYPE}.fontTable+xml", font_table, f"{R}/fontTable"),
        PartFile("/word/settings.xml", f"{WORD_TYPE}.settings+xml", settings, f"{R}/settings"),
        PartFile("/word/theme/theme1.xml", f"{OFFICE}.theme+xml", theme_xml(text_family), f"{R}/theme"),
        *(PartFile(font.part, CONTENT_TYPE, font.data) for font in fonts),
    ]
    return parts, {FONT_TABLE: of_fonts} if fonts else {}


def _beside(document: Document, footnotes: bytes) -> list[PartFile]:
    """The parts that hold notes, lists, comments, headers and photos, as far as there are any."""
    from milebook.writers.docx.package import WORD_TYPE, PartFile

    parts: list[PartFile] = []
    if footnotes:
        parts.append(PartFile(FOOTNOTES, f"{WORD_TYPE}.footnotes+xml", footnotes, f"{R}/footnotes"))
    if document.lists.uses:
        numbering = document.lists.xml()
        parts.append(PartFile("/word/numbering.xml", f"{WORD_TYPE}.numbering+xml", numbering, f"{R}/numbering"))
    if document.comments:
        comments = comments_xml(document.draft.queries, document.draft.stamp)
        parts.append(PartFile("/word/comments.xml", f"{WORD_TYPE}.comments+xml", comments, f"{R}/comments"))
    for xml, (kind, name) in document.heads.parts.items():
        parts.append(PartFile(name, f"{WORD_TYPE}.{kind.rpartition('/')[2]}+xml", xml))
    for name, picture in document.photos.parts.values():
        parts.append(PartFile(name, picture.media_type, picture))
    return parts
