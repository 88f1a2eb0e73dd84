"""What a writer keeps between runs, beside photos and lines: files that do not depend on the text, and texts as deflated.

Keys hold everything an entry depends on, and the digest of this installation (`installation_digest`), which nobody else can know: an
entry that came with a stranger's book folder is never found. Nor is one trusted that is: it has to have the right shape,
names no address that was not asked for, or is compared with what it stands for. What fails is made again.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress

from milebook.cache.installation import installation_digest
from milebook.cache.store import Store
from milebook.writers.transcripts import plain

STORE = "shells"
BUILD = "@build@"  # stands in kept texts where the id of the build has to stand, which is another with every edit

_ADDRESS = re.compile(r'(?:Target|href|src|full-path)="([^"]*)"')

Texts = dict[str, str | None]  # files by name, in their order; None for one that somebody else has


def store(cache: str) -> Store:
    """`cache` is a folder for what may be kept between runs; "" for none."""
    return Store(f"{cache}/{STORE}" if cache else "")


def texts(
    store: Store,
    about: tuple[object, ...],
    build_id: str,
    make: Callable[[str], Texts],
    *,
    others: Collection[str] = (),
    addresses: Collection[str] = (),
) -> Texts:
    """What `make` makes of nothing but a build's id and `about`, which is numbers and texts and lists of them.

    `others` are the files that it names without making them, `addresses` all that its XML may point to.
    """
    written = json.dumps(about)
    if not store.folder or not (build_id.isascii() and build_id.isalnum()) or BUILD in written:
        return make(build_id)
    key = Store.key("texts", installation_digest(), written)
    made = _read_texts(store.get(key), frozenset(others), frozenset(addresses))
    if made is None:
        made = make(BUILD)
        store.put(key, json.dumps(made).encode())
    return {name: text and text.replace(BUILD, build_id) for name, text in made.items()}


def _read_texts(kept: bytes | None, others: frozenset[str], addresses: frozenset[str]) -> Texts | None:
    """The texts of an entry, or None where there is none or it is not one of ours."""
    try:
        read = json.loads(kept or b"null")
    except (ValueError, RecursionError):
        return None
    if not isinstance(read, dict) or {name for name, text in read.items() if text is None} != others:
        return None
    for text in read.values():
        if text is not None and not (isinstance(text, str) and "<!" not in text):
            return None
        if text is not None and not all(plain(address) in addresses for address in _ADDRESS.findall(text)):
            return None
    return read


def file(store: Store, about: tuple[object, ...], starts: bytes, make: Callable[[], bytes]) -> bytes:
    """The same of a file that begins with `starts`."""
    if not store.folder:
        return make()
    key = Store.key("file", installation_digest(), *about)
    kept = store.get(key)
    if kept is not None and kept.startswith(starts):
        return kept
    made = make()
    store.put(key, made)
    return made


class Deflated:
    """Files as they were deflated for the last archive of a name: most are in the next one too.

    They are found by CRC-32 and size, and inflated and compared before they are used, so that nothing but time is lost by
    an entry that is wrong.
    """

    LEAST = 400  # bytes; less is deflated as fast as found

    def __init__(self, store: Store, *name: str) -> None:
        self._store = store
        self._key = Store.key("deflated", installation_digest(), *name) if store.folder else ""
        self._known = self._read()
        self._used: dict[tuple[int, int], bytes] = {}

    def get(self, data: bytes, crc32: int) -> bytes | None:
        packed = self._known.get((crc32, len(data)))
        if packed is not None:
            with suppress(zlib.error):
                inflater = zlib.decompressobj(-zlib.MAX_WBITS)
                same = inflater.decompress(packed, len(data) + 1) == data
                if same and inflater.eof and not inflater.unused_data:
                    self._used[crc32, len(data)] = packed
                    return packed
        return None

    def learn(self, data: bytes, crc32: int, packed: bytes) -> None:
        if self._key and len(data) >= self.LEAST:
            self._used[crc32, len(data)] = packed

    def keep(self) -> None:
        """Puts those that this archive used in the place of those before."""
        if self._key and self._used.keys() != self._known.keys():
            head = [[*name, len(packed)] for name, packed in self._used.items()]
            self._store.put(self._key, b"".join((json.dumps(head).encode(), b"\n", *self._used.values())))

    def _read(self) -> Mapping[tuple[int, int], bytes]:
        known: dict[tuple[int, int], bytes] = {}
        kept = self._store.get(self._key) if self._key else None
        if kept is not None:
            head, _, rest = kept.partition(b"\n")
            at = 0
            with suppress(ValueError, TypeError, RecursionError):
                for crc32, size, length in json.loads(head):
                    known[crc32, size] = rest[at : at + length]
                    at += length
        return known
