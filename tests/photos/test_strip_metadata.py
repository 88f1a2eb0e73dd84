"""Photos for the package: the picture as it was sent, and nothing that tells where or by whose telephone it was taken."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bookmaking import make_book, photo, story
from PIL import Image

from milebook.app.load import load
from milebook.layout import read_layout
from milebook.package import art
from milebook.package.file_names import names
from milebook.photos.decode import DAMAGED, NoPhoto
from milebook.photos.strip_metadata import original

SECRET = b"51.5007N-Ana-Telephone"


def picture(kind: str, mode: str = "RGB", **options: object) -> bytes:
    image = Image.effect_mandelbrot((160, 120), (-2, -1, 1, 1), 60).convert(mode)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    buffer = io.BytesIO()
    image.save(buffer, kind, exif=exif.tobytes(), **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode", "suffix", "options"),
    [
        ("JPEG", "RGB", ".jpg", {}),
        ("JPEG", "RGB", ".jpg", {"progressive": True}),
        ("JPEG", "CMYK", ".jpg", {}),
        ("JPEG", "L", ".jpg", {"comment": SECRET}),
        ("PNG", "RGB", ".png", {}),
        ("PNG", "L", ".png", {}),
        ("WEBP", "RGB", ".webp", {"lossless": True}),
        ("TIFF", "RGB", ".tif", {}),
    ],
)
def test_the_picture_stays_and_the_rest_goes(kind: str, mode: str, suffix: str, options: dict[str, object]) -> None:
    data = picture(kind, mode, **options)
    assert SECRET in data
    made = original(data)
    assert made.suffix == suffix
    assert SECRET not in made.data
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(made.data)) as after:
        assert 0x8825 not in after.getexif()
        if made.as_sent:
            assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
            if kind == "JPEG":
                assert after.getexif().get(0x0112) == 6


def test_a_second_picture_behind_the_first_goes() -> None:
    data = picture("JPEG") + picture("JPEG")
    made = original(data)
    assert SECRET not in made.data
    assert len(made.data) < len(data) * 0.6


def test_a_photo_that_cannot_be_packed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(data: bytes) -> None:
        raise NoPhoto(DAMAGED, "the file stops before the picture does")

    loaded = load(make_book(tmp_path, [story("a", "I ran home.\n", photos=[photo("photos/a.jpg")])]))
    layout, _ = read_layout("press", loaded.folder)
    assert loaded.book is not None
    assert layout is not None
    monkeypatch.setattr(art, "original", refuse)
    put: dict[str, bytes] = {}
    packed = art.pack_art(loaded.book, loaded.folder, names(loaded.book, layout), put.__setitem__)
    assert [finding.code for finding in packed.findings] == ["MB724"]
    assert "photos/a.jpg" in packed.findings[0].message
    assert packed.names == [] and put == {}
