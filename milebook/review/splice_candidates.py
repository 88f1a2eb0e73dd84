"""The ways in which an edit could be written into Markdown, as splices of the source, the plainest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from milebook.model.splicing import Splice
from milebook.review.merging import Placed
from milebook.review.paragraph_splices import ParagraphWays
from milebook.review.rewriting import rewritten
from milebook.review.source_map import Atom
from milebook.review.source_text import Stream, View
from milebook.review.to_markdown import markdown, marks


class Ways:
    """Ways of writing edits of one stream into its source."""

    def __init__(self, source: str, stream: Stream) -> None:
        self.source, self.stream = source, stream
        self.paragraphs = ParagraphWays(source, stream)
        self.line = len(stream.views) == 1 and stream.views[0].kind == "line"

    def of(self, edit: Placed) -> Iterator[list[Splice]]:
        if edit.look is not None:
            yield from self._restyle(edit)
            return
        if not self.stream.views:
            return
        if self.paragraphs.whole(edit):
            yield from self.paragraphs.of(edit)
            return
        for escape in (False, True):
            for position in self._positions(edit):
                yield from self._inline(edit, position, escape)
        yield from self._around_silence(edit)
        for escape in (False, True):
            anew = rewritten(self.source, self.stream, edit, escape=escape)
            if anew is not None:
                yield [anew]

    # ---- inside paragraphs

    def _positions(self, edit: Placed) -> list[int]:
        """Where in the source the typed text can stand, the likeliest place first."""
        view = self.stream.views[self.stream.at(edit.start)]
        mapped = view.mapped
        at = edit.start - view.first
        if edit.end > edit.start and at < len(mapped.text):
            first = mapped.starts[at]
            low = mapped.ends[at - 1] if at else mapped.content[0]
            inside = [first] if first >= 0 else []
        else:
            low = mapped.ends[at - 1] if at else mapped.content[0]
            inside = []
        high = mapped.starts[at] if at < len(mapped.text) else view.end
        if low < 0 or high < 0 or high < low:
            return inside
        gaps = sorted({low, high, *(a.end for a in mapped.silent if low <= a.start and a.end <= high)})
        look = edit.typed[0].look if edit.typed else 0
        before = mapped.looks[at - 1] if at else -1
        if before == look:
            order = [low, *[gap for gap in gaps if gap != low]]
        else:
            order = [high, *[gap for gap in reversed(gaps) if gap != high]]
        return list(dict.fromkeys([*inside, *order]))

    def _inline(self, edit: Placed, position: int, escape: bool) -> Iterator[list[Splice]]:
        view = self.stream.views[self.stream.at(edit.start)]
        prefix = _prefix(view)
        mapped = view.mapped
        at = edit.start - view.first
        around = mapped.looks[at] if edit.end > edit.start and at < len(mapped.looks) else 0
        if edit.end == edit.start:
            before, after = mapped.looks[at - 1] if at else 0, mapped.looks[at] if at < len(mapped.looks) else 0
            around = (
                before
                if at and position == mapped.ends[at - 1]
                else after
                if position == self._start_of(view, at)
                else 0
            )
        begins = at == 0
        new = markdown(edit.typed, escape=escape, around=around, prefix=prefix, start=begins, line=self.line)
        item = self.paragraphs.item(edit, new, prefix)
        for written, counted in [item, (new, [])] if item is not None else [(new, [])]:
            if edit.end == edit.start:
                yield [(position, position, written), *counted]
                continue
            replaced = self._replaced(edit, position, written)
            for joined in (self.paragraphs.joined(edit), []):
                yield [*replaced, *counted, *joined]

    def _start_of(self, view: View, at: int) -> int:
        return view.mapped.starts[at] if at < len(view.mapped.text) else view.end

    def _replaced(self, edit: Placed, position: int, new: str) -> list[Splice]:
        """The letters of an edit gone from the source, block by block, the new text at its place."""
        made: list[Splice] = []
        first, last = self.stream.at(edit.start), self.stream.at(max(edit.start, edit.end - 1))
        for index in range(first, last + 1):
            view = self.stream.views[index]
            mapped = view.mapped
            begin, end = max(0, edit.start - view.first), min(len(mapped.text), edit.end - view.first)
            joins = edit.end > view.last and index < len(self.stream.views) - 1 and edit.end - 1 >= view.last
            stop = edit.end - 1 == view.last and index == last
            starts = [s for s in mapped.starts[begin:end] if s >= 0]
            ends = [e for e in mapped.ends[begin:end] if e >= 0]
            low = min(starts, default=view.end)
            high = max(ends, default=low)
            kept = _kept(mapped.silent, low, high, self.source)
            if joins or stop:
                following = self.stream.views[index + 1] if index + 1 < len(self.stream.views) else None
                if following is not None:
                    between = self.source[view.end : following.start]
                    tail = self.source[high : view.end] if starts else ""
                    behind = "\n\n" + between.strip() if between.strip("\n >\t") else ""
                    low = low if starts else view.end
                    made.append((low, following.mapped.content[0], kept + tail))
                    if behind:
                        made.append((following.end, following.end, behind))
                    continue
            made.append((low, high, kept))
        return _with_text(_joined(made), position, new)

    def _around_silence(self, edit: Placed) -> Iterator[list[Splice]]:
        """The deleted stretch together with the marks of emphasis round it, which would stand round nothing."""
        if edit.end <= edit.start:
            return
        view = self.stream.views[self.stream.at(edit.start)]
        begin, end = edit.start - view.first, edit.end - view.first
        if end > len(view.mapped.text):
            return
        low = view.mapped.ends[begin - 1] if begin else view.mapped.content[0]
        high = view.mapped.starts[end] if end < len(view.mapped.text) else view.end
        first, last = view.mapped.starts[begin], view.mapped.ends[end - 1]
        if min(low, high, first, last) < 0:
            return
        text = self.source
        for escape in (False, True):
            new = markdown(edit.typed, escape=escape, around=0, prefix=_prefix(view), start=begin == 0, line=self.line)
            queries = "".join(
                text[a.start : a.end] for a in view.mapped.silent if a.kind == "query" and low <= a.start < high
            )
            yield [(low, high, new + queries)]
            yield [(low, last, new + _kept(view.mapped.silent, low, last, text))]
            yield [(first, high, new + _kept(view.mapped.silent, first, high, text))]
            # the letters alone, one by one: marks that the stretch begins or ends in the middle of stay where they are
            letters = sorted(
                {(s, e) for s, e in zip(view.mapped.starts[begin:end], view.mapped.ends[begin:end], strict=True)}
            )
            yield _with_text([(s, e, "") for s, e in letters], first, new)

    # ---- looks

    def _restyle(self, edit: Placed) -> Iterator[list[Splice]]:
        """Marks put round a stretch, or taken away from it, or turned round within it."""
        view = self.stream.views[self.stream.at(edit.start)]
        mapped = view.mapped
        begin, end = edit.start - view.first, min(edit.end - view.first, len(mapped.text))
        while begin < end and mapped.text[begin].isspace():
            begin += 1
        while end > begin and mapped.text[end - 1].isspace():
            end -= 1
        if begin >= end or mapped.starts[begin] < 0 or mapped.ends[end - 1] < 0:
            return
        low, high = mapped.starts[begin], mapped.ends[end - 1]
        text = self.source
        before = mapped.ends[begin - 1] if begin else mapped.content[0]
        after = mapped.starts[end] if end < len(mapped.text) else view.end
        old, new = mapped.looks[begin], edit.look or 0
        anew = rewritten(self.source, self.stream, edit, escape=True)
        inner = "".join(
            text[a:b]
            for a, b in _pieces(low, high, [s for s in mapped.silent if s.kind == "sign" and text[s.start] in "*_"])
        )
        added, lost = marks(new & ~old), marks(old & ~new)
        yield [(low, low, added), (high, high, added[::-1])] if added else []
        yield [(low, high, f"{marks(new)}{inner}{marks(new)[::-1]}")]
        yield [(before, low, _less(text[before:low], marks(old))), (low, high, f"{marks(new)}{inner}{marks(new)[::-1]}"),
               (high, after, _less(text[high:after], marks(old)))]  # fmt: skip
        if lost:
            yield [(low, high, f"{lost[::-1]}{text[low:high]}{lost}")]
            lead, tail = text[before:low], text[high:after]
            yield [
                (before, low, _less(lead, lost)),
                (high, high, ""),
                (low, high, f"{inner}"),
                (high, after, lost + tail.lstrip() if tail[:1] != " " else f" {lost}{tail[1:]}"),
            ]
            spaced = text[low - 1 : low] == " "
            yield [(low - spaced, high, f"{lost[::-1]}{' ' * spaced}{inner}"), (high, after, _less(tail, lost))]
            yield [(before, low, _less(lead, lost)), (low, high, inner), (high, high, ""), (after, after, lost)]
        if anew is not None:
            yield [anew]


def _prefix(view: View) -> str:
    return "".join("> " if box.kind == "quote" else " " * (len(box.label) + 1) for box in view.inside)


def _kept(silent: Sequence[Atom], low: int, high: int, text: str) -> str:
    """What must stay of the marks inside a deleted stretch: queries, and marks of emphasis that have no partner in it."""
    open_marks: list[str] = []
    made: list[str] = []
    for atom in silent:
        if not (low <= atom.start and atom.end <= high):
            continue
        written = text[atom.start : atom.end]
        if atom.kind == "query":
            made.append(written)
        elif (atom.kind == "sign" and written in "*_[") or atom.kind == "target":
            partner = "[" if atom.kind == "target" else written
            if partner in open_marks and (atom.kind == "target" or written != "["):
                open_marks.reverse()
                open_marks.remove(partner)
                open_marks.reverse()
            else:
                open_marks.append(written)
    return "".join([*open_marks, *made])


def _joined(splices: Sequence[Splice]) -> list[Splice]:
    made: list[Splice] = []
    for splice in splices:
        if made and made[-1][1] == splice[0]:
            made[-1] = (made[-1][0], splice[1], made[-1][2] + splice[2])
        elif splice[0] != splice[1] or splice[2]:
            made.append(splice)
    return made


def _with_text(splices: list[Splice], position: int, new: str) -> list[Splice]:
    """The new text at a place that may lie inside what goes."""
    if not new:
        return splices
    for index, (start, end, kept) in enumerate(splices):
        if start <= position <= end:
            return [*splices[:index], (start, end, new + kept), *splices[index + 1 :]]
    return [*splices, (position, position, new)]


def _pieces(low: int, high: int, without: Sequence[Atom]) -> Iterator[tuple[int, int]]:
    at = low
    for atom in without:
        if low <= atom.start and atom.end <= high:
            yield at, atom.start
            at = atom.end
    yield at, high


def _less(text: str, mark: str) -> str:
    return text.replace(mark, "", 1) if mark else text
