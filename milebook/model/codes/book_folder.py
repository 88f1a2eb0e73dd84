"""Findings about files: reading the book folder, and writing into it (MB0)."""

from __future__ import annotations

from milebook.model.codes.row import E, N, Row, W

ROWS: dict[str, Row] = {
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
    "MB005": (E, "not a file", "A folder, pipe, socket or device stands where a file is expected. It is not opened."),
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
    "MB011": (E, "file cannot be read", "The operating system does not allow the file to be read, or the disk fails."),
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
    "MB018": (W, "private character", "A character of a symbol font, which other computers show differently."),
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
    "MB069": (W, "old file is left", "A file of an earlier package could not be deleted."),
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
    "MB076": (
        E,
        "two names that are one",
        "A new file's name differs from another's only in capitals or in how accents are stored. On Windows and the Mac they are one file.",
    ),
    "MB077": (
        E,
        "write-protected file",
        "A file that is to be changed is marked read-only. Files copied from a CD or a camera often are, without anybody meaning it.",
    ),
    "MB078": (
        W,
        "list of an interrupted change damaged",
        "A command was killed while it changed the stories, and the disk has damaged what it noted. The files from before are kept in `.milebook/`.",
    ),
    "MB079": (
        E,
        "files neither replaced nor put back",
        "The disk failed while new files took the place of earlier ones, and again while those were put back. The next command finishes it.",
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
}
