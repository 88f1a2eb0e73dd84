"""What the engine makes of saves, without a browser: pages, what is wrong, the overview, and who is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from milebook.app.preview import BookSource
from milebook.preview.engine import Engine
from milebook.preview.images import Renderer
from milebook.preview.subscribers import Subscriber


class Watched:
    """An engine, and somebody who looks."""

    def __init__(self, book: Path) -> None:
        self.book, self.index = book, book / "stories" / "index.yaml"
        self.engine = Engine(book, BookSource(book), Renderer())
        self.one = Subscriber("me")
        self.engine.subscribe(self.one)
        self.engine.start()

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first message of which something holds."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            message = self.one.next(60)
            assert message is not None
            if holds(message):
                return message
        raise AssertionError("it never came")


@pytest.fixture
def watched(book: Path) -> Iterator[Watched]:
    made = Watched(book)
    yield made
    made.engine.stop()


def test_a_saved_story_gets_new_pages_and_tells_which_paragraph(watched: Watched, book: Path) -> None:
    first = watched.until(lambda message: bool(message["overview"]))
    assert first["pages"]
    assert first["broken"] == []
    file = book / "stories" / "the-gate.md"
    file.write_text(file.read_text("utf-8").replace("\n", " And more.\n", 1), "utf-8")
    then = watched.until(lambda message: message["pages"] != first["pages"])
    assert [anchor for anchor, _ in then["changed"]] == ["mb_the-gate_p01"]
    page = then["changed"][0][1]
    name = then["pages"][page]
    image = watched.engine.pictures.picture(name, 300)
    assert image is not None
    assert image.startswith((b"\x89PNG", b"\xff\xd8"))
    boxes = watched.engine.boxes(name)
    assert boxes is not None
    assert ["mb_the-gate_p01", "stories/the-gate.md:1"] in [[box[0], box[5]] for box in boxes]
    assert watched.engine.pictures.picture(first["pages"][page], 300) is None, "a page that is no longer there"


def test_a_broken_index_leaves_the_pages_and_a_mended_one_clears_it(watched: Watched) -> None:
    first = watched.until(lambda message: bool(message["overview"]))
    text = watched.index.read_text("utf-8")
    for wrong in (text.replace("[the-gate,", "[the-gaet,"), text.replace("stories: [", "stories: [[["), "book: [", ""):
        watched.index.write_text(wrong, "utf-8")
        then = watched.until(lambda message: bool(message["broken"]))
        assert then["pages"] == first["pages"]
        assert all(finding["message"] for finding in then["broken"])
        assert all(finding["of"] == len(then["broken"]) for finding in then["broken"])
        watched.index.write_text(text, "utf-8")
        assert watched.until(lambda message: not message["broken"])["pages"] == first["pages"]


def test_of_many_faults_the_first_are_told_with_their_number(watched: Watched) -> None:
    text = watched.index.read_text("utf-8")
    more = "".join(f"\n  - {{id: more-{number}, titel: More, contributor: {{name: Ana}}}}" for number in range(50))
    watched.index.write_text(f"{text}{more}\n", "utf-8")
    then = watched.until(lambda message: bool(message["broken"]))
    assert len(then["broken"]) == 20
    assert {finding["of"] for finding in then["broken"]} == {50}


def test_a_book_that_has_only_submissions_can_be_chosen_from(book: Path) -> None:
    index = book / "stories" / "index.yaml"
    index.write_text(index.read_text("utf-8").replace("status: selected", "status: submitted"), "utf-8")
    watched = Watched(book)
    try:
        message = watched.until(lambda message: bool(message["overview"]))
        assert message["pages"] == []
        assert message["broken"]
        assert "2 stories are waiting to be chosen." in watched.engine.overview
    finally:
        watched.engine.stop()


def test_whoever_is_behind_gets_the_newest_state_with_all_changes() -> None:
    one = Subscriber("slow")
    for number in range(5):
        one.put({"revision": number, "changed": [[f"p{number}", number]]})
    message = one.next(1)
    assert message is not None
    assert message["revision"] == 4
    assert len(message["changed"]) == 5
    one.end()
    assert one.next(1) is None


def test_a_fault_is_said_as_long_as_it_stands(watched: Watched, book: Path) -> None:
    first = watched.until(lambda message: bool(message["overview"]))
    file, other = book / "stories" / "the-gate.md", book / "stories" / "first-lap.md"
    text = file.read_bytes()
    file.write_bytes(b"\x00\x01\x02" * 40)
    watched.until(lambda message: bool(message["broken"]))
    other.write_text(other.read_text("utf-8").replace("\n", " And more.\n", 1), "utf-8")
    time.sleep(1.5)
    assert watched.engine.broken, "another file's save does not mend it"
    file.write_bytes(text)
    assert watched.until(lambda message: not message["broken"] and message["pages"] != first["pages"])
    time.sleep(1.5)
    assert not watched.engine.broken
    assert watched.engine.reading is not None
    assert watched.engine.reading.items, "it was checked again"
