"""Every command that changes something on the disk, with the small book that the fault loops try it on."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from warm import PREVIEW, Warm

STORY = """I ran up the last hill before the sun rose and sat on the wall until the whole town below had lit its lamps again, one by
one, and somebody called my name from the road. I have gone there every year since, and I have never told anybody why.
"""
INDEX = """\
# Our book
book: {title: Trees, authors: [Ada Example], date: 2026-01-01, contact: {name: Ada, email: ada@example.org}}
chapters:
  - id: dawn
    title: Dawn
    stories: [oak, elm]   # as read aloud
  - {id: noon, title: Noon, stories: [fir]}
agreements:
  ana: {signer: Ana Example, status: to_request}
stories:
  - {id: oak, title: Oak, status: selected, contributor: {name: Ana Example, email: ana@example.org}, permission: ana}
  - {id: elm, title: Elm, status: selected, contributor: {name: Ben Example}}
  - {id: fir, title: Fir, status: selected, contributor: {name: Cal Example}}
"""
DAY = ("--date", "2026-02-02")
Prepare = Callable[[Warm, Path], None]


class Command(NamedTuple):
    """What is typed, and what is done to the book before."""

    words: tuple[str, ...]
    prepare: Prepare = lambda warm, root: None
    is_build: bool = False  # makes files in build/ and changes no story
    clears: bool = False  # deletes files in build/ one by one, after all else is done
    typed: str = ""  # the file that is piped into it
    status: int = 0  # how it ends if nothing fails


def write(root: Path, name: str, text: str) -> None:
    (root / name).write_text(text, "utf-8")


def replaced(root: Path, old: str, new: str) -> None:
    index = root / "stories/index.yaml"
    assert old.encode() in index.read_bytes()
    index.write_bytes(index.read_bytes().replace(old.encode(), new.encode()))


def after(*commands: tuple[str, ...]) -> Prepare:
    def prepare(warm: Warm, root: Path) -> None:
        for words in commands:
            done = warm.run(root, *words)
            assert done.status == 0, f"{words}: {done.err}"

    return prepare


def by_post(warm: Warm, root: Path) -> None:
    """Letters were written to somebody who has no e-mail address."""
    replaced(root, ", email: ana@example.org}, permission", "}, permission")
    after(("permissions", "request", *DAY))(warm, root)


def damaged(warm: Warm, root: Path) -> None:
    write(root, "stories/oak.md", "I ran to the cafÃ© and home again before the rain came.\n")
    write(root, "stories/fir.md", "I sang of the fir and of the cafÃ© until the rain came.\n")


def photo(warm: Warm, root: Path) -> None:
    from PIL import Image

    Image.new("RGB", (60, 40), (9, 90, 30)).save(root / "wall.jpg")


def mail(warm: Warm, root: Path) -> None:
    """A mail with a photo."""
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (600, 400), (9, 90, 30)).save(picture, "JPEG")
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "Reader <r@example.org>", "The last hill", "<1@example.org>"
    mail["Date"] = "Sun, 25 Aug 2013 10:00:00 +0200"
    mail.set_content(STORY)
    mail.add_attachment(picture.getvalue(), "image", "jpeg", filename="wall.jpg")
    (root / "mail.eml").write_bytes(mail.as_bytes())


def several(warm: Warm, root: Path) -> None:
    """A mail with a photo, the answers to a form, a Word file and a plain text."""
    from docx import Document

    mail(warm, root)
    write(
        root,
        "answers.csv",
        f'Name,Your story\nEve Example,"{STORY.strip()} Twice a week."\nFay Example,"Rain fell. {STORY.strip()}"\n',
    )
    document = Document()
    document.add_paragraph(f"At the lake we sat down. {STORY.strip()}")
    document.save(str(root / "lake.docx"))
    write(root, "brook.txt", f"I ran along the brook until it was a river. {STORY}")


def imported(warm: Warm, root: Path) -> None:
    mail(warm, root)
    after(("import", "mail.eml", "--apply"))(warm, root)


def filled_in(warm: Warm, root: Path) -> None:
    """A checklist that was filled in with a spreadsheet program."""
    import csv

    (root / "stories/releases").mkdir()
    write(root, "stories/releases/ana.txt", "Yes.\n")
    rows = list(csv.DictReader(io.StringIO(warm.run(root, "permissions", "--csv").out)))
    columns = {name.lower(): name for name in rows[0]}
    for row in rows:
        row[columns["status"]], row[columns["requested"]], row[columns["granted"]] = (
            "granted",
            "2026-02-01",
            "2026-02-05",
        )
        row[columns["evidence"]] = "releases/ana.txt"
    with (root / "filled.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        out = csv.DictWriter(handle, list(rows[0]))
        out.writeheader()
        out.writerows(rows)


def returned(warm: Warm, root: Path) -> None:
    """A proof comes back from an editor, with a word changed and a comment."""
    after(("proof", "dawn"))(warm, root)
    from docx import Document

    document = Document(str(next((root / "build/proofs").glob("*.docx"))))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if "before the rain" in run.text:
                run.text = run.text.replace("before the rain", "before the snow")
                document.add_comment(run, "Which rain?", author="Ed Example", initials="E")
    document.save(str(root / "returned.docx"))


def built(*commands: tuple[str, ...]) -> Prepare:
    """Files were made before, and then a story was edited."""

    def prepare(warm: Warm, root: Path) -> None:
        after(*commands)(warm, root)
        write(root, "stories/elm.md", "I ran to the elm, and thought better of it, before the rain came.\n")

    return prepare


def retitled(warm: Warm, root: Path) -> None:
    after(BUILD)(warm, root)
    replaced(root, "title: Trees", "title: Woods")


def copied(warm: Warm, root: Path) -> None:
    """An earlier state of the book lies in a folder of its own."""
    import shutil

    shutil.copytree(root / "stories", root / "old/stories")
    write(root, "stories/elm.md", "I ran to the elm, and thought better of it, before the rain came.\n")


def clashing(warm: Warm, root: Path) -> None:
    """The author has changed the same words as the editor of a proof."""
    returned(warm, root)
    for name in ("oak", "elm"):
        write(root, f"stories/{name}.md", f"I ran to the {name} and home again before the hail came.\n")


def posted(address: str, **body: str) -> tuple[str, ...]:
    return PREVIEW, address, json.dumps(body)


RENAME = ("rename", "elm", "ash")
BUILD, PROOF, EXPORT = ("build", "--jobs", "1"), ("proof", "dawn"), ("export", "--draft", "--jobs", "1")
COMMANDS: dict[str, Command] = {
    "set": Command(("set", "elm", "--tag", "race", "--chapter", "noon")),
    "rename": Command(RENAME),
    "rename chapter": Command(("rename", "dawn", "early")),
    "undo": Command(("undo",), after(RENAME)),
    "redo": Command(("undo", "--redo"), after(RENAME, ("undo",))),
    "undo of a chain": Command(("undo",), after(("set", "oak", "--tag", "race"), RENAME, ("undo",))),
    "undo import": Command(("undo",), imported),
    "rename agreement": Command(("rename", "ana", "ana-2026")),
    "record": Command(("permissions", "record", "ana", "--notes", "by mail")),
    "record person": Command(("permissions", "record", "Ana Example", "--status", "refused"), after(("permissions", "request", *DAY))),
    "record checklist": Command(("permissions", "record", "--from", "filled.csv", "--apply"), filled_in),
    "withdraw": Command(("permissions", "withdraw", "oak")),
    "withdraw --remove": Command(("permissions", "withdraw", "oak", "--remove", "--yes"), after(BUILD), clears=True),
    "where --remove": Command(("permissions", "--where", "oak", "--remove", "--yes"), after(BUILD), is_build=True, clears=True),
    "request": Command(("permissions", "request", *DAY)),
    "request --with-proof": Command(("permissions", "request", "--with-proof", *DAY)),
    "sent": Command(("permissions", "sent", "Ana Example", "--date", "2026-02-03"), by_post),
    "add": Command(("add", "--title", "The Brook", "--name", "Dan Example", "--file", "brook.txt", "--chapter", "noon")),
    "add --photo": Command(("add", "--title", "The Brook", "--name", "Dan Example", "--file", "brook.txt", "--photo", "wall.jpg"), photo),
    "add from a pipe": Command(("add", "--title", "The Brook", "--name", "Dan Example"), typed="brook.txt"),
    "fix": Command(("check", "--fix", "--yes"), damaged),
    "import": Command(("import", "mail.eml", "--apply"), mail),
    "import several": Command(("import", "mail.eml", "answers.csv", "lake.docx", "brook.txt", "--apply", "--chapter", "noon"), several),
    "setup": Command(("setup",)),
    "init": Command(("init", "new")),
    "review": Command(("review", "returned.docx", "--apply", "--comments"), returned),
    "review clash": Command(("review", "returned.docx", "--apply"), clashing, status=1),
    "preview move": Command(posted("/arrange", action="move", story="elm", chapter="noon", before="fir")),
    "preview status": Command(posted("/arrange", action="status", story="elm", status="cut")),
    "preview tag": Command(posted("/arrange", action="tag", story="fir", tag="night")),
    "preview undo": Command(posted("/undo"), after(RENAME)),
    "preview repair": Command(posted("/repair"), damaged),
    "build": Command(BUILD, built(BUILD), is_build=True),
    "build --tidy": Command((*BUILD, "--tidy"), retitled, is_build=True, clears=True),
    "proof": Command(PROOF, built(PROOF), is_build=True),
    "export": Command(EXPORT, built(EXPORT), is_build=True),
    "overview": Command(("overview",), built(("overview",)), is_build=True),
    "compare": Command(("compare", "old"), copied, is_build=True),
    "review --html": Command(("review", "returned.docx", "--html", "build/review.html"), returned, is_build=True),
    "cover": Command(("cover", "--pages", "120"), built(("cover", "--pages", "100")), is_build=True),
}  # fmt: skip


def make_book(warm: Warm, root: Path, command: str = "") -> None:
    """The book that a command is tried on, or the one that all begin with."""
    (root / "stories").mkdir(parents=True)
    for name in ("oak", "elm", "fir"):
        write(root, f"stories/{name}.md", f"I ran to the {name} and home again before the rain came.\n")
    write(root, "stories/index.yaml", INDEX)
    write(root, "brook.txt", "I ran along the brook until it was a river.\n")
    if command:
        COMMANDS[command].prepare(warm, root)
