"""Write new stories into a book: texts, photos, originals and index entries, all of them or none. For `import` and `add`."""

from __future__ import annotations

from collections.abc import Sequence

from milebook.index import read_index
from milebook.index.append import append_stories
from milebook.index.arrange import CannotEdit, Spot, move
from milebook.index.edit_check import EditedFolder, leaves
from milebook.intake.known_stories import ORIGINALS, Known
from milebook.intake.plan import PlanItem
from milebook.intake.writing import Arrangement, entry, photo_names, text_of
from milebook.model.codes import errors
from milebook.model.findings import Finding, Place
from milebook.output.transaction import Transaction

Written = tuple[list[str], list[Finding]]


def write_stories(
    new: Sequence[PlanItem],
    evidence: Sequence[PlanItem],
    book: Known,
    how: Arrangement,
    change: Transaction,
    title: str,
) -> Written:
    """Paths of what was written, relative to the book folder, and why nothing was (then there are none).

    `evidence` are mails to be kept under `releases/`. `title` is what `milebook undo --list` shows.
    """
    assert book.index is not None
    path = book.index.path
    old = change.read(path)
    if old is None or change.problems:
        return [], change.problems
    try:
        edited = _with_entries(old.decode("utf-8"), new, book, how) if new else ""
    except CannotEdit as error:
        return [], [Finding("MB800", f"nothing was written: {error}", Place(path))]
    problem = _problem(book, edited, new, how) if new else ""
    if problem:
        return [], [Finding("MB800", f"nothing was written: {problem}", Place(path), "please report this")]
    written: list[str] = []
    for item in (*new, *evidence):
        try:
            written += _write_item(item, _prefix(book), change)
        except (OSError, ValueError, IndexError) as error:
            fact = f"nothing was written: {item.found.source} changed or went away while it was read ({type(error).__name__})"
            return [], [Finding("MB801", fact, Place(path), "leave the file where it is, and run the command again")]
    if new:
        change.write(path, edited.encode("utf-8"))
    findings = change.commit(title)
    return ([], findings) if findings else (written, [])


def _with_entries(text: str, new: Sequence[PlanItem], book: Known, how: Arrangement) -> str:
    """The index with the entries of new stories, whose photos get their names. Raises CannotEdit."""
    photo_names(new, {f"photos/{name.lower()}" for name in book.folder.names(f"{_prefix(book)}photos")})
    edited = append_stories(text, [entry(item, how) for item in new])
    return move(edited, [item.id for item in new], Spot(how.chapter)) if how.chapter else edited


def _prefix(book: Known) -> str:
    """What stands before the paths in the index, to make them paths of the book folder."""
    return f"{book.base}/" if book.base else ""


def _write_item(item: PlanItem, base: str, change: Transaction) -> list[str]:
    """Write what belongs to one story, or keep one mail as evidence; the paths."""
    names = []
    original = item.found.original
    if item.evidence:
        if original is not None:
            names.append(f"{base}{item.evidence}")
            change.write(names[-1], original.read())
        return names
    names.append(f"{base}{item.id}.md")
    change.write(names[0], text_of(item))
    for file, picture in item.photos:
        names.append(f"{base}{file}")
        change.write(names[-1], picture.read())
    if original is not None:
        names.append(f"{base}{ORIGINALS}/{original.name}")
        change.write(names[-1], original.read())
    return names


def _problem(book: Known, edited: str, new: Sequence[PlanItem], how: Arrangement) -> str:
    """Why the edited index must not be written: "" if it holds what it held before, and the new stories after it."""
    index, findings = read_index(EditedFolder(book.folder, edited))
    if index is None or book.index is None:
        return "the index could no longer be read"
    ids = [story.id for story in book.index.stories] + [item.id for item in new]
    if [story.id for story in index.stories] != ids:
        return "the new entries would not be read as they are meant"
    before, after = leaves(book.index), leaves(index)
    if how.chapter:
        listed = f"chapters/{how.chapter}/stories"
        had = before.get(listed)
        before[listed] = ((*had,) if isinstance(had, tuple) else ()) + tuple(item.id for item in new)
    wrong = next((path for path, value in before.items() if path not in after or after[path] != value), "")
    if wrong:
        return f"{wrong} would change"
    by_id = {story.id: story for story in index.stories}
    for item in new:
        story = by_id[item.id]
        if len(story.photos) != len(item.photos) or story.permission.status != "to_request" or story.permission.id:
            return f"the entry of {item.id} would not be read as it is meant"
    known = {(one.code, one.message) for one in errors(book.findings)}
    strange = next((one.message for one in errors(findings) if (one.code, one.message) not in known), "")
    return strange and f"a mistake would come in: {strange}"
