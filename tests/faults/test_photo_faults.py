"""Photos as strangers send them: refused by name, or converted, upright, and without a word about where they were taken."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import bookmaking
import oracle
import pytest
import sound

SECRET = b"SECRET-PLACE"


def jpeg(
    size: tuple[int, int] = (1200, 900), mode: str = "RGB", orientation: int = 1, form: str = "JPEG", **how: Any
) -> bytes:
    """A picture whose left upper quarter is dark, with a GPS position and a name in its EXIF."""
    from PIL import Image

    picture = Image.new("RGB", size, "white")
    picture.paste((20, 20, 20), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.0), 3: "E", 4: (2.0, 17.0, 40.0), 29: SECRET.decode()})
    target = BytesIO()
    picture.convert(mode).save(target, form, exif=exif, **how)
    return target.getvalue()


def sixteen_bits() -> bytes:
    from PIL import Image

    white, dark = struct.pack("<H", 65_000), struct.pack("<H", 5_000)
    rows = (dark * 600 + white * 600) * 450 + white * 1200 * 450
    picture = Image.frombytes("I;16", (1200, 900), rows)
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def png(width: int, height: int, data: bytes = b"") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


REFUSED = {
    "truncated": (jpeg()[:3000], "MB402", "stops before"),
    "half a PNG": (jpeg(form="PNG")[:-900], "MB402", "stops before"),
    "zero bytes": (b"", "MB401", "empty"),
    "zeros": (b"\0" * 5000, "MB401", "zeros"),
    "HTML": (b"<!DOCTYPE html><html><body>404", "MB401", "web page"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "MB401", "SVG"),
    "noise": (bytes(range(256)) * 40, "MB401", ""),
    "a video": (b"\0\0\0\x20ftypmp42" + b"\0" * 100, "MB401", "video"),
    "a text": (b"This is my photo.", "MB401", "text"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run\n", "MB401", "PostScript"),
    "over 60 megapixels": (png(30_000, 30_000), "MB403", "900,000,000|30,000"),
    "a decompression bomb": (png(65_000, 65_000, b"\0" * 5_000_000), "MB403", "65,000"),
    "a PNG that says more than it holds": (png(2000, 2000, b"\0" * 100), "MB402", ""),
}


@pytest.mark.parametrize(("data", "code", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_naming_the_file(book: Path, data: bytes, code: str, told: str) -> None:
    sound.write(book / "stories" / "photos" / "ana.jpg", data)
    ran = oracle.try_book(book, "build")
    assert ran.status == 1
    (head,) = [line for line in ran.err.split("\n") if f"error[{code}]" in line]
    assert head.startswith("stories/index.yaml:35:15") and "ana.jpg" in head, head
    assert any(piece in head for piece in told.split("|")), head
    assert "hint: " in ran.err


FINE = {
    "CMYK": jpeg(mode="CMYK"),
    "CMYK and sideways": jpeg(mode="CMYK", orientation=6),
    "grey": jpeg(mode="L"),
    "16-bit": sixteen_bits(),
    "alpha": jpeg(mode="RGBA", form="PNG"),
    "WebP": jpeg(form="WEBP"),
    "TIFF": jpeg(form="TIFF"),
    "wrong extension": jpeg(form="PNG"),
    "progressive": jpeg(progressive=True),
} | {f"EXIF {lies}": jpeg(orientation=lies) for lies in range(1, 9)}


@pytest.mark.parametrize("data", FINE.values(), ids=FINE.keys())
def test_converted_upright_and_without_place_or_name(book: Path, data: bytes) -> None:
    from PIL import Image

    sound.write(book / "stories" / "photos" / "ana.jpg", data)
    ran = oracle.try_book(book, "build", "--jobs", "1", "--no-cache")
    assert ran.status == 0 and not {c for c in ran.codes() if c.startswith("MB40") and c not in ("MB405", "MB407")}, (
        ran.err
    )
    lies = Image.open(BytesIO(data)).getexif().get(0x0112, 1)
    seen = 0
    for name, content in oracle.unpacked(book / "build"):
        assert SECRET not in content, name
        if content[:3] == b"\xff\xd8\xff" or content[:4] == b"\x89PNG":
            picture = Image.open(BytesIO(content)).convert("L")
            if min(picture.size) < 300 or "cover" in name.lower():
                continue
            seen += 1
            assert not picture.getexif(), name
            assert (picture.width > picture.height) == (lies < 5), f"{name} lies on its side"
            dark = [
                picture.getpixel((int(picture.width * x), int(picture.height * y))) < 90  # type: ignore[operator]
                for y in (0.2, 0.8)
                for x in (0.2, 0.8)
            ]  # type: ignore[operator]
            where = {1: 0, 2: 1, 3: 3, 4: 2, 5: 0, 6: 1, 7: 3, 8: 2}[lies]
            assert dark == [n == where for n in range(4)], f"{name}: {dark}"
    assert seen >= 2, "the DOCX and the EPUB hold the photo"


def test_animated_first_frame_with_a_warning(book: Path) -> None:
    from PIL import Image

    target = BytesIO()
    frames = [Image.new("RGB", (1000, 800), color) for color in ("red", "blue")]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    sound.write(book / "stories" / "photos" / "ana.jpg", target.getvalue())
    ran = oracle.try_book(book, "build", "--jobs", "1", "--no-cache")
    assert ran.status == 0 and "MB404" in ran.codes(), ran.err


def test_too_few_pixels_is_a_warning(book: Path) -> None:
    bookmaking.draw(book / "stories" / "photos" / "ana.jpg", (300, 200))
    ran = oracle.try_book(book, "build", "--jobs", "1", "--no-cache")
    assert ran.status == 0 and "MB405" in ran.codes() and "300 pixels wide" in ran.err, ran.err


def test_twelve_photos_in_one_story_and_one_photo_in_ten(book: Path) -> None:
    entry = sound.INDEX[sound.INDEX.index("      - file:") : sound.INDEX.index("  - id: river")]
    sound.write(book / "stories/index.yaml", sound.INDEX.replace(entry, entry * 12))
    ran = oracle.try_book(book, "build", "--jobs", "1", "--no-cache")
    assert ran.status == 0, ran.err
