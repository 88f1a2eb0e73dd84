"""Repairs of damaged text: a file as it is and as it would be, line by line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineRepair:
    """A line (from 1) of a file as it is and as it would be; "" where there would be none."""

    file: str
    line: int
    before: str
    after: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileRepair:
    """A file of the book that holds damaged text. Bytes, since everything else in it stays as it is."""

    path: str
    old: bytes
    new: bytes
    lines: tuple[LineRepair, ...]
