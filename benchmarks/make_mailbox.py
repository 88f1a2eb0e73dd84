"""Make a large mailbox for timing: `python benchmarks/make_mailbox.py FILE [MAILS] [PHOTOS] [BYTES]`. The same arguments give the same file."""

from __future__ import annotations

import base64
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from mails import jpeg, person, story_text, title


def write_mailbox(path: Path, mails: int = 5_000, photos: int = 1_000, size: int = 1_090_000) -> None:
    """Mails by as many people; every fifth (of `photos` in all) with a photo of `size` bytes."""
    every = max(1, mails // max(photos, 1))
    noise = random.Random(1).randbytes(size)
    picture = base64.encodebytes(jpeg(1, (640, 480)) + noise)
    with path.open("wb") as out:
        for number in range(mails):
            name, address = person(number)
            head = (
                f"From sender@example.org Mon May 26 20:18:05 +0000 2025\nFrom: {name} <{address}>\nSubject: {title(number)}\n"
                f"Date: {1 + number % 28} May 2025 10:00:00 -0500\nMessage-ID: <m{number}@example.org>\nMIME-Version: 1.0\n"
            )
            text = story_text(number, 150)
            if number % every == 0 and number // every < photos:
                out.write(
                    f'{head}Content-Type: multipart/mixed; boundary="b{number}"\n\n--b{number}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n\n'
                    f'--b{number}\nContent-Type: image/jpeg; name="IMG_{number}.JPG"\nContent-Transfer-Encoding: base64\n'
                    f'Content-Disposition: attachment; filename="IMG_{number}.JPG"\n\n'.encode()
                )
                out.write(picture)
                out.write(f"\n--b{number}--\n\n".encode())
            else:
                out.write(f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}\n\n".encode())


if __name__ == "__main__":
    write_mailbox(Path(sys.argv[1]), *map(int, sys.argv[2:]))
