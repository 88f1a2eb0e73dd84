"""`milebook compare`: rejecting all tracked changes gives the old text, accepting them the new one, in other programs too."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from bookmaking import make_book, photo, prose, story
from hypothesis import given, settings
from hypothesis import strategies as st
from proof_books import milebook

from milebook.review.proof_text import Proof, read_proof
from milebook.review.redline import redline, version
from milebook.review.redline_file import redline_file
from milebook.review.returned_file import read_returned
from milebook.review.word_text import versions

A = "One *two* three[^1] and four.\n\nThe second paragraph is here.\n\n* * *\n\nLine one,  \nline two.\n\n[^1]: A note.\n"


def book(root: Path, first: str, order: list[str], **fields: Any) -> Path:
    stories = [
        story(
            "first",
            first,
            photos=[photo(fields.pop("file", "photos/a.jpg"), caption=fields.pop("caption", "A caption."))],
        ),
        story("second", prose(1, 90)),
        story("third", prose(2, 90)),
        story("fourth", prose(4, 60)),
    ]
    return make_book(
        root, [s for s in stories if s["id"] in order], chapters=[{"id": "one", "title": "One", "stories": order}]
    )


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """An old state with its proof, and a new one in another folder."""
    root = tmp_path_factory.mktemp("compare")
    old = book(root / "old", A, ["first", "second", "third"])
    assert milebook("proof", "-C", str(old), "--format", "docx").returncode == 0
    build = next((old / "build/proofs").glob("*.json")).stem
    changed = A.replace("*two*", "two").replace("second paragraph", "last paragraph").replace("line two", "line three")
    new = book(root / "new", changed, ["second", "fourth", "first"], file="photos/b.jpg", caption="Another caption.")
    return old, new, build


def texts(data: bytes, *, new: bool) -> list[str]:
    return [" ".join(t.split()) for t in versions(read_returned(data, "x").body, new) if t.strip()]


def document_xml(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode("utf-8")


def test_both_states_are_in_the_file(two: tuple[Path, Path, str], tmp_path: Path) -> None:
    old, new, build = two
    done = milebook("compare", "-C", str(old), build[:6], str(new), "--html", str(tmp_path / "x.html"))
    assert done.returncode == 0, done.stderr
    assert "“Third” was taken out" in done.stdout
    assert "“Fourth” is new" in done.stdout
    assert "was moved" in done.stdout
    assert "photos/a.jpg was replaced by stories/photos/b.jpg" in done.stdout
    assert "the caption “A caption.” is now “Another caption.”" in done.stdout
    (path,) = (old / "build").glob("*-changes-*.docx")
    data = path.read_bytes()
    before, after = texts(data, new=False), texts(data, new=True)
    assert before.index("First") < before.index("Second") < before.index("Third")
    assert after.index("Second") < after.index("Fourth") < after.index("First")
    assert "The second paragraph is here." in before
    assert "The last paragraph is here." in after
    assert "Line one, line three." in after
    marked = re.findall(r"<w:p(?: [^>]*)?>(?:(?!</w:p>).)*<w:highlight(?:(?!</w:p>).)*</w:p>", document_xml(data))
    assert ["Another" in paragraph for paragraph in marked] == [True]  # the caption of the other photo
    assert "commentReference" in marked[0]
    page = (tmp_path / "x.html").read_text("utf-8")
    assert "<mark>“First”: photo stories/photos/a.jpg was replaced" in page
    assert "<del>" in page
    assert "<ins>" in page
    again = milebook("compare", "-C", str(old), build, str(new))
    assert again.returncode == 0
    assert path.read_bytes() == data


@pytest.mark.skipif(importlib.util.find_spec("pypandoc") is None, reason="pypandoc_binary is not installed")
@pytest.mark.parametrize(("mode", "new"), [("reject", False), ("accept", True)])
def test_pandoc_reads_the_same(two: tuple[Path, Path, str], mode: str, new: bool) -> None:
    import pypandoc

    old, other, build = two
    assert milebook("compare", "-C", str(old), build, str(other)).returncode == 0
    (path,) = (old / "build").glob("*-changes-*.docx")
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), str(path), "-t", "plain", "--wrap=none", f"--track-changes={mode}"],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert re.sub(r"\W", "", done.stdout) == re.sub(r"\W", "", "".join(texts(path.read_bytes(), new=new)))


def test_nothing_differs_and_unknown_builds(two: tuple[Path, Path, str]) -> None:
    old, _, build = two
    done = milebook("compare", "-C", str(old), build)
    assert (done.returncode, done.stdout.strip()) == (0, "Nothing differs.")
    assert milebook("compare", "-C", str(old), "nonsense").returncode == 2


def test_the_book_now_against_a_proof(two: tuple[Path, Path, str], tmp_path: Path) -> None:
    old = Path(shutil.copytree(two[0], tmp_path / "book"))
    shutil.rmtree(old / "build", ignore_errors=True)
    assert milebook("proof", "-C", str(old), "--format", "docx").returncode == 0
    path = old / "stories/second.md"
    path.write_text(path.read_text("utf-8") + "\nA last paragraph.\n", "utf-8")
    build = next((old / "build/proofs").glob("*.json")).stem
    assert milebook("compare", "-C", str(old), build).returncode == 0
    (file,) = (old / "build").glob("*-changes-*.docx")
    assert "A last paragraph." in texts(file.read_bytes(), new=True)
    assert "A last paragraph." not in texts(file.read_bytes(), new=False)


WORDS = st.lists(
    st.sampled_from(["road", "mile", "the", "a", "shoe,", "rain.", "two", "and"]), min_size=1, max_size=12
).map(" ".join)
STORIES = st.dictionaries(st.sampled_from("abcd"), st.lists(WORDS, min_size=1, max_size=5), min_size=1)


def state(stories: dict[str, list[str]], order: list[str]) -> Proof:
    rows = [
        {
            "anchor": f"mb_{name}_p{n:02d}",
            "story": name,
            "role": "body",
            "text": text,
            "looks": [[0, 1, "i"]] if n % 2 else [],
        }
        for name in order
        for n, text in enumerate(stories[name], 1)
    ]
    document = {"build_id": "x", "chapters": [{"id": "one", "paragraphs": rows}], "stories": {}}
    return read_proof(document, {})


@settings(deadline=None, max_examples=60)
@given(STORIES, STORIES, st.randoms())
def test_any_two_states(old: dict[str, list[str]], new: dict[str, list[str]], rng: Any) -> None:
    orders = []
    for stories in (old, new):
        order = sorted(stories)
        rng.shuffle(order)
        orders.append(order)
    made = redline(state(old, orders[0]), state(new, orders[1]))
    before = [text for name in orders[0] for text in old[name]]
    after = [text for name in orders[1] for text in new[name]]
    assert version(made, new=False) == before
    assert version(made, new=True) == after
    data = redline_file(made.paragraphs, "x", "y", 0).joined()
    file = read_returned(data, "x")
    assert [t for t in versions(file.body, False) if t] == before
    assert [t for t in versions(file.body, True) if t] == after


def test_a_story_with_another_id_is_the_same_story(two: tuple[Path, Path, str], tmp_path: Path) -> None:
    old, _, build = two
    renamed = Path(shutil.copytree(old, tmp_path / "renamed"))
    assert milebook("rename", "second", "other", "-C", str(renamed)).returncode == 0
    done = milebook("compare", build, "-C", str(renamed))
    assert done.returncode == 0, done.stderr
    assert "Nothing differs." in done.stdout
