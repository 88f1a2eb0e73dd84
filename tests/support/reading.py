"""What finished files really say, read without milebook: words of a DOCX, PDF or EPUB, and of a story's Markdown."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def fold(text: str) -> list[str]:
    """Letters and digits only, word by word: quotes, dashes, ligatures and line-end hyphens fall away."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff\ufe0f]", "", text)
    return re.findall(r"[^\W_]+", text)


def letters(text: str) -> str:
    """The letters of a text in a row: what must be equal however lines are broken and hyphenated."""
    return "".join(fold(text))


def docx_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    paragraphs = []
    for paragraph in root.iter(f"{W}p"):
        pieces = []
        for node in paragraph.iter():
            if node.tag == f"{W}t":
                pieces.append(node.text or "")
            elif node.tag in (f"{W}br", f"{W}tab"):
                pieces.append(" ")
        paragraphs.append("".join(pieces))
    return "\n".join(paragraphs)


def epub_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        opf_name = next(name for name in archive.namelist() if name.endswith(".opf"))
        opf = ElementTree.fromstring(archive.read(opf_name))
        namespace = {"o": "http://www.idpf.org/2007/opf"}
        items = {item.get("id"): item.get("href") for item in opf.iterfind(".//o:manifest/o:item", namespace)}
        folder = opf_name.rpartition("/")[0]
        texts = []
        for reference in opf.iterfind(".//o:spine/o:itemref", namespace):
            name = f"{folder}/{items[reference.get('idref')]}".lstrip("/")
            body = ElementTree.fromstring(archive.read(name)).find("{http://www.w3.org/1999/xhtml}body")
            assert body is not None
            texts.append(_spaced(body))
    return "\n".join(texts)


def _spaced(element: ElementTree.Element) -> str:
    block = element.tag.rpartition("}")[2] not in (
        "em",
        "strong",
        "i",
        "b",
        "span",
        "a",
        "code",
        "cite",
        "small",
        "sup",
        "q",
    )
    inner = (element.text or "") + "".join(_spaced(child) + (child.tail or "") for child in element)
    return f"\n{inner}\n" if block else inner


def pdf_text(path: Path, area: tuple[int, int, int, int] = (0, 58, 432, 524), *, raw: bool = False) -> str:
    """A PDF's text inside an area (x, y, width, height in points): by default the trade page without heads and folios.

    With `raw` in the order of the file: by the look of the page poppler takes the last word of a two-line paragraph above
    a picture for a column of its own.
    """
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    x, y, width, height = (str(side) for side in area)
    command = [
        "pdftotext",
        *(["-raw"] if raw else []),
        "-enc",
        "UTF-8",
        "-x",
        x,
        "-y",
        y,
        "-W",
        width,
        "-H",
        height,
        str(path),
        "-",
    ]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    return re.sub(r"(?<=\w)[-\u00ad]\n[\n\f]*(?=\w)", "", text)


def source_paragraphs(markdown: str) -> list[str]:
    """The paragraphs of plain test prose as typed: emphasis marks off, nothing else."""
    return [re.sub(r"[*_\\]", "", p).replace("\n", " ") for p in re.split(r"\n\s*\n", markdown) if re.search(r"\w", p)]


def assert_words_in_order(words: list[str], text: str, where: str) -> None:
    """Every paragraph's letters stand in `text`, one after the other."""
    stream, at = letters(text), 0
    for paragraph in words:
        wanted = letters(paragraph)
        found = stream.find(wanted, at)
        assert found >= 0, f"{where} has lost or moved: {paragraph[:80]}"
        at = found + len(wanted)
