"""The agreements' evidence in log order: each file under its item's number, and all of it as one searchable PDF."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from milebook.model.findings import Finding, Place
from milebook.model.slugs import slug
from milebook.package.evidence_text import words_of
from milebook.permissions import PermissionItem
from milebook.source import BookFolder

PAGE = (612.0, 792.0)  # US Letter, in points
MARGIN, SIZE, LEADING, COLUMNS = 60.0, 10.0, 14.0, 92
LINES_AT_MOST = 5000  # of one piece; the rest lies beside
FACE, FACE_FILE = "DejaVu Sans", "fonts/dejavu/Sans.ttf"
CANNOT_BE_SHOWN = "This kind of file cannot be shown here. It lies beside this file as it was received."
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic"})


class Filed(NamedTuple):
    """One piece of evidence: its name in the package, where it lay, and the items it stands for."""

    name: str
    path: str
    items: tuple[str, ...]
    data: bytes


def gather(folder: BookFolder, items: Sequence[PermissionItem]) -> tuple[list[Filed], list[Finding]]:
    """Every evidence file once, under number and id of the first item it serves in the log: P001_cover.pdf, P004_kite-text.pdf …

    Its own name stays out of it: that is often the legal name of somebody who is not to be named.
    """
    paths: dict[str, list[tuple[int, PermissionItem]]] = {}
    for order, item in enumerate(items, 1):
        if item.evidence:
            paths.setdefault(item.evidence, []).append((order, item))
    digits = max(3, len(str(len(items))))
    filed: list[Filed] = []
    findings: list[Finding] = []
    for path, served in paths.items():
        data, found = folder.read_bytes(path, Place(path))
        findings += found
        if data is not None:
            suffix = "".join(c for c in PurePosixPath(path).suffix.lower() if c.isascii() and (c.isalnum() or c == "."))
            first, item = served[0]
            name = f"P{first:0{digits}d}_{slug(item.item, 'evidence')}{suffix}"
            filed.append(Filed(name, path, tuple(one.item for _, one in served), data))
    return filed, findings


def combined(filed: Sequence[Filed], title: str, date: str) -> bytes:
    """One PDF: before each piece a line that says what it is and for which items; text stays text, so it can be searched.

    What cannot be shown (a Word file, a damaged PDF) is named on its page, and lies beside this file.
    """
    import pikepdf

    whole = pikepdf.new()
    for piece in filed:
        cover, following = _pages(piece)
        with pikepdf.open(io.BytesIO(cover)) as pages:
            whole.pages.extend(pages.pages)
        if following is not None:
            with pikepdf.open(io.BytesIO(following)) as pages:
                whole.pages.extend(pages.pages)
    whole.docinfo["/Title"] = f"Permissions of {title}, {date}"
    buffer = io.BytesIO()
    whole.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return buffer.getvalue()


def _pages(piece: Filed) -> tuple[bytes, bytes | None]:
    """The pages made for a piece, and the pages that it has itself."""
    suffix = PurePosixPath(piece.name).suffix
    if suffix == ".pdf":
        sound = _sound_pdf(piece.data)
        return _typed(
            piece, "" if sound else "This PDF is damaged or locked. It lies beside this file as it was received."
        ), sound
    if suffix in PICTURES:
        return _pictured(piece), None
    words = words_of(piece.data, suffix)
    return _typed(piece, CANNOT_BE_SHOWN if words is None else words), None


def _sound_pdf(data: bytes) -> bytes | None:
    """The same pages without anything that could run; what was filled in or signed becomes part of the page."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if not len(pdf.pages):
                return None
            with suppress(pikepdf.PdfError, RuntimeError, ValueError):
                pdf.generate_appearance_streams()
                pdf.flatten_annotations("print")
            for page in pdf.pages:
                for key in ("/AA", "/Annots"):
                    if key in page.obj:
                        del page.obj[key]
            buffer = io.BytesIO()
            pdf.save(buffer, deterministic_id=True)
            return buffer.getvalue()
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError, RecursionError, TypeError, KeyError):
        return None


def _sheet(piece: Filed) -> tuple[io.BytesIO, Any]:
    """A PDF to be filled, in a face with the letters of most languages, embedded."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if FACE not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FACE, str(Path(__file__).parents[1] / FACE_FILE)))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=PAGE, invariant=1, initialFontName=FACE)
    canvas.setTitle(piece.name)
    return buffer, canvas


def _head(canvas: Any, piece: Filed) -> float:
    """The piece's name and items at the top of a page; where the text below may begin."""
    y = PAGE[1] - MARGIN
    canvas.setFont(FACE, SIZE + 2)
    canvas.drawString(MARGIN, y, piece.name)
    canvas.setFont(FACE, SIZE - 1)
    for line in textwrap.wrap("for " + ", ".join(piece.items), COLUMNS):
        y -= LEADING
        canvas.drawString(MARGIN, y, line)
    canvas.line(MARGIN, y - 8, PAGE[0] - MARGIN, y - 8)
    return y - 8 - 2 * LEADING


def _typed(piece: Filed, text: str) -> bytes:
    buffer, canvas = _sheet(piece)
    y = _head(canvas, piece)
    for paragraph in text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")[:LINES_AT_MOST]:
        for line in textwrap.wrap(paragraph, COLUMNS, drop_whitespace=False) or [""]:
            if y < MARGIN:
                canvas.showPage()
                y = PAGE[1] - MARGIN
            canvas.setFont(FACE, SIZE)
            canvas.drawString(MARGIN, y, "".join(c if c.isprintable() else " " for c in line))
            y -= LEADING
    canvas.save()
    return bytes(buffer.getvalue())


def _pictured(piece: Filed) -> bytes:
    from reportlab.lib.utils import ImageReader

    from milebook.photos.convert import Limits, convert
    from milebook.photos.decode import NoPhoto

    try:
        shown = convert(piece.data, Limits(max_width=1600, max_height=1600))
    except NoPhoto:
        return _typed(piece, "This picture is damaged. It lies beside this file as it was received.")
    buffer, canvas = _sheet(piece)
    y = _head(canvas, piece)
    scale = min((PAGE[0] - 2 * MARGIN) / shown.width, (y - MARGIN) / shown.height)
    canvas.drawImage(
        ImageReader(io.BytesIO(shown.data)), MARGIN, y - shown.height * scale, shown.width * scale, shown.height * scale
    )
    canvas.save()
    return bytes(buffer.getvalue())


def evidence_names(filed: Sequence[Filed]) -> Mapping[str, str]:
    """Where each evidence file lies in the package, by its path in the book folder."""
    return {piece.path: piece.name for piece in filed}
