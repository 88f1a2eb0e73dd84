"""Keep the Parts of stories between one Draft and the next, for a book that is composed again after every save."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import NamedTuple

from milebook.compose.texts import Numbers, Setting
from milebook.layout import Layout
from milebook.model.book import Story
from milebook.model.draft import Part


class _Kept(NamedTuple):
    story: Story
    before: tuple[int, ...]  # the counters of the chapter, before the story and after it
    after: Numbers
    part: Part


class KnownParts:
    """Parts by the ids of their stories; each holds as long as its Story is the same object in the same place."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._looks: tuple[Layout, str, bool] | None = None

    def begin(self, setting: Setting) -> None:
        """Another Draft is composed: in other looks nothing is known."""
        looks = (setting.layout, setting.language, setting.smart)
        if looks != self._looks:
            self._kept.clear()
            self._looks = looks

    def get(self, story: Story, numbers: Numbers) -> Part | None:
        """The Part of a story, and the counters as they are after it; None if it has to be composed."""
        kept = self._kept.get(story.id)
        if kept is None or kept.story is not story or kept.before != astuple(numbers):
            return None
        numbers.note, numbers.query = kept.after.note, kept.after.query
        return kept.part

    def put(self, story: Story, before: tuple[int, ...], numbers: Numbers, part: Part) -> None:
        """Keep what was composed."""
        self._kept[story.id] = _Kept(story, before, replace(numbers), part)
