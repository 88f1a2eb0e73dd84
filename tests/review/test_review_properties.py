"""Whatever an editor does, the report accounts for all of it, and merging it gives the editor's text."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from milebook.review.applying import apply_story
from milebook.review.changes import Change
from milebook.review.edits import Edit, Typed
from milebook.review.history import DELETED, INSERTED, history
from milebook.review.merging import applied, plainer
from milebook.review.one_file_review import OneFile
from milebook.review.proof_text import Proof, read_proof
from milebook.review.returned_file import Returned
from milebook.review.source_text import Source, story_reader
from milebook.review.word_diff import differences
from milebook.review.word_text import END, By, WordParagraph, WordRun

MANY = int(os.environ.get("MILEBOOK_EXAMPLES", "80"))
ED = By("Ed", "2026-02-03T10:00:00Z")
WORD = st.sampled_from(["road", "the", "a", "mile", "and", "shoe,", "rain.", "two", "Ana’s", "5′11″", "—", "it"])
SENTENCE = st.lists(WORD, min_size=3, max_size=14).map(" ".join)
STORY = st.lists(SENTENCE, min_size=1, max_size=6)
READER = story_reader("en-US", True, "* * *", notes=True)


def proof_of(texts: list[str]) -> Proof:
    rows: list[dict[str, Any]] = [
        {"anchor": "mb_s_title", "story": "s", "role": "story-title", "text": "The Title", "bookmark": "mb_s_title"}
    ]
    for number, text in enumerate(texts, 1):
        anchor = f"mb_s_p{number:02d}"
        rows.append(
            {"anchor": anchor, "story": "s", "role": "body", "text": text, "bookmark": anchor.replace("-", "_")}
        )
    return read_proof(
        {"build_id": "x", "chapters": [{"id": "c", "paragraphs": rows}], "stories": {}, "proofs": ["ch01-c"]}, {}
    )


def paragraph(
    pieces: list[WordRun], number: int, inserted: By | None = None, deleted: By | None = None
) -> WordParagraph:
    marks = ((f"mb_s_p{number:02d}", 0),) if number else ()
    return WordParagraph(tuple(pieces), inserted, deleted, marks, "body")


def file_of(paragraphs: list[WordParagraph]) -> Returned:
    title = WordParagraph((WordRun("The Title"),), None, None, (("mb_s_title", 0),), "heading 2")
    return Returned("x.docx", body=[title, *paragraphs])


@st.composite
def edited(draw: st.DrawFn, tracked: bool) -> tuple[list[str], list[WordParagraph], list[str]]:
    """A story, the file that comes back, and its new paragraphs."""
    texts = draw(STORY)
    made: list[WordParagraph] = []
    new: list[str] = [""]
    for number, text in enumerate(texts, 1):
        pieces: list[WordRun] = []
        what = draw(st.sampled_from(["keep", "keep", "word", "add", "drop", "gone", "split", "join"]))
        words = text.split(" ")
        place = draw(st.integers(0, len(words) - 1))
        extra = draw(WORD)
        gone = ED if tracked else None
        before, word, after = " ".join(words[:place]), words[place], " ".join(words[place + 1 :])
        head, tail = before + (" " if before else ""), (" " if after else "") + after
        if what == "gone":
            if tracked:
                made.append(paragraph([WordRun(text, deleted=ED)], number, deleted=ED))
            continue
        if what == "word":
            pieces = (
                [WordRun(head), WordRun(word, deleted=ED), WordRun(extra, inserted=ED), WordRun(tail)]
                if tracked
                else [WordRun(head + extra + tail)]
            )
            new[-1] += head + extra + tail
        elif what == "add":
            pieces = [WordRun(head + word), WordRun(f" {extra}", inserted=gone), WordRun(tail)]
            new[-1] += head + word + f" {extra}" + tail
        elif what == "drop" and len(words) > 2:
            pieces = [WordRun(head), WordRun(word, deleted=ED), WordRun(tail)] if tracked else [WordRun(head + tail)]
            new[-1] += head + tail
        elif what == "split" and before and after:
            made.append(paragraph([WordRun(f"{before} ")], number, inserted=gone))
            pieces = [WordRun(f"{word}{tail}")]
            new[-1] += before
            new.append(f"{word}{tail}")
            number = 0
        else:
            pieces = [WordRun(text)]
            new[-1] += text
        if what == "join" and number != len(texts) and tracked:
            made.append(paragraph([*pieces, WordRun(" ", inserted=ED)], number, deleted=ED))
            new[-1] += " "
            continue
        made.append(paragraph([piece for piece in pieces if piece.text], number))
        new.append("")
    return texts, made, [" ".join(text.split()) for text in new if text.strip()]


def edits_of(proof: Proof, file: Returned) -> tuple[list[Change], list[Edit]]:
    review = OneFile(proof, file, 0).run()
    assert review.unplaced == []
    found = review.changes
    assert not [change for change in found if change.by_hand and change.kind != "move"]
    return found, [edit for change in found for edit in change.edits]


def result(base: str, edits: list[Edit]) -> list[str]:
    return [" ".join(text.split()) for text in applied(base, edits).split(END) if text.strip()]


@settings(deadline=None, max_examples=MANY)
@given(edited(tracked=True))
def test_recorded_changes_lead_to_the_new_text(case: tuple[list[str], list[WordParagraph], list[str]]) -> None:
    texts, paragraphs, new = case
    proof = proof_of(texts)
    found, edits = edits_of(proof, file_of(paragraphs))
    if not any(change.kind == "move" for change in found):
        assert result(proof.owners["story:s"].base("text"), edits) == new
    assert all(change.tracked and change.author == "Ed" for change in found if change.kind != "move")


@settings(deadline=None, max_examples=MANY)
@given(edited(tracked=False))
def test_unrecorded_changes_lead_to_the_new_text(case: tuple[list[str], list[WordParagraph], list[str]]) -> None:
    texts, paragraphs, new = case
    if not new:
        return
    proof = proof_of(texts)
    found, edits = edits_of(proof, file_of(paragraphs))
    if not any(change.kind == "move" for change in found):
        assert result(proof.owners["story:s"].base("text"), edits) == new
    assert not any(change.tracked for change in found)


@settings(deadline=None, max_examples=MANY)
@given(STORY)
def test_what_comes_back_as_it_was_gives_no_change(texts: list[str]) -> None:
    for named in (True, False):
        file = file_of([paragraph([WordRun(text)], number if named else 0) for number, text in enumerate(texts, 1)])
        review = OneFile(proof_of(texts), file, 0).run()
        assert review.changes == []
        assert review.unplaced == []


@settings(deadline=None, max_examples=MANY)
@given(edited(tracked=True))
@example((["a a a"], [paragraph([WordRun("a"), WordRun(" a", deleted=ED), WordRun(" a")], 1)], ["a a"]))
def test_merging_gives_the_editors_text_and_only_once(case: tuple[list[str], list[WordParagraph], list[str]]) -> None:
    texts, paragraphs, new = case
    proof = proof_of([printed(text) for text in texts])
    if [printed(text) for text in texts] != texts or not new:
        return
    found, _ = edits_of(proof, file_of(paragraphs))
    if any(change.kind == "move" for change in found):
        return
    source = "\n\n".join(texts) + "\n"
    owner = proof.owners["story:s"]
    made = apply_story(owner, found, [], source.encode(), READER, {}, {})
    assert made.conflicts == []
    data = made.data or source.encode()
    assert [plainer(text) for text in texts_of(READER(data.decode()))] == [plainer(text) for text in new]
    again = apply_story(owner, found, [], data, READER, {}, {})
    assert again.conflicts == []
    assert again.data == b""


def printed(text: str) -> str:
    stream = READER(text).streams["text"].text
    return stream.removesuffix(END)


def texts_of(source: Source) -> list[str]:
    return [" ".join(text.split()) for text in source.streams["text"].text.split(END) if text.strip()]


@settings(deadline=None, max_examples=MANY)
@given(st.text("ab .\u2029", max_size=30), st.text("ab .\u2029", max_size=30))
def test_differences_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    made, at = [], 0
    for a, b, c, d in differences(old, new):
        assert a >= at
        made += [old[at:a], new[c:d]]
        at = b
    assert "".join(made) + old[at:] == new


@settings(deadline=None, max_examples=MANY)
@given(
    st.text("ab .\u2029", max_size=24),
    st.lists(st.tuples(st.text("ab .\u2029", max_size=6), st.sampled_from("kid")), max_size=8),
)
def test_a_history_accounts_for_every_letter(old: str, marks: list[tuple[str, str]]) -> None:
    fates = {"k": (None, None), "i": (ED, None), "d": (None, ED)}
    pieces = [WordRun(text, *fates[fate]) for text, fate in marks if text]
    stretches = history(old, pieces)
    assert "".join(s.text for s in stretches if s.fate != INSERTED) == old
    assert "".join(s.text for s in stretches if s.fate != DELETED) == "".join(
        p.text for p in pieces if p.deleted is None
    )
    assert [s.start for s in stretches] == sorted(s.start for s in stretches)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=40), st.text(min_size=1, max_size=20))
def test_any_signs_that_an_editor_types_stay_text(typed: str, word: str) -> None:
    typed = " ".join("".join(sign for sign in typed if sign.isprintable()).split())
    if not typed or printed("Some " + typed.replace("\\", "")) == "":
        return
    base = f"First one here.{END}Then the last one.{END}"
    proof = proof_of(base.split(END)[:-1])
    edit = Edit("story:s", "text", 5, 5, (), None)

    change = Change("story:s", "p01", "Ed", "", True, "insert", "", typed, [edit._replace(typed=(Typed(f" {typed}"),))])
    made = apply_story(
        proof.owners["story:s"], [change], [], b"First one here.\n\nThen the last one.\n", READER, {}, {}
    )
    if made.conflicts or made.by_hand:
        return  # a sign that no story may hold
    now = READER(made.data.decode())
    assert plainer(texts_of(now)[0].replace(" ", "")) == plainer(f"First {typed} one here.".replace(" ", ""))
    assert len(texts_of(now)) == 2
    assert not now.queries
    assert set(now.streams) == {"text"}


def test_an_edit_that_is_there_already_is_recognized_beside_others() -> None:
    """An insertion is the same whether it is read as before or behind the space next to it."""
    source = "We talked about the road, and it was *long*.\n"
    proof = proof_of([printed(source)])
    base = proof.owners["story:s"].base("text")
    typed = (Typed(" and so on"),)
    place = base.index(" the road")
    edits = [
        Edit("story:s", "text", place, place, typed),
        Edit("story:s", "text", base.index("road"), base.index(","), (), 2),
    ]
    for some in ([edits[0]], edits):
        changes = [Change("story:s", "p01", "Ed", "", True, "insert", "", "", [edit]) for edit in some]
        first = apply_story(proof.owners["story:s"], changes, [], source.encode(), READER, {}, {})
        both = [Change("story:s", "p01", "Ed", "", True, "insert", "", "", [edit]) for edit in edits]
        second = apply_story(proof.owners["story:s"], both, [], first.data, READER, {}, {})
        assert (second.data or first.data).decode() == "We talked about and so on the *road*, and it was *long*.\n"
