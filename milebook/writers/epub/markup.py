"""Write the XHTML inside a paragraph: text, emphasis, links, note marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress

from milebook.model.languages import base_language, reads_right_to_left, runs_right_to_left
from milebook.model.text import Run
from milebook.writers.xml_text import FORBIDDEN, escape, safe_address

# Controls, and the bytes in UTF-8 that begin C1 controls (and other characters of Latin-1) and non-characters.
_SUSPECT = bytes([*range(9), 11, 12, *range(14, 32), 127, 0xC2, 0xEF])
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
ISO_639_1 = (  # what is no language at all would be read aloud in a wrong one
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es "
    "et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj "
    "kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv "
    "ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th "
    "ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
TWO_LETTERS = frozenset(ISO_639_1.split())


def clean(text: str) -> str:
    """Text without the characters that no XML file may hold; each becomes U+FFFD, so that nothing vanishes in silence."""
    return FORBIDDEN.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Text clean and on one line."""
    return " ".join(clean(text).split())


def attribute(text: str) -> str:
    """Text ready to stand between double quotes, white space folded."""
    return quoted(one_line(text))


def quoted(text: str) -> str:
    """Text as it may stand between double quotes."""
    return escape(text).replace('"', "&quot;").replace("'", "&#x27;")


def in_utf8(page: str) -> bytes:
    """`clean` of a page, as bytes: on most pages no byte is there that an illegal character could be made of."""
    with suppress(UnicodeEncodeError):  # of half characters
        data = page.encode()
        if len(data.translate(None, _SUSPECT)) == len(data):
            return data
    return clean(page).encode()


def language_of(tag: str) -> str:
    """A BCP 47 tag that a validator accepts; "und" for anything else."""
    base = base_language(tag)
    return tag if LANGUAGE.match(tag) and (len(base) == 3 or base in TWO_LETTERS) else "und"


def direction_attribute(text: str, language: str, around: str) -> str:
    """`dir` where a paragraph in `language` runs the other way than the page around it, else nothing."""
    leftward = runs_right_to_left(text, language)
    if leftward == reads_right_to_left(around):
        return ""
    return ' dir="rtl"' if leftward else ' dir="ltr"'


def language_attributes(tag: str, around: str) -> str:
    """`lang` and `xml:lang` where a language differs from the one around it, else nothing."""
    if not tag or tag == around:
        return ""
    tag = language_of(tag)
    return f' lang="{tag}" xml:lang="{tag}"'


class Marks:
    """What the inside of a paragraph needs to know of the page it stands on.

    `where` gives the address of an anchor as seen from this page, "" for an anchor that is nowhere; `note` gives, for a
    footnote's number, the anchor of the note and the id of this reference to it ("" after the first); `query` a query's label.
    """

    def __init__(
        self,
        language: str,
        where: Callable[[str], str],
        note: Callable[[int], tuple[str, str]],
        query: Callable[[int], str],
    ) -> None:
        self.language, self.where, self.note, self.query = language, where, note, query

    def link(self, address: str) -> str:
        if address.startswith("#"):
            return self.where(address[1:])
        return safe_address(address)


def inline(runs: Sequence[Run], marks: Marks, around: str, newline: str = "<br/>") -> str:
    """The XHTML of a row of runs. `around` is the language of the paragraph, `newline` what a line break becomes."""
    if len(runs) == 1 and runs[0][1:] == _PLAIN:
        return escape(runs[0].text).replace("\n", newline)
    out: list[str] = []
    open_tags: list[tuple[str, str]] = []
    for run in runs:
        wanted = _tags(run, marks, around)
        same = 0
        while same < min(len(open_tags), len(wanted)) and open_tags[same] == wanted[same]:
            same += 1
        while len(open_tags) > same:
            out.append(f"</{open_tags.pop()[0]}>")
        for tag, attributes in wanted[same:]:
            out.append(f"<{tag}{attributes}>")
            open_tags.append((tag, attributes))
        out.append(_content(run, marks, newline))
    out.extend(f"</{tag}>" for tag, _ in reversed(open_tags))
    return "".join(out)


_PLAIN = tuple(Run(""))[1:]


def _tags(run: Run, marks: Marks, around: str) -> list[tuple[str, str]]:
    """The elements around a run, always in one order, so that neighbors can share them."""
    tags: list[tuple[str, str]] = []
    if run.link and not run.note and (address := marks.link(run.link)):
        tags.append(("a", f' href="{quoted(address)}"'))
    if run.lang and run.lang != around:
        tags.append(("span", language_attributes(run.lang, around)))
    if run.bold:
        tags.append(("strong", ""))
    if run.italic:
        tags.append(("em", ""))
    if run.small_caps:
        tags.append(("span", ' class="small-caps"'))
    if run.code:
        tags.append(("code", ""))
    return tags


def _content(run: Run, marks: Marks, newline: str) -> str:
    text = escape(run.text).replace("\n", newline)
    if run.query:
        label = marks.query(run.query)
        return f'{text}<span class="query" data-label="{attribute(label)}"></span>' if label else text
    if not run.note:
        return text
    anchor, reference = marks.note(run.note)
    if not anchor:
        return f"<sup>{text}</sup>"
    identity = f' id="{reference}"' if reference else ""
    return f'<a epub:type="noteref" role="doc-noteref" class="noteref"{identity} href="#{anchor}">{text}</a>'
