"""What leaves the house: no formulas, no script, no reference to elsewhere, no address and no place of anybody."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from email import message_from_bytes, policy
from pathlib import Path
from xml.etree import ElementTree

import oracle
import pytest
import sound
from test_photo_faults import SECRET, jpeg

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"https://evil.example\")", "\u00a0=1+1", "=cmd|' /C calc'!A0"]  # fmt: skip
# an address typed out in a text can be clicked, and is never fetched
ADDRESSES = ("https://fine.example/", "https://evil.example/x.js")


@pytest.mark.parametrize("evil", FORMULAS)
def test_formula_cells_stay_text_in_xlsx_and_csv(book: Path, evil: str) -> None:
    index = sound.INDEX
    for old in (
        "title: The Oak",
        "name: Ana Example",
        "signer: Ana Example",
        "title: One",
        "caption: All smiles at the finish.",
        "credit: Photo by Ben Example",
    ):
        assert old in index
        index = index.replace(old, f"{old.partition(':')[0]}: {json.dumps(evil, ensure_ascii=False)}", 1)
    sound.write(book / "stories/index.yaml", index)
    ran = oracle.try_book(book, "build", "--jobs", "1", "--no-cache")
    assert ran.status == 0, ran.err
    read = oracle.here("permissions", "-C", str(book), "--csv")
    tables = [path.read_text("utf-8-sig") for path in (book / "build").glob("*.csv")] + [read.out]
    cells = [cell for text in tables for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any(evil.strip() in cell for cell in cells)
    for cell in cells:
        assert cell.lstrip(" \u00a0\n\r\t")[:1] not in ("=", "+", "-", "@") or re.fullmatch(r"-?[\d.,]+", cell), cell
    for path in (book / "build").glob("*.xlsx"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                assert b"<f>" not in archive.read(name) and b"externalLink" not in archive.read(name), name


@pytest.mark.parametrize(
    "evil",
    [
        "a@b.example\\r\\nBcc: x@evil.example",
        "a@b.example\\u2028Bcc: x@evil.example",
        "a@b.example, x@evil.example",
        "a@b.example\\vBcc: x",
    ],
)
def test_letters_cannot_get_extra_headers(book: Path, evil: str) -> None:
    sound.write(
        book / "stories/index.yaml",
        sound.INDEX.replace("ana.secret@example.org", f'"{evil}"').replace(
            "status: granted\n    evidence: releases/ana.txt", "status: to_request"
        ),
    )
    oracle.judge(oracle.here("permissions", "-C", str(book), "request"))
    checked = oracle.judge(oracle.here("check", "-C", str(book)))
    assert checked.status == 1 and checked.codes() & {"MB114", "MB123", "MB102"}, checked.err
    for name, data in oracle.unpacked(book):
        if name.endswith(".eml"):
            message = message_from_bytes(data, policy=policy.default)
            assert message["Bcc"] is None and len(message.get_all("To", [])) <= 1
            assert b"evil" not in data.partition(b"\n\n")[0], name


def test_letters_to_names_and_titles_of_any_kind(book: Path) -> None:
    index = sound.INDEX.replace("status: granted\n    evidence: releases/ana.txt", "status: to_request")
    index = index.replace("signer: Ana Example", "signer: 'Ana <x@evil.example>, Bo'").replace(
        "title: The Oak", "title: 'Subject: x =?utf-8?q?Bcc?='"
    )
    sound.write(book / "stories/index.yaml", index)
    oracle.judge(oracle.here("permissions", "-C", str(book), "request"))
    for name, data in oracle.unpacked(book / "build"):
        if name.endswith(".eml"):
            message = message_from_bytes(data, policy=policy.default)
            to = message["To"]
            assert to is None or [a.addr_spec for a in to.addresses] in (["ana.secret@example.org"], []), name


def test_epub_and_docx_carry_no_script_and_no_external_reference(book: Path) -> None:
    story = '<script src="https://evil.example/x.js">x</script> ![p](https://evil.example/p.png) [ok](https://fine.example/) [no](javascript:alert(1))\n'
    sound.write(book / "stories/oak.md", story)
    sound.write(
        book / "stories/index.yaml",
        sound.INDEX.replace("caption: All smiles at the finish.", "caption: '<img src=x onerror=alert(1)> <b>hi</b>'"),
    )
    assert oracle.try_book(book, "build", "--jobs", "1", "--no-cache").status == 0
    seen = set()
    for name, data in oracle.unpacked(book / "build"):
        inside = name.rpartition("!")[2]
        if ".docx!" in name and inside.endswith(".rels"):
            for relation in ElementTree.fromstring(data):
                if relation.get("TargetMode") == "External":
                    assert relation.get("Type", "").endswith("/hyperlink"), relation.attrib
                    assert relation.get("Target") in ADDRESSES
                    seen.add("docx")
        if ".docx!" in name:
            assert "vba" not in inside.lower() and "activeX" not in inside and "embeddings" not in inside
            assert not re.search(rb"INCLUDE(TEXT|PICTURE)|DDEAUTO|attachedTemplate", data), name
        if ".epub!" in name and inside.endswith((".xhtml", ".opf", ".ncx", ".svg")):
            for element in ElementTree.fromstring(data).iter():
                tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
                assert tag not in ("script", "iframe", "object", "embed", "form", "audio", "video"), name
                for key, value in element.attrib.items():
                    attribute = key.rpartition("}")[2]
                    assert not attribute.startswith("on"), f"{name}: {key}"
                    if attribute in ("src", "href", "data", "poster") and "://" in value:
                        assert tag == "a" and value in ADDRESSES, f"{name}: {value}"
                        seen.add("epub")
        if ".epub!" in name and inside.endswith(".css"):
            assert b"http" not in data.replace(b"http://www.idpf.org", b"") and b"@import" not in data, name
        if ".pdf!" in name:
            assert not re.search(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|SubmitForm|GoToR)\b", data) or (
                inside.isdigit() and b"stream" in data
            ), name
    assert seen == {"docx", "epub"}


def test_addresses_and_places_appear_in_no_output(book: Path) -> None:
    """Every output of every command but the private log, unzipped and searched."""
    photo = jpeg()
    assert SECRET in photo
    sound.write(book / "stories/photos/ana.jpg", photo)
    index = sound.INDEX.replace("  story_limit: 300", "  cover: photos/ana.jpg")
    sound.write(book / "stories/index.yaml", index)
    for command in (("build",), ("build", "--final"), ("proof",), ("proof", "--contributor"), ("export",)):
        ran = oracle.judge(oracle.here(command[0], "-C", str(book), *command[1:]))
        assert ran.status == 0, ran.err
    count = 0
    for name, data in oracle.unpacked(book / "build"):
        count += 1
        for secret in (
            b"ana.secret@",
            b"bo.secret@",
            SECRET,
            "ana.secret@".encode("utf-16-be"),
            "ana.secret@".encode("utf-16-le"),
        ):
            assert secret not in data, f"{secret!r} stands in {name}"
        if data[:3] == b"\xff\xd8\xff" and "art" not in name:
            assert b"Exif\0\0" not in data and b"http://ns.adobe.com/xap" not in data, name
    assert count > 100


def test_the_same_book_gives_the_same_bytes(book: Path) -> None:
    """With another clock zone, locale, mask, number of processes, and order of files on the disk."""
    first = oracle.outputs(book / "build")
    copy = book.parent / "elsewhere" / "copy"
    names = [path.relative_to(book).as_posix() for path in (book / "stories").rglob("*") if path.is_file()]
    for name in sorted(names, reverse=True):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((book / name).read_bytes())
    ran = oracle.apart("build", "-C", str(copy), TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="77", within=None)
    assert ran.status == 0, ran.err
    assert oracle.outputs(copy / "build") == first
