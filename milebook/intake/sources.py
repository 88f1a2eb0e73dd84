"""The table of sources: for each kind of file what it is known by, and the module that reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NamedTuple

from milebook.intake.blogs.pasted import looks_like_page
from milebook.intake.charset import decoded
from milebook.intake.forms.tables import delimiter, looks_like_table
from milebook.intake.inputs import Input, TooLarge
from milebook.intake.items import SKIPPED, UNREADABLE, Found
from milebook.intake.mail import mbox
from milebook.intake.options import Options
from milebook.intake.pictures import suffix


class Source(NamedTuple):
    """A kind of file. `module` has a function `read(input, options)`, which gives Founds."""

    name: str
    module: str
    knows: Callable[[bytes, str], bool]  # the first bytes, and the file's name in small letters


_HEADER = re.compile(
    rb"(?:[!-9;-~]{1,100}[ \t]*:[^\n]*\n(?:[ \t]+[^\n]*\n)*){1,200}?(?:from|received|return-path|message-id|mime-version|date|subject|delivered-to|to|"
    rb"content-type|x-[\w-]+)[ \t]*:",
    re.IGNORECASE,
)
_ONE_HEADER = re.compile(
    rb"(?:from|received|return-path|message-id|mime-version|delivered-to|x-[\w-]+)[ \t]*:[ \t]*\S", re.IGNORECASE
)


def _is_mail(head: bytes, name: str) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf\r\n")
    if name.endswith((".eml", ".mail")) and b":" in start[:2000]:
        return True
    return bool(_ONE_HEADER.match(start) and _HEADER.match(start.replace(b"\r\n", b"\n")[:8_000]))


def _is_emlx(head: bytes, name: str) -> bool:
    first, _, rest = head.partition(b"\n")
    return first.strip().isdigit() and len(first) < 14 and bool(_HEADER.match(rest.replace(b"\r\n", b"\n")[:8_000]))


def _text(head: bytes) -> str:
    return decoded(head)[0].lstrip("\ufeff \t\n")


def _is_wxr(head: bytes, name: str) -> bool:
    text = decoded(head)[0]
    return "<rss" in text and ("wordpress.org/export" in text or "<wp:" in text or "xmlns:wp" in text)


def _is_blogger(head: bytes, name: str) -> bool:
    text = decoded(head)[0]
    return "<feed" in text and ("blogger" in text.lower() or "schemas.google.com/blogger" in text)


def _is_disqus(head: bytes, name: str) -> bool:
    return b"<disqus" in head and b"disqus.com" in head


def _is_mhtml(head: bytes, name: str) -> bool:
    """Chrome and Edge write “Saved by Blink”; Internet Explorer has no sender but the name of its program."""
    start = head[:2_000].lower()
    return (
        b"snapshot-content-location:" in start or name.endswith((".mht", ".mhtml"))
    ) and b"multipart/related" in start


def _is_html(head: bytes, name: str) -> bool:
    text = _text(head).lower()
    if text.startswith(("<!doctype html", "<html")):
        return True
    if text.startswith("<?xml") and "<html" in text[:4000]:
        return True
    return (
        text.startswith("<")
        and bool(re.search(r"<(?:body|div|head|article|p|table|meta)\b", text[:4000]))
        and "<rss" not in text[:2000]
    )


def _is_docx(head: bytes, name: str) -> bool:
    return head.startswith(b"PK\x03\x04") and (b"word/" in head or name.endswith((".docx", ".docm")))


def _is_xlsx(head: bytes, name: str) -> bool:
    return head.startswith(b"PK\x03\x04") and (b"xl/" in head or name.endswith((".xlsx", ".xlsm")))


def _is_form(head: bytes, name: str) -> bool:
    return looks_like_table(decoded(head)[0], name)


def _is_outlook(head: bytes, name: str) -> bool:
    return head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") and (
        name.endswith(".msg") or b"_\x00_\x00s\x00u\x00b\x00s\x00t\x00g\x00" in head
    )


def _is_pasted(head: bytes, name: str) -> bool:
    return looks_like_page(decoded(head)[0])


# In the order in which they are asked: what is surer comes first.
SOURCES = (
    Source("a mailbox", "mail.mailbox_file", lambda head, name: mbox.is_mailbox(head)),
    Source("a mail of Apple Mail", "mail.mail_file", _is_emlx),
    Source("a saved web page", "blogs.mhtml", _is_mhtml),
    Source("a mail", "mail.mail_file", _is_mail),
    Source("a WordPress export", "blogs.wordpress", _is_wxr),
    Source("a Blogger export", "blogs.blogger", _is_blogger),
    Source("a Disqus export", "blogs.disqus", _is_disqus),
    Source("a web page", "blogs.pages", _is_html),
    Source("a Word file", "documents.word", _is_docx),
    Source("a workbook of answers", "forms.answers", _is_xlsx),
    Source("an Outlook message", "mail.outlook", _is_outlook),
    Source("a winmail.dat", "mail.outlook", lambda head, name: head.startswith(b"\x78\x9f\x3e\x22")),
    Source("an RTF file", "documents.rtf", lambda head, name: head.lstrip().startswith(b"{\\rtf")),
    Source("a table of answers", "forms.answers", _is_form),
    Source("a page pasted as text", "blogs.pasted", _is_pasted),
    Source("a text", "documents.plain_file", lambda head, name: _is_text(head)),
)
_TABLE = next(source for source in SOURCES if source.name == "a table of answers")
_REFUSED = (
    (b"BEGIN:VCARD", "it is a card of somebody’s address"),
    (b"BEGIN:VCALENDAR", "it is an entry of a calendar"),
    (b"%PDF", "it is a PDF, whose lines are no text: ask for the Word file, or copy the text into a .txt file"),
    (
        b"\xd0\xcf\x11\xe0",
        "it is an old Word or Office file, or has a password: open it and save it as .docx without a password",
    ),
    (b"\xffWPC", "it is a WordPerfect file: open it in LibreOffice and save it as .docx"),
    (b"PK\x03\x04", "it is a zip or document of a kind that milebook does not read: save it as .docx or as text"),
    (
        b"!BDN",
        "it is an Outlook data file (.pst): export the mails from Outlook, or open it in Thunderbird, and save them as .eml",
    ),
    (
        b"bplist",
        "it is a web archive of Safari’s, or a settings file: save the page in another browser, as “Web Page, complete”",
    ),
    (b"<?xml", "it is an XML file of a kind that milebook does not read"),
)


_ZIPPED = (
    (
        b"vnd.oasis.opendocument.text",
        "it is an OpenDocument file (.odt): open it in LibreOffice or Word and save it as .docx",
    ),
    (b".iwa", "it is a file of Pages: open it in Pages and choose File > Export To > Word"),
    (b"application/epub+zip", "it is an e-book"),
    (b"ppt/", "it is a presentation: copy its words into a text file"),
)


def _is_text(head: bytes) -> bool:
    if not head.strip() or head.startswith(tuple(magic for magic, _ in _REFUSED)):
        return False
    text = decoded(head)[0]
    odd = sum(1 for c in text if (c < " " and c not in "\n\t\f") or c == "\ufffd")
    return odd * 50 <= len(text)


def source_of(one: Input) -> Source | None:
    name = one.name.lower()
    return next((source for source in SOURCES if source.knows(one.head, name)), None)


def found_in(one: Input, options: Options) -> Iterator[Found]:
    """Everything found in one file. What goes wrong is an item too: nothing stops the rest."""
    count = 0
    try:
        if one.problem:
            yield _refused(one, one.problem)
            return
        source = source_of(one)
        if options.columns and source is not None and source.module in ("blogs.pasted", "documents.plain_file"):
            source = _TABLE if delimiter(decoded(one.head)[0]) else source
        if source is None:
            yield _unknown(one)
            return
        for item in import_module(f"milebook.intake.{source.module}").read(one, options):
            count += 1
            yield item
        if not count:
            yield Found(
                "text", f"file:{one.shown}", one.shown, verdict=SKIPPED, why=f"{source.name} in which nothing was found"
            )
    except TooLarge as error:
        yield _refused(one, str(error))
    except OSError as error:
        yield _refused(one, f"it cannot be read: {error.strerror or error}")
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RecursionError,
        AssertionError,
        MemoryError,
    ) as error:
        # a file that a rule did not foresee must not keep the others out
        yield _refused(one, f"it could not be read{f' after item {count}' if count else ''} ({type(error).__name__})")


def _refused(one: Input, why: str) -> Found:
    return Found("text", f"file:{one.shown}", one.shown, verdict=UNREADABLE, why=why)


def _unknown(one: Input) -> Found:
    if not one.head.strip():
        return Found("text", f"file:{one.shown}", one.shown, verdict=SKIPPED, why="it is empty")
    if suffix(one.head):
        return Found(
            "text",
            f"file:{one.shown}",
            one.shown,
            verdict=SKIPPED,
            why="a picture by itself: put it into stories/photos and name it in the index",
        )
    zipped = one.head.startswith(b"PK\x03\x04")
    reasons = [why for mark, why in _ZIPPED if zipped and mark in one.head[:4_000]]
    reasons += [why for magic, why in _REFUSED if one.head.startswith(magic)]
    return _refused(one, reasons[0] if reasons else "it is neither a mail, a page, a document, a table nor a text")
