"""Entries appended to an index: every other byte stays, and what is appended is read as it was meant."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from milebook.index.append import append_stories
from milebook.index.edit import CannotEdit

ENTRY: dict[str, Any] = {
    "id": "the-last-hill",
    "title": "The Last Hill: a #1 “story”",
    "status": "submitted",
    "contributor": {"name": "no", "location": "", "age": 32, "email": "kate@example.org"},
    "received": "2013-08-25",
    "source": {"kind": "email", "ref": "<a@b>", "original": "originals/0.eml"},
    "tags": ["mail", "yes"],
    "photos": [{"file": "photos/x.jpg", "caption": "A: b\n- c", "place": {"after": 2}}, {"file": "photos/y.jpg", "place": "end"}],
}  # fmt: skip
SHAPES = {
    "spaced": "book:\n  title: X\nstories:\n  - id: a\n    title: A\n\n  - id: b\n    title: B\n",
    "close": "stories:\n- id: a\n  title: A\n- id: b\n  title: B\n",
    "deep": "stories:\n      - id: a\n        title: A\n",
    "no end of line": "stories:\n  - id: a\n    title: A",
    "windows": "book:\r\n  title: X\r\nstories:\r\n  - id: a\r\n    title: A\r\n",
    "mark": "\ufeffstories:\n  - id: a\n    title: A\n",
    "remark inside": "stories:\n  - id: a\n    title: A\n    # nothing here yet\n# the end\n",
    "remark without end": "stories:\n  - id: a\n    title: A\n    # nothing here yet",
    "not last": "stories:\n  - id: a\n    title: A\n\n# the agreements\nagreements:\n  x: {status: granted}\n",
    "long text": "stories:\n  - id: a\n    title: |\n      A\n      B\n\nagreements: {}\n",
    "braces": "stories:\n  - {id: a, title: A}\n",
    "empty list": "stories: []  # none yet\nagreements: {}\n",
    "empty": "book:\n  title: X\nstories:\n",
    "empty before": "stories:\nbook:\n  title: X\n",
    "none": "book:\n  title: X\n",
}


def loaded(text: str) -> Any:
    return yaml.safe_load(text.removeprefix("\ufeff"))


def plain(value: Any) -> Any:
    """An entry as it is read: without its empty fields."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if one not in ("", None, [], {})}
    return [plain(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", SHAPES)
def test_every_other_byte_stays(name: str) -> None:
    text = SHAPES[name]
    edited = append_stories(text, [ENTRY, {**ENTRY, "id": "second"}])
    before, after = loaded(text), loaded(edited)
    stories = after.pop("stories")
    assert stories[: len(before.get("stories") or [])] == (before.pop("stories", None) or [])
    assert [story["id"] for story in stories[-2:]] == ["the-last-hill", "second"]
    assert json.loads(json.dumps(stories[-2], default=str)) == plain(ENTRY)
    assert before == after
    rest = iter(edited.splitlines())
    assert all(any(line == other for other in rest) for line in text.replace(" []", "").splitlines())
    assert ("\r\n" in text) == ("\r\n" in edited)
    assert edited.count("\r") == (edited.count("\n") if "\r\n" in text else 0)


def test_stories_in_brackets() -> None:
    text = 'book: {title: X}  # mine\nstories: [{"id": "a", title: A}]  # all\n'
    edited = append_stories(text, [ENTRY])
    assert edited.startswith(text[: text.index("]")])
    assert edited.endswith("]  # all\n")
    assert json.loads(json.dumps(loaded(edited)["stories"][1], default=str)) == plain(ENTRY)


def test_mistakes_are_left_to_the_author() -> None:
    for text in ("stories: [\n", "- a\n", "stories: {a: b}\n"):
        with pytest.raises(CannotEdit, match=r"mistakes|fields"):
            append_stories(text, [ENTRY])


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.text("\n -:#{}[]'\"&*!|>%@`,?\tax0", min_size=1),
)
def test_any_text_is_read_back(title: str, caption: str) -> None:
    entry = {"id": "x", "title": title, "contributor": {"name": title}, "photos": [{"file": "a", "caption": caption}]}
    read = loaded(append_stories(SHAPES["spaced"], [entry]))["stories"][-1]
    assert read["title"] == title
    assert read["contributor"]["name"] == title
    assert read["photos"][0]["caption"] == caption
