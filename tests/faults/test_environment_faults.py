"""Disks that fill, fail or refuse, processes that are killed or interrupted, clocks and locales: outputs are old or new, never mixed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import oracle
import pytest
import sound

from milebook.app.build import build
from milebook.app.request import Request

resource = pytest.importorskip("resource")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="faults are injected as Linux allows it")

QUICK = ("build", "--format", "docx,epub", "--jobs", "1", "--no-cache")


def needs(program: str, *probe: str) -> None:
    """Skips, loudly, where a fault cannot be injected."""
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed, so this fault cannot be injected")
    if probe and subprocess.run([program, *probe], capture_output=True).returncode:
        pytest.skip(f"{program} may not do this here, so this fault cannot be injected")


def changed(book: Path) -> None:
    """Another text, so that a build has something to replace."""
    sound.write(book / "stories/oak.md", sound.OAK + "\nAnd once more.\n")


def old_or_new(book: Path, old: dict[str, str], new: dict[str, str]) -> str:
    """Which of two sets of outputs lies in build/; a mixture fails. What a killed run left is not looked at."""
    now = {
        name: what
        for name, what in oracle.outputs(book / "build").items()
        if ".mb-" not in name and ".lock" not in name
    }
    for called, wanted in (("old", old), ("new", new)):
        if all(now.get(name) == what for name, what in wanted.items()):
            return called
    return "mixed"


@pytest.fixture
def states(book: Path) -> tuple[Path, dict[str, str], dict[str, str]]:
    """A book with old outputs whose text has changed, and what old and new outputs are."""
    assert oracle.try_book(book, *QUICK).status == 0
    old = {name: what for name, what in oracle.outputs(book / "build").items() if not name.endswith(".pdf")}
    twin = book.parent / "twin" / "book"
    shutil.copytree(book, twin)
    changed(twin)
    assert oracle.try_book(twin, *QUICK).status == 0
    new = {name: what for name, what in oracle.outputs(twin / "build").items() if not name.endswith(".pdf")}
    shutil.rmtree(book.parent / "twin")
    changed(book)
    assert old != new
    return book, old, new


def run_whole(book: Path, new: dict[str, str]) -> None:
    """The next run succeeds and leaves no debris."""
    ran = oracle.try_book(book, *QUICK)
    assert ran.status == 0, ran.err
    assert old_or_new(book, {"": ""}, new) == "new"


INJECTED = {
    "EIO when files are brought to the disk": ("fsync:error=EIO", "MB063"),
    "disk full when files are brought to the disk": ("fsync:error=ENOSPC", "MB060"),
    "disk full when names are changed": ("rename,renameat,renameat2:error=ENOSPC:when=2+", "MB060"),
    "EIO when names are changed": ("rename,renameat,renameat2:error=EIO:when=3", "MB063"),
    "no room for a folder": ("mkdir,mkdirat:error=ENOSPC", "MB060"),
    "a read-only disk": ("mkdir,mkdirat:error=EROFS", "MB061"),
    "permission denied": ("rename,renameat,renameat2:error=EACCES", "MB061"),
}


@pytest.mark.parametrize(("fault", "code"), INJECTED.values(), ids=INJECTED.keys())
def test_disk_full_eio_and_erofs(states: tuple[Path, dict[str, str], dict[str, str]], fault: str, code: str) -> None:
    needs("strace", "-o", "/dev/null", "true")
    book, old, new = states
    call = fault.partition(":")[0]
    ran = oracle.try_book(
        book,
        *QUICK,
        run=oracle.apart,
        before=("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={fault}"),
    )
    assert ran.status == 1 and code in ran.codes(), ran.err
    assert old_or_new(book, old, new) == "old"
    run_whole(book, new)


def test_a_disk_that_is_really_full(states: tuple[Path, dict[str, str], dict[str, str]]) -> None:
    book, old, new = states

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    ran = oracle.try_book(book, *QUICK, run=oracle.apart, within=limit)
    assert ran.status == 1 and "MB060" in ran.codes() and "hint: make room" in ran.err, ran.err
    assert old_or_new(book, old, new) == "old"
    run_whole(book, new)


def test_permission_denied(states: tuple[Path, dict[str, str], dict[str, str]], request: pytest.FixtureRequest) -> None:
    needs("setpriv", "--reuid=65534", "--clear-groups", "true")
    needs(
        "setpriv", "--reuid=65534", "--clear-groups", sys.executable, "-c", "import click, milebook"
    )  # not from a folder of root's
    given, old, new = states
    book = Path(tempfile.mkdtemp(prefix="milebook-", dir="/tmp")) / "book"  # pytest's own folder is root's alone
    request.addfinalizer(lambda: shutil.rmtree(book.parent))
    shutil.copytree(given, book)
    subprocess.run(["chmod", "-R", "a+rX", str(book.parent)], check=True)
    ran = oracle.try_book(book, *QUICK, run=oracle.apart, before=("setpriv", "--reuid=65534", "--clear-groups"))
    assert ran.status == 1 and "MB061" in ran.codes(), ran.err
    assert old_or_new(book, old, new) == "old"
    (book / "stories/oak.md").chmod(0)
    ran = oracle.try_book(book, *QUICK, run=oracle.apart, before=("setpriv", "--reuid=65534", "--clear-groups"))
    assert ran.status == 1 and "MB011" in ran.codes() and "right to read" in ran.err, ran.err


@pytest.mark.parametrize("command", [("build", "--no-cache"), ("proof",), ("export", "--draft")])
def test_without_another_process_or_thread_all_is_made_by_one(book: Path, command: tuple[str, ...]) -> None:
    """A limit on processes is reached: it takes longer, and that is all."""
    needs("strace", "-o", "/dev/null", "true")
    calls = "clone,clone3,fork,vfork"
    refused = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", "-e", f"inject={calls}:error=EAGAIN")
    assert oracle.try_book(book, *command, "--jobs", "3").status == 0
    first = oracle.outputs(book / "build")
    (book / "build").rename(book.parent / "first")
    ran = oracle.apart(*command, "--jobs", "3", folder=book, before=refused)
    assert ran.status == 0, ran.err
    now = oracle.outputs(book / "build")
    made = [name for name in now if not name.endswith("made.json")]
    assert made and {name: now[name] for name in made} == {name: first[name] for name in made}


def test_a_read_only_book_folder_can_be_checked(book: Path) -> None:
    needs("unshare", "-m", "true")
    script = f'mount --bind "{book}" "{book}" && mount -o remount,ro,bind "{book}" && exec "$@"'
    read_only = ("unshare", "-m", "sh", "-c", script, "sh")
    for command, status in (("check", 0), ("status", 0), ("permissions", 0), ("build", 1), ("proof", 1)):
        ran = oracle.try_book(book, command, run=oracle.apart, before=read_only)
        assert ran.status == status, ran.err
        assert status == 0 or "MB061" in ran.codes(), ran.err


@pytest.mark.slow
def test_sigkill_at_every_point_of_the_write(states: tuple[Path, dict[str, str], dict[str, str]]) -> None:
    """Killed at the Nth opening, renaming or bringing to the disk; old or new outputs, and the next run is whole."""
    needs("strace", "-o", "/dev/null", "true")
    book, old, new = states
    kept = book.parent / "kept"
    shutil.copytree(book, kept)
    seen = set()
    for call, points in (
        ("rename", range(1, 8)),
        ("fsync", (1, 4, 9)),
        ("unlink", (1, 2)),
        ("mkdir", (1,)),
        ("link,linkat", (2,)),
        ("rmdir", (1,)),
    ):
        for point in points:
            before = (
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                f"trace={call}",
                "-e",
                f"inject={call}:signal=SIGKILL:when={point}",
            )
            ran = oracle.apart(*QUICK, "-C", str(book), before=before)
            if ran.status == 0:
                break
            state = old_or_new(book, old, new)
            files = [name for name in old if not name.endswith(".json")]
            if state == "mixed":  # in the few steps between the first and the last replacement: each file is whole
                now = oracle.outputs(book / "build")
                assert all(now.get(name) in (old[name], new[name]) for name in files), f"{call} {point}"
            seen.add(state)
            run_whole(book, new)
            shutil.rmtree(book)
            shutil.copytree(kept, book)
    assert "old" in seen


def test_sigkill_at_any_moment(states: tuple[Path, dict[str, str], dict[str, str]]) -> None:
    book, old, new = states
    rng = random.Random(4)
    start = time.monotonic()
    assert oracle.apart("check", "-C", str(book)).status == 0
    whole = time.monotonic() - start
    for _ in range(6):
        process = start_build(book)
        time.sleep(rng.uniform(0.1, 1.2) * whole)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        now = oracle.outputs(book / "build")
        assert all(now[name] in (old[name], new[name]) for name in old)
    run_whole(book, new)


def start_build(book: Path, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
    surroundings = {**os.environ, "PYTHONPATH": str(oracle.CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1", **more}
    return subprocess.Popen(
        [*oracle.COMMAND, *(arguments or QUICK), "-C", str(book)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=surroundings, start_new_session=True, cwd=oracle.CHECKOUT,
    )  # fmt: skip


@pytest.mark.parametrize("wait", [0.15, 0.4, 0.7, 1.0, 1.4])
def test_sigint_ends_with_130_and_no_debris(book: Path, wait: float) -> None:
    changed(book)
    before = oracle.snapshot(book.parent, [book / "build/.cache"])
    process = start_build(book, "build")
    time.sleep(wait)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    text = err.decode()
    assert process.returncode in (0, 130, -signal.SIGINT), text
    assert "internal error" not in text
    if process.returncode == 130:
        assert "Traceback" not in text and "stopped" in text, text
    if process.returncode:
        assert oracle.snapshot(book.parent, [book / "build/.cache"]) == before


INTERRUPTED = """
import os, signal, sys
from importlib import import_module
module, name = sys.argv.pop(1).split(":")
where = import_module(module)
was = getattr(where, name)
def now(*given, **named):
    os.kill(os.getpid(), signal.SIGINT)
    return was(*given, **named)
setattr(where, name, now)
from milebook.__main__ import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("milebook.app.load:load", 130),
        ("milebook.output.replace:settle", 130),
        ("milebook.app.build:_keep", 0),  # the new files are in their places: it comes too late
    ],
)
def test_sigint_stops_a_build_until_its_files_are_in_place(book: Path, moment: str, status: int) -> None:
    changed(book)
    before = oracle.snapshot(book.parent, [book / "build/.cache"])
    ran = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, moment, "build", str(book)], capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == status, ran.stderr
    assert "Traceback" not in ran.stderr
    assert ("nothing was changed" in ran.stderr) == bool(status)
    assert (oracle.snapshot(book.parent, [book / "build/.cache"]) == before) == bool(status)


TWICE = """
import signal, sys
from milebook.__main__ import interrupted
from milebook.commands import run
signal.signal(signal.SIGINT, interrupted)
root = sys.argv[1]
assert run(["set", "oak", "--tag", "read-aloud", "-C", root]) == 0
def stop(event, arguments):
    if event == "open" and str(arguments[0]).endswith("oak.md"):
        signal.raise_signal(signal.SIGINT)
sys.addaudithook(stop)
sys.exit(run(["build", root]))
"""


def test_sigint_stops_a_second_command_in_the_same_process(book: Path) -> None:
    """What an earlier command has put in its place makes no difference."""
    ran = subprocess.run([sys.executable, "-c", TWICE, str(book)], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 130, ran.stderr
    assert "read-aloud" in (book / "stories/index.yaml").read_text()


@pytest.mark.parametrize("command", ["permissions", "status", "build"])
def test_sigpipe_is_quiet(book: Path, command: str) -> None:
    with start_build(book, command) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        err = process.stderr.read().decode()
    assert "Traceback" not in err and "Broken" not in err and "Exception" not in err, err
    assert process.returncode in (0, 1)


def test_out_of_memory_is_said(book: Path) -> None:
    """Wherever memory runs out, one line says so; with enough of it the book is made."""
    sound.write(book / "stories/oak.md", "I ran to the oak and back again. " * 50_000)
    ended = []
    for megabytes in (45, 60, 75, 90, 400):
        size = megabytes << 20

        def limit(size: int = size) -> None:
            resource.setrlimit(resource.RLIMIT_AS, (size, size))

        ran = oracle.try_book(book, *QUICK, run=oracle.apart, within=limit, seconds=120)
        assert ran.status == 0 or (ran.status == 1 and "too large" in ran.err), (megabytes, ran.err)
        ended.append(ran.status)
    assert ended[0] == 1
    assert ended == sorted(ended, reverse=True)
    assert ended[-1] == 0


def test_c_locale(book: Path) -> None:
    sound.write(book / "stories/index.yaml", sound.INDEX.replace("The Oak", "Éloge 木 😀"))
    for command in ("build", "status", "permissions", "check"):
        ran = oracle.try_book(
            book,
            command,
            run=oracle.apart,
            opens=False,
            LC_ALL="C",
            PYTHONUTF8="0",
            PYTHONCOERCECLOCALE="0",
            PYTHONIOENCODING="ascii",
        )
        assert ran.status == 0, ran.err
        if command == "permissions":
            assert "Éloge 木 😀" in ran.out, ran.out


@pytest.mark.parametrize(
    "moment",
    ["1970-01-01 00:00:05", "1980-01-01 00:00:00", "2038-01-19 03:14:08", "2100-01-01 00:00:00", "2108-01-01 00:00:00"],
)
def test_clock_from_1970_to_2108(book: Path, moment: str) -> None:
    needs("faketime", "2020-01-01 00:00:00", "true")
    first = oracle.outputs(book / "build")
    ran = oracle.try_book(book, "build", run=oracle.apart, before=("faketime", moment))
    assert ran.status == 0, ran.err
    assert oracle.outputs(book / "build") == first
    assert oracle.try_book(book, "proof", run=oracle.apart, before=("faketime", moment)).status == 0


@pytest.mark.parametrize("written", ["", "x", "-1", "1e9", "99999999999999999999", "0", "²", "2147483648", " 1", "1.5"])
def test_rubbish_in_source_date_epoch(book: Path, written: str) -> None:
    with start_build(book, "build", SOURCE_DATE_EPOCH=written) as process:
        err = process.communicate(timeout=120)[1].decode()
    assert process.returncode == 0, err


def test_two_builds_at_once(book: Path) -> None:
    changed(book)
    processes = [start_build(book, "build") for _ in range(3)]
    told = [process.communicate(timeout=120)[1].decode() for process in processes]
    for process, err in zip(processes, told, strict=True):
        assert process.returncode == 0 or "MB066" in err, err
        assert "Traceback" not in err
    assert 0 in [process.returncode for process in processes]
    first = oracle.outputs(book / "build")
    assert oracle.try_book(book, "build").status == 0
    assert oracle.outputs(book / "build") == first


def test_an_input_changed_while_building(book: Path) -> None:
    def meanwhile(step: str, share: float) -> None:
        if step != "reading":
            sound.write(book / "stories/river.md", "Changed.\n")

    before = oracle.outputs(book / "build")
    done = build(book, Request(jobs=1, cache=False), meanwhile)
    assert done.refused
    assert [found.place.file for found in done.findings if found.code == "MB020"] == ["stories/river.md"]
    assert oracle.outputs(book / "build") == before


NO_NETWORK = ("unshare", "-n")


def test_no_network_ever(book: Path) -> None:
    """Every command on a machine without a network; and no socket is asked for where there is one."""
    needs("unshare", "-n", "true")
    sound.write(book / "stories/oak.md", "![x](https://evil.example/x.png) [y](https://fine.example/)\n")
    for command in (("build",), ("proof",), ("check",), ("status",), ("permissions",), ("export",)):
        ran = oracle.apart(*command, "-C", str(book), before=NO_NETWORK)
        assert ran.status == 0, ran.err


def test_no_socket_is_asked_for(book: Path) -> None:
    needs("strace", "-o", "/dev/null", "true")
    log = book.parent / "sockets"
    ran = oracle.apart(
        "build", "-C", str(book), before=("strace", "-f", "-qq", "-o", str(log), "-e", "trace=socket,connect")
    )
    assert ran.status == 0, ran.err
    asked = [line for line in log.read_text().split("\n") if "AF_INET" in line]
    assert not asked, asked


@pytest.mark.parametrize(
    "command",
    [("check", "--fix", "--yes"), ("check",), ("build", "--format", "docx"), ("permissions", "request")],
    ids=lambda command: " ".join(command),
)
def test_a_folder_that_cannot_be_looked_into_is_told(book: Path, command: tuple[str, ...]) -> None:
    """Whoever does not see the names in a folder must not say that all is done."""
    needs("strace", "-o", "/dev/null", "true")
    folder = book / ("layouts/letter" if "request" in command else "stories")
    folder.mkdir(parents=True, exist_ok=True)
    ran = oracle.apart(
        *command,
        folder=book,
        before=("strace", "-f", "-qq", "-o", "/dev/null", "-P", str(folder), "-e", "inject=openat:error=EIO"),
    )
    assert ran.status == 1, ran.out
    assert f'the folder "{folder.relative_to(book).as_posix()}" cannot be looked into' in ran.err


def test_a_text_that_fails_to_open_once_is_not_passed_over(book: Path) -> None:
    """A repair that could not be made is not said to be made, whichever of the openings fails."""
    needs("strace", "-o", "/dev/null", "true")
    text, other = book / "stories/oak.md", book / "stories/other.md"
    damaged = "I ran to the cafÃ© and home.\n"
    for number in (1, 2, 3):
        sound.write(text, damaged)
        sound.write(other, damaged)
        fault = f"inject=openat:error=EIO:when={number}"
        before = ("strace", "-f", "-qq", "-o", "/dev/null", "-P", "oak.md", "-P", str(text), "-e", fault)
        ran = oracle.apart("check", "--fix", "--yes", folder=book, before=before)
        if ran.status:
            assert "Nothing was changed" in ran.out, ran.out + ran.err
        wanted = damaged if ran.status else "I ran to the café and home.\n"
        assert (text.read_text("utf-8"), other.read_text("utf-8")) == (wanted, wanted)
