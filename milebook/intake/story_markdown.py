"""Write received passages as story Markdown that milebook reads back as exactly the same words, with no mark added.

Signs that would mean something in Markdown get a backslash. Each text is read back at once; where anything differs, the
passage is written again with a backslash before every sign, and last of all without its italics.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from milebook.intake.items import BULLET, HEADING, NUMBER, PARAGRAPH, QUOTE, SCENE, Passage, Span
from milebook.markdown import addresses, read_prose
from milebook.markdown import lines as line_rules
from milebook.model.text import SCENE_BREAK, Run, Text
from milebook.source import clean

SCENE_LINE = line_rules.SCENE_BREAK
BULLETS = "•‣▪●◦·"
_BULLET = re.compile(rf"[ \t]*[{BULLETS}](?=[ \t])")
_LINE_END = re.compile(rf"\n(?![ \t]*[{BULLETS}][ \t])")
_BREAKS = re.compile(r"[\v\f\x1c-\x1e\x85\u2028\u2029]")
_ALWAYS = re.compile(r"([\\`*])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_BRACKET = re.compile(r"\[(?=[^\[\]]*\][(\[{:])|\[(?=\^)|(?<=\^)\[|(?<=!)\[")
_ANGLE = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_LINE_START = re.compile(r"(?m)^([ \t]*)(?=#{1,6}(?:[ \t]|$)|>|[+-](?:[ \t]|$)|~~~|(?:[-_][ \t]*){3,}$)")
_LIST_NUMBER = re.compile(r"(?m)^([ \t]*\d{1,10})([.)])(?=[ \t]|$)")
SIGN = re.compile(r"""([!"#&'()*+.:<=>\[\\\]^_`{|}~-])""")  # those that a backslash protects


def cleaned(text: str) -> str:
    """The text with characters that cannot be printed taken out, in Unicode's composed form; every break is "\\n"."""
    text = text.replace("\ufffc", "")  # Apple's sign for a picture
    return unicodedata.normalize("NFC", clean(_BREAKS.sub("\n", text).replace("\r\n", "\n").replace("\r", "\n")))


def written(passages: Iterable[Passage]) -> str:
    """The Markdown of a story, ending in one line end; "" for nothing."""
    listed = list(passages)
    body = _body(listed)
    if not _whole(body, listed):  # such as a list of one entry, which is read as a paragraph
        flat = [_flat(one) for one in listed]
        body = _body(flat)
        if not _whole(body, flat):
            body = _body(flat, careful=True)
    return body


def _body(passages: list[Passage], *, careful: bool = False) -> str:
    parts: list[str] = []
    before: Passage | None = None
    for one in _numbered_apart(passages):
        text = _one(one, careful)
        if not text:
            continue
        if before is not None:
            if one.kind == before.kind == QUOTE:
                parts.append("\n>\n")
            else:
                parts.append("\n" if one.kind in (BULLET, NUMBER) and before.kind == one.kind else "\n\n")
        parts.append(text)
        before = one
    body = "".join(parts)
    return body + "\n" if body else ""


def _numbered_apart(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages, a list that begins anew right below another with the other sign behind its numbers (1) for 1.), because it
    would be counted on."""
    before = _NO_LABEL
    for one in passages:
        label = _LABEL.fullmatch(one.label) if one.kind == NUMBER else None
        if label is None:
            before = _NO_LABEL
            yield one
            continue
        number, sign = int(label[1]), label[2]
        if sign == before.written and number != before.number + 1:
            written = ")" if sign == "." else "."
        elif sign == before.typed and number == before.number + 1:
            written = before.written
        else:
            written = sign
        before = _Label(number, sign, written)
        yield one._replace(label=f"{label[1]}{written}")


class _Label(NamedTuple):
    """The number of an entry, the sign behind it, and the one that is written for it."""

    number: int
    typed: str
    written: str


_LABEL = re.compile(r"(\d{1,9})([.)])")
_NO_LABEL = _Label(0, "", "")


def _flat(one: Passage) -> Passage:
    """The passage as a plain paragraph; the number of a list stays before it."""
    if one.kind == NUMBER and one.label:
        return Passage((Span(f"{one.label} "), *one.spans))
    return one if one.kind == SCENE else Passage(one.spans)


def _whole(body: str, passages: list[Passage]) -> bool:
    """Whether the words of all passages are read back in their order."""
    text = read_back(body)
    if text.queries or len(text.notes) != sum(1 for one in passages for span in one.spans if span.note):
        return False
    printed = " ".join(block.text for block in text.blocks if block.kind != SCENE_BREAK).split()
    meant = [word for one in passages if not _is_scene(one) for word in cleaned(one.text).split()]
    return [word for word in printed if word not in BULLETS] == [word for word in meant if word not in BULLETS]


def _is_scene(one: Passage) -> bool:
    return one.kind == SCENE or (one.kind == PARAGRAPH and bool(SCENE_LINE.fullmatch(cleaned(one.text).strip())))


def read_back(markdown: str) -> Text:
    """The text as the rest of milebook reads it, with punctuation as typed."""
    return read_prose(markdown, "", language="en", smart=False)[0]


def _one(one: Passage, careful: bool) -> str:
    spans = _tidy(one.spans)
    plain = "".join(span.text for span in spans)
    if _is_scene(one):
        return plain.strip() if plain.strip()[:1] == "*" else "***"
    notes = [span for span in spans if span.note]
    if not plain and not notes:
        return ""
    quiet = (Span(plain), *notes)
    attempts = ((spans, _escape), (spans, _escape_all), (quiet, _escape), (quiet, _escape_all))
    for attempt in attempts[-1:] if careful else attempts:
        text = _marked(*attempt)
        if _same(text, plain, [span.note for span in notes]):
            break
    lines = text.split("\n")
    if one.kind == HEADING:
        return f"{'#' * min(6, max(2, one.level + 1))} {' '.join(line.removesuffix(chr(92)) for line in lines)}"
    if one.kind == QUOTE:
        return "\n".join(f"> {line}" for line in lines)
    if one.kind in (BULLET, NUMBER):
        label = "-" if one.kind == BULLET else one.label or "1."
        return f"{label} " + f"\n{' ' * (len(label) + 1)}".join(lines)
    return text


def _same(markdown: str, plain: str, notes: list[str]) -> bool:
    """Whether the passage is read as one block with these words, line breaks where they were, and nothing beside it."""
    text = read_back(markdown)
    if len(text.blocks) > 1 and all(_BULLET.match(line) for line in plain.split("\n")):
        return _words(" ".join(block.text for block in text.blocks)) == _words(plain)
    return (
        len(text.blocks) == 1
        and not (text.queries or text.blocks[0].level)
        and [" ".join(block.text for block in note.blocks).split() for note in text.notes]
        == [note.split() for note in notes]
        and (not text.blocks[0].inside or bool(_BULLET.match(plain)))
        and text.blocks[0].kind != SCENE_BREAK
        and not any(run.code or run.lang or not _is_bare(run) for run in text.blocks[0].runs)
        and _lines(text.blocks[0].text) == _lines(_BULLET.sub("", plain, count=1) if text.blocks[0].inside else plain)
    )


def _words(text: str) -> list[str]:
    return [word for word in text.split() if word not in BULLETS]


def _is_bare(run: Run) -> bool:
    """Whether a run is no link, or one that shows the very address it leads to."""
    return not run.link or addresses.is_address(run.text)


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.split("\n")]


def _tidy(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans of the same look joined, single spaces, no space at line ends; spaces at the edges of italics stand outside."""
    joined: list[Span] = []
    for span in spans:
        if span.note:
            joined.append(Span("", note=" ".join(cleaned(span.note).split())))
            continue
        text = re.sub(r"[^\S\n]+", " ", cleaned(span.text))
        text = re.sub(r" ?\n ?", "\n", text)
        if not text:
            continue
        if not text.strip():
            span = Span(text)
        if joined and not joined[-1].note and (joined[-1].bold, joined[-1].italic) == (span.bold, span.italic):
            joined[-1] = joined[-1]._replace(text=joined[-1].text + text)
        else:
            joined.append(span._replace(text=text))
    out: list[Span] = []
    for span in joined:
        span = span._replace(text=re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", span.text)))
        if not (span.bold or span.italic):
            out.append(span)
            continue
        core = span.text.strip()
        at = span.text.index(core)
        out += [Span(span.text[:at]), span._replace(text=core), Span(span.text[at + len(core) :])]
    whole = [span for span in out if span.text or span.note]
    while whole and not (whole[0].text.strip() or whole[0].note):
        del whole[0]
    while whole and not (whole[-1].text.strip() or whole[-1].note):
        del whole[-1]
    if whole:
        whole[0] = whole[0]._replace(text=whole[0].text.lstrip())
        whole[-1] = whole[-1]._replace(text=whole[-1].text.rstrip())
    text = "".join(span.text for span in whole)
    if re.search(r" {2}|\n\n| \n|\n ", text):  # where two spans met
        whole = _joints(whole)
    return tuple(span for span in whole if span.text or span.note)


def _joints(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    last = ""
    for span in spans:
        if span.note:
            out.append(span)
            continue
        text = re.sub(r"\n{2,}", "\n", span.text)
        if last in (" ", "\n"):
            text = text.lstrip(" \n" if last == "\n" else " ")
            if last == " " and text[:1] == "\n" and out:
                out[-1] = out[-1]._replace(text=out[-1].text.rstrip(" "))
        if text:
            out.append(span._replace(text=text))
            last = text[-1]
    return out


def _marked(spans: tuple[Span, ...], escape: Callable[[str], str]) -> str:
    out: list[str] = []
    for span in spans:
        if span.note:
            out.append(f"^[{_escape_all(span.note)}]")
            continue
        text = escape(span.text)
        mark = "*" * (span.italic + 2 * span.bold)
        out.append(f"{mark}{text}{mark}" if mark else text)
    text = "".join(out)
    if escape is _escape:
        text = _LIST_NUMBER.sub(r"\1\\\2", _LINE_START.sub(r"\1\\", text))
    return _LINE_END.sub("\\\\\n", text)


def _escape(text: str) -> str:
    """Backslashes where they are needed; an address is printed letter for letter as it is."""
    bare, found = addresses.take_out(text) if addresses.may_hold(text) else (text, [])
    if any("{" in one or "}" in one for one in found):
        return _escape_all(text)
    return addresses.put_back(_escape_words(bare), found)


def _escape_words(text: str) -> str:
    text = _ALWAYS.sub(r"\\\1", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _BRACKET.sub(r"\\[", text)
    text = _ANGLE.sub(r"\\<", text)
    text = _ENTITY.sub(r"\\&", text)
    return text.replace("{>>", r"\{>>").replace("<<}", r"\<<}")


def _escape_all(text: str) -> str:
    return SIGN.sub(r"\\\1", text)
