"""Check the folder and the names that outputs are to be written to.

Nothing is ever written outside the book folder, into its sources, or over them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from milebook.model.findings import Finding, Place
from milebook.output import os_errors
from milebook.source import BookFolder, shown
from milebook.source.paths import join
from milebook.system.files import is_link
from milebook.system.leftovers import LOCK, PREFIX
from milebook.system.portable_names import trouble_on_windows

_INPUTS = ("stories", "layouts")


def check_out(out: Path, book: BookFolder) -> list[Finding]:
    """Why `out` cannot be the output folder; [] if it can. Worth asking before the work is begun."""
    hint = "choose a folder of its own inside the book folder, such as build"
    if any(ord(character) < 32 or 0xD800 <= ord(character) <= 0xDC7F for character in str(out)):
        fact = f'the output folder "{shown(out.name)}" has a character in its name that cannot be seen'
        return [Finding("MB065", fact, Place(shown(out.name)), hint)]
    real = Path(os.path.realpath(out))
    written = shown(os_errors.within(real, book.root) if real != book.root else str(out))
    try:
        why = _unusable(real, book) or _holds_sources(real, book)
    except OSError as error:
        return [os_errors.finding(error, real, book.root)]
    if link := _link(out, book) if why else "":
        written, why = link, f"is a link, and what it leads to {why}"
        hint = f'delete the link "{link}": milebook makes a folder of that name'
    elif file := _file_on_the_way(real, book) if why else "":
        hint = f'move the file "{file}" away: milebook makes a folder of that name'
    return [Finding("MB065", f'the output folder "{written}" {why}', Place(written), hint)] if why else []


def _link(out: Path, book: BookFolder) -> str:
    """The link inside the book folder that leads to `out`, as shown; "" if there is none."""
    path = Path(os.path.abspath(out))  # noqa: PTH100 - which leaves links as they are
    for way in (*reversed(path.parents), path):
        above = Path(os.path.realpath(way.parent))
        if above.is_relative_to(book.root) and is_link(way):
            return shown(os_errors.within(above / way.name, book.root))
    return ""


def _file_on_the_way(real: Path, book: BookFolder) -> str:
    """The file that stands where `real` or a folder around it should be, as shown; "" if there is none."""
    for way in (real, *real.parents):
        if way.is_relative_to(book.root) and os.path.lexists(way):
            return "" if way.is_dir() else shown(os_errors.within(way, book.root))
    return ""


def _unusable(real: Path, book: BookFolder) -> str:
    """Why a folder cannot be the output folder, whatever the book reads; "" if it can. Raises OSError."""
    try:
        is_there, is_folder = os.path.lexists(real), real.is_dir()
    except ValueError as error:
        return f"cannot be used: {error}"
    if real == book.root:
        return "is the book folder itself"
    if book.root.is_relative_to(real):
        return "holds the book folder"
    if not real.is_relative_to(book.root):
        return "lies outside the book folder"
    if is_there and not is_folder:
        return "is a file"
    within = real.relative_to(book.root)
    _, problems = join("", within.as_posix(), Place(""))
    if problems:
        return f"cannot be used: {problems[0].message}"
    if within.parts[0].startswith(".") or any(part.startswith(PREFIX) or part == LOCK for part in within.parts):
        return "is a hidden one, which other programs keep for themselves"
    for part in within.parts if not is_there else ():
        if why := trouble_on_windows(part):
            return f"would have a name that Windows refuses: {why}"
    for above in within.parents:
        if str(above) != "." and os.path.lexists(book.root / above) and not (book.root / above).is_dir():
            return f'cannot be made, for "{shown(above.as_posix())}" is a file'
    return ""


def _holds_sources(real: Path, book: BookFolder) -> str:
    """Why files written into a folder would mix with the author's own; "" if they would not."""
    for read in book.read:
        if (book.root / read).is_relative_to(real) and not read.endswith(".json"):  # manifests are read back
            return f'holds a source, "{shown(read)}"'
    index = book.index_path() or ""
    for folder in {*_INPUTS, index.rpartition("/")[0]} - {""}:
        source = Path(os.path.realpath(book.root / folder))
        if real == source or real.is_relative_to(source) or source.is_relative_to(real):
            return f'would mix with your own files in "{folder}"'
    return ""


def check_name(name: str, out: Path, book: BookFolder) -> list[Finding]:
    """Why a file of this name cannot be written; the names are milebook's own, but titles and ids go into them."""
    place = Place(os_errors.within(out, book.root))
    path, problems = join("", name, place)
    if path is None:
        return [finding._replace(code="MB062") for finding in problems]
    if path != name or name.split("/")[0] == LOCK or any(part.startswith(PREFIX) for part in name.split("/")):
        return [Finding("MB062", f'"{shown(name)}" cannot be the name of an output file', place, "rename it")]
    if why := next(filter(None, map(trouble_on_windows, name.split("/"))), ""):
        fact = f'"{shown(name)}" cannot be the name of a file on Windows: {why}'
        return [Finding("MB062", fact, place, "change the title or the id that it is made of")]
    if not Path(os.path.realpath((out / name).parent)).is_relative_to(out):
        fact = f'"{shown(name)}" would be written outside the output folder, for a link leads out of it'
        return [Finding("MB065", fact, place, "delete the link")]
    return []


def check_sources(names: Sequence[str], out: Path, book: BookFolder) -> list[Finding]:
    """Findings for outputs that are, by a link, a file that was read."""
    targets: dict[tuple[int, int], str] = {}
    for name in names:
        with suppress(OSError):
            status = (out / name).lstat()
            if status.st_nlink > 1 or (out / name).is_symlink():  # else it has no other name
                status = (out / name).stat()
                targets[status.st_dev, status.st_ino] = name
    findings = []
    for read in sorted(book.read) if targets else ():
        with suppress(OSError):
            status = (book.root / read).stat()
            name = targets.get((status.st_dev, status.st_ino), "")
            if name and not (book.root / read).is_relative_to(out):
                fact = f'the output file "{shown(name)}" and the source "{shown(read)}" are one file'
                place = Place(os_errors.within(out / name, book.root))
                findings.append(Finding("MB067", fact, place, "delete the link in the output folder"))
    return findings
