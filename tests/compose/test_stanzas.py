"""A line of verse that is a stanza by itself."""

from __future__ import annotations

import pytest

from milebook.compose.texts import Numbers, Setting, set_text
from milebook.layout import Layout
from milebook.markdown import read_prose
from milebook.model.draft import Paragraph, Role

STANZA = "One for the road\\\ntwo for the gate"
PROSE = "This paragraph is prose, for it goes on and on for more than any line of verse would in a book of this size, and then some."


def roles(markdown: str) -> list[str]:
    text, _ = read_prose(markdown, "poem.md", language="en")
    items, _ = set_text(text, "p", Setting(Layout(), "en", True, proof=False), Numbers())
    return [item.role for item in items if isinstance(item, Paragraph)]


@pytest.mark.parametrize(
    ("parts", "verse"),
    [
        ((STANZA, "and one alone", STANZA), (True, True, True)),
        ((STANZA, "and one alone", "another", STANZA), (True, True, True, True)),
        ((STANZA, STANZA, "and the last"), (True, True, True)),
        ((PROSE, STANZA, "He closed the book."), (False, True, False)),
        ((STANZA, PROSE, STANZA), (True, False, True)),
    ],
)
def test_a_line_among_stanzas_is_a_stanza(parts: tuple[str, ...], verse: tuple[bool, ...]) -> None:
    assert tuple(role == Role.VERSE for role in roles("\n\n".join(parts))) == verse
