"""Which number each paragraph of a story has once edits are made: photos stand behind paragraphs by number."""

from __future__ import annotations

from collections.abc import Sequence

from milebook.model.text import HEADING, SCENE_BREAK
from milebook.review.merging import Placed, place_of, size
from milebook.review.source_text import Source
from milebook.review.word_text import END


def shifted_numbers(old: Source, new: Source, made: Sequence[Placed]) -> dict[int, int]:
    """Which paragraph each paragraph has become, where its number is another: photos stand behind paragraphs by number.

    Paragraphs that were typed ahead of the photos of another are counted with it. 0 is the beginning of the text.
    """
    before, after = old.streams["text"], new.streams["text"]
    ahead = {one.start: one.typed for one in made if one.edit.ahead and one.start == one.end}
    found: dict[int, int] = {}
    number = 0
    for view in before.views:
        if view.kind in (SCENE_BREAK, HEADING):
            continue
        number += 1
        at = _moved_to(view.last, before.text, after.text, made)
        here = after.views[: after.at(at) + 1] if at >= 0 else []
        if here and at < here[-1].last and at == here[-1].first:
            here.pop()  # it is gone, and the next one stands in its place
        now = sum(other.kind not in (SCENE_BREAK, HEADING) for other in here)
        now += sum(one.text.count(END) for one in ahead.get(view.last + 1, ()))
        if now != number:
            found[number] = now
    return found


def _moved_to(offset: int, old: str, new: str, made: Sequence[Placed]) -> int:
    """Where a letter of a text stands once edits are made; where they take it away, the end of what came for it, or its place."""
    shift, text = 0, [one for one in made if one.look is None]
    grown = {id(one): size(one) - (one.end - one.start) for one in text}
    if len(old) + sum(grown.values()) != len(new):
        return place_of(old, new, offset)  # it was written in another way
    for one in sorted(text, key=lambda one: (one.start, one.end)):
        if one.start <= offset < one.end:
            return one.start + shift + max(size(one) - 1, 0)
        if one.end <= offset:
            shift += grown[id(one)]
    return offset + shift
