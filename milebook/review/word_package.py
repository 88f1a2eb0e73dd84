"""Open a returned Word file safely: check the zip before reading it, and parse its parts without entities.

python-docx opens packages too, but reads and parses every part at once, takes the last of two parts with one name, and turns a
DOCTYPE into an empty text. A file that comes by mail is a stranger's, so it is checked here first.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

FILE_LIMIT = 300_000_000  # bytes of the whole file, photos included
PART_LIMIT = 120_000_000  # bytes of one XML part
ENTRIES = 10_000  # files in the zip
RATIO, RATIO_FROM = 250, 5_000_000  # how far an XML part may shrink, asked of parts larger than this
_KINDS = (
    (
        b"%PDF-",
        "this is a PDF, not a Word file",
        "ask for the Word file (.docx); changes marked in a PDF cannot be read",
    ),
    (b"{\\rtf", "this is an RTF file, not a Word file", "open it and save it as a Word document (.docx)"),
    (b"<", "this is a web page or XML, not a Word file", "open it and save it as a Word document (.docx)"),
)


class NotReadable(Exception):
    """The file cannot be read. `why` and `cure` are for the author."""

    def __init__(self, why: str, cure: str) -> None:
        super().__init__(why)
        self.why, self.cure = why, cure


class WordPackage:
    """A Word file whose zip has been checked. `document` is the name of its main part."""

    def __init__(self, data: bytes) -> None:
        """Raises NotReadable."""
        if len(data) > FILE_LIMIT:
            raise NotReadable(
                "the file is larger than 300 MB", "take the photos out of the Word file and save it again"
            )
        _recognize(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._entries = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as error:
            raise NotReadable(
                "the file is damaged: it begins like a Word file, but its end is missing or broken",
                "ask for it again, or open it in Word and save it under a new name",
            ) from error
        _check(self._zip.infolist())
        self.document = self._main()

    def names(self) -> list[str]:
        return list(self._entries)

    def has(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of a part; raises NotReadable, also where it unpacks to more than it said."""
        info = self._entries[name]
        try:
            with self._zip.open(info) as file:
                data = file.read(PART_LIMIT + 1)
        except Exception as error:  # BadZipFile, zlib.error, EOFError … have no common parent
            raise NotReadable(f"the file is damaged: {name} cannot be unpacked", "ask for it again") from error
        if len(data) > PART_LIMIT:
            raise _bomb(name)
        return data

    def xml(self, name: str) -> _Element:
        """A part as a tree, without entities and network; raises NotReadable for what is not well-formed, and for any DOCTYPE."""
        from lxml import etree

        data = self.read(name)
        if any("<!DOCTYPE".encode(encoding) in data for encoding in ("utf-8", "utf-16-le", "utf-16-be")):
            raise NotReadable(
                f"{name} in it begins with a DOCTYPE, which no word processor writes and which can be used for attacks",
                "open the file in Word or LibreOffice, save it under a new name, and review that",
            )
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            line, column = error.position
            raise NotReadable(
                f"{name} in it is not well-formed XML: line {line}, column {column}: {error.msg}",
                "the program that wrote it made a mistake: open it in Word or LibreOffice, save it under a new name, and review that",
            ) from error

    def mark(self, name: str) -> str:
        """What tells the bytes of a part from those of others without unpacking it; "" where it is not there."""
        info = self._entries.get(name)
        return f"{info.CRC:08x}-{info.file_size}" if info is not None else ""

    def targets(self) -> dict[str, str]:
        """Names of the parts that the main part refers to, by the ids of the relations."""
        return {ident: name for ident, _, name in self._relations(self.document)}

    def related(self, kind: str, base: str = "") -> list[str]:
        """Names of the parts that a part refers to (the main part by default), by the last word of the relation's kind."""
        return [name for _, its, name in self._relations(base or self.document) if its == kind and self.has(name)]

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Id, last word of the kind and name of the part meant, for each relation of a part ("" for the file) inside the file."""
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        for relation in self.xml(rels) if self.has(rels) else ():
            if relation.get("TargetMode") != "External":
                name = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
                yield relation.get("Id") or "", (relation.get("Type") or "").rpartition("/")[2], name

    def _main(self) -> str:
        found = [name for _, kind, name in self._relations("") if kind == "officeDocument" and name.endswith(".xml")]
        for name in (*found, "word/document.xml"):
            if self.has(name):
                return name
        raise NotReadable("this is not a Word file: it holds no document", "send the Word file (.docx) that came back")


def picture_marks(data: bytes) -> set[str]:
    """The marks of all pictures in a Word file, see `WordPackage.mark`. Raises NotReadable."""
    package = WordPackage(data)
    return {package.mark(name) for name in package.names() if "/media/" in name}


def _recognize(data: bytes) -> None:
    if data.startswith(b"PK\x03\x04"):
        return
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise NotReadable(
                "the file is protected with a password",
                "open it in Word, remove the password (File, Info), and save it again",
            )
        raise NotReadable(
            "this is an old Word file (.doc), not a .docx", "open it and save it as a Word document (.docx)"
        )
    if not data:
        raise NotReadable("the file is empty", "ask for it again")
    for magic, why, cure in _KINDS:
        if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(magic):
            raise NotReadable(why, cure)
    raise NotReadable("this is not a Word file (.docx)", "name the Word file that came back")


def _check(entries: list[zipfile.ZipInfo]) -> None:
    names = Counter(entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries)
    if "mimetype" in names and "content.xml" in names:
        raise NotReadable(
            "this is an OpenDocument file (.odt), not a .docx", "open it and save it as a Word document (.docx)"
        )
    if len(entries) > ENTRIES:
        raise NotReadable(f"the file holds {len(entries)} parts, far more than a Word file has", "ask for it again")
    twice = sorted(name for name, count in names.items() if count > 1)
    if twice:
        raise NotReadable(
            f"the file holds {twice[0]} twice, so that two programs would show two different texts",
            "open it in Word, save it under a new name, and review that",
        )
    for entry in entries:
        if entry.flag_bits & 1:
            raise NotReadable("the file is protected with a password", "save it without the password")
        is_xml = entry.filename.lower().endswith((".xml", ".rels"))
        thin = entry.file_size > RATIO_FROM and entry.file_size > RATIO * max(1, entry.compress_size)
        if is_xml and (entry.file_size > PART_LIMIT or thin):
            raise _bomb(entry.filename)


def _bomb(name: str) -> NotReadable:
    return NotReadable(
        f"{name} in it unpacks to far more than any book holds, as in files made to bring down a computer",
        "do not open it; ask for the Word file again",
    )
