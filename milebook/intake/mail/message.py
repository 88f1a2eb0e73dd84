"""One mail to one Found: who wrote, when, the words of their own, the pictures."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from milebook.intake import plain_text
from milebook.intake.documents.attached import document_in
from milebook.intake.documents.word import Document
from milebook.intake.items import OURS, SKIPPED, UNREADABLE, Found, Original, Passage, words_in
from milebook.intake.mail import mime
from milebook.intake.mail.forwards import Own, own_lines
from milebook.intake.mail.headers import Headers, Sender, moment, sender
from milebook.intake.mail.no_story import automatic, encrypted
from milebook.intake.mail.notices import without_notices
from milebook.intake.mail.own_text import LITTLE
from milebook.intake.mail.parts import Body, body, text_of
from milebook.intake.mail.subjects import take_forwarded, take_subject
from milebook.intake.people import signed, take_byline

_SENT = frozenset(
    ("sent", "gesendet", "envoyés", "envoyes", "enviados", "inviati", "verzonden", "skickat", "sendt", "wysłane", "отправленные")
)  # fmt: skip
_WASTE = frozenset(
    ("spam", "trash", "junk", "papierkorb", "corbeille", "papelera", "cestino", "prullenbak", "drafts", "entwürfe", "brouillons", "chat")
)  # fmt: skip
_DEEPEST = 4  # mails in mails


class How(NamedTuple):
    """How mails are to be read: the options that matter here."""

    encoding: str = ""
    keep_quotes: bool = False
    accept_changes: bool = False


_PLAIN = How()


def found(
    data: bytes, source: str, how: How = _PLAIN, *, again: Callable[[], bytes], from_line: bytes = b"", depth: int = 0
) -> Found:
    """What a mail holds. `again` reads the same bytes once more, when a picture or the original is to be written."""
    item = envelope(data, source, again, from_line)
    headers, parts = mime.message(data)
    subject = headers.text("subject")
    labels = {word.strip().lower() for word in headers.text("x-gmail-labels").split(",")}
    if labels & _SENT:
        item.verdict, item.why = OURS, "sent by you"
    elif labels & _WASTE:
        item.verdict, item.why = SKIPPED, f"in the mailbox’s folder “{sorted(labels & _WASTE)[0]}”"
    unwritten = automatic(headers, parts, subject)
    if unwritten:
        item.verdict, item.why = SKIPPED, unwritten
    _read_body(item, parts, how, again, depth)
    if why := encrypted(headers, parts, item.text):
        item.verdict, item.why = UNREADABLE, why
    person = signed(item.text)
    if person.line:
        item.name = item.name or person.name
        if _first(person.name) == _first(item.name):
            item.age, item.location = person.age, person.location
            item.notes.append(f"signed “{person.line}”")
    return item


def envelope(data: bytes, source: str, again: Callable[[], bytes], from_line: bytes = b"") -> Found:
    """A mail by its headers alone: who wrote, when, about what, and its original."""
    headers = mime.head(data)
    who = _writer(headers)
    item = Found("email", _key(headers, data), source, who.name, who.address)
    when = _when(headers, from_line)
    if when:
        item.received, item.moment = when.date().isoformat(), when.isoformat()
    subject = headers.text("subject")
    item.quoted = take_subject(item, subject)
    item.answers = _answers(headers)
    item.original = Original(".eml", hashlib.sha256(data).hexdigest(), again)
    return item


def _writer(headers: Headers) -> Sender:
    """Who wrote a mail. A mailing list that writes “Ana via Stories” has her address in another header."""
    who = sender(headers.raw("from") or headers.raw("sender") or headers.raw("reply-to"))
    listed = re.fullmatch(r"['\"]?(.+?)['\"]? (?:via|por|über) .+", who.name)
    if not listed:
        return who
    first = sender(headers.raw("x-original-from") or headers.raw("reply-to") or headers.raw("x-original-sender"))
    return Sender(first.name or listed[1], first.address) if first.address else who


def unread(source: str, why: str, key: str) -> Found:
    return Found("email", key, source, verdict=UNREADABLE, why=why)


def _first(name: str) -> str:
    return (name.split() or [""])[0].casefold()


def _read_body(item: Found, parts: list[mime.Part], how: How, again: Callable[[], bytes], depth: int) -> None:
    stretches: list[Own] = []

    def trim(lines: list[str]) -> Own:
        if how.keep_quotes:
            return Own(list(range(len(lines))))
        if stretches and not any(lines[n].strip() for n in without_notices(lines, list(range(len(lines))))):
            item.cuts.append("\n".join(lines).strip())  # what a mailing list adds as a part of its own
            return Own([])
        stretches.append(own_lines(lines, passes_on=LITTLE if item.forwarding else 0 if item.answering else 1))
        return stretches[-1]

    def read(number: int) -> bytes:
        return mime.message(again())[1][number].data()

    held = body(parts, read, how.encoding, trim)
    item.passages, item.pictures = held.passages, held.pictures
    item.notes += held.notes
    for one in stretches:
        item.cuts += one.cuts
        item.quoted = item.quoted or one.quoted
        item.notes += one.notes
        take_forwarded(item, one)
    own = words_in(item.text)
    if held.messages:
        _inner(item, held.messages, own, how, again, depth)
    _attached_texts(item, held, own, how, read)
    for part in held.tnef:
        from milebook.intake.mail.outlook import read_tnef

        read_tnef(item, part.data(), partial(read, part.number))


def _inner(item: Found, messages: list[mime.Part], own: int, how: How, again: Callable[[], bytes], depth: int) -> None:
    """A mail with another one inside: where there is next to nothing of its own, the inner one is the story."""
    first = messages[0]
    if own >= LITTLE or depth >= _DEEPEST:
        item.notes.append("another mail is attached, and not imported: save it as a file of its own to import it")
        return
    number = first.number

    def inside() -> bytes:
        return mime.message(again())[1][number].data()

    inner = found(first.data(), item.source, how, again=inside, depth=depth + 1)
    if not (inner.passages or inner.pictures):
        return
    if item.name or item.email:
        item.notes.append(f"forwarded by {item.name or item.email}")
    _put_in_place(item, inner.passages)
    item.name, item.email, item.age, item.location = inner.name, inner.email, inner.age, inner.location
    if inner.title:
        item.title, item.answering = inner.title, inner.answering
    item.heading = inner.heading
    item.pictures += inner.pictures
    item.cuts += inner.cuts
    item.notes += inner.notes
    item.received, item.moment = item.received or inner.received, item.moment or inner.moment
    if len(messages) > 1:
        item.notes.append(f"{len(messages)} mails are attached; only the first was read")


def _put_in_place(item: Found, passages: list[Passage]) -> None:
    """Make other words the text of a mail. Its own are kept among the cuts, and its pictures have no place in the others."""
    if item.passages:
        item.cuts.append("\n\n".join(filter(None, (item.heading, item.text))))
    item.heading = ""
    for one in item.pictures:
        one.after = None
    item.passages = passages


def _attached_texts(item: Found, held: Body, own: int, how: How, read: Callable[[int], bytes]) -> None:
    """A text or Word file that came along: the story, where the mail itself says next to nothing."""
    for name, part in held.documents:
        again = partial(read, part.number)
        document = document_in(part.data(), accept_changes=how.accept_changes, again=again) or Document()
        if document.problem:
            item.notes.append(f"attached: {name}: {document.problem}")
        elif own < LITTLE and words_in(document.text) > own:
            _put_in_place(item, document.passages)
            item.heading = document.title
            item.pictures += document.pictures
            item.notes += [f"the text is from the attached {name}", *document.notes]
            take_byline(item)
            own = words_in(item.text)
        else:
            item.notes.append(f"a document is attached too ({name}): import it by itself if it is the story")
    for name, part in held.texts:
        text = text_of(part, how.encoding)
        if own < 3 and text.strip():
            _put_in_place(item, plain_text.passages(text.split("\n")))
            item.notes.append(f"the text is from the attached {name or 'file'}")
            take_byline(item)
            own = words_in(item.text)
        elif text.strip():
            item.notes.append(f"a second text is attached ({name or 'without a name'}): which is the story?")


def _key(headers: Headers, data: bytes) -> str:
    ident = headers.raw("message-id").strip()
    match = re.search(r"<([^<>\s]{1,500})>", ident)
    ident = match[1] if match else ident.strip("<>").strip()
    if ident and len(ident) <= 500 and ident.isprintable() and " " not in ident:
        return f"mail:<{ident}>"
    blank = data.find(b"\n\n")
    return f"sha256:{hashlib.sha256(headers.raw('from').encode() + headers.raw('date').encode() + data[blank:]).hexdigest()}"


def _answers(headers: Headers) -> tuple[str, ...]:
    """Keys of the mails that this one answers, the nearest last."""
    idents = re.findall(r"<([^<>\s]{1,500})>", f"{headers.raw('references')} {headers.raw('in-reply-to')}")
    return tuple(dict.fromkeys(f"mail:<{ident}>" for ident in idents[-20:]))


def _when(headers: Headers, from_line: bytes) -> datetime | None:
    """The Date, else the first Received, else the mailbox's own line."""
    if (found := moment(headers.raw("date"))) is not None:
        return found
    for line in reversed(headers.all("received")):
        if (found := moment(line.rpartition(";")[2])) is not None:
            return found
    match = re.search(rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*", from_line)
    return moment(_asctime(match[0].decode("ascii", "replace"))) if match else None


def _asctime(value: str) -> str:
    """ "Thu Apr 16 09:53:04 +0000 2015" in the order of a Date header."""
    match = re.match(r"\w+ +(\w{3}) +(\d+) +([\d:]+)(?: +([+-]\d{4}))? +(\d{4})(?: +([+-]\d{4}))?", value)
    return f"{match[2]} {match[1]} {match[5]} {match[3]} {match[4] or match[6] or '+0000'}" if match else value
