"""What is shown on a terminal: letters and emoji as they are, nothing that could move its cursor."""

from __future__ import annotations

import pytest

from milebook.commands.terminal import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nguyễn, Łukasz", "Nguyễn, Łukasz"),
        ("Race 🏃\u200d♀\ufe0f!", "Race 🏃\u200d♀\ufe0f!"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("a\u200db", r"a\u200db"),
        ("\u200d", r"\u200d"),
        ("\x1b[2J", r"\x1b[2J"),
        ("abc\u202edef", r"abc\u202edef"),
        ("a\tb", "a\tb"),
    ],
)
def test_what_a_stranger_wrote_is_shown(text: str, shown: str) -> None:
    assert printable(text) == shown
