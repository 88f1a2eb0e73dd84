"""An RTF file, as TextEdit and WordPad write it, and the RTF in which Outlook packs the text of its mails."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from milebook.intake.documents.plain_file import title_from_name
from milebook.intake.html_text import from_html
from milebook.intake.inputs import Input
from milebook.intake.items import UNREADABLE, Found, Original, Passage, Span
from milebook.intake.options import Options
from milebook.intake.people import take_signature

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\"
)
# Groups that hold no words of the text.
_LEFT_OUT = frozenset(
    (
        b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"headerl", b"headerr", b"headerf", b"footerl", b"footerr",
        b"footerf", b"listtable", b"listoverridetable", b"revtbl", b"rsidtbl", b"generator", b"xmlnstbl", b"themedata", b"colorschememapping", b"latentstyles",
        b"datastore", b"fldinst", b"bkmkstart", b"bkmkend", b"filetbl", b"annotation", b"atnid", b"atnauthor", b"pntext", b"pntxta", b"pntxtb", b"listtext",
        b"nonshppict", b"mmathPr", b"wgrffmtfilter", b"expandedcolortbl",
    )
)  # fmt: skip
_SIGNS = {
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"emdash": "—", b"endash": "–", b"bullet": "•", b"tab": " ", b"emspace": " ",
    b"enspace": " ", b"line": "\n", b"~": "\u00a0", b"_": "-",
}  # fmt: skip
_CHARSETS = {0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250}  # fmt: skip
MOST_DEEP = 2_000  # groups in groups


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group. `skip` leaves its words out; `after` is how many letters stand for one Unicode sign."""

    skip: bool = False
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    after: int = 1
    page: int = 0  # the code page of the font, 0 for the document's
    note: bool = False
    markup: bool = False  # the HTML that Outlook keeps within RTF


@dataclass(slots=True)
class _Reading:
    passages: list[Passage] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # of the footnotes being read
    html: list[str] = field(default_factory=list)

    def close(self) -> None:
        if "".join(span.text for span in self.spans).strip() or any(span.note for span in self.spans):
            self.passages.append(Passage(tuple(self.spans)))
        self.spans = []


def passages_of(data: bytes) -> list[Passage]:
    """The paragraphs of an RTF text with their italics and footnotes; where it only wraps HTML, those of the HTML."""
    walk = _Walk(data)
    walk.run()
    if walk.wraps_html:
        return from_html("".join(walk.out.html)).passages
    return walk.out.passages


def read(one: Input, options: Options) -> Iterator[Found]:
    """One item. Raises TooLarge and OSError."""
    data = one.read()
    digest = hashlib.sha256(data).hexdigest()
    item = Found("text", f"sha256:{digest}", one.shown, original=Original(".rtf", digest, one.path.read_bytes))
    item.title, item.file_named = title_from_name(one.name), True
    item.passages = passages_of(data)
    if not item.passages:
        item.verdict, item.why = UNREADABLE, "it is an RTF file that holds no words"
    if b"\\pict" in data:
        item.notes.append("pictures in an RTF file are not imported: ask for them as files of their own")
    take_signature(item)
    yield item


class _Walk:
    """A walk over the tokens of an RTF text."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.out = _Reading()
        self.state = _State()
        self.stack: list[_State] = []
        self.page = 1252
        self.fonts: dict[int, int] = {}
        self.font = 0
        self.raw = bytearray()  # bytes that wait to be decoded: a character may have two
        self.swallow = 0  # letters that stand for a Unicode sign already read
        self.star = False
        self.in_fonts = False
        self.wraps_html = False

    def run(self) -> None:
        for token in _TOKEN.finditer(self.data):
            word, number, coded, sign, brace, text = token.groups()
            if coded:
                self.letters(bytes([int(coded, 16)]))
            elif text:
                self.letters(text)
            elif brace == b"{":
                self.flush()
                self.stack.append(self.state)
                if len(self.stack) > MOST_DEEP:
                    break
            elif brace == b"}":
                self.end()
            elif sign == b"*":
                self.star = True
            elif sign in (b"\\", b"{", b"}"):
                self.letters(sign)
            elif sign in (b"\n", b"\r"):
                self.word(b"par", None)
            elif sign:
                self.say(_SIGNS.get(sign, ""))
            elif word:
                self.word(word, int(number) if number else None)
        self.flush()
        self.out.close()

    def letters(self, data: bytes) -> None:
        if self.swallow:
            gone = min(self.swallow, len(data))
            self.swallow -= gone
            data = data[gone:]
        self.raw += data
        self.star = False

    def flush(self) -> None:
        if self.raw:
            name = "mac_roman" if (page := self.state.page or self.page) == 10000 else f"cp{page}"
            try:
                codecs.lookup(name)
            except LookupError:
                name = "cp1252"
            text = bytes(self.raw).decode(name, "replace")
            self.raw.clear()
            self.say(text)

    def say(self, text: str) -> None:
        """Words, with the look that holds here."""
        self.flush()
        state = self.state
        if self.wraps_html and (state.markup or not (state.skip or state.hidden)):
            self.out.html.append(text)
        elif state.skip or state.hidden or not text or state.markup:
            return
        elif state.note:
            self.out.notes.append(text)
        else:
            self.out.spans.append(Span(text, state.bold, state.italic))

    def end(self) -> None:
        self.flush()
        if not self.stack:
            return
        before = self.stack.pop()
        if self.state.note and not before.note:
            words = " ".join("".join(self.out.notes).split())
            self.out.notes = []
            if words:
                self.out.spans.append(Span("", note=words))
        self.state = before
        self.swallow = 0

    def word(self, word: bytes, number: int | None) -> None:
        self.flush()
        on = number != 0
        if word == b"u" and number is not None:
            self.unicode(number)
        elif word in _SIGNS:
            self.say(_SIGNS[word])
        elif word in (b"par", b"sect", b"page", b"cell", b"row", b"column"):
            self.break_()
        elif word in (b"b", b"i"):
            name = "bold" if word == b"b" else "italic"
            self.state = replace(self.state, **{name: on})
        elif word == b"plain":
            self.state = replace(self.state, bold=False, italic=False)
        elif word in (b"v", b"htmlrtf", b"deleted"):
            self.state = replace(self.state, hidden=on)
        elif word == b"htmltag":
            self.state = replace(self.state, markup=True, skip=False)
        elif word == b"footnote":
            self.state = replace(self.state, note=True)
        elif word in _LEFT_OUT or (self.star and word not in (b"shppict", b"shpinst", b"shptxt")):
            self.in_fonts = word == b"fonttbl"
            self.state = replace(self.state, skip=True)
        else:
            self.setting(word, number)
        self.star = False

    def setting(self, word: bytes, number: int | None) -> None:
        """Words that change how bytes are read."""
        value = number or 0
        if word == b"ansicpg" and 0 < value < 70_000:
            self.page = value
        elif word == b"mac":
            self.page = 10000
        elif word == b"uc":
            self.state = replace(self.state, after=max(0, min(value, 10)))
        elif word == b"f":
            self.font = value
            self.state = replace(self.state, page=0 if self.in_fonts and self.state.skip else self.fonts.get(value, 0))
        elif word == b"fcharset" and self.state.skip:
            page = _CHARSETS.get(value, 0)
            self.fonts[self.font] = 0 if page == 1252 else page
        elif word == b"fromhtml":
            self.wraps_html = True

    def unicode(self, number: int) -> None:
        code = number + 65_536 if number < 0 else number
        sign = chr(code) if 0 < code < 0x110000 else ""
        spans = self.out.spans
        if 0xDC00 <= code < 0xE000 and spans and spans[-1].text and 0xD800 <= ord(spans[-1].text[-1]) < 0xDC00:
            high = ord(spans[-1].text[-1])
            whole = chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00))
            spans[-1] = spans[-1]._replace(text=spans[-1].text[:-1] + whole)
        else:
            self.say(sign)
        self.swallow = self.state.after

    def break_(self) -> None:
        if self.state.skip or self.state.hidden:
            return
        if self.wraps_html:
            self.out.html.append("\n")
        elif self.state.note:
            self.out.notes.append(" ")
        else:
            self.out.close()
