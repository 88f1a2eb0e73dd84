"""The pieces of the e-book writer, each in a table of what it does and what it leaves alone."""

from __future__ import annotations

import io

import epub_sampler as sampler
import pytest
from epub_sampler import p, story
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from milebook.covers.drawn import draw
from milebook.covers.lettering import Lettering
from milebook.covers.words import Lines
from milebook.layout import Layout
from milebook.layout.font_files import FOLDER
from milebook.model.draft import Role
from milebook.model.text import Run
from milebook.writers import Options
from milebook.writers.epub import write
from milebook.writers.epub.cover import make_cover, words_of
from milebook.writers.epub.fonts import embed, subset
from milebook.writers.epub.markup import Marks, inline, language_of
from milebook.writers.epub.pagelist import page_breaks, rank
from milebook.writers.epub.style_sheet import FOUNDATION, finish


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en-US", "en-US"),
        ("vi", "vi"),
        ("haw", "haw"),
        ("english", "und"),
        ("xx", "und"),
        ("", "und"),
        ('en" x="', "und"),
    ],
)
def test_language(tag: str, expected: str) -> None:
    assert language_of(tag) == expected


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([Run("a < b & c > d")], "a &lt; b &amp; c &gt; d"),
        (
            [Run("a", italic=True), Run("b", italic=True, bold=True), Run("c", bold=True)],
            "<em>a</em><strong><em>b</em>c</strong>",
        ),
        (
            [Run("x", link="https://e.org/"), Run("y", italic=True, link="https://e.org/")],
            '<a href="https://e.org/">x<em>y</em></a>',
        ),
        ([Run("x", link="javascript:1")], "x"),
        ([Run("x", link="#there")], '<a href="#there">x</a>'),
        ([Run("x", link="#nowhere")], "x"),
        ([Run("oui", lang="fr")], '<span lang="fr" xml:lang="fr">oui</span>'),
        ([Run("yes", lang="en")], "yes"),
        ([Run("a\nb")], "a<br/>b"),
        ([Run("x", code=True, small_caps=True)], '<span class="small-caps"><code>x</code></span>'),
        ([Run("7", note=7)], "<sup>7</sup>"),
        ([Run("1", note=1)], '<a epub:type="noteref" role="doc-noteref" class="noteref" id="n1_ref" href="#n1">1</a>'),
        ([Run("", query=2)], '<span class="query" data-label="Q1.02"></span>'),
        ([Run("", query=3)], ""),
    ],
)
def test_inline(runs: list[Run], expected: str) -> None:
    marks = Marks(
        "en",
        lambda anchor: "#there" if anchor == "there" else "",
        lambda number: ("n1", "n1_ref") if number == 1 else ("", ""),
        lambda serial: "Q1.02" if serial == 2 else "",
    )
    assert inline(runs, marks, "en") == expected


RUNS = st.builds(
    Run,
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co"]), max_size=20),
    bold=st.booleans(),
    italic=st.booleans(),
    code=st.booleans(),
    small_caps=st.booleans(),
    link=st.sampled_from(["", "https://example.org/", "#mb_any_p01", "nonsense"]),
    lang=st.sampled_from(["", "fr", "en-US"]),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(RUNS, max_size=6), st.sampled_from([Role.BODY, Role.VERSE, Role.CODE, Role.BLOCK_QUOTE, Role.CONTRIBUTOR])
)
def test_any_runs_come_back(runs: list[Run], role: Role) -> None:
    from milebook.writers.epub.pages import set_pages
    from milebook.writers.epub.transcript import transcribe

    draft = sampler.sampler()._replace(parts=(story("any", "Any", "A.", p(role, tuple(runs), "mb_any_p01")),))
    found = dict(transcribe(page.data for page in set_pages(draft, {}, {}, "Figure")))
    assert found["mb_any_p01"] == " ".join("".join(run.text for run in runs).split())


@pytest.mark.parametrize(
    ("css", "codes"),
    [
        ("p { margin: 0; }", []),
        ("a[href='{'] { color: red } /* } */", []),
        ("@media (min-width: 30em) { p { text-align: justify; } }", []),
        (".x { flex-direction: row; }", []),
        ("p { margin: 0;", ["MB630"]),
        ("p { margin: 0; } }", ["MB630"]),
        ("p { } /* never", ["MB630"]),
        ('p::before { content: "x; }', ["MB630"]),
        ("@import url(more.css); p { margin: 0; }", ["MB631"]),
        ("@font-face { font-family: X; src: url(x.ttf); } p { margin: 0; }", ["MB631"]),
        ('p { background: url("http://x.example/a.png") no-repeat; margin: 0; }', ["MB631"]),
        ("p { direction: rtl; unicode-bidi: embed; margin: 0; }", ["MB631"]),
    ],
)
def test_style_sheet(css: str, codes: list[str]) -> None:
    text, findings = finish(Layout(css=css))
    assert [finding.code for finding in findings] == codes
    assert text.startswith(FOUNDATION)
    assert "url(" not in text and "@import" not in text
    if codes == ["MB631"]:
        assert "margin: 0" in text


@pytest.mark.parametrize(
    "css",
    [
        r'@\69mport "http://x.example/a.css";',
        r"@IMP\4frt url(http://x.example/a.css);",
        "@/**/import 'a.css';",
        'p { background: image-set("http://x.example/a.png" 1x); }',
        'p { background: -webkit-image-set("http://x.example/a.png" 1x); }',
        r"p { background: \75rl(http://x.example/a.png); }",
        r"p { background: u\72 l('http://x.example/a.png'); }",
        "p { background: url( http://x.example/a b.png ); }",
        "p { content: src('http://x.example/a'); }",
        "p { --x: url(http://x.example/a); background: var(--x); }",
        "@media screen { p { background: url(http://x.example/a); } }",
        "@supports (display: grid) { @media print { p { cursor: url(http://x.example/a), auto; } } }",
        "p { q { background: url(http://x.example/a); } }",
        r"@font-f\61 ce { font-family: X; src: url(http://x.example/f.ttf); }",
        "@page { @top-left { content: url(http://x.example/a); } }",
        r"p { -moz-binding: u\52L(http://x.example/a#b); }",
        "p { mask: cross-fade(url(http://x.example/a), red); }",
        "@document url(http://x.example) { p { color: red; } }",
        "@counter-style x { symbols: url(http://x.example/a); }",
        'p { list-style: square url("http://x.example/a") }',
        'p { background: image("http://x.example/a.png"); }',
    ],
)
def test_no_spelling_brings_another_file_in(css: str) -> None:
    text, findings = finish(Layout(css="h1 { margin: 0; }\n" + css + "\nh2 { margin: 1em; }"))
    assert "x.example" not in text and "a.css" not in text
    assert "MB631" in [finding.code for finding in findings]
    assert "h1 { margin: 0; }" in text and "h2 { margin: 1em; }" in text
    assert finish(Layout(css=text))[1] == []


def test_a_harmless_style_sheet_stays_as_it_is() -> None:
    css = 'p::before { content: "url(x) @import \\201C"; }\n@media print { p { color: black } }\n.image { margin: 0; }'
    text, findings = finish(Layout(css=css))
    assert findings == [] and css in text


def test_our_own_style_sheet_is_whole() -> None:
    text, findings = finish(sampler.trade())
    assert findings == []
    assert "!important" not in text and "position: fixed" not in text
    assert "#000" not in text and "background" not in text  # colours are the reader's


@pytest.mark.parametrize(
    ("label", "expected"),
    [("12", (1, 12)), ("vii", (0, 7)), ("XIV", (0, 14)), ("A-3", None), ("", None), ("1" * 12, None)],
)
def test_rank(label: str, expected: tuple[int, int] | None) -> None:
    assert rank(label) == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["1", "1", "2", "3"], ["1", "2", "3"]),
        (["i", "ii", "1", "2"], ["i", "ii", "1", "2"]),
        (["1", "3", "2", "4"], ["1", "2", "4"]),  # a picture that moved on to a later page
        (["1", "2", "1", "3"], ["1", "2", "3"]),
        (["", "2", "", "5"], ["2", "5"]),
        (["A-1", "A-2", "A-1"], ["A-1", "A-2"]),
    ],
)
def test_page_breaks(labels: list[str], expected: list[str]) -> None:
    items = [p(Role.BODY, "x", f"mb_b_p{n:02d}") for n in range(len(labels))]
    draft = sampler.sampler()._replace(parts=(story("b", "B", "B.", *items),))
    pages = {item.anchor: label for item, label in zip(items, labels, strict=True)}
    breaks = page_breaks(draft, pages)
    assert [label for _, label in breaks.values()] == expected
    assert len({name for name, _ in breaks.values()}) == len(breaks)


def test_fonts_hold_what_is_set() -> None:
    import uharfbuzz as hb

    letters = {*map(ord, "aé漢")}
    data = subset((FOLDER / "eb-garamond" / "Regular.ttf").read_bytes(), letters)
    assert {*map(ord, "aé")} <= set(hb.Face(data).unicodes)
    assert len(data) < 40_000
    assert data == subset((FOLDER / "eb-garamond" / "Regular.ttf").read_bytes(), letters)


@pytest.mark.parametrize(
    ("css", "both", "expected"),
    [
        ('body { font-family: "EB Garamond", serif; }', True, 4),
        ('body { font-family: "EB Garamond", serif; }', False, 3),
        ("body { font-family: serif; }", True, 0),
        ("", True, 0),
    ],
)
def test_only_faces_that_are_asked_for(css: str, both: bool, expected: int) -> None:
    faces = embed(["EB Garamond", "No Such Face"], css, "abc", both=both)
    assert len(faces) == expected


TITLES = [
    "Rain",
    "Every Mile a Story",
    "Nguyễn và những dặm đường",
    "Zażółć gęślą jaźń",
    ("word " * 40).strip(),
    "x" * 200,
    "Donaudampfschifffahrtsgesellschaftskapitän und seine Mütze",
]


@pytest.mark.parametrize("title", TITLES)
def test_titles_fit(title: str) -> None:
    face = Lettering("Regular")
    made = face.fit(title, 1320, 1010, 330, 44, 1.04)
    assert all(face.width(line, made.size) <= 1321 for line in made.lines)
    assert made.height(1.04) <= 1011
    assert made.size >= 44
    assert "".join("".join(made.lines).split()) == "".join(title.split())


def test_endless_title_is_cut_with_an_ellipsis() -> None:
    made = Lettering("Regular").fit("word " * 3000, 1320, 1010, 330, 44, 1.04)
    assert made.lines[-1].endswith("…") and made.height(1.04) <= 1011


def test_cover_is_drawn_the_same_twice_and_another_for_another_title() -> None:
    one = draw(Lines("Rain", "", "Bo Li", "", ""))
    assert one == draw(Lines("Rain", "", "Bo Li", "", ""))
    image = Image.open(io.BytesIO(one))
    assert (image.size, image.format, image.mode) == ((1600, 2560), "JPEG", "RGB")
    assert one != draw(Lines("Sun", "", "Bo Li", "", ""))


def test_cover_is_kept(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, preparer = sampler.sampler(), sampler.PhotoPreparer()
    first = make_cover(draft, preparer, str(tmp_path))  # type: ignore[arg-type]
    monkeypatch.setattr(Image, "new", lambda *_: pytest.fail("drawn again"))
    assert make_cover(draft, preparer, str(tmp_path)) == first  # type: ignore[arg-type]
    assert preparer.asked == []


def test_authors_cover_is_used_within_the_limit() -> None:
    draft, preparer = (
        sampler.sampler()._replace(cover="own-1600x2560.jpg", cover_alt="A road."),
        sampler.PhotoPreparer(),
    )
    made = make_cover(draft, preparer, "")  # type: ignore[arg-type]
    assert (made.alt, made.name) == ("A road.", "images/cover.jpg")
    assert preparer.asked == [("own-1600x2560.jpg", 1600 * 2560)]
    assert make_cover(draft._replace(cover_alt=" "), preparer, "").alt == words_of(draft)  # type: ignore[arg-type]


def test_letters_that_no_face_has_are_reported() -> None:
    draft = sampler.sampler()
    codes = [
        f.code
        for f in write(draft._replace(title="Run 跑"), sampler.trade(), sampler.PhotoPreparer(), Options()).findings
    ]  # type: ignore[arg-type]
    assert codes == ["MB632"]
    assert Lettering("Regular").missing("Łukasz Nguyễn Μίλια мили 🏃") == []
