"""python benchmarks/parts.py BOOK: builds a book in this one process and prints, as JSON, the seconds of processor time of each part."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

PARTS = {  # what the page calls it -> where it is done; what is done inside another part is not counted there
    "index, stories, photos, counts and permissions read": [("milebook.app.load", "load")],
    "the three Drafts": [("milebook.app.build_plan", "compose")],
    "PDF: chapters set (words shaped, lines broken, pages planned)": [("milebook.writers.pdf.book", "BookSetting.set")],
    "PDF: pages drawn and tagged": [("milebook.writers.pdf.book", "BookSetting.draw")],
    "PDF: bound into a file": [("milebook.writers.pdf.book", "BookSetting.bind")],
    "DOCX": [("milebook.writers.docx", "write")],
    "EPUB": [("milebook.writers.epub", "write")],
    "each file compared with what was asked for": [("milebook.writers.comparison", "compare")],
    "files written, lists, report, record": [
        ("milebook.output.staging", "Staging.add"),
        ("milebook.output.staging", "Staging.sums"),
        ("milebook.output.staging", "Staging.commit"),
        ("milebook.app.list_files", "lists"),
        ("milebook.app.report", "build_report"),
        ("milebook.app.up_to_date", "keep"),
    ],
}
REST = "modules loaded, and the rest"


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    began = time.process_time()
    gc.disable()  # as in a command
    taken = dict.fromkeys(PARTS, 0.0)
    inside: list[list[float]] = []  # of the parts that are going on: the seconds spent in others within them

    def timed(part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            start = time.process_time()
            inside.append([0.0])
            try:
                return work(*given, **named)
            finally:
                whole = time.process_time() - start
                taken[part] += whole - inside.pop()[0]
                if inside:
                    inside[-1][0] += whole

        return run

    for part, places in PARTS.items():
        for module, name in places:
            *outer, last = name.split(".")
            owner: Any = import_module(module)
            for one in outer:
                owner = getattr(owner, one)
            setattr(owner, last, timed(part, getattr(owner, last)))
    from milebook.app.build import build
    from milebook.app.request import Request

    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        build(Path(sys.argv[1]).resolve(), Request(jobs=1))
    taken[REST] = time.process_time() - began - sum(taken.values())
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
