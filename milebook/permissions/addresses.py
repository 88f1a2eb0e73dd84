"""Where to write about an item: the e-mail address of whoever is to answer for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from milebook.model.book import Book, Contributor, Story
from milebook.permissions.bylines_and_credits import printed_name
from milebook.permissions.names import folded, same_name
from milebook.permissions.permission_item import PermissionItem
from milebook.permissions.signers import who_signs


def under_age(who: Contributor) -> bool:
    """Whether a contributor is known to be a child."""
    return 0 < who.age < 18


def children(stories: Iterable[Story]) -> dict[str, str]:
    """The e-mail addresses of contributors who are under age, each with the name as printed."""
    found = (story.contributor for story in stories)
    return {who.email.strip(): printed_name(who) or "the child" for who in found if who.email and under_age(who)}


def addresses(book: Book, items: Iterable[PermissionItem]) -> Callable[[PermissionItem], str]:
    """Where to write about an item: what its agreement says, else the contributor's address if the contributor (or somebody
    for a grown-up contributor) signs, else an address that the book knows for the name. An agreement's address replaces the
    contributor's. A child's own address is not its guardian's.
    """
    by_name: dict[str, str] = {}
    of_story: dict[tuple[str, str], str] = {}
    for story in (*book.stories, *book.unselected):
        who = story.contributor
        for name in filter(None, (who.name, who.guardian)):
            terms = story.permission
            written = terms.email if not terms.signer or same_name(terms.signer, name) else ""
            own = "" if under_age(who) and not same_name(name, who.name) else who.email
            if written or own:
                of_story[story.id, folded(name)] = written or own
                by_name.setdefault(folded(name), written or own)
    for item in items:
        if item.terms.email and item.terms.signer:
            by_name.setdefault(folded(item.terms.signer), item.terms.email)
    of_agreement: dict[tuple[str, str], str] = {}

    def address(item: PermissionItem) -> str:
        terms, name = item.terms, who_signs(item.need)
        if terms.email and (not terms.signer or same_name(terms.signer, name)):
            return terms.email
        found = of_story.get((item.story, folded(name)), "") or by_name.get(folded(name), "")
        if not terms.id:
            return found
        return of_agreement.setdefault((terms.id, folded(name)), found)  # one form, one person

    return address
