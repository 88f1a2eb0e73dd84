"""What must be true of every command on every book, however broken: one run in, what it said out, or a failed assertion.

The status is 0, 1, 2 or 130; no traceback and no fault of milebook's own; within the time; the author's files byte for byte
as they were; nothing new outside the output folder; after a refusal the earlier outputs byte for byte as they were, after a
success files that open.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import signal
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import reading

CHECKOUT = Path(__file__).parents[2]
STATUSES = (0, 1, 2, 130)
SHORT = 60.0  # seconds: nobody waits longer for a small book, on the slowest machine
COMMAND = (sys.executable, "-m", "milebook")


class Ran(NamedTuple):
    """What a command said."""

    status: int
    out: str
    err: str
    seconds: float

    def codes(self) -> set[str]:
        """The codes of the findings it showed."""
        import re

        return set(re.findall(r"(?:error|warning|note)\[(MB\d{3})\]", self.err))

    def said(self, *pieces: str) -> bool:
        return all(piece in self.err for piece in pieces)


class TookTooLong(AssertionError):
    """A command did not end."""


def here(*arguments: str, seconds: float = SHORT) -> Ran:
    """One command in this process: ten times faster than a process of its own."""
    from milebook import commands

    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")

    def late(number: int, frame: object) -> None:
        raise TookTooLong(f"milebook {' '.join(arguments)} was not done after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    start = time.monotonic()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = commands.run(list(arguments))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
    return Ran(status, texts[0], texts[1], time.monotonic() - start)


def apart(
    *arguments: str,
    seconds: float = SHORT,
    before: Sequence[str] = (),
    folder: Path | None = None,
    within: Callable[[], None] | None = None,
    **environment: str,
) -> Ran:
    """One command as a user gives it, in a process of its own; `before` is a program that starts it (strace, unshare …)."""
    start = time.monotonic()
    surroundings = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1", **environment}
    process = subprocess.Popen(
        [*before, *COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        cwd=folder or CHECKOUT,
        env=surroundings,
        preexec_fn=within,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise TookTooLong(f"milebook {' '.join(arguments)} was not done after {seconds} seconds") from None
    return Ran(process.returncode, out.decode("utf-8"), err.decode("utf-8"), time.monotonic() - start)


def snapshot(folder: Path, without: Sequence[Path] = ()) -> dict[str, str]:
    """Every name under a folder with what it is: a digest, the target of a link, or a kind. Nothing odd is opened."""
    found: dict[str, str] = {}
    for path in sorted(_walk(folder, without)):
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            what = f"link to {path.readlink()}"
        elif stat.S_ISREG(status.st_mode):
            what = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            what = f"kind {stat.S_IFMT(status.st_mode):o}"
        found[os.fsencode(path.relative_to(folder)).decode("utf-8", "backslashreplace")] = what
    return found


def _walk(folder: Path, without: Sequence[Path]) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)
            if path in without:
                continue
            yield path
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(path, without)


def outputs(out: Path) -> dict[str, str]:
    """The finished files of an output folder: what the store keeps between runs is none of them."""
    try:
        if out.is_symlink() or not out.is_dir():
            return {}
    except OSError:  # a name that is too long
        return {}
    return snapshot(out, [out / ".cache"])


def judge(ran: Ran) -> Ran:
    """What must be true of what any command said."""
    told = f"status {ran.status}\n{ran.out[-2000:]}\n{ran.err[-4000:]}"
    assert ran.status in STATUSES, told
    for mark in ("Traceback", "internal error", "Exception ignored"):
        assert mark not in ran.err and mark not in ran.out, told
    if ran.status == 1:
        assert ran.err.strip() or "Nothing was written" in ran.out, f"a refusal that says nothing: {told}"
    for line in ran.err.split("\n"):
        assert len(line) <= 3000, f"a line of {len(line):,} characters: {line[:300]}"
        assert "\x1b" not in line and "\x00" not in line and "\u202e" not in line, f"unsafe to show: {line!r}"
        for word in UNFIT:
            assert word not in line.partition("]: ")[2] or line.lstrip()[:1].isdigit(), f"not an author's word: {line}"
    return ran


UNFIT = ("NoneType", "KeyError", "ValueError", "object at 0x", "Errno", " scalar", "exception", "<class")


def try_book(
    root: Path,
    *arguments: str,
    out: str = "build",
    run: Callable[..., Ran] = here,
    opens: bool = True,
    **how: Any,
) -> Ran:
    """`milebook ARGUMENTS -C root`, and everything the oracle says about it. `root` lies in a folder of its own."""
    around = root.parent
    target = root / out
    inputs, earlier = snapshot(around, [target]), outputs(target)
    command, *rest = arguments
    ran = judge(run(command, "-C", str(root), *rest, **how))
    after = snapshot(around, [target])
    changed = sorted(set(inputs.items()) ^ set(after.items()))
    assert not changed, f"outside the output folder something changed: {changed}\n{ran.err}"
    now = outputs(target)
    written = ran.status == 0 or "\nwrote " in ran.out  # open permissions are errors that a draft is there to show
    if written and command == "build" and "--json" not in rest:
        if opens:
            files_open(target)
    elif command in ("check", "status", "permissions") or not written:
        assert now == earlier, (
            f"a refusal changed the outputs: {sorted(set(now.items()) ^ set(earlier.items()))}\n{ran.err}"
        )
    debris = [name for name in now if ".mb-" in name or name.endswith(".lock")]
    assert not debris, f"left behind: {debris}"
    return ran


def files_open(out: Path) -> None:
    """The drafts in a folder are sound: they open, and what is in them is well-formed."""
    for path in sorted(out.rglob("*")):
        if path.suffix == ".docx":
            import docx

            docx.Document(str(path))
            sound_zip(path)
        elif path.suffix in (".epub", ".xlsx"):
            sound_zip(path)
        elif path.suffix == ".pdf":
            import pikepdf

            with pikepdf.open(path) as pdf:
                assert len(pdf.pages) > 0
                assert not pdf.check_pdf_syntax()


def sound_zip(path: Path) -> None:
    """A zip whose members are whole, named once, and well-formed where they are XML."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len({name.casefold() for name in names}) == len(names)
        for name in names:
            assert not name.startswith("/") and ".." not in name.split("/")
            if name.endswith((".xml", ".rels", ".xhtml", ".opf", ".ncx")):
                ElementTree.fromstring(archive.read(name))


def draft(out: Path, suffix: str) -> Path:
    """The one draft of a format in an output folder."""
    (found,) = sorted(out.glob(f"*.{suffix}"))
    return found


TEXTS: Mapping[str, Callable[[Path], str]] = {
    "docx": reading.docx_text,
    "epub": reading.epub_text,
    "pdf": partial(reading.pdf_text, raw=True),
}


def texts(out: Path) -> dict[str, str]:
    """The text of each draft in a folder, read without milebook."""
    return {kind: read(draft(out, kind)) for kind, read in TEXTS.items() if list(out.glob(f"*.{kind}"))}


def nothing_lost(out: Path, *paragraphs: str) -> None:
    """Every paragraph's letters stand in every draft, one after the other."""
    for kind, text in texts(out).items():
        reading.assert_words_in_order(list(paragraphs), text, kind)


def unpacked(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under a folder, and every member of every zip among them (zips in zips too), and a PDF's streams."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from _unpacked(path.relative_to(folder).as_posix(), path.read_bytes())


def _unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield f"{name} (names)", member.encode()
                yield from _unpacked(f"{name}!{member}", archive.read(member))
    elif data.startswith(b"%PDF"):
        import pikepdf

        with pikepdf.open(io.BytesIO(data)) as pdf:
            for number, thing in enumerate(pdf.objects):
                if isinstance(thing, pikepdf.Stream):
                    try:
                        yield f"{name}!{number}", thing.read_bytes()
                    except pikepdf.PdfError:
                        yield f"{name}!{number}", thing.read_raw_bytes()
                else:
                    yield f"{name}!{number}", str(thing).encode("utf-8", "replace")
