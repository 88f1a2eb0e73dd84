"""The ways in which whole paragraphs come into a Markdown text, go from it, or change their place in it, as splices of the source.

A paragraph that was typed among the items of a list, or within a quotation, becomes an item, or a part of the quotation; the
numbers behind it are counted on, as Word counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from milebook.model.splicing import Splice
from milebook.review.edits import BEHIND, NEITHER, Typed
from milebook.review.merging import Placed
from milebook.review.source_text import Stream, View
from milebook.review.to_markdown import markdown, separator
from milebook.review.word_text import END

_MARKER = re.compile(r"[ \t>]*(?P<mark>[*+•-]|(?P<number>\d{1,9})[.)])[ \t]+\Z")
_NUMBER = re.compile(r"[ \t>]*(\d{1,9})[.)]")


class ParagraphWays:
    """Ways of writing edits that take and put in nothing but whole paragraphs."""

    def __init__(self, source: str, stream: Stream) -> None:
        self.source, self.stream = source, stream

    def whole(self, edit: Placed) -> bool:
        """Whether an edit is such a one."""
        starts = {view.first for view in self.stream.views} | {len(self.stream.text)}
        typed = "".join(one.text for one in edit.typed) or (self.stream.text[slice(*edit.taken)] if edit.taken else "")
        return edit.start in starts and edit.end in starts and (not typed or typed.endswith(END))

    def of(self, edit: Placed) -> Iterator[list[Splice]]:
        """The ways of one edit, the likeliest first."""
        gone = [view for view in self.stream.views if edit.start <= view.first < edit.end]
        if gone and not edit.typed and not edit.taken:
            for behind in (False, True):
                away = self._without(gone, queries=not edit.edit.source, behind=behind)
                yield [*away, *self._counted_on(gone[-1], -len(_items(gone)))]
                yield away
            return
        at_end = edit.start >= len(self.stream.text)
        index = len(self.stream.views) if at_end else self.stream.at(edit.start)
        if edit.edit.source and not gone:
            yield self._placed(index, edit.edit.source)
        if not gone and not edit.taken:
            for escape in (False, True):
                yield from self._within(edit, index, escape)
        for escape in (False, True):
            yield from self._plain(edit, index, gone, escape)

    def of_move(self, old: Placed, new: Placed) -> Iterator[list[Splice]]:
        """A paragraph with its queries and marks, taken from one place to another."""
        if self.whole(old) and self.whole(new):
            gone = [view for view in self.stream.views if old.start <= view.first < old.end]
            for behind in (False, True):
                away = self._without(gone, queries=False, behind=behind)
                for to in self.of(new):
                    yield [*away, *to]

    def without_marker(self, edits: Sequence[Placed]) -> list[Splice]:
        """The markers of items that are alone in their list once the other item is gone: one item makes no list."""
        made: list[Splice] = []
        for edit in edits:
            whole = self.whole(edit)
            gone = [v for v in self.stream.views if edit.start + (not whole) <= v.first < edit.end + (not whole)]
            for one in (view for view in self.stream.views if view not in gone and _list_of(view)):
                items = [view for view in self.stream.views if _list_of(view) == _list_of(one)]
                line = self.source.rfind("\n", 0, one.start) + 1
                found = _MARKER.match(self.source[line : one.mapped.content[0]].rstrip("*_"))
                if len(items) == 2 and any(view in gone for view in items) and found:
                    made.append(
                        (line + found.start("mark"), line + found.end(), "" if whole or one is items[0] else "\n")
                    )
        return made

    def item(self, edit: Placed, new: str, prefix: str) -> tuple[str, list[Splice]] | None:
        """Text that divides an item of a list, so that its second half is the next item; with the numbers behind it."""
        view = self.stream.views[self.stream.at(edit.start)]
        marker = _MARKER.match(
            self.source[self.source.rfind("\n", 0, view.start) + 1 : view.mapped.content[0]].rstrip("*_")
        )
        if marker is None or edit.edit.like == NEITHER or new.count(separator(prefix)) != 1:
            return None
        lead, counted = marker.group(), list[Splice]()
        if marker["number"]:
            lead = lead[: marker.start("number")] + str(int(marker["number"]) + 1) + lead[marker.end("number") :]
            counted = self._counted_on(view, 1)
        return new.replace(separator(prefix), f"\n{lead}"), counted

    def joined(self, edit: Placed) -> list[Splice]:
        """The numbers behind items that are joined to the ones before them."""
        views = [view for view in self.stream.views if edit.start < view.first <= edit.end]
        alike = [v for v in views if _list_of(v) == _list_of(self.stream.views[self.stream.at(edit.start)])]
        return self._counted_on(views[-1], -len(_items(alike))) if alike == views and views else []

    # ---- what comes

    def _plain(self, edit: Placed, index: int, gone: Sequence[View], escape: bool) -> Iterator[list[Splice]]:
        """New paragraphs of the text itself, in no list and no quotation."""
        new = self._written(edit, escape)
        yield [(gone[0].start, gone[-1].end, new)] if gone else self._placed(index, new)

    def _placed(self, index: int, new: str) -> list[Splice]:
        """Paragraphs before the block with this index, or at the end."""
        if index == len(self.stream.views):
            last = self.stream.views[-1]
            return [(last.end, last.end, separator("") + new)]
        here = self.stream.views[index].start
        lead = "" if not self.source[:here].strip() or re.search(r"\n[ \t]*\n\Z", self.source[:here]) else "\n"
        return [(here, here, lead + new + separator(""))]

    def _written(self, edit: Placed, escape: bool) -> str:
        if edit.taken:
            taken = [view for view in self.stream.views if edit.taken[0] <= view.first < edit.taken[1]]
            return separator("").join(self.source[view.start : view.end] for view in taken)
        typed = list(edit.typed)
        if typed:
            typed[-1] = typed[-1]._replace(text=typed[-1].text.removesuffix(END))
        return markdown(typed, escape=escape, around=0, prefix="", start=True)

    def _within(self, edit: Placed, index: int, escape: bool) -> Iterator[list[Splice]]:
        """New paragraphs within the list or quotation of the paragraph that they look like."""
        behind = edit.edit.like == BEHIND
        near = self._view(index if behind else index - 1)
        if near is None or not near.inside or edit.edit.like == NEITHER:
            return
        line = self.source.rfind("\n", 0, near.start) + 1
        prefix = self.source[line : near.mapped.content[0]].rstrip("*_")
        marker = _MARKER.match(prefix)
        if marker is None and near.inside[-1].kind != "quote":
            return
        between = self._between(index, near, prefix, item=marker is not None)
        number = int(marker["number"]) if marker is not None and marker["number"] else -1
        under = prefix if marker is None else re.sub(r"[^>\s]", " ", prefix)
        pieces: list[str] = []
        for count, paragraph in enumerate(_paragraphs(edit.typed)):
            lead = prefix
            if number >= 0 and marker is not None:
                counted = str(number + count + (not behind))
                lead = prefix[: marker.start("number")] + counted + prefix[marker.end("number") :]
            pieces.append(lead + markdown(paragraph, escape=escape, around=0, prefix=under, start=True))
        new = between.join(pieces)
        splice = (line, line, new + between) if behind else (near.end, near.end, between + new)
        if number >= 0:
            yield [splice, *self._counted_on(near, len(pieces), itself=behind)]
        yield [splice]

    def _between(self, index: int, near: View, prefix: str, *, item: bool) -> str:
        """What stands between two paragraphs of this list or quotation."""
        if not item:
            return f"\n{prefix.rstrip()}\n"
        before, behind = self._view(index - 1), self._view(index)
        for one, other in ((before, behind), (self._view(index - 2), before), (behind, self._view(index + 1))):
            if one is not None and other is not None and _list_of(one) == _list_of(other) == _list_of(near):
                lines = self.source[one.end : other.start].count("\n")
                return "\n" * max(1, lines) if "> " not in prefix else "\n"
        return "\n"

    def _view(self, index: int) -> View | None:
        return self.stream.views[index] if 0 <= index < len(self.stream.views) else None

    def _counted_on(self, view: View, by: int, *, itself: bool = False) -> list[Splice]:
        """The numbers of the items behind one, where they were counted on from it, that much higher or lower."""
        made: list[Splice] = []
        number = _number(self.source, view)
        if number is None:
            return made
        if itself:
            number -= 1
        for other in self.stream.views:
            if (other.start > view.start or (itself and other is view)) and _list_of(other) == _list_of(view):
                found = _NUMBER.match(self.source, self.source.rfind("\n", 0, other.start) + 1)
                if found is None:
                    continue
                if int(found[1]) != number + 1:
                    break
                number += 1
                made.append((found.start(1), found.end(1), str(number + by)))
        return made

    # ---- what goes

    def _without(self, gone: Sequence[View], *, queries: bool = True, behind: bool = False) -> list[Splice]:
        """The source without some blocks: each with the empty lines before it, or behind it where it is the first."""
        text = self.source
        made: list[Splice] = []
        for view in gone:
            asked = (text[a.start : a.end] for a in view.mapped.silent if a.kind == "query")
            keep = "".join(asked) if queries else ""
            start, end = view.start, view.end
            before = start
            while before and text[before - 1] in "\n \t>":
                before -= 1
            if keep or (before and not behind):
                made.append((before if not keep else start, end, keep))
            else:
                while end < len(text) and text[end] in "\n":
                    end += 1
                made.append((start, end, ""))
        return made


def _paragraphs(typed: Sequence[Typed]) -> list[list[Typed]]:
    """Typed text, paragraph by paragraph."""
    made: list[list[Typed]] = [[]]
    for one in typed:
        first, *rest = one.text.split(END)
        made[-1].append(one._replace(text=first))
        made += [[one._replace(text=text)] for text in rest]
    return [paragraph for paragraph in made if any(one.text for one in paragraph)]


def _list_of(view: View) -> tuple[str, int] | None:
    box = view.inside[-1] if view.inside else None
    return (box.kind, box.key) if box is not None and box.kind != "quote" else None


def _number(source: str, view: View) -> int | None:
    """The number that an item was given by its author; None for what has none."""
    found = _NUMBER.match(source, source.rfind("\n", 0, view.start) + 1)
    return int(found[1]) if found is not None and view.inside and view.inside[-1].kind == "numbers" else None


def _items(views: Sequence[View]) -> set[tuple[int, int]]:
    return {(view.inside[-1].key, view.inside[-1].item) for view in views if view.inside}
