"""Messages back to a clinic as rows: sealed, one for an occasion until it is read, and gone with the person."""

from datetime import timedelta

import pytest
from store_acts import NOW, begin, in_files

from rxbot.message import verbatim
from rxbot.report.message import ClinicMessage, Occasion, Part
from rxbot.store import clinic_messages, invitations
from rxbot.store.clinic_messages import Filed
from rxbot.store.erase import erase_person, finish_erasures
from rxbot.store.invitations import Invitation, Private
from rxbot.store.unit import Store, Unit

HOUR = timedelta(hours=1)


def told(words: str, occasion: Occasion = "plan", urgent: bool = False) -> ClinicMessage:
    actions, risks = Part("actions", (verbatim(words),)), Part("risks", (verbatim("none known"),))
    return ClinicMessage(occasion, (actions, risks), urgent, held_back=("scores",))


def put(unit: Unit, n: int, message: ClinicMessage, later: int = 0) -> None:
    clinic_messages.put(unit, f"e{n}", "harbour", message, NOW + later * HOUR, f"p{n}")


def words_of(found: list[Filed]) -> list[str]:
    return [str(one.message.parts[0].lines[0].values["words"]) for one in found]


def unread(unit: Unit, clinic: str = "harbour") -> list[str]:
    return words_of(clinic_messages.unread_of_clinic(unit, clinic, 9))


@pytest.fixture
def opened(store: Store) -> Store:
    """Two people came by a link of the clinic's, one of them with a reference; a third by none."""
    with store.begin() as unit:
        for n, reference in ((1, "REF 7"), (2, "")):
            link = Invitation(f"i{n}", f"e{n}", "harbour", "", "", NOW, NOW, None, "opened", Private(f"t{n}", reference, f"c{n}"))
            invitations.make(unit, link, "command")
            begin(unit, f"p{n}", f"700000000{n}", f"e{n}")
            invitations.opened(unit, link, f"p{n}", NOW)
        begin(unit, "p3", "7000000003", "e3")
    return store


def test_a_message_is_found_by_its_clinic_with_the_link_and_reference(opened: Store) -> None:
    message = told("ring her", urgent=True)
    with opened.begin() as unit:
        put(unit, 1, message)
    with opened.begin() as unit:
        [one] = clinic_messages.of_episode(unit, "harbour", "e1")
        assert one == Filed(one.id, "e1", "i1", "REF 7", NOW, None, message)
        assert clinic_messages.by_id(unit, "harbour", one.id) == one
        assert clinic_messages.by_id(unit, "lantern", one.id) is None
        assert clinic_messages.by_id(unit, "harbour", "other") is None
        assert clinic_messages.of_episode(unit, "lantern", "e1") == []
        assert clinic_messages.of_episode(unit, "harbour", "e2") == []
        assert (clinic_messages.unread_count(unit, "harbour"), clinic_messages.unread_count(unit, "lantern")) == (1, 0)
        assert unread(unit, "lantern") == []


def test_nothing_of_it_lies_in_clear(opened: Store) -> None:
    with opened.begin() as unit:
        put(unit, 1, told("ring her soon"))
    assert in_files(opened, "harbour")
    assert not in_files(opened, "ring her soon")


def test_a_person_without_a_link_is_told_of_too(opened: Store) -> None:
    with opened.begin() as unit:
        put(unit, 3, told("self-started"))
        [one] = clinic_messages.unread_of_clinic(unit, "harbour", 9)
        assert (one.invitation_id, one.reference) == (None, "")


def test_urgent_ones_come_first_then_the_newest_and_no_more_than_asked_for(opened: Store) -> None:
    with opened.begin() as unit:
        put(unit, 1, told("plan"))
        put(unit, 1, told("back", "referral_back", urgent=True), 1)
        put(unit, 2, told("plan of another"), 2)
        put(unit, 2, told("closing", "closing"), 3)
        assert unread(unit) == ["back", "closing", "plan of another", "plan"]
        assert words_of(clinic_messages.unread_of_clinic(unit, "harbour", 2)) == ["back", "closing"]
        assert clinic_messages.unread_count(unit, "harbour") == 4


def test_a_message_is_read_once_and_stays_with_its_link(opened: Store) -> None:
    with opened.begin() as unit:
        put(unit, 1, told("plan"))
        [one] = clinic_messages.unread_of_clinic(unit, "harbour", 9)
        clinic_messages.acknowledge(unit, "lantern", one.id, NOW, "x")
        assert unread(unit) == ["plan"], "another clinic cannot read it away"
        for hours in (1, 2):
            clinic_messages.acknowledge(unit, "harbour", one.id, NOW + hours * HOUR, "clinic page")
        assert (unread(unit), clinic_messages.unread_count(unit, "harbour")) == ([], 0)
        [kept] = clinic_messages.of_episode(unit, "harbour", "e1")
        assert (kept.id, kept.acknowledged_at) == (one.id, NOW + HOUR)


def test_a_newer_message_of_the_same_occasion_takes_the_place_of_an_unread_one(opened: Store) -> None:
    with opened.begin() as unit:
        put(unit, 1, told("first plan"))
        put(unit, 1, told("end", "closing"), 1)
        put(unit, 2, told("plan of another"), 2)
        put(unit, 1, told("second plan"), 3)
        assert unread(unit) == ["second plan", "plan of another", "end"]
        for one in clinic_messages.unread_of_clinic(unit, "harbour", 9):
            clinic_messages.acknowledge(unit, "harbour", one.id, NOW, "clinic page")
        put(unit, 1, told("third plan"), 4)
        assert words_of(clinic_messages.of_episode(unit, "harbour", "e1")) == ["third plan", "second plan", "end"]


def test_something_urgent_is_never_hidden_by_something_plain(opened: Store) -> None:
    with opened.begin() as unit:
        put(unit, 1, told("a cough", "referral_back"))
        put(unit, 1, told("chest pain", "referral_back", urgent=True), 1)
        put(unit, 1, told("a rash", "referral_back"), 2)
        assert unread(unit) == ["chest pain", "a rash"]
        put(unit, 1, told("chest pain again", "referral_back", urgent=True), 3)
        assert unread(unit) == ["chest pain again"]


def test_erasing_a_person_removes_theirs_and_leaves_the_others(opened: Store) -> None:
    with opened.begin() as unit:
        put(unit, 1, told("theirs"))
        put(unit, 2, told("another's"))
        erase_person(unit, "p1", NOW)
    finish_erasures(opened, NOW)
    with opened.begin() as unit:
        assert unread(unit) == ["another's"]
        assert clinic_messages.of_episode(unit, "harbour", "e1") == []
