"""When a service is open: read from what directories write, and said only where it is certain."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rxbot.directory.model import Schedule, Service, Term
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.hours import LOOK_AHEAD, Now, OpenNow, OpensAt, Unknown, hours_of, open_in_evening, opening
from rxbot.directory.rules.hours_text import read_text
from rxbot.directory.rules.openings import DAY, Hours, Opening, Sheet
from rxbot.directory.rules.record import read_rules
from rxbot.directory.rules.recurrence import DAYS, ByDay, Days

LONDON = ZoneInfo("Europe/London")


def told(sheet: Sheet) -> str:
    """Write a sheet down, such as "MO,TU 9:00-17:00; ask SA; and more"."""
    openings = [f"{_days(one.days)} {_clock(one.opens)}-{_clock(one.closes)}" for one in sheet.openings]
    doubts = [f"ask {_days(one)}" for one in sheet.doubts]
    return "; ".join([*openings, *doubts, *(["and more"] if sheet.rest is Answer.UNKNOWN else [])])


def _days(days: Days) -> str:
    named = ",".join(f"{one.nth or ''}{DAYS[one.day]}" for one in days.byday)
    return named + "".join(f" {a[0]}/{a[1]}-{b[0]}/{b[1]}" for a, b in days.seasons)


def _clock(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60}:{minute % 60:02}"


WEEK = "MO,TU,WE,TH,FR"
ALL = "MO,TU,WE,TH,FR,SA,SU"


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        ("Mon-Fri 9-5", f"{WEEK} 9:00-17:00"),
        ("Weekdays 0900-1700", f"{WEEK} 9:00-17:00"),
        ("Mon-Fri 0930 to 1715", f"{WEEK} 9:30-17:15"),
        ("Monday – Friday: 9.30am – 4pm", f"{WEEK} 9:30-16:00"),
        ("Weekdays, 09:00 to 17:30", f"{WEEK} 9:00-17:30"),
        ("M-F, 8am-10pm; Sat, 8am to 2pm", f"{WEEK} 8:00-22:00; SA 8:00-14:00"),
        ("7:45am-3:15pm, Mon, Tue, Thur;\n10:00am-Noon, Wed", "MO,TU,TH 7:45-15:15; WE 10:00-12:00"),
        (
            "Monday-Friday, 8:30 a.m.-noon and 1-4:30 p.m.",
            f"{WEEK} 8:30-12:00; {WEEK} 13:00-16:30",
        ),
        ("Mon., Wed., 8-11, 1-4", "MO,WE 8:00-11:00; MO,WE 13:00-16:00"),
        ("Friday-Monday, 12-4", "MO,FR,SA,SU 12:00-16:00"),
        ("From 9am to 1pm every day", f"{ALL} 9:00-13:00"),
        ("Daily, 7 pm-7 am", f"{ALL} 19:00-31:00"),
        ("Tuesdays 7pm", "TU 19:00-"),
        ("Tuesday evenings, 7-9", "TU 19:00-21:00"),
        ("Thursday mornings at 10", "TH 10:00-"),
        ("Routine Appointments: Monday-Friday, 8:30-5", f"{WEEK} 8:30-17:00"),
        ("24 hours", f"{ALL} 0:00-24:00"),
        ("Open 24/7", f"{ALL} 0:00-24:00"),
        ("24 hours a day, 7 days a week", f"{ALL} 0:00-24:00"),
        ("Weekends, 24 hours", "SA,SU 0:00-24:00"),
        ("First Saturday of the month, 10-12", "1SA 10:00-12:00"),
        ("6-7:30 pm, 2nd and last Tuesday of each month", "2TU,-1TU 18:00-19:30"),
        ("Wednesdays, 10-3; first and third Sunday of the month, 1-3", "WE 10:00-15:00; 1SU,3SU 13:00-15:00"),
        ("April - October Saturday 9:00 AM to 1:00 PM", "SA 4/1-10/31 9:00-13:00"),
        ("May 7 - September 15 Friday, 3-7", "FR 5/7-9/15 15:00-19:00"),
        ("12:30-2 pm, third Thursday of the month, September-May", "3TH 9/1-5/31 12:30-14:00"),
        ("Daily except Sunday, 10-4", "MO,TU,WE,TH,FR,SA 10:00-16:00"),
        ("Daily, 10-4; closed Wednesdays", "MO,TU,TH,FR,SA,SU 10:00-16:00"),
        ("Mon-Thu 8-5, Fri closed, Sat 9-noon", "MO,TU,WE,TH 8:00-17:00; SA 9:00-12:00"),
        ("Monday-Friday, 9-5, closed for lunch 12:30-1:30 pm", f"{WEEK} 9:00-12:30; {WEEK} 13:30-17:00"),
        ("Monday-Thursday, 9-4 (Closed federal holidays)", "MO,TU,WE,TH 9:00-16:00"),
        ("Monday-Friday, 8-4; closed alternate Fridays", f"{WEEK} 8:00-16:00; ask FR"),
        ("Every other Tuesday, 10-12", "ask TU"),
        ("Monday-Friday, 9-5; Saturday by appointment", f"{WEEK} 9:00-17:00; ask SA"),
        ("Tuesday, Thursday - by appointment only", "ask TU,TH"),
        ("Monday-Saturday, 9:30-4:30 (by appointment)", "ask MO,TU,WE,TH,FR,SA"),
        ("Monday-Friday, 9-5, or by appointment", f"{WEEK} 9:00-17:00; and more"),
        ("Monday-Friday, 9-5; some evenings and weekends", f"{WEEK} 9:00-17:00; and more"),
        ("Monday-Friday, 9-5. Evening hours by appointment", f"{WEEK} 9:00-17:00; and more"),
        ("Monday-Friday, 8:30-5; 24-hour answering service", f"{WEEK} 8:30-17:00; and more"),
        ("Daily", f"ask {ALL}"),
        ("Monday-Friday", f"ask {WEEK}"),
    ],
)
def test_opening_times_are_read_as_directories_write_them(text: str, openings: str) -> None:
    assert told(read_text(text)) == openings
    assert read_text(text).sentence == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "By appointment",
        "Vary",
        "Closed",
        "Closed holidays",
        "9-5",
        "Hours vary by site; Monday-Friday, 9-5",
        "Monday-Friday, 9-5 (Central Time)",
        "Monday-Friday, 9-5, during school year",
        "Donations: Monday-Friday, 8-3; for help: Monday, 1-3",
        "Monday-Friday, 9-5; no food on Tuesday",
        "Daily, 8 am-dusk",
        "Up to 24 hours a day",
        "13 hours daily, 5 pm-6 am",
        "Saturday, August 18, 9-12",
        "Sat (Feb 9, 16), 9-12",
        "Firday, 9-5",
        "Monday, 9-45",
        "9:30pm-5:00pm, Fri",
        "10:00pm-4:00pm, Sat",
        "Sunday - Monday, 7pm-7am",
        "First Monday and Tuesday, 9-5",
        "Mon-Fri 9-5, closed 12-1; Saturday, 10-2",
        "Mon-Fri (closed 12-1), 9-5",
        "Call 555-1234",
        "Lunes a viernes, 9-5",
        "Montag bis Freitag 9-17 Uhr",
        "Du lundi au vendredi de 9h à 17h",
        "24 hours a day; Monday-Friday, 9-5",
        "Monday-Friday 9-5 " * 60,
    ],
)
def test_a_text_is_read_whole_or_not_at_all(text: str) -> None:
    sheet = read_text(text)
    assert (sheet.openings, sheet.doubts, sheet.rest) == ((), (), Answer.UNKNOWN)


@pytest.mark.parametrize(
    "text", ["Tuesday, 7-9", "Saturday, 10-11", "Monday, 8-10", "Monday, 8 am-10", "Friday, 6-11:30", "Friday at 9"]
)
def test_what_may_be_morning_or_evening_is_not_guessed_at(text: str) -> None:
    assert not read_text(text).openings


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("8-4", "8:00-16:00"), ("8-12", "8:00-12:00"), ("12-8", "12:00-20:00"), ("1-9", "13:00-21:00"), ("6-8", "18:00-20:00"),
        ("6-5", "6:00-17:00"), ("7-7", "7:00-19:00"), ("9-5pm", "9:00-17:00"), ("1-4 pm", "13:00-16:00"),
        ("10-9 pm", "10:00-21:00"), ("7-9 am", "7:00-9:00"), ("9am-12", "9:00-12:00"), ("7pm-9", "19:00-21:00"),
        ("5:30 am-12 midnight", "5:30-24:00"), ("12 noon-5 pm", "12:00-17:00"), ("9:30-17:00", "9:30-17:00"),
        ("22:00-06:00", "22:00-30:00"), ("8-5p", "8:00-17:00"), ("9 a.m. to 3 p.m.", "9:00-15:00"),
    ],
)  # fmt: skip
def test_hours_without_a_half_of_the_day_are_those_of_doors(written: str, span: str) -> None:
    assert told(read_text(f"Monday, {written}")) == f"MO {span}"


FIELDS = Schedule(freq="WEEKLY", byday="TU,SA", opens_at="10:00", closes_at="14:00")


@pytest.mark.parametrize(
    ("schedule", "openings"),
    [
        (FIELDS, "TU,SA 10:00-14:00"),
        (replace(FIELDS, freq="", byday="tuesday", opens_at="9:00am", closes_at="5:00pm"), "TU 9:00-17:00"),
        (replace(FIELDS, freq="MONTHLY", byday="2MO,-1FR"), "2MO,-1FR 10:00-14:00"),
        (replace(FIELDS, opens_at="00:00", closes_at="23:59"), "TU,SA 0:00-24:00"),
        (replace(FIELDS, opens_at="20:00:00Z", closes_at="02:00Z"), "TU,SA 20:00-26:00"),
        (replace(FIELDS, description="Tuesdays and Saturdays, 10-2"), "TU,SA 10:00-14:00"),
        (replace(FIELDS, description="10:00am-2:00pm, Tue, Wed, Sat"), "TU,SA 10:00-14:00"),
        (replace(FIELDS, description="Tuesdays and Saturdays, 10-2 (closed bank holidays)"), "TU,SA 10:00-14:00"),
        (replace(FIELDS, description="Tuesday and Saturday mornings"), "TU,SA 10:00-14:00"),
        (replace(FIELDS, description="In term time"), "and more"),
        (replace(FIELDS, description="Tuesdays and Saturdays, 9-5"), "and more"),
        (replace(FIELDS, description="Tuesdays, 10-2"), "and more"),
        (replace(FIELDS, description="Tuesdays and Saturdays, 10-2, in term time"), "and more"),
        (replace(FIELDS, byday="2MO"), "and more"),
        (replace(FIELDS, interval="2"), "and more"),
        (replace(FIELDS, count="10"), "and more"),
        (replace(FIELDS, freq="YEARLY"), "and more"),
        (replace(FIELDS, byweekno="41"), "and more"),
        (replace(FIELDS, byday="someday"), "and more"),
        (replace(FIELDS, closes_at=""), "and more"),
        (replace(FIELDS, closes_at="10:00"), "and more"),
        (replace(FIELDS, opens_at="ten"), "and more"),
        (Schedule("Fridays, 1-3"), "FR 13:00-15:00"),
    ],
)
def test_fields_are_read_where_the_words_beside_them_say_no_more(schedule: Schedule, openings: str) -> None:
    [sheet] = hours_of([schedule]).sheets
    assert told(sheet) == openings


def at(day: int, clock: str, zone: ZoneInfo | None = None) -> datetime:
    """Give a moment in March 2026, whose second day is a Monday."""
    return datetime.combine(date(2026, 3, day), time.fromisoformat(clock), zone or LONDON)


OFFICE = hours_of([Schedule("Mon-Fri 9-5; first Saturday of the month, 10-12")])


@pytest.mark.parametrize(
    ("moment", "now"),
    [
        (at(2, "09:00"), OpenNow(at(2, "17:00"))),
        (at(2, "16:59"), OpenNow(at(2, "17:00"))),
        (at(2, "17:00"), OpensAt(at(3, "09:00"))),
        (at(2, "03:00"), OpensAt(at(2, "09:00"))),
        (at(6, "18:00"), OpensAt(at(7, "10:00"))),
        (at(13, "18:00"), OpensAt(at(16, "09:00"))),
        (at(28, "23:59"), OpensAt(at(30, "09:00"))),
    ],
)
def test_it_is_said_until_when_it_is_open_or_when_it_opens(moment: datetime, now: Now) -> None:
    assert opening(OFFICE, moment) == now


@pytest.mark.parametrize(
    ("texts", "moment", "now"),
    [
        (["Daily, 7 pm-7 am"], at(3, "02:00"), OpenNow(at(3, "07:00"))),
        (["24 hours"], at(3, "02:00"), OpenNow(None)),
        (["Tuesdays 7pm"], at(2, "12:00"), OpensAt(at(3, "19:00"))),
        (["Tuesdays 7pm"], at(3, "19:30"), Unknown()),
        (["Mon-Fri 9-5; Saturday by appointment"], at(6, "16:00"), OpenNow(at(6, "17:00"))),
        (["Mon-Fri 9-5; Saturday by appointment"], at(6, "18:00"), Unknown()),
        (["Mon-Fri 9-5 and by appointment"], at(6, "18:00"), Unknown()),
        (["Mon-Fri 9-5 and by appointment"], at(6, "12:00"), OpenNow(at(6, "17:00"))),
        (["By appointment"], at(6, "12:00"), Unknown()),
        (["April - October Saturday 9-1"], at(2, "12:00"), OpensAt(at(4, "09:00").replace(month=4))),
        (["October - November Saturday 9-1"], at(2, "12:00"), Unknown()),
        (["Mon 9-12", "Mon 12-3"], at(2, "10:00"), OpenNow(at(2, "15:00"))),
        (["Mon 9-12", "Ask us"], at(2, "13:00"), Unknown()),
        (["Mon 9-12", "Ask us"], at(2, "10:00"), OpenNow(at(2, "12:00"))),
        ([], at(2, "10:00"), Unknown()),
        (["Daily 9-5"], datetime(2026, 12, 25, 10, tzinfo=LONDON), Unknown()),
        (["24 hours"], datetime(2026, 12, 1, 10, tzinfo=LONDON), OpenNow(None)),
    ],
)
def test_nothing_is_said_that_is_not_certain(texts: list[str], moment: datetime, now: Now) -> None:
    assert opening(hours_of(map(Schedule, texts)), moment) == now


def test_every_second_week_is_counted_from_its_start() -> None:
    second = hours_of([replace(FIELDS, interval="2", dtstart=date(2024, 1, 2), byday="TU")])
    assert opening(second, at(2, "09:00")) == OpensAt(at(10, "10:00"))
    assert opening(second, at(10, "10:00")) == OpenNow(at(10, "14:00"))


def test_what_was_counted_or_has_ended_is_over() -> None:
    for over in ({"dtstart": date(2026, 2, 1), "count": "4"}, {"until": date(2026, 2, 20)}):
        assert opening(hours_of([replace(FIELDS, **over), Schedule("Sundays 1-3")]), at(2, "09:00")) == OpensAt(at(8, "13:00"))


def test_a_schedule_says_nothing_of_days_it_is_not_valid_on() -> None:
    spring = replace(FIELDS, valid_from=date(2026, 3, 10), valid_to=date(2026, 3, 20))
    assert opening(hours_of([spring]), at(3, "11:00")) == Unknown()
    assert opening(hours_of([spring]), at(10, "11:00")) == OpenNow(at(10, "14:00"))
    assert opening(hours_of([spring, replace(FIELDS, valid_to=date(2026, 3, 9), closes_at="12:00")]), at(3, "11:00")) == OpenNow(
        at(3, "12:00")
    )


def test_days_on_which_it_is_closed_have_a_schedule_without_times() -> None:
    holiday = Schedule(valid_from=date(2026, 3, 10), valid_to=date(2026, 3, 14))
    assert opening(hours_of([FIELDS, holiday]), at(10, "11:00")) == OpensAt(at(17, "10:00"))


def test_times_written_for_another_zone_are_not_taken_for_ours() -> None:
    york = [replace(FIELDS, opens_at="10:00-05:00"), replace(FIELDS, timezone="-5")]
    assert {opening(hours_of([one]), at(3, "11:00")) for one in york} == {Unknown()}
    assert opening(hours_of([york[0]]), at(3, "11:00", ZoneInfo("America/New_York"))) != Unknown()
    assert opening(hours_of([replace(FIELDS, opens_at="10:00Z", closes_at="14:00+01:00")]), at(3, "11:00")) != Unknown()


def test_the_clock_on_the_wall_counts_when_clocks_change() -> None:
    night = hours_of([Schedule("Daily, 10 pm-6 am")])
    assert opening(night, at(29, "00:30")) == OpenNow(at(29, "06:00"))
    assert opening(night, at(28, "23:00")) == OpenNow(at(29, "06:00"))


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        (["Mon-Thu 9-5; Fri 9-6"], Answer.YES),
        (["Tuesdays 7pm"], Answer.YES),
        (["24 hours"], Answer.YES),
        (["Daily, 6 am-5:30 pm"], Answer.NO),
        (["Saturday, 1-9"], Answer.NO),
        (["Mon-Fri 9-5", "Vary"], Answer.UNKNOWN),
        (["Mon-Fri 9-5; some evenings"], Answer.UNKNOWN),
        (["Mon-Thu 9-5; Friday by appointment"], Answer.UNKNOWN),
        (["Mon-Fri 9-5; Saturday by appointment"], Answer.NO),
        (["Mondays at 4 pm"], Answer.UNKNOWN),
        ([], Answer.UNKNOWN),
    ],
)
def test_the_evening_is_after_half_past_five_on_a_day_of_the_week(texts: list[str], answer: Answer) -> None:
    found = open_in_evening(hours_of(map(Schedule, texts)))
    assert found.value is answer
    assert found.sentence in ("", *texts)


@pytest.mark.parametrize(
    ("name", "description", "category", "hours", "answer"),
    [
        ("Grief support group", "", "", "Mon-Fri 9-1", Answer.UNKNOWN),
        ("Kittersea Alliance", "Through education it improves lives.", "Self-Help", "Mon-Fri 9-1", Answer.UNKNOWN),
        ("Hill House", "Hill House offers free support groups for carers.", "", "Mon-Fri 9-5", Answer.UNKNOWN),
        ("Grief support group", "", "", "Tuesday 10-12", Answer.NO),
        ("Grief support group", "", "", "Mon-Fri 9-5; Thu 7-9 pm", Answer.YES),
        ("Hill House", "Hill House offers meals, support groups and yoga.", "", "Mon-Fri 9-5", Answer.NO),
        ("Hill House", "A clinic.", "Self-Help Skills", "Mon-Fri 9-5", Answer.NO),
    ],
)
def test_the_hours_of_an_office_are_not_those_of_its_groups(
    name: str, description: str, category: str, hours: str, answer: Answer
) -> None:
    body = Service("s", name, description=description, terms=(Term("", "", category),), schedules=(Schedule(hours),))
    assert read_rules(body).evening is answer


days = st.builds(
    Days,
    freq=st.just("WEEKLY"),
    byday=st.lists(st.builds(ByDay, st.integers(0, 6)), min_size=1, max_size=3, unique=True).map(tuple),
    seasons=st.sampled_from([(), (((3, 1), (3, 20)),), (((11, 5), (3, 10)),)]),
    until=st.sampled_from([None, date(2026, 3, 12)]),
) | st.builds(
    Days,
    freq=st.just("MONTHLY"),
    byday=st.lists(st.builds(ByDay, st.integers(0, 6), st.sampled_from([1, 2, -1])), min_size=1, max_size=2, unique=True).map(
        tuple
    ),
)
quarters = st.integers(0, 95).map(lambda n: n * 15)
openings = st.builds(
    lambda days, opens, length: Opening(days, opens, None if length is None else opens + length),
    days,
    quarters,
    st.none() | st.integers(1, 96).map(lambda n: n * 15),
)
sheets = st.builds(
    Sheet,
    openings=st.lists(openings, max_size=3).map(tuple),
    doubts=st.lists(days, max_size=1).map(tuple),
    rest=st.sampled_from([Answer.NO, Answer.NO, Answer.UNKNOWN]),
    valid_from=st.sampled_from([None, None, date(2026, 3, 4)]),
    valid_to=st.sampled_from([None, None, date(2026, 4, 6)]),
)


def falls(days: Days, day: date) -> bool:
    """Say so by counting, without a rule."""
    if days.until and day > days.until:
        return False
    now = (day.month, day.day)
    if days.seasons and not any((a <= now <= b) if a <= b else (now >= a or now <= b) for a, b in days.seasons):
        return False
    from_end = (day + timedelta(days=7)).month != day.month
    nth = {0, (day.day - 1) // 7 + 1, -1 if from_end else 0}
    return any(one.day == day.weekday() and one.nth in nth for one in days.byday)


def minutes_of(hours: Hours, day: date) -> list[str]:
    """Say for each minute of a day whether it is "open", "shut", "?", or "begins" something of unknown length."""
    valid = [s for s in hours.sheets if not (s.valid_from and day < s.valid_from) and not (s.valid_to and day > s.valid_to)]
    if any(not s.openings and not s.doubts and s.rest is Answer.NO and s.valid_from and s.valid_to for s in valid):
        return ["shut"] * DAY
    if not valid or any(falls(d, day) for s in valid for d in s.doubts):
        return ["?"] * DAY
    line = ["?" if any(s.rest is Answer.UNKNOWN for s in valid) else "shut"] * DAY
    todays = [o for s in valid for o in s.openings if falls(o.days, day)]
    for one in (o for o in todays if o.closes is None):
        line[one.opens :] = ["?"] * (DAY - one.opens)
    for one in (o for o in todays if o.closes is None):
        line[one.opens] = "begins"
    yesterdays = [o for s in valid for o in s.openings if falls(o.days, day - timedelta(days=1)) and o.closes]
    spans = [(o.opens, o.closes) for o in todays if o.closes] + [(0, o.closes - DAY) for o in yesterdays]
    for begin, end in ((a, min(b, DAY)) for a, b in spans if a < b):
        line[begin:end] = ["open"] * (end - begin)
    return line


def by_force(hours: Hours, now: datetime) -> Now:
    """Go through sixty days minute by minute."""
    first = now.date()
    line = [m for n in range(LOOK_AHEAD.days + 1) for m in minutes_of(hours, first + timedelta(days=n))]
    here = now.hour * 60 + now.minute
    line = line[here : here + LOOK_AHEAD // timedelta(minutes=1) + 1]
    if line[0] in ("?", "begins"):
        return Unknown()
    turn = next((n for n, minute in enumerate(line) if minute != line[0]), None)
    when = None if turn is None else now + timedelta(minutes=turn)
    if line[0] == "open":
        return OpenNow(when)
    return OpensAt(when) if when and turn and line[turn] in ("open", "begins") else Unknown()


@settings(max_examples=150, deadline=None)
@given(st.lists(sheets, max_size=3), st.integers(0, 40), st.integers(0, DAY - 1))
def test_it_agrees_with_going_through_sixty_days_minute_by_minute(found: list[Sheet], day: int, minute: int) -> None:
    now = datetime(2026, 2, 10, tzinfo=UTC) + timedelta(days=day, minutes=minute)
    assert opening(Hours(tuple(found)), now) == by_force(Hours(tuple(found)), now)


PIECES = (
    "Mon-Fri|Sat|and|9|5:30 pm|-|to|;|,|first|of the month|closed|except|daily|by appointment|24 hours|May|every other|(|\n|lunch"
)


@given(st.text() | st.lists(st.sampled_from(PIECES.split("|")), max_size=8).map(" ".join))
def test_no_text_is_too_odd_to_be_left_unread(text: str) -> None:
    assert read_text(text).sentence == text


FIELD = st.sampled_from(
    ["", "1", "2", "0", "x", "MO", "TU,FR", "2MO", "-1FR", "WEEKLY", "MONTHLY", "DAILY", "9", "09:00", "5pm", "31", "-3"]
)
DAY_OF_MARCH = st.none() | st.dates(date(2026, 2, 20), date(2026, 4, 10))


@given(
    st.builds(
        Schedule,
        description=st.sampled_from(["", "Mondays", "By appointment", "Daily 9-5"]),
        freq=FIELD, interval=FIELD, byday=FIELD, bymonthday=FIELD, wkst=FIELD, count=FIELD, timezone=FIELD,
        opens_at=FIELD, closes_at=FIELD, dtstart=DAY_OF_MARCH, until=DAY_OF_MARCH, valid_from=DAY_OF_MARCH, valid_to=DAY_OF_MARCH,
    ),
    st.integers(0, 30 * DAY - 1).map(lambda minute: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minute)),
)  # fmt: skip
def test_no_fields_are_too_odd_and_what_is_said_lies_ahead(schedule: Schedule, now: datetime) -> None:
    match opening(hours_of([schedule]), now):
        case OpenNow(until):
            assert until is None or until > now
        case OpensAt(when):
            assert when > now
        case said:
            assert said == Unknown()
    assert open_in_evening(hours_of([schedule])).value in Answer


DIRECTORIES = Path(__file__).resolve().parents[2].parent / "shared/directories"


def texts_of(name: str) -> Iterator[str]:
    """Give the opening times of a real directory as it wrote them."""
    path = DIRECTORIES / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the repository")
    with path.open(encoding="utf-8-sig") as lines:
        if path.suffix == ".csv":
            yield from (row["original_text"].replace("\\n", "\n") for row in csv.DictReader(lines))
        else:
            yield from (row["description"] for line in lines for row in json.loads(line).get("schedules", ()))


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [("san-mateo-cip/services.ndjson", 963, 772), ("miami-open211/data/regular_schedules.csv", 11350, 11000)],
)
def test_most_of_what_real_directories_write_is_read(name: str, written: int, read: int) -> None:
    sheets = [read_text(text) for text in texts_of(name)]
    assert len(sheets) == written
    assert sum(bool(sheet.openings or sheet.doubts) for sheet in sheets) >= read
