"""Profiles to match by hand: what is known of somebody, in the shape of a labelled relevance set, and the search it makes.

A file of them is read leniently: what other people call things stands in the tables below, for whoever writes one to find.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from math import nan
from typing import TypeAlias, TypeVar

from rxbot.directory.formats.spelled import need_written, written_needs
from rxbot.directory.languages import CODES, code_of, shortest
from rxbot.directory.model import Need, Place
from rxbot.directory.rules.circumstances import CIRCUMSTANCES
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.known import IMPLIES, known_of
from rxbot.directory.search import Must, Search, Travel, Wish, else_km
from rxbot.directory.stems import fold

SHOWN = 5


@dataclass(frozen=True)
class Profile:
    """What is known of somebody. All but the id may be left out.

    `needs` are the ids of ours; `focus` is what would help most, in the words of directories; `max_km` overrides `travel`;
    `circumstances` are ids of the closed list in `rules/circumstances.py`, others are passed over; `not_so` are those that
    are certainly not true.
    """

    id: str
    needs: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    location: Place | None = None
    max_km: float | None = None
    travel: Travel | None = None
    age: int | None = None
    gender: Gender | None = None
    language: str | None = None
    must: tuple[Must, ...] = ()
    circumstances: tuple[str, ...] = ()
    not_so: tuple[str, ...] = ()

    def search(self, needs: Mapping[str, Need], now: date, reach_km: float = 10.0) -> Search:
        """Give what to look for. `reach_km` is how far one goes where nothing is said of it, and rather than find nothing."""
        years = None if self.age is None else (self.age, self.age)
        return Search(
            needs=tuple(needs[need] for need in self.needs),
            focus=tuple(Wish(words, words) for words in self.focus),
            place=self.location,
            reach_km=self._reach_km(reach_km),
            else_km=0.0 if self.max_km is not None else else_km(self._reach_km(reach_km), reach_km),
            language=self.language,
            age=years,
            gender=self.gender,
            known=known_of(self.circumstances, self.not_so, self.needs, self.language, years, self.focus),
            must=frozenset(self.must),
            limit=SHOWN,
            now=now,
        )

    def _reach_km(self, otherwise: float) -> float:
        if self.max_km is not None:
            return self.max_km
        return self.travel.reach_km if self.travel else otherwise


ALIASES: Mapping[str, tuple[str, ...]] = {
    "needs": ("need",),
    "focus": ("wish", "wishes", "wants"),
    "location": ("place", "near", "where"),
    "max_km": ("within", "within_km", "radius_km", "distance_km"),
    "travel": ("travel_mode", "mode", "transport"),
    "gender": ("sex",),
    "language": ("languages",),
    "must": ("musts", "must_have", "must_haves"),
    "circumstances": ("true", "circumstance"),
    "not_so": ("untrue", "not_true"),
}
"""What else the parts of a profile are called."""
LABELS = frozenset(
    {"text", "acceptable", "forbidden", "judged_irrelevant", "notes", "note", "name", "comment", "why", "title", "split"}
)
"""What stands in a profile for those who read it: it is no part of what is looked for."""
MUSTS: Mapping[Must, tuple[str, ...]] = {
    Must.FREE: ("free of charge", "no cost", "no charge", "no fee", "costs nothing"),
    Must.FREE_OR_SLIDING: (
        "cheap", "low cost", "low fee", "affordable", "sliding", "sliding scale", "free or low cost", "free or cheap", "reduced",
        "concession", "donation",
    ),
    Must.STEP_FREE: (
        "wheelchair", "wheelchair access", "wheelchair accessible", "accessible", "access", "no steps", "level access", "ramp",
        "disabled access",
    ),
    Must.ONLINE: ("virtual", "by internet", "video", "web"),
    Must.WITHOUT_GOING: (
        "home or phone", "home", "phone", "by phone", "telephone", "at home", "home visit", "home visits", "phone or home",
        "home or online", "phone or online", "online or phone", "without travelling", "without traveling", "no travel", "remote",
    ),
    Must.EVENING: ("out of hours", "evenings", "after hours", "after work", "in the evening", "evening or weekend"),
}  # fmt: skip
GENDERS: Mapping[Gender, tuple[str, ...]] = {
    Gender.FEMALE: ("f", "woman", "women", "girl", "trans woman"),
    Gender.MALE: ("m", "man", "men", "boy", "trans man"),
    Gender.OTHER: ("nonbinary", "non binary", "enby", "genderqueer", "genderfluid", "agender", "intersex", "diverse", "x"),
}
TRAVELS: Mapping[Travel, tuple[str, ...]] = {
    Travel.WALKING: ("walk", "on foot", "foot", "by foot"),
    Travel.BUS: ("public transport", "public transit", "transit", "train", "tram", "by bus"),
    Travel.CAR: ("drive", "driving", "drives", "by car"),
}
NOT_SAID = frozenset({"", "any", "none", "unknown", "not said", "not known", "prefer not to say", "unspecified", "n a"})
"""What is written where nothing is known."""
TRUE: Mapping[str, tuple[str, ...]] = {
    "benefit_recipient": ("benefits", "on benefits", "receives benefits", "welfare"),
    "bereaved": ("bereavement", "widowed", "grieving"),
    "carer": ("caregiver", "unpaid carer", "family carer", "family caregiver"),
    "chronic_illness": ("chronic condition", "long term condition", "long term illness"),
    "crime_victim": ("victim of crime",),
    "deaf": ("hearing impairment", "hearing loss", "hard of hearing"),
    "developmental_disability": ("autism", "autistic"),
    "disability": ("disabled",),
    "domestic_violence": ("domestic abuse", "domestic violence survivor", "domestic abuse survivor"),
    "employed": ("working", "in work"),
    "ex_offender": ("criminal record", "ex prisoner", "formerly incarcerated"),
    "foster_youth": ("care leaver",),
    "has_children": ("parent", "parents", "single parent", "lone parent", "children", "has child"),
    "hiv": ("hiv positive",),
    "home_owner": ("homeowner", "owner occupier"),
    "homebound": ("housebound",),
    "homeless": ("unhoused", "rough sleeper", "rough sleeping", "homelessness"),
    "immigrant": ("migrant", "newcomer"),
    "in_business": ("self employed", "business owner"),
    "insured": ("has insurance", "health insurance"),
    "latino": ("hispanic", "latina", "latinx"),
    "lgbtq": ("lgbt", "lgbtq+", "lgbtqia", "lgbtqia+", "lgbt+"),
    "limited_english": ("limited english proficiency", "non english speaker", "no english"),
    "limited_mobility": ("wheelchair user", "reduced mobility", "mobility impairment"),
    "low_income": ("poverty", "poor", "low wage"),
    "mental_illness": ("mental health", "mental health condition", "mental ill health"),
    "near_homeless": ("at risk of homelessness", "risk of homelessness", "facing eviction", "eviction"),
    "no_immigration_status": ("undocumented", "no papers"),
    "pregnant": ("pregnancy", "expecting"),
    "raises_a_relative": ("kinship carer", "grandparent carer"),
    "refugee": ("asylum seeker", "asylee"),
    "smoker": ("smoking", "smokes"),
    "substance_use": ("addiction", "substance misuse", "substance abuse", "in recovery"),
    "tenant": ("renter", "renting", "rents"),
    "trans": ("transgender",),
    "unemployed": ("job seeker", "jobseeker", "out of work", "no job"),
    "uninsured": ("no insurance", "no health insurance"),
    "veteran": ("military veteran", "ex forces", "ex service", "ex military"),
    "visual_impairment": ("blind", "sight loss", "low vision", "visually impaired", "sight impaired", "visual loss"),
}
"""What else circumstances are called, where it is the same thing."""
TOLD_BY_AGE = frozenset({"older adult", "older person", "senior", "elderly", "young person", "young adult", "teenager", "adult"})
"""What the age says better."""
SUCH_AS: Mapping[str, str] = {
    "needs": '["food"]',
    "focus": '["food pantry"]',
    "location": '{"lat": 53.07, "lon": 0.42, "label": "Kittersea"}',
    "max_km": "5",
    "travel": '"bus"',
    "age": "31",
    "gender": '"female"',
    "language": '"ar"',
    "must": '["free"]',
    "circumstances": '["low_income"]',
    "not_so": '["veteran"]',
}
"""The parts of a profile, and what can be written for each."""
LONGEST = 60
One = TypeVar("One", bound=StrEnum)
Told: TypeAlias = Callable[[str], None]
"""Tell of something in a profile that was passed over."""


@dataclass(frozen=True)
class Profiles:
    """A file of profiles that was read: those in it, and what was passed over, each with whose it is."""

    read: tuple[Profile, ...]
    passed_over: tuple[tuple[str, str], ...]


def read_profiles(page: object, needs: Mapping[str, Need], place_called: Callable[[str], Place | None]) -> Profiles:
    """Read profiles as far as they can be understood. What cannot is passed over, and told with what can be written."""
    inside = page.get("profiles", [page] if "id" in page else None) if isinstance(page, Mapping) else page
    read: list[Profile] = []
    told: list[tuple[str, str]] = []
    for number, one in enumerate(inside if isinstance(inside, list) else (), 1):
        if not isinstance(one, Mapping):
            told.append((f"number {number}", "This is no profile. Write it in braces, with an id. It was passed over."))
            continue
        id = _id(one.get("id"), number, {other.id for other in read}, told)
        read.append(_Reading(needs, place_called, partial(_pass_over, told, id)).profile(id, one))
    return Profiles(tuple(read), tuple(told))


def _pass_over(told: list[tuple[str, str]], id: str, words: str) -> None:
    told.append((id, f"{words} It was passed over."))


def _id(said: object, number: int, taken: Collection[str], told: list[tuple[str, str]]) -> str:
    is_one = isinstance(said, str | int | float) and not isinstance(said, bool) and str(said).strip()
    id = str(said).strip() if is_one else f"number {number}"
    if not is_one:
        told.append((id, f"It has no id. It is called {id!r}."))
    if id not in taken:
        return id
    other = next(f"{id} ({count})" for count in range(2, len(taken) + 3) if f"{id} ({count})" not in taken)
    told.append((id, f"Another has the same id. This one is called {other!r}."))
    return other


@dataclass(frozen=True)
class _Reading:
    """The reading of one profile."""

    needs: Mapping[str, Need]
    place_called: Callable[[str], Place | None]
    tell: Told

    def profile(self, id: str, page: Mapping[object, object]) -> Profile:
        """Give the profile that this page says."""
        said = self._parts(page)
        language = self._words(said, "language")
        return Profile(
            id,
            needs=self._known(self._words(said, "needs"), self._need, "need", written_needs(self.needs)),
            focus=self._words(said, "focus", splits=False),
            location=self._location(said.get("location")),
            max_km=self._number(said.get("max_km"), "max_km", 0.01, 20_000, "the kilometres, such as 5"),
            travel=next(iter(self._one_of(said, "travel", TRAVELS)), None),
            age=None if (age := self._number(said.get("age"), "age", 0, 130, "the years, such as 31")) is None else int(age),
            gender=next(iter(self._one_of(said, "gender", GENDERS)), None),
            language=next(
                iter(self._known(language, language_called, "language", "its English name or its code: Arabic, ar")), None
            ),
            must=tuple(self._one_of(said, "must", MUSTS)),
            circumstances=self._true(self._words(said, "circumstances")),
            not_so=self._true(self._words(said, "not_so")),
        )

    def _parts(self, page: Mapping[object, object]) -> dict[str, object]:
        """Give what is said of each part, by our name for it."""
        ours = {alias: name for name, aliases in ALIASES.items() for alias in aliases}
        parts: dict[str, object] = {}
        for key, value in page.items():
            name = ours.get(str(key), str(key))
            if name in SUCH_AS and value is not None:
                parts.setdefault(name, value)
            elif name not in (*SUCH_AS, "id") and name not in LABELS:
                self.tell(f"We know no {str(key)!r} of a profile. Its parts: {', '.join(SUCH_AS)}.")
        return parts

    def _words(self, said: Mapping[str, object], name: str, *, splits: bool = True) -> tuple[str, ...]:
        """Give the words of a list. One alone may stand without its brackets."""
        value = said.get(name, [])
        if isinstance(value, str):
            value = re.split("[;,]", value) if splits else [value]
        if not isinstance(value, list):
            value = [value]
        for one in value:
            if one is not None and not isinstance(one, str):
                self.tell(f"{name}: {_short(one)} is no word. Write such as {SUCH_AS[name]}.")
        return tuple(words for one in value if isinstance(one, str) and (words := one.strip()))

    def _known(self, words: Iterable[str], meaning: Callable[[str], str | None], name: str, writable: str) -> tuple[str, ...]:
        """Give what these words mean, each once; tell of those that mean nothing."""
        found: dict[str, None] = {}
        for one in words:
            if _plain(one) in NOT_SAID:
                continue
            if known := meaning(one):
                found[known] = None
            else:
                self.tell(f"We know no {name} {one!r}. Write {writable}.")
        return tuple(found)

    def _need(self, words: str) -> str | None:
        return need_written(words, self.needs) or None

    def _one_of(self, said: Mapping[str, object], name: str, called: Mapping[One, tuple[str, ...]]) -> list[One]:
        """Give those of a closed list that are written here, by their own words or others."""
        known: dict[str, One] = {}
        for one, others in called.items():
            known |= dict.fromkeys(map(_plain, (str(one), *others)), one)
        meaning: Callable[[str], str | None] = lambda words: str(known.get(_plain(words), ""))  # noqa: E731
        return [known[_plain(words)] for words in self._known(self._words(said, name), meaning, name, ", ".join(called))]

    def _true(self, words: tuple[str, ...]) -> tuple[str, ...]:
        known = {_plain(one): one for one in (*CIRCUMSTANCES, *IMPLIES)}
        known |= {_plain(alias): one for one, aliases in TRUE.items() for alias in aliases}
        told = tuple(one for one in words if _plain(one) not in TOLD_BY_AGE)
        return self._known(told, lambda one: known.get(_plain(one)), "circumstance", "one of those in rules/circumstances.py")

    def _number(self, said: object, name: str, least: float, most: float, writable: str) -> float | None:
        """Give a number, where it is one and may be."""
        if said is None:
            return None
        try:
            number = nan if isinstance(said, bool) else float(str(said).strip().removesuffix("km").removesuffix("years"))
        except ValueError:
            number = nan
        if least <= number <= most:
            return number
        self.tell(f"{name}: {_short(said)} is none that can be. Write {writable}.")
        return None

    def _location(self, said: object) -> Place | None:
        if isinstance(said, str) and said.strip():
            place = self.place_called(said)
            if place is None:
                self.tell(f"location: we know no place {_short(said)}. Write such as {SUCH_AS['location']}.")
            return place
        if said is None or said == "":
            return None
        if not isinstance(said, Mapping):
            self.tell(f"location: {_short(said)} is no place. Write such as {SUCH_AS['location']}.")
            return None
        label = next((str(said[key]) for key in ("label", "name") if said.get(key)), "")
        lat = next((said[key] for key in ("lat", "latitude") if said.get(key) is not None), None)
        lon = next((said[key] for key in ("lon", "lng", "long", "longitude") if said.get(key) is not None), None)
        if lat is None and lon is None:
            return self._location(label or None)
        north = self._number(lat, "latitude", -90, 90, "one from -90 to 90, such as 53.07")
        east = self._number(lon, "longitude", -180, 180, "one from -180 to 180, such as 0.42")
        if (lat is None) != (lon is None):
            self.tell(f"location: it has no {'latitude' if lat is None else 'longitude'}. Write both.")
        return None if north is None or east is None else Place(north, east, label)


def language_called(words: str) -> str | None:
    """Give the code of a language written as its English name, or as a code of two letters or three, with a region or without."""
    code = shortest(words.strip())
    return code if code in CODES.values() else code_of(words) or None


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[\s_/-]+", " ", fold(words)).split())


def _short(said: object) -> str:
    words = repr(said)
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
