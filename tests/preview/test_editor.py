"""Which program is started for a line, on every system; nothing of a file's name is taken for a command."""

from __future__ import annotations

import pytest

from milebook.preview.editor import command


def found(*names: str) -> dict[str, str]:
    return {name: name if "/" in name or "\\" in name else f"/bin/{name}" for name in names}


@pytest.mark.parametrize(
    ("environment", "platform", "programs", "wanted"),
    [
        ({"VISUAL": "code --wait"}, "linux", ["code"], ["/bin/code", "--wait", "--goto", "a b.md:7"]),
        ({"VISUAL": "subl"}, "darwin", ["subl"], ["/bin/subl", "a b.md:7"]),
        ({"VISUAL": "gvim"}, "linux", ["gvim"], ["/bin/gvim", "+7", "a b.md"]),
        ({"VISUAL": "myedit"}, "linux", ["myedit"], ["/bin/myedit", "a b.md"]),
        ({"VISUAL": "vim", "EDITOR": "nano"}, "linux", ["vim", "nano", "kate"], ["/bin/kate", "--line", "7", "a b.md"]),
        ({"VISUAL": "gone"}, "linux", ["code"], ["/bin/code", "--goto", "a b.md:7"]),
        ({"VISUAL": "'"}, "linux", ["code"], ["/bin/code", "--goto", "a b.md:7"]),
        ({}, "win32", [], ["notepad.exe", "a b.md"]),
        ({}, "darwin", [], ["open", "-t", "a b.md"]),
        ({"DISPLAY": ":0"}, "linux", ["xdg-open"], ["/bin/xdg-open", "a b.md"]),
        ({}, "linux", ["xdg-open"], []),
        ({"EDITOR": "notepad++"}, "win32", ["notepad++"], ["/bin/notepad++", "-n7", "a b.md"]),
    ],
)
def test_the_authors_editor(environment: dict[str, str], platform: str, programs: list[str], wanted: list[str]) -> None:
    assert command("a b.md", 7, environment, platform, found(*programs).get) == wanted


def test_a_batch_file_gets_no_name_that_it_would_run() -> None:
    find = {"code": "C:\\VS\\bin\\code.cmd"}.get
    assert command("a.md", 7, {}, "win32", find) == ["C:\\VS\\bin\\code.cmd", "--goto", "a.md:7"]
    assert command("a&calc.md", 7, {}, "win32", find) == ["notepad.exe", "a&calc.md"]
