"""Merge a story's edits into its Markdown file and its fields of the index, or say where author and editor clash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from milebook.model.splicing import Splice, spliced
from milebook.review.changes import Change
from milebook.review.edits import Edit
from milebook.review.merging import Conflict, Merged, Placed, merge, place_of, refined
from milebook.review.photo_places import shifted_numbers
from milebook.review.proof_text import Owner
from milebook.review.source_text import Original, Reader, Source, Stream
from milebook.review.splicing import expected, write
from milebook.review.whole_review import PlacedComment
from milebook.review.word_text import END

_ROUNDS = 2  # more, for what could not be written at first
IN_A_WORD = "italics and bold can only begin and end with a word"
UNWRITABLE = "its marks cannot be written in Markdown at this place"


@dataclass(slots=True)
class Applied:
    """What came of a story. `data` is the new file and `fields` are new values of the index; both empty where nothing changes."""

    data: bytes = b""
    fields: dict[str, str] = field(default_factory=dict)
    made: list[Change] = field(default_factory=list)  # that were merged now
    done: list[Change] = field(default_factory=list)  # that were there already
    by_hand: list[tuple[Change, str]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    clashing: list[Change] = field(default_factory=list)  # that are in conflicts
    waiting: list[Change] = field(default_factory=list)  # that could be merged if the clashing ones were not asked for
    queries: int = 0  # comments that became queries
    beside: list[PlacedComment] = field(
        default_factory=list
    )  # that cannot: they are about a title, a caption and the like
    shifted: dict[int, int] = field(default_factory=dict)  # numbers of paragraphs, as photos count them, that changed


def apply_story(
    owner: Owner,
    changes: Sequence[Change],
    comments: Sequence[PlacedComment],
    original: bytes | None,
    reader: Reader,
    fields: Mapping[str, tuple[str, Reader]],
    fixed: Mapping[str, str],
) -> Applied:
    """The changes and comments merged. `original` is the text file as it is now; `fields` leads from fields to their values now,
    each with its reader, and `fixed` from others to why they cannot be changed. Where anything clashes, nothing of the story is
    changed.
    """
    result = _merged_once(owner, changes, comments, original, reader, fields, fixed)
    for _ in range(_ROUNDS):
        left = [change for change, reason in result.by_hand if reason == UNWRITABLE]
        if not left or not result.data:
            break
        more = _merged_once(
            owner, left, (), result.data, reader, {}, fixed
        )  # beside what is written now there may be a way
        if more.conflicts or not more.data or not more.made:
            break
        result.data = more.data
        result.made += more.made
        result.by_hand = [pair for pair in result.by_hand if pair[1] != UNWRITABLE] + more.by_hand
    return result


def _merged_once(
    owner: Owner,
    changes: Sequence[Change],
    comments: Sequence[PlacedComment],
    original: bytes | None,
    reader: Reader,
    fields: Mapping[str, tuple[str, Reader]],
    fixed: Mapping[str, str],
) -> Applied:
    result = Applied()
    wanted = [
        replace(change, edits=_own_edits(owner, change)) for change in changes if change.edits and not change.by_hand
    ]
    result.by_hand += [(change, change.by_hand) for change in changes if change.by_hand]
    by_stream: dict[str, list[Edit]] = {}
    for change in wanted:
        for edit in change.edits:
            by_stream.setdefault(edit.stream, []).append(edit)
    state = _State(owner, result)
    for stream in [name for name in by_stream if name in fields or _is_field(name)]:
        if stream in fields:
            state.field(stream, by_stream[stream], *fields[stream])
        else:
            state.no_field(stream, fixed.get(stream, ""), wanted)
    text = {name: edits for name, edits in by_stream.items() if not (name in fields or _is_field(name))}
    if original is not None:
        state.text(text, comments, original, reader)
    elif text:
        result.by_hand += [
            (c, "the story's file is not there") for c in wanted if any(e.stream in text for e in c.edits)
        ]
    if result.conflicts:
        result.data, result.queries = b"", 0
        result.fields.clear()
        _set_apart(wanted, state)
    else:
        _sort_out(wanted, state)
    return result


def _set_apart(wanted: Sequence[Change], state: _State) -> None:
    """Of a story that was left alone: which changes clash, and which were left out only because others clash."""
    clashing = [edit for conflict in state.result.conflicts for edit in conflict.edits]
    for change in wanted:
        if any(edit in clashing for edit in change.edits):
            state.result.clashing.append(change)
        elif not all(edit in state.done for edit in change.edits):
            state.result.waiting.append(change)


def _sort_out(wanted: Sequence[Change], state: _State) -> None:
    """Say of each change whether it was made, was there already, or must be made by hand."""
    result = state.result
    for change in wanted:
        if any(edit in state.failed for edit in change.edits):
            result.by_hand.append((change, IN_A_WORD if _in_a_word(state.owner, change) else UNWRITABLE))
    refused = {id(change) for change, _ in result.by_hand}
    for change in wanted:
        if id(change) not in refused:
            (result.done if all(edit in state.done for edit in change.edits) else result.made).append(change)


def _in_a_word(owner: Owner, change: Change) -> bool:
    """Whether a change of look begins or ends between two letters."""
    for edit in change.edits:
        base = owner.base(edit.stream)
        pairs = (base[at - 1 : at + 1] for at in (edit.start, edit.end) if 0 < at < len(base))
        if edit.look is not None and any(pair.isalnum() for pair in pairs):
            return True
    return False


def _own_edits(owner: Owner, change: Change) -> list[Edit]:
    """The edits of a change that are made in this story, in their smallest form."""
    own = [edit for edit in change.edits if edit.owner == owner.key]
    return [small for edit in own for small in refined(owner.base(edit.stream), [edit])]


def _is_field(name: str) -> bool:
    return name in ("title", "byline", "number", "end") or name.startswith("f")


@dataclass(slots=True)
class _State:
    owner: Owner
    result: Applied
    done: list[Edit] = field(default_factory=list)
    failed: list[Edit] = field(default_factory=list)  # that no way of writing could make

    def field(self, name: str, edits: Sequence[Edit], value: str, reader: Reader) -> None:
        """A one-line field: the new value, if it is another."""
        source = reader(value)
        merged = merge(self.owner.base(name), source.streams[name].text, edits)
        _styled_already(merged, source.streams[name])
        self._merged(merged)
        if not merged.placed or merged.conflicts:
            return
        whole = expected(source.streams[name], merged.placed)
        if not whole.text.strip(END):
            self.result.fields[name] = ""
            return
        made, failed = write(source, name, merged.placed, reader)
        self.failed += [one.edit for one in failed]
        if made:
            self.result.fields[name] = spliced(value, made)

    def no_field(self, name: str, why: str, wanted: Iterable[Change]) -> None:
        reason = why or ("it is gone from the index" if name.startswith("f") else "change it in the index")
        self.result.by_hand += [(c, reason) for c in wanted if any(e.stream == name for e in c.edits)]

    def text(
        self, streams: Mapping[str, Sequence[Edit]], comments: Sequence[PlacedComment], data: bytes, reader: Reader
    ) -> None:
        """The story's file: its text, its notes, and the comments as queries."""
        try:
            original = Original(data)
        except UnicodeDecodeError:
            self.result.conflicts.append(Conflict("", "the file is not saved as UTF-8", "", ()))
            return
        source = reader(original.text)
        splices: list[Splice] = []
        placed: list[Placed] = []  # in the text itself
        names = _numbered(self.owner, source, streams)
        for name, edits in streams.items():
            stream = source.streams.get(names.get(name, name))
            if stream is None:
                self.result.conflicts.append(Conflict(self.owner.base(name), "", "", tuple(edits)))
                continue
            merged = merge(self.owner.base(name), stream.text, edits)
            _styled_already(merged, stream)
            self._merged(merged)
            if merged.conflicts or not merged.placed:
                continue
            made, failed = write(source, names.get(name, name), merged.placed, reader)
            splices += made
            self.failed += [one.edit for one in failed]
            placed += [one for one in merged.placed if name == "text" and one not in failed]
        if self.result.conflicts:
            return
        splices += self._queries(source, comments, names)
        if splices:
            new = original.spliced(splices)
            self.result.data = new if new != data else b""
            self.result.shifted = shifted_numbers(source, reader(spliced(source.text, splices)), placed)

    def _queries(self, source: Source, comments: Sequence[PlacedComment], names: Mapping[str, str]) -> list[Splice]:
        """A query for each comment that is not there already, behind the words it is about."""
        made: list[Splice] = []
        for placed in comments:
            if placed.at is None or _is_field(placed.at.stream):
                self.result.beside.append(placed)
                continue
            stream = source.streams.get(names.get(placed.at.stream, placed.at.stream))
            words = query_words(placed)
            if stream is None or not words or words in source.queries or not stream.views:
                continue
            at = place_of(self.owner.base(placed.at.stream), stream.text, placed.at.start)
            view = stream.views[stream.at(at)]
            place = min(max(0, at - view.first), len(view.mapped.text))
            spot = view.mapped.ends[place - 1] if place else view.mapped.content[0]
            if spot < 0:
                spot = view.end
            for atom in view.mapped.silent:  # behind marks that close here
                if atom.start == spot and atom.kind in ("sign", "target"):
                    spot = atom.end
            made.append((spot, spot, f" {{>> {words} <<}}" if place else f"{{>> {words} <<}} "))
            self.result.queries += 1
        return made

    def _merged(self, merged: Merged) -> None:
        self.done += merged.done
        self.result.conflicts += merged.conflicts


def _styled_already(merged: Merged, stream: Stream) -> None:
    """Changes of look that are made already are done."""
    for one in list(merged.placed):
        if one.look is not None:
            letters = [i for i in range(one.start, min(one.end, len(stream.looks))) if stream.text[i].isalnum()]
            if all(stream.looks[i] == one.look for i in letters):
                merged.placed.remove(one)
                merged.done.append(one.edit)


def _numbered(owner: Owner, source: Source, streams: Iterable[str]) -> dict[str, str]:
    """Which note of today's text is which note of the proof: the one with the same text, else with the same number."""
    found: dict[str, str] = {}
    notes = {name: stream.text for name, stream in source.streams.items() if name != "text"}
    for name in streams:
        if name != "text":
            base = owner.base(name)
            same = [other for other, text in notes.items() if text == base]
            found[name] = same[0] if same else name
    return found


def query_words(placed: PlacedComment) -> str:
    """The text of the query that a comment becomes, for authors and editors only: it begins with “editor:”.

    Braces and arrows in it lose their meaning: a comment is neither another query nor the answer to one.
    """
    comment = placed.comment
    lines = [_line(comment.author, comment.text), *(_line(reply.author, reply.text) for reply in comment.replies)]
    said = [line for line in lines if line]
    return f"editor: {' / '.join(said)}" if said else ""


def _line(author: str, text: str) -> str:
    words = " ".join(text.replace("<<}", "<< }").replace("{>>", "{ >>").replace("=>", "= >").split())
    name = " ".join(author.replace("<<}", "").replace("{>>", "").replace("=>", "").split())
    return f"{name}: {words}" if words and name else words
