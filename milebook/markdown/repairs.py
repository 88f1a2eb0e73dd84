"""Find text that was damaged on its way into the file, and what it was before: wrong encodings, remains of e-mail and of Word.

A repair replaces a stretch of the text. Each is one that an author would say yes to at once; what could be meant is left
alone. `milebook check --fix` shows and makes them, and `milebook import` makes them while it reads.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from milebook.markdown.lost_apostrophes import lost_apostrophes
from milebook.model.splicing import spliced
from milebook.source import windows_sign

ENCODING, ENTITY, CODED, BULLET, CONTROL, LOST, MAIL, SPACES, TAG, QUOTED = (
    "encoding", "entity", "coded", "bullet", "control", "lost", "mail", "spaces", "tag", "quoted",
)  # fmt: skip
WHY = {
    ENCODING: "letters that were read in a wrong encoding",
    ENTITY: "signs written as on web pages",
    CODED: "signs in the form in which e-mail travels",
    BULLET: "a bullet as Word makes it",
    CONTROL: "a control character that stands for a sign in Windows",
    LOST: "an apostrophe that was lost",
    MAIL: "what belongs to the e-mail and not to the story",
    SPACES: "spaces that nobody sees",
    TAG: "marks of a web page",
    QUOTED: "the signs that mail programs put before a quoted text",
}
# Only in text that is not Markdown yet: a story may hold "&nbsp;" and mean the space it stands for.
BLANK = "blank"


class Repair(NamedTuple):
    """`text[start:end]` is to be `new`; `kind` is a key of WHY."""

    start: int
    end: int
    new: str
    kind: str


# UTF-8 read as Windows-1252 begins with one of these, followed by what the other bytes look like.
_SUSPECT = re.compile(
    "[\u00c2-\u00c5\u00c9\u00ce-\u00d1\u00e2\u00e3\u00ef\u00f0][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_LOSSY = (
    (re.compile(r"â€™|â€˜(?=[a-z])"), "’"), (re.compile("â€œ"), "“"), (re.compile("â€˜"), "‘"), (re.compile("â€¦"), "…"),
    (re.compile("â€”"), "—"), (re.compile("â€“"), "–"), (re.compile("â€¢"), "•"), (re.compile("â€\u009d"), "”"),
    (re.compile(r"(?<=\w)â€t\b"), "’t"), (re.compile(r"(?<=\S)â€(?=[\s,.;:!?)]|$)", re.MULTILINE), "”"),
)  # fmt: skip
_ENTITY = re.compile(r"&(?:amp;)*(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_NO_WIDTH = {"\u00ad": "", "\u200b": "", "\u2060": "", "\ufeff": "", "\u200c": "\u200c", "\u200d": "\u200d"}
_CONTROLS = re.compile("[\u0080-\u009f\x0b\x0c]")
_BYTES = re.compile(r"(?:=[0-9A-F]{2})+(?:=\r?\n(?:=[0-9A-F]{2})+)*")
_SURE_BYTES = re.compile(r"=(?:E2=80|C3=[89AB]|C2=A0|F0=9F|CE=|D0=)|=20(?=\r?$)|(?<=[A-Za-z])=9[1-7]", re.MULTILINE)
_SOFT_BREAK = re.compile(r"(?<=[^\s=])( ?)=\r?\n(?=\S)")
_BULLET = re.compile(
    r"^([ \t]*)(?:[\uf0a7\uf0b7\uf0d8\uf076\uf06e\u25aa\u25cf\u25cb\u25a0\u2022·§][ \t\u00a0]{1,12}|o[\t\u00a0][ \t\u00a0]*)(?=\S)",
    re.MULTILINE,
)
# How the line begins that a mail program puts below a mail.
SENT_FROM = (
    r"(?:Sent from my \w|Sent (?:from|with|via|using) (?:the |an? )?(?:iPhone|iPad|Outlook|Mail\b|Yahoo|Proton|Gmail|Samsung|Android|AOL|"
    r"Thunderbird|mobile)|Get Outlook for |Von meinem \w+ gesendet|Gesendet (?:von|mit) (?:meinem|der|Outlook) |Envoyé de(?:puis)? |"
    r"Enviado (?:desde|do meu) |Inviato da(?:l mio)? |Verzonden vanaf |Skickat från |Sendt fra |Lähetetty |Odesláno z|Wysłane z|Đã gửi từ )"
)
_SIGNATURE = re.compile(rf"^{SENT_FROM}[^\n]{{0,60}}[ \t\r]*$", re.MULTILINE | re.IGNORECASE)
_ODD_SPACES = re.compile(
    "[\u00a0\u2007 ]*(?: \u00a0|\u00a0 |\u00a0\u00a0)[\u00a0\u2007 ]*(?=[^\\s«»!?;:%‹›])"  # as Word puts two after a sentence
    "|(?<=[a-z,])\u00a0(?=[a-z]{2,} )"
    "|[\u200b\ufeff\u2060](?=.)|(?<=.)[\u200b\ufeff\u2060]"
    "|(?<=[^\\s\\\\])[ \t]+\t[ \t]*|(?<=\\S)\t+(?=\\S)"
)
_TAG = re.compile(
    r"(?:(?<!\\)\\)?<(/?)(i|em|b|strong|p|div|span|br|u|font|o:p)(?:\s[^<>\n]{0,200})?\s*/?>", re.IGNORECASE
)
_BREAKS = re.compile(r"[ \t]*(?:(?:(?<!\\)\\)?<br\s*/?>[ \t]*){2,}(?:\r?\n)*", re.IGNORECASE)
_TAG_MARKS = {"i": "*", "em": "*", "b": "**", "strong": "**"}
_QUOTED = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
_NO_SPACE_SCRIPTS = re.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\u0e00-\u0eff]")  # zero widths are spelling


def repairs(text: str, kinds: Sequence[str] = tuple(WHY)) -> list[Repair]:
    """The repairs of a text, in order and without overlap. Line ends may be "\\n" or "\\r\\n"."""
    found: list[Repair] = []
    for kind in kinds:
        found += _FINDERS[kind](text)
    kept: list[Repair] = []
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if text[one.start : one.end] != one.new and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    return kept


def repaired(text: str, made: Sequence[Repair]) -> str:
    """The text with some of its repairs made."""
    return spliced(text, [(one.start, one.end, one.new) for one in made])


def repair_fully(text: str) -> str:
    """The text with all its repairs, and those that show only when others are made (text damaged twice)."""
    for _ in range(4):
        made = repairs(text)
        if not made:
            break
        text = repaired(text, made)
    return text


# --- encodings


def fixed_encoding(text: str) -> str:
    """A line whose letters were read in a wrong encoding, as it was; the line itself if none were."""
    if not _SUSPECT.search(text):
        return text
    from ftfy import fix_encoding

    for _ in range(3):  # some text was damaged twice
        fixed = text
        for pattern, sign in _LOSSY[-2:]:
            fixed = pattern.sub(sign, fixed)
        fixed = fix_encoding(fixed)
        for pattern, sign in _LOSSY:
            fixed = pattern.sub(sign, fixed)
        if fixed == text:
            break
        text = fixed
    return text


def _encodings(text: str) -> Iterator[Repair]:
    if text.isascii() or not _SUSPECT.search(text):
        return
    for line in re.finditer(r"[^\r\n]+", text):
        fixed = fixed_encoding(line[0])
        if fixed != line[0]:
            start, end = _difference(line[0], fixed)
            yield Repair(line.start() + start, line.end() - end, fixed[start : len(fixed) - end], ENCODING)


def _difference(one: str, two: str) -> tuple[int, int]:
    """How many characters two texts share at their beginnings and at their ends."""
    most = min(len(one), len(two))
    start = next((i for i in range(most) if one[i] != two[i]), most)
    end = next((i for i in range(most - start) if one[-1 - i] != two[-1 - i]), most - start)
    return start, end


def _controls(text: str) -> Iterator[Repair]:
    for found in _CONTROLS.finditer(text):
        sign = windows_sign(found[0])
        if found[0] == "\x0b":
            sign = "\\\n"
        elif found[0] == "\x0c":
            sign = "\n\n"
        if sign:
            yield Repair(*found.span(), sign, CONTROL)


def _entities(text: str) -> Iterator[Repair]:
    for found in _ENTITY.finditer(text) if "&" in text else ():
        sign = found[0]
        while (decoded := html.unescape(sign)) != sign:
            sign = decoded
        if sign.isspace() and "amp;" in found[0]:
            yield Repair(*found.span(), " ", ENTITY)
        elif sign != found[0] and sign.isprintable() and (not sign.startswith("&") or sign == "&"):
            yield Repair(*found.span(), f"\\{sign}" if sign in "<*_" else sign, ENTITY)


def _blanks(text: str) -> Iterator[Repair]:
    """Entities for spaces, and for what has no width; joiners stay, which are spelling in Persian and in Indian scripts."""
    for found in _ENTITY.finditer(text) if "&" in text else ():
        sign = html.unescape(found[0])
        if sign.isspace():
            yield Repair(*found.span(), " ", ENTITY)
        elif sign in _NO_WIDTH:
            yield Repair(*found.span(), _NO_WIDTH[sign], ENTITY)


def _coded(text: str) -> Iterator[Repair]:
    if "=" not in text or not _SURE_BYTES.search(text):
        return
    for found in _BYTES.finditer(text):
        data = bytes.fromhex(re.sub(r"[=\r\n]", "", found[0]))
        try:
            sign = data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                sign = data.decode("cp1252")
            except UnicodeDecodeError:
                continue
        end = found.end()
        if data == b" " and text[end : end + 1] in ("\n", "\r", ""):
            sign = ""
        elif data.isspace():
            sign = " " if data != b"\xc2\xa0" else "\u00a0"
        if "://" not in text[max(0, found.start() - 80) : found.start()].rsplit(" ", 1)[-1]:
            yield Repair(*found.span(), sign, CODED)
    for found in _SOFT_BREAK.finditer(text):
        yield Repair(*found.span(), found[1], CODED)


def _lost(text: str) -> Iterator[Repair]:
    for at in lost_apostrophes(text):
        yield Repair(at, at + 1, "’", LOST)


# --- remains of programs


def _bullets(text: str) -> Iterator[Repair]:
    if text.isascii() and "o\t" not in text:
        return
    for found in _BULLET.finditer(text):
        if found[0].strip() in "•·" and "\u00a0" not in found[0] and "\t" not in found[0]:
            continue  # a bullet that milebook reads
        yield Repair(found.end(1), found.end(), "- ", BULLET)


def _mail(text: str) -> Iterator[Repair]:
    for found in _SIGNATURE.finditer(text):
        rest = text[found.end() :]
        if len(rest) > 2_000:
            continue
        start = found.start()
        while start and text[start - 1] in "\r\n":
            start -= 1
        yield Repair(start, found.end(), "", MAIL)


def _spaces(text: str) -> Iterator[Repair]:
    joins = _NO_SPACE_SCRIPTS.search(text) is not None
    for found in _ODD_SPACES.finditer(text):
        typed = found[0]
        if typed in "\u200b\ufeff\u2060":
            if not joins:
                yield Repair(*found.span(), "", SPACES)
        elif found.start() and text[found.start() - 1] not in "\r\n":
            yield Repair(*found.span(), " ", SPACES)


def _tags(text: str) -> Iterator[Repair]:
    opened: dict[str, int] = {}
    for found in _BREAKS.finditer(text) if "<" in text else ():
        yield Repair(*found.span(), "\n\n" if text[found.end() :].strip() else "", TAG)
    for found in _TAG.finditer(text):
        name, closing = found[2].lower(), bool(found[1])
        if name in _TAG_MARKS:
            balance = opened.get(name, 0)
            partner = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, found.end())
            if closing and balance:
                opened[name] = balance - 1
            elif not closing and partner and "\n\n" not in text[found.end() : partner.start()]:
                opened[name] = balance + 1
            else:
                continue
            yield Repair(*found.span(), _TAG_MARKS[name], TAG)
        elif name == "br":
            rest = text[found.end() :].lstrip(" \t")
            last = not rest or re.match(r"\r?\n[ \t]*(?:\r?\n|$)", rest) is not None  # the paragraph ends here
            yield Repair(*found.span(), "" if last else "\\" if rest[:1] in "\r\n" else "\\\n", TAG)
        elif name in ("p", "div"):
            outer = text[found.end() : found.end() + 1] in ("\n", "\r", "") or text[: found.start()].endswith("\n")
            yield Repair(
                *found.span(), "" if outer or not closing or not text[: found.start()].strip() else "\n\n", TAG
            )
        else:
            yield Repair(*found.span(), "", TAG)


def _quoted(text: str) -> Iterator[Repair]:
    if ">" not in text or text.lstrip()[:1] != ">":
        return
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 4 or not all(line.startswith(">") for line in lines):
        return  # a quotation in a story is meant
    for found in _QUOTED.finditer(text):
        yield Repair(*found.span(), "", QUOTED)


_FINDERS = {
    ENCODING: _encodings, ENTITY: _entities, CODED: _coded, BULLET: _bullets, CONTROL: _controls, LOST: _lost, MAIL: _mail,
    SPACES: _spaces, TAG: _tags, QUOTED: _quoted, BLANK: _blanks,
}  # fmt: skip
