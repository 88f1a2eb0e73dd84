"""Writing: whole or not at all, whatever fails and wherever; nothing outside the output folder; no debris."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from milebook.model.codes import CODES
from milebook.model.findings import ERROR, Finding, Place
from milebook.output import Staging, check_out, hold, write_all
from milebook.output.file_pieces import Pieces
from milebook.output.recovery import recover
from milebook.photos import PhotoLost
from milebook.source import BookFolder
from milebook.system.leftovers import LOCK

OLD = {"a.docx": b"old docx", "proofs/b.pdf": b"old pdf", "build.json": b"old manifest"}
NEW = {"a.docx": b"new docx", "proofs/b.pdf": b"new pdf", "c.epub": b"new epub", "build.json": b"new manifest"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    book = tmp_path / "book"
    (book / "stories").mkdir(parents=True)
    (book / "stories" / "index.yaml").write_text("book: {}\n")
    (book / "stories" / "a.md").write_text("Run.\n")
    return book


@pytest.fixture
def book(root: Path) -> BookFolder:
    folder = BookFolder(root)
    for path in ("stories/index.yaml", "stories/a.md"):
        folder.read_text(path, Place(path))
    return folder


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, hidden ones too, and the links."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + bytes(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
    return found


def write(root: Path, files: Mapping[str, bytes | Pieces], **keywords: object) -> list[Finding]:
    return write_all(root / "build", files, book=BookFolder(root), manifest="build.json", **keywords)  # type: ignore[arg-type]


def sources(root: Path) -> dict[str, bytes]:
    return {name: data for name, data in tree(root).items() if not name.startswith("build")}


# ---- what is written


def test_everything_is_written_and_nothing_else(root: Path) -> None:
    before = sources(root)
    assert write(root, OLD) == []
    assert tree(root / "build") == OLD
    assert write(root, NEW) == []
    assert tree(root / "build") == NEW
    assert sources(root) == before


def test_files_of_other_runs_stay(root: Path) -> None:
    write(root, OLD)
    assert write(root, {"x.docx": b"1"}) == []
    assert tree(root / "build") == OLD | {"x.docx": b"1"}


def test_the_manifest_comes_last(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    real = os.replace
    monkeypatch.setattr(os, "replace", lambda name, to, **k: moved.append(to) or real(name, to, **k))
    assert write(root, {"build.json": b"m", "z.pdf": b"1", "a.docx": b"2"}) == []
    assert moved == ["journal", "z.pdf", "a.docx", "build.json"]


def test_everything_is_brought_to_the_disk_before_it_is_put_in_place(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_sync, real_move = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda descriptor: steps.append("sync") or real_sync(descriptor))
    monkeypatch.setattr(os, "replace", lambda name, to, **k: steps.append(to) or real_move(name, to, **k))
    assert write(root, {"a.docx": b"1", "build.json": b"2"}) == []
    assert steps == ["sync", "sync", "sync", "journal", "sync", "a.docx", "build.json", "sync"]


def test_permissions_follow_the_umask(root: Path) -> None:
    before = os.umask(0o027)
    try:
        write(root, {"a.docx": b"1"})
    finally:
        os.umask(before)
    assert (root / "build" / "a.docx").stat().st_mode & 0o777 == 0o640


def test_relative_folders_count_from_where_one_stands(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    assert write_all(Path("build"), {"a": b"1"}, book=BookFolder(Path())) == []
    monkeypatch.chdir(root.parent)
    assert write_all(Path("book/build"), {"b": b"2"}, book=BookFolder(Path("book"))) == []
    assert tree(root / "build") == {"a": b"1", "b": b"2"}


def test_a_book_folder_behind_a_link(root: Path) -> None:
    (root.parent / "link").symlink_to(root)
    link = root.parent / "link"
    assert write_all(link / "build", {"a": b"1"}, book=BookFolder(link)) == []
    assert tree(root / "build") == {"a": b"1"}


def test_sweep_deletes_what_is_no_longer_part_of_a_package(root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "keep").touch()
    write(root, {"export/p/photos/1.jpg": b"1", "export/p/photos/2.jpg": b"2", "export/p/old/x": b"", "export/q": b"q"})
    (root / "build/export/p/link").symlink_to(outside)
    (root / "build/export/p/file-link").symlink_to(outside / "keep")
    assert write(root, {"export/p/photos/1.jpg": b"one", "build.json": b"m"}, sweep=["export/p"]) == []
    assert tree(root / "build") == {"export/p/photos/1.jpg": b"one", "export/q": b"q", "build.json": b"m"}
    assert not (root / "build/export/p/old").exists()
    assert (outside / "keep").exists()


def test_what_cannot_be_swept_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, {"p/1": b"1"})
    real = os.unlink

    def stuck(name: str, **keywords: int) -> None:
        if name == "1":
            raise PermissionError(errno.EACCES, "Permission denied")
        real(name, **keywords)

    monkeypatch.setattr(os, "unlink", stuck)
    findings = write(root, {"p/2": b"2"}, sweep=["p"])
    assert codes(findings) == ["MB069"] and "build/p/1" in findings[0].message
    assert tree(root / "build") == {"p/1": b"1", "p/2": b"2"}


# ---- where it may go


@pytest.mark.parametrize(
    "out",
    [
        ".",
        "..",
        "stories",
        "stories/out",
        "stories/../stories",
        "layouts",
        "layouts/x",
        "../elsewhere",
        "/",
        "/tmp",
        "a\nb",
        "con",
        "new/aux",
        "bad.",
    ],
)
def test_refused_folders(root: Path, book: BookFolder, out: str) -> None:
    before = tree(root.parent)
    for findings in (check_out(root / out, book), write_all(root / out, NEW, book=book)):
        assert codes(findings) == ["MB065"]
        assert findings[0].hint and findings[0].message.isprintable()
    assert tree(root.parent) == before


def test_refused_folders_behind_links(root: Path, book: BookFolder) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (root / "out").symlink_to(outside)
    (root / "in").symlink_to("stories")
    (root / "up").symlink_to(".")
    (root / "loop").symlink_to("loop")
    (root / "file").touch()
    (root / "fine").symlink_to("somewhere")
    for name in ("out", "out/deeper", "in", "in/deeper", "up", "file"):
        assert codes(write_all(root / name, NEW, book=book)) == ["MB065"], name
    assert [CODES[code].severity for code in codes(write_all(root / "loop", NEW, book=book))] == [ERROR]
    assert write_all(root / "fine", {"a": b"1"}, book=book) == []
    assert tree(root / "somewhere") == {"a": b"1"}
    assert tree(outside) == {} and sources(root)["stories/a.md"] == b"Run.\n"


def test_a_folder_that_holds_a_source_is_refused(root: Path) -> None:
    (root / "texts").mkdir()
    (root / "texts" / "b.md").write_text("b")
    folder = BookFolder(root)
    folder.read_text("texts/b.md", Place("x"))
    assert codes(check_out(root / "texts", folder)) == ["MB065"]
    write(root, {"build.json": b"{}"})
    folder = BookFolder(root)
    folder.read_text("build/build.json", Place("x"))
    assert check_out(root / "build", folder) == [], "milebook's own manifest may be read back"


@pytest.mark.parametrize(
    "name", ["../x", "/x", "a/../../x", "a\\b", "a\nb", "", ".mb-x/y", LOCK, "x" * 300, "~x", "con.docx", "a./b"]
)
def test_refused_names(root: Path, name: str) -> None:
    before = tree(root.parent)
    findings = write(root, {"a": b"1", name: b"2"})
    assert codes(findings) == ["MB062"]
    assert tree(root.parent) == before
    assert not (root / "build").exists()


def test_a_link_inside_the_output_folder_is_not_followed_out(root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    write(root, {"a": b"1"})
    (root / "build" / "proofs").symlink_to(outside)
    assert codes(write(root, NEW)) == ["MB065"]
    assert tree(outside) == {}


@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_an_output_that_is_a_source_is_refused(
    root: Path, book: BookFolder, link: Callable[[Path, Path], None]
) -> None:
    (root / "build").mkdir()
    link(root / "stories" / "a.md", root / "build" / "a.docx")
    assert codes(write_all(root / "build", NEW, book=book)) == ["MB067"]
    assert (root / "stories" / "a.md").read_bytes() == b"Run.\n"
    assert sorted(path.name for path in (root / "build").iterdir()) == ["a.docx"]


def test_a_link_to_elsewhere_is_replaced_and_not_written_through(root: Path) -> None:
    elsewhere = root.parent / "elsewhere"
    elsewhere.write_bytes(b"mine")
    (root / "build").mkdir()
    (root / "build" / "a.docx").symlink_to(elsewhere)
    assert write(root, {"a.docx": b"1"}) == []
    assert elsewhere.read_bytes() == b"mine"
    assert tree(root / "build") == {"a.docx": b"1"}


def test_something_in_the_way(root: Path) -> None:
    write(root, OLD)
    (root / "build" / "c.epub").mkdir()
    assert codes(write(root, NEW)) == ["MB064"]
    assert tree(root / "build") == OLD
    (root / "build" / "c.epub").rmdir()
    assert codes(write(root, {"a.docx": b"1", "a.docx/x": b"2"})) == ["MB064"]
    assert tree(root / "build") == OLD


# ---- files in pieces, written as they are made


class Photo:
    """A photo that is there, or was changed meanwhile."""

    def __init__(self, data: bytes, lost: bool = False) -> None:
        self.data, self.lost, self.size = data, lost, len(data)

    def fetch(self) -> bytes:
        if self.lost:
            raise PhotoLost([Finding("MB020", "a.jpg was changed", Place("a.jpg"))])
        return self.data


BIG = b"a page of a book " * 100_000


def test_files_are_added_up_while_they_are_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a.docx": Pieces([b"head", Photo(b"photo"), BIG]), "b.pdf": Pieces([BIG]), "c.csv": b"small"}
    digests: list[int] = []
    real = hashlib.sha256
    monkeypatch.setattr(hashlib, "sha256", lambda *given: digests.append(1) or real(*given))
    with Staging(root / "build", BookFolder(root)) as staging:
        for name, content in files.items():
            staging.add(name, content)
        sums, problems = staging.sums()
        assert problems == []
        assert staging.commit({"build.json": str(sums).encode()}) == []
        manifest = staging.sums()[0]["build.json"]
    monkeypatch.undo()
    written = tree(root / "build")
    assert written == {
        "a.docx": b"headphoto" + BIG, "b.pdf": BIG, "c.csv": b"small", "build.json": str(sums).encode(),
    }  # fmt: skip
    assert {name: (s.sha256, s.size) for name, s in [*sums.items(), ("build.json", manifest)]} == {
        name: (hashlib.sha256(data).hexdigest(), len(data)) for name, data in written.items()
    }
    assert len(digests) == 4, "each once"


@pytest.mark.parametrize("size", [10, len(BIG)])
def test_a_photo_that_changes_before_it_is_written(root: Path, size: int) -> None:
    write(root, OLD)
    findings = write(root, NEW | {"c.epub": Pieces([BIG[:size], Photo(b"photo", lost=True)])})
    assert [finding.message for finding in findings] == ["a.jpg was changed"]
    assert tree(root / "build") == OLD


@pytest.mark.parametrize("error", [MemoryError(), KeyboardInterrupt(), ValueError("internal error")])
def test_whatever_ends_a_thread_ends_the_run(root: Path, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, OLD)
    lost = Photo(b"photo")
    monkeypatch.setattr(lost, "fetch", lambda: (_ for _ in ()).throw(error))
    with pytest.raises(type(error)):
        write(root, NEW | {"c.epub": Pieces([BIG, lost])})
    assert tree(root / "build") == OLD


def test_what_is_not_put_in_place_leaves_nothing_behind(root: Path) -> None:
    with Staging(root / "build" / "deep", BookFolder(root)) as staging:
        staging.add("a.docx", Pieces([BIG]))
        assert list((root / "build" / "deep").glob(".mb-*")), "it is being written already"
    assert not (root / "build").exists()


def test_files_wait_in_memory_while_another_milebook_writes(root: Path) -> None:
    write(root, OLD)
    code = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from milebook.output import hold
with hold(Path({str(root / "build")!r})) as busy:
    print(busy, flush=True)
    sys.stdin.readline()
"""
    other = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None and other.stdin is not None
    assert other.stdout.readline() == "[]\n"
    with Staging(root / "build", BookFolder(root), wait=0.1) as staging:
        staging.add("a.docx", b"new docx")
        assert codes(staging.commit()) == ["MB066"]
    with Staging(root / "build", BookFolder(root), wait=60) as staging:
        staging.add("a.docx", b"new docx")
        assert not list((root / "build").glob(".mb-*"))
        other.communicate("let go\n")
        assert staging.commit() == []
    other.stdout.close()
    assert tree(root / "build") == OLD | {"a.docx": b"new docx"}


# ---- faults


class Fault:
    """Makes the Nth call of a function fail, and counts the calls."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, error: BaseException) -> None:
        self.calls, self.at, self.error = 0, 0, error
        real = getattr(owner, name)

        def call(*args: object, **keywords: object) -> object:
            self.calls += 1
            if self.calls == self.at:
                raise self.error
            return real(*args, **keywords)

        monkeypatch.setattr(owner, name, call)

    def before(self, number: int) -> None:
        self.calls, self.at = 0, number


FAULTS = [
    (os, "fsync", OSError(errno.EIO, "Input/output error"), "MB063"),
    (os, "fsync", OSError(errno.ENOSPC, "No space left on device"), "MB060"),
    (os, "replace", OSError(errno.ENOSPC, "No space left on device"), "MB060"),
    (os, "replace", OSError(errno.EROFS, "Read-only file system"), "MB061"),
    (os, "replace", OSError(errno.EXDEV, "Invalid cross-device link"), "MB063"),
    (os, "open", OSError(errno.EACCES, "Permission denied"), "MB061"),
    (os, "open", OSError(errno.ENAMETOOLONG, "File name too long"), "MB062"),
    (os, "mkdir", OSError(errno.EROFS, "Read-only file system"), "MB061"),
    (os, "open", OSError(errno.EROFS, "Read-only file system"), "MB061"),
    (os, "mkdir", OSError(errno.ENOSPC, "No space left on device"), "MB060"),
    (os, "ftruncate", OSError(errno.EIO, "Input/output error"), "MB063"),
]


@pytest.mark.parametrize(("owner", "name", "error", "code"), FAULTS)
@pytest.mark.parametrize("old", [OLD, {}], ids=["rebuild", "first build"])
def test_every_call_may_fail(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    name: str,
    error: OSError,
    code: str,
    old: dict[str, bytes],
) -> None:
    if old:
        write(root, old)
    with monkeypatch.context() as patch:
        fault = Fault(patch, owner, name, error)
        for number in range(1, 60):
            fault.before(number)
            findings = write(root, NEW)
            if not findings:  # it got through, but for a failure in tidying up
                break
            assert codes(findings) == [code], number
            assert str(error.strerror) in findings[0].message
            assert tree(root / "build") == old, f"call {number}"
            assert (root / "build").exists() == bool(old), "no empty folder is left"
        else:
            pytest.fail("never got through")
        assert number > 1, "the fault was never met"
    assert tree(root / "build").items() >= NEW.items()
    assert write(root, NEW) == []
    assert tree(root / "build") == NEW


@pytest.mark.parametrize("owner, name", [(os, "fsync"), (os, "replace"), (os, "mkdir"), (os, "link"), (json, "dumps")])
def test_ctrl_c_anywhere(root: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    write(root, OLD)
    with monkeypatch.context() as patch:
        fault = Fault(patch, owner, name, KeyboardInterrupt())
        for number in range(1, 60):
            fault.before(number)
            try:
                write(root, NEW)
            except KeyboardInterrupt:
                assert tree(root / "build") == OLD, f"call {number}"
            else:
                break
        assert number > 1, "never interrupted"
    assert tree(root / "build") == NEW


def test_a_disk_without_second_names(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    write(root, OLD)
    fault = Fault(monkeypatch, os, "replace", OSError(errno.EIO, "Input/output error"))
    fault.before(3)
    assert codes(write(root, NEW)) == ["MB063"]
    assert tree(root / "build") == OLD
    assert write(root, NEW) == []
    assert tree(root / "build") == NEW


def test_a_real_limit_on_the_size_of_files(root: Path) -> None:
    write(root, OLD)
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        findings = write(root, NEW | {"big.pdf": bytes(10_000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert codes(findings) == ["MB060"]
    assert "build/big.pdf" in findings[0].message
    assert tree(root / "build") == OLD


def test_a_full_device(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    write(root, OLD)
    real = os.open
    monkeypatch.setattr(
        os,
        "open",
        lambda name, flags, *a, **k: real("/dev/full", os.O_WRONLY) if name == "new-1" else real(name, flags, *a, **k),
    )
    findings = write(root, NEW)
    assert codes(findings) == ["MB060"]
    assert "build/proofs/b.pdf" in findings[0].message
    assert tree(root / "build") == OLD


@pytest.fixture
def small_disk(root: Path) -> Iterator[None]:
    """`build` on a disk of its own with 64 kB."""
    (root / "build").mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", root / "build"], capture_output=True)
    if done.returncode:
        pytest.skip("mounting is not allowed here")
    yield
    subprocess.run(["umount", root / "build"], check=True)


def test_a_disk_that_is_really_full(root: Path, small_disk: None) -> None:
    assert write(root, OLD) == []
    findings = write(root, NEW | {"big.pdf": bytes(200_000)})
    assert codes(findings) == ["MB060"]
    assert tree(root / "build") == OLD
    subprocess.run(["mount", "-o", "remount,ro", root / "build"], check=True)
    assert codes(write(root, NEW)) == ["MB061"]
    assert tree(root / "build") == OLD
    subprocess.run(["mount", "-o", "remount,rw", root / "build"], check=True)
    assert write(root, NEW) == []


# ---- killed


CHILD = """
import sys, os
from pathlib import Path
sys.path.insert(0, {package!r})
from milebook.output import write_all
from milebook.source import BookFolder
root, size = Path({root!r}), 300_000
book = BookFolder(root)
sys.stdout.write("ready\\n"); sys.stdout.flush()
for number in range(10**9):
    data = b"%09d" % number * (size // 9)
    write_all(root / "build", {{f"{{i}}.bin": data for i in range(3)}} | {{"build.json": data}}, book=book, manifest="build.json")
"""


def test_sigkill_at_any_moment(root: Path) -> None:
    package = str(Path(__file__).parents[2])
    torn = []
    for attempt in range(8):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD.format(package=package, root=str(root))], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.03 + 0.017 * attempt)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        for path in (root / "build").glob("*.*"):
            data = path.read_bytes() if path.is_file() and path.name[0] != "." else b"0" * 9
            if len(data) % 9 or data != data[:9] * (len(data) // 9):
                torn.append(path.name)
        assert [code for code in codes(write(root, {"x": b"1"})) if code != "MB068"] == []
        versions = {path.read_bytes()[:9] for path in (root / "build").glob("*.bin")}
        versions |= {path.read_bytes()[:9] for path in (root / "build").glob("build.json")}
        assert len(versions) <= 1, "new beside old, after the next run"
        assert not list((root / "build").glob(".m*")), "no debris after the next run"
    assert torn == []


@pytest.mark.parametrize("at", range(1, 8))
def test_killed_at_every_step(root: Path, at: int) -> None:
    """The process ends without a word at its Nth replacing; what it leaves is whole, and the next run finishes it."""
    write(root, OLD)
    code = f"""
import os, sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from milebook.output import write_all
from milebook.source import BookFolder
real, calls = os.replace, []
def replace(name, to, **where):
    calls.append(to)
    if len(calls) == {at}:
        os._exit(9)
    return real(name, to, **where)
os.replace = replace
root = Path({str(root)!r})
write_all(root / "build", {NEW!r}, book=BookFolder(root), manifest="build.json")
"""
    status = subprocess.run([sys.executable, "-c", code]).returncode
    left = {name: data for name, data in tree(root / "build").items() if not name.startswith(".m")}
    assert all(data in (OLD.get(name), NEW.get(name)) for name, data in left.items()), "each is whole"
    if at == 1:
        assert status == 9 and left == OLD, "the journal did not stand yet"
    findings = write(root, {"other.docx": b"x"})
    finished = {1: OLD}.get(at, NEW)
    assert tree(root / "build") == finished | {"other.docx": b"x"}
    assert codes(findings) == (["MB068"] if 2 <= at <= 5 else [])
    assert status == (9 if at <= 5 else 0)


TWO_FAULTS = """
import sys
from pathlib import Path
from milebook.output import write_all
from milebook.source import BookFolder
from test_output import NEW
calls, root = [], Path(sys.argv[1])
def hook(event, arguments):
    if event == "os.rename":
        calls.append(1)
        if len(calls) >= int(sys.argv[2]):
            raise OSError(5, "the disk fails")
sys.addaudithook(hook)
print(*[finding.code for finding in write_all(root / "build", NEW, book=BookFolder(root), manifest="build.json")])
"""


@pytest.mark.parametrize(("at", "code"), [(1, "MB063"), (2, "MB063"), (3, "MB079"), (4, "MB079")])
@pytest.mark.parametrize("old", [OLD, {}], ids=["rebuild", "first build"])
def test_what_can_be_neither_replaced_nor_put_back(root: Path, at: int, code: str, old: dict[str, bytes]) -> None:
    """The disk fails while files are replaced and goes on failing: that is said, and the next command finishes the work."""
    if old:
        write(root, old)
    words = [sys.executable, "-c", TWO_FAULTS, str(root), str(at)]
    paths = os.pathsep.join(map(str, (Path(__file__).parents[2], Path(__file__).parent)))
    done = subprocess.run(words, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": paths})
    assert done.stdout.strip() == code
    assert codes(recover(root)) == (["MB068"] if code == "MB079" else [])
    assert tree(root / "build") == (NEW if code == "MB079" else old)


def test_a_journal_that_cannot_be_read_just_now_is_kept(root: Path) -> None:
    stage = root / "build/.mb-abc"
    stage.mkdir(parents=True)
    (stage / "new-0").write_bytes(b"a book")
    (stage / "journal").write_text('["a.docx"]')
    code = """
import sys
from pathlib import Path
from milebook.output.recovery import recover
def hook(event, arguments):
    if event == "open" and arguments[0] == "journal":
        raise OSError(5, "the disk fails")
sys.addaudithook(hook)
print(recover(Path(sys.argv[1])))
"""
    words = [sys.executable, "-c", code, str(root)]
    done = subprocess.run(
        words,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.stdout.strip() == "[]"
    assert codes(recover(root)) == ["MB068"]
    assert tree(root / "build") == {"a.docx": b"a book"}


@pytest.mark.parametrize(
    "journal", [b"", b"{", b"[1]", b'{"a": 1}', b'["../../stories/a.md"]', b'["/etc/x"]', "é".encode("latin-1")]
)
def test_a_journal_that_is_not_ours_moves_nothing(root: Path, journal: bytes) -> None:
    write(root, OLD)
    stage = root / "build" / ".mb-evil"
    stage.mkdir()
    (stage / "journal").write_bytes(journal)
    (stage / "new-0").write_bytes(b"evil")
    before = sources(root)
    assert write(root, NEW) == []
    assert tree(root / "build") == NEW
    assert sources(root) == before


def test_leftovers_are_swept_and_links_among_them_not_followed(root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "keep").touch()
    write(root, OLD)
    (root / "build" / ".mb-old").mkdir()
    (root / "build" / ".mb-old" / "new-0").touch()
    (root / "build" / ".mb-old" / "link").symlink_to(outside)
    (root / "build" / ".mb-link").symlink_to(outside)
    (root / "build" / ".mb-file").touch()
    assert write(root, NEW) == []
    assert tree(root / "build") == NEW
    assert (outside / "keep").exists()


# ---- two at once


HOLDER = """
import sys
from pathlib import Path
sys.path.insert(0, {package!r})
from milebook.output import hold
with hold(Path({out!r})) as busy:
    sys.stdout.write(f"{{len(busy)}}\\n"); sys.stdout.flush()
    sys.stdin.readline()
"""


@pytest.fixture
def other(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another milebook that holds the lock until it is told to stop."""
    (root / "build").mkdir()
    code = HOLDER.format(package=str(Path(__file__).parents[2]), out=str(root / "build"))
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None and child.stdout.readline() == "0\n"
        yield child
        if child.poll() is None:
            child.kill()


def test_the_second_of_two_builds_names_the_first(root: Path, other: subprocess.Popen[str]) -> None:
    findings = write(root, NEW, wait=0.2)
    assert codes(findings) == ["MB066"]
    assert str(other.pid) in findings[0].message
    assert sorted(tree(root / "build")) == [LOCK]


def test_the_second_waits_for_the_first(root: Path, other: subprocess.Popen[str]) -> None:
    import threading

    assert other.stdin is not None
    stdin = other.stdin
    timer = threading.Timer(0.3, lambda: (stdin.write("\n"), stdin.flush()))
    timer.start()
    assert write(root, NEW, wait=30) == []
    timer.join()
    other.wait()
    assert tree(root / "build") == NEW


def test_an_output_folder_that_is_deleted_meanwhile(root: Path) -> None:
    with Staging(root / "build", BookFolder(root)) as staging:
        staging.add("a.docx", b"new")
        shutil.rmtree(root / "build")
        (finding,) = staging.commit()
    assert finding.code == "MB063" and "moved or deleted meanwhile" in finding.hint
    assert not (root / "build").exists()


def test_ctrl_c_while_waiting_leaves_the_lock_to_its_owner(root: Path, other: subprocess.Popen[str]) -> None:
    code = """
import sys
from pathlib import Path
from milebook.output import hold
def hook(event, arguments):
    if event == "fcntl.flock":
        raise KeyboardInterrupt
sys.addaudithook(hook)
with hold(Path(sys.argv[1])):
    pass
"""
    words = [sys.executable, "-c", code, str(root / "build")]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    assert subprocess.run(words, capture_output=True, env=environment).returncode
    assert (root / "build" / LOCK).exists()
    assert codes(write_all(root / "build", NEW, book=BookFolder(root), wait=0.1)) == ["MB066"]


def test_a_lock_dies_with_its_process(root: Path, other: subprocess.Popen[str]) -> None:
    other.kill()
    other.wait()
    assert (root / "build" / LOCK).exists()
    assert write(root, NEW, wait=0) == []
    assert tree(root / "build") == NEW


def test_a_whole_build_may_hold_the_lock(root: Path) -> None:
    (root / "build").mkdir()
    with hold(root / "build") as busy:
        assert busy == []
        assert write(root, NEW, wait=0) == []
        assert (root / "build" / LOCK).exists()
    assert tree(root / "build") == NEW


def test_a_link_in_place_of_the_lock_is_not_followed(root: Path) -> None:
    victim = root.parent / "victim"
    victim.write_text("mine")
    (root / "build").mkdir()
    (root / "build" / LOCK).symlink_to(victim)
    findings = write(root, NEW)
    assert codes(findings) == ["MB064"]
    assert victim.read_text() == "mine"


# ---- folders exchanged meanwhile


def test_a_folder_that_becomes_a_link_while_it_is_written_into(root: Path) -> None:
    """Whatever moment somebody chooses to put a link in the place of the output folder, nothing is written outside."""
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "a.docx").write_bytes(b"theirs")
    steps, inside = 0, 0
    while True:
        steps += 1
        code = (
            "import os, sys\n"
            "from pathlib import Path\n"
            f"root, outside, at = Path({str(root)!r}), {str(outside)!r}, {steps}\n"
            "from milebook.output import write_all\n"
            "from milebook.source import BookFolder\n"
            "count = 0\n"
            "def hook(event, arguments):\n"
            "    global count\n"
            "    if event in ('open', 'os.rename', 'os.mkdir', 'os.link', 'os.remove', 'os.listdir', 'os.scandir'):\n"
            "        count += 1\n"
            "        if count == at:\n"
            "            os.rename(root / 'build', root / 'away')\n"
            "            os.symlink(outside, root / 'build')\n"
            "sys.addaudithook(hook)\n"
            f"write_all(root / 'build', {NEW!r}, book=BookFolder(root), manifest='build.json', sweep=['proofs'])\n"
            "print(count)\n"
        )
        write(root, OLD)
        (root / "build/proofs/old.pdf").write_bytes(b"old")
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2]
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert tree(outside) == {"a.docx": b"theirs"}, f"step {steps}"
        if not (root / "build").is_symlink():
            break
        inside += (root / "away/c.epub").exists()
        (root / "build").unlink()
        shutil.rmtree(root / "away")
    assert steps > 20 and inside > 5
