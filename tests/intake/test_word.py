"""Word files of contributors: italics, notes, lists, pictures, tracked changes; and packages made to do harm."""

from __future__ import annotations

import warnings
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Inches
from mails import jpeg, mail

from milebook.intake.documents.word import read_word
from milebook.intake.html_text import from_html
from milebook.intake.inputs import Input
from milebook.intake.mail.message import found
from milebook.intake.options import Options
from milebook.intake.sources import found_in
from milebook.intake.story_markdown import read_back, written

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def package(body: str, **parts: str) -> bytes:
    """A Word file with this body, written by hand."""
    out = BytesIO()
    kinds = "".join(
        f'<Relationship Id="r{n}" Type="http://x/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts)
    )
    rels = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{kinds}</Relationships>'
    )
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        archive.writestr("word/_rels/document.xml.rels", rels)
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{text}</w:{name}>')
    return out.getvalue()


def run(text: str, marks: str = "") -> str:
    return f"<w:r><w:rPr>{marks}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def text_of(data: bytes, **options: bool) -> str:
    document = read_word(data, **options)
    assert not document.problem
    return written(document.passages)


def test_a_document_of_word(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("The Oak", style="Title")
    paragraph = document.add_paragraph("We ran ")
    paragraph.add_run("to the").italic = True
    paragraph.add_run(" oak, and *nobody* counted.").bold = False
    (tmp_path / "p.jpg").write_bytes(jpeg(1))
    document.add_picture(str(tmp_path / "p.jpg"), width=Inches(1))
    document.add_paragraph("The oak, where it stood.", style="Caption")
    for entry in ("Shoes", "Water"):
        document.add_paragraph(entry, style="List Bullet")
    document.add_paragraph("The end.")
    document.save(str(tmp_path / "my story.docx"))
    (item,) = found_in(Input("my story.docx", tmp_path / "my story.docx"), Options())
    assert (item.kind, item.title) == ("docx", "The Oak")
    assert written(item.passages).startswith("We ran *to the* oak, and \\*nobody\\* counted.\n\n")
    assert [(one.caption, one.suffix, one.after) for one in item.pictures] == [("The oak, where it stood.", ".jpg", 1)]
    assert item.pictures[0].read() == jpeg(1)


def test_notes_and_lists() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    numbered = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>'
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    notes = f'<w:footnote w:id="0" w:type="separator"/><w:footnote w:id="2"><w:p>{run("It was [nine] furlongs {&gt;&gt; x &lt;&lt;}.")}</w:p></w:footnote>'
    body = (
        f"<w:p>{run('A mile.')}{reference}{run(' Then home.')}</w:p>"
        + numbered.format(run("Shoes"))
        + numbered.format(run("Water"))
    )
    markdown = text_of(package(body, footnotes=notes, numbering=numbering))
    assert markdown.endswith("1) Shoes\n2) Water\n")
    read = read_back(markdown)
    assert [note.blocks[0].text for note in read.notes] == ["It was [nine] furlongs {>> x <<}."]
    assert not read.queries


CHANGED = (
    f"<w:p>{run('one ')}<w:ins w:author='Ed'>{run('new ')}</w:ins><w:del w:author='Ed'><w:r><w:delText>old </w:delText></w:r></w:del>{run('two')}</w:p>"
    f"<w:p><w:pPr><w:rPr><w:del w:author='Ed'/></w:rPr></w:pPr>{run('three ')}</w:p><w:p>{run('four')}</w:p>"
)


def test_tracked_changes_are_refused_or_taken_as_accepted_on_request() -> None:
    document = read_word(package(CHANGED))
    assert "tracked changes by Ed" in document.problem
    assert not document.passages
    assert text_of(package(CHANGED), accept_changes=True) == "one new two\n\nthree four\n"


def test_hidden_words_and_controls() -> None:
    sdt = f"<w:sdt><w:sdtContent><w:p>{run('inside')}</w:p></w:sdtContent></w:sdt>"
    inline = f"<w:p><w:sdt><w:sdtContent>{run('in a field')}</w:sdtContent></w:sdt>{run('secret', '<w:vanish/>')}<w:r><w:br/><w:t>below</w:t></w:r></w:p>"
    table = f"<w:tbl><w:tr><w:tc><w:p>{run('cell')}</w:p></w:tc></w:tr></w:tbl>"
    assert text_of(package(sdt + inline + table)) == "inside\n\nin a field\\\nbelow\n\ncell\n"


def test_a_word_file_attached_to_a_mail() -> None:
    message = mail(1, "Here it is!", "My story")
    data = package(f"<w:p>{run('A whole story of many words, told by somebody who was there.')}</w:p>")
    message.add_attachment(
        data,
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
        filename="oak.docx",
    )
    item = found(bytes(message), "x.eml", again=lambda: bytes(message))
    assert item.text == "A whole story of many words, told by somebody who was there."
    assert item.cuts == ["Here it is!"]
    assert "the text is from the attached oak.docx" in item.notes


def zipped(*members: tuple[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


DOCUMENT = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Words</w:t></w:r></w:p></w:body></w:document>'


HARMFUL = {
    "two parts": lambda: zipped(
        ("[Content_Types].xml", TYPES), ("word/document.xml", DOCUMENT), ("word/document.xml", DOCUMENT)
    ),
    "DOCTYPE": lambda: zipped(
        ("[Content_Types].xml", TYPES),
        ("word/document.xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + DOCUMENT),
    ),
    "fill the memory": lambda: zipped(("[Content_Types].xml", TYPES), ("word/document.xml", b" " * 80_000_000)),
    "it is damaged": lambda: zipped(("[Content_Types].xml", TYPES), ("word/document.xml", DOCUMENT[:-20])),
    "missing": lambda: zipped(("[Content_Types].xml", TYPES)),
    "the file is damaged": lambda: zipped(("[Content_Types].xml", TYPES), ("word/document.xml", DOCUMENT))[:-40],
    "password": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
}


@pytest.mark.parametrize("why", HARMFUL)
def test_packages_that_are_not_read(why: str) -> None:
    assert why in read_word(HARMFUL[why]()).problem


def fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


@pytest.mark.parametrize(
    ("runs", "seen"),
    [
        (run("H") + run("2", '<w:vertAlign w:val="subscript"/>') + run("O"), "H₂O"),
        (run("a field of 5 km") + run("2", '<w:vertAlign w:val="superscript"/>'), "a field of 5 km²"),
        (run("on the 1") + run("st", '<w:vertAlign w:val="superscript"/>') + run(" day"), "on the 1st day"),
        (run("It was fun ") + run("J", fonts("Wingdings")), "It was fun ☺"),
        (run("home ") + run("\uf0e0", fonts("Wingdings")) + run(" work"), "home → work"),
        (run("an angle ") + run("a", fonts("Symbol")), "an angle α"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>' + run(" we said"), "☺ we said"),
        (
            '<w:r><w:sym w:font="Webdings" w:char="F0FE"/></w:r>' + run(" we said"),
            "\uf0fe we said",
        ),  # not known: not lost
        (run("J", fonts("Calibri")), "J"),
    ],
)
def test_signs_of_symbol_fonts_and_raised_figures(runs: str, seen: str) -> None:
    assert text_of(package(f"<w:p>{runs}</w:p>")) == f"{seen}\n"


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("5 km<sup>2</sup> of CO<sub>2</sub>", "5 km² of CO₂"),
        ("the 1<sup>st</sup> mile, x<sup>2+1</sup>", "the 1st mile, x²⁺¹"),
        ("Fun! <span style='font-family:Wingdings'>J</span> Jane", "Fun! ☺ Jane"),
        ('Fun! <font face="Wingdings">J</font> Jane', "Fun! ☺ Jane"),
        (
            "<span style='font-family:Symbol'>·<span style='font-family:\"Times New Roman\"'> J</span></span> Jane",
            "• J Jane",
        ),
        ("<span style='font-family:\"Segoe UI\",Wingdings'>J</span>", "J"),
    ],
)
def test_the_same_in_html(html: str, seen: str) -> None:
    assert written(from_html(f"<p>{html}</p>").passages) == f"{seen}\n"
