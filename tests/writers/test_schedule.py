"""Work in a process beside this one: what it sends arrives, and whatever happens to it is noticed."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pdf_kit
import pytest
from bookmaking import make_book, photo, prose, story

from milebook.app.build import build
from milebook.app.request import Request
from milebook.layout import read_layout
from milebook.model.draft import Draft, Paragraph, Part, Role
from milebook.model.packed_parts import LARGE, PackedParts, joined
from milebook.model.text import Run
from milebook.photos import PhotoLost, PhotoPreparer
from milebook.source import BookFolder
from milebook.writers import FORMATS, Options, Written
from milebook.writers.format_process import DONE, Job, silent
from milebook.writers.schedule import paged_worker, print_all, print_many
from milebook.writers.worker import Channel, Work, Worker, context


@pytest.fixture(params=["fork", "spawn"])
def way(request: pytest.FixtureRequest) -> Any:
    """Both ways of starting a process: another thread is running where a fork is not sound."""
    if request.param == "fork":
        yield request.param
        return
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    assert context().get_start_method() == "spawn"
    yield request.param
    done.set()
    thread.join()


def received(work: Work) -> list[Any]:
    """Everything that a piece of work sends."""
    worker, things = Worker(work), []
    try:
        while True:
            things.append(worker.receive())
    except EOFError:
        return things
    finally:
        worker.close()


THINGS = (("pages", {"a": "7"}), b"", b"bytes " * 200_000, None)


def send_things(channel: Channel) -> None:
    for thing in (*THINGS, os.getpid()):
        channel.send(thing)


def send_back(channel: Channel) -> None:
    while (thing := channel.receive()) is not None:
        channel.send(thing)


def tell_and_send_back(channel: Channel) -> None:
    channel.send(os.getpid())
    send_back(channel)


def warm_up(channel: Channel) -> None:
    channel.send(channel.waiting())
    while not channel.waiting():
        pass
    channel.send(channel.receive())
    channel.send(channel.waiting())


def end_early(how: str, channel: Channel) -> None:
    channel.send("first")
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(0)


def never_end(channel: Channel) -> None:
    channel.send(os.getpid())
    signal.pause()


def test_what_is_sent_arrives_in_its_order(way: str) -> None:
    *things, process = received(send_things)
    assert tuple(things) == THINGS
    assert process != os.getpid()


def test_one_that_warms_up_stops_when_work_has_come() -> None:
    worker = Worker(warm_up)
    try:
        assert worker.receive() is False
        worker.send("work")
        assert [worker.receive(), worker.receive()] == ["work", False]
    finally:
        worker.close()


def test_what_it_is_sent_arrives_too(way: str) -> None:
    worker = Worker(send_back)
    for thing in ({"a": [1]}, b"bytes " * 200_000):
        worker.send(thing)
        assert worker.receive() == thing
    worker.send(None)
    with pytest.raises(EOFError):
        worker.receive()
    worker.close()


@pytest.mark.parametrize("how", ["kill", "exit"])
def test_one_that_ends_early_is_noticed(how: str) -> None:
    assert received(partial(end_early, how)) == ["first"]


def test_one_that_nobody_waits_for_is_ended(way: str) -> None:
    worker = Worker(never_end)
    process = worker.receive()
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_ctrl_c_is_left_to_the_process_that_waits() -> None:
    worker = Worker(tell_and_send_back)
    os.kill(worker.receive(), signal.SIGINT)
    worker.send("still there")
    assert worker.receive() == "still there"
    worker.close()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    make_book(tmp_path, [story("first", prose(1, 90), photos=[photo("a.jpg")])], title="Press")
    return tmp_path


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes the writer of PDFs fail in some way."""

    def fail(how: str) -> None:
        monkeypatch.setitem(FORMATS, "pdf", FORMATS["pdf"]._replace(module="faulty_format"))
        monkeypatch.setenv("MILEBOOK_TEST_FAULT", how)

    return fail


@pytest.mark.parametrize("error", [ValueError, MemoryError, PhotoLost])
def test_what_goes_wrong_beside_is_raised_here(
    book: Path, error: type[Exception], faulty: Callable[[str], None], way: str
) -> None:
    faulty(error.__name__)
    with pytest.raises(error):
        build(book, Request(jobs=2))
    assert not [path.name for path in (book / "build").glob("[!.]*")]


def test_a_process_that_is_killed_is_not_waited_for(book: Path, faulty: Callable[[str], None], way: str) -> None:
    faulty("exit")
    with pytest.raises(MemoryError):
        build(book, Request(jobs=2))


def test_drafts_are_composed_as_they_are_needed(book: Path) -> None:
    folder = BookFolder(book)
    layout = read_layout("trade", folder)[0]
    assert layout is not None
    for processes in (1, 2):
        steps: list[str] = []

        def composed(name: str, steps: list[str] = steps) -> Draft:
            steps.append(f"composed for {name}")
            return pdf_kit.draft()

        jobs = [Job(one, partial(composed, name), layout) for name, one in FORMATS.items()]

        def ready(name: str, made: object, steps: list[str] = steps) -> None:
            steps.append(f"{name} made")

        print_all(jobs, PhotoPreparer(folder), Options(), processes=processes, ready=ready)
        beside = [f"composed for {name}" for name in ("pdf",)] if processes == 2 else ["composed for pdf", "pdf made"]
        rest = ["composed for docx", "docx made", "composed for epub", "epub made"]
        assert steps == [*beside, *rest, *(["pdf made"] if processes == 2 else [])]


@pytest.mark.parametrize("formats", [("pdf", "docx", "epub"), ("pdf", "docx"), ("docx", "epub"), ("pdf",)])
@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_to_be_done_meanwhile_is_done_once(book: Path, formats: tuple[str, ...], processes: int) -> None:
    folder = BookFolder(book)
    layout = read_layout("trade", folder)[0]
    assert layout is not None
    jobs = [Job(FORMATS[name], pdf_kit.draft(), layout) for name in formats]
    steps: list[str] = []
    meanwhile = [partial(steps.append, "first"), partial(steps.append, "second")]
    made, _ = print_all(jobs, PhotoPreparer(folder), Options(), processes=processes, meanwhile=meanwhile)
    assert steps == ["first", "second"]
    assert tuple(made) == formats


def test_what_takes_long_meanwhile_does_not_delay_what_the_process_has_made(book: Path) -> None:
    """As soon as there are pages, what needs them goes before what can wait."""
    folder = BookFolder(book)
    layout = read_layout("trade", folder)[0]
    assert layout is not None
    jobs = [Job(FORMATS[name], pdf_kit.draft(), layout) for name in ("pdf", "epub")]
    steps: list[str] = []
    with paged_worker(("pdf", "epub"), 2) as worker:
        assert worker is not None

        def wait() -> None:
            while not worker.has(DONE, silent):
                time.sleep(0.01)

        print_all(
            jobs, PhotoPreparer(folder), Options(), worker=worker, meanwhile=[wait, partial(steps.append, "the rest")],
            ready=lambda name, made: steps.append(name),
        )  # fmt: skip
    assert steps == ["epub", "pdf", "the rest"]


def test_an_error_made_of_ctrl_c_is_ctrl_c(book: Path, faulty: Callable[[str], None], capfd: Any) -> None:
    from milebook import commands

    faulty("ctrl-c")
    assert commands.run(["build", str(book), "--jobs", "1"]) == 130
    assert capfd.readouterr().err.endswith("milebook: stopped; nothing was changed\n")


@pytest.mark.parametrize("error", [ValueError, MemoryError])
def test_no_process_is_left_where_a_proof_fails(
    book: Path, error: type[Exception], faulty: Callable[[str], None]
) -> None:
    faulty(error.__name__)
    folder = BookFolder(book)
    layout = read_layout("proof", folder)[0]
    assert layout is not None
    drafts = [
        [Job(FORMATS["pdf"], pdf_kit.draft(pdf_kit.story(1, (pdf_kit.para("I ran."),))), layout)] for _ in range(4)
    ]
    with pytest.raises(error):
        print_many(drafts, PhotoPreparer(folder), Options(), processes=2)
    assert multiprocessing.active_children() == []


def test_a_large_book_is_the_same_from_processes_of_their_own(tmp_path: Path) -> None:
    """Its parts travel packed, and every file is made apart from the others; what comes of it is what one process makes."""
    stories = [
        Part(
            "story",
            f"s{n}",
            f"Title {n}",
            "body",
            (Paragraph(Role.BODY, (Run(f"Words of “{n}”."),), anchor=f"s{n}_p"),),
        )
        for n in range(LARGE + 1)
    ]
    draft = pdf_kit.draft(*stories)
    layout = read_layout("manuscript", BookFolder(tmp_path))[0]
    assert layout is not None
    preparer = PhotoPreparer(BookFolder(tmp_path), "")
    jobs = [Job(FORMATS[name], draft, layout) for name in ("docx", "pdf", "epub")]
    files: dict[int, dict[str, tuple[str, dict[str, object]]]] = {1: {}, 2: {}}
    for processes, made in files.items():

        def ready(name: str, written: Written, made: dict[str, tuple[str, dict[str, object]]] = made) -> None:
            made[name] = hashlib.sha256(written.data).hexdigest(), dict(written.facts)

        _, findings = print_all(jobs, preparer, Options(), processes=processes, ready=ready)
        assert [one for one in findings if one.code == "MB640"] == []
    assert files[1] == files[2]
    assert files[2]["epub"][1]["accessibility"]  # which `export` writes down


def test_packed_parts_are_the_parts() -> None:
    parts = tuple(Part("story", f"s{n}", f"Title {n}", "body", ()) for n in range(250))
    first = PackedParts.of(parts[:130])
    packed = joined(PackedParts(first.pieces, first.counts), [], parts[130:])
    assert isinstance(packed, PackedParts)
    assert (len(packed), tuple(packed), packed[3:201], packed[::-90]) == (250, parts, parts[3:201], parts[::-90])
    assert [packed[n] for n in (249, 0, -1, -250, 120)] == [parts[n] for n in (249, 0, -1, -250, 120)]
    for wrong in (250, -251):
        with pytest.raises(IndexError):
            packed[wrong]
    assert joined(parts[:5], parts[5:]) == parts
