"""`milebook review`: what editors changed and said in returned Word files, and their changes merged into the stories."""

from __future__ import annotations

from pathlib import Path

from milebook.app.current_book import CurrentBook, merged
from milebook.app.ids import find_id
from milebook.app.proof_files import find_proof, read_files
from milebook.app.review_apply import Writing, numbers
from milebook.app.review_plan import MergePlan
from milebook.app.review_request import ReviewOutcome, ReviewRequest
from milebook.app.wrong_usage import UnknownName
from milebook.model.codes import errors
from milebook.model.findings import Finding, Place
from milebook.output.transaction import Transaction
from milebook.review.proof_text import Owner
from milebook.review.whole_review import CONFLICT, MISSING, Review, document, review_files
from milebook.source import BookFolder

LEAST_PLACED = 0.2  # share of a file's paragraphs that must stand in the proof it is said to be
_NAMED = 8  # files that are named one by one
_UNDO = "milebook undo takes it back"


def review(root: Path, request: ReviewRequest) -> ReviewOutcome:
    """Report what the files say, and with `apply` merge it. Raises UnknownName for a build or story that is not there."""
    files, findings = read_files(request.files)
    if findings:
        return ReviewOutcome(findings)
    proof, findings = find_proof(root, files, request.files, request.against)
    if proof is None or errors(findings):
        return ReviewOutcome(findings)
    made = review_files(proof, files)
    if made.placed < LEAST_PLACED:
        fact = f"hardly anything in this file stands in the proof of build {proof.build}, so it is a proof of something else"
        hint = "name the build that it comes from with --against, and the book's folder with -C"
        return ReviewOutcome([*findings, Finding("MB831", fact, Place(request.files[0]), hint)])
    _only_stories(made, request)
    _only_what_is_there(made, request)
    outcome = ReviewOutcome(findings, made, folder=BookFolder(root))
    if request.apply:
        _apply(root, made, request, outcome)
    else:
        _foresee(root, made, outcome)
    outcome.report = document(made, applied_=outcome.applied)
    return outcome


def _only_stories(made: Review, request: ReviewRequest) -> None:
    if not request.stories:
        return
    known = [story.owner.id for story in made.stories]
    wanted = {find_id(name, known, "story", " in the returned file") for name in request.stories}
    made.stories = [story for story in made.stories if story.owner.id in wanted]


def _only_what_is_there(made: Review, request: ReviewRequest) -> None:
    """Raises UnknownName for numbers of changes, or somebody's name, that the file does not have."""
    known = {change.number for change in made.changes}
    strange = numbers(number for number in request.only if number not in known)
    if strange:
        raise UnknownName(
            f"there is no change {strange}; {f'there are changes {numbers(known)}' if known else 'there is none'}"
        )
    authors = dict.fromkeys(name for change in made.changes for name in change.author.split(", "))
    for story in made.stories:
        for placed in story.comments:
            authors |= dict.fromkeys([placed.comment.author, *(reply.author for reply in placed.comment.replies)])
    named = [name for name in authors if name]
    whole = [*named, *(change.author for change in made.changes)]
    if request.author and request.author.casefold() not in [name.casefold() for name in whole]:
        there = f"the changes and comments are by {', '.join(named)}" if named else "no change has a name"
        raise UnknownName(f"there is nothing by “{request.author}”; {there}")


def _foresee(root: Path, made: Review, outcome: ReviewOutcome) -> None:
    """Mark the stories whose changes would clash with what their authors wrote meanwhile."""
    folder = BookFolder(root)
    moved = [
        story for story in made.stories if story.changes and story.state != MISSING and _touched(folder, story.owner)
    ]
    if not moved:
        return
    book = CurrentBook.read(root, made.proof, outcome.findings)
    if book is None:
        return
    for story in moved:
        if merged(book, story, story.changes, ()).conflicts:
            story.state = CONFLICT


def _touched(folder: BookFolder, owner: Owner) -> bool:
    if not owner.path or not owner.sha256:
        return bool(owner.path)
    data, _ = folder.read_bytes(owner.path, Place(owner.path))
    return folder.read.get(owner.path) != owner.sha256 if data is not None else True


def _apply(root: Path, made: Review, request: ReviewRequest, outcome: ReviewOutcome) -> None:
    with Transaction(root, "review") as change:
        book = CurrentBook.read(root, made.proof, outcome.findings)
        if book is None:
            return
        plan = MergePlan(book, made, request)
        writing = Writing(book, made, outcome)
        for story in made.stories:
            writing.story(story, plan)
        files = writing.files()
        change.expect(book.folder.read)
        for path, data in files.items():
            if data is None:
                change.remove(path)
            else:
                change.write(path, data)
        if files:
            names = ", ".join(dict.fromkeys(writing.names)) or "clashes"
            problems = change.commit(f"Merged an editor's changes: {names}"[:200])
            outcome.findings += problems
            if errors(problems):
                outcome.lines.clear()
                return
        outcome.applied = True
        named = ", ".join(files) if len(files) <= _NAMED else f"{len(files)} files"
        outcome.lines.append(f"changed {named}; {_UNDO}" if files else "nothing to change")
