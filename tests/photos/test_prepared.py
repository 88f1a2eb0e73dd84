"""Prepared pictures travel by name: their bytes are fetched when a file is written, and are those or none."""

from __future__ import annotations

import hashlib
import json
import pickle
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFile

from milebook.cache.store import entry as entry_of
from milebook.model.findings import Place
from milebook.photos import PhotoLost, PhotoPreparer, PreparedPhoto, examine
from milebook.photos.known_jpegs import known_jpeg
from milebook.source import BookFolder

KINDS = {"plain.jpg": {}, "turned.jpg": {"max_width": 300}, "drawing.png": {}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    noise = Image.effect_noise((900, 600), 60).convert("RGB")
    noise.save(tmp_path / "plain.jpg", comment=b"SECRET")
    exif = Image.Exif()
    exif[0x112] = 6
    noise.save(tmp_path / "turned.jpg", exif=exif)
    noise.resize((300, 200)).quantize(4).save(tmp_path / "drawing.png")
    return tmp_path


def room(root: Path, cache: bool = True) -> PhotoPreparer:
    return PhotoPreparer(BookFolder(root), str(root / "cache") if cache else "")


def all_of(room: PhotoPreparer) -> dict[str, PreparedPhoto]:
    return {name: room.prepare(name, **limits) for name, limits in KINDS.items()}  # type: ignore[arg-type]


@pytest.mark.parametrize("cache", [True, False])
def test_what_is_fetched_is_what_was_promised(root: Path, cache: bool) -> None:
    for made in all_of(room(root, cache)).values():
        data = made.fetch()
        assert made.data == data
        assert (made.size, made.crc32) == (len(data), zlib.crc32(data))
        assert made.sha256 == hashlib.sha256(data).hexdigest()
        assert b"SECRET" not in data


def test_with_and_without_a_cache_the_pictures_are_equal(root: Path) -> None:
    assert all_of(room(root)) == all_of(room(root)) == all_of(room(root, cache=False))


def test_pictures_are_small_to_send_and_good_in_another_process(root: Path) -> None:
    made = all_of(room(root))
    for one in made.values():
        assert len(pickle.dumps(one)) < 1000 < one.size
    (root / "made.pickle").write_bytes(pickle.dumps(made))
    code = (
        "import pickle, hashlib; made = pickle.load(open('made.pickle', 'rb'));"
        "print(*(hashlib.sha256(one.fetch()).hexdigest() for one in made.values()))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [one.sha256 for one in made.values()]


def test_a_relative_cache_is_found_from_elsewhere(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(root)
    made = PhotoPreparer(BookFolder(root), "cache").prepare("drawing.png")
    monkeypatch.setattr(ImageFile.ImageFile, "__init__", lambda *_: pytest.fail("prepared again"))
    monkeypatch.chdir("/")
    assert made.fetch()


def test_fetching_is_not_reading(root: Path) -> None:
    here = room(root)
    made = all_of(here)
    before = here.folder.seen()
    for one in made.values():
        one.fetch()
    assert here.folder.seen() == before
    (root / "plain.jpg").write_bytes(b"other")
    with pytest.raises(PhotoLost):
        made["plain.jpg"].fetch()
    assert here.folder.seen() == before


@pytest.mark.parametrize("harm", ["other", "cut", "gone", "folder"])
@pytest.mark.parametrize("name", list(KINDS))
def test_a_photo_changed_after_it_was_prepared_is_lost(root: Path, name: str, harm: str) -> None:
    here = room(root)
    made = all_of(here)[name]
    path = root / name
    data = path.read_bytes()
    path.unlink()
    if harm == "folder":
        path.mkdir()
    elif harm != "gone":
        path.write_bytes(
            {
                "other": (root / "plain.jpg").read_bytes()[::-1] if name != "plain.jpg" else data[:-40] + bytes(40),
                "cut": data[:-9],
            }[harm]
        )
    for entry in (root / "cache").rglob("??/*"):
        entry.unlink()  # a print that is still kept is that of the photo as it was
    with pytest.raises(PhotoLost) as lost:
        made.fetch()
    (finding,) = lost.value.findings
    assert (finding.code, finding.place.file) == ("MB020", name)
    assert pickle.loads(pickle.dumps(lost.value)).findings == [finding]


def test_a_print_that_was_thrown_out_is_made_again(root: Path) -> None:
    made = all_of(room(root))["turned.jpg"]
    data = made.fetch()
    (entry,) = (path for path in (root / "cache").rglob("??/*") if data in path.read_bytes())
    entry.unlink()
    assert made.fetch() == data
    assert entry.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"size": 7}, {"crc32": 7}, {"width": 0}, {"width": "1"}, {"media_type": "image/svg+xml"}, {"sha256": "short"},
        {"gray": 2}, {"size": -1}, {"width": True},
    ],
)  # fmt: skip
def test_a_foreign_entry_never_reaches_a_file(root: Path, change: dict[str, object]) -> None:
    made = room(root).prepare("drawing.png")
    (entry,) = (root / "cache").rglob("??/*")
    _, head, picture = entry.read_bytes().split(b"\n", 2)
    facts = dict(
        zip(("width", "height", "media_type", "gray", "size", "crc32", "sha256"), json.loads(head), strict=True)
    )
    forged = json.dumps(list((facts | change).values())).encode() + b"\n" + picture
    entry.write_bytes(entry_of(entry.parent.name + entry.name, forged))
    again = room(root).prepare("drawing.png")
    try:
        assert again.fetch() == made.fetch()
    except PhotoLost:  # it passed for facts, but not for those of the picture: the next run does not meet it again
        assert room(root).prepare("drawing.png").fetch() == made.fetch()


def test_without_a_cache_a_photo_is_prepared_once_in_a_process(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[int] = []
    real = ImageFile.ImageFile.__init__

    def counted(*given: Any, **named: Any) -> None:
        prepared.append(1)
        real(*given, **named)

    monkeypatch.setattr(ImageFile.ImageFile, "__init__", counted)
    here = room(root, cache=False)
    for _ in range(3):
        all_of(here)
    assert len(prepared) == 2, "the plain one needs none"
    assert len(pickle.dumps(here)) < 5000, "what has been made stays here"


def test_on_the_next_run_nothing_is_converted_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = all_of(room(root))
    monkeypatch.setattr(ImageFile.ImageFile, "__init__", lambda *_: pytest.fail("converted again"))
    assert all_of(room(root)) == first


def test_a_photo_that_was_measured_when_it_was_examined_is_not_read_again(root: Path) -> None:
    Image.effect_noise((310, 270), 50).save(root / "unseen.jpg")  # which nobody has measured in this process
    folder = BookFolder(root)
    data, sha256, _ = folder.read_hashed("unseen.jpg", Place("unseen.jpg"))
    assert data is not None
    known_jpeg(data, sha256, measured=True)
    folder.read_hashed = None  # type: ignore[method-assign, assignment]
    made = PhotoPreparer(folder).prepare("unseen.jpg")
    assert made == room(root, cache=False).prepare("unseen.jpg")


def test_a_photo_that_was_examined_for_printing_is_not_read_again_in_another_process(root: Path) -> None:
    Image.effect_noise((310, 280), 50).save(root / "unseen.jpg")
    here = room(root)
    examine(here.folder, "unseen.jpg", Place("unseen.jpg"), str(root / "cache"))
    (root / "preparer.pickle").write_bytes(pickle.dumps(here))
    code = (
        "import pickle; there = pickle.load(open('preparer.pickle', 'rb'));"
        "there.folder.read_hashed = None; print(there.prepare('unseen.jpg').sha256)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == room(root, cache=False).prepare("unseen.jpg").sha256
