"""Answers out of a checklist that somebody has filled in: what changed in its rows, and what cannot be understood.

Every change is checked against the row that milebook wrote; with one error, nothing is to be written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from milebook.index.edit import Value
from milebook.model.findings import NOTE, WARNING, Finding, Place
from milebook.model.near_names import did_you_mean, nearest
from milebook.permissions.answers.answered_items import Target
from milebook.permissions.answers.cells import DAYS, possible_days, read_cell
from milebook.permissions.answers.checklist_sheet import Cell, Sheet, column_letters, lost_letters, same, shown
from milebook.permissions.answers.recording import Answer
from milebook.permissions.lists.checklist import CHECKLIST_COLUMNS, checklist_rows
from milebook.permissions.lists.unchanged_cells import out_of_date, untouched
from milebook.permissions.permission_item import PermissionItem

COLUMNS = ("status", "requested", "granted", "evidence", "formats", "territory", "languages", "expires", "restrictions")
"""The columns to be filled in; the others say which row it is, or are worked out by milebook."""
_MOST_GUESSES = 20  # rows of no item for which the nearest one is looked up, which takes long in a large book
_SAME = ("story", "kind", "agreement", "ask")  # a row in which one of these differs is not the row that milebook wrote


class Filled(NamedTuple):
    """What a filled-in checklist says: answers to be written, evidence to be looked up, and what is wrong with it."""

    answers: tuple[Answer, ...]
    evidence: Mapping[str, Place]  # paths as typed, with their cells
    findings: tuple[Finding, ...]


def filled_in(
    sheet: Sheet,
    file: str,
    items: Sequence[PermissionItem],
    stories: Collection[str] = (),
    former: Mapping[str, str] | None = None,
) -> Filled:
    """The answers in a sheet. `file` is what findings call it; `stories` are the ids in the index, of stories out of the book as
    well; `former` gives today's id for each that a story had before. With an error among the findings, nothing is to be written.

    Only what somebody has changed in a row counts; what differs because the index is newer changes nothing.
    """
    return _Reading(sheet, file, items, stories, former or {}).result()


class _Reading:
    def __init__(
        self,
        sheet: Sheet,
        file: str,
        items: Sequence[PermissionItem],
        stories: Collection[str],
        former: Mapping[str, str],
    ) -> None:
        self.sheet, self.file, self.items, self.stories, self.former = sheet, file, items, stories, former
        self.known = {item.item: item for item in items}
        self.in_book = {item.story for item in items}
        rows = checklist_rows(items)
        self.written = {str(row[3]): dict(zip(CHECKLIST_COLUMNS, map(str, row), strict=True)) for row in rows}
        self.findings: list[Finding] = []

    def result(self) -> Filled:
        self._headings()
        changes: list[tuple[PermissionItem, dict[str, Value], int]] = []
        evidence: dict[str, Place] = {}
        for row, cells, item in self._rows():
            fields = self._row(row, cells, item)
            if "evidence" in fields:
                evidence.setdefault(str(fields["evidence"]), self._place(row, "evidence"))
            if fields:
                changes.append((item, fields, row))
        self._agreements(changes)
        return Filled(tuple(self._answers(changes)), evidence, tuple(self.findings))

    def _rows(self) -> Iterator[tuple[int, Sequence[Cell], PermissionItem]]:
        """The rows of items in this book; a row of none, or a second one of the same item, is a finding."""
        seen: dict[str, int] = {}
        gone: dict[str, int] = {}
        strange: list[tuple[int, str, Sequence[Cell]]] = []
        ours = 0
        for row, cells in self.sheet.rows:
            name = str(self.sheet.cell(cells, "item") or "").strip()
            if not name:
                continue
            if name in seen:
                self._wrong(row, "item", f"{name} stands in row {seen[name]} already", "keep one of the two rows")
                continue
            seen[name] = row
            if item := self.known.get(self._today(name)):
                ours += 1
                yield row, cells, item
            elif out := self._out_of_the_book(name, cells):
                gone.setdefault(out, row)
            else:
                strange.append((row, name, cells))
        if seen and not ours:
            fact, cure = "none of its rows is of this book", "name the checklist of this book"
            self.findings = [self._finding(fact, self.sheet.head, "item", cure)]
            return
        for number, (row, name, cells) in enumerate(strange):
            self._unknown(row, name, cells, guess=number < _MOST_GUESSES)
        self.findings.sort(key=lambda finding: finding.place.line)
        for out, row in gone.items():
            fact = f"{out} is no longer in the book; its rows are passed over"
            self.findings.append(self._finding(fact, row, "item", "")._replace(severity=NOTE))

    def _today(self, name: str) -> str:
        """An item, or a story's id, as it is called since `milebook rename`."""
        story, stroke, rest = name.partition("/")
        return f"{self.former.get(story, story)}{stroke}{rest}"

    def _out_of_the_book(self, name: str, cells: Sequence[Cell]) -> str:
        """The story, or else the item, of a row that milebook wrote and that is no longer of the book; "" for another row."""
        story = self._today(name).partition("/")[0]
        if story not in self.in_book:
            ours = story in self.stories or untouched(self.sheet.cell(cells, "as_written"), "item", name)
            return story if ours else ""
        return name if untouched(self.sheet.cell(cells, "as_written"), "item", name) else ""

    def _unknown(self, row: int, name: str, cells: Sequence[Cell], *, guess: bool) -> None:
        story = shown(self.sheet.cell(cells, "story"))
        nearby = [item.item for item in self.items if item.story == story] or list(self.known)
        meant = did_you_mean(name, nearby) if guess else ""
        other = "it may be another book's checklist, or older than a change of ids"
        self._wrong(row, "item", f"there is no item {name} in this book", meant or other)

    def _answers(self, changes: Sequence[tuple[PermissionItem, dict[str, Value], int]]) -> Iterator[Answer]:
        """One answer for each agreement of which every row was filled in alike; else each row is recorded by itself."""
        rows: dict[str, list[tuple[PermissionItem, dict[str, Value]]]] = {}
        covers = Counter(item.agreement for item in self.items)
        for item, fields, _ in changes:
            rows.setdefault(item.agreement or item.item, []).append((item, fields))
        for name, theirs in rows.items():
            alike = len({fields.get("status") for _, fields in theirs}) == 1
            if covers[name] == len(theirs) and alike:
                together = {column: value for _, fields in theirs for column, value in fields.items()}
                yield Answer(Target(tuple(item for item, _ in theirs)), together)
            else:
                yield from (Answer(Target((item,)), fields, apart=True) for item, fields in theirs)

    def _headings(self) -> None:
        for column, word in self.sheet.strange:
            near = nearest(word, [one for one in COLUMNS if one not in self.sheet.headings])
            if near:
                head = self.sheet.head
                where = self._where(f"{column_letters(column)}{head}", head)
                fact = f"{where}: the heading was “{near}” and is “{word}” now"
                self.findings.append(Finding("MB323", fact, Place(self.file, head), "write the heading as it was"))

    def _row(self, row: int, cells: Sequence[Cell], item: PermissionItem) -> dict[str, Value]:
        """What one row changes."""
        fields: dict[str, Value] = {}
        newer: list[str] = []
        emptied: list[str] = []
        for column in COLUMNS:
            cell = self.sheet.cell(cells, column)
            if cell is None or not str(cell).strip():
                emptied += [column] if self._emptied(column, cells, item) else []
            elif column in DAYS and getattr(item.terms, column) in possible_days(cell, self.sheet.first_day):
                continue
            elif self._as_it_was(column, cells):
                newer += self._newer(column, cell, item)
            elif (value := self._value(row, column, cell)) and value != getattr(item.terms, column):
                fields[column] = value
        if "as_written" not in self.sheet.headings and (why := out_of_date(item, fields)):
            newer, fields, emptied = [why], {}, []
        elif self._another(row, cells, item, filled=bool(fields)):
            return {}
        if newer and not fields:
            fact = f"{item.item} has changed since this list was made: the list says {newer[0]}"
            self._doubt(
                row, "item", fact, "nothing is changed; record it with milebook permissions record if it is meant"
            )
        for column in emptied:
            fact = f"{column} of {item.item} was emptied; nothing is taken out of the index that way"
            self._doubt(row, column, fact, "change the index yourself if it is to go")
        self._consistent(row, cells, item, fields)
        return fields

    def _as_it_was(self, column: str, cells: Sequence[Cell]) -> bool:
        """Whether the row tells that nobody has changed a cell of it."""
        cell, mark = self.sheet.cell(cells, column), self.sheet.cell(cells, "as_written")
        read = read_cell(column, cell, self.sheet.first_day).value if cell is not None else ""
        value = ", ".join(read) if isinstance(read, tuple) else read
        values = [value] if value else []
        values += sorted(possible_days(cell, self.sheet.first_day)) if column in DAYS else []
        return bool(untouched(mark, column, shown(cell).strip(), *values))

    def _newer(self, column: str, cell: Cell, item: PermissionItem) -> Iterator[str]:
        """How the index differs from a cell that nobody has touched."""
        now = self.written[item.item][column]
        if now != shown(cell).strip() and read_cell(column, cell, self.sheet.first_day).value != getattr(
            item.terms, column
        ):
            yield f"{column} {shown(cell).strip()}, and the index {now or 'nothing'}"

    def _emptied(self, column: str, cells: Sequence[Cell], item: PermissionItem) -> bool:
        """Whether a cell that holds nothing held something when milebook wrote it."""
        written = self.sheet.heading(column) and self.written[item.item][column]
        return bool(written) and not self._as_it_was(column, cells)

    def _another(self, row: int, cells: Sequence[Cell], item: PermissionItem, *, filled: bool) -> bool:
        """Whether a row is not the row that milebook wrote, which is a finding.

        A letter that was written since may have made an agreement; the row is the same.
        """
        written = self.written[item.item]
        for column in _SAME:
            cell = self.sheet.cell(cells, column)
            kept = untouched(self.sheet.cell(cells, "as_written"), column, shown(cell).strip())
            newer = kept and (column == "agreement" or not filled)
            newer = newer or (column == "story" and self._today(shown(cell).strip()) == written[column])
            unknown = kept is None and not filled
            if self.sheet.heading(column) and not (same(cell, written[column]) or newer or unknown):
                fact = f"{column} of {item.item} was “{written[column]}” and is “{shown(cell)}” now"
                cure = "leave it as milebook wrote it; if the book has changed since, fill in a new checklist"
                if lost_letters(written[column], shown(cell)):
                    fact += ": its letters were lost when the file was saved"
                    cure = "save it again as an Excel workbook (.xlsx) or as “CSV UTF-8”; what you filled in may have lost letters, too"
                self._wrong(row, column, fact, cure)
                return True
        return False

    def _value(self, row: int, column: str, cell: Cell) -> Value:
        """A cell as the index would have it; "" after a finding."""
        read = read_cell(column, cell, self.sheet.first_day)
        if read.fact:
            self._wrong(row, column, read.fact, read.cure)
        return read.value

    def _consistent(self, row: int, cells: Sequence[Cell], item: PermissionItem, fields: dict[str, Value]) -> None:
        status = str(fields.get("status", item.status))
        typed = self.sheet.cell(cells, "status")
        readable = typed is None or read_cell("status", typed).value
        if readable and "granted" in fields and status not in ("granted", "granted_restricted"):
            fact = f"{item.item} has a day in “granted”, but its status is {status}"
            self._wrong(row, "status", fact, "write granted, or take the day out")
        if status == "not_needed" and "status" in fields and not item.terms.reason:
            self._wrong(
                row,
                "status",
                "not_needed wants a reason",
                "use milebook permissions record ITEM --status not_needed --reason …",
            )
        clear = str(self.sheet.cell(cells, "clear") or "").strip()
        mark = self.sheet.cell(cells, "as_written")
        kept = untouched(mark, "clear", clear)
        if kept is None:  # the reason would have changed with it
            kept = clear == self.written[item.item]["clear"] or not self._same_reason(cells, item)
        if clear and not kept and clear != self.written[item.item]["clear"] and "status" not in fields:
            fact = f"“clear” of {item.item} was changed, but milebook works it out"
            self._doubt(row, "clear", fact, "write the status, and name the evidence")

    def _same_reason(self, cells: Sequence[Cell], item: PermissionItem) -> bool:
        return same(self.sheet.cell(cells, "why"), self.written[item.item]["why"])

    def _agreements(self, changes: Iterable[tuple[PermissionItem, dict[str, Value], int]]) -> None:
        """Rows of one agreement that say different things."""
        given: dict[str, tuple[Mapping[str, Value], int]] = {}
        for item, fields, row in changes:
            if not item.agreement:
                continue
            before, where = given.setdefault(item.agreement, (fields, row))
            for column in before.keys() & fields.keys():
                if before[column] != fields[column]:
                    fact = f"rows {where} and {row} are of one agreement, {item.agreement}, but {column} differs"
                    self._wrong(row, column, fact, "write the same in both, or record them one by one with --only")
                    break

    def _wrong(self, row: int, column: str, fact: str, cure: str) -> None:
        self.findings.append(self._finding(fact, row, column, cure))

    def _doubt(self, row: int, column: str, fact: str, cure: str) -> None:
        self.findings.append(self._finding(fact, row, column, cure)._replace(severity=WARNING))

    def _finding(self, fact: str, row: int, column: str, cure: str) -> Finding:
        place = self._place(row, column)
        where = self._where(f"{column_letters(place.column - 1)}{row}", row)
        return Finding("MB323", f"{where}: {fact}", place, cure)

    def _where(self, cell: str, row: int) -> str:
        return f"sheet {self.sheet.name}, cell {cell}" if self.sheet.name else f"row {row}, cell {cell}"

    def _place(self, row: int, column: str) -> Place:
        return Place(self.file, row, self.sheet.headings.get(column, 0) + 1)
