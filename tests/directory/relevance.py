"""How good the matches are, by labelled profiles: `python tests/directory/relevance.py` prints it, a test keeps it.

The sample came with the directories. The profiles over Miami and Washington were labelled by a reader who had not seen a
result; nothing was tuned on them, nor on those called "second", which were labelled later by another reader. Those called
"tuning" were labelled in the same ways, and the rank was tuned on them. Of the sample, what the rank and plain full text
showed and it does not name was read later, blind, by one reader more: "sample, all read" counts that as judged.

Five directories are invented, written and labelled by writers who had seen no rule and no word list of this project: their
records are as many hands would write them, full of traps, and few for each need. Of England, the Midwest and Ireland what was
wrong was read, and rules were mended by it; of Australia and Canada nothing but the sums was seen. Ireland and Canada are
labelled more strictly: forty people each, of whom two in five have fewer than five services that fit.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import log2
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import TypeAdapter

from rxbot.content.complaints import Complaints
from rxbot.content.needs import read_needs
from rxbot.directory.candidate import Candidate
from rxbot.directory.gazetteer import ByTown, all_placed, known_places
from rxbot.directory.grid import km_between
from rxbot.directory.hsds import read_services
from rxbot.directory.index import Rarity
from rxbot.directory.model import Need, Service
from rxbot.directory.profiles import Profile
from rxbot.directory.rank import rank
from rxbot.directory.region import region_of
from rxbot.directory.rules.around import Around
from rxbot.directory.search import Search
from rxbot.feeds import open_feed

sys.path.insert(0, str(Path(__file__).parents[1]))

from rarities import rarity_among

ROOT = Path(__file__).resolve().parents[2]
DIRECTORIES = ROOT.parent / "shared/directories"
LABELS = Path(__file__).parent / "labels"
SHOWN = 5
_profile = TypeAdapter(Profile)


@dataclass(frozen=True)
class Sheet:
    """Profiles labelled over a directory."""

    name: str
    directory: str
    labels: Path
    read: Path | None = None
    """What was shown and not named there, as it was judged when somebody read it: it counts as wrong until then."""

    @property
    def profiles(self) -> Sequence[Mapping[str, Any]]:
        """Give the profiles with their labels."""
        named: Sequence[Mapping[str, Any]] = json.loads(self.labels.read_text("utf-8"))["profiles"]
        if not self.read:
            return named
        read = {one["id"]: one for one in json.loads(self.read.read_text("utf-8"))["profiles"]}
        return [one | {kind: [*one[kind], *read[one["id"]][kind]] for kind in KINDS} for one in named]

    @property
    def today(self) -> date:
        """Give a day of the year its records are of."""
        return YEARS.get(self.directory, INVENTED_ON)


KINDS = ("acceptable", "judged_irrelevant", "forbidden")
YEARS = {
    "san-mateo-cip": date(2013, 9, 1),
    "miami-open211": date(2019, 9, 1),
    "dc-community-resources": date(2022, 6, 1),
    "greater-manchester/oruk3": date(2025, 1, 1),
}
SHEETS = (
    Sheet("sample", "san-mateo-cip", DIRECTORIES / "relevance-sample.json"),
    Sheet("sample, all read", "san-mateo-cip", DIRECTORIES / "relevance-sample.json", LABELS / "sample_read.json"),
    Sheet("Miami", "miami-open211", LABELS / "miami.json"),
    Sheet("Washington", "dc-community-resources", LABELS / "dc.json"),
    Sheet("San Mateo, second", "san-mateo-cip", LABELS / "smc_test2.json"),
    Sheet("Miami, second", "miami-open211", LABELS / "miami_test2.json"),
    Sheet("Washington, second", "dc-community-resources", LABELS / "dc_test2.json"),
    Sheet("Manchester, second", "greater-manchester/oruk3", LABELS / "manchester_test2.json"),
    Sheet("Miami, tuning", "miami-open211", LABELS / "miami_tuning.json"),
    Sheet("Washington, tuning", "dc-community-resources", LABELS / "dc_tuning.json"),
    Sheet("Manchester, tuning", "greater-manchester/oruk3", LABELS / "manchester_tuning.json"),
    Sheet("San Mateo, tuning, second", "san-mateo-cip", LABELS / "smc_tuning2.json"),
    Sheet("Miami, tuning, second", "miami-open211", LABELS / "miami_tuning2.json"),
    Sheet("Washington, tuning, second", "dc-community-resources", LABELS / "dc_tuning2.json"),
    Sheet("Manchester, tuning, second", "greater-manchester/oruk3", LABELS / "manchester_tuning2.json"),
)
INVENTED_ON = date(2026, 11, 27)
INVENTED = tuple(
    Sheet(f"invented: {name}", str(folder / "services.jsonl"), folder / "profiles.json")
    for name in ("England", "Midwest", "Australia", "Ireland", "Canada")
    if (folder := Path(__file__).parent / "invented" / name.lower())
)


@dataclass(frozen=True)
class Directory:
    """A directory as a search sees it."""

    candidates: Sequence[Candidate]
    rare: Rarity
    around: Around


@dataclass(frozen=True)
class Judged:
    """How one profile fared: among the first five, the share that is acceptable, the gain, and each rule that is broken."""

    id: str
    precision: float
    ndcg: float
    broken: tuple[str, ...]
    unjudged: int
    shown: tuple[str, ...]


def open_directory(name: str) -> Directory:
    """Read a directory, one of those beside the project or at a path of its own.

    Its publisher's slip of calling everything inactive is passed over, or nothing could be judged.
    """
    feed = open_feed(DIRECTORIES / name)
    services, _ = read_services(feed, feed.defects)
    if not any(service.offered for service in services):
        services = tuple(replace(service, status="") for service in services)
    return directory_of(all_placed(services, {}, ByTown.WHAT_NAMES_NO_AREA))  # as an import does


def directory_of(services: Sequence[Service]) -> Directory:
    region = region_of(services)
    found = [Candidate.all_of(service, region) for service in services]
    places = known_places(location for service in services for location in service.locations)
    named = region.towns if region else ()
    towns = Around.of(((known.name, known.place) for known in places if not known.is_code), named)
    return Directory([one for spots in found for one in spots], rarity_among(spots[0].hits for spots in found), towns)


Finder: TypeAlias = Callable[[Search, Directory], Sequence[str]]


def judge(sheet: Sheet, directory: Directory, needs: Mapping[str, Need], find: Finder) -> Iterator[Judged]:
    """Match each profile and compare with its labels."""
    for labelled in sheet.profiles:
        search = _profile.validate_python(labelled).search(needs, sheet.today)
        yield judged(labelled, find(search, directory)[:SHOWN])


def by_rank(search: Search, directory: Directory) -> Sequence[str]:
    """Find as the product does."""
    return [match.service.id for match in rank(search, directory.candidates, directory.rare, directory.around)]


def by_full_text(search: Search, directory: Directory) -> Sequence[str]:
    """Find by the focus words alone, in reach or without a place: what any full-text search does."""
    words = {word for wish in search.focus for word in wish.phrase.words}
    found: dict[str, float] = {}
    for one in directory.candidates:
        place = one.location.place if one.location else None
        near = not (place and search.place) or km_between(place, search.place) <= search.reach_km
        worth = sum(directory.rare(word) * one.hits.get(word, 0.0) for word in words) if near else 0.0
        found[one.service.id] = max(worth, found.get(one.service.id, 0.0))
    return sorted((id for id, worth in found.items() if worth), key=lambda id: -found[id])


def judged(labelled: Mapping[str, Any], shown: Sequence[str]) -> Judged:
    """Compare what is shown with the labels."""
    grades = {row["id"]: row["grade"] for row in labelled["acceptable"]}
    forbidden = {row["id"]: row["constraint"] for row in labelled["forbidden"]}
    named = {*grades, *forbidden, *(row["id"] for row in labelled["judged_irrelevant"])}
    best = sorted(grades.values(), reverse=True)[:SHOWN]
    return Judged(
        labelled["id"],
        sum(id in grades for id in shown) / max(1, min(SHOWN, len(grades))),
        gain([grades.get(id, 0) for id in shown]) / (gain(best) or 1),
        tuple(forbidden[id] for id in shown if id in forbidden),
        sum(id not in named for id in shown),
        tuple(shown),
    )


def gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def told(name: str, results: Sequence[Judged]) -> str:
    """Give a line of the report."""
    count = len(results)
    broken = sorted(rule for one in results for rule in one.broken)
    return (
        f"{name:30} {count:3} profiles   precision@5 {sum(one.precision for one in results) / count:.3f}   "
        f"nDCG@5 {sum(one.ndcg for one in results) / count:.3f}   empty {sum(not one.shown for one in results)}   "
        f"unjudged {sum(one.unjudged for one in results)}   rules broken {len(broken)}: {', '.join(broken) or '-'}"
    )


def main() -> None:
    needs = read_needs(ROOT, Complaints()).known
    known: dict[str, Directory] = {}
    for sheet in (*SHEETS, *INVENTED):
        directory = known.setdefault(sheet.directory, open_directory(sheet.directory))
        for name, find in (("rxbot", by_rank), ("full text", by_full_text)):
            print(told(f"{sheet.name}: {name}", list(judge(sheet, directory, needs, find))))  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
