"""Find characters that cannot be printed, cannot be seen, or turn the text around.

What is refused (errors) can be taken out with `clean`; what is only suspicious (warnings) stays in the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from milebook.model.findings import Finding, Place, Related

MOST_KINDS = 20  # different characters reported per code and file; a file of noise must not fill the screen
MOST_RELATED = 3  # further places named beside the first

_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"  # CR too: line ends are folded before text gets here
_SURROGATE = "\ud800-\udfff"
_LAST_OF_PLANES = (plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
_NONCHARACTER = "\ufdd0-\ufdef" + "".join(map(chr, _LAST_OF_PLANES))
_BIDI = "\u202a-\u202e\u2066-\u2069"
_SEPARATOR = "\u2028\u2029"
_INVISIBLE = (
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_LOST = "\ufffc\ufffd"

_REFUSED = _CONTROL + _SURROGATE + _NONCHARACTER + _BIDI
_ANY = _REFUSED + _SEPARATOR + _INVISIBLE + _PRIVATE + _LOST
_SEEN_AND_ODD = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc\ufffd"  # those of them that Python calls printable
_UNSAFE_TO_SHOW = "\t\n" + _REFUSED + _SEPARATOR + _INVISIBLE

# Scripts in which a joiner, non-joiner or zero width space belongs to correct spelling.
_JOINING = "\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua87f\ua980-\uabff\ufb50-\ufdff\ufe70-\ufefc"
_UNSPACED = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u1aaf\u1b00-\u1b7f\u3040-\u30ff\u4e00-\u9fff\ua980-\ua9ff\uaa60-\uaadf"
_MONGOLIAN = "\u1800-\u18af"
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_EMOJI = "\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"

_TAGS = "".join(map(chr, range(0xE0020, 0xE0080)))
_LONGEST_FLAG = 16

_NAMES = {
    "\x00": "a zero byte",
    "\x08": "a backspace",
    "\x0b": "a line break as Word makes it",
    "\x0c": "a page break",
    "\r": "a carriage return",
    "\x1b": "an escape character",
    "\x7f": "a delete character",
    "\u200b": "a zero width space",
    "\u200c": "a zero width non-joiner",
    "\u200d": "a zero width joiner",
    "\u2060": "a word joiner",
    "\ufeff": "a byte order mark inside the text",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\ufffc": "the mark of a picture that was lost in pasting",
    "\ufffd": "the mark of a character that was lost before",
}


class _Kind(NamedTuple):
    code: str
    characters: str
    what: str  # follows "U+0000 (a zero byte) "
    hint: str


_KINDS = (
    _Kind("MB014", _CONTROL, "is a control character and cannot be printed", "delete it and type what belongs there"),
    _Kind("MB021", _SURROGATE, "is half of a character", "delete it and type the character again"),
    _Kind("MB021", _NONCHARACTER, "is not a character", "delete it"),
    _Kind(
        "MB015",
        _BIDI,
        "turns the direction of the text around without being seen",
        "delete it: it makes the text read otherwise than it is stored",
    ),
    _Kind("MB017", _SEPARATOR, "is read as the end of a line", "press Enter there instead"),
    _Kind(
        "MB018",
        _PRIVATE,
        "has no meaning that all computers share",
        "put an ordinary character there; it may come from a symbol font such as Wingdings",
    ),
    _Kind(
        "MB019",
        _LOST,
        "stands where something was lost",
        "compare with what the contributor sent, and type what is missing",
    ),
    _Kind(
        "MB016",
        _INVISIBLE,
        "cannot be seen",
        "delete it, unless the language needs it; it often comes with text copied from a web page",
    ),
)


@cache
def _one_of(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}]")


def shown(name: str, most: int = 120) -> str:
    """A name or path safe to print: what cannot be seen becomes `<U+202E>`, what is long is cut in the middle."""
    safe = _one_of(_UNSAFE_TO_SHOW).sub(lambda match: f"<U+{ord(match[0]):04X}>", name)
    return safe if len(safe) <= most else f"{safe[: most // 2 - 1]}…{safe[-most // 2 :]}"


@lru_cache(maxsize=1)  # three packages ask about the same text, one after the other
def is_plain(text: str) -> bool:
    """Whether all characters of a text are such as no one needs to look at: which is nearly always so, and quickly found out.

    False only says that one of them is unusual; a no-break space is enough.
    """
    line = text.replace("\n", "")
    return (line.isprintable() or line.replace("\t", "").isprintable()) and (
        text.isascii() or not any(map(text.__contains__, _SEEN_AND_ODD))
    )


def windows_sign(control: str) -> str:
    """The sign that a control character U+0080 to U+009F stands for in Windows' code page; "" for none."""
    if not "\u0080" <= control <= "\u009f":
        return ""
    try:
        return control.encode("latin-1").decode("cp1252")
    except UnicodeDecodeError:
        return ""


def clean(text: str) -> str:
    """The text without what `text_findings` refuses (its errors); line and paragraph separators become line ends."""
    if is_plain(text):
        return text
    return _one_of(_SEPARATOR).sub("\n", _one_of(_REFUSED).sub("", text))


def text_findings(text: str, file: str, *, line: int = 1, column: int = 1) -> list[Finding]:
    """One finding for each different unwelcome character, at its first place in `file`.

    `line` and `column` say where `text` begins, for a text that is only a part of the file. Errors: control characters,
    halves of characters, non-characters, direction overrides. Warnings: what cannot be seen where no script needs it,
    private use, marks of loss. Notes: U+2028 and U+2029.
    """
    unwelcome = _one_of(_ANY)
    if is_plain(text) or not unwelcome.search("".join(set(text))):  # ten times faster than the text itself
        return []
    right_to_left = not text.isascii() and bool(_one_of(_RIGHT_TO_LEFT).search(text))
    places: dict[str, list[int]] = {}
    counts: dict[str, int] = {}
    for match in unwelcome.finditer(text):
        character, at = match[0], match.start()
        if _welcome(text, at, right_to_left):
            continue
        counts[character] = counts.get(character, 0) + 1
        if len(first := places.setdefault(character, [])) <= MOST_RELATED:
            first.append(at)
    findings: list[Finding] = []
    shares: dict[str, int] = {}
    for character, found in places.items():
        kind = next(kind for kind in _KINDS if _one_of(kind.characters).match(character))
        shares[kind.code] = shares.get(kind.code, 0) + 1
        if shares[kind.code] > MOST_KINDS:
            continue
        place, *others = [_place(text, at, file, line, column) for at in found]
        message, hint = _message(kind, character, counts[character] - 1)
        related = tuple(Related("and here", other) for other in others)
        findings.append(Finding(kind.code, message, place, hint, related, quote=_quote(text, found[0])))
    return findings


def _message(kind: _Kind, character: str, more: int) -> tuple[str, str]:
    """What a finding says of a character that stands in `more` other places, and its hint."""
    what, hint = kind.what, kind.hint
    if sign := windows_sign(character):
        what = f"is “{sign}” as old Windows programs write it, read in a wrong encoding"
        hint = f"type {sign} there, or let milebook repair it: milebook check --fix"
    again = "" if not more else f"; it stands in this file {'once' if more == 1 else f'{more:,} times'} more"
    return f"U+{ord(character):04X}{_named(character)} {what}{again}", hint


def _named(character: str) -> str:
    name = _name(character)
    return f" ({name})" if name else ""


def _name(character: str) -> str:
    known = _NAMES.get(character)
    if known:
        return known
    if "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000":
        return "a character for private use"
    return unicodedata.name(character, "").lower()


def _place(text: str, at: int, file: str, line: int, column: int) -> Place:
    before = text.count("\n", 0, at)
    start = text.rfind("\n", 0, at) + 1
    return Place(file, line + before, at - start + (1 if before else column))


def _quote(text: str, at: int) -> str:
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    whole = text[start : end if end >= 0 else len(text)]
    return _one_of(_UNSAFE_TO_SHOW).sub("\ufffd", whole) if len(whole) <= 300 else ""


def _welcome(text: str, at: int, right_to_left: bool) -> bool:
    """Whether an invisible character belongs where it stands: joiners in emoji and in scripts spelled with them."""
    character = text[at]
    before = text[at - 1] if at else ""
    after = text[at + 1] if at + 1 < len(text) else ""
    if character == "\u200d" and _one_of(_EMOJI).match(before) and _one_of(_EMOJI).match(after):
        return True
    if character in "\u200c\u200d":
        return bool(_one_of(_JOINING).match(before) or _one_of(_JOINING).match(after))
    if character == "\u200b":
        return bool(_one_of(_UNSPACED).match(before) or _one_of(_UNSPACED).match(after))
    if character == "\u180e":
        return bool(_one_of(_MONGOLIAN).match(before))
    if character == "\u034f":  # keeps marks apart or in their order
        return bool(before and after and (unicodedata.combining(before) or unicodedata.combining(after)))
    if character in "\u200e\u200f\u061c":
        return right_to_left
    if "\U000e0020" <= character <= "\U000e007f":  # the flags of England, Scotland, Wales are spelled with these
        return text[max(0, at - _LONGEST_FLAG) : at].rstrip(_TAGS)[-1:] == "\U0001f3f4"
    return False
