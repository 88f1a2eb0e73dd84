"""What is kept between runs: found again, never believed when damaged, thrown out when nobody asks for it any more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from milebook.cache.store import Store

KEYS = [Store.key("test", number) for number in range(5)]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "things"


def files(place: Path) -> int:
    return sum(path.is_file() for path in place.glob("??/*"))


def next_run(place: Path, *used: str, keep_runs: int = 3, most_bytes: int = 10**9) -> int:
    """One run that asks for some keys. Times are set by hand: the clock of a disk may tick slowly."""
    store = Store(str(place))
    stamp = place / ".run"
    if stamp.exists():
        os.utime(stamp, ns=(10**18, 10**18))
    for path in place.glob("??/*"):
        os.utime(path, ns=(10**17, 10**17))
    for key in used:
        assert store.get(key) is not None
    return store.prune(keep_runs, most_bytes)


def test_kept_and_found(place: Path) -> None:
    store = Store(str(place))
    assert store.get(KEYS[0]) is None
    assert not place.exists(), "asking makes nothing"
    store.put(KEYS[0], b"one\ntwo\n")
    store.put(KEYS[1], b"")
    store.put(KEYS[0], b"one\ntwo\n")
    again = Store(str(place))
    assert again.get(KEYS[0]) == b"one\ntwo\n"
    assert again.get(KEYS[1]) == b""
    assert again.get(KEYS[2]) is None


def test_keys_tell_everything_apart() -> None:
    parts = [
        ("a",),
        ("a", ""),
        ("a", 1),
        ("a", "1"),
        ("a", 1, 0),
        ("ab",),
        ("a", "b"),
        ("a", True),
        ("é",),
        ("a", None),
    ]
    keys = {Store.key(*part) for part in parts}
    assert len(keys) == len(parts)
    assert all(len(key) == 64 and key.isalnum() for key in keys)
    assert Store.key("a", 1) == Store.key("a", 1)


@pytest.mark.parametrize("harm", [b"", b"x", b"\n", b"0" * 64 + b"\nother"])
def test_damaged_entries_are_none(place: Path, harm: bytes) -> None:
    store = Store(str(place))
    store.put(KEYS[0], b"data")
    (entry,) = place.glob("??/*")
    entry.write_bytes(harm)
    assert store.get(KEYS[0]) is None
    store.put(KEYS[0], b"data")
    assert store.get(KEYS[0]) == b"data"


def test_no_entry_is_taken_for_another(place: Path) -> None:
    store = Store(str(place))
    for number, key in enumerate(KEYS[:2]):
        store.put(key, b"entry %d" % number)
    one, two = (place / key[:2] / key[2:] for key in KEYS[:2])
    two.write_bytes(one.read_bytes())
    assert store.get(KEYS[0]) == b"entry 0"
    assert store.head(KEYS[0], 3) == b"ent"
    assert store.get(KEYS[1]) is None
    assert store.head(KEYS[1], 3) == b""


def test_a_pipe_is_not_waited_for(place: Path) -> None:
    store = Store(str(place))
    store.put(KEYS[0], b"kept")
    for path in (place / KEYS[0][:2] / KEYS[0][2:], place / "ledger.json"):
        path.unlink(missing_ok=True)
        os.mkfifo(path)
    assert store.get(KEYS[0]) is None
    assert store.head(KEYS[0], 9) == b""
    store.prune()
    store.put(KEYS[0], b"kept again")
    assert store.get(KEYS[0]) == b"kept again"


def test_a_store_without_a_folder_holds_nothing() -> None:
    store = Store("")
    store.put(KEYS[0], b"data")
    assert store.get(KEYS[0]) is None
    assert store.prune() == 0


def test_links_are_not_followed(place: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    place.parent.mkdir()
    place.symlink_to(outside)
    for store in (Store(str(place)), Store(str(place / "deeper"))):
        store.put(KEYS[0], b"data")
        assert store.get(KEYS[0]) is None
    assert list(outside.iterdir()) == []


def test_what_nobody_asks_for_is_thrown_out(place: Path) -> None:
    store = Store(str(place))
    for key in KEYS:
        store.put(key, b"data")
    assert next_run(place, *KEYS) == 0
    assert next_run(place, KEYS[0]) == 0
    assert next_run(place, KEYS[0], KEYS[1]) == 0, "asked for again in time"
    assert next_run(place, KEYS[0]) == 3
    assert next_run(place, KEYS[0]) == 0
    assert next_run(place, KEYS[0]) == 1
    assert [Store(str(place)).get(key) is not None for key in KEYS] == [True] + [False] * 4


def test_what_is_spared_stays(place: Path) -> None:
    store = Store(str(place))
    for key in KEYS[:2]:
        store.put(key, b"kept")
    for _ in range(5):
        stamp = place / ".run"
        if stamp.exists():
            os.utime(stamp, ns=(10**18, 10**18))
        for path in place.glob("??/*"):
            os.utime(path, ns=(10**17, 10**17))
        store.use(KEYS[0])
        store.use(KEYS[4])  # was never there
        store.prune(3)
    assert store.get(KEYS[0]) == b"kept"
    assert store.get(KEYS[1]) is None
    assert store.get(KEYS[4]) is None


def test_the_longest_unused_go_first_when_room_is_short(place: Path) -> None:
    store = Store(str(place))
    for key in KEYS:
        store.put(key, bytes(1000))
    next_run(place, *KEYS)
    next_run(place, KEYS[0], KEYS[1])
    assert next_run(place, KEYS[0], keep_runs=99, most_bytes=2500) == 3
    assert [store.get(key) is not None for key in KEYS] == [True, True, False, False, False]


@pytest.mark.parametrize("ledger", [b"[" * 100_000, b"", b"[]", b'{"a": "b"}', b"\xff"])
def test_a_damaged_ledger_is_begun_anew(place: Path, ledger: bytes) -> None:
    store = Store(str(place))
    store.put(KEYS[0], b"data")
    next_run(place, KEYS[0])
    (place / "ledger.json").write_bytes(ledger)
    assert next_run(place) == 0
    assert store.get(KEYS[0]) == b"data"


def test_leftovers_of_killed_runs_are_swept(place: Path) -> None:
    store = Store(str(place))
    store.put(KEYS[0], b"data")
    leftover = next(place.glob("??")) / ".mb-0123-1-1"
    leftover.touch()
    store.prune()
    assert not leftover.exists()
    assert files(place) == 1


def test_another_process_may_have_used_an_entry(place: Path) -> None:
    store = Store(str(place))
    store.put(KEYS[0], b"data")
    for _ in range(5):
        assert next_run(place, KEYS[0]) == 0, "told by the time on the entry, not by this object's memory"
    assert store.get(KEYS[0]) == b"data"
