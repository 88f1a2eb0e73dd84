"""Texts and Word files that contributors send: title, byline, encoding; and what is said of files that are not read."""

from __future__ import annotations

from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from bookmaking import make_book, story
from docx import Document as WordDocument

from milebook.app.import_stories import ImportRequest, import_stories
from milebook.intake.inputs import Input
from milebook.intake.options import Options
from milebook.intake.plan import PlanItem
from milebook.intake.sources import found_in


def planned(tmp_path: Path, name: str, data: bytes) -> PlanItem:
    book = make_book(tmp_path / "book", [story("a", "Words of a first story.\n")])
    (tmp_path / name).write_bytes(data)
    done = import_stories(book, ImportRequest((tmp_path / name,)))
    (item,) = done.plan.items
    return item


@pytest.mark.parametrize(
    ("name", "text", "title", "rest"),
    [
        ("rosa.txt", "The Mill\n\nWe walked to the mill.\n", "The Mill", "We walked to the mill.\n"),
        ("The Old Mill.txt", "We walked to the mill. It was late.\n\nWe ran.\n", "The Old Mill", "We walked to the mill. It was late.\n\nWe ran.\n"),
        ("rosa.txt", "The Mill\n\nby Rosa Lind\n\nWe walked to the mill.\n", "The Mill", "We walked to the mill.\n"),
    ],
)  # fmt: skip
def test_a_title_in_the_text_goes_before_the_name_of_the_file(
    tmp_path: Path, name: str, text: str, title: str, rest: str
) -> None:
    item = planned(tmp_path, name, text.encode())
    assert (item.title, item.text) == (title, rest)
    assert item.found.name == ("Rosa Lind" if "by Rosa" in text else "")
    assert item.found.cuts == (["by Rosa Lind"] if "by Rosa" in text else [])


def test_a_byline_that_is_a_sentence_stays(tmp_path: Path) -> None:
    item = planned(tmp_path, "x.txt", b"By the mill we sat.\n\nBy and by it rained.\n\nWe ran.\n")
    assert (item.found.name, item.found.cuts) == ("", [])


def test_lists_by_style_and_a_byline_in_word(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_heading("The Mill", 0)
    document.add_paragraph("by Rosa Lind")
    document.add_paragraph("We walked.")
    for style in ("List Bullet", "List Bullet", "List Number", "List Number"):
        document.add_paragraph("entry", style=style)
    out = BytesIO()
    document.save(out)
    item = planned(tmp_path, "x.docx", out.getvalue())
    assert (item.title, item.found.name) == ("The Mill", "Rosa Lind")
    assert item.text == "We walked.\n\n- entry\n- entry\n\n1. entry\n2. entry\n"


def test_a_text_of_an_old_mac(tmp_path: Path) -> None:
    item = planned(tmp_path, "x.txt", "The Mill\r\rWe walked – “there”, café.\r".encode("mac_roman"))
    assert item.text == "We walked – “there”, café.\n"
    assert any("mac_roman" in note for note in item.notes)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.odt", b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument"),
        ("x.pages", b"PK\x03\x04" + b"\0" * 26 + b"Index/Document.iwa", "Pages"),
        ("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".docx"),
        ("x.pdf", b"%PDF-1.7\n", "Word file"),
        ("x.vcf", b"BEGIN:VCARD\nFN:Rosa\n", "address"),
        ("x.webarchive", b"bplist00abc", "another browser"),
        ("x.wpd", b"\xffWPC" + b"\0" * 100, "WordPerfect"),
    ],
)
def test_what_is_said_of_files_that_are_not_read(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(data)
    (item,) = found_in(Input(name, tmp_path / name), Options())
    assert item.verdict == "unreadable"
    assert says in item.why


GRACE = "by Grace Whitfield, Savannah, Georgia"


def word_file(*paragraphs: str, author: str = "") -> bytes:
    document = WordDocument()
    document.core_properties.author = author
    document.add_heading("The Peach Stand", 1)
    for text in paragraphs:
        document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "line", [GRACE, "By Grace Whitfield (Savannah, Georgia)", "by Grace Whitfield, Savannah, Georgia."]
)
@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize("kind", ["docx", "rtf", "txt"])
def test_a_byline_with_a_town_is_taken_out_of_the_text(tmp_path: Path, kind: str, line: str, below: bool) -> None:
    texts = ["We sold peaches until the rain came.", "Then we ran."]
    paragraphs = [*texts, line] if below else [line, *texts]
    data = {
        "docx": word_file(*paragraphs),
        "rtf": ("{\\rtf1\\ansi The Peach Stand\\par " + "\\par ".join(paragraphs) + "\\par}").encode(),
        "txt": "\n\n".join(["The Peach Stand", *paragraphs]).encode(),
    }[kind]
    item = planned(tmp_path, f"x.{kind}", data)
    assert (item.found.name, item.found.location) == ("Grace Whitfield", "Savannah, Georgia")
    assert item.title == "The Peach Stand"
    assert item.text.split("\n\n") == [texts[0], f"{texts[1]}\n"]
    assert item.found.cuts == [line]


def test_where_nobody_signed_the_properties_and_the_file_s_name_are_noted(tmp_path: Path) -> None:
    item = planned(
        tmp_path, "Grace Whitfield - Peaches.docx", word_file("We sold peaches.", "We ran.", author="Grace Whitfield")
    )
    assert item.found.name == ""
    (note,) = [note for note in item.notes if "nobody signed it" in note]
    assert "“Grace Whitfield” as its author" in note
    assert "“Grace Whitfield - Peaches.docx”" in note


@pytest.mark.parametrize("author", ["python-docx", "Microsoft Office User", "Windows User", ""])
def test_a_program_s_name_is_no_author(tmp_path: Path, author: str) -> None:
    item = planned(tmp_path, "x.docx", word_file("We sold peaches.", "We ran.", author=author))
    assert not any("as its author" in note for note in item.notes)


@pytest.mark.parametrize(("sender", "taken"), [("Grace Whitfield", True), ("Tom Whitfield", False)])
def test_a_byline_in_an_attached_document(tmp_path: Path, sender: str, taken: bool) -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = f"{sender} <x@example.org>", "The Peach Stand", "<1@x>"
    message.set_content("Here it is.")
    data = word_file(GRACE, *["We sold peaches until the rain came, and then we ran home over the fields."] * 4)
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename="peaches.docx")
    item = planned(tmp_path, "x.eml", message.as_bytes())
    assert item.found.name == sender
    assert (GRACE in item.text) is not taken
    assert (item.found.location == "Savannah, Georgia") is taken
    assert any("whose story is it?" in note for note in item.notes) is not taken


STORY = "We sold peaches until the rain came, and then we ran home over the fields, all of us, and nobody counted the steps."


@pytest.mark.parametrize(("subject", "noted"), [("Story for your column", True), ("The peach stand", False)])
def test_the_title_of_an_attached_document_is_the_story_s(tmp_path: Path, subject: str, noted: bool) -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "Ana Example <x@example.org>", subject, "<1@x>"
    message.set_content("Here it is.")
    message.add_attachment(
        word_file(STORY), maintype="application", subtype="octet-stream", filename="Document1 FINAL.docx"
    )
    item = planned(tmp_path, "x.eml", message.as_bytes())
    assert (item.title, item.text) == ("The Peach Stand", f"{STORY}\n")
    assert any(f"the subject is “{subject}”" in note for note in item.notes) is noted


def test_what_may_be_two_stories_in_one_file_is_noted(tmp_path: Path) -> None:
    def notes(*paragraphs: str, second: str = "") -> list[str]:
        document = WordDocument()
        document.add_heading("The Peach Stand", 1)
        for text in paragraphs:
            document.add_heading(text, 1) if text == second else document.add_paragraph(text)
        out = BytesIO()
        document.save(out)
        return [
            note
            for note in planned(tmp_path, "x.docx", out.getvalue()).notes
            if "another story" in note or "stories" in note
        ]

    other = "by Ọlá Adébáyọ̀, Lagos/London"
    (note,) = notes(GRACE, STORY, "The Corridor", other, STORY, second="The Corridor")
    assert "2 stories may stand in it, also “The Corridor”" in note
    (note,) = notes(STORY, "The Corridor", STORY, second="The Corridor")
    assert "the heading “The Corridor” ranks with the title" in note
    assert not notes(GRACE, STORY, "The Corridor", STORY)
    assert not notes(GRACE, STORY, "It was written", "by the fire, at home.", STORY)
    item = planned(
        tmp_path, "x.txt", f"The First\nby Ann Oh\n\n{STORY}\n\n* * *\n\nThe Second\nby Ben Ah\n\n{STORY}\n".encode()
    )
    assert any("2 stories may stand in it, also “The Second”" in note for note in item.notes)


@pytest.mark.parametrize(
    ("typed", "name", "location", "age", "text"),
    [
        ("The Lamp\nby Rosa March\n\nIt was dark.\n\nI ran.\n", "Rosa March", "", None, "The Lamp\n\nIt was dark.\n\nI ran."),
        ("The Fog\n\nAoife Lind-Okafor, Göteborg, 38\n\nIt was dark.\n", "Aoife Lind-Okafor", "Göteborg", 38, "The Fog\n\nIt was dark."),
        ("It was dark,\nby Rosa March\n\nI ran.\n", "", "", None, "It was dark,\nby Rosa March\n\nI ran."),
        ("The Mile Marker, 26\n\nIt was dark.\n\nI ran.\n", "", "", None, "The Mile Marker, 26\n\nIt was dark.\n\nI ran."),
    ],
)  # fmt: skip
def test_a_writer_named_below_the_title(
    tmp_path: Path, typed: str, name: str, location: str, age: int | None, text: str
) -> None:
    (tmp_path / "night.txt").write_text(typed, "utf-8")
    (one,) = found_in(Input("night.txt", tmp_path / "night.txt"), Options())
    assert (one.name, one.location, one.age, one.text) == (name, location, age, text)
