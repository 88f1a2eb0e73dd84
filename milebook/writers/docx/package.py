"""Pack the parts of a Word file into a .docx with the same bytes on every run.

python-docx knows the package: parts, relationships and core properties (`opc`). Its way of writing the zip does not keep to one order and date and would deflate JPEGs, so the zip
is written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.parts.coreprops import CorePropertiesPart

from milebook.model.draft import Draft
from milebook.output.archive import Archive, Deflated
from milebook.output.file_pieces import Pieces
from milebook.photos import PreparedPhoto
from milebook.writers.docx.markup import HEAD, R, attribute, one_line
from milebook.writers.docx.relationships import Relations

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
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
    relations: Mapping[str, Relations],
    extra: Sequence[PartFile],
) -> Pieces:
    """The file. `relations` are those of parts by name, "/word/document.xml" among them; `extra` belong to the package."""
    package = OpcPackage()
    made: dict[str, Part] = {}
    for one in (document, *parts, *extra):
        made[one.name] = Part(PackURI(one.name), one.content_type, b"", package)  # type: ignore[arg-type]
    package.load_rel(f"{R}/officeDocument", made[document.name], "rId1")
    package.load_rel(_CORE, _core_properties(draft, package), "rId2")
    for number, one in enumerate(extra, 3):
        package.load_rel(one.kind, made[one.name], f"rId{number}")
    for source, known in relations.items():
        for relation, relation_id in known.ids.items():
            target = relation.target if relation.external else made[relation.target]
            made[source].load_rel(relation.kind, target, relation_id, relation.external)
    first = len(relations[document.name].ids) + 1
    for number, one in enumerate((one for one in parts if one.kind), first):
        made[document.name].load_rel(one.kind, made[one.name], f"rId{number}")
    archive = Archive()
    for name, data in _files(package, {one.name: one.data for one in (document, *parts, *extra)}):
        if isinstance(data, bytes | Deflated):
            archive.deflate(name, data)
        else:
            archive.store(name, data)
    return archive.finish()


def _files(
    package: OpcPackage, given: Mapping[str, bytes | Deflated | PreparedPhoto]
) -> Iterator[tuple[str, bytes | Deflated | PreparedPhoto]]:
    """The files of the package in their order. `given` are the parts by name; all others come from python-docx."""
    parts = sorted(package.iter_parts(), key=lambda part: str(part.partname))
    yield "[Content_Types].xml", _content_types(parts).encode()
    yield "_rels/.rels", _bytes(package.rels.xml)
    for part in parts:
        data = given.get(str(part.partname))
        yield part.partname.membername, _bytes(part.blob) if data is None else data
        if len(part.rels):
            yield part.partname.rels_uri.membername, _bytes(part.rels.xml)


def _bytes(xml: str | bytes) -> bytes:
    return xml if isinstance(xml, bytes) else xml.encode()


def _content_types(parts: list[Part]) -> str:
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    overrides: list[tuple[str, str]] = []
    for part in parts:
        if part.content_type.startswith("image/"):
            defaults[part.partname.ext] = part.content_type
        else:
            overrides.append((str(part.partname), part.content_type))
    made = [HEAD, '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">']
    made += [f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in sorted(defaults.items())]
    made += [f'<Override PartName="{attribute(name)}" ContentType="{kind}"/>' for name, kind in sorted(overrides)]
    made.append("</Types>")
    return "".join(made)


def _core_properties(draft: Draft, package: OpcPackage) -> CorePropertiesPart:
    part: CorePropertiesPart = CorePropertiesPart.default(package)
    core = part.core_properties
    core.title, core.subject = _short(draft.title), _short(draft.subtitle)
    core.author = core.last_modified_by = _short("; ".join(draft.authors))
    core.comments, core.keywords = _short(draft.description), _short(", ".join(draft.subjects))
    core.language, core.identifier = _short(draft.language), f"milebook:{draft.stamp.build_id}"
    core.revision = 1
    core.created = core.modified = datetime.fromtimestamp(max(0, draft.stamp.epoch), UTC).replace(tzinfo=None)
    return part


def _short(value: str) -> str:
    """One line of at most 255 characters, cut at a word."""
    line = one_line(value)
    if len(line) <= LONGEST:
        return line
    return f"{line[: LONGEST - 1].rpartition(' ')[0] or line[: LONGEST - 1]}…"
