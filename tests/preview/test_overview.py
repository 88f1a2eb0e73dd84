"""The overview: what it tells, and what it must never tell."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bookmaking import draw, make_book, prose, story
from PIL import Image

from milebook.app.load import load
from milebook.app.overview import overview, survey_of
from milebook.preview.hints import order_hints
from milebook.preview.overview_html import sections
from milebook.preview.survey import Card, Column
from milebook.preview.survey_of_book import takes

ROOT = Path(__file__).parents[2]


class Seen(HTMLParser):
    """The text of a page, and everything it would fetch or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attributes:
            if name in ("src", "href", "action", "data", "poster", "srcset"):
                self.addresses.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)
            if name in ("alt", "title", "aria-label"):
                self.words.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    draw(tmp_path / "stories" / "photos" / "gate.jpg", (800, 600))
    photo = {
        "file": "photos/gate.jpg",
        "caption": "Cal Secretchild at the gate",
        "credit": "Photo by Robert Legalname",
        "alt": "Cal Secretchild waves",
        "permission": {"status": "not_needed", "reason": "drawn for a test"},
        "people": [
            {"name": "Cal Secretchild", "minor": True, "guardian": "Gwen Guardian", "permission": {"status": "requested", "requested": "2026-01-02"}},
            {"name": "Ada Grownup", "permission": {"status": "to_request"}},
        ],
    }  # fmt: skip
    entries = [
        story(
            "first", prose(1, 120), permission={"status": "to_request"}, photos=[photo],
            contributor={"name": "Robert Legalname", "byline": "Bob L.", "email": "bob@example.org"},
        ),
        story("second", prose(2, 400), contributor={"name": "Nora Hidden", "anonymous": True, "email": "nora@example.org"}),
        story("third", prose(3, 90), status="submitted", contributor={"name": "Zed Waiting", "byline": "Z."}),
        story("fourth", prose(4, 60), status="cut", contributor={"name": "Cut Person"}),
    ]  # fmt: skip
    return make_book(tmp_path, entries, title="Private <Matters>", word_target=1000)


def made(book: Path) -> str:
    path, findings = overview(book)
    assert path == "build/private-matters-overview.html", findings
    return (book / path).read_text("utf-8")


def test_nothing_private_leaves_the_desk(book: Path) -> None:
    page = made(book)
    for secret in ("Legalname", "Nora", "Hidden", "Secretchild", "Guardian", "Zed", "Waiting", "example.org", "photos/gate"):  # fmt: skip
        assert secret not in page.replace("The guardian", ""), secret
    seen = Seen(page)
    for shown in ("Bob L.", "Anonymous", "Photo by Bob L.", "a child", "Ada Grownup", "The guardian of the child in Figure 1.1"):  # fmt: skip
        assert shown in seen.text, shown


def test_it_promises_what_it_keeps(tmp_path: Path) -> None:
    """A young contributor's byline is printed in the book: it stands there, and the page does not say otherwise."""
    young = {"name": "Molly Minor", "byline": "Molly", "age": 9, "guardian": "Gwen Guardian"}
    page = Seen(
        made(make_book(tmp_path, [story("first", prose(1, 60), contributor=young)], title="Private <Matters>"))
    ).text
    assert "Molly" in page
    assert "Minor" not in page
    assert "Gwen" not in page
    assert "may name minors" in page
    assert "names of minors and all addresses are withheld" not in page


def test_stories_that_were_cut_are_shown_only_if_asked_for(book: Path) -> None:
    assert "Cut Person" not in made(book)
    assert "Cut Person" not in (book / "build" / "made.json").read_text("utf-8")
    path, _ = overview(book, cut=True)
    assert "Cut Person" in (book / path).read_text("utf-8")


def test_it_stands_alone_and_runs_nothing(book: Path) -> None:
    seen = Seen(made(book))
    assert not {"script", "iframe", "object", "embed", "link", "form", "base"} & set(seen.tags)
    assert not seen.handlers
    assert all(address.startswith(("#", "data:image/")) for address in seen.addresses)
    assert "Content-Security-Policy" in made(book)
    assert not re.search(r"https?://|@import", re.sub(r"base64,[\w+/=]*", "", made(book)))


def test_it_tells_the_state_of_the_book(book: Path) -> None:
    text = Seen(made(book)).text
    assert "Private <Matters>" in text
    assert "2 stories in 1 chapter" in text
    assert "1 story is waiting to be chosen." in text
    assert "1 story is over the limit of words." in text
    assert (
        "3 permissions are open: 2 not asked for yet; 1 asked for, but not answered yet. 3 people and firms to ask."
        in text
    )
    assert "Figure 1.1" in text
    assert "800 × 600 pixels, up to 2.7 in wide" in text


def test_the_board_has_room_for_a_story_that_leaves_the_book(tmp_path: Path) -> None:
    book = make_book(tmp_path, [story("first", prose(1, 60))], title="Private <Matters>")
    seen = survey_of(load(book))
    assert 'id="c-inbox"' in sections(seen, lambda shot: "", board="Drag a story.")
    assert 'id="c-inbox"' not in made(book)


def test_it_tells_why_permissions_are_open(tmp_path: Path) -> None:
    given = ["to_request", "requested", "no_reply", "expired", "refused", "withdrawn", "granted"]
    entries = [
        story(f"s{number}", prose(number, 60), permission={"status": status}, contributor={"name": f"Person {number}"})
        for number, status in enumerate(given)
    ]
    text = Seen(made(make_book(tmp_path, entries, title="Private <Matters>"))).text
    assert (
        "7 permissions are open: 1 not asked for yet; 2 asked for, but not answered yet; 1 granted, but not for everything; "
        "1 expired; 2 refused or withdrawn."
    ) in text


def test_it_is_small_enough_to_be_mailed(book: Path) -> None:
    page = made(book)
    pictures = [base64.b64decode(one) for one in re.findall(r"data:image/webp;base64,([^\"]+)", page)]
    assert pictures
    assert all(len(one) < 6000 for one in pictures)
    with Image.open(io.BytesIO(pictures[0])) as opened:
        assert max(opened.size) == 160
        assert not opened.getexif()
    assert sum(map(len, re.findall(r"data:font/ttf;base64,([^\"]+)", page))) < 120_000
    assert "data-tags" not in page, "what only the preview's scripts need is left out"


def test_every_link_leads_somewhere(book: Path) -> None:
    page = made(book)
    anchors = re.findall(r'href="#([^"]+)"', page)
    assert anchors
    identities = re.findall(r' id="([^"]+)"', page)
    assert len(identities) == len(set(identities))
    assert set(anchors) <= set(identities)


def test_same_book_same_bytes(book: Path) -> None:
    assert made(book) == made(book)
    first = overview(book, pdf=True)[0]
    data = (book / first).read_bytes()
    assert (book / overview(book, pdf=True)[0]).read_bytes() == data
    assert data.startswith(b"%PDF")


def test_it_is_in_the_account_of_what_was_made(book: Path) -> None:
    """So that `milebook permissions withdraw` finds it."""
    made(book)
    rows = json.loads((book / "build" / "made.json").read_text("utf-8"))["files"]
    row = next(row for row in rows if row["path"] == "build/private-matters-overview.html")
    assert row["kind"] == "overview"
    assert set(row["stories"]) == {"first", "second", "third"}
    assert row["people"] == ["Bob L.", "Z."]
    assert row["photos"] == ["stories/photos/gate.jpg"]


def test_a_book_without_selected_stories_has_an_overview(tmp_path: Path) -> None:
    make_book(tmp_path, [story("only", prose(1, 50), status="submitted")])
    path, findings = overview(tmp_path)
    assert path, findings
    assert "1 story is waiting to be chosen." in Seen((tmp_path / path).read_text("utf-8")).text
    assert overview(tmp_path, pdf=True)[0]


def test_an_index_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "index.yaml").write_text("book: {title: [", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "milebook", "overview", "-C", str(tmp_path)], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 1
    assert "index.yaml" in done.stderr
    assert not (tmp_path / "build").exists()


def card(ident: str, words: int = 200, byline: str = "", tags: tuple[str, ...] = (), photos: int = 0, text: str = "") -> Card:  # fmt: skip
    return Card(ident, ident, byline or ident, words, 300, "selected", tags, photos, text=text)


@pytest.mark.parametrize(
    ("cards", "expected"),
    [
        ([card("a"), card("b"), card("c")], []),
        ([card("a", byline="Ana"), card("b", byline="Ana")], ["b: also by Ana, like the story before it"]),
        ([card("a", byline="Ana"), card("b"), card("c", byline="Ana")], []),
        (
            [card("a", text="At the Boston Marathon I ran."), card("b", text="The Boston Marathon again.")],
            ["b: about the Boston Marathon, like the story before it"],
        ),
        ([card("a", 290), card("b", 280), card("c", 299), card("d", 100)], ["c: the third long story in a row"]),
        ([card("a", 290), card("b", 280), card("c", 299)], []),
        ([card("a", 60), card("b", 200), card("c", 220)], ["chapter one: opens with a short story (60 words)"]),
        (
            [*(card(name, photos=1) for name in "abc"), *map(card, "def")],
            ["c: photos in 3 stories in a row; 3 of the chapter have none"],
        ),
        (
            [card("a", tags=("rain",)), card("b", tags=("rain",)), card("c"), card("d")],
            ["b: “rain”, like the story before it"],
        ),
        ([card(name, tags=("race",)) for name in "abc"], []),
    ],
)
def test_hints_for_the_order(cards: list[Card], expected: list[str]) -> None:
    column = Column("one", "One", 1, 0, tuple(cards))
    assert [f"{hint.story}: {hint.text}" for hint in order_hints([column])] == expected


def test_a_selection_in_words() -> None:
    assert takes({"tags": ("race", "mile"), "status": ("selected",)}) == "takes what is tagged “race” or “mile” and is selected"  # fmt: skip
    assert takes(None) == ""
