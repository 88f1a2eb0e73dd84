"""The small words that every sentence of a language needs: articles, pronouns, prepositions, forms of to be."""

from __future__ import annotations

_SMALL_WORDS = {
    "de": "der die das und ist ich nicht ein eine zu den von mit es sich auf dem wir war wie auch so an hatte er sie im aber als noch nach bei aus um wenn nur "
          "mich mir uns durch vor wurde haben dass oder einer einem jeder hat auf für über des sind sein",
    "en": "the and of to a in is was that it i he she we they you with for on as at his her had have not but this are be from by my were there when what our "
          "or has their an all so one would no if out up",
    "es": "el la los las de que y en un una es se no por con para su al lo como más pero le me mi era había cuando todo esta este muy sin del nos yo ya hasta "
          "fue ha porque o son sus toda",
    "fr": "le la les de des et à un une est que qui en dans il elle je ne pas pour sur ce avec au nous vous mais par plus se son sa était comme on du si leur où "
          "sont ses ou tout toute aux a",
    "it": "il lo la i gli le di che e in un una è non per con si del della al mi ma come più era quando anche sono io da nel ci questo dei alla ogni ha suo sua od "
          "o delle dal nella",
    "nl": "de het een en van is dat ik niet te in op we met voor was er aan maar zijn hij ze die ook als bij naar nog uit om had door toen mijn over zo heeft ieder "
          "of worden recht geen",
    "pl": "i w na z się nie to że do jest o jak ale po co tak za był była ja przez od dla już tylko gdy mi może przy ma oraz jego lub każdy każda prawo bez",
    "pt": "o a os as de que e em um uma é se não por com para do da no na eu mas como mais foi ao dos das nos me meu minha era quando já muito seu sua ou tem toda "
          "todo pelo pela",
    "sv": "och att det i en som på är av för med jag inte den var till om ett han hon vi men när så hade min från sig har de där då skulle ut eller varje rätt sin "
          "skall vid",
    "vi": "và của là có không tôi một những được cho các trong đã với người này thì ở khi đến như cũng nhưng lại về ra đi chúng mà bị vào nó rất còn lên phải từ "
          "anh em bà ông mẹ con",
}  # fmt: skip
# Languages that nothing is said of, so that they are not taken for those beside them.
_NEIGHBORS = {
    "af": "die en van het is nie ek dit dat hy sy ons in te om met vir was op aan as wat ook by maar sal elke reg of mag word sonder enige alle alles een toe",
    "ca": "el la els les de i que en un una és no per amb al com més però seva seu aquest tota tot quan era ha té dret o als del sense son ni altres dels",
    "gl": "o a os as de que e en un unha é non por con para do da no na dos das ao como máis pero seu súa toda todo ten dereito ou nin sen á pola cando era",
    "nb": "og i er det på av en et som til å for med ikke den de jeg var har om han hun vi men når fra seg hadde skal enhver rett eller sin ved ut etter",
    "da": "og i er det på af en et som til at for med ikke den de jeg var har om han hun vi men når fra sig havde skal enhver ret eller sin ved ud efter",
}
SMALL_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
NEIGHBORS = {language: frozenset(words.split()) for language, words in _NEIGHBORS.items()}
