"""Parts in; a .docx out, the same on every run.

python-docx knows the package: parts, relationships and core properties (`opc`). What it makes does not depend on the text
and is kept between runs. Its way of writing the zip does not keep to one order and date and would deflate JPEGs, so the zip
is written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from milebook.model.draft import Draft
from milebook.output.archive import Archive
from milebook.output.pieces import Pieces
from milebook.photos import PreparedPhoto
from milebook.writers import kept
from milebook.writers.docx.markup import clean
from milebook.writers.docx.relationships import Relations

_TYPES = "application/vnd.openxmlformats-officedocument"
WORD_TYPE = f"{_TYPES}.wordprocessingml"
LONGEST = 255  # characters that a core property may have


class PartFile(NamedTuple):
    """A part to put into the package: its name, content type and bytes; `kind` is the relationship that leads to it."""

    name: str
    content_type: str
    data: bytes | PreparedPhoto
    kind: str = ""  # from the document; "" where `Relations` of another part lead to it


def pack(
    draft: Draft,
    document: PartFile,
    parts: Sequence[PartFile],
    relations: dict[str, Relations],
    extra: Sequence[PartFile],
    cache: str = "",
) -> Pieces:
    """The file. `relations` are those of parts by name, "/word/document.xml" among them; `extra` belong to the package.

    `cache` is a folder for what may be kept between runs.
    """
    content = {part.name.removeprefix("/"): part.data for part in (document, *parts, *extra)}
    archive = Archive()
    for name, text in _shell(draft, document, parts, relations, extra, cache).items():
        data = content[name] if text is None else text.encode()
        if isinstance(data, bytes):
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
    cache: str,
) -> kept.Texts:
    """The files of the package in their order, with the text of those that are none of the parts."""
    core = (
        _short(draft.title), _short(draft.subtitle), _short("; ".join(draft.authors)), _short(draft.description),
        _short(", ".join(draft.subjects)), _short(draft.language), draft.stamp.epoch,
    )  # fmt: skip
    names = [(part.name, part.content_type, part.kind) for part in (document, *parts, *extra)]
    known = {name: of_part.ids for name, of_part in relations.items()}
    listed = [[name, *((*relation, number) for relation, number in ids.items())] for name, ids in known.items()]

    def make(build_id: str) -> kept.Texts:
        from milebook.writers.docx import package_parts

        main, *others = [package_parts.Named(*named) for named in names]
        middle = len(others) - len(extra)
        identified = package_parts.Core(f"milebook:{build_id}", *core)
        return package_parts.shell(identified, main, others[:middle], others[middle:], known)

    others = {name.removeprefix("/") for name, _, _ in names}
    addresses = {*others, *(name.removeprefix("word/") for name in others), "docProps/core.xml"}
    addresses.update(relation.target for ids in known.values() for relation in ids if relation.external)
    about = ("docx", core, names, len(extra), listed)
    return kept.texts(kept.store(cache), about, draft.stamp.build_id, make, others=others, addresses=addresses)


def _short(value: str) -> str:
    """One line of at most 255 characters, cut at a word."""
    line = " ".join(clean(value).split())
    if len(line) <= LONGEST:
        return line
    return f"{line[: LONGEST - 1].rpartition(' ')[0] or line[: LONGEST - 1]}…"
