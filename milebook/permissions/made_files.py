"""Which files already made still hold a story: the manifests under build/ in, what they list out.

A manifest is any JSON file that milebook has put beside what it made (build.json, those of proofs and packages), also inside
a package's zip archive.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from milebook.model.book import Book, Story
from milebook.model.findings import Place
from milebook.model.text import Text
from milebook.permissions.privacy import words_in
from milebook.permissions.wording import printed_name
from milebook.source import BookFolder

_LARGEST = 20_000_000  # bytes of one manifest
_DEPTH = 6


class Holder(NamedTuple):
    """A manifest that names the story. `outputs` are the files it lists; `date` and `build_id` as it gives them."""

    manifest: str  # relative to the book folder; for one in an archive, "build/x.zip: metadata.json"
    outputs: tuple[str, ...]
    date: str
    build_id: str


def holders(folder: BookFolder, story: str, out: str = "build") -> list[Holder]:
    """Every manifest under `out` that names the story, sorted by path."""
    found = []
    for path in _files(folder, out):
        if path.endswith(".json"):
            data, _ = folder.read_bytes(path, Place(path), _LARGEST)
            found += _holder(path, data or b"", story)
        elif path.endswith(".zip"):
            data, _ = folder.read_bytes(path, Place(path))
            for name, inner in _manifests(data or b""):
                found += _holder(f"{path}: {name}", inner, story)
    return found


def _files(folder: BookFolder, under: str, depth: int = 0) -> Iterator[str]:
    """Paths of what could be a manifest; folders whose name begins with a dot are milebook's own working places."""
    for name in folder.names(under):
        path = f"{under}/{name}"
        if name.startswith("."):
            continue
        if name.endswith((".json", ".zip")):
            yield path
        elif "." not in name[-6:] and depth < _DEPTH:
            yield from _files(folder, path, depth + 1)


def _manifests(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for info in archive.infolist():
                if info.filename.endswith(".json") and info.file_size <= _LARGEST:
                    yield info.filename, archive.read(info)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return


def _holder(name: str, data: bytes, story: str) -> list[Holder]:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return []
    if not _names(document, story):
        return []
    fields = document if isinstance(document, dict) else {}
    outputs = fields.get("outputs") or fields.get("files") or ()
    paths = [one.get("path", "") if isinstance(one, dict) else one for one in outputs if isinstance(one, dict | str)]
    shown = tuple(path for path in paths if isinstance(path, str) and path)
    return [Holder(name, shown, str(fields.get("date", "")), str(fields.get("build_id", "")))]


def _names(value: Any, story: str) -> bool:
    """Whether a JSON value speaks of a story as something that is in it."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if story in (one.get("id"), one.get("story")):
                return True
            stories = one.get("stories")
            if isinstance(stories, list | dict) and story in stories:
                return True
            waiting += [inner for key, inner in one.items() if key != "findings"]
        elif isinstance(one, list):
            waiting += one
    return False


def mentions(book: Book, story: Story) -> list[tuple[str, Place]]:
    """Where the rest of the book still speaks of a withdrawn story: its contributor's names, or its title."""
    who = story.contributor
    wanted = [words for words in map(words_in, {who.name, printed_name(who), story.title}) if len(words) > 1]
    if who.anonymous:
        wanted = [words_in(who.name)] if len(words_in(who.name)) > 1 else []
    found: list[tuple[str, Place]] = []
    for what, text in _other_texts(book, story):
        for block in text.blocks:
            words = words_in(block.text)
            if any(_row(words, row) for row in wanted):
                found.append((what, block.place))
    if book.cover_path and book.cover_path in {photo.path for photo in story.photos if photo.path}:
        found.append((f"the cover {book.cover_path}", book.info.at("cover")))
    return found


def _other_texts(book: Book, story: Story) -> Iterator[tuple[str, Text]]:
    for matter in (*book.front, *book.back):
        yield f"“{matter.title}”", matter.text
    for chapter in book.chapters:
        yield f"the opening of “{chapter.title}”", chapter.opening
        for one in chapter.stories:
            if one.id != story.id:
                yield f"“{one.title}”", one.text


def _row(words: list[str], row: list[str]) -> bool:
    return any(words[start : start + len(row)] == row for start in range(len(words) - len(row) + 1))
