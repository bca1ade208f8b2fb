"""Read which area a record serves: named places, postal codes, outlines, and "residents only" in prose.

A place is known by its label, whose parts stand inside one another ("Old Town, Kittersea"), and by where it lies.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rxbot.directory.model import Extent, Place, Service
from rxbot.directory.polygons import holds
from rxbot.directory.rules.answers import UNKNOWN, Answer, Finding
from rxbot.directory.rules.areas import (
    areas_of,
    codes_in,
    codes_in_label,
    extents_of,
    is_coded,
    is_named,
    is_town,
    is_whole_country,
    names_in,
    names_in_label,
    towns_of,
)
from rxbot.directory.rules.around import UNCHARTED, Around, are_other_towns, is_elsewhere, is_hardly
from rxbot.directory.rules.homes import Home, homes_of


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
        names, codes = names_in_label(place.label), codes_in_label(place.label)
        for area in self.areas:
            if is_whole_country(area) or is_named(area, names) or is_coded(area, codes):
                return Finding(Answer.YES, area)
        if drawn := next(self._drawn(place, inside=True), None):
            return Finding(Answer.YES, drawn.name)
        for home in self.homes:
            if is_named(home.places, names) or is_coded(home.places, codes):
                return Finding(Answer.YES, home.sentence)
        strict = [home for home in self.homes if home.only and home.sure]
        lives_elsewhere = all(is_elsewhere(home.places, place, codes, around) for home in strict)
        if strict and (lives_elsewhere or self._shuts_out(strict, place)):
            return Finding(Answer.NO, strict[0].sentence)
        if self.areas and all(map(is_town, self.areas)) and all(is_elsewhere(one, place, codes, around) for one in self.areas):
            return Finding(Answer.NO, self.areas[0])
        return UNKNOWN

    def _shuts_out(self, strict: Iterable[Home], place: Place) -> bool:
        """Say whether one must live in its areas, all of them are drawn, and no outline holds the place."""
        its_areas, drawn = "; ".join(self.areas), {one.name for one in self._drawn(place, inside=False)}
        return bool(drawn) and drawn.issuperset(self.areas) and any(home.places == its_areas for home in strict)

    def _drawn(self, place: Place, inside: bool) -> Iterator[Extent]:
        """Give the outlines that can be read and hold the place, or those that do not."""
        return (one for one in self.outlines if one.type in ("", "geojson") and holds(one.extent, place) is inside)

    @property
    def is_for_residents(self) -> bool:
        """Say whether one must live in places that are named."""
        return any(home.only for home in self.homes)

    def is_for_the_town_of(self, place: Place) -> bool:
        """Say whether the town of a place is named, and not only a county, a state or a country that it lies in."""
        towns = towns_of(place)
        return any(is_named(text, towns) for text in (*self.areas, *(home.places for home in self.homes)))

    def hardly_at(self, place: Place, around: Around = UNCHARTED) -> bool:
        """Say whether a place that may be served hardly is.

        One must live in a town near by, in a ward we cannot tell, or in a county that seems to be in another state; or what is
        given is given in another state.
        """
        strict = [home for home in self.homes if home.only]
        return bool(strict) and self.at(place, around) is UNKNOWN and all(is_hardly(home, place, around) for home in strict)

    @property
    def below_its_heading(self) -> "Served":
        """Give it without the areas above "Emergency assistance:", where one is such a heading: those are for all else."""
        headings = [number for number, area in enumerate(self.areas) if area.rstrip().endswith(":")]
        return replace(self, areas=self.areas[headings[-1] + 1 :]) if headings else self

    def is_for_other_towns(self, place: Place, around: Around = UNCHARTED) -> bool:
        """Say whether all its areas are other towns than the one of a place, nearly all known, though nobody is shut out."""
        return bool(self.areas) and are_other_towns(self.areas, place, around) and self.at(place, around) is UNKNOWN


def served_by(service: Service) -> Served:
    """Read where a record says that it serves people."""
    return Served(areas_of(service), extents_of(service), homes_of(service))


def area_rule(service: Service, place: Place, around: Around = UNCHARTED) -> Finding[Answer]:
    """Say whether a place is served; see `Served.at`."""
    return served_by(service).at(place, around)
