"""Words that make up people's names beside the names themselves: suffixes, titles, particles, and family names of one kind."""

SUFFIXES = """
jr sr jun sen junior senior ii iii iv vi vii phd md dds dvm esq esquire rn bsn mba mfa jd llb llm cpa obe mbe cbe kbe
sj op osb osf ret usn usa usaf usmc lcsw lmft msw ma ms msc ba bs bsc mphil dphil edd psyd dmin mdiv mph mpa pe frs qc
kc dr med dipl ing frcp
"""
TITLES = """
dr mr mrs ms miss mx prof professor rev reverend fr father sister brother mother sir dame lady lord capt captain lt
lieutenant sgt sergeant cpl pvt col colonel maj major gen general adm admiral cmdr hon judge justice coach rabbi imam
pastor deacon bishop chief officer nurse aunt uncle grandma grandpa granny herr frau dipl-ing mme mlle señor señora
srta don doña dona sig signora
"""
RELIGIOUS = """
sister brother father mother fr sir dame
"""
# The commonest, which begin a family name in any language; the others are read as particles only where a name is filed.
SURNAME_PARTICLES = """
van von de del della di da dos du la le st ten ter zu al el bin mac der
"""
PARTICLES = f"""{SURNAME_PARTICLES}
delle dello degli dei dal dalla do das des las los les lo vom zum zur den te tot op 't 'd af av d' san santa santo são
st. ste ste. saint sainte mc fitz ap ab ferch ben ibn ibnu abu abd ad as ó ní nic ua uí o' y e i und
"""
NEVER_FIRST = """
y e i und
"""
PERHAPS_GROUP = """
church press band college school council board relay circle guild staff class company library museum crew friends club
co family
"""
VIETNAMESE = """
nguyễn nguyen trần tran lê phạm pham hoàng hoang huỳnh huynh phan vũ võ đặng dang bùi bui đỗ ngô ngo dương duong lý
đinh trịnh
"""
