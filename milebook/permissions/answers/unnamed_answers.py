"""Find answers of people that `milebook import` has kept under releases/ and that no permission names as its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from milebook.model.agreements import agreements_of, every_agreement
from milebook.model.book import Story
from milebook.model.index import Index
from milebook.model.slugs import slug
from milebook.permissions.answers.returned_mail import traces
from milebook.source import PHOTO_LIMIT, BookFolder

_DAY_AND_NUMBER = r"(-\d{4}-\d{2}-\d{2})?(-\d+)?\.\w+"


def unnamed_answers(folder: BookFolder, index: Index, stories: Iterable[Story]) -> Iterator[str]:
    """Paths, under the book folder, of answers that whoever gave these stories sent: by their names, or by the sender."""
    stories = list(stories)
    base = index.path.rpartition("/")[0]
    inside = f"{base}/releases" if base else "releases"
    named = {terms.evidence for terms in every_agreement(index)}
    stems = {stem for story in stories for stem in _stems(story)}
    addresses = {address for story in stories for address in _addresses(story)}
    for name in sorted(folder.names(inside)):
        if f"releases/{name}" in named:
            continue
        path = f"{inside}/{name}"
        if any(re.fullmatch(re.escape(stem) + _DAY_AND_NUMBER, name) for stem in stems):
            yield path
        elif name.casefold().endswith(".eml") and addresses:
            data = folder.read_again(path, PHOTO_LIMIT)
            if data is not None and traces(data).sender.strip().casefold() in addresses:
                yield path


def _stems(story: Story) -> Iterator[str]:
    """The names under which answers about a story are kept, without day and suffix."""
    yield story.id
    for terms in agreements_of(story):
        yield from filter(None, (terms.id, slug(terms.signer, "")))
    who = story.contributor
    yield from filter(None, (slug(who.name, ""), slug(who.guardian, "")))


def _addresses(story: Story) -> Iterator[str]:
    for address in (story.contributor.email, story.permission.email):
        if address.strip():
            yield address.strip().casefold()
