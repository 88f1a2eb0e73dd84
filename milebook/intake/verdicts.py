"""Decide about each item found, all of them together: new, imported before, a correction, nearly the same, an answer …"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from milebook.checks.resemblance import VERSION, KnownTexts, folded, ratio
from milebook.intake.items import (
    ALIKE,
    ANSWER,
    CHANGED,
    CORRECTION,
    NEW,
    OURS,
    PING,
    REPLY,
    SAME,
    SHORT,
    SKIPPED,
    UNREADABLE,
    Found,
    words_in,
)  # fmt: skip
from milebook.intake.known_stories import Known
from milebook.model.plurals import counted
from milebook.model.unknown_names import names_nobody

OTHER = "{other}"  # stands in a reason for the item that `Judged.other` is the number of
MIN_WORDS = 40  # of a comment
MIN_MAIL = 8
_CORRECTS = re.compile(
    r"(?i)\b(?:correction|corrected|corrects?|typo|misspell\w*|mistake|my mistake|i meant|please (?:change|replace|correct)|should (?:be|read|say|have been)|instead of|"
    r"new version|newer version|second version|final version|latest version|revised|revision|updated|the right one|replace[sd]?|"
    r"korrektur|korrigiert\w*|neue fassung|tippfehler|berichtigung|correction|corrigée?|nouvelle version|corrección|versión corregida)\b"
)


class Choice(NamedTuple):
    """What the user asked for on the command line, as far as it decides about items."""

    only: frozenset[int] = frozenset()
    skip: frozenset[int] = frozenset()
    subject: str = ""
    since: str = ""
    min_words: int | None = None


@dataclass(slots=True)
class Judged:
    """An item with its verdict. `like` is a story's id, `other` the number of another item of this import, which `why` calls
    OTHER.
    """

    item: Found
    n: int
    verdict: str = ""
    why: str = ""
    like: str = ""
    other: int = 0
    folded: str = ""


class _Earlier(NamedTuple):
    """Something a new item can be compared with: a story of the book, or an earlier item."""

    name: str
    email: str
    key: str
    moment: str


def judge(
    found: Iterable[Found],
    known: Known,
    choice: Choice,
    is_answer: Callable[[Found], str],
    unchanged: Callable[[Found], bool],
) -> list[Judged]:
    """Every item with one verdict, in the order in which they were found.

    `is_answer` says which letter an item answers ("" for none); `unchanged` whether what was imported under its key before is
    the same as now.
    """
    judged = [Judged(item, n) for n, item in enumerate(found, 1)]
    by_key: dict[str, Judged] = {}
    for one in judged:
        _first_look(one, known, by_key, unchanged)
    for one in judged:
        if not one.verdict:
            _asked_for(one, choice, is_answer)
    waiting = sorted(
        (one for one in judged if not one.verdict), key=lambda one: (one.item.moment == "", one.item.moment, one.n)
    )
    _Comparison(known, by_key, choice).decide(waiting)
    for one in judged:
        if choice.only and one.n not in choice.only and one.verdict not in (SAME, CHANGED):
            one.verdict, one.why = SKIPPED, "not among those chosen with --only"
        elif one.n in choice.only and one.verdict in (CORRECTION, ALIKE, SHORT, REPLY, OURS):
            one.why = f"chosen with --only, though {_words(one)}"
            one.verdict, one.other = NEW, 0
        elif one.n in choice.skip and one.verdict != SAME:
            one.verdict, one.why = SKIPPED, "left out with --skip"
    return judged


def _words(one: Judged) -> str:
    names = {
        CORRECTION: "it corrects another",
        ALIKE: "it is like another",
        SHORT: "it is short",
        REPLY: "it is a reply",
        OURS: "it is yours",
    }
    return names[one.verdict]


def _first_look(one: Judged, known: Known, by_key: dict[str, Judged], unchanged: Callable[[Found], bool]) -> None:
    """What the key and the source decide."""
    item = one.item
    story = known.by_key.get(item.key)
    if item.verdict == UNREADABLE:
        one.verdict, one.why = item.verdict, item.why
    elif story is not None:
        one.like = story.id
        if unchanged(item):
            one.verdict, one.why = SAME, f"imported before as {story.id}"
        else:
            one.verdict, one.why = CHANGED, f"imported before as {story.id}, and different now"
    elif item.key in by_key:
        first = by_key[item.key]
        one.verdict, one.why, one.other = SAME, f"found twice: the same as {OTHER}", first.n
    elif item.verdict:
        one.verdict, one.why = item.verdict, item.why
    elif item.kind != "post" and item.email and item.email.lower() in known.ours:
        one.verdict, one.why = OURS, "from your own address"
    by_key.setdefault(item.key, one)


def _asked_for(one: Judged, choice: Choice, is_answer: Callable[[Found], str]) -> None:
    """What the options, an empty text and permission letters decide."""
    item = one.item
    if choice.subject and choice.subject.casefold() not in item.title.casefold():
        one.verdict, one.why = SKIPPED, f"its subject does not hold “{choice.subject}”"
    elif choice.since and item.received and item.received < choice.since:
        one.verdict, one.why = SKIPPED, f"received before {choice.since}"
    elif letter := is_answer(item):
        one.verdict, one.why = ANSWER, letter
    elif not any(words_in(passage.text) for passage in item.passages):
        photos = len(item.pictures)
        one.verdict = SKIPPED
        one.why = f"{'a photo' if photos == 1 else f'{photos} photos'} without text" if photos else "it holds no text"


class _Comparison:
    """Items one after the other, in the order in which they were sent, against the book and those before them."""

    def __init__(self, known: Known, by_key: dict[str, Judged], choice: Choice) -> None:
        self.known, self.by_key, self.choice = known, by_key, choice
        self.texts = KnownTexts()
        self.compared: dict[str, _Earlier] = {}  # "story:ID" or "item:N"
        self.by_person: dict[str, list[str]] = {}

    def decide(self, waiting: list[Judged]) -> None:
        if not waiting:
            return
        for story in self.known.stories:
            self._remember(f"story:{story.id}", _Earlier(story.name, story.email, story.key, ""), folded(story.text))
        for one in waiting:
            one.folded = folded(one.item.text)
            self._decide(one)
            if one.verdict == NEW:
                item = one.item
                self._remember(
                    f"item:{one.n}", _Earlier(item.name, item.email.lower(), item.key, item.moment), one.folded
                )

    def _remember(self, name: str, earlier: _Earlier, text: str) -> None:
        self.compared[name] = earlier
        self.texts.add(name, text)
        for person in _person(earlier.name, earlier.email):
            self.by_person.setdefault(person, []).append(name)

    def _decide(self, one: Judged) -> None:
        item = one.item
        words = words_in(item.text)
        corrects = bool(_CORRECTS.search(f"{item.title}\n{item.text[:600]}"))
        answered = self._answered(item)
        if answered is not None:
            self._answer(one, answered, words, corrects)
            if one.verdict:
                return
        near, _ = self.texts.nearest(one.folded)
        if near:
            other, text = self.compared[near], self.texts.texts[near]
            differs = sorted(text.split()) != sorted(one.folded.split())
            if differs and corrects and self._same_person(item, other):
                self._point(one, near, CORRECTION, "a second version by the same person of")
            elif differs:
                whose = " by the same person, perhaps a second version of" if self._same_person(item, other) else " as"
                self._point(one, near, ALIKE, f"nearly the same words{whose}")
            else:
                self._point(one, near, ALIKE, "the same words as")
            return
        if (
            corrects
            and (earlier := self._earlier(item))
            and (words < MIN_WORDS or ratio(one.folded, self.texts.texts[earlier]) >= VERSION)
        ):
            self._point(one, earlier, CORRECTION, "says that it corrects")
            return
        if item.quoted and words < MIN_WORDS and item.kind == "email" and self.choice.min_words is None:
            one.verdict, one.why = REPLY, "a short answer to a mail"
            return
        least = self._least(item)
        if words < least:
            one.verdict, one.why = SHORT, f"{counted(words, 'word')}, fewer than {least}"
            return
        one.verdict = NEW
        if item.quoted:
            item.notes.append("sent as an answer to another mail")

    def _least(self, item: Found) -> int:
        if self.choice.min_words is not None:
            return self.choice.min_words
        return {"comment": MIN_WORDS, "email": MIN_MAIL}.get(item.kind, 1)

    def _answered(self, item: Found) -> Judged | str | None:
        """What an item answers: another item, the name of a story of the book, or "?" for what is not here."""
        for key in reversed(item.answers):
            if key == item.key:
                continue
            if key in self.by_key:
                return self.by_key[key]
            story = self.known.by_key.get(key)
            if story is not None:
                return f"story:{story.id}"
        return "?" if item.answers and item.kind == "comment" else None

    def _answer(self, one: Judged, answered: Judged | str, words: int, corrects: bool) -> None:
        """An item that answers another: a correction by the same person, or a reply."""
        item = one.item
        if answered == "?":
            one.verdict, one.why = REPLY, "answers a comment that is not in this file"
            return
        name = answered if isinstance(answered, str) else f"item:{answered.n}"
        if isinstance(answered, Judged) and answered.verdict in (OURS, PING, SKIPPED):
            if item.kind == "email" and words >= MIN_WORDS:
                return  # a story sent as an answer to our own mail
            one.verdict, one.other = REPLY, answered.n
            one.why = f"answers you ({answered.n})" if answered.verdict == OURS else f"answers {OTHER}"
            return
        if isinstance(answered, Judged):
            other = _Earlier(answered.item.name, answered.item.email.lower(), answered.item.key, answered.item.moment)
            text = answered.folded or folded(answered.item.text)
        else:
            other, text = self.compared[name], self.texts.texts[name]
        if self._same_person(item, other):
            if corrects or ratio(one.folded, text) >= VERSION:
                self._point(one, name, CORRECTION, "says that it corrects" if corrects else "a second version of")
                return
            if item.kind == "email" and words >= MIN_WORDS:
                return  # the next story of somebody who always presses "reply"
        self._point(one, name, REPLY, "answers")

    def _earlier(self, item: Found) -> str:
        """The last earlier story by the same person, "" for none."""
        for person in _person(item.name, item.email.lower()):
            if names := self.by_person.get(person):
                return names[-1]
        return ""

    @staticmethod
    def _same_person(item: Found, other: _Earlier) -> bool:
        return bool(set(_person(item.name, item.email.lower())) & set(_person(other.name, other.email)))

    def _point(self, one: Judged, name: str, verdict: str, why: str) -> None:
        kind, _, which = name.partition(":")
        one.verdict = verdict
        if kind == "story":
            one.like, one.why = which, f"{why} {which}"
        else:
            one.other, one.why = int(which), f"{why} {OTHER}"


def _person(name: str, email: str) -> tuple[str, ...]:
    """How somebody is recognized: by the address, and by a name of two words or more, or one without an address."""
    found = [email] if email else []
    folded_name = " ".join(name.casefold().split())
    if not names_nobody(folded_name) and (" " in folded_name or not email):
        found.append(folded_name)
    return tuple(found)
