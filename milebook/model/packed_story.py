"""A story whose text is kept packed: those of a very large book would be most of what it takes of the memory."""

from __future__ import annotations

from dataclasses import fields

from milebook.model.book import Story
from milebook.model.packed_parts import pack, unpack
from milebook.model.text import Text

MANY_STORIES = 5000  # of a book so large that memory matters more than half a second


class PackedStory(Story):
    """The same as a Story with the same values. Its `text` is made each time that it is asked for."""

    __slots__ = ("_packed",)

    _packed: bytes

    @property
    def text(self) -> Text:
        text: Text = unpack(self._packed)
        return text

    @text.setter
    def text(self, text: Text) -> None:
        object.__setattr__(self, "_packed", pack(text))


def packed(story: Story) -> PackedStory:
    """The story with its text packed."""
    return PackedStory(**{field.name: getattr(story, field.name) for field in fields(story)})
