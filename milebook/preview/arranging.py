"""Arrange and choose stories from the overview: plan a change, say it in words, and write it into the index.

The same functions are at work as in `milebook set`: they keep every other byte, and `milebook undo` takes a change back. A
change is only written to the index that the page has seen: another one on the disk is a conflict, and the page loads again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from milebook.assemble.order import chosen
from milebook.index.arrange import CannotEdit, Spot, move, set_status, tag, unlist
from milebook.model.book import STATUSES, Story
from milebook.model.codes import errors
from milebook.model.findings import Finding, Place
from milebook.model.index import ChapterEntry, Index
from milebook.output.transaction import Transaction
from milebook.preview.survey_of_book import takes

OK, BAD, CONFLICT, CANNOT = 200, 400, 409, 422
MOST_TAG = 60  # characters

Reply = tuple[int, dict[str, Any]]
Read = Callable[[], tuple[Index, str] | None]  # the index as the page was made from it, and the SHA-256 of its file
Parse = Callable[[str], tuple[Index | None, Sequence[Finding]]]  # a text of the index, and what is wrong with it
Undo = Callable[[], tuple[str, list[Finding]]]  # takes the last change back: what that was


class Plan(NamedTuple):
    """A change of the index's text: what it does, in words, and how."""

    title: str  # "The Dare into First Miles, after Marleen"
    also: tuple[str, ...]  # what else happens: "It becomes selected."
    edit: Callable[[str], str]
    untags: bool = False  # a move that takes tags away from the story


class Arranger:
    """Changes the index of one book folder."""

    def __init__(self, root: Path, read: Read, parse: Parse, undo: Undo, last: Callable[[], str] = str) -> None:
        """`last` gives the title of the change that `undo` would take back, "" for none."""
        self.root, self._read, self._parse, self._undo, self._last = root, read, parse, undo, last
        self._writing = Lock()

    def close(self) -> None:
        """Wait for a change that is being written; none comes after it."""
        self._writing.acquire(timeout=10)

    def board(self) -> dict[str, Any]:
        """What the page needs beside the overview: the digest of the index, what may be chosen, what can be taken back."""
        seen = self._read()
        if seen is None:
            return {"digest": "", "statuses": list(STATUSES), "tags": [], "last": ""}
        index, sha256 = seen
        tags = sorted({name for story in index.stories for name in story.tags})
        return {"digest": sha256, "statuses": list(STATUSES), "tags": tags, "last": self._last()}

    def place_of(self, story: str) -> Place | None:
        """Where the entry of a story stands."""
        seen = self._read()
        return next((one.place for one in seen[0].stories if one.id == story), None) if seen else None

    def change(self, body: Mapping[str, Any]) -> Reply:
        """Do what the page asks for; with `dry`, only say what it would do."""
        seen = self._read()
        if seen is None:
            return CANNOT, {"why": "the index cannot be read; mend it first"}
        try:
            if body.get("dry") is True:
                return OK, _shown(plan_of(seen[0], body))
            with self._writing, Transaction(self.root, "preview") as change:
                if change.problems:
                    return CANNOT, {"why": reasons(change.problems)}
                return self._write(change, seen, body)
        except CannotEdit as error:
            return CANNOT, {"why": str(error)}
        except UnicodeDecodeError:
            return CANNOT, {"why": "the index is not saved as UTF-8"}
        except (KeyError, TypeError, ValueError):
            return BAD, {"why": "this is not what the preview's page sends"}

    def _write(self, change: Transaction, seen: tuple[Index, str], body: Mapping[str, Any]) -> Reply:
        path = seen[0].path
        data = change.read(path)
        if data is None or digest(data) != body.get("digest"):
            return CONFLICT, {"why": "the index was changed meanwhile, in an editor or another window; look again"}
        text = data.decode("utf-8")
        before, wrong = self._parse(text)
        # right after another change the page has seen more than was read: what to do follows from the file itself
        index = seen[0] if digest(data) == seen[1] else before
        if index is None:
            raise CannotEdit("the index cannot be read; mend it first")
        plan = plan_of(index, body)
        new = plan.edit(text)
        worse = _errors(self._parse(new)[1]) - _errors(wrong)
        if worse:
            raise CannotEdit(f"that would bring in a mistake: {min(worse)}")
        written = new.encode("utf-8")
        change.write(path, written)
        if problems := change.commit(plan.title):
            return CANNOT, {"why": reasons(problems)}
        return OK, {**_shown(plan), "digest": digest(written)}

    def undo(self, body: Mapping[str, Any]) -> Reply:
        """Take the last change of the author's files back."""
        with self._writing:
            what, findings = self._undo()
        if findings:
            return CANNOT, {"why": reasons(findings)}
        return OK, {"title": f"Taken back: {what}", "also": []}


def digest(data: bytes) -> str:
    """What tells one state of the index from another."""
    return hashlib.sha256(data).hexdigest()


def _shown(plan: Plan) -> dict[str, Any]:
    return {"title": plan.title, "also": list(plan.also), "untags": plan.untags}


def plan_of(index: Index, body: Mapping[str, Any]) -> Plan:
    """The change that a request asks for. Raises CannotEdit for one that cannot be, KeyError or TypeError for no request."""
    story = _story(index, body["story"])
    action = body["action"]
    if action == "move":
        return _move(index, story, str(body["chapter"]), str(body.get("before", "")), str(body.get("after", "")))
    if action == "status":
        status = str(body["status"])
        if status not in STATUSES:
            raise ValueError
        return Plan(f"{_name(story)} is now {status}", (), lambda text: set_status(text, [story.id], status))
    if action in ("tag", "untag"):
        name = " ".join(str(body["tag"]).split())
        if not name or len(name) > MOST_TAG or not name.isprintable():
            raise CannotEdit("a tag is one or a few words")
        if action == "tag":
            return Plan(f"{_name(story)} is tagged “{name}”", (), lambda text: tag(text, [story.id], [name]))
        return Plan(f"{_name(story)} is no longer tagged “{name}”", (), lambda text: tag(text, [story.id], (), [name]))
    raise ValueError


def _move(index: Index, story: Story, chapter_id: str, before: str, after: str) -> Plan:
    """Into a chapter, next to a story; or out of the book, with an empty chapter."""
    edits: list[Callable[[str], str]] = []
    also: list[str] = []
    if not chapter_id:
        left = _takers(index, story) if story.status == "selected" else []
        for chapter in left:
            _leave(story, chapter, (), edits, also)
        if story.status == "selected":
            edits.append(lambda text: set_status(text, [story.id], "shortlisted"))
            also.append("It becomes shortlisted.")
        edits.append(lambda text: unlist(text, [story.id]))
        return Plan(f"{_name(story)} out of the book", tuple(also), _all(edits), untags=bool(left))
    target = next((one for one in index.chapters if one.id == chapter_id), None)
    if target is None:
        raise CannotEdit("there is no such chapter any more")
    if story.status != "selected":
        edits.append(lambda text: set_status(text, [story.id], "selected"))
        also.append("It becomes selected.")
    wanted = () if target.select is None or target.stories is not None else target.select.get("tags", ())
    left = [chapter for chapter in _takers(index, story) if chapter.id != target.id]
    for chapter in left:
        _leave(story, chapter, wanted, edits, also)
    where = ""
    if target.select is not None and target.stories is None:
        _enter(story, target, edits, also)
    else:
        neighbor = next((one for one in index.stories if one.id == (after or before)), None)
        spot = Spot(target.id, first=not (before or after), before=before if not after else "", after=after)
        edits.append(lambda text: move(text, [story.id], spot))
        where = f", {'after' if after else 'before'} {_name(neighbor)}" if neighbor else ""
        if target.order_by:
            also.append(f"The chapter is sorted by {target.order_by.removeprefix('-')}, so its place there is decided by that.")  # fmt: skip
    return Plan(f"{_name(story)} into {target.title}{where}", tuple(also), _all(edits), untags=bool(left))


def _leave(story: Story, source: ChapterEntry, wanted: Sequence[str], edits: list[Callable[[str], str]], also: list[str]) -> None:  # fmt: skip
    """A chapter that selects a story by a tag would take it again: the tag has to go, unless it is `wanted` elsewhere."""
    has = [name for name in story.tags if source.select and name in source.select.get("tags", ())]
    if not has or any(name in wanted for name in has):
        raise CannotEdit(f"“{source.title}” {takes(source.select)}; change that, or the story, in the index")
    edits.append(lambda text: tag(text, [story.id], (), has))
    names = " and ".join(f"“{name}”" for name in has)
    also.append(f"It loses the tag {names}, by which “{source.title}” takes it.")


def _enter(story: Story, target: ChapterEntry, edits: list[Callable[[str], str]], also: list[str]) -> None:
    """A chapter that selects its stories takes one that has what it asks for."""
    asked = dict(target.select or {})
    status, tags = asked.pop("status", ()), asked.pop("tags", ())
    if asked or (status and "selected" not in status):
        raise CannotEdit(f"“{target.title}” {takes(target.select)}; a story cannot be put there by hand")
    if tags and not any(name in tags for name in story.tags):
        edits.append(lambda text: tag(text, [story.id], [tags[0]]))
        also.append(f"It gets the tag “{tags[0]}”, by which “{target.title}” takes it.")
    edits.append(lambda text: unlist(text, [story.id]))
    order = target.order_by.removeprefix("-")
    also.append(f"The chapter sorts its stories{f' by {order}' if order else ''} itself.")


def _takers(index: Index, story: Story) -> list[ChapterEntry]:
    """The chapters that select a story, or would as soon as it is selected."""
    one = replace(story, status="selected")
    return [chapter for chapter in index.chapters if chapter.stories is None and chosen(chapter, [one])]


def _all(edits: Sequence[Callable[[str], str]]) -> Callable[[str], str]:
    def edit(text: str) -> str:
        for one in edits:
            text = one(text)
        return text

    return edit


def _story(index: Index, name: object) -> Story:
    found = next((story for story in index.stories if story.id == name), None)
    if found is None:
        raise CannotEdit("there is no such story any more")
    return found


def _name(story: Story | None) -> str:
    return (story.title or story.id) if story else ""


def _errors(findings: Sequence[Finding]) -> set[str]:
    return {f.message for f in errors(findings)}


def reasons(findings: Sequence[Finding]) -> str:
    """Why something was not done, in one line."""
    return "; ".join(f"{finding.message}: {finding.hint}" if finding.hint else finding.message for finding in findings)
