"""Names beside the way they are filed."""

from __future__ import annotations

import pytest

from milebook.assemble.filed_names import filed


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("Ana Example", "Example, Ana"),
        ("Ana Le Marsh", "Le Marsh, Ana"),
        ("Ian St. John", "St. John, Ian"),
        ("Pat Ward Ph.D.", "Ward, Pat, Ph.D."),
        ("Pat Ward, RN, BSN", "Ward, Pat, RN BSN"),
        ("Sam Oaks Jr.", "Oaks, Sam, Jr."),
        ("Sam Oaks III", "Oaks, Sam, III"),
        ("Dr. Ada Example", "Example, Dr. Ada"),
        ("Rev. Dr. Ada Example", "Example, Rev. Dr. Ada"),
        ("Mrs. Marsh", "Marsh, Mrs."),
        ("Sister Mary Agnes", "Mary Agnes, Sister"),
        ("Oak Street Writers Group", "Oak Street Writers Group"),
        ("The Hill Striders", "The Hill Striders"),
        ("Class of 2014", "Class of 2014"),
        ("Friends of the Trail", "Friends of the Trail"),
        ("The Marsh Family", "The Marsh Family"),
        ("Ann Church", "Church, Ann"),
        ("Jack Ma", "Ma, Jack"),
        ("Ana de la Cruz", "de la Cruz, Ana"),
        ("Ana van der Berg", "van der Berg, Ana"),
        ("Sinéad Ní Bhriain", "Ní Bhriain, Sinéad"),
        ("Ana O'Marsh", "O'Marsh, Ana"),
        ("Ana and Ben Example", "Example, Ana and Ben"),
        ("Ana Marsh (née Bell)", "Marsh, Ana"),
        ("Example, Ana", "Example, Ana"),
        ("Adéọlá Ọ̀ṣun", "Ọ̀ṣun, Adéọlá"),
        ("NGUYEN Thi Anh", "NGUYEN, Thi Anh"),
        ("Nguyễn Thị Ánh", "Nguyễn, Thị Ánh"),
        ("王小明", "王小明"),
        ("Cher", "Cher"),
        ("Ana E.", "E., Ana"),
        ("", ""),
    ],
)
def test_names_in_an_english_book(name: str, whole: str) -> None:
    assert filed(name).whole == whole


@pytest.mark.parametrize(
    ("language", "name", "whole"),
    [
        ("de", "Anna von der Au", "Au, Anna von der"),
        ("nl", "Jan van der Berg", "Berg, Jan van der"),
        ("fr", "Anne de Marais", "Marais, Anne de"),
        ("fr", "Anne de La Mare", "La Mare, Anne de"),
        ("es", "Ana García Marsh", "García Marsh, Ana"),
        ("es", "Ana de la Cruz", "Cruz, Ana de la"),
        ("pt-BR", "Ana dos Santos", "Santos, Ana dos"),
        ("hu", "Nagy Anna", "Nagy, Anna"),
        ("is", "Anna Jónsdóttir", "Anna Jónsdóttir"),
    ],
)
def test_customs_of_languages(language: str, name: str, whole: str) -> None:
    assert filed(name, "", language).whole == whole


def test_the_author_s_own_word_goes_before() -> None:
    assert filed("Ana Maria Marsh", "Maria Marsh, Ana").whole == "Maria Marsh, Ana"
    assert filed("Ana Marsh", "Marsh").whole == "Marsh"


def test_filed_names_are_sorted_without_accents() -> None:
    names = ["Ána Žak", "Ben Zebra", "Ana de la Cruz", "Cher"]
    assert sorted(names, key=lambda name: filed(name).key) == ["Cher", "Ana de la Cruz", "Ána Žak", "Ben Zebra"]
