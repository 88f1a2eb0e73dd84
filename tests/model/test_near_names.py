"""The name that is suggested for a wrong one."""

from __future__ import annotations

import pytest

from milebook.model.book import AGREEMENT_STATUSES, STATUSES
from milebook.model.near_names import nearest
from milebook.model.status_words import AGREEMENT_STATUS_MEANT, STORY_STATUS_MEANT, status_meant


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("the-gaet", ["the-gate", "the-gateway"], "the-gate"),
        ("captoin", ["caption", "credit", "alt"], "caption"),
        ("Contributer", ["contributor", "contributions"], "contributor"),
        ("dặm-đường", ["dam-duong", "dam-dau"], "dam-duong"),
        ("The Gate", ["the-gate"], "the-gate"),
        ("desc", ["description", "date"], "description"),
        ("hpoto", ["photo"], "photo"),
        ("as-far-as-teh-oka", ["as-far-as-the-oak", "as-far-as-the-elm"], "as-far-as-the-oak"),
        ("tomasz-2026", ["rosa-2026"], ""),
        ("the-corridor.md", ["the-bridge-after.md"], ""),
        ("no", ["to", "on"], ""),
        ("", ["a"], ""),
        ("x" * 5000, ["x" * 4999], ""),
    ],
)
def test_a_name_is_suggested_where_typing_slipped(typed: str, known: list[str], meant: str) -> None:
    assert nearest(typed, known) == meant


@pytest.mark.parametrize("word", ["rejected", "deleted", "refused", "agreed", "unknown", "respected"])
def test_no_status_is_suggested_that_says_something_else(word: str) -> None:
    assert nearest(word, STATUSES) == ""


def test_other_words_for_a_status_mean_one_that_there_is() -> None:
    assert set(STORY_STATUS_MEANT.values()) <= set(STATUSES)
    assert set(AGREEMENT_STATUS_MEANT.values()) <= set(AGREEMENT_STATUSES)
    assert status_meant("Agreed", AGREEMENT_STATUS_MEANT) == "granted"
    assert status_meant("not_asked_for", AGREEMENT_STATUS_MEANT) == ""
    for word, status in AGREEMENT_STATUS_MEANT.items():
        assert nearest(word, AGREEMENT_STATUSES) in ("", status), word
    for word, status in STORY_STATUS_MEANT.items():
        assert nearest(word, STATUSES) in ("", status), word
