"""Letters: one for everything asked of one person, safe to send, the same bytes every time."""

from __future__ import annotations

import email
from email.policy import default

import pytest
from permission_books import agreement, book, minor, photo, quote, story

from milebook.layout import built_in_folder
from milebook.markdown.punctuation import curl_runs
from milebook.model.book import Agreement, Contributor, Editions, Person, Source
from milebook.model.draft import Stamp
from milebook.model.text import Run
from milebook.permissions import items
from milebook.permissions.asked_again import noted, other_notes
from milebook.permissions.requests.letter_mail import to_eml
from milebook.permissions.requests.letters import PLACEHOLDERS, letters, unknown_placeholders
from milebook.permissions.requests.shared_sentences import editions_sentence

TODAY = "2026-03-15"
OPEN = Agreement()
STAMP = Stamp("0", "abc", TODAY, 1773532800)
PLAIN = "Subject: About {title}\n\nDear {signer},\n\n{items}\n\n{credits}\n"


def written(*stories, template=PLAIN, again=False, **info):
    made = book(*stories, **info)
    return letters(made, items(made, None, TODAY)[0], template, again=again)


def ana(**fields):
    return Contributor(**({"name": "Ana Example", "email": "ana@example.org"} | fields))


def test_one_letter_for_everything_one_person_is_asked():
    made = written(
        story(
            "a", contributor=ana(), permission=OPEN, photos=(photo(permission=OPEN, people=(minor(permission=OPEN),)),)
        ),
        story("b", title="The Lamp", contributor=ana(email=""), permission=OPEN),
    )
    assert [(letter.signer, letter.email, len(letter.items)) for letter in made] == [
        ("Ana Example", "ana@example.org", 3),
        ("Ben Example", "", 1),
    ]
    body = made[0].body
    assert body.startswith("Dear Ana Example,\n\n1. To print your story “The Tree at the Corner”.\n")
    assert "2. To show Cal, for whom you sign as parent or guardian, in the photo printed with" in body
    assert "3. To print your story “The Lamp”.\n" in body
    assert "   Byline, as it will be printed: Ana Example\n" in body
    assert "If you would rather be named in another way" in body
    assert made[0].subject == "About A Mile"
    assert made[0].guardian_of == ("Cal",)
    assert "   Credit, as it will be printed: Photo by Ben Example\n" in made[1].body


@pytest.mark.parametrize(
    ("status", "first", "again"),
    [
        ("to_request", 1, 1),
        ("expired", 1, 1),
        ("requested", 0, 1),
        ("no_reply", 0, 1),
        ("refused", 0, 0),
        ("withdrawn", 0, 0),
        ("granted", 0, 0),
        ("not_needed", 0, 0),
    ],
)
def test_who_is_asked(status, first, again):
    one = story(permission=agreement(status=status))
    assert (len(written(one)), len(written(one, again=True))) == (first, again)


@pytest.mark.parametrize(
    ("terms", "asked"),
    [
        (
            agreement(formats=("print",)),
            "Your permission so far: a printed book, the whole world; I now ask for what is planned below",
        ),
        (agreement(evidence=""), ""),
        (agreement(print_run_cap=10), ""),
        (agreement(status="granted_restricted", formats=(), territory=""), ""),
    ],
)
def test_what_is_granted_is_asked_about_only_when_the_holder_can_help(terms, asked):
    made = written(story(permission=terms))
    assert [asked in letter.body for letter in made] == ([True] if asked else [])


def test_whom_nobody_knows_by_name_gets_no_letter():
    one = story(
        quotes=(quote(text="I ran", permission=OPEN),),
        source=Source(published="https://mag.example/1", permission=OPEN),
    )
    assert written(one) == []
    found = {item.item: item for item in items(book(one), None, TODAY)[0] if not item.clear}
    assert [item.signer for item in found.values()] == ["mag.example", "the rights holder of River Song, A. Writer"]
    assert found["tree/quote/1"].find_out.startswith("find out who holds the rights, usually its music publisher")
    assert found["tree/reprint"].find_out.startswith("find out who publishes it")


def test_whoever_is_named_for_a_song_or_a_site_is_asked():
    named = agreement("", signer="Song House", status="to_request")
    paper = agreement("", signer="The Mag", status="to_request")
    made = written(
        story(
            quotes=(quote(text="I ran", permission=named),),
            source=Source(published="https://mag.example/1", permission=paper),
        )
    )
    assert [letter.signer for letter in made] == ["The Mag", "Song House"]
    assert "“I ran”" not in made[0].body
    assert (
        "1. To reprint the story “The Tree at the Corner” by Ana Example, which you published before." in made[0].body
    )
    assert "   Words quoted: “I ran”\n   From: River Song, A. Writer\n" in made[1].body


def test_a_withheld_name_is_told_to_nobody_else():
    hidden = ana(name="Jane Roe", byline="Miles Away", pseudonym=True)
    shown = Person(name="Jane Roe", permission=agreement("ben", signer="Ben Example", status="to_request"))
    made = written(story(contributor=hidden, permission=OPEN, photos=(photo(people=(shown,)),)))
    assert {letter.signer: "Jane Roe" in letter.body for letter in made} == {"Jane Roe": True, "Ben Example": False}


def test_values_are_put_in_once_and_nothing_is_run():
    made = written(
        story(title="{items} %s {0}", permission=OPEN), template="{items}|{signer}|{nobody}|{signer.__class__}"
    )
    assert made[0].body == (
        "1. To print your story “{items} %s {0}”.\n"
        "   Editing: lightly, for length and style; I will show you changes beyond that\n"
        "   Byline, as it will be printed: Ana Example, 32, St. Louis, MO|Ana Example|{nobody}|{signer.__class__}\n"
    )
    assert unknown_placeholders("{items} {nobody} {nobody}") == ["nobody"]


def test_the_template_that_comes_with_milebook_has_a_value_for_everything():
    template = (built_in_folder() / "letter" / "letter.md").read_text("utf-8")
    assert unknown_placeholders(template) == []
    made = written(story(permission=OPEN), template=template, contact={"name": "Ada", "email": "ada@example.org"})
    assert "{" not in made[0].body
    assert "a printed book and an e-book, for the whole world, in English" in made[0].body
    assert "Ada\nada@example.org" in made[0].body
    assert set(PLACEHOLDERS) >= {"signer", "items", "editions"}


def test_editions_in_words():
    plan = Editions(formats=("print", "ebook", "audio"), territory="US, Canada", languages=("en", "xx"), print_run=5000)
    assert editions_sentence(book(editions=plan, publisher="Pine Press")) == (
        "a printed book (5,000 copies planned), an e-book and an audiobook, for US, Canada, in English and xx, "
        "published by Pine Press"
    )


@pytest.mark.parametrize(
    ("source", "received", "mine", "said"),
    [
        (Source(kind="comment", published="https://runs.example/a#c1"), "2026-03-04", True,
         ", which you posted as a comment on runs.example on March 4, 2026."),
        (Source(kind="post", published="https://blog.example/a"), "", True, ", which you posted on blog.example."),
        (Source(kind="post", published="https://blog.example/a"), "", False, ", which was posted on blog.example."),
        (Source(kind="post"), "2026-03-04", True, ", which reached me on March 4, 2026."),
        (Source(kind="email"), "2026-03-04", True, ", which reached me by e-mail on March 4, 2026."),
        (Source(kind="comment"), "", True, ", which you sent me as a comment."),
        (Source(kind="email"), "2026-03-04", False, ", which I received by e-mail on March 4, 2026."),
        (Source(), "", True, "."),
    ],
)  # fmt: skip
def test_which_mail_or_comment_is_meant(source, received, mine, said):
    signer = "" if mine else "Lou Heir, widow"
    made = written(story(contributor=ana(), permission=Agreement(signer=signer), source=source, received=received))
    assert made[0].body.split("\n")[2].endswith(f"“The Tree at the Corner”{'' if mine else ' by Ana Example'}{said}")


@pytest.mark.parametrize(
    ("terms", "detail"),
    [
        ({"status": "expired", "expires": "2025-12-31"}, "Your permission so far: ended on December 31, 2025; I now ask for a new one"),
        ({"status": "expired"}, "Your permission so far: has ended; I now ask for a new one"),
        ({"formats": ("print",), "territory": "US", "print_run_cap": 2000},
         "Your permission so far: a printed book, US, at most 2,000 copies; I now ask for what is planned below"),
        ({"status": "to_request", "fee": "$50", "copies": "2"}, "Fee: $50\n   Complimentary copies: 2"),
        ({"status": "to_request"}, ""),
    ],
)  # fmt: skip
def test_what_was_permitted_before_and_what_is_offered(terms, detail):
    body = written(story(contributor=ana(), permission=agreement(**terms)))[0].body
    assert f"   {detail}\n" in body if detail else "so far" not in body and "Fee" not in body


@pytest.mark.parametrize(
    ("terms", "also", "said"),
    [
        ({"status": "requested"}, {}, "I wrote to you about this on March 2, 2026 and have not had an answer yet."),
        ({"status": "no_reply", "requested": "2026-01-05"}, {},
         "I wrote to you about this on January 5, 2026 and have not had an answer yet."),
        ({"status": "requested"}, {"photos": (photo(credit="Photo by Ana Example", permission=OPEN),)},
         "I wrote to you about part of this on March 2, 2026 and have not had an answer yet."),
        ({"status": "to_request", "requested": ""}, {}, ""),
        ({"status": "expired", "requested": "2020-01-01"}, {}, ""),
    ],
)  # fmt: skip
def test_a_second_letter_speaks_of_the_first(terms, also, said):
    one = story(contributor=ana(), permission=agreement(**terms), **also)
    assert written(one, template="[{reminder}] {items}", again=True)[0].body.startswith(f"[{said}] 1.")


@pytest.mark.parametrize(
    ("signer", "greeting"),
    [
        ("Ana Example", "Dear Ana Example,"),
        ("The Thursday Runners", "Dear Thursday Runners,"),
        ("Theo Roe", "Dear Theo Roe,"),
    ],
)
def test_groups_are_greeted_without_their_article(signer, greeting):
    made = written(story(contributor=ana(name=signer), permission=OPEN), template="{greeting}, {signer}")
    assert made[0].body == f"{greeting} {signer}\n"


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("All smiles.", ""),
        (
            "Cal crosses the line.",
            "If you would rather have the child named in another way, or not at all, please say how.",
        ),
    ],
)
def test_a_guardian_is_asked_about_the_child_s_name_only_where_it_is_printed(caption, said):
    shown = photo(caption=caption, people=(minor(guardian="Gil Guard", permission=OPEN),))
    made = written(story(photos=(shown,)), template="[{credits}]")
    assert [(letter.signer, letter.body) for letter in made] == [("Gil Guard", f"[{said}]\n")]


# ---- e-mail


def sent(who=None, **info):
    made = book(story(contributor=who or ana(), permission=OPEN), **info)
    letter = letters(made, items(made, None, TODAY)[0], PLAIN)[0]
    data, problem = to_eml(letter, made, STAMP)
    return data, problem, email.message_from_bytes(data, policy=default)


def test_an_email_has_one_recipient_and_waits_to_be_sent():
    data, problem, message = sent(contact={"name": "Ada Édite", "email": "ada@example.org"})
    assert problem == ""
    assert [str(address) for address in message["To"].addresses] == ["Ana Example <ana@example.org>"]
    assert str(message["From"]) == "Ada Édite <ada@example.org>"
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == "About A Mile"
    assert message["Cc"] is None
    assert message["Bcc"] is None
    assert message.get_content().replace("\r\n", "\n").startswith("Dear Ana Example,")
    assert data == sent(contact={"name": "Ada Édite", "email": "ada@example.org"})[0]
    assert b"\n" not in data.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example, evil@x.example",
        "a@b.example\r\nBcc: evil@x.example",
        "a@b.example>",
        "nobody",
        "ü@b.example",
        "a b@c.example",
        "a@b.example;c@d.example",
    ],
)
def test_addresses_that_are_none_are_left_out_and_said(address):
    _, problem, message = sent(ana(email=address))
    assert message["To"] is None
    assert message["Bcc"] is None
    assert "not an address" in problem


def test_names_and_titles_cannot_add_headers():
    _, _, message = sent(ana(name="Ana\r\nBcc: evil@x.example"), title="A Mile\nBcc: evil@x.example")
    assert message["Bcc"] is None
    assert len(message["To"].addresses) == 1
    assert message["To"].addresses[0].addr_spec == "ana@example.org"


@pytest.mark.parametrize(("guardian", "asked"), [("Mo Guard", "Mo Guard"), ("", "Kid Example's guardian")])
def test_where_a_child_has_signed_alone_the_guardian_is_asked(guardian, asked):
    signed = agreement("kid-2026", signer="Kid Example", email="kid@example.org")
    kid = Contributor(name="Kid Example", age=12, guardian=guardian)
    made = book(story(contributor=kid, permission=signed))
    (item,) = items(made, None, TODAY)[0]
    assert (item.signer, item.why) == (asked, "guardian's signature missing for Kid Example")
    lacking = " (say who it is: guardian: … of the contributor)"
    assert item.next_step.endswith(f"guardian, {guardian}" if guardian else f"guardian{lacking}")
    made = written(story(contributor=kid, permission=signed))
    assert [(letter.signer, letter.email) for letter in made] == ([(guardian, "")] if guardian else [])
    assert all("by Kid Example, for whom you sign as parent or guardian" in letter.body for letter in made)


def test_two_people_of_one_name_get_a_letter_each():
    made = written(
        story("a", contributor=ana(), permission=OPEN),
        story("b", contributor=ana(email="other@example.org"), permission=OPEN, photos=(photo(permission=OPEN, credit="Photo by Ana Example"),)),
        story("c", contributor=ana(), permission=OPEN),
        story("d", contributor=ana(email=""), permission=OPEN),
    )  # fmt: skip
    assert [(letter.signer, letter.email, [item.story for item in letter.items]) for letter in made] == [
        ("Ana Example", "ana@example.org", ["a", "c", "d"]),
        ("Ana Example", "other@example.org", ["b", "b"]),
    ]


def test_one_agreement_is_one_letter_whatever_address_its_stories_came_from():
    terms = agreement(status="to_request")
    (letter,) = written(
        story("a", contributor=ana(), permission=terms),
        story("b", contributor=ana(email="other@example.org"), permission=terms),
    )
    assert (letter.email, len(letter.items)) == ("ana@example.org", 2)


def test_the_address_in_an_agreement_is_the_one_to_write_to():
    asked = agreement(status="to_request", email="new@example.org")
    (letter,) = written(
        story(contributor=ana(), permission=asked, photos=(photo(permission=OPEN, credit="Photo by Ana Example"),))
    )
    assert (letter.email, len(letter.items)) == ("new@example.org", 2)


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Thị Minh Khai", "Smith, John", 'J. R. "Bob" Dobbs, Jr.', "Back\\slash (and) <so on>", "Ana; Ben: friends",
     "Nguyễn, Thị", "María de los Ángeles Fernández-Villaverde y Ruiz de la Escosura, Marquesa", "Ünal @ work", "🏃 Ana"],
)  # fmt: skip
def test_a_name_comes_out_of_the_header_as_it_went_in(name):
    _, problem, message = sent(
        ana(name=name), title=f"“{name}”, a Mile", contact={"name": name, "email": "a@b.example"}
    )
    assert problem == ""
    assert [(a.display_name, a.addr_spec) for a in message["To"].addresses] == [(name, "ana@example.org")]
    assert [(a.display_name, a.addr_spec) for a in message["From"].addresses] == [(name, "a@b.example")]
    assert [Run(message["Subject"])] == curl_runs([Run(f"About “{name}”, a Mile")], "en-US")


TEMPLATE = (built_in_folder() / "letter" / "letter.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        (("Cy Editor",), "I, Cy Editor, am preparing the book “A Mile” for publication. I ask"),
        (
            ("Cy Editor", "Ada Other"),
            "We, Cy Editor and Ada Other, are preparing the book “A Mile” for publication. We ask",
        ),
        ((), "We are preparing the book"),
    ],
)
def test_one_author_says_i(authors, said):
    (letter,) = written(story(permission=OPEN), template=TEMPLATE, authors=authors)
    assert said in " ".join(letter.body.split())
    assert ("I plan" in letter.body) is (len(authors) == 1)
    assert letter.subject == "Your permission for “A Mile”"


LONG = "This is the whole of a long caption, which nobody can tell from another if it is cut off before its end."


@pytest.mark.parametrize(
    ("shot", "line"),
    [
        (photo(caption=LONG, permission=OPEN), f"File: finish.jpg\n   Caption, as it will be printed: {LONG}\n"),
        (photo(caption="The balcony.", permission=agreement("b", signer="Ben", formats=("print",))),
         "printed: The balcony.\n   Credit, as it will be printed: Photo by Ben Example\n   Your permission so far"),
        (photo(caption="", permission=OPEN), "The Tree at the Corner”.\n   File: finish.jpg\n   Caption: none\n"),
        (photo(caption="It's \"here\"", permission=OPEN), "Caption, as it will be printed: It’s “here”\n"),
    ],
)  # fmt: skip
def test_the_photographer_can_tell_which_picture(shot, line):
    (letter,) = written(story(photos=(shot,)))
    assert line.rstrip("\n") in letter.body
    assert ".." not in letter.body


@pytest.mark.parametrize(
    ("file", "told"), [("photos/jane-roe.jpg", False), ("photos/ROÉ2.jpg", False), ("photos/oak.jpg", True)]
)
def test_a_file_s_name_tells_no_withheld_name(file, told):
    hidden = ana(name="Jane Roe", byline="Miles Away", pseudonym=True)
    made = written(story(contributor=hidden, photos=(photo(file=file, permission=OPEN),)))
    assert [file.rpartition("/")[2] in letter.body for letter in made] == [told]


def test_nobody_gets_no_letter():
    shot = photo(credit="", permission=OPEN)
    made = book(
        story("a", photos=(shot,)),
        story("b", photos=(shot,)),
        story("c", quotes=(quote(text="I", source="", permission=OPEN),)),
    )
    found = items(made, None, TODAY)[0]
    assert letters(made, found, PLAIN, again=True) == []
    assert [item.find_out for item in found if not item.clear] == [
        "say who took it: photographer: …",
        "say who took it: photographer: …",
        "say whose words they are: source: …",
    ]
    assert [item.next_step for item in found if item.item == "a/photo/1"] == ["say who took it: photographer: …"]


def test_children_of_one_name_have_two_guardians():
    made = written(
        *(story(ident, contributor=Contributor(name="Kid Example", age=12, guardian=guardian), permission=OPEN)
          for ident, guardian in (("a", "Mo Guard"), ("b", "Lu Guard")))
    )  # fmt: skip
    assert [letter.signer for letter in made] == ["Mo Guard", "Lu Guard"]


def test_a_guardian_is_addressed_as_such():
    kid = Contributor(name="Kid Example", age=12, guardian="Mo Guard", email="mo@example.org")
    (letter,) = written(story(contributor=kid, permission=OPEN), template=TEMPLATE)
    assert "I write to you as the parent or guardian of Kid Example." in letter.body
    assert "your story" not in letter.body
    assert letter.email == "", "the address is the child's own"
    (letter,) = written(story(contributor=kid, permission=Agreement(email="guard@example.org")), template=TEMPLATE)
    assert letter.email == "guard@example.org"


@pytest.mark.parametrize(("language", "said"), [("es", "   Language of the story: Spanish"), ("en-GB", ""), ("", "")])
def test_the_language_of_a_story_that_is_not_the_book_s(language, said):
    (letter,) = written(story(contributor=ana(), permission=OPEN, language=language))
    assert said in letter.body.split("\n")
    assert bool(said) == ("Language of the story" in letter.body)


@pytest.mark.parametrize(
    ("notes", "granted", "first"),
    [
        ("", "2026-03-09", 1),
        ("call him; asked again on 2026-03-20", "2026-03-09", 0),
        ("asked again on 2026-03-20", "2026-04-01", 1),
        ("asked again on 2026-03-20; asked again on 2026-05-20", "2026-04-01", 0),
    ],
)
def test_wider_terms_are_asked_for_once(notes, granted, first):
    one = story(permission=agreement(formats=("print",), granted=granted, notes=notes))
    assert (len(written(one)), len(written(one, again=True))) == (first, 1)
    step = items(book(one), None, TODAY)[0][0].next_step
    assert step.startswith("wait for Ana Example, asked again" if not first else "ask Ana Example for more")


@pytest.mark.parametrize(
    ("notes", "after"),
    [
        ("", "asked again on 2026-03-20"),
        ("call him", "call him; asked again on 2026-03-20"),
        ("Call him.", "Call him. asked again on 2026-03-20"),
        ("asked again on 2026-03-20", "asked again on 2026-03-20"),
    ],
)
def test_the_day_of_asking_again_is_noted(notes, after):
    assert noted(notes, "2026-03-20") == after
    assert other_notes(after).casefold() == (notes if "asked" not in notes else "").casefold()
