"""A package that was received: what is damaged, missing or strange in it is found, as a folder and as a zip."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from milebook.package.manifest import NAME, manifest, verify, write_zip

FILES = {
    "README.txt": b"A book.\n",
    "01_text/Book_full.docx": b"PK the manuscript",
    "02_art/Book_Figure_01_01.jpg": b"\xff\xd8 a photo",
}


@pytest.fixture
def files() -> dict[str, bytes]:
    return {**FILES, NAME: manifest({name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()})}


def unpacked(files: dict[str, bytes], root: Path) -> Path:
    for name, data in files.items():
        path = root / "package" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root / "package"


def packed(files: dict[str, bytes], root: Path) -> Path:
    path = root / "package.zip"
    with path.open("w+b") as out:
        write_zip(out, {name: partial(io.BytesIO, data) for name, data in files.items()}, "package", "2026-03-15")
    return path


def zipped_by_another(files: dict[str, bytes], root: Path) -> Path:
    path = root / "again.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"package/{name}", data)
    return path


FORMS = pytest.mark.parametrize("form", [unpacked, packed, zipped_by_another], ids=lambda form: form.__name__)
Form = Callable[[dict[str, bytes], Path], Path]


def codes(package: Path) -> list[str]:
    return [finding.code for finding in verify(package)[1]]


@FORMS
def test_what_was_sent(files: dict[str, bytes], form: Form, tmp_path: Path) -> None:
    assert verify(form(files, tmp_path)) == (3, [])


@FORMS
def test_a_file_that_was_changed(files: dict[str, bytes], form: Form, tmp_path: Path) -> None:
    files["README.txt"] = b"A look.\n"
    assert codes(form(files, tmp_path)) == ["MB721"]


@FORMS
def test_a_file_that_is_missing(files: dict[str, bytes], form: Form, tmp_path: Path) -> None:
    del files["02_art/Book_Figure_01_01.jpg"]
    assert codes(form(files, tmp_path)) == ["MB722"]


@FORMS
def test_a_file_that_was_not_sent(files: dict[str, bytes], form: Form, tmp_path: Path) -> None:
    files["02_art/extra.jpg"] = b"who put that here?"
    assert codes(form(files, tmp_path)) == ["MB723"]


@FORMS
def test_what_a_system_leaves_in_folders_does_no_harm(files: dict[str, bytes], form: Form, tmp_path: Path) -> None:
    for name in (".DS_Store", "02_art/._Book_Figure_01_01.jpg", "02_art/Thumbs.db", "desktop.ini"):
        files[name] = b"\0\5\x16\7"
    assert verify(form(files, tmp_path)) == (3, [])
    files["02_art/Thumbs.db.exe"] = b"MZ"
    assert codes(form(files, tmp_path)) == ["MB723"]


@FORMS
@pytest.mark.parametrize("listed", [b"", b"no sums here\n", b"\xff\xfe"], ids=["empty", "prose", "bytes"])
def test_no_list_of_sums(files: dict[str, bytes], form: Form, listed: bytes, tmp_path: Path) -> None:
    files[NAME] = listed
    assert codes(form(files, tmp_path)) == ["MB720"]


def test_no_package_at_all(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["MB720"]
    assert codes(tmp_path / "nowhere.zip") == ["MB720"]
    (tmp_path / "letter.zip").write_bytes(b"Dear Ana,")
    assert codes(tmp_path / "letter.zip") == ["MB720"]


def test_a_bit_of_the_zip_that_no_file_shows(files: dict[str, bytes], tmp_path: Path) -> None:
    path = packed(files, tmp_path)
    data = bytearray(path.read_bytes())
    data[10] ^= 1  # the time of the first file
    path.write_bytes(data)
    assert codes(path) == ["MB721"]
