"""The file as a package: the same bytes every time, nothing in it that is not ours, pictures stored once."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from typing import Any

import pytest
from docx_books import (
    PhotoPreparer,
    draft,
    everything,
    figure,
    find,
    layout,
    names,
    p,
    part,
    set_,
    story,
    values,
    whole_style,
)

from milebook.model.draft import Role, Stamp
from milebook.writers import Options
from milebook.writers.docx import write


def test_the_same_draft_gives_the_same_bytes() -> None:
    book = everything()
    assert set_(book).data == set_(book).data


def test_bytes_do_not_depend_on_clock_zone_or_hashing() -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests/support'); from docx_books import *; "
        "print(hashlib.sha256(set_(everything(), layout('trade')).data).hexdigest())"
    )
    root = __file__.rsplit("/tests/", 1)[0]
    made = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True,
            env={"TZ": zone, "PYTHONHASHSEED": seed, "PATH": "/usr/bin", "LC_ALL": "C"},
        ).stdout
        for zone, seed in (("UTC", "1"), ("Asia/Kolkata", "2"))
    }  # fmt: skip
    assert len(made) == 1


def test_entries_have_one_date_and_one_order() -> None:
    with zipfile.ZipFile(io.BytesIO(set_(everything(), layout("proof")).data)) as folder:
        entries = folder.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert [entry.filename for entry in entries][:2] == ["[Content_Types].xml", "_rels/.rels"]
    parts = [e.filename for e in entries[2:] if not e.filename.endswith(".rels")]
    assert parts == sorted(parts)
    stored = {e.filename for e in entries if e.compress_type == zipfile.ZIP_STORED}
    assert stored == {name for name in parts if name.startswith("word/media/")}


def test_nothing_of_the_library_is_left_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(set_(everything()).data)) as folder:
        text = b"".join(folder.read(name) for name in folder.namelist() if not name.startswith("word/media"))
        members = " ".join(folder.namelist())
    assert b"python-docx" not in text and b"2013-" not in text
    assert "thumbnail" not in members and "stylesWithEffects" not in members


def test_properties() -> None:
    book = everything(subjects=("FIC029000", "SPO035000"), description="About & about")
    core = part(set_(book).data, "docProps/core.xml")
    wanted = {
        "dc:title": "One Mile", "dc:subject": "Readers’ stories", "dc:creator": "Ada Example; Bea Nguyễn", "dc:language": "en-US",
        "dc:identifier": "milebook:0123456789ab", "dc:description": "About & about", "cp:keywords": "FIC029000, SPO035000",
        "cp:revision": "1", "cp:lastModifiedBy": "Ada Example; Bea Nguyễn",
        "dcterms:created": "2026-03-15T00:00:00Z", "dcterms:modified": "2026-03-15T00:00:00Z",
    }  # fmt: skip
    assert {name: values(core, f"//{name}/text()")[0] for name in wanted} == wanted
    custom = part(set_(book).data, "docProps/custom.xml")
    assert {c.get("name"): "".join(c.itertext()) for c in custom} == {
        "MilebookBuild": "0123456789ab", "MilebookBook": "urn:uuid:1", "MilebookVersion": "0.1.0", "MilebookMode": "draft",
    }  # fmt: skip


@pytest.mark.parametrize("title", ["x" * 400, "word " * 100, "a\x00b\nc", "<&\"'>", "😀" * 300, ""])
def test_any_title_fits_the_properties(title: str) -> None:
    core = part(
        set_(draft(story("s"), title=title, authors=(title,), stamp=Stamp("", "", "", 0))).data, "docProps/core.xml"
    )
    assert all(len(value) <= 255 for value in values(core, "//text()"))


def test_python_docx_opens_it() -> None:
    import docx

    opened = docx.Document(io.BytesIO(set_(everything()).data))
    assert (
        next(x.text for x in opened.paragraphs if x.style is not None and x.style.name == "Heading 2")
        == "The Tree at the Corner"
    )
    assert len(opened.inline_shapes) == 5


def test_a_photo_used_twice_is_stored_once_and_prepared_once() -> None:
    book = everything()
    preparer = PhotoPreparer()
    data = write(book, layout(), preparer, Options()).data  # type: ignore[arg-type]
    assert len([name for name in names(data) if name.startswith("word/media/")]) == 4
    assert len(preparer.asked) == len(set(preparer.asked)) == 4


def test_pictures_say_what_they_show() -> None:
    document = part(set_(everything()).data, "word/document.xml")
    shown = find(document, "//wp:docPr")
    assert len({picture.get("id") for picture in shown}) == len(shown) == 5
    assert [picture.get("descr") for picture in shown][:2] == ["A road, road-1200x800.jpg", "A road, tall-300x3000.png"]
    decorative = [picture for picture in shown if find(picture, ".//adec:decorative[@val='1']")]
    assert [picture.get("descr") for picture in decorative] == [""]


@pytest.mark.parametrize(
    "photo", ["a-1200x800.jpg", "b-20x4000.jpg", "c-8000x20.png", "d-60x40.jpg", "e-1x1.png", "f-3000x3000.jpg"]
)
@pytest.mark.parametrize("name", ["manuscript", "trade"])
def test_pictures_fit_the_type_area_and_are_not_coarse(photo: str, name: str) -> None:
    look = layout(name)
    across, down = (int(n) for n in re.findall(r"\d+", photo))
    shown = figure("1.1", photo, "mb_s_f1")._replace(pixels=(across, down))
    document = part(set_(draft(story("s", shown)), look).data, "word/document.xml")
    width, height = (int(values(document, f"//wp:extent/@{side}")[0]) / 12700 for side in ("cx", "cy"))
    page = look.page
    assert 1 <= width <= page.width - page.inside - page.outside + 0.01
    slack = 1 / 0.93 if width > page.width - page.inside - page.outside - 0.1 else 1.0  # nearly as wide is as wide
    assert 1 <= height <= (page.height - page.top - page.bottom) * look.max_photo_height * slack + 0.01
    if width > 1 and height > 1:
        assert abs(width / height - across / down) < 0.01 * across / down + 0.001
        assert across / (width / 72) >= (149 if width <= 108 else 299)


def test_a_lost_photo_is_told_and_its_caption_kept() -> None:
    written = set_(draft(story("s", figure("1.1", "lost.jpg", "mb_s_f1"))))
    assert ("mb_s_f1_caption", "Figure 1.1 The road at 1.1.") in written.transcript
    assert "figure" not in dict(written.transcript)


def test_a_photo_its_caption_and_credit_stay_together() -> None:
    styles = part(set_(everything()).data, "word/styles.xml")
    for style in ("Figure", "Caption"):
        assert find(styles, f"//w:style[@w:styleId='{style}']/w:pPr/w:keepNext")
    assert values(whole_style(styles, "Figure"), "w:pPr/w:spacing/@w:lineRule") == ["auto"]


def test_progress_is_told() -> None:
    shares: list[float] = []
    set_(everything(), progress=shares.append)
    assert shares == sorted(shares) and 0 < shares[-1] <= 1


def test_importing_the_writer_does_not_load_the_library() -> None:
    code = "import sys, milebook.writers.docx; print('docx' in sys.modules, 'lxml' in sys.modules)"
    root = __file__.rsplit("/tests/", 1)[0]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_three_thousand_stories() -> None:
    stories: list[Any] = [
        story(f"s{n}", *(p(Role.BODY, f"Words {i} of {n}.", f"mb_s{n}_p{i}") for i in range(4))) for n in range(3000)
    ]
    written = set_(draft(*stories))
    assert len(list(written.transcript)) == 15_000
