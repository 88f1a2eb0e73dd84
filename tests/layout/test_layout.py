"""Layouts: what a book's own layout inherits and overrides, and the built-in ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from milebook.layout import layout_names, read_layout
from milebook.layout.values import Wrong, read_length
from milebook.model.draft import Role
from milebook.source import BookFolder


def write(root: Path, name: str, text: str) -> BookFolder:
    folder = root / "layouts" / name
    folder.mkdir(parents=True)
    (folder / "layout.yaml").write_text(text, "utf-8")
    return BookFolder(root)


@pytest.mark.parametrize("name", ["manuscript", "press", "trade", "trade-digest", "a5", "proof", "house"])
def test_every_built_in_layout_reads_without_findings(tmp_path: Path, name: str) -> None:
    layout, findings = read_layout(name, BookFolder(tmp_path))
    assert findings == []
    assert layout is not None
    assert layout.name == name
    assert set(layout.styles) == {str(role) for role in Role}
    assert name in layout_names(BookFolder(tmp_path))


def test_the_layout_of_letters_is_none_for_books(tmp_path: Path) -> None:
    folder = write(tmp_path, "letter", "base: manuscript\n")
    write(tmp_path, "ours", "base: trade\n")
    assert read_layout("letter", folder)[0] is not None
    assert "ours" in layout_names(folder)
    assert "letter" not in layout_names(folder)


@pytest.mark.parametrize(
    ("name", "inches"),
    [("trade", (6, 9)), ("trade-digest", (5.5, 8.5)), ("manuscript", (8.5, 11)), ("a5", (5.8268, 8.2678))],
)
def test_trims(tmp_path: Path, name: str, inches: tuple[float, float]) -> None:
    layout, _ = read_layout(name, BookFolder(tmp_path))
    assert layout is not None
    assert (layout.page.width / 72, layout.page.height / 72) == pytest.approx(inches, abs=0.001)


def test_a_proof_has_the_trade_page_line_for_line(tmp_path: Path) -> None:
    trade, _ = read_layout("trade", BookFolder(tmp_path))
    proof, _ = read_layout("proof", BookFolder(tmp_path))
    assert trade is not None
    assert proof is not None

    def area(page: object) -> tuple[float, float]:
        return (
            page.width - page.inside - page.outside,  # type: ignore[attr-defined]
            page.height - page.top - page.bottom,  # type: ignore[attr-defined]
        )

    assert area(proof.page) == pytest.approx(area(trade.page))
    own = {"query", "slip"}  # what only a proof has
    assert {r: s for r, s in proof.styles.items() if r not in own} == {
        r: s for r, s in trade.styles.items() if r not in own
    }


def test_an_own_layout_inherits_and_overrides(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        "pocket",
        'base: trade\npage: {trim: 4.5in x 7in, inside: 12mm, outside: 12mm}\nscene_break: "~"\n'
        "styles:\n  default: {size: 9pt}\n  body: {leading: 12, indent: 1pc}\n  verse: {like: body, italic: true}\n"
        "docx_names: {story-title: House Head B}\n",
    )
    layout, findings = read_layout("pocket", folder)
    trade, _ = read_layout("trade", folder)
    assert findings == []
    assert layout is not None
    assert trade is not None
    assert layout.base == "trade"
    assert (layout.page.width, layout.page.height) == (324, 504)
    assert layout.page.inside == pytest.approx(34.0157, abs=0.001)
    assert layout.page.top == trade.page.top
    assert layout.scene_break == "~"
    assert layout.styles["body"].indent == 12
    assert layout.styles["verse"].italic
    assert layout.styles["verse"].leading == 12
    assert layout.styles["caption"].size == 9
    assert layout.styles["caption"].italic == trade.styles["caption"].italic
    assert layout.docx_names["story-title"] == "House Head B"
    assert layout.css == trade.css


def test_an_own_layout_may_have_the_name_of_a_built_in_one_and_build_on_it(tmp_path: Path) -> None:
    folder = write(tmp_path, "trade", "base: trade\nmax_photo_height: 40%\n")
    layout, findings = read_layout("trade", folder)
    assert findings == []
    assert layout is not None
    assert layout.max_photo_height == 0.4
    assert layout.page.width == 432


def test_an_own_style_sheet_comes_after_the_base(tmp_path: Path) -> None:
    folder = write(tmp_path, "mine", "base: trade\ncss: mine.css\n")
    (tmp_path / "layouts" / "mine" / "mine.css").write_text("p { color: teal }", "utf-8")
    layout, findings = read_layout("mine", folder)
    trade, _ = read_layout("trade", folder)
    assert findings == []
    assert layout is not None
    assert trade is not None
    assert layout.css.startswith(trade.css)
    assert "teal" in layout.css


@pytest.mark.parametrize(
    ("text", "code", "line", "reported"),
    [
        ("base: traed\n", "MB500", 1, "no layout"),
        ("base: trade\nscene_brake: x\n", "MB501", 2, "did you mean “scene_break”"),
        ("base: trade\npage: {folios: bottom}\n", "MB502", 2, "head, foot, none"),
        ("base: trade\nstyles:\n  bodi: {size: 9}\n", "MB501", 3, "did you mean “body”"),
        ("base: trade\nstyles:\n  body: {size: 900}\n", "MB502", 3, "3pt and 144pt"),
        ("base: trade\nstyles:\n  body: {color: red}\n", "MB502", 3, "#444444"),
        ('base: trade\ncallout: "[{figure}]"\n', "MB502", 2, "{number}"),
        ("base: trade\ncss: ../../secret.css\n", "MB502", 2, ".css file beside"),
        ("base: trade\ncss: absent.css\n", "MB004", 2, ""),
        ("base: trade\nhyphens: yes\n", "MB502", 2, "true or false"),
        ("", "MB502", 1, "docs/layouts.md"),
        ("- a\n", "MB502", 1, ""),
        ("base: trade\npage:\n\ttrim: a5\n", "MB101", 3, ""),
    ],
)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, text: str, code: str, line: int, reported: str) -> None:
    layout, findings = read_layout("mine", write(tmp_path, "mine", text))
    assert layout is None
    found = [f for f in findings if f.code == code]
    assert found, findings
    assert found[0].place.line == line
    assert reported in found[0].message + found[0].hint


@pytest.mark.parametrize(
    ("written", "points"),
    [("12", 12), ("12pt", 12), ("1in", 72), ("0.5 in", 36), ("25.4mm", 72), ("2.54cm", 72), ("1pc", 12)],
)
def test_lengths(written: str, points: float) -> None:
    assert read_length("", written) == pytest.approx(points)


@pytest.mark.parametrize("written", ["", "large", "12em", "1,5cm", "1e9", "99in", "nan", "inf"])
def test_lengths_that_are_none(written: str) -> None:
    with pytest.raises(Wrong):
        read_length("", written)
