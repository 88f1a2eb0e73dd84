"""The plan of an import: every item with its verdict, its id, its title, and the Markdown that would be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from milebook.checks.word_counts import body_words
from milebook.intake import titles
from milebook.intake.items import ANSWER, CORRECTION, NEW, OURS, REPLY, SAME, VERDICTS, Found, Picture
from milebook.intake.known_stories import Known
from milebook.intake.line_breaks import with_paragraphs
from milebook.intake.people import consent_like, place_in_name, several_stories
from milebook.intake.repairing import repair
from milebook.intake.story_markdown import read_back, written
from milebook.intake.typed_lists import with_lists
from milebook.intake.verdicts import OTHER, Choice, Judged, judge
from milebook.intake.written_language import other_language
from milebook.markdown.damage import lost_letters
from milebook.model.slugs import free_name, slug
from milebook.photos.examination import unprintable

_EXAMINED = 20  # photos of one item that are read for the plan: each is read out of its mail or page again


@dataclass(slots=True)
class PlanItem:
    """One row of the plan. `id` is the story's own: the one it would get, or has already."""

    n: int
    found: Found
    verdict: str
    why: str
    id: str = ""
    title: str = ""
    text: str = ""
    words: int = 0
    like: str = ""
    photos: list[tuple[str, Picture]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    evidence: str = ""  # where an answer to a permission letter is to be kept, relative to the index's folder

    def as_json(self) -> dict[str, object]:
        """The item as `--json` shows it."""
        found = self.found
        return {
            "n": self.n, "verdict": self.verdict, "why": self.why, "source": found.source, "kind": found.kind, "key": found.key,
            "id": self.id, "title": self.title,
            "contributor": {"name": found.name, "email": found.email, "location": found.location, "age": found.age},
            "received": found.received, "words": self.words, "text": self.text,
            "photos": [
                {"file": file, "original": one.name, "caption": one.caption, "alt": one.alt} for file, one in self.photos
            ],
            "cuts": found.cuts, "like": self.like, "notes": self.notes,
        }  # fmt: skip


@dataclass(slots=True)
class ImportPlan:
    """All items in the order in which they were found."""

    items: list[PlanItem]

    @property
    def counts(self) -> dict[str, int]:
        """How many items have each verdict; they add up to the number of items."""
        counted = Counter(item.verdict for item in self.items)
        return {verdict: counted[verdict] for verdict in VERDICTS if counted[verdict]}

    @property
    def new(self) -> list[PlanItem]:
        return [item for item in self.items if item.verdict == NEW]


def make_plan(
    found: Iterable[Found],
    known: Known,
    choice: Choice,
    is_answer: Callable[[Found], str],
    unchanged: Callable[[Found], bool],
) -> ImportPlan:
    """Judge all items, then give ids and titles in their order, so that the same files give the same plan."""
    listed = repair(found)
    common = titles.common_subjects(listed)
    judged = judge(listed, known, choice, is_answer, unchanged)
    taken = {story.id.lower() for story in known.stories}
    borrowed = titles.borrowed_subjects(listed)
    items = [_item(one, known, common, taken, borrowed=one.item.key in borrowed) for one in judged]
    by_number = {item.n: item for item in items}
    for one, item in zip(judged, items, strict=True):
        if one.other:
            other = by_number[one.other]
            item.like = other.id
            named = f"{one.other} ({other.title})" if other.title else str(one.other)
            item.why = item.why.replace(OTHER, named)
    return ImportPlan(items)


def _item(one: Judged, known: Known, common: set[str], taken: set[str], *, borrowed: bool) -> PlanItem:
    found = one.item
    found.location = found.location or place_in_name(found.name)
    # The title of what becomes no story stays the subject, by which its sender knows it.
    story = one.verdict not in (REPLY, CORRECTION, OURS, ANSWER)
    title = titles.titled(found, common, borrowed=borrowed and story)
    found.passages = with_lists(found.passages, found.pictures)
    found.passages = with_paragraphs(found.passages, found.pictures)
    text = written(found.passages)
    item = PlanItem(one.n, found, one.verdict, one.why, title=title, text=text, like=one.like)
    item.words = body_words(read_back(text)) if text else 0
    if one.verdict == NEW:
        item.id = free_id(title, found, known, taken)
        taken.add(item.id)
    elif one.verdict == SAME and one.like:
        item.id = one.like
    base = item.id or slug(title, "photo")
    item.photos = [(f"photos/{base}-{n}{picture.suffix}", picture) for n, picture in enumerate(found.pictures, 1)]
    item.notes = _notes(one, item, known)
    return item


def _notes(one: Judged, item: PlanItem, known: Known) -> list[str]:
    found = item.found
    notes = list(found.notes)
    if one.verdict != NEW:
        return list(dict.fromkeys(notes))
    if known.limit and item.words > known.limit:
        notes.insert(0, f"over the limit: {item.words} words of {known.limit}")
    notes += several_stories(found.passages)
    if titles.without_title(found, item.title):
        notes.append("the text begins with its own title")
    if known.index is not None and (language := other_language(item.text, known.index.info.language)):
        notes.append(
            f"looks as if it is not in the book's language: if so, set language: {language} in its entry of the index"
        )
    notes += [one.message for one in lost_letters(f"{found.name}\n{item.title}\n{item.text}", "")]
    notes += _unprintable(item)
    if found.age is not None and found.age < 18:
        notes.append(f"{found.age} years old: a guardian has to sign")
    notes += [f"speaks of permission, which it does not give here: “{words}”" for words in consent_like(found.text)]
    return list(dict.fromkeys(notes))


def _unprintable(item: PlanItem) -> list[str]:
    """Photos that came in and cannot be printed: now is the time to ask for them again."""
    notes = []
    for number, (_, picture) in enumerate(item.photos[:_EXAMINED], 1):
        try:
            trouble = unprintable(picture.read())
        except (OSError, ValueError, IndexError):
            continue  # the file went away meanwhile, which writing it will say
        if trouble:
            named = f" ({picture.name})" if picture.name else ""
            notes.append(f"photo {number}{named} cannot be printed: {trouble}; ask for it again")
    return notes


def free_id(title: str, found: Found, known: Known, taken: set[str]) -> str:
    """An id that no story and no file of the book has."""
    base = slug(title, "") or slug(found.name, "") or f"story-{found.received}".rstrip("-")
    return free_name(base, lambda name: name in taken or f"{name}.md" in known.names)
