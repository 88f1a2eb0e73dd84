"""Extract the words of a piece of evidence, so that the combined file can be searched."""

from __future__ import annotations

import io
import re
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from milebook.source.decode import text_from_elsewhere

LARGEST = 20_000_000  # bytes of a Word file's text that are read at all
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADERS = ("From", "To", "Cc", "Date", "Subject")
BLOCKS = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table"})


def words_of(data: bytes, suffix: str) -> str | None:
    """The words of a text, an e-mail, a web page or a Word file, by the file's suffix; None for what has none that can be had."""
    if suffix == ".eml":
        return _mail(data)
    if suffix in (".htm", ".html"):
        return _page(text_from_elsewhere(data))
    if suffix == ".docx":
        return _word_file(data)
    if suffix in (".txt", ".md", ".csv", ".text"):
        return text_from_elsewhere(data)
    return None


def _mail(data: bytes) -> str:
    """Head lines, text and names of what was attached. A mail beyond understanding is shown as it is."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        if not isinstance(message, EmailMessage) or not any(message[name] for name in HEADERS):
            return text_from_elsewhere(data)
        lines = [f"{name}: {' '.join(str(message[name]).split())}" for name in HEADERS if message[name]]
        body = message.get_body(("plain", "html"))
        words = ""
        if body is not None:
            words = str(body.get_content())
            if body.get_content_subtype() == "html":
                words = _page(words)
        attached = [
            f"Attached: {part.get_filename() or part.get_content_type()}" for part in message.iter_attachments()
        ]
        return "\n".join([*lines, *attached, "", words])
    except (LookupError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return text_from_elsewhere(data)


def _page(html: str) -> str:
    reader = _Html()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.words)).strip()


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("script", "style"):
            self.hidden += 1
        elif tag in BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.hidden = max(0, self.hidden - 1)
        elif tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(re.sub(r"\s+", " ", data))


def _word_file(data: bytes) -> str | None:
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo("word/document.xml")
            if info.file_size > LARGEST:
                return None
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            root = etree.fromstring(archive.read(info), parser)
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        ValueError,
        etree.XMLSyntaxError,
    ):
        return None
    lines = []
    for paragraph in root.iter(f"{WORD}p"):
        pieces = []
        for node in paragraph.iter(f"{WORD}t", f"{WORD}tab", f"{WORD}br"):
            pieces.append((node.text or "") if node.tag == f"{WORD}t" else " ")
        lines.append("".join(pieces))
    return "\n".join(lines)
