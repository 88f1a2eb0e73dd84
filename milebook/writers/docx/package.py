"""Pack the parts of a Word file into a .docx with the same bytes on every run.

python-docx knows the package: parts, relationships and core properties (`opc`). Its way of writing the zip does not keep to one order and date and would deflate JPEGs, so the zip
is written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from milebook.model.draft import Draft
from milebook.output.archive import Archive, Deflated
from milebook.output.file_pieces import Pieces
from milebook.photos import PreparedPhoto
from milebook.writers.docx.markup import clean
from milebook.writers.docx.relationships import Relations

_TYPES = "application/vnd.openxmlformats-officedocument"
WORD_TYPE = f"{_TYPES}.wordprocessingml"
LONGEST = 255  # characters that a core property may have


class PartFile(NamedTuple):
    """A part to put into the package: its name, content type and bytes; `kind` is the relationship that leads to it."""

    name: str
    content_type: str
    data: bytes | Deflated | PreparedPhoto
    kind: str = ""  # from the document; "" where `Relations` of another part lead to it


def pack(
    draft: Draft,
    document: PartFile,
    parts: Sequence[PartFile],
    relations: dict[str, Relations],
    extra: Sequence[PartFile],
) -> Pieces:
    """The file. `relations` are those of parts by name, "/word/document.xml" among them; `extra` belong to the package."""
    content = {part.name.removeprefix("/"): part.data for part in (document, *parts, *extra)}
    archive = Archive()
    for name, text in _shell(draft, document, parts, relations, extra).items():
        data = content[name] if text is None else text.encode()
        if isinstance(data, bytes | Deflated):
            archive.deflate(name, data)
        else:
            archive.store(name, data)
    return archive.finish()


def _shell(
    draft: Draft,
    document: PartFile,
    parts: Sequence[PartFile],
    relations: dict[str, Relations],
    extra: Sequence[PartFile],
) -> dict[str, str | None]:
    """The files of the package in their order, with the text of those that are none of the parts."""
    from milebook.writers.docx import package_parts

    core = package_parts.Core(
        f"milebook:{draft.stamp.build_id}", _short(draft.title), _short(draft.subtitle), _short("; ".join(draft.authors)),
        _short(draft.description), _short(", ".join(draft.subjects)), _short(draft.language), draft.stamp.epoch,
    )  # fmt: skip
    known = {name: of_part.ids for name, of_part in relations.items()}
    main, *others = [
        package_parts.NamedPart(part.name, part.content_type, part.kind) for part in (document, *parts, *extra)
    ]
    return package_parts.shell(core, main, others[: len(parts)], others[len(parts) :], known)


def _short(value: str) -> str:
    """One line of at most 255 characters, cut at a word."""
    line = " ".join(clean(value).split())
    if len(line) <= LONGEST:
        return line
    return f"{line[: LONGEST - 1].rpartition(' ')[0] or line[: LONGEST - 1]}…"
