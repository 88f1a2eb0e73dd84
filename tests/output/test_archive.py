"""The zips that documents and e-books are: what `zipfile` makes of the same files, without looking at the pictures."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

import pytest

from milebook.output import archive
from milebook.output.archive import Archive, TooLarge
from milebook.output.file_pieces import Pieces

FILES = {
    "mimetype": b"application/epub+zip",
    "EPUB/Čas.xhtml": b"<p>words</p>" * 400,
    "empty.xml": b"",
    "a/b.jpg": bytes(range(256)) * 9,
}
STORED = ("mimetype", "a/b.jpg")


class Named(NamedTuple):
    """A picture that must not be fetched before the file is written."""

    content: bytes
    fetched: list[int]

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def crc32(self) -> int:
        return zlib.crc32(self.content)

    def fetch(self) -> bytes:
        self.fetched.append(1)
        return self.content


def ours(fetched: list[int], files: dict[str, bytes] = FILES) -> Pieces:
    made = Archive()
    for name, data in files.items():
        if name.endswith(".jpg"):
            made.store(name, Named(data, fetched))
        elif name in STORED:
            made.store(name, data)
        else:
            made.deflate(name, data)
    return made.finish()


def theirs(files: dict[str, bytes] = FILES) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name in STORED else zipfile.ZIP_DEFLATED
            made.writestr(entry, data)
    return buffer.getvalue()


def test_the_bytes_are_those_of_zipfile_and_no_picture_is_fetched(tmp_path: Path) -> None:
    fetched: list[int] = []
    file = ours(fetched)
    assert not fetched
    data = file.joined()
    assert len(data) == len(file) and fetched == [1]
    assert data == theirs()
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == FILES
    (tmp_path / "a.zip").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "zipfile", "-t", "a.zip"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0 and "Done testing" in done.stdout


def test_pictures_split_the_pieces_and_nothing_else_does() -> None:
    assert [type(part) for part in ours([]).parts] == [bytes, Named, bytes]


@pytest.mark.parametrize("most", [0, 40, 700])
def test_a_large_archive_is_zip64_as_zipfile_has_it(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(archive, "MOST", most)
    data = ours([]).joined()
    real = zipfile.ZipInfo.FileHeader
    # only what lies far into the archive is to be Zip64, no file that is long itself
    monkeypatch.setattr(zipfile.ZipInfo, "FileHeader", lambda self, zip64=None: real(self, False))
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1 << 31)
    plain = theirs()
    assert data.startswith(plain[: plain.index(b"PK\x01\x02")])
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == FILES
    assert b"PK\x06\x06" in data and b"PK\x06\x07" in data


def test_more_files_than_a_plain_zip_can_count() -> None:
    many = {f"{number}.xml": b"" for number in range((1 << 16) + 3)}
    data = ours([], many).joined()
    assert data == theirs(many)
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        assert len(read.namelist()) == len(many)


def test_offsets_beyond_two_gigabytes() -> None:
    class Vast(NamedTuple):
        size: int
        crc32: int = 0

        def fetch(self) -> bytes:
            raise AssertionError("not to be fetched")

    made = Archive()
    for number in range(3):
        made.store(f"{number}.png", Vast((1 << 31) - 1))
    made.store("last.xml", b"here")
    file = made.finish()
    end = file.parts[-1]
    assert isinstance(end, bytes)
    assert file.size > 3 * (1 << 31) - 3
    at = end.index(b"PK\x06\x06")
    start = int.from_bytes(end[at + 48 : at + 56], "little")
    assert start == file.size - len(end) + end.index(b"PK\x01\x02")
    assert end.endswith(b"\xff\xff\xff\xff\x00\x00"), "the plain end says: look at the other"


def test_a_file_of_more_than_four_gigabytes_is_refused() -> None:
    class Vast(NamedTuple):
        size: int = 1 << 32
        crc32: int = 0

        def fetch(self) -> bytes:
            return b""

    with pytest.raises(TooLarge, match=r"a\.png"):
        Archive().store("a.png", Vast())
