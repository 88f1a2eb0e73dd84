"""Every code is shown by a tiny book in tests/findings/, whose comments say which findings are expected, and no others.

    title: The Oak: A Story   # MB101: part of the message; MB106
    # next line: MB109
    title: #1 dad

What cannot be said in a comment (stories, photos, findings about a file as a whole) stands in a file EXPECTED beside the
index: `stories/oak.md:3 MB201: part of the message`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from milebook.app.build import check
from milebook.app.load import blocked, load, settled
from milebook.model.codes import CODES, FAMILIES
from milebook.model.findings import Finding
from milebook.permissions import gate

CHECKS = Path(__file__).parent
FOLDERS = sorted(path for path in CHECKS.iterdir() if path.is_dir())

# Codes that no folder of text files can show, with the test that shows them.
SHOWN_ELSEWHERE: dict[str, str] = {
    "MB730": "app/test_publish.py::test_a_damaged_account_is_told_and_begun_anew",
    "MB731": "app/test_publish.py::test_outdated_files_are_listed_and_removed",
    "MB800": "intake/test_import.py::test_an_index_that_cannot_take_stories",
    "MB801": "intake/test_import.py::test_a_file_that_goes_away_meanwhile",
    "MB006": "source/test_source.py::test_links_out_in_a_loop_and_to_nothing",
    "MB008": "source/test_source.py::test_accents_stored_either_way_are_one_name",
    "MB009": "source/test_source.py::test_capital_letters",
    "MB010": "source/test_source.py::test_files_that_are_too_big_are_not_read",
    "MB011": "source/test_source.py::test_a_file_without_the_right_to_read",
    "MB020": "source/test_source.py::test_changes_since_reading",
    "MB060": "output/test_output.py::test_a_disk_that_is_really_full",
    "MB061": "output/test_output.py::test_a_disk_that_is_really_full",
    "MB062": "output/test_output.py::test_refused_names",
    "MB063": "output/test_output.py::test_a_disk_without_second_names",
    "MB064": "output/test_output.py::test_a_link_in_place_of_the_lock_is_not_followed",
    "MB065": "output/test_output.py::test_a_folder_that_holds_a_source_is_refused",
    "MB066": "output/test_output.py::test_the_second_of_two_builds_names_the_first",
    "MB067": "output/test_output.py::test_an_output_that_is_a_source_is_refused",
    "MB068": "output/test_output.py::test_killed_at_every_step",
    "MB069": "output/test_output.py::test_what_cannot_be_swept_is_said",
    "MB070": "output/test_transaction.py::test_the_second_of_two_waits_then_names_the_first",
    "MB071": "output/test_transaction.py::test_what_an_editor_saved_meanwhile_stays",
    "MB072": "output/test_transaction.py::test_killed_at_every_step",
    "MB073": "output/test_transaction.py::test_a_disk_that_fails_half_way_is_told",
    "MB074": "output/test_transaction.py::test_a_store_that_leads_out_of_the_book_is_not_used",
    "MB075": "output/test_transaction.py::test_names_that_windows_cannot_hold",
    "MB076": "output/test_transaction.py::test_names_that_are_one_elsewhere",
    "MB078": "output/test_tampered_store.py::test_earlier_files_are_kept_where_the_journal_cannot_be_read",
    "MB079": "output/test_output.py::test_what_can_be_neither_replaced_nor_put_back",
    "MB077": "output/test_transaction.py::test_a_write_protected_file_is_left_alone",
    "MB080": "app/test_set_rename_undo.py::test_a_file_in_the_way_is_not_overwritten",
    "MB081": "app/test_set_rename_undo.py::test_what_was_edited_since_is_named_and_stays",
    "MB082": "app/test_set_rename_undo.py::test_undo_goes_back_step_by_step_and_redo_forward",
    "MB137": "checks/test_forgotten.py::test_one_photo_in_two_stories",
    "MB138": "checks/test_forgotten.py::test_two_spellings",
    "MB139": "checks/test_forgotten.py::test_nearly_the_same_words",
    "MB191": "app/test_build.py::test_a_working_title_is_printed_on_drafts_and_refused_by_final",
    "MB198": "app/test_build.py::test_a_started_book_builds_at_once_and_is_not_overwritten",
    "MB220": "markdown/test_markdown.py::test_a_sign_that_would_be_lost_is_found",
    "MB315": "permissions/test_permissions_command.py::test_a_letter_of_one_s_own",
    "MB316": "permissions/test_permissions_command.py::test_an_address_that_no_mail_can_be_sent_to",
    "MB317": "permissions/test_permissions_command.py::test_record_refuses",
    "MB318": "permissions/test_permissions_command.py::test_record_refuses",
    "MB321": "permissions/test_release_forms.py::test_letters_that_no_face_has_are_told",
    "MB323": "permissions/test_permission_checklist_filled_in.py::test_what_cannot_be_understood_is_told_with_its_cell_and_nothing_is_written",
    "MB324": "permissions/test_release_forms.py::test_a_form_filed_as_evidence_is_read",
    "MB406": "photos/test_photos.py::test_a_kind_that_this_computer_cannot_read_is_named",
    "MB601": "writers/pdf/test_book.py::test_photos_too_small_for_print_are_named",
    "MB603": "writers/pdf/test_text.py::test_an_unknown_typeface_is_reported",
    "MB604": "writers/pdf/test_book.py::test_a_photo_that_fails_is_a_finding",
    "MB630": "writers/epub/test_epub_pieces.py::test_style_sheet",
    "MB631": "writers/epub/test_epub_pieces.py::test_style_sheet",
    "MB632": "writers/epub/test_epub_pieces.py::test_letters_that_no_face_has_are_reported",
    "MB640": "writers/test_comparison.py::test_every_difference_is_an_error_that_names_it",
    "MB651": "app/test_cover.py::test_a_printer_that_cannot_bind_so_few_pages",
    "MB652": "app/test_cover.py::test_what_a_cover_lacks_is_said",
    "MB653": "app/test_cover.py::test_what_a_cover_lacks_is_said",
    "MB654": "app/test_cover.py::test_what_a_cover_lacks_is_said",
    "MB655": "app/test_cover.py::test_a_picture_that_does_not_suit_the_front",
    "MB656": "app/test_cover.py::test_a_picture_that_does_not_suit_the_front",
    "MB657": "writers/pdf/test_book.py::test_a_dark_photo_is_named_with_its_number",
    "MB710": "app/test_proof.py::test_since_something_that_is_no_record",
    "MB720": "package/test_manifest.py::test_no_package_at_all",
    "MB721": "package/test_manifest.py::test_a_file_that_was_changed",
    "MB722": "package/test_manifest.py::test_a_file_that_is_missing",
    "MB723": "package/test_manifest.py::test_a_file_that_was_not_sent",
    "MB327": "permissions/test_permissions_command.py::test_a_final_build_names_restrictions",
    "MB724": "photos/test_strip_metadata.py::test_a_photo_that_cannot_be_packed_is_named",
    "MB830": "review/test_review.py::test_what_is_no_proof_of_this_book_is_refused",
    "MB831": "review/test_review.py::test_what_is_no_proof_of_this_book_is_refused",
    "MB832": "review/test_apply.py::test_a_clash_leaves_the_story_alone",
    "MB833": "review/test_apply.py::test_what_cannot_be_merged_is_told",
}

_COMMENT = re.compile(r"#\s*(next line:\s*)?(MB\d{3}.*)$")
_EXPECTED = re.compile(r"(MB\d{3})(?:: (.*))?")


class Expected(NamedTuple):
    file: str
    line: int
    code: str
    message: str


def expected_in(folder: Path) -> list[Expected]:
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            if match := _COMMENT.search(line):
                at = number + 1 if match.group(1) else number
                found += [Expected(name, at, *parts(entry)) for entry in match.group(2).split("; ")]
    if (folder / "EXPECTED").exists():
        for line in (folder / "EXPECTED").read_text("utf-8").splitlines():
            place, _, entry = line.partition(" ")
            name, _, row = place.partition(":")
            found.append(Expected(name, int(row or 0), *parts(entry)))
    return found


def parts(entry: str) -> tuple[str, str]:
    match = _EXPECTED.fullmatch(entry.strip())
    assert match, f"this is not an expectation: {entry!r}"
    return match.group(1), match.group(2) or ""


def findings_in(folder: Path, expected: list[Expected]) -> list[Finding]:
    """What `milebook check` finds. The PDF, which takes most of its time, is made only where a finding about it is expected."""
    if any(each.code.startswith(("MB5", "MB6")) for each in expected):
        return list(check(folder).findings)
    loaded = load(folder)
    findings = [*loaded.findings]
    if loaded.book is not None and not blocked(findings):
        findings += gate(loaded.items, "draft")
    return settled(findings)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_the_book_has_the_findings_it_says(folder: Path) -> None:
    expected = expected_in(folder)
    findings = findings_in(folder, expected)
    if not any(each.code == "MB650" for each in expected):  # few of these books say what stands in front
        findings = [finding for finding in findings if finding.code != "MB650"]
    told = "\n".join(f"{finding.place} {finding.code}: {finding.message}" for finding in findings)
    wanted = {(each.file, each.line, each.code) for each in expected}
    assert {(finding.place.file, finding.place.line, finding.code) for finding in findings} == wanted, told
    for each in expected:
        messages = [f.message for f in findings if (f.place.file, f.place.line, f.code) == each[:3]]
        assert any(each.message in message for message in messages), f"{each} is not in\n{told}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_the_folder_shows_the_code_it_is_named_for(folder: Path) -> None:
    code = folder.name[:5]
    assert code in CODES
    assert code in {each.code for each in expected_in(folder)}


def test_every_code_is_shown() -> None:
    shown = {folder.name[:5] for folder in FOLDERS} | set(SHOWN_ELSEWHERE)
    missing = sorted(set(CODES) - shown)
    assert not missing, f"no folder in tests/findings shows: {', '.join(missing)}"


def test_what_is_shown_elsewhere_is_shown_there() -> None:
    gone = []
    for code, test in SHOWN_ELSEWHERE.items():
        name, _, function = test.partition("::")
        path = CHECKS.parent / name
        source = path.read_text("utf-8") if path.exists() else ""
        if f"def {function}(" not in source or code not in source:
            gone.append(f"{code}: {test}")
    assert not gone, f"these tests are gone, or do not speak of the code: {gone}"


def test_a_family_holds_the_codes_of_one_hundred() -> None:
    """So that no code can stand in two of them."""
    hundreds = [{code[:3] for code in family.ROWS} for family in FAMILIES]
    assert all(len(one) == 1 for one in hundreds)
    assert len(set.union(*hundreds)) == len(FAMILIES)
