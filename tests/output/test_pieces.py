"""Files that are handed on in pieces come out whole, and photos are fetched only as it is their turn."""

from __future__ import annotations

import hashlib
import io

from milebook.output.file_pieces import Pieces


class Picture:
    def __init__(self, data: bytes) -> None:
        self.data, self.fetched = data, 0

    @property
    def size(self) -> int:
        return len(self.data)

    def fetch(self) -> bytes:
        self.fetched += 1
        return self.data


def test_pieces_are_written_in_their_order_with_their_digest() -> None:
    picture = Picture(b"\xff\xd8 a picture")
    made = Pieces([b"head ", picture])
    made.add(b" foot")
    assert len(made) == made.size == len(b"head \xff\xd8 a picture foot")
    assert picture.fetched == 0, "nobody has asked for the bytes yet"
    handle = io.BytesIO()
    digest = made.write(handle)
    assert handle.getvalue() == made.joined() == b"head \xff\xd8 a picture foot"
    assert digest == hashlib.sha256(handle.getvalue()).hexdigest()
    assert picture.fetched == 2
