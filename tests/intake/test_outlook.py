"""Outlook's own messages: in which encoding those are that are not in Unicode."""

from __future__ import annotations

import pytest

from milebook.intake.mail.outlook import ansi_encoding


@pytest.mark.parametrize(
    ("pages", "encoding"),
    [([932], "cp932"), ([50220], "cp932"), ([0, 28592], "cp1250"), ([1251, 932], "cp1251"), ([65001], ""), ([], "")],
)
def test_the_encoding_of_a_message_that_is_not_in_unicode(pages: list[int], encoding: str) -> None:
    assert ansi_encoding(pages) == encoding
    if encoding:
        "".encode(encoding)  # Python knows it
