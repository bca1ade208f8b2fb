"""How records call people of an age: in words, and those beside whom such words say less."""

import re

from rxbot.directory.rules.ages import ELEMENTARY, HIGH, MIDDLE, NO_LIMIT, OF_YOUNG_ADULTS, SENIOR, YOUNG_ONLY, Ages, Range
from rxbot.directory.rules.telling import Telling

SENIORS = (
    r"seniors?\b|elders?\b|older (?:people|adults?|persons?)\b|elderly\b|pensioners?\b|retired (?:people|persons?)\b|oaps?\b"
)
YOUNG = r"youths?\b|young people\b|young persons?\b"
TEENS = r"teens?\b|teen-?age(?:d|rs?)?\b|adolescents?\b"
CHILDREN = rf"child(?:ren)?\b(?! care)|kids?\b|boys?\b|girls?\b|{TEENS}|infants?\b|toddlers?\b|minors?\b"
CHILDREN_NEEDED = "child|kid|boy|girl|teen|adolescent|infant|toddler|minor"
PUPILS = r"grades? (?:k|\d)|kindergarten\b|k-12\b|high school\b|school[- ]age|(?:students?|pupils?) in (?:grade|kindergarten)"
OF_A_SCHOOL = (
    r"(?:elementary|primary|middle|high|secondary)[- ](?:school[- ])?(?:aged? )?(?:students|pupils|children|youths?|kids)\b"
)
NOT_OF_A_SCHOOL = "".join(f"(?<!{school} )(?<!{school} school )" for school in ("elementary", "primary", "middle", "high"))
STAGES_OF_SCHOOL: tuple[tuple[Telling, Range], ...] = tuple(
    (
        Telling(
            rf"\b{stage}[- ]?(?:,? ?(?:and|or|&|/) ?)?(?:(?:elementary|middle|high)(?: school)?,? (?:and |or |& )?)*"
            r"(?:school |age )*(?:aged? )?(?:students|pupils|children|youths?|kids)\b",
            needs=needs,
        ),
        ages,
    )
    for stage, needs, ages in (
        ("(?:elementary|primary)", "elementary|primary", ELEMENTARY),
        ("middle", "middle", MIDDLE),
        ("(?:high|secondary)", "high|secondary", HIGH),
    )
)
"""How those are called who go to a school: "middle and high school students" are of both."""
AGES_IN_WORDS: tuple[tuple[Telling, Range], ...] = (
    (Telling(rf"\b(?:{SENIORS})", needs="elder|older|pensioner|retired|senior|oap"), (SENIOR, NO_LIMIT)),
    (Telling(r"(?<!older )(?<!young )\badults?\b", needs="adult"), (18.0, NO_LIMIT)),
    (Telling(r"\byoung adults?\b", needs="young adult"), OF_YOUNG_ADULTS),
    (Telling(rf"\b(?:{YOUNG})", needs="young p|youth"), (0.0, 25.0)),
    (Telling(rf"\b(?:{TEENS})", needs="teen|adolescent"), (11.0, 19.0)),
    (Telling(rf"(?!{TEENS}){NOT_OF_A_SCHOOL}\b(?:{CHILDREN})", needs=CHILDREN_NEEDED), (0.0, 17.0)),
    *STAGES_OF_SCHOOL,
    (
        Telling(rf"\b(?!{OF_A_SCHOOL})(?:{PUPILS})", needs="grade|kindergarten|k-12|high school|school age|school-age"),
        (0.0, 19.0),
    ),
)
"""Ages that words imply, asked only where no number is given."""
NOTHING_BUT_AGE = re.compile(
    rf"(?:[\w-]+ ){{0,2}}(?:{SENIORS}|{YOUNG}|young adults?\b|{CHILDREN}|{PUPILS}|{OF_A_SCHOOL}|adults?\b)"
)
ENUMERATED = re.compile(r"\s*(?:[,;/&]|\band\b|\bor\b)\s*")
AN_ADULT = Telling(r"(?<!older )(?<!young )\badults?\b(?! day)", needs="adult")
AN_OLD_ONE = re.compile(rf"\b(?:{SENIORS}|senior\w*|aging|ageing|elder\w*|retire\w*|geriatric\w*|alzheimer\w*|dementia)")
"""Where none of these is named, a first sentence that speaks of an adult means one of any age."""
OTHERS_THAN_YOUNG = re.compile(
    r"\b(?:adults?|seniors?|elder\w*|famil\w+|parent\w*|guardians?|care-?givers?|mothers?|fathers?|grandparents?|couples?"
    r"|households?|teachers|all levels|veterans?|homeowners?)\b"
)
OTHERS_THAN_ADULT = re.compile(
    r"\b(?:child\w*|youths?|teen\w*|kids?|famil(?:y|ies)|minors?|students?|adolescen\w+|pediatric\w*|infants?|baby|babies"
    r"|school)\b"
)
OTHERS_THAN_OLD = re.compile(
    r"\b(?:child\w*|youths?|young\w*|teen\w*|care-?givers?|carers?|students?|inter-?generational|grand\w+"
    r"|(?:and|for|or|to|their|serv\w+) (?:\w+ )?(?:famil(?:y|ies)|spouses?)|(?:people|persons|individuals|adults|those|and|or) "
    r"(?:\w+ )?with (?:\w+ ){0,3}disabilit\w+|(?:the|and|or) (?:the )?(?:younger )?(?:disabled|handicapped|homebound|frail)"
    r"|disabled (?:\w+ )?(?:people|persons?|individuals?|adults?)|professionals|adults? (?:who|and|age[sd]?)|all adults"
    r"|(?:low[- ]income|homeless|needy) (?:people|persons|individuals|adults))\b"
)


def others_than(ages: Ages) -> re.Pattern[str]:
    """Give the words that speak of people of other ages than these."""
    if ages.high <= YOUNG_ONLY:
        return OTHERS_THAN_YOUNG
    return OTHERS_THAN_OLD if ages.is_of_the_old else OTHERS_THAN_ADULT
