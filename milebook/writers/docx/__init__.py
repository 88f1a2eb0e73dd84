"""The Word writer: named styles, native notes, comments and bookmarks.

`body` sets parts, `inline` runs; `styles`, `lists`, `notes`, `comments`, `heads` and `photos` gather what the text needs
of the other parts of the file; `package` puts them into the zip; `transcript` reads it again.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from milebook.layout import Layout
from milebook.model.draft import Draft, Paragraph, Role
from milebook.writers import Options, Written
from milebook.writers.docx.body import Body, Bookmarks
from milebook.writers.docx.bookmarks import all_anchors, bookmark_names
from milebook.writers.docx.comments import comment_ids, comments_xml
from milebook.writers.docx.embedded_fonts import CONTENT_TYPE, embedded_fonts
from milebook.writers.docx.formatting import family
from milebook.writers.docx.headers import Heads
from milebook.writers.docx.inline import Inline
from milebook.writers.docx.lists import Lists
from milebook.writers.docx.markup import HEAD, SPACES, R
from milebook.writers.docx.notes import Notes, plain_mark
from milebook.writers.docx.photos import Photos
from milebook.writers.docx.relationships import Relations
from milebook.writers.docx.sections import plan, section_properties
from milebook.writers.docx.settings import app_xml, custom_xml, font_table_xml, settings_xml
from milebook.writers.docx.styles import StyleSheet
from milebook.writers.docx.theme import theme_xml

if TYPE_CHECKING:
    from milebook.photos import PhotoPreparer

DOCUMENT, FOOTNOTES, FONT_TABLE = "/word/document.xml", "/word/footnotes.xml", "/word/fontTable.xml"


def write(draft: Draft, layout: Layout, preparer: PhotoPreparer, options: Options) -> Written:
    """The Word file of a Draft. `facts["bookmarks"]` maps names of bookmarks to anchors, for reading a returned file."""
    from milebook.writers.docx.package import WORD_TYPE, PartFile, pack
    from milebook.writers.docx.transcript import transcript

    names = bookmark_names(all_anchors(draft))
    sheet = StyleSheet(layout, draft)
    of_document, of_notes = Relations(), Relations()
    bookmarks = Bookmarks(names)
    code_font = family(layout, layout.style(Role.CODE).font)
    comments = comment_ids(draft) if layout.proof else {}

    def inline(relations: Relations) -> Inline:
        return Inline(relations, names, draft.language, sheet.plain, code_font, plain_mark, comments.get)

    notes = Notes(sheet, inline(of_notes), bookmarks.around)
    text = inline(of_document)
    text.footnote = notes.reference
    lists = Lists(sheet.list_indent)
    photos = Photos(layout, preparer, of_document)
    heads = Heads(draft, layout, sheet, of_document)
    body = Body(layout, draft.language, sheet, text, notes, lists, photos, bookmarks, _targets(draft))
    text_of_body = BytesIO()  # as one string it would have up to four bytes a character
    _write(text_of_body, [f"{HEAD}<w:document {SPACES}><w:body>"])
    sections = plan(draft, layout)
    for number, section in enumerate(sections):
        furniture = heads.furniture(section, first=number == 0)
        properties = section_properties(section, layout, furniture.references, title_page=furniture.title_page)
        body.section(section, properties, last=number == len(sections) - 1)
        _write(text_of_body, body.take())
        if callable(options.progress):
            options.progress(0.9 * (number + 1) / len(sections))
    _write(text_of_body, body.take(last=True) or ["<w:p/>"])
    _write(text_of_body, ["</w:body></w:document>"])
    document = text_of_body.getvalue()

    text_family = family(layout, layout.style(Role.BODY).font)
    fonts = [] if sheet.plain else embedded_fonts(text_family)
    of_fonts = Relations()
    font_table = font_table_xml(layout, {text_family: fonts}, of_fonts)
    parts = [
        PartFile("/word/styles.xml", f"{WORD_TYPE}.styles+xml", sheet.xml(), f"{R}/styles"),
        PartFile(FONT_TABLE, f"{WORD_TYPE}.fontTable+xml", font_table, f"{R}/fontTable"),
        PartFile(
            "/word/settings.xml",
            f"{WORD_TYPE}.settings+xml",
            settings_xml(draft, layout, even_and_odd=heads.even_and_odd, footnotes=bool(notes.made), fonts=bool(fonts)),
            f"{R}/settings",
        ),
    ]
    theme = theme_xml(text_family)
    parts.append(
        PartFile(
            "/word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml", theme, f"{R}/theme"
        )
    )
    relations = {DOCUMENT: of_document}
    if fonts:
        relations[FONT_TABLE] = of_fonts
        parts += [PartFile(font.part, CONTENT_TYPE, font.data) for font in fonts]
    footnotes = notes.xml() if notes.made else b""
    if footnotes:
        parts.append(PartFile(FOOTNOTES, f"{WORD_TYPE}.footnotes+xml", footnotes, f"{R}/footnotes"))
        relations[FOOTNOTES] = of_notes
    if lists.uses:
        parts.append(PartFile("/word/numbering.xml", f"{WORD_TYPE}.numbering+xml", lists.xml(), f"{R}/numbering"))
    if comments:
        xml = comments_xml(draft.queries, draft.stamp)
        parts.append(PartFile("/word/comments.xml", f"{WORD_TYPE}.comments+xml", xml, f"{R}/comments"))
    for xml, (kind, name) in heads.parts.items():
        parts.append(PartFile(name, f"{WORD_TYPE}.{kind.rpartition('/')[2]}+xml", xml))
    for name, picture in photos.parts.values():
        parts.append(PartFile(name, picture.media_type, picture))
    extra = [
        PartFile("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml", app_xml(), f"{R}/extended-properties"),
        PartFile("/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml", custom_xml(draft), f"{R}/custom-properties"),
    ]  # fmt: skip
    main = PartFile(DOCUMENT, f"{WORD_TYPE}.document.main+xml", document)
    file = pack(draft, main, parts, relations, extra)
    anchors = {name: anchor for anchor, name in names.items()}
    facts: dict[str, object] = {
        "bookmarks": {names[anchor]: anchor for anchor in sorted(bookmarks.used)},
        "sections": len(sections),
        "pictures": len(photos.parts),
        "notes": len(notes.made),
    }
    return Written(file, transcript(document, footnotes, anchors), photos.findings, facts=facts)


def _write(buffer: BytesIO, pieces: list[str]) -> None:
    for piece in pieces:
        buffer.write(piece.encode())


def _targets(draft: Draft) -> frozenset[str]:
    """Anchors that a contents entry or a link in the text leads to."""
    paragraphs = [item for part in draft.parts for item in part.items if isinstance(item, Paragraph)]
    links = (run.link[1:] for item in paragraphs for run in item.runs if run.link.startswith("#"))
    return frozenset([*(item.target for item in paragraphs if item.target), *links])
