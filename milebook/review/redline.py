"""The differences between two states of a book, paragraph by paragraph: what stayed, what went, what came, what moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from milebook.review.moves import longest_rising
from milebook.review.proof_text import Owner, Proof, RecordedParagraph
from milebook.review.word_diff import differences
from milebook.review.word_text import END, NOTE

KEPT, DELETED, INSERTED, MOVED_FROM, MOVED_TO = "kept", "deleted", "inserted", "moved-from", "moved-to"


class RedRun(NamedTuple):
    """Characters with one fate and look; `old_look` is the look that kept ones had."""

    text: str
    fate: str
    look: int
    old_look: int


@dataclass(slots=True)
class RedParagraph:
    """One paragraph of the redline. `end` is the fate of its end, `part` its name in its state; `remarks` put into words what cannot
    be marked, such as another photo above this caption.
    """

    role: str
    runs: list[RedRun] = field(default_factory=list)
    end: str = KEPT
    remarks: list[str] = field(default_factory=list)
    part: str = ""

    @property
    def changed(self) -> bool:
        return self.end != KEPT or bool(self.remarks) or any(r.fate != KEPT or r.look != r.old_look for r in self.runs)


class Redline(NamedTuple):
    """All paragraphs, and the changes in words: stories moved, added, taken out, photos exchanged."""

    paragraphs: list[RedParagraph]
    remarks: list[str]


def redline(old: Proof, new: Proof) -> Redline:
    """What leads from one state to the other, in the order of the new one; what is gone stands where it stood."""
    were, are = list(old.owners), list(new.owners)
    rank = {key: number for number, key in enumerate(were)}
    common = [key for key in are if key in rank]
    stay = {were[number] for number in longest_rising([rank[key] for key in common])}
    remarks: list[str] = []
    made: list[RedParagraph] = []
    gone = iter(were)
    waiting = next(gone, None)

    def pass_old(until: str | None) -> Iterator[RedParagraph]:
        """What the old state has before a story that stayed: stories taken out, and the first place of those moved."""
        nonlocal waiting
        while waiting is not None and waiting != until:
            if waiting not in stay:
                owner = old.owners[waiting]
                moved = waiting in new.owners
                remarks.append(f"{owner.kind} “{_title(owner)}” {'was moved' if moved else 'was taken out'}")
                yield from _whole(owner, MOVED_FROM if moved else DELETED)
            waiting = next(gone, None)

    for key in are:
        if key in stay:
            made += pass_old(key)
            waiting = next(gone, None)
            made += _story(old.owners[key], new.owners[key], remarks)
        else:
            moved = key in old.owners
            if not moved:
                remarks.append(f"{new.owners[key].kind} “{_title(new.owners[key])}” is new")
            here = list(_whole(new.owners[key], MOVED_TO if moved else INSERTED))
            if moved:
                _note(here, _photos(old.owners[key], new.owners[key]), remarks)
            made += here
    made += pass_old(None)
    return Redline(made, remarks)


def _title(owner: Owner) -> str:
    return owner.base("title").strip(END) or owner.id


def _in_order(owner: Owner) -> list[RecordedParagraph]:
    """An owner's paragraphs as they are printed, the notes last; figures' labels and chapter numbers are not compared."""
    listed = [p for stream in owner.streams.values() for p in stream if p.stream not in ("number", "end")]
    return sorted(listed, key=lambda p: (p.role == "note", _order(owner, p)))


def _order(owner: Owner, paragraph: RecordedParagraph) -> int:
    return owner.order.get(paragraph.part, 0)


def _text(paragraph: RecordedParagraph) -> tuple[str, list[int]]:
    text = paragraph.text
    looks = [0] * len(text)
    for begin, end, look in paragraph.looks:
        looks[begin:end] = [look] * (end - begin)
    return text[paragraph.fixed :].replace(NOTE, ""), [
        look for sign, look in zip(text, looks, strict=True) if sign != NOTE
    ][paragraph.fixed :]


def _whole(owner: Owner, fate: str) -> Iterator[RedParagraph]:
    for paragraph in _in_order(owner):
        text, looks = _text(paragraph)
        yield RedParagraph(paragraph.role, list(_runs(text, looks, looks, fate)), fate, part=paragraph.part)


def _story(old: Owner, new: Owner, remarks: list[str]) -> list[RedParagraph]:
    """A story in both states: its title and byline each for itself, the rest as one text."""
    made: list[RedParagraph] = []
    ours, theirs = _in_order(old), _in_order(new)
    for alone in ("title", "byline"):
        made += _stretch([p for p in ours if p.part == alone], [p for p in theirs if p.part == alone])
    rest = ("title", "byline")
    for notes in (False, True):
        made += _stretch(
            [p for p in ours if p.part not in rest and (p.role == "note") == notes],
            [p for p in theirs if p.part not in rest and (p.role == "note") == notes],
        )
    _note(made, _photos(old, new), remarks)
    return made


def _note(paragraphs: Sequence[RedParagraph], photos: Sequence[tuple[str, str]], remarks: list[str]) -> None:
    """Add remarks on photos to their captions, or to the title where there is none, and to all remarks."""
    for figure, remark in photos:
        captions = [p for p in paragraphs if p.part in (f"{figure}_caption", f"{figure}_credit")]
        stays = next((p for p in captions if p.end not in (DELETED, MOVED_FROM)), None)
        near = stays or next(iter([*captions, *paragraphs]), None)
        if near is not None:
            near.remarks.append(remark)
        remarks.append(remark)


def _photos(old: Owner, new: Owner) -> list[tuple[str, str]]:
    """Photos and captions in words, each with the name of its figure, for pictures have no tracked form."""
    lines: list[tuple[str, str]] = []
    title = _title(new)
    for name in dict.fromkeys([*old.photos, *new.photos]):
        was, now = old.photos.get(name, ""), new.photos.get(name, "")
        sums = old.sums.get(name, ""), new.sums.get(name, "")
        if was and not now:
            lines.append((name, f"“{title}”: photo {was} was taken out"))
        elif now and not was:
            lines.append((name, f"“{title}”: photo {now} is new"))
        elif was != now:
            lines.append((name, f"“{title}”: photo {was} was replaced by {now}"))
        elif sums[0] != sums[1]:
            lines.append((name, f"“{title}”: photo {now} is another picture now"))
        captions = old.base(f"{name}_caption").strip(END), new.base(f"{name}_caption").strip(END)
        if was and now and captions[0] != captions[1]:
            lines.append((name, f"“{title}”: the caption “{captions[0]}” is now “{captions[1]}”"))
    return lines


def _stretch(old: Sequence[RecordedParagraph], new: Sequence[RecordedParagraph]) -> list[RedParagraph]:
    """Neighboring paragraphs compared word by word."""
    old_text, old_looks, old_of = _joined(old)
    new_text, new_looks, new_of = _joined(new)
    made: list[RedParagraph] = []
    held: list[RedRun] = []

    def add(
        text: str, looks: Sequence[int], before: Sequence[int], fate: str, of: Sequence[RecordedParagraph], at: int
    ) -> None:
        start = 0
        for index, sign in enumerate(text):
            if sign == END:
                held.extend(_runs(text[start:index], looks[start:index], before[start:index], fate))
                made.append(RedParagraph(of[at + index].role, list(held), fate, part=of[at + index].part))
                held.clear()
                start = index + 1
        held.extend(_runs(text[start:], looks[start:], before[start:], fate))

    at = to = 0
    for a, b, c, d in [*differences(old_text, new_text), (len(old_text), len(old_text), len(new_text), len(new_text))]:
        add(new_text[to:c], new_looks[to:c], old_looks[at:a], KEPT, new_of, to)
        add(old_text[a:b], old_looks[a:b], old_looks[a:b], DELETED, old_of, a)
        add(new_text[c:d], new_looks[c:d], new_looks[c:d], INSERTED, new_of, c)
        at, to = b, d
    return made


def _joined(paragraphs: Iterable[RecordedParagraph]) -> tuple[str, list[int], list[RecordedParagraph]]:
    """The text of paragraphs with its looks, and for each character its paragraph."""
    text: list[str] = []
    looks: list[int] = []
    of: list[RecordedParagraph] = []
    for paragraph in paragraphs:
        words, seen = _text(paragraph)
        text += [words, END]
        looks += [*seen, 0]
        of += [paragraph] * (len(words) + 1)
    return "".join(text), looks, of


def _runs(text: str, looks: Sequence[int], before: Sequence[int], fate: str) -> Iterator[RedRun]:
    """Text as runs of one look."""
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or (looks[index], before[index]) != (looks[start], before[start]):
            yield RedRun(text[start:index], fate, looks[start], before[start])
            start = index


def version(made: Redline, *, new: bool) -> list[str]:
    """The texts of one of the two states, for proving that nothing was lost."""
    here = (KEPT, INSERTED, MOVED_TO) if new else (KEPT, DELETED, MOVED_FROM)
    texts: list[str] = []
    held = ""
    for paragraph in made.paragraphs:
        held += "".join(run.text for run in paragraph.runs if run.fate in here)
        if paragraph.end in here:
            texts.append(held)
            held = ""
    return texts
