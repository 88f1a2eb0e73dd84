"""A seed and a size in, an anthology of made-up stories out: the book folder for milebook and `book.md` for the peers.

The same seed gives the same bytes on every machine: words are made of syllables, photos are drawn with noise.
"""

from __future__ import annotations

import itertools
import json
import random
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

SYLLABLES = [
    "ba",
    "re",
    "ti",
    "mo",
    "lan",
    "der",
    "ing",
    "ter",
    "con",
    "pre",
    "sta",
    "tion",
    "ment",
    "al",
    "en",
    "or",
    "is",
    "ve",
    "ly",
    "per",
    "man",
    "port",
    "gra",
    "phi",
    "cal",
    "dum",
    "ros",
    "fen",
    "wick",
    "ham",
    "low",
    "tre",
]
COMMON = [
    "the",
    "of",
    "and",
    "to",
    "a",
    "in",
    "that",
    "it",
    "was",
    "he",
    "for",
    "on",
    "with",
    "as",
    "his",
    "they",
    "be",
    "at",
    "one",
    "have",
    "this",
    "from",
    "or",
    "had",
    "by",
    "but",
    "some",
    "what",
    "there",
    "we",
    "can",
    "out",
    "other",
    "were",
    "all",
    "your",
    "when",
    "up",
    "use",
    "word",
    "how",
    "said",
    "each",
    "she",
    "which",
    "do",
    "their",
    "time",
    "if",
    "will",
    "way",
    "about",
    "many",
    "then",
    "them",
    "would",
    "like",
    "so",
    "these",
    "her",
    "long",
    "make",
    "thing",
    "see",
    "him",
    "two",
    "has",
    "look",
    "more",
    "day",
    "could",
    "go",
    "come",
    "did",
    "my",
    "no",
    "most",
    "who",
    "over",
    "know",
    "than",
    "first",
    "people",
    "may",
    "down",
    "side",
    "been",
    "now",
    "find",
    "any",
    "new",
    "part",
    "take",
    "get",
    "place",
    "made",
    "where",
    "after",
    "back",
    "little",
    "only",
    "round",
    "came",
    "good",
    "me",
    "give",
    "our",
    "under",
    "very",
    "through",
    "just",
    "great",
    "think",
    "help",
    "before",
    "turn",
    "same",
    "mean",
    "old",
    "too",
    "does",
    "tell",
    "set",
    "three",
    "want",
    "air",
    "well",
    "also",
    "play",
    "small",
    "end",
    "put",
    "home",
    "read",
    "hand",
    "spell",
    "add",
    "even",
    "land",
    "here",
    "must",
    "big",
    "high",
    "such",
    "follow",
    "why",
    "ask",
    "men",
    "went",
    "light",
    "kind",
    "off",
    "need",
    "house",
    "try",
    "us",
    "again",
    "point",
    "world",
    "near",
    "build",
    "self",
    "earth",
    "father",
    "head",
    "stand",
    "own",
    "page",
    "country",
    "found",
    "answer",
]
FIRST = [
    "Ada",
    "Bram",
    "Celia",
    "Dmitri",
    "Élise",
    "Farid",
    "Grace",
    "Hugo",
    "Ines",
    "Jonas",
    "Kirsten",
    "Lúcia",
    "Marek",
    "Noor",
    "Oisín",
    "Petra",
    "Quentin",
    "Rosa",
    "Søren",
    "Tamsin",
]
LAST = [
    "Abbott",
    "Birch",
    "Calloway",
    "Dunne",
    "Ekström",
    "Fitzgerald",
    "García",
    "Hollis",
    "Ivanov",
    "Jansen",
    "Kovács",
    "Lindqvist",
    "Moreau",
    "O’Brien",
    "Pereira",
    "Škoda",
]
CHAPTERS = (
    "Setting Out", "The Long Middle", "Hills and Weather", "Company", "Bad Days", "Kit and Kin", "Night Miles", "Rivers",
    "Strangers", "Small Victories", "Coming Home", "After",
)  # fmt: skip


class Size(NamedTuple):
    """How large a book is. Of the photos so many are drawn; the rest are the same pixels in files of other bytes."""

    stories: int
    words: int
    photos: int
    drawn: int


SIZES = {"S": Size(26, 8_000, 12, 12), "M": Size(300, 90_000, 100, 40), "L": Size(3_000, 900_000, 300, 40)}


class Writer:
    """Somebody who writes without end."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        made: dict[str, None] = dict.fromkeys(COMMON)
        while len(made) < 2800:
            made["".join(self.rng.choice(SYLLABLES) for _ in range(self.rng.randint(2, 4)))] = None
        self.words = list(made)
        self.weights = list(itertools.accumulate(1.0 / (i + 2.7) ** 0.95 for i in range(len(self.words))))

    def some(self, count: int) -> list[str]:
        return self.rng.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self, least: int = 6, most: int = 22, *, plain: bool = False) -> str:
        rng, words = self.rng, self.some(self.rng.randint(least, most))
        for i in range(3, len(words) - 2):
            if rng.random() < 0.08:
                words[i] += ","
        if rng.random() < 0.06:
            words[rng.randrange(len(words))] = rng.choice(FIRST)
        if not plain and rng.random() < 0.05:
            i = rng.randrange(len(words))
            words[i] = f"*{words[i].rstrip(',')}*"
        if rng.random() < 0.05 and len(words) > 8:
            words[len(words) // 2] += " — or so it seemed —"
        if rng.random() < 0.08:
            words[rng.randrange(len(words))] = rng.choice(["didn’t", "couldn’t", "it’s", "we’d", "that’s"])
        text = " ".join(words)
        first = next((i for i, char in enumerate(text) if char.isalpha()), 0)
        return text[:first] + text[first].upper() + text[first + 1 :] + rng.choice("......?!…")

    def paragraph(self) -> str:
        rng = self.rng
        if rng.random() < 0.22:
            said = [f"“{self.sentence(4, 14)[:-1]},” said {rng.choice(FIRST)}." for _ in range(rng.randint(1, 3))]
            return " ".join(said)
        wanted, out, count = rng.randint(40, 120), [], 0
        while count < wanted:
            out.append(self.sentence())
            count += out[-1].count(" ") + 1
        return " ".join(out)

    def name(self) -> str:
        return f"{self.rng.choice(FIRST)} {self.rng.choice(LAST)}"


def make_book(folder: Path, size: Size, seed: int = 1) -> None:
    """Write a book folder, with `book.md` beside the stories; photos that are there already are kept."""
    writer = Writer(seed)
    rng = writer.rng
    (folder / "stories" / "photos").mkdir(parents=True, exist_ok=True)
    homes = sorted(rng.sample(range(size.stories), min(size.stories, size.photos, max(1, size.stories // 3))))
    photos_of: dict[int, list[int]] = {}
    for i in range(size.photos):
        photos_of.setdefault(homes[i % len(homes)], []).append(i + 1)
    index = [
        "book:", "  title: The Milestone Anthology", "  subtitle: Stories from the road", "  authors: [Ada Thornton]", "  language: en-GB",
        "  publisher: Milestone Press", "  copyright: {year: 2026, holder: Ada Thornton}", "  story_limit: 450", f"  word_target: {size.words}",
        "  editions: {formats: [print, ebook], territory: world, languages: [en]}", "chapters:",
    ]  # fmt: skip
    chapter_of = [CHAPTERS[i * len(CHAPTERS) // size.stories] for i in range(size.stories)]
    for name, numbers in itertools.groupby(range(size.stories), key=lambda i: chapter_of[i]):
        index += [f"  - id: {name.lower().replace(' ', '-')}", f"    title: {name}", "    stories:"]
        index += [f"      - story-{i + 1:05d}" for i in numbers]
    index.append("stories:")
    book = ["---", "title: The Milestone Anthology", "author: Ada Thornton (editor)", "lang: en-GB", "---", ""]
    for i in range(size.stories):
        ident, title, who = (
            f"story-{i + 1:05d}",
            " ".join(word.capitalize() for word in writer.some(rng.randint(2, 5))),
            writer.name(),
        )
        wanted, count = max(60.0, size.words / size.stories * rng.uniform(0.6, 1.4) - 42), 0
        paragraphs: list[str] = []
        while count < wanted:
            if paragraphs and rng.random() < 0.03:
                paragraphs.append("* * *")
            paragraphs.append(writer.paragraph())
            count += paragraphs[-1].count(" ") + 1
        (folder / "stories" / f"{ident}.md").write_text("\n\n".join(paragraphs) + "\n", "utf-8")
        index += [
            f"  - id: {ident}", f"    title: {_quoted(title)}", f"    file: {ident}.md", "    status: selected", "    contributor:",
            f"      name: {_quoted(who)}", f"      email: reader{i + 1}@example.org", f"      bio: {_quoted(writer.sentence(plain=True))}",
            f"    received: {2015 + i % 11}-{1 + i % 12:02d}-{1 + i % 28:02d}",
            f"    permission: {{status: {rng.choice(['granted', 'granted', 'requested'])}, requested: 2025-{1 + i % 12:02d}-{1 + i % 28:02d}}}",
        ]  # fmt: skip
        if not i or chapter_of[i] != chapter_of[i - 1]:
            book += [f"# {chapter_of[i]}", ""]
        middle, figures = len(paragraphs) // 2, []
        if i in photos_of:
            index.append("    photos:")
        for photo in photos_of.get(i, ()):
            caption, credit, alt = writer.sentence(5, 12, plain=True), writer.name(), writer.sentence(5, 10, plain=True)
            index += [
                f"      - file: photos/p{photo:05d}.jpg", f"        caption: {_quoted(caption)}", f"        credit: {_quoted(credit)}",
                f"        alt: {_quoted(alt)}", f"        place: {{after: {middle}}}" if middle else "        place: start",
            ]  # fmt: skip
            figures.append(f"![{caption} Photo: {credit}](stories/photos/p{photo:05d}.jpg)")
        book += [
            f"## {title}",
            "",
            f"*{who}*",
            "",
            "\n\n".join([*paragraphs[:middle], *figures, *paragraphs[middle:]]),
            "",
        ]
    (folder / "stories" / "index.yaml").write_text("\n".join(index) + "\n", "utf-8")
    (folder / "book.md").write_text("\n".join(book) + "\n", "utf-8")
    for photo in range(1, size.photos + 1):
        path = folder / "stories" / "photos" / f"p{photo:05d}.jpg"
        if not path.exists() and photo <= size.drawn:
            path.write_bytes(draw(seed * 100_000 + photo))
        elif not path.exists():
            same = path.with_name(f"p{(photo - 1) % size.drawn + 1:05d}.jpg")
            path.write_bytes(same.read_bytes() + photo.to_bytes(4, "big"))


def draw(seed: int, size: tuple[int, int] = (1600, 1200)) -> bytes:
    """A picture with as much in it as a photo: clouds of several grains, about 285 KB as a JPEG."""
    from PIL import Image

    rng = random.Random(seed)
    width, height = size
    bands = []
    for _ in range(3):
        band = Image.new("L", size, 128)
        for grain, share in ((400, 0.5), (120, 0.4), (40, 0.3), (12, 0.25), (1, 0.08)):
            small = (max(2, width // grain), max(2, height // grain))
            noise = Image.frombytes("L", small, rng.randbytes(small[0] * small[1])).resize(
                size, Image.Resampling.BICUBIC
            )
            band = Image.blend(band, noise, share)
        bands.append(band)
    out = BytesIO()
    Image.merge("RGB", bands).save(out, "JPEG", quality=80)
    return out.getvalue()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
