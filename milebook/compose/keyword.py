"""The word of a title by which an editor will know the manuscript: the keyword of its running head."""

from __future__ import annotations

LEAST = 3  # letters of a keyword

# Words that say nothing of a book: articles, pronouns, prepositions, numbers, and what titles are padded with.
SMALL = frozenset(
    """
a about after all almost an and another any are around as at be because been before between beyond but by can did do
does down each eight eighth even ever every few fifth first five for four fourth from good great had has have he her
here his how i if in into is it its just last less little long many me more most much my near never new next nine
ninth no none not now of off old on once one only or other our out over own past second seven seventh she since six
sixth small so some still such ten tenth than that the their them then there these they third this those three through
to too toward two under until untitled up upon us very was we were what when where which while who whom whose why will
with without you your

an auf aus bei das dem den der des die ein eine einer im in ins mit nach ohne und unter vom von vor wie zu zum zur
über

au aux avec ce ces dans de des du elle en entre et il je la le les leur ma mais mes mon ne nos notre ou par pas plus
moins pour que qui sa sans se ses son sous sur ta tes ton tu un une vers vos votre nous vous

al con de del e el en ella ellas entre la las lo los mi mis más menos para pero por que se sin sobre su sus un una y
""".split()
)


def title_keyword(title: str) -> str:
    """ "Mile" of "One Mile, More or Less": the first word that says what the book is about, else the longest."""
    words = [word.strip(".,:;!?…“”‘’\"'()«»*_") for word in title.split()]
    words = [word for word in words if any(map(str.isalpha, word))]
    telling = [word for word in words if word.casefold() not in SMALL and len(word) >= LEAST]
    if telling:
        return telling[0]
    return max(words, key=len, default=title)
