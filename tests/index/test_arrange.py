"""Stories chosen, moved and renamed in the text of an index: what is meant happens, and every other character stays."""

from __future__ import annotations

import os
import re
from collections import Counter

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from milebook.index.arrange import (
    CannotEdit,
    Spot,
    move,
    rename_agreement,
    rename_chapter,
    rename_story,
    set_status,
    tag,
    unlist,
)

TEXT = """\
# our book
chapters:
  - id: dawn   # first
    stories: [oak, "elm", ash]   # as read aloud
  - id: noon
    title: Noon
    stories:
      - fir   # the opener
      # the quiet ones
      - yew

      - bay
  - {id: dusk, title: Dusk}
  - id: night
    stories: [
      fig, # sweet
      nut
    ]
  - id: rest
    select: {tags: [late]}
stories:
  - {id: oak, title: Oak, permission: ana}
  - id: elm
    tags: [u, v]   # two
    permission: ana # signed
  - id: 'ash'
    status: submitted   # soon
  - id: fir
    file: fir.md
  - id: yew
  - id: bay
  - id: fig
  - id: nut
    formerly: [pea]
agreements:
  ana: {signer: A}
"""


def lists(text: str) -> dict[str, list[str]]:
    return {chapter["id"]: chapter.get("stories") or [] for chapter in yaml.safe_load(text)["chapters"]}


def changed(new: str, old: str = TEXT) -> list[str]:
    """The lines that differ, as + and -."""
    before, after = Counter(old.split("\n")), Counter(new.split("\n"))
    return sorted([f"-{line}" for line in before - after] + [f"+{line}" for line in after - before])


MOVES = [
    (["oak"], Spot("noon"), {"dawn": ["elm", "ash"], "noon": ["fir", "yew", "bay", "oak"]}),
    (["fir"], Spot("dawn", first=True), {"dawn": ["fir", "oak", "elm", "ash"], "noon": ["yew", "bay"]}),
    (["bay", "fir"], Spot("noon", before="yew"), {"noon": ["bay", "fir", "yew"]}),
    (["oak"], Spot("dawn", after="elm"), {"dawn": ["elm", "oak", "ash"]}),
    (["fir", "yew", "bay"], Spot("dusk"), {"noon": [], "dusk": ["fir", "yew", "bay"]}),
    (["fig", "nut"], Spot("dawn", before="ash"), {"dawn": ["oak", "elm", "fig", "nut", "ash"], "night": []}),
    (["ash", "fir"], Spot("night", after="fig"), {"dawn": ["oak", "elm"], "noon": ["yew", "bay"], "night": ["fig", "ash", "fir", "nut"]}),
    (["nut"], Spot("night", first=True), {"night": ["nut", "fig"]}),
]  # fmt: skip


@pytest.mark.parametrize(("ids", "spot", "expected"), MOVES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_stories_move(ids: list[str], spot: Spot, expected: dict[str, list[str]], newline: str, mark: str) -> None:
    old = mark + TEXT.replace("\n", newline)
    new = move(old, ids, spot)
    assert lists(new.removeprefix("\ufeff")) == lists(TEXT) | expected
    assert new.startswith(mark) and new.count("\r\n") == (new.count("\n") if newline == "\r\n" else 0)
    assert comments(new) == comments(old)
    assert move(new, ids, spot) == new


def test_only_the_lines_concerned_change() -> None:
    assert changed(move(TEXT, ["oak"], Spot("noon", after="fir"))) == [
        "+      - oak",
        '+    stories: ["elm", ash]   # as read aloud',
        '-    stories: [oak, "elm", ash]   # as read aloud',
    ]
    assert changed(move(TEXT, ["fir"], Spot("night"))) == [
        "+      fir   # the opener",
        "+      nut,",
        "-      - fir   # the opener",
        "-      nut",
    ]
    assert changed(set_status(TEXT, ["oak", "ash"], "selected")) == [
        "+    status: selected    # soon",
        "+  - {id: oak, title: Oak, status: selected, permission: ana}",
        "-    status: submitted   # soon",
        "-  - {id: oak, title: Oak, permission: ana}",
    ]
    assert changed(tag(TEXT, ["elm", "yew"], ["race"], ["u"])) == [
        "+    tags: [race]",
        "+    tags: [v, race]   # two",
        "-    tags: [u, v]   # two",
    ]
    assert changed(unlist(TEXT, ["fir", "nut"])) == [
        "+      # the opener",
        "+      fig # sweet",
        "-      - fir   # the opener",
        "-      fig, # sweet",
        "-      nut",
    ]


def test_ids_change_wherever_they_stand() -> None:
    assert changed(rename_story(TEXT, "ash", "rowan", former="ash")) == [
        "+    formerly: [ash]",
        '+    stories: [oak, "elm", rowan]   # as read aloud',
        "+  - id: 'rowan'",
        '-    stories: [oak, "elm", ash]   # as read aloud',
        "-  - id: 'ash'",
    ]
    renamed = rename_story(TEXT, "nut", "pea", former="nut")
    assert yaml.safe_load(renamed)["stories"][-1] == {"id": "pea", "formerly": ["nut"]}
    assert "file: pine.md" in rename_story(TEXT, "fir", "pine", "pine.md")
    assert changed(rename_chapter(TEXT, "dawn", "morning")) == ["+  - id: morning   # first", "-  - id: dawn   # first"]
    assert changed(rename_agreement(TEXT, "ana", "bea")) == [
        "+    permission: bea # signed",
        "+  - {id: oak, title: Oak, permission: bea}",
        "+  bea: {signer: A}",
        "-    permission: ana # signed",
        "-  - {id: oak, title: Oak, permission: ana}",
        "-  ana: {signer: A}",
    ]


@pytest.mark.parametrize(
    ("ids", "spot", "why"),
    [
        (["oak"], Spot("rest"), "select:"),
        (["oak"], Spot("evening"), "no chapter"),
        (["pine"], Spot("noon"), "no story"),
        (["oak"], Spot("noon", before="oak"), "next to itself"),
        (["oak"], Spot("noon", before="fig"), "does not stand"),
    ],
)
def test_what_cannot_be_is_refused(ids: list[str], spot: Spot, why: str) -> None:
    with pytest.raises(CannotEdit, match=why):
        move(TEXT, ids, spot)


def comments(text: str) -> Counter[str]:
    return Counter(match.rstrip() for match in re.findall(r"#[^\r\n]*", text))


# ---- whatever the list looks like

EXAMPLES = int(os.environ.get("MILEBOOK_EXAMPLES", "100"))
NAMES = [f"s{number}" for number in range(8)]


@st.composite
def indexes(draw: st.DrawFn) -> str:
    """An index with four chapters, whose lists are written in all the ways there are."""
    order = draw(st.permutations(NAMES))
    cuts = sorted(draw(st.lists(st.integers(0, len(NAMES)), min_size=3, max_size=3)))
    parts = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(NAMES)], strict=True)]
    text = "chapters:\n" + "".join(
        f"  - id: c{n}\n    title: C   # c{n}\n" + draw(written(part)) for n, part in enumerate(parts)
    )
    text += "stories:\n" + "".join(f"  - id: {name} # of {name}\n" for name in NAMES)
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    end = draw(st.sampled_from(["", "\n"]))
    return draw(st.sampled_from(["", "\ufeff"])) + text.rstrip("\n").replace("\n", newline) + end.replace("\n", newline)


@st.composite
def written(draw: st.DrawFn, names: list[str]) -> str:
    quoted = [draw(st.sampled_from([name, f'"{name}"', f"'{name}'"])) for name in names]
    notes = [draw(st.sampled_from(["", f"   # on {name}", f" #{name}, [x]: y"])) for name in names]
    style = draw(st.sampled_from(["block", "level", "flow", "wrapped", "lines", "noted"]))
    if not names:
        return draw(st.sampled_from(["    stories: []   # none\n", "    stories:\n", ""]))
    if style in ("block", "level"):
        indent = "      " if style == "block" else "    "
        between = [draw(st.sampled_from(["", "", "\n", f"{indent}# then\n"])) for _ in names]
        lines = [f"{gap}{indent}- {q}{note}\n" for gap, q, note in zip(["", *between[1:]], quoted, notes, strict=True)]
        return f"    stories:{draw(st.sampled_from(['', '   # in order: as read']))}\n" + "".join(lines)
    if style == "flow":
        return f"    stories: [{draw(st.sampled_from([', ', ',', ' , '])).join(quoted)}]   # {len(names)}\n"
    if style == "wrapped":
        return "    stories: [" + ",\n      ".join(quoted) + draw(st.sampled_from(["]\n", ",\n    ]\n"]))
    last = draw(st.sampled_from(["", ","]))
    lines = [
        f"{q}{',' if n + 1 < len(names) else last}{note}\n"
        for n, (q, note) in enumerate(zip(quoted, notes, strict=True))
    ]
    if style == "lines":
        return "    stories: [\n" + "".join(f"      {line}" for line in lines) + "    ]\n"
    return "    stories: [ " + "      ".join(lines) + "      ]\n"


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, list[str], str, str]:
    ids = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    where = draw(st.sampled_from(["first", "last", "before", "after"]))
    return where, ids, draw(st.sampled_from(["c0", "c1", "c2", "c3"])), draw(st.sampled_from(NAMES))


@settings(max_examples=EXAMPLES, deadline=None)
@given(indexes(), st.lists(changes(), min_size=1, max_size=5))
def test_random_moves_do_what_is_meant_and_lose_no_comment(
    text: str, many: list[tuple[str, list[str], str, str]]
) -> None:
    for where, ids, chapter, other in many:
        now = lists(text.removeprefix("\ufeff"))
        if where in ("before", "after"):
            if other in ids:
                continue
            chapter = next(name for name, listed in now.items() if other in listed)
        spot = Spot(chapter, where == "first", other if where == "before" else "", other if where == "after" else "")
        new = move(text, ids, spot)
        expected = {name: [story for story in listed if story not in ids] for name, listed in now.items()}
        target = expected[chapter]
        at = {"first": 0, "last": len(target)}.get(
            where, target.index(other) + (where == "after") if other in target else 0
        )
        expected[chapter] = [*target[:at], *ids, *target[at:]]
        assert lists(new.removeprefix("\ufeff")) == expected
        assert comments(new) == comments(text)
        assert new.count("\ufeff") == text.count("\ufeff")
        assert ("\r\n" in new) == ("\r\n" in text) and not re.search(r"\r(?!\n)", new)
        if "\r\n" in new:
            assert not re.search(r"(?<!\r)\n", new)
        tail = re.search(r"(?m)^stories:(?s:.*)", new)
        assert tail and tail[0] in text  # the entries themselves
        text = new
