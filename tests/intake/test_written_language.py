"""The hint that a story is in another language than the book: said only where it is clear."""

from __future__ import annotations

from pathlib import Path

import pytest
from bookmaking import make_book, story

from milebook.app.import_stories import ImportRequest, import_stories
from milebook.intake.written_language import other_language

TEXTS = {
    "es": "Cuando era niño, mi abuela me llevaba todos los días a la orilla del río. No había nada más que hacer, pero a nosotros nos bastaba con el agua y las piedras. Ella decía que el río sabe más que la gente, porque ha visto pasar a todos y no ha olvidado a ninguno. Yo no le creía. Ahora que soy viejo vuelvo solo, me siento en la misma piedra y espero que el agua me diga lo que ella sabía. Todavía no lo hace, pero ya la escucho mejor que antes.",
    "de": "Als ich ein Kind war, nahm mich meine Großmutter jeden Tag mit an den Fluss. Es gab sonst nichts zu tun, aber uns genügte das Wasser und die Steine. Sie sagte, dass der Fluss mehr weiß als die Leute, weil er alle gesehen hat und keinen vergisst. Ich glaubte ihr nicht. Jetzt, da ich alt bin, komme ich allein zurück, setze mich auf den gleichen Stein und warte, dass mir das Wasser sagt, was sie wusste. Es sagt noch nichts, aber ich höre besser zu als damals.",
    "fr": "Quand j'étais petit, ma grand-mère m'emmenait tous les jours au bord de la rivière. Il n'y avait rien d'autre à faire, mais l'eau et les pierres nous suffisaient. Elle disait que la rivière en sait plus que les gens, parce qu'elle les a tous vus passer et n'en a oublié aucun. Je ne la croyais pas. Maintenant que je suis vieux, je reviens seul, je m'assieds sur la même pierre et j'attends que l'eau me dise ce qu'elle savait. Elle ne le fait pas encore.",
    "en": "When I was a child my grandmother took me to the river every day. There was nothing else to do, but the water and the stones were enough for us. She said that the river knows more than people do, because it has seen all of them pass and has forgotten none. I did not believe her. Now that I am old I come back alone, sit on the same stone and wait for the water to tell me what she knew. It does not do so yet, but I listen better than I did.",
}  # fmt: skip


@pytest.mark.parametrize("book", ["en-US", "de", "es"])
@pytest.mark.parametrize("written", list(TEXTS))
def test_a_text_in_another_language_is_told(written: str, book: str) -> None:
    assert other_language(TEXTS[written], book) == ("" if book.startswith(written) else written)


@pytest.mark.parametrize(
    "text",
    [
        TEXTS["es"][:60],  # too short to tell
        f"{TEXTS['en']} {TEXTS['es'][:200]}",
        f"{TEXTS['en']} {TEXTS['de']}",
        "na na na hey hey goodbye a " * 30,
        "",
    ],
)
def test_what_is_not_clear_is_not_told(text: str) -> None:
    assert other_language(text, "en") == ""


SHORT = {
    "pl": "Moja mila była krótka, bo nie było czasu na dłuższą. Szłam do szkoły przez pole i przez rzekę, a już za mostem czekał na mnie dziadek, który nie mówił nic, tylko dał mi chleb.",
    "nl": "Mijn mijl was kort, maar ik heb er een heel leven over gedaan. Mijn vader liep naast mij op de dijk en hij zei dat het niet ver meer was. Het was nog heel ver.",
    "vi": "Dặm đường của tôi rất ngắn nhưng tôi đã đi nó trong một đời người. Mẹ tôi đi với tôi đến trường và không nói gì cả. Khi về nhà thì trời đã tối rồi.",
    "ru": "Моя миля была короткой, но я шёл по ней всю жизнь. Отец шёл рядом и молчал, и только у реки сказал, что дальше я пойду один.",
    "uk": "Моя миля була короткою, але я йшов нею все життя. Батько йшов поруч і мовчав, і лише біля річки сказав, що далі я піду сам.",
    "el": "Το μίλι μου ήταν μικρό, αλλά το περπάτησα μια ολόκληρη ζωή. Ο πατέρας μου περπατούσε δίπλα μου και δεν έλεγε τίποτα.",
    "ja": "私の一マイルは短かったけれど、一生かけて歩いた。父は隣を歩いていて、何も言わなかった。川のそばでやっと、ここから先は一人で行けと言った。それから私は一人で歩いた。",
    "en": "My mile was short, but it took me a lifetime to walk it. My father walked beside me and said nothing, and at the river he told me that I was to go on alone.",
}  # fmt: skip


@pytest.mark.parametrize("written", list(SHORT))
def test_a_short_text_in_another_language_is_told(written: str) -> None:
    assert other_language(SHORT[written], "en-US") == ("" if written == "en" else written)
    assert other_language(SHORT["en"], "pl") == "en"


def test_nothing_is_told_in_books_of_other_languages() -> None:
    assert other_language(TEXTS["de"], "fi") == ""


def test_the_plan_names_the_language(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [story("a", "Words of a first story.\n")])
    (tmp_path / "rio.txt").write_text(f"El río\n\nby Ana Lind\n\n{TEXTS['es']}\n", "utf-8")
    (item,) = import_stories(book, ImportRequest((tmp_path / "rio.txt",))).plan.items
    assert any("language: es" in note for note in item.notes)
