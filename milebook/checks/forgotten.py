"""What an author may have forgotten: files that no entry names, one photo in two stories, one person under two spellings."""

from __future__ import annotations

import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from zlib import crc32

from milebook.checks.resemblance import ALIKE, folded, ratio
from milebook.model.book import Book, Contributor, Story
from milebook.model.findings import Finding, Place, Related
from milebook.model.index import Index
from milebook.model.slugs import plain_letters
from milebook.source import BookFolder

TEXTS = (".md", ".markdown", ".txt")
PHOTOS = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif")
MOST = 10  # files of one kind that are named one by one
_NEAR = 92  # how alike two names are, of 100, that may be one person's
_RUN = 9  # words: long enough that two stories do not share it by chance
_FEWEST = 5  # runs of words of stories that are compared
_SHARED = 0.25  # share of the runs of words that two stories must have in common before all of their words are compared
_ORDER = 68  # of 100
_MOST_HOLDERS = 20
_MOST_WORDS = 100_000  # that are remembered
_SHORTEST = 8  # letters of names that are compared


def forgotten(folder: BookFolder, index: Index, book: Book) -> list[Finding]:
    """All findings of this module."""
    return [
        *unnamed_files(folder, index),
        *photo_in_two_stories(book, folder),
        *two_spellings(index),
        *nearly_the_same(book),
        *pages_of_clashes(folder, index, book),
    ]


def unnamed_files(folder: BookFolder, index: Index) -> Iterator[Finding]:
    """Texts and photos beside the index that nothing in it names."""
    for kind, paths in (("text", _unnamed(folder, index, TEXTS)), ("photo", _unnamed(folder, index, PHOTOS))):
        hint = (
            "name it in the index, or move it out of the folder"
            if kind == "photo"
            else "make an entry for it (milebook add), name it in front: or back:, or move it out of the folder"
        )
        for path in paths[:MOST]:
            yield Finding(
                "MB136", f"no entry of the index names this {kind}, so it is not in the book", Place(path), hint
            )
        if len(paths) > MOST:
            yield Finding(
                "MB136",
                f"{len(paths) - MOST} more {kind}s are named by no entry of the index",
                Place(paths[MOST]),
                hint,
            )


def pages_of_clashes(folder: BookFolder, index: Index, book: Book) -> Iterator[Finding]:
    """Pages on which `milebook review --apply` showed what both sides changed, and which no one deleted."""
    folders = dict.fromkeys(path.rpartition("/")[0] for path in (index.path, *(story.path for story in book.stories)))
    named = {_fold(path) for path in _named(folder, index)}
    for within in folders:
        for name in folder.names(within):
            path = f"{within}/{name}".lstrip("/")
            if name.endswith(".review.md") and _fold(path) not in named:
                yield Finding(
                    "MB834",
                    f"this page shows what you and your editor both changed in “{name.removesuffix('.review.md')}”",
                    Place(path),
                    "do what it says: merge what clashes with nothing, put the words you want into the story's file, then delete this page",
                )


def _unnamed(folder: BookFolder, index: Index, endings: tuple[str, ...]) -> list[str]:
    base = index.path.rpartition("/")[0]
    named = {_fold(path) for path in _named(folder, index)}
    folders = dict.fromkeys([base, f"{base}/photos".lstrip("/")])
    found = (f"{within}/{name}".lstrip("/") for within in folders for name in folder.names(within))
    return [
        path
        for path in found
        if path.lower().endswith(endings) and not path.lower().endswith(".review.md") and _fold(path) not in named
        and path.rpartition("/")[2].lower() != "readme.md" and not path.rpartition("/")[2].startswith((".", "~$"))
    ]  # fmt: skip


def _named(folder: BookFolder, index: Index) -> Iterator[str]:
    """The paths of all files that the index names, relative to the book folder."""
    info = index.info
    written = [name for name, _ in (*info.front, *info.back)] + [info.cover]
    written += [chapter.opening for chapter in index.chapters]
    agreements = [*index.agreements.values(), info.cover_permission]
    for story in index.stories:
        written += [story.file, *(photo.file for photo in story.photos)]
        agreements += [story.permission, *(photo.permission for photo in story.photos)]
    written += [agreement.evidence for agreement in agreements]
    for name in written:
        if name:
            path, _ = folder.resolve(index.path, name, Place(index.path))
            if path:
                yield path


def photo_in_two_stories(book: Book, folder: BookFolder) -> Iterator[Finding]:
    """The same photo, by its name or its bytes, in two stories of the book."""
    seen: dict[str, tuple[Story, Place]] = {}
    for story in book.stories:
        for photo in story.photos:
            if not photo.path:
                continue
            key = folder.read.get(photo.path) or photo.path
            first, place = seen.setdefault(key, (story, photo.at("file")))
            if first.id != story.id:
                yield Finding(
                    "MB137",
                    f"this photo of “{story.title}” stands in “{first.title}” as well",
                    photo.at("file"),
                    "take it out of one of the two, if that was not meant",
                    (Related("it is named first at", place),),
                )


def two_spellings(index: Index) -> Iterator[Finding]:
    """Contributors whose names differ so little, or who share an address, that they may be one person."""
    known: dict[str, tuple[str, Contributor]] = {}  # by folded name, and by address
    names: dict[str, list[tuple[str, Contributor]]] = {}  # by first letters
    reported: set[frozenset[str]] = set()
    for story in index.stories:
        who = story.contributor
        name = " ".join(who.name.split())
        if not name:
            continue
        plain = folded(plain_letters(name))
        other = known.setdefault(plain, (name, who))[1]
        if other.name == who.name and who.email and not who.anonymous:
            other = known.setdefault(who.email.lower(), (name, who))[1]
        if other.name == who.name:
            other = _near(plain, who, names.setdefault(plain_letters(name)[:2], []))
        pair = frozenset((other.name, who.name))
        if " ".join(other.name.split()) != name and pair not in reported:
            reported.add(pair)
            yield Finding(
                "MB138",
                f"“{name}” and “{other.name}” may be one person",
                who.at("name"),
                "if they are, write the name the same way everywhere",
                (Related("the other is at", other.at("name")),),
            )


def _near(plain: str, who: Contributor, others: list[tuple[str, Contributor]]) -> Contributor:
    """A contributor whose name is nearly this one, else the contributor at hand, who is added to the others."""
    from rapidfuzz import fuzz

    for name, other in others:
        if name == plain:
            return who
        if min(len(name), len(plain)) >= _SHORTEST and fuzz.ratio(name, plain) >= _NEAR:
            return other
    others.append((plain, who))
    return who


def nearly_the_same(book: Book, at_once: int = 500_000) -> Iterator[Finding]:
    """Stories whose words are nearly those of an earlier one. The very same words are found by `checks.book`.

    Of a large book only about `at_once` runs of words are compared at a time: a dictionary of all takes a hundred megabytes.
    """
    compared: list[tuple[Story, array[int]]] = []
    for story in book.stories:
        runs = _runs(_words(story))
        if len(runs) >= _FEWEST:
            compared.append((story, array("q", runs)))
    for number, shared in sorted(_shared_runs([runs for _, runs in compared], at_once).items()):
        story, runs_here = compared[number]
        nearest, count = min(shared.items(), key=_most_shared)
        first, runs_there = compared[nearest]
        if count < _SHARED * min(len(runs_there), len(runs_here)):
            continue
        text, other = _words(story), _words(first)
        if other == text:
            continue
        alike = ratio(text, other)
        if alike >= ALIKE and _in_order(text, other):
            yield Finding(
                "MB139",
                f"“{story.title}” says nearly the same as “{first.title}” ({alike:.0f} of 100)",
                story.at("file"),
                "take the older of the two out, if one is a second version of the other",
                (Related("the first is at", first.at("file")),),
            )


def _words(story: Story) -> str:
    """The words of a story as they are compared. They are made again for the few that are: all of them would fill the memory."""
    return folded(" ".join([block.text for block in story.text.blocks]))


def _shared_runs(runs_of: Sequence[array[int]], at_once: int) -> dict[int, Counter[int]]:
    """By the number of a story that has a run of an earlier one, how many it shares with which."""
    parts = 1 + sum(map(len, runs_of)) // at_once
    shared: dict[int, Counter[int]] = {}
    for part in range(parts):
        first_holder: dict[int, int] = {}  # a run of words -> the first story that has it
        others: dict[int, list[int]] = {}  # … -> further ones; few runs have any
        for number, runs in enumerate(runs_of):
            chosen = set(runs) if parts == 1 else {run for run in runs if run % parts == part}
            new = chosen.difference(first_holder)
            met = chosen - new
            if met:
                holders = (holder for run in met for holder in (first_holder[run], *others.get(run, ())))
                shared.setdefault(number, Counter()).update(holders)
            for run in met:
                if len(others.setdefault(run, [])) < _MOST_HOLDERS - 1:
                    others[run].append(number)
            first_holder.update(dict.fromkeys(new, number))
    return shared


def _most_shared(held: tuple[int, int]) -> tuple[int, int]:
    """Puts the story with most runs in common first, and of two with as many the earlier one."""
    number, count = held
    return -count, number


def _in_order(one: str, other: str) -> bool:
    """Whether two texts have their words in nearly the same order: not two that are made of the same phrases."""
    from rapidfuzz import fuzz

    return bool(fuzz.ratio(one, other, score_cutoff=_ORDER))


def _runs(text: str) -> set[int]:
    """Numbers for runs of so many words in a text, those that begin with a word of a quarter of all words: the same in each."""
    words = text.split()
    begins = map(_BEGINS.__getitem__, words)
    starts = [at for at, so in zip(range(len(words) - _RUN + 1), begins, strict=False) if so]
    return {hash(tuple(words[at : at + _RUN])) for at in starts}


class _Begins(dict[str, bool]):
    """Whether a run begins with a word. A dictionary that fills itself is the quickest way to ask for every word of a book."""

    def __missing__(self, word: str) -> bool:
        found = not crc32(word.encode()) & 3
        if len(self) < _MOST_WORDS:
            self[word] = found
        return found


_BEGINS = _Begins()


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
