"""How large pictures are printed: no sharper than they are, and of unknown size as if they were 4 to 3."""

from __future__ import annotations

import pytest

from milebook.writers.picture_size import picture_size, row_heights


def test_a_picture_fills_the_measure_or_what_its_pixels_give() -> None:
    assert picture_size((3000, 1500), 300.0, 400.0) == (300.0, 150.0)
    assert picture_size((625, 625), 300.0, 400.0) == (150.0, 150.0)  # 300 pixels to the inch
    assert picture_size((1500, 3000), 300.0, 400.0) == (200.0, 400.0)


@pytest.mark.parametrize("pixels", [(0, 0), (0, 900), (900, 0)])
def test_a_picture_of_unknown_size_is_taken_for_one_of_4_to_3(pixels: tuple[int, int]) -> None:
    width, height = picture_size(pixels, 300.0, 400.0)
    assert width == pytest.approx(height * 4 / 3)


def test_pictures_side_by_side_have_one_height() -> None:
    height, most = row_heights([(2000, 3000), (3000, 3000)], 308.0, 100.0, 8.0)
    assert height == 100.0
    assert most == pytest.approx(180.0)
