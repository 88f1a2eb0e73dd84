"""The door to the book folder: what it refuses, what it forgives, and that it never opens what is not the author's."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from milebook.model.codes import CODES
from milebook.model.findings import ERROR, NOTE, WARNING, Finding, Place
from milebook.source import INDEX_LIMIT, STORY_LIMIT, BookFolder, clean, shown, text_findings

USER = os.geteuid() if hasattr(os, "geteuid") else -1

INDEX = "stories/index.yaml"
HERE = Place(INDEX, 14, 11)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    book = tmp_path / "book"
    (book / "stories" / "photos").mkdir(parents=True)
    (book / INDEX).write_text("book: {}\n")
    (book / "stories" / "a.md").write_text("Run.\n")
    (tmp_path / "secret.txt").write_text("the secret of the house")
    return book


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def severity(code: str) -> str:
    return CODES[code].severity


def read(root: Path, written: str) -> tuple[str | None, list[Finding]]:
    folder = BookFolder(root)
    path, findings = folder.resolve(INDEX, written, HERE)
    if path is None:
        return None, findings
    return folder.read_text(path, HERE)


# ---- paths


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("../../secret.txt", "MB002"),
        ("a/../../../secret.txt", "MB002"),
        ("../..", "MB002"),
        ("/etc/hostname", "MB002"),
        ("//server/share/a.md", "MB002"),
        ("~/a.md", "MB002"),
        ("~root/a.md", "MB002"),
        ("C:\\a.md", "MB002"),
        ("C:/a.md", "MB002"),
        ("c:a.md", "MB002"),
        ("a:b c.md", "MB002"),  # a drive by its looks
        ("\\\\server\\share\\a.md", "MB002"),
        ("\\a.md", "MB002"),
        ("http://example.org/a.md", "MB002"),
        ("HTTPS://example.org/a.md", "MB002"),
        ("file:///etc/hostname", "MB002"),
        ("data:text/plain,x", "MB002"),
        ("photos\\a.jpg", "MB003"),
        ("a\x00.md", "MB003"),
        ("a\n.md", "MB003"),
        ("a\u202edm.exe", "MB003"),
        ("a\u2028.md", "MB003"),
        ("a\udc80.md", "MB003"),
        ("", "MB003"),
        ("   ", "MB003"),
        ("x" * 256 + ".md", "MB003"),
        ("ä" * 128, "MB003"),
        (".", "MB005"),
        ("photos", "MB005"),
        ("photos/", "MB005"),
    ],
)
def test_refused_paths(root: Path, written: str, code: str) -> None:
    text, findings = read(root, written)
    assert text is None
    assert codes(findings) == [code]
    assert findings[0].place == HERE
    assert findings[0].hint
    assert findings[0].message.isprintable()


@pytest.mark.parametrize(
    "written",
    ["a.md", "./a.md", "../stories/a.md", "photos/../a.md", 'it\'s "q" one.md', "-rf.md", "a b.md", "Nguyễn 🏃‍♀️.md"],
)
def test_paths_that_are_fine(root: Path, written: str) -> None:
    target = root / "stories" / Path(written).name
    target.write_text("Fine.\n")
    assert read(root, written) == ("Fine.\n", [])


def test_resolve_joins_to_the_folder_of_the_file_that_names_it() -> None:
    folder = BookFolder(Path("/nowhere"))
    for base, written, expected in (
        (INDEX, "photos/a.jpg", "stories/photos/a.jpg"),
        ("index.yaml", "a.md", "a.md"),
        ("layouts/x/layout.yaml", "../y/layout.yaml", "layouts/y/layout.yaml"),
        ("", "stories/./b//c.md", "stories/b/c.md"),
    ):
        assert folder.resolve(base, written, HERE) == (expected, [])


@pytest.mark.parametrize("code", ["read_text", "read_bytes", "find", "fingerprint"])
def test_every_way_in_checks_the_path_itself(root: Path, code: str) -> None:
    value, findings = getattr(BookFolder(root), code)("../secret.txt", HERE)
    assert value is None
    assert codes(findings) == ["MB002"]


# ---- links and things that are no files


def test_links_out_in_a_loop_and_to_nothing(root: Path) -> None:
    stories = root / "stories"
    (stories / "out.md").symlink_to("../../secret.txt")
    (stories / "absolute.md").symlink_to(root.parent / "secret.txt")
    (stories / "dangling.md").symlink_to("not-there.md")
    (stories / "loop.md").symlink_to("loop.md")
    (stories / "one.md").symlink_to("two.md")
    (stories / "two.md").symlink_to("one.md")
    (stories / "folder").symlink_to(root.parent)
    (stories / "chain.md").symlink_to("folder/secret.txt")
    for name in ("out", "absolute", "dangling", "loop", "one", "chain"):
        text, findings = read(root, f"{name}.md")
        assert text is None, name
        assert codes(findings) == ["MB006"], name
    assert codes(read(root, "folder/secret.txt")[1]) == ["MB006"]
    assert BookFolder(root).names("stories/folder") == ()


def test_what_is_deleted_after_its_folder_was_listed_is_no_link(root: Path) -> None:
    folder = BookFolder(root)
    assert folder.find("stories/a.md", HERE)[1] == []
    (root / "stories/a.md").unlink()
    (finding,) = folder.find("stories/a.md", HERE)[1]
    assert finding.code == "MB006" and "was moved or deleted while the book was being read" in finding.message


def test_links_inside_the_folder_are_fine(root: Path) -> None:
    (root / "stories" / "b.md").symlink_to("a.md")
    (root / "stories" / "same").symlink_to("../stories")
    (root.parent / "link").symlink_to(root)
    assert read(root, "b.md") == ("Run.\n", [])
    assert read(root, "same/a.md") == ("Run.\n", [])
    assert read(root.parent / "link", "a.md") == ("Run.\n", [])


def test_pipes_sockets_devices_are_not_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(root / "stories" / "pipe.md")
    monkeypatch.chdir(root / "stories")  # the names of sockets must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.md")
        opened: list[object] = []
        real_open = os.open
        monkeypatch.setattr(os, "open", lambda path, *a, **k: opened.append(path) or real_open(path, *a, **k))
        for name, what in (("pipe.md", "pipe"), ("socket.md", "socket")):
            text, findings = read(root, name)
            assert text is None
            assert codes(findings) == ["MB005"]
            assert what in findings[0].message
        assert opened == []


@pytest.mark.skipif(USER != 0, reason="making a device takes root")
def test_a_device_is_not_opened(root: Path) -> None:
    try:
        os.mknod(root / "stories" / "device.md", stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except OSError as error:
        pytest.skip(f"no devices here: {error}")
    assert codes(read(root, "device.md")[1]) == ["MB005"]


def before_opening(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None]) -> None:
    """Let something happen right before the next file is opened, as another program might do."""
    real = os.open

    def opened(*given: Any, **named: Any) -> int:
        monkeypatch.setattr(os, "open", real)
        meanwhile()
        return real(*given, **named)

    monkeypatch.setattr(os, "supports_dir_fd", os.supports_dir_fd | {opened})
    monkeypatch.setattr(os, "open", opened)


def test_a_link_put_in_between_looking_and_opening_is_not_followed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = BookFolder(root)
    target = root / "stories" / "a.md"

    def swap() -> None:
        target.unlink()
        target.symlink_to(root.parent / "secret.txt")

    before_opening(monkeypatch, swap)
    text, findings = folder.read_text("stories/a.md", HERE)
    assert text is None
    assert codes(findings) == ["MB006"]


def test_a_folder_swapped_for_a_link_is_not_followed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "a.md").write_text("the secret of the house")
    folder = BookFolder(root)

    def swap() -> None:
        (root / "stories").rename(root / "was")
        (root / "stories").symlink_to(outside)

    before_opening(monkeypatch, swap)
    text, findings = folder.read_text("stories/a.md", HERE)
    assert text is None
    assert codes(findings) == ["MB006"]


def test_a_pipe_put_in_between_looking_and_opening_does_not_hang(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = BookFolder(root)
    target = root / "stories" / "a.md"

    def swap() -> None:
        target.unlink()
        os.mkfifo(target)

    before_opening(monkeypatch, swap)
    assert codes(folder.read_text("stories/a.md", HERE)[1]) == ["MB005"]


# ---- names


def test_missing_files_suggest_the_nearest_name(root: Path) -> None:
    (root / "stories" / "lost-dog.md").touch()
    (root / "stories" / "photos" / "ana.jpg").touch()
    for written, near in (
        ("lost-dgo.md", "stories/lost-dog.md"),
        ("photos/ana.jpeg", "stories/photos/ana.jpg"),
        ("ana.jpg", "stories/photos/ana.jpg"),
        ("photo/ana.jpg", "stories/photos"),
    ):
        text, findings = read(root, written)
        assert text is None
        assert codes(findings) == ["MB004"]
        assert f'"{near}"' in findings[0].hint
    for written in ("zzzzzzzz.qq", "lost-dog.jpg"):  # a text is no photo
        text, findings = read(root, written)
        assert "did you mean" not in findings[0].hint


def test_many_missing_files_are_reported_without_looking_for_each(root: Path) -> None:
    folder = BookFolder(root)
    (root / "stories" / "story-1.md").touch()
    hints = [folder.read_text(f"stories/story-{n}.mm", HERE)[1][0].hint for n in range(60)]
    assert "did you mean" in hints[0]
    assert "did you mean" not in hints[-1]


def test_a_file_is_not_a_folder(root: Path) -> None:
    assert codes(read(root, "a.md/b.md")[1]) == ["MB004"]


def test_accents_stored_either_way_are_one_name(root: Path) -> None:
    stored, written = unicodedata.normalize("NFD", "café.md"), unicodedata.normalize("NFC", "café.md")
    (root / "stories" / stored).write_text("Coffee.\n")
    assert read(root, written) == ("Coffee.\n", [])
    assert read(root, stored) == ("Coffee.\n", [])
    assert BookFolder(root).find(f"stories/{written}", HERE) == (f"stories/{stored}", [])
    (root / "stories" / written).write_text("Coffee again.\n")
    text, findings = read(root, written)
    assert text is None
    assert codes(findings) == ["MB008"]
    assert severity("MB008") == ERROR


def test_capital_letters(root: Path) -> None:
    (root / "stories" / "Finish.JPG").write_text("x")
    folder = BookFolder(root)
    text, findings = folder.read_text("stories/finish.jpg", HERE)
    assert text == "x"
    assert codes(findings) == ["MB007"]
    assert '"Finish.JPG"' in findings[0].hint
    assert severity("MB007") == WARNING
    assert folder.read_text("stories/finish.jpg", HERE)[1] == [], "told once for one place"
    assert codes(folder.read_text("stories/finish.jpg", Place(INDEX, 20))[1]) == ["MB007"]
    (root / "stories" / "finish.JPG").write_text("y")
    text, findings = read(root, "Finish.JPG")
    assert text == "x"
    assert codes(findings) == ["MB009"]
    assert codes(read(root, "FINISH.jpg")[1]) == ["MB004"], "nobody can say which of the two is meant"


def test_a_file_that_appears_after_the_folder_was_listed_is_found(root: Path) -> None:
    folder = BookFolder(root)
    assert folder.read_text("stories/a.md", HERE)[0] == "Run.\n"
    (root / "stories" / "late.md").write_text("Late.\n")
    assert folder.read_text("stories/late.md", HERE) == ("Late.\n", [])


def test_names_of_files_that_are_not_utf8_do_no_harm(root: Path) -> None:
    try:
        (root / "stories" / os.fsdecode(b"caf\xe9.md")).touch()
    except OSError as error:
        pytest.skip(f"this disk takes UTF-8 names only: {error}")
    _, findings = read(root, "cafe.md")
    assert codes(findings) == ["MB004"]
    assert (findings[0].hint + findings[0].message).encode()


# ---- the index


def test_where_the_index_is(root: Path) -> None:
    assert BookFolder(root).index_path() == INDEX
    (root / "index.yaml").touch()
    assert BookFolder(root).index_path() == INDEX
    (root / INDEX).unlink()
    assert BookFolder(root).index_path() == "index.yaml"
    (root / "index.yaml").unlink()
    assert BookFolder(root).index_path() is None
    assert BookFolder(root).no_index().code == "MB001"
    (root / INDEX).symlink_to("nowhere")  # there, but broken: that must be said, not "no index"
    assert BookFolder(root).index_path() == INDEX


def test_an_index_by_another_name_is_pointed_out(root: Path) -> None:
    (root / INDEX).rename(root / "stories" / "index.yml")
    assert "index.yml" in BookFolder(root).no_index().hint
    (root / "stories" / "index.yml").rename(root / "stories" / "index (1).yaml")
    assert 'rename "stories/index (1).yaml" to "stories/index.yaml"' in BookFolder(root).no_index().hint
    assert "no folder" in BookFolder(root / "absent").no_index().message


# ---- sizes and disks


def test_files_that_are_too_big_are_not_read(root: Path) -> None:
    for name, limit in (("a.md", STORY_LIMIT), ("index.yaml", INDEX_LIMIT)):
        with (root / "stories" / name).open("wb") as handle:
            handle.truncate(limit)
        assert read(root, name)[0] == "\0" * limit
        with (root / "stories" / name).open("wb") as handle:
            handle.truncate(limit + 1)
        text, findings = read(root, name)
        assert text is None
        assert codes(findings) == ["MB010"]
    with (root / "stories" / "huge.jpg").open("wb") as handle:
        handle.truncate(10**12)
    assert codes(BookFolder(root).read_bytes("stories/huge.jpg", HERE)[1]) == ["MB010"]
    assert BookFolder(root).read_bytes("stories/a.md", HERE, 10)[0] is None


@pytest.mark.parametrize(("number", "words"), [(5, "backup"), (13, "right to read")])
def test_what_the_disk_refuses_is_a_finding(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def failing(*_: object, **__: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", failing)
    text, findings = read(root, "a.md")
    assert text is None
    assert codes(findings) == ["MB011"]
    assert os.strerror(number) in findings[0].message
    assert words in findings[0].hint


@pytest.mark.skipif(USER == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read(root: Path) -> None:
    (root / "stories" / "a.md").chmod(0)
    assert codes(read(root, "a.md")[1]) == ["MB011"]


# ---- what was read


def test_changes_since_reading(root: Path) -> None:
    folder = BookFolder(root)
    for path in (INDEX, "stories/a.md"):
        folder.read_text(path, HERE)
    assert sorted(folder.read) == ["stories/a.md", INDEX]
    assert folder.changed_since_read() == []
    target = root / "stories" / "a.md"
    before = target.stat()
    target.write_text("Ran.\n")  # the same size
    os.utime(target, ns=(before.st_atime_ns, before.st_mtime_ns))  # and the same time
    assert folder.changed_since_read() == ["stories/a.md"]
    assert codes(folder.changed_findings()) == ["MB020"]
    target.write_text("Run.\n")
    assert folder.changed_since_read() == [], "written anew with the same words is no change"
    target.unlink()
    assert folder.changed_since_read() == ["stories/a.md"]


def test_a_disk_that_no_longer_gives_a_file_is_told_apart_from_a_change(root: Path) -> None:
    code = """
import sys
from pathlib import Path
from milebook.model.findings import Place
from milebook.source import BookFolder
folder = BookFolder(Path(sys.argv[1]))
folder.read_bytes("stories/a.md", Place("x"))
def hook(event, arguments):
    if event == "open" and arguments[0] == "a.md":
        raise OSError(24, "Too many open files")
sys.addaudithook(hook)
print(*[(finding.code, finding.message) for finding in folder.changed_findings()])
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    words = [sys.executable, "-c", code, str(root)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    assert "MB011" in done.stdout and "cannot be read: Too many open files" in done.stdout


def test_a_file_read_twice_with_different_contents_counts_as_changed(root: Path) -> None:
    folder = BookFolder(root)
    target = root / "stories" / "a.md"
    folder.read_bytes("stories/a.md", HERE)
    first = folder.read["stories/a.md"]
    target.write_text("Other.\n")
    folder.read_bytes("stories/a.md", HERE)
    assert folder.read["stories/a.md"] == first
    target.write_text("Run.\n")
    assert folder.changed_since_read() == ["stories/a.md"]


def test_unchanged_old_files_are_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = BookFolder(root)
    clock = (root / "stories" / "a.md").stat().st_ctime + 60
    monkeypatch.setattr("time.time", lambda: clock)
    folder.read_bytes("stories/a.md", HERE)
    monkeypatch.setattr("hashlib.file_digest", lambda *_: pytest.fail("read again"))
    assert folder.changed_since_read() == []


def test_a_file_that_lies_untouched_is_not_hashed_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = BookFolder(root)
    target = root / "stories" / "a.md"
    clock = target.stat().st_ctime + 60
    monkeypatch.setattr("time.time", lambda: clock)
    data, digest, _ = folder.read_hashed("stories/a.md", HERE)
    assert digest == folder.read["stories/a.md"]
    with monkeypatch.context() as patch:
        patch.setattr("hashlib.sha256", lambda *_: pytest.fail("hashed again"))
        assert folder.read_hashed("stories/a.md", HERE) == (data, digest, [])
    target.write_text("Ran.\n")
    assert folder.read_hashed("stories/a.md", HERE)[1] not in ("", digest)
    assert folder.changed_since_read() == ["stories/a.md"]


def test_fingerprint_is_the_digest_of_the_file(root: Path) -> None:
    import hashlib

    folder = BookFolder(root)
    assert folder.fingerprint("stories/a.md", HERE) == (hashlib.sha256(b"Run.\n").hexdigest(), [])
    assert "stories/a.md" in folder.read


# ---- encodings


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"\xef\xbb\xbfOne.\n", "One.\n"),
        (b"\xef\xbb\xbfOne.\r\nTwo.\rThree.\n", "One.\nTwo.\nThree.\n"),
        ("Nguyễn, Łukasz 🏃\n".encode(), "Nguyễn, Łukasz 🏃\n"),
    ],
)
def test_texts_as_they_should_be(root: Path, data: bytes, text: str) -> None:
    (root / "stories" / "a.md").write_bytes(data)
    assert read(root, "a.md") == (text, [])


@pytest.mark.parametrize(
    ("data", "code", "place", "words"),
    [
        ("Zoë\n".encode("utf-16"), "MB012", (1, 1), "UTF-16"),
        ("Zoë\n".encode("utf-16-be"), "MB012", (1, 1), "UTF-16"),
        ("A plain line.\n".encode("utf-16-le"), "MB012", (1, 1), "UTF-16"),
        ("Zoë\n".encode("utf-32"), "MB012", (1, 1), "UTF-32"),
        ("One.\r\nNaïve café\r\n".encode("latin-1"), "MB012", (2, 3), '"ï"'),
        ("One.\n“Quoted”\n".encode("cp1252"), "MB012", (2, 1), '"“"'),
        ("é\n".encode() + b"ab\xc3", "MB012", (2, 3), "C3"),
        (b"Run \xed\xa0\xbd\xed\xb8\x80", "MB021", (1, 5), "U+D83D"),
        (b"PK\x03\x04rest", "MB013", (0, 0), "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "MB013", (0, 0), "Word"),
        (b"{\\rtf1 x}", "MB013", (0, 0), "RTF"),
        (b"%PDF-1.7", "MB013", (0, 0), "PDF"),
        (b"\xff\xd8\xff\xe0", "MB013", (0, 0), "photo"),
    ],
)
def test_texts_saved_otherwise(root: Path, data: bytes, code: str, place: tuple[int, int], words: str) -> None:
    (root / "stories" / "a.md").write_bytes(data)
    text, findings = read(root, "a.md")
    assert text is None
    assert codes(findings) == [code]
    assert findings[0].place == Place("stories/a.md", *place)
    assert words in findings[0].message
    assert findings[0].hint


# ---- characters


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("a\x00b", "MB014", ERROR),
        ("a\x0bb", "MB014", ERROR),
        ("a\x0cb", "MB014", ERROR),
        ("a\rb", "MB014", ERROR),
        ("a\x1bb", "MB014", ERROR),
        ("a\x7fb", "MB014", ERROR),
        ("a\x85b", "MB014", ERROR),
        ("a\x9fb", "MB014", ERROR),
        ("a\ud83db", "MB021", ERROR),
        ("a\udfffb", "MB021", ERROR),
        ("a\ufffeb", "MB021", ERROR),
        ("a\ufdd0b", "MB021", ERROR),
        ("a\U0001ffffb", "MB021", ERROR),
        ("a\U0010fffeb", "MB021", ERROR),
        ("a\u202eb", "MB015", ERROR),
        ("a\u202ab", "MB015", ERROR),
        ("a\u2066b", "MB015", ERROR),
        ("a\u2069b", "MB015", ERROR),
        ("a\u200bb", "MB016", WARNING),
        ("a\u200cb", "MB016", WARNING),
        ("a\u200db", "MB016", WARNING),
        ("a\u2060b", "MB016", WARNING),
        ("a\ufeffb", "MB016", WARNING),
        ("a\u200eb", "MB016", WARNING),
        ("a\u3164b", "MB016", WARNING),
        ("a\U000e0041b", "MB016", WARNING),
        ("a\u2028b", "MB017", NOTE),
        ("a\u2029b", "MB017", NOTE),
        ("a\ue000b", "MB018", WARNING),
        ("a\U000f0000b", "MB018", WARNING),
        ("a\ufffdb", "MB019", WARNING),
        ("a\ufffcb", "MB019", WARNING),
    ],
)
def test_unwelcome_characters(text: str, code: str, level: str) -> None:
    findings = text_findings(f"First line.\n{text}\n", "stories/a.md")
    assert codes(findings) == [code]
    assert severity(code) == level
    assert f"U+{ord(text[1]):04X}" in findings[0].message
    assert findings[0].place == Place("stories/a.md", 2, 2)
    assert findings[0].hint
    (findings[0].message + findings[0].quote).encode()  # can be printed
    cleaned = clean(text)
    assert cleaned == {ERROR: "ab", NOTE: "a\nb", WARNING: text}[level]
    assert codes(text_findings(cleaned, "x")) == ([code] if level == WARNING else [])


@pytest.mark.parametrize(
    "text",
    [
        "Plain words,\n\ttab and all.\n",
        "Nguyễn Thị Hồng, Łukasz Żółć, Σίσυφος, Владимир",
        "👨‍👩‍👧 🏃🏽‍♀️ 🏳️‍🌈 ❤️‍🔥",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland
        "می\u200cخواهم",
        "क्\u200dष",
        "שלום\u200f!",
        "ภาษา\u200bไทย",
        "ภาษา\u200b 26\u200bไทย",  # beside a digit or a space as well
        "ꦲꦏ꧀ꦱꦫ\u200bꦗꦮ",  # Javanese
        "ᠤᠯᠠᠭᠠᠨ\u180eᠠ",  # Mongolian
        "e\u0301\u034f\u0323",
        "co\u00adoperate, non\u00a0breaking, thin\u2009space, non\u2011breaking",
    ],
)
def test_characters_that_belong(text: str) -> None:
    assert text_findings(text, "x") == []
    assert clean(text) == text


def test_one_finding_for_each_character_with_its_further_places() -> None:
    findings = text_findings("a\x00b\nc\x00\n\x00\x00\x00\x07", "x")
    assert codes(findings) == ["MB014", "MB014"]
    assert "4 times more" in findings[0].message
    assert [(related.place.line, related.place.column) for related in findings[0].related] == [(2, 2), (3, 1), (3, 2)]


def test_a_part_of_a_file_is_placed_in_the_whole() -> None:
    findings = text_findings("ab\x00\n\x07", "x", line=10, column=5)
    assert [finding.place[1:3] for finding in findings] == [(10, 7), (11, 1)]


def test_noise_does_not_flood() -> None:
    noise = "".join(map(chr, range(0xE000, 0xF000)))
    assert len(text_findings(noise, "x")) == 20


def test_long_runs_of_invisible_characters_take_no_age() -> None:
    assert len(text_findings("\u200e" * 300_000 + "\U000e0041" * 300_000, "x")) == 2


def test_shown_is_safe_to_print() -> None:
    assert shown("a\u202eb\n\udc80") == "a<U+202E>b<U+000A><U+DC80>"
    assert len(shown("x" * 1000)) <= 120


@pytest.mark.parametrize(
    ("there", "written", "code", "hint"),
    [
        ("stories/hands.md.txt", "stories/hands.md", "MB004", '"hands.md.txt" lies there: rename it to "hands.md"'),
        ("stories/hands.txt", "stories/hands.md", "MB004", '"hands.txt" lies there: rename it to "hands.md"'),
        ("stories/hands (1).md", "stories/hands.md", "MB004", '"hands (1).md" lies there: rename it to "hands.md"'),
        ("stories/hands copy 2.md", "stories/hands.md", "MB004", 'rename it to "hands.md"'),
        ("stories/Copy of Hands.md", "stories/hands.md", "MB004", 'rename it to "hands.md"'),
        ("stories/hands - Kopie.md", "stories/hands.md", "MB004", 'rename it to "hands.md"'),
        ("stories/my hands.md", "stories/my-hands.md", "MB004", 'rename it to "my-hands.md"'),
        ("stories/copy-shop (1).md", "stories/copy-shop.md", "MB004", 'rename it to "copy-shop.md"'),
        ("stories/photos/p (2).jpg", "stories/photos/p.jpg", "MB004", 'rename it to "p.jpg"'),
        ("stories/photos/Spoon 1.jpg", "stories/Photos/SPOON 1.jpg", "MB007", 'write "photos/Spoon 1.jpg"'),
        ("stories/Hands.md", "stories/hands.md", "MB007", 'rename the file to "hands.md"'),
        ("stories/hands.MD", "stories/hands.md", "MB007", 'rename the file to "hands.md"'),
        ("stories/photos/Spoon.jpg", "stories/photos/spoon.JPG", "MB007", 'write "photos/Spoon.jpg"'),
        ("stories/photos/p.png", "stories/stories/photos/p.png", "MB004", 'leave out "stories/": write photos/p.png'),
        ("stories/hands.md", "stories/stories/hands.md", "MB004", 'leave out "stories/": write hands.md'),
    ],
)
def test_a_name_that_was_nearly_right_is_put_right(root: Path, there: str, written: str, code: str, hint: str) -> None:
    (root / there).parent.mkdir(parents=True, exist_ok=True)
    (root / there).write_text("x")
    _, findings = BookFolder(root).read_text(written, Place("stories/index.yaml", 3))
    assert codes(findings) == [code]
    assert hint in findings[0].hint
