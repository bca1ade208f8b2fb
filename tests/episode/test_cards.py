"""What a service looks like to the person it is shown to: why, for whom, when, and what to ask first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from walking import MONDAY, TOWN, Walk

from rxbot.content.load import Release
from rxbot.directory.candidate import Candidate
from rxbot.directory.capacity import Capacity
from rxbot.directory.match import Match
from rxbot.directory.model import Address, Language, Location, Organization, Phone, Place, Schedule, Service, Term
from rxbot.directory.reasons import Ask, Reason, Why
from rxbot.episode import brief, phrases, screens
from rxbot.episode.events import Signposted
from rxbot.message import Listed, NearDay, Text, TimeOfDay, Weekdays

SPOT = Location("l", place=TOWN, phones=(Phone("01632 960001"),))
DAY = date(2026, 3, 2)
CIRCLE = Service("s", "Circle", eligibility_description="Women 18 and over.", locations=(SPOT,), key="k1")
COMPANY = Text("intake/matters.connection")
TODAY = date(2026, 3, 2)


Card = Callable[..., dict[str, Text]]


@pytest.fixture
def card(release: Release) -> Card:
    def drawn(record: Service = CIRCLE, *reasons: Reason, asks: tuple[Ask, ...] = (), at: datetime = MONDAY) -> dict[str, Text]:
        match = Match(record, SPOT, 0.2, reasons, asks)
        return {line.id: line for line in screens.service(match, 1, COMPANY, release.content, at)}

    return drawn


def quoted(words: str) -> Text:
    return Text("written_words", {"words": words})


def test_what_kind_of_service_it_is_stands_in_the_persons_language(card: Card, release: Release) -> None:
    """Two categories at most, those the publisher names first. One that nobody has translated is left out."""
    terms = (
        Term("kittersea", "", "Arts and crafts"),
        Term("", "", "Home visiting"),
        Term("", "openEligibility:1303", ""),
        Term("", "", "Support Groups"),
    )
    line = card(replace(CIRCLE, terms=terms))["service_kind"]
    assert release.words.text(line, "es") == "Qué es: Visitas a casa, Compañía y apoyo"
    assert release.words.text(line, "en") == "What it is: Home Visiting, Support Network"
    assert "service_kind" not in card(replace(CIRCLE, terms=terms[:1]))


def test_a_category_whose_name_is_no_everyday_word_has_one(card: Card, release: Release) -> None:
    """A lunch that costs £5 is of the category "Free Meals"."""
    terms = (Term("Open Eligibility", "openEligibility:1131", "Free Meals"), Term("", "", "Understand Disability"))
    line = card(replace(CIRCLE, terms=terms, fees_description="£5"))["service_kind"]
    assert release.words.text(line, "en") == "What it is: Meals, Information about disability"
    assert release.words.text(line, "es") == "Qué es: Comidas, Información sobre discapacidad"


def test_a_service_of_a_coordinators_sheet_is_of_the_kind_that_stands_there(card: Card, release: Release) -> None:
    terms = (Term("rxbotNeed", "rxbotNeed:volunteering", "Volunteering"), Term("rxbotNeed", "rxbotNeed:transport", "Transport"))
    line = card(replace(CIRCLE, terms=terms))["service_kind"]
    assert release.words.text(line, "en") == "What it is: Volunteering, Transport"
    assert release.words.text(line, "es") == "Qué es: Voluntariado, Transporte"
    assert release.words.text(line, "ar") != release.words.text(line, "en")


def test_a_language_that_has_no_word_here_keeps_the_name_its_publisher_gave_it(card: Card, release: Release) -> None:
    """Nobody who is deaf looks for "bfi"."""
    spoken = (Language("British Sign Language", "bfi"), Language("English", "en"), Language("BSL", "bfi"), Language("Klingon"))
    line = card(replace(CIRCLE, languages=spoken))["service_languages"]
    assert release.words.text(line, "en") == "Languages: BSL, English, Klingon"
    only = card(replace(CIRCLE, languages=spoken[:1]))["service_languages"]
    assert release.words.text(only, "es") == "Idiomas: British Sign Language"
    assert release.words.text(only, "ar").endswith("\u2068British Sign Language\u2069")


def test_whom_a_service_is_for_is_shown_in_the_providers_words_where_it_may_leave_somebody_out(card: Card) -> None:
    assert card(asks=(Ask.WHOM,))["service_whom"].values == {"words": quoted("Women 18 and over.")}
    assert card(asks=(Ask.AGE,))["service_whom"].values == {"words": quoted("Women 18 and over.")}
    assert "service_whom" not in card()
    assert "service_whom" not in card(replace(CIRCLE, eligibility_description=""), asks=(Ask.WHOM,))


@pytest.mark.parametrize(
    ("eligibility", "audience", "said"),
    [
        ("Women 18 and over.", ("Parents",), "For whom: “Women 18 and over.”"),
        ("", ("Age Group", "Parents", "Housing Status", "Homeless"), "For whom: “Parents; Homeless”"),
        ("None, but residents have priority", (), "Conditions: “None, but residents have priority”"),
        ("None", (), ""),
        ("No requirements.", (), ""),
        ("Vary according to program and service", (), ""),
        ("See description of services", (), ""),
        ("", ("Health Conditions",), ""),
    ],
)
def test_nobody_reads_that_a_service_is_for_none(
    card: Card, release: Release, eligibility: str, audience: tuple[str, ...], said: str
) -> None:
    """What names nobody is left out, and so is by what a publisher tells people apart."""
    drawn = card(replace(CIRCLE, eligibility_description=eligibility, audience=audience), asks=(Ask.WHOM,))
    lines = [release.words.label(line, "en") for id, line in drawn.items() if id in ("service_whom", "service_conditions")]
    assert lines == ([said] if said else [])


def test_why_it_is_shown_is_said_as_the_person_chose_it_and_never_in_search_words(card: Card) -> None:
    searched = (Reason(Why.TERM_FITS, ("Support Network",)), Reason(Why.WORDS_FIT, ("coffee morning",)))
    chosen = card(CIRCLE, Reason(Why.HELPS_WITH, ("intake/connection.what.group",)), *searched)
    assert repr(Text("intake/connection.what.group")) in repr(chosen["service_helps"])
    assert card(CIRCLE, *searched)["service_helps"].values == {"choice": COMPANY}
    assert "Support Network" not in repr(chosen)
    assert "coffee morning" not in repr(chosen)


def test_that_they_speak_the_language_of_the_place_is_no_reason_and_that_they_speak_another_is(card: Card) -> None:
    def why(language: str) -> list[str]:
        listed = card(CIRCLE, Reason(Why.SPEAKS, (language,)), Reason(Why.WALK_IN))["service_why"].values["reasons"]
        assert isinstance(listed, Listed)
        return [one.id for one in listed.items if isinstance(one, Text)]

    assert why("en") == ["why.walk_in"]
    assert why("ar") == ["why.speaks", "why.walk_in"]


def test_what_all_on_a_screen_share_is_said_once_above_them_and_what_nobody_knows_on_each(release: Release) -> None:
    """One alone keeps all on its card. Who speaks what, and what a place costs, differs or has to be asked."""
    wish, age, walk_in = Reason(Why.HELPS_WITH, ("intake/connection.what.group",)), Reason(Why.AGE_FITS), Reason(Why.WALK_IN)
    named = replace(CIRCLE, languages=(Language("English", "en"),))
    one = Match(named, SPOT, 0.2, (wish, age, walk_in), (Ask.COST,))
    other = Match(replace(named, key="k2", fees_description="£2"), SPOT, 0.4, (wish, age), ())

    def shown(*matches: Match) -> list[str]:
        screen = screens.services(phrases.SERVICES_HEAD(domain=COMPANY), matches, 1, release.content, MONDAY)
        return "\n".join(release.words.text(line, "en") for line in screen.lines).split("\n\n")

    head, first, second = shown(one, other)
    assert head.splitlines() == [
        "<b>People and company</b>: these may help you.",
        "Fits what you chose: In a group",
        "Languages: English",
        "Why each of these: the age is right for it",
    ]
    assert "Why this one: people can just walk in\n" in first
    assert "Cost: not said" in first
    assert "Ask first: what it costs" in first
    assert not any(words in second for words in ("Why this one", "Fits what you chose", "Languages"))
    unknown = replace(one, service=replace(CIRCLE, key="k3"))
    assert all("Languages: not said" in card for card in shown(unknown, replace(unknown, reasons=()))[1:])
    head, alone = shown(one)
    assert head == "<b>People and company</b>: these may help you."
    assert "Why this one: the age is right for it, people can just walk in" in alone


def test_who_gives_it_is_not_said_where_it_has_its_own_name(card: Card) -> None:
    lantern = replace(CIRCLE, organization=Organization("o", "circle"))
    assert "service_by" not in card(lantern)
    assert "service_by" in card(replace(lantern, organization=Organization("o", "Lantern")))


def test_opening_hours_are_said_in_the_persons_language_or_else_in_the_providers_words(card: Card) -> None:
    weekly = Schedule("Thursday mornings, 10 to noon", freq="WEEKLY", byday="TH", opens_at="10:00:00", closes_at="12:00")
    said = card(replace(CIRCLE, schedules=(weekly,)))["service_when"].values
    assert said == {"weekdays": Weekdays((3,)), "opens": TimeOfDay(time(10)), "closes": TimeOfDay(time(12))}
    in_term = replace(weekly, description="Thursday mornings in term time")
    assert card(replace(CIRCLE, schedules=(in_term,)))["service_when_said"].values == {"words": quoted(in_term.description)}
    rare = replace(weekly, description="Every second Thursday, 10-12")
    assert card(replace(CIRCLE, schedules=(rare,)))["service_when_said"].values == {"words": quoted(rare.description)}
    later = replace(weekly, description="Thursdays, 10-2")
    assert card(replace(CIRCLE, schedules=(later,)))["service_when_said"].values == {"words": quoted(later.description)}
    assert not {"service_when", "service_when_said"} & card().keys()


def test_times_that_are_written_out_are_said_in_the_persons_language_where_they_are_of_every_week(
    card: Card, release: Release
) -> None:
    def said(*texts: str, language: str = "en") -> list[str]:
        lines = card(replace(CIRCLE, schedules=tuple(map(Schedule, texts)))).values()
        return [release.words.label(line, language) for line in lines if line.id.startswith("service_when")]

    assert said("Monday-Friday, 8-5") == ["When: Monday – Friday, 08:00 to 17:00"]
    assert said("Monday-Friday, 8-5", language="es") == ["Horario: lunes – viernes, de 8:00 a 17:00"]
    assert said("Mon-Fri 9-12, 1-5") == ["When: Monday – Friday, 09:00 to 12:00 and 13:00 to 17:00"]
    assert said("24 hours daily") == ["When: every day, day and night"]
    assert said("Weekdays, 24 hours") == ["When: Monday – Friday, day and night"]
    assert said("Vary according to program") == ["When: it varies. Ask them"]
    assert said("Monday-Friday, 8-5, some evenings") == ["When: “Monday-Friday, 8-5, some evenings”"]


def test_days_with_the_same_times_stand_together_and_in_the_order_of_the_week(card: Card, release: Release) -> None:
    """One schedule for each day is how most directories are written. What two of them tell of one day is joined."""

    def on(byday: str, opens: str, closes: str) -> Schedule:
        return Schedule(freq="WEEKLY", byday=byday, opens_at=opens, closes_at=closes)

    def said(*schedules: Schedule) -> list[str]:
        match = Match(replace(CIRCLE, schedules=schedules), SPOT, 0.2, (), ())
        return [release.words.label(line, "en").removeprefix("When: ") for line in screens.when(match)]

    week = [on("FR", "08:30", "12:00"), *(on(day, "08:30", "16:00") for day in ("TU", "MO", "TH", "WE"))]
    assert said(*week) == ["Monday – Thursday, 08:30 to 16:00", "Friday, 08:30 to 12:00"]
    assert said(on("MO", "09:00", "15:00"), on("MO", "10:00", "17:30")) == ["Monday, 09:00 to 17:30"]
    each = [on(day, f"{hour:02}:00", "17:00") for hour, day in enumerate(("MO", "TU", "WE", "TH", "FR", "SA"), 8)]
    assert said(*each)[2:] == ["Wednesday, 10:00 to 17:00", "There are more times. Ask them"]
    assert len(said(*each[:4])) == 4


OPENS = ("open_until", "opens_today", "opens_tomorrow", "opens_on")


@pytest.mark.parametrize(
    ("text", "hours", "line"),
    [
        ("Mon-Fri 9-5", 0, Text("open_until", {"time": TimeOfDay(time(17))})),
        ("Mon-Fri 9-5", -2, Text("opens_today", {"time": TimeOfDay(time(9))})),
        ("Mon-Fri 9-5", 8, Text("opens_tomorrow", {"time": TimeOfDay(time(9))})),
        (
            "First Saturday of the month, 10-12",
            0,
            Text("opens_on", {"day": NearDay(MONDAY.date() + timedelta(5)), "time": TimeOfDay(time(10))}),
        ),
        ("24 hours", 0, None),
        ("Daily, 8 pm-2 am", 11, Text("open_until", {"time": TimeOfDay(time(2))})),
        ("Weekdays, 24 hours", 0, None),
        ("Mon-Fri 9-5, in term time", 0, None),
        ("Mon-Fri 9-5 or by appointment", 8, None),
        ("Vary", 0, None),
    ],
)
def test_whether_it_is_open_now_is_said_under_its_times_where_it_is_certain(
    card: Card, text: str, hours: int, line: Text | None
) -> None:
    drawn = card(replace(CIRCLE, schedules=(Schedule(text),)), at=MONDAY + timedelta(hours=hours))
    assert any(one.startswith("service_when") for one in drawn)
    assert [drawn[one] for one in OPENS if one in drawn] == ([line] if line else [])


def test_nothing_is_said_of_now_where_a_note_may_say_otherwise(card: Card) -> None:
    assert {*OPENS} & card(replace(CIRCLE, schedules=(Schedule("Mon-Fri 9-5"),))).keys()
    moved = replace(CIRCLE, schedules=(Schedule("Mon-Fri 9-5"),), alert="We are moving this week.")
    assert not {*OPENS} & card(moved).keys()


@pytest.mark.parametrize(
    ("text", "shut"),
    [
        ("Closed until further notice", True),
        ("Temporarily closed due to building works.", True),
        ("We are currently closed until further notice", True),
        ("Closed", False),
        ("Closed until further notice on Mondays, Tue-Fri 9-5", False),
        ("Mon-Fri 9-5", False),
    ],
)
def test_what_is_closed_for_now_is_a_note_and_no_time(card: Card, text: str, shut: bool) -> None:
    drawn = card(replace(CIRCLE, schedules=(Schedule(text),)))
    assert ("service_alert" in drawn, any(one.startswith("service_when") for one in drawn)) == (shut, not shut)
    assert not shut or not {*OPENS} & drawn.keys()
    assert Candidate.of(replace(CIRCLE, schedules=(Schedule(text),)), None).rules.alert is shut


def test_it_is_open_by_the_clock_of_the_scheme(card: Card, release: Release) -> None:
    """In summer ten past eight in UTC is ten past nine in London."""
    summer = datetime(2026, 7, 6, 8, 10, tzinfo=MONDAY.tzinfo)
    office = replace(CIRCLE, schedules=(Schedule("Mon-Fri 9-5"),))
    assert "open_until" in card(office, at=summer)
    line = card(office, at=summer - timedelta(minutes=11))["opens_today"]
    assert release.words.text(line, "en") == "Opens today at 09:00"
    assert release.words.text(line, "es") == "Abre hoy a las 9:00"
    assert "9:00 ص" in release.words.text(line, "ar")


@pytest.mark.parametrize(
    ("checked", "line", "says"),
    [
        (date(2025, 12, 9), "service_fresh", "🟢 Comprobado en diciembre de 2025"),
        (date(2025, 5, 9), "service_ageing", "🟠 Comprobado por última vez en mayo de 2025. Llame antes de ir"),
        (
            date(2019, 5, 9),
            "service_stale",
            "🔴 Comprobado por última vez en mayo de 2019. Puede que ya no exista. Llame primero",
        ),
        (None, "service_not_checked", "⚪ No sabemos cuándo se comprobó por última vez"),
    ],
)
def test_how_fresh_a_record_is_stands_on_the_card_once_in_colour_and_in_words(
    card: Card, release: Release, checked: date | None, line: str, says: str
) -> None:
    """An edit counts where nobody vouched for the record. What to ask, and why it is shown, do not say it once more."""
    asks, reasons = (Ask.COST, Ask.CHECKED), (Reason(Why.AGE_FITS), Reason(Why.CHECKED_RECENTLY, ("2025-12-09",)))
    for dated in (replace(CIRCLE, assured_date=checked), replace(CIRCLE, last_modified=checked)):
        drawn = card(dated, *reasons, asks=asks)
        assert release.words.text(drawn[line], "es") == says
        assert repr(Text("ask.checked")) not in repr(drawn)
        assert "why.checked_recently" not in repr(drawn)


def test_link_workers_and_the_paper_plan_say_how_fresh_a_record_is_too(release: Release) -> None:
    aged = replace(CIRCLE, assured_date=date(2025, 5, 9))
    match = Match(aged, SPOT, 0.2, (Reason(Why.CHECKED_RECENTLY, ("2025-05-09",)),), ())
    walk = Walk(release.content, found=(match,)).consents().reviews("connection").taps("right", "s:1:1", "chosen")
    [offer] = walk.episode.offers
    assert [line.id for line in offer.visit] == ["service_ageing"]
    [told] = [line for line in brief.lines(walk.episode, release.content) if line.id == "brief_wanted"]
    assert release.words.label(told, "en") == "1. Circle: 🟠 last checked in May 2025. They want to try it."


@pytest.mark.parametrize("picked", [2, None])
def test_a_signposted_service_keeps_its_number_and_what_to_ask_first(release: Release, picked: int | None) -> None:
    walk = Walk(release.content).consents().reviews("connection").taps("right")
    record = walk.found[picked - 1].service if picked else replace(CIRCLE, key="new")
    match = Match(replace(record, eligibility_description="Women"), None, None, (), ())
    walk.meets(Signposted(MONDAY, "Sam", record.name, record.key, match))
    [said] = walk.all_said()
    lines = {line.id: line for line in said.message.lines}
    assert repr(Text("ask.gender")) in repr(lines["service_ask"])
    assert repr(Text("ask.whom")) not in repr(lines["service_ask"])  # that says no more
    assert "service_whom" in lines
    if picked:
        assert lines["service_name"].values["number"] == 2
        assert "service_helps" not in lines, "it speaks of nothing that they said would help most"
    else:
        assert "service_name_alone" in lines


@pytest.mark.parametrize(("language", "whom"), [("es", "«Women» (en inglés)"), ("en", "“Women”")])
def test_who_reads_another_language_is_told_in_which_one_a_providers_own_words_are(
    release: Release, language: str, whom: str
) -> None:
    circle = replace(CIRCLE, eligibility_description="Women", fees_description="£5 a session")
    shown = Match(circle, SPOT, 0.2, (), (Ask.WHOM,))
    walk = Walk(release.content, found=(shown,)).consents(language).reviews("connection").taps("right")
    said = [release.words.label(line, language) for one in walk.all_said() for line in one.message.lines]
    assert any(line.endswith(whom) for line in said)
    assert any("£5" in line and ("(en inglés)" in line) == (language == "es") for line in said)


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (Capacity("capacity", DAY), "There was room (told on 2 March 2026)"),
        (Capacity("waitlist", DAY, 6), "There is a waiting list of about 6 weeks (told on 2 March 2026)"),
        (Capacity("waitlist", DAY, 1), "There is a waiting list (told on 2 March 2026)"),
        (Capacity("no-capacity", DAY), "It was full (told on 2 March 2026). Ask whether there is room now"),
        (Capacity("additional-assessment-required", DAY), "They talk with each person first, to see whether it fits"),
    ],
)
def test_a_card_says_what_was_told_of_its_room_and_when(release: Release, told: Capacity, line: str) -> None:
    match = replace(Match(CIRCLE, SPOT, 0.2, (), ()), capacity=told)
    [said] = [one for one in screens.service(match, 1, None, release.content, MONDAY) if one == screens.room(told)]
    assert line in release.words.text(said, "en")
    assert screens.room(None) is None


def test_how_far_a_place_is_is_not_said_where_only_its_town_is_known() -> None:
    there = Location("l", place=Place(53.07, 0.42), addresses=(Address("12 Quay", city="Kittersea"),))
    said = [screens.where(Match(CIRCLE, replace(there, is_rough=rough), 0.2, (), ())) or Text("") for rough in (False, True)]
    assert [text.id for text in said] == ["service_distance", "service_address"]
