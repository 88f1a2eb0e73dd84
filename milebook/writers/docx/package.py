"""Parts in; the bytes of a .docx out, the same on every run.

python-docx knows the package: parts, relationships and core properties. Its way of writing the zip does not keep to one
order and date and would deflate JPEGs, so the zip is written here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.parts.coreprops import CorePropertiesPart

from milebook.draft import Draft
from milebook.pictures import Developed
from milebook.pieces import Pieces
from milebook.writers.archive import Archive
from milebook.writers.docx.markup import HEAD, R, attribute, clean
from milebook.writers.docx.relations import Relations

_TYPES = "application/vnd.openxmlformats-officedocument"
WORD_TYPE = f"{_TYPES}.wordprocessingml"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
LONGEST = 255  # characters that a core property may have


class PartFile(NamedTuple):
    """A part to put into the package: its name, content type and bytes; `kind` is the relationship that leads to it."""

    name: str
    content_type: str
    data: bytes | Developed
    kind: str = ""  # from the document; "" where `Relations` of another part lead to it


def pack(
    draft: Draft, document: PartFile, parts: list[PartFile], relations: dict[str, Relations], extra: list[PartFile]
) -> Pieces:
    """The file. `relations` are those of parts by name, "/word/document.xml" among them; `extra` belong to the package."""
    package = OpcPackage()
    made: dict[str, Part] = {}
    for part in [document, *parts, *extra]:
        blob = part.data if isinstance(part.data, bytes) else b""  # a picture stays where it is
        made[part.name] = Part(PackURI(part.name), part.content_type, blob, package)  # type: ignore[arg-type]
    package.load_rel(f"{R}/officeDocument", made[document.name], "rId1")
    core = _core_properties(draft, package)
    package.load_rel(_CORE, core, "rId2")
    for number, part in enumerate(extra, 3):
        package.load_rel(part.kind, made[part.name], f"rId{number}")
    for source, known in relations.items():
        for relation, relation_id in known.ids.items():
            target = relation.target if relation.external else made[relation.target]
            made[source].load_rel(relation.kind, target, relation_id, relation.external)
    main = made[document.name]
    first = len(relations[document.name].ids) + 1
    for number, part in enumerate((part for part in parts if part.kind), first):
        main.load_rel(part.kind, made[part.name], f"rId{number}")
    return _zipped(package, {part.name: part.data for part in parts if not isinstance(part.data, bytes)})


def _zipped(package: OpcPackage, pictures: dict[str, Developed]) -> Pieces:
    parts = sorted(package.iter_parts(), key=lambda part: str(part.partname))
    archive = Archive()
    archive.deflate("[Content_Types].xml", _content_types(parts))
    archive.deflate("_rels/.rels", _bytes(package.rels.xml))
    for part in parts:
        picture = pictures.get(str(part.partname))
        if picture is not None:
            archive.store(part.partname.membername, picture)
        else:
            archive.deflate(part.partname.membername, part.blob)
        if len(part.rels):
            archive.deflate(part.partname.rels_uri.membername, _bytes(part.rels.xml))
    return archive.finish()


def _bytes(xml: str | bytes) -> bytes:
    return xml.encode() if isinstance(xml, str) else xml


def _content_types(parts: list[Part]) -> bytes:
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
    return "".join(made).encode()


def _core_properties(draft: Draft, package: OpcPackage) -> CorePropertiesPart:
    part: CorePropertiesPart = CorePropertiesPart.default(package)
    core = part.core_properties
    moment = datetime.fromtimestamp(max(0, draft.stamp.epoch), UTC).replace(tzinfo=None)
    core.title = _short(draft.title)
    core.subject = _short(draft.subtitle)
    core.author = _short("; ".join(draft.authors))
    core.last_modified_by = _short("; ".join(draft.authors))
    core.comments = _short(draft.description)
    core.keywords = _short(", ".join(draft.subjects))
    core.language = _short(draft.language)
    core.identifier = _short(f"milebook:{draft.stamp.build_id}")
    core.revision = 1
    core.created = moment
    core.modified = moment
    return part


def _short(value: str) -> str:
    """One line of at most 255 characters, cut at a word."""
    line = " ".join(clean(value).split())
    if len(line) <= LONGEST:
        return line
    return f"{line[: LONGEST - 1].rpartition(' ')[0] or line[: LONGEST - 1]}…"
