"""Names beside the way they are filed."""

from __future__ import annotations

import pytest

from milebook.assemble.filed_names import filed, filing, surname


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
        ("Rose E Lee", "Lee, Rose E"),
        ("Mary Ann Y Marsh", "Marsh, Mary Ann Y"),
        ("JOSÉ OTEIZA Y RAMOS", "OTEIZA Y RAMOS, JOSÉ"),
        ("Ula i Marsh", "Marsh, Ula i"),
        ("Karl von und zu Marsh", "von und zu Marsh, Karl"),
        ("Seán Ó Briain", "Ó Briain, Seán"),
        ("Ada Marsh 😀", "Marsh, Ada, 😀"),
        ("Ada Marsh , PhD", "Marsh, Ada, PhD"),
        ("😀 😀", "😀, 😀"),
        ("", ""),
        # of the whole world
        ("Lukas van Marsh", "van Marsh, Lukas"),
        ("Oskar de la Vela", "de la Vela, Oskar"),
        ("Dora du Moulin", "du Moulin, Dora"),
        ("Ula K. Le Marsh", "Le Marsh, Ula K."),
        ("Renzo de' Monti", "de' Monti, Renzo"),
        ("Jan in 't Veld", "in 't Veld, Jan"),
        ("José Oteiza y Ramos", "Oteiza y Ramos, José"),
        ("Bruno García Márquez", "García Márquez, Bruno"),
        ("Maria Lopez Garcia", "Lopez Garcia, Maria"),
        ("Ana Maria Smith", "Smith, Ana Maria"),
        ("Maria da Silva", "da Silva, Maria"),
        ("Tessa of Ávila", "Tessa of Ávila"),
        ("St. Ciaran of Oak", "Ciaran of Oak, St."),
        ("St. Paul's Running Club", "St. Paul's Running Club"),
        ("Mother Tessa", "Tessa, Mother"),
        ("Pope Ciaran", "Ciaran, Pope"),
        ("Queen Maud II", "Maud II, Queen"),
        ("Maud II", "Maud II"),
        ("Otto VIII", "Otto VIII"),
        ("Fr. John Smith", "Smith, Fr. John"),
        ("Sister Mary Joseph O'Marsh", "O'Marsh, Sister Mary Joseph"),
        ("Prof. Dr. Hans Müller", "Müller, Prof. Dr. Hans"),
        ("Dr. med. Anna Schmidt", "Schmidt, Dr. med. Anna"),
        ("Sir Ian Marsh", "Marsh, Sir Ian"),
        ("Lord Marsh", "Marsh, Lord"),
        ("Milo Lee Marsh, Jr.", "Marsh, Milo Lee, Jr."),
        ("John D. Marsh III", "Marsh, John D., III"),
        ("Jane Doe, M.D.", "Doe, Jane, M.D."),
        ("Jane Doe (they/them)", "Doe, Jane"),
        ("Jane “Janie” Doe", "Doe, Jane “Janie”"),
        ("J. Q. R. Marsh", "Marsh, J. Q. R."),
        ("JQR Marsh", "Marsh, JQR"),
        ("NGUYEN Thi Anh", "NGUYEN, Thi Anh"),
        ("LI Wei", "LI, Wei"),
        ("nell marsh", "marsh, nell"),
        ("e e marsh", "marsh, e e"),
        ("Milo X", "Milo X"),
        ("Abu Musa al-Basri", "al-Basri, Abu Musa"),
        ("Omar ibn al-Katib", "ibn al-Katib, Omar"),
        ("Ibn Katib", "Ibn Katib"),
        ("Abdul Rahman", "Abdul Rahman"),
        ("A. Q. J. Abdul Karim", "Abdul Karim, A. Q. J."),
        ("Ben Marsh", "Marsh, Ben"),
        ("Dov Ben-Marsh", "Ben-Marsh, Dov"),
        ("Wang Xiaoming", "Wang, Xiaoming"),
        ("Xiaoming Wang", "Wang, Xiaoming"),
        ("Li Na", "Li, Na"),
        ("Lin Chen", "Chen, Lin"),
        ("Lin Dana", "Dana, Lin"),
        ("Kim Jae-min", "Kim, Jae-min"),
        ("Kim Smith", "Smith, Kim"),
        ("Haruto Yamada", "Yamada, Haruto"),
        ("An Nguyen", "Nguyen, An"),
        ("Nguyen Van An", "Nguyen, Van An"),
        ("Trần Thị Mai", "Trần, Thị Mai"),
        ("Ho Thi Minh", "Ho, Thi Minh"),
        ("Björk Örnsdóttir", "Björk Örnsdóttir"),
        ("Njeri wa Mwang'o", "Njeri wa Mwang'o"),
        ("Chioma Ngozi Adeola", "Adeola, Chioma Ngozi"),
        ("Seán Ó Marsh", "Ó Marsh, Seán"),
        ("Máire Mhac Marsh", "Mhac Marsh, Máire"),
        ("Llew ap Gwilym", "ap Gwilym, Llew"),
        ("Mary Smith-Jones", "Smith-Jones, Mary"),
        ("Mary Smith Jones", "Jones, Mary Smith"),
        ("Jean-Luc de Maar", "de Maar, Jean-Luc"),
        ("Smith Family", "Smith Family"),
        ("The Smiths", "The Smiths"),
        ("Smith & Jones", "Smith & Jones"),
        ("Ann and Bob Smith", "Smith, Ann and Bob"),
        ("Ann Smith and Bob Jones", "Smith, Ann, and Bob Jones"),
        ("Mr. and Mrs. John Smith", "Smith, Mr. and Mrs. John"),
        ("van der Berg, Jan", "van der Berg, Jan"),
        ("Room 12, Oak School", "Room 12, Oak School"),
        ("Mrs. Patel's Fifth Grade", "Mrs. Patel's Fifth Grade"),
        ("Ms. Lee's class", "Ms. Lee's class"),
        ("Tuesday Night Track Club", "Tuesday Night Track Club"),
        ("Team Oak", "Team Oak"),
        ("Editors of the Mile", "Editors of the Mile"),
        ("Friends of Oak Park", "Friends of Oak Park"),
        ("Girls on the Run", "Girls on the Run"),
        ("Back on My Feet", "Back on My Feet"),
        ("St. Mary's Academy", "St. Mary's Academy"),
        ("University of Oak", "University of Oak"),
        ("Oak, Inc.", "Oak, Inc."),
        ("Oak and Sons", "Oak and Sons"),
        ("A Friend", "A Friend"),
        ("A Reader in Ohio", "A Reader in Ohio"),
        ("An Old Friend", "An Old Friend"),
        ("Anna from Canby", "Anna from Canby"),
        ("Anna, 9, of Canby", "Anna, 9, of Canby"),
        ("A Smith", "Smith, A"),
        ("Coach Bill Marsh", "Marsh, Coach Bill"),
        ("Capt. James T. Marsh", "Marsh, Capt. James T."),
        ("D'Angelo Marsh", "Marsh, D'Angelo"),
        ("Gino D'Amare", "D'Amare, Gino"),
        ("Maria del Carmen", "del Carmen, Maria"),
        ("Анна Осокина", "Осокина, Анна"),
        ("דוד בן דרור", "בן דרור, דוד"),
        ("محمود بستاني", "بستاني, محمود"),
        ("मीरा दीवान", "दीवान, मीरा"),
        ("山田太郎", "山田太郎"),
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


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Ana de la Cruz", "de la Cruz"),
        ("Ann and Bob Smith", "Smith"),
        ("Ann Smith and Bob de la Cruz", "Smith and de la Cruz"),
        ("Nguyễn Thị Ánh", "Nguyễn"),
        ("Oak Street Writers Group", "Oak Street Writers Group"),
        ("Pat Ward Ph.D.", "Ward"),
    ],
)
def test_running_heads(name: str, head: str) -> None:
    assert surname(name) == head


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "O’Brien"),
        ("Ní Dhálaigh", "Ni Dhalaigh"),
        ("Smith‑Marsh", "Smith-Marsh"),
        ("Æsir", "Aesir"),
        ("Þór", "Thor"),
    ],
)
def test_names_that_are_filed_in_one_place(one: str, other: str) -> None:
    assert filing(one) == filing(other)
