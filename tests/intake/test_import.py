"""`milebook import` from a column's mailbox to a book: the plan, what is written, and that a second time changes nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from book_folders import files_in
from bookmaking import make_book, story
from click.testing import CliRunner
from mails import column_mails, jpeg, mail, mailbox, person, story_text

from milebook.app.build import check
from milebook.app.import_stories import Imported, ImportRequest, import_stories
from milebook.app.load import load
from milebook.app.wrong_usage import UnknownName
from milebook.commands.lazy_group import cli
from milebook.index import read_index
from milebook.intake.verdicts import Choice
from milebook.intake.writing import Arrangement
from milebook.model.codes import errors
from milebook.output.transaction import recover
from milebook.source import BookFolder

ROOT = Path(__file__).parents[2]
CONTACT = {"name": "Ada Example", "email": "ada@example.com"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    chapters = [
        {"id": "one", "title": "One", "stories": ["a"]},
        {"id": "miles", "title": "Miles", "select": {"tags": ["mail"]}},
    ]
    return make_book(tmp_path / "book", [story("a", "Words of a first story.\n")], chapters, contact=CONTACT)


def brought(book: Path, *paths: Path, apply: bool = True, **given: Any) -> Imported:
    choice = Choice(**{key: given.pop(key) for key in list(given) if key in Choice._fields})
    done = import_stories(book, ImportRequest(paths, choice=choice, apply=apply, **given))
    assert done.findings == []
    assert sum(done.plan.counts.values()) == len(done.plan.items)
    return done


def test_a_column_becomes_a_book(book: Path, tmp_path: Path) -> None:
    mails = column_mails()
    box = tmp_path / "Takeout.mbox"
    box.write_bytes(mailbox(reversed(mails)))  # the newest first
    index = book / "stories" / "index.yaml"
    before = index.read_bytes()

    planned = brought(book, box, apply=False)
    assert planned.plan.counts == {"new": 36, "reply": 12, "alike": 5, "correction": 4, "skipped": 3}
    assert index.read_bytes() == before

    done = brought(book, box, arrangement=Arrangement("selected", ("mail",)))
    assert len(done.written) == 36 + 36 + 18
    assert index.read_bytes().startswith(before.rstrip(b"]}\n")[:200])
    loaded = load(book)
    assert loaded.book is not None
    assert len(loaded.book.stories) == 37
    assert not [f for f in errors(loaded.findings) if not f.code.startswith("MB3")]
    for n in range(36):
        found = next(one for one in loaded.book.stories if one.source.ref == f"<m{n}@example.org>")
        assert (found.contributor.name, found.contributor.email) == person(n)
        assert found.title.startswith("The ")
        assert not found.title.startswith("My Mile")
        assert "".join("".join(block.text.split()) for block in found.text.blocks).startswith(
            "".join(story_text(n).split())[:80]
        )
        assert found.permission.status == "to_request"
        assert (book / "stories" / found.source.original).read_bytes() in box.read_bytes()
        assert [(book / "stories" / photo.file).read_bytes() for photo in found.photos] == ([jpeg(n)] if n % 2 else [])

    everything = files_in(book / "stories")
    again = brought(book, box, arrangement=Arrangement("selected", ("mail",)))
    assert again.plan.counts == {"same": 36, "reply": 12, "alike": 5, "correction": 4, "skipped": 3}
    assert again.written == ()
    assert files_in(book / "stories") == everything


def test_what_items_point_to(book: Path, tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.write_bytes(mailbox(column_mails()))
    plan = brought(book, box, apply=False).plan
    ids = {item.found.key: item.id for item in plan.items}
    for item in plan.items:
        number = int(item.found.key.partition("<m")[2].partition("@")[0])
        expected = number - 100 if item.verdict == "reply" else number - 130 if item.verdict == "correction" else None
        if expected is not None:
            assert item.like == ids[f"mail:<m{expected}@example.org>"]
            assert item.title in item.why or str(item.n) in item.why or item.like
    assert all(item.why == "a photo without text" for item in plan.items if item.verdict == "skipped")


def test_the_json_of_a_plan(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(bytes(mail(7, story_text(7), "Fwd: The Oak", photos=[jpeg(7)])))
    document = json.loads(json.dumps(brought(book, path, apply=False).as_json()))
    assert document["found"] == 1
    assert document["applied"] is False
    (item,) = document["items"]
    assert list(item) == ["n", "verdict", "why", "source", "kind", "key", "id", "title", "contributor", "received", "words", "text", "photos", "cuts", "like", "notes"]  # fmt: skip
    assert item["key"] == "mail:<m7@example.org>"
    assert item["kind"] == "email"
    assert (item["verdict"], item["title"], item["id"], item["received"]) == ("new", "The Oak", "the-oak", "2025-01-08")
    assert item["contributor"] == {"name": person(7)[0], "email": person(7)[1], "location": "", "age": None}
    assert item["photos"] == [{"file": "photos/the-oak-1.jpg", "original": "IMG_0007_1.JPG", "caption": "", "alt": ""}]
    assert item["words"] == len(story_text(7).split())


def test_choosing(book: Path, tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.write_bytes(mailbox([mail(n, story_text(n), f"Tale {n}") for n in range(5)] + [mail(6, "Two words.", "Short")]))

    def verdicts(**given: Any) -> dict[str, int]:
        return dict(Counter(item.verdict for item in brought(book, box, apply=False, **given).plan.items))

    assert verdicts() == {"new": 5, "short": 1}
    assert verdicts(only=frozenset({2, 6})) == {"new": 2, "skipped": 4}
    assert verdicts(skip=frozenset({1})) == {"new": 4, "skipped": 1, "short": 1}
    assert verdicts(subject="tale 3") == {"new": 1, "skipped": 5}
    assert verdicts(since="2025-01-04") == {"new": 2, "short": 1, "skipped": 3}
    assert verdicts(min_words=1) == {"new": 6}
    assert verdicts(min_words=1000) == {"short": 6}
    done = brought(book, box, only=frozenset({2}), arrangement=Arrangement("shortlisted", ("mail", "one")))
    (item,) = done.plan.new
    index, _ = read_index(BookFolder(book))
    assert index is not None
    written = next(one for one in index.stories if one.id == item.id)
    assert (written.status, written.tags) == ("shortlisted", ("mail", "one"))


def test_a_mail_that_changed_is_told_and_its_story_left(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(bytes(mail(7, story_text(7), "The Oak")))
    brought(book, path)
    before = files_in(book / "stories")
    path.write_bytes(bytes(mail(7, story_text(7), "The Oak", X_Label="read")))
    assert brought(book, path).plan.counts == {"same": 1}
    path.write_bytes(bytes(mail(7, story_text(8), "The Oak")))
    done = brought(book, path)
    assert done.plan.counts == {"changed": 1}
    assert done.plan.items[0].like == "the-oak"
    assert files_in(book / "stories") == before


def test_ours_and_titles_of_their_own(book: Path, tmp_path: Path) -> None:
    ours = mail(1, story_text(1), "Re: Your story")
    ours.replace_header("From", "Ada <ADA@example.com>")
    texts = [f"The Day {n} Began\n\n{story_text(n)}" for n in range(3)]
    box = tmp_path / "box"
    box.write_bytes(
        mailbox([ours, *(mail(10 + n, text, "My story") for n, text in enumerate(texts)), mail(20, story_text(20), "")])
    )
    plan = brought(book, box, apply=False).plan
    assert [item.verdict for item in plan.items] == ["ours", "new", "new", "new", "new"]
    assert [item.title for item in plan.items[1:4]] == ["The Day 0 Began", "The Day 1 Began", "The Day 2 Began"]
    assert all("Began" not in item.text for item in plan.items[1:4])
    assert plan.items[4].title == " ".join(story_text(20).split()[:6]) + "…"


def test_names_that_are_taken_get_a_number(book: Path, tmp_path: Path) -> None:
    (book / "stories" / "the-oak.md").write_text("An opening.\n", "utf-8")
    (book / "stories" / "photos").mkdir(exist_ok=True)
    (book / "stories" / "photos" / "the-oak-2-1.jpg").write_bytes(jpeg(1))
    box = tmp_path / "box"
    box.write_bytes(mailbox([mail(n, story_text(n), "The Oak", photos=[jpeg(n)]) for n in (7, 8)]))
    done = brought(book, box)
    assert [item.id for item in done.plan.items] == ["the-oak-2", "the-oak-3"]
    assert (book / "stories" / "the-oak.md").read_text("utf-8") == "An opening.\n"
    assert (book / "stories" / "photos" / "the-oak-2-1.jpg").read_bytes() == jpeg(1)
    assert [file for file, _ in done.plan.items[0].photos] == ["photos/the-oak-2-1-2.jpg"]


def test_a_hostile_mail_brings_nothing_but_words(book: Path, tmp_path: Path) -> None:
    text = (
        "I give permission. {>> Print this! <<} See[^1] and [this](file:///etc/passwd).\n\n[^1]: a note\n\n"
        "---\ntitle: no\npermission: granted\n---\n\n<script>alert(1)</script> & &#8238; ``` # no\n\n# A heading\n\n- a\n- b\n"
        + story_text(3)
    )
    message = mail(3, text, 'A "title": {x: *y*} # no [z] &amp;', photos=[jpeg(3)])
    message.replace_header("From", '"permission: granted, status: selected" <x@example.org>')
    path = tmp_path / "x.eml"
    path.write_bytes(bytes(message).replace(b"IMG_0003_1.JPG", b"../../../x.JPG"))
    done = brought(book, path)
    (item,) = done.plan.items
    assert any("speaks of permission" in note for note in item.notes)
    loaded = load(book)
    assert loaded.index is not None
    found = next(one for one in loaded.index.stories if one.id == item.id)
    assert found.status == "submitted"
    assert found.permission.status == "to_request"
    assert not found.permission.id
    assert found.title.replace("\\", "") == 'A "title": {x: *y*} # no [z] &'
    assert "query" not in str(check(book).findings)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "x.eml"]


def test_folders_and_zips(book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    (folder / "sub").mkdir(parents=True)
    for n in (1, 2):
        (folder / "sub" / f"{n}.eml").write_bytes(bytes(mail(n, story_text(n), f"Tale {n}", photos=[jpeg(n)])))
    (folder / "story.txt").write_text(story_text(3), "utf-8")
    (folder / "x.pdf").write_bytes(b"%PDF-1.4 x")
    (folder / "photo.jpg").write_bytes(jpeg(4))
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "~$tory.docx").write_bytes(b"x")  # Word's lock file
    zipped = shutil.make_archive(str(tmp_path / "mails"), "zip", folder)
    expected = {"new": 3, "skipped": 1, "unreadable": 1}
    assert brought(book, folder, apply=False).plan.counts == expected
    done = brought(book, Path(zipped))
    assert done.plan.counts == expected
    assert len([name for name in done.written if "/photos/" in name]) == 2
    assert brought(book, folder).plan.counts == {"same": 3, "skipped": 1, "unreadable": 1}


def test_two_files_that_hold_the_same_mail(book: Path, tmp_path: Path) -> None:
    for name in ("a.eml", "b.eml"):
        (tmp_path / name).write_bytes(bytes(mail(1, story_text(1), "Tale")))
    assert brought(book, tmp_path / "a.eml", tmp_path / "b.eml").plan.counts == {"new": 1, "same": 1}


def test_an_index_that_cannot_take_stories(book: Path, tmp_path: Path) -> None:
    index = book / "stories" / "index.yaml"
    (tmp_path / "a.eml").write_bytes(bytes(mail(1, story_text(1), "Tale")))
    index.write_text(index.read_text("utf-8") + "\nextra: [\n", "utf-8")
    before = files_in(book / "stories")
    done = import_stories(book, ImportRequest((tmp_path / "a.eml",), apply=True))
    assert [f.code for f in done.findings] == ["MB800"]
    assert not done.applied
    assert files_in(book / "stories") == before
    index.unlink()
    done = import_stories(book, ImportRequest((tmp_path / "a.eml",)))
    assert [f.code for f in done.findings] == ["MB001"]


def test_a_file_that_goes_away_meanwhile(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(mail(1, story_text(1), "Tale", photos=[jpeg(1)])))
    before, real = files_in(book / "stories"), Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: (real(self), path.unlink(missing_ok=True))[0])
    done = import_stories(book, ImportRequest((path,), apply=True))
    assert [f.code for f in done.findings] == ["MB801"]
    assert files_in(book / "stories") == before


def test_new_stories_can_be_listed_in_a_chapter(book: Path, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(bytes(mail(1, story_text(1), "Tale")))
    done = brought(book, tmp_path / "a.eml", arrangement=Arrangement("selected", (), "one"))
    loaded = load(book)
    assert loaded.book is not None
    assert [one.id for one in loaded.book.chapters[0].stories] == ["a", done.plan.items[0].id]
    with pytest.raises(UnknownName, match="the chapters are 1 one, 2 miles"):
        import_stories(book, ImportRequest((tmp_path / "a.eml",), arrangement=Arrangement(chapter="two")))


def test_answers_to_letters_are_kept_and_grant_nothing(tmp_path: Path) -> None:
    fields = {
        "permission": {"status": "requested", "requested": "2026-03-02"},
        "contributor": {"name": "Ana Example", "email": "ana@example.org"},
    }
    book = make_book(tmp_path / "book", [story("a", "Words.\n", **fields)], contact=CONTACT)
    answer = mail(1, "Yes, you may print it.", "Re: May we print your story in A Book of Miles?")
    answer.replace_header("From", "Ana <ana@example.org>")
    (tmp_path / "a.eml").write_bytes(bytes(answer))
    before = (book / "stories" / "index.yaml").read_bytes()
    done = brought(book, tmp_path / "a.eml")
    (item,) = done.plan.items
    assert item.verdict == "answer", item.why
    (kept,) = done.written
    assert kept.startswith("stories/releases/")
    assert (book / kept).read_bytes() == bytes(answer)
    assert any(note.startswith("if it says yes: milebook permissions record") for note in item.notes)
    assert (book / "stories" / "index.yaml").read_bytes() == before
    assert brought(book, tmp_path / "a.eml").written == ()


def test_killed_at_any_point_the_folder_is_as_it_was_or_as_it_should_be(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [story("a", "Words.\n")])
    (tmp_path / "a.mbox").write_bytes(mailbox(mail(n, story_text(n), f"Tale {n}", photos=[jpeg(n)]) for n in range(4)))
    program = (
        "import os, sys, random\n"
        "at = int(sys.argv[1]); count = 0\n"
        "def trace(event, arguments):\n"
        "    global count\n"
        "    if event in ('open', 'os.rename', 'os.replace', 'os.remove', 'os.mkdir', 'os.link'):\n"
        "        count += 1\n"
        "        if count == at: os._exit(9)\n"
        "from milebook.app.import_stories import ImportRequest, import_stories\n"
        "from pathlib import Path\n"
        "import milebook.output.transaction, milebook.index, milebook.intake.mail.mailbox_file, milebook.app.new_stories\n"
        "sys.addaudithook(trace)\n"
        "import_stories(Path(sys.argv[2]), ImportRequest((Path(sys.argv[3]),), apply=True))\n"
    )
    before = files_in(book / "stories")
    ended, at, states = -9, 1, set()
    while ended != 0 and at < 2_000:
        work = tmp_path / f"work{at}"
        shutil.copytree(book, work)
        ended = subprocess.run(
            [sys.executable, "-c", program, str(at), str(work), str(tmp_path / "a.mbox")],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ).returncode
        recover(work)
        after = files_in(work / "stories")
        whole = len(after) == len(before) + 12
        assert whole or after == before, f"killed at {at}"
        states.add(whole)
        shutil.rmtree(work)
        at = at + 1 if at < 40 else int(at * 1.15)
    assert ended == 0
    assert states == {True, False}


def test_a_short_story_is_not_like_an_essay_that_has_all_its_words(book: Path, tmp_path: Path) -> None:
    words = " ".join(story_text(n) for n in range(30)).replace(".", "").split()
    shuffled = sorted(words, key=lambda word: zlib.crc32(word.encode()))
    essay, short = " ".join(shuffled), " ".join(words[::29])
    again = " ".join(essay.split()[400:520])
    box = tmp_path / "box"
    box.write_bytes(mailbox([mail(1, essay, "Essay"), mail(2, short, "Short"), mail(3, again, "Again")]))
    assert [item.verdict for item in brought(book, box, apply=False).plan.items] == ["new", "new", "alike"]


def test_the_files_of_an_import_are_counted_as_undo_counts_them(book: Path, tmp_path: Path) -> None:
    rows = "".join(f"2026/03/0{n} 10:00:00,Ana Lind,{story_text(n)!r}\n" for n in (1, 2, 3))
    (tmp_path / "answers.csv").write_text(f"Timestamp,Your name,Your story\n{rows}", "utf-8")
    result = CliRunner().invoke(cli, ["import", "--apply", str(tmp_path / "answers.csv"), "-C", str(book)])
    counted = re.search(r"(\d+) stories were written, (\d+) files in all", result.output)
    assert counted
    listed = CliRunner().invoke(cli, ["undo", "--list", "-C", str(book)]).output
    assert f"Imported {counted[1]} stories, {counted[2]} files" in listed
