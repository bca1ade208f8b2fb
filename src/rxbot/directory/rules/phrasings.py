"""Ways of writing that tell by themselves whom a record is for: "families with children", "seeks volunteers".

Each stands in the name or the categories, begins the description, or may stand anywhere in it. What lets everybody in undoes none
of them.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from rxbot.directory.rules.close_ones import CLOSE_ONES, CLOSE_ONES_NEEDED
from rxbot.directory.rules.telling import Telling


class Stands(StrEnum):
    """Where in a record a way of writing tells."""

    NAME = auto()
    FIRST = auto()
    ANYWHERE = auto()
    CATEGORIES = auto()


@dataclass(frozen=True)
class Phrasing:
    """A way of writing that is for people of whom one of these is true; not `sure`: it only seems so."""

    any_of: frozenset[str]
    written: Telling
    stands: Stands
    sure: bool = True


def _phrasing(any_of: str, stands: Stands, written: str, *, needs: str = "", sure: bool = True) -> Phrasing:
    return Phrasing(frozenset(any_of.split()), Telling(written, needs=needs), stands, sure)


OF_ONE = (
    r"of (?:the )?(?:\w+ )?(?:those|people|persons|individuals|patients|someone|somebody|anyone|a person|adults|alcoholics"
    r"|addicts|gamblers|drinkers|smokers|mentally ill|substance abusers|drug (?:users|abusers)|gays|inmates|prisoners)"
)
RELATIVES_OF = (
    rf"\b{CLOSE_ONES}(?:(?:,|,? and|,? or|/|,? &) ?(?:the |other |concerned |care-?givers,? and |care-?givers |{CLOSE_ONES} ?)+)*"
    rf" {OF_ONE}\b"
)
THEIR_FAMILY = r"(?:parents?|mothers?|fathers?|famil(?:y|ies)|guardians?|care-?givers)"
CHILDREN = r"(?:\w+ ){0,2}(?:children|child|infants|babies|toddlers|kids)"
AND_OLDER = r"(?:(?:/|,? (?:and|or|&) |, )(?:adolescents|teens|teenagers|youths?|young people))*"
NO_PLACE_IN_ONE = (
    r"^(?!.*\b(?:advoca\w+|ombuds\w+|reform|complaints?|placement|council|referrals?|association|licens\w+|visit\w*|volunteers?"
    r"|prevent\w*|instead of|alternatives?|avoid\w*|home health|in-home|at home)\b)"
)
"""Who helps people in nursing homes, or to stay out of them, has none."""
WHO_LOST_ONE = (
    r"(?:any ?(?:one|body)|(?:those|people|persons|individuals|adults|children|families|teens|youth),? who) (?:who )?"
    r"(?:has|have) (?:recently )?(?:lost|(?:experienced|suffered) the (?:loss|death) of) "
    r"(?:an?|the|their|someone|somebody|loved ones?) "
    r"(?!(?:\w+ )?(?:ways?|homes?|jobs?|incomes?|benefits?|licen\w+|houses?|limbs?|vision|sight|hearing|abilit\w+|voices?"
    r"|insurance)\b)"
)
"""How those are named who grieve; others lost a job or a limb."""
CARE_HOME = (
    r"(?:nursing (?:home|facility|center|centre)|skilled nursing(?: facility)?$|skilled nursing (?:facility|center|home)"
    r"|convalescent (?:hospital|home|center)|assisted[- ]living|residential care (?:home|facility)|board and care"
    r"|care homes?)"
)
CARE_HOME_NEEDED = "nursing|convalescent|assisted|residential care|board and care|care home"
INPATIENT = (
    r"(?:inpatient (?:\w+ ){0,2}(?:psychiatric|psychiatry|mental|behavioral|behavioural)|psychiatric (?:inpatient|hospital$|unit)"
    r"|(?:crisis|acute) (?:stabili[sz]ation|residential|psychiatric|units?\b))"
)
NOT_THE_HURT = r"^(?!.*\b(?:victims?|survivors?|abused|battered|shelters?|refuge|women|children|famil(?:y|ies)|hotlines?)\b)"
WHO_HIT = (
    r"\b(?:batterers?\b|perpetrators\b|(?:partner|spouse|domestic) abusers\b|(?:men|people|those) who (?:batter|hit|abuse) "
    r"|(?:men|people|those|any ?one|adults)(?: who)? (?:(?:have|has|are|is) )?"
    r"(?:used?|using) (?:violence|abuse|abusive|violent|force) )"
)
"""Those who hit, where nobody is named whom they hurt. Of their names the stem is that of "battered" and "abused"."""
OF_BODY_OR_MIND = r"(?:physical|mental|emotional|sensory|psychiatric)"
OF_A_COMMUNITY = (
    r"(?:[\w-]+ )?(?:african|haitian|japanese|chinese|korean|vietnamese|filipin|mexican|latin|hispanic|asian|indian|arab|native"
    r"|pacific|any|all|other|different|mixed|diverse)"
)
"""Those that are known by name."""
WOMEN_AND_INFANTS = r"wom[ae]n,? infants?,?(?: and| &)? child(?:ren)?\b"
FOR_ADDICTION_ALONE = (
    r"^(?!.*\b(?:prevent\w*|education|awareness|training|information|council|administration|advoca\w+|famil\w+|mental\w*|behavio\w+"
    r"|community|general|co-occurring|counsel\w+ and|health and|referrals?)\b)"
)
"""Where nothing else stands beside it that somebody may come for."""
TREATED = (
    r"(?:(?:substance|drug|alcohol|chemical)(?:[ -](?:use|abuse|misuse|disorders?|dependency|dependence|addictions?"
    r"|and drug|and alcohol|& drug|& alcohol))*|addictions?|alcohol(?:ism)?) (?:treatment|recovery|rehab\w*|services)"
)
TREATED_NEEDED = "addict|substance|chemical|drug|alcohol"
CARERS = (
    r"(?<!non-offending )(?<!\band )(?<!& )(?<!\bor )(?<!/)(?<!parent )(?<!foster )(?<!kinship )(?<!relative )(?<!grandparent )"
    r"\b(?:care-?givers?|carers?)\b(?:['’]s?)?(?! (?:of|for|to|with) (?:[\w-]+ ){0,3}(?:child\w*|youths?|teens?|students?"
    r"|infants?|toddlers?|babies|grandchild\w*)\b)"
)
"""Those who care for somebody ill or old, and not for children."""
CARERS_NEEDED = "caregiver|care-giver|carer"
GIVEN_TO_CARERS = (
    r"(?:support(?: groups?)?|respite|relief|breaks?|training|workshops|education|counsell?ing|groups?|courses?|classes)"
)
NOT_WHOM_THEY_CARE_FOR = (
    r"(?!(?:,|,? and|,? or|/| &) (?!famil|friend|loved)[^.;]*"
    r"\b(?:others|people|persons?|individuals|patients|seniors|elders|adults|children|parents|clients|public|community)\b)"
)
"""Where those come too for whom they care, it is for either."""
PHRASINGS = (
    _phrasing(
        "has_children child",
        Stands.NAME,
        r"\bfamil(?:y|ies) (?:\w+ )?(?:shelter|housing)\b(?! (?:and|resource|author))",
        needs="housing|shelter",
    ),
    _phrasing("has_children child", Stands.NAME, rf"\bfamilies with {CHILDREN}\b", needs="families with"),
    _phrasing(
        "has_children child",
        Stands.FIRST,
        rf"\b(?:homeless|serves?|to|for|of|works? with|\d+) {CHILDREN}{AND_OLDER} and their (?:[\w-]+ )?{THEIR_FAMILY}\b",
        needs="and their",
    ),
    _phrasing(
        "has_children child",
        Stands.FIRST,
        rf"(?<!\band )(?<!\bor )\b(?:homeless )?famil(?:y|ies) (?:with|of) {CHILDREN}\b",
        needs="families with|family with|families of|family of",
    ),
    _phrasing("has_children child", Stands.FIRST, r"\bfamily (?:homeless )?shelter\b", needs="shelter"),
    _phrasing(
        "has_children child",
        Stands.FIRST,
        r"(?<!\band )(?<!\bor )\bhomeless families\b"
        r"(?!,? (?:and|or|&) (?:[\w-]+ )?(?:individuals|singles?|people|persons|adults|women|men)\b)",
        needs="homeless families",
    ),
    _phrasing(
        "has_children pregnant child",
        Stands.NAME,
        rf"\bwic\b|{WOMEN_AND_INFANTS}",
        needs="wic|infant",
    ),
    _phrasing(
        "has_children pregnant child",
        Stands.FIRST,
        rf"^(?:the )?(?:\w+ )?wic (?:is|program|clinics?|provides|offers|helps)\b|\bprogram for {WOMEN_AND_INFANTS}",
        needs="wic|infant",
    ),
    _phrasing(
        "english_speaker",
        Stands.FIRST,
        r"(?<!non[- ])(?<!limited[- ])(?<!\band )(?<!\bor )\benglish\S{0,4}?[- ]?speaking "  # as files garble a hyphen
        r"(?:adults?|people|persons|individuals|support group|club)\b",
        needs="english",
    ),
    _phrasing(
        "of_another_origin",
        Stands.FIRST,
        rf"\b(?:persons|people|those|(?:wo)?men|any ?one|individuals|families) of (?!{OF_A_COMMUNITY})(?:[\w-]+ ){{1,2}}"
        r"(?:descent|ancestry)\b(?!.*\b(?:interest\w*|any ?one|however|also|open to)\b)",
        needs="descent|ancestry",
    ),
    _phrasing(
        "substance_use",
        Stands.NAME,
        r"\b(?:alcoholics|narcotics|cocaine|marijuana|crystal meth|heroin|pills|drug addicts) anonymous\b",
        needs="anonymous",
    ),
    _phrasing("gambling", Stands.NAME, r"\bgamblers anonymous\b", needs="gamblers"),
    _phrasing("eating_disorder", Stands.NAME, r"\b(?:overeaters|food addicts|anorexics) anonymous\b", needs="anonymous"),
    _phrasing("relative_of_one", Stands.NAME, r"\b(?:(?:al|nar|gam)-?anon|alateen|families anonymous)\b", needs="anon|alateen"),
    _phrasing(
        "disability developmental_disability mental_illness",
        Stands.FIRST,
        rf"\b(?:persons?|people|individuals|those|adults|youth|students) (?:who have|with) (?:an? |either )?{OF_BODY_OR_MIND}"
        rf"(?:(?:,|,? or| and| and/or) {OF_BODY_OR_MIND})+ (?:impairments?|disabilit(?:y|ies))\b",
        needs="impairment|disabilit",
    ),
    _phrasing(
        "homeless near_homeless",
        Stands.NAME,
        r"^(?!.*(?:/|\b(?:coalition|council|trust|league|count|cats?|pets|animals?|alliance|legal|law|advoca\w+|volunteer\w*)\b))"
        r".*\bhomeless(?:ness)? (?:assistance|services?|help ?line|hot ?line|shelters?|outreach|program(?:me)?|prevention)\b",
        needs="homeless",
    ),
    _phrasing("substance_use", Stands.NAME, rf"{FOR_ADDICTION_ALONE}.*\b{TREATED}\b", needs=TREATED_NEEDED),
    _phrasing(
        "substance_use",
        Stands.FIRST,
        rf"{FOR_ADDICTION_ALONE}(?:[\w'’().&/-]+ ){{0,9}}?(?:is|are|provides|offers|operates) (?:an? )?(?:[\w/'’-]+,? ){{0,5}}?"
        rf"{TREATED} (?:providers?|programs?|facilit\w+|cent(?:er|re)s?)\b",
        needs=TREATED_NEEDED,
    ),
    _phrasing(
        "has_children",
        Stands.FIRST,
        r"\b(?:help|enable|allow)(?:s|ing)? (?:young )?children (?:to )?grow(?: up)?\b",
        needs="children",
    ),
    _phrasing("has_children", Stands.NAME, r"\b(?:for|of) (?:the )?parents\b", needs="parents"),
    _phrasing(
        "has_children pregnant",
        Stands.NAME,
        r"\b(?:maternal|perinatal|post-?partum|antenatal|prenatal|maternity)\b",
        needs="matern|natal|partum",
    ),
    _phrasing(
        "lost_a_child",
        Stands.FIRST,
        r"\b(?:grieving|mourning|suffered|experienced|after|for) (?:the )?(?:loss|death) of (?:a|an|their) (?:\w+ )?"
        r"(?:child|baby|infant)\b"
        r"|\b(?:parents|families|those|people) who (?:have |has )?lost (?:a|an|their) (?:\w+ )?(?:child|baby|infant)\b",
        needs="loss|death|lost",
    ),
    _phrasing(
        "has_children pregnant",
        Stands.NAME,
        r"\b(?:moms|mums|dads)\b|\b(?:new|expectant|young|teen|teenage|single) (?:mothers|fathers|parents)\b",
        needs="moms|mums|dads|mothers|fathers|parents",
    ),
    _phrasing(
        "bereaved",
        Stands.FIRST,
        rf"\b(?:(?:open|available|offered) to|for|serves|help(?:s|ing)?|support(?:s|ing)?) (?:[\w-]+,? ){{0,5}}?{WHO_LOST_ONE}",
        needs="lost |loss|death",
    ),
    _phrasing(
        "bereaved",
        Stands.ANYWHERE,
        rf"^(?:(?:the|these|our|all|support) )*(?:groups?|services?|programs?|meetings) (?:is|are) "
        rf"(?:open to|available to|for) {WHO_LOST_ONE}",
        needs="lost |loss|death",
    ),
    _phrasing("bereaved", Stands.NAME, r"^(?!.*\bmusic\b).*\b(?:grief|bereave(?:d|ment)|grieving)\b", needs="grie|bereave"),
    _phrasing("relative_of_one", Stands.NAME, RELATIVES_OF, needs=CLOSE_ONES_NEEDED),
    _phrasing(
        "relative_of_one",
        Stands.NAME,
        r"\b(?:famil(?:y|ies) (?:and|&) friends|friends (?:and|&) famil(?:y|ies)) (?:support )?(?:group|program)",
        needs="friends",
    ),
    _phrasing(
        "relative_of_one",
        Stands.FIRST,
        rf"\b(?:for|to|serves|supports?|helps?) (?:the )?{RELATIVES_OF}",
        needs=CLOSE_ONES_NEEDED,
    ),
    _phrasing(
        "relative_of_one",
        Stands.FIRST,
        r"\b(?:whose li(?:fe|ves)|who (?:is|are|has been|have been)) (?:(?:is|are|has been|have been|\w+ly) )*"
        rf"(?:affected|impacted) by (?:someone|somebody|another|an? {CLOSE_ONES})(?: else| person)?['’]s\b",
        needs="ed by",
    ),
    _phrasing(
        "carer",
        Stands.NAME,
        r"(?<!non-offending )(?<!parents and )(?<!parents & )(?<!parents/)(?<!parent/)\b(?:care-?givers?|carers?)\b(?! training)",
        sure=False,
        needs="caregiver|care-giver|carer",
    ),
    _phrasing(
        "carer",
        Stands.NAME,
        rf"{CARERS} (?:[\w-]+ )?(?:support|groups?|respite|relief|breaks?|caf[eé]s?|programs?|programmes?|networks?)\b"
        rf"|\b{GIVEN_TO_CARERS} (?:for|of|to) (?:(?:the|unpaid|family|young|adult|all) )*{CARERS}{NOT_WHOM_THEY_CARE_FOR}",
        needs=CARERS_NEEDED,
    ),
    _phrasing(
        "carer",
        Stands.FIRST,
        rf"^[^,;]*?(?<!\band )(?<!\bor )(?<!& )\b(?:{GIVEN_TO_CARERS}(?: \w+)? (?:for|to|(?:is |are )?open to)|helps|supports"
        rf"|to help|to support) (?:(?:the|unpaid|family|young|adult|all|any|our|those) )*{CARERS}{NOT_WHOM_THEY_CARE_FOR}",
        needs=CARERS_NEEDED,
    ),
    _phrasing(
        "volunteer",
        Stands.NAME,
        r"^(?:\w+ )?(?:volunteers?|volunteering)(?: (?:opportunit\w+|services?|programs?|bureau|cent(?:er|re)s?))?$"
        r"|\bvolunteers?\b.*\b(?:wanted|needed)\b|\b(?:wanted|needed)\b.*\bvolunteers?\b",
        needs="volunteer",
    ),
    _phrasing(
        "volunteer",
        Stands.FIRST,
        r"\b(?:seek|recruit|need)(?:s|ing)? (?:\w+ )?volunteers\b|^volunteers (?:are )?(?:needed|wanted)|^volunteering\b"
        r"|^(?:[\w-]+ ){0,2}?(?:provid|offer|creat)(?:es|ing|s) (?:[\w-]+ ){0,4}?volunteer opportunities (?:for|to|within)\b"
        r"|\b(?:is|are) comprised (?:\w+ )?of (?:\w+ )?volunteers\b",
        needs="volunteer",
    ),
    _phrasing(
        "citizen",
        Stands.ANYWHERE,
        r"\b(?:must|only)\b[^.;]*\beligible (?:for naturali[sz]ation|to (?:naturali[sz]e|apply for citizenship))",
        needs="eligible",
    ),
    _phrasing(
        "client_already",
        Stands.FIRST,
        r"\b(?:who|that) have (?:\w+ )?(?:completed|graduated from) (?:[\w-]+ ){0,5}?(?:program(?:me)?s?|treatment|training)\b",
        needs="completed|graduated",
    ),
    _phrasing(
        "detained",
        Stands.FIRST,
        r"\b(?:criminally charged|pre-?trial|charged with (?:an? |\w+ )?(?:crimes?|offen[sc]es?|misdemeanou?rs?|felon(?:y|ies)))"
        r"|\bdiversion(?:ary)? (?:and treatment )?programs?\b"
        r".*\b(?:arrested|court|offen[cs]es?|offenders?|defendants?|misdemeanou?rs?)\b|\bpending criminal\b",
        needs="criminal|trial|charged|diversion",
    ),
    _phrasing(
        "detained",
        Stands.NAME,
        r"\b(?:pre-?trial|jail|juvenile|adult|drug) (?:\w+ )?diversion\b|\b(?:teen|drug) court\b",
        needs="diversion|drug court|teen court",
    ),
    _phrasing("disability", Stands.NAME, r"\bspinal cord\b|\bamputees?\b|\bparaly[sz]\w+", needs="spinal cord|amputee|paraly"),
    _phrasing("care_home_resident", Stands.NAME, rf"{NO_PLACE_IN_ONE}.*\b{CARE_HOME}\b", sure=False, needs=CARE_HOME_NEEDED),
    _phrasing(
        "care_home_resident",
        Stands.FIRST,
        rf"{NO_PLACE_IN_ONE}(?:an? |.*?\b(?:is an?|offers?|provides?|operates?|\d+-bed) )(?:[\w-]+ ){{0,3}}{CARE_HOME}\b",
        sure=False,
        needs=CARE_HOME_NEEDED,
    ),
    _phrasing(
        "inpatient serious_mental_illness in_crisis",
        Stands.NAME,
        rf"^(?!.*(?:outpatient|mobile|line\b|text)).*\b{INPATIENT}",
        sure=False,
        needs="inpatient|psychiatric|crisis|acute",
    ),
    _phrasing(
        "inpatient serious_mental_illness in_crisis",
        Stands.FIRST,
        rf"^(?!.*(?:outpatient|mobile|prevent|alternative|avoid|divert|from|hotline)).*\b{INPATIENT}",
        sure=False,
        needs="inpatient|psychiatric|crisis|acute",
    ),
    _phrasing("substance_use", Stands.NAME, r"\bdetox\w*", sure=False, needs="detox"),
    _phrasing(
        "dementia disability homebound chronic_illness developmental_disability",
        Stands.NAME,
        r"\badult day (?:health|care|services?|programs?|cent(?:er|re)s?|support)\b",
        sure=False,
        needs="adult day",
    ),
    _phrasing(
        "crime_victim sexual_assault_survivor",
        Stands.NAME,
        r"\bnon-?offending (?:parents?|care-?givers?|family)\b",
        needs="offending",
    ),
    _phrasing(
        "disability developmental_disability serious_mental_illness",
        Stands.NAME,
        r"\bsupport(?:ed|ive) (?:employment|living)\b(?! (?:for (?!adults|people|persons|individuals)|facilit))",
        needs="employment|living",
    ),
    _phrasing(
        "substance_use",
        Stands.NAME,
        r"\b(?:methadone|suboxone|buprenorphine|medication[- ]assisted (?:treatment|recovery)|opioid (?:treatment|recovery)"
        r"|(?:needle|syringe)s? (?:exchange|services?))\b",
        needs="methadone|suboxone|buprenorphine|assisted|opioid|needle|syringe",
    ),
    _phrasing(
        "substance_use",
        Stands.FIRST,
        r"\b(?:sober living|clean and sober|(?:needle|syringe)s? exchange|methadone (?:maintenance|treatment|clinic))\b"
        r"(?!.*\b(?:wheelchair|condoms)\b)",
        needs="sober|needle|syringe|methadone",
    ),
    _phrasing(
        "substance_use",
        Stands.FIRST,
        r"\bfocus(?:es|ed|ing)? on (?:[\w-]+,? ){0,6}?(?:treatment|recovery)(?:,? [\w-]+){0,4} (?:of|from) "
        r"(?:substance|drug|alcohol|chemical|addiction)",
        sure=False,
        needs="focus",
    ),
    _phrasing(
        "smoker",
        Stands.NAME,
        r"\b(?:(?:smoking|tobacco|nicotine|vaping) cessation|(?:quit|stop)(?:ting|ping)? (?:smoking|tobacco|vaping))\b",
        needs="cessation|quit|stop",
    ),
    _phrasing(
        "sexual_assault_survivor crime_victim close_to_one",
        Stands.NAME,
        r"^(?!.*\b(?:prevent\w*|council|awareness|education|against|training)\b).*"
        r"\b(?:rape|sexual (?:assault|violence|abuse))\b(?! (?:counsel )?advoca)",
        needs="rape|sexual",
    ),
    _phrasing(
        "has_children child",
        Stands.FIRST,
        r"\bshort[- ]term family housing (?:site|program|facility|shelter)\b",
        needs="family housing",
    ),
    _phrasing(
        "developmental_disability",
        Stands.ANYWHERE,
        r"\bregist(?:er|ered) with (?:the )?special olympics\b|\bregistered special olympics\b",
        needs="special olympics",
    ),
    _phrasing(
        "serious_mental_illness",
        Stands.NAME,
        r"^(?!.*(?:addict|alcohol|drug|substance|senior|older|adult day|disabilit)).*"
        r"\b(?:psycho-?social rehab\w*|psychiatric rehab\w*|day treatment|assertive community treatment)\b",
        needs="rehab|day treatment|assertive",
    ),
    _phrasing(
        "serious_mental_illness",
        Stands.FIRST,
        r"^(?:the |our )?(?:psr\W+)?\(?psycho-?social rehabilitat\w+\)? (?:\(psr\) )?(?:\w+ )?"
        r"(?:is|are|meets?|provides?|offers?)\b",
        needs="rehab",
    ),
    _phrasing(
        "serious_mental_illness in_crisis substance_use eating_disorder",
        Stands.NAME,
        r"\bpartial hospitali[sz]ation\b",
        needs="partial hosp",
    ),
    _phrasing(
        "serious_mental_illness in_crisis substance_use eating_disorder",
        Stands.FIRST,
        r"^(?:(?:[\w'’().-]+ ){0,8}?(?:provides?|offers?|has|is an?) )?"
        r"(?:(?!(?:not|and|or|from|to|of)\b)[\w'’-]+ ){0,4}?partial hospitali[sz]ation\b",
        needs="partial hosp",
    ),
    _phrasing("homeless", Stands.NAME, r"\bpermanent supportive housing\b", needs="supportive housing"),
    _phrasing("homeless near_homeless", Stands.NAME, r"\brapid re-?housing\b", needs="rapid re"),
    _phrasing(
        "has_children child",
        Stands.FIRST,
        r"\b(?:housing|apartments|shelter) (?:units )?(?:for|to) "
        r"(?:(?!individuals|singles?|people|persons|seniors|adults|men|women|and|or)[\w-]+ ){0,3}families\b"
        r"(?!,? ?(?:(?:and|or|&) )?(?:the |for )?(?:[\w-]+ )?"
        r"(?:individuals|singles?|seniors|elderly|people|persons|adults|women|men)\b)",
        sure=False,
        needs="families",
    ),
    _phrasing(
        "has_children child disability",
        Stands.ANYWHERE,
        r"\bsingle (?:people|persons|individuals|adults) (?:are|may be|will be) (?:accommodated|accepted|admitted|eligible)"
        r" (?:only )?if\b",
        sure=False,
        needs="single ",
    ),
    _phrasing(
        "carer",
        Stands.FIRST,
        r"^(?:are you|if you(?: are|'re)?|do you) (?:looking after|caring for|look after|care for)"
        r" (?:an?|some ?one|some ?body|your|the)\b"
        r"(?!.* or (?:are|need|have)\b)",
        needs="looking after|caring for|look after|care for",
    ),
    _phrasing(
        "has_children pregnant child",
        Stands.FIRST,
        r"\b(?:expectant|expecting|pregnant) (?:parents?|mothers?|wom[ae]n|famil(?:y|ies))(?:,| or| and) (?:new )?"
        r"(?:parents|mothers|famil(?:y|ies)) (?:of|with) (?!disab)",
        needs="expect|pregnant",
    ),
    _phrasing(
        "gambling close_to_one",
        Stands.NAME,
        r"\bgambl(?:ing|ers?)\b(?!.*\b(?:licen[sc]|commission|control|education|prevention))",
        needs="gambl",
    ),
    _phrasing(
        "chronic_illness one_illness",
        Stands.NAME,
        r"\b(?:cardiac|pulmonary|heart) rehab\w*\b|\bafter (?:a )?heart attack\b",
        needs="rehab|heart",
    ),
    _phrasing("abuser", Stands.NAME, rf"{NOT_THE_HURT}.*\bbatterers?\b", needs="batterer"),
    _phrasing("abuser", Stands.FIRST, rf"{NOT_THE_HURT}.*{WHO_HIT}", needs="batter|perpetrator|abus|who hit|violen|force"),
    _phrasing(
        "abuser", Stands.CATEGORIES, rf"{NOT_THE_HURT}.*\b(?:partner|spouse|domestic) abusers\b", sure=False, needs="abusers"
    ),
    _phrasing(
        "lgbtq",
        Stands.NAME,
        r"^(?!.*\b(?:friendly|welcoming|inclusive|allies|straight|training|studies|history)\b).*\blgbt",
        needs="lgbt",
    ),
    _phrasing(
        "crime_victim sexual_assault_survivor domestic_violence cancer lost_to_suicide",
        Stands.FIRST,
        r"\b(?:other|fellow) survivors\b(?! of)",
        sure=False,
        needs="survivors",
    ),
    _phrasing(
        "sexual_assault_survivor crime_victim",
        Stands.FIRST,
        r"\b(?:support|help|time|care|counsell?ing|healing|recovery)\b[^.;]{0,30} (?:after|following) (?:an? )?(?:\w+ )?"
        r"(?:sexual (?:violence|assault|abuse)|rape|assault)\b",
        sure=False,
        needs="after|following",
    ),
    _phrasing(
        "lgbtq",
        Stands.FIRST,
        r"\b(?:to|for|serves|serving|supports?|empowers?) (?:(?:the|all|our|local|older|young) )*(?:lgbt\S*|gay|lesbian) "
        r"(?:\([^)]*\) )?(?:communit(?:y|ies)|individuals|people|persons|adults|youth|elders|seniors)\b(?! and (?!their))",
        needs="lgbt|gay|lesbian",
    ),
    _phrasing("lgbtq", Stands.FIRST, r"\bidentify as (?:[\w-]+ ){0,3}lgbt\w*", needs="identify as"),
    _phrasing(
        "homeless",
        Stands.FIRST,
        r"^(?!.*\b(?:or|and) (?:at|near|those|famil|other|low|people|individuals)\b).*"
        r"\b(?:families|men|women|people|persons|individuals|youth)"
        r" who are (?:currently )?(?:homeless|unhoused|experiencing homelessness)\b",
        needs="who are",
    ),
)  # fmt: skip
"""What tells. A child may come where children do, so that nobody of their age is left out."""
