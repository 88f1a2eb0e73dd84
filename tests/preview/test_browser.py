"""The preview in a real Chromium: every state, saves of every kind, arranging, and what axe finds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from validating import absent, program

from milebook.app.preview import serve
from milebook.preview.engine import Engine
from milebook.preview.server import Server

pytestmark = [pytest.mark.validator, pytest.mark.slow]


def modules() -> Path:
    folder = Path(os.environ.get("MILEBOOK_QA_NPM", "")) / "node_modules"
    if not (folder / "playwright-core").is_dir() or not (folder / "axe-core").is_dir():
        absent("playwright-core and axe-core (npm install them in the folder that MILEBOOK_QA_NPM names)")
    return folder


@pytest.fixture
def preview(book: Path) -> Iterator[tuple[Server, Engine]]:
    server, engine = serve(book)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server, engine
    server.shutdown()
    engine.stop()
    server.server_close()


def drive(scenario: str, server: Server, book: Path) -> dict[str, Any]:
    """What a scenario of `browser.mjs` saw, after what goes for all of them."""
    words = [
        program("node", "nodejs"),
        str(Path(__file__).with_name("browser.mjs")),
        scenario,
        server.gate.link,
        str(book),
    ]
    words += [program("chromium"), str(modules())]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=240)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout.strip().split("\n")[-1])
    assert "failed" not in seen, seen["failed"]
    assert seen["errors"] == []
    assert seen["foreign"] == [], "nothing may leave this computer"
    return seen


def test_every_state_is_sound_at_every_width_and_in_both_colors(preview: tuple[Server, Engine], book: Path) -> None:
    seen = drive("states", preview[0], book)
    assert seen["axe"] == []
    assert seen["overflow"] == []


def test_a_save_is_drawn_in_place_and_a_click_opens_the_editor(
    preview: tuple[Server, Engine], book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    editor = tmp_path / "my-editor"
    editor.write_text(f'#!{sys.executable}\nimport sys\nopen({str(told)!r}, "a").write(repr(sys.argv[1:]))\n', "utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    seen = drive("edit", preview[0], book)
    assert seen["before"] == seen["after"]
    assert seen["marked"] == ["mb_the-gate_p01"]
    assert seen["status"].startswith("up to date")
    assert told.read_text("utf-8") == repr([str(book / "stories" / "the-gate.md")])


def test_the_place_is_kept_in_the_middle_of_a_paragraph(preview: tuple[Server, Engine], book: Path) -> None:
    seen = drive("place", preview[0], book)
    assert len(seen["stayed"]) == 3
    assert all(before == after for before, after in seen["stayed"]), seen["stayed"]
    assert seen["valid"]


def test_many_saves(preview: tuple[Server, Engine], book: Path) -> None:
    status = Path("/proc/self/statm")
    before = int(status.read_text().split()[1]) if status.exists() else 0
    seen = drive("saves", preview[0], book)
    assert seen["broken"] == 0
    assert seen["pages"]
    if before:
        grown = (int(status.read_text().split()[1]) - before) * 4 // 1024
        assert grown < 60, f"{grown} MiB more after {seen['count']} saves"


def test_a_vanished_file(preview: tuple[Server, Engine], book: Path) -> None:
    seen = drive("vanished", preview[0], book)
    assert "first-lap.md" in seen["said"]
    assert seen["kept"]
    assert seen["dimmed"]
    assert seen["healed"]


def test_a_stream_that_was_cut(preview: tuple[Server, Engine], book: Path) -> None:
    seen = drive("cut", preview[0], book)
    assert seen["asleep"], "nothing can have come through"
    assert seen["same"], "the place is kept"


def test_the_keyboard_alone(preview: tuple[Server, Engine], book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", shutil.which("true") or "true")
    seen = drive("keyboard", preview[0], book)
    assert seen["skip"] == "Skip to the book"
    assert seen["turned"]
    assert seen["paragraph"]
    assert seen["order"] == [["the-gate", "first-lap"], ["first-lap", "the-gate"]]
    assert seen["back"]
    assert seen["written"]
    assert "into Setting Out" in seen["said"]
    assert seen["undone"]


def test_arranging_by_mouse(preview: tuple[Server, Engine], book: Path) -> None:
    seen = drive("arrange", preview[0], book)
    assert seen["kept"], "what was typed meanwhile is never overwritten"
    assert seen["written"]
    assert seen["status"]
    assert "the-gate" in seen["sifted"]


def test_arranging_by_touch(preview: tuple[Server, Engine], book: Path) -> None:
    seen = drive("touch", preview[0], book)
    assert seen["scrolled"], "a finger that moves at once scrolls"
    assert seen["untouched"]
    assert seen["lifted"], "a finger that rests lifts"
    assert seen["written"]
    assert not seen["sheet"]
    assert seen["tapped"] == "The Gate"


def test_repairing_text_damaged_by_pasting(preview: tuple[Server, Engine], book: Path) -> None:
    seen = drive("repair", preview[0], book)
    assert seen["pill"] == "1 to repair"
    assert "Donâ€™t look 🏃" in seen["was"]
    assert "Don’t look 🏃" in seen["will"]
    assert seen["will"].endswith("🏃…"), "no emoji is cut in two"
    assert seen["marked"] == ["â€™", "’"]
    assert seen["repaired"] == f"Don’t look {'🏃' * 70} back, she said.\n\nAnd then?\n"
    assert seen["back"]


def test_the_ebook_in_its_frame(preview: tuple[Server, Engine], book: Path) -> None:
    seen = drive("ebook", preview[0], book)
    assert "allow-scripts" not in seen["sandbox"]
    assert not seen["scripts"]
    assert seen["text"] == "The Gate"
    assert seen["look"][0] == "night size-18"
    assert seen["look"][1] == "rgb(22, 19, 15)"
    assert seen["part"].startswith("The Gate")
