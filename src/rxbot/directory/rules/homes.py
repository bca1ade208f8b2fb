"""Read where a record says that people are to live who come to it.

Lists of places stand in many fields, and what each is worth depends on where it stands. One beside "only" or "must" shuts out all
others, wherever that is. One without does so where it is told of whom the record is for and nothing else tells its area; in how
to apply, or beside an area that the record names, it may be an example. Where no area is named, the name of a county's office
or of a town's own department tells it, and a little less surely the region in a name or throughout which something is given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rxbot.directory.gazetteer import middle
from rxbot.directory.grid import km_between
from rxbot.directory.model import Place, Service
from rxbot.directory.rules.areas import (
    COUNTIES,
    EACH_NUMBER,
    KINDS_OF_AREA,
    NUMBERED,
    PART_OF,
    STATE_NAMES,
    areas_of,
    names_listed,
    states_in,
)
from rxbot.directory.rules.headed import eligibility_of
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.rules.told import told_in
from rxbot.directory.stems import fold

CAPITAL = (
    r"(?!(?:Low|Very|Adults?|Seniors?|Elderly|Disabled|Homeless|Uninsured|Eligible|All|Any|Older|Must|Current|Visually"
    r"|Veterans?|Youth|Serv(?:es|ing)|Provides|Helps|Assists|Offers|Open|Only|For|To|Available|Our|Local)\b)"
    r"(?:(?:City|County|Town|Village|Borough|State|District) of (?:the )?)?"
    r"[A-Z][\w.'’-]*(?: (?:of (?:the )?)?(?!(?:Be|Have|Live|Must|Provide)\b)[A-Z][\w.'’-]*)*"
)
TOWNS_OF = r"(?:(?:[Cc]ities|[Tt]owns|[Vv]illages|[Cc]ommunities|[Bb]oroughs) of (?:the )?)?"
LISTED = rf"{CAPITAL}(?:(?:,? (?:and|or|&) (?:the )?|, |/|; )(?:the )?{TOWNS_OF}{CAPITAL})*"
NUMBERS = r"\d{5}(?:(?:,? (?:and|or|&) |, |/| )(?:part of )?\d{5})*"
LIVING = re.compile(
    r"(?:(?:[Rr]esidents?|[Ll]iv(?:e|es|ing)|[Rr]esid(?:e|es|ing)|[Aa]ddress|[Hh]ome|[Pp]eople)\s(?:\w+\s)?(?:of|in|within|from)"
    r"|[Cc]itizens\sof(?!\s(?:the\s)?(?:United|U\.?S|America))"
    r"|(?:[Ss]urvivors|[Ff]amilies|[Ii]ndividuals|[Ss]eniors|[Aa]dults|[Vv]ictims|[Vv]eterans)\s(?:with)?in)\s"
    rf"(?:the\s)?(?:areas?\sof\s|following\s)?{TOWNS_OF}"
    rf"(?:zip\scodes?:?\s|post-?codes?:?\s)?({KINDS_OF_AREA} {EACH_NUMBER}|{LISTED}|{NUMBERS})"
)
DWELLING_NEEDED = "resid|live|livi|address|home|people|citizens of|survivors|families|individuals|victims"
DWELLING = Telling(DWELLING_NEEDED, needs=DWELLING_NEEDED)
"""Letters of which each text has some that says where people live."""
THROUGHOUT = Telling(
    rf"\b(?:throughout|(?:people|those|families|residents|individuals|survivors) in need in) (?:the )?({LISTED})",
    needs="throughout|in need in",
)
SERVES_ONLY = Telling(
    rf"\b(?:[Oo]nly (?:currently )?serv(?:es?|ing) (?:the )?({LISTED})(?: area\b|(?=[.;,]|$))"
    rf"|[Ss]erv(?:es?|ing) (?:the )?({LISTED})(?: area)? (?:only|exclusively)\b"
    r"|(?:[Ss]ervices?|[Pp]rogram(?:me)?s?|[Aa]ssistance|[Hh]elp) (?:is|are) (?:limited|restricted) to "
    rf"(?:the )?({LISTED})(?: area\b|(?=[.;,]|$)))",
    needs="nly|exclusively|limited to|restricted to",
)
"""How a sentence says that it comes nowhere else."""
RESIDENTS = Telling(
    rf"({KINDS_OF_AREA} {EACH_NUMBER}|{LISTED}|{NUMBERS}) (?:[Zz]ip [Cc]ode |area )?[Rr]esiden(?:ts?|cy)\b", needs="esiden"
)
WHAT_FOR_RESIDENTS = re.compile(
    rf"\W*(?:[\w'’&/-]+ ){{1,6}}for (?:the )?(?:(?:older|disabled|eligible|all) )?{LISTED} [Rr]esidents\W*"
)
"""What is given, and to whom, in a sentence without a verb."""
WHOLE = re.compile(rf"(?:(?:[Aa]|[Mm]ust be an?) )?(?:{LISTED}) [Rr]esidents?\W*")
"""Where nothing else is said of whom it is for, nobody else is meant."""
OF_ITS_AREAS = re.compile(
    r"\b(?:residents?|residen(?:ce|cy)|resid(?:e|es|ing)|liv(?:e|es|ing)) (?:of|in|within) (?:the |our |its )?"
    r"(?:areas? (?:that is |we )?served?|(?:service|serviced|served) areas?)\b|\b(?:service|served) area residents?\b"
)
"""How a sentence says that one has to live in the areas of the record."""
RESIDENTS_ALONE = re.compile(
    r"\W*(?:(?:for|open to|available to|must be an?|limited to|only|strictly) )*(?:(?:local|area|current) )?"
    r"(?:residents?|people (?:who )?(?:liv(?:e|ing)|resid(?:e|ing)) in (?:the|this|our) (?:local )?area)(?: only)?\W*"
)
"""The same where a sentence says no more than that, and not where."""
ONLY = re.compile(
    r"\bonly\b|\bmust\b|\bexclusively\b|(?:limited|restricted) to\b|\bhave to (?:live|be)\b"
    r"|\brequired to (?:live|be)\b|^\W*be an? (?:current )?resident of\b"
)
LOOSE = re.compile(
    r"\bpriority\b|\bpreference\b|\bprefer\w*|\bmay (?:also )?accept|\balso\b|some services|\bother\b|\bsurrounding\b"
    r"|\bnearby\b|\bor (?:work|stud|"
    r"attend|have a connection)|\bhomeless or (?:an? )?residents?\b"
    r"|\bwork(?:s|ing)? (?:or|in)|non-?resident|not (?:\w+ )?resident|\bfirst\b|\bor (?:call"
    r"|ask)\b|usually|primarily"
    r"|mainly|most\b|unless|except"
    r"|\bthe only\b|discount|\bfee\b|fees|library card|part of|near\b|anyone"
)
"""Words that let people from elsewhere in, or that speak of something else than who may come."""
ALSO = re.compile(
    r"\bor\b(?! (?:over|older|above|under|younger|below|more|less)\b)|;|\bvisitors?\b|\bworkers?\b|\bbusiness|\bemploye"
    r"|\bstudents?\b"
    r"|\b(?:to (?:obtain|get|use)|residents? for|card|catchment|connection|attend\w*|including)\b"
)
"""Words that make it doubtful that a home, named without "only", shuts out all others."""
RESIDENT_WHO = re.compile(
    rf"(?:[Mm]ust be )?(?:an? )?[Rr]esidents? of (?:the )?(?:{LISTED})(?:,? (?:who|with|meeting|in need|having)\b|,? age)"
)
"""Who they are besides is said of those who live there, and of nobody else."""
OWNERS_TOO = re.compile(
    r",? or (?:(?:rental|residential|commercial|apartment) )*(?:property owners?|landlords?|business(?:es| owners?))\b[^.;]*",
    re.IGNORECASE,
)
"""Those are no choice of who asks for their own home."""
OUTSIDE = re.compile(r"\bnon-?residents?\b|\bnot (?:\w+ )?(?:residents?|live|living)\b|outside")
MUST_LIVE = re.compile(
    r"\W*(?:(?:you|all|they|adult|families|(?:participant|client|applicant|patient|tenant|individual|student|person"
    r"|resident)s?) )*"
    r"(?:must|have to|need to)\b|\W*(?:only (?:available|open)|limited to|(?:available|open) only|eligib"
    r"|to (?:be eligible|qualify)|be an? (?:current )?resident of\b)"
)
"""How a sentence of a description begins that tells for the whole service who may come."""
GIVEN_TO = re.compile(
    r"\b(?:for|to|serv\w+|help\w*|assist\w*|support\w*) (?:(?!of |in )[\w'’,&/-]+ )*?"
    r"(?:residents?|residing|liv(?:e|es|ing)|citizens of"
    r"|(?:people|survivors|families|individuals|seniors|adults|victims|veterans) in)\b"
)


@dataclass(frozen=True)
class Home:
    """A list of places that people are said to live in, with its sentence; `only` shuts out all others.

    It is not `sure` where they are only said to be where something is given. All that the record has is in one `state`; and
    `near` there, where a name tells the region.
    """

    places: str
    sentence: str
    only: bool = False
    sure: bool = True
    state: str = ""
    near: Place | None = None


def homes_of(service: Service) -> tuple[Home, ...]:
    """Give each list of places that people are said to live in, with its town or its state in full where the record tells it."""
    return tuple(_in_its_state(_in_full(home, service.organization.name), service) for home in _homes(service))


def _homes(service: Service) -> Iterator[Home]:
    """Give each list of places that people are said to live in, with its sentence and whether it shuts out all others.

    Where a record names its area, a home without "only" does not: it may be an example.
    """
    areas = areas_of(service)
    for text in (eligibility_of(service), *service.audience):
        for sentence in sentences_of(text) if _may_tell_homes(text) else ():
            yield from _homes_in(sentence, not areas or bool(WHOLE.fullmatch(text) or RESIDENT_WHO.match(sentence)))
            if areas and _is_for_its_areas(fold(sentence)):
                yield Home("; ".join(areas), sentence, only=True)
    for text in (service.application_process, *areas):
        for sentence in sentences_of(text) if _may_tell_homes(text) else ():
            yield from _homes_in(sentence, False)
    for sentence in sentences_of(service.description) if SERVES_ONLY.may_be_in(service.description) else ():
        yield from (Home("".join(found), sentence, only=True) for found in SERVES_ONLY.findall(sentence))
    if _may_tell_homes(service.description):
        yield from _homes_told(service.description, not areas)
    if not areas:
        yield from _of_its_county(service.name)
        yield from _given_throughout(service.description)
        yield from _of_a_region(service)
        yield from _of_its_town(service)


def _in_full(home: Home, provider: str) -> Home:
    """Give the town that a list names by the initials it has in its provider's name: "NB residents" of "North Bay Department"."""
    if not INITIALS.fullmatch(home.places.strip(".")):
        return home
    initials = home.places.replace(".", "")
    town = " ".join(provider.split()[: len(initials)])
    same = "".join(word[0] for word in town.split()).upper() == initials
    return replace(home, places=town) if same and OF_A_TOWN.search(fold(provider)) else home


INITIALS = re.compile(r"(?:[A-Z]\.?){2,5}")


def _of_its_county(name: str) -> Iterator[Home]:
    """Give the county where a service is called by nothing but its name: it is one office of many, for that county."""
    if A_COUNTY.fullmatch(fold(name)):
        yield Home(name, name, only=True)


A_COUNTY = re.compile(r"(?:(?!(?:the|of|in|for|and|our|this)\b)[\w.'’-]+ ){1,3}count(?:y|ies)")


def _of_its_town(service: Service) -> Iterator[Home]:
    """Give the town whose own department comes to people's homes, or drives them from there: it does so in its town."""
    found = OF_A_TOWN.search(fold(service.organization.name))
    if found and COMES_HOME.search(fold(service.description)):
        yield Home((found[1] or found[2]).strip(), service.organization.name, only=True)


OF_A_TOWN = Telling(
    r"^(?:city|town|village|borough) of (?:the )?([\w .'’]+?)(?=\W*$| ?[,(–-]"
    r"| (?:department|office|parks|recreation|human|senior)\b)"
    r"|^((?:(?!(?:county|state|university|for|of|and)\b)[\w.'’]+ ){1,3}?)"
    r"(?:(?:city|town|borough) council\b"
    r"|(?:department|division|office) of (?:parks|recreation|community|human|senior|public works)"
    r"|(?:parks (?:and|&) recreation|recreation|senior services|community services) (?:department|division)\b)",
    needs="city|town|village|borough|department|division|office",
)
"""How the name of a town's own department tells its town."""
COMES_HOME = Telling(
    r"\bcomes? to your (?:own )?home\b|\bcurb[- ]to[- ]curb\b|\bdoor[- ](?:to|through)[- ]door\b|\bdial[- ]a[- ](?:ride|bus)\b"
    r"|\bhome[- ]deliver(?:y|ed)\b|\bhome (?:repairs?|rehabilitation|modifications?|visits?)\b",
    needs="home|curb|door|dial",
)


def _is_for_its_areas(words: str) -> bool:
    """Say whether a sentence says that one has to live in the areas of the record."""
    return bool(OF_ITS_AREAS.search(words) and not LOOSE.search(words)) or bool(
        ONLY.search(words) and RESIDENTS_ALONE.fullmatch(words)
    )


def _of_a_region(service: Service) -> Iterator[Home]:
    """Give the region in the name of a service or its provider, such as "of Southwest Florida", where all it has is there."""
    named = ((found[1], name) for name in (service.name, service.organization.name) if (found := REGION.search(fold(name))))
    places = [location.place for location in service.locations if location.place]
    if (region := next(named, None)) and places:
        near = middle(places, "")
        if all(km_between(near, one) <= ONE_TOWN_KM for one in places):
            yield Home(region[0], region[1], only=True, sure=False, near=near)


DIRECTION = r"(?:greater|central|coastal|upper|lower|mid|(?:north|south)?[ -]?(?:east|west)(?:ern)?|north(?:ern)?|south(?:ern)?)"
REGION = Telling(
    rf"\b(?:of|for|in|serving) (?:the )?((?:{DIRECTION}[ -])+(?:{'|'.join(sorted(STATE_NAMES))})"
    r"|(?:(?!(?:of|for|in|and|the|america)\b)[\w.'’-]+ ){1,3}?count(?:y|ies))\b",
    needs="|".join(("count", *sorted(STATE_NAMES))),
)


def _given_throughout(description: str) -> Iterator[Home]:
    """Give the counties, or the parts of a state, throughout which something is said to be given."""
    plain = () if told_in(description).is_open else sentences_of(description) if THROUGHOUT.search(description) else ()
    for sentence in plain:
        for places in THROUGHOUT.findall(sentence):
            if all(name.endswith("county") or PART_OF.search(name) for name in names_listed(places)):
                yield Home(places, sentence, only=True, sure=False)


def _in_its_state(home: Home, service: Service) -> Home:
    """Add the state in which a record has all its places, where it names a county without one."""
    if not home.only or not COUNTIES.search(fold(home.places)):
        return home
    states = {states_in((address.state_province,)) for location in service.locations for address in location.addresses}
    known = next(iter(states), frozenset()) if len(states) == 1 else frozenset[str]()
    others = {state for state in STATE_NAMES - known if state in fold(home.sentence)}
    return home if others else replace(home, state=next(iter(known - WITHOUT_COUNTIES), ""))


WITHOUT_COUNTIES = frozenset({"district of columbia"})


@lru_cache(maxsize=4096)  # the same areas are named again and again
def _may_tell_homes(text: str) -> bool:
    return DWELLING.may_be_in(fold(text))


def _homes_told(description: str, alone: bool) -> Iterator[Home]:
    """Give the homes in a description. One that is for residents alone shuts out others where all that is plain says so."""
    told = told_in(description)
    plain = {one.sentence for one in told.plainly}
    alone = alone and not told.is_open and all(_may_tell_homes(one.people) or NUMBERED.search(one.people) for one in told.plainly)
    for sentence in sentences_of(description):
        if not _may_tell_homes(sentence):
            continue
        if WHAT_FOR_RESIDENTS.fullmatch(sentence):
            yield from _homes_in(sentence, alone)
        elif sentence in plain or MUST_LIVE.match(fold(sentence)):
            yield from _homes_in(sentence, alone and sentence in plain and bool(GIVEN_TO.search(fold(sentence))))


def _homes_in(sentence: str, implied: bool) -> Iterator[Home]:
    """Give the homes that a sentence names; `implied`: they shut out all others though it does not say "only"."""
    homes = (*LIVING.findall(sentence), *RESIDENTS.findall(sentence))
    words = fold(sentence)
    if not homes or OUTSIDE.search(words):
        return
    only = bool(ONLY.search(words)) or (
        implied and not ALSO.search(fold(OWNERS_TOO.sub("", RESIDENTS.sub("", LIVING.sub("", sentence)))))
    )
    yield from (Home(home, sentence, only and not LOOSE.search(words)) for home in homes)


ONE_TOWN_KM = 40.0
"""No part of a town is further from its middle: another town has its name."""
