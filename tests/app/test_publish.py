"""What is made is accounted for, all or nothing; variants stand beside each other; outdated files are listed and removed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from bookmaking import make_book, photo, prose, story
from reading import docx_text

from milebook.app.publish import Contents, Output, publish_files
from milebook.commands import run
from milebook.output.ledger import read_ledger
from milebook.source import BookFolder

OPEN = {"status": "requested", "requested": "2026-03-01"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    entries = [
        story("oak", prose(1, 90), photos=[photo("photos/oak.jpg")], contributor={"name": "Ana Example"}),
        story("elm", prose(2, 60), contributor={"name": "Ben Example", "byline": "Fox", "pseudonym": True}),
        story("ash", prose(3, 60), contributor={"name": "Cy Secret", "anonymous": True}, permission=OPEN),
    ]
    chapters = [
        {"id": "one", "title": "Out", "stories": ["oak"]},
        {"id": "two", "title": "Back", "stories": ["elm", "ash"]},
    ]
    return make_book(tmp_path, entries, chapters, title="Trees")


def edit(book: Path, change: Any) -> None:
    path = book / "stories" / "index.yaml"
    index = yaml.safe_load(path.read_text("utf-8"))
    change(index)
    path.write_text(yaml.safe_dump(index, allow_unicode=True, sort_keys=False), "utf-8")


def files(book: Path) -> list[str]:
    return [path for path, made in read_ledger(book).files.items() if made.kind == "draft"]


def test_every_draft_is_accounted_for(book: Path) -> None:
    assert run(["build", str(book)]) == 0
    assert run(["build", str(book), "--format", "docx", "--chapter", "one"]) == 0
    ledger = read_ledger(book)
    assert sorted(ledger.files) == [
        "build/build.json", "build/permissions.csv", "build/permissions.xlsx", "build/trees-one.docx",
        "build/trees.docx", "build/trees.epub", "build/trees.pdf", "build/word-counts.csv",
    ]  # fmt: skip
    assert ledger.files["build/trees.pdf"].stories == ("oak", "elm", "ash")
    assert ledger.files["build/trees-one.docx"].stories == ("oak",)
    assert ledger.files["build/trees.pdf"].photos == ("stories/photos/oak.jpg",)
    assert ledger.files["build/trees.pdf"].people == ("Ana Example", "Fox")


def test_nobody_is_named_who_is_not_named_in_print(book: Path) -> None:
    edit(book, lambda index: index["stories"][0]["contributor"].update(email="ana@example.org"))
    for command in (["build", str(book)], ["proof", "-C", str(book), "--contributor"]):
        assert run(command) == 0
    written = (book / "build" / "made.json").read_text("utf-8")
    assert not [name for name in ("Ben", "Secret", "ana@") if name in written]


def test_proofs_and_packages_are_accounted_for(book: Path) -> None:
    assert run(["proof", "-C", str(book), "two", "--format", "docx"]) == 0
    assert run(["export", "-C", str(book), "--draft"]) == 0
    ledger = read_ledger(book)
    kinds = {made.kind for made in ledger.files.values()}
    assert kinds == {"proof", "proof record", "package"}
    assert [made.stories for made in ledger.files.values() if made.kind == "proof"] == [("elm", "ash")]
    on_disk = {path.relative_to(book).as_posix() for path in (book / "build").rglob("*") if path.is_file()}
    assert {path for path in on_disk if "/." not in path} == {*ledger.files, "build/made.json"}


def test_variants_stand_beside_each_other(book: Path) -> None:
    variants = [[], ["--edition", "print"], ["--without-uncleared"], ["--layout", "a5"], ["--chapter", "two"]]
    for options in variants:
        assert run(["build", str(book), "--format", "pdf", *options]) == 0
    assert files(book) == [f"build/trees{mark}.pdf" for mark in ("-a5", "-cleared", "-print", "-two", "")]
    edit(book, lambda index: index["stories"][2].update(permission={"status": "not_needed", "reason": "ours"}))
    assert run(["build", str(book), "--format", "pdf", "--final"]) == 0
    assert "build/trees-final.pdf" in files(book)


def test_a_cleared_book_says_what_was_left_out(book: Path) -> None:
    assert run(["build", str(book), "--format", "docx", "--without-uncleared"]) == 0
    text = docx_text(book / "build" / "trees-cleared.docx")
    assert "Draft notes: left out" in text
    assert "story “Ash”: text" in text
    assert "Ash" in (book / "build" / "permissions.csv").read_text("utf-8"), "the checklist is about the whole book"
    assert run(["build", str(book), "--format", "docx"]) == 0
    assert "Draft notes: left out" not in docx_text(book / "build" / "trees.docx")


def test_outdated_files_are_listed_and_removed(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options in ([], ["--chapter", "two"]):
        assert run(["build", str(book), "--format", "docx,epub", *options]) == 0
    (book / "build" / "notes.txt").write_text("mine")
    edit(book, lambda index: index["book"].update(title="Shrubs"))
    edit(book, lambda index: index["chapters"][1].update(id="home"))
    (book / "build" / "trees.epub").write_bytes(b"changed by somebody")
    capsys.readouterr()
    assert run(["status", str(book), "--json"]) == 0
    outdated = json.loads(capsys.readouterr().out)["outdated"]
    assert outdated == [f"build/trees{mark}" for mark in ("-two.docx", "-two.epub", ".docx", ".epub")]
    assert run(["build", str(book), "--format", "docx", "--tidy"]) == 0
    said = capsys.readouterr()
    assert "removed build/trees-two.docx" in said.out
    assert "MB731" in said.err
    left = {path.name for path in (book / "build").iterdir() if not path.name.startswith(".")}
    assert left == {"shrubs.docx", "trees.epub", "notes.txt", "build.json", "made.json", "permissions.csv",
                    "permissions.xlsx", "word-counts.csv"}  # fmt: skip
    assert "build/trees.docx" not in read_ledger(book).files


def test_tidy_tidies_although_nothing_has_changed(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(book), "--format", "docx"]) == 0
    edit(book, lambda index: index["book"].update(title="Shrubs"))
    assert run(["build", str(book), "--format", "docx"]) == 0
    assert (book / "build" / "trees.docx").exists(), "nothing is removed unless somebody asks"
    capsys.readouterr()
    assert run(["build", str(book), "--format", "docx", "--tidy"]) == 0
    assert "removed build/trees.docx" in capsys.readouterr().out
    assert not (book / "build" / "trees.docx").exists()


@pytest.mark.parametrize("damage", ["{", ""])
def test_a_damaged_account_is_told_and_begun_anew(book: Path, damage: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(book), "--format", "docx"]) == 0
    (book / "build" / "made.json").write_text(damage)
    capsys.readouterr()
    assert run(["build", str(book), "--format", "docx"]) == 0
    assert "MB730" in capsys.readouterr().err
    assert files(book) == ["build/trees.docx"]


def test_a_deleted_account_is_made_again(book: Path) -> None:
    assert run(["build", str(book), "--format", "docx"]) == 0
    (book / "build" / "made.json").unlink()
    assert run(["build", str(book), "--format", "docx"]) == 0
    assert files(book) == ["build/trees.docx"]


def test_a_folder_of_one_s_own_is_accounted_for_too(book: Path) -> None:
    for out in ("drafts", "build/drafts"):
        assert run(["build", str(book), "--format", "docx", "--out", out]) == 0
    assert files(book) == ["build/drafts/trees.docx", "drafts/trees.docx"]


def test_other_commands_write_through_the_account(book: Path) -> None:
    output = Output(b"Dear Ana", "letter", Contents(("oak",), (), ("Ana Example",)))
    assert publish_files(BookFolder(book), "build/letters", {"ana.eml": output}) == []
    (made,) = read_ledger(book).files_with(people=["Ana Example"])
    assert (made.path, made.kind, made.stories) == ("build/letters/ana.eml", "letter", ("oak",))
    assert (book / "build" / "letters" / "ana.eml").read_bytes() == b"Dear Ana"


def test_nothing_is_accounted_for_that_was_not_written(book: Path) -> None:
    (book / "build" / "trees.pdf").mkdir(parents=True)
    assert run(["build", str(book), "--format", "docx,pdf"]) == 1
    assert read_ledger(book).files == {}
