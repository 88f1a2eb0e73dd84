"""Words that are written without their first or last letters: 'tis, 'prentice, runnin', o'."""

from __future__ import annotations

import re

# Never the first word of a quotation, or hardly ever.
_CUT_WORDS = frozenset(
    """
tis tisn tain twas twasn twarn twere tweren twill twon twould twouldn twixt tother em til nother nuff nough noughf cuz coz fraid scuse spose
sposin posin pose posed zactly ooray n uz ud um steado stead prentice prentices prenticed lowance lowances lowed lows lowin spec specs specks
spect spects spected specting spectin spute sputes sputed sturb sturbed sturbing kase thout dout members membered lection lections lectric
terpret terpreted ceptin cepting cepted xcept xcepting xceptin ponmy pon gator gators tater taters baccy bacca backer possum possums
rithmetic scape scaped splain splained stonish stonished stroy stroyed spicion spicions pears peared pinion bliged bleeged bleege tention
gainst mongst neath tween twixt twould frisco lizabeth liza melia manda merica merican mericans gusta hood hoods burbs flu cello zine
sblood sdeath sfoot swounds zounds umble umbly umbled ospital ospitals undred undreds usband usbands ungry orspital orse orses ouse ouses
ome appen appened appenin appens appy ardly orrid orrible elp elped eard alf arf ave aving aven avin adn asn eaven eavens ead eads eart earts
enry arry arriet ow ope oped isself imself erself ollow olla ello igh ighest undredweight umpback
bouts buse bused bacco bedience bility cademy ccount cordin cording cordingly dacious dition gin greement larm larmed lowable mazing mid
muse nighted nited nitials noint nounce nounced nything ppear ppears pology praisal preciate ristocrat ssociation stead steadof steada
sylum ternal ternity tectives tective tomobile tweren umbrella versity vidently vise vited xactly xpect xpected xpects xplain yond
""".split()
)
# They lack letters unless a closing quote shows that a quotation begins with them.
_MAYBE_WORDS = frozenset(
    """
bout cause cept count course ard ere er im is it ill old our ear ears air and arm arms as at ad eat eating ate all ole us round sup till un uns
kay long low way lone lows member deed change consequence ware fore fo f fit less mum nighters phone phones plane bus net night morning
evening afternoon tude rents spite sides stroke tend tended tack tacked though through till tribute void wards way ways while wild woke wake
shamed sleep sure surance semble sist sistant sault pon pothecary lectioneer most cross gree live lows mericky ginnings gun hind neck
low lowest ventually nt ull t tweens ight ighty ouldn
""".split()
)
_END_WORDS = frozenset(
    """
an o ol ole th wi wid mos jis jes las los fas nex lef kep slep tol sol col bes res dus mus jus min fin kin han lan san stan stan' groun
roun foun soun poun boun aroun behin beyon understan en den mo fo po sho do yo befo hisse t ha gi sin awa f lan' chile fren frien frens
ma'am d ev evr nothin sumpn gal off o' mas mars wan mawnin wuf fambly bekase doan ain didn couldn wouldn shouldn wan' lemme he she
""".split()
)
_LETTERS = re.compile(r"[^\W\d_]+")
_SHOP = re.compile(r"[rR]['’] ?(?:[uU]s|We|Me|U)(?!\w)")  # Toys 'R' Us
_ALONE = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?['’](?!\w)")
_STUB = re.compile(r"(?:s|t|k|m|d|ll|ve|re|v|f|e|n|ne|nen|nem|ner)(?![\w'’])|e(?=['’](?:s|ll|d|ve)\b)", re.IGNORECASE)


def lacks_letters(text: str, at: int) -> bool:
    """Whether the word at `at` is one that is written with an apostrophe before it."""
    found = _LETTERS.match(text, at)
    if found is None:
        return False
    return found[0].lower() in _CUT_WORDS or _STUB.match(text, at) is not None or _SHOP.match(text, at) is not None


def may_lack_letters(text: str, at: int) -> bool:
    """Whether the word at `at` is sometimes written with an apostrophe before it. One that stands alone in quotes is not."""
    found = _LETTERS.match(text, at)
    if found is None or found[0].lower() not in _MAYBE_WORDS:
        return False
    return _ALONE.match(text, at) is None or is_clipped(found[0])


def is_clipped(word: str) -> bool:
    """Whether a word, its quote not included, is written with an apostrophe after it: runnin', an', o'."""
    word = word.lower()
    return word in _END_WORDS or (len(word) > 3 and word.endswith("in")) or len(word) == 1


def last_word(text: str, end: int) -> str:
    """The letters before position `end`."""
    start = end
    while start and text[start - 1].isalpha() and end - start < 30:
        start -= 1
    return text[start:end]
