"""What each kind of permission writes into its own columns of the publisher's log."""

from __future__ import annotations

from collections.abc import Mapping

from milebook.model.book import Person
from milebook.permissions.bylines_and_credits import attribution_form, credit_line, printed_name
from milebook.permissions.find_needs import photographer
from milebook.permissions.lists.log_entry import Entry

NONE, NOT_STATED, NOT_GRANTED, NOT_APPLICABLE = "none", "not stated", "not granted", "n/a"


def text(entry: Entry) -> Mapping[str, object]:
    story, who = entry.story, entry.contributor
    child = 0 < who.age < 18
    if not story.received:
        source = story.source.kind
    else:
        source = f"{story.source.kind} of {story.received}" if story.source.kind else f"received {story.received}"
    return {
        "source_full": source,
        "creator": who.name if entry.private else printed_name(who),
        **_credit(entry),
        "minor": "y" if child else "n",
        "guardian": entry.shown(who.guardian) if child and who.guardian else "",
        "attribution_form": attribution_form(who),
        "edit_approved_on": entry.item.terms.edit_approved or NOT_STATED,
    }


def reprint(entry: Entry) -> Mapping[str, object]:
    who = entry.contributor
    return {
        "source_full": entry.story.source.published,
        "creator": who.name if entry.private else printed_name(who),
        "treatment": "reproduction",
    }


def quote(entry: Entry) -> Mapping[str, object]:
    quote = entry.item.need.quote
    source = quote.source if quote else ""
    return {"source_full": source, "creator": source, "treatment": "reproduction"}


def photo(entry: Entry) -> Mapping[str, object]:
    shown = entry.item.need.photo
    people = shown.people if shown else ()
    return _of_picture(entry, people) | {"treatment": "reproduction" if entry.item.need.sub == "stock" else "original"}


def person(entry: Entry) -> Mapping[str, object]:
    one = entry.item.need.person
    return _of_picture(entry, (one,) if one else ()) | {
        "clearance_needed": NONE if entry.item.status == "not_needed" else "release",
        **_credit(entry),
    }


def _credit(entry: Entry) -> dict[str, object]:
    """A photo's credit is owed for the photo alone, also where one agreement covers the text or the people too."""
    return {"required_credit": NONE, "credit_placement": NOT_STATED} if entry.of_photo else {}


def _of_picture(entry: Entry, people: tuple[Person, ...]) -> dict[str, object]:
    """What photos and people shown have in common."""
    picture = entry.item.need.photo
    children = [one for one in people if one.minor]
    guardians = dict.fromkeys(entry.shown(one.guardian) for one in children if one.guardian)
    cells: dict[str, object] = {
        "persons_shown": ", ".join(entry.shown(one.name) or "not named" for one in people) or NONE,
        "minor": "y" if children else "n",
        "guardian": ", ".join(guardians),
        "release_file": ", ".join(dict.fromkeys(map(entry.evidence, entry.releases))) or NONE,
    }
    if picture is not None:
        cells["source_full"] = picture.file if entry.private else credit_line(picture)
        cells["creator"] = entry.shown(photographer(picture))
    return cells
