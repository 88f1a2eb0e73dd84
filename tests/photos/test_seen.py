"""A photo that looks as it did when the last run examined it is not read again; any other one is."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

import pytest
from PIL import Image

from milebook.cache.store import Store
from milebook.model.findings import Place
from milebook.photos import PhotoFacts, PhotoLost, PhotoPreparer, SeenPhotos, examine
from milebook.source import BookFolder

NAMES = ("plain.jpg", "gray.jpg", "turned.jpg", "drawing.png")


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> Path:
    noise = Image.effect_noise(
        (900 + len(name), 600), 60
    )  # no photo twice, for a process remembers those that it has seen
    turned = Image.Exif()
    turned[0x112] = 6
    noise.convert("RGB").save(tmp_path / "plain.jpg", comment=b"SECRET")
    noise.save(tmp_path / "gray.jpg")
    noise.convert("RGB").save(tmp_path / "turned.jpg", exif=turned)
    noise.resize((300, 200)).quantize(4).save(tmp_path / "drawing.png")
    now = time.time() + 10
    monkeypatch.setattr("time.time", lambda: now)  # the photos are older than a moment
    return tmp_path


def run(root: Path, name: str) -> tuple[PhotoFacts | None, BookFolder]:
    """What every run does with the photos of a book."""
    folder, cache = BookFolder(root), str(root / "cache")
    seen = SeenPhotos(cache)
    facts, findings = examine(folder, name, Place(name), cache, seen)
    assert {finding.code for finding in findings} <= {"MB405"}
    seen.keep(folder)
    return facts, folder


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    read: list[str] = []
    real = BookFolder.read_hashed

    def counted(self: BookFolder, path: str, place: Place) -> tuple[bytes | None, str, list[object]]:
        read.append(path)
        return real(self, path, place)  # type: ignore[return-value]

    monkeypatch.setattr(BookFolder, "read_hashed", counted)
    return read


def test_untouched_it_is_not_read(root: Path, name: str, reads: list[str]) -> None:
    first, was = run(root, name)
    again, now = run(root, name)
    assert reads == [name]
    assert again == first
    assert now.read == was.read
    assert now.seen() == was.seen()
    picture = PhotoPreparer(now, str(root / "cache")).prepare(name)
    assert reads == [name] or name not in ("plain.jpg", "gray.jpg")
    assert hashlib.sha256(picture.fetch()).hexdigest() == picture.sha256


def test_a_change_during_the_run_is_noticed(root: Path, name: str) -> None:
    run(root, name)
    _, folder = run(root, name)
    (root / name).write_bytes(b"other")
    assert folder.changed_since_read() == [name]


@pytest.mark.parametrize("harm", ["touched", "other", "gone", "link"])
def test_touched_it_is_read(root: Path, name: str, reads: list[str], harm: str) -> None:
    run(root, name)
    path = root / name
    data = path.read_bytes()
    path.unlink()
    if harm == "touched":
        path.write_bytes(data)
    elif harm == "other":
        path.write_bytes(b"?" * len(data))
    elif harm == "link":
        path.symlink_to("/etc/hosts")
    folder, cache = BookFolder(root), str(root / "cache")
    facts, findings = examine(folder, name, Place(name), cache, SeenPhotos(cache))
    assert reads == [name, name]
    assert (facts is not None) == (harm == "touched")
    assert (facts, findings) == examine(BookFolder(root), name, Place(name))


def test_one_that_has_just_been_changed_is_not_kept(root: Path, name: str, reads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    written = (root / name).stat().st_mtime
    monkeypatch.setattr("time.time", lambda: written + 0.1)
    run(root, name)
    run(root, name)
    assert reads == [name, name]


@pytest.mark.parametrize(
    "entry",
    [
        b"", b"[]", b"null", b"7", b"{", b"[" * 100_000, b'{"a": 1}', b'{"NAME": []}', b'{"NAME": ["x", [1, 2, 3, 4], null]}',
        b'{"NAME": ["SHA", [1, 2, 3], null]}', b'{"NAME": ["SHA", [1, 2, "3", 4], null]}', b'{"NAME": ["SHA", [1, 2, 3, 4], []]}',
        b'{"NAME": ["SHA", [1, 2, 3, 4], [0, 9, false, [], 9, 9, "SHA"]]}',
        b'{"NAME": ["SHA", [1, 2, 3, 4], [9, 9, false, [[0]], 9, 9, "SHA"]]}',
        b'{"NAME": ["SHA", [1, 2, 3, 4], [9, 9, false, [[-1, 2]], 9, 9, "SHA"]]}',
        b'{"NAME": ["SHA", [1, 2, 3, 4], [9, 9, false, [], 9, 9, 9]]}',
    ],
)  # fmt: skip
def test_a_foreign_entry_is_nothing(root: Path, name: str, reads: list[str], entry: bytes) -> None:
    first, _ = run(root, name)
    entry = entry.replace(b"NAME", name.encode()).replace(b"SHA", b"0" * 64)
    assert Store(str(root / "cache")).put(Store.key("photos seen"), entry)
    assert run(root, name)[0] == first
    assert reads == [name, name]


@pytest.mark.parametrize("name", ["plain.jpg"])
def test_a_forged_entry_is_found_out_and_thrown_away(root: Path, name: str, reads: list[str]) -> None:
    _, folder = run(root, name)
    store, key = Store(str(root / "cache")), Store.key("photos seen")
    ((sha256, mark, cut),) = json.loads(store.get(key) or b"").values()
    forged = hashlib.sha256(b"another photo").hexdigest()
    cut[5] ^= 1
    store.put(key, json.dumps({name: [forged, mark, cut]}).encode())
    facts, folder = run(root, name)
    assert facts is not None
    assert reads == [name]
    picture = PhotoPreparer(folder, store.folder).prepare(name)
    with pytest.raises(PhotoLost):
        picture.fetch()
    facts, _ = run(root, name)
    assert facts is not None
    assert facts.sha256 == sha256
    assert reads == [name, name]
