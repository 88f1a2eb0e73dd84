"""What authors see in VS Code and other editors: yaml-language-server with the schema and modeline that milebook writes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from editor_at_work import Editor
from validating import npm_program

from milebook.app.init import init
from milebook.app.setup import setup

pytestmark = pytest.mark.validator


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    server = npm_program("yaml-language-server", "yaml-language-server")
    root = tmp_path_factory.mktemp("editor") / "my book"
    init(root)
    setup(root)
    one = Editor(server, root / "stories" / "index.yaml")
    yield one
    one.close()


def changed(editor: Editor, old: str, new: str) -> str:
    text = editor.path.read_text("utf-8")
    assert old in text
    return text.replace(old, new, 1)


def test_a_new_book_has_nothing_underlined(editor: Editor) -> None:
    assert editor.show(editor.path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "offered"),
    [
        ("status: selected ", "status: s¦\n#", {"submitted", "shortlisted", "selected", "cut"}),
        ("    permission: rosa-2026\n", "    permission: ¦\n", {"rosa-2026"}),
        ("[the-gate, first-lap]", "[fir¦]", {"the-gate", "first-lap"}),
        ("        place: end\n", "        place: ¦\n", {"start", "end"}),
    ],
)
def test_values_and_ids_are_offered_and_nothing_else(editor: Editor, old: str, new: str, offered: set[str]) -> None:
    assert editor.offered(changed(editor, old, new)).keys() == offered


@pytest.mark.parametrize(
    ("old", "new", "field", "about"),
    [
        ("  title: The Longest", "  pub¦\n  title: The Longest", "publisher", "for the title page and the e-book"),
        ("    signer: Rosa", "    ¦\n    signer: Rosa", "expires", "last day"),
        ("        place: end\n", "        ¦\n", "photographer", "Who took it"),
        ("    stories: [the-gate, first-lap]", "    ¦", "select", "Instead of a list"),
        ("    permission: rosa-2026\n", "    permission:\n      ¦\n", "evidence", "signed form"),
    ],
)
def test_fields_are_offered_with_their_help(editor: Editor, old: str, new: str, field: str, about: str) -> None:
    assert about in editor.offered(changed(editor, old, new))[field]


def test_the_help_of_a_field_is_shown(editor: Editor) -> None:
    assert "The most body words a story may have." in editor.help(changed(editor, "story_limit", "story_limit¦"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("date: 2026-03-15", "date: March", "Write a day, written YYYY-MM-DD."),
        ("story_limit: 300", "story_limit: no", "Write a whole number."),
        ("status: selected", "status: selcted", 'Valid values: "submitted", "shortlisted", "selected", "cut".'),
        ("title: The Gate", "titel: The Gate", "Property titel is not allowed."),
        ("language: en-US", "language: english", "Write a language tag such as en or en-US."),
        ("    formats: [print, ebook]\n    terr", "    formats:\n    terr", "Write what was granted"),
    ],
)
def test_what_is_wrong_is_underlined(editor: Editor, old: str, new: str, said: str) -> None:
    assert any(said in one for one in editor.show(changed(editor, old, new)))
