"""Everything works where only Python itself can be relied on: no POSIX calls, no hard links, an old console."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from milebook.system import files
from milebook.system.folders import Folder
from milebook.system.portable_names import one_name, trouble_on_windows

ROOT = Path(__file__).parents[2]
RUNNER = ROOT / "tests" / "support" / "elsewhere.py"
OURS = ("milebook/system/", "milebook/writers/worker.py", "milebook/cache/store.py")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1774000000"}
    return subprocess.run(
        [sys.executable, str(RUNNER), "-C", str(folder), *words],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=180,
    )


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("elsewhere") / "Büch"
    done = run(folder, "init")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def book(started: Path, tmp_path: Path) -> Path:
    shutil.copytree(started, tmp_path / "Büch")
    return tmp_path / "Büch"


@pytest.mark.parametrize(
    "words",
    [
        ("build",),
        ("check",),
        ("status",),
        ("proof",),
        ("permissions",),
        ("permissions", "record", "rosa-2026", "--notes", "über"),
        ("permissions", "request"),
        ("set", "first-lap", "--tag", "race", "--first"),
        ("rename", "first-lap", "first-loop"),
        ("undo",),
        ("undo", "--list"),
        ("export", "--draft"),
    ],
    ids=" ".join,
)
def test_every_command_works(book: Path, words: tuple[str, ...]) -> None:
    done = run(book, *words)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert not list(book.glob("stories/.mb-*")) and not (book / ".milebook/stage").exists()


def test_the_files_are_the_same_as_here(book: Path, tmp_path: Path) -> None:
    run(book, "build")
    here = {path.name: path.read_bytes() for path in (book / "build").glob("the-longest-mile.*")}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1774000000"}
    words = ["-C", str(book), "build", "--out", "other", "--no-cache"]
    subprocess.run([sys.executable, "-m", "milebook", *words], check=True, env=environment, capture_output=True)
    assert here == {path.name: path.read_bytes() for path in (book / "other").glob("the-longest-mile.*")}
    assert len(here) == 3


def test_a_path_of_more_than_260_characters(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["a folder with a long name"] * 12)
    assert len(str(folder)) > 300
    assert run(folder, "init").returncode == 0
    done = run(folder, "build", "--format", "docx")
    assert done.returncode == 0, done.stderr


def test_a_title_that_is_a_device_on_windows(book: Path, tmp_path: Path) -> None:
    index = (book / "stories/index.yaml").read_text("utf-8").replace("title: The Longest Mile", "title: Con")
    run(tmp_path, "init")
    (tmp_path / "stories/index.yaml").write_text(index, "utf-8")
    done = run(tmp_path, "build", "--format", "docx")
    assert done.returncode == 0, done.stderr
    names = [path.name for path in (tmp_path / "build").iterdir() if path.suffix == ".docx"]
    assert names and not any(trouble_on_windows(name) for name in names)


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "CON.md",
        "Aux.tar.gz",
        "nul .txt",
        "com1.jpg",
        "LPT¹",
        "a:b",
        "a?",
        'a"',
        "a|b",
        "a<b",
        "a\\b",
        "a.",
        "a ",
        "a\tb",
    ],
)
def test_names_that_windows_refuses(name: str) -> None:
    assert trouble_on_windows(name)


@pytest.mark.parametrize("name", ["a.md", "console.md", "com10", "İstanbul.jpg", "a b.c", ".gitignore", "lpt"])
def test_names_that_are_fine_everywhere(name: str) -> None:
    assert trouble_on_windows(name) == ""


def test_names_that_are_one_on_the_mac() -> None:
    assert one_name("Ü.md") == one_name("u\u0308.MD") != one_name("U.md")


def test_a_folder_without_handles_is_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "outside").mkdir()
    monkeypatch.setattr(os, "supports_dir_fd", set())
    with Folder.at(tmp_path / "build") as folder, folder.create("a") as handle:
        handle.write(b"1")
    with Folder.at(tmp_path / "build") as folder:
        (tmp_path / "build").rename(tmp_path / "away")
        (tmp_path / "build").symlink_to(tmp_path / "outside")
        for step in (
            lambda: folder.create("b"),
            lambda: folder.enter("c", make=True),
            lambda: folder.remove("a"),
            folder.names,
        ):
            with pytest.raises(OSError):
                step()
    assert not list((tmp_path / "outside").iterdir())


@pytest.mark.parametrize("code", ["EINVAL", "ENOTSUP"])
def test_a_disk_that_cannot_sync_folders(tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import stat

    real = os.fsync

    def refuse(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(getattr(errno, code), "not known here")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", refuse)
    files.sync_folder(tmp_path)
    from milebook.app.init import init
    from milebook.output import write_all
    from milebook.source import BookFolder

    assert init(tmp_path / "book")[1] == []
    assert write_all(tmp_path / "book/build", {"a": b"1"}, book=BookFolder(tmp_path / "book")) == []


SWAP = """
import os, sys
from pathlib import Path

def no_links(*given, **named):
    raise OSError(1, "no links")

if sys.argv[1] != "exchange":
    sys.modules["ctypes"] = None
if sys.argv[1] == "copy":
    os.link = no_links
from milebook.system import files

files.swap_in(*map(Path, sys.argv[2:]))
"""


@pytest.mark.parametrize("way", ["exchange", "second name", "copy"])
def test_a_swap_keeps_what_was_there(tmp_path: Path, way: str) -> None:
    new, target, old = (tmp_path / name for name in ("new", "target", "old"))
    new.write_bytes(b"new")
    target.write_bytes(b"old")
    subprocess.run([sys.executable, "-c", SWAP, way, new, target, old], check=True, cwd=Path(__file__).parents[2])
    assert (target.read_bytes(), old.read_bytes(), new.exists()) == (b"new", b"old", False)


def test_what_differs_between_systems_is_asked_in_one_place() -> None:
    words = (
        "fcntl",
        "msvcrt",
        "O_NOFOLLOW",
        "O_DIRECTORY",
        "dir_fd=",
        "import resource",
        "os.fork",
        "os.fsync",
        "ctypes",
    )
    found = []
    for path in sorted((ROOT / "milebook").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(OURS):
            found += [f"{name}: {word}" for word in words if word in path.read_text("utf-8")]
    assert not found, "ask milebook.system instead"


def test_junctions_are_links_and_files_in_a_cloud_folder_are_not() -> None:
    class Status:
        st_mode = 0o100644
        st_reparse_tag = 0xA0000003

    assert files.is_link_status(Status())  # type: ignore[arg-type]
    Status.st_reparse_tag = 0x9000001A  # what OneDrive gives its files
    assert not files.is_link_status(Status())  # type: ignore[arg-type]


@pytest.mark.slow
def test_the_suite_can_be_collected_without_posix() -> None:
    code = (
        "import os, sys, pytest\n"
        "sys.modules['resource'] = sys.modules['fcntl'] = None\n"
        "del os.geteuid, os.fork, os.mkfifo, os.O_NOFOLLOW, os.O_DIRECTORY\n"
        "sys.exit(pytest.main(['--collect-only', '-q', '-p', 'no:cacheprovider', 'tests']))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
