"""How one gets in, as prose tells it: who must be sent, where the door is open, and whether to make an appointment."""

import pytest
from records import read, table

from rxbot.directory.model import Service
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.entry import Entry, appointment_rule, entry_of, read_entry

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Walk in or apply by phone", Entry.WALK_IN),
        ("Just turn up.", Entry.WALK_IN),
        ("Drop-in on Mondays", Entry.WALK_IN),
        ("First-come, first-served", Entry.WALK_IN),
        ("No appointment needed", Entry.WALK_IN),
        ("Attend a meeting", Entry.WALK_IN),
        ("Must call to make an appointment\n\nWalk-ins accepted", Entry.WALK_IN),
        ("Walk in or apply by phone. Appointment necessary", Entry.SELF_REFERRAL),
        ("Walk in for brochure", Entry.UNKNOWN),
        ("Walk in if in crisis, or call to be seen", Entry.SELF_REFERRAL),
        ("Walk in only in case of an emergency", Entry.UNKNOWN),
        ("Walk in or through other agency referral", Entry.WALK_IN),
        ("Apply by phone or be referred by a doctor or other professional", Entry.SELF_REFERRAL),
        ("Apply by phone or by agency referral", Entry.SELF_REFERRAL),
        ("Person must be sponsored by state agencies", Entry.REFERRAL),
        ("Must be sponsored by the county or an agency, private pay also available", Entry.REFERRAL),
        ("You must be referred to our program through the housing office.", Entry.REFERRAL),
        ("Access comes through referrals from the one office, the door for all families. Visit this page.", Entry.REFERRAL),
        ("You must be referred to other agencies by us. Call", Entry.SELF_REFERRAL),
        ("Neighbours do not need a referral. Others may need a referral.", Entry.UNKNOWN),
        ("Sponsored by the town. Call to apply", Entry.SELF_REFERRAL),
        ("Apply by phone or mail with physician referral", Entry.REFERRAL),
        ("Temporarily closed. Call for news.", Entry.UNKNOWN),
        ("Apply by phone only. No walk-ins", Entry.SELF_REFERRAL),
        ("Must call to make an appointment, walk-ins are not accepted", Entry.SELF_REFERRAL),
        ("Walk-ins not accepted", Entry.UNKNOWN),
        ("Walk-ins cannot be seen", Entry.UNKNOWN),
        ("Walk-ins are welcome, but we are not accepting new members now", Entry.UNKNOWN),
        ("Call. We do not accept walk-ins", Entry.SELF_REFERRAL),
        ("Refer yourself by phone", Entry.SELF_REFERRAL),
        ("People refer themselves, or are referred by a GP", Entry.SELF_REFERRAL),
        ("Phone, text or e-mail. No referral is needed.", Entry.SELF_REFERRAL),
        ("Referral is not required", Entry.SELF_REFERRAL),
        ("Referral from a GP is not needed", Entry.SELF_REFERRAL),
        ("Referral from a GP or a social worker is needed", Entry.REFERRAL),
        ("In-hand referral", Entry.REFERRAL),
        ("Parents must fill out a form and pay the fee", Entry.SELF_REFERRAL),
        ("Ring us and you will be referred to the right team", Entry.SELF_REFERRAL),
        ("Apply by phone to find the right lawyer for referral", Entry.SELF_REFERRAL),
        ("Referral from community agency necessary", Entry.REFERRAL),
        ("GP referral needed. Ask at your surgery.", Entry.REFERRAL),
        ("Call for information. Referral necessary from the court", Entry.REFERRAL),
        ("You must first receive a referral from a care agency. Call with questions.", Entry.REFERRAL),
        ("Must be referred by a doctor", Entry.REFERRAL),
        ("See the school nurse for referral", Entry.REFERRAL),
        ("Speak with your doctor about joining", Entry.REFERRAL),
        ("Most people are referred by a doctor; call to ask", Entry.UNKNOWN),
        ("Apply by phone. A referral from an agency must be made for the night shelter.", Entry.UNKNOWN),
        ("Not currently accepting applications. Call for news.", Entry.UNKNOWN),
        ("Must bring a court order for support", Entry.UNKNOWN),
        ("Audition", Entry.UNKNOWN),
        ("Llame por telefono para una cita en el centro", Entry.UNKNOWN),
        ("", Entry.UNKNOWN),
    ],
)
def test_the_way_in_is_read(text: str, entry: Entry) -> None:
    found = entry_of(Service("s", "Service", application_process=text))
    assert (found.value, found.sentence) == (entry, text)


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("Apply by phone. Appointment necessary", YES),
        ("Call for an appointment", YES),
        ("Must call to make an appointment", YES),
        ("By appointment only", YES),
        ("Call for a screening appointment", YES),
        ("Make an appointment", YES),
        ("Walk in", NO),
        ("No appointment is needed", NO),
        ("Walk in or call for an appointment", NO),
        ("Walk in. Appointment required for some services", UNKNOWN),
        ("Apply by phone. Appointment preferred", UNKNOWN),
        ("Appointment necessary for counselling", UNKNOWN),
        ("Must call to make an appointment\n\nWalk-ins accepted", UNKNOWN),
        ("Call for information", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_an_appointment_is_needed_or_not_or_left_open(text: str, needed: Answer) -> None:
    found = appointment_rule(Service("s", "Service", application_process=text))
    assert (found.value, found.sentence) == (needed, "" if needed is UNKNOWN else text)


@pytest.mark.parametrize(
    ("name", "said", "unknown"), [("miami-open211", 4080, 900), ("dc-community-resources", 976, 100), ("san-mateo-cip", 1411, 90)]
)
def test_the_way_in_is_known_for_most_who_say_it(name: str, said: int, unknown: int) -> None:
    texts = (
        [service.application_process for service in read(name)]
        if name.startswith("san")
        else [row["application_process"] for row in table(f"{name}/data/services.csv")]
    )
    found = [read_entry(text) for text in texts if text.strip()]
    assert len(found) == said
    assert found.count(Entry.UNKNOWN) <= unknown
    assert found.count(Entry.REFERRAL) < found.count(Entry.SELF_REFERRAL)


def test_a_part_that_others_are_referred_to_does_not_shut_the_door() -> None:
    assert read_entry("Walk in. School-based services referred by teachers") is Entry.WALK_IN
    assert read_entry("Apply by phone. All services referred by a doctor") is Entry.REFERRAL
    assert read_entry("School-based services referred by teachers") is Entry.REFERRAL
