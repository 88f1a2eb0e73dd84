"""`milebook review` reports what an editor did: every kind of change, from every kind of program, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from bookmaking import make_book, prose, story
from marking_up import Edit, Marked
from proof_books import milebook
from returned_books import changes, proof_file, report, returned, returned_book, run_review

CORPORA = Path(os.environ.get("MILEBOOK_CORPORA") or "missing") / "docx"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield returned_book(tmp_path_factory.mktemp("book"))


EDITS: dict[str, tuple[Edit, str, str, str, str]] = {  # what is done -> kind, part, before, after
    "a word exchanged": (lambda m: m.replace("The morning", "asleep", "awake"), "replace", "p01", "asleep", "awake"),
    "a sentence added": (lambda m: m.insert("We walked", "strike.", " He wept."), "insert", "p02", "", "He wept."),
    "words taken out": (lambda m: m.delete("After that", "Nobody spoke; "), "delete", "p07", "Nobody spoke;", ""),
    "a paragraph taken out": (
        lambda m: m.delete_paragraph("It was the best"), "delete", "p10",
        "It was the best day of 1986, and I have told nobody about it until now.", "",
    ),
    "a paragraph added": (lambda m: m.add_paragraph("We walked", "We stopped."), "insert", "p02", "", "We stopped."),
    "a paragraph divided": (lambda m: m.split("We walked", "and he told"), "split", "p02", "and he told", "¶ and he told"),
    "two paragraphs joined": (lambda m: m.merge("He wrote"), "merge", "p03", "ledger. ¶ Every", "ledger. Every"),
    "a title": (lambda m: m.replace("Short One", "Short", "Brief"), "replace", "title", "Short", "Brief"),
    "a byline": (lambda m: m.replace("Ana Example, 32", "St. Louis", "Troy"), "replace", "byline", "St. Louis", "Troy"),
    "a caption": (lambda m: m.replace("Figure 1.1", ", at the lock.", ", by the gate."), "replace", "f1_caption", "lock", "gate"),
    "the chapter's title": (lambda m: m.replace("First Miles", "First", "Early"), "replace", "title", "First", "Early"),
    "the chapter's opening": (lambda m: m.insert("An opening", "the authors", ", both"), "insert", "p01", "", "both"),
    "italics": (lambda m: m.look("A short one", "hard line"), "format", "p01", "hard line", "*hard line*"),
    "italics gone": (lambda m: m.look("After that", "whole", on=False), "format", "p07", "*whole*", "whole"),
    "a paragraph moved": (lambda m: m.move("We walked", "After that we"), "move", "p02", "towpath", "towpath"),
}  # fmt: skip


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
@pytest.mark.parametrize("what", EDITS)
def test_each_edit_is_one_change(book: Path, what: str, tracked: bool) -> None:
    edit, kind, part, before, after = EDITS[what]
    document = report(book, returned(book, edit, tracked=tracked))
    (change,) = changes(document)
    assert (change["kind"], change["part"], change["tracked"]) == (kind, part, tracked)
    assert before in change["before"]
    assert after in change["after"]
    assert bool(before) == bool(change["before"])
    assert bool(after) == bool(change["after"])
    assert (change["author"], change["date"][:10]) == (("Ed Itor", "2026-02-03") if tracked else ("", ""))
    assert document["unplaced"] == []
    assert [s["state"] for s in document["stories"] if s["changes"]] == ["changed"]


@pytest.mark.parametrize("what", [name for name in EDITS if name not in ("italics gone", "a paragraph moved")])
def test_each_edit_is_found_by_its_text_alone(book: Path, what: str) -> None:
    """As Google Docs returns it: no bookmarks, no properties, no styles."""
    edit, kind, part, *_ = EDITS[what]
    path = returned(
        book, lambda marked: edit(marked).without("bookmarks", "properties", "styles"), "Copy of proof.docx"
    )
    (change,) = changes(report(book, path))
    assert (change["kind"], change["part"]) == (kind, part)


@pytest.mark.parametrize(
    "lost", [(), ("bookmarks",), ("properties",), ("styles",), ("bookmarks", "properties", "styles")]
)
def test_an_unchanged_proof_gives_no_change(book: Path, lost: tuple[str, ...]) -> None:
    document = report(book, returned(book, lambda marked: marked.without(*lost)))
    assert changes(document) == []
    assert document["unplaced"] == []
    assert {story["state"] for story in document["stories"]} == {"unchanged"}
    assert [story["id"] for story in document["stories"]] == ["old-tom", "short-one"]


def test_comments_and_their_replies(book: Path) -> None:
    path = returned(
        book,
        lambda m: m.comment("After that", "Nobody spoke", "Is it so?").comment("After that", "river", "Which?", "Bo"),
    )
    document = report(book, path)
    comments = document["stories"][0]["comments"]
    assert [(c["author"], c["on"], c["text"], c["part"]) for c in comments] == [
        ("Ed Itor", "Nobody spoke", "Is it so?", "p07"),
        ("Bo", "river", "Which?", "p07"),
    ]
    assert changes(document) == []
    said = run_review(book, path).stdout
    assert f"2 comments, {len(document['stories'])} stories unchanged" in said
    assert "— unchanged" in said


def test_names_and_comments_reach_the_terminal_and_the_page_escaped(book: Path, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>\u202e \x07"
    path = returned(
        book, lambda m: m.comment("After that", "river", evil.replace("\x07", ""), evil.replace("\x07", ""))
    )
    page = tmp_path / "page.html"
    done = run_review(book, path, "--html", page)
    assert "\u202e" not in done.stdout
    written = page.read_text("utf-8")
    assert "<script>" not in written
    assert "\u202e" not in written
    assert "&lt;script&gt;" in written


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_what_is_no_page_is_not_opened_for_one(book: Path, tmp_path: Path) -> None:
    """Whoever reads this pipe waits until somebody writes into it: here ten seconds."""
    page = tmp_path / "page.html"
    os.mkfifo(page)
    writer = threading.Timer(10, page.write_bytes, [b"<!doctype html>"])
    writer.daemon = True
    writer.start()
    path = returned(book, lambda m: m.delete("After that", "Nobody spoke; "))
    done = run_review(book, path, "--html", page)
    writer.cancel()
    assert (done.returncode, "there is a file of this name that is no page" in done.stderr) == (1, True), done.stderr
    assert page.is_fifo()


def test_a_story_that_is_gone_is_missing(book: Path) -> None:
    def cut(marked: Marked) -> Marked:
        for start in ("Short One", "Ana Example", "A short one", "Then a", "Figure 1.", "Photo by"):
            found = [p for p in marked.root.iter() if p.tag.endswith("}p")]
            paragraph = [p for p in found if "".join(p.itertext()).strip().startswith(start)][-1]
            paragraph.getparent().remove(paragraph)
        return marked

    states = {story["id"]: story["state"] for story in report(book, returned(book, cut))["stories"]}
    assert states == {"old-tom": "unchanged", "short-one": "missing"}


def test_two_editors_side_by_side(book: Path) -> None:
    one = returned(book, lambda m: m.replace("The morning", "asleep", "awake"), "one.docx", author="Ann")
    two = returned(
        book,
        lambda m: m.replace("The morning", "asleep", "up").insert("We walked", "strike.", " He wept."),
        "two.docx",
        author="Bob",
    )
    document = report(book, one, two)
    assert [(c["author"], c["file"]) for c in changes(document)] == [
        ("Ann", "one.docx"),
        ("Bob", "two.docx"),
        ("Bob", "two.docx"),
    ]
    assert document["stories"][0]["state"] == "conflict"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("notes.txt", b"hello", "MB830"),
        ("empty.docx", b"", "MB830"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "MB830"),
    ],
)  # fmt: skip
def test_what_is_no_proof_of_this_book_is_refused(
    book: Path, tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    done = run_review(book, path, "--json")
    assert done.returncode == 1
    refused = json.loads(done.stdout)
    assert refused["stories"] == []
    assert [finding["code"] for finding in refused["findings"]] == [reason]
    assert reason in done.stderr
    stranger = returned(book, lambda m: m.without("properties"), "x.docx")
    marked = Marked(stranger.read_bytes())
    marked.files = {n: d.replace(b"build ", b"built ") for n, d in marked.files.items()}
    (tmp_path / "y.docx").write_bytes(marked.saved())
    done = run_review(book, tmp_path / "y.docx")
    assert done.returncode == 1
    assert "MB831" in done.stderr


def test_a_record_that_is_gone_is_named(tmp_path: Path) -> None:
    root = make_book(tmp_path / "book", [story("else", prose(9, 100))])
    assert milebook("proof", "-C", str(root), "--format", "docx").returncode == 0
    (record,) = (root / "build/proofs").glob("*.json")
    record.unlink()
    done = run_review(root, proof_file(root))
    assert done.returncode == 1
    told = " ".join(done.stderr.split())
    assert f"the record of that proof is missing: build/proofs/{record.name}" in told
    assert "take this one from a backup" in told
    assert "--against" not in told  # there is nothing that could be named


def test_a_file_named_twice_and_a_lock_file_are_told(book: Path, tmp_path: Path) -> None:
    proof = proof_file(book)
    done = run_review(book, proof, proof)
    assert done.returncode == 1
    assert f"it is the same as {proof}" in " ".join(done.stderr.split())
    (tmp_path / "~$c1.docx").write_bytes(b"\x05Ada E" + bytes(150))
    told = " ".join(run_review(book, tmp_path / "~$c1.docx").stderr.split())
    assert "it is the lock file that Word keeps beside a document while that is open" in told


def test_another_books_proof_is_refused(book: Path, tmp_path: Path) -> None:
    other = make_book(tmp_path / "other", [story("else", prose(9, 100))])
    assert milebook("proof", "-C", str(other), "--format", "docx").returncode == 0
    done = run_review(other, proof_file(book))
    assert done.returncode == 1
    assert "MB831" in done.stderr
    assert "is no proof: make one with" in done.stderr
    build = next((other / "build/proofs").glob("*.json")).stem
    done = run_review(other, proof_file(book), "--against", build[:6])
    assert done.returncode == 1
    assert "proof of something else" in done.stderr
    assert run_review(other, proof_file(book), "--against", "nonsense").returncode == 2


@pytest.mark.skipif(not CORPORA.exists(), reason="MILEBOOK_CORPORA names no folder with returned Word files")
@pytest.mark.parametrize(
    ("name", "tracked", "kinds"),
    [
        ("proof-lo-returned-tracked.docx", True, ["insert", "replace", "insert", "split", "delete"]),
        ("proof-lo-returned-untracked.docx", False, ["replace", "replace", "insert", "split", "delete"]),
        ("proof-like-google.docx", True, ["insert", "replace"]),
        ("proof-lo-saved.docx", True, []),
        ("proof-original.docx", True, []),
    ],
)
def test_real_returned_proofs(tmp_path: Path, name: str, tracked: bool, kinds: list[str]) -> None:
    book = make_book(tmp_path, [story("the-gate", "x"), story("first-lap", "y")])
    (book / "build/proofs").mkdir(parents=True)
    record = next(CORPORA.glob("proof-manifest-*.json"))
    shutil.copy(record, book / "build/proofs" / f"{json.loads(record.read_text('utf-8'))['build_id']}.json")
    document = report(book, CORPORA / name)
    assert [(c["kind"], c["tracked"]) for c in changes(document)] == [(kind, tracked) for kind in kinds]
    assert document["unplaced"] == []
