"""Find which paragraphs of a proof the paragraphs of a returned file are: by their bookmarks, by their text, by their order.

Bookmarks alone are not believed: LibreOffice writes them twice when a paragraph is split, and leaves them round nothing when one
is deleted; Google Docs drops them all. Nothing is guessed: what fits nowhere stays unplaced.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from milebook.review.base_paragraphs import BaseParagraph, folded
from milebook.review.proof_text import RecordedParagraph

ALIKE = 60  # percent: less, and a paragraph without a bookmark is another one
PART, SHORTEST_PART = 88, 12  # percent, characters: a half of a paragraph that was divided or joined
SEEN = 12  # characters: a text of this length that stands once on either side is the same wherever it stands
MOST = 400  # paragraphs compared with all others left over


@dataclass(slots=True)
class Group:
    """Paragraphs of the proof that have become these paragraphs of the file: mostly one and one."""

    proof: list[int]
    file: list[int]


@dataclass(slots=True)
class Placement:
    """`groups` in the order of the file. What is left on either side is in no group."""

    groups: list[Group]
    lost: list[int] = field(default_factory=list)  # of the proof
    new: list[int] = field(default_factory=list)  # of the file; empty paragraphs are not listed


def place(proof: Sequence[RecordedParagraph], file: Sequence[BaseParagraph], skip: frozenset[int]) -> Placement:
    """`skip` holds the file's paragraphs that milebook's own additions are, and those that are not looked at."""
    search = _Search(proof, file, skip)
    search.by_bookmark()
    search.in_order()
    search.anywhere()
    search.alike()
    search.headings()
    return search.result()


class _Search:
    """The links found so far, from paragraphs of the file to paragraphs of the proof."""

    def __init__(self, proof: Sequence[RecordedParagraph], file: Sequence[BaseParagraph], skip: frozenset[int]) -> None:
        self.proof, self.file = proof, file
        self.wanted = [folded(paragraph.text) for paragraph in proof]
        self.found = [folded(paragraph.text) for paragraph in file]
        self.open_proof = [index for index, text in enumerate(self.wanted) if text]
        self.open_file = [index for index, text in enumerate(self.found) if text and index not in skip]
        self.links: list[tuple[int, int]] = []
        self.names: Mapping[str, int] = {p.bookmark.lower(): i for i, p in enumerate(proof) if p.bookmark}

    def _take(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Note pairs (proof, file) that are settled."""
        self.links += pairs
        ours, theirs = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
        self.open_proof = [index for index in self.open_proof if index not in ours]
        self.open_file = [index for index in self.open_file if index not in theirs]

    def _named(self, index: int) -> list[int]:
        """The proof's paragraphs whose bookmarks a paragraph of the file has."""
        names = (self.names.get(name.lower()) for name, _ in self.file[index].bookmarks)
        return list(dict.fromkeys(number for number in names if number is not None))

    def by_bookmark(self) -> None:
        """The same bookmark and the same text: the most, in most files."""
        free = set(self.open_proof)
        pairs: list[tuple[int, int]] = []
        for index in self.open_file:
            for number in self._named(index):
                if number in free and self.wanted[number] == self.found[index]:
                    free.discard(number)
                    pairs.append((number, index))
                    break
        self._take(pairs)

    def in_order(self) -> None:
        """The same texts in the same order."""
        ours, theirs = self.open_proof, self.open_file
        blocks = SequenceMatcher(
            None, [self.wanted[i] for i in ours], [self.found[i] for i in theirs], autojunk=False
        ).get_matching_blocks()
        self._take([(ours[a + k], theirs[b + k]) for a, b, size in blocks for k in range(size)])

    def anywhere(self) -> None:
        """A text that stands once on either side, in another place."""
        count = Counter(self.found[index] for index in self.open_file)
        ours = Counter(self.wanted[index] for index in self.open_proof)
        at = {self.found[index]: index for index in self.open_file}
        pairs = []
        for number in self.open_proof:
            text = self.wanted[number]
            if len(text) >= SEEN and ours[text] == 1 and count[text] == 1:
                pairs.append((number, at[text]))
        self._take(pairs)

    def alike(self) -> None:
        """Changed texts: the bookmark or the place and a likeness, halves of paragraphs divided or joined among them."""
        from rapidfuzz import fuzz

        settled = dict(self.links)
        back = {index: number for number, index in self.links}
        scores: list[tuple[float, int, int]] = []
        named_by = Counter(number for index in self.open_file for number in self._named(index))
        for index in self.open_file:
            text, names = self.found[index], self._named(index)
            near = set(self._between(index, back))
            rest = self.open_proof if len(self.open_proof) <= MOST else sorted(near)
            for number in dict.fromkeys([*names, *rest]):
                if number in settled:
                    continue
                score = fuzz.ratio(text, self.wanted[number])
                part = 0.0
                short = min(len(text), len(self.wanted[number]))
                if short >= SHORTEST_PART and (number in near or number in names):
                    part = fuzz.partial_ratio(text, self.wanted[number])
                if number in names and len(names) == 1 and named_by[number] == 1:
                    score = max(score, ALIKE) + 40
                elif number in names:
                    score += 20 if max(score, part) >= ALIKE else 0
                elif number in near:
                    score += 5
                elif score < ALIKE + 15:
                    continue
                best = max(score, part if part >= PART else 0.0)
                if best >= ALIKE:
                    scores.append((best, number, index))
        self._choose(scores, fuzz.partial_ratio)

    def _choose(self, scores: list[tuple[float, int, int]], part: object) -> None:
        """The best pairs first; then further halves of paragraphs that are paired already."""
        assert callable(part)
        ours, theirs = set[int](), set[int]()
        pairs: list[tuple[int, int]] = []
        scores.sort(key=lambda score: (-score[0], score[1], score[2]))
        for _, number, index in scores:
            if number not in ours and index not in theirs:
                ours.add(number)
                theirs.add(index)
                pairs.append((number, index))
        settled = {**dict(self.links), **dict(pairs)}
        back = {index: number for number, index in [*self.links, *pairs]}
        exact = {number for number, index in self.links}
        for index in self.open_file:  # the second half of a paragraph that was divided
            if index in theirs or len(self.found[index]) < 2:
                continue
            beside = [back[near] for near in (self._before(index, back), self._after(index, back)) if near is not None]
            for number in dict.fromkeys([*beside, *self._named(index)]):
                near_enough = number in beside and number not in exact
                half = self.found[index]
                if near_enough and part(half, self.wanted[number]) >= PART and not self._whole(number, settled):
                    pairs.append((number, index))
                    theirs.add(index)
                    break
        for number in self.open_proof:  # the second half of a paragraph that was joined
            if number in ours or len(self.wanted[number]) < 2:
                continue
            for near in (settled.get(self._next(number, -1)), settled.get(self._next(number, 1))):
                if near is None or (near not in theirs and near in {i for _, i in self.links}):
                    continue
                if (
                    len(self.found[near]) > len(self.wanted[number])
                    and part(self.wanted[number], self.found[near]) >= PART
                ):
                    pairs.append((number, near))
                    ours.add(number)
                    break
        self._take(pairs)

    def _next(self, number: int, step: int) -> int:
        """The paragraph before or behind one; the texts of notes stand elsewhere in a file."""
        number += step
        while 0 <= number < len(self.proof) and self.proof[number].role == "note":
            number += step
        return number

    def _whole(self, number: int, settled: Mapping[int, int]) -> bool:
        """Whether the paragraph that this one is paired with has all of its text already."""
        index = settled.get(number)
        return index is not None and len(self.found[index]) >= len(self.wanted[number]) - 1

    def _before(self, index: int, back: Mapping[int, int]) -> int | None:
        return next((near for near in range(index - 1, -1, -1) if near in back), None)

    def _after(self, index: int, back: Mapping[int, int]) -> int | None:
        return next((near for near in range(index + 1, len(self.file)) if near in back), None)

    def _between(self, index: int, back: Mapping[int, int]) -> list[int]:
        """The proof's open paragraphs between those that stand round a paragraph of the file."""
        before, after = self._before(index, back), self._after(index, back)
        first = back[before] if before is not None else -1
        last = back[after] if after is not None else len(self.proof)
        return [number for number in self.open_proof if first < number < last] if last > first else []

    def headings(self) -> None:
        """A heading that was written anew: the style says that it is one, the place says which."""
        back = {index: number for number, index in self.links}
        pairs: list[tuple[int, int]] = []
        for index in self.open_file:
            if not self.file[index].style.startswith(("heading", "title", "überschrift", "titre")):
                continue
            titles = [n for n in self._between(index, back) if self.proof[n].role in ("story-title", "chapter-title")]
            if len(titles) == 1 and titles[0] not in {number for number, _ in pairs}:
                pairs.append((titles[0], index))
        self._take(pairs)

    def result(self) -> Placement:
        """The links as groups: whatever hangs together by a split or a merge is one."""
        groups: dict[int, Group] = {}
        of_proof: dict[int, Group] = {}
        for number, index in sorted(self.links, key=lambda link: (link[1], link[0])):
            group = groups.get(index) or of_proof.get(number) or Group([], [])
            if number not in group.proof:
                group.proof.append(number)
            if index not in group.file:
                group.file.append(index)
            groups[index] = of_proof[number] = group
        unique = {id(group): group for group in groups.values()}
        made = sorted(unique.values(), key=lambda group: min(group.file))
        for group in made:
            group.proof.sort()
            group.file.sort()
        return Placement(made, list(self.open_proof), list(self.open_file))
