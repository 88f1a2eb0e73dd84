"""Find where the book would give away what was to stay private.

A contributor who is anonymous or goes by another name must not be named by a caption, a bio, another story or an
acknowledgment. A contributor's e-mail address belongs nowhere in print, and anybody's not in a title, bio, caption or credit:
there it was left by a program. A story's own text may give one, such as a shop's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from milebook.model.book import Book, Contributor, Story
from milebook.model.findings import Finding, Place
from milebook.model.mail_addresses import ADDRESS
from milebook.model.text import Text
from milebook.permissions.bylines_and_credits import credit_line, printed_name, withheld

_MANY = 60  # names to look for
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class _Piece(NamedTuple):
    what: str
    text: str
    place: Place
    story: str  # id, "" for front and back matter
    field: bool = False  # a field of the index, in which no address belongs


def names_leaked(book: Book) -> list[Finding]:
    """A warning for every place that prints a withheld legal name or a contributor's address, in book order.

    A full name is looked for everywhere. A surname alone, and a name of one word, only in the contributor's own story:
    elsewhere it is somebody else's.
    """
    everywhere: dict[str, list[tuple[tuple[str, ...], Contributor]]] = {}
    own: dict[str, tuple[str, Contributor]] = {}
    for story in book.stories:
        who = story.contributor
        words = words_in(who.name)
        if not withheld(who) or not words:
            continue
        if words[-1] not in words_in(printed_name(who)):
            own[story.id] = (words[-1], who)
        for name in {tuple(words), (words[0], words[-1])}:
            if len(name) > 1:
                everywhere.setdefault(name[0], []).append((name, who))
    addresses = {one.email.casefold(): one for one in (story.contributor for story in book.stories) if one.email}
    findings: list[Finding] = []
    first_words = tuple(everywhere)
    for piece in _pieces(book, everything=bool(everywhere or own)):
        mine = own.get(piece.story)
        if first_words or mine:
            folded = piece.text.casefold()
            # to look for a few words costs less than to take the text apart
            if len(first_words) > _MANY or any(word in folded for word in first_words) or (mine and mine[0] in folded):
                words = _WORD.findall(folded)
                findings += _full_names(piece, words, everywhere)
                if mine and mine[0] in words and not any(f.place == piece.place for f in findings[-1:]):
                    findings.append(_named(piece, mine[1]))
        findings += _addresses(piece, addresses)
    return findings


def _addresses(piece: _Piece, addresses: Mapping[str, Contributor]) -> Iterator[Finding]:
    if "@" not in piece.text:
        return
    folded = piece.text.casefold()
    for address, who in addresses.items():
        if address in folded:
            yield Finding(
                "MB311",
                f"{piece.what} prints the e-mail address of {printed_name(who) or 'a contributor'}",
                piece.place,
                "take the address out: contributors' addresses are for your records only",
            )
            return
    if piece.field and (found := ADDRESS.search(piece.text)):
        yield Finding(
            "MB311", f"{piece.what} prints the e-mail address {found[0]}", piece.place, "take the address out"
        )


def _full_names(
    piece: _Piece, words: list[str], names: dict[str, list[tuple[tuple[str, ...], Contributor]]]
) -> Iterator[Finding]:
    for start, word in enumerate(words):
        for name, who in names.get(word, ()):
            if tuple(words[start : start + len(name)]) == name:
                yield _named(piece, who)
                return


def _named(piece: _Piece, who: Contributor) -> Finding:
    agreed = "anonymous" if who.anonymous else f"printed as {who.byline}"
    return Finding(
        "MB310",
        f"{piece.what} gives away the name of a contributor who is to be {agreed}",
        piece.place,
        f"take the name out, or print {printed_name(who)} in its place",
    )


def _pieces(book: Book, *, everything: bool) -> Iterator[_Piece]:
    """What is printed, in book order; of stories only those that hold an address, unless everything is wanted."""
    for matter in (*book.front, *book.back):
        yield from _text(f"“{matter.title}”", matter.text, "")
    if book.info.cover:
        info = book.info
        yield _Piece(
            "the cover's credit",
            info.cover_permission.credit or info.cover_credit,
            info.at("cover_credit"),
            "",
            field=True,
        )
        yield _Piece("the cover's alt text", info.cover_alt, info.at("cover_alt"), "", field=True)
        terms = info.cover_permission
        yield _Piece(f"the agreement's id {terms.id}, which the checklist prints,", terms.id, terms.place, "")
    for chapter in book.chapters:
        yield from _text(f"the opening of “{chapter.title}”", chapter.opening, "")
        for story in chapter.stories:
            if everything or _has_address(story):
                yield from _story(story)


def _has_address(story: Story) -> bool:
    """Whether an "@" stands anywhere in a story. Most stories have none, and need no second look where no name is withheld."""
    pieces = [story.title, story.id, story.contributor.bio, story.permission.id]
    for photo in story.photos:
        pieces += (photo.caption, credit_line(photo), photo.alt, photo.permission.id)
    blocks = [*story.text.blocks, *(block for note in story.text.notes for block in note.blocks)]
    return "@" in "".join(pieces) or any("@" in block.text for block in blocks)


def _story(story: Story) -> Iterator[_Piece]:
    name, who = f"“{story.title}”", story.contributor
    yield _Piece(f"the title {name}", story.title, story.at("title"), story.id, field=True)
    yield _Piece(
        f"the id {story.id}, which stands in the e-book's and the Word file's links,",
        story.id,
        story.at("id"),
        story.id,
    )
    yield _Piece(f"the bio at {name}", who.bio, who.at("bio"), story.id, field=True)
    yield from _text(name, story.text, story.id)
    for photo in story.photos:
        yield _Piece(f"a caption of {name}", photo.caption, photo.at("caption"), story.id, field=True)
        yield _Piece(f"a credit of {name}", credit_line(photo), photo.at("credit"), story.id, field=True)
        yield _Piece(f"an alt text of {name}", photo.alt, photo.at("alt"), story.id, field=True)
    for terms in (story.permission, *(photo.permission for photo in story.photos)):
        yield _Piece(f"the agreement's id {terms.id}, which the checklist prints,", terms.id, terms.place, story.id)


def _text(name: str, text: Text, story: str) -> Iterator[_Piece]:
    for block in text.blocks:
        yield _Piece(name, block.text, block.place, story)
    for note in text.notes:
        for block in note.blocks:
            yield _Piece(f"a note of {name}", block.text, block.place, story)


def words_in(text: str) -> list[str]:
    """The words of a text, folded for comparing."""
    return _WORD.findall(text.casefold())
