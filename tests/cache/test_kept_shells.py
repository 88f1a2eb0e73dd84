"""What writers keep between runs: made once, found again, and never believed where it is wrong."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from milebook.cache.store import Store
from milebook.cache.store import entry as entry_of
from milebook.output.archive import Archive
from milebook.writers import kept

ABOUT = ("kind", ["a title", 3], {"b": None})
MADE = {"a.xml": '<a href="b.xml">@</a>', "b.xml": None, "c.xml": "<c>build @</c>"}


class Maker:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, build_id: str) -> kept.Texts:
        self.asked.append(build_id)
        return {name: text and text.replace("@", build_id) for name, text in MADE.items()}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return kept.store(str(tmp_path / ".cache"))


def texts(store: Store, make: Maker, build_id: str = "0123456789ab", about: tuple[object, ...] = ABOUT) -> kept.Texts:
    return kept.texts(store, about, build_id, make, others=["b.xml"], addresses=["b.xml"])


def put(store: Store, entry: bytes) -> None:
    """Puts other bytes in the place of the only entry, with a digest that is right."""
    (path,) = (path for path in Path(store.folder).glob("??/*") if path.is_file())
    path.write_bytes(entry_of(path.parent.name + path.name, entry))


def test_texts_are_made_once_for_all_builds(store: Store) -> None:
    make = Maker()
    for build_id in ("0123456789ab", "ba9876543210"):
        found = texts(store, make, build_id)
        assert found == {name: text and text.replace("@", build_id) for name, text in MADE.items()}
        assert list(found) == list(MADE), "in their order"
    assert make.asked == [kept.BUILD]
    texts(store, make, about=("kind", ["another title", 3], {"b": None}))
    assert len(make.asked) == 2


@pytest.mark.parametrize(
    ("build_id", "about"), [("", ABOUT), ("<&>", ABOUT), ("0123", ("a title with @build@ in it",))]
)
def test_a_build_that_cannot_be_filled_in_is_made_as_it_is(
    store: Store, build_id: str, about: tuple[object, ...]
) -> None:
    make = Maker()
    for _ in range(2):
        assert texts(store, make, build_id, about)["c.xml"] == f"<c>build {build_id}</c>"
    assert make.asked == [build_id] * 2


def test_without_a_cache_everything_is_made(tmp_path: Path) -> None:
    make = Maker()
    for _ in range(2):
        assert texts(kept.store(""), make)["c.xml"] == "<c>build 0123456789ab</c>"
    assert len(make.asked) == 2


@pytest.mark.parametrize(
    "foreign",
    [
        b"", b"{", b"[]", b"null", b"\xff", b"\x80\x04N.",
        json.dumps({"a.xml": "<a/>"}).encode(),
        json.dumps(MADE | {"d.xml": None}).encode(),
        json.dumps(MADE | {"a.xml": 3}).encode(),
        json.dumps(MADE | {"a.xml": '<a href="http://example.org/evil.dotm"/>'}).encode(),
        json.dumps(MADE | {"a.xml": '<R Target="file:///etc/passwd"/>'}).encode(),
        json.dumps(MADE | {"a.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "c">]><a/>'}).encode(),
    ],
)  # fmt: skip
def test_foreign_texts_are_made_again(store: Store, foreign: bytes) -> None:
    make = Maker()
    right = texts(store, make)
    put(store, foreign)
    assert texts(store, make) == right
    assert len(make.asked) == 2
    assert texts(store, make) == right
    assert len(make.asked) == 2, "mended"


def test_a_file_is_made_once_and_has_to_begin_as_it_should(store: Store) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"\0\1\0\0 font"

    for _ in range(3):
        assert kept.file(store, ("font", 1), b"\0\1", make) == b"\0\1\0\0 font"
    assert len(made) == 1
    put(store, b"MZ program")
    assert kept.file(store, ("font", 1), b"\0\1", make) == b"\0\1\0\0 font"
    assert len(made) == 2


PAGES = {f"{number}.xhtml": f"<p>page {number}, and what is on it</p>".encode() * 30 for number in range(5)}


def archived(store: Store, pages: dict[str, bytes]) -> bytes:
    deflated = kept.Deflated(store, "epub")
    archive = Archive(deflated)
    for name, page in pages.items():
        archive.deflate(name, page)
    deflated.keep()
    return archive.finish().joined()


def packed_again(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    count: list[int] = []
    real = zlib.compressobj

    def counted(*given: Any) -> Any:
        count.append(1)
        return real(*given)

    monkeypatch.setattr("milebook.output.archive.zlib.compressobj", counted)
    return count


def test_only_what_has_changed_is_deflated_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    count = packed_again(monkeypatch)
    first = archived(store, PAGES)
    assert len(count) == 5
    assert archived(store, PAGES) == first == archived(kept.store(""), PAGES)
    assert len(count) == 10, "the five without a cache"
    edited = PAGES | {"2.xhtml": b"<p>another</p>" * 40}
    changed = archived(store, edited)
    assert len(count) == 11
    assert changed == archived(kept.store(""), edited)
    (entry,) = (path for path in Path(store.folder).glob("??/*") if path.is_file())
    assert len(kept.Deflated(store, "epub")._known) == 5, "what the last archive does not hold is not kept"
    assert entry.stat().st_size < 2000


@pytest.mark.parametrize("harm", ["swapped", "empty", "noise", "head", "shape", "long", "numbers"])
def test_a_wrong_entry_costs_nothing_but_time(store: Store, harm: str) -> None:
    right = archived(store, PAGES)
    (path,) = (path for path in Path(store.folder).glob("??/*") if path.is_file())
    _, head, rest = path.read_bytes().split(b"\n", 2)
    facts = json.loads(head)
    lengths = [length for _, _, length in facts]
    pieces = [rest[sum(lengths[:at]) : sum(lengths[: at + 1])] for at in range(len(lengths))]
    if harm == "swapped":
        pieces[0], pieces[1] = pieces[1], pieces[0]
        facts[0][2], facts[1][2] = facts[1][2], facts[0][2]
    elif harm == "noise":
        pieces = [bytes(len(piece)) for piece in pieces]
    elif harm == "empty":
        pieces = [b""] * len(pieces)
    elif harm == "long":
        facts[0][2] = 1 << 40
    elif harm == "numbers":
        facts[1] = ["1", [2], -3]
    head = {"head": b"{", "shape": b'{"a": 1}'}.get(harm, json.dumps(facts).encode())
    put(store, head + b"\n" + b"".join(pieces))
    assert archived(store, PAGES) == right
