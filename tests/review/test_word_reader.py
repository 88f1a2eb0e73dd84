"""Word files are read with every recorded change: against real returned files, and against small ones made here."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from milebook.review.returned_file import Returned, read_returned
from milebook.review.word_package import NotReadable
from milebook.review.word_text import NOTE, versions

CORPORA = Path(os.environ.get("MILEBOOK_CORPORA") or "missing") / "docx"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# what the list gives as another reader wrote it: raised figures as other characters, notes set into the text
APART = {"tricky-track-changes.docx", "word2013-Comment042.docx", "mammoth-text-box.docx"}


def folded(text: str) -> str:
    return " ".join(text.replace(NOTE, "").split())


def texts(file: Returned, new: bool) -> list[str]:
    return [text for text in map(folded, versions(file.body, new)) if text]


def known() -> dict[str, dict[str, object]]:
    if not (CORPORA / "expected.json").exists():
        return {}
    listed = json.loads((CORPORA / "expected.json").read_text("utf-8"))
    return {name: right for name, right in listed.items() if name.endswith(".docx")}


@pytest.mark.skipif(not known(), reason="MILEBOOK_CORPORA names no folder with returned Word files")
@pytest.mark.parametrize("name", sorted(known()) or ["none"])
def test_real_files_are_read_as_other_programs_read_them(name: str) -> None:
    right = known()[name]
    file = read_returned((CORPORA / name).read_bytes(), name)
    for version, new in (("accepted", True), ("rejected", False)):
        wanted = right["accepted"] if right.get(version) == "same" else right.get(version)
        got = texts(file, new)
        if f"{version}_sha256" in right:
            letters = "".join(re.findall(r"\w", " ".join(got).lower()))
            assert sha256(letters.encode()).hexdigest().startswith(str(right[f"{version}_sha256"]))
        elif name not in APART:
            assert isinstance(wanted, list)
            assert got == [folded(text) for text in wanted]
    everybody = [each for top in file.comments for each in (top, *top.replies)]
    listed = right["comments"]
    assert isinstance(listed, list)
    assert sorted((c.author, folded(c.text.replace("\n", " / "))) for c in everybody) == sorted(
        (c["author"], folded(c["text"])) for c in listed
    )
    if right["saved_by"] != "none":
        assert sum(len(top.replies) for top in file.comments) == right["replies"]
        assert sum(comment.resolved for comment in everybody) == right["resolved"]


@pytest.mark.skipif(not known(), reason="MILEBOOK_CORPORA names no folder with returned Word files")
def test_threads_of_google_docs_and_text_boxes() -> None:
    name = "Google_Docs_Originated_comments_&_TCs.docx"
    file = read_returned((CORPORA / name).read_bytes(), name)
    assert len(file.comments) == 5
    assert sum(len(top.replies) for top in file.comments) == 5
    boxes = read_returned((CORPORA / "mammoth-text-box.docx").read_bytes(), "x").boxes
    assert list(versions(boxes, True)) == ["Datum plane"]


def word_file(body: str, **parts: str | bytes) -> bytes:
    """A small Word file; `parts` are further entries, "/" written as "__"."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return made.getvalue()


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


BY = 'w:id="1" w:author="Ed" w:date="2026-02-03T10:00:00Z"'
CASES = {
    "an insertion that somebody else deleted is in neither": (
        f"<w:p>{run('One')}<w:ins {BY}><w:del {BY}>{run(' gone', 'delText')}</w:del></w:ins>{run(' two')}</w:p>",
        ["One two"], ["One two"],
    ),
    "paragraphs join where their ends were deleted": (
        f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{run('One ')}</w:p><w:p>{run('two')}</w:p>",
        ["One ", "two"], ["One two"],
    ),
    "content controls, links and smart tags are seen through": (
        f"<w:p><w:sdt><w:sdtContent><w:hyperlink><w:smartTag>{run('One')}</w:smartTag></w:hyperlink></w:sdtContent></w:sdt></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('two')}</w:p></w:sdtContent></w:sdt>",
        ["One", "two"], ["One", "two"],
    ),
    "a field shows its result": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>SEQ x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("7")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(" up")}</w:p>',
        ["7 up"], ["7 up"],
    ),
    "tables, and rows that were inserted": (
        f"<w:tbl><w:tr><w:tc><w:p>{run('a')}</w:p></w:tc></w:tr><w:tr><w:trPr><w:ins {BY}/></w:trPr><w:tc><w:p>{run('b')}</w:p>"
        "</w:tc></w:tr></w:tbl>",
        ["a"], ["a", "b"],
    ),
    "the mark of a note that was set by hand is no text": (
        '<w:p>' + run("One") + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r></w:p>',
        [f"One{NOTE}"], [f"One{NOTE}"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_markup_is_read(what: str) -> None:
    body, base, new = CASES[what]
    file = read_returned(word_file(body), "x.docx")
    assert list(versions(file.body, False)) == base
    assert list(versions(file.body, True)) == new


def zipped(*entries: tuple[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries:
            archive.writestr(name, text)
    return made.getvalue()


DOCUMENT = f'<w:document xmlns:w="{W}"><w:body/></w:document>'
REFUSED = {
    "an empty file": (b"", "empty"),
    "a PDF": (b"%PDF-1.7 ...", "PDF"),
    "an RTF file": (b"{\\rtf1 hello}", "RTF"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word file"),
    "a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "half a file": (word_file("<w:p/>")[:90], "damaged"),
    "a zip of something else": (zipped(("a.txt", "hello")), "no document"),
    "OpenDocument": (zipped(("mimetype", "x"), ("content.xml", "<a/>")), "OpenDocument"),
    "two documents": (zipped(("word/document.xml", DOCUMENT), ("word/Document.xml", DOCUMENT)), "twice"),
    "a DOCTYPE": (zipped(("word/document.xml", f"<!DOCTYPE a [<!ENTITY b 'c'>]>{DOCUMENT}")), "DOCTYPE"),
    "XML that is not well-formed": (zipped(("word/document.xml", "<a>\n<b></a>")), "line 2, column"),
    "nesting without end": (zipped(("word/document.xml", "<a>" * 5000 + "</a>" * 5000)), "well-formed"),
    "a bomb": (zipped(("word/document.xml", " " * 130_000_000)), "unpacks to far more"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_reason(what: str) -> None:
    data, reason = REFUSED[what]
    with pytest.raises(NotReadable) as refused:
        read_returned(data, "x.docx")
    assert reason in refused.value.why
    assert refused.value.cure
