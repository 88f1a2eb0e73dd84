"""Changes of the author's files: all or none, one at a time, never over an edit, and nothing left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from book_folders import files_in
from killing import die_at_call

from milebook.output.transaction import Transaction, recover

INDEX = "stories/index.yaml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "stories").mkdir()
    (tmp_path / INDEX).write_bytes(b"book:\r\n  title: Oaks # ours\r\n")
    (tmp_path / "stories" / "oak.md").write_bytes(b"The oak.\n")
    return tmp_path


def change_three(root: Path, title: str = "Three") -> list[str]:
    with Transaction(root, "import") as change:
        index = change.read(INDEX)
        change.write(INDEX, (index or b"") + b"# more\r\n")
        change.write("stories/photos/elm.jpg", b"elm" * 1000)
        change.remove("stories/oak.md")
        return [finding.code for finding in change.commit(title)]


def test_every_file_is_changed(book: Path) -> None:
    assert change_three(book) == []
    assert files_in(book) == {
        INDEX: b"book:\r\n  title: Oaks # ours\r\n# more\r\n",
        "stories/photos/elm.jpg": b"elm" * 1000,
    }


def test_without_commit_nothing_is_changed_and_nothing_left(book: Path) -> None:
    before = files_in(book)
    with Transaction(book, "import") as change:
        change.write(INDEX, b"x")
        change.write("stories/new/a.md", b"y")
    assert files_in(book) == before
    assert not (book / ".milebook").exists()
    assert not (book / "stories" / "new").exists()


def test_a_photo_is_copied_from_elsewhere(book: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    photo = tmp_path_factory.mktemp("mail") / "a.jpg"
    photo.write_bytes(os.urandom(3_000_000))
    with Transaction(book, "import") as change:
        change.write("stories/photos/a.jpg", photo)
        assert change.commit("One photo") == []
    assert (book / "stories/photos/a.jpg").read_bytes() == photo.read_bytes()


def test_what_an_editor_saved_meanwhile_stays(book: Path) -> None:
    with Transaction(book, "import") as change:
        change.read(INDEX)
        change.write(INDEX, b"ours")
        change.write("stories/elm.md", b"elm")
        (book / INDEX).write_bytes(b"the editor's")
        assert [finding.code for finding in change.commit("x")] == ["MB071"]
    assert files_in(book) == {INDEX: b"the editor's", "stories/oak.md": b"The oak.\n"}


def test_a_new_file_never_takes_the_place_of_one_that_came_meanwhile(book: Path) -> None:
    with Transaction(book, "import") as change:
        change.write("stories/elm.md", b"ours")
        (book / "stories/elm.md").write_bytes(b"theirs")
        assert [finding.code for finding in change.commit("x")] == ["MB071"]
    assert (book / "stories/elm.md").read_bytes() == b"theirs"


def test_what_was_read_earlier_must_still_be_so(book: Path) -> None:
    with Transaction(book, "import") as change:
        change.expect({INDEX: "0" * 64})
        change.write(INDEX, b"ours")
        assert [finding.code for finding in change.commit("x")] == ["MB071"]


@pytest.mark.parametrize(
    "path", ["../x", "/etc/x", ".git/config", "build/x.docx", ".milebook/lock", "stories/.x", "a/../../x"]
)
def test_nothing_else_can_be_changed(book: Path, path: str) -> None:
    with Transaction(book, "import") as change:
        change.write(path, b"x")
        assert [finding.code for finding in change.commit("x")] == ["MB006"]


@pytest.mark.parametrize("what", ["write", "remove"])
def test_a_write_protected_file_is_left_alone(book: Path, what: str) -> None:
    (book / "stories/oak.md").chmod(0o444)
    with Transaction(book, "import") as change:
        change.write(INDEX, b"ours")
        change.write("stories/oak.md", b"ours") if what == "write" else change.remove("stories/oak.md")
        (finding,) = change.commit("x")
    assert (finding.code, "Read-only" in finding.hint) == ("MB077", True)
    assert files_in(book)["stories/oak.md"] == b"The oak.\n" and files_in(book)[INDEX] != b"ours"


def test_a_link_out_of_the_book_is_not_followed(book: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (book / "stories" / "out").symlink_to(outside)
    with Transaction(book, "import") as change:
        change.write("stories/out/x.md", b"x")
        assert [finding.code for finding in change.commit("x")] == ["MB006"]
    assert not list(outside.iterdir())


def test_a_store_that_leads_out_of_the_book_is_not_used(book: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (book / ".milebook").symlink_to(outside)
    assert change_three(book) == ["MB074"]
    assert recover(book) == []
    assert not list(outside.iterdir())


@pytest.mark.parametrize("name", ["con.md", "a?.md", "a..", "LPT1"])
def test_names_that_windows_cannot_hold(book: Path, name: str) -> None:
    with Transaction(book, "import") as change:
        change.write(f"stories/{name}", b"x")
        assert [finding.code for finding in change.commit("x")] == ["MB075"]


def test_names_that_are_one_elsewhere(book: Path) -> None:
    for name in ("OAK.md", "u\u0308.md"):
        (book / "stories/\u00fc.md").write_bytes(b"")
        with Transaction(book, "import") as change:
            change.write(f"stories/{name}", b"x")
            assert [finding.code for finding in change.commit("x")] == ["MB076"]
    with Transaction(book, "import") as change:
        change.write("stories/A.md", b"x")
        change.write("stories/a.md", b"x")
        assert [finding.code for finding in change.commit("x")] == ["MB076"]


def test_the_second_of_two_waits_then_names_the_first(book: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from milebook.output.transaction import Transaction\n"
        "with Transaction(Path(sys.argv[1]), 'import') as change:\n"
        "    print('held', flush=True); time.sleep(30)"
    )
    first = subprocess.Popen([sys.executable, "-c", code, str(book)], stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    first.stdout.readline()
    try:
        with Transaction(book, "record", wait=0.3) as change:
            change.write(INDEX, b"x")
            (finding,) = change.commit("x")
        assert finding.code == "MB070"
        assert "milebook import" in finding.message and str(first.pid) in finding.message
        assert recover(book) == []  # whoever only reads does not wait for a change that is being made ready
    finally:
        first.kill()
        first.wait()
        first.stdout.close()
    assert change_three(book) == []  # the lock died with its process


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks children to be killed")
def test_killed_at_every_step(book: Path) -> None:
    """Whatever the point, the next command finds everything or nothing done, and nothing lies about."""
    before = files_in(book)
    change_three(book)
    after = files_in(book)
    assert before != after
    for path in book.glob("stories/**/*"):
        if path.is_file():
            path.unlink()
    step, seen = 0, set()
    while True:
        step += 1
        for name, data in before.items():
            (book / name).write_bytes(data)
        (book / "stories/photos/elm.jpg").unlink(missing_ok=True)
        child = os.fork()
        if not child:
            die_at_call(step)
            change_three(book)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        notes = recover(book)
        now = files_in(book)
        assert now in (before, after), f"torn at step {step}"
        assert not (book / ".milebook" / "stage").exists()
        assert [note.code for note in notes] in ([], ["MB072"])
        seen.add((now == after, bool(notes)))
        if status == 0:
            break
    assert step > 30
    assert seen == {(False, False), (True, True), (True, False)}


def test_a_disk_that_fails_half_way_is_told(book: Path) -> None:
    """An error while files are put in place, and another while they are put back: said as it is, and settled later."""
    (book / "stories/elm.md").write_bytes(b"The elm.\n")
    code = (
        "import sys; from pathlib import Path; from milebook.output.transaction import Transaction\n"
        "moved = []\n"
        "def hook(event, arguments):\n"
        "    if event in ('os.rename', 'os.link') and '/stories/' in str(arguments[:2]):\n"
        "        moved.append(1)\n"
        "        if len(moved) > 1: raise OSError(5, 'the disk fails')\n"
        "with Transaction(Path(sys.argv[1]), 'withdraw') as change:\n"
        "    change.remove('stories/oak.md'); change.remove('stories/elm.md')\n"
        "    sys.addaudithook(hook)\n"
        "    print(*[finding.code for finding in change.commit('Both gone')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(book)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "MB073"
    assert [finding.code for finding in recover(book)] == ["MB072"]
    assert set(files_in(book)) == {INDEX}


FAILING = """
import sys
from pathlib import Path
from milebook.output.transaction import recover
event, path = sys.argv[2:4]
def hook(called, arguments):
    if called == event and path in str(arguments[:2]):
        raise OSError(5, "the disk fails", path)
sys.addaudithook(hook)
print(*[finding.code for finding in recover(Path(sys.argv[1]))])
"""


def killed(book: Path, copies: Path, photo: bool) -> Path:
    """A copy of the book whose change of three files was killed once its list was written: before or after the photo is there."""
    for step in range(1, 90):
        root = copies / str(step)
        shutil.copytree(book, root)
        child = os.fork()
        if not child:
            die_at_call(step)
            change_three(root)
            os._exit(0)
        os.waitpid(child, 0)
        new = (root / "stories/photos/elm.jpg").exists()
        if (root / ".milebook/stage/journal.json").exists() and new == photo:
            return root
    raise AssertionError("it was never killed there")


def recovered(root: Path, event: str, path: str) -> str:
    """The codes that recovering gives while a call fails for a path."""
    words = [sys.executable, "-c", FAILING, str(root), event, path]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks children to be killed")
@pytest.mark.parametrize(
    ("event", "path"), [("open", "journal.json"), ("open", "oak.md"), ("os.rename", "0"), ("os.rename", "changes")]
)
def test_a_disk_that_fails_again_while_a_killed_change_is_settled(
    book: Path, tmp_path_factory: pytest.TempPathFactory, event: str, path: str
) -> None:
    """Nothing is given up because it could not be read or moved once: the next command settles it."""
    root = killed(book, tmp_path_factory.mktemp("copies"), photo=False)
    change_three(book)
    assert recovered(root, event, path) in ("MB063", "MB073")
    assert (root / ".milebook/stage/journal.json").exists()
    assert [finding.code for finding in recover(root)] == ["MB072"]
    assert files_in(root) == files_in(book)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks children to be killed")
def test_what_cannot_be_taken_back_now_is_taken_back_later(
    book: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The first file was put in place before the kill, the second has been edited since, and then the disk fails."""
    root = killed(book, tmp_path_factory.mktemp("copies"), photo=True)
    (root / INDEX).write_bytes(b"edited")
    assert recovered(root, "os.rename", "elm.jpg") == "MB073"
    assert (root / "stories/photos/elm.jpg").exists() and (root / ".milebook/stage/journal.json").exists()
    assert [finding.code for finding in recover(root)] == ["MB072"]
    assert files_in(root) == files_in(book) | {INDEX: b"edited"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file to any group")
def test_a_changed_file_keeps_its_group_and_its_mode(book: Path) -> None:
    """For people who share a book: the other one could not write it any more."""
    os.chown(book / INDEX, 4321, 4322)
    (book / INDEX).chmod(0o664)
    assert change_three(book) == []
    status = (book / INDEX).stat()
    assert (status.st_gid, status.st_mode & 0o777) == (4322, 0o664)


def test_debris_of_older_versions_is_removed(book: Path) -> None:
    (book / "stories/.mb-abc123").write_bytes(b"ana@example.org")
    assert recover(book) == []
    assert "stories/.mb-abc123" not in files_in(book)


def test_a_stranger_s_journal_reaches_nothing_outside(book: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("outside") / "x"
    stage = book / ".milebook/stage"
    stage.mkdir(parents=True)
    (stage / "0.new").write_bytes(b"evil")
    relative = os.path.relpath(target, book)
    (stage / "journal.json").write_text(
        f'{{"title": "", "undoes": 0, "folders": [], "files": [["{relative}", "", "0", 0]]}}'
    )
    before = files_in(book)
    recover(book)
    assert not target.exists() and files_in(book) == before


def test_two_hundred_changes_by_four_processes_lose_nothing(book: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from milebook.output.transaction import Transaction\n"
        "for n in range(12):\n"
        "    with Transaction(Path(sys.argv[1]), 'import', wait=60) as change:\n"
        "        old = change.read('stories/index.yaml')\n"
        "        change.write('stories/index.yaml', old + f'# {sys.argv[2]} {n}\\n'.encode())\n"
        "        assert change.commit('x') == [], change.commit('x')\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(book), str(n)]) for n in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    lines = (book / INDEX).read_text().splitlines()
    assert sorted(lines[2:]) == sorted(f"# {who} {n}" for who in range(3) for n in range(12))


def test_a_look_for_debris_takes_no_time(book: Path) -> None:
    change_three(book)
    started = time.perf_counter()
    for _ in range(20):
        assert recover(book) == []
    assert time.perf_counter() - started < 1
