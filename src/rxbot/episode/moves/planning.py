"""Write a small plan together: one goal and its next step at a time. Nothing is in the plan before the person agrees."""

from dataclasses import replace
from datetime import date, timedelta

from rxbot.dialog.days import day_within
from rxbot.dialog.model import Answer, Answers, Chosen, OnDay
from rxbot.dialog.needs import help_wanted
from rxbot.dialog.plain import plain
from rxbot.episode import phrases, plan_pages, screens, taps
from rxbot.episode.check_ins import to_try
from rxbot.episode.effects import Give, Record
from rxbot.episode.events import StepProposed
from rxbot.episode.fitting import cut
from rxbot.episode.keeping import BEFORE_AGREED, OFFERED
from rxbot.episode.model import Episode, Proposal, Turn
from rxbot.episode.moves.asking import ask_again, ask_next, back_to_the_question, show_plan_to_agree
from rxbot.episode.moves.following_up import say_when_next
from rxbot.episode.moves.guards import MOST_GOALS, day_has_passed, goals_to_replan, has_more
from rxbot.episode.moves.relaying import tell_once_a_day_which_they_read, written_in
from rxbot.episode.moves.renewing import say_what_is_new
from rxbot.episode.moves.telling_clinic import draft_plan_message
from rxbot.message import Day, NearDay, Text, verbatim
from rxbot.plan.model import Action, Goal, Plan

REVIEW_DAYS = 28
ON_A_BUTTON = 30  # letters
KEPT = ("plan.goal", "plan.hope", "plan.importance")  # what stays when only the step is written anew


def offer_plan(turn: Turn) -> None:
    """Ask whether to make a plan, once services were chosen; where none was, say that it can do without."""
    if turn.episode.plan is None:
        yes, later = screens.button(phrases.PLAN_YES, taps.PLAN_BEGIN), screens.button(phrases.PLAN_LATER, taps.PLAN_LATER)
        offer = phrases.PLAN_OFFER() if to_try(turn.episode) else phrases.PLAN_OFFER_ALONE()
        turn.say(offer, buttons=((yes,), (later,), screens.ways_out()[1:]))
        turn.change(plan_offered=True)


def offer_plan_again(turn: Turn) -> None:
    """Another offer came between, and is settled: the plan was offered before it, and nobody has said yes or no to that."""
    if turn.episode.plan_offered:
        offer_plan(turn)


def put_plan_off(turn: Turn) -> None:
    """No plan now; it can be made at any time."""
    turn.change(plan_offered=False)
    turn.say(phrases.PLAN_LATER_SAID(), buttons=(screens.ways_out()[1:],))


def begin_plan(turn: Turn) -> None:
    """Ask about the next goal; what was answered about it before stays, and may be all of it."""
    number = max((goal.number for goal in _goals(turn.episode)), default=0) + 1
    turn.change(plan_offered=False)
    _open_sheet(turn, f"plan-{number}", turn.episode.answers_of(f"plan-{number}"))


def say_day(turn: Turn) -> None:
    """Show which day was understood, when it was just named in words."""
    was = turn.before.answers
    new = (answer.value for asked, answer in turn.episode.answers.items() if answer is not was.get(asked))
    if named := next((value for value in new if isinstance(value, OnDay)), None):
        turn.say(phrases.DAY_NOTED(day=NearDay(named.day)))


def reopen_goal(turn: Turn) -> None:
    """Write the step towards a goal anew; what it is for stays."""
    number, *rest = goals_to_replan(turn)
    plan = turn.episode.plan
    assert plan is not None
    before = turn.episode.answers_of(_sheet_of(turn.episode, number))
    turn.change(replan=tuple(rest))
    _open_sheet(turn, f"plan-{number}-{plan.version + 1}", {asked: before[asked] for asked in KEPT if asked in before})


def reopen_step(turn: Turn) -> None:
    """The person does not agree yet: ask for the step once more."""
    kept = {asked: answer for asked, answer in turn.episode.answers.items() if asked in KEPT}
    _open_sheet(turn, turn.episode.sheet, kept)


def take_goal_in(turn: Turn) -> None:
    """Put the goal agreed to into the plan, as a new version."""
    goal = plan_pages.goal_of(turn.episode, turn.content, turn.episode.sheet)
    turn.change(plans=(*turn.episode.plans, _with(turn, goal)), sheet="", asked="")
    turn.do(Record("goal_agreed", {"domain": goal.domain, "version": str(len(turn.episode.plans))}))


def hand_plan_over(turn: Turn) -> None:
    """Give the person their plan to keep; let the team and, if they may, the clinic know."""
    plan = turn.episode.plan
    assert plan is not None
    turn.say(phrases.PLAN_AGREED(), *plan_pages.message_of(plan))
    give_plan(turn)
    turn.do(Record("plan_agreed", {"version": str(plan.version), "goals": str(len(plan.active))}))
    if turn.episode.in_touch and turn.episode.shares:
        told = (phrases.PLAN_IN_TOPIC(), *plan_pages.message_about(plan))
        turn.say(*told, to="topic", urgency="relay")
    draft_plan_message(turn)
    if _knows_when_next(turn):
        turn.say(phrases.PLAN_ALL_FOR_NOW(), buttons=(screens.ways_out()[1:],))
    else:
        say_when_next(turn)


def _knows_when_next(turn: Turn) -> bool:
    """On the day of the review the day of the first check-in was said with the services."""
    scheme, reviewed = turn.content.scheme, turn.episode.reviewed_at
    today = reviewed is not None and scheme.day(reviewed) == scheme.day(turn.event.at)
    return today and turn.episode.safe_to_write_to


def give_plan(turn: Turn) -> None:
    """Hand over the plan as a page and as days for a calendar."""
    plan = turn.episode.plan
    assert plan is not None
    say_what_is_new(turn)
    calendar = plan_pages.calendar_of(plan, turn.episode, turn.content)
    turn.do(Give("person", plan_pages.page_of(plan, turn.episode, turn.content), phrases.PLAN_FILE()))
    if calendar.entries:
        turn.do(Give("person", calendar, phrases.PLAN_CALENDAR()))


def show_plan(turn: Turn) -> None:
    """Show the plan with a button to change each goal, or say how to begin one."""
    plan = turn.episode.plan
    if plan is None:
        begin = ((screens.button(phrases.PLAN_MAKE, taps.PLAN_BEGIN),),) if turn.state in OFFERED else ()
        turn.say(_no_plan(turn), buttons=(*begin, screens.ways_out()[1:]))
        return
    changes = tuple(
        (screens.button(phrases.PLAN_CHANGE_GOAL, taps.goal(g.number), goal=cut(g.what, ON_A_BUTTON)),) for g in plan.active
    )
    more = ((screens.button(phrases.PLAN_ADD, taps.PLAN_BEGIN),),) if len(plan.active) < MOST_GOALS else ()
    may_change = turn.state in ("choosing_services", "following_up", "planning")  # else another question is open
    turn.say(*plan_pages.message_of(plan), buttons=(*((*changes, *more) if may_change else ()), screens.ways_out()[1:]))
    give_plan(turn)
    if not may_change:
        back_to_the_question(turn)


def _no_plan(turn: Turn) -> Text:
    """Say that there is no plan, and how one comes about from here."""
    if turn.state in OFFERED:
        return phrases.PLAN_NONE_MAKE(make=phrases.PLAN_MAKE())
    if turn.state == "planning":
        return phrases.PLAN_BEING_MADE()
    if turn.state in (*BEFORE_AGREED, "asking_eligibility"):
        return phrases.PLAN_NONE_FIRST()
    return phrases.PLAN_NONE()


def propose_step(turn: Turn) -> None:
    """Ask the person whether a step that a worker suggests may stand in their plan."""
    event, plan = turn.event, turn.episode.plan
    assert isinstance(event, StepProposed)
    goal = next((goal for goal in plan.active if goal.number == event.goal), None) if plan else None
    if goal is None:
        turn.say(phrases.STEP_NO_SUCH_GOAL(number=event.goal), to="topic", urgency="relay")
        return
    yes = screens.button(phrases.PLAN_PROPOSAL_YES, taps.PROPOSAL_YES)
    no = screens.button(phrases.PLAN_PROPOSAL_NO, taps.PROPOSAL_NO)
    said = phrases.PLAN_PROPOSED(worker=event.worker, step=verbatim(event.step))
    instead = phrases.PLAN_PROPOSED_INSTEAD(step=goal.action.what)
    day = _day_suggested(turn, event.step)
    when = (phrases.PLAN_SHOW_DAY(day=NearDay(day)),) if day else ()
    turn.say(phrases.STEP_ASKED_ON(day=Day(day)) if day else phrases.STEP_ASKED(), to="topic", urgency="relay")
    tell_once_a_day_which_they_read(turn)
    wait = turn.say(said, *written_in(turn, event.worker), *when, instead, buttons=((yes,), (no,)), urgency="relay")
    turn.change(proposal=Proposal(event.goal, event.step, wait, day))


def _day_suggested(turn: Turn, step: str) -> date | None:
    """Read the day in a worker's words, which are in the team's language."""
    content = turn.content
    return day_within(step, content.scheme.day(turn.event.at), content.lexicons[content.scheme.team_language].days)


def take_proposal(turn: Turn) -> None:
    """The person agrees to the worker's suggestion: a new step, of which only the day may be known, in a new version of it."""
    proposal, plan = turn.episode.proposal, turn.episode.plan
    assert proposal is not None
    assert plan is not None
    goal = next(goal for goal in plan.goals if goal.number == proposal.goal)
    step = Action(
        phrases.WORKERS_STEP(words=proposal.step), by="worker", day=proposal.day, service=_service_named(turn, proposal.step)
    )
    taken = replace(goal, status="active", action=step)
    turn.change(
        proposal=None,
        plans=(*turn.episode.plans, plan.with_goal(taken, turn.event.at, "worker")),
        replan=tuple(number for number in turn.episode.replan if number != goal.number),
    )
    hand_plan_over(turn)


def _service_named(turn: Turn, step: str) -> str:
    """Give the service whose name stands in a worker's words, so that it is not asked about once more by itself."""
    named = (offer.service for offer in turn.episode.offers if plain(offer.name) in plain(step))
    return next(named, "")


def leave_proposal(turn: Turn) -> None:
    """The person keeps their plan as it is."""
    turn.change(proposal=None)
    turn.say(phrases.PLAN_PROPOSAL_LEFT())
    turn.say(phrases.STEP_NOT_TAKEN(), to="topic", urgency="relay")
    ask_again(turn)


def _open_sheet(turn: Turn, sheet: str, answers: Answers) -> None:
    """Open the questions about a goal, with the parts of life the person wants help with filled in."""
    intake = turn.content.dialogs["intake"]
    parts = help_wanted(intake, turn.episode.answers_of("intake")) or _all_parts(turn)
    given = Answer(Chosen(parts), turn.event.at, "", turn.episode.language, turn.content.release, "", "given")
    turn.change(sheets={**turn.episode.sheets, sheet: {**answers, "parts": given}}, sheet=sheet, asked="", picking=None)
    if day_has_passed(turn):
        ask_day_anew(turn)
    elif has_more(turn):
        ask_next(turn)
    else:
        show_plan_to_agree(turn)


def ask_day_anew(turn: Turn) -> None:
    """Ask for another day: this one went by before they agreed to it. All else stays as they said it."""
    answers = {asked: answer for asked, answer in turn.episode.answers.items() if asked != plan_pages.DAY}
    turn.change(sheets={**turn.episode.sheets, turn.episode.sheet: answers}, asked="")
    ask_next(turn)


def _all_parts(turn: Turn) -> tuple[str, ...]:
    question = turn.content.dialogs["plan"].question("plan.goal")
    return tuple(o.id for o in question.options if not o.alone) if question else ()


def _sheet_of(episode: Episode, number: int) -> str:
    """Name the sheet a goal was last written on."""
    return [sheet for sheet in episode.sheets if sheet.split("-")[:2] == ["plan", str(number)]][-1]


def _with(turn: Turn, goal: Goal) -> Plan:
    plan, at = turn.episode.plan, turn.event.at
    if plan and any(one.number == goal.number for one in plan.goals):
        return plan.with_goal(goal, at, "person")
    return Plan(
        version=plan.version + 1 if plan else 1,
        agreed_at=at,
        review_on=turn.content.scheme.day(turn.episode.reviewed_at or at) + timedelta(days=REVIEW_DAYS),
        strengths=plan_pages.strengths_of(turn.episode, turn.content),
        goals=(*_goals(turn.episode), goal),
    )


def _goals(episode: Episode) -> tuple[Goal, ...]:
    return episode.plan.goals if episode.plan else ()
