"""What is private and yet kept between runs: a value and the text it was read from in, signs out that tell nothing without it.

Whoever has the text knows all that it says; whoever is given only the folder of what was made learns nothing.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from hashlib import blake2b, shake_256
from typing import Any


def sealed(value: object, text: str) -> str:
    """What JSON can say of `value`; raises ValueError for what cannot be written."""
    return b64encode(_mixed(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), text)).decode()


def unsealed(signs: object, text: str) -> Any:
    """The value that was sealed with the same text; raises ValueError or TypeError for anything else."""
    if type(signs) is not str:
        raise TypeError
    return json.loads(_mixed(b64decode(signs), text).decode())


def _mixed(data: bytes, text: str) -> bytes:
    """The bytes, each changed by a stream of others that only the text gives; done twice, they are the first again."""
    secret = blake2b(text.encode("utf-8", "surrogatepass"), person=b"milebook index").digest()
    stream = shake_256(secret).digest(len(data))
    return (int.from_bytes(data, "little") ^ int.from_bytes(stream, "little")).to_bytes(len(data), "little")
