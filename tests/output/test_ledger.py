"""The account of what milebook has made: what is in it, what it does not believe, what it never deletes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from milebook.output.ledger import Made, read_ledger, remove, state, unknown_files


def file(root: Path, path: str, data: bytes = b"text") -> str:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def made(root: Path, path: str, **more: tuple[str, ...] | str) -> Made:
    return Made(path, "draft", file(root, path), **more)  # type: ignore[arg-type]


def kept(root: Path, *files: Made) -> None:
    (root / "build").mkdir(exist_ok=True)
    (root / "build" / "made.json").write_bytes(read_ledger(root).updated(root, files))


def test_files_are_found_by_what_is_in_them(tmp_path: Path) -> None:
    kept(
        tmp_path,
        made(tmp_path, "build/a.docx", stories=("oak", "elm"), photos=("stories/photos/a.jpg",), people=("Zoë Ö.",)),
        made(tmp_path, "build/proofs/b.pdf", stories=("elm",)),
    )
    ledger = read_ledger(tmp_path)
    assert not ledger.damaged
    assert [one.path for one in ledger.files_with(stories=["oak"])] == ["build/a.docx"]
    assert [one.path for one in ledger.files_with(stories=["elm"])] == ["build/a.docx", "build/proofs/b.pdf"]
    assert [one.path for one in ledger.files_with(photos=["stories/photos/a.jpg"])] == ["build/a.docx"]
    assert [one.path for one in ledger.files_with(people=["zoë  ö."])] == ["build/a.docx"]
    assert ledger.files_with(stories=["ash"], photos=["b.jpg"], people=["Zoë"]) == []


def test_what_is_removed_is_dropped(tmp_path: Path) -> None:
    kept(tmp_path, made(tmp_path, "build/a.docx"), made(tmp_path, "build/b.docx"))
    (tmp_path / "build" / "a.docx").unlink()
    assert list(read_ledger(tmp_path).files) == ["build/b.docx"]
    kept(tmp_path, made(tmp_path, "build/c.docx"))
    rows = json.loads((tmp_path / "build" / "made.json").read_text("utf-8"))["files"]
    assert [row["path"] for row in rows] == ["build/b.docx", "build/c.docx"]


def test_what_nobody_accounts_for_is_unknown(tmp_path: Path) -> None:
    kept(tmp_path, made(tmp_path, "build/a.docx"))
    file(tmp_path, "build/notes.txt")
    file(tmp_path, "build/old/b.pdf")
    file(tmp_path, "build/.cache/photos/x")
    assert unknown_files(tmp_path, read_ledger(tmp_path)) == ["build/notes.txt", "build/old/b.pdf"]
    (tmp_path / "build" / "made.json").unlink()
    assert unknown_files(tmp_path, read_ledger(tmp_path)) == ["build/a.docx", "build/notes.txt", "build/old/b.pdf"]


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b'{"files": 3}', b'{"files": [3]}', b'{"files": [{"path": 3}]}', b"\xff\xfe", b"[" * 100_000,
     b'{"files": [{"path": "build/a.docx", "kind": "draft", "stories": "oak"}]}'],
)  # fmt: skip
def test_a_damaged_account_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    file(tmp_path, "build/a.docx")
    file(tmp_path, "build/made.json", damage)
    ledger = read_ledger(tmp_path)
    assert ledger.damaged
    assert unknown_files(tmp_path, ledger) == ["build/a.docx"]
    kept(tmp_path, made(tmp_path, "build/b.docx"))
    assert list(read_ledger(tmp_path).files) == ["build/b.docx"]
    assert not read_ledger(tmp_path).damaged


@pytest.mark.parametrize("path", ["../other.txt", "/etc/hosts", "stories/index.yaml", "layouts/a.yaml", ".git/config",
                                  "build/../stories/a.md", "C:/x", "build\\a", ""])  # fmt: skip
def test_no_entry_leads_anywhere_else(tmp_path: Path, path: str) -> None:
    file(tmp_path, "stories/index.yaml")
    file(tmp_path, "stories/a.md")
    file(tmp_path, "build/made.json", json.dumps({"files": [{"path": path, "kind": "draft", "title": "old"}]}).encode())
    assert read_ledger(tmp_path).outdated("new", []) == []


def test_a_link_is_not_a_file_of_ours(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"text")
    book = tmp_path / "book"
    (book / "build").mkdir(parents=True)
    (book / "build" / "a.docx").symlink_to(outside)
    one = Made("build/a.docx", "draft", hashlib.sha256(b"text").hexdigest())
    kept(book, one)
    assert read_ledger(book).files == {}
    assert state(book, one) == "gone"
    assert remove(book, [one]) == ([], {"build/a.docx": "was changed after milebook made it"})
    assert outside.exists()


def test_what_is_outdated(tmp_path: Path) -> None:
    kept(
        tmp_path,
        made(tmp_path, "build/old.docx", title="old"),
        made(tmp_path, "build/new.docx", title="new"),
        made(tmp_path, "build/new-one.docx", title="new", ids=("one",)),
        made(tmp_path, "build/new-two.docx", title="new", ids=("two",)),
        made(tmp_path, "build/permissions.csv"),
    )
    found = [one.path for one in read_ledger(tmp_path).outdated("new", ["one", "three"])]
    assert found == ["build/new-two.docx", "build/old.docx"]


def test_only_what_is_as_we_made_it_is_removed(tmp_path: Path) -> None:
    ours, changed = made(tmp_path, "build/x/y/a.docx"), made(tmp_path, "build/b.docx")
    elsewhere = made(tmp_path, "notes/c.docx")
    file(tmp_path, "build/b.docx", b"with remarks")
    assert state(tmp_path, changed) == "changed"
    gone, left = remove(tmp_path, [ours, changed, elsewhere])
    assert (gone, list(left)) == (["build/x/y/a.docx"], ["build/b.docx", "notes/c.docx"])
    assert not (tmp_path / "build" / "x").exists(), "empty folders go too"
    assert state(tmp_path, ours) == "gone"
