"""Where to write about an item: the e-mail address of whoever is to answer for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from milebook.model.book import Book
from milebook.permissions.names import folded, same_name
from milebook.permissions.permission_item import PermissionItem
from milebook.permissions.signers import who_signs


def addresses(book: Book, items: Iterable[PermissionItem]) -> Callable[[PermissionItem], str]:
    """Where to write about an item: what its agreement says, else the contributor's address if the contributor (or the
    guardian) signs, else an address that the book knows for the name. An agreement's address replaces the contributor's.
    """
    by_name: dict[str, str] = {}
    of_story: dict[tuple[str, str], str] = {}
    for story in (*book.stories, *book.unselected):
        who = story.contributor
        for name in filter(None, (who.name, who.guardian)):
            terms = story.permission
            written = terms.email if not terms.signer or same_name(terms.signer, name) else ""
            if written or who.email:
                of_story[story.id, folded(name)] = written or who.email
                by_name.setdefault(folded(name), written or who.email)
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
