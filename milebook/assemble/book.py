"""Make the Book from the Index: read texts and photos, choose and order stories, number chapters and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from milebook.assemble.lines import LineReader, with_lines
from milebook.assemble.order import arranged, chosen, number
from milebook.checks.far_dates import days_of_index
from milebook.index.schema import DEFAULT_FRONT
from milebook.markdown.repeated_titles import printed_twice, signed_below
from milebook.markdown.story_file import read_file
from milebook.model.book import Book, BookInfo, Chapter, Matter, Photo, Story
from milebook.model.findings import NOWHERE, Finding, Place
from milebook.model.index import ChapterEntry, Index
from milebook.model.line import Line
from milebook.model.near_names import nearest
from milebook.model.packed_story import MANY_STORIES, packed
from milebook.model.slugs import slug
from milebook.model.text import HEADING, Text
from milebook.permissions.bylines_and_credits import byline
from milebook.photos import SeenPhotos, examine
from milebook.source import BookFolder

GENERATED = {
    "half-title": "",
    "title": "",
    "copyright": "",
    "contents": "Contents",
    "illustrations": "Illustrations",
    "contributors": "Contributors",
    "credits": "Credits",
}
ROLES = (
    "dedication", "epigraph", "foreword", "preface", "introduction", "prologue", "acknowledgments", "acknowledgements",
    "afterword", "epilogue", "appendix", "glossary", "notes", "colophon", "bibliography",
)  # fmt: skip


def assemble(
    folder: BookFolder, index: Index, cache: str = "", *, unfilled: bool = False
) -> tuple[Book | None, list[Finding]]:
    """The Book that the index describes.

    A story that cannot be read becomes an empty Story and a finding, a photo that cannot be read is left without a `path`,
    so that one run reports everything. None only when not a single story is left to print. `cache` is a folder for what may
    be remembered of photos between runs, "" for none. With `unfilled` a book whose chapters hold no story yet is a Book, too,
    and has all of its chapters; the finding about it is there all the same.
    """
    return _assembled(_Reader(folder, with_lines(index), cache), unfilled)


def outline(folder: BookFolder, index: Index) -> Book | None:
    """The Book without its texts and with photos that no one has looked at: enough to know what needs a permission."""
    return _assembled(_Outliner(folder, with_lines(index), ""))[0]


def _assembled(reader: _Reader, unfilled: bool = False) -> tuple[Book | None, list[Finding]]:
    index = reader.index
    chapters: list[Chapter] = []
    placed: dict[str, str] = {}
    stories = {story.id: reader.story(story) for story in index.stories if story.status == "selected"}
    for entry in index.chapters:
        chapters.append(reader.chapter(entry, stories, placed))
    for story in stories.values():
        if story.id not in placed and index.all_chapters:
            reader.findings.append(
                Finding(
                    "MB180",
                    f"story “{story.title or story.id}” is selected but stands in no chapter, so it is not printed",
                    story.place,
                    f"add {story.id} to a chapter's stories, or give it another status",
                )
            )
    newest = max((day for day, _ in days_of_index(index)), default="")
    info = index.info if index.info.date else replace(index.info, date=newest)
    cover, pixels = reader.cover(info)
    reader.seen.keep(reader.folder)
    book = Book(
        info=info,
        front=tuple(reader.matter(name, place) for name, place in _front(info, reader.findings)),
        chapters=number(c for c in chapters if c.stories or c.opening.blocks or (unfilled and not placed)),
        back=tuple(reader.matter(name, place) for name, place in info.back),
        cover_path=cover,
        cover_pixels=pixels,
        index_path=index.path,
        unselected=tuple(story for story in index.stories if story.id not in placed),
        agreements=index.agreements,
    )
    if not book.stories:
        reader.findings.append(_unfilled(index))
        return (book if unfilled else None), reader.findings
    return book, reader.findings


def _unfilled(index: Index) -> Finding:
    """No chapter has a story: because none was chosen so far, or because there is none at all."""
    place = index.info.place if index.info.place.file else Place(index.path)
    if not index.stories:
        return Finding(
            "MB181",
            "the index has no story yet, so there is no book to make",
            place,
            "bring stories in with milebook import, or one of them with milebook add",
        )
    return Finding(
        "MB181",
        "no story is selected for any chapter, so there is no book to make",
        place,
        "choose one: milebook set ID --status selected --chapter ID (milebook status --inbox lists those that wait)",
    )


def _front(info: BookInfo, findings: list[Finding]) -> Iterable[tuple[str, Place]]:
    """The entries of the front matter: those of every book, with a note, where the index has no `front:` at all."""
    if info.front or "front" in info.places:
        return info.front
    where = info.place if info.place.file else NOWHERE
    names = ", ".join(DEFAULT_FRONT)
    findings.append(
        Finding(
            "MB650",
            "the index has no front:, so the book gets a half title, a title page, a copyright page and a table of contents",
            where,
            f"to choose yourself, write front: [{names}] below book:, or front: [] for none",
        )
    )
    return [(name, where) for name in DEFAULT_FRONT]


class _Reader:
    """Reads what the index names, and gathers what is wrong with it."""

    def __init__(self, folder: BookFolder, index: Index, cache: str) -> None:
        self.folder = folder
        self.cache = cache
        self.seen = SeenPhotos(cache)
        self.index = index
        self.info: BookInfo = index.info
        self.findings: list[Finding] = []
        self.lines = LineReader(index.info.language, index.info.smart_punctuation)

    def text(self, written: str, place: Place, language: str = "") -> tuple[Text, str]:
        """The text of a file that the index names, and its path; both empty if it cannot be had."""
        path, findings = self.folder.resolve(self.index.path, written, place)
        self.findings += findings
        if path is None:
            return Text(), ""
        text, findings = read_file(
            self.folder, path, place, language=language or self.info.language, smart=self.info.smart_punctuation
        )
        self.findings += findings
        return (Text(), "") if text is None else (text, path)

    def story(self, story: Story) -> Story:
        text, path = self.text(story.file, story.at("file"), story.language)
        printed = byline(story.contributor, self.info.byline, self.info.language)
        names = (printed, story.contributor.name, story.contributor.byline)
        self.findings += printed_twice(text, story.title, names)
        if not story.contributor.anonymous:  # whose name has a finding of its own wherever it stands
            self.findings += signed_below(text, names)
        photos = tuple(self.photo(photo, text) for photo in story.photos)
        made = replace(story, text=text, path=path, photos=photos, byline=self.lines.line(printed))
        return packed(made) if len(self.index.stories) > MANY_STORIES else made

    def photo(self, photo: Photo, text: Text) -> Photo:
        path, findings = self.folder.resolve(self.index.path, photo.file, photo.at("file"))
        self.findings += findings
        if path is None:
            return photo
        facts, findings = examine(self.folder, path, photo.at("file"), self.cache, self.seen)
        self.findings += findings
        if facts is None:
            return photo
        paragraphs = len(text.paragraphs)
        if photo.where == "after" and text.blocks and photo.after > paragraphs:
            self.findings.append(
                Finding(
                    "MB182",
                    f"photo {photo.file} is to stand after paragraph {photo.after}, but the story has "
                    f"{'one paragraph' if paragraphs == 1 else f'{paragraphs} paragraphs'}; it is printed at the end",
                    photo.at("place"),
                    "write place: end" if paragraphs < 2 else f"choose a number from 1 to {paragraphs}, or “end”",
                )
            )
        return replace(photo, path=path, pixels=(facts.width, facts.height))

    def chapter(self, entry: ChapterEntry, stories: dict[str, Story], placed: dict[str, str]) -> Chapter:
        """A chapter with its stories. `placed` says in which chapter each story stands so far, and is added to."""
        taken: list[Story] = []
        for story in self.candidates(entry, stories):
            if story.id not in placed:
                placed[story.id] = entry.id
                taken.append(story)
            elif entry.stories is None and placed[story.id] != entry.id:
                message = (
                    f"story “{story.title}” is selected for chapter “{entry.id}” but stands in "
                    f"“{placed[story.id]}” already; it is printed there only"
                )
                hint = "narrow the selection, or take the story out of the other chapter"
                self.findings.append(Finding("MB184", message, entry.at("select"), hint))
        opening, opening_path = Text(), ""
        if entry.opening:
            opening, opening_path = self.text(entry.opening, entry.at("opening"))
            self.findings += printed_twice(opening, entry.title, ())
        return Chapter(
            id=entry.id,
            number=0,
            title=entry.title,
            opening=opening,
            opening_path=opening_path,
            stories=tuple(taken),
            place=entry.place,
            places=entry.places,
        )

    def candidates(self, entry: ChapterEntry, stories: dict[str, Story]) -> list[Story]:
        """The stories that a chapter lists or selects, in its order, whether or not another chapter has them."""
        if entry.stories is not None:
            listed = [stories[story_id] for story_id, _ in entry.stories if story_id in stories]
            return arranged(listed, entry.order_by, self.info.language)
        selected = chosen(entry, stories.values(), self.info.language)
        if not selected:
            message = f"chapter “{entry.title}” selects no story, so it is left out"
            hint = "check the words under “select:”, or list the stories by name under “stories:”"
            self.findings.append(Finding("MB183", message, entry.at("select"), hint))
        return selected

    def matter(self, name: str, place: Place) -> Matter:
        if name in GENERATED:
            return Matter(kind=name, title=GENERATED[name], id=name, place=place)
        text, path = self.text(name, place)
        stem = name.rpartition("/")[2].rpartition(".")[0] or name
        words = re.sub(r"[^a-z]+", " ", stem.lower()).split()
        role = next((word for word in words if word in ROLES), "") or _near_role(words)
        title: str = stem.replace("-", " ").replace("_", " ").strip().capitalize()
        if (
            text.blocks
            and text.blocks[0].kind == HEADING
            and not any(run.note or run.query for run in text.blocks[0].runs)
        ):
            title = Line(text.blocks[0].runs, text.blocks[0].text)
            queries = tuple(query._replace(block=query.block - 1) for query in text.queries)
            text = text._replace(blocks=text.blocks[1:], queries=queries)
        return Matter(kind="text", title=title, role=role, id=slug(stem, "text"), text=text, path=path, place=place)

    def cover(self, info: BookInfo) -> tuple[str, tuple[int, int]]:
        if not info.cover:
            return "", (0, 0)
        path, findings = self.folder.resolve(self.index.path, info.cover, info.at("cover"))
        self.findings += findings
        if path is None:
            return "", (0, 0)
        facts, findings = examine(self.folder, path, info.at("cover"), self.cache, self.seen)
        self.findings += findings
        return (path, (facts.width, facts.height)) if facts else ("", (0, 0))


class _Outliner(_Reader):
    """Opens neither texts nor photos."""

    def text(self, written: str, place: Place, language: str = "") -> tuple[Text, str]:
        return Text(), ""

    def matter(self, name: str, place: Place) -> Matter:
        made = super().matter(name, place)
        path, _ = self.folder.resolve(self.index.path, name, place) if made.kind == "text" else (None, [])
        return replace(made, path=path or "")  # by which the words are known that it quotes

    def photo(self, photo: Photo, text: Text) -> Photo:
        path, _ = self.folder.resolve(self.index.path, photo.file, photo.at("file"))
        return replace(photo, path=path or "")


def _near_role(words: list[str]) -> str:
    """The role that a misspelled word means. Short words, such as “for” and “after”, are words of a title."""
    return next((near for word in words if len(word) > 5 and (near := nearest(word, ROLES))), "")
