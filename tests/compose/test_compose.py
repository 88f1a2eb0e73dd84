"""Composing: every paragraph gets its role, every number is the book's, nothing is printed that must not be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bookmaking import make_book, photo, story

from milebook.app.load import Loaded, load
from milebook.compose import compose, shortened
from milebook.compose.dates import about, written_date
from milebook.compose.printed_words import figure_name, listed, term
from milebook.compose.proof import chapter_proof, paragraphs
from milebook.layout import read_layout
from milebook.model.draft import Draft, Figure, Paragraph, Role, Stamp
from milebook.model.languages import language_beside
from milebook.source import BookFolder

STAMP = Stamp("0.1.0", "0123456789ab", "2026-03-15", 1773532800, "2026-03-16 10:00 UTC")


def loaded(root: Path) -> Loaded:
    found = load(root)
    assert found.book is not None, found.findings
    return found


def draft_of(root: Path, layout: str = "trade", mode: str = "draft", only: tuple[str, ...] = ()) -> Draft:
    book = loaded(root)
    look, _ = read_layout(layout, BookFolder(root))
    assert look is not None
    assert book.book is not None
    assert book.counts is not None
    return compose(book.book, look, STAMP, book.counts, book.items, mode=mode, only=only)


def roles(draft: Draft, part: str) -> list[tuple[str, str]]:
    found = next(p for p in draft.parts if p.anchor == part)
    return [(str(i.role), i.text) for i in found.items if isinstance(i, Paragraph)]


def test_every_block_gets_its_role(tmp_path: Path) -> None:
    text = (
        "First.\n\nSecond.\n\n***\n\nAfter the break.\n\n> Quoted.\n\n- one\n\n  more of one\n\n- two\n\n"
        "1) first\n2) second\n\nA verse\\\nof two lines\n\n## Later\n\nUnder it.\n"
    )
    make_book(tmp_path, [story("a", text)])
    assert roles(draft_of(tmp_path), "story-a") == [
        ("story-title", "A"), ("byline", "Ana Example"), ("body-first", "First."), ("body", "Second."), ("scene-break", "* * *"),
        ("body-first", "After the break."), ("block-quote", "Quoted."), ("list-item", "one"), ("list-text", "more of one"),
        ("list-item", "two"), ("list-item", "first"), ("list-item", "second"), ("verse", "A verse\nof two lines"),
        ("subheading", "Later"), ("body-first", "Under it."),
    ]  # fmt: skip


def test_notes_and_figures_count_on_in_a_chapter_and_begin_again_in_the_next(tmp_path: Path) -> None:
    entries = [
        story(
            name,
            f"Text.[^1] More.[^2]\n\n[^1]: Note of {name}.\n[^2]: Second of {name}.\n",
            photos=[photo(f"photos/{name}.jpg")],
        )
        for name in "abc"
    ]
    chapters = [{"id": "one", "title": "One", "stories": ["a", "b"]}, {"id": "two", "title": "Two", "stories": ["c"]}]
    draft = draft_of(make_book(tmp_path, entries, chapters))
    numbers = {p.anchor: [note.number for note in p.notes] for p in draft.parts if p.kind == "story"}
    assert numbers == {"story-a": [1, 2], "story-b": [3, 4], "story-c": [1, 2]}
    labels = [item.label for p in draft.parts for item in p.items if isinstance(item, Figure)]
    assert labels == ["Figure 1.1", "Figure 1.2", "Figure 2.1"]
    only = draft_of(tmp_path, only=("two",))
    assert [p.anchor for p in only.parts if p.matter == "body"] == ["chapter-two", "story-c"]
    assert next(p for p in only.parts if p.kind == "chapter").number == 2


def test_photos_stand_where_they_belong(tmp_path: Path) -> None:
    photos = [photo("photos/e.jpg"), photo("photos/m.jpg", place={"after": 1}), photo("photos/s.jpg", place="start")]
    make_book(tmp_path, [story("a", "One.\n\n***\n\nTwo.\n", photos=photos)])
    part = next(p for p in draft_of(tmp_path).parts if p.kind == "story")
    order = [i.photo.rpartition("/")[2] if isinstance(i, Figure) else i.text for i in part.items]
    assert order == ["A", "Ana Example", "s.jpg", "One.", "m.jpg", "* * *", "Two.", "e.jpg"]


def test_contents_lead_to_headings_that_are_there(tmp_path: Path) -> None:
    make_book(tmp_path, [story("a", "Text.\n", contributor={"name": "Ana Example", "bio": "Ana runs."})])
    draft = draft_of(tmp_path)
    headings = {i.anchor: i.text for p in draft.parts for i in p.items if isinstance(i, Paragraph) and i.level}
    contents = next(p for p in draft.parts if p.kind == "contents")
    entries = [i for i in contents.items if isinstance(i, Paragraph) and i.target]
    assert [i.text for i in entries] == [
        "One",
        "A",
        "Contributors",
        "Draft notes: word counts",
        "Draft notes: permissions checklist",
    ]
    assert all(headings[i.target] == i.text for i in entries)


def test_anchors_are_unique_and_plain(tmp_path: Path) -> None:
    entries = [story("a-b", "Text.\n"), story("a_b", "Text too.\n"), story("one", "Text three.\n")]
    draft = draft_of(make_book(tmp_path, entries))
    anchors = [i.anchor for p in draft.parts for i in p.items] + [p.anchor for p in draft.parts]
    assert len(anchors) == len(set(anchors))
    assert all(set(a) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-") for a in anchors)


def test_draft_notes_are_in_drafts_only(tmp_path: Path) -> None:
    make_book(tmp_path, [story("a", "Text.\n")])
    assert any(p.kind == "draft-notes" for p in draft_of(tmp_path).parts)
    assert not any(p.kind == "draft-notes" for p in draft_of(tmp_path, mode="final").parts)


def test_queries_are_in_proofs_only(tmp_path: Path) -> None:
    make_book(tmp_path, [story("a", "It was {>> which year? <<} cold.\n\n{>> Is this the end? <<}\n")])
    plain = draft_of(tmp_path)
    assert plain.queries == ()
    assert not any(run.query for p in plain.parts for i in p.items if isinstance(i, Paragraph) for run in i.runs)
    book = loaded(tmp_path).book
    layout, _ = read_layout("proof", BookFolder(tmp_path))
    assert book is not None
    assert layout is not None
    proof = chapter_proof(book, book.chapters[0], layout, STAMP, first_page=7)
    assert [(q.label, q.text) for q in proof.queries] == [("Q1.01", "which year?"), ("Q1.02", "Is this the end?")]
    assert proof.first_page == 7
    assert "0123456789ab" in proof.proof_line
    words = {p.text for p in paragraphs(proof.parts, proof.queries, {})}
    assert "It was cold." in {" ".join(text.split()) for text in words}


def test_contributors_stand_by_surname_and_nobody_who_is_anonymous(tmp_path: Path) -> None:
    entries = [
        story("a", "One.\n", contributor={"name": "Zed Abel", "bio": "Zed rows."}),
        story("b", "Two.\n", contributor={"name": "Ana Bell", "anonymous": True, "bio": "Secret."}),
        story("c", "Three.\n", contributor={"name": "Bo Aaron"}),
        story("d", "Four.\n", contributor={"name": "Zed Abel"}),
    ]
    draft = draft_of(make_book(tmp_path, entries))
    assert roles(draft, "contributors")[1:] == [
        ("contributor", "Bo Aaron (“C”)."), ("contributor", "Zed Abel (“A”, “D”). Zed rows."),
    ]  # fmt: skip
    everything = "\n".join(i.text for p in draft.parts for i in p.items if isinstance(i, Paragraph))
    assert "Ana Bell" not in everything
    assert "Secret" not in everything


def test_contributors_are_filed_without_their_apostrophes_and_named_once(tmp_path: Path) -> None:
    names = ("Mary O'Neil", "Fergus O’Brien", "Mary O’Neil", "Ana Onderdonk")
    entries = [story(key, "One.\n", contributor={"name": name}) for key, name in zip("abcd", names, strict=True)]
    assert [text for _, text in roles(draft_of(make_book(tmp_path, entries)), "contributors")[1:]] == [
        "Fergus O’Brien (“B”).", "Ana Onderdonk (“D”).", "Mary O’Neil (“A”, “C”)."
    ]  # fmt: skip


def test_a_credit_demanded_on_the_credits_page_stands_there_once(tmp_path: Path) -> None:
    def terms(credit: str) -> dict[str, str]:
        return {"signer": "Ben", "status": "granted", "credit": credit, "credit_placement": "credits"}

    words = {"text": "One", "kind": "poem", "source": "A Poem", "permission": terms("© River House")}
    shown = photo("photos/a.jpg", permission=terms("© Ben 2026"))
    make_book(tmp_path, [story("a", "One.\n", title="A: B", photos=[shown], quotes=[words])], back=["credits"])
    assert [text for role, text in roles(draft_of(tmp_path), "credits") if role == "credit-entry"] == [
        "“A: B” (Figure 1.1): © Ben 2026", "“A: B”: A Poem", "“A: B”: © River House"
    ]  # fmt: skip


def test_what_stands_under_a_photo_is_in_the_language_of_its_letters(tmp_path: Path) -> None:
    def figures(language: str) -> list[tuple[str, str, str]]:
        shown = [
            photo("photos/a.jpg", caption='At the "gate"', credit="Photo by יעל כהן לוי ברק", alt="A gate"),
            photo("photos/b.jpg", caption="השער", credit="צילום: Ben", alt="שער"),
        ]
        make_book(tmp_path / language, [story("a", "One.\n", language=language, photos=shown)])
        return [
            (item.lang, item.caption.lang, item.credit.lang)
            for part in draft_of(tmp_path / language).parts
            for item in part.figures
            if item.caption is not None and item.credit is not None
        ]

    assert figures("he") == [("en-US", "en-US", "en-US"), ("he", "he", "he")]
    assert figures("es") == [("en-US", "en-US", "en-US"), ("es", "es", "es")]
    assert figures("en-US") == [("", "", "")] * 2


@pytest.mark.parametrize(
    ("text", "language", "book", "found"),
    [
        ("A goose; a box [5]", "es", "en-US", "en-US"),
        ("La puerta de mi casa", "es", "en-US", "es"),
        ("Plaza Mayor", "es", "en-US", "es"),
        ("The house of Juan de la Cruz and his dog", "es", "en", "en"),
        ("Die Brücke am Morgen", "de", "fr", "de"),
        ("The road to our house", "sw", "en", "sw"),  # nothing is known of the words of Swahili
        ("The bridge", "en-GB", "en-US", "en-GB"),
    ],
)
def test_small_words_tell_two_languages_of_the_same_letters(text: str, language: str, book: str, found: str) -> None:
    assert language_beside(text, language, book) == found


def test_a_credit_is_in_the_language_it_begins_in() -> None:
    assert language_beside("Photo by José de la Cruz", "es", "en", opening=True) == "en"
    assert language_beside("Foto de José", "es", "en", opening=True) == "es"


def test_a_press_manuscript_has_callouts_and_a_list_of_captions(tmp_path: Path) -> None:
    draft = draft_of(make_book(tmp_path, [story("a", "Text.\n", photos=[photo("photos/a.jpg")])]), "press")
    assert (str(Role.CALLOUT), "[figure 1.1 about here]") in roles(draft, "story-a")
    assert not any(isinstance(i, Figure) for p in draft.parts for i in p.items)
    assert ("caption", "Figure 1.1. What was left of it.") in roles(draft, "captions")


def test_a_photo_without_caption_prints_no_number(tmp_path: Path) -> None:
    bare = photo("photos/b.jpg", caption="", credit="Photo by Bea Example")
    make_book(tmp_path, [story("a", "Text.\n", title="A", photos=[bare, photo("photos/a.jpg")])], back=["credits"])
    draft = draft_of(tmp_path)
    assert [item.label for p in draft.parts for item in p.items if isinstance(item, Figure)] == ["", "Figure 1.1"]
    assert [text for role, text in roles(draft, "credits") if role == "credit-entry"] == [
        "“A”: Photo by Bea Example", "“A” (Figure 1.1): Photo by Ben Example"
    ]  # fmt: skip
    press = draft_of(tmp_path, "press")
    assert [text for role, text in roles(press, "story-a") if role == Role.CALLOUT] == [
        "[figure 1.A about here]", "[figure 1.1 about here]"
    ]  # fmt: skip


def test_a_manuscript_begins_with_contact_and_count(tmp_path: Path) -> None:
    make_book(tmp_path, [story("a", "Text.\n")], contact={"name": "Ada Example", "email": "ada@example.org"})
    first = draft_of(tmp_path, "manuscript").parts[0]
    assert first.kind == "manuscript-title"
    assert [str(i.role) for i in first.items][:3] == ["contact", "contact", "word-count"]
    everywhere = "\n".join(i.text for p in draft_of(tmp_path).parts for i in p.items if isinstance(i, Paragraph))
    assert "ada@example.org" not in everywhere


@pytest.mark.parametrize(
    ("words", "printed"),
    [(3, "3"), (60, "100"), (7249, "7,200"), (7250, "7,300"), (18_240, "18,000"), (59_600, "60,000")],
)
def test_a_count_is_rounded_for_the_title_page(words: int, printed: str) -> None:
    assert about(words) == printed


def test_small_words() -> None:
    assert listed("en", ("A", "B", "C")) == "A, B, and C"
    assert listed("de", ("A", "B", "C")) == "A, B und C"
    assert written_date("en-US", "2026-03-05") == "March 5, 2026"
    assert written_date("en-GB", "2026-03-05") == "5 March 2026"
    assert written_date("pl", "2026-03-05") == "5 marca 2026"
    assert written_date("ga", "2026-03-05") == "5 Márta 2026"
    assert written_date("eu", "2026-03-05") == "2026-03-05"
    assert shortened("short") == "short"
    assert shortened("word " * 40).endswith("word…")
    assert len(shortened("x" * 300)) <= 48


def _languages() -> list[str]:
    from milebook.compose import printed_words

    return sorted(path.stem for path in Path(printed_words.__file__).with_name("words").glob("*.json"))


@pytest.mark.parametrize("language", [*_languages(), "pt-BR", "no", "nn", "zh-TW", "he-IL"])
def test_every_language_has_every_word_and_its_dates(language: str) -> None:
    from milebook.compose.printed_words import words_of

    values = {
        name: f"<{name}>"
        for name in ["date", "year", "holder", "isbn", "place", "publisher", "where", "count", "number", "names"]
    }
    values.update(first="<first>", last="<last>", figure="<figure>", day="<day>", month="<month>")
    english, same = (
        words_of("en"),
        {"lccn", "ebook-isbn", "illustrations", "figure", "figure-number", "contributors", "credits"},
    )
    known = words_of(language)
    assert set(known) - {"and-foreign"} == set(english)
    for name, printed in known.items():
        if name in ("months", "thousands", "comma", "and-foreign", "date"):
            continue
        assert printed != english[name] or name in same or language == "en", name
        if name != "figure-number" and name in english:  # what is filled in is filled in, and nothing else
            assert sorted(re.findall("<[a-z]+>", printed.format(**values))) == sorted(
                re.findall("<[a-z]+>", english[name].format(**values))
            ), name
    assert len(set(known["months"])) == 12
    assert sorted(re.findall(r"{\w+}", known["date"])) == ["{day}", "{month}", "{year}"]
    assert written_date(language, "2026-03-15") != "2026-03-15"
    assert "15" in written_date(language, "2026-03-15")


@pytest.mark.parametrize("language", _languages())
def test_a_language_with_words_has_a_word_for_anonymous(language: str) -> None:
    from milebook.permissions.bylines_and_credits import anonymous

    assert language == "en" or anonymous(language) != "Anonymous"


def test_words_of_languages_that_order_them_otherwise() -> None:
    assert term("hu", "chapter", number=7) == "7. fejezet"
    assert term("zh-TW", "contents") == "目錄"
    assert term("zh-CN", "contents") == "目录"
    assert term("../en", "contents") == term("xx", "contents") == term("x" * 300, "contents") == "Contents"
    assert figure_name("hu", "Figure", "1.2") == "1.2. kép"
    assert figure_name("he", "Figure", "1.2") == "איור 1.2"
    assert figure_name("he", "Plate", "1.2") == "Plate 1.2"
    assert written_date("hu", "2026-03-15") == "2026. március 15."
    assert written_date("he", "2026-03-15") == "15 במרץ 2026"
    assert written_date("ca", "2026-04-15") == "15 d’abril de 2026"
    assert listed("he", ("דנה", "יוסי")) == "דנה ויוסי"
    assert listed("he", ("דנה", "Ana")) == "דנה ו־Ana"
    assert listed("ar", ("أحمد", "منى", "سعاد")) == "أحمد، منى وسعاد"


def test_numbers_and_quotes_of_languages() -> None:
    from milebook.compose.printed_words import quoted

    assert [about(12_345, language) for language in ("en", "de", "sv")] == ["12,300", "12.300", "12\u00a0300"]
    assert [quoted(language, "x") for language in ("en", "de", "cs", "fi", "it")] == ["“x”", "„x“", "„x“", "”x”", "«x»"]
    titles = {
        "en": "Say “No”", "de": "Sag „Nein“", "fr": "Dis «\u00a0non\u00a0»", "pl": "Mów „nie”", "fi": "Sano ”ei”", "en-US": "A “b ‘c’”", "it": "Say “No”"
    }  # fmt: skip
    assert [quoted(language, title) for language, title in titles.items()] == [
        "“Say ‘No’”", "„Sag ‚Nein‘“", "«\u00a0Dis “non”\u00a0»", "„Mów «nie»”", "”Sano ’ei’”", "“A “b ‘c’””", "«Say “No”»"
    ]  # fmt: skip
