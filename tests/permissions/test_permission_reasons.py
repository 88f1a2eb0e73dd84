"""Reasons and next steps are values: other words for all of them change nothing that milebook does."""

from __future__ import annotations

from pathlib import Path

import pytest
from permission_books import agreement, book, minor, photo, quote, story

from milebook.assemble.without_uncleared import without_uncleared
from milebook.commands import run
from milebook.model.book import Agreement, Contributor, Editions, Source
from milebook.permissions import gate, items, reasons, steps
from milebook.permissions.lists.checklist import by_person
from milebook.permissions.reasons import Why
from milebook.permissions.requests.letters import letters
from milebook.permissions.steps import Step

TODAY = "2026-03-15"
KID = Contributor(name="Kid Example", age=12, guardian="Katherine Harden")


def cases():
    """A book in which every reason and every step occurs."""
    terms = [
        agreement(status="to_request"),
        agreement(status="to_request", requested="", letter="2026-03-10"),
        agreement(status="requested"),
        agreement(status="no_reply"),
        agreement(status="refused"),
        agreement(status="withdrawn"),
        agreement(status="expired", expires="2026-01-01"),
        agreement(status="perhaps"),
        agreement(evidence=""),
        agreement(formats=("print",)),
        agreement(territory="US"),
        agreement(territory="Atlantis"),
        agreement(languages=("de",)),
        agreement(expires="2026-01-01"),
        agreement(formats=("print",), notes="asked again on 2026-03-12"),
        agreement(print_run_cap=10),
        agreement(status="granted_restricted", formats=(), territory=""),
        Agreement(status="not_needed"),
    ]
    stories = [story(f"s{number}", title=f"Story {number}", permission=one) for number, one in enumerate(terms)]
    stories.append(story("kid", contributor=KID, permission=agreement(signer="Kate")))
    stories.append(story("kid2", contributor=KID, permission=agreement(signer="Kid Example")))
    stories.append(story("hid", contributor=Contributor(name="Jane Roe", anonymous=True), permission=Agreement()))
    stories.append(story("who", contributor=Contributor(), permission=agreement(signer="")))
    stories.append(story("form", source=Source(kind="form", answer="No"), permission=Agreement()))
    stories.append(story("song", quotes=(quote(permission=Agreement(status="not_needed", reason="fair use")),)))
    shot = photo(permission=agreement(status="refused"), people=(minor(permission=Agreement()),))
    stories.append(story("shot", photos=(shot, photo(credit="", permission=Agreement()))))
    return book(*stories)


def decided():
    """All that milebook decides about that book, without a word of what it says about it."""
    made = cases()
    found, _ = items(made, None, TODAY)
    kept, left = without_uncleared(made, found)
    return (
        [(item.item, item.clear, item.reasons, item.step, item.whom) for item in found],
        [(letter.signer, letter.email, letter.body) for letter in letters(made, found, "{items}", again=True)],
        [[(one.id, len(one.photos)) for one in chapter.stories] for chapter in kept.chapters],
        len(left),
        [(finding.code, finding.severity) for finding in gate(found, "draft")],
        [[item.item for item in theirs] for _, theirs in by_person(found)],
    )


def test_every_reason_that_needs_no_file_occurs():
    found = items(cases(), None, TODAY)[0]
    met = {reason.why for item in found for reason in item.reasons}
    met |= {
        item.reasons[0].why
        for item in items(book(story(), editions=Editions(print_run=0)), None, TODAY)[0]
        if item.reasons
    }
    assert set(Why) - met == {Why.EVIDENCE_UNREADABLE, Why.EVIDENCE_ABSENT, Why.EVIDENCE_EMPTY, Why.PRINT_RUN}
    assert set(Step) - {item.step.step for item in found if item.step} == {Step.OTHER_COVER}


def test_every_reason_and_step_has_words():
    assert set(reasons.WORDS) == set(Why)
    assert set(steps.WORDS) == set(Step)


@pytest.fixture
def other_words(monkeypatch: pytest.MonkeyPatch):
    def change() -> None:
        for number, why in enumerate(Why):
            monkeypatch.setitem(reasons.WORDS, why, f"Grund {number}")
        for number, step in enumerate(Step):
            monkeypatch.setitem(steps.WORDS, step, f"Schritt {number}")

    return change


def test_other_words_decide_the_same(other_words):
    before, said = decided(), [item.why for item in items(cases(), None, TODAY)[0]]
    other_words()
    assert decided() == before
    assert [item.why for item in items(cases(), None, TODAY)[0]] != said


def test_other_words_build_the_same_book(tmp_path: Path, monkeypatch, other_words, capsys):
    assert run(["init", str(tmp_path / "book")]) == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774000000")
    index = tmp_path / "book/stories/index.yaml"
    index.write_text(index.read_text("utf-8").replace("working_title: true", "working_title: false"), "utf-8")
    (tmp_path / "book/stories/introduction.md").write_text("We asked for the most important mile.\n", "utf-8")

    def made(out: str) -> dict[str, bytes]:
        words = [
            "build",
            str(tmp_path / "book"),
            "--final",
            "--without-uncleared",
            "--no-cache",
            "--format",
            "docx,epub",
        ]
        assert run([*words, "--out", out]) == 0, capsys.readouterr()
        return {
            path.suffix: path.read_bytes()
            for path in (tmp_path / "book" / out).iterdir()
            if path.suffix in (".docx", ".epub")
        }

    first = made("build")
    other_words()
    assert made("build/second") == first
    assert "left out: story “First Lap”: text: Grund 0" in capsys.readouterr().out
