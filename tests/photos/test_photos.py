"""Photos: what is refused, what is forgiven, and that what is printed is upright, sRGB or grey, whole, and nothing but pixels."""

from __future__ import annotations

import io
import pickle
import struct
import threading
import warnings
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw, ImageFile, ImageOps

from milebook.model.codes import CODES
from milebook.model.findings import ERROR, WARNING, Finding, Place
from milebook.photos import PhotoLost, PhotoPreparer, decode, examine
from milebook.photos.color_profiles import like_srgb
from milebook.photos.convert import Limits
from milebook.photos.decode import most_pixels
from milebook.photos.jpeg import read_jpeg, strip
from milebook.source import BookFolder

HERE = Place("stories/index.yaml", 14, 11)
WIDE, HIGH = 250, 200
SECRETS = (b"SECRETNAME", b"SECRETXMP", b"SECRETIPTC", b"SECRETNOTE", b"SECRETTHUMB", b"SECRETTAIL", b"GPS")


@pytest.fixture
def folder(tmp_path: Path) -> BookFolder:
    (tmp_path / "p").mkdir()
    return BookFolder(tmp_path)


def put(folder: BookFolder, data: bytes, name: str = "a.jpg") -> str:
    (folder.root / "p" / name).write_bytes(data)
    return f"p/{name}"


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def look(folder: BookFolder, data: bytes, name: str = "a.jpg") -> list[str]:
    """The codes of what is wrong with a photo, but for its being small, as most are here."""
    facts, findings = examine(BookFolder(folder.root), put(folder, data, name), HERE)
    assert (facts is None) == any(CODES[finding.code].severity == ERROR for finding in findings)
    assert all(finding.place == HERE and finding.hint and f"p/{name}" in finding.message for finding in findings)
    return [code for code in codes(findings) if code != "MB405"]


def scene(width: int = WIDE, height: int = HIGH) -> Image.Image:
    """A photo with a corner of its own: red top left, green top right, blue bottom left, yellow bottom right."""
    image = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    w, h = width // 4, height // 4
    draw.rectangle((0, 0, w, h), "red")
    draw.rectangle((width - w, 0, width, h), (0, 160, 0))
    draw.rectangle((0, height - h, w, height), "blue")
    draw.rectangle((width - w, height - h, width, height), "yellow")
    return image


def saved(image: Image.Image, form: str = "JPEG", **keywords: object) -> bytes:
    made = io.BytesIO()
    image.save(made, form, **keywords)
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def corners(image: Image.Image) -> str:
    """The colours of the four corners, clockwise from the top left, by their initials."""
    names = {"r": (255, 0, 0), "g": (0, 160, 0), "b": (0, 0, 255), "y": (255, 255, 0)}
    rgb, (w, h) = image.convert("RGB"), image.size
    found = ""
    for at in ((w // 8, h // 8), (w - w // 8, h // 8), (w - w // 8, h - h // 8), (w // 8, h - h // 8)):
        pixel = rgb.getpixel(at)
        assert isinstance(pixel, tuple)
        found += min(names, key=lambda name: sum((a - b) ** 2 for a, b in zip(pixel, names[name], strict=True)))
    return found


def turned(lies: int, image: Image.Image) -> Image.Image:
    """The picture as a camera stores it that calls this orientation: upright only once EXIF is heeded."""
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's Transpose that undoes it
    return image.transpose(Image.Transpose(back[lies])) if lies in back else image


def exif(lies: int = 1, gps: bool = True) -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = lies
    made[0x010E] = "SECRETNAME"
    if gps:
        made.get_ifd(0x8825)[0x1D] = "GPSDATE"
    return made


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def matrix_profile(primaries: dict[bytes, tuple[float, float, float]], gamma: float) -> bytes:
    """A small RGB profile with these primaries (D50) and one gamma."""
    tags = {b"wtpt": (0.9642, 1.0, 0.8249), **primaries}
    blobs = {name: b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in xyz)) for name, xyz in tags.items()}
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    blobs |= {b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    blobs[b"desc"] = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"test\0" + bytes(78)
    blobs[b"cprt"] = b"text\0\0\0\0none\0\0\0\0"
    table, body, offset = b"", b"", 132 + 12 * len(blobs)
    for name, blob in blobs.items():
        blob += bytes(-len(blob) % 4)
        table += struct.pack(">4sII", name, offset + len(body), len(blob))
        body += blob
    size = offset + len(body)
    head = struct.pack(">I4s4s4s4s4s", size, b"lcms", b"\x02\x40\0\0", b"mntr", b"RGB ", b"XYZ ") + bytes(12) + b"acsp"
    head += bytes(28) + struct.pack(">3i", 63190, 65536, 54061) + bytes(48)
    return head + struct.pack(">I", len(blobs)) + table + body


SRGB = {b"rXYZ": (0.4361, 0.2225, 0.0139), b"gXYZ": (0.3851, 0.7169, 0.0971), b"bXYZ": (0.1431, 0.0606, 0.7141)}
P3 = {b"rXYZ": (0.5151, 0.2412, -0.0011), b"gXYZ": (0.2920, 0.6922, 0.0419), b"bXYZ": (0.1571, 0.0666, 0.7841)}


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def stuffed(jpeg: bytes) -> bytes:
    """A JPEG with everything in it that must not get into a book."""
    secrets = (
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRETXMP</x:xmpmeta>"),
        segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0aSECRETIPTC"),
        segment(0xFE, b"SECRETNOTE"),
        segment(0xE2, b"MPF\0SECRETTHUMB"),
    )
    return jpeg[:2] + b"".join(secrets) + jpeg[2:] + b"SECRETTAIL" + jpeg


# ---- refused


def bomb() -> bytes:
    """A PNG of 900 million pixels in a few hundred bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "MB401"),
    "zeros": (lambda: bytes(5000), "MB401"),
    "a web page": (lambda: b"<!DOCTYPE html><html><body>404</body></html>", "MB401"),
    "SVG": (lambda: b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "MB401"),
    "text": (lambda: b"Dear Ada, here is my photo.", "MB401"),
    "a PDF": (lambda: b"%PDF-1.7\n", "MB401"),
    "PostScript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "MB401"),
    "a video": (lambda: b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "MB401"),
    "a raw file": (lambda: b"II*\0\x10\0\0\0CR\x02\0" + bytes(100), "MB401"),
    "noise": (lambda: bytes((n * 7919 + n // 13) % 256 for n in range(1, 5000)), "MB401"),
    "noise that begins as JPEG": (lambda: b"\xff\xd8\xff" + bytes(n * 31 % 251 for n in range(5000)), "MB402"),
    "noise that begins as PNG": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(n * 31 % 251 for n in range(5000)), "MB402"),
    "noise that begins as TIFF": (lambda: b"II*\0" + bytes(n * 31 % 251 for n in range(5000)), "MB402"),
    "noise that begins as WebP": (lambda: b"RIFF\xff\0\0\0WEBPVP8 " + bytes(n * 31 % 251 for n in range(500)), "MB402"),
    "noise that begins as HEIC": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500), "MB402"),
    "noise that begins as GIF": (lambda: b"GIF89a\x05\0\x05\0\0\0\0" + bytes(range(200)), "MB402"),
    "noise that begins as BMP": (lambda: b"BM" + bytes(12) + b"\x28" + bytes(60), "MB402"),
    "half a JPEG": (lambda: half(saved(scene())), "MB402"),
    "half a progressive JPEG": (lambda: half(saved(scene(), progressive=True)), "MB402"),
    "half a JPEG with a whole thumbnail": (
        lambda: half(saved(scene(), exif=b"Exif\0\0II*\0\x08\0\0\0\0\0" + saved(scene(80, 60)))),
        "MB402",
    ),
    "a JPEG without its last two bytes": (lambda: saved(scene())[:-2], "MB402"),
    "a JPEG whose second half is zeros": (lambda: zeroed(saved(scene())), "MB402"),
    "a JPEG that is all header": (lambda: saved(scene())[:400], "MB402"),
    "half a turned JPEG": (lambda: half(saved(scene(), exif=exif(6))), "MB402"),
    "half a CMYK JPEG": (lambda: half(saved(scene().convert("CMYK"))), "MB402"),
    "half a PNG": (lambda: half(saved(scene(), "PNG")), "MB402"),
    "a PNG without its end": (lambda: saved(scene(), "PNG")[:-12], "MB402"),
    "half a TIFF": (lambda: half(saved(scene(), "TIFF", compression="tiff_lzw")), "MB402"),
    "half a raw TIFF": (lambda: half(saved(scene(), "TIFF")), "MB402"),
    "half a WebP": (lambda: half(saved(scene(), "WEBP")), "MB402"),
    "half a GIF": (lambda: half(saved(scene(), "GIF")), "MB402"),
    "half a BMP": (lambda: half(saved(scene(), "BMP")), "MB402"),
    "a bomb": (bomb, "MB403"),
    "70 megapixels": (lambda: saved(Image.new("1", (10_000, 7_000)), "PNG"), "MB403"),
    "100 megapixels": (lambda: saved(Image.new("1", (10_000, 10_000)), "PNG"), "MB403"),
    "a JPEG of 251 megapixels": (lambda: saved(Image.new("L", (16_000, 15_700)), quality=1), "MB403"),
    "a GIF that says it is 60,000 across": (lambda: b"GIF89a\x60\xea\x60\xea" + saved(scene(), "GIF")[10:], "MB403"),
}


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def zeroed(data: bytes) -> bytes:
    return half(data) + bytes(len(data) - len(data) // 2)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(folder: BookFolder, name: str) -> None:
    make, code = REFUSED[name]
    assert look(folder, make()) == [code]


def test_half_a_heic_and_half_an_avif_are_refused(folder: BookFolder) -> None:
    assert look(folder, half(heic(scene()))) == ["MB402"]
    assert look(folder, half(saved(scene(), "AVIF"))) == ["MB402"]


def test_a_preparer_says_what_it_cannot_develop(folder: BookFolder, tmp_path: Path) -> None:
    path = put(folder, half(saved(scene(), "PNG")))
    for room in (PhotoPreparer(folder), PhotoPreparer(folder, str(tmp_path / "cache"))):
        room.prefetch([(path, {}), ("p/missing.jpg", {})])
        for name, code in ((path, "MB402"), ("p/missing.jpg", "MB004"), ("../a.jpg", "MB002")):
            with pytest.raises(PhotoLost) as lost:
                room.prepare(name)
            assert codes(lost.value.findings) == [code]
            assert codes(pickle.loads(pickle.dumps(lost.value)).findings) == [code]


def test_the_name_of_a_raw_file_is_heeded(folder: BookFolder) -> None:
    tiff = saved(scene(), "TIFF")
    assert look(folder, tiff, "a.NEF") == ["MB401"]
    assert look(folder, tiff, "a.tif") == []
    assert look(folder, saved(scene()), "a.NEF") == [], "a JPEG by another name is a JPEG"


def test_text_in_a_png_is_never_unpacked(folder: BookFolder) -> None:
    png = saved(scene(), "PNG")

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    packed = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 1))
    assert look(folder, png[:33] + packed + png[33:]) == []


# ---- fine


def heic(image: Image.Image, **keywords: object) -> bytes:
    pillow_heif = pytest.importorskip("pillow_heif", reason="HEIC needs pillow-heif")
    made = io.BytesIO()
    pillow_heif.from_pillow(image).save(made, quality=90, **keywords)
    return made.getvalue()


def sixteen(image: Image.Image) -> Image.Image:
    """Grey in 16 bits: the radial gradient times 257, so that cutting off would turn it black and white."""
    return image.convert("L").convert("I").point(lambda value: value * 257).convert("I;16")


FINE: dict[str, Callable[[], bytes]] = {
    "JPEG": lambda: saved(scene()),
    "progressive JPEG": lambda: saved(scene(), progressive=True),
    "grey JPEG": lambda: saved(scene().convert("L")),
    "CMYK JPEG": lambda: saved(scene().convert("CMYK")),
    "PNG": lambda: saved(scene(), "PNG"),
    "PNG with alpha": lambda: saved(scene().convert("RGBA"), "PNG"),
    "PNG with grey and alpha": lambda: saved(scene().convert("LA"), "PNG"),
    "PNG with a palette": lambda: saved(scene().quantize(64), "PNG"),
    "PNG with a palette and alpha": lambda: saved(scene().quantize(64), "PNG", transparency=bytes(range(64))),
    "PNG with a transparent colour": lambda: saved(scene(), "PNG", transparency=(255, 0, 0)),
    "PNG of 1 bit": lambda: saved(scene().convert("1"), "PNG"),
    "PNG of 16 bits": lambda: saved(sixteen(scene()), "PNG"),
    "GIF": lambda: saved(scene(), "GIF"),
    "BMP": lambda: saved(scene(), "BMP"),
    "TIFF": lambda: saved(scene(), "TIFF"),
    "TIFF, packed": lambda: saved(scene(), "TIFF", compression="tiff_lzw"),
    "TIFF in CMYK": lambda: saved(scene().convert("CMYK"), "TIFF"),
    "TIFF of 16 bits": lambda: saved(sixteen(scene()), "TIFF"),
    "TIFF of 1 bit": lambda: saved(scene().convert("1"), "TIFF"),
    "TIFF in floating point": lambda: saved(scene().convert("F"), "TIFF"),
    "TIFF in LAB": lambda: saved(lab(scene()), "TIFF"),
    "WebP": lambda: saved(scene(), "WEBP"),
    "WebP with alpha": lambda: saved(scene().convert("RGBA"), "WEBP", lossless=True),
    "HEIC": lambda: heic(scene()),
    "AVIF": lambda: saved(scene(), "AVIF"),
}


def lab(image: Image.Image) -> Image.Image:
    made = ImageCms.profileToProfile(
        image, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert made is not None
    return made


@pytest.mark.parametrize("name", FINE)
def test_fine_in_all_formats_and_by_any_name(folder: BookFolder, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    data = FINE[name]()
    before = list(warnings.filters)
    assert look(folder, data, "whatever.jpg") == []
    made = PhotoPreparer(folder).prepare("p/whatever.jpg")
    assert (made.width, made.height) == (WIDE, HIGH)
    image = opened(made.data)
    assert image.size == (WIDE, HIGH)
    assert image.mode == ("L" if made.gray else "RGB")
    assert image.format == {"image/jpeg": "JPEG", "image/png": "PNG"}[made.media_type]
    gray = any(word in name for word in ("grey", "1 bit", "16 bits", "floating"))
    assert made.gray == gray
    if not gray and "alpha" not in name and "transparent" not in name:
        assert corners(image) == "rgyb"
    again = PhotoPreparer(BookFolder(folder.root)).prepare("p/whatever.jpg")
    assert again == made, "the same bytes"
    assert warnings.filters == before
    assert capfd.readouterr() == ("", "")


def test_facts(folder: BookFolder) -> None:
    facts, _ = examine(folder, put(folder, saved(turned(6, scene()), exif=exif(6))), HERE)
    assert facts is not None
    assert (facts.width, facts.height, facts.orientation, facts.passes) == (WIDE, HIGH, 6, False)
    assert (facts.path, facts.format, facts.mode, facts.gray) == ("p/a.jpg", "JPEG", "RGB", False)
    assert facts.sha256 == folder.read["p/a.jpg"]
    assert facts.bytes == (folder.root / "p/a.jpg").stat().st_size
    facts, _ = examine(folder, put(folder, saved(scene().convert("L")), "g.jpg"), HERE)
    assert facts is not None and facts.passes and facts.gray


def test_doubts(folder: BookFolder) -> None:
    frames = {"save_all": True, "append_images": [scene().rotate(90)]}
    for form in ("GIF", "TIFF", "PNG", "WEBP", "AVIF"):
        assert look(folder, saved(scene(), form, **frames)) == ["MB404"], form
        assert corners(opened(PhotoPreparer(folder).prepare("p/a.jpg").data)) == "rgyb", "the first of them"
    assert look(folder, saved(scene(), "MPO", **frames)) == [], "the second picture of a phone is no page"
    assert look(folder, saved(scene(), icc_profile=b"not a profile at all")) == ["MB407"]
    cmyk_says_rgb = saved(scene().convert("CMYK"), icc_profile=matrix_profile(P3, 2.2))
    assert look(folder, cmyk_says_rgb) == ["MB407"]
    assert {CODES[code].severity for code in ("MB404", "MB405", "MB407")} == {WARNING}


def test_small_photos(folder: BookFolder) -> None:
    for data, expected in (
        (saved(scene(899, 1000)), ["MB405"]),
        (saved(scene(900, 700)), []),
        (saved(turned(6, scene(900, 700)), exif=exif(6)), []),  # as it is seen, not as it is stored
        (saved(turned(6, scene(700, 900)), exif=exif(6)), ["MB405"]),
        (saved(Image.new("RGB", (1, 1))), ["MB405"]),
        (saved(scene(899, 700), "PNG"), ["MB405"]),
        (half(saved(scene(80, 60))), ["MB402"]),
    ):
        assert codes(examine(BookFolder(folder.root), put(folder, data), HERE)[1]) == expected


# ---- upright


@pytest.mark.parametrize("lies", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_upright(folder: BookFolder, lies: int, form: str) -> None:
    data = saved(turned(lies, scene()), form, exif=exif(lies, gps=False))
    assert corners(ImageOps.exif_transpose(opened(data))) == "rgyb", "the test itself"
    put(folder, data)
    for limits in ({}, {"max_width": 100}):
        made = PhotoPreparer(folder).prepare("p/a.jpg", **limits)
        assert corners(opened(made.data)) == "rgyb"
        assert made.width * 4 == made.height * 5
        assert not opened(made.data).getexif()


@pytest.mark.parametrize("lies", [1, 3, 6, 8])
def test_upright_heic(folder: BookFolder, lies: int) -> None:
    put(folder, heic(turned(lies, scene()), exif=exif(lies).tobytes()))
    facts, _ = examine(folder, "p/a.jpg", HERE)
    assert facts is not None and (facts.width, facts.height) == (WIDE, HIGH)
    made = PhotoPreparer(folder).prepare("p/a.jpg", max_width=200)
    assert corners(opened(made.data)) == "rgyb"
    assert b"SECRETNAME" not in made.data


def test_orientation_in_xmp_only(folder: BookFolder) -> None:
    xmp = b'http://ns.adobe.com/xap/1.0/\0<rdf:Description tiff:Orientation="6"/>'
    data = saved(turned(6, scene()))
    put(folder, data[:2] + segment(0xE1, xmp) + data[2:])
    assert corners(opened(PhotoPreparer(folder).prepare("p/a.jpg").data)) == "rgyb"


# ---- nothing but pixels


@pytest.mark.parametrize("limits", [{}, {"max_width": 100}, {"gray": True}])
@pytest.mark.parametrize("lies", [1, 6])
def test_no_metadata_is_left(folder: BookFolder, limits: dict[str, int], lies: int) -> None:
    data = stuffed(
        saved(turned(lies, scene()), exif=exif(lies), comment="SECRETNOTE", icc_profile=srgb(), dpi=(300, 300))
    )
    assert all(secret in data for secret in SECRETS)
    put(folder, data)
    made = PhotoPreparer(folder).prepare("p/a.jpg", **limits).data
    assert not any(secret in made for secret in SECRETS)
    assert set(opened(made).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert made.endswith(b"\xff\xd9") and made.count(b"\xff\xd8\xff") == 1
    assert made[:4] == b"\xff\xd8\xff\xe0" and made[6:10] == b"JFIF", "Word's library wants it so"


def test_no_metadata_is_left_in_png(folder: BookFolder) -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "SECRETNAME")
    notes.add_itxt("XML:com.adobe.xmp", "SECRETXMP")
    drawing = Image.new("RGB", (WIDE, HIGH), "white")
    ImageDraw.Draw(drawing).line((0, 0, 999, 799), "black", 5)
    put(folder, saved(drawing, "PNG", pnginfo=notes, exif=exif(), icc_profile=srgb(), dpi=(72, 72)))
    made = PhotoPreparer(folder).prepare("p/a.jpg")
    assert made.media_type == "image/png"
    assert not any(secret in made.data for secret in SECRETS)
    assert opened(made.data).info == {}


# ---- passing through


@pytest.mark.parametrize("name", ["plain", "progressive", "grey", "sRGB", "4:4:4", "restarts", "no JFIF", "Adobe"])
def test_a_sound_jpeg_is_not_re_encoded(folder: BookFolder, name: str) -> None:
    keywords: dict[str, dict[str, object]] = {
        "progressive": {"progressive": True},
        "sRGB": {"icc_profile": srgb()},
        "4:4:4": {"subsampling": "4:4:4"},
        "restarts": {"restart_marker_rows": 2},
    }
    data = saved(scene().convert("L") if name == "grey" else scene(), quality=70, **keywords.get(name, {}))
    if name in ("no JFIF", "Adobe"):
        assert data[2:4] == b"\xff\xe0"
        data = data[:2] + (segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01") if name == "Adobe" else b"") + data[20:]
    put(folder, stuffed(data))
    facts, findings = examine(folder, "p/a.jpg", HERE)
    assert facts is not None and facts.passes and codes(findings) == ["MB405"]
    made = PhotoPreparer(folder).prepare("p/a.jpg", max_width=WIDE, max_height=HIGH, max_area=WIDE * HIGH)
    assert opened(made.data).tobytes() == opened(data).tobytes(), "pixel for pixel"
    assert len(made.data) <= len(data) + 18
    assert made.gray == (name == "grey")
    inside = read_jpeg(made.data)
    assert inside is not None and inside.passes
    assert strip(made.data, inside.keep) == made.data, "there is nothing more to take out"


def test_jpegs_of_an_odd_kind_are_decoded(folder: BookFolder) -> None:
    plain = saved(scene())
    odd = {
        "RGB inside": saved(scene(), keep_rgb=True),
        "wide colours": saved(scene(), icc_profile=matrix_profile(P3, 2.2)),
        "turned": saved(scene(), exif=exif(8)),
        "CMYK": saved(scene().convert("CMYK")),
        "junk between segments": plain[:20] + b"\0\0\0" + plain[20:],
    }
    for name, data in odd.items():
        facts, findings = examine(folder, put(folder, data, f"{name}.jpg"), HERE)
        assert facts is not None and not facts.passes and codes(findings) == ["MB405"], name
        prepared = opened(PhotoPreparer(folder).prepare(f"p/{name}.jpg").data)
        assert sorted(corners(prepared)) == sorted("rgyb"), name


def test_a_jpeg_whose_tables_are_missing_does_not_pass(folder: BookFolder) -> None:
    data = saved(scene())
    facts = read_jpeg(data)
    assert facts is not None
    for marker in (0xC4, 0xDB):
        start = data.index(bytes((0xFF, marker)))
        end = start + 2 + int.from_bytes(data[start + 2 : start + 4])
        broken = data[:start] + data[end:]
        inside = read_jpeg(broken)
        assert inside is not None and not inside.passes
    overfull = bytearray(data)
    at = data.index(b"\xff\xc4") + 5
    overfull[at : at + 2] = b"\x03\x00"  # three codes of one bit
    inside = read_jpeg(bytes(overfull))
    assert inside is not None and not inside.passes


def test_every_truncation_and_many_mutations_are_survived(folder: BookFolder) -> None:
    data = stuffed(saved(scene(64, 48), progressive=True, icc_profile=srgb(), exif=exif(6)))
    end = data.index(b"SECRETTAIL")
    for length in range(3, end, 7):
        inside = read_jpeg(data[:length])
        assert inside is not None and not inside.passes
    for number in range(0, end, 11):
        mutated = bytearray(data)
        mutated[number] ^= 0x55
        path = put(folder, bytes(mutated), "m.jpg")
        facts, _ = examine(BookFolder(folder.root), path, HERE)
        if facts is not None:
            made = PhotoPreparer(BookFolder(folder.root)).prepare(path)
            assert opened(made.data).size == (made.width, made.height) == (facts.width, facts.height)


@pytest.mark.parametrize("form", ["PNG", "TIFF", "WEBP", "GIF", "BMP", "AVIF"])
def test_mutations_of_other_formats_are_survived(
    folder: BookFolder, form: str, capfd: pytest.CaptureFixture[str]
) -> None:
    data = saved(scene(64, 48), form)
    for number in list(range(0, min(len(data), 300), 5)) + list(range(300, len(data), max(7, len(data) // 60))):
        mutated = bytearray(data)
        mutated[number] ^= 0x55
        path = put(folder, bytes(mutated), "m.jpg")
        facts, findings = examine(BookFolder(folder.root), path, HERE)
        assert facts is not None or findings
        if facts is not None:
            made = PhotoPreparer(BookFolder(folder.root)).prepare(path)
            assert (made.width, made.height) == (facts.width, facts.height)
    assert capfd.readouterr() == ("", "")


# ---- colours


def near(pixel: object, wanted: tuple[int, ...], off: int = 6) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= off for a, b in zip(pixel, wanted, strict=True))


def test_wide_colours_become_srgb(folder: BookFolder) -> None:
    stored = (200, 100, 70)
    wanted = (216, 93, 58)  # worked out by hand: to the power of 2.2, through the two matrices, and back
    image = Image.new("RGB", (WIDE, HIGH), stored)
    for data in (
        saved(image, quality=95, icc_profile=matrix_profile(P3, 2.2)),
        saved(image, "PNG", icc_profile=matrix_profile(P3, 2.2)),
    ):
        put(folder, data)
        assert near(opened(PhotoPreparer(folder).prepare("p/a.jpg").data).getpixel((WIDE // 2, HIGH // 2)), wanted)
    put(folder, saved(image, quality=95, icc_profile=srgb()))
    assert near(opened(PhotoPreparer(folder).prepare("p/a.jpg").data).getpixel((WIDE // 2, HIGH // 2)), stored)


def test_which_profiles_are_srgb() -> None:
    assert like_srgb(b"", 3)
    assert like_srgb(srgb(), 3)
    assert like_srgb(matrix_profile(SRGB, 2.2), 3)
    assert not like_srgb(srgb(), 1)
    assert not like_srgb(matrix_profile(P3, 2.2), 3)
    assert not like_srgb(matrix_profile(SRGB, 1.0), 3)
    assert not like_srgb(matrix_profile(SRGB, 1.8), 3)
    for length in range(0, len(srgb()), 13):
        assert like_srgb(srgb()[:length], 3) in (True, False)
    for number in range(0, len(srgb()), 7):
        mutated = bytearray(srgb())
        mutated[number] ^= 0xFF
        assert like_srgb(bytes(mutated), 3) in (True, False)


def test_cmyk_is_not_inverted(folder: BookFolder) -> None:
    for form, ink, wanted in (
        ("JPEG", (0, 255, 255, 0), (255, 0, 0)),
        ("JPEG", (0, 0, 0, 0), (255, 255, 255)),
        ("JPEG", (0, 0, 0, 255), (0, 0, 0)),
        ("TIFF", (255, 0, 255, 0), (0, 255, 0)),
    ):
        put(folder, saved(Image.new("CMYK", (WIDE, HIGH), ink), form))
        made = PhotoPreparer(folder).prepare("p/a.jpg")
        assert near(opened(made.data).getpixel((WIDE // 2, HIGH // 2)), wanted), (form, ink)


def test_cmyk_sideways_is_upright(folder: BookFolder) -> None:
    put(folder, saved(turned(6, scene()).convert("CMYK"), exif=exif(6)))
    made = PhotoPreparer(folder).prepare("p/a.jpg")
    assert (made.width, made.height) == (WIDE, HIGH)
    assert corners(opened(made.data)) == "rgyb"


def test_cmyk_with_a_profile_goes_through_it(folder: BookFolder) -> None:
    profiles = [
        Path("/usr/share/color/icc/ghostscript/default_cmyk.icc"),
        *Path("/usr/share/color").rglob("*CMYK*.icc"),
    ]
    profile = next((path for path in profiles if path.is_file()), None)
    if profile is None:
        pytest.skip("no CMYK profile on this computer")
    image = Image.new("CMYK", (WIDE, HIGH), (255, 0, 0, 0))
    put(folder, saved(image, icc_profile=profile.read_bytes()))
    facts, findings = examine(folder, "p/a.jpg", HERE)
    assert facts is not None and facts.profile == "other" and codes(findings) == ["MB405"]
    pixel = opened(PhotoPreparer(folder).prepare("p/a.jpg").data).getpixel((WIDE // 2, HIGH // 2))
    assert isinstance(pixel, tuple) and pixel[0] < 90 and 100 < pixel[1] < 200 and pixel[2] > 180, (
        "cyan ink, not #00FFFF"
    )


def test_sixteen_bits_are_scaled_and_not_cut_off(folder: BookFolder) -> None:
    ramp = Image.linear_gradient("L").resize((WIDE, HIGH))
    wide = sixteen(ramp)
    for form in ("PNG", "TIFF"):
        put(folder, saved(wide, form))
        made = opened(PhotoPreparer(folder).prepare("p/a.jpg").data)
        assert made.mode == "L"
        differences = [abs(made.getpixel((100, y)) - ramp.getpixel((100, y))) for y in range(0, HIGH, 10)]  # type: ignore[operator]
        assert max(differences) <= 4


def test_sixteen_bits_where_white_is_zero(folder: BookFolder) -> None:
    tags = {262: 0}
    made = io.BytesIO()
    Image.new("I;16", (WIDE, HIGH), 60_000).save(made, "TIFF", tiffinfo=tags)
    put(folder, made.getvalue())
    with Image.open(made) as image:
        if image.tag_v2.get(262) != 0:  # type: ignore[attr-defined]
            pytest.skip("Pillow does not write such files")
    assert opened(PhotoPreparer(folder).prepare("p/a.jpg").data).getpixel((5, 5)) == 255 - round(60_000 / 257)


@pytest.mark.parametrize("scale", [1.0, 1 / 255, 100.0])
def test_floating_point_of_any_range(folder: BookFolder, scale: float) -> None:
    ramp = Image.linear_gradient("L").resize((WIDE, HIGH))
    put(folder, saved(ramp.convert("F").point(lambda value: value * scale + 0), "TIFF"))
    made = opened(PhotoPreparer(folder).prepare("p/a.jpg").data)
    assert made.getpixel((100, 0)) < 10 and made.getpixel((100, HIGH - 1)) > 245  # type: ignore[operator]
    assert 110 < made.getpixel((WIDE // 2, HIGH // 2)) < 145  # type: ignore[operator]


def test_alpha_lies_on_white(folder: BookFolder) -> None:
    clear = Image.new("RGBA", (WIDE, HIGH), (0, 0, 0, 0))
    clear.paste((255, 0, 0, 128), (0, 0, WIDE // 2, HIGH))
    palette = Image.new("P", (WIDE, HIGH), 0)
    palette.putpalette([0, 0, 0, 9, 9, 9])
    for data, left in (
        (saved(clear, "PNG"), (255, 127, 127)),
        (saved(clear, "WEBP", lossless=True), (255, 127, 127)),
        (saved(palette, "PNG", transparency=0), (255, 255, 255)),
        (saved(palette, "GIF", transparency=0), (255, 255, 255)),
        (saved(Image.new("LA", (WIDE, HIGH), (0, 0)), "PNG"), (255, 255, 255)),
    ):
        put(folder, data)
        made = opened(PhotoPreparer(folder).prepare("p/a.jpg").data).convert("RGB")
        assert near(made.getpixel((20, 100)), left)
        assert near(made.getpixel((WIDE - 20, 100)), (255, 255, 255))


# ---- size and kind


def test_limits() -> None:
    assert Limits().fit(3000, 2000) == (3000, 2000)
    assert Limits(max_width=1500).fit(3000, 2000) == (1500, 1000)
    assert Limits(max_height=500).fit(3000, 2000) == (750, 500)
    assert Limits(1500, 500).fit(3000, 2000) == (750, 500)
    assert Limits(max_width=5000, max_height=5000).fit(3000, 2000) == (3000, 2000), "never larger"
    width, height = Limits(max_area=1_000_000).fit(3000, 2000)
    assert width * height <= 1_000_000 < (width + 2) * (height + 2)
    assert Limits(max_width=1).fit(3000, 2) == (1, 1)
    assert max(Limits().fit(66_000, 900)) <= 65_000


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_smaller_but_never_larger(folder: BookFolder, form: str) -> None:
    put(folder, saved(turned(6, scene(1000, 800)), form, exif=exif(6)))
    room = PhotoPreparer(folder)
    for limits, size in (
        ({"max_width": 500}, (500, 400)),
        ({"max_width": 499}, (499, 399)),
        ({"max_height": 80}, (100, 80)),
        ({"max_area": 200_000}, (500, 400)),
        ({"max_width": 9000, "max_height": 9000, "max_area": 10**9}, (1000, 800)),
    ):
        made = room.prepare("p/a.jpg", **limits)
        assert (made.width, made.height) == size == opened(made.data).size
        assert corners(opened(made.data)) == "rgyb"


def test_grey_on_demand(folder: BookFolder) -> None:
    put(folder, saved(scene()))
    made = PhotoPreparer(folder).prepare("p/a.jpg", gray=True)
    assert made.gray and opened(made.data).mode == "L"


def test_drawings_stay_sharp_and_photos_do_not_stay_png(folder: BookFolder) -> None:
    drawing = Image.new("RGB", (600, 450), "white")
    pen = ImageDraw.Draw(drawing)
    for number in range(0, 450, 30):
        pen.line((0, number, 599, 449 - number), "navy", 4)
    kinds = {
        "drawing.png": (saved(drawing, "PNG"), "image/png"),
        "drawing.gif": (saved(drawing, "GIF"), "image/png"),
        "scan.tif": (saved(drawing.convert("1"), "TIFF"), "image/png"),
        "soft.png": (saved(drawing.resize((500, 375), Image.Resampling.LANCZOS), "PNG"), "image/png"),
        "soft grey.png": (
            saved(drawing.convert("L").resize((500, 375), Image.Resampling.LANCZOS), "PNG"),
            "image/png",
        ),
        "drawing.jpg": (saved(drawing), "image/jpeg"),
        "photo.png": (saved(Image.effect_noise((WIDE, HIGH), 60).convert("RGB"), "PNG"), "image/jpeg"),
        "grey photo.png": (saved(Image.effect_noise((WIDE, HIGH), 60), "PNG"), "image/jpeg"),
    }
    for name, (data, media_type) in kinds.items():
        put(folder, data, name)
        assert PhotoPreparer(folder).prepare(f"p/{name}").media_type == media_type, name
    assert opened(PhotoPreparer(folder).prepare("p/drawing.png").data).tobytes() == drawing.tobytes(), "no dot is lost"


# ---- the cache


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[str]:
    yield str(tmp_path / "build" / ".cache")


def entries(cache: str) -> list[Path]:
    return sorted(path for path in Path(cache).glob("??/*") if path.is_file())


def test_what_was_prepared_is_kept(folder: BookFolder, cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, saved(scene(), "PNG"))
    first = PhotoPreparer(folder, cache).prepare("p/a.jpg", max_width=200)
    assert len(entries(cache)) == 1
    monkeypatch.setattr(ImageFile.ImageFile, "__init__", lambda *_: pytest.fail("prepared again"))
    assert PhotoPreparer(folder, cache).prepare("p/a.jpg", max_width=200) == first
    monkeypatch.undo()
    PhotoPreparer(folder, cache).prepare("p/a.jpg", max_width=100)
    assert len(entries(cache)) == 2, "other limits, another entry"
    (folder.root / "p/a.jpg").write_bytes(saved(scene().rotate(180), "PNG"))
    later = BookFolder(folder.root)
    assert corners(opened(PhotoPreparer(later, cache).prepare("p/a.jpg", max_width=200).data)) == "ybrg", (
        "other bytes too"
    )


def test_a_sound_jpeg_takes_no_room_in_the_cache(folder: BookFolder, cache: str) -> None:
    path = put(folder, saved(scene()))
    examine(folder, path, HERE, cache)
    PhotoPreparer(folder, cache).prepare(path)
    assert not Path(cache).exists()


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "folder", "link"])
def test_damaged_entries_are_made_anew(folder: BookFolder, cache: str, tmp_path: Path, harm: str) -> None:
    path = put(folder, saved(scene(), "PNG"))
    first = PhotoPreparer(folder, cache).prepare(path)
    (entry,) = entries(cache)
    data = entry.read_bytes()
    entry.unlink()
    if harm == "folder":
        entry.mkdir()
    elif harm == "link":
        (tmp_path / "other").write_bytes(data)
        entry.symlink_to(tmp_path / "other")
    else:
        harmed = {"cut": data[:-9], "flip": data[:-9] + bytes(9), "empty": b""}
        entry.write_bytes(harmed[harm])
    again = PhotoPreparer(folder, cache).prepare(path)
    assert again == first
    assert again.data == data.split(b"\n", 2)[2]
    if harm in ("cut", "flip", "empty"):
        assert entry.read_bytes() == data, "mended"


def test_verdicts_are_kept_but_not_the_findings(
    folder: BookFolder, cache: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, data in (("small.png", saved(scene(80, 60), "PNG")), ("bad.png", half(saved(scene(), "PNG")))):
        path = put(folder, data, name)
        first = examine(folder, path, HERE, cache)
        with monkeypatch.context() as patch:
            patch.setattr(ImageFile.ImageFile, "__init__", lambda *_: pytest.fail("opened again"))
            assert examine(folder, path, HERE, cache) == first
            elsewhere = examine(folder, path, Place("other", 3), cache)
        assert [finding.place for finding in elsewhere[1]] == [Place("other", 3)]


def test_a_cache_that_cannot_be_written_is_no_trouble(folder: BookFolder, tmp_path: Path) -> None:
    path = put(folder, saved(scene(), "PNG"))
    (tmp_path / "file").touch()
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (tmp_path / "link").symlink_to(outside)
    made = PhotoPreparer(folder).prepare(path)
    for cache in (tmp_path / "file" / "cache", tmp_path / "link" / "cache", tmp_path / "link", outside):
        room = PhotoPreparer(folder, str(cache))
        assert room.prepare(path) == made
        room.prefetch([(path, {})])
    assert list(outside.iterdir()) == [], "nothing is written outside the book folder"


def test_a_full_disk_leaves_no_half_entry(folder: BookFolder, cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(folder, saved(scene(), "PNG"))
    real = Path.replace

    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert PhotoPreparer(folder, cache).prepare(path).width == WIDE
    monkeypatch.setattr(Path, "replace", real)
    assert entries(cache) == []


def test_ctrl_c_leaves_no_half_entry(folder: BookFolder, cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(folder, saved(scene(), "PNG"))

    def interrupted(*_: object) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        PhotoPreparer(folder, cache).prepare(path)
    monkeypatch.undo()
    assert entries(cache) == []


def test_prefetch_fills_the_cache(folder: BookFolder, cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [put(folder, saved(scene(WIDE + number, HIGH), "PNG"), f"{number}.png") for number in range(6)]
    room = PhotoPreparer(folder, cache)
    requests: list[tuple[str, dict[str, int | bool]]] = [(path, {"max_width": 150}) for path in paths]
    room.prefetch(requests, threads=3)
    assert len(entries(cache)) == 6
    monkeypatch.setattr(ImageFile.ImageFile, "__init__", lambda *_: pytest.fail("prepared again"))
    assert [room.prepare(path, max_width=150).width for path in paths] == [150] * 6


def test_a_preparer_can_travel_to_another_process(folder: BookFolder, cache: str) -> None:
    path = put(folder, saved(scene(), "PNG"))
    room = pickle.loads(pickle.dumps(PhotoPreparer(folder, cache)))
    assert room.prepare(path) == PhotoPreparer(folder).prepare(path)


def test_several_threads_at_once(folder: BookFolder, cache: str) -> None:
    path = put(folder, saved(scene(), "TIFF"))
    room = PhotoPreparer(folder, cache)
    made: list[object] = []
    threads = [threading.Thread(target=lambda: made.append(room.prepare(path, max_width=200))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6 and len({repr(one) for one in made}) == 1
    assert len(entries(cache)) == 1


def test_the_most_pixels_are_the_promised_ones() -> None:
    assert [most_pixels(kind) for kind in ("JPEG", "HEIF", "PNG", "TIFF")] == [250_000_000] * 2 + [60_000_000] * 2


def test_a_photo_of_200_megapixels_is_taken(folder: BookFolder, cache: str) -> None:
    from PIL import Image

    path = put(folder, saved(Image.new("L", (12_240, 16_320), 90), "JPEG"), "large.jpg")
    facts, findings = examine(folder, path, Place("stories/index.yaml", 3))
    assert facts is not None and (facts.width, facts.height) == (12_240, 16_320)
    assert codes(findings) == []
    made = PhotoPreparer(folder, cache).prepare(path, max_width=600)
    assert (made.width, made.height) == (600, 800)


def test_a_kind_that_this_computer_cannot_read_is_named(folder: BookFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    data = heic(scene())
    monkeypatch.setitem(decode._OPENERS, "HEIF", ("no_such_module", "no_such_class"))
    findings = examine(folder, put(folder, data, "a.heic"), Place("stories/index.yaml", 3))[1]
    assert codes(findings) == ["MB406"]
    assert "HEIF" in findings[0].message
    assert "JPEG" in findings[0].hint
