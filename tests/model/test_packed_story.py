"""A story whose text is packed is in every other way the same story."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from milebook.markdown import read_prose
from milebook.model.book import Contributor, Story
from milebook.model.packed_story import packed

TEXT = "“We *ran*,” she said.[^1] {>> who? <<}\n\n1) one\n\n[^1]: So it was.\n"


def test_a_packed_story_is_the_story() -> None:
    text, _ = read_prose(TEXT, "stories/oak.md", language="en")
    story = Story("oak", title="Oak", contributor=Contributor(name="Ana Example"), tags=("road",), text=text)
    made = packed(story)
    for one in (made, pickle.loads(pickle.dumps(made)), packed(made)):
        assert one == made
        assert [getattr(one, field.name) for field in fields(Story)] == [
            getattr(story, field.name) for field in fields(Story)
        ]
    changed = replace(made, title="Elm")
    assert (changed.title, changed.text, type(changed)) == ("Elm", text, type(made))
    with pytest.raises(FrozenInstanceError):
        made.text = text
