"""The areas that records name: by names in lists, postal codes, numbers of wards, counties, states and whole countries."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rxbot.directory.gazetteer import lookup_name
from rxbot.directory.model import Extent, Place, Service
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
    r"^(?:and |or |the |all |of |in |from |people )*(?:(?:cities|city|towns?|villages?|communities|county|boroughs?|district"
    r"|state|royal borough"
    r"|metropolitan borough|london borough|metropolitan district) (?:and county )?of )?(?:the )?"
)
ENDING = re.compile(r"\s*(?:\bcounties\b.*|\bco\b|\b(?:city )?(?:council|area|borough|district|only)s?|and surrounding .*)$")
KINDS_OF_AREA = r"(?:[Ww]ard|[Dd]istrict|[Pp]recinct|[Zz]one)s?"
EACH_NUMBER = r"\d{1,2}\b(?:(?:,? (?:and|or|to|&) |, | ?[-–] ?)\d{1,2}\b)*"
NUMBERED = re.compile(rf"\b({KINDS_OF_AREA}) ({EACH_NUMBER})")
PART_OF = re.compile(
    r"\b(?:north|south|east|west|central|northern|southern|eastern|western|upper|lower|un-?incorporated"
    r"|parts? of|some of|mid)\b"
)
COUNTIES = re.compile(r"\s*\bcount(?:y|ies)\W*$")


def names_of(place: Place) -> frozenset[str]:
    """Give the names and postal codes of a place, by one of which it is served."""
    return names_in_label(place.label) | codes_in_label(place.label)


def towns_of(place: Place) -> frozenset[str]:
    """Give the names of a place but for those of counties and states."""
    return frozenset(name for name in names_in_label(place.label) - LARGER if not name.endswith("county"))


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
    return frozenset(filter(None, (bare_name(part) for part in (words, *parts, *counties))))


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
def names_in_label(label: str) -> frozenset[str]:
    """Give the names in the label of a place, its own and those it lies in, each as it is compared."""
    parts = [fold(part).strip() for part in label.split(",")]
    known = [STATES.get(part, part) if number else part for number, part in enumerate(parts)]
    return frozenset(filter(None, map(bare_name, known)))


@lru_cache(1024)
def codes_in_label(label: str) -> frozenset[str]:
    """Give the postal code in a label with the larger codes it lies in: M1 2AB is in M1, and in M."""
    us = {code[:5] for code in US_CODE.findall(label)}
    uk = UK_CODE.findall(label.upper())
    wider = {part for outward, inward in uk for part in (outward + inward, outward, outward[: 2 if outward[1].isalpha() else 1])}
    return frozenset(us | (wider - {""}))


def bare_name(name: str) -> str:
    """Give a name without its title; a county stays a county, because a town may have its name."""
    bare = ENDING.sub("", TITLE.sub("", name.strip(" .()")))
    county = re.match(r"(?:the )?county of ", name.strip())
    return lookup_name(f"{bare} county" if county and not bare.endswith("county") else bare)


def is_named(area: str, names: frozenset[str]) -> bool:
    """Say whether one of these names is in a list; a part of a town is not the town."""
    return bool(names & names_in(area))


def is_coded(area: str, codes: frozenset[str]) -> bool:
    """Say whether one of these postal codes is in a list."""
    return bool(codes) and bool(codes & codes_in(area))


def is_larger(name: str) -> bool:
    """Say whether a name is more than that of a town, or may be: a county, a state, a part of one."""
    return bool(is_whole_country(name) or PART_OF.search(name) or LARGER_AREA.search(name)) or bare_name(name) in LARGER


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


@lru_cache(4096)
def names_listed(home: str) -> tuple[str, ...]:
    """Give each name in a list of places, folded; in "Marsh and Hill Counties" each is a county."""
    named = [part for part in map(str.strip, BETWEEN.split(fold(home).strip(" ."))) if part]
    return tuple(_each_a_county(named) if named and COUNTIES.search(named[-1]) else named)


def states_in(names: Iterable[str]) -> frozenset[str]:
    """Give those of these names that are states, in full."""
    return frozenset(STATES.get(fold(name), fold(name)) for name in names) & STATE_NAMES


@lru_cache(4096)
def states_listed(home: str) -> tuple[str, ...]:
    """Give for each place of a list the state it is or lies in, empty where that is not said."""
    found: list[str] = []
    for name in reversed(names_listed(home)):
        bare = name if name in STATE_NAMES else PART_OF.sub("", name).strip()
        found.append(STATES.get(bare, bare if bare in STATE_NAMES else found[-1] if found else ""))
    return tuple(found)


def is_town(area: str) -> bool:
    """Say whether an area is told by names alone: lists of codes are seldom whole."""
    return not codes_in(area) and not numbered_in(area)


def _each_a_county(names: list[str]) -> list[str]:
    """Give "Marsh and Hill Counties" as two counties."""
    return [f"{COUNTIES.sub('', name)} county" for name in names]
