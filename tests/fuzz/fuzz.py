"""Fuzzing for a while: `python tests/fuzz/fuzz.py TARGET SECONDS [SEED]`, or all targets for an hour together with
`python tests/fuzz/fuzz.py --nightly [SECONDS]`. Ends with 1 and keeps the input if something breaks.

With atheris the interpreter's coverage guides the mutations (`python tests/fuzz/fuzz.py index --atheris …`); without it a
seeded mutator changes sound inputs. Both call the same targets: one input as bytes, no answer, an exception for a fault.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
for folder in (HERE.parents[1], HERE.parent, HERE.parent / "support"):
    sys.path.insert(0, str(folder))

import intake_targets  # noqa: E402

Target = Callable[[bytes], None]
NIGHT = 3600.0  # seconds
SLOW = 20.0  # seconds for one input of a few kilobytes: something is not linear


def index(data: bytes) -> None:
    """The index: anything is read, with findings that can be shown, and read again to the same."""
    from milebook.commands.terminal import finding_lines
    from milebook.index import read_index
    from milebook.model.codes import CODES
    from milebook.source import BookFolder

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "stories").mkdir()
        (Path(folder) / "stories" / "index.yaml").write_bytes(data)
        found, findings = read_index(BookFolder(Path(folder)))
        assert found is not None or findings
        lines = data.count(b"\n") + data.count(b"\r") + 1
        for finding in findings:
            assert finding.code in CODES
            assert 0 <= finding.place.line <= lines, finding
            assert all(line.isprintable() or "\t" in line for line in finding_lines(finding)), finding
        assert read_index(BookFolder(Path(folder)))[1] == findings


def prose(data: bytes) -> None:
    """A story: sound blocks, no letter lost but in links, marks and comments' places, findings inside the file."""
    from milebook.checks.word_counts import body_words
    from milebook.markdown import read_prose
    from milebook.source import clean

    text = clean(data.decode("utf-8", "replace"))
    read, findings = read_prose(text, "story.md", language="en")
    lines = text.count("\n") + 1
    for finding in findings:
        assert 0 <= finding.place.line <= lines, finding
        assert finding.code != "MB220", finding
    for block in (*read.blocks, *(block for note in read.notes for block in note.blocks)):
        for run in block.runs:
            assert clean(run.text) == run.text or "\n" in run.text, run
    body_words(read)
    marks = {note.number for note in read.notes}
    assert {run.note for block in read.blocks for run in block.runs if run.note} == marks
    if not any(mark in text for mark in "[]<>{}`&\\"):
        said = "\n".join(
            "".join(run.text for run in block.runs)
            for block in (*read.blocks, *(b for n in read.notes for b in n.blocks))
        )
        assert letters(said) == letters(text), "letters were lost or invented"


def letters(text: str) -> list[str]:
    """The letters and accents of a text, sorted. Taken apart: an accent that follows a mark of emphasis stands by itself in
    the source, and on its letter once the mark is gone.
    """
    return sorted(c for c in unicodedata.normalize("NFD", text) if c.isalpha() or unicodedata.combining(c))


def arranging(data: bytes) -> None:
    """Edits of an index: refused, or what comes out still reads, with the same comments and without another line changed."""
    from milebook.index import arrange
    from milebook.index.edit import IndexEdit

    text = data.decode("utf-8", "surrogateescape")
    for edit in (
        lambda: arrange.set_status(text, ["oak"], "cut"),
        lambda: arrange.tag(text, ["oak"], ["race"]),
        lambda: arrange.unlist(text, ["oak"]),
        lambda: arrange.rename_story(text, "oak", "ash"),
    ):
        try:
            new = edit()
        except arrange.CannotEdit:
            continue
        IndexEdit(new)  # still reads
        notes, kept = (sorted(line for line in t.split("\n") if line.lstrip().startswith("#")) for t in (text, new))
        assert set(notes) <= set(kept), "a comment was lost"


TARGETS: dict[str, Target] = {"index": index, "prose": prose, "arranging": arranging, **intake_targets.TARGETS}


def seeds(name: str) -> list[bytes]:
    """Sound inputs to start from: the sample book's, and those of the faults."""
    import sound

    stories = HERE.parents[1] / "stories"
    if name in intake_targets.SEEDS:
        return [seed.encode() for seed in intake_targets.SEEDS[name]]
    if name in ("index", "arranging"):
        checks = sorted((HERE.parent / "findings").glob("*/stories/index.yaml"))
        return [sound.INDEX.encode(), *(path.read_bytes() for path in checks)]
    return [sound.OAK.encode(), *(path.read_bytes()[:3000] for path in sorted(stories.glob("*.md")))]


ODD = [bytes([n]) for n in range(128)] + [
    *"é 😀 \u202e \u200b \ufeff \u2028 \uffff 木 ש \u0301 “ ” ’ — …".encode().split(b" "), b"\xff", b"\xed\xa0\x80", b"\xc3", b"\r\n", b"\n\n",
    b"[^1]", b"[^1]: ", b"^[", b"](", b"{>>", b"<<}", b"***", b"---", b"> ", b"- ", b"1) ", b"    ", b"``", b"![", b"<b>", b"&#x202e;", b"&amp;", b"\\",
    b": ", b" #", b"&a ", b"*a", b"!!", b"<<: ", b"? ", b"|\n", b"%", b"@", b"'", b'"', b"{", b"}", b"[", b"]", b"null", b"~", b"no", b"9" * 40,
]  # fmt: skip


def mutated(rng: random.Random, data: bytes, other: bytes) -> bytes:
    """An input changed in one to eight places: bytes put in, taken out, doubled, moved, or taken from another input."""
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(data) + 1)
        to = min(len(data), at + rng.choice((1, 1, 2, 5, 20, 100)))
        match rng.randrange(6):
            case 0 | 1:
                data = data[:at] + rng.choice(ODD) * rng.choice((1, 1, 1, 2, 30)) + data[at:]
            case 2:
                data = data[:at] + data[to:]
            case 3:
                data = data[:to] + data[at:to] * rng.choice((1, 3)) + data[to:]
            case 4:
                data = data[:at] + data[to:] + data[at:to]
            case _:
                start = rng.randrange(len(other) + 1)
                data = data[:at] + other[start : start + rng.choice((5, 40, 200))] + data[at:]
    return data[:20_000]


def fuzz(name: str, seconds: float, seed: int = 0, most: int = 0) -> int:
    """How many inputs were tried, at most `most` (0: as many as there is time for).

    Raises what a target raised, with the input kept in a file that the message names.
    """
    rng, corpus, target = random.Random(seed), seeds(name), TARGETS[name]
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end and count != (most or -1):
        data = mutated(rng, rng.choice(corpus), rng.choice(corpus))
        start = time.monotonic()
        try:
            target(data)
            assert time.monotonic() - start < SLOW, "this input takes too long"
        except BaseException as error:
            if isinstance(error, Exception):
                kept = Path(tempfile.gettempdir()) / f"milebook-{name}-{seed}-{count}"
                kept.write_bytes(data)
                error.add_note(f"the input is kept in {kept} (seed {seed}, number {count})")
            raise
        count += 1
    return count


def with_atheris(name: str, arguments: list[str]) -> None:
    """The same target, guided by coverage. `arguments` are libFuzzer's, such as -max_total_time=60."""
    import atheris

    with atheris.instrument_imports(include=["milebook"]):
        TARGETS[name](seeds(name)[0])
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    if "--list" in sys.argv:
        print(*TARGETS, sep="\n")
    elif "--nightly" in sys.argv:
        whole = float(next((word for word in sys.argv[1:] if word.isdigit()), NIGHT))
        seed = int(time.time()) // 86_400  # another one every day, and the same all day
        for each in TARGETS:
            print(f"{each}, seed {seed}: {fuzz(each, whole / len(TARGETS), seed):,} inputs, nothing broke", flush=True)
    elif "--atheris" in sys.argv:
        with_atheris(sys.argv[1], [argument for argument in sys.argv[2:] if argument != "--atheris"])
    else:
        tried = fuzz(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
        print(f"{sys.argv[1]}: {tried:,} inputs, nothing broke")
