"""Photos that were taken out of a returned file, put into it, or exchanged are reported, and left to the author."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from marking_up import Edit, Marked, W
from returned_books import changes, report, returned, returned_book, run_review

from milebook.review.one_file_review import OneFile
from milebook.review.proof_text import read_proof
from milebook.review.returned_file import Returned
from milebook.review.word_text import Picture, WordParagraph, WordRun


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield returned_book(tmp_path_factory.mktemp("book"))


def gone(marked: Marked) -> Marked:
    """The first photo, struck out."""
    run = next(marked.root.iter(f"{W}drawing")).getparent()
    if not marked.tracked:
        run.getparent().remove(run)
        return marked
    box = marked.box("del")
    run.addprevious(box)
    box.append(run)
    return marked


def come(marked: Marked) -> Marked:
    """A copy of a photo within a paragraph."""
    run = copy.deepcopy(next(marked.root.iter(f"{W}drawing")).getparent())
    piece = marked.typed(run)
    assert piece is not None
    marked.paragraph("Then a").append(piece)
    return marked


def other(marked: Marked) -> Marked:
    """Another picture in place of the first, as “Change picture” makes it."""
    blip = next(e for e in marked.root.iter() if e.tag.endswith("}blip"))
    name = next(key for key in blip.attrib if str(key).endswith("}embed"))
    marked.files["word/media/new.png"] = b"another picture"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = f'<Relationship Id="rIdNew" Type="{kind}" Target="media/new.png"/></Relationships>'
    rels = marked.files["word/_rels/document.xml.rels"].decode()
    marked.files["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", link).encode()
    blip.set(name, "rIdNew")
    return marked


PICTURES: dict[str, tuple[Edit, str, str, str, str]] = {  # what is done -> kind, part, before, after
    "taken out": (gone, "delete", "f1", "photo stories/photos/tom.jpg", ""),
    "put in": (come, "insert", "p02", "", "a new picture"),
    "exchanged": (other, "replace", "f1", "photo stories/photos/tom.jpg", "another picture"),
}


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
@pytest.mark.parametrize("what", PICTURES)
def test_pictures_are_told_and_not_merged(book: Path, what: str, tracked: bool) -> None:
    edit, *told = PICTURES[what]
    path = returned(book, edit, tracked=tracked)
    document = report(book, path)
    (change,) = changes(document)
    assert [change[key] for key in ("kind", "part", "before", "after")] == told
    assert change["by_hand"]
    assert document["unplaced"] == []
    assert change["author"] == ("Ed Itor" if tracked and what != "exchanged" else "")
    index = (book / "stories/index.yaml").read_bytes()
    done = run_review(book, path, "--apply")
    assert "MB833" in done.stderr
    assert (book / "stories/index.yaml").read_bytes() == index


def test_a_caption_that_goes_with_its_photo_is_left(book: Path) -> None:
    path = returned(book, lambda m: gone(m).delete_paragraph("Figure 1.1").delete_paragraph("Photo by"))
    assert [bool(change.get("by_hand")) for change in changes(report(book, path))] == [True, True, True]


def test_a_whole_book_of_photos_takes_no_time() -> None:
    """The time grows with the number of photos, not with its square: 1,000 of them took a minute and a half."""
    rows: list[dict[str, str]] = []
    body: list[WordParagraph] = []
    pictures: list[Picture] = []
    for number in range(1000):
        story = f"s{number}"
        for part, role, text in (
            ("title", "story-title", f"Title {number}"),
            ("p01", "body", f"In story {number} we ran."),
            ("f1", "figure", "stories/photos/tom.jpg 0"),
            ("f1_caption", "caption", f"Tom, for the {number}th time"),
            ("p02", "body", f"And story {number} ends."),
        ):
            name = f"mb_{story}_{part}"
            rows.append({"anchor": name, "story": story, "role": role, "text": text, "bookmark": name})
            pieces = (WordRun(text),) if role != "figure" else ()
            if not pieces and number != 700:
                pictures.append(Picture(len(body), f"{number:08x}-1"))
            body.append(WordParagraph(pieces, None, None, ((name, 0),), "body"))
    proof = read_proof({"build_id": "x", "chapters": [{"id": "c", "paragraphs": rows}], "stories": {}}, {})
    began = time.process_time()
    (change,) = OneFile(proof, Returned("x.docx", body, pictures=pictures), 0).run().changes
    assert (change.owner, change.kind, change.before) == ("story:s700", "delete", "photo stories/photos/tom.jpg")
    assert time.process_time() - began < 10
