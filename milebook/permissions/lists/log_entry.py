"""One row of the publisher's log in the making: what a kind of permission needs to know to fill its own columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from milebook.model.book import Contributor, Story
from milebook.permissions.names import who_shown
from milebook.permissions.permission_item import PermissionItem


class Entry(NamedTuple):
    """One row in the making: what a kind needs to know to fill its own columns."""

    item: PermissionItem
    private: bool  # for the log that stays with the authors
    of_photo: bool  # the agreement covers a photo of the same story as well
    releases: tuple[str, ...]  # evidence of the people in the same photo
    evidence_names: Mapping[str, str]

    @property
    def contributor(self) -> Contributor:
        return self.item.subject.contributor

    @property
    def story(self) -> Story:
        """The story it belongs to; for the kinds that only stories have."""
        assert self.item.subject.story is not None
        return self.item.subject.story

    def shown(self, name: str) -> str:
        """A name as this log may show it."""
        return name if self.private else str(who_shown(name, self.item.subject.hidden))

    def evidence(self, path: str) -> str:
        return path if self.private else self.evidence_names.get(path, "on file")
