"""Real files of real programs, where a folder of them is at hand: set MILEBOOK_CORPORA to it. Each has its right answers beside it."""

from __future__ import annotations

import email.utils
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from milebook.intake.inputs import Input
from milebook.intake.items import Found
from milebook.intake.options import Options
from milebook.intake.sources import found_in
from milebook.intake.story_markdown import cleaned, written

CORPORA = Path(os.environ.get("MILEBOOK_CORPORA", "no-such-folder"))
if not CORPORA.is_dir():
    pytest.skip("MILEBOOK_CORPORA names no folder of real files", allow_module_level=True)


def rows(kind: str) -> list[Any]:
    expected = json.loads((CORPORA / kind / "expected.json").read_text("utf-8"))
    return [
        pytest.param(CORPORA / kind / name, right, id=name)
        for name, right in expected.items()
        if (CORPORA / kind / name).exists()
    ]


def read(path: Path, **options: bool) -> list[Found]:
    return list(found_in(Input(path.name, path), Options(**options)))  # type: ignore[arg-type]


def letters(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", cleaned(text or "").lower())


def of_kind(items: list[Found], kind: str) -> int:
    return sum(1 for one in items if one.kind == kind and one.verdict not in ("ping", "skipped", "unreadable"))


@pytest.mark.parametrize(
    ("path", "right"), [row for row in rows("mail") if row.id and row.id.endswith((".eml", ".mbox"))]
)
def test_mails(path: Path, right: dict[str, Any]) -> None:
    items = read(path)
    assert len(items) == right.get("messages", 1)
    if path.suffix == ".mbox":
        return
    (item,) = items
    if "inline forward" in right.get("note", ""):
        assert "forwarded by" in " ".join(item.notes)
    elif not right.get("forwarded"):
        who = email.utils.parseaddr(right["from"] or "")[1]
        assert who in (item.email, "")
        assert len(item.pictures) == right["photos"]
    assert item.received == (right["date_iso"] or "")[:10]
    if "story_text" in right:
        assert letters(item.text) == letters(right["story_text"])


@pytest.mark.parametrize(("path", "right"), rows("mail"))
def test_reply_texts(path: Path, right: dict[str, Any]) -> None:
    from milebook.intake.mail.own_text import trimmed

    if right.get("cut") == "nothing":
        assert not trimmed(path.read_text("utf-8").split("\n")).cuts
    elif "story_text_in" in right and "forwarded" not in path.name and "signatures" not in path.name:
        lines = path.read_text("utf-8").split("\n")
        kept = "\n".join(lines[n] for n in trimmed(lines).kept)
        assert letters(kept) == letters((path.parent / right["story_text_in"]).read_text("utf-8"))


@pytest.mark.parametrize(("path", "right"), rows("wordpress"))
def test_exports(path: Path, right: dict[str, Any]) -> None:
    items = read(path)
    assert not any(one.verdict == "unreadable" for one in items)
    if "approved_comments" in right:
        assert of_kind(items, "comment") in (right["approved_comments"], right["approved_comments"] - right["pings"])
        titles = [one.title for one in items if one.kind == "post" and one.verdict != "skipped"]
        assert len(titles) <= right["published_posts"] + (right["items"] > right["published_posts"])


@pytest.mark.parametrize(("path", "right"), rows("pages"))
def test_pages(path: Path, right: dict[str, Any]) -> None:
    items = read(path)
    if path.suffix == ".html":
        assert of_kind(items, "comment") == right["comments"]
    assert items[0].title == right["title"]


@pytest.mark.parametrize(("path", "right"), rows("forms"))
def test_forms(path: Path, right: dict[str, Any]) -> None:
    items = read(path)
    assert len(items) == right["rows"]
    assert of_kind(items, "form") == right["stories"]
    for item, day in zip(items, right["dates"], strict=False):
        assert item.received == ("" if "ask" in day else day)


@pytest.mark.parametrize(("path", "right"), [row for row in rows("docx") if row.id and row.id.endswith(".docx")])
def test_word_files(path: Path, right: dict[str, Any]) -> None:
    (item,) = read(path, accept_changes=True)
    assert item.verdict == ""
    said = "".join(one.text for one in item.passages) + "".join(one.caption for one in item.pictures)
    if isinstance(right.get("accepted"), list) and " only" not in str(right.get("checked")):
        for paragraph in right["accepted"][:40]:
            assert letters(paragraph) in letters(said + item.title)


@pytest.mark.parametrize(
    ("path", "right"), [row for kind in ("mail", "wordpress", "pages", "forms", "docx") for row in rows(kind)]
)
def test_every_text_is_read_back(path: Path, right: dict[str, Any]) -> None:
    if path.suffix in (".json", ".msg", ".tnef"):
        return
    for item in read(path, accept_changes=True):
        assert letters(written(item.passages)) == letters(
            "".join(
                f"{one.label if one.kind == 'number' else ''}{one.text}{''.join(span.note for span in one.spans)}"
                for one in item.passages
            )
        )
