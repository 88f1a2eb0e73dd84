"""Nothing outside the book folder is read or written, whatever names, links and devices say; nothing odd is even opened."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import oracle
import pytest
import sound

SECRET = "A secret that lies outside."

WRITTEN = {  # what an author writes -> code
    "up and out": ("../../secret.md", "MB002"),
    "far up and out": ("../../../../../../../etc/passwd", "MB002"),
    "in and out": ("photos/../../../secret.md", "MB002"),
    "absolute": ("/etc/passwd", "MB002"),
    "home": ("~/secret.md", "MB002"),
    "a user's home": ("~root/secret.md", "MB002"),
    "drive": ("C:\\secret.md", "MB002"),
    "drive with a slash": ("c:/secret.md", "MB002"),
    "UNC": ("\\\\\\\\server\\\\share\\\\secret.md", "MB002"),
    "two slashes": ("//server/secret.md", "MB002"),
    "URL": ("https://evil.example/x.md", "MB002"),
    "file URL": ("file:///etc/passwd", "MB002"),
    "NUL": ("oak\\0.md", "MB"),
    "newline in a file name": ("o\\nak.md", "MB"),
    "bidi in a file name": ("\\u202Eoak.md", "MB"),
    "a backslash": ("photos\\\\oak.md", "MB003"),
    "a folder": ("photos", "MB005"),
    "a very long name": ("x" * 3000 + ".md", "MB003"),
    "not there, near name": ("oka.md", "MB004"),
}


@pytest.mark.parametrize(("written", "code"), WRITTEN.values(), ids=WRITTEN.keys())
@pytest.mark.parametrize("field", ["file", "photo", "evidence", "cover", "opening"])
def test_a_path_that_leads_out_or_nowhere(book: Path, field: str, written: str, code: str) -> None:
    (book.parent / "secret.md").write_text(SECRET)
    quoted = (
        '"'
        + (
            written
            if "\\\\" in written or "\\0" in written or "\\n" in written or "\\u" in written
            else written.replace("\\", "\\\\")
        )
        + '"'
    )
    places = {
        "file": ("title: The River", f"title: The River\n    file: {quoted}"),
        "photo": ("file: photos/ana.jpg", f"file: {quoted}"),
        "evidence": ("evidence: releases/ana.txt", f"evidence: {quoted}"),
        "cover": ("  story_limit: 300", f"  cover: {quoted}"),
        "opening": ("    title: One", f"    title: One\n    opening: {quoted}"),
    }
    index = sound.INDEX.replace(*places[field], 1)
    line = next(
        n
        for n, (old, new) in enumerate(zip([*sound.INDEX.split("\n"), ""], index.split("\n"), strict=False), 1)
        if old != new
    )
    sound.write(book / "stories/index.yaml", index)
    ran = oracle.try_book(book, "build", "--jobs", "1", "--no-cache", opens=False)
    if field == "evidence" and code in ("MB004", "MB005"):
        assert ran.codes(), ran.err
    else:
        assert ran.status == 1, ran.out
        heads = [text for text in ran.err.split("\n") if f"index.yaml:{line}:" in text and "error[MB" in text]
        assert any(f"[{code}" in head for head in heads), ran.err
    nothing_secret(book)


def nothing_secret(book: Path) -> None:
    for name, data in oracle.unpacked(book / "build"):
        assert SECRET.encode() not in data and b"root:x:0" not in data, name


def out(path: Path, book: Path) -> None:
    path.symlink_to(book.parent / "secret.md")


def fifo(path: Path, book: Path) -> None:
    os.mkfifo(path)


def device(path: Path, book: Path) -> None:
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))  # /dev/zero
    except (AttributeError, PermissionError):
        pytest.skip("devices can be made by root only")


KINDS: dict[str, tuple[Callable[[Path, Path], None], str]] = {
    "symlink out": (out, "MB006"),
    "symlink loop": (lambda path, book: path.symlink_to(path.name), "MB006"),
    "dangling symlink": (lambda path, book: path.symlink_to("nowhere"), "MB006"),
    "FIFO": (fifo, "MB005"),
    "device": (device, "MB005"),
    "link to a device": (lambda path, book: path.symlink_to("/dev/zero"), "MB006"),
    "folder": (lambda path, book: path.mkdir(), "MB005"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as Unix has them")
@pytest.mark.parametrize(("make", "code"), KINDS.values(), ids=KINDS.keys())
@pytest.mark.parametrize("name", ["oak.md", "photos/ana.jpg", "releases/ana.txt", "index.yaml"])
def test_what_is_no_file_is_refused_and_never_opened(
    book: Path, name: str, make: Callable[[Path, Path], None], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (book.parent / "secret.md").write_text(SECRET)
    path = book / "stories" / name
    path.unlink()
    make(path, book)
    opened: list[str] = []
    real = os.open

    def watched(name: str, *rest: object, **more: object) -> int:
        opened.append(Path(name).name)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", watched)
    ran = oracle.try_book(book, "build", seconds=20)
    assert path.name not in opened
    assert f"[{code}]" in ran.err, ran.err
    assert ran.status == 1 or name.startswith("releases"), ran.out
    nothing_secret(book)


def test_folders_that_are_links_out(book: Path) -> None:
    shutil.move(book / "stories", book.parent / "elsewhere")
    (book / "stories").symlink_to(book.parent / "elsewhere")
    ran = oracle.try_book(book, "build")
    assert ran.status == 1 and "MB006" in ran.codes()


def test_a_layout_that_is_no_file_or_a_link_out(book: Path) -> None:
    (book / "layouts/trade").mkdir(parents=True)
    os.mkfifo(book / "layouts/trade/layout.yaml")
    ran = oracle.try_book(book, "build", seconds=20)
    assert ran.status == 1 and "MB005" in ran.codes(), ran.err
    shutil.rmtree(book / "layouts")
    (book.parent / "elsewhere/trade").mkdir(parents=True)
    (book.parent / "elsewhere/trade/layout.yaml").write_text(f"# {SECRET}\nbase: trade\n")
    (book / "layouts").symlink_to(book.parent / "elsewhere")
    ran = oracle.try_book(book, "build")
    assert ran.status == 1 and "MB006" in ran.codes() and SECRET not in ran.err, ran.err


@pytest.mark.parametrize("name", ["../../etc", "/etc/passwd", "~", ".", "..", "trade/../trade", "x" * 300, "TRADE"])
def test_layouts_are_named_not_found_by_path(book: Path, name: str) -> None:
    assert oracle.try_book(book, "build", "--layout", name).status == 2


def test_names_that_collide_by_unicode_form(book: Path) -> None:
    for name in ("caf\u00e9.md", "cafe\u0301.md"):
        sound.write(book / "stories" / name, "The River.\n")
    if len(list((book / "stories").glob("caf*"))) < 2:
        pytest.skip("this file system knows one form only")
    sound.write(
        book / "stories/index.yaml", sound.INDEX.replace("title: The River", "title: The River\n    file: café.md")
    )
    ran = oracle.try_book(book, "build")
    assert ran.status == 1 and "MB008" in ran.codes(), ran.err


def test_names_match_by_unicode_form_and_warn_by_case(book: Path) -> None:
    (book / "stories/river.md").rename(book / "stories/cafe\u0301.md")
    sound.write(
        book / "stories/index.yaml", sound.INDEX.replace("title: The River", "title: The River\n    file: caf\u00e9.md")
    )
    assert oracle.try_book(book, "build", "--jobs", "1").status == 0
    (book / "stories/cafe\u0301.md").rename(book / "stories/River.md")
    sound.write(book / "stories/index.yaml", sound.INDEX)
    ran = oracle.try_book(book, "build", "--jobs", "1")
    assert ran.status == 0 and "MB007" in ran.codes(), ran.err


@pytest.mark.parametrize("name", ['it\'s "mine".md', "a  b.md", "-rf.md", "a;b$(c).md", "日本.md", "%s{0}.md", "#1.md"])
def test_quotes_spaces_and_a_leading_dash_are_fine(book: Path, name: str) -> None:
    (book / "stories/river.md").rename(book / "stories" / name)
    written = name.replace("'", "''")
    sound.write(
        book / "stories/index.yaml", sound.INDEX.replace("title: The River", f"title: The River\n    file: '{written}'")
    )
    ran = oracle.try_book(book, "build", "--jobs", "1", "--no-cache")
    assert ran.status == 0, ran.err


@pytest.mark.parametrize(
    "name",
    ['it\'s my "book"', "bücher ñ 本", "-dash", "%s{}", "#1", ".hidden", "a;b$(c)`d`", "x" * 200, "no\u00a0break"],
)
def test_book_folders_of_any_name(book: Path, name: str) -> None:
    root = book.rename(book.parent / name)
    for command in ("build", "proof", "permissions"):
        assert oracle.try_book(root, command, opens=False).status == 0


def test_names_that_are_not_utf8_are_shown_safely(book: Path) -> None:
    if sys.platform == "darwin":
        pytest.skip("names are always UTF-8 here")
    root = Path(os.fsdecode(os.fsencode(book.parent) + b"/b\xffok"))
    book.rename(root)
    (root / "stories" / os.fsdecode(b"bad\xfe.md")).write_text("x")
    assert oracle.try_book(root, "build", opens=False).status == 0


OUTS = ["../x", "stories", "stories/x", "layouts", ".", "..", "../..", "/", "/tmp", "build/../..", "build/../stories", "~", "C:\\x", "https://x.example/y", ".git", "build/.mb-x", "a\nb", "\u202ex", "x" * 300, " ", "/dev/null", "stories/index.yaml"]  # fmt: skip


@pytest.mark.parametrize("written", OUTS, ids=[repr(out[:20]) for out in OUTS])
@pytest.mark.parametrize("command", ["build"])
def test_output_folder_over_the_inputs_or_outside(book: Path, command: str, written: str) -> None:
    ran = oracle.try_book(book, command, "--jobs", "1", "--format", "docx", "--out", written)
    assert ran.status == 1 and ran.codes() <= {"MB065", "MB062"} and ran.codes(), ran.err + ran.out
    assert "hint: " in ran.err


def test_an_output_folder_that_is_a_link_out(book: Path) -> None:
    shutil.rmtree(book / "build")
    (book.parent / "elsewhere").mkdir()
    (book / "build").symlink_to(book.parent / "elsewhere")
    for command in (("build",), ("proof",), ("export", "--draft")):
        ran = oracle.judge(oracle.here(command[0], "-C", str(book), *command[1:]))
        assert ran.status == 1 and ran.codes() == {"MB065"}, ran.err
        assert not list((book.parent / "elsewhere").iterdir())


def test_a_cache_that_is_a_link_out_is_not_used(book: Path) -> None:
    (book.parent / "elsewhere").mkdir()
    shutil.rmtree(book / "build")
    (book / "build").mkdir()
    (book / "build/.cache").symlink_to(book.parent / "elsewhere")
    for command in ("build", "proof"):
        assert oracle.try_book(book, command, opens=False).status == 0
    assert not list((book.parent / "elsewhere").iterdir())


def test_an_output_that_is_an_input_by_a_link(book: Path) -> None:
    (docx,) = (book / "build").glob("*.docx")
    docx.unlink()
    os.link(book / "stories/oak.md", docx)
    ran = oracle.try_book(book, "build")
    assert ran.status == 1 and ran.codes() == {"MB067"}, ran.err
    docx.unlink()
    docx.symlink_to("../stories/oak.md")
    ran = oracle.try_book(book, "build")
    assert ran.status == 1 and ran.codes() == {"MB067"}, ran.err


IN_THE_WAY: dict[str, Callable[[Path], object]] = {
    "build is a file": lambda build: build.write_text("x"),
    "build is a pipe": lambda build: os.mkfifo(build),
    "build is a loop": lambda build: build.symlink_to("build"),
    "a folder stands where the DOCX goes": lambda build: (build / "a-book-of-miles.docx").mkdir(parents=True),
    "the lock is a folder": lambda build: (build / ".milebook.lock").mkdir(parents=True),
    "the lock is a pipe": lambda build: (build.mkdir(), os.mkfifo(build / ".milebook.lock")),
}


@pytest.mark.parametrize("make", IN_THE_WAY.values(), ids=IN_THE_WAY.keys())
def test_something_in_the_way(book: Path, make: Callable[[Path], object]) -> None:
    shutil.rmtree(book / "build")
    make(book / "build")
    before = oracle.snapshot(book)
    ran = oracle.judge(oracle.here("build", "-C", str(book), "--jobs", "1", "--no-cache", seconds=30))
    assert ran.status == 1 and ran.codes() <= {"MB064", "MB065", "MB061"}, ran.err
    assert oracle.snapshot(book) == before


def test_an_empty_folder_and_no_folder(tmp_path: Path) -> None:
    for command in ("build", "check", "status", "permissions", "proof", "export"):
        ran = oracle.judge(oracle.here(command, "-C", str(tmp_path)))
        assert ran.status == 1 and "milebook init" in ran.err, ran.err
        assert oracle.judge(oracle.here(command, "-C", str(tmp_path / "nowhere"))).status == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "command",
    [
        ("permissions", "record", "--from"), ("add", "--title", "T", "--name", "N", "--file"), ("import",), ("review",),
        ("add", "--title", "T", "--name", "N", "--file", "text.txt", "--photo"), ("compare",), ("export", "--verify"),
        ("permissions", "record", "oak", "--status", "granted", "--evidence"),
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_that_somebody_typed_is_not_opened(book: Path, command: tuple[str, ...]) -> None:
    """Opening one would wait for ever."""
    os.mkfifo(book / "pipe")
    sound.write(book / "text.txt", "I ran along the brook.\n")
    ran = oracle.apart(*command, "pipe", folder=book, seconds=30)
    assert ran.status in (0, 1, 2), ran.err
    assert ran.status or "it is no file" in ran.out, ran.out
    assert "pipe" in ran.err + ran.out
