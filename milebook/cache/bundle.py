"""Many small values kept between runs as one entry of a store: a key and what JSON can say in, the same out, or None.

A pack holds what the last run used, and nothing else. It is JSON, for whoever put it there cannot be known: whoever asks
for a value has to look whether it has the shape that is wanted.
"""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import blake2b
from typing import Any

from milebook.cache.installation import installation_digest
from milebook.cache.store import Store

VERSION = 1  # of what is kept
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
_KEY = 32  # hexadecimal digits before every value


class Pack:
    """`folder` is where stores stand, "" for none. With `keep` false it is only read."""

    def __init__(self, folder: str, *, keep: bool = True) -> None:
        self._store = Store(f"{folder}/reading" if folder else "")
        self.keeps = bool(folder) and keep
        self._old: dict[bytes, bytes] = {}
        self._new: dict[bytes, bytes] = {}
        if folder:
            kept = self._store.get(_entry(), used=keep)
            self._old = {line[:_KEY]: line[_KEY:] for line in kept.split(b"\n")} if kept else {}

    def get(self, *key: str) -> Any:
        """What the last run put there, None for nothing. The value is not kept on unless it is put or `keep` is called."""
        line = self._old.get(_key(key))
        if line is None:
            return None
        try:
            return json.loads(line.decode())
        except (ValueError, RecursionError):
            return None

    def keep(self, *key: str) -> None:
        """Keeps what `get` gave."""
        if self.keeps:
            name = _key(key)
            self._new[name] = self._old[name]

    def put(self, value: object, *key: str) -> None:
        if self.keeps:
            with suppress(ValueError):  # half a character: what cannot be written is read again
                self._new[_key(key)] = _ENCODER.encode(value).encode()

    def save(self) -> None:
        """Writes what this run has used, if that is not what was there; throws out what other versions left."""
        if self.keeps and self._new != self._old:
            self._store.put(_entry(), b"\n".join([key + line for key, line in self._new.items()]))
            self._store.prune()
        self._old = self._new = {}


def _entry() -> str:
    return Store.key("reading", VERSION, installation_digest())


def _key(parts: tuple[str, ...]) -> bytes:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest().encode()
