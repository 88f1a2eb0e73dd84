"""Words that make up people's names beside the names themselves: suffixes, titles, particles, family names that stand first, and words of groups."""

SUFFIXES = frozenset(
    """
jr sr jun sen junior senior ii iii iv vi vii phd md dds dvm esq esquire rn bsn mba mfa jd llb llm cpa obe mbe cbe kbe
sj op osb osf ret usn usa usaf usmc lcsw lmft msw ma ms msc ba bs bsc mphil dphil edd psyd dmin mdiv mph mpa pe frs qc
kc dr med dipl ing frcp
""".split()
)
NUMERALS = frozenset(
    """
i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx
""".split()
)
TITLES = frozenset(
    """
dr mr mrs ms miss mx prof professor rev reverend fr father sister brother mother sir dame lady lord capt captain lt
lieutenant sgt sergeant cpl pvt col colonel maj major gen general adm admiral cmdr hon judge justice coach rabbi imam
pastor deacon bishop chief officer nurse aunt uncle grandma grandpa granny herr frau dipl-ing mme mlle señor señora
srta don doña dona sig signora sor fray padre hrh king queen prince princess emperor empress pope saint st
""".split()
)
RELIGIOUS = frozenset(
    """
sister brother father mother fr sir dame sor fray king queen prince princess emperor empress pope saint st
""".split()
)
# The commonest, which begin a family name in any language; the others are read as particles only where a name is filed.
SURNAME_PARTICLES = frozenset(
    """
van von de del della di da dos du la le st ten ter zu al el bin mac der
""".split()
)
PARTICLES = SURNAME_PARTICLES.union(
    """
in delle dello degli dei dal dalla do das des las los les lo vom zum zur den te tot op 't 'd af av d' san santa santo são
st. ste ste. saint sainte mc fitz ap ab ferch ben ibn ibnu bint abu umm abd abdul ad as ó ní nic nig ua uí mhac mhic o' y e i und de' בן בר אבן אבו بن ابن أبو عبد фон ван де
""".split()
)
NEVER_FIRST = frozenset(
    """
y e i und
""".split()
)
PERHAPS_GROUP = frozenset(
    """
academy hospital center centre union trust fund office grade sons brothers sisters bros studio studios shop store cafe café
church press band college school council board relay circle guild staff class company library museum crew friends club
co family
""".split()
)
VIETNAMESE = frozenset(
    """
nguyễn nguyen trần tran lê phạm pham hoàng hoang huỳnh huynh phan vũ võ vo đặng dang bùi bui đỗ hồ ho ngô ngo dương duong lý
đinh trịnh đoàn doan lâm tạ tô
""".split()
)
# Family names that stand first in romanized Chinese names; the second line also holds given names of other languages.
CHINESE = frozenset(
    """
wang li zhang liu chen yang huang zhao wu zhou xu zhu hu guo gao luo zheng liang xie tang feng deng cao peng zeng xiao tian
yuan pan jiang cai cheng wei shen yao cui zhong mao xi qin lei hou qian meng xiong lü
""".split()
)
CHINESE_PERHAPS = frozenset(
    """
sun ma he lin song han dong yu du ye su ding ren lu tan fan bai kong jin dai shi fu kang gu long wan
""".split()
)
KOREAN = frozenset(
    """
kim lee park choi jung jeong kang cho jo yoon jang lim han oh seo shin kwon hwang ahn song ryu hong pak yi
""".split()
)
SPANISH = frozenset(
    """
garcía garcia lópez lopez martínez martinez rodríguez rodriguez hernández hernandez gonzález gonzalez pérez perez sánchez sanchez
ramírez ramirez torres flores rivera gómez gomez díaz diaz cruz morales reyes gutiérrez gutierrez ortiz chávez chavez ramos ruiz
mendoza jiménez jimenez vargas castillo romero moreno vázquez vazquez fernández fernandez álvarez alvarez guzmán guzman muñoz munoz
rojas medina castro ríos rios vega herrera núñez nunez aguilar soto delgado guerrero méndez mendez salazar molina silva navarro
contreras suárez suarez márquez marquez lorca llosa ibáñez ibanez cabrera acosta fuentes valdez peña pena santos espinoza serrano
""".split()
)
SHORT_FAMILY_NAMES = frozenset(
    """
li wu ma xu hu he le vu kim lee pak cho han liu sun yu ho ngo ng tan lim ong goh koh teo low sim lin lu ly oh an bae ko ito abe
""".split()
)
# Lower-case words that are in names of groups and descriptions, never in names of people.
NO_NAMES = frozenset(
    """
on in from for to with at the our my by near who is are was
""".split()
)
FIRST_OF_GROUP = frozenset(
    """
team room troop grade section group class club table unit
""".split()
)
SOMEBODY = frozenset(
    """
friend reader runner walker mother father neighbor neighbour stranger fan teacher student local survivor veteran volunteer
visitor resident member mom dad parent nurse patient listener subscriber former proud grateful
""".split()
)
