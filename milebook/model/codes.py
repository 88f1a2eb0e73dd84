"""Every finding that milebook can report: one row per code. A code is never given a second meaning.

Families: MB0 files, MB1 the index, MB2 story text, MB3 permissions, MB4 photos and captions, MB5 layouts, MB6 output files,
MB7 packages and proofs, MB8 stories from outside. `docs/codes.md` is made from this table.
"""

from __future__ import annotations

from typing import NamedTuple

from milebook.model.findings import ERROR, NOTE, WARNING


class Code(NamedTuple):
    """A row: how bad it is, what it is called, and a sentence for the manual that says when it is reported."""

    severity: str
    title: str
    about: str


E, W, N = ERROR, WARNING, NOTE

CODES: dict[str, Code] = {}


def _family(rows: dict[str, tuple[str, str, str]]) -> None:
    for code, (severity, title, about) in rows.items():
        if code in CODES:
            raise AssertionError(f"{code} stands twice")
        CODES[code] = Code(severity, title, about)


_family(
    {  # assembly and order: what the index and the stories say together
        "MB180": (
            W,
            "selected story in no chapter",
            "A story has the status “selected”, but no chapter lists or selects it.",
        ),
        "MB181": (E, "no story to print", "No chapter has a single selected story."),
        "MB182": (
            W,
            "photo after a paragraph that is not there",
            "`place: {after: N}` names a paragraph that the story does not have.",
        ),
        "MB183": (W, "chapter that selects nothing", "No selected story matches the chapter's `select:`."),
        "MB184": (
            W,
            "story selected for two chapters",
            "A selection finds a story that is already in another chapter.",
        ),
        "MB185": (W, "story over the limit", "A story has more body words than `story_limit` allows."),
        "MB186": (
            N,
            "limit depends on the way of counting",
            "By one way of counting words a story is over the limit, by the other it is not.",
        ),
        "MB187": (
            N,
            "same contributor twice in a row",
            "Two stories that follow each other are by the same contributor.",
        ),
        "MB188": (W, "two stories with one title", "Two selected stories have the same title."),
        "MB189": (W, "two stories with one text", "Two selected stories have the same words."),
        "MB190": (
            W,
            "placeholder text",
            "A story, title, caption or bio still contains a placeholder such as “TODO” or “lorem ipsum”.",
        ),
        "MB191": (
            E,
            "working title in a final build",
            "A final build or a package needs the title decided: `working_title: false`.",
        ),
        "MB193": (
            W,
            "title or byline typed in the text",
            "A text begins with its own title or byline, which milebook prints above it.",
        ),
        "MB198": (E, "a book is here already", "`milebook init` starts a new book only where there is none."),
        "MB192": (
            N,
            "open query",
            "A query to the editor is still in the text. In a final build or a package it is an error.",
        ),
    }
)
_family(
    {  # layouts
        "MB500": (
            E,
            "layout not found",
            "A layout names a `base:` that is neither built in nor in the book's `layouts/` folder.",
        ),
        "MB501": (E, "unknown key in a layout", "A layout file has a key that milebook does not know."),
        "MB502": (E, "wrong value in a layout", "A value in a layout file is not of the kind that its key needs."),
        "MB503": (E, "layouts that name each other", "A layout's `base:` leads back to itself."),
        "MB504": (
            E,
            "page with no room for text",
            "The margins leave less than two inches for the text, or less than five lines.",
        ),
        "MB505": (
            W,
            "font that milebook does not ship",
            "A layout names a face that cannot be put into a PDF or e-book.",
        ),
    }
)


_family(  # MB000-MB059: reading the book folder (source)
    {
        "MB001": (E, "no index", "The folder has no stories/index.yaml, so there is nothing to build."),
        "MB002": (
            E,
            "path leads out of the book folder",
            "A path with too many .., an absolute path, ~, a drive, a server or a web address. No file outside the book folder is ever read.",
        ),
        "MB003": (
            E,
            "file name cannot be used",
            "A file name is empty, too long, or contains a backslash or an invisible character.",
        ),
        "MB004": (
            E,
            "file is not there",
            "A file that the index or a layout names does not exist. The nearest name in the folder is suggested.",
        ),
        "MB005": (
            E,
            "not a file",
            "A folder, pipe, socket or device stands where a file is expected. It is not opened.",
        ),
        "MB006": (E, "link cannot be followed", "A link leads out of the book folder, to nothing, or back to itself."),
        "MB007": (
            W,
            "capital letters differ",
            "The file is found, but its name is written with other capital letters; computers that tell them apart will not find it.",
        ),
        "MB008": (
            E,
            "two files with one name",
            "Two file names differ only in how their accents are stored, so it is not clear which is meant.",
        ),
        "MB009": (W, "names differ only in capital letters", "Windows and macOS treat two such files as one."),
        "MB010": (E, "file is too big", "The limit is 5 MB for an index, 2 MB for a story and 200 MB for a photo."),
        "MB011": (
            E,
            "file cannot be read",
            "The operating system does not allow the file to be read, or the disk fails.",
        ),
        "MB012": (
            E,
            "text is not UTF-8",
            "A text file is saved in another encoding, such as UTF-16 or that of old Windows programs.",
        ),
        "MB013": (E, "not a plain text", "A Word document, PDF or picture stands where a text file is expected."),
        "MB014": (E, "control character", "A character for machines only, which cannot be printed."),
        "MB015": (
            E,
            "direction override",
            "An invisible character that reverses the direction of the text, so that it reads differently from the way it is stored.",
        ),
        "MB016": (
            W,
            "invisible character",
            "A zero width space, joiner or mark where no script needs it; it often comes with text copied from a web page.",
        ),
        "MB017": (N, "line separator", "U+2028 or U+2029, which is read as the end of a line."),
        "MB018": (
            W,
            "private character",
            "A character of a symbol font, which other computers show differently.",
        ),
        "MB019": (
            W,
            "lost character",
            "The mark that a program left where it could not read a character or dropped a picture.",
        ),
        "MB020": (
            E,
            "changed while building",
            "A file was changed between being read and the end of the build; nothing is written.",
        ),
        "MB021": (E, "not a character", "Half of a character, or a code that Unicode reserves as not a character."),
    }
)

_family(  # the e-book
    {
        "MB630": (
            W,
            "style sheet left out",
            "The layout's style sheet for e-books has a brace, quotation or comment that is never closed, so none of it is used.",
        ),
        "MB631": (
            W,
            "part of the style sheet left out",
            "The layout's e-book style sheet asks for something an e-book cannot have: another file, a font, a writing direction.",
        ),
        "MB632": (
            W,
            "letters missing on the cover",
            "The drawn cover leaves out letters of the title or the names that none of its typefaces has.",
        ),
    }
)


_family(  # MB300-MB329: permissions
    {
        "MB300": (
            W,
            "permission not clear",
            "A text, photo, person or quotation has no permission that is granted, has its evidence, and covers these editions. "
            "`build --final` and `export` refuse until it is clear.",
        ),
        "MB301": (
            E,
            "permission refused or withdrawn",
            "A selected story, or a photo in it, may not be printed: its owner said no.",
        ),
        "MB302": (
            E,
            "dates out of order",
            "An agreement is granted before it was asked for, or ends before it begins. A warning where it is granted after the book's date.",
        ),
        "MB303": (
            E,
            "scope word not known",
            "A territory, language or format of an agreement or of `book.editions` is not one that milebook knows.",
        ),
        "MB304": (
            W,
            "evidence missing or empty",
            "An agreement is granted, but the signed form or e-mail is not named, is missing, or is empty.",
        ),
        "MB305": (W, "no reason for “not needed”", "`status: not_needed` has no `reason:`."),
        "MB306": (
            W,
            "credit differs from the one demanded",
            "A photo's credit differs from the wording its agreement demands; the demanded wording is printed.",
        ),
        "MB307": (W, "stock photo without a limit of copies", "A stock photo's agreement has no `print_run_cap:`."),
        "MB308": (W, "young contributor without a guardian", "A contributor under 18 has no `guardian:` to sign."),
        "MB309": (
            W,
            "release signed by someone else",
            "An adult is shown in a photo, or wrote a story, but another person signed the release.",
        ),
        "MB310": (
            W,
            "withheld name in print",
            "A text, caption, credit or bio gives away the legal name of a contributor who is anonymous or uses a pseudonym.",
        ),
        "MB311": (W, "e-mail address in print", "A contributor's e-mail address is printed in a text, caption or bio."),
        "MB312": (
            N,
            "verse or lyric not declared",
            "A passage looks like the words of a song or a poem, and the index says nothing about it under `quotes:`.",
        ),
        "MB313": (
            N,
            "long quotation not declared",
            "A long passage is in quotation marks or set as a block quotation, and the index says nothing about it.",
        ),
        "MB314": (W, "declared quotation not in the story", "The words under `quotes:` are not in the story's text."),
        "MB315": (
            W,
            "unknown name in a letter",
            "A letter's template has a name in braces that milebook does not know.",
        ),
        "MB316": (
            W,
            "address that cannot be written to",
            "Mail cannot be sent to an agreement's e-mail address.",
        ),
        "MB317": (
            E,
            "evidence to record not found",
            "`permissions record --evidence` names no file of the book folder.",
        ),
        "MB318": (
            E,
            "index not changed",
            "An answer, request or withdrawal could not be written into the index safely.",
        ),
        "MB323": (
            E,
            "checklist not understood",
            "A filled-in checklist has a cell that milebook cannot take as an answer: an unknown status, a day that could be two, a changed row.",
        ),
        "MB324": (
            W,
            "form says something else",
            "A release form that is filed as evidence is of another book, about other things, or says no.",
        ),
        "MB322": (
            W,
            "withdrawn person still named",
            "A caption, credit or alt text names somebody whose permission, or whose story, is withdrawn or refused.",
        ),
        "MB321": (
            W,
            "letters that the form cannot show",
            "A name or title on a release form has letters that none of its faces has. The Word letter shows them.",
        ),
        "MB320": (
            W,
            "one file as the evidence of two people",
            "The same file is filed as the evidence of two people. Each of them has to agree; one form signed by both is fine.",
        ),
    }
)
_family(
    {  # prose: the text of stories, openings and front matter
        "MB200": (E, "empty text", "A story's file contains no text."),
        "MB201": (
            W,
            "link left out",
            "A link in a story does not lead to a whole http, https or mailto address; its words stay.",
        ),
        "MB202": (
            W,
            "picture inside a story",
            "Pictures belong in the index, under the story's `photos:`; the description stays as text.",
        ),
        "MB203": (
            W,
            "note without a text",
            "A note mark `[^1]` has no line `[^1]: …`, and is printed as typed.",
        ),
        "MB204": (
            W,
            "note that nothing refers to",
            "A note's text has no mark in the story, or a second text has the same mark.",
        ),
        "MB205": (
            W,
            "query that is not closed",
            "A query to the editor lacks its `{>>` or `<<}` and is printed as text.",
        ),
        "MB206": (
            N,
            "short lines that will run together",
            "A paragraph looks like verse or an address, but its lines do not end in a backslash.",
        ),
        "MB207": (W, "very long paragraph", "A paragraph has more than 20,000 characters."),
        "MB208": (
            W,
            "marks too tangled to read",
            "Quotes, lists, brackets or emphasis are nested too deeply; the marks are printed as typed.",
        ),
        "MB209": (W, "settings at the top of a story", "Lines between `---`, as blogs use them, are printed as text."),
        "MB210": (W, "HTML in a story", "A tag such as `<b>` is printed as typed."),
        "MB211": (
            N,
            "line of === or ``` signs",
            "Some programs mark titles or program text so. In milebook a row of = is a scene break, and ``` is printed as typed.",
        ),
        "MB212": (W, "paragraph marked by an indent only", "Paragraphs need an empty line between them."),
        "MB214": (
            W,
            "paragraphs without an empty line between them",
            "Lines that look like paragraphs of their own follow each other without an empty line, so that they are printed as one.",
        ),
        "MB215": (
            W,
            "e-mail saved whole",
            "A story's file contains an e-mail's headers, signature or encoding marks, and they are printed.",
        ),
        "MB213": (
            W,
            "address that no link uses",
            "A line `[name]: https://…` belongs to no link and is printed as text.",
        ),
        "MB221": (
            W,
            "passage in a language that does not exist",
            "The tag of a passage, as in `[Bonjour]{lang=fr}`, is not in the registry of languages.",
        ),
        "MB222": (
            W,
            "text damaged by pasting",
            "Letters were read in a wrong encoding (`donâ€™t`), an apostrophe was lost (`don?t`), or a bullet or quotation mark of another "
            "program was left. `milebook check --fix` shows and repairs it.",
        ),
        "MB220": (
            E,
            "part of a text would be lost",
            "Each sign of a story is printed or is a mark that the guide names. This one is neither, so nothing is built.",
        ),
    }
)


_family(
    {  # the index: how it is written (located) and what it says (index)
        "MB100": (E, "index without content", "The index is empty, or contains no fields."),
        "MB101": (
            E,
            "line that cannot be read",
            "A line breaks the rules of YAML: a colon or a mark in a text without quotes, a quotation mark or bracket that is never closed, a tab, indentation that does not fit.",
        ),
        "MB102": (
            E,
            "invisible character in a value",
            "A value written with an escape contains an invisible character.",
        ),
        "MB103": (
            E,
            "feature of YAML that is not used",
            "Labels and copies (& and *), instructions (!), merging (<<), a second document, lists as names of fields, and nesting of more than fifty levels.",
        ),
        "MB104": (
            E,
            "story listed twice",
            "A story stands twice in one chapter's list, or in the lists of two chapters.",
        ),
        "MB105": (
            E,
            "field given twice",
            "One group has two lines for the same field; only one of them can be meant.",
        ),
        "MB106": (
            E,
            "unknown field",
            "A field has a name that milebook does not know. The nearest known name is suggested.",
        ),
        "MB107": (
            E,
            "something required is missing",
            "The book's title, a chapter's id and title, a story's id, title and contributor's name, an agreement's status and a photo's file must be there.",
        ),
        "MB108": (
            E,
            "value of another kind",
            "A list or a group of fields stands where a text is expected, or the other way round.",
        ),
        "MB109": (
            E,
            "text lost to a comment",
            "A “#” after a space begins a comment, so that “title: #1 dad” is an empty title. A warning where some text is left.",
        ),
        "MB110": (E, "neither true nor false", "A field that is true or false has another word, such as yes or no."),
        "MB111": (
            E,
            "number that cannot be right",
            "A whole number is not written in figures, or is too small or too large; a year is not a year.",
        ),
        "MB112": (E, "date that cannot be right", "A date is not written YYYY-MM-DD, or is no day of the calendar."),
        "MB113": (
            E,
            "unknown word",
            "A field that takes one of a few words has another one.",
        ),
        "MB114": (
            E,
            "line break in a one-line field",
            "A title, name, address or other one-line field contains a line break.",
        ),
        "MB115": (
            E,
            "faulty id",
            "Ids are made of small letters a to z, digits, hyphens and underscores, and begin with a letter or digit.",
        ),
        "MB116": (
            E,
            "id given twice",
            "Two stories, two chapters or two agreements have the same id; capital letters make no difference.",
        ),
        "MB117": (
            E,
            "agreement that is not there",
            "A permission names an agreement that the index does not have. The nearest id is suggested.",
        ),
        "MB118": (
            E,
            "story that is not there",
            "A chapter lists a story that the index does not have. The nearest id is suggested.",
        ),
        "MB119": (
            W,
            "listed story that is not selected",
            "A chapter lists a story whose status is not “selected”; it is left out.",
        ),
        "MB120": (W, "chapter without stories", "A chapter's list of stories is empty."),
        "MB121": (
            E,
            "list and selection",
            "A chapter has exactly one of `stories:` and `select:`, and a selection says what it looks for.",
        ),
        "MB123": (E, "faulty e-mail address", "An e-mail address is not a single valid address."),
        "MB124": (E, "faulty language tag", "A language is not written as a BCP 47 tag such as en-US."),
        "MB125": (
            E,
            "faulty ISBN",
            "An ISBN does not have thirteen digits, has a wrong check digit, or is given to two formats.",
        ),
        "MB126": (E, "faulty byline", "The pattern for bylines has an unknown part, a single brace, or no {name}."),
        "MB127": (E, "faulty place of a photo", "`place:` is start, end or {after: N}."),
        "MB129": (
            W,
            "two stories with one file",
            "Two stories have the same file, so that the same text would be printed twice.",
        ),
        "MB130": (
            E,
            "unknown part of the book",
            "`front:` or `back:` names neither a part that milebook makes nor a text (.md).",
        ),
        "MB131": (N, "agreement without use", "Nothing in the index refers to an agreement."),
        "MB133": (
            W,
            "quotation marks around a whole value",
            "Curly quotation marks around a title or name are printed as part of it. YAML's own quotes are straight.",
        ),
        "MB136": (
            N,
            "file that no entry names",
            "A text or photo lies beside the index, and nothing in the index names it.",
        ),
        "MB137": (
            W,
            "one photo in two stories",
            "The same photo, by its name or its contents, is printed in two stories.",
        ),
        "MB138": (
            N,
            "one contributor under two spellings",
            "Two names differ so little, or share an address, that they may be one person's.",
        ),
        "MB139": (W, "two stories that say nearly the same", "Two selected stories share nearly all of their words."),
        "MB132": (
            W,
            "part given twice",
            "The same part or text is listed twice in `front:` and `back:`; the second is left out.",
        ),
        "MB350": (
            W,
            "minor without a guardian",
            "A person in a photo is under eighteen, and no guardian is named who could sign.",
        ),
        "MB450": (W, "photo without alt text", "A photo of a selected story has no alt text, and is not decorative."),
        "MB451": (W, "photo without caption", "A photo of a selected story has no caption, and is not decorative."),
        "MB452": (W, "alt text same as caption", "A photo's alt text repeats the caption, which readers hear anyway."),
        "MB453": (N, "long alt text", "A photo's alt text has more than 140 characters."),
        "MB454": (
            W,
            "photo without credit",
            "A photo of a selected story has no credit line, in the index or in its agreement.",
        ),
    }
)


_family(  # MB400-MB429: photos (pictures)
    {
        "MB401": (
            E,
            "not a photo",
            "A web page, an SVG drawing, a video, a text or unreadable data where a photo is expected.",
        ),
        "MB402": (
            E,
            "damaged photo",
            "The file ends before the picture is complete, or is damaged inside. Incomplete photos are never printed.",
        ),
        "MB403": (
            E,
            "photo is too large",
            "A photo may have 250 million pixels as JPEG or HEIC, and 60 million in other formats. Larger ones are not opened.",
        ),
        "MB404": (
            W,
            "several pictures in one file",
            "An animation or the pages of a scan: only the first picture is printed.",
        ),
        "MB405": (W, "photo is small", "A photo of fewer than 900 pixels across prints at less than three inches."),
        "MB406": (
            E,
            "photo format that cannot be read here",
            "HEIC and AVIF need libraries that this computer does not have.",
        ),
        "MB407": (
            W,
            "damaged color profile",
            "The photo's ICC profile cannot be read or belongs to another color model.",
        ),
    }
)

_family(
    {  # the press: PDF
        "MB600": (
            W,
            "character that the PDF cannot print",
            "None of milebook's typefaces has the character; an open square is printed in its place.",
        ),
        "MB601": (
            W,
            "photo too small for print",
            "The print edition prints a photo smaller than there is room for, because it has too few pixels.",
        ),
        "MB602": (
            W,
            "writing without spaces between words",
            "Thai, Lao, Khmer and Burmese are written without spaces between words, so lines in the PDF may end inside a word.",
        ),
        "MB603": (W, "unknown typeface", "The layout asks for a typeface that milebook does not have."),
        "MB604": (E, "photo that cannot be printed", "A photo could not be prepared for the PDF."),
        "MB650": (
            N,
            "front matter of milebook's own choice",
            "The index says nothing of the front matter; the book gets what every book has.",
        ),
        "MB651": (
            E,
            "pages that the printer cannot bind",
            "The book has fewer or more pages than the printer of the cover takes.",
        ),
        "MB652": (N, "spine too thin for words", "The printer prints no words on the spine of so few pages."),
        "MB653": (
            W,
            "cover without a barcode",
            "The index has no ISBN of the printed book, so the place of the barcode stays empty.",
        ),
        "MB654": (
            N,
            "back cover without words",
            "Neither back_cover nor description has words for the back of the cover.",
        ),
        "MB655": (
            W,
            "cover picture of few pixels",
            "The cover picture would be printed at less than 300 pixels an inch.",
        ),
        "MB656": (
            W,
            "cover picture of another shape",
            "The cover picture has to be cut to fill the front of the printed book.",
        ),
        "MB657": (W, "dark photo", "A photo of the print edition is so dark that paper would show little of it."),
    }
)


_family(  # MB060-MB099: writing the outputs (export)
    {
        "MB060": (
            E,
            "no room to write",
            "The disk is full, or a limit on file size is reached. The old files are unchanged.",
        ),
        "MB061": (
            E,
            "writing is not allowed",
            "The disk is read-only, the folder belongs to someone else, or another program has the file open.",
        ),
        "MB062": (
            E,
            "output name cannot be used",
            "The name of an output file is too long or contains a character that file names cannot have.",
        ),
        "MB063": (E, "writing failed", "The disk or the connection to it failed. The old files are unchanged."),
        "MB064": (
            E,
            "something is in the way",
            "A folder stands where an output file should go, or a file where a folder should.",
        ),
        "MB065": (
            E,
            "output folder cannot be used",
            "The output folder must be inside the book folder, apart from stories and layouts, and not a link that leads out.",
        ),
        "MB066": (
            E,
            "another build is running",
            "Two commands must not write into one folder at once. The second waits five seconds.",
        ),
        "MB067": (E, "output is a source", "Through a link, an output file is the same file as a source of the book."),
        "MB068": (
            N,
            "earlier run finished",
            "An earlier command was stopped while it was replacing files; this one finished that first.",
        ),
        "MB069": (
            W,
            "old file is left",
            "A file of an earlier package could not be deleted.",
        ),
        "MB070": (
            E,
            "another command is changing the book",
            "Only one command at a time may change the stories. The second waits ten seconds, then says which one is at work.",
        ),
        "MB071": (
            E,
            "file saved meanwhile",
            "A file that a command was about to change was saved by an editor in that moment. What you saved stays.",
        ),
        "MB072": (
            N,
            "interrupted change settled",
            "A command was killed while it changed the stories. The next one, of any kind, finishes the change or takes it back.",
        ),
        "MB073": (
            E,
            "change neither finished nor taken back",
            "The disk failed while files were put in place, and again while they were put back. The next command settles it.",
        ),
        "MB074": (
            E,
            "no place for what undo needs",
            "The folder `.milebook` holds what `milebook undo` and an interrupted change need. A file or link stands in its place.",
        ),
        "MB075": (
            E,
            "name that some computers cannot hold",
            "A new file would have a name that Windows refuses: a device such as `con`, a reserved character, a period at the end.",
        ),
        "MB080": (
            E,
            "index cannot be changed like this",
            "`milebook set` or `milebook rename` cannot change the index safely, or a chapter takes its stories by a selection.",
        ),
        "MB081": (
            E,
            "edited since",
            "`milebook undo` would overwrite what you have edited since the change, or what it was before is no longer kept.",
        ),
        "MB082": (
            E,
            "nothing to take back",
            "No change by a milebook command is kept that `milebook undo` could take back.",
        ),
        "MB076": (
            E,
            "two names that are one",
            "A new file's name differs from another's only in capitals or in how accents are stored. On Windows and the Mac they are one file.",
        ),
    }
)

_family(
    {  # what the press made, compared with the book
        "MB640": (
            E,
            "a file differs from the book",
            "After a build the words, captions and numbers of each file are compared with the book; nothing is written if one is lost, changed or moved.",
        ),
        "MB730": (
            W,
            "list of made files unreadable",
            "`build/made.json`, in which milebook keeps account of the files it has made, is damaged.",
        ),
        "MB731": (
            W,
            "outdated file left",
            "`milebook build --tidy` left a file with an old title or chapter in its name, because somebody has changed it.",
        ),
        "MB720": (
            E,
            "not a package",
            "`milebook export --verify` was given something without a readable manifest.",
        ),
        "MB721": (E, "file of a package changed", "A file of a package is not what was sent."),
        "MB722": (E, "file of a package missing", "The manifest names a file that is missing."),
        "MB723": (E, "file not of the package", "A package contains a file that its manifest does not name."),
        "MB724": (
            E,
            "photo that cannot be packed",
            "The location data of a photo could not be removed for the package.",
        ),
        "MB710": (
            E,
            "not the record of a proof",
            "`milebook proof --since` found a file that is not the record of an earlier proof.",
        ),
    }
)

_family(
    {  # stories that come in
        "MB800": (
            E,
            "stories cannot be added to the index",
            "`milebook import` or `milebook add` could not put entries into the index without changing something else.",
        ),
        "MB801": (
            E,
            "file changed while it was imported",
            "A file was changed or removed between the plan and the writing. Nothing was imported.",
        ),
    }
)

_family(
    {  # returned Word files
        "MB830": (
            E,
            "returned file cannot be read",
            "`milebook review` was given something that is no Word file, is damaged or protected, or is made to do harm.",
        ),
        "MB831": (
            E,
            "not a proof of this book",
            "A returned file names no build, or a build of which there is no record in `build/proofs/`.",
        ),
        "MB832": (
            E,
            "changed by author and editor",
            "Since the proof was made, the author has changed words that the editor changed too. The story is left alone.",
        ),
        "MB833": (
            W,
            "change to be made by hand",
            "A change in a returned file that cannot be merged: it says why, and the report shows it.",
        ),
    }
)
