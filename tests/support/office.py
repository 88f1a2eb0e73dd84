"""LibreOffice as an editor's hands: open a Word file without a window, change it, save it again. Needs LibreOffice and python3-uno."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8"}


@cache
def python_with_uno() -> str:
    """The Python that LibreOffice's own modules are installed for, "" for none."""
    if not shutil.which("soffice"):
        return ""
    for name in (sys.executable, shutil.which("python3", path="/usr/bin") or "", shutil.which("python3") or ""):
        if name and subprocess.run([name, "-c", "import uno"], capture_output=True).returncode == 0:
            return name
    return ""


def edit(
    source: Path, target: Path, edits: list[dict[str, Any]], *, tracked: bool = True, by_odt: bool = False
) -> None:
    """Make edits ({"do", "start", "old", "new"}) and save, by way of an OpenDocument file if wanted."""
    with tempfile.TemporaryDirectory() as folder:
        pipe = f"milebook{os.getpid()}x{time.monotonic_ns()}"
        office = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;",
             f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            asked = json.dumps([pipe, str(source), str(target), edits, tracked, by_odt])
            done = subprocess.run(
                [python_with_uno(), __file__], input=asked, text=True, timeout=120, capture_output=True
            )
            assert not done.returncode, done.stderr
        finally:
            os.killpg(office.pid, signal.SIGKILL)  # our own session only
            office.wait(20)


def work() -> None:
    """In the Python that has uno."""
    import uno  # type: ignore[import-not-found]
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    pipe, source, target, edits, tracked, by_odt = json.load(sys.stdin)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(200):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except Exception:
            time.sleep(0.25)

    def given(name: str, value: object) -> Any:
        return PropertyValue(name, 0, value, 0)

    def opened(path: str) -> Any:
        """The document without a view: LibreOffice 7.4 comes down when it draws comments without a window."""
        made = context.ServiceManager.createInstanceWithContext("com.sun.star.text.TextDocument", context)
        kind = FILTERS[os.path.splitext(path)[1]]  # noqa: PTH122
        made.load((given("URL", uno.systemPathToFileUrl(path)), given("FilterName", kind)))
        return made

    def saved(document: Any, path: str) -> None:
        kind = given("FilterName", FILTERS[os.path.splitext(path)[1]])  # noqa: PTH122
        document.storeToURL(uno.systemPathToFileUrl(path), (kind,))
        document.close(True)

    document = opened(source)
    document.RecordChanges = bool(edits) and tracked
    for one in edits:
        make(document.Text, one, uno)
    if by_odt:
        saved(document, target + ".odt")
        document = opened(target + ".odt")
    saved(document, target)


def make(text: Any, one: dict[str, str], uno: Any) -> None:
    paragraphs = text.createEnumeration()
    while paragraphs.hasMoreElements():
        paragraph = paragraphs.nextElement()
        if paragraph.supportsService("com.sun.star.text.Paragraph") and paragraph.String.startswith(one["start"]):
            break
    cursor = text.createTextCursorByRange(paragraph.Start)
    if one["do"] == "gone":
        cursor.gotoEndOfParagraph(True)
        cursor.goRight(1, True)
        cursor.setString("")
        return
    place = paragraph.String.index(one["old"])
    cursor.goRight(place, False)
    if one["do"] == "split":
        text.insertControlCharacter(cursor, 0, False)
        return
    cursor.goRight(len(one["old"]), True)
    if one["do"] == "italic":
        cursor.CharPosture = uno.Enum("com.sun.star.awt.FontSlant", "ITALIC")
    else:
        cursor.setString(one["new"])


if __name__ == "__main__":
    work()
