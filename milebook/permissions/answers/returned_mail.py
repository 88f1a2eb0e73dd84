"""Find in the bytes of a mail which letter it is about, who forwarded it, and whether it was returned as undeliverable."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parseaddr
from typing import NamedTuple

from milebook.model.mail_addresses import ADDRESS
from milebook.model.mail_marks import may_be_forwarded

_ID = re.compile(rb"[0-9a-f]{32}@milebook\.invalid")
_RETURNED = re.compile(r"(?i)mailer-daemon|postmaster|mail delivery (?:sub)?system|microsoftexchange")
_SUBJECT = re.compile(
    r"(?i)undeliver|returned mail|delivery (?:status notification|failure|has failed|incomplete)|failure notice|mail delivery failed|"
    r"unzustellbar|nicht zugestellt|non remis|no entregado|mancata consegna|onbestelbaar"
)
_FORM_LIMIT = 12  # attachments that are looked at
_READ = 200_000  # bytes in which an address is looked for


class Traces(NamedTuple):
    """`ids` are Message-IDs of letters of milebook's; `addresses` those in the report of a mail server, in lower case."""

    sender: str = ""
    subject: str = ""
    ids: tuple[str, ...] = ()
    returned: bool = False  # a mail server reports that a mail did not arrive
    delayed: bool = False  # … not yet
    forwarded: bool = False  # by its subject
    addresses: tuple[str, ...] = ()


def traces(data: bytes) -> Traces:
    """What a mail tells. Whatever cannot be read is left empty."""
    ids = tuple(dict.fromkeys(found.decode("ascii") for found in _ID.findall(data)))
    try:
        head = BytesHeaderParser().parsebytes(data)
        sender, subject = _shown(head, "From"), _shown(head, "Subject")
        kind = head.get_content_type()
    except (MessageError, LookupError, ValueError, IndexError, TypeError, AttributeError):
        return Traces(ids=ids)
    report = kind == "multipart/report" and "disposition" not in str(head.get("Content-Type", "")).casefold()
    returned = report or bool(_RETURNED.search(sender) or _SUBJECT.search(subject))
    text = data[:_READ].decode("latin-1")
    delayed = bool(re.search(r"(?im)^Action:\s*delayed", text)) and not re.search(r"(?im)^Action:\s*failed", text)
    addresses = tuple(dict.fromkeys(found.casefold() for found in ADDRESS.findall(text))) if returned else ()
    forwarded = may_be_forwarded(subject)
    return Traces(parseaddr(sender)[1], subject, ids, returned, returned and delayed, forwarded, addresses)


def _shown(head: Message, name: str) -> str:
    value = str(head.get(name, ""))
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, LookupError, ValueError):
        return value


def attached_pdfs(data: bytes, largest: int) -> list[bytes]:
    """The PDF files in a mail, none of more than `largest` bytes."""
    try:
        message = BytesParser().parsebytes(data)
        parts = [part for part in message.walk() if not part.is_multipart()][:_FORM_LIMIT]
        held = [part.get_payload(decode=True) for part in parts]
    except (MessageError, LookupError, ValueError, IndexError, TypeError, AttributeError, RecursionError):
        return []
    return [one for one in held if isinstance(one, bytes) and one.startswith(b"%PDF") and len(one) <= largest]
