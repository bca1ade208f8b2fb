"""Whether a place can be used with a wheelchair, without hearing, or by car."""

import pytest
from records import read, table

from rxbot.directory.model import Language, Location, Service
from rxbot.directory.rules.access import Access, access_rule
from rxbot.directory.rules.answers import Answer

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def at(*rows: str, description: str = "") -> Service:
    return Service("s", "Service", locations=(Location("l", accessibility=rows, description=description),))


@pytest.mark.parametrize(
    ("row", "wanted", "answer"),
    [
        ("Wheelchair accessible", Access.STEP_FREE, YES),
        ("Handicap accessible", Access.STEP_FREE, YES),
        ("wheelchair", Access.STEP_FREE, YES),
        ("disabled_parking, ramp, restroom", Access.STEP_FREE, YES),
        ("disabled_parking, ramp, restroom", Access.PARKING, YES),
        ("disabled_parking, ramp, restroom", Access.TOILET, YES),
        ("Accessible entrance", Access.STEP_FREE, YES),
        ("Step-free throughout", Access.STEP_FREE, YES),
        ("Not wheelchair accessible at this time", Access.STEP_FREE, NO),
        ("No step-free access", Access.STEP_FREE, NO),
        ("Up two flights of stairs", Access.STEP_FREE, NO),
        ("Two steps at the door, ring for a ramp", Access.STEP_FREE, YES),
        ("No lift", Access.STEP_FREE, NO),
        ("Most locations wheelchair accessible", Access.STEP_FREE, UNKNOWN),
        ("Wheelchair accessible van", Access.STEP_FREE, UNKNOWN),
        ("Varies according to location", Access.STEP_FREE, UNKNOWN),
        ("Elevator", Access.STEP_FREE, UNKNOWN),
        ("Accessible toilets", Access.STEP_FREE, UNKNOWN),
        ("Accessible toilets", Access.TOILET, YES),
        ("No toilets", Access.TOILET, NO),
        ("Special parking", Access.PARKING, YES),
        ("No parking", Access.PARKING, NO),
        ("Limited parking available", Access.PARKING, UNKNOWN),
        ("Induction loop at the desk", Access.HEARING_LOOP, YES),
        ("No hearing loop", Access.HEARING_LOOP, NO),
        ("Interpreter for the deaf available", Access.SIGN_LANGUAGE, YES),
        ("BSL on request", Access.SIGN_LANGUAGE, UNKNOWN),
        ("Information on CD", Access.STEP_FREE, UNKNOWN),
    ],
)
def test_a_row_of_a_place_is_yes_no_or_open(row: str, wanted: Access, answer: Answer) -> None:
    assert access_rule(at(row), wanted).value is answer


@pytest.mark.parametrize(
    ("text", "wanted", "answer"),
    [
        ("A hall by the sea. It is wheelchair accessible.", Access.STEP_FREE, YES),
        ("The hall is not wheelchair accessible.", Access.STEP_FREE, NO),
        ("Our room is over the bakery; sorry, there is only a staircase.", Access.STEP_FREE, NO),
        ("The studio is up two flights.", Access.STEP_FREE, NO),
        ("The office is reached by a narrow staircase.", Access.STEP_FREE, NO),
        ("There are three steps to the front door.", Access.STEP_FREE, NO),
        ("You must be fit and able to climb stairs.", Access.STEP_FREE, NO),
        ("If stairs are difficult, tell us: there is a lift.", Access.STEP_FREE, UNKNOWN),
        ("The next steps to take are yours.", Access.STEP_FREE, UNKNOWN),
        ("For people who are not able to climb stairs.", Access.STEP_FREE, UNKNOWN),
        ("We build ramps for people at home.", Access.STEP_FREE, UNKNOWN),
        ("Rides in wheelchair accessible vans.", Access.STEP_FREE, UNKNOWN),
        ("There is free parking.", Access.PARKING, YES),
        ("Sign language interpreters are available.", Access.SIGN_LANGUAGE, YES),
        ("Classes in sign language.", Access.SIGN_LANGUAGE, UNKNOWN),
        ("", Access.STEP_FREE, UNKNOWN),
    ],
)
def test_prose_has_to_be_plainer_than_a_row(text: str, wanted: Access, answer: Answer) -> None:
    assert access_rule(Service("s", "Service", description=text), wanted).value is answer
    assert access_rule(at(description=text), wanted).value is answer


def test_the_sentence_is_kept_and_a_no_outweighs_a_yes() -> None:
    hall = at("Ramp", "Not wheelchair accessible at this time")
    found = access_rule(hall, Access.STEP_FREE)
    assert (found.value, found.sentence) == (NO, "Not wheelchair accessible at this time")


def test_of_several_places_one_will_do_and_no_needs_all() -> None:
    ramp, steps, silent = (Location(str(n), accessibility=rows) for n, rows in enumerate((("Ramp",), ("Steps only",), ())))
    both = Service("s", "Service", locations=(steps, ramp))
    assert access_rule(both, Access.STEP_FREE).value is YES
    assert access_rule(both, Access.STEP_FREE, steps).value is NO
    assert access_rule(Service("s", "Service", locations=(steps, silent)), Access.STEP_FREE).value is UNKNOWN


def test_a_signed_language_is_heard_of_from_the_languages() -> None:
    signed, limited = Language("BSL", "bfi"), Language("ASL (limited)", "ase", "limited")
    assert access_rule(Service("s", "Service", languages=(signed,)), Access.SIGN_LANGUAGE).value is YES
    assert access_rule(Service("s", "Service", languages=(limited,)), Access.SIGN_LANGUAGE).value is UNKNOWN


def test_the_rows_of_real_places_are_understood() -> None:
    san_mateo = [access_rule(service, Access.STEP_FREE).value for service in read("san-mateo-cip")]
    manchester = [access_rule(service, Access.STEP_FREE).value for service in read("greater-manchester/oruk3")]
    assert san_mateo.count(YES) >= 1000
    assert 25 <= san_mateo.count(NO) <= 40
    assert (manchester.count(YES), manchester.count(NO)) == (147, 0)
    rows = [row["accessibility"] for row in table("miami-open211/data/accessibility_for_disabilities.csv")]
    assert sum(access_rule(at(row), Access.STEP_FREE).value is YES for row in rows) == 1620
