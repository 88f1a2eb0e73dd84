"""The file itself: streams that end well, whatever is in them, and cross references that lead to their objects."""

from __future__ import annotations

import io
import random
import re
import zlib

import pytest

from milebook.output.file_pieces import Pieces
from milebook.writers.pdf.file.objects import Objects
from milebook.writers.pdf.file.syntax import begun, deflated, ends_well, name, number, padded, string

pikepdf = pytest.importorskip("pikepdf")


def ending_in(byte: int) -> bytes:
    """Content whose checksum ends in a byte."""
    dice = random.Random(1)
    return next(c for _ in range(100_000) if zlib.adler32(c := dice.randbytes(20)) & 0xFF == byte)


@pytest.mark.parametrize("byte", [0x0A, 0x0D, 0x20])
def test_no_stream_ends_in_a_line_end(byte: int) -> None:
    content = ending_in(byte)
    assert ends_well(content) == (byte == 0x20)
    for spare in (b" ", b"\x01", b"\0\1"):
        packed = deflated(content, spare)
        assert packed[-1] not in b"\n\r"
        assert zlib.decompress(packed) == padded(content, spare)
        assert padded(content, spare).removeprefix(content).replace(spare, b"") == b""
    if byte == 0x20:
        assert padded(content) == content


def test_a_stream_goes_on_after_its_beginning() -> None:
    for beginning in (b"", b"a b c" * 99, ending_in(0x0A)):
        for rest in (b"", b"q Q", *(b"%d" % n for n in range(600))):
            whole = begun(beginning).ended(rest)
            assert whole[-1] not in b"\n\r"
            assert zlib.decompress(whole).rstrip(b" ") == (beginning + rest).rstrip(b" ")


def begin(objects: Objects, title: str = "") -> tuple[int, int]:
    """A catalog with one page, and the document's information; their numbers."""
    root, pages, page, info = (objects.reserve() for _ in range(4))
    objects.put(root, f"<</Type/Catalog/Pages {pages} 0 R>>")
    objects.put(pages, f"<</Type/Pages/Kids[{page} 0 R]/Count 1>>")
    objects.put(page, f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 9 9]/Resources<<>>>>")
    objects.put(info, f"<</Title{string(title)}>>")
    return root, info


@pytest.mark.parametrize("packed", [True, False])
def test_every_file_is_sound_to_the_byte(packed: bool) -> None:
    """Hundreds of files that differ a little: one in a hundred would end in a line end somewhere."""
    padded_tables = 0
    for size in range(400):
        objects = Objects(packed=packed)
        root, info = begin(objects, "x" * size)
        stream = objects.stream("", b"y" * (size + 1))
        made = objects.file(root, info).joined()
        with pikepdf.open(io.BytesIO(made)) as pdf:
            assert pdf.check_pdf_syntax() == []
            assert not pdf.get_warnings()
            assert pdf.get_object(stream, 0).read_raw_bytes() == b"y" * (size + 1)
        for end in re.finditer(rb"(.)\nendstream", made, re.DOTALL):
            assert end[1] not in b"\n\r"
        padded_tables += b"/Size 9/" in made
    assert not packed or padded_tables, "no table has needed a row more: the test tests nothing"


def test_objects_may_be_more_than_one_stream_holds() -> None:
    objects = Objects(packed=True)
    root, info = begin(objects)
    numbers = [objects.add(f"({n})") for n in range(1000)]
    with pikepdf.open(io.BytesIO(objects.file(root, info).joined())) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert [str(pdf.get_object(number, 0)) for number in numbers] == [str(n) for n in range(1000)]


def test_pictures_stay_where_they_lie() -> None:
    class Picture:
        size = 10_000_000

        def fetch(self) -> bytes:
            raise AssertionError("nobody writes the file")

    objects = Objects(packed=True)
    root, info = objects.reserve(), objects.reserve()
    objects.put(root, "<<>>")
    objects.put(info, "<<>>")
    objects.stream("/Filter/DCTDecode", Picture(), Picture.size)
    made = objects.file(root, info)
    assert isinstance(made, Pieces)
    assert made.size > Picture.size
    assert sum(len(part) for part in made.parts if isinstance(part, bytes)) < 2000


def test_syntax() -> None:
    assert string("a (b) \\") == r"(a \(b\) \\)"
    assert string("é\n") == "<FEFF00E9000A>"
    assert string("😀") == "<FEFFD83DDE00>"
    assert name("A b/c#") == "/A#20b#2Fc#23"
    assert [number(value) for value in (1, 1.5, -0.001, 432.0, 0.126)] == ["1", "1.5", "0", "432", "0.13"]
