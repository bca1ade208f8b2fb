"""Read which area a record serves: named places, postal codes, outlines, and "residents only" in prose.

A place is known by its label, whose parts stand inside one another ("Old Town, Kittersea"), and by where it lies.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rxbot.directory.gazetteer import lookup_name, middle
from rxbot.directory.grid import km_between
from rxbot.directory.model import Extent, Place, Service
from rxbot.directory.polygons import holds
from rxbot.directory.rules.answers import UNKNOWN, Answer, Finding
from rxbot.directory.rules.sentences import sentences_of
from rxbot.directory.rules.telling import Telling
from rxbot.directory.rules.told import told_in
from rxbot.directory.stems import fold

WHOLE_COUNTRY = re.compile(
    r"(?:all of |across |whole of |entire |throughout )?(?:the )?"
    r"(?:nation-?wide|national|nationally|international|global|world-?wide|(?:state|province|island)-?wide|country-?wide|uk-?wide"
    r"|anywhere|everywhere|online|united kingdom|uk|u\.k\.|great britain|england(?: and wales)?|scotland|wales|northern ireland"
    r"|(?:republic of |island of )?ireland|all-ireland|canada|australia|new zealand|aotearoa"
    r"|united states(?: of america)?|usa?|u\.s\.(?:a\.)?"
    r"|all (?:fifty |50 )?states|(?:whole )?country|[a-z ]+ (?:state|province)-?wide)(?: \(u\.?s\.?a?\.?\))?"
)
"""Areas that have no edges for us."""
STATES = {
    "al": "alabama", "ak": "alaska", "az": "arizona", "ar": "arkansas", "ca": "california", "co": "colorado",
    "ct": "connecticut", "dc": "district of columbia", "de": "delaware",
    "fl": "florida", "ga": "georgia", "hi": "hawaii", "id": "idaho", "il": "illinois",
    "in": "indiana", "ia": "iowa", "ks": "kansas", "ky": "kentucky", "la": "louisiana", "me": "maine", "md": "maryland",
    "ma": "massachusetts", "mi": "michigan", "mn": "minnesota", "ms": "mississippi", "mo": "missouri", "mt": "montana",
    "ne": "nebraska", "nv": "nevada", "nh": "new hampshire", "nj": "new jersey", "nm": "new mexico", "ny": "new york",
    "nc": "north carolina", "nd": "north dakota", "oh": "ohio", "ok": "oklahoma", "or": "oregon", "pa": "pennsylvania",
    "ri": "rhode island", "sc": "south carolina", "sd": "south dakota", "tn": "tennessee", "tx": "texas", "ut": "utah",
    "vt": "vermont", "va": "virginia", "wa": "washington", "wv": "west virginia", "wi": "wisconsin", "wy": "wyoming",
}  # fmt: skip
"""States as addresses in the United States write them: the last part of a label may be one."""
STATE_NAMES = frozenset(STATES.values()) - {"washington"}
LARGER = frozenset(map(lookup_name, STATE_NAMES))
"""Without the one that is a town's name first."""
US_CODE = re.compile(r"\b\d{5}(?:-\d{4})?\b(?! (?:people|families|pounds|hours))")
UK_CODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)(?:\s?(\d[A-Z]{2}))?\b")
UK_LETTERS = re.compile(
    r"((?:\b[A-Z]{1,2}\b(?:,? and |,? or |, |/| )?)+) ?post-?codes?\b"
    r"|\bpost-?codes?(?: area)?s? ((?:\b[A-Z]{1,2}\b(?:, | and )?)+)"
)
BETWEEN = re.compile(r"\s*(?:,|;|/|\n|&|\+|\band\b|\bor\b|•)\s*")
TITLE = re.compile(
    r"^(?:and |or |the |all |of |in |from |people )*(?:(?:city|town|village|county|borough|district|state"
    r"|royal borough"
    r"|metropolitan borough|london borough|metropolitan district) (?:and county )?of )?(?:the )?"
)
ENDING = re.compile(r"\s*(?:\bcounties\b.*|\bco\b|\b(?:city )?(?:council|area|borough|district|only)s?|and surrounding .*)$")
CAPITAL = (
    r"(?!(?:Low|Very|Adults?|Seniors?|Elderly|Disabled|Homeless|Uninsured|Eligible|All|Any|Older|Must|Current|Visually"
    r"|Veterans?|Youth)\b)"
    r"(?:(?:City|County|Town|Village|Borough|State|District) of (?:the )?)?"
    r"[A-Z][\w.'’-]*(?: (?:of (?:the )?)?(?!(?:Be|Have|Live|Must|Provide)\b)[A-Z][\w.'’-]*)*"
)
LISTED = rf"{CAPITAL}(?:(?:,? (?:and|or|&) (?:the )?|, |/|; )(?:the )?{CAPITAL})*"
NUMBERS = r"\d{5}(?:(?:,? (?:and|or|&) |, |/| )(?:part of )?\d{5})*"
KINDS_OF_AREA = r"(?:[Ww]ard|[Dd]istrict|[Pp]recinct|[Zz]one)s?"
EACH_NUMBER = r"\d{1,2}\b(?:(?:,? (?:and|or|to|&) |, | ?[-–] ?)\d{1,2}\b)*"
NUMBERED = re.compile(rf"\b({KINDS_OF_AREA}) ({EACH_NUMBER})")
LIVING = re.compile(
    r"(?:(?:[Rr]esidents?|[Ll]iv(?:e|es|ing)|[Rr]esid(?:e|es|ing)|[Aa]ddress|[Hh]ome|[Pp]eople)\s(?:\w+\s)?(?:of|in|within|from)"
    r"|[Cc]itizens\sof(?!\s(?:the\s)?(?:United|U\.?S|America))"
    r"|(?:[Ss]urvivors|[Ff]amilies|[Ii]ndividuals|[Ss]eniors|[Aa]dults|[Vv]ictims|[Vv]eterans)\s(?:with)?in)\s"
    r"(?:the\s)?(?:areas?\sof\s|following\s)?"
    rf"(?:zip\scodes?:?\s|post-?codes?:?\s)?({KINDS_OF_AREA} {EACH_NUMBER}|{LISTED}|{NUMBERS})"
)
DWELLING_NEEDED = "resid|live|livi|address|home|people|citizens of|survivors|families|individuals|victims"
DWELLING = Telling(DWELLING_NEEDED, needs=DWELLING_NEEDED)
"""Letters of which each text has some that says where people live."""
THROUGHOUT = Telling(
    rf"\b(?:throughout|(?:people|those|families|residents|individuals|survivors) in need in) (?:the )?({LISTED})",
    needs="throughout|in need in",
)
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
PART_OF = re.compile(
    r"\b(?:north|south|east|west|central|northern|southern|eastern|western|upper|lower|un-?incorporated"
    r"|parts? of|some of|mid)\b"
)
COUNTIES = re.compile(r"\s*\bcount(?:y|ies)\W*$")
ELSEWHERE_KM = 25.0
"""From here on a town whose middle is known cannot be where a person lives."""


@dataclass(frozen=True)
class Around:
    """What is known of the map: where towns lie, by the name they are looked up by; of those `named`, no more than that."""

    towns: Mapping[str, Place] = field(default_factory=dict)
    named: frozenset[str] = frozenset()

    @classmethod
    def of(cls, named: Iterable[tuple[str, Place]], alone: Iterable[str] = ()) -> "Around":
        """Put together what is known of towns. Of a name in several states, as by some slip, none is known."""
        towns: dict[str, Place] = {}
        for name, place in named:
            one = towns.get(name, place)
            towns[name] = place if _states_in(one.names[1:]) == _states_in(place.names[1:]) else replace(place, label=name)
        return cls(towns, frozenset(alone))


UNCHARTED = Around()


def towns_named(services: Iterable[Service], towns: Container[str]) -> Iterator[str]:
    """Give the towns that several records name as an area beside those known, though no record stands in them."""
    times = Counter(name for service in services for name in _named_beside(areas_of(service), towns))
    yield from sorted(name for name, many in times.items() if many >= SEVERAL)


SEVERAL = 3


def _named_beside(areas: Iterable[str], towns: Container[str]) -> frozenset[str]:
    """Give what areas name beside more towns that are known, and is no larger area itself."""
    named = {name for area in areas if _is_town(area) for name in _names_listed(area)}
    others = {name for name in named if _bare(name) not in towns}
    beside = len(others) < len(named) - len(others)
    return frozenset(_bare(name) for name in others if beside and not _is_larger(name)) - {""}


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


@dataclass(frozen=True)
class Served:
    """Where a record says that it serves people: areas by name or code, outlines, and where people are to live."""

    areas: tuple[str, ...] = ()
    outlines: tuple[Extent, ...] = ()
    homes: tuple[Home, ...] = ()

    @property
    def everywhere(self) -> bool:
        """Say whether one of the areas has no edges for us."""
        return any(map(is_whole_country, self.areas))

    @property
    def names(self) -> frozenset[str]:
        """Give every name and postal code that tells what it serves."""
        texts = (*self.areas, *(home.places for home in self.homes))
        return frozenset(one for text in texts for one in names_in(text) | codes_in(text))

    def at(self, place: Place, around: Around = UNCHARTED) -> Finding[Answer]:
        """Say whether a place is served.

        Yes: by name, by code, by outline, or because everywhere is. No: only where people must live somewhere else for
        certain. Everything else leaves it open.
        """
        names, codes = _names_in_label(place.label), _codes_in_label(place.label)
        for area in self.areas:
            if is_whole_country(area) or _is_named(area, names) or _is_coded(area, codes):
                return Finding(Answer.YES, area)
        drawn = next((one for one in self.outlines if one.type in ("", "geojson") and holds(one.extent, place)), None)
        if drawn:
            return Finding(Answer.YES, drawn.name)
        for home in self.homes:
            if _is_named(home.places, names) or _is_coded(home.places, codes):
                return Finding(Answer.YES, home.sentence)
        strict = [home for home in self.homes if home.only and home.sure]
        if self._shuts_out(strict, place):
            return Finding(Answer.NO, strict[0].sentence)
        if strict and all(_is_elsewhere(home.places, place, codes, around) for home in strict):
            return Finding(Answer.NO, strict[0].sentence)
        if self.areas and all(map(_is_town, self.areas)) and all(_is_elsewhere(one, place, codes, around) for one in self.areas):
            return Finding(Answer.NO, self.areas[0])
        return UNKNOWN

    def _shuts_out(self, strict: Iterable[Home], place: Place) -> bool:
        """Say whether one must live in its areas, all of them are drawn, and no outline holds the place."""
        its_areas = "; ".join(self.areas)
        drawn = {one.name for one in self.outlines if one.type in ("", "geojson") and holds(one.extent, place) is False}
        return bool(drawn) and drawn.issuperset(self.areas) and any(home.places == its_areas for home in strict)

    @property
    def is_for_residents(self) -> bool:
        """Say whether one must live in places that are named."""
        return any(home.only for home in self.homes)

    def is_for_the_town_of(self, place: Place) -> bool:
        """Say whether the town of a place is named, and not only a county, a state or a country that it lies in."""
        towns = towns_of(place)
        return any(_is_named(text, towns) for text in (*self.areas, *(home.places for home in self.homes)))

    def hardly_at(self, place: Place, around: Around = UNCHARTED) -> bool:
        """Say whether a place that may be served hardly is.

        One must live in a town near by, in a ward we cannot tell, or in a county that seems to be in another state; or what is
        given is given in another state.
        """
        strict = [home for home in self.homes if home.only]
        return bool(strict) and self.at(place, around) is UNKNOWN and all(_is_hardly(home, place, around) for home in strict)

    @property
    def below_its_heading(self) -> "Served":
        """Give it without the areas above "Emergency assistance:", where one is such a heading: those are for all else."""
        headings = [number for number, area in enumerate(self.areas) if area.rstrip().endswith(":")]
        return replace(self, areas=self.areas[headings[-1] + 1 :]) if headings else self

    def is_for_other_towns(self, place: Place, around: Around = UNCHARTED) -> bool:
        """Say whether all its areas are other towns than the one of a place, nearly all known, though nobody is shut out."""
        return bool(self.areas) and _are_other_towns(self.areas, place, around) and self.at(place, around) is UNKNOWN


def names_of(place: Place) -> frozenset[str]:
    """Give the names and postal codes of a place, by one of which it is served."""
    return _names_in_label(place.label) | _codes_in_label(place.label)


def towns_of(place: Place) -> frozenset[str]:
    """Give the names of a place but for those of counties and states."""
    return frozenset(name for name in _names_in_label(place.label) - LARGER if not name.endswith("county"))


def served_by(service: Service) -> Served:
    """Read where a record says that it serves people."""
    homes = (_in_its_state(_in_full(home, service.organization.name), service) for home in _homes(service))
    return Served(areas_of(service), extents_of(service), tuple(homes))


def area_rule(service: Service, place: Place, around: Around = UNCHARTED) -> Finding[Answer]:
    """Say whether a place is served; see `Served.at`."""
    return served_by(service).at(place, around)


def areas_of(service: Service) -> tuple[str, ...]:
    """Give every area of a service, at whichever of its places."""
    return (*service.areas, *(area for location in service.locations for area in location.areas))


def extents_of(service: Service) -> tuple[Extent, ...]:
    """Give every outline of a service, at whichever of its places."""
    return (*service.extents, *(extent for location in service.locations for extent in location.extents))


@lru_cache(4096)
def names_in(area: str) -> frozenset[str]:
    """Give the names in a list of places, each as it is compared: without "City of", case and signs."""
    words = fold(area)
    parts = BETWEEN.split(words)
    counties = _each_a_county(parts) if words.strip(" .").endswith("counties") or re.search(r"\bor\b.*county\W*$", words) else []
    return frozenset(filter(None, (_bare(part) for part in (words, *parts, *counties))))


@lru_cache(4096)
def codes_in(text: str) -> frozenset[str]:
    """Give the postal codes in a text: whole ones, UK districts such as M1, and UK areas where it says postcode."""
    letters = {part for found in UK_LETTERS.findall(text) for half in found for part in re.findall(r"\b[A-Z]{1,2}\b", half)}
    uk = {outward + inward for outward, inward in UK_CODE.findall(text)}
    return frozenset({code[:5] for code in US_CODE.findall(text)} | uk | letters)


@lru_cache(4096)
def is_whole_country(area: str) -> bool:
    """Say whether an area has no edges for us."""
    return bool(WHOLE_COUNTRY.fullmatch(fold(area).strip()))


@lru_cache(1024)
def _names_in_label(label: str) -> frozenset[str]:
    parts = [fold(part).strip() for part in label.split(",")]
    known = [STATES.get(part, part) if number else part for number, part in enumerate(parts)]
    return frozenset(filter(None, map(_bare, known)))


@lru_cache(1024)
def _codes_in_label(label: str) -> frozenset[str]:
    """Give the postal code in a label with the larger codes it lies in: M1 2AB is in M1, and in M."""
    us = {code[:5] for code in US_CODE.findall(label)}
    uk = UK_CODE.findall(label.upper())
    wider = {part for outward, inward in uk for part in (outward + inward, outward, outward[: 2 if outward[1].isalpha() else 1])}
    return frozenset(us | (wider - {""}))


def _bare(name: str) -> str:
    """Give a name without its title; a county stays a county, because a town may have its name."""
    bare = ENDING.sub("", TITLE.sub("", name.strip(" .()")))
    county = re.match(r"(?:the )?county of ", name.strip())
    return lookup_name(f"{bare} county" if county and not bare.endswith("county") else bare)


def _is_named(area: str, names: frozenset[str]) -> bool:
    """Say whether one of these names is in a list; a part of a town is not the town."""
    return bool(names & names_in(area))


def _is_coded(area: str, codes: frozenset[str]) -> bool:
    return bool(codes) and bool(codes & codes_in(area))


def _homes(service: Service) -> Iterator[Home]:
    """Give each list of places that people are said to live in, with its sentence and whether it shuts out all others.

    Where a record names its area, a home without "only" does not: it may be an example.
    """
    areas = areas_of(service)
    for text in (service.eligibility_description, *service.audience):
        for sentence in sentences_of(text) if _may_tell_homes(text) else ():
            yield from _homes_in(sentence, not areas or bool(WHOLE.fullmatch(text) or RESIDENT_WHO.match(sentence)))
            if areas and _is_for_its_areas(fold(sentence)):
                yield Home("; ".join(areas), sentence, only=True)
    for text in (service.application_process, *areas):
        for sentence in sentences_of(text) if _may_tell_homes(text) else ():
            yield from _homes_in(sentence, False)
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
REGION_KM = 120.0
"""From here on nobody lives in the region where a provider is that is named after it."""


def _given_throughout(description: str) -> Iterator[Home]:
    """Give the counties, or the parts of a state, throughout which something is said to be given."""
    plain = () if told_in(description).is_open else sentences_of(description) if THROUGHOUT.search(description) else ()
    for sentence in plain:
        for places in THROUGHOUT.findall(sentence):
            if all(name.endswith("county") or PART_OF.search(name) for name in _names_listed(places)):
                yield Home(places, sentence, only=True, sure=False)


def _in_its_state(home: Home, service: Service) -> Home:
    """Add the state in which a record has all its places, where it names a county without one."""
    if not home.only or not COUNTIES.search(fold(home.places)):
        return home
    states = {_states_in((address.state_province,)) for location in service.locations for address in location.addresses}
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


def _is_elsewhere(home: str, place: Place, codes: frozenset[str], around: Around) -> bool:
    """Say whether all places of a list are for certain not where the person lives."""
    wanted = codes_in(home)
    if wanted:
        own = {code for code in codes if code.isdigit() or len(code) > 2} if codes else set()
        return bool(own) and {code.isdigit() for code in own} == {code.isdigit() for code in wanted}
    if numbered := numbered_in(home):
        return _are_others(numbered, numbered_in(place.label))
    named = _names_listed(home)
    if not named or _is_in_other_states(home, place, around):
        return bool(named)
    return not PART_OF.search(fold(home)) and all(_is_far(name, place, around) for name in named)


FEW_NUMBERS = 2


def _is_hardly(home: Home, place: Place, around: Around) -> bool:
    """Say whether a person hardly lives in a list of places."""
    if not home.sure:
        far = home.near is not None and km_between(home.near, place) > REGION_KM
        return far or _is_in_other_states(home.places, place, around) or _is_in_another_state(home, place, around)
    return _is_next_to(home.places, place, around) or _is_in_another_state(home, place, around)


def _is_in_another_state(home: Home, place: Place, around: Around) -> bool:
    """Say whether all places of a list are counties of the state that the record is in, as it seems, and not of the person's."""
    own = _states_of(place, around)
    counties = all(name.endswith("county") for name in _names_listed(home.places))
    return bool(home.state and own) and counties and home.state not in own


def _is_next_to(home: str, place: Place, around: Around) -> bool:
    """Say whether all places of a list are other towns than the person's, or few of the wards that one may live in."""
    if numbered := numbered_in(home):
        return len(numbered) <= FEW_NUMBERS and not numbered_in(place.label)
    own, named = _own_town(place, around), [_bare(name) for name in _names_listed(home)]
    known = all(_is_known(name, around) and not _is_part_of(own, name, around) for name in named)
    return bool(own and named) and known and not codes_in(home)


def _are_other_towns(areas: tuple[str, ...], place: Place, around: Around) -> bool:
    """Say whether areas are other towns than the person's. What is named beside known ones, and no larger area, is one too."""
    own = _own_town(place, around)
    if any(codes_in(area) or numbered_in(area) for area in areas):
        return False
    named = [name for area in areas for name in _names_listed(area)]
    unknown = [name for name in named if not _is_known(_bare(name), around)]
    known = [_bare(name) for name in named if name not in unknown]
    if any(map(_is_larger, unknown)) or (own and any(_is_part_of(own, name, around) for name in known)):
        return False
    return len(unknown) < len(known) if own else bool(known) and all(_is_away(name, place, around) for name in known)


def _is_away(name: str, place: Place, around: Around) -> bool:
    """Say whether a name is one of a town so far away that a person who lives elsewhere does not live in its outskirts."""
    return name in around.towns and km_between(around.towns[name], place) > OUTSKIRTS_KM


OUTSKIRTS_KM = 15.0


def _own_town(place: Place, around: Around) -> str:
    """Give the town of a place, or else the one that it stands in, if we know that."""
    names = [_bare(fold(name)) for name in place.names if _bare(fold(name)) not in LARGER]
    return next((name for known in (around.towns, around.named) for name in names if name in known), "")


def _is_part_of(town: str, name: str, around: Around) -> bool:
    """Say whether a name is one of a part of this town."""
    larger = around.towns[name].names[1:] if name in around.towns else ()
    return any(_bare(fold(one)) == town for one in larger)


def _is_known(name: str, around: Around) -> bool:
    return name in around.towns or name.removesuffix("city") in around.towns


def _is_larger(name: str) -> bool:
    """Say whether a name is more than that of a town, or may be: a county, a state, a part of one."""
    return bool(is_whole_country(name) or PART_OF.search(name) or LARGER_AREA.search(name)) or _bare(name) in LARGER


LARGER_AREA = re.compile(r"\b(?:count(?:y|ies)|areas?|regions?|peninsula|\w*coast\w*|valley|neighbou?r\w*|surrounding|all|bay)\b")


@lru_cache(4096)
def numbered_in(text: str) -> frozenset[tuple[str, int]]:
    """Give the parts of a town that go by number in a text: "Wards 1 to 3" are three."""
    return frozenset(
        (fold(kind).rstrip("s"), number)
        for kind, listed in NUMBERED.findall(text)
        for low, high in re.findall(r"(\d+)(?:(?: to | ?[-–] ?)(\d+))?", listed)
        for number in range(int(low), int(high or low) + 1)
    )


def _are_others(wanted: frozenset[tuple[str, int]], own: frozenset[tuple[str, int]]) -> bool:
    """Say whether the person lives in a part of the same kind, and in none of these."""
    kinds = {kind for kind, _ in wanted}
    return bool(own) and not wanted & own and {kind for kind, _ in own} >= kinds


@lru_cache(4096)
def _names_listed(home: str) -> tuple[str, ...]:
    """Give each name in a list of places, folded; in "Marsh and Hill Counties" each is a county."""
    named = [part for part in map(str.strip, BETWEEN.split(fold(home).strip(" ."))) if part]
    return tuple(_each_a_county(named) if named and COUNTIES.search(named[-1]) else named)


def _is_in_other_states(home: str, place: Place, around: Around) -> bool:
    """Say whether each place of a list is a state, or in one that is named after it, and the person lives in another."""
    states = _states_listed(home)
    return bool(states) and all(states) and bool(own := _states_of(place, around)) and own.isdisjoint(states)


def _states_of(place: Place, around: Around) -> frozenset[str]:
    """Give the state that a place is said to be in, or else the largest town that it stands in and that we know."""
    own = _states_in(place.names[1:])
    if own:
        return own
    known = (around.towns.get(_bare(fold(name))) for name in reversed(place.names))
    town = next((one for one in known if one and km_between(one, place) <= ONE_TOWN_KM), None)
    return _states_in(town.names[1:]) if town else frozenset()


ONE_TOWN_KM = 40.0
"""No part of a town is further from its middle: another town has its name."""


def _states_in(names: Iterable[str]) -> frozenset[str]:
    return frozenset(STATES.get(fold(name), fold(name)) for name in names) & STATE_NAMES


@lru_cache(4096)
def _states_listed(home: str) -> tuple[str, ...]:
    """Give for each place of a list the state it is or lies in, empty where that is not said."""
    found: list[str] = []
    for name in reversed(_names_listed(home)):
        bare = name if name in STATE_NAMES else PART_OF.sub("", name).strip()
        found.append(STATES.get(bare, bare if bare in STATE_NAMES else found[-1] if found else ""))
    return tuple(found)


def _is_town(area: str) -> bool:
    """Say whether an area is told by names alone: lists of codes are seldom whole."""
    return not codes_in(area) and not numbered_in(area)


def _each_a_county(names: list[str]) -> list[str]:
    """Give "Marsh and Hill Counties" as two counties."""
    return [f"{COUNTIES.sub('', name)} county" for name in names]


def _is_far(name: str, place: Place, around: Around) -> bool:
    """Say whether a named county is not the person's, where theirs is known, or a named town lies far away."""
    bare = _bare(name)
    if bare.endswith("county"):
        own = [county for larger in place.names[1:] if (county := _bare(fold(larger))).endswith("county")]
        return bool(own) and not any(county.endswith(bare) or bare.endswith(county) for county in own)
    town = around.towns.get(bare)
    return town is not None and km_between(town, place) > ELSEWHERE_KM
