"""`milebook add` and `milebook status --inbox`: one story by options, by standard input or question by question; what waits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bookmaking import make_book, photo, story
from click.testing import CliRunner, Result
from docx import Document as WordDocument
from mails import jpeg, mail, story_text

from milebook.app.add import AddRequest, GivenPhoto, add_story
from milebook.app.import_stories import ImportRequest, import_stories
from milebook.app.load import load
from milebook.app.wrong_usage import CannotRead, UnknownName
from milebook.commands.lazy_group import cli
from milebook.intake.writing import Arrangement


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_book(tmp_path / "book", [story("a", "Words of a first story.\n")])


def ran(book: Path, *arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(cli, [*arguments, "-C", str(book)], input=text, prog_name="milebook")


def test_a_story_by_options(book: Path, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("It *rained* “on”.\n\nYes.\n", "utf-8")
    (tmp_path / "gate.JPG").write_bytes(jpeg(1))
    result = ran(
        book, "add", "--title", "The *Rain*", "--name", "Zoë Moss", "--age", "41", "--location", "Leeds", "--email", "z@example.org", "--file", str(tmp_path / "text.txt"),
        "--photo", str(tmp_path / "gate.JPG"), "--caption", "A gate.", "--credit", "Photo by Zoë Moss", "--alt", "A gate in rain.", "--received", "2026-03-01",
        "--tag", "wet", "--status", "selected", "--chapter", "one",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "“The *Rain*” is in the index as the-rain, with 4 words." in result.output
    loaded = load(book)
    assert loaded.book is not None
    added = loaded.book.stories[-1]
    assert 'The *Rain*"' in (book / "stories" / "index.yaml").read_text("utf-8")
    assert (added.id, added.title, added.received, added.tags, added.status) == (
        "the-rain",
        "The Rain",
        "2026-03-01",
        ("wet",),
        "selected",
    )
    assert (added.contributor.name, added.contributor.age, added.contributor.location) == ("Zoë Moss", 41, "Leeds")
    assert [run.text for run in added.text.blocks[0].runs if run.italic] == ["rained"]
    (picture,) = added.photos
    assert (picture.file, picture.caption, picture.credit, picture.alt) == (
        "photos/the-rain-1.jpg",
        "A gate.",
        "Photo by Zoë Moss",
        "A gate in rain.",
    )
    assert added.permission.status == "to_request"
    assert not added.source.kind


def test_a_name_pasted_with_its_address(book: Path) -> None:
    result = ran(
        book,
        "add",
        "--title",
        "Rain",
        "--name",
        "Zoë Moss (she/her) <z@example.org>",
        "--status",
        "selected",
        "--chapter",
        "one",
        text="It rained.\n",
    )
    assert result.exit_code == 0, result.output
    added = load(book).book
    assert added is not None
    who = added.stories[-1].contributor
    assert (who.name, who.email) == ("Zoë Moss", "z@example.org")


@pytest.mark.parametrize(("name", "told"), [("Guest", True), ("Anonymous", False), ("Gast Guest", False)])
def test_a_word_that_is_taken_for_no_name_is_told(book: Path, name: str, told: bool) -> None:
    result = ran(book, "add", "--title", "T", "--name", name, text="We ran to the mill.\n")
    assert result.exit_code == 0
    assert (f"“{name}” is taken to mean that nobody knows the name" in result.output) == told


def test_a_story_from_standard_input(book: Path) -> None:
    result = ran(book, "add", "--name", "Zoë", text="It rained.\r\n\r\nYes.\r\n")
    assert result.exit_code == 0, result.output
    assert (book / "stories" / "it-rained.md").read_bytes() == b"It rained.\n\nYes.\n"


def test_what_is_for_import_is_not_added_as_a_story(book: Path, tmp_path: Path) -> None:
    one = mail(1, story_text(1), "The Oak")
    files = {
        "Miles.mbox": b"From a@b.c Thu Apr 16 09:53:04 2015\n" + bytes(one) + b"\n",
        "a mail.eml": bytes(one),
        "answers.csv": b"Timestamp,Your name,Your story\n2026/03/01 10:00:00,Zo,One mile is one mile.\n",
        "blog.xml": b'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel></channel></rss>',
        "feed.xml": b'<feed xmlns="http://www.w3.org/2005/Atom"><generator>Blogger</generator></feed>',
        "comments.xml": b'<disqus xmlns="http://disqus.com"></disqus>',
        "page.html": b"<!doctype html><html><body><p>One mile.</p></body></html>",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(CannotRead, match=r"to take stories out of it, type: milebook import"):
            add_story(book, AddRequest(title="T", file=tmp_path / name))
    (tmp_path / "From a to b, and back.txt").write_text(
        "From a to b, and then, slowly, back.\n\nYes, we ran.\n", "utf-8"
    )
    assert add_story(book, AddRequest(file=tmp_path / "From a to b, and back.txt")).id


def test_a_document_gives_its_byline_and_a_second_copy_is_noted(book: Path, tmp_path: Path) -> None:
    words = " ".join(f"We sold peaches until the rain came on day {n}." for n in range(5))
    document = WordDocument()
    document.add_heading("The Peach Stand", 1)
    for text in ("by Grace Whitfield, Savannah, Georgia", words, "Then we ran."):
        document.add_paragraph(text)
    document.save(str(tmp_path / "peaches.docx"))
    (tmp_path / "peaches.rtf").write_bytes(
        b"{\\rtf1\\ansi The Peach Stand\\par by Grace Whitfield\\par We ran home.\\par}"
    )
    first = add_story(book, AddRequest(file=tmp_path / "peaches.docx"))
    assert first.title == "The Peach Stand"
    assert first.notes == ("left out of the text: “by Grace Whitfield, Savannah, Georgia”",)
    assert '"name": "Grace Whitfield", "location": "Savannah, Georgia"' in (book / "stories" / "index.yaml").read_text(
        "utf-8"
    )
    assert "by Grace" not in (book / "stories" / "the-peach-stand.md").read_text("utf-8")
    second = add_story(book, AddRequest(title="Peaches", file=tmp_path / "peaches.docx"))
    assert "peaches.docx calls it “The Peach Stand”" in second.notes
    assert any("the same words as the-peach-stand" in note for note in second.notes)
    add_story(book, AddRequest(title="Rich", file=tmp_path / "peaches.rtf"))
    assert "\\par" not in (book / "stories" / "rich.md").read_text("utf-8")


def test_a_photo_that_cannot_be_printed_is_refused_by_add_and_noted_by_import(book: Path, tmp_path: Path) -> None:
    whole = jpeg(1, (600, 400))
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CannotRead, match=r"cut\.jpg cannot be printed: it is damaged"):
        add_story(book, AddRequest(title="T", text="x", photos=(GivenPhoto(tmp_path / "cut.jpg"),)))
    (tmp_path / "x.eml").write_bytes(bytes(mail(1, story_text(1), "The Oak", photos=[whole, whole[: len(whole) // 2]])))
    (item,) = import_stories(book, ImportRequest((tmp_path / "x.eml",))).plan.items
    (note,) = [note for note in item.notes if "cannot be printed" in note]
    assert note.startswith("photo 2")


def test_what_cannot_be_added(book: Path, tmp_path: Path) -> None:
    before = (book / "stories" / "index.yaml").read_bytes()
    (tmp_path / "x.bin").write_bytes(b"\x00\x01\x02" * 100)
    for request, error in (
        (AddRequest(title="T"), "no text"),
        (AddRequest(title="T", file=tmp_path / "none.txt"), "there is no file"),
        (AddRequest(title="T", file=tmp_path / "x.bin"), "is no text"),
        (AddRequest(title="T", text="x", photos=(GivenPhoto(tmp_path / "x.bin"),)), "is no photo"),
    ):
        with pytest.raises(CannotRead, match=error):
            add_story(book, request)
    with pytest.raises(UnknownName, match="no chapter"):
        add_story(book, AddRequest(title="T", text="x", arrangement=Arrangement(chapter="two")))
    assert ran(book, "add", "--title", "T", "--caption", "C", text="x").exit_code == 2
    assert (book / "stories" / "index.yaml").read_bytes() == before


def test_the_inbox(tmp_path: Path) -> None:
    stories = [
        story("a", "Words.\n"),
        story(
            "b",
            "Words of b.\n",
            status="submitted",
            received="2026-01-02",
            permission={"status": "to_request"},
            contributor={"name": "Cal", "age": 12},
        ),
        story(
            "c",
            "word " * 310,
            status="shortlisted",
            photos=[photo("photos/c.jpg", caption="", permission={"status": "requested", "requested": "2026-01-01"})],
        ),
        story("d", "Words of d.\n"),
    ]
    book = make_book(tmp_path / "book", stories, [{"id": "one", "title": "One", "stories": ["a"]}])
    result = ran(book, "status", "--inbox")
    assert result.exit_code == 0
    assert "3 stories are not in the book." in result.output
    rows = json.loads(ran(book, "status", "--inbox", "--json").output)["inbox"]
    assert [(row["id"], row["status"], row["words"]) for row in rows] == [
        ("d", "selected", 3),
        ("c", "shortlisted", 310),
        ("b", "submitted", 3),
    ]
    assert rows[0]["needs"] == ["a chapter"]
    assert rows[1]["needs"] == [
        "a decision: milebook set ID --status selected --chapter ID",
        "10 words fewer",
        "permission for the photo",
        "a caption",
    ]
    assert rows[2]["needs"][1:] == ["a guardian, who signs", "permission for the text"]
    assert (
        ran(make_book(tmp_path / "whole", [story("a", "Words.\n")]), "status", "--inbox").output
        == "Every story of the index is in the book.\n"
    )


@pytest.mark.parametrize(
    "typed", ["gwen at mail.example", "gwen@", "a@b.example, c@d.example", "Gwen <g@mail.example>"]
)
def test_what_is_no_address_is_refused(book: Path, typed: str) -> None:
    before = (book / "stories" / "index.yaml").read_bytes()
    result = ran(book, "add", "--title", "Mail", "--name", "Gwen", "--email", typed, text="A mile.\n")
    assert result.exit_code == 2
    assert f"Invalid value for '--email': “{typed}”: " in result.output
    assert (book / "stories" / "index.yaml").read_bytes() == before
