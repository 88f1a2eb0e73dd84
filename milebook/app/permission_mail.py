"""Mails that answer permission letters, among those that are imported: named in the plan, kept as evidence, never acted upon."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from milebook.app.load import load
from milebook.intake.items import ANSWER, OURS, SKIPPED, Found, Original
from milebook.intake.known_stories import Known
from milebook.intake.mail.no_story import AUTOMATIC
from milebook.intake.plan import ImportPlan, PlanItem
from milebook.model.agreements import every_agreement
from milebook.permissions.answers.answer_words import NO, Sentence, only_formats, sentences_of_answer
from milebook.permissions.answers.answering_mails import Awaited, MailAnswer
from milebook.permissions.answers.returned_form import read_forms, summary_lines
from milebook.permissions.answers.returned_mail import traces
from milebook.permissions.asked_again import asked_again
from milebook.permissions.names import listed
from milebook.source import PHOTO_LIMIT

MOST_SENTENCES = 6  # sentences of an answer that are shown


class Letters:
    """The letters of a book that wait for an answer; the book is read in full only if a mail may answer one."""

    def __init__(self, root: Path, book: Known) -> None:
        self._root, self._book = root, book
        self._awaited: Awaited | None = None
        self._found: dict[str, MailAnswer] = {}  # by the key of the mail
        self._kept: dict[str, dict[str, str]] = {}  # mails kept earlier: suffix -> digest -> path

    def answered(self, item: Found) -> str:
        """Which letter a mail answers, in words; "" for none."""
        if item.kind != "email" or not (item.quoted or item.answers) or not self._may_wait():
            return ""
        awaited = self._letters()
        if awaited is None:
            return ""
        references = [key.removeprefix("mail:") for key in item.answers]
        subject = item.title if item.quoted else ""
        answer = awaited.find(sender=item.email, subject=subject, references=references)
        if answer is None:
            return ""
        self._found[item.key] = answer
        return answer.line()

    def _letters(self) -> Awaited | None:
        if self._awaited is None:
            loaded = load(self._root)
            if loaded.book is not None:
                self._awaited = Awaited(loaded.book, loaded.items)
        return self._awaited

    def _may_wait(self) -> bool:
        """Whether the index speaks of a letter that was sent: a quick look, before the whole book is read."""
        index = self._book.index
        if index is None:
            return False
        return any(terms.requested or asked_again(terms) for terms in every_agreement(index))

    def keep(self, plan: ImportPlan) -> None:
        """Say for each answer where it is kept, what its words look like, and what to type; a mail that is there is not kept twice.

        What no person wrote, such as the report of a mail server, is named with the letter it is about; a letter of ours that
        came back forwarded, from somebody who was asked, is an answer.
        """
        base = f"{self._book.base}/" if self._book.base else ""
        names = {f"releases/{name}" for name in self._book.folder.names(f"{base}releases")}
        for item in plan.items:
            if item.verdict in (SKIPPED, OURS) and item.found.kind == "email" and item.found.original is not None:
                self._look_closer(item, item.found.original)
            answer = self._found.get(item.found.key)
            if item.verdict == ANSWER and answer is not None and item.found.original is not None:
                self._keep(item, answer, item.found.original, base, names)

    def _look_closer(self, item: PlanItem, original: Original) -> None:
        """Whether a mail that holds no story is about one of the letters after all."""
        if not self._may_wait():
            return
        seen = traces(original.read())
        awaited = self._letters()
        if awaited is None:
            return
        if item.verdict == SKIPPED:
            letter = awaited.about(seen.ids, seen.addresses)
            if letter is not None and seen.delayed:
                item.why = f"{letter.letter} has not been delivered yet; the mail system keeps trying"
            elif letter is not None and seen.returned:
                item.why = (
                    f"{letter.letter} could not be delivered; write down another address: {letter.asking_again()}"
                )
            elif letter is not None and item.why == AUTOMATIC:
                item.why = f"an automatic reply to {letter.letter}: nobody has read it yet"
        elif seen.forwarded and seen.sender.casefold() not in self._book.ours:
            answer = awaited.find(sender=seen.sender, subject=seen.subject, references=seen.ids)
            if answer is not None and not answer.other_address:
                item.verdict, item.why = ANSWER, f"{answer.line()}, which it forwards"
                self._found[item.found.key] = answer

    def _keep(self, item: PlanItem, answer: MailAnswer, original: Original, base: str, names: set[str]) -> None:
        data = original.read()
        there = self._kept_as(base, names, original)
        path = there or answer.evidence(item.found.received, original.suffix, names)
        names.add(path)
        item.evidence = "" if there else path
        forms = read_forms(data, f"mail{original.suffix}")
        words = _own_words(item.found, forwarded=item.found.email.casefold() in self._book.ours)
        sentences = sentences_of_answer(words)
        notes = [f"looks like {one.kind}: “{one.words}”" for one in sentences][:MOST_SENTENCES]
        notes += [line for form in forms for line in summary_lines(form)]
        notes.append(f"kept already as {path}" if there else f"kept as {path}")
        yes = {one for form in forms for one in form.yes}
        no = [one for one in answer.items if any(one in form.no for form in forms)]
        if no:
            part = [one for one in answer.items if one in yes]
            notes += [f"for its yes: {answer.command(item.found.received, path, part)}"] if part else []
            notes.append(f"for its no: {answer.refusing(no)}")
        else:
            notes += _to_type(answer, item.found.received, path, sentences)
        item.notes = notes

    def _kept_as(self, base: str, names: set[str], original: Original) -> str:
        """The file under releases/ that holds the same mail already, "" for none. Each of these files is read once."""
        if original.suffix not in self._kept:
            kept = self._kept[original.suffix] = {}
            for name in sorted(name for name in names if name.endswith(original.suffix)):
                data = self._book.folder.read_again(f"{base}{name}", PHOTO_LIMIT)
                if data is not None:
                    kept.setdefault(hashlib.sha256(data).hexdigest(), name)
        return self._kept[original.suffix].get(original.digest, "")


def _to_type(answer: MailAnswer, day: str, path: str, sentences: Sequence[Sentence]) -> Iterator[str]:
    """What to type for an answer in words: for a yes, with the formats that alone it permits, and for a no where it has words of one."""
    only = only_formats(one.words for one in sentences)
    yes = answer.command(day, path, formats=",".join(only))
    if answer.child:
        yield f"if {answer.whom} says yes, whose own answer is needed: {yes}"
    else:
        yield f"if it says yes{f', to {listed(only)} alone' if only else ''}: {yes}"
    if any(one.kind == NO for one in sentences):
        yield f"if it says no: {answer.refusing()}"


def _own_words(found: Found, *, forwarded: bool) -> str:
    """What the sender wrote: of a letter that came back forwarded, the words above it."""
    if not forwarded:
        return found.text
    above = found.cuts[0] if found.cuts else ""
    head = re.search(r"(?m)^\s*(?:[-_=*]{3,}|(?:From|Von|De|Da|Van|Od)\s?:)", above)
    return above[: head.start()] if head else above
