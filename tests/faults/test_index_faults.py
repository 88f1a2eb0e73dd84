"""The index as strangers write it: refused with file, line, column, code and cure, or read as it was meant; nothing lost."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import NamedTuple

import oracle
import pytest
import sound

WHERE = "stories/index.yaml"


class Case(NamedTuple):
    """What is put in place of what, and what an author is told, where, and to do what."""

    old: str
    new: str
    code: str
    place: str  # line:column
    told: str = ""
    cure: str = ""


def bomb(levels: int = 12) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


REFUSED = {
    "alias bomb": Case("book:\n", bomb() + "book:\n", "MB103", "1:5", "label", "write"),
    "an alias that refers to itself": Case("book:\n", "x: &x [*x]\nbook:\n", "MB103", "1:4"),
    "duplicate key": Case("  language: en-US", "  language: en-US\n  title: Another", "MB105", "5:3", "title", ""),
    "duplicate story": Case("stories: [oak, river]", "stories: [oak, river, oak]", "MB104", "15:27", "oak"),
    "tab": Case("  language: en-US", "\tlanguage: en-US", "MB101", "4:1", "tab", "spaces"),
    "wrong types: no for a title": Case("title: A Book of Miles", "title: [no]", "MB108", "2:10"),
    "wrong types: a list for a name": Case("signer: Ana Example", "signer: [Ana]", "MB108", "18:13"),
    "wrong types: a text for the chapters": Case("chapters:\n  - id: one\n    title: One\n    stories: [oak, river]", "chapters: one", "MB108", "12:11"),
    "wrong types: a text for a contributor": Case("contributor: {name: Bo Example, email: bo.secret@example.org}", "contributor: Bo", "MB108", "43:18"),
    "deep nesting": Case("tags: [first-mile]", f"tags: {'[' * 5000}{']' * 5000}", "MB103", "32:58", "50 deep"),
    "deep nesting that is never closed": Case("tags: [first-mile]", f"tags: {'[' * 5000}", "MB10", "32:"),
    "deep nesting of groups": Case("tags: [first-mile]", f"tags: {'{a: ' * 2000}", "MB10", "32:"),
    "Python tag": Case("title: The Oak", 'title: !!python/object/apply:os.system ["touch pwned"]', "MB103", "23:12"),
    "missing story, near name suggested": Case("[oak, river]", "[oak, rivr]", "MB118", "15:20", "rivr", "river"),
    "an agreement that is not there": Case("permission: ana-2026\n    photos", "permission: ana-2025\n    photos", "MB117", "33:17", "ana-2025", "ana-2026"),
    "unknown field, near name suggested": Case("    title: The Oak", "    titel: The Oak", "MB106", "23:5", "titel", "title"),
    "a date that is no day": Case("received: 2026-02-27", "received: 2026-02-30", "MB112", "31:15", "2026-02-30"),
    "a colon in a title": Case("title: The Oak", "title: The Oak: A Story", "MB101", "23:", "", "quot"),
    "a title lost to a comment": Case("title: The Oak", "title: #1 dad", "MB109", "23:11", "", "quot"),
    "a quotation mark never closed": Case("title: The Oak", 'title: "The Oak', "MB101", "23:"),
    "a second document": Case("chapters:", "---\nchapters:", "MB103", "12:1"),
    "a number of 5,000 digits": Case("age: 32", f"age: {'9' * 5000}", "MB111", "28:12"),
    "an age below zero": Case("age: 32", "age: -3", "MB111", "28:12"),
    "not a number": Case("age: 32", "age: .nan", "MB111", "28:12"),
    "a permission word that is no word": Case("status: granted", "status: Granted!", "MB113", "19:13", "Granted!"),
    "permission words are matched exactly": Case("status: granted", "status: GRANTED", "MB113", "19:13"),
    "a line break in a title": Case("title: The Oak", 'title: "The\\nOak"', "MB114", "23:12"),
    "a line separator in an address": Case("email: ana.secret@example.org", 'email: "a@b.example\\u2028Bcc: x@y.example"', "MB1", "29:14"),
    "two addresses in one": Case("email: ana.secret@example.org", 'email: "a@b.example, c@d.example"', "MB123", "29:14"),
    "a zero byte by an escape": Case("title: The Oak", 'title: "The\\0Oak"', "MB102", "23:12", "U+0000"),
    "bidi by an escape": Case("title: The Oak", 'title: "The \\u202Ekao"', "MB102", "23:12", "U+202E"),
    "bidi": Case("title: The Oak", "title: The \u202ekao", "MB015", "23:16", "U+202E"),
    "control character": Case("title: The Oak", "title: The\x07 Oak", "MB014", "23:15", "U+0007"),
    "surrogate": Case("title: The Oak", "title: The \ud800 Oak", "MB021", "23:16", "U+D800"),
    "an id that is a path": Case("- id: oak", "- id: ../oak", "MB115", "22:9", "../oak"),
    "two ids that differ in capitals": Case("- id: river", "- id: OAK", "MB11", "40:9"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_line_column_code_and_cure(book: Path, case: Case) -> None:
    assert case.old in sound.INDEX
    sound.write(book / WHERE, sound.INDEX.replace(case.old, case.new, 1))
    for command in ("build", "check", "status"):
        ran = oracle.try_book(book, command)
        assert ran.status == 1, ran.out
        heads = [line for line in ran.err.split("\n") if line.startswith(f"{WHERE}:{case.place}")]
        heads = [line for line in heads if f"error[{case.code}" in line]
        assert heads, ran.err
        assert case.told in heads[0], ran.err
        assert case.cure in ran.err and "hint: " in ran.err, ran.err
    assert not (book / "pwned").exists() and not Path("pwned").exists()


def test_a_duplicate_key_is_told_with_both_lines(book: Path) -> None:
    sound.write(book / WHERE, sound.INDEX.replace("  language: en-US", "  language: en-US\n  title: Another"))
    ran = oracle.try_book(book, "check")
    assert "index.yaml:5:3" in ran.err and "index.yaml:2:" in ran.err, ran.err


WRONG_BYTES = {
    "bad UTF-8": (sound.INDEX.replace("The Oak", "The Caf\xe9").encode("latin-1"), "MB012", "é"),
    "UTF-16": (sound.INDEX.encode("utf-16"), "MB012", "UTF-16"),
    "UTF-16 without a mark": (sound.INDEX.encode("utf-16-le"), "MB012", "UTF-16"),
    "UTF-32": (sound.INDEX.encode("utf-32"), "MB012", "UTF-32"),
    "empty": (b"", "MB100", ""),
    "only a comment": (b"# nothing yet\n", "MB100", ""),
    "a list": (b"- a\n- b\n", "MB100", ""),
    "a Word document": (b"PK\x03\x04 and so on", "MB013", "Word"),
    "noise": (bytes(range(256)) * 8, "MB01", ""),
    "a zero byte": (sound.INDEX.encode().replace(b"The Oak", b"The\0Oak"), "MB014", "U+0000"),
    "six megabytes": (sound.INDEX.encode() + b"# more\n" * 900_000, "MB010", "MB"),
}


@pytest.mark.parametrize(("data", "code", "told"), WRONG_BYTES.values(), ids=WRONG_BYTES.keys())
def test_wrong_encoding_or_content(book: Path, data: bytes, code: str, told: str) -> None:
    sound.write(book / WHERE, data)
    ran = oracle.try_book(book, "build")
    assert ran.status == 1
    assert f"error[{code}" in ran.err and told in ran.err and "hint: " in ran.err, ran.err


def test_byte_order_mark_and_crlf_are_fine(book: Path) -> None:
    sound.write(book / WHERE, b"\xef\xbb\xbf" + sound.INDEX.replace("\n", "\r\n").encode())
    ran = oracle.try_book(book, "check")
    assert ran.status == 0 and not ran.codes(), ran.err


@pytest.mark.parametrize("word", ["no", "1984", "2026-01-01", "5:22", "true", "null", "~", "0x1F", ".5", "1e3"])
def test_wrong_types_that_are_text_where_text_is_meant(book: Path, word: str) -> None:
    """`title: no` is a title. What could be meant otherwise is said, never changed."""
    sound.write(book / WHERE, sound.INDEX.replace("title: The Oak", f"title: {word}"))
    ran = oracle.try_book(book, "status", "--json")
    if ran.status == 0:
        title = json.loads(ran.out)["chapters"][0]["stories"][0]["title"]
        assert title == word
    else:
        assert "index.yaml:23:" in ran.err and "hint: " in ran.err, ran.err


def test_sixty_thousand_errors_are_capped(book: Path) -> None:
    wrong = "".join(f"  - id: s{n}\n    titel: x\n    status: chosen\n" for n in range(20_000))
    sound.write(book / WHERE, sound.INDEX + wrong)
    ran = oracle.try_book(book, "check")
    assert ran.status == 1
    assert ran.err.count("error[") < 200 and "more of MB" in ran.err
    assert len(ran.err) < 200_000


def test_odd_ids_and_titles_build(book: Path) -> None:
    """Names that are devices elsewhere, anchors that look alike, titles without end."""
    ids = ["con", "nul", "index", "a-b", "a_b", "0", "x" * 80]
    entries = "".join(
        f"  - {{id: {ident}, title: {json.dumps(title, ensure_ascii=False)}, status: selected, contributor: {{name: Ana}}, "
        f"permission: {{status: not_needed, reason: test}}}}\n"
        for ident, title in zip(ids, ["Con", "T" * 200, "long " * 1000, "😀", "שלום", "<b>&amp;", "=1+1"], strict=True)
    )
    index = sound.INDEX.replace("[oak, river]", f"[oak, river, {', '.join(ids)}]") + entries
    sound.write(book / WHERE, index)
    for ident in ids:
        sound.write(book / "stories" / f"{ident}.md", f"The story called {ident}.\n")
    ran = oracle.try_book(book, "build", "--jobs", "1", "--no-cache")
    assert ran.status == 0, ran.err
    oracle.nothing_lost(book / "build", *(f"The story called {ident}." for ident in ids))


def mutated(rng: random.Random, text: str) -> str:
    """An index as it may come out of a bad quarter of an hour: lines lost, doubled, moved, indented, characters put in."""
    lines = text.split("\n")
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(lines))
        match rng.randrange(9):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                other = rng.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = " " * rng.randrange(5) + lines[at]
            case 4:
                lines[at] = lines[at][rng.randrange(4) :]
            case 5:
                spot = rng.randrange(len(lines[at]) + 1)
                odd = rng.choice("\t:#&*!|>'\"%@`{}[],?-~\0\x07\u202e\u200b\ufeff\xa0é😀\\")
                lines[at] = lines[at][:spot] + odd + lines[at][spot:]
            case 6:
                key, colon, _ = lines[at].partition(":")
                lines[at] = (
                    key + colon + " " + rng.choice(("", "null", "[]", "{}", "no", "-1", "9" * 30, "x" * 3000, "../x"))
                )
            case 7:
                spot = rng.randrange(len(lines[at]) + 1)
                lines[at : at + 1] = [lines[at][:spot], lines[at][spot:]]
            case _:
                lines = lines[:at] or [""]
        if not lines:
            lines = [""]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_mutations_of_a_sound_index_give_findings_and_never_a_traceback(book: Path, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(20):
        sound.write(book / WHERE, mutated(rng, sound.INDEX))
        oracle.try_book(book, "status")
    oracle.try_book(book, "build", "--jobs", "1", "--no-cache", opens=False)
