"""Read which circumstances a record asks for or rules out: a closed list of about sixty, after Open Eligibility.

What a person has not told is not known; how often it is true of people is then what a rank may go by (`share`).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rxbot.directory.model import Service
from rxbot.directory.rules.alternatives import GOVERNS, alternatives, is_for_everybody, names_people, whom_sentences
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.phrasing import phrasings_in
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.told import told_in
from rxbot.directory.stems import STEMS, fold, words_of

SHARES_AND_WORDS: Mapping[str, tuple[float, str]] = {
    "low_income": (0.5, (
        "low income, lower income, low to moderate income, low or moderate income, low and moderate income, limited "
        "income, fixed income, income guidelines, income limit, income eligible, income requirements, income qualified, "
        "poverty, poor, needy, economically disadvantaged, financially disadvantaged, disadvantaged, financial need, "
        "financial hardship, limited resources, limited means, indigent, underprivileged, underserved, impoverished, low "
        "wage"
    )),
    "homeless": (0.04, (
        "homeless, unhoused, rough sleepers, without a home, without housing, without shelter, without cooking facilities"
    )),
    "near_homeless": (0.1, (
        "risk of homelessness, risk of becoming homeless, risk of losing their home, eviction, inadequately housed"
    )),
    "veteran": (0.04, (
        "veteran, armed forces, military, service member, ex-service, active duty, war era, honorably discharged, retired "
        "military"
    )),
    "child": (0.02, ""),
    "relative_of_one": (0.05, ""),
    "volunteer": (0.03, ""),
    "carer": (0.15, "caregiver, carer, caring for a, caring for someone, family caregiver"),
    "uninsured": (0.15, "uninsured, underinsured, no insurance, without insurance, without health insurance, lack insurance"),
    "insured": (0.4, "medicaid, medi-cal, medicare, private insurance, insured, insurance required"),
    "health_plan_member": (0.05, "health plan member, plan member, kaiser, hmo, kaiser members"),
    "limited_english": (0.15, (
        "limited english, non-english speaking, non-native english, monolingual, english learner, esol, esl, "
        "english as a second language"
    )),
    "english_speaker": (0.8, (
        "english speaking, speak english, basic knowledge of english, fluent in english, proficient in english"
    )),
    "no_immigration_status": (0.05, "undocumented, without papers"),
    "immigrant": (0.2, "immigrant, migrant, newcomer, emigre, foreign born"),
    "refugee": (0.03, (
        "refugee, asylum seeker, asylee, humanitarian parolee, unaccompanied minor, victims of trafficking, human "
        "trafficking"
    )),
    "citizen": (0.75, (
        "citizen, citizenship, legal resident, legal permanent resident, permanent resident, eligible immigrant, legal "
        "immigrant, legal status, qualified alien, qualified immigrant, lawfully present, green card, work permit, "
        "authorized to work, social security number, lawful permanent resident, eligible for naturalization, eligible to "
        "naturalize, citizenship applicant"
    )),
    "ex_offender": (0.05, (
        "ex-offender, ex-convict, ex-prisoner, former inmate, former prisoner, formerly incarcerated, released from jail, "
        "released from prison, parole, probation, criminal record, reentry, returning citizen, offender"
    )),
    "detained": (0.01, (
        "inmate, incarcerated, detention center, immigration detention, detention program, prisoner, in jail, "
        "in prison, in custody, detained, detainee, detainment, juvenile hall, juvenile offender, "
        "juvenile justice, under arrest, arrested, court ordered, court referred, ordered by the court, "
        "by police, by the police, convicted, dui, law violations, delinquent, delinquency, delinquents, criminally charged, "
        "pending criminal action, pending criminal charge, ward of the juvenile court, ward of juvenile court, juvenile court "
        "ward"
    )),
    "abuser": (0.01, (
        "batterer, perpetrator, violent offender, who batter, who abuse, anger management, sex offender, drug offender"
    )),
    "unemployed": (0.12, (
        "unemployed, underemployed, jobless, job seeker, looking for work, looking for a job, seeking work, seeking a "
        "job, seeking employment, laid off, dislocated worker, out of work, job search, actively seeking employment"
    )),
    "in_business": (0.03, "business owner, entrepreneur, small business, self-employed"),
    "employed": (0.5, "must be working, must be employed"),
    "retired": (0.3, "retired, retiree, semi-retired"),
    "pregnant": (0.03, "pregnant, pregnancy, expectant, expecting, prenatal, postpartum, newborn"),
    "has_children": (0.35, (
        "parent, parenting, with children, with a child, with minor children, with young children, mother, father, families with "
        "children, single parent, custody, custodian, guardian, family with children, dependent children, have children, "
        "child in custody, child in family, child in the family, child in the home, child in the household"
    )),
    "raises_a_relative": (0.02, (
        "raising a relative, raising the child of a relative, raising a relative's child, raising grandchildren, kinship, "
        "grandparents raising, grandparents who are caregivers, caregivers of grandchildren, grandparent caregiver, "
        "grandfamilies, relative caregiver"
    )),
    "adopts_or_fosters": (0.02, "adopt, adoptive, adoption, adoptee, foster parent, foster family, birth parent"),
    "foster_youth": (0.01, "foster youth, foster child, foster care, emancipated youth, aging out, ward of the court"),
    "lgbtq": (0.05, (
        "lgbt, lgbtq, lgbtqi, lgbtqia, lgbtq2s, glbt, gay, lesbian, bisexual, queer, same sex, sexual minority, gender minority"
    )),
    "trans": (0.01, "transgender, transgendered, transsexual"),
    "developmental_disability": (0.02, (
        "developmental disability, developmentally disabled, developmental delay, "
        "developmentally delayed, intellectual "
        "disability, intellectually disabled, intellectually delayed, mentally retarded, mental retardation, down "
        "syndrome, autism, autistic, regional center, learning disability, learning disabled, learning difference, "
        "special needs, special education, cerebral palsy, asperger, mentally challenged, developmentally challenged"
    )),
    "disability": (0.15, (
        "disability, disabled, handicapped, physically challenged, physically limited, physical limitation, impairment, "
        "impaired, mobility, wheelchair, paratransit, amputee, ssi, ssdi, paralyzed, paraplegic, quadriplegic"
    )),
    "deaf": (0.04, "deaf, hard of hearing, hearing impaired, hearing impairment, hearing loss"),
    "visual_impairment": (0.04, (
        "blind, blindness, visually impaired, visual impairment, vision loss, vision impairment, low vision, partially "
        "sighted, sight impaired"
    )),
    "homebound": (0.06, (
        "homebound, housebound, frail, unable to shop, unable to cook, unable to leave, shut-in, unable to prepare"
    )),
    "mental_illness": (0.2, (
        "mental illness, mentally ill, mental health, mental disorder, psychiatric, emotionally disturbed, emotional "
        "disturbance, emotional problems, depression, depressed, anxiety, schizophrenia, bipolar, psychosis"
    )),
    "serious_mental_illness": (0.1, (
        "seriously mentally ill, severely mentally ill, chronically mentally ill, serious mental illness, severe mental "
        "illness, chronic mental illness, persistent mental illness, serious mental disorder, serious emotional disturbance, "
        "seriously emotionally disturbed, severely emotionally disturbed, severe emotional disturbance"
    )),
    "substance_use": (0.08, (
        "substance abuse, substance abuser, substance use, addict, addiction, addicted, alcohol, alcoholic, alcoholism, "
        "drug, drug abuse, chemical dependency, chemically dependent, in recovery, sober, stop drinking, stop using, "
        "opiate, opioid, heroin, methadone, detox, detoxification"
    )),
    "smoker": (0.1, "smoker, smoking, tobacco, nicotine"),
    "gambling": (0.02, "gambling, gambler"),
    "eating_disorder": (0.02, "eating disorder, eating compulsively, overeater, anorexia, bulimia"),
    "cancer": (0.03, "cancer, leukemia, tumor, oncology, lymphoma"),
    "dementia": (0.03, "dementia, alzheimer, alzheimers, memory loss, memory impairment"),
    "hiv": (0.01, "hiv, living with aids, people with aids, persons with aids, individuals with aids, against aids"),
    "chronic_illness": (0.2, (
        "chronic illness, chronically ill, chronic condition, chronic disease, chronic pain, diabetes, diabetic, heart "
        "disease, heart attack, stroke, parkinson, parkinsons, multiple sclerosis, arthritis, epilepsy, asthma, lupus, "
        "kidney disease, dialysis, brain injury, brain injured, crohn, copd, neurologically impaired, hemophilia, cystic "
        "fibrosis, ostomy, ostomate, colostomy, sickle cell"
    )),
    "terminal_illness": (0.01, (
        "terminal illness, terminally ill, life-threatening illness, life-limiting, life expectancy, hospice, end of "
        "life, dying"
    )),
    "bereaved": (0.1, (
        "bereaved, bereavement, grieving, grief, widow, widower, widowed, loss of a loved one, loss of a spouse, "
        "lost a loved one, lost a spouse"
    )),
    "lost_a_child": (0.01, (
        "pregnancy loss, infant loss, loss of a child, loss of their child, lost a child, lost a baby, death of a child, "
        "death of their child, child who died, miscarriage, stillbirth, perinatal loss"
    )),
    "lost_to_suicide": (0.01, "survivors of suicide, suicide loss, lost to suicide, suicide survivors"),
    "domestic_violence": (0.05, (
        "domestic violence, domestic abuse, battered, abused women, abused person, abused adult, abused spouse, intimate "
        "partner, family violence"
    )),
    "sexual_assault_survivor": (0.03, (
        "rape, sexual assault, sexually assaulted, sexual abuse, sexually abused, sexual violence, incest, molested"
    )),
    "crime_victim": (0.03, "crime victim, victims of crime, victims of drunk drivers, victims of violent crime, homicide"),
    "trauma_of_war": (0.01, "torture, war survivor, holocaust, genocide"),
    "student": (0.1, (
        "registered student, enrolled student, current student, college student, university student, high school student, "
        "full-time student, middle school student, district student, special education student, undergraduate, enrolled "
        "at the college, enrollment at high school, student of, part-time student"
    )),
    "tenant": (0.5, "tenant, renter, section 8, voucher holder"),
    "home_owner": (0.3, "homeowner, home owner, own their home, property owner"),
    "benefit_recipient": (0.3, (
        "tanf, calworks, general assistance, public assistance, welfare, snap, food stamps, capi, benefit recipient, on "
        "benefits, universal credit, free school meals"
    )),
    "in_crisis": (0.1, (
        "in crisis, in an emergency, emergency situation, suicidal, experiencing crisis, psychiatric emergency, psychiatric "
        "crisis"
    )),
    "farm_worker": (0.01, "farm worker, farmworker, agricultural worker, day laborer, seasonal worker"),
    "of_one_employer": (0.03, "union member, employees of, city employee, retirees of, faculty, alumni, alumnus"),
    "client_already": (0.03, "current client, existing client, enrolled client, current patient, existing patient"),
    "faith": (0.2, (
        "jewish, catholic, christian, muslim, buddhist, hindu, belief in god, church member, synagogue, parishioner, "
        "lutheran, mormon"
    )),
    "heritage": (0.15, (
        "african american, black, latino, latina, latinx, hispanic, asian, asian american, chinese, filipino, native "
        "american, american indian, pacific islander, ethnic minority, haitian, cuban, ancestry, south asian, people of "
        "color"
    )),
    "musician": (0.05, "musician, read music, sight-read music, singer, audition"),
    "anybody": (1.0, (
        "obtain legal status, obtaining legal status, become citizen, becoming citizen, become a citizen, apply for citizenship, "
        "applying for citizenship, obtain citizenship, path to citizenship, pathway to citizenship, citizenship test, "
        "citizenship class, senior citizen, citizens of, citizens in, local citizens, private citizen, become homeowner, "
        "becoming homeowner, prospective homeowner, newborn to, newborn through"
    )),
}  # fmt: skip
"""Each circumstance: our rough guess of how many of the people who are referred it is true of, and how records write it.

The shares only order what nobody has asked about: a service for veterans is for one in twenty-five. Words are compared
by their stems, the longest first, so that "senior citizen" is not a citizen and "learning disabled" not disabled. Age has
a rule of its own, so that `anybody` is here for its words only.
"""
CIRCUMSTANCES = frozenset(SHARES_AND_WORDS)


def _stems(text: str) -> tuple[str, ...]:
    """Give every word: "on benefits" is not "benefits"."""
    return tuple(map(STEMS.__getitem__, words_of(text)))


WORDS: Mapping[tuple[str, ...], str] = {
    _stems(words): id for id, (_, listed) in SHARES_AND_WORDS.items() for words in listed.split(",") if words
}
LENGTHS: Mapping[str, tuple[int, ...]] = {
    first: tuple(sorted({len(words) for words in WORDS if words[0] == first}, reverse=True)) for first, *_ in WORDS
}
"""How many words what begins with a word has, the most first."""
OF_FEW = frozenset(one for one, (share, _) in SHARES_AND_WORDS.items() if share <= 0.15) - {"student"}
"""What at most one in seven is: who says so of themselves is helped best where it is spoken of. Pupils are helped anywhere."""
IMPLIES: Mapping[str, tuple[str, ...]] = {
    "homeless": ("low_income", "in_crisis", "near_homeless"),
    "near_homeless": ("low_income", "in_crisis"),
    "unemployed": ("low_income",),
    "benefit_recipient": ("low_income",),
    "no_immigration_status": ("immigrant",),
    "refugee": ("immigrant",),
    "dementia_in_family": ("carer", "dementia", "disability", "homebound"),
    "dementia": ("disability",),
    "limited_mobility": ("disability",),
    "deaf": ("disability",),
    "visual_impairment": ("disability",),
    "learning_disability": ("developmental_disability",),
    "developmental_disability": ("disability",),
    "foster_youth": ("in_crisis",),
    "trans": ("lgbtq",),
    "sexual_assault_survivor": ("crime_victim",),
    "domestic_violence": ("crime_victim", "in_crisis"),
    "in_danger": ("in_crisis",),
    "pregnant": ("has_children",),
    "cancer": ("chronic_illness",),
    "serious_mental_illness": ("mental_illness",),
    "carer": ("relative_of_one",),
}
"""What else is true of whom something is true of."""
BARS: Mapping[str, tuple[str, ...]] = {
    "no_immigration_status": ("citizen",),
    "uninsured": ("insured", "health_plan_member"),
    "homeless": ("home_owner",),
    "tenant": ("home_owner",),
    "home_owner": ("tenant", "homeless"),
    "domestic_violence": ("abuser",),
    "limited_english": ("english_speaker",),
    "unemployed": ("employed",),
}
"""What cannot be true of whom something is true of."""
NEED_IMPLIES: Mapping[str, tuple[str, ...]] = {
    "addiction": ("substance_use",),
    "safety": ("domestic_violence", "crime_victim", "in_crisis"),
    "bereavement": ("bereaved",),
    "carers": ("carer",),
    "immigration_legal": ("immigrant",),
    "money_benefits": ("low_income",),
    "food": ("low_income",),
    "housing": ("near_homeless", "low_income"),
    "employment": ("unemployed",),
    "mental_wellbeing": ("mental_illness",),
    "disability": ("disability",),
    "volunteering": ("volunteer",),
}
"""What a need says of a person: who asks for help with a loss has had one."""
CONDITIONS = frozenset({
    "developmental_disability", "disability", "deaf", "visual_impairment", "mental_illness", "substance_use", "cancer",
    "dementia", "hiv", "chronic_illness", "terminal_illness", "eating_disorder",
})  # fmt: skip
"""What somebody who is cared for may have: one that is told makes the others unlikely."""
HARDLY_AT: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (0, 49, ("retired", "dementia")),
    (18, 20, ("has_children",)),
    (50, 200, ("pregnant", "foster_youth")),
    (66, 200, ("unemployed", "student", "has_children", "in_business")),
)
"""From which age to which what is hardly true of anybody."""
HARDLY = 0.1
"""How much less often than of others."""
NEVER_AT: tuple[tuple[int, int, tuple[str, ...]], ...] = ((18, 200, ("child",)), (70, 200, ("has_children", "pregnant")))
"""From which age to which what is true of nobody: children of one's own are grown up by then."""
LAST_OF_CHILDHOOD = 17
EACH_A_MUST = frozenset({"citizen", "english_speaker", "health_plan_member"})
"""These are asked beside whatever else a sentence names: "low-income U.S. citizen" means both."""


WHO_SOMEBODY_IS = frozenset({
    "veteran", "lgbtq", "trans", "deaf", "visual_impairment", "hiv", "home_owner", "student", "in_business",
    "of_one_employer", "farm_worker", "musician",
})  # fmt: skip
HURT = frozenset({"domestic_violence", "sexual_assault_survivor", "crime_victim", "trauma_of_war"})
KINDS = (WHO_SOMEBODY_IS, HURT)
"""Where each group that is named is one of a kind, it is asked beside the rest: "low-income homeowners" are both.
Heritage and faith are not among them: they say for whom a service was made, and few turn others away."""
OF_OTHERS = re.compile(r"\bwith (?:[\w-]+ ){0,3}(?:tenants|clients|employees|students|patients|inmates)\b")
"""Those whom the person deals with: what is said of them is not asked of the person."""
BLINDS = re.compile(r"\bblinds\b")
"""Those of a window are no people."""
AND = re.compile(r"\band\b")
BESIDE = re.compile(r"(?:their|the|other) |famil(?:y|ies)$")


@dataclass(frozen=True)
class Asked:
    """One sentence that lets in only people of whom one of these is true."""

    any_of: frozenset[str]
    sentence: str


@dataclass(frozen=True)
class Known:
    """What is known of a person: true, not true, and hardly true; most of it follows from what they need, or from their language.

    Only what they `said` themselves, yes or no, is certain.
    """

    has: frozenset[str] = frozenset()
    has_not: frozenset[str] = frozenset()
    hardly: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    said_not: frozenset[str] = frozenset()

    def meets(self, any_of: Collection[str]) -> Answer:
        """Say whether somebody of whom this is known meets what is asked: one of these."""
        if not self.has.isdisjoint(any_of):
            return Answer.YES
        return Answer.NO if self.has_not.issuperset(any_of) else Answer.UNKNOWN

    def is_left_out(self, any_of: Collection[str]) -> bool:
        """Say whether the person said themselves that none of these is true of them."""
        return self.said_not.issuperset(any_of)

    def chance(self, any_of: Collection[str]) -> float:
        """Give how likely somebody of whom this is known meets what is asked, from 0 to 1."""
        met = self.meets(any_of)
        if met is not Answer.UNKNOWN:
            return float(met is Answer.YES)
        return min(1.0, sum(self._share(one) for one in any_of if one not in self.has_not))

    def _share(self, one: str) -> float:
        return SHARES_AND_WORDS[one][0] * (HARDLY if one in self.hardly else 1.0)


def known_of(
    told: Collection[str] = (),
    denied: Collection[str] = (),
    needs: Collection[str] = (),
    language: str | None = None,
    age: tuple[int, int] | None = None,
) -> Known:
    """Give what follows from what a person told, said no to and needs, from their language with us and their age."""
    needed = {one for need in needs for one in NEED_IMPLIES.get(need, ())}
    never = _at(NEVER_AT, age) - {*told}
    said = frozenset(told)
    said_not = frozenset(denied) | {bar for one in (*told, *(needed & HURT)) for bar in BARS.get(one, ())} | (never & {"child"})
    also_true = {*told, *(more for one in told for more in IMPLIES.get(one, ()))}
    if language:
        speaks = ("english_speaker", "limited_english")
        spoken, other = speaks if language == "en" else speaks[::-1]
        told, denied = (*told, spoken), (*denied, *({other} - {*told}))
    has = frozenset({*told, *needed, *(("child",) if age and age[1] <= LAST_OF_CHILDHOOD else ())})
    for _ in range(2):
        has |= {more for one in has for more in IMPLIES.get(one, ())}
    hardly = _at(HARDLY_AT, age)
    if CONDITIONS & also_true:  # whoever tells of one, for themselves or for somebody they care for, would tell of others
        hardly |= CONDITIONS
    return Known(has, (said_not | never | frozenset(denied)) - has, frozenset(hardly) - has, said, said_not - said)


def _at(table: Iterable[tuple[int, int, tuple[str, ...]]], age: tuple[int, int] | None) -> set[str]:
    """Give what a table says of an age."""
    return {one for low, high, some in table if age and low <= age[0] and age[1] <= high for one in some}


def asked_of(service: Service) -> tuple[Asked, ...]:
    """Give what a record asks of the people it is for: each sentence on who may come, and all its audience as one.

    What a description tells is beside that, but for what the fields let in already, wholly or with others.
    """
    said = (*_asked(service), *(Asked(one.any_of, text) for one, text in phrasings_in(service) if one.sure))
    if any(map(is_for_everybody, whom_sentences(service))):
        return said
    known = frozenset(one for asked in said for one in asked.any_of)
    return (*said, *(asked for asked in told_asked(service.description) if known.isdisjoint(asked.any_of)))


def _asked(service: Service) -> Iterator[Asked]:
    for sentence in sentences_of(service.eligibility_description):
        yield from read_asked(sentence)
        if CLIENTS_ONLY.search(fold(sentence)):
            yield Asked(frozenset({"client_already"}), sentence)
    for sentence in filter(None, ["; ".join(service.audience)]):
        yield from read_asked(sentence)
    if found := frozenset(named_in(service.name)) & IN_NAMES:
        yield Asked(found, service.name)


def named_anywhere(service: Service) -> tuple[str, ...]:
    """Give what few people are and a record speaks of, wherever it does: it asks nothing, and knows them."""
    terms = (term.name for term in service.terms)
    texts = (service.name, service.description, service.eligibility_description, *service.audience, *terms)
    return tuple(sorted(OF_FEW & set(named_in("\n".join(texts)))))


@lru_cache(maxsize=4096)
def told_asked(description: str) -> tuple[Asked, ...]:
    """Give what a description plainly asks for, where it names nobody else."""
    told = told_in(description)
    asked = (
        ()
        if told.is_open or any(_names_others(one.people) for one in told.plainly)
        else read_asked(BLINDS.sub("", "; ".join(one.people for one in told.plainly)))
    )
    first = next(sentences_of(description), "")
    closed = (Asked(frozenset({"client_already"}), first),) if FOR_ITS_OWN.match(fold(first)) else ()
    return (*closed, *(Asked(one.any_of, told.plainly[0].sentence) for one in asked if one.any_of <= TOLD_PLAINLY))


@lru_cache(maxsize=20_000)
def read_asked(sentence: str) -> tuple[Asked, ...]:
    """Read one sentence. It asks for nothing when it lets everybody in, or names people of whom nothing is asked."""
    if is_for_everybody(sentence):
        return ()
    named = [(part, _narrowest(frozenset(named_in(OF_OTHERS.sub("", part))))) for part in alternatives(sentence)]
    found = frozenset(one for _, circumstances in named for one in circumstances) - {"anybody"}
    musts = tuple(Asked(frozenset({one}), sentence) for one in sorted(found & EACH_A_MUST))
    rest = found - EACH_A_MUST
    if not rest or any(not circumstances - {"anybody"} and names_people(part) for part, circumstances in named):
        return musts
    apart = [kind & rest for kind in KINDS if kind & rest and all(_says(kind, part) for part, _ in named)]
    beside = rest.difference(*apart)
    return (*musts, *(Asked(one, sentence) for one in (*apart, beside) if one))


def _narrowest(named: frozenset[str]) -> frozenset[str]:
    """Leave out what is only a wider word for the same people: "people grieving the loss of a child" are those who lost one."""
    return named - {"bereaved"} if named & LOSSES else named


LOSSES = frozenset({"lost_a_child", "lost_to_suicide"})


def _names_others(people: str) -> bool:
    """Say whether people are named, beside others, of whom nothing is asked: "veterans and individuals in need"."""
    groups = [group for group in map(str.strip, AND.split(people)) if not BESIDE.match(group) and not GOVERNS.search(group)]
    return any((names_people(group) or "those " in group) and not any(named_in(group)) for group in groups)


def _says(kind: Collection[str], part: str) -> bool:
    """Say whether every group that a part names is told by something of this kind."""
    groups = ((group, set(named_in(group))) for group in AND.split(OF_OTHERS.sub("", part)))
    return all(not named.isdisjoint(kind) for group, named in groups if named or names_people(group))


@lru_cache(maxsize=4096)  # names of providers, and groups of people, come again and again
def named_in(text: str) -> tuple[str, ...]:
    """Give the circumstances that a text names."""
    words = _stems(text)
    return () if LENGTHS.keys().isdisjoint(words) else tuple(_named(words))


def _named(words: tuple[str, ...]) -> Iterator[str]:
    ends = 0
    for at, first in enumerate(words):
        if first in LENGTHS and at >= ends:
            long = next((n for n in LENGTHS[first] if words[at : at + n] in WORDS), 0)
            if long:
                ends = at + long
                yield WORDS[words[at:ends]]


IN_NAMES = frozenset({
    "veteran", "detained", "limited_english", "abuser", "cancer", "hiv", "developmental_disability", "deaf", "visual_impairment",
    "foster_youth", "lost_a_child", "lost_to_suicide",
})  # fmt: skip
"""What a name says plainly of whom it is for; other words stand in names for other reasons."""
THEIR_OWN = r"(?:clients?|members?|patients?|tenants?|graduates?|alumni|employees?|staff|congregants?|parishioners?)"
CLIENTS_ONLY = re.compile(
    rf"^(?:must be )?(?:an? |our |its |current |existing |enrolled |registered )*(?:[\w'’-]+ ){{0,2}}{THEIR_OWN} only\b"
    rf"|^must be (?:an? )?(?:[\w'’-]+ ){{0,2}}{THEIR_OWN}\b(?! of (?:the )?(?:community|public|armed|military|famil|household))"
)
FOR_ITS_OWN = re.compile(
    r"(?:after|upon|following) (?:the )?(?:successful )?completion of (?:[\w'’/-]+ ){0,6}?(?:programs?|programmes?"
    r"|courses?|training|treatment)"
    rf"|(?:all )?services (?:are )?only (?:available|open|provided) (?:to|for) (?:enrolled|current|existing|registered"
    rf"|our) {THEIR_OWN}"
)
"""How a sentence says that one has to be with a provider already."""
TOLD_PLAINLY = IN_NAMES | {
    "refugee", "dementia", "domestic_violence", "sexual_assault_survivor", "crime_victim", "ex_offender", "lgbtq",
    "trans", "home_owner", "pregnant", "health_plan_member", "of_one_employer", "farm_worker", "trauma_of_war",
    "adopts_or_fosters", "raises_a_relative", "in_business", "musician",
}  # fmt: skip
"""What the description of a service says plainly: whoever works with these people names them first.
Want, illness and origin are named of most who are helped, so that they only make a service seem for them."""
