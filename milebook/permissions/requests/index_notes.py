"""Note in the index what was asked for: by e-mail, with the day; by letter, until somebody says that it was posted.

Everything that one letter asks of one person becomes one agreement, so that one answer can be recorded for all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from milebook.index.edit import Value
from milebook.model.book import GRANTED, Agreement
from milebook.model.findings import NOWHERE, Place
from milebook.model.index import Index
from milebook.model.slugs import free_name, slug
from milebook.permissions.asked_again import noted
from milebook.permissions.changes import Edited, Join, PermissionChange, make, of_item
from milebook.permissions.obstacles import to_post
from milebook.permissions.permission_item import PermissionItem
from milebook.permissions.requests.letters import Letter
from milebook.source import BookFolder


def note_requests(
    folder: BookFolder, index: Index, text: str, letters: Iterable[Letter], date: str, posted: Iterable[Letter] = ()
) -> Edited:
    """Write down what was just asked for in these letters on `date`; those in `posted` have yet to go to the post.

    What is granted, but not widely enough, keeps its status and its days; the day of the new request goes into the notes.
    """
    letters, by_post = list(letters), {id(letter) for letter in posted}
    # an index may be written so that a permission in several lines cannot give way to a name, or nothing can be added
    for joining in (_loose, _bare, _none):
        edited = _noted(folder, index, text, letters, date, by_post, joining)
        if not edited.problem:
            return edited
    return edited


def _noted(
    folder: BookFolder,
    index: Index,
    text: str,
    letters: Iterable[Letter],
    date: str,
    by_post: Collection[int],
    joining: Callable[[PermissionItem], bool],
) -> Edited:
    """What was asked for written down; permissions for which `joining` holds are brought together in one agreement a letter."""
    changes: dict[str | Place, PermissionChange] = {}
    joins: list[Join] = []
    taken = set(index.agreements)
    for letter in letters:
        post = id(letter) in by_post
        join = _join(letter, taken, date, joining, post=post)
        joined = {item.item for item in join.items} if join else set()
        if join:
            joins.append(join)
            taken.add(join.agreement)
        for item in letter.items:
            if item.item not in joined:
                key: str | Place = item.agreement or item.need.noun
                changes.setdefault(key, _asked(item, letter.signer, date, post=post))
    return make(folder, index, text, list(changes.values()), joins)


def mark_sent(folder: BookFolder, index: Index, text: str, items: Iterable[PermissionItem], date: str) -> Edited:
    """Write down that the letters that ask for these items were posted on `date`, which is not before they were made."""
    changes: dict[str | Place, PermissionChange] = {}
    for item in items:
        if not to_post(item.terms):
            continue
        if date < item.terms.letter:
            fact = f"{date} is before the letter was written, on {item.terms.letter}"
            return Edited("", (), fact, "correct the day")
        changes.setdefault(item.agreement or item.need.noun, _asked(item, "", date, post=False))
    return make(folder, index, text, list(changes.values()))


def _asked(item: PermissionItem, signer: str, date: str, *, post: bool) -> PermissionChange:
    fields: dict[str, Value] = {"letter": date} if post else {"status": "requested", "requested": date}
    wording = ""
    if item.status in GRANTED and not post:
        fields = {"notes": noted(item.terms.notes, date)}
        wording = f"status stays {item.status}; asked again on {date}, which is in its notes"
    elif not item.terms.signer and signer:
        fields = {"signer": signer} | fields
    return of_item(item, fields)._replace(wording=wording)


def _join(
    letter: Letter, taken: set[str], date: str, joining: Callable[[PermissionItem], bool], *, post: bool
) -> Join | None:
    """The agreement that a letter's unwritten permissions are to name; None where there is nothing to bring together."""
    loose = tuple(item for item in letter.items if joining(item))
    named = dict.fromkeys(item.agreement for item in letter.items if item.agreement and item.status not in GRANTED)
    if not loose:
        return None
    if len(named) == 1:
        bare = tuple(item for item in loose if _bare(item))  # an address would be lost
        return Join(next(iter(named)), bare) if bare else None
    if len(loose) < 2:
        return None
    fields: dict[str, Value] = {"signer": letter.signer, "status": "to_request" if post else "requested"}
    fields["letter" if post else "requested"] = date
    if address := next((item.terms.email for item in loose if item.terms.email), ""):
        fields["email"] = address
    return Join(_new_id(letter, loose, taken, date), loose, fields)


def _loose(item: PermissionItem) -> bool:
    """Whether nothing is written down but whom to ask, which goes into the agreement: no agreement, no day, no terms."""
    terms = item.terms
    blank = Agreement(signer=terms.signer, email=terms.email, place=terms.place)
    return not terms.id and terms == blank and item.need.noun != NOWHERE


def _bare(item: PermissionItem) -> bool:
    """Whether not even an address is written down."""
    return _loose(item) and not item.terms.email


def _none(item: PermissionItem) -> bool:
    return False


def _new_id(letter: Letter, items: Sequence[PermissionItem], taken: set[str], date: str) -> str:
    """An id of name and year; of a story and the year where the name is withheld, for ids are printed in lists."""
    item = items[0]
    stem = item.story or "book" if item.whom.withheld else slug(letter.signer, item.story or "agreement")
    return free_name(f"{stem[:60].strip('-')}-{date[:4]}", taken.__contains__)
