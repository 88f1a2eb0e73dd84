"""Find what an answer is about: an agreement, an item, a story or a person, as somebody names it on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from milebook.model.book import GRANTED, Book
from milebook.model.index import Index
from milebook.model.near_names import did_you_mean
from milebook.permissions.addresses import addresses
from milebook.permissions.asked_again import asked_again
from milebook.permissions.names import folded, plain
from milebook.permissions.obstacles import to_post
from milebook.permissions.permission_item import PermissionItem
from milebook.permissions.signers import who_signs


class Target(NamedTuple):
    """What was meant. `agreement` where one is named that nothing in the book uses; else the `items`, each once.

    `left` are items of the same person that were not asked for and so are not meant. `problem` and `cure` where nothing, or
    more than one thing, fits.
    """

    items: tuple[PermissionItem, ...] = ()
    agreement: str = ""
    left: tuple[PermissionItem, ...] = ()
    problem: str = ""
    cure: str = ""


class Signer(NamedTuple):
    """A person with everything that is theirs to give. Two addresses under one name are two people."""

    name: str  # legal name
    items: tuple[PermissionItem, ...]

    @property
    def shown(self) -> str:
        return self.items[0].signer


def find(
    index: Index,
    book: Book | None,
    items: Sequence[PermissionItem],
    target: str,
    only: Sequence[str] = (),
    *,
    answer: bool = True,
    person: bool = False,
) -> Target:
    """What `target` names: an agreement's id, an item, a story's id, or a person by name.

    A story or a person stands for everything that was asked of one person and is waiting for an answer. `only` picks items
    of it. With `answer` false (a note, a fee) it stands for the one permission that it names. With `person` (an address) it stands
    for everything of that person's that is written down.
    """
    found = _find(index, book, items, target.strip(), answer=answer, every=bool(only) or person)
    if person and not only and not found.agreement:
        written = tuple(item for item in found.items if item.terms.places)
        found = found._replace(items=written or found.items)
    if found.problem or not only:
        return found
    known = {item.item for item in found.items}
    if strange := [name for name in only if name not in known]:
        names = ", ".join(item.item for item in found.items)
        return Target(problem=f"{strange[0]} is not one of the items of {target}", cure=f"they are: {names}")
    return Target(tuple(item for item in found.items if item.item in only))


def _find(
    index: Index, book: Book | None, items: Sequence[PermissionItem], target: str, *, answer: bool, every: bool
) -> Target:
    target = _todays_name(index, target, people(book, items))
    of_story = tuple(item for item in items if item.story == target)
    if target in index.agreements:
        covered = tuple(item for item in items if item.agreement == target)
        if of_story and {item.item for item in of_story} != {item.item for item in covered}:
            return _ambiguous(
                target, [_mentioned(f"agreement {target}", covered), _mentioned(f"story {target}", of_story)]
            )
        return Target(covered, target)
    exact = next((item for item in items if item.item == target), None)
    if exact is not None:
        return Target((exact,))
    if of_story:
        asked = people(book, of_story)
        return _of_people(asked, target, answer=answer, every=every) if asked else _of_nobody(target, of_story)
    if any(story.id == target for story in index.stories):
        return Target(
            problem=f"story “{target}” is not in the book",
            cure="give it the status selected and a place in a chapter, or change the index yourself",
        )
    named = [one for one in people(book, items) if _called(one, target)]
    whole = [one for one in named if _fully_called(one, target)]
    if named:
        return _of_people(whole or named, target, answer=answer, every=every)
    unknown = [item for item in items if item.whom.unknown]
    if described := [item for item in unknown if folded(str(item.whom)) == folded(target)]:
        return _of_nobody(target, described)
    what = "item" if "/" in target else "agreement, story or person"
    known = [
        *index.agreements,
        *(item.item for item in items),
        *(item.story for item in items),
        *(item.signer for item in items if not item.whom.unknown),
    ]
    hint = did_you_mean(target, known) or "“milebook permissions” lists the items, their agreements and whom to ask"
    return Target(problem=f"there is no {what} “{target}”", cure=hint)


def _todays_name(index: Index, target: str, known: Sequence[Signer]) -> str:
    """The id of the story that is meant by one of its former ids or by its title; else what was typed."""
    if target in {*index.agreements, *(story.id for story in index.stories)}:
        return target
    former = next((story.id for story in index.stories if target in story.formerly), "")
    titled = [story.id for story in index.stories if plain(story.title) == plain(target) != ""]
    if former or len(titled) != 1 or any(_fully_called(one, target) for one in known):
        return former or target
    return titled[0]


def people(book: Book | None, items: Iterable[PermissionItem]) -> list[Signer]:
    """Everybody to be asked by name, in book order."""
    items = [item for item in items if not item.whom.unknown]
    address = addresses(book, items) if book else lambda item: ""
    found: dict[tuple[str, str], list[PermissionItem]] = {}
    for item in items:
        found.setdefault((folded(who_signs(item.need)), address(item)), []).append(item)
    return [Signer(who_signs(theirs[0].need), tuple(theirs)) for theirs in found.values()]


def waiting(item: PermissionItem) -> bool:
    """Whether somebody has been asked for an item and has not answered."""
    if item.status in GRANTED:
        return not item.clear and bool(asked_again(item.terms))
    return item.status in ("requested", "no_reply") or to_post(item.terms)


def _of_people(found: Sequence[Signer], target: str, *, answer: bool, every: bool) -> Target:
    open_ones = [one for one in found if any(waiting(item) for item in one.items)] if answer else []
    chosen = open_ones or list(found)
    if len(chosen) > 1:
        return _ambiguous(target, [_mentioned(one.shown, one.items) for one in chosen])
    (one,) = chosen
    if every:
        return Target(one.items)
    asked = tuple(item for item in one.items if waiting(item))
    if answer and asked:
        return Target(asked, left=tuple(item for item in one.items if item not in asked and not item.clear))
    if len({item.agreement or item.item for item in one.items}) == 1:
        return Target(one.items)
    problem = (
        f"nothing that was asked of {one.shown} is waiting for an answer"
        if answer
        else f"“{target}” covers several permissions"
    )
    return Target(problem=problem, cure=f"name one of them: {', '.join(_ids(one.items))}")


def _of_nobody(target: str, items: Sequence[PermissionItem]) -> Target:
    """Where the index does not say who is to answer: what to write there first."""
    todo = "; ".join(dict.fromkeys(f"{item.find_out} ({item.item})" for item in items))
    return Target(
        problem=f"the index does not say who could answer for “{target}”", cure=f"{todo}; then record the answer"
    )


def _called(one: Signer, target: str) -> bool:
    """Whether every word of the target is in the name, or in the one that is shown."""
    words = plain(target).split()
    return bool(words) and any(set(words) <= set(plain(name).split()) for name in (one.name, one.items[0].whom.name))


def _fully_called(one: Signer, target: str) -> bool:
    return any(folded(target) == folded(name) for name in (one.name, one.items[0].whom.name))


def _ambiguous(target: str, candidates: Sequence[str]) -> Target:
    return Target(problem=f"“{target}” may mean {' or '.join(candidates)}", cure="name one of these ids")


def _mentioned(name: str, items: Sequence[PermissionItem]) -> str:
    return f"{name} ({', '.join(_ids(items))})"


def _ids(items: Iterable[PermissionItem]) -> list[str]:
    return list(dict.fromkeys(item.agreement or item.item for item in items))
