"""Make the parts of a Word package with python-docx: everything but the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.parts.coreprops import CorePropertiesPart

from milebook.writers.docx.markup import HEAD, R, attribute
from milebook.writers.docx.relationships import Relation

_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


class NamedPart(NamedTuple):
    """A part by its name, content type, and the relationship that leads to it ("" where that of another part does)."""

    name: str
    content_type: str
    kind: str


class Core(NamedTuple):
    """The core properties, every one of at most 255 characters."""

    identifier: str
    title: str
    subject: str
    author: str
    comments: str
    keywords: str
    language: str
    epoch: int  # seconds since 1970


def shell(
    core: Core,
    document: NamedPart,
    parts: Sequence[NamedPart],
    extra: Sequence[NamedPart],
    relations: Mapping[str, Mapping[Relation, str]],
) -> dict[str, str | None]:
    """The files of the package in their order: the text of those that are made here, None for each of the parts given.

    `relations` are those of parts by name, with their ids; `extra` belong to the package.
    """
    package = OpcPackage()
    made: dict[str, Part] = {}
    for named in [document, *parts, *extra]:
        made[named.name] = Part(PackURI(named.name), named.content_type, b"", package)  # type: ignore[arg-type]
    package.load_rel(f"{R}/officeDocument", made[document.name], "rId1")
    package.load_rel(_CORE, _core_properties(core, package), "rId2")
    for number, named in enumerate(extra, 3):
        package.load_rel(named.kind, made[named.name], f"rId{number}")
    for source, known in relations.items():
        for relation, relation_id in known.items():
            target = relation.target if relation.external else made[relation.target]
            made[source].load_rel(relation.kind, target, relation_id, relation.external)
    main = made[document.name]
    first = len(relations[document.name]) + 1
    for number, named in enumerate((named for named in parts if named.kind), first):
        main.load_rel(named.kind, made[named.name], f"rId{number}")
    return _files(package, made)


def _files(package: OpcPackage, given: Mapping[str, Part]) -> dict[str, str | None]:
    parts = sorted(package.iter_parts(), key=lambda part: str(part.partname))
    files: dict[str, str | None] = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _text(package.rels.xml),
    }
    for part in parts:
        files[part.partname.membername] = None if str(part.partname) in given else _text(part.blob)
        if len(part.rels):
            files[part.partname.rels_uri.membername] = _text(part.rels.xml)
    return files


def _text(xml: str | bytes) -> str:
    return xml if isinstance(xml, str) else xml.decode()


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


def _core_properties(given: Core, package: OpcPackage) -> CorePropertiesPart:
    part: CorePropertiesPart = CorePropertiesPart.default(package)
    core = part.core_properties
    moment = datetime.fromtimestamp(max(0, given.epoch), UTC).replace(tzinfo=None)
    core.title, core.subject = given.title, given.subject
    core.author = core.last_modified_by = given.author
    core.comments, core.keywords = given.comments, given.keywords
    core.language, core.identifier = given.language, given.identifier
    core.revision = 1
    core.created = moment
    core.modified = moment
    return part
