"""What a service looks like to the person it is shown to: why, for whom, when, and what to ask first."""

from dataclasses import replace

import pytest
from walking import MONDAY, TOWN, Walk

from rxbot.content.load import Release
from rxbot.directory.model import Location, Phone, Schedule, Service
from rxbot.directory.rank import Match
from rxbot.directory.reasons import Ask, Reason, Why
from rxbot.episode import screens
from rxbot.episode.events import Signposted
from rxbot.message import Text, Weekdays

SPOT = Location("l", place=TOWN, phones=(Phone("01632 960001"),))
CIRCLE = Service("s", "Circle", eligibility_description="Women 18 and over.", locations=(SPOT,), key="k1")
COMPANY = Text("intake/matters.connection")


def card(record: Service = CIRCLE, *reasons: Reason, asks: tuple[Ask, ...] = ()) -> dict[str, Text]:
    return {line.id: line for line in screens.service(Match(record, SPOT, 0.2, reasons, asks), 1, COMPANY)}


def test_whom_a_service_is_for_is_shown_in_the_providers_words_where_it_may_leave_somebody_out() -> None:
    assert card(asks=(Ask.WHOM,))["service_whom"].values == {"words": "Women 18 and over."}
    assert card(asks=(Ask.AGE,))["service_whom"].values == {"words": "Women 18 and over."}
    assert "service_whom" not in card()
    assert "service_whom" not in card(replace(CIRCLE, eligibility_description=""), asks=(Ask.WHOM,))


def test_why_it_is_shown_is_said_as_the_person_chose_it_and_never_in_search_words() -> None:
    searched = (Reason(Why.TERM_FITS, ("Support Network",)), Reason(Why.WORDS_FIT, ("coffee morning",)))
    chosen = card(CIRCLE, Reason(Why.HELPS_WITH, ("intake/connection.what.group",)), *searched)
    assert repr(Text("intake/connection.what.group")) in repr(chosen["service_helps"])
    assert card(CIRCLE, *searched)["service_helps"].values == {"choice": COMPANY}
    assert "Support Network" not in repr(chosen)
    assert "coffee morning" not in repr(chosen)


def test_opening_hours_are_said_in_the_persons_language_or_else_in_the_providers_words() -> None:
    weekly = Schedule("Thursday mornings, 10 to noon", freq="WEEKLY", byday="TH", opens_at="10:00:00", closes_at="12:00")
    said = card(replace(CIRCLE, schedules=(weekly,)))["service_when"].values
    assert said == {"weekdays": Weekdays((3,)), "opens": "10:00", "closes": "12:00"}
    in_term = replace(weekly, description="Thursday mornings in term time")
    assert card(replace(CIRCLE, schedules=(in_term,)))["service_when_said"].values == {"words": in_term.description}
    assert not {"service_when", "service_when_said"} & card().keys()


@pytest.mark.parametrize("picked", [2, None])
def test_a_signposted_service_keeps_its_number_and_what_to_ask_first(release: Release, picked: int | None) -> None:
    walk = Walk(release.content).consents().reviews("connection").taps("right")
    record = walk.found[picked - 1].service if picked else replace(CIRCLE, key="new")
    match = Match(replace(record, eligibility_description="Women"), None, None, (), ())
    walk.meets(Signposted(MONDAY, "Sam", record.name, record.key, match))
    [said] = walk.all_said()
    lines = {line.id: line for line in said.message.lines}
    assert repr(Text("ask.whom")) in repr(lines["service_ask"])
    assert "service_whom" in lines
    if picked:
        assert lines["service_name"].values["number"] == 2
        assert "service_helps" in lines
    else:
        assert "service_name_alone" in lines


@pytest.mark.parametrize(("language", "limit", "told"), [("es", "Women", True), ("es", "", False), ("en", "Women", False)])
def test_who_reads_another_language_is_told_whose_words_are_not_in_theirs(
    release: Release, language: str, limit: str, told: bool
) -> None:
    shown = Match(replace(CIRCLE, eligibility_description=limit), SPOT, 0.2, (), (Ask.WHOM,))
    walk = Walk(release.content, found=(shown,)).consents(language).reviews("connection").taps("right")
    assert ("service_words_in" in walk.says()) == told
