"""Read which circumstances a record asks for or rules out: a closed list of about sixty, after Open Eligibility.

What a person has not told is not known; how often it is true of people is then what a rank may go by (`share`).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rxbot.directory.model import Service
from rxbot.directory.rules.alternatives import (
    GOES_ON,
    GOVERNS,
    WITH,
    alternatives,
    is_for_everybody,
    names_people,
    whom_sentences,
)
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.phrasing import Phrasing, phrasings_in
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.rules.told import OPEN_TO_ALL, told_in
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
        "homeless, unhoused, rough sleepers, without a home, without housing, without shelter, without cooking facilities, "
        "living on the street, live on the street, life on the street, stay on the street, street outreach, sleep outside, "
        "sleeping rough, unsheltered, nowhere to sleep, nowhere to stay, nowhere to live, no place to sleep, no place to stay"
    )),
    "near_homeless": (0.1, (
        "risk of homelessness, risk of becoming homeless, risk of losing their home, eviction, inadequately housed, "
        "facing homelessness, prevent homelessness, homelessness prevention, prevention of homelessness, unstably housed, "
        "unstable housing"
    )),
    "veteran": (0.04, (
        "veteran, armed forces, military, service member, ex-service, active duty, war era, honorably discharged, retired "
        "military, vet center, va hospital, va medical center, va clinic, gi bill, serviceman, servicemen, servicewoman, "
        "servicewomen, national guard, reservist, uniformed service"
    )),
    "child": (0.02, ""),
    "relative_of_one": (0.05, ""),
    "volunteer": (0.03, (
        "who wish to volunteer, who want to volunteer, who wish to help, who want to help, who wish to work with, "
        "who want to work with, who wish to teach, who want to teach, who wish to mentor, who want to mentor, "
        "wanting to volunteer, wishing to volunteer"
    )),
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
        "released from prison, parole, probation, criminal record, reentry, returning citizen, offender, re-entry, "
        "recently incarcerated, previously incarcerated, recently released from incarceration, released from incarceration, "
        "released from custody, post-release, state correctional facility, state correctional institution"
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
        "job, seeking employment, not in work, laid off, dislocated worker, out of work, job search, actively seeking employment"
    )),
    "in_business": (0.03, "business owner, entrepreneur, small business, self-employed"),
    "employed": (0.5, "must be working, must be employed"),
    "retired": (0.3, "retired, retiree, semi-retired"),
    "pregnant": (0.03, "pregnant, pregnancy, expectant, expecting, prenatal, postpartum, newborn"),
    "has_children": (0.35, (
        "parent, parenting, with children, with a child, with minor children, with young children, mother, father, families with "
        "children, single parent, custody, custodian, guardian, family with children, dependent children, have children, "
        "child in custody, child in family, child in the family, child in the home, child in the household, "
        "parent caregiver, parent and caregiver, parent or caregiver, parent and other caregiver, parent guardian and caregiver, "
        "parent guardian caregiver, caregiver of child, caregiver of a child, caregiver of young child, "
        "caregiver of youth, caregiver of infant, caregiver of student, caregiver of teen, caregiver for child"
    )),
    "raises_a_relative": (0.02, (
        "raising a relative, raising the child of a relative, raising a relative's child, raising grandchildren, kinship, "
        "grandparents raising, grandparents who are caregivers, caregivers of grandchildren, grandparent caregiver, "
        "grandfamilies, relative caregiver, kin caregiver, relative care, relatives as parents, grandparents as parents, "
        "grandparents caring for grandchildren"
    )),
    "adopts_or_fosters": (0.02, "adopt, adoptive, adoption, adoptee, foster parent, foster family, birth parent"),
    "foster_youth": (0.01, (
        "foster youth, foster child, foster care, emancipated youth, aging out, aged out, former foster, ward of the court"
    )),
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
        "blind, blindness, visually impaired, visual impairment, vision loss, sight loss, loss of sight, vision impairment, "
        "low vision, partially sighted, sight impaired"
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
        "chronic illness, chronically ill, chronic condition, long term condition, chronic disease, chronic pain, diabetes, "
        "diabetic, heart disease, heart attack, stroke, parkinson, parkinsons, multiple sclerosis, arthritis, epilepsy, "
        "asthma, lupus, kidney disease, dialysis, brain injury, brain injured, crohn, copd, neurologically impaired, "
        "hemophilia, cystic fibrosis, ostomy, ostomate, colostomy, sickle cell"
    )),
    "terminal_illness": (0.01, (
        "terminal illness, terminally ill, life-threatening illness, life-limiting, life expectancy, hospice, end of "
        "life, dying"
    )),
    "inpatient": (0.02, ""),
    "care_home_resident": (0.03, ""),
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
    "crime_victim": (0.03, (
        "crime victim, victims of crime, victims of drunk drivers, victims of violent crime, homicide, non-offending caregiver, "
        "non-offending parent, non-offending family member"
    )),
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
    "heritage": (0.15, "ethnic minority, people of color, ancestry, black and minority ethnic, bame"),
    "african_american": (0.15, "african american, black"),
    "african": (0.02, "african immigrant, african refugee, somali, nigerian, west african, east african, congolese, sudanese"),
    "ethiopian": (0.01, "ethiopian, eritrean"),
    "haitian": (0.02, "haitian"),
    "latino": (0.15, (
        "latino, latina, latinx, latine, hispanic, mexican american, puerto rican, cuban, central american, salvadoran, chicano"
    )),
    "native_american": (0.02, "native american, american indian, alaska native, tribal member"),
    "pacific_islander": (0.02, "pacific islander, pacific island, tongan, samoan, native hawaiian"),
    "asian": (0.06, "asian, asian american, asian pacific american, asian pacific islander, south east asian, southeast asian"),
    "chinese": (0.03, "chinese, chinese american"),
    "filipino": (0.02, "filipino, filipina, filipino american"),
    "japanese": (0.01, "japanese, japanese american"),
    "korean": (0.01, "korean, korean american"),
    "vietnamese": (0.01, "vietnamese, vietnamese american"),
    "south_asian": (0.02, "south asian, asian indian, indian american, pakistani, bangladeshi, bengali, sri lankan, nepali"),
    "arab": (0.01, "arab, arab american, middle eastern, palestinian, yemeni, syrian, iraqi"),
    "musician": (0.05, "musician, read music, sight-read music, singer, audition"),
    "anybody": (1.0, (
        "obtain legal status, obtaining legal status, become citizen, becoming citizen, become a citizen, apply for citizenship, "
        "applying for citizenship, obtain citizenship, path to citizenship, pathway to citizenship, citizenship test, "
        "citizenship class, senior citizen, citizens of, citizens in, local citizens, private citizen, become homeowner, "
        "becoming homeowner, prospective homeowner, next of kin, newborn to, newborn through"
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
    **dict.fromkeys(("lost_a_child", "lost_to_suicide"), ("bereaved",)),
    "serious_mental_illness": ("mental_illness",),
    "carer": ("relative_of_one",),
    **dict.fromkeys(("chinese", "filipino", "japanese", "korean", "vietnamese", "south_asian"), ("asian", "heritage")),
    **dict.fromkeys(("ethiopian",), ("african", "heritage")),
    **dict.fromkeys(("african", "haitian"), ("african_american", "heritage")),
    **dict.fromkeys(("african_american", "latino", "native_american", "pacific_islander", "asian", "arab"), ("heritage",)),
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
    "carers": ("carer",),
    "immigration_legal": ("immigrant",),
    "money_benefits": ("low_income",),
    "food": ("low_income",),
    "housing": ("near_homeless", "low_income"),
    "employment": ("unemployed",),
    "mental_wellbeing": ("mental_illness",),
    "disability_support": ("disability",),
    "volunteering": ("volunteer",),
}
"""What a need says of a person."""
SEEN_IN_WISHES = frozenset({"bereaved"})
"""What the words of a wish say of a person: who asks for help with a loss has had one."""
SPOKEN_IN: Mapping[str, str] = {
    "latino": "es gn quc mam qu nah mix", "haitian": "ht", "ethiopian": "am ti om", "african": "so sw yo ig ha ln wo tw ak rw",
    "chinese": "zh yue wuu nan hak cdo", "filipino": "tl ceb ilo hil pam pag war bik", "japanese": "ja", "korean": "ko",
    "vietnamese": "vi", "asian": "km lo th my hmn ium mn id ms bo", "pacific_islander": "to sm mh pau haw ch",
    "south_asian": "hi ur pa phr gu bn syl ta te ml kn mr ne si dv", "arab": "ar", "native_american": "nv",
}  # fmt: skip
"""The communities that services are made for, and the languages by which somebody is known as one of theirs."""
COMMUNITIES = frozenset({*SPOKEN_IN, "african_american"})
CONDITIONS = frozenset({
    "developmental_disability", "disability", "deaf", "visual_impairment", "mental_illness", "substance_use", "cancer",
    "dementia", "hiv", "chronic_illness", "terminal_illness", "eating_disorder",
})  # fmt: skip
"""What somebody who is cared for may have: one that is told makes the others unlikely."""
OF_WHOEVER_CARES = frozenset({"raises_a_relative", "adopts_or_fosters"})
"""What is true of those who care and not of whom they care for: of a grandchild who is brought up nothing else is likely."""
HARDLY_SOUGHT: Mapping[str, tuple[str, ...]] = {"disability_support": ("dementia", "terminal_illness")}
"""What hardly anybody means who names a need: another need has its words."""
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
A community and faith are not among them: they say for whom a service was made, and few turn others away."""
OF_OTHERS = re.compile(r"\bwith (?:[\w-]+ ){0,3}(?:tenants|clients|employees|students|patients|inmates)\b")
"""Those whom the person deals with: what is said of them is not asked of the person."""
BLINDS = re.compile(r"\bblinds\b")
"""Those of a window are no people."""
CARERS = r"(?:care-?givers?|carers?)"
OF_ONE = r"\b(?: \([^)]*\))?,? (?:who are )?(?:of|for|caring for|who care for)\b"
FOR_CARERS = re.compile(rf"(?!parent|mother|father|guardian)(?:[\w-]+ )?{CARERS}{OF_ONE}")
THEIR_CARERS = re.compile(rf"\b(?:their|and|&|or) (?:[\w-]+ ){{0,3}}{CARERS}\b(?! (?:to|of|for|who)\b)")
"""Those who care for somebody, and those who come with the people that are named."""
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
    wishes: Iterable[str] = (),
) -> Known:
    """Give what follows from what a person told, said no to, needs and wishes for, from their language with us and their age."""
    needed = {one for need in needs for one in NEED_IMPLIES.get(need, ())} | SEEN_IN_WISHES.intersection(
        named_in("; ".join(wishes))
    )
    never = _at(NEVER_AT, age) - {*told}
    said = frozenset(told)
    said_not = frozenset(denied) | {bar for one in (*told, *(needed & HURT)) for bar in BARS.get(one, ())} | (never & {"child"})
    also_true = {*told, *(more for one in told for more in IMPLIES.get(one, ()))}
    if language:
        speaks = ("english_speaker", "limited_english")
        spoken, other = speaks if language == "en" else speaks[::-1]
        told, denied = (*told, spoken), (*denied, *({other} - {*told}))
    own = {one for one, languages in SPOKEN_IN.items() if language and language in languages.split()}
    has = frozenset({*told, *needed, *own, *(("child",) if age and age[1] <= LAST_OF_CHILDHOOD else ())})
    for _ in range(2):
        has |= {more for one in has for more in IMPLIES.get(one, ())}
    hardly = _at(HARDLY_AT, age) - (CONDITIONS if "carer" in has else frozenset())  # those may be of somebody older
    hardly |= {one for need in needs for one in HARDLY_SOUGHT.get(need, ())}
    if also_true & (CONDITIONS | OF_WHOEVER_CARES):  # whoever tells of one, also for somebody else, would tell of others
        hardly |= CONDITIONS
    if own:
        hardly |= COMMUNITIES
    return Known(has, (said_not | never | frozenset(denied)) - has, frozenset(hardly) - has, said, said_not - said)


def _at(table: Iterable[tuple[int, int, tuple[str, ...]]], age: tuple[int, int] | None) -> set[str]:
    """Give what a table says of an age."""
    return {one for low, high, some in table if age and low <= age[0] and age[1] <= high for one in some}


def asked_of(service: Service) -> tuple[Asked, ...]:
    """Give what a record asks of the people it is for: each sentence on who may come, and all its audience as one.

    What a description tells is beside that, but for what the fields let in already, wholly or with others.
    """
    written = tuple((one, text) for one, text in phrasings_in(service) if one.sure)
    of_whom = (Asked(of, text) for one, text in written if (of := _condition_of_one(one, text)))
    said = (*_asked(service), *(Asked(one.any_of, text) for one, text in written), *of_whom)
    if any(is_for_everybody(one) and not ANY_AGE.fullmatch(fold(one)) for one in whom_sentences(service)):
        return said
    known = frozenset(one for asked in said for one in asked.any_of)
    return (*said, *(asked for asked in told_asked(service.description) if known.isdisjoint(asked.any_of)))


def _condition_of_one(phrasing: Phrasing, text: str) -> frozenset[str]:
    """Give what those have whose relatives a text is for: "families of people with dementia"."""
    found = phrasing.written.search(fold(text)) if "relative_of_one" in phrasing.any_of else None
    return frozenset(named_in(CLAUSE_ENDS.split(fold(text)[found.start() :])[0])) & CONDITIONS if found else frozenset()


CLAUSE_ENDS = re.compile(r"[.;(]")


def _asked(service: Service) -> Iterator[Asked]:
    for sentence in sentences_of(service.eligibility_description):
        yield from read_asked(sentence)
        if BECAUSE_OF_HEALTH.search(fold(sentence)):
            yield Asked(ILL, sentence)
        if CLIENTS_ONLY.search(fold(sentence)):
            yield Asked(frozenset({"client_already"}), sentence)
    if service.eligibility_description or not DOORS_OPEN.search(fold(service.description)):
        yield from read_asked("; ".join(service.audience))
    if found := frozenset(named_in(service.name)) & IN_NAMES:
        yield Asked(found, service.name)
    if found := _had_by_people_of(service.name) - {*named_in(service.eligibility_description)}:
        yield Asked(found, service.name)
    if OF_VETERANS.search(fold(service.organization.name)) and not told_in(service.description).is_open:
        yield Asked(frozenset({"veteran"}), service.organization.name)


def _had_by_people_of(name: str) -> frozenset[str]:
    """Give what those have whom a name names: "adults with disabilities"."""
    people = PEOPLE_WITH.search(fold(name))
    return frozenset(named_in(people[1])) & CONDITIONS - IN_NAMES if people else frozenset()


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
        if (told.is_open and OPEN_TO_ALL.search(OF_ANY_AGE.sub("", told.words)))
        or any(_names_others(one.people) for one in told.plainly)
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
    parts = [(part, _narrowest(frozenset(named_in(OF_OTHERS.sub("", part))))) for part in alternatives(sentence)]
    tied = any(circumstances & CONDITIONS for _, circumstances in parts)
    named = [(part, _but_carers(part, circumstances) if tied else circumstances) for part, circumstances in parts]
    found = frozenset(one for _, circumstances in named for one in circumstances) - {"anybody"}
    cares = all("carer" not in circumstances and FOR_CARERS.match(part) for part, circumstances in named if circumstances)
    musts = tuple(
        Asked(frozenset({one}), sentence)
        for one in (*sorted(found & EACH_A_MUST), *(("carer",) if found & CONDITIONS and cares else ()))
    )
    rest = found - EACH_A_MUST
    if not rest or any(not circumstances - {"anybody"} and names_people(part) for part, circumstances in named):
        return musts
    noun = frozenset(named_in(_noun_of(tuple(part for part, _ in named)))) & rest
    apart = [kind & rest for kind in KINDS if kind & rest and all(_says(kind, part) for part, _ in named)]
    apart += [noun] if noun and noun not in apart else []
    beside = rest.difference(*apart)
    return (*musts, *(Asked(one, sentence) for one in (*apart, beside) if one))


def _noun_of(parts: tuple[str, ...]) -> str:
    """Give the people whom a list of what they are ends in: all of "poor, blind or disabled immigrants" are immigrants."""
    noun = ENDS_IN_NOUN.search(parts[-1]) if len(parts) > 1 else None
    others = any(SOME_NOUN.search(part) or part.endswith("s") for part in parts[:-1])
    return noun[1] if noun and not others and not AND.search(parts[-1]) else ""


ENDS_IN_NOUN = re.compile(
    r"^(?!.*\b(?:with|who|of|for|to|in)\b).*[\w-] (immigrants?|refugees?|veterans?|home ?owners?|inmates?|ex-offenders?)$"
)
SOME_NOUN = re.compile(
    r"\b(?:adults|people|persons?|individuals?|famil(?:y|ies)|residents?|seniors?|elders|youth|teens|children|wom[ae]n|men|man"
    r"|parents|mothers|students?|citizens|victims?|survivors?|clients?|patients?|tenants?|refugees?|immigrants?|veterans?|asylees?"
    r"|parolees?|workers?|owners?|with|who|speakers?|asylum seekers?|spouses?|widows?|carers?|care-?givers?|members?|newcomers?"
    r"|offenders?|inmates?|others|those)\b"
)


def _narrowest(named: frozenset[str]) -> frozenset[str]:
    """Leave out what is only a wider word for the same people: "people grieving the loss of a child" are those who lost one."""
    return named - {"bereaved"} if named & LOSSES else named


def _but_carers(part: str, named: frozenset[str]) -> frozenset[str]:
    """Leave out those who care for people of whom a condition is named: whom they care for has to have it."""
    tied = THEIR_CARERS.search(part) or (named & CONDITIONS and FOR_CARERS.search(part))
    return named - {"carer"} if tied else named


LOSSES = frozenset({"lost_a_child", "lost_to_suicide"})


def _names_others(people: str) -> bool:
    """Say whether people are named, beside others, of whom nothing is asked: "veterans and individuals in need"."""
    groups = [
        group
        for group in map(str.strip, AND.split(BARE_LIST.sub("", people)))
        if not BESIDE.match(group) and not GOVERNS.search(group)
    ]
    return any((names_people(group) or "those " in group) and not any(named_in(group)) for group in groups)


def _says(kind: Collection[str], part: str) -> bool:
    """Say whether every group that a part names is told by something of this kind."""
    if len(pieces := part.split(GOES_ON)) > 1:
        return not {*named_in(WITH.split(pieces[0])[0])}.isdisjoint(kind) or all(_says(kind, piece) for piece in pieces)
    groups = ((group, set(named_in(group))) for group in AND.split(OF_OTHERS.sub("", part)))
    return all(not named.isdisjoint(kind) for group, named in groups if named or names_people(group))


@lru_cache(maxsize=4096)  # names of providers, and groups of people, come again and again
def named_in(text: str) -> tuple[str, ...]:
    """Give the circumstances that a text names."""
    words = _stems(WHICH_JAIL.sub("released from ", text) if "released from" in text else text)
    return () if LENGTHS.keys().isdisjoint(words) else tuple(_named(words))


WHICH_JAIL = re.compile(r"\breleased from (?:[\w'’]+ ){1,5}?(?=(?:jails?|prisons?|custody|incarceration)\b)")
"""A jail that is named with its place is a jail."""


def _named(words: tuple[str, ...]) -> Iterator[str]:
    ends = 0
    for at, first in enumerate(words):
        if first in LENGTHS and at >= ends:
            long = next((n for n in LENGTHS[first] if words[at : at + n] in WORDS), 0)
            if long:
                ends = at + long
                yield WORDS[words[at:ends]]


def without(text: str, circumstances: Collection[str]) -> tuple[str, ...]:
    """Give the stems of a text without the words that name one of these circumstances."""
    words, left, at = _stems(text), [], 0
    while at < len(words):
        long = next((n for n in LENGTHS.get(words[at], ()) if WORDS.get(words[at : at + n]) in circumstances), 0)
        left += [] if long else [words[at]]
        at += long or 1
    return tuple(left)


IN_NAMES = frozenset({
    "veteran", "detained", "limited_english", "abuser", "cancer", "hiv", "developmental_disability", "deaf", "visual_impairment",
    "foster_youth", "lost_a_child", "lost_to_suicide",
})  # fmt: skip
"""What a name says plainly of whom it is for; other words stand in names for other reasons."""
ILL = frozenset({"chronic_illness", "disability", "mental_illness"})
BECAUSE_OF_HEALTH = re.compile(
    r"\b(?:because of|due to|owing to|through) (?:their |your |an? )?(?:own |poor |ill[- ])?"
    r"(?:health|illness|sickness|disability|health condition)\b"
)
"""How a sentence asks for an illness beside what it asks for: "out of work because of their health" is both."""
EITHER_SEX_OR_AGE = (
    r"(?:young )?(?:adults|people|persons|individuals|youths?|teens|teenagers|adolescents|children|kids|women|men|girls|boys"
    r"|couples|(?:fe)?males)"
)
BARE_LIST = re.compile(
    rf"\b(?:{EITHER_SEX_OR_AGE},? )+and (?={EITHER_SEX_OR_AGE} (?:who (?:are|have)|living with|with)\b(?!.*\bphysical))"
)
"""People of whom is said together what they have: "men, women and children who are deaf"."""
ANY_AGE = re.compile(r"(?:all ages|any age)\W*")
OF_ANY_AGE = re.compile(r"\b(?:of |for )?(?:all ages|any age)\b")
"""What speaks of age alone."""
DOORS_OPEN = Telling(
    r"\b(?:groups?|classes|courses|computers|pantry|services?|programs?|programmes?|doors) (?:is|are) open to (?:all|every ?one"
    r"|every ?body|any ?one|any ?body|the (?:general )?public)(?:[.,;!]|$| \(| (?:people|persons|individuals)(?:[.,;!]|$)"
    r"| (?:[\w.]+ )?residents\b)",
    needs="open to",
)
"""So a sentence lets everybody in to what is given, whatever kinds of people are picked from a list for it."""
PEOPLE_WITH = Telling(
    r"(?<!parents of )(?<!families of )\b(?:adults|people|persons|individuals|youth|teens|students|women|men)"
    r" (?:living )?with (.*)",
    needs=" with ",
)
"""Those whom a name says to have something. Who comes with a child that has something is somebody else."""
OF_VETERANS = re.compile(r"\bveterans?'? (?:affairs|administration|health)\b")
"""What a state has for those who were soldiers alone."""
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
