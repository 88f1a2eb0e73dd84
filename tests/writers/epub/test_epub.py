"""The e-book as a whole: what stands in the archive, what it means, and that no word is lost."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import epub_sampler as sampler
import pytest
from epub_sampler import p, picture, story
from lxml import etree

from milebook.layout import Layout
from milebook.model.draft import Draft, DraftQuery, Figure, Note, Paragraph, Part, Role, Table
from milebook.model.text import Container, Run
from milebook.writers import Options, Written
from milebook.writers.comparison import compare
from milebook.writers.epub import write

NS = {
    "h": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "epub": "http://www.idpf.org/2007/ops",
}
TYPE = "{http://www.idpf.org/2007/ops}type"


def made(draft: Draft, layout: Layout | None = None, **options: Any) -> Written:
    return write(draft, layout or sampler.trade(), sampler.PhotoPreparer(), Options(**options))  # type: ignore[arg-type]


def unzipped(written: Written) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(written.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def documents(files: dict[str, bytes]) -> dict[str, Any]:
    return {name: etree.fromstring(data) for name, data in files.items() if name.endswith(".xhtml")}


def package(files: dict[str, bytes]) -> Any:
    return etree.fromstring(files["EPUB/content.opf"])


def claims(files: dict[str, bytes], name: str) -> list[str]:
    return [str(e.text) for e in package(files).iterfind(f".//opf:meta[@property='schema:{name}']", NS)]


@pytest.fixture(scope="module")
def draft() -> Draft:
    return sampler.sampler()


@pytest.fixture(scope="module")
def written(draft: Draft) -> Written:
    return made(draft, pages=sampler.pages_of(draft))


@pytest.fixture(scope="module")
def files(written: Written) -> dict[str, bytes]:
    return unzipped(written)


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, Any]:
    return documents(files)


def test_every_word_arrives_in_order(draft: Draft, written: Written) -> None:
    assert compare(draft, written.transcript, "epub") == []
    assert written.findings == []


def test_same_draft_same_bytes(draft: Draft, written: Written) -> None:
    assert made(draft, pages=sampler.pages_of(draft)).data == written.data


def test_archive(written: Written) -> None:
    with zipfile.ZipFile(io.BytesIO(written.data)) as archive:
        entries = archive.infolist()
        assert entries[0].filename == "mimetype"
        assert archive.read("mimetype") == b"application/epub+zip"
        assert not entries[0].extra
        stored = {e.filename for e in entries if e.compress_type == zipfile.ZIP_STORED}
        assert stored == {e.filename for e in entries if e.filename.endswith((".jpg", ".png"))} | {"mimetype"}
        assert {e.date_time for e in entries} == {(1980, 1, 1, 0, 0, 0)}
        names = [e.filename for e in entries]
        assert len({name.casefold() for name in names}) == len(names)
        assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) and len(name) < 200 for name in names)


def test_package(files: dict[str, bytes], draft: Draft) -> None:
    root = package(files)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-US"
    texts = {
        name: [e.text for e in root.iterfind(f".//dc:{name}", NS)]
        for name in ("title", "creator", "identifier", "date")
    }
    assert texts["title"] == [draft.title, draft.subtitle]
    assert texts["creator"] == list(draft.authors)
    assert texts["identifier"] == [draft.identifier]
    assert texts["date"] == ["2026-03-15"]
    assert [e.text for e in root.iterfind(".//opf:meta[@property='dcterms:modified']", NS)] == ["2026-03-15T00:00:00Z"]
    roles = {e.text for e in root.iterfind(".//opf:meta[@property='role']", NS)}
    assert roles == {"edt", "com"}
    manifest = {f"EPUB/{e.get('href')}" for e in root.iterfind(".//opf:item", NS)}
    assert manifest == {name for name in files if name.startswith("EPUB/")} - {"EPUB/content.opf"}
    assert b"milebook 0.1.0" in files["EPUB/content.opf"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("//h:section[@role='doc-chapter']", 2),
        ("//h:section[@role='doc-introduction' and @epub:type='introduction']", 1),
        ("//h:section[@role='doc-acknowledgments']", 1),
        ("//h:section[@role='doc-credits' and @aria-labelledby]", 1),
        ("//h:section[@role='doc-dedication' and @aria-label]", 1),
        ("//h:section[@epub:type='titlepage']", 1),
        ("//h:section[@epub:type='halftitlepage']", 1),
        ("//h:section[@epub:type='copyright-page']", 1),
        ("//h:section[@role='doc-toc']//h:li", 10),
        ("//h:img[@role='doc-cover' and @alt!='']", 1),
        ("//h:a[@role='doc-noteref' and @epub:type='noteref']", 1),
        ("//h:aside[@role='doc-footnote' and @epub:type='footnote']", 1),
        ("//h:a[@role='doc-backlink']", 1),
        ("//h:figure[h:img and h:figcaption/h:p[@class='caption']/h:span[@class='label']]", 4),
        ("//h:figcaption/h:p[@class='credit']", 1),
        ("//h:img[@alt='' and @role='presentation']", 1),
        ("//h:img[not(@alt)]", 0),
        ("//h:blockquote[count(h:p)=2]", 1),
        ("//h:ol/h:li[@value='3' and @data-label='3)' and count(h:p)=2]", 1),
        ("//h:ol/h:li[@value='4']/h:ul/h:li", 1),
        ("//h:p[@class='verse'][count(h:span[@class='line'])=3 and count(h:br)=2]", 1),
        ("//h:hr[@class='scene-break' and @data-text='* * *']", 1),
        ("//h:pre/h:code", 1),
        ("//h:table[@aria-label]/h:thead/h:tr/h:th[@scope='col']", 7),
        ("//h:tbody/h:tr/h:th[@scope='row']", 4),
        ("//h:tr[@class='strong']", 2),
        ("//h:em[@lang='fr' or ../@lang='fr']", 1),
        ("//h:p[@dir='rtl' and @lang='he' and @xml:lang='he']", 1),
        ("//h:h2[@lang='pl'] | //h:html[@lang='pl']//h:h2[not(@lang)]", 1),
        ("//h:html[@lang='pl']//h:p[@class='byline' and @lang='en-US']", 1),
        ("//h:section/h:section/h:h3", 1),
        ("//h:span[@class='small-caps']", 1),
    ],
)
def test_markup(pages: dict[str, Any], path: str, expected: int) -> None:
    found = [e for root in pages.values() for e in root.xpath(path, namespaces=NS)]
    assert len(found) == expected, [etree.tostring(e) for e in found]


def test_pages_are_sound(pages: dict[str, Any]) -> None:
    titles = [root.findtext(".//h:title", namespaces=NS) for name, root in pages.items() if "nav" not in name]
    assert len(set(titles)) == len(titles)
    for name, root in pages.items():
        ids = root.xpath("//@id")
        assert len(set(ids)) == len(ids), name
        levels = [int(e.tag[-1]) for e in root.iter() if re.search(r"}h[1-6]$", str(e.tag))]
        assert all(b - a <= 1 for a, b in pairwise(levels)), name
        for section in root.iterfind(".//h:section", NS):
            own = [
                e
                for e in section.iter()
                if re.search(r"}h[1-6]$", str(e.tag)) and next(e.iterancestors(f"{{{NS['h']}}}section")) is section
            ]
            assert len(own) <= 1, name
            for label in (section.get("aria-labelledby") or "").split():
                assert label in ids


def test_links_lead_somewhere(pages: dict[str, Any]) -> None:
    ids = {name: set(root.xpath("//@id")) for name, root in pages.items()}
    followed = 0
    for name, root in pages.items():
        for href in root.xpath("//h:a/@href", namespaces=NS):
            if href.startswith("http"):
                assert href == "https://example.org/a?b=1&c=%C3%BC"
                continue
            file, _, anchor = href.partition("#")
            target = f"{name.rpartition('/')[0]}/{file}" if file else name
            assert target in ids, href
            assert not anchor or anchor in ids[target], href
            followed += 1
    assert followed > 20


def test_navigation(pages: dict[str, Any]) -> None:
    nav = pages["EPUB/nav.xhtml"]
    tree = nav.xpath("//h:nav[@epub:type='toc']/h:ol/h:li", namespaces=NS)
    assert [e.findtext("h:a", namespaces=NS) for e in tree][:3] == ["Contents", "Introduction", "First Miles"]
    assert tree[2].xpath("h:ol/h:li/h:a/text()", namespaces=NS) == ["The Tree at the Corner", "The Long Way Home"]
    marks = nav.xpath("//h:nav[@epub:type='landmarks']//h:a", namespaces=NS)
    assert [e.get(TYPE) for e in marks] == ["cover", "titlepage", "toc", "bodymatter"]
    assert nav.xpath("//h:nav[@epub:type='toc']//h:a[@lang='pl']/text()", namespaces=NS) == ["Źdźbło"]


def test_page_list(pages: dict[str, Any], draft: Draft, files: dict[str, bytes]) -> None:
    listed = pages["EPUB/nav.xhtml"].xpath("//h:nav[@epub:type='page-list']//h:a", namespaces=NS)
    labels = [e.text for e in listed]
    assert labels == sorted(set(sampler.pages_of(draft).values()), key=int)[: len(labels)] and len(labels) > 10
    found = [
        (f"text/{name.rpartition('/')[2]}#{e.get('id')}", e.get("aria-label"))
        for name, root in pages.items()
        for e in root.xpath("//h:span[@role='doc-pagebreak' and @epub:type='pagebreak']", namespaces=NS)
    ]
    assert found == [(e.get("href"), e.text) for e in listed]
    assert "pageNavigation" in claims(files, "accessibilityFeature")
    assert package(files).findtext(".//opf:meta[@property='pageBreakSource']", namespaces=NS)
    for root in pages.values():
        assert not root.xpath("//h:h1//h:span[@role] | //h:h2//h:span[@role='doc-pagebreak']", namespaces=NS)


@pytest.mark.parametrize(
    ("mode", "edition", "source"),
    [
        ("final", "print", "urn:isbn:9783161484100"),
        ("final", "reading", "Every Mile a Story, PDF, build 0123456789ab"),
        ("draft", "print", "Every Mile a Story, PDF, build 0123456789ab"),
    ],
)
def test_pages_are_those_of_the_printed_book_only_when_they_are(
    draft: Draft, mode: str, edition: str, source: str
) -> None:
    final = draft._replace(mode=mode, isbn={"print": "978-3-16-148410-0"})
    root = package(unzipped(made(final, pages=sampler.pages_of(draft), edition=edition)))
    assert root.findtext(".//opf:meta[@property='pageBreakSource']", namespaces=NS) == source
    assert root.findtext(".//dc:source", namespaces=NS) == source


def test_no_pages_no_page_list(draft: Draft) -> None:
    files = unzipped(made(draft))
    assert b"page-list" not in files["EPUB/nav.xhtml"]
    assert not {"pageNavigation", "pageBreakMarkers"} & set(claims(files, "accessibilityFeature"))
    assert b"pageBreakSource" not in files["EPUB/content.opf"] and b"dc:source" not in files["EPUB/content.opf"]


def test_only_true_claims(draft: Draft, files: dict[str, bytes]) -> None:
    assert "alternativeText" in claims(files, "accessibilityFeature")
    assert "textual" in claims(files, "accessModeSufficient")
    assert claims(files, "accessibilityHazard") == ["none"]
    assert b"conformsTo" not in files["EPUB/content.opf"]
    silent = story("silent", "Silent", "S.", picture("mb_silent_f1", "x-800x600.jpg", "3.1", "A caption."))
    written = made(draft._replace(parts=(*draft.parts, silent)))
    bad = unzipped(written)
    assert "alternativeText" not in claims(bad, "accessibilityFeature")
    assert "textual" not in claims(bad, "accessModeSufficient")
    assert "4 of 5 pictures have a description" in claims(bad, "accessibilitySummary")[0]
    assert ("figure", "") in written.transcript
    assert b'alt="Figure 3.1" data-alt="missing"' in b"".join(bad.values())
    assert written.facts["undescribed"] == 1


def test_equal_pictures_share_a_file(draft: Draft) -> None:
    same = [picture(f"mb_twelve_f{n}", "same-400x300.jpg", f"9.{n}", "Same.", "", "The same.") for n in range(1, 13)]
    files = unzipped(made(draft._replace(parts=(story("twelve", "Twelve", "T.", *same),))))
    assert len([name for name in files if "images/photo" in name]) == 1
    page = b"".join(data for name, data in files.items() if "twelve" in name)
    assert page.count(b"<figure") == 12


def test_pictures_are_asked_for_as_large_as_a_tablet_shows_them(draft: Draft) -> None:
    preparer = sampler.PhotoPreparer()
    write(draft, sampler.trade(), preparer, Options())  # type: ignore[arg-type]
    assert {longest for _, longest in preparer.asked} == {1600}
    assert len({path for path, _ in preparer.asked}) == len(preparer.asked)


def test_lost_photo_is_reported_and_its_words_stay(draft: Draft) -> None:
    from milebook.model.findings import Finding, Place
    from milebook.photos import PhotoLost

    class Dark(sampler.PhotoPreparer):
        def prepare(self, path: str, **limits: Any) -> Any:
            raise PhotoLost([Finding("MB402", "gone", Place(path))])

    written = write(draft, sampler.trade(), Dark(), Options())  # type: ignore[arg-type]
    assert {finding.code for finding in written.findings} == {"MB402"}
    assert ("mb_home_f1_caption", "Figure 1.2 The road by the river.") in written.transcript


def test_no_style_sheet_still_makes_a_book(draft: Draft) -> None:
    written = made(draft, Layout(css=""))
    files = unzipped(written)
    assert not [name for name in files if "fonts/" in name]
    assert b"max-width: 100%" in files["EPUB/style.css"]
    assert compare(draft, written.transcript, "epub") == []


def test_right_to_left_book(draft: Draft) -> None:
    files = unzipped(made(draft._replace(language="he", parts=())))
    assert package(files).find("opf:spine", NS).get("page-progression-direction") == "rtl"
    assert documents(files)["EPUB/nav.xhtml"].get("dir") == "rtl"


LINKS = ("http://", "http:///x", "javascript:alert(1)", "file:///etc/passwd", "#nowhere", "http://[foo", "mailto:x")


def hostile(draft: Draft) -> Draft:
    """What no sane book has."""
    numbered = (Container("numbers", 1, 1, "99999999999."),)
    odd = story(
        "odd",
        "A & B <i>",
        "x" * 60,
        p(Role.BODY, tuple(Run(f"L{n} ", link=link) for n, link in enumerate(LINKS)), "mb_odd_p01"),
        p(Role.BODY, "bell ]]> &amp; \u2029 \u200b e\u0301 \U0001f3c3", "mb_odd_p02"),
        p(Role.BODY, (), "mb_odd_p03"),
        p(Role.BODY, "no anchor", ""),
        p(Role.CODE, "]]> </code></pre> <!-- --", "mb_odd_p05"),
        p(Role.LIST_ITEM, "lonely", "mb_odd_p06"),
        p(Role.LIST_ITEM, "big", "mb_odd_p07", inside=numbered),
        picture("mb_odd_f1", "x-40x30.png"),
        picture("mb_odd_f2", "y-800x600.jpg", "", "cap " * 80, "cred", 'a"b<c>\n&'),
        p(Role.LIST_TEXT, "the same item after a photo", "mb_odd_p09", inside=numbered),
        p(Role.SUBHEADING, "same", "mb_odd_h1", level=3),
        p(Role.SUBHEADING, "deep", "mb_odd_h2", level=6),
        p(Role.SUBHEADING, "same", "mb_odd_h3", level=3),
        p(Role.SUBHEADING, "", "mb_odd_h4", level=4),
        p(
            Role.BODY,
            (Run("1", note=1), Run("1", note=1), Run("7", note=7), Run("x", lang="no language"), Run("", query=1)),
            "mb_odd_p10",
            lang="xx-YY",
        ),
        p(Role.VERSE, "a\n\nb\n", "mb_odd_p11"),
        p(Role.SCENE_BREAK, '#"<&', "mb_odd_p13"),
        p(Role.BODY, "W" * 5000, "mb_odd_p14"),
        p(
            Role.BLOCK_QUOTE,
            "q",
            "mb_odd_p15",
            inside=(Container("bullets", 4, 1, "•"), Container("quote", 5), Container("numbers", 6, 1, "a)")),
        ),
        Table("mb_odd_t", (), (), ()),
        Table("mb_odd_t2", ("a", ""), (("1", "2"), ("", "4 <")), (0.5, 0.5)),
        notes=(
            Note(1, "mb_odd_n1", (p(Role.NOTE, "n1", "mb_odd_n1_p01"), p(Role.NOTE, "n1b", "mb_odd_n1_p02"))),
            Note(2, "mb_odd_n2", ()),
        ),
    )
    parts: tuple[Part, ...] = (
        odd,
        Part("story", "story-empty", "", "body", (), (), 2),
        Part("text", "text-e", "Only a title", "back", (), (), 1, role="foreword"),
        Part("weird", "", "", " ", (p(Role.BODY, "in no matter", "9digit"),)),
        *draft.parts,
        Part("story", "story-odd-", "Odd", "body", (p(Role.STORY_TITLE, "Odd", "mb_odd-_title", level=2),), (), 2),
    )
    return draft._replace(
        parts=parts,
        title="The Long & Winding <Account> " * 7,
        subtitle="\x01 & < sub",
        authors=("A & B", "", "Łukasz \x02"),
        description="<b>bold</b> & \x00",
        rights="© & <",
        queries=(DraftQuery(1, "Q1.01", "?", "mb_odd_p10"),),
    )


def test_hostile_book(draft: Draft) -> None:
    odd = hostile(draft)
    written = made(odd, pages=sampler.pages_of(odd))
    assert compare(odd, written.transcript, "epub") == []
    roots = documents(unzipped(written))
    page = next(root for name, root in roots.items() if "story-odd" in name)
    assert not page.xpath("//h:p[@id='mb_odd_p01']//h:a", namespaces=NS)
    assert page.xpath("//h:span[@class='query']/@data-label", namespaces=NS) == ["Q1.01"]
    assert page.xpath("count(//h:li[@class='goes-on'])", namespaces=NS) == 1
    assert page.xpath("//h:p[@id='mb_odd_p10']/@lang", namespaces=NS) == ["und"]
    test_pages_are_sound(roots)


def test_illegal_characters_are_seen_not_lost(draft: Draft) -> None:
    part = story("bad", "Bad", "B.", p(Role.BODY, "a\x00b\ud800c\ufffed", "mb_bad_p01"))
    assert ("mb_bad_p01", "a\ufffdb\ufffdc\ufffdd") in made(draft._replace(parts=(part,))).transcript


def test_many_stories(draft: Draft) -> None:
    parts = tuple(story(f"s{n}", "The Same Title", "By", p(Role.BODY, "Text.", f"mb_s{n}_p01")) for n in range(3000))
    written = made(draft._replace(parts=parts))
    roots = documents(unzipped(written))
    assert len(roots) == 3002
    assert len({root.findtext(".//h:title", namespaces=NS) for root in roots.values()}) >= 3000
    assert len(roots["EPUB/nav.xhtml"].xpath("//h:nav[1]//h:a", namespaces=NS)) == 3000


def test_progress_only_rises(draft: Draft) -> None:
    shares: list[float] = []
    made(draft, progress=shares.append)
    assert shares == sorted(shares) and shares[-1] == 1.0


def test_sampler_has_one_of_everything(draft: Draft) -> None:
    items = [item for part in draft.parts for item in part.items]
    assert {type(item) for item in items} == {Paragraph, Figure, Table}


def test_a_cover_of_another_design_is_not_taken_from_the_cache(draft: Draft, tmp_path: Path) -> None:
    plain = draft._replace(cover="")
    covers = [
        unzipped(made(plain._replace(cover_design=design), cache=str(tmp_path / "cache")))["EPUB/images/cover.jpg"]
        for design in ("road", "type", "road")
    ]
    assert covers[0] != covers[1]
    assert covers[0] == covers[2]


def test_what_stands_under_a_photo_says_its_own_language() -> None:
    shown = picture("f", "gate-90x60.jpg", "1.1", "At the gate", "צילום: Ben", "A gate")
    assert shown.caption is not None and shown.credit is not None
    shown = shown._replace(
        lang="en-US", caption=shown.caption._replace(lang="en-US"), credit=shown.credit._replace(lang="he")
    )
    part = story("gate", "השער", "Ben", shown, lang="he")
    draft = sampler.sampler()._replace(language="en-US", parts=(part,))
    (page,) = [
        root for name, root in documents(unzipped(made(draft))).items() if root.xpath("//h:figure", namespaces=NS)
    ]
    told = {
        tag: [one.get("lang") for one in page.xpath(f"//h:{tag}", namespaces=NS)]
        for tag in ("html", "figure", "img", "figcaption/h:p", "figcaption/h:p/h:span")
    }
    assert told == {
        "html": ["he"],
        "figure": [None],
        "img": ["en-US"],
        "figcaption/h:p": ["en-US", None],
        "figcaption/h:p/h:span": [None],
    }
    named = shown._replace(caption=shown.caption._replace(lang="he"))
    draft = draft._replace(parts=(part._replace(items=(*part.items[:2], named)),))
    found = [
        root.xpath("//h:span[@class='label']/@lang", namespaces=NS)
        for root in documents(unzipped(made(draft))).values()
    ]
    assert ["en-US"] in found
