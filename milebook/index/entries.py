"""Read the entries of the index: the book, chapters, agreements, and stories with all that belongs to them."""

from __future__ import annotations

from typing import Any

from milebook.index.agreement_entries import is_empty_list
from milebook.index.slips import NOTHING, mend_lost_stories, with_commas
from milebook.index.story_entries import StoryReader
from milebook.model.book import BookInfo, Editions, Story
from milebook.model.findings import Finding, Place, Related
from milebook.model.index import ChapterEntry, Index
from milebook.yaml_nodes import Fields, Items, Node, Scalar, values
from milebook.yaml_nodes.nodes import is_empty, shown


class Reader(StoryReader):
    """Reads a whole index. What later checks need beside the Index itself is kept here."""

    def __init__(self, root: Fields, findings: list[Finding]) -> None:
        super().__init__(root, findings)
        self.all_stories = True  # False: some entry could not be read, so that nothing can be said of missing ids
        self.all_chapters = True  # False: some chapter's stories are not known

    def index(self, path: str) -> Index:
        mend_lost_stories(self.root, self.report)
        self.group("index", self.root, "the index")
        self._missing_parts()
        self.read_agreements(self.root.get("agreements"))
        info = self._info(self.root.get("book"))
        stories = self._stories(self.root.get("stories"))
        chapters = with_commas(
            self._chapters(self.root.get("chapters")), {story.id for story in stories}, self.findings
        )
        return Index(path, info, chapters, self.agreements, stories, self.all_chapters)

    def _missing_parts(self) -> None:
        """`chapters:` or `stories:` with nothing below."""
        for name in ("book", "chapters"):  # an index without stories is one that is still to be filled
            entry = self.root.fields.get(name)
            if entry is not None and isinstance(entry[1], (Items, Fields)) and not entry[1].mended:
                node = entry[1]
                if not (node.items if isinstance(node, Items) else node.fields) and not node.broken:
                    self.report(
                        entry[0], "MB107", f'"{name}" is empty', f"write the first entry below {name}:", kind=NOTHING
                    )

    # ---- the book

    def _info(self, node: Node | None) -> BookInfo:
        group = self.inner(node, "book")
        if group is None:
            return BookInfo()
        found, places = self.group("book", group, "the book")
        contact = self._plain_group(group, "contact", places)
        rights = self._plain_group(group, "copyright", places)
        for part in rights:
            places[f"copyright_{part}"] = places[f"copyright.{part}"]
        isbn = {} if self._bare_isbn(group.get("isbn")) else self._plain_group(group, "isbn", places)
        if isbn.get("print") and _digits(isbn["print"]) == _digits(isbn.get("ebook", "")):
            node = group.get("isbn")
            ebook = node.get("ebook") if isinstance(node, Fields) else None
            if ebook is not None:
                message = "the printed book and the e-book have the same ISBN"
                self.report(ebook, "MB125", message, "each format needs a number of its own")
        editions = self._plain_group(group, "editions", places)
        price = self._plain_group(group, "price", places)
        return BookInfo(
            **found,
            contact=contact,
            copyright_year=rights.get("year", ""),
            copyright_holder=rights.get("holder", ""),
            isbn=isbn,
            price=price,
            editions=Editions(**editions),
            cover_permission=self.permission(group, places.get("cover", group.place), "cover_permission"),
            cover_people=tuple(self.people(group, "cover_people")),
            quotes=tuple(self.quote(item, "matter quote") for item in self.groups(group, "quotes", "a quote")),
            place=group.place,
            places=places,
        )

    def _bare_isbn(self, node: Node | None) -> bool:
        if not isinstance(node, Scalar) or is_empty(node):
            return False
        hint = f"write isbn: {{print: {shown(node.value)}}}; the e-book's number is ebook:"
        values.wrong_kind(node, "isbn", "a group of fields", self.findings, hint)
        return True

    def _plain_group(self, group: Fields, name: str, places: dict[str, Place]) -> dict[str, Any]:
        """A group whose noun is a plain mapping; its places are kept as `contact.email` in its owner's."""
        inner = self.inner(group.get(name), name)
        if inner is None:
            return {}
        found, within = self.group(name, inner, f'"{name}"')
        places.update({f"{name}.{key}": place for key, place in within.items()})
        return found

    # ---- stories

    def _stories(self, node: Node | None) -> tuple[Story, ...]:
        if (isinstance(node, Items) and node.broken) or (node is None and self.root.broken) or (node and node.mended):
            self.all_stories = False
        stories: list[Story] = []
        seen: dict[str, Place] = {}
        for item in self.items(node, "stories"):
            group = self.inner(item, "a story")
            if group is None:
                self.all_stories = False
                continue
            story = self.story(group)
            if not story.id:
                self.all_stories = False
                continue
            if self.taken(group, story.id, "story", seen):
                continue
            stories.append(story)
        return tuple(stories)

    def taken(self, group: Fields, name: str, noun: str, seen: dict[str, Place]) -> bool:
        """Whether an id was given away before (a finding); remembers it otherwise."""
        place = group.fields["id"][1].place
        first = seen.setdefault(name.lower(), place)
        if first is place:
            return False
        hint = f"give the second {noun} an id of its own"
        self.report(
            group.fields["id"][1], "MB116", f'the id "{shown(name)}" is taken', hint, (Related("first", first),)
        )
        return True

    # ---- chapters

    def _chapters(self, node: Node | None) -> tuple[ChapterEntry, ...]:
        chapters: list[ChapterEntry] = []
        seen: dict[str, Place] = {}
        if node is None or node.mended or (isinstance(node, Items) and node.broken):
            self.all_chapters = False
        for item in self.items(node, "chapters"):
            group = self.inner(item, "a chapter")
            if group is None or group.mended:
                self.all_chapters = False
                continue
            chapter = self._chapter(group)
            if chapter.id and self.taken(group, chapter.id, "chapter", seen):
                continue
            chapters.append(chapter)
        return tuple(chapters)

    def _chapter(self, group: Fields) -> ChapterEntry:
        typed = group.get("id")
        label = f'chapter "{shown(typed.value)}"' if isinstance(typed, Scalar) and typed.value else "this chapter"
        found, places = self.group("chapter", group, label)
        listed, chosen = group.fields.get("stories"), group.fields.get("select")
        if listed is not None and chosen is not None:
            message = f"{label} has both a list of stories and a selection"
            related = (Related("the list", listed[0].place),)
            self.report(chosen[0], "MB121", message, "keep one: stories: or select:", related)
            found.pop("select", None)
        elif listed is None and chosen is None and not group.broken:
            hint = "add stories: with a list of ids, or select: with what they have in common"
            self.report(group, "MB121", f"{label} has neither stories nor a selection", hint)
        elif listed is not None and not found.get("stories") and (is_empty(listed[1]) or is_empty_list(listed[1])):
            hint = "list the ids of its stories, as in stories: [lost-dog, two-miles]; an empty chapter is not printed"
            self.report(listed[0], "MB120", f"{label} lists no story", hint)
        stories = found.pop("stories", None)
        self.all_chapters = self.all_chapters and not group.broken and bool(stories or "select" in found)
        found.setdefault("id", "")
        return ChapterEntry(
            **found,
            stories=tuple(stories) if stories is not None else None if "select" in found else (),
            place=places.get("id", group.place),
            places=places,
        )


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())
