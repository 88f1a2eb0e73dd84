"""A process beside this one: what it sends arrives, and whatever happens to it is noticed."""

from __future__ import annotations

import os
import signal
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
from milebook.model.draft import Draft
from milebook.photos import PhotoLost, PhotoPreparer
from milebook.source import BookFolder
from milebook.writers import FORMATS, Options
from milebook.writers.schedule import Job, print_all
from milebook.writers.worker import Beside

Send = Callable[[object], None]
Receive = Callable[[], Any]
Waiting = Callable[[], bool]


def received(work: Callable[[Send, Receive, Waiting], None]) -> list[Any]:
    """Everything that a piece of work sends."""
    beside, things = Beside(work), []
    try:
        while True:
            things.append(beside.receive())
    except EOFError:
        return things
    finally:
        beside.close()


def test_what_is_sent_arrives_in_its_order() -> None:
    def work(send: Send, receive: Receive, waiting: Waiting) -> None:
        for thing in (("pages", {"a": "7"}), b"", b"bytes " * 200_000, None, os.getpid()):
            send(thing)

    *things, process = received(work)
    assert things == [("pages", {"a": "7"}), b"", b"bytes " * 200_000, None]
    assert process != os.getpid()


def test_one_that_warms_up_stops_when_work_has_come() -> None:
    def work(send: Send, receive: Receive, waiting: Waiting) -> None:
        send(waiting())
        while not waiting():
            pass
        send(receive())
        send(waiting())

    beside = Beside(work)
    try:
        assert beside.receive() is False
        beside.send("work")
        assert [beside.receive(), beside.receive()] == ["work", False]
    finally:
        beside.close()


def die(send: Send) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def break_off(send: Send) -> None:
    os._exit(0)


def test_what_it_is_sent_arrives_too() -> None:
    def work(send: Send, receive: Receive, waiting: Waiting) -> None:
        while (thing := receive()) is not None:
            send(thing)

    beside = Beside(work)
    for thing in ({"a": [1]}, b"bytes " * 200_000):
        beside.send(thing)
        assert beside.receive() == thing
    beside.send(None)
    with pytest.raises(EOFError):
        beside.receive()
    beside.close()


@pytest.mark.parametrize("end", [die, break_off])
def test_one_that_ends_early_is_noticed(end: Callable[[Send], None]) -> None:
    def work(send: Send, receive: Receive, waiting: Waiting) -> None:
        send("first")
        end(send)

    assert received(work) == ["first"]


def test_one_that_is_interrupted_interrupts() -> None:
    def work(send: Send, receive: Receive, waiting: Waiting) -> None:
        send("first")
        raise KeyboardInterrupt

    beside = Beside(work)
    assert beside.receive() == "first"
    with pytest.raises(KeyboardInterrupt):
        beside.receive()
    beside.close()


def test_one_that_nobody_waits_for_is_ended() -> None:
    def work(send: Send, receive: Receive, waiting: Waiting) -> None:
        send(os.getpid())
        signal.pause()

    beside = Beside(work)
    process = beside.receive()
    beside.close()
    beside.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


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
    book: Path, error: type[Exception], faulty: Callable[[str], None]
) -> None:
    faulty(error.__name__)
    with pytest.raises(error):
        build(book, Request(jobs=2))
    assert not [path.name for path in (book / "build").glob("[!.]*")]


def test_a_process_that_is_killed_is_not_waited_for(book: Path, faulty: Callable[[str], None]) -> None:
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


def test_an_error_made_of_ctrl_c_is_ctrl_c(book: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any) -> None:
    from milebook import commands
    from milebook.app import load as pipeline

    def load(*given: object) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as error:
            raise RuntimeError("Error calling __set_name__") from error

    monkeypatch.setattr(pipeline, "load", load)
    assert commands.run(["build", str(book)]) == 130
    assert capfd.readouterr().err == "milebook: stopped; nothing was changed\n"
