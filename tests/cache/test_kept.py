"""What is kept of a book as it was read: nothing is read twice, nothing stale or foreign is believed, nothing looks otherwise."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bookmaking import draw, make_book, photo, prose, story

from milebook.app import build as building
from milebook.app import load as pipeline
from milebook.app.load import Loaded
from milebook.app.request import Request
from milebook.cache.bundle import Pack
from milebook.cache.sealing import sealed, unsealed
from milebook.cache.store import entry as entry_of
from milebook.commands import run
from milebook.index import read_index
from milebook.photos import jpeg
from milebook.source import BookFolder, folder

CHECKS = sorted(path for path in (Path(__file__).parents[1] / "findings").iterdir() if path.is_dir())
ODD = """# A title

It *was* “{quote}” he sang, TODO and “sixty {words}”.

> A quote, *said*
> of somebody else.

1. One[^1]
2. Two {{>> Is this so? <<}}

She walks in beauty\\
like the night\\
of cloudless climes

[^1]: A note, [linked](https://example.org/a) {{>> when? => 1986 <<}}
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with something of everything, of files that look as if they had lain there for long."""
    monkeypatch.setattr(folder, "_FRESH", -1.0)
    entries = [story(f"story-{i}", prose(i, 120)) for i in range(4)]
    entries.append(story("odd", ODD.format(quote="la la la la, so we go home", words="words " * 61)))
    entries.append(story("hidden", "Nobody knows.\n", contributor={"name": "Eve Hidden", "anonymous": True}))
    entries.append(story("verse", "Nur ein Wort.\n", language="de", quotes=[{"text": "Wort", "kind": "poem"}], limit=1))
    entries[0]["photos"] = [photo("a.jpg", people=[{"name": "Ida"}]), photo("b.jpg", place={"after": 1})]
    entries[1]["permission"] = "letter"
    root = make_book(tmp_path / "book", entries, files={"intro.md": "# Before\n\nSome words.\n"}, front=["intro.md"])
    index = root / "stories" / "index.yaml"
    index.write_text(f"agreements: {{letter: {{status: granted}}}}\n{index.read_text('utf-8')}", "utf-8")
    draw(root / "stories" / "a.jpg", size=(400, 300))
    return root


class Reading:
    """Loads of one book with a cache, and what was opened and made anew on the way."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.cache = root, root / "build" / ".cache"
        self.opened: list[str] = []
        self.made: list[str] = []
        descriptor = BookFolder._descriptor

        def opening(this: BookFolder, real: str) -> int:
            self.opened.append(Path(real).name)
            return descriptor(this, real)

        def count(where: Any, name: str, of: Callable[..., str]) -> None:
            original = getattr(where, name)

            def counted(*args: Any, **keywords: Any) -> Any:
                self.made.append(of(*args))
                return original(*args, **keywords)

            monkeypatch.setattr(where, name, counted)

        from milebook import index
        from milebook.checks import word_counts as counts
        from milebook.markdown import story_file as file
        from milebook.permissions import undeclared_quotes as found

        monkeypatch.setattr(BookFolder, "_descriptor", opening)
        count(file, "read_prose", lambda text, path: f"text {path}")
        count(index, "_read", lambda text, path: f"index {path}")
        count(jpeg, "read_jpeg", lambda data: "photo")
        count(counts, "_text_counts", lambda text: "words counted" if text.blocks else "nothing counted")
        count(found, "_passages", lambda blocks, language: "passages looked for")

    def load(self, *, keep: bool = True, cached: bool = True) -> Loaded:
        self.opened.clear()
        self.made.clear()
        jpeg._known.clear()
        loaded = pipeline.load(self.root, str(self.cache) if cached else "", keep=keep)
        loaded.pack.save()
        return loaded

    def work(self) -> list[str]:
        return [what for what in self.made if what != "nothing counted"]


@pytest.fixture
def reading(book: Path, monkeypatch: pytest.MonkeyPatch) -> Reading:
    return Reading(book, monkeypatch)


def said(loaded: Loaded) -> tuple[object, ...]:
    """Everything that a load knows, with the places that nouns do not compare."""
    return (
        repr(loaded.index), repr(loaded.book), loaded.counts, loaded.items, loaded.findings, loaded.folder.read,
        loaded.folder.seen(),
    )  # fmt: skip


def entries(cache: Path) -> list[Path]:
    return sorted((cache / "reading").glob("??/*"))


def test_what_lies_there_untouched_is_not_opened(reading: Reading) -> None:
    first = said(reading.load())
    assert {"index.yaml", "odd.md", "intro.md", "a.jpg"} <= set(reading.opened)
    again = reading.load()
    assert reading.opened == ["index.yaml"]  # for what was kept of it is sealed
    assert reading.work() == ["words counted"]  # the introduction, whose heading has become its title
    assert said(again) == first == said(reading.load(cached=False))


def test_after_one_edit_only_that_story_is_read(reading: Reading) -> None:
    reading.load()
    path = reading.root / "stories" / "story-2.md"
    path.write_text(path.read_text("utf-8") + "\nOne *more* word, Ana.\n", "utf-8")
    edited = reading.load()
    assert reading.opened == ["index.yaml", "story-2.md"]
    assert sorted(reading.work()) == [
        "passages looked for", "text stories/story-2.md", "words counted", "words counted",
    ]  # fmt: skip
    assert said(edited) == said(reading.load(cached=False))
    reading.load()
    assert reading.opened == ["index.yaml"]


def test_an_edited_index_reads_no_story_again(reading: Reading) -> None:
    reading.load()
    index = reading.root / "stories" / "index.yaml"
    index.write_text(index.read_text("utf-8").replace("Story 3", "Another title"), "utf-8")
    edited = reading.load()
    assert reading.opened == ["index.yaml"]
    assert reading.made[0] == "index stories/index.yaml"
    assert said(edited) == said(reading.load(cached=False))


def test_names_are_warned_of_as_ever(reading: Reading) -> None:
    for name in ("Index.yaml", "ODD.md", "A.jpg"):
        (reading.root / "stories" / name).write_text("another", "utf-8")
    first = reading.load()
    assert [f.code for f in first.findings].count("MB009") == 3
    for edited in ("", "index.yaml", "odd.md", "a.jpg"):
        if edited:
            (reading.root / "stories" / edited).touch()
        assert said(reading.load()) == said(reading.load(cached=False))


def test_a_renamed_story_is_read_under_its_name(reading: Reading) -> None:
    reading.load()
    stories = reading.root / "stories"
    (stories / "story-1.md").rename(stories / "renamed.md")
    missing = reading.load()
    assert [f.code for f in missing.findings].count("MB004") == 1
    assert said(missing) == said(reading.load(cached=False))
    index = stories / "index.yaml"
    index.write_text(index.read_text("utf-8").replace('"story-1"', '"renamed"'), "utf-8")
    renamed = reading.load()
    assert sorted(reading.opened) == ["index.yaml", "renamed.md"]
    assert said(renamed) == said(reading.load(cached=False))


@pytest.mark.parametrize("name", ["a.jpg", "story-0.md"])
def test_another_file_of_the_same_size_and_time_is_seen(reading: Reading, name: str) -> None:
    path = reading.root / "stories" / name
    before = path.stat()
    reading.load()
    data = bytearray(path.read_bytes())
    if name == "a.jpg":
        data = data[: len(data) // 2] + bytes(len(data) - len(data) // 2)
    else:
        data[:3] = b"Who"
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    changed = reading.load()
    assert reading.opened == ["index.yaml", name]
    assert said(changed) == said(reading.load(cached=False))


def test_a_file_touched_just_before_is_compared(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "_FRESH", 1e9)
    first = said(reading.load())
    again = reading.load()
    assert {"index.yaml", "odd.md", "a.jpg"} <= set(reading.opened)
    assert not [what for what in reading.made if what.startswith(("text", "index"))]
    assert said(again) == first


@pytest.mark.parametrize(
    ("old", "new"), [('"en-US"', '"fr"'), ('"language": "en-US"', '"language": "en-US", "smart_punctuation": false')]
)
def test_texts_are_read_again_where_their_reading_depends_on_it(reading: Reading, old: str, new: str) -> None:
    reading.load()
    index = reading.root / "stories" / "index.yaml"
    index.write_text(index.read_text("utf-8").replace(old, new), "utf-8")
    changed = reading.load()
    assert len([what for what in reading.made if what.startswith("text")]) >= 7
    assert said(changed) == said(reading.load(cached=False))


def test_what_is_not_used_any_more_is_not_kept(reading: Reading) -> None:
    reading.load()
    (entry,) = entries(reading.cache)
    lines = entry.read_bytes().count(b"\n")
    index = reading.root / "stories" / "index.yaml"
    text = index.read_text("utf-8")
    index.write_text(text.replace('"id": "story-3", "title"', '"id": "story-3", "x": 1, "title"', 1), "utf-8")
    reading.load()
    assert entry.read_bytes().count(b"\n") == lines
    index.write_text(text.replace('"story-3", "title": "Story 3", "status": "selected"', '"story-3"'), "utf-8")
    reading.load()
    assert entry.read_bytes().count(b"\n") == lines - 2  # the text, and what was found out about it
    assert entries(reading.cache) == [entry]


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.name)
def test_findings_are_the_same_from_the_cache(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "_FRESH", -1.0)
    shutil.copytree(path, tmp_path / "book")
    cold = said(pipeline.load(tmp_path / "book"))
    for _ in range(2):
        loaded = pipeline.load(tmp_path / "book", str(tmp_path / "cache"))
        loaded.pack.save()
        assert said(loaded) == cold


def test_places_in_the_index_are_kept(book: Path) -> None:
    read = read_index(BookFolder(book), pack := Pack(str(book / "build" / ".cache")))
    pack.save()
    again = read_index(BookFolder(book), pack := Pack(str(book / "build" / ".cache")))
    assert pack._new, "nothing was kept"
    assert repr(again) == repr(read)
    index = again[0]
    assert index is not None
    letter = index.agreements["letter"]
    assert [one.permission for one in index.stories if one.permission.id] == [letter]


# ---- caches that are damaged, or that somebody else has put there


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "folder"])
def test_a_damaged_cache_is_as_good_as_none(reading: Reading, damage: str) -> None:
    first = said(reading.load())
    (entry,) = entries(reading.cache)
    data = entry.read_bytes()
    if damage == "folder":
        entry.unlink()
        entry.mkdir()
    else:
        half = len(data) // 2
        flipped = data[:half] + bytes([data[half] ^ 1]) + data[half + 1 :]
        entry.write_bytes({"cut": data[:half], "flipped": flipped, "empty": b""}[damage])
    assert said(reading.load()) == first
    assert "odd.md" in reading.opened


def put(entry: Path, lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    entry.write_bytes(entry_of(entry.parent.name + entry.name, data))


JUNK: list[Any] = [
    None,
    {},
    -1,
    1.5,
    True,
    [[[]]],
    {"a": 1},
]  # of a shape that no value has, but for some of their types


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything inside a value of JSON, itself first."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(spot for key, one in inside for spot in spots(one, (*path, key)))]


def changed(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    if not path:
        return junk
    copy = value.copy()
    copy[path[0]] = changed(value[path[0]], path[1:], junk)
    return copy


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


@pytest.mark.parametrize("seed", range(25))
def test_values_of_another_shape_are_found_out_anew(reading: Reading, seed: int) -> None:
    """In every line of the pack something becomes what it cannot be; the digests are right."""
    rng = random.Random(seed)
    first = said(reading.load())
    (entry,) = entries(reading.cache)
    lines = entry.read_bytes().split(b"\n")[1:]
    out = []
    text = (reading.root / "stories" / "index.yaml").read_text("utf-8")
    for line in lines:
        value, inside = json.loads(line[32:]), None
        if isinstance(value, list) and isinstance(value[1], str):
            inside, value = value[0], unsealed(value[1], text)
        path = rng.choice(spots(value))
        wrong = [junk for junk in JUNK if type(junk) is not type(at(value, path))]
        value = changed(value, path, rng.choice(wrong))
        out.append(line[:32] + json.dumps([inside, sealed(value, text)] if inside else value).encode())
    put(entry, out)
    assert said(reading.load()) == first


@pytest.mark.parametrize(
    "line", [b"", b"null", b"[" * 100_000, b'"', b"\xff", b'{"words": [1', b"[[[[[]]]]]", b'["", [], [], []]']
)
def test_lines_that_are_no_values_are_found_out_anew(reading: Reading, line: bytes) -> None:
    first = said(reading.load())
    (entry,) = entries(reading.cache)
    put(entry, [kept[:32] + line for kept in entry.read_bytes().split(b"\n")[1:]])
    assert said(reading.load()) == first


def test_nothing_private_lies_in_the_cache(reading: Reading) -> None:
    index = reading.root / "stories" / "index.yaml"
    index.write_text(
        index.read_text("utf-8").replace('"Ana Example"', '"Ana Example", "email": "ana@home.example"'), "utf-8"
    )
    reading.load()
    kept = b"".join(path.read_bytes() for path in reading.cache.rglob("*") if path.is_file())
    for private in (b"ana@home", b"Eve Hidden", b"Ida"):
        assert private not in kept
    again = reading.load()
    assert "index stories/index.yaml" not in reading.made
    assert again.index is not None
    assert again.index.stories[0].contributor.email == "ana@home.example"


def test_what_is_sealed_is_read_with_the_same_text_only() -> None:
    value = {"a": [1, "é", None]}
    signs = sealed(value, "text")
    assert unsealed(signs, "text") == value
    assert "é" not in signs
    for other in ("Text", "", "text "):
        with pytest.raises((ValueError, TypeError)):
            unsealed(signs, other)
    for wrong in list[Any]((None, 1, [], "é", "!", "")):
        with pytest.raises((ValueError, TypeError)):
            unsealed(wrong, "text")


def test_a_cache_from_elsewhere_changes_no_word(reading: Reading, tmp_path: Path) -> None:
    """A copied book brings its cache along, but not the marks of its files: nothing of it is believed."""
    reading.load()
    (entry,) = entries(reading.cache)
    put(entry, [line.replace(b"Nobody", b"Everybody") for line in entry.read_bytes().split(b"\n")[1:]])
    reading.root = shutil.copytree(reading.root, tmp_path / "copy")
    reading.cache = reading.root / "build" / ".cache"
    copied = reading.load()
    assert "hidden.md" in reading.opened
    assert copied.book is not None
    assert "Everybody" not in repr(copied.book)


def test_nothing_is_read_or_written_through_a_link(reading: Reading, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    reading.cache.parent.mkdir()
    reading.cache.symlink_to(elsewhere)
    reading.load()
    assert list(elsewhere.iterdir()) == []
    reading.cache.unlink()
    reading.load()
    shutil.move(reading.cache, elsewhere / "kept")
    reading.cache.symlink_to(elsewhere / "kept")
    reading.load()
    assert "odd.md" in reading.opened


# ---- commands


def test_a_refused_build_leaves_nothing(book: Path) -> None:
    index = book / "stories" / "index.yaml"
    index.write_text(index.read_text("utf-8").replace('"title": "One"', '"titel": "One"'), "utf-8")
    assert run(["build", str(book)]) == 1
    assert not (book / "build").exists()


def test_builds_with_and_without_what_was_kept_are_alike(book: Path) -> None:
    def made(*, cache: bool) -> list[str]:
        outcome = building.build(book, Request(jobs=1, cache=cache))
        assert outcome.written
        return [output["sha256"] for output in outcome.report["outputs"]]  # type: ignore[attr-defined]

    first = made(cache=True)
    assert made(cache=True) == first
    path = book / "stories" / "story-0.md"
    path.write_text(path.read_text("utf-8") + "\nMore.\n", "utf-8")
    edited = made(cache=True)
    assert edited != first
    assert edited == made(cache=False)
