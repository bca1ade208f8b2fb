"""Read the local facts: dialogs/scheme.yaml, and when to ask again: dialogs/follow_up.yaml."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from rxbot.content.complaints import Complaints
from rxbot.content.pages import Age, Block, Count, Day, Days, Hour, Id, NotEmpty, Shape, read_page, read_shaped
from rxbot.content.sources import LABEL, Source
from rxbot.directory.model import Place
from rxbot.directory.standards import Standard
from rxbot.episode.content import Clinic, DutyHours, Retention, Scheme
from rxbot.words import is_language

SCHEME, FOLLOW_UP = "dialogs/scheme.yaml", "dialogs/follow_up.yaml"
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DUTY_NOTE = "When link workers read messages. Stands inside a sentence."
REASON_NOTE = "Why a clinic invited somebody."
COUNTRY = r"^[A-Z]{2}$"
ROUND_THE_EARTH = 20_040  # kilometres to the farthest place there is
A_YEAR, A_CENTURY = 365, 36_525  # days; the database lets nothing younger than a year go from the audit
MOST_QUIET = timedelta(hours=18)  # a reminder needs some hours in which it may go out


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError(f"there is no time zone {name}") from unknown


def _language(code: str) -> str:
    if not is_language(code):
        raise ValueError(f"there is no language {code}; write its code, such as es or pl")
    return code


def _once(codes: tuple[str, ...]) -> tuple[str, ...]:
    if twice := sorted(code for code, count in Counter(codes).items() if count > 1):
        raise ValueError(f"{', '.join(twice)} stands there twice")
    return codes


Language = Annotated[str, AfterValidator(_language)]


class PlaceShape(Shape):
    """A spot on the map and what people call it."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    label: NotEmpty


class ClinicShape(Shape):
    """A clinic that may invite people."""

    id: Id
    name: NotEmpty
    place: PlaceShape


class ReasonShape(Shape):
    """Why a clinic may invite somebody."""

    id: Id
    label: NotEmpty


class PublisherLanguageShape(Shape):
    """In which language the providers of a publisher are written to."""

    publisher: NotEmpty
    language: Language


class HoursShape(Shape):
    """From one hour of the day to another."""

    begin: Hour = Field(alias="from")
    end: Hour = Field(alias="to")

    def holds(self, clock: time) -> bool:
        """Say whether this is one of the hours, which may go over midnight."""
        if self.begin <= self.end:
            return self.begin <= clock < self.end
        return clock >= self.begin or clock < self.end


class QuietShape(HoursShape):
    """The hours of the night, which leave a day."""

    @model_validator(mode="after")
    def _leaves_a_day(self) -> "QuietShape":
        minutes = (self.end.hour - self.begin.hour) * 60 + self.end.minute - self.begin.minute
        if timedelta(minutes=minutes % (24 * 60)) > MOST_QUIET or self.begin == self.end:
            hours = MOST_QUIET // timedelta(hours=1)
            raise ValueError(f"quiet hours are a part of the day, at most {hours} hours of it")
        return self


class DutyShape(HoursShape):
    """Hours of some days of the week."""

    days: frozenset[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]]

    @model_validator(mode="after")
    def _some_hour(self) -> "DutyShape":
        self.hours()
        return self

    def hours(self) -> DutyHours:
        """Give them as the bot reads them; ValueError when there is no hour in them."""
        return DutyHours(frozenset(map(WEEK.index, self.days)), self.begin, self.end)


class UnclaimedShape(Shape):
    """When a handoff nobody claims alerts again."""

    urgent_minutes: Count
    usual_minutes: Count
    most_alerts: Count


class RetentionShape(Shape):
    """For how many days things are kept."""

    ended: Day
    topics: Day
    clinic_messages: Day
    links: Day
    letters: Day
    audit: Annotated[int, Field(strict=True, ge=A_YEAR, le=A_CENTURY)]


class SchemeShape(Shape):
    """The page dialogs/scheme.yaml."""

    name: NotEmpty
    country: Annotated[str, Field(pattern=COUNTRY)]
    time_zone: Annotated[ZoneInfo, BeforeValidator(_zone)]
    languages: Annotated[tuple[Language, ...], Field(min_length=1), AfterValidator(_once)]
    drafts_allowed: bool = False
    team_language: Language
    adult_age: Age
    quiet_hours: QuietShape
    duty: NotEmpty
    duty_hours: DutyShape
    idle_hours: Count
    unclaimed: UnclaimedShape
    reach_km: Annotated[float, Field(strict=True, gt=0, le=ROUND_THE_EARTH)]
    invitation_days: Day
    retention: RetentionShape
    minimum_standards: Annotated[tuple[Standard, ...], AfterValidator(_once)] = ()
    publish: Annotated[tuple[NotEmpty, ...], AfterValidator(_once)] = ()
    publisher_languages: tuple[PublisherLanguageShape, ...] = ()
    reasons: tuple[ReasonShape, ...]
    clinics: Annotated[tuple[ClinicShape, ...], Field(min_length=1)]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Give the texts of the page that people read."""
        name = SCHEME.removeprefix("dialogs/")
        return (
            Source("scheme.duty", self.duty, DUTY_NOTE, name, self.line),
            *(Source(f"scheme/reasons.{one.id}", one.label, REASON_NOTE, name, one.line, LABEL) for one in self.reasons),
        )


class CheckInsShape(Shape):
    """When to ask how it goes."""

    days: Annotated[Days, Field(min_length=1)]
    at: Mapping[Literal["any", "morning", "afternoon", "evening"], Hour]
    measure_on: Days

    @model_validator(mode="after")
    def _any_hour(self) -> "CheckInsShape":
        if "any" not in self.at:
            raise ValueError("`at:` has no `any:`, the hour for people who have not said when")
        return self


class NudgesShape(Shape):
    """When to remind of an open question, and when to tell the link worker."""

    days: Annotated[Days, Field(min_length=1)]
    break_off: Day

    @model_validator(mode="after")
    def _ends_last(self) -> "NudgesShape":
        if self.break_off <= self.days[-1]:
            raise ValueError("`break_off:` should be a later day than the last of `days:`")
        return self


class FollowUpShape(Shape):
    """The page dialogs/follow_up.yaml."""

    check_ins: CheckInsShape
    nudges: NudgesShape
    close_after: Day


@dataclass(frozen=True)
class Outline:
    """What one must know of the scheme to look at the other pages: as much as can be read even where its page is wrong."""

    country: str
    languages: tuple[str, ...]
    team_language: str
    drafts_allowed: bool

    @property
    def all_languages(self) -> tuple[str, ...]:
        """Name the languages offered, and the team's."""
        return tuple(dict.fromkeys((*self.languages, *filter(is_language, (self.team_language,)))))


def outline_of(scheme: SchemeShape | None, folder: Path) -> Outline:
    """Give it; of a page that is wrong, what can be read, and where it names no language, those that have a lexicon."""
    if scheme:
        return Outline(scheme.country, scheme.languages, scheme.team_language, scheme.drafts_allowed)
    page = read_page(folder, SCHEME, Complaints()) or Block()
    named, country = page.get("languages"), str(page.get("country"))
    codes = map(str, named if isinstance(named, list) else ())
    languages = tuple(dict.fromkeys(filter(is_language, codes))) or _with_lexicon(folder)
    return Outline(country if re.match(COUNTRY, country) else "", languages, str(page.get("team_language")), drafts_allowed=True)


def _with_lexicon(folder: Path) -> tuple[str, ...]:
    return tuple(filter(is_language, sorted(path.stem for path in folder.glob("dialogs/lexicon/*.yaml"))))


def read_scheme_page(folder: Path, complaints: Complaints) -> SchemeShape | None:
    """Read the page of a content folder; complain of all that is wrong in it."""
    page = read_shaped(SchemeShape, folder, SCHEME, complaints)
    for entries in (page.clinics, page.reasons) if page else ():
        for id, count in Counter(one.id for one in entries).items():
            if count > 1:
                line = [one.line for one in entries if one.id == id][-1]
                complaints.add("S01", SCHEME, line, f"`id: {id}` stands here twice.", "Give one of them another id.")
    if page:
        _look_at_retention(page.retention, complaints)
        _look_at_publishers(page, complaints)
    return page


def _look_at_publishers(page: SchemeShape, complaints: Complaints) -> None:
    """Complain of publishers whose providers we could not write to in their language: there are no words in it."""
    for one in page.publisher_languages:
        if one.language not in (*page.languages, page.team_language):
            words = f"`publisher_languages:` has {one.language} for {one.publisher}, which is not offered."
            complaints.add("S05", SCHEME, one.line, words, "Add it to `languages:`, or take this line out.")


def _look_at_retention(kept: RetentionShape, complaints: Complaints) -> None:
    """Complain of what would be kept beyond the episode it belongs to: it goes with that in any case."""
    for name in ("topics", "clinic_messages", "letters"):
        if getattr(kept, name) > kept.ended:
            words = f"`{name}:` is {getattr(kept, name)} days, and all of it goes after {kept.ended} (`ended:`)."
            complaints.add("S04", SCHEME, kept.line, words, "Make it as many or fewer.")


def read_follow_up(folder: Path, complaints: Complaints) -> FollowUpShape | None:
    """Read the page of a content folder; complain of all that is wrong in it."""
    page = read_shaped(FollowUpShape, folder, FOLLOW_UP, complaints)
    for day in sorted(set(page.check_ins.measure_on) - set(page.check_ins.days)) if page else ():
        assert page
        complaints.add("S02", FOLLOW_UP, page.check_ins.line, f"On day {day} there is no check-in.", "Add it to `days:`.")
    return page


def look_at_hours(page: SchemeShape, follow_up: FollowUpShape, complaints: Complaints) -> None:
    """Complain of check-ins at an hour at which nothing is sent."""
    for when, hour in follow_up.check_ins.at.items():
        if page.quiet_hours.holds(hour):
            words = f"`{when}:` is {hour:%H:%M}, in the quiet hours."
            complaints.add("S03", FOLLOW_UP, follow_up.check_ins.line, words, f"Choose an hour of the day, or see {SCHEME}.")


def scheme_of(page: SchemeShape, follow_up: FollowUpShape) -> Scheme:
    """Give the local facts as the bot reads them."""
    asked = follow_up.check_ins
    return Scheme(
        name=page.name,
        time_zone=page.time_zone,
        languages=page.languages,
        team_language=page.team_language,
        clinics={one.id: Clinic(one.id, one.name, Place(one.place.lat, one.place.lon, one.place.label)) for one in page.clinics},
        reasons=tuple(one.id for one in page.reasons),
        adult_age=page.adult_age,
        quiet_from=page.quiet_hours.begin,
        quiet_to=page.quiet_hours.end,
        duty_hours=page.duty_hours.hours(),
        idle_hours=page.idle_hours,
        urgent_minutes=page.unclaimed.urgent_minutes,
        usual_minutes=page.unclaimed.usual_minutes,
        most_alerts=page.unclaimed.most_alerts,
        reach_km=page.reach_km,
        invitation_days=page.invitation_days,
        check_in_days=asked.days,
        check_in_at={str(when): hour for when, hour in asked.at.items()},
        measure_days=asked.measure_on,
        nudge_days=follow_up.nudges.days,
        break_off_days=follow_up.nudges.break_off,
        close_after_days=follow_up.close_after,
        minimum_standards=page.minimum_standards,
        publish=page.publish,
        publisher_languages={one.publisher: one.language for one in page.publisher_languages},
        retention=Retention(**{one.name: getattr(page.retention, one.name) for one in fields(Retention)}),
    )
