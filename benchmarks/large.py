"""The memory that very large books take: a first build of 30,000 stories, and an export of a gigabyte of photos.

Usage: python benchmarks/large.py [--stories N] [--megabytes N] [--work FOLDER]

Prints for each the seconds of processor time, and the peak of the largest process in MiB. The build takes some seven minutes
on two cores.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from book import CHAPTERS, Writer
from timing import Job, measure

ROOT = Path(__file__).parents[1]
WORDS = 300  # of a story, on average
NOT_NEEDED = "permission: {status: not_needed, reason: made up}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--stories", type=int, default=30_000)
    parser.add_argument("--megabytes", type=int, default=1_000)
    parser.add_argument("--work", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.work) as folder:
        stories, photos = Path(folder) / "stories", Path(folder) / "photos"
        if given.stories:
            many_stories(stories, given.stories)
            report(f"build of {given.stories:,} stories", "build", stories)
        if given.megabytes:
            written = many_photos(photos, given.megabytes)
            report(f"export of {written / 1e6:,.0f} MB of photos", "export", photos)
    return 0


def report(name: str, command: str, folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    taken = measure(Job(name, [[sys.executable, "-m", "milebook", command]], folder), environment)
    print(f"{name}: {taken.cpu:.0f} s of processor time, {taken.wall:.0f} s; largest process {taken.peak:.0f} MiB")


def many_stories(folder: Path, count: int) -> None:
    """A book with a line of the index for each story: `book.make_book` gives them more, and an index may have 5 MB."""
    writer = Writer(1)
    rng = writer.rng
    (folder / "stories").mkdir(parents=True)
    index = [
        "book: {title: A Very Large Book, authors: [Ada Thornton], language: en-GB, date: 2026-01-01}",
        "chapters:",
    ]
    for number, title in enumerate(CHAPTERS):
        members = range(number * count // len(CHAPTERS), (number + 1) * count // len(CHAPTERS))
        listed = ", ".join(f"s{i}" for i in members)
        index.append(f"  - {{id: c{number}, title: {json.dumps(title)}, stories: [{listed}]}}")
    index.append("stories:")
    for i in range(count):
        paragraphs, words, wanted = list[str](), 0, WORDS * rng.uniform(0.6, 1.4)
        while words < wanted:
            paragraphs.append(writer.paragraph())
            words += paragraphs[-1].count(" ") + 1
        (folder / "stories" / f"s{i}.md").write_text("\n\n".join(paragraphs) + "\n", "utf-8")
        title = json.dumps(" ".join(writer.some(3)).title(), ensure_ascii=False)
        index.append(
            f"  - {{id: s{i}, title: {title}, status: selected, contributor: {{name: {writer.name()}}}, {NOT_NEEDED}}}"
        )
    (folder / "stories" / "index.yaml").write_text("\n".join(index) + "\n", "utf-8")


def many_photos(folder: Path, megabytes: int) -> int:
    """A book of photos of some 14 MB each, no two of them with the same bytes. Returns the bytes written."""
    from PIL import Image

    (folder / "stories" / "photos").mkdir(parents=True)
    out = BytesIO()
    size = (5600, 3900)
    Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3)).save(out, "JPEG", quality=80)
    photo, index, written = out.getvalue(), list[str](), 0
    while written < megabytes * 1_000_000:
        i, comment = len(index), f"{len(index):08}".encode()
        data = photo[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + photo[2:]
        (folder / "stories" / "photos" / f"p{i}.jpg").write_bytes(data)
        (folder / "stories" / f"s{i}.md").write_text(f"I ran past the old oak number {i} and home again.\n", "utf-8")
        index.append(
            f"  - {{id: s{i}, title: Story {i}, status: selected, contributor: {{name: Ana Example}}, {NOT_NEEDED}, "
            f"photos: [{{file: photos/p{i}.jpg, alt: An oak., caption: Oak {i}., credit: Me, {NOT_NEEDED}}}]}}"
        )
        written += len(data)
    members = ", ".join(f"s{i}" for i in range(len(index)))
    head = [
        "book: {title: A Book of Photos, authors: [Ada Thornton], date: 2026-01-01}",
        f"chapters: [{{id: one, title: One, stories: [{members}]}}]",
        "stories:",
    ]
    (folder / "stories" / "index.yaml").write_text("\n".join([*head, *index]) + "\n", "utf-8")
    return written


if __name__ == "__main__":
    sys.exit(main())
