"""Read the headers of a mail: encoded words, addresses, parameters and dates, whatever a program made of them."""

from __future__ import annotations

import binascii
import email.utils
import re
from datetime import datetime
from email.message import Message
from typing import NamedTuple

from milebook.assemble.name_words import SURNAME_PARTICLES
from milebook.intake.charset import codec, decoded
from milebook.intake.person_names import plain_name
from milebook.intake.written_dates import moment_in, slashed

_WORD = re.compile(r"=\?([^?\s]{1,60})\?\s?([BbQq])\?([^?]*(?:\?(?!=)[^?]*)*)\?=")
_BETWEEN = re.compile(r"(=\?[^?\s]+\?\s?[BbQq]\?[^?]*\?=)\s+(?==\?[^?\s]+\?\s?[BbQq]\?)")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*\.?", re.ASCII)
_BEFORE_ADDRESS = re.compile(r"(?i)(?<![\[<({\s])[\[<({\s]*(?:(?:mailto|e-?mail)\s*:\s*)?$")
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*")
MOST_HEADERS = 2_000
# What stands behind a comma and is no given name: a title, a suffix, a kind of firm.
_NO_GIVEN_NAME = re.compile(
    r"(?i)(?<!\w)(?:jr|sr|i{1,3}|iv|ph\.? ?d|m\.?d|d\.?d\.?s|d\.?v\.?m|esq|r\.?n|c\.?p\.?a|m\.?a|b\.?a|m\.?b\.?a|j\.?d|ed\.?d|m\.?s\.?w|"
    r"prof|dr|mr|mrs|ms|rev|inc|incorporated|llc|l\.?l\.?p|ltd|limited|co|corp|corporation|company|gmbh|ag|plc|s\.?a|the)\.?(?!\w)"
)


class Sender(NamedTuple):
    """A name and an address, each "" where there is none."""

    name: str
    address: str


class Headers:
    """The header lines of one message or part: names in small letters, values with folding undone, still encoded."""

    def __init__(self, block: bytes) -> None:
        self.pairs: list[tuple[str, bytes]] = []
        value: list[bytes] = []
        for line in block.split(b"\n"):
            line = line.rstrip(b"\r")
            if line[:1] in (b" ", b"\t") and self.pairs:
                value.append(line)
                continue
            match = _FIELD.match(line)
            if match and len(self.pairs) < MOST_HEADERS:
                self._close(value)
                value = [line[match.end() :]]
                self.pairs.append((match[1].decode("ascii", "replace").lower(), b""))
        self._close(value)

    def _close(self, value: list[bytes]) -> None:
        if self.pairs and value:
            self.pairs[-1] = (self.pairs[-1][0], b"".join(value).strip())

    def raw(self, name: str) -> str:
        """The first value of a header as characters, encoded words left; "" for none."""
        for key, value in self.pairs:
            if key == name:
                return decoded(value[:20_000])[0].replace("\n", " ")
        return ""

    def all(self, name: str) -> list[str]:
        return [decoded(value[:20_000])[0] for key, value in self.pairs if key == name]

    def text(self, name: str) -> str:
        """The first value of a header in plain words."""
        return words(self.raw(name))

    def parameter(self, header: str, name: str) -> str:
        """A parameter of a header, such as the boundary of Content-Type; RFC 2231 and encoded words are both read."""
        raw = self.raw(header)
        if name not in raw.lower():
            return ""
        message = Message()
        try:
            message[header] = raw
            given = [value for key, value in message.get_params([], header) if key.lower() == name]
            value = next((one for one in given if isinstance(one, tuple)), given[0] if given else "")
        except Exception:  # the standard library stumbles over some real headers, each time with another exception
            value = ""
        if isinstance(value, tuple):
            try:
                value = email.utils.collapse_rfc2231_value(value)
            except (LookupError, UnicodeError):
                value = value[2]
        if not value:
            match = re.search(rf"(?i)\b{name}\s*=\s*(?:\"([^\"]*)\"|([^;\s]+))", raw)
            value = (match[1] or match[2] or "") if match else ""
        value = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        return words(value).replace("\0", "")

    @property
    def content_type(self) -> str:
        return self.raw("content-type").partition(";")[0].strip().lower()


def words(value: str) -> str:
    """A header's value with its encoded words decoded, also those inside quotes and those inside other encoded words."""
    for _ in range(3):
        if "=?" not in value:
            break
        value = _BETWEEN.sub(r"\1", value)
        again = _decode_words(value)
        if again == value:
            break
        value = again
    return " ".join(value.replace("\0", "").split())


def _decode_words(value: str) -> str:
    """Encoded words side by side are joined before they are decoded, because some programs cut a character in two."""
    out: list[str] = []
    at, charset, pending = 0, "", b""
    for match in _WORD.finditer(value):
        between = value[at : match.start()]
        name = match[1].partition("*")[0]
        if between or codec(name) != codec(charset):
            out.append(_text(pending, charset))
            pending = b""
        out.append(between)
        pending += _bytes(match[2], match[3])
        charset, at = name, match.end()
    return "".join([*out, _text(pending, charset), value[at:]])


def _bytes(way: str, coded: str) -> bytes:
    if way in "Bb":
        raw = re.sub(r"[^A-Za-z0-9+/]", "", coded)
        try:
            return binascii.a2b_base64(raw[: len(raw) - (len(raw) % 4 == 1)] + "=" * (-len(raw) % 4))
        except (binascii.Error, ValueError):
            return coded.encode("utf-8", "replace")
    return binascii.a2b_qp(coded.replace(" ", "_").encode("utf-8", "replace"), header=True)


def _text(data: bytes, charset: str) -> str:
    return decoded(data, charset)[0] if data else ""


def sender(value: str) -> Sender:
    """The first person of a From header. A name that is only the address again is none."""
    value = value[:4_000]
    if "@" not in _WORD.sub("", value):
        value = words(value)  # some programs encode the whole header, address included
    address, name = "", ""
    angle = re.search(r"<\s*([^<>\s]*@[^<>\s]*)\s*>", _without_quoted(value))
    if angle:
        address, name = angle[1], value[: angle.start()]
    else:
        found = _ADDRESS.search(value)
        if found:
            address = found[0]
            comment = re.search(r"\((.*)\)", value[found.end() :])
            name = comment[1] if comment else _BEFORE_ADDRESS.sub("", value[: found.start()])
        else:
            name = value.partition("<")[0]
    name = words(name).strip(" ,;")
    for mark in ('"', "'"):
        if len(name) > 1 and name[0] == name[-1] == mark:
            name = name[1:-1].replace("\\" + mark, mark).strip()
    name = plain_name(words(name)).name.strip(" ,;")
    return Sender(unless_swapped(name, address), address.strip(".'\"").removeprefix("mailto:"))


def _without_quoted(value: str) -> str:
    """The value with the inside of quotation marks blanked, so that an address in a name is not taken for the sender's."""
    return re.sub(r'"(?:[^"\\]|\\.)*"', lambda match: " " * len(match[0]), value)


def unless_swapped(name: str, address: str) -> str:
    """ "Lind, Rosa" is Rosa Lind, and so is "de la Cruz Lind, Rosa" if her address says so; "Lind, Rosa (Duluth)" and "Lind, MD" stay."""
    match = re.fullmatch(r"([^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+){0,3}), ([^\W\d_][\w'’. -]*)", name)
    if not match or _NO_GIVEN_NAME.search(match[2]):
        return name
    family, given = match[1].split(), match[2].split()
    box = re.sub(r"[\W\d_]", "", address.partition("@")[0].casefold())
    plain = [re.sub(r"[\W\d_]", "", word.casefold()) for word in (family[-1], given[0])]
    agrees = bool(plain[0] and plain[1]) and box in (
        plain[1] + plain[0], plain[0] + plain[1], plain[1][0] + plain[0], plain[0] + plain[1][0]
    )  # fmt: skip
    turned = agrees or (len(given) <= 2 and (len(family) == 1 or family[0].casefold() in SURNAME_PARTICLES))
    return f"{match[2]} {match[1]}" if turned else name


def moment(value: str) -> datetime | None:
    """The date of a Date header in the sender's own zone; None for what is no date between 1980 and 2100."""
    value = re.sub(r"\([^()]*\)", " ", value[:200]).strip()
    if not value:
        return None
    found: datetime | None
    try:
        found = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        found = _loose(value)
    return found if found is not None and 1980 <= found.year < 2100 else None


def _loose(value: str) -> datetime | None:
    """A date in another form, in either order of day and month where only one of them is possible: "8/9/2025" may be two days."""
    numbers = value[match.start() :] if (match := re.search(r"(?<!\d)\d{1,2}([/.])\d{1,2}\1\d{4}\b", value)) else ""
    readings = {slashed(numbers, "dmy"), slashed(numbers, "mdy")} - {""}
    if len(readings) != 1:
        readings = {moment_in(_month_first(value))} - {""} if not readings else set()
    return datetime.fromisoformat(readings.pop()) if readings else None


def _month_first(value: str) -> str:
    """ "Mi Aug 13 09:53:04 2025" with the year before the time."""
    return re.sub(r"(?i)\b([^\W\d_]{3,12} +\d{1,2}) (.*?)\b(\d{4})\b", r"\1, \3 \2", value, count=1)
