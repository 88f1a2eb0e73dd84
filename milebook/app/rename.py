"""Give a story, a chapter or an agreement another id, everywhere it stands, with the files that are called by it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from milebook.app.ids import SeveralMeant, called_today, find_chapter, find_id, find_story, stories_by, todays_ids
from milebook.app.index_change import Changed, IndexChange, refusal
from milebook.app.wrong_usage import UnknownName
from milebook.index.arrange import rename_agreement, rename_chapter, rename_story, spelled
from milebook.index.formats import id_fault
from milebook.index.splices import CannotEdit
from milebook.model.findings import Place
from milebook.model.index import Index
from milebook.output.transaction import Transaction
from milebook.source import BookFolder

KINDS = ("story", "chapter", "agreement")


class _Target(NamedTuple):
    kind: str
    id: str
    written: str = ""  # as the index has it: with capitals, it is read without


def rename(root: Path, old: str, new: str, kind: str = "") -> Changed:
    """Change the id `old` (or the one that it is part of) into `new`. Raises UnknownName if it is not clear what is meant."""
    fault = id_fault(new)
    if fault:
        title = (
            "; the title that is printed is changed in stories/index.yaml, behind title:" if " " in new.strip() else ""
        )
        raise UnknownName(f"“{new}” cannot be an id: {fault[0]}; {fault[1]}{title}")
    with Transaction(root, "rename") as change:
        book = IndexChange.begun(change)
        if isinstance(book, Changed):
            return book
        target = _target(book.index, book.folder, old, kind)
        target = target._replace(written=spelled(book.text, target.kind, target.id))
        if target.written == new:
            return Changed(change.recovered, notes=called_today((old,), book.index.stories))
        _must_be_free(book.index, target, new)
        try:
            lines = _rename(book, target, new)
        except CannotEdit as error:
            return refusal(str(error), book.index.path)
        findings = book.commit(f"Renamed the {target.kind} {target.written} to {new}")
        if findings:
            return Changed(findings, refused=True)
        return Changed(
            change.recovered,
            (f"{target.kind} {target.written} → {new}", *lines),
            called_today((old,), book.index.stories),
        )


def _target(index: Index, folder: BookFolder, old: str, kind: str) -> _Target:
    """What the author means: an id itself before a part of one, in whatever kind it is found."""
    known = {
        "story": [story.id for story in index.stories],
        "chapter": [chapter.id for chapter in index.chapters],
        "agreement": list(index.agreements),
    }
    kinds = [kind] if kind else list(KINDS)
    exact = [one for one in kinds if old in known[one]]
    if len(exact) > 1:
        raise UnknownName(f"“{old}” is the id of a {' and of a '.join(exact)}; say which with --kind {exact[0]}")
    if exact:
        return _Target(exact[0], old)
    if "story" in kinds and old in todays_ids(index.stories):
        return _Target("story", find_story(old, index.stories))
    finders = {
        "story": lambda: find_story(old, index.stories),
        "chapter": lambda: find_chapter(old, index, folder),
        "agreement": lambda: find_id(old, index.agreements, "agreement"),
    }
    found = []
    for one in kinds:
        try:
            found.append(_Target(one, finders[one]()))
        except SeveralMeant:
            raise
        except UnknownName:
            if len(kinds) == 1:
                raise
    if len(found) > 1:
        raise UnknownName(f"“{old}” could be {' or '.join(f'the {one.kind} {one.id}' for one in found)}")
    if not found:
        if stories_by(old, index.stories):  # which says who wrote what
            find_story(old, index.stories)
        find_id(old, [one for ids in known.values() for one in ids], "story, chapter or agreement")
        raise UnknownName(f"there is no “{old}”")
    return found[0]


def _must_be_free(index: Index, target: _Target, new: str) -> None:
    """Raises UnknownName where something else has the new id, or had it once."""
    taken = {
        "story": {story.id for story in index.stories},
        "chapter": {chapter.id for chapter in index.chapters},
        "agreement": set(index.agreements),
    }[target.kind]
    if new in taken - {target.id}:
        raise UnknownName(f"there is a {target.kind} “{new}” already")
    if target.kind == "story":
        for story in index.stories:
            if story.id != target.id and new in story.formerly:
                raise UnknownName(
                    f"“{new}” was the id of {story.id} once, and older proofs would take one for the other"
                )


def _rename(book: IndexChange, target: _Target, new: str) -> list[str]:
    """Edit the index and move the files; lines that tell of the files. Raises CannotEdit."""
    index = book.index
    old, written, lines = target.id, target.written, []
    if target.kind == "agreement":
        book.edit(lambda text: rename_agreement(text, written, new))
        expected = _under("agreements", old, new, book.leaves())
        expected |= {path: f"@{new}" for path, value in book.leaves().items() if value == f"@{old}"}
        book.prove(expected, _dropped("agreements", old, new))
        return []
    if target.kind == "chapter":
        opening = next(chapter.opening for chapter in index.chapters if chapter.id == old)
        file = _renamed(opening, old, new)
        book.edit(lambda text: rename_chapter(text, written, new, file))
        expected = _under("chapters", old, new, book.leaves())
        if file:
            expected[f"chapters/{new}/opening"] = file
            lines += _move_file(book, opening, file)
        book.prove(expected, _dropped("chapters", old, new))
        return lines
    story = next(story for story in index.stories if story.id == old)
    file = _renamed(story.file, old, new)
    book.edit(lambda text: rename_story(text, written, new, file, old if old != new else ""))
    expected = _under("stories", old, new, book.leaves())
    if old != new:
        former = [name for name in story.formerly if name not in (old, new)]
        expected[f"stories/{new}/formerly"] = (*former, old)
    for chapter in index.chapters:
        if any(name == old for name, _ in chapter.stories or ()):
            names = tuple(new if name == old else name for name, _ in chapter.stories or ())
            expected[f"chapters/{chapter.id}/stories"] = names
    if file:
        expected[f"stories/{new}/file"] = file
        lines += _move_file(book, story.file, file)
        lines += _move_file(
            book, story.file.removesuffix(".md") + ".review.md", file.removesuffix(".md") + ".review.md"
        )
    book.prove(expected, _dropped("stories", old, new))
    return lines


def _dropped(group: str, old: str, new: str) -> tuple[str, ...]:
    """What is not there any more under the old id."""
    return (f"{group}/{old}",) if old != new else ()


def _under(group: str, old: str, new: str, leaves: dict[str, object]) -> dict[str, object]:
    """The values of one thing under its new id."""
    found = {
        f"{group}/{new}/{path.removeprefix(f'{group}/{old}/')}": value
        for path, value in leaves.items()
        if path.startswith(f"{group}/{old}/")
    }
    return found | {f"{group}/{new}/id": new}


def _renamed(file: str, old: str, new: str) -> str:
    """The new name of a file that is called by the old id; "" for one that is called otherwise."""
    folder, slash, name = file.rpartition("/")
    return f"{folder}{slash}{new}.md" if name == f"{old}.md" else ""


def _move_file(book: IndexChange, old: str, new: str) -> list[str]:
    """Move a file, both named as the index does; no file is no error. Raises CannotEdit if the new name is taken."""
    place = Place(book.index.path)
    wanted, problems = book.folder.resolve(book.index.path, old, place)
    there, more = book.folder.resolve(book.index.path, new, place)
    if wanted is None or there is None:
        raise CannotEdit((problems + more)[0].message)
    here, _ = book.folder.find(wanted, place)  # as the disk spells it, which may have other capitals
    data = book.change.read(here) if here is not None else None
    if here is None or data is None or here == there or _is_same(book, here, there):
        return []
    if book.change.read(there) is not None:
        raise CannotEdit(f"there is a file {there} already; move it away first")
    book.change.write(there, data)
    book.change.remove(here)
    return [f"{here} → {there}"]


def _is_same(book: IndexChange, here: str, there: str) -> bool:
    """Whether two names that differ only in capitals are one file, as on Windows and on most Macs."""
    root = book.change.root
    return here.casefold() == there.casefold() and (root / there).exists() and (root / there).samefile(root / here)
