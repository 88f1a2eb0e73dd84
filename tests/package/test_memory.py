"""A package takes no more memory than its largest photos need, however many there are."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from pathlib import Path

import pytest
from bookmaking import make_book, photo, story
from PIL import Image

ROOT = Path(__file__).parents[2]
MOST = 190  # MiB of the largest process; holding the photos took six bytes a byte, here 230 MiB more


@pytest.mark.slow
def test_photos_are_streamed_into_the_package(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(2400 * 1600 * 3)
    stories = []
    root = make_book(
        tmp_path, [story(f"s{n}", f"I ran {n} miles.\n", photos=[photo(f"photos/p{n}.jpg")]) for n in range(12)]
    )
    for number in range(12):
        whole = io.BytesIO()
        Image.frombytes("RGB", (2400, 1600), noise).rotate(number).save(whole, "JPEG", quality=88)
        (root / f"stories/photos/p{number}.jpg").write_bytes(whole.getvalue())
        stories.append(len(whole.getvalue()))
    assert sum(stories) > 30_000_000
    code = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-m', 'milebook', '-C', sys.argv[1], 'export', '--draft', '--jobs', '1'])\n"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(root)], capture_output=True, text=True, cwd=ROOT)
    status, peak = map(int, done.stdout.split()[-2:])
    assert status == 0, done.stderr
    assert peak / 1024 < MOST
