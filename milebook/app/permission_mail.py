"""Mails that answer permission letters, among those that are imported: named in the plan, kept as evidence, never acted upon."""

from __future__ import annotations

import hashlib
from pathlib import Path

from milebook.app.load import load
from milebook.intake.items import ANSWER, Found
from milebook.intake.known import Known
from milebook.intake.plan import Plan
from milebook.permissions.answers import Awaited, MailAnswer, said
from milebook.source import PHOTO_LIMIT


class Letters:
    """The letters of a book that wait for an answer; the book is read in full only if a mail may answer one."""

    def __init__(self, root: Path, book: Known) -> None:
        self._root, self._book = root, book
        self._awaited: Awaited | None = None
        self._found: dict[str, MailAnswer] = {}  # by the key of the mail

    def answered(self, item: Found) -> str:
        """Which letter a mail answers, in words; "" for none."""
        if item.kind != "email" or not (item.quoted or item.answers) or not self._may_wait():
            return ""
        if self._awaited is None:
            loaded = load(self._root)
            if loaded.book is None:
                return ""
            self._awaited = Awaited(loaded.book, loaded.items)
        references = [key.removeprefix("mail:") for key in item.answers]
        subject = f"Re: {item.title}" if item.quoted else item.title
        answer = self._awaited.find(sender=item.email, subject=subject, references=references)
        if answer is None:
            return ""
        self._found[item.key] = answer
        return answer.line()

    def _may_wait(self) -> bool:
        """Whether the index speaks of a letter that was sent: a quick look, before the whole book is read."""
        index = self._book.index
        if index is None:
            return False
        terms = [*index.agreements.values(), *(story.permission for story in index.stories)]
        terms += [photo.permission for story in index.stories for photo in story.photos]
        terms += [one.permission for story in index.stories for photo in story.photos for one in photo.people]
        terms += [quote.permission for story in index.stories for quote in story.quotes]
        return any(one.requested for one in terms)

    def keep(self, plan: Plan) -> None:
        """Say for each answer where it is kept, what its words look like, and what to type; a mail that is there is not kept twice."""
        base = f"{self._book.base}/" if self._book.base else ""
        names = {f"releases/{name}" for name in self._book.folder.names(f"{base}releases")}
        for item in plan.items:
            answer = self._found.get(item.found.key)
            if item.verdict != ANSWER or answer is None or item.found.original is None:
                continue
            there = self._kept_as(base, names, item.found.original.digest)
            path = there or answer.evidence(item.found.received, taken=names)
            names.add(path)
            item.evidence = "" if there else path
            item.notes = [f"looks like {one.kind}: “{one.sentence}”" for one in said(item.found.text)][:4]
            item.notes.append(f"kept already as {path}" if there else f"kept as {path}")
            item.notes.append(f"if it says yes: {answer.command(item.found.received, path)}")

    def _kept_as(self, base: str, names: set[str], digest: str) -> str:
        for name in sorted(names):
            if name.endswith(".eml"):
                data = self._book.folder.read_again(f"{base}{name}", PHOTO_LIMIT)
                if data is not None and hashlib.sha256(data).hexdigest() == digest:
                    return name
        return ""
