"""The plan on one page says what the calendar and the chat say, where to go, and how to reach us."""

from walking import Walk, agree, check_in, planning

from rxbot.content.load import Release
from rxbot.episode import brief
from rxbot.episode.effects import Give
from rxbot.paper import Calendar, Page


def worded(release: Release, page: Page) -> dict[str, list[str]]:
    return {one.head.id: [release.words.text(line, "en") for line in one.lines] for one in page.sections}


def test_page_and_calendar_name_the_same_days(release: Release) -> None:
    walk = agree(planning(Walk(release.content))).taps("agree", "enough")
    page, calendar = (effect.paper for effect in walk.did(Give) if isinstance(effect, Give))
    assert isinstance(page, Page)
    assert isinstance(calendar, Calendar)
    assert worded(release, page)["plan_dates"] == [
        "3 March 2026: Get in touch with Service 1",
        "5 March 2026: I ask how it is going",
        "9 March 2026: I ask how it is going",
        "30 March 2026: We look at this plan together",
        "27 April 2026: I ask how it is going",
        "25 May 2026: I ask how it is going",
    ]
    notes = {entry.day.isoformat(): entry.note.id for entry in calendar.entries}
    assert notes["2026-03-05"] == "asking_again_on"
    assert notes["2026-03-30"] == "plan_review_on"
    assert [day for day, note in notes.items() if note == "plan_review_on"] == ["2026-03-30"]


def test_the_page_has_the_places_their_numbers_and_how_to_reach_us(release: Release) -> None:
    walk = agree(planning(Walk(release.content))).taps("agree", "enough")
    page = next(effect.paper for effect in walk.did(Give) if isinstance(effect, Give) and isinstance(effect.paper, Page))
    said = worded(release, page)
    assert said["plan_places"] == [
        "Service 1: 01632 960001",
        "Where: 1 Quay, Kittersea, KT1",
        "⚪ We do not know when this was last checked",
    ]
    assert "plan_one_goal" in said
    assert [line.id for line in page.foot] == ["plan_reach", "if_in_danger", "plan_version"]


def test_my_plan_offers_one_more_thing_not_a_yes_to_no_question(release: Release) -> None:
    walk = agree(planning(Walk(release.content))).taps("agree", "enough", "plan")
    labels = [b.label.id for say in walk.all_said() for row in say.message.buttons for b in row]
    assert "plan_add" in labels
    assert "plan_yes" not in labels


def test_the_team_reads_which_question_of_a_check_in_was_answered(release: Release) -> None:
    walk = check_in(agree(planning(Walk(release.content))).taps("agree", "enough"))
    walk.taps("a:check_in.how:went", "a:check_in.helped:yes")
    topic = [release.words.label(line, "en") for say in walk.all_said("topic") for line in say.message.lines]
    assert topic == ["Check-in, day 3, Get in touch with Service 1:", "How it went: I did it", "Did it help: Yes"]


def test_a_skipped_question_says_nothing_beside_the_others_in_the_brief(release: Release) -> None:
    walk = Walk(release.content).consents().taps("t:matters:money:1", "d:matters", "a:money.need:yes", "a:money.help:yes")
    walk.taps("n:money.what:skipped", "person")
    said = [release.words.label(line, "en") for line in brief.lines(walk.episode, release.content) if line.id != "brief_head"]
    assert "Money: Yes, wants help" in said
