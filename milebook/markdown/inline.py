"""Turn the inline tokens of a block into runs: emphasis, links and languages decided."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from milebook.markdown import addresses
from milebook.markdown.cleaning import cleaned
from milebook.markdown.folding import finish, folded
from milebook.markdown.links import address
from milebook.markdown.lost_signs import signs
from milebook.markdown.punctuation import TYPED
from milebook.markdown.queries import MARK
from milebook.model.languages import language_fault
from milebook.model.text import Run

if TYPE_CHECKING:
    from markdown_it.token import Token

_BLANK = re.compile(r"[\t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]")
# Where none of these stand there is nothing for the inline parser to do.
_MARKUP = ("*", "_", "`", "[", "\\", "&", "<", " \n", "\ufdd3")


class Looks:
    """The looks that are open at a point of a paragraph."""

    def __init__(self) -> None:
        self.bold = self.italic = 0
        self.links: list[str] = []
        self.languages: list[str] = []
        self.unlinked: list[int] = []  # how deep in links the addresses in angle brackets stand that lead nowhere

    def run(self, text: str, *, code: bool = False) -> Run:
        if not (self.bold or self.italic or self.links or self.languages):
            return Run(text, code=code)
        link = next((link for link in reversed(self.links) if link), "")
        lang = self.languages[-1] if self.languages else ""
        return Run(text, self.bold > 0, self.italic > 0, code, link=link, lang=lang)


class Walk:
    """Turns tokens into runs, one paragraph at a time: those of a one-line field, which has no notes and reports nothing.

    `breaks` counts the hard and the soft line breaks of the last paragraph. A text of several paragraphs is read by a class
    that has this one's methods, and not by one that has a Walk whose functions lead back to it: such a circle would stay in
    memory with all its words until a collection.
    """

    def __init__(self) -> None:
        self.breaks = (0, 0)
        self.addresses: list[str] = []  # the bare addresses of the paragraph
        self.marks = 0  # how many signs of the last paragraph were marks

    def note_number(self, token: Token) -> int:
        """The number of the footnote that a reference stands for, 0 if it is to be printed as typed."""
        return 0

    def typed(self, text: str) -> str:
        """The characters of code as the author typed them: with the queries that were taken out."""
        return text

    def report(self, code: str, message: str, hint: str, line: int) -> None:
        """Take a finding, with the number of lines since the paragraph began."""

    def plain(self, text: str) -> list[Run]:
        """The runs of a paragraph that has no markup, or whose markup is not to be read."""
        self.breaks = (0, text.count("\n"))
        self.marks = 0
        return self._text(text, Looks())

    def runs(self, tokens: Iterable[Token]) -> list[Run]:
        """The runs of a paragraph, not yet folded or curled."""
        hard = soft = 0
        self.marks = 0
        out: list[Run] = []
        looks = Looks()
        pending = list(tokens)[::-1]
        while pending:
            token = pending.pop()
            kind = token.type
            if kind == "text":
                out += self._text(token.content, looks)
                continue
            self.marks += _signs_of(token)
            if kind in _EMPHASIS:
                _emphasize(looks, kind, token.nesting)
            elif kind == "softbreak":
                soft += 1
                out.append(looks.run(" "))
            elif kind == "hardbreak":
                hard += 1
                out.append(looks.run("\n"))
            elif kind == "image":
                self._image(token, hard + soft)
                pending += (token.children or [])[::-1]
            elif kind.startswith("link_"):
                out += self._around_link(token, looks, hard + soft)
            elif kind.startswith("language_"):
                self._around_language(token, looks, hard + soft)
            else:
                out += self._single(token, looks)
        self.breaks = (hard, soft)
        return out

    def _around_link(self, token: Token, looks: Looks, line: int) -> list[Run]:
        """Begin or end a link. <abc@mail> is no link, so that its brackets are the author's."""
        if token.type == "link_open":
            if token.markup == "autolink" and _no_link(token):
                bracket = looks.run("<")
                looks.links.append("")
                looks.unlinked.append(len(looks.links))
                return [bracket]
            looks.links.append(self._link(token, line))
            return []
        closed = []
        if looks.unlinked and looks.unlinked[-1] == len(looks.links):
            looks.unlinked.pop()
            closed.append(looks.run(">"))
        looks.links.pop()
        return closed

    def _around_language(self, token: Token, looks: Looks, line: int) -> None:
        """Begin or end a passage in another language."""
        if token.type == "language_close":
            looks.languages.pop()
            return
        looks.languages.append(token.meta["lang"])
        if fault := language_fault(token.meta["lang"]):
            message = f"“{token.meta['lang']}” cannot be the language of this passage: {fault[0]}"
            self.report("MB221", message, fault[1], line)

    def _single(self, token: Token, looks: Looks) -> list[Run]:
        """A token that stands for itself: an escaped sign, code, the mark of a note."""
        if token.type == "text_special":
            content = _BLANK.sub(" ", token.content)
            return [looks.run(TYPED + content if token.info == "escape" and len(content) == 1 else content)]
        if token.type == "code_inline":
            typed = addresses.put_back(self.typed(token.content), self.addresses)
            return [looks.run(_BLANK.sub(" ", typed), code=True)]
        if token.type == "footnote_ref":
            if number := self.note_number(token):
                self.marks += int(token.meta["marks"])
                return [Run(str(number), note=number)]
            return self._text(f"[^{token.meta.get('label', '')}]", looks)
        return self._text(token.content, looks)  # nothing that the grammar has today; a word is never lost for it

    def _text(self, text: str, looks: Looks) -> list[Run]:
        if not text.isprintable():
            text = _BLANK.sub(" ", text)
            if MARK.search(text):
                return self._with_queries(text, looks)
            if self.addresses and addresses.MARK.search(text):
                return self._with_addresses(text, looks)
        return [looks.run(text)]

    def _with_addresses(self, text: str, looks: Looks) -> list[Run]:
        pieces = addresses.MARK.split(text)
        out = [looks.run(pieces[0])]
        for number, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            written = self.addresses[int(number) - 1]
            run = looks.run(written)
            out += [run if run.link else run._replace(link=addresses.target(written)), looks.run(piece)]
        return out

    def _with_queries(self, text: str, looks: Looks) -> list[Run]:
        pieces = MARK.split(text)
        out = self._text(pieces[0], looks)
        for number, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            out += [Run("", query=int(number)), *self._text(piece, looks)]
        return out

    def _link(self, token: Token, line: int) -> str:
        written = addresses.put_back(MARK.sub("", str(token.attrGet("href") or "")), self.addresses)
        url, why = address(written)
        if why:
            shown = f' to "{written[:60]}"' if written else ""
            self.report("MB201", f"the link{shown} is left out, because {why}; its words stay", _LINK_HINT, line)
        return url

    def _image(self, token: Token, line: int) -> None:
        source = addresses.put_back(MARK.sub("", str(token.attrGet("src") or "")), self.addresses)[:60]
        words = "its description stays in the text" if token.content.strip() else "nothing is printed in its place"
        self.report("MB202", f'the picture "{source}" inside the text is not used; {words}', _IMAGE_HINT, line)


_EMPHASIS = {"em_open": 1, "em_close": 1, "strong_open": 2, "strong_close": 2}


def _emphasize(looks: Looks, kind: str, nesting: int) -> None:
    if kind[0] == "e":
        looks.italic += nesting
    else:
        looks.bold += nesting


def _signs_of(token: Token) -> int:
    """How many signs of the source the token takes without printing them: the marks that docs/story-text.md names."""
    kind = token.type
    if kind in _EMPHASIS:
        return _EMPHASIS[kind]
    if kind == "hardbreak":
        return len(token.markup.strip())
    if kind == "code_inline":
        return 2 * len(token.markup)
    if kind == "text_special":
        return len(token.markup) - signs(token.content)
    if kind == "link_open" and token.markup == "autolink":
        return 0 if _no_link(token) else 2
    if kind in ("link_open", "image", "language_open"):
        return int(token.meta.get("marks", 0))
    return 0


def _no_link(token: Token) -> bool:
    return bool(address(MARK.sub("", str(token.attrGet("href") or "")))[1])


_LINK_HINT = "write the whole address, such as https://example.org/page, or only the words"
_IMAGE_HINT = "list the picture under the story's `photos:` in the index and take it out of the text"


def markup_in(text: str) -> tuple[str, ...]:
    """What there is in a whole text for the inline parser to do: most stories have one kind of marks, or none."""
    return tuple(filter(text.__contains__, _MARKUP))


def has_markup(content: str, marks: tuple[str, ...]) -> bool:
    """Whether the inline parser has anything to do in this paragraph. `marks` are those of the whole text."""
    return any(map(content.__contains__, marks))


def plain(text: str, language: str, smart: bool, links: bool = False) -> tuple[Run, ...]:
    """The runs of a one-line field: emphasis and smart punctuation; addresses letter for letter, as links if `links`."""

    text = _BLANK.sub(" ", cleaned(text)).strip()
    walk = Walk()
    if addresses.may_hold(text):
        text, walk.addresses = addresses.take_out(text)
    if not _LINE_MARKUP.search(text):
        return _letter_for_letter(finish(walk.plain(text), language, smart), links)
    from milebook.markdown.grammar import line_parser

    md = line_parser()
    env: dict[str, Any] = {}
    tokens: list[Token] = []
    md.inline.parse(text, md, env, tokens)
    return _letter_for_letter(finish(walk.runs(tokens), language, smart), links)


_LINE_MARKUP = re.compile(r"[*_\\&]")


def _letter_for_letter(runs: tuple[Run, ...], links: bool) -> tuple[Run, ...]:
    """The runs without links, where a field has none: a title leads to nothing but its own page."""
    if links or not any(run.link for run in runs):
        return runs
    return tuple(folded([run._replace(link="") for run in runs]))
