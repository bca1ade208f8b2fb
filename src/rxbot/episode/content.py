"""Everything the authors and the operator wrote, as one value that a turn may read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from rxbot.dialog.measure import Instrument
from rxbot.dialog.model import Dialog
from rxbot.dialog.plain import plain_label
from rxbot.dialog.understand import Lexicon
from rxbot.directory.model import Need, Place
from rxbot.directory.standards import Standard
from rxbot.handoff.phrasebook import Promise, Saying
from rxbot.safety.model import Emergency

LATE = timedelta(hours=1)  # before the end of duty: there is time to keep a promise still
SOON = 2  # days of duty in which somebody writes who promised it without a day


@dataclass(frozen=True)
class Clinic:
    """A clinic that makes invitations."""

    id: str
    name: str
    place: Place


@dataclass(frozen=True)
class DutyHours:
    """When link workers are there: days of the week, Monday being 0, from one hour to another."""

    days: frozenset[int]
    begin: time
    end: time

    def __post_init__(self) -> None:
        if not self.days or self.begin >= self.end:
            raise ValueError("duty_hours have no hour in them")


@dataclass(frozen=True)
class Retention:
    """For how many days each kind of thing is kept; after what, says the page of the scheme."""

    ended: int
    topics: int
    clinic_messages: int
    links: int
    letters: int
    audit: int


@dataclass(frozen=True)
class Scheme:
    """The local facts. Hours are local times.

    `urgent_minutes` and `usual_minutes` say when an unclaimed handoff alerts again, `idle_hours` when a silent talk is
    asked about. `minimum_standards` are what has to be met before a worker may refer somebody to a service, `publish` the
    publishers whose directories other programs may read, `publisher_languages` in which language their providers are written to.
    """

    name: str
    time_zone: ZoneInfo
    languages: tuple[str, ...]
    team_language: str
    clinics: Mapping[str, Clinic]
    reasons: tuple[str, ...]
    adult_age: int
    quiet_from: time
    quiet_to: time
    duty_hours: DutyHours
    idle_hours: int
    urgent_minutes: int
    usual_minutes: int
    most_alerts: int
    reach_km: float
    invitation_days: int
    check_in_days: tuple[int, ...]
    check_in_at: Mapping[str, time]
    measure_days: tuple[int, ...]
    nudge_days: tuple[int, ...]
    break_off_days: int
    close_after_days: int
    retention: Retention
    minimum_standards: tuple[Standard, ...] = ()
    publish: tuple[str, ...] = ()
    publisher_languages: Mapping[str, str] = field(default_factory=dict)

    def waking(self, at: datetime) -> datetime:
        """Give this moment, or the end of the quiet hours it falls into."""
        local = at.astimezone(self.time_zone)
        clock = local.time()
        wraps = self.quiet_from > self.quiet_to
        late = clock >= self.quiet_from
        quiet = (late or clock < self.quiet_to) if wraps else self.quiet_from <= clock < self.quiet_to
        if not quiet:
            return at
        day = local.date() + timedelta(days=1 if wraps and late else 0)
        return datetime.combine(day, self.quiet_to, self.time_zone).astimezone(at.tzinfo)

    def on_duty(self, at: datetime) -> datetime:
        """Give this moment, or when somebody is on duty next."""
        local = at.astimezone(self.time_zone)
        days = (local.date() + timedelta(days=n) for n in range(8))
        shifts = (
            [datetime.combine(day, clock, self.time_zone) for clock in (self.duty_hours.begin, self.duty_hours.end)]
            for day in days
            if day.weekday() in self.duty_hours.days
        )
        begin = next(begin for begin, end in shifts if local < end)
        return max(at, begin.astimezone(at.tzinfo))

    def promised_by(self, promise: Promise, at: datetime) -> datetime:
        """Give when a worker who promises now to write is to be reminded: late on that day of duty, or when the next begins."""
        day, late = self._day_promised(promise, at), self.duty_hours.end
        close = datetime.combine(day, late, self.time_zone).astimezone(at.tzinfo)
        return self.on_duty(close - LATE if close - LATE > at else max(close, at))

    def _day_promised(self, promise: Promise, at: datetime) -> date:
        today = self.day(at)
        if promise == "tomorrow":
            return today + timedelta(days=1)
        if promise == "week":
            ahead = (today + timedelta(days=n) for n in range(7 - today.weekday()))
            return max((day for day in ahead if day.weekday() in self.duty_hours.days), default=today)
        on_duty = (day for n in range(1, 15) if (day := today + timedelta(days=n)).weekday() in self.duty_hours.days)
        return list(on_duty)[SOON - 1]

    def in_days(self, days: int, at: datetime, good_time: str = "any") -> datetime:
        """Give the hour so many days from this moment at which somebody likes to be written to."""
        hour = self.check_in_at.get(good_time, self.check_in_at["any"])
        return datetime.combine(self.day(at) + timedelta(days=days), hour, self.time_zone).astimezone(at.tzinfo)

    def day(self, at: datetime) -> date:
        """Give the local day of this moment."""
        return at.astimezone(self.time_zone).date()


@dataclass(frozen=True)
class Content:
    """One release: dialogs, needs, what people type, and every text in every language as it is shown."""

    release: str
    scheme: Scheme
    dialogs: Mapping[str, Dialog]
    instruments: Mapping[str, Instrument]
    needs: Mapping[str, Need]
    lexicons: Mapping[str, Lexicon]
    wording: Mapping[str, Mapping[str, str]]
    phrasebook: Mapping[str, Saying]
    emergency: Emergency

    def lexicons_for(self, language: str | None) -> tuple[Lexicon, ...]:
        """Give every language's lexicon, this language first."""
        return tuple(self.lexicons[code] for code in self._own_first(language))

    def labels_for(self, language: str | None) -> tuple[Mapping[str, str], ...]:
        """Give every language's wording, this language first."""
        return tuple(self.wording[code] for code in self._own_first(language))

    def spellings(self, label: str) -> frozenset[str]:
        """Give every way to type a label in which nothing is filled in: as it is shown in any language, and as authors listed."""
        if label not in self._spellings:
            shown = (plain_label(wording.get(label, "")) for wording in self.labels_for(None))
            self._spellings[label] = frozenset((*shown, *self.listed(label)))
        return self._spellings[label]

    @cached_property
    def _spellings(self) -> dict[str, frozenset[str]]:
        return {}

    def listed(self, label: str) -> tuple[str, ...]:
        """Give the ways to type a label that authors listed, in every language."""
        return tuple(one for lexicon in self.lexicons_for(None) for one in lexicon.options.get(label, ()))

    def _own_first(self, language: str | None) -> tuple[str, ...]:
        return tuple(sorted(self.scheme.languages, key=lambda code: code != language))
