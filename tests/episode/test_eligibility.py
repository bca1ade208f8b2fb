"""Before services are shown: what they depend on is asked, one fact at a time, and never held against anybody."""

from dataclasses import replace
from datetime import timedelta

import pytest
from walking import MONDAY, Walk, asked_more, check_in, service

from rxbot.content.load import Release
from rxbot.directory.model import Place
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.turning import Fact
from rxbot.directory.search import Must, Search
from rxbot.episode import brief, screens
from rxbot.episode.content import Content
from rxbot.episode.effects import FindServices, SetTimer
from rxbot.episode.events import CheckInDue, LinkOpened

ELSEWHERE = Place(53.2, 0.3, "Northfields")


def walk(release: Release, *facts: Fact) -> Walk:
    return asked_more(Walk(release.content), *facts)


def searched(one: Walk) -> Search:
    [effect] = one.did(FindServices)
    assert isinstance(effect, FindServices)
    return effect.searches[0][1]


def without(content: Content, *questions: str) -> Content:
    """Give the content as an author leaves it who took these questions out."""
    page = content.dialogs["eligibility"]
    kept = replace(page, questions=tuple(q for q in page.questions if q.id not in questions))
    return replace(content, dialogs={**content.dialogs, "eligibility": kept})


def test_a_link_worker_is_called_before_the_first_question_and_only_once(release: Release) -> None:
    one = walk(release, Fact.CHILDREN, Fact.VETERAN)
    assert one.says() == ["brief_sent", "before_services", "eligibility/children"]
    assert one.episode.in_touch
    one.taps("a:children:yes")
    assert one.says() == ["eligibility/veteran"]
    one.taps("n:veteran:skipped")
    assert one.episode.state == "choosing_services"
    assert not {"brief_sent", "before_services"} & {*one.says()}
    assert one.episode.handoffs == 1


def test_no_more_than_three_questions_are_asked(release: Release) -> None:
    one, asked = walk(release, *Fact), []
    while one.episode.state == "asking_eligibility":
        asked.append(one.episode.asked)
        one.taps(f"n:{one.episode.asked}:skipped")
    assert asked == ["children", "pregnant", "gender"]  # the most telling first
    assert one.episode.offers


def test_a_question_of_which_no_answer_is_likely_stops_nobody(release: Release) -> None:
    page = release.content.dialogs["eligibility"]
    odd = tuple(
        replace(q, options=tuple(replace(o, has=("limited_english",), has_not=()) for o in q.options)) for q in page.questions
    )
    content = replace(release.content, dialogs={**release.content.dialogs, "eligibility": replace(page, questions=odd)})
    assert asked_more(Walk(content), Fact.CHILDREN).says()[-1] == "eligibility/children"


@pytest.mark.parametrize("how", ["skipped", "refused", "unsure"])
def test_no_answer_is_needed_and_none_counts_as_a_no(release: Release, how: str) -> None:
    one = walk(release)
    shown = {button.tap for row in one.all_said()[-1].message.buttons for button in row}
    assert {"n:children:skipped", "n:children:refused", "back", "person", "more"} <= shown
    one.taps(f"n:children:{how}")
    assert "has_children" not in searched(one).known.said_not
    assert one.episode.state == "choosing_services"


def test_each_answer_is_searched_with(release: Release) -> None:
    assert "has_children" in searched(walk(release).taps("a:children:yes")).known.said
    assert "has_children" in searched(walk(release).taps("a:children:no")).known.said_not
    assert searched(walk(release, Fact.GENDER).taps("a:gender:male")).gender is Gender.MALE
    assert searched(walk(release, Fact.STEP_FREE).taps("a:step_free:yes")).must == {Must.STEP_FREE}
    assert searched(walk(release, Fact.STEP_FREE).taps("a:step_free:no")).must == frozenset()
    assert searched(walk(release, Fact.INSURANCE).taps("a:insurance:no")).known.meets(["insured"]).value == "no"
    assert searched(walk(release, Fact.PAPERS).taps("a:papers:no")).known.has <= {"english_speaker", "low_income"}


@pytest.mark.parametrize(
    ("answer", "km", "must"), [("walking", 2.0, set()), ("bus", 8.0, set()), ("home", 5.0, {Must.WITHOUT_GOING})]
)
def test_how_far_they_go_is_asked_of_whoever_said_where_they_live(
    release: Release, answer: str, km: float, must: set[Must]
) -> None:
    one = Walk(release.content, places=(ELSEWHERE,), depends_on=(Fact.TRAVEL,))
    one.consents().answers("food").types("Northfields").taps("a:contact.when:any", "n:words:skipped", "right")
    assert one.episode.asked == "travel"
    found = searched(one.taps(f"a:travel:{answer}"))
    assert (found.reach_km, found.must) == (km if answer != "home" else release.content.scheme.reach_km, must)
    assert found.else_km == max(2 * found.reach_km, release.content.scheme.reach_km)  # rather far than nothing
    assert walk(release, Fact.TRAVEL).episode.state == "choosing_services"  # near the clinic is not near home


def test_back_leads_to_the_fact_before_and_no_further(release: Release) -> None:
    one = walk(release, Fact.CHILDREN, Fact.VETERAN).taps("a:children:yes", "back")
    assert one.episode.asked == "children"
    one.taps("back")
    assert (one.episode.state, one.episode.asked) == ("asking_eligibility", "children")
    one.taps("a:children:no")
    assert one.episode.asked == "veteran"
    assert one.episode.answers["children"].chosen == ("no",)


def test_an_earlier_fact_is_corrected_by_its_old_button(release: Release) -> None:
    one = walk(release, Fact.CHILDREN, Fact.VETERAN).taps("a:children:yes", "a:children:no")
    assert one.says() == ["changed", "eligibility/veteran"]
    assert one.episode.answers["children"].chosen == ("no",)


def test_answers_stand_in_the_brief_and_among_what_we_know_and_can_be_changed(release: Release) -> None:
    one = walk(release).taps("a:children:yes")
    told = [line.values["question"].id for line in brief.lines(one.episode, release.content) if line.id == "brief_answer"]  # type: ignore[union-attr]
    assert "eligibility/children:label" in told
    assert "children" in [q.id for q, _ in screens.reviewed(one.episode, release.content)]
    one.taps("more", "my_data", "change", "c:children", "a:children:no")
    assert one.says() == ["changed", "services_foot", "look_again_ask"]
    assert "has_children" in searched(one.taps("look")).known.said_not


def test_another_answer_is_changed_while_a_fact_is_open(release: Release) -> None:
    one = walk(release).taps("more", "my_data", "change", "c:contact.when", "a:contact.when:evening")
    assert (one.episode.state, one.episode.sheet, one.episode.asked) == ("asking_eligibility", "eligibility", "children")
    assert one.says() == ["changed", "eligibility/children"]


def test_who_looks_again_is_asked_one_thing_more_and_nothing_twice(release: Release) -> None:
    one = walk(release).taps("a:children:yes", "chosen", "more", "my_data", "change", "c:place", "p:0")
    one.depends_on = (Fact.CHILDREN, Fact.VETERAN, Fact.GENDER)
    one.taps("c:children", "a:children:no", "look")
    assert one.says() == ["before_services", "eligibility/veteran"]
    one.taps("a:veteran:no")
    assert one.episode.state == "choosing_services"
    assert one.episode.handoffs == 1
    one.taps("c:children", "a:children:yes", "look")
    assert one.says() == ["before_services", "eligibility/gender"]


def test_another_service_is_looked_for_in_its_part_of_life_after_a_question_too(release: Release) -> None:
    one = check_in(Walk(release.content).consents().reviews("food", "money").taps("right", "s:1:1", "chosen"))
    one.depends_on, one.found = (Fact.VETERAN,), (service(9),)
    one.taps("a:check_in.how:could_not", "a:check_in.barrier:full", "a:check_in.next:other")
    assert one.says()[-2:] == ["before_services", "eligibility/veteran"]
    one.taps("a:veteran:yes")
    [effect] = one.did(FindServices)
    assert isinstance(effect, FindServices)
    assert [domain for domain, _ in effect.searches] == [one.episode.offers[0].domain]
    assert "veteran" in effect.searches[0][1].known.said
    assert one.episode.offers[-1].service == "k9"


def test_of_what_is_intimate_one_thing_is_asked_in_one_go(release: Release) -> None:
    one = walk(release, Fact.INCOME, Fact.PAPERS, Fact.PREGNANT, Fact.VETERAN).taps("n:income:refused")
    assert one.episode.asked == "veteran"
    one.taps("a:veteran:no")
    assert one.episode.state == "choosing_services"


def test_a_check_in_waits_while_the_services_were_not_shown(release: Release) -> None:
    one = walk(release).later(days=3).meets(CheckInDue(MONDAY + timedelta(days=3), 3))
    assert one.episode.state == "asking_eligibility"
    assert one.all_said() == []
    assert [effect.kind for effect in one.did(SetTimer) if isinstance(effect, SetTimer)] == ["check_in-3"]


def test_who_stops_at_such_a_question_comes_back_to_it(release: Release) -> None:
    one = walk(release).taps("stop").meets(LinkOpened(MONDAY, "en"))
    assert (one.episode.state, one.episode.asked) == ("asking_eligibility", "children")
    assert one.says() == ["welcome_back", "eligibility/children"]


def test_a_question_that_an_author_took_out_is_not_asked(release: Release) -> None:
    assert asked_more(Walk(without(release.content, "children"))).episode.state == "choosing_services"
    left = asked_more(Walk(without(release.content, "children")), Fact.CHILDREN, Fact.VETERAN)
    assert left.episode.asked == "veteran"
    dialogs = {name: dialog for name, dialog in release.content.dialogs.items() if name != "eligibility"}
    assert asked_more(Walk(replace(release.content, dialogs=dialogs))).episode.state == "choosing_services"


def test_answers_to_a_page_that_is_gone_break_nothing(release: Release) -> None:
    one = walk(release).taps("a:children:yes")
    dialogs = {name: dialog for name, dialog in release.content.dialogs.items() if name != "eligibility"}
    later = Walk(replace(release.content, dialogs=dialogs), one.episode, waits=one.waits).taps("more", "my_data", "change")
    assert later.episode.state == "choosing_services"
    assert "change_which" in later.says()
