"""The files of letters: an e-mail with its attachments, a Word letter, and the form to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from milebook.app.load import Ready
from milebook.app.publish import Contents, Output
from milebook.app.stamp import make_stamp
from milebook.layout import Layout
from milebook.model.book import Book
from milebook.model.draft import Draft, Figure, Item, Paragraph, Part, Role, Stamp
from milebook.model.findings import Finding, Place
from milebook.model.slugs import free_name, slug
from milebook.model.text import Run
from milebook.permissions.requests.form_sheet import FormPicture
from milebook.permissions.requests.form_text import missing
from milebook.permissions.requests.letter_mail import Attachment, to_eml
from milebook.permissions.requests.letters import Letter
from milebook.permissions.requests.release_form import release_form
from milebook.photos import PhotoLost, PhotoPreparer
from milebook.source import BookFolder
from milebook.writers import FORMATS, Options

_THUMBNAIL = 480  # pixels of the longer side
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {".docx": _DOCX, ".pdf": "application/pdf", ".epub": "application/epub+zip"}


def letter_files(
    loaded: Ready, layout: Layout, letters: Sequence[Letter], day: str, proofs: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Output], list[Finding]]:
    """The files of these letters by name, dated `day`. `proofs` are paths of proofs to be attached, by the story's id."""
    book, folder = loaded.book, loaded.folder
    preparer = PhotoPreparer(folder)
    made_before = BookFolder(folder.root)  # not `folder`, which would take what it reads for a source of the book
    stamp = make_stamp(day, folder.read, f"letters {layout.name}")
    files: dict[str, Output] = {}
    findings: list[Finding] = []
    for letter in letters:
        name = free_name(f"{day}-{_stem(letter)}", lambda stem: f"{stem}.eml" in files)
        held = _contents(letter)
        pictures = _pictures(letter, preparer)
        form = release_form(book, letter, pictures, (layout.page.width, layout.page.height))
        written = FORMATS["docx"].writer()(letter_draft(book, letter, stamp), layout, preparer, Options())
        findings += [finding for finding in written.findings if finding not in findings]
        attached = [
            Attachment(f"{name}.docx", _DOCX, written.data),
            Attachment(f"{name}-form.pdf", "application/pdf", form),
        ]
        stories = dict.fromkeys(item.story for item in letter.items if item.need.photo is None)
        for path in dict.fromkeys(path for story in stories for path in proofs.get(story, ())):
            data, found = made_before.read_bytes(path, Place(path))
            findings += found
            if data is not None:
                attached.append(
                    Attachment(
                        path.rpartition("/")[2], _TYPES.get(path[path.rfind(".") :], "application/octet-stream"), data
                    )
                )
        mail, problem = to_eml(letter, book, stamp, attached)
        findings += _doubts(letter, problem)
        files[f"{name}.eml"] = Output(mail, "letter", held)
        files[f"{name}.docx"] = Output(written.data, "letter", held)
        files[f"{name}-form.pdf"] = Output(form, "form", held)
    return files, findings


def _stem(letter: Letter) -> str:
    """The signer's name for a file's name; a withheld one gives way, for the list of made files holds the names of files."""
    first = letter.items[0]
    if first.whom.withheld:
        name = slug(first.whom.name, "") if first.whom.name else "anonymous"  # none where it has no letters from A to Z
        return "-".join(filter(None, (name, first.story or "cover")))
    return slug(letter.signer, first.story or "letter")


def _contents(letter: Letter) -> Contents:
    """What is in a letter: names of contributors only as printed, so that no legal name gets into the list of made files."""
    stories = dict.fromkeys(item.story for item in letter.items if item.story)
    photos = dict.fromkeys(
        item.need.photo.path for item in letter.items if item.need.photo is not None and item.need.photo.path
    )
    people = dict.fromkeys(
        item.whom.name for item in letter.items if item.whom.name and not (item.whom.signs_for or item.whom.anonymous)
    )
    return Contents(tuple(stories), tuple(photos), tuple(people))


def _pictures(letter: Letter, preparer: PhotoPreparer) -> dict[str, FormPicture]:
    """Small pictures of the photos that are asked for; one that cannot be read is left out, and reported by `check`."""
    found: dict[str, FormPicture] = {}
    for path in dict.fromkeys(asked.photo for asked in letter.asked if asked.photo):
        try:
            made = preparer.prepare(path, max_width=_THUMBNAIL, max_height=_THUMBNAIL)
            found[path] = FormPicture(made.fetch(), made.width, made.height)
        except PhotoLost:
            continue
    return found


def _doubts(letter: Letter, problem: str) -> list[Finding]:
    findings = []
    place = letter.items[0].terms.at("email")
    if problem:
        findings.append(Finding("MB316", problem, place, "correct the address, or send the letter by post"))
    lost = missing(
        "".join(
            [
                letter.signer,
                letter.subject,
                *(text for asked in letter.asked for text in (asked.sentence, *dict(asked.details).values())),
            ]
        )
    )
    if lost:
        fact = f"the form for {letter.items[0].signer} has letters that none of its faces has, and □ in their places: {lost}"
        findings.append(
            Finding("MB321", fact, letter.items[0].place, "the Word letter shows them; ask for the signature on that")
        )
    return findings


def letter_draft(book: Book, letter: Letter, stamp: Stamp) -> Draft:
    """A letter as a Draft: one paragraph a block, and a small picture under what is asked for about a photo."""
    parts: list[Item] = []
    asked = dict(zip(letter.listings, letter.asked, strict=True))
    pixels = {item.need.photo.path: item.need.photo.pixels for item in letter.items if item.need.photo is not None}
    for number, block in enumerate(filter(str.strip, letter.body.split("\n\n")), 1):
        role = Role.BODY_FIRST if number == 1 else Role.BODY
        words = "\n".join(line.strip() for line in block.strip("\n").split("\n"))
        parts.append(Paragraph(role, (Run(words),), f"mb_letter_p{number:02d}"))
        shown = asked.get(block.strip("\n"))
        if shown is not None and shown.photo and pixels.get(shown.photo, (0, 0))[0]:
            alt = "The photo that this is about"
            parts.append(Figure(shown.photo, pixels[shown.photo], "", "", alt, False, f"mb_letter_f{number:02d}"))
    part = Part("text", "mb_letter", "", "body", tuple(parts), level=0, lang="en")
    return Draft(
        title=letter.subject,
        subtitle="",
        authors=book.info.authors,
        language="en",
        publisher="",
        description="",
        rights="",
        isbn={},
        identifier="",
        mode="final",
        parts=(part,),
        stamp=stamp,
    )
