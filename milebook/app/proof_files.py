"""Find the proof that a returned Word file comes from, among the records in `build/proofs/`."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from milebook.app.named_paths import missing
from milebook.app.proof_records import FOLDER, build_meant, builds, read_record
from milebook.model.findings import Finding, Place
from milebook.review.proof_text import Proof, anchors, read_proof
from milebook.review.returned_file import Returned, read_returned
from milebook.review.word_package import FILE_LIMIT, NotReadable, picture_marks
from milebook.system import files
from milebook.writers.docx.bookmarks import bookmark_names

_DRAFT = "a draft that “milebook build” made is no proof: make one with “milebook proof”"
_OTHER_BOOK = "if it is a proof of another book, name that book's folder with -C"
_AGAINST = "if you know which proof it is, name it: milebook review --against BUILD"


def read_files(paths: Sequence[str]) -> tuple[list[Returned], list[Finding]]:
    """The returned files; a finding for each that cannot be read."""
    read: list[Returned] = []
    findings: list[Finding] = []
    for one in missing(paths):
        why = "its name was typed as several" if one.parted else "there is no such file"
        cure = one.cure or "check its name, and the folder it is in"
        findings.append(Finding("MB830", f"this file cannot be reviewed: {why}", Place(one.shown), cure))
    if findings:
        return read, findings
    seen: dict[str, str] = {}  # by their digests
    for path in paths:
        try:
            data = _bytes(path)
            digest = hashlib.sha256(data).hexdigest()
            if digest in seen:
                raise NotReadable(f"it is the same as {seen[digest]}", "name it once")
            seen[digest] = path
            read.append(read_returned(data, Path(path).name))
        except NotReadable as error:
            findings.append(Finding("MB830", f"this file cannot be reviewed: {error.why}", Place(path), error.cure))
    return read, findings


def _bytes(path: str) -> bytes:
    """The bytes of a file that the user named. Raises NotReadable."""
    if Path(path).name.startswith("~$"):
        why = "it is the lock file that Word keeps beside a document while that is open"
        raise NotReadable(why, "save and close the document in Word, and name the document itself")
    try:
        return files.named_file(path, FILE_LIMIT)
    except (OSError, ValueError) as error:
        if getattr(error, "errno", 0) == errno.EFBIG:
            why, cure = "it is larger than 300 MB", "take the photos out of the Word file and save it again"
        else:
            why = f"it cannot be opened ({getattr(error, 'strerror', None) or error})"
            cure = "check that it is the Word file that came back, and that you may read it"
        raise NotReadable(why, cure) from error


def find_proof(
    root: Path, returned: Sequence[Returned], paths: Sequence[str], against: str
) -> tuple[Proof | None, list[Finding]]:
    """The proof that the files come from: the one of `--against`, else the one that the files name.

    Raises UnknownName for an `against` that is no build.
    """
    known = builds(root / FOLDER)
    if against:
        return _read(root, build_meant(known, against))
    found: dict[str, str] = {}
    for file, path in zip(returned, paths, strict=True):
        build = next((build for build, _ in file.builds if build in known), "")
        if not build:
            return None, [_unknown(file, path, known)]
        found.setdefault(build, path)
    if len(found) > 1:
        (one, first), (other, second) = list(found.items())[:2]
        fact = f"{first} comes from build {one}, {second} from build {other}"
        return None, [Finding("MB831", fact, Place(second), "review files of different proofs one after the other")]
    return _read(root, next(iter(found)))


def proof_of_build(root: Path, build: str) -> tuple[Proof | None, list[Finding]]:
    """The proof of a build, by the beginning of its id. Raises UnknownName where there is none."""
    return _read(root, build_meant(builds(root / FOLDER), build))


def _unknown(file: Returned, path: str, known: Sequence[str]) -> Finding:
    """Why a file is no proof of this book, as far as it can be told."""
    if file.builds:
        build, where = file.builds[0]
        fact = f"this file comes from build {build} (by {where}), and the record of that proof is missing: {FOLDER}/{build}.json"
        if known:
            hint = f"the records there are {', '.join(known)}; {_DRAFT}; {_OTHER_BOOK}; {_AGAINST}"
        else:
            hint = f"there are no records of proofs there; take this one from a backup; {_DRAFT}; {_OTHER_BOOK}"
        return Finding("MB831", fact, Place(path), hint)
    fact = "this file is no proof of this book: nothing in it names a build, neither its properties nor its page headers nor its name"
    hint = _AGAINST if known else "make proofs with “milebook proof”, and have those marked up"
    return Finding("MB831", fact, Place(path), hint)


def _pictures(root: Path, build: str) -> frozenset[str]:
    """The marks of the pictures in the proof's own files, as far as they are still there."""
    marks = set[str]()
    for path in sorted((root / FOLDER).glob(f"*{build}*.docx")):
        with suppress(OSError, NotReadable):
            if path.is_file() and not path.is_symlink() and path.stat().st_size <= FILE_LIMIT:
                marks |= picture_marks(path.read_bytes())
    return frozenset(marks)


def _read(root: Path, build: str) -> tuple[Proof | None, list[Finding]]:
    def parse(document: Any) -> Proof:
        names: dict[str, str] = {}
        for chapter in anchors(document):
            names |= bookmark_names(chapter)
        return replace(read_proof(document, names), pictures=_pictures(root, build))

    cure = "the proof itself is not needed, but its record is: take it from a backup, or make the proof again from the same stories"
    return read_record(root, FOLDER, build, parse, cure)
