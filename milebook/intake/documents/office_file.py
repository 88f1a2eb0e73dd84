"""Open a Word file or workbook safely: sizes bounded, no member twice, no DOCTYPE, nothing fetched."""

from __future__ import annotations

import posixpath
import re
import zipfile
from io import BytesIO
from typing import Any

MOST_PART = 64 * 2**20  # bytes of one XML part
MOST_ALL = 512 * 2**20
MOST_MEMBERS = 10_000
MOST_RATIO = 400
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Refused(Exception):
    """Why a file is not read, in words for its owner."""


class OfficeFile:
    """The parts of a document by their names in the package. Raises Refused."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise Refused(
                "it is an old Word file (.doc) or has a password: open it and save it as .docx without a password"
            )
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Refused("the file is damaged: ask for it again") from error
        names = [info.filename for info in members]
        if len(names) != len(set(names)):
            twice = next(name for name in names if names.count(name) > 1)
            raise Refused(f"it holds two parts called {twice[:60]}, which no program writes: ask for it again")
        if len(names) > MOST_MEMBERS or sum(info.file_size for info in members) > MOST_ALL:
            raise Refused("it is made to fill the memory: too much is packed into it")
        if any(info.flag_bits & 1 for info in members):
            raise Refused("it has a password: ask for a copy without one")
        self._members = {info.filename: info for info in members}

    def has(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str, most: int = MOST_PART) -> bytes:
        """The bytes of a part."""
        info = self._members.get(name)
        if info is None:
            raise Refused(f"its part {name[:60]} is missing: ask for it again")
        if info.file_size > most or info.file_size > max(1_000_000, MOST_RATIO * max(1, info.compress_size)):
            raise Refused("it is made to fill the memory: it grows too much when it is unpacked")
        try:
            with self._zip.open(info) as source:
                data = source.read(most + 1)
        except Exception as error:  # BadZipFile, zlib.error, EOFError, NotImplementedError …
            raise Refused("the file is damaged: ask for it again") from error
        if len(data) > most:
            raise Refused("it is made to fill the memory: it grows too much when it is unpacked")
        return data

    def check(self) -> None:
        """Raises Refused if one of the XML parts must not be read: for a library that opens the file itself."""
        for name in self._members:
            if name.lower().endswith((".xml", ".rels")):
                self._checked(name)

    def _checked(self, name: str) -> bytes:
        data = self.read(name)
        if re.search(rb"<!DOCTYPE|<!ENTITY", data[:4_000], re.IGNORECASE) or b"<!\0D\0O\0C" in data[:4_000]:
            raise Refused("it holds a DOCTYPE, which no such file has: it was made to do harm")
        return data

    def xml(self, name: str) -> Any:
        """The root element of an XML part."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        try:
            return etree.fromstring(self._checked(name), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Refused(f"it is damaged: {str(error)[:100]}") from error

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id -> last word of the type, and the name of the part meant; those that lead out are left out."""
        folder, base = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(path):
            return {}
        found = {}
        for one in self.xml(path).iter(RELATIONS):
            target = one.get("Target") or ""
            if (one.get("TargetMode") or "").lower() == "external" or not target:
                continue
            full = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[one.get("Id") or ""] = ((one.get("Type") or "").rpartition("/")[2], full)
        return found

    def main_part(self, fallback: str) -> str:
        """The name of the part that holds the document itself."""
        return next((target for kind, target in self.relations("").values() if kind == "officeDocument"), fallback)
