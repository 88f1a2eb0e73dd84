"""Files made to do harm: refused one by one, with the reason, while the rest comes in; nothing outside the book is touched."""

from __future__ import annotations

import os
import stat
import tempfile
import time
import zipfile
from pathlib import Path

import pytest
from bookmaking import make_book, story
from mails import jpeg, mail, story_text

from milebook.app.import_stories import Imported, ImportRequest, import_stories
from milebook.commands import run
from milebook.intake.inputs import Input, Inputs
from milebook.intake.options import Options
from milebook.intake.sources import found_in


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_book(tmp_path / "book", [story("a", "Words.\n")])


def imported(book: Path, *paths: Path, apply: bool = True) -> Imported:
    return import_stories(book, ImportRequest(paths, apply=apply))


def good() -> bytes:
    return bytes(mail(1, story_text(1), "A good mail", photos=[jpeg(1)]))


def parcel(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def test_a_zip_that_leads_out(book: Path, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.eml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = parcel(
        tmp_path / "x.zip", ("../../evil.eml", good()), ("/etc/evil.eml", good()), ("C:\\evil.eml", good()), (link, b"/etc/passwd"),
        ("good.eml", good()), ("__MACOSX/._good.eml", b"x"),
    )  # fmt: skip
    done = imported(book, path)
    assert done.plan.counts == {"new": 1, "unreadable": 4}
    assert [item.why for item in done.plan.items][:4] == ["its name leads out of the zip"] * 3 + [
        "it is a link to another place"
    ]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["book", "x.zip"]


def test_a_zip_made_to_fill_the_disk(book: Path, tmp_path: Path) -> None:
    path = parcel(tmp_path / "x.zip", ("bomb.txt", b" " * 60_000_000), ("good.eml", good()))
    done = imported(book, path)
    assert done.plan.counts == {"new": 1, "unreadable": 1}
    assert "fill the disk" in done.plan.items[0].why
    inner = parcel(tmp_path / "inner.zip", ("x.txt", b"x"))
    outer = parcel(tmp_path / "outer.zip", ("inner.zip", inner.read_bytes()))
    assert imported(book, outer).plan.items[0].why == "it is a zip inside a zip: unpack it first"


def test_a_locked_and_a_damaged_zip(book: Path, tmp_path: Path) -> None:
    path = parcel(tmp_path / "x.zip", ("a.eml", good()))
    data = bytearray(path.read_bytes())
    data[6] |= 1
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(bytes(data))
    assert imported(book, path).plan.items[0].why == "it is locked with a password"
    path.write_bytes(parcel(tmp_path / "y.zip", ("a.eml", good() * 50)).read_bytes()[:-300])
    assert imported(book, path).plan.items[0].verdict == "unreadable"


def test_what_was_unpacked_is_removed(tmp_path: Path) -> None:
    path = parcel(tmp_path / "x.zip", ("a.txt", b"words"))
    with Inputs([path]) as inputs:
        (one,) = inputs.files()
        where = one.path
        assert where.read_bytes() == b"words"
    assert not where.exists()


def test_links_and_strange_files_in_a_folder(book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text(story_text(9), "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "good.eml").write_bytes(good())
    (folder / "noise.eml").write_bytes(bytes(range(256)) * 40)
    (folder / "empty.eml").write_bytes(b"")
    done = imported(book, folder)
    assert done.plan.counts["new"] == 1
    assert not any(story_text(9)[:40] in item.text for item in done.plan.items)
    (tmp_path / "nowhere.eml").symlink_to(tmp_path / "none.eml")
    assert imported(book, tmp_path / "nowhere.eml").plan.items[0].why.startswith("it cannot be opened")


@pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="no such folder can be made here")
def test_a_folder_that_cannot_be_looked_into_is_named(book: Path, tmp_path: Path) -> None:
    """Here because the way to it is longer than the system takes."""
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "good.eml").write_bytes(good())
    here = os.open(folder, os.O_RDONLY)
    for _ in range(250):
        os.mkdir("d" * 20, dir_fd=here)
        deeper = os.open("d" * 20, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    done = imported(book, folder)
    assert done.plan.counts["new"] == 1
    (unread,) = [item for item in done.plan.items if item.verdict == "unreadable"]
    assert unread.why.startswith("the folder cannot be looked into: "), unread.why


def test_a_full_disk_is_no_damaged_zip(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mails.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("good.eml", good())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    (unread,) = imported(book, path).plan.items
    assert unread.why.startswith("it could not be unpacked: "), unread.why


NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(400)) + b"\nwords"
MAILS = {
    "deep": b"From: a@b.c\n" + NESTED,
    "many parts": b"From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 60_000,
    "endless header": b"From: a@b.c\nSubject: " + b"=?utf-8?Q?=C3=A9?= " * 60_000 + b"\n\nwords",
    "many headers": b"From: a@b.c\n" + b"X-A: b\n" * 200_000 + b"\nwords",
    "brackets": b"From: a@b.c\n\n" + b"[" * 60_000 + b"\n\n" + b"*_" * 40_000,
    "quotes": b"From: a@b.c\n\n" + b"> " * 50_000 + b"\n" + b">" * 50_000,
    "attributions": b"From: a@b.c\n\n" + b"On 1 a wrote b c d e\n" * 20_000,
    "tags": b"From: a@b.c\nContent-Type: text/html\n\n"
    + b"<div>" * 30_000
    + b"words"
    + b"<!" * 20_000
    + b"<a" * 20_000,
    "blanks": b"From: a@b.c\n\n" + b" " * 500_000 + b"\n" * 200_000 + b"x",
}


@pytest.mark.parametrize("name", MAILS)
def test_mails_that_take_long_elsewhere(book: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.eml"
    path.write_bytes(MAILS[name])
    done = imported(book, path)
    assert len(done.plan.items) == 1
    assert not done.findings


def test_nothing_that_reaches_the_terminal_acts_on_it(
    book: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    message = mail(
        1,
        "Words \x1b]0;owned\x07 and \x9b2J of a story that is long enough to be one.\n\nOn 1 May 2025 x\x1b[2J <a@b.c> wrote:\n> \x1b[31mred",
        "A \x1b[2J title \u202e end",
    )
    path = tmp_path / "\u202eevil.eml"
    path.write_bytes(bytes(message))
    for arguments in (
        ["import", str(path), "--details"],
        ["import", str(path), "--apply"],
        ["import", str(path), "--json"],
        ["status", "--inbox"],
    ):
        run([*arguments, "-C", str(book)])
        shown = capfd.readouterr()
        for text in (shown.out, shown.err):
            assert not any(c in text for c in "\x1b\x07\x9b\u202e"), arguments


def test_a_mail_that_is_too_large(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.mbox"
    start = b"From x Mon May 26 20:18:05 2025\nFrom: a@b.c\n\n"
    with path.open("wb") as out:
        out.write(start)
        for _ in range(100):
            out.write(b"x" * 1_000_000 + b"\n")
        out.write(b"\n" + start + story_text(1).encode() + b"\n")
    done = imported(book, path)
    assert done.plan.counts == {"new": 1, "unreadable": 1}
    assert "ask for the photos one by one" in done.plan.items[0].why


def test_an_export_without_its_ends_is_refused_at_once(tmp_path: Path) -> None:
    start = "<?xml version='1.0'?><rss xmlns:wp='http://wordpress.org/export/1.2/'><channel>"
    path = tmp_path / "x.xml"
    path.write_text(start + "<item><![CDATA[ ]]> " * 20_000, "utf-8")
    before = time.process_time()
    (item,) = found_in(Input("x.xml", path), Options())
    assert item.verdict == "unreadable"
    assert time.process_time() - before < 5  # a search from each item to the end took forty seconds


def test_a_text_that_is_longer_than_any_story_is_left_out(tmp_path: Path) -> None:
    head = b"From: Ana <ana@example.org>\nSubject: The Oak\nContent-Type: multipart/mixed; boundary=X\n\n"
    long = b"--X\nContent-Type: text/plain\n\n" + b"> x\n" * 600_000
    path = tmp_path / "x.eml"
    path.write_bytes(head + long + b"--X\nContent-Type: text/plain\n\nWe walked to the mill.\n--X--\n")
    (item,) = found_in(Input("x.eml", path), Options())
    assert item.text == "We walked to the mill."
    assert any("too long for a story" in note for note in item.notes)
