"""A format whose writer fails as the environment says: MILEBOOK_TEST_FAULT is the name of an error, "exit" or "ctrl-c"."""

from __future__ import annotations

import os
from typing import NoReturn

from milebook.photos import PhotoLost

FAULTS = {"ValueError": ValueError("no such page"), "MemoryError": MemoryError(), "PhotoLost": PhotoLost([])}


def write(*given: object) -> NoReturn:
    fault = os.environ["MILEBOOK_TEST_FAULT"]
    if fault == "exit":
        os._exit(9)
    if fault == "ctrl-c":  # as it looks where a library was stopped in the middle of something
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as error:
            raise RuntimeError("Error calling __set_name__") from error
    raise FAULTS[fault]
