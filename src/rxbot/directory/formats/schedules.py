"""Give the opening times of a package as HSDS 3.x schedules, whatever its generation calls and writes them."""

import re
from collections.abc import Iterable, Mapping

from rxbot.directory.defects import Defects
from rxbot.directory.formats.tables import Row
from rxbot.directory.formats.times import ISO_TIME, in_week_order, is_rule, read_times
from rxbot.directory.hsds import WHERE

DATE = re.compile(r"\d{4}-\d\d-\d\d.*")
RULE = frozenset({
    "valid_from", "valid_to", "timezone", "count", "wkst", "interval", "byweekno", "bymonthday", "byyearday", "attending_type",
    "notes", "schedule_link",
})  # fmt: skip
WHEN = ("dtstart", "until", "freq", "byday", "opens_at", "closes_at", "description")
WRITTEN = frozenset((*RULE, *WHEN))
A_DAY = "@day"
"""The key of a schedule that tells of days in words, which are a row each in older packages."""
FALSE = ("", "0", "f", "false", "n", "no")
Page = dict[str, object]


def schedule(row: Row, defects: Defects) -> Page:
    """Read a schedule of any generation: a recurrence rule as it stands, days and times as people write them."""
    said = row.fields
    days = said.get("byday") or said.get("weekday") or ""
    opens = said.get("opens_at") or _no_date(said.get("dtstart"))
    closes = said.get("closes_at") or _no_date(said.get("until"))
    if not (opens and closes):
        defects.count("schedule_without_time", row.where)
    if stands_as_rule(said):
        return {**{name: value for name, value in said.items() if value and name in WRITTEN}, WHERE: row.where}
    read = read_times(days, opens, closes)
    if read.said:
        defects.count("unreadable_time", row.where)
    words = said.get("description") or said.get("original_text") or read.said
    return {
        **{name: value for name, value in said.items() if value and name in RULE},
        **{name: said[name] for name in ("dtstart", "until") if said.get(name) and DATE.fullmatch(said[name])},
        "freq": said.get("freq") or read.freq,
        "byday": read.byday,
        "opens_at": read.opens_at,
        "closes_at": read.closes_at,
        "description": words or (_words(days, opens, closes) if read.freq == "MONTHLY" else ""),
        A_DAY: days,
        WHERE: row.where,
    }


def holiday(row: Row, defects: Defects) -> Page:
    """Read a holiday, for which HSDS 3.x has no table: words, and dates that bound the row where they are dates."""
    said = row.fields
    closed = said.get("closed", "").casefold() not in FALSE
    begin, end = said.get("start_date", ""), said.get("end_date", "")
    if not (DATE.fullmatch(begin) and DATE.fullmatch(end)):
        defects.count("holiday_without_dates", row.where)
    dates = {"valid_from": begin, "valid_to": end} if DATE.fullmatch(begin) and DATE.fullmatch(end) else {}
    days = " - ".join(dict.fromkeys(filter(None, (_no_year(begin), _no_year(end)))))
    hours = "closed" if closed else " - ".join(filter(None, (said.get("opens_at"), said.get("closes_at"))))
    return {"description": ": ".join(filter(None, (days, hours))), **dates, WHERE: row.where}


def together(pages: Iterable[Page]) -> list[Page]:
    """Join the days of a week that have the same times: older packages give a row to each day."""
    joined: dict[object, Page] = {}
    for number, page in enumerate(pages):
        days = A_DAY in page and "metadata" not in page and page.get("freq") == "WEEKLY"
        same = _all_but_the_day(page) if days else number
        first = joined.setdefault(same, page)
        if first is not page:
            joined[same] = {**first, "byday": in_week_order(f"{first['byday']},{page['byday']}".split(","))}
    return list(joined.values())


def _all_but_the_day(page: Page) -> frozenset[object]:
    return frozenset({**page, "byday": "", A_DAY: "", WHERE: ""}.items())


def stands_as_rule(said: Mapping[str, str]) -> bool:
    """Say whether a schedule is written as HSDS 3.x writes it, so that nothing needs to be read into it."""
    return (
        not said.get("weekday")
        and (not said.get("byday") or is_rule(said["byday"]))
        and all(not said.get(name) or DATE.fullmatch(said[name]) for name in ("dtstart", "until"))
        and all(not said.get(name) or ISO_TIME.fullmatch(said[name]) for name in ("opens_at", "closes_at"))
    )


def _no_date(text: str | None) -> str:
    """Give what stands in the place of a date and is none: some exports put times there."""
    return "" if not text or DATE.fullmatch(text) else text


def _words(days: str, opens: str, closes: str) -> str:
    return ", ".join(filter(None, (days, " - ".join(filter(None, (opens, closes))))))


def _no_year(day: str) -> str:
    """Leave out the year 1, which some systems write for "every year"."""
    return re.sub(r",? 0001$", "", day)
