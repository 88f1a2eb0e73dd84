"""What holds for any book: findings and no tracebacks, every word in all three formats, the same bytes, work in proportion."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bookmaking
import oracle
import pytest
import reading
import sound
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_index_faults import mutated

CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

WORDS = st.text("abcdefghijklmnopqrstuvwxyzéüñøşžłđÀÉŽ'’-", min_size=1, max_size=12).filter(
    lambda w: w[0].isalpha() and w[-1].isalpha()
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=25).map(" ".join).map(lambda s: s + ".")
MARKS = st.sampled_from(
    [
        "{}",
        "*{}*",
        "**{}**",
        "> {}",
        "- {}",
        "1) {}",
        "## {}",
        "“{}”",
        '"{}"',
        "({})",
        "`{}`",
        "{} — and on",
        "[{}](https://x.example/)",
        "{} [sic]",
    ]
)
PARAGRAPHS = st.tuples(MARKS, SENTENCES)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("properties")


@given(rng=st.randoms(use_true_random=False), changes=st.integers(1, 3))
@settings(CALM, max_examples=80)
def test_any_index_mutated_from_a_good_one_gives_findings(folders: Path, rng: Any, changes: int) -> None:
    root = folders / "index" / "book"
    if not root.exists():
        sound.make(root)
    text = sound.INDEX
    for _ in range(changes):
        text = mutated(rng, text)
    sound.write(root / "stories/index.yaml", text)
    oracle.try_book(root, "status")


@given(data=st.binary(max_size=400))
@settings(CALM, max_examples=50)
def test_any_bytes_as_an_index_or_a_story_give_findings(folders: Path, data: bytes) -> None:
    root = folders / "bytes" / "book"
    if not root.exists():
        sound.make(root)
    sound.write(root / "stories/index.yaml", data)
    assert oracle.try_book(root, "status").status == 1
    sound.write(root / "stories/index.yaml", sound.INDEX)
    sound.write(root / "stories/oak.md", data)
    oracle.try_book(root, "status")


@given(paragraphs=st.lists(PARAGRAPHS, min_size=1, max_size=8))
@settings(CALM, max_examples=15)
def test_any_story_comes_out_of_all_three_formats_word_for_word(
    folders: Path, paragraphs: list[tuple[str, str]]
) -> None:
    root = folders / "words" / "book"
    if not root.exists():
        sound.make(root)
    sound.write(root / "stories/oak.md", "\n\n".join(mark.format(words) for mark, words in paragraphs) + "\n")
    ran = oracle.try_book(root, "build", "--jobs", "1", "--no-cache")
    assert ran.status == 0, ran.err
    printed = [mark.replace("1) ", "").replace("](https://x.example/)", "").format(words) for mark, words in paragraphs]
    oracle.nothing_lost(root / "build", *printed)


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=300))
@settings(CALM, max_examples=20)
def test_any_characters_reach_docx_and_epub(folders: Path, text: str) -> None:
    root = folders / "characters" / "book"
    if not root.exists():
        sound.make(root)
    plain = "".join(c for c in text if c.isalnum() or c in " \n")
    sound.write(root / "stories/oak.md", "Start " + plain + " end.\n")
    ran = oracle.try_book(root, "build", "--jobs", "1", "--no-cache", "--format", "docx,epub")
    if ran.status == 0:
        for kind, said in oracle.texts(root / "build").items():
            if kind != "pdf":
                assert reading.letters("Start" + plain + "end") in reading.letters(said), kind


def test_the_same_book_gives_the_same_bytes(folders: Path) -> None:
    made = []
    for name in ("first", "second"):
        stories = [
            bookmaking.story(f"s{n}", bookmaking.prose(n, 120), photos=[bookmaking.photo(f"photos/{n}.jpg")])
            for n in range(4)
        ]
        root = bookmaking.make_book(folders / name / "book", stories)
        for arguments in (("--no-cache", "--jobs", "1"), ("--jobs", "2"), ()):
            assert oracle.try_book(root, "build", *arguments).status == 0
            made.append(oracle.outputs(root / "build"))
    assert all(outputs == made[0] for outputs in made)


def work(call: Callable[[], object]) -> int:
    """How many lines of milebook's Python ran: a measure of work that no other program disturbs."""
    count = 0

    def trace(frame: Any, event: str, given: object) -> Any:
        nonlocal count
        if "milebook" not in frame.f_code.co_filename and "markdown_it" not in frame.f_code.co_filename:
            return None
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


GROWING: dict[str, Callable[[int], str]] = {
    "stories": lambda n: (
        sound.INDEX + "".join(f"  - {{id: s{k}, title: T{k}, contributor: {{name: A}}}}\n" for k in range(n))
    ),
    "unknown fields": lambda n: sound.INDEX + "".join(f"    odd{k}: 1\n" for k in range(n)),
    "broken lines": lambda n: sound.INDEX + "".join(f"  - id: s{k}\n   title: a: b\n" for k in range(n)),
    "open brackets": lambda n: sound.INDEX + "    tags: " + "[" * n,
    "quotation marks": lambda n: sound.INDEX + '    notes: "' + '" ' * n,
    "tabs": lambda n: sound.INDEX + "\tx: 1\n" * n,
    "aliases": lambda n: sound.INDEX + "".join(f"    x{k}: *a\n" for k in range(n)),
}


@pytest.mark.parametrize("grow", GROWING.values(), ids=GROWING.keys())
def test_reading_the_index_is_linear_in_its_length(grow: Callable[[int], str]) -> None:
    from milebook.yaml_nodes import read_yaml

    read_yaml(grow(3), "index.yaml")
    short, long = (work(lambda n=n: read_yaml(grow(n), "index.yaml")) for n in (100, 400))  # type: ignore[misc]
    assert long < short * 8, f"{short:,} lines for one, {long:,} for four times as much"
