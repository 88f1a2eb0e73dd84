"""`milebook build` from the folder to the three files: other people's books, word for word."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bookmaking import NAMES, make_book, photo, prose, story
from reading import assert_words_in_order, docx_text, epub_text, pdf_text, source_paragraphs

ROOT = Path(__file__).parents[2]


def milebook(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it, in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-m", "milebook", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd or ROOT,
        env=env,
        encoding="utf-8",
    )


def built(root: Path, *arguments: str) -> dict[str, object]:
    done = milebook("build", str(root), "--json", *arguments)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    report: dict[str, object] = json.loads(done.stdout)
    return report


def texts(root: Path, slug: str) -> dict[str, str]:
    build = root / "build"
    return {
        "DOCX": docx_text(build / f"{slug}.docx"),
        "EPUB": epub_text(build / f"{slug}.epub"),
        "PDF": pdf_text(build / f"{slug}.pdf"),
    }


def test_a_story_of_three_words(tmp_path: Path) -> None:
    make_book(tmp_path, [story("short", "I ran home.\n")], title="Tiny")
    report = built(tmp_path)
    assert report["words"]["body"] == 3  # type: ignore[index]
    for name, text in texts(tmp_path, "tiny").items():
        assert_words_in_order(["One", "Short", "Ana Example", "I ran home."], text, name)


def test_names_from_everywhere_print_and_extract(tmp_path: Path) -> None:
    stories = [
        story(
            f"story-{i}",
            prose(i, 120),
            title=f"Dặm đường {i} – Żółć",
            contributor={"name": name, "location": "Kraków – Đà Nẵng"},
        )
        for i, name in enumerate(NAMES)
    ]
    make_book(tmp_path, stories, title="Những dặm đường", language="vi", authors=["Nguyễn Ái", "Świętosława Łąka"])
    built(tmp_path)
    for kind, text in texts(tmp_path, "nhung-dam-duong").items():
        for entry in stories:
            assert_words_in_order(
                [entry["title"], entry["contributor"]["name"], *source_paragraphs(entry["text"])], text, kind
            )
    assert "\u25a1" not in pdf_text(tmp_path / "build" / "nhung-dam-duong.pdf")


@pytest.mark.slow
def test_three_hundred_stories(tmp_path: Path) -> None:
    stories = [
        story(f"s{i:03d}", prose(i, 60 + i % 5 * 50), photos=[photo(f"photos/p{i % 7}.jpg")] if i % 10 == 0 else [])
        for i in range(300)
    ]
    chapters = [
        {"id": f"part-{c}", "title": f"Part {c}", "stories": [s["id"] for s in stories[c * 25 : c * 25 + 25]]}
        for c in range(12)
    ]
    make_book(tmp_path, stories, chapters, title="Three Hundred", story_limit=400)
    report = built(tmp_path)
    assert len(report["chapters"]) == 12  # type: ignore[arg-type]
    for kind, text in texts(tmp_path, "three-hundred").items():
        wanted = [paragraph for entry in stories for paragraph in (entry["title"], *source_paragraphs(entry["text"]))]
        assert_words_in_order(wanted, text, kind)


def test_the_sample_book_is_built_by_a_bare_build(tmp_path: Path) -> None:
    out = "build/test-sample"
    report = built(ROOT, "--out", out)
    stories = [s for chapter in report["chapters"] for s in chapter["stories"]]  # type: ignore[attr-defined, index]
    assert len(report["chapters"]) >= 4  # type: ignore[arg-type]
    assert len(stories) >= 24
    assert sum(s["photos"] for s in stories) >= 10
    assert not any(s["over"] for s in stories)
    for output in report["outputs"]:  # type: ignore[attr-defined]
        data = (ROOT / output["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == output["sha256"]
        assert len(data) == output["bytes"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    entries = [story("a", prose(1, 90), photos=[photo("photos/a.jpg")]), story("b", "Well -- *yes*... he said.\n")]
    first = make_book(tmp_path / "first", entries)
    second = make_book(tmp_path / "elsewhere" / "second", entries)
    one = milebook("build", str(first), TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="1")
    two = milebook(
        "build",
        "-C",
        str(second),
        "--jobs",
        "1",
        "--no-cache",
        TZ="America/Lima",
        LC_ALL="C.UTF-8",
        PYTHONHASHSEED="77",
    )
    assert one.returncode == two.returncode == 0, one.stderr + two.stderr
    names = sorted(p.name for p in (first / "build").iterdir() if p.is_file())
    assert {"a-book-of-miles.docx", "a-book-of-miles.pdf", "a-book-of-miles.epub", "build.json"} <= set(names)
    for name in names:
        if not name.startswith("."):
            assert (first / "build" / name).read_bytes() == (second / "build" / name).read_bytes(), name


def test_one_chapter_keeps_its_numbers(tmp_path: Path) -> None:
    entries = [
        story("a", prose(1, 50), photos=[photo("photos/a.jpg")]),
        story("b", prose(2, 50), photos=[photo("photos/b.jpg")]),
    ]
    chapters = [{"id": "one", "title": "Out", "stories": ["a"]}, {"id": "two", "title": "Back", "stories": ["b"]}]
    make_book(tmp_path, entries, chapters)
    built(tmp_path, "--chapter", "two", "--format", "docx")
    text = docx_text(tmp_path / "build" / "a-book-of-miles-two.docx")
    assert "Chapter 2" in text
    assert "2.1" in text
    assert "Chapter 1" not in text


def test_a_final_build_refuses_until_everything_is_clear(tmp_path: Path) -> None:
    entries = [story("a", prose(1, 50), permission={"status": "requested", "requested": "2026-03-01"})]
    make_book(tmp_path, entries)
    done = milebook("build", str(tmp_path), "--final")
    assert done.returncode == 1
    assert "MB3" in done.stderr
    assert not (tmp_path / "build").exists()
    make_book(tmp_path, [story("a", prose(1, 50))])
    assert milebook("build", str(tmp_path), "--final").returncode == 0
    for text in texts(tmp_path, "a-book-of-miles-final").values():
        assert "Draft notes" not in text


def test_the_page_of_a_clash_stops_a_final_build(tmp_path: Path) -> None:
    make_book(tmp_path, [story("oak", "Words.\n")])
    words = ("build", str(tmp_path), "--format", "epub")
    assert milebook(*words, "--final").returncode == 0
    (tmp_path / "stories" / "oak.review.md").write_text("# oak: changed by both\n", "utf-8")
    done = milebook(*words)
    assert done.returncode == 0
    assert "note[MB834]" in done.stderr
    done = milebook(*words, "--final")
    assert done.returncode == 1
    assert "error[MB834]" in done.stderr


@pytest.mark.parametrize("dated", [True, False])
def test_a_term_says_from_which_day_it_is_counted(tmp_path: Path, dated: bool) -> None:
    terms = {"status": "granted", "granted": "2025-03-01", "expires": "2025-12-31"}
    make_book(tmp_path, [story("oak", "Words.\n", permission=terms, received="2026-02-01")], date="2026-02-01")
    if not dated:
        index = tmp_path / "stories" / "index.yaml"
        index.write_text(index.read_text("utf-8").replace('"date": "2026-02-01", ', ""), "utf-8", newline="\n")
    told = milebook("check", str(tmp_path)).stderr
    assert "expired 2025-12-31" in told
    assert ("counted from 2026-02-01, the newest date in the index" in told) != dated


def test_a_working_title_is_printed_on_drafts_and_refused_by_final(tmp_path: Path) -> None:
    make_book(tmp_path, [story("a", prose(1, 50))], working_title=True)
    assert milebook("build", str(tmp_path)).returncode == 0
    assert "Working title" in docx_text(tmp_path / "build" / "a-book-of-miles.docx")
    done = milebook("build", str(tmp_path), "--final")
    assert done.returncode == 1
    assert "MB191" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("build", "--chapter", "nowhere"), 2),
        (("build", "--format", "odt"), 2),
        (("build", "no-such-folder"), 2),
        (("bild",), 2),
        ((), 2),
        (("--help",), 0),
        (("--version",), 0),
        (("status",), 0),
        (("check",), 0),
    ],
)
def test_exit_status(tmp_path: Path, arguments: tuple[str, ...], status: int) -> None:
    make_book(tmp_path, [story("a", "Once around, and home again by dark.\n")])
    assert milebook(*arguments, cwd=tmp_path).returncode == status


def test_an_empty_folder_is_told_what_to_do(tmp_path: Path) -> None:
    done = milebook("build", str(tmp_path))
    assert done.returncode == 1
    assert "milebook init" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_started_book_builds_at_once_and_is_not_overwritten(tmp_path: Path) -> None:
    assert milebook("init", str(tmp_path / "new")).returncode == 0
    done = milebook("build", str(tmp_path / "new"))
    assert done.returncode == 0, done.stderr
    again = milebook("init", str(tmp_path / "new"))
    assert again.returncode == 1
    assert "MB198" in again.stderr


@pytest.mark.parametrize("command", [("check",), ("build",), ("proof", "one"), ("export",)])
def test_an_error_elsewhere_hides_no_open_permission(tmp_path: Path, command: tuple[str, ...]) -> None:
    open_one = story("open", "I ran home.\n", permission={"status": "to_request"})
    make_book(tmp_path, [open_one, story("damaged", "I ran home.\n", photos=[photo("photos/damaged.jpg")])])
    (tmp_path / "stories/photos/damaged.jpg").write_bytes(b"\xff\xd8\xff")
    done = milebook(*command, cwd=tmp_path)
    assert done.returncode
    assert "damaged.jpg" in done.stderr
    assert "[MB300]: text of “Open”: not asked yet (Ana Example)" in done.stderr
