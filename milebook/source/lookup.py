"""Find the file on the disk for a relative path, or the reason why it is refused.

Names are matched as an author means them (accents however stored, capitals with a warning), links are followed inside the
folder only. Nothing is opened here but folders, for their names.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from posixpath import dirname
from typing import NamedTuple
from unicodedata import normalize

from milebook.model.command_words import command_word
from milebook.model.findings import Finding, Place
from milebook.model.near_names import nearest
from milebook.source.characters import shown
from milebook.source.copied_names import copies
from milebook.source.paths import join
from milebook.system.files import is_link, is_link_status

_PHOTOS = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif")  # never a text where a photo is meant
_MOST_SUGGESTIONS = 40  # the nearest of 3,000 names takes a while; a book that misses more has another trouble
_MOST_SUBFOLDERS = 200  # looked into for a file that lies one folder deeper than written


class Refused(Exception):
    """A path stops here, and why. Stays inside this package: `BookFolder` makes a Finding of it."""

    def __init__(self, code: str, fact: str, hint: str, meant: str = "") -> None:
        super().__init__(fact)
        self.code, self.fact, self.hint, self.meant = code, fact, hint, meant  # `meant`: a file that is there

    def finding(self, place: Place) -> Finding:
        return Finding(self.code, self.fact, place, self.hint, meant=self.meant)


class Located(NamedTuple):
    """A regular file that was looked up."""

    spelt: str  # its path as the disk spells it, relative to the book folder
    real: str  # the real path that it leads to
    status: os.stat_result


class _Listing(NamedTuple):
    """The names in one folder, and the same by spelling and by spelling without case."""

    exact: frozenset[str]
    sure: frozenset[str]  # those that can mean nothing but themselves, nearly always all of them
    spelt: dict[str, list[str]]
    folded: dict[str, list[str]]


class Lookup:
    """Finds files under `root`, which must be a real path. Folders are listed once and remembered."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._listings: dict[str, _Listing] = {}
        self._folders: dict[str, tuple[str, str]] = {"": ("", root)}  # as written -> as spelt, and the real path
        self.unlisted: dict[str, OSError] = {}  # folders that are there and cannot be listed
        self._suggestions = 0
        self._told: set[tuple[str, str, Place]] = set()

    def file(self, path: str, place: Place, findings: list[Finding]) -> Located:
        """The regular file that `path` means, whose path is where it was written; warnings go to `findings`."""
        clean, problems = join("", path, place)
        if clean is None:
            raise Refused(problems[0].code, problems[0].message, problems[0].hint)
        top, _, rest = clean.partition("/")
        if rest.startswith(f"{top}/") and top not in self.names(top):  # "stories/photos/a.jpg" in stories/index.yaml
            folder, _, last = rest.rpartition("/")
            if last in self.names(folder):
                fact = f'the file "{shown(clean)}" is not there'
                written = rest.removeprefix(f"{top}/")
                raise Refused("MB004", fact, f'leave out "{shown(top)}/": write {shown(written)}')
        above, _, last = clean.rpartition("/")
        found: list[Finding] = []
        spelt, real = self._folders.get(above) or self._folder(above, clean, place, found)
        spelt, real, status = self._step(real, spelt, last, clean, place, found)
        findings += _once(found, spelt, clean, place)
        status = status or os.lstat(real)
        require_file(spelt, status.st_mode)
        return Located(spelt, real, status)

    def _folder(self, above: str, clean: str, place: Place, findings: list[Finding]) -> tuple[str, str]:
        """The folder of a file, remembered where no name on the way could mean anything else and none is a link."""
        real, spelt, sure = self.root, "", True
        for part in above.split("/"):
            sure = sure and part in self._listing(real).sure
            spelt, real, status = self._step(real, spelt, part, clean, place, findings)
            sure = sure and status is not None
            if real not in self._listings and not Path(real).is_dir():
                fact = f'"{shown(spelt)}" is not a folder, so "{shown(clean)}" cannot be in it'
                raise Refused("MB004", fact, "check the path")
        if sure:
            self._folders[above] = spelt, real
        return spelt, real

    def names(self, folder: str) -> frozenset[str]:
        """The names in a folder; none where it cannot be looked into or lies outside."""
        path, _ = join("", f"{folder}/.", Place(folder)) if folder else ("", [])
        if path is None:
            return frozenset()
        real = self.root
        for part in path.split("/") if path else ():
            try:
                real, _ = self._inside(f"{real}{os.sep}{part}", path)
            except Refused:
                return frozenset()
        return self._listing(real).exact

    def _step(
        self, real: str, spelt: str, part: str, path: str, place: Place, findings: list[Finding]
    ) -> tuple[str, str, os.stat_result | None]:
        name = self._match(real, spelt, part, path, place, findings)
        spelt = f"{spelt}/{name}" if spelt else name
        return spelt, *self._inside(f"{real}{os.sep}{name}", spelt)

    def _inside(self, candidate: str, spelt: str) -> tuple[str, os.stat_result | None]:
        """The real path of `candidate`, whose folder is real: links are followed, unless they leave the book folder.

        With its status, unless it is a link.
        """
        mend = "put the file itself there"
        try:
            status = os.lstat(candidate)
            if not is_link_status(status):
                return candidate, status
            real = os.path.realpath(candidate, strict=True)
        except FileNotFoundError:
            if not is_link(candidate):
                fact = f'"{shown(spelt)}" was moved or deleted while the book was being read'
                mend = "leave the book folder alone while milebook works, and run the command again"
                raise Refused("MB006", fact, mend) from None
            raise Refused("MB006", f'"{shown(spelt)}" is a link to a file that is not there', mend) from None
        except (OSError, RuntimeError) as error:
            if not isinstance(error, OSError) or error.errno == errno.ELOOP:
                raise Refused("MB006", f'"{shown(spelt)}" is a link that leads back to itself', mend) from None
            fact = f'"{shown(spelt)}" cannot be read: {error.strerror}'
            raise Refused("MB011", fact, cure(error)) from None
        if real != self.root and not real.startswith(self.root.rstrip(os.sep) + os.sep):
            fact = f'"{shown(spelt)}" is a link that leads out of the book folder'
            raise Refused("MB006", fact, "copy the file itself into the book folder")
        return real, None

    def _match(self, real: str, spelt: str, part: str, path: str, place: Place, findings: list[Finding]) -> str:
        """The name on the disk that `part` means, in the folder `real`."""
        listing = self._listing(real)
        if part in listing.sure:
            return part
        same = listing.spelt.get(normalize("NFC", part), [])
        alike = listing.folded.get(_fold(part), [])
        if len(same) > 1:
            fact = f'two files are called "{shown(part)}", with the accents stored in two ways'
            raise Refused("MB008", fact, "rename or delete one of them")
        if same:
            if len(alike) > 1:
                hint = "rename one: on Windows and on the Mac they are one file"
                self._tell("MB009", f"the files {_list(alike)} differ only in capital letters", place, hint, findings)
            return same[0]
        if len(alike) > 1:
            fact = f'"{shown(path)}" is not there; {_list(alike)} differ from it in capital letters'
            raise Refused("MB004", fact, "write the name exactly as the file has it")
        if alike:
            fact = f'the file is called "{shown(alike[0])}", written here is "{shown(part)}"'
            hint = _rename_or_write(f"{spelt}/{alike[0]}".lstrip("/"), part, place)
            self._tell("MB007", fact, place, hint, findings)
            return alike[0]
        if os.path.lexists(f"{real}{os.sep}{part}"):  # new since the folder was listed, or it cannot be listed
            return part
        raise Refused("MB004", f'the file "{shown(path)}" is not there', *self._suggest(real, spelt, part))

    def _suggest(self, real: str, spelt: str, part: str) -> tuple[str, str]:
        """What to do about a file that is not there, and the file that was probably meant ("" if none)."""
        self._suggestions += 1
        if self._suggestions <= _MOST_SUGGESTIONS:
            names = sorted(self._listing(real).exact)
            stem = part.removesuffix(".md")
            if f".{part}.icloud" in names:
                return "it is in iCloud and not on this computer: open it once in the Finder, which fetches it", ""
            for saved in (f"{part}.txt", f"{stem}.txt" if stem != part else "", f"{part}.md", f"{part}.text"):
                if saved and (found := self._listing(real).folded.get(_fold(saved))):
                    return f'"{shown(found[0])}" lies there: rename it to "{shown(part)}"', found[0]
            for word in (".docx", ".doc", ".odt", ".rtf", ".pdf") if stem != part else ():
                if found := self._listing(real).folded.get(_fold(f"{stem}{word}")):
                    name = shown(f"{spelt}/{found[0]}" if spelt else found[0])
                    return (
                        f'"{name}" is no plain text: bring it in with “milebook import {command_word(name)}”, or save its words as "{shown(part)}"',
                        found[0],
                    )
            if stem != part:
                names = [name for name in names if name.lower().endswith((".md", ".txt", ".markdown", ".text"))]
            elif part.lower().endswith(_PHOTOS):
                names = [name for name in names if name.lower().endswith(_PHOTOS)]
            if copied := copies(part, names):
                return f'"{shown(copied[0])}" lies there: rename it to "{shown(part)}"', copied[0]
            near = nearest(part, names)
            names = sorted(self._listing(real).exact)
            if not near:
                folders = (name for name in names[:_MOST_SUBFOLDERS] if name[0] != ".")
                near = next((f"{name}/{part}" for name in folders if self._holds(Path(real, name), part)), "")
            if near:
                return f'did you mean "{shown(f"{spelt}/{near}" if spelt else near)}"?', near
        return "check the name, or put the file there", ""

    def _holds(self, folder: Path, name: str) -> bool:
        return not folder.is_symlink() and folder.is_dir() and name in self._listing(str(folder)).exact

    def _listing(self, real: str) -> _Listing:
        if real not in self._listings:
            try:
                with os.scandir(real) as entries:
                    names = sorted(entry.name for entry in entries)
            except (FileNotFoundError, NotADirectoryError):
                names = []
            except OSError as error:
                names = []
                self.unlisted[os.path.relpath(real, self.root).replace(os.sep, "/")] = error
            spelt: dict[str, list[str]] = {}
            folded: dict[str, list[str]] = {}
            for name in names:
                spelt.setdefault(normalize("NFC", name), []).append(name)
                folded.setdefault(_fold(name), []).append(name)
            sure = frozenset(name for name in names if spelt.get(name) == [name] and len(folded[_fold(name)]) == 1)
            self._listings[real] = _Listing(frozenset(names), sure, spelt, folded)
        return self._listings[real]

    def _tell(self, code: str, fact: str, place: Place, hint: str, findings: list[Finding]) -> None:
        """A warning is given once for each place, however often the file is read."""
        if (code, fact, place) not in self._told:
            self._told.add((code, fact, place))
            findings.append(Finding(code, fact, place, hint))


def require_file(path: str, mode: int) -> None:
    """Refuses what is not a regular file. `mode` is `st_mode`."""
    if stat.S_ISREG(mode):
        return
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    what = next((word for test, word in kinds if test(mode)), "something else")
    raise Refused("MB005", f'"{shown(path)}" is {what}, not a file', "write the name of a file")


def cure(error: OSError) -> str:
    """What an author can do about a file that the system does not give."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return "give yourself the right to read it, or close the program that holds it open"
    return "copy the file from a backup; the disk may be failing"


def _fold(name: str) -> str:
    if name.isascii():
        return name.lower()
    return normalize("NFC", normalize("NFC", name).casefold())


def _rename_or_write(found: str, part: str, place: Place) -> str:
    """The cure where capitals differ. A text is called as its story's id, so that its file is what has to change."""
    if part.endswith(".md"):
        return f'rename the file to "{shown(part)}": other computers will not find it otherwise'
    base = f"{dirname(place.file)}/".lstrip("/")
    return f'write "{shown(found.removeprefix(base))}": other computers will not find it otherwise'


def _once(findings: list[Finding], spelt: str, written: str, place: Place) -> list[Finding]:
    """The findings about a path, where capitals of several of its parts differ as one finding about all of it."""
    capitals = [finding for finding in findings if finding.code == "MB007"]
    if len(capitals) < 2:
        return findings
    base = f"{dirname(place.file)}/".lstrip("/")
    found, typed = spelt.removeprefix(base), written.removeprefix(base)
    fact = f'the file is called "{shown(found)}", written here is "{shown(typed)}"'
    hint = f'write "{shown(found)}": other computers will not find it otherwise'
    return [*(finding for finding in findings if finding.code != "MB007"), Finding("MB007", fact, place, hint)]


def _list(names: list[str]) -> str:
    quoted = [f'"{shown(name)}"' for name in names[:4]]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"
