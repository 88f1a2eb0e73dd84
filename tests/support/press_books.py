"""Five books that try a page maker: many photos, dialogue, verse, no photos at all, and French.

`python tests/support/press_books.py FOLDER` writes them there, to be built and looked at page by page.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bookmaking import NAMES, draw, make_book, photo, prose, story

SHAPES = ((1800, 1200), (1200, 1800), (1600, 1600), (2400, 1000), (640, 480), (900, 1300), (1500, 1000))
CAPTIONS = (
    "What was left of it.",
    "The bench at the end of Mill Lane, with the whole club on it, the day before it was moved to the other side of the road.",
    "June 1951.",
    "My mother, left, and the woman who would not say her name, at mile 11 of the 1983 race.",
)
TALK = (
    "“How far is it?”", "“As far as the oak,” she said.", "“Which oak?”", "“You’ll know it when you see it.”",
    "“That’s what you said about the bridge,” I told her, and she laughed, and went on tying her shoe as if we had all day.",
    "“We have all day.”", "“It starts at ten past nine. It is eleven minutes past.”", "“Then we’re late,” said Bartholomew Featherstonehaugh.",
    "We ran.",
)  # fmt: skip
LINES = (
    "One for the road that nobody took", "two for the gate that would not close", "and the hill that was never as steep as it looked",
    "and the river, which knows what it knows", "Count them again, said the boy at the wall, who had counted the lamps and the dogs and the doors",
    "eleven and one", "the rain on us all",
)  # fmt: skip
PHRASES = (
    "La route tournait deux fois avant la rivière, et mon père en gardait le plan dans sa poche.", "Personne ne m’avait parlé de la côte !",
    "« Tu viens ? » demanda-t-elle.", "— Jamais de la vie ; je t’attends ici.", "Il pleuvait, bien sûr, comme en 1911 et comme toujours.",
    "L’après-midi, les grand-mères distribuaient des oranges aujourd’hui introuvables.", "J’ai encore la chaussure.",
)  # fmt: skip


def photo_book(root: Path) -> Path:
    """Ninety photos in sixty stories: of every shape, of few and of many pixels, with captions of one word and of three lines."""
    rng = random.Random(11)
    stories: list[dict[str, Any]] = []
    left = 90
    for number in range(60):
        count = 1 if left - (60 - number) <= 0 else rng.choice((1, 1, 2, 2, 3))
        count = max(1, min(count, left - (59 - number)))
        left -= count
        photos = []
        for nth in range(count):
            file = f"photos/s{number:02d}-{nth}.jpg"
            size = SHAPES[rng.randrange(len(SHAPES))]
            draw(root / "stories" / file, size, seed=number * 7 + nth)
            place = rng.choice(("end", "end", "start", {"after": rng.randint(1, 3)}))
            photos.append(photo(file, caption=rng.choice(CAPTIONS), place=place))
        text = prose(number, rng.randint(120, 330))
        for one in photos:
            if isinstance(one["place"], dict) and one["place"]["after"] > text.count("\n\n"):
                one["place"] = "end"
        stories.append(
            story(f"s{number:02d}", text, title=f"Mile {number + 1}", photos=photos, contributor=_person(rng))
        )
    return make_book(root, stories, _chapters(stories, 10), title="Ninety Photographs")


def dialogue_book(root: Path) -> Path:
    """Speech, line for line."""
    rng = random.Random(12)
    stories = []
    for number in range(16):
        talk = [prose(number, 60).split("\n\n")[0], *(rng.choice(TALK) for _ in range(rng.randint(12, 40)))]
        stories.append(
            story(
                f"s{number:02d}", "\n\n".join(talk) + "\n", title=f"Said on Mile {number + 1}", contributor=_person(rng)
            )
        )
    return make_book(root, stories, _chapters(stories, 8), title="What They Said")


def verse_book(root: Path) -> Path:
    """Poems, with stanzas of one line among the others."""
    rng = random.Random(13)
    stories = []
    for number in range(20):
        stanzas = [
            "\\\n".join(rng.choice(LINES) for _ in range(rng.choice((1, 2, 4, 4, 6)))) for _ in range(rng.randint(3, 9))
        ]
        stanzas[rng.randrange(1, len(stanzas))] = rng.choice(LINES)
        text = "\n\n".join(stanzas) + "\n"
        stories.append(story(f"s{number:02d}", text, title=f"Verse {number + 1}", contributor=_person(rng)))
    return make_book(root, stories, _chapters(stories, 10), title="Miles in Verse")


def plain_book(root: Path) -> Path:
    """Prose without a photo, with front and back texts whose last page tends to be short."""
    rng = random.Random(14)
    stories = [
        story(
            f"s{n:02d}", prose(100 + n, rng.randint(150, 900)), title=f"The Long Mile {n + 1}", contributor=_person(rng)
        )
        for n in range(24)
    ]
    files = {"introduction.md": "# Introduction\n\n" + prose(500, 640) + "\n— A. E.\n"}
    front = ["half-title", "title", "copyright", "contents", "introduction.md"]
    return make_book(root, stories, _chapters(stories, 8), files, title="No Pictures", front=front)


def french_book(root: Path) -> Path:
    """French: spaces before high punctuation, guillemets, long words with apostrophes."""
    rng = random.Random(15)
    stories = []
    for number in range(16):
        paragraphs = [" ".join(rng.choice(PHRASES) for _ in range(rng.randint(1, 6))) for _ in range(rng.randint(3, 8))]
        photos = []
        if number % 3 == 0:
            draw(root / "stories" / f"photos/f{number}.jpg", SHAPES[number % len(SHAPES)], seed=number)
            photos = [
                photo(
                    f"photos/f{number}.jpg",
                    caption="Ce qu’il en restait, le 11 juin 1911.",
                    credit="Photo : B. Exemple",
                )
            ]
        stories.append(story(f"s{number:02d}", "\n\n".join(paragraphs) + "\n", title=f"Le mille nº {number + 1}", photos=photos, contributor=_person(rng)))  # fmt: skip
    return make_book(root, stories, _chapters(stories, 8), title="Un mille, plus ou moins", language="fr-FR")


BOOKS: dict[str, Callable[[Path], Path]] = {
    "photos": photo_book,
    "dialogue": dialogue_book,
    "verse": verse_book,
    "plain": plain_book,
    "french": french_book,
}


def _person(rng: random.Random) -> dict[str, Any]:
    return {"name": rng.choice(NAMES), "location": rng.choice(("St. Louis, MO", "Huế", "Łódź")), "age": rng.randint(9, 91), "bio": prose(rng.randrange(99), 20).split("\n\n")[0]}  # fmt: skip


def _chapters(stories: list[dict[str, Any]], size: int) -> list[dict[str, Any]]:
    groups = [stories[at : at + size] for at in range(0, len(stories), size)]
    return [
        {"id": f"c{n}", "title": f"Part of the Road {n}", "stories": [one["id"] for one in group]}
        for n, group in enumerate(groups, 1)
    ]


if __name__ == "__main__":
    for name, make in BOOKS.items():
        print(make(Path(sys.argv[1]) / name))
