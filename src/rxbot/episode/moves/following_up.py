"""Ask again on the days of the scheme, about each step of the plan, at a decent hour; and let every answer change something."""

from dataclasses import replace

from rxbot.dialog.model import Answer, Question
from rxbot.dialog.path import next_question
from rxbot.directory.outcomes import Came
from rxbot.episode import phrases, plan_pages, screens
from rxbot.episode.check_ins import service_asked_about
from rxbot.episode.effects import CountOutcome, DropTimers, Record, SetTimer
from rxbot.episode.events import CheckInDue
from rxbot.episode.measures import change_lines, measured, score_lines
from rxbot.episode.model import BARRIER, GOES_ON, IN_GENERAL, SIGNPOSTED, STEPS, Episode, Turn, dialog_of
from rxbot.episode.moves.asking import ask, ask_again
from rxbot.episode.moves.handing_over import hand_over_silence, hand_over_step, hand_over_unwritten
from rxbot.episode.moves.reporting import report_what_got_in_the_way
from rxbot.message import NearDay, Text
from rxbot.plan.model import ActionStatus, Goal, GoalStatus

MOST_SERVICES = 3  # asked about at one check-in when no goal is left; as many that a worker signposted come on top
HOW = "check_in.how"
UNANSWERED = 2  # check-ins in a row before the link worker is told

BECOMES: dict[str, tuple[ActionStatus, GoalStatus]] = {
    "went": ("done", "active"),
    "part": ("in_progress", "active"),
    "could_not": ("on_hold", "active"),
    "not_for_me": ("cancelled", "dropped"),
    "not_needed": ("cancelled", "dropped"),
    "help": ("on_hold", "active"),
}
"""What an answer makes of the step and of its goal; a step that helped meets its goal."""


def set_check_ins(turn: Turn) -> None:
    """From the review on, ask again on the scheme's days, whatever comes of it."""
    scheme = turn.content.scheme
    start = turn.episode.reviewed_at or turn.event.at
    turn.change(reviewed_at=start)
    for days in scheme.check_in_days:
        due = scheme.in_days(days, start, good_time(turn.episode))
        if due > turn.event.at:
            turn.do(SetTimer(f"check_in-{days}", due, days))


def move_check_ins(turn: Turn) -> None:
    """Somebody likes to be written to at another time of day: those still to come move there."""
    scheme, start, now = turn.content.scheme, turn.episode.reviewed_at, turn.event.at
    before, after = good_time(turn.before), good_time(turn.episode)
    if start is None or before == after or turn.episode.ending:
        return
    for days in scheme.check_in_days:
        if scheme.in_days(days, start, before) > now:
            due = scheme.in_days(days, start, after)
            turn.do(SetTimer(f"check_in-{days}", due if due > now else scheme.in_days(1, now, after), days))


def say_when_next(turn: Turn) -> None:
    asking = _asking_again(turn)
    if asking:
        said = asking if turn.episode.safe_to_write_to else phrases.NUDGE_LATER_SAID()  # we promise no message we will not send
        turn.say(said, buttons=(screens.ways_out()[1:],))


def welcome_back_to_check_ins(turn: Turn) -> None:
    """Greet who had stopped, and say when they are written to: it is on again."""
    asking = _asking_again(turn)
    turn.change(closed="")
    turn.say(phrases.WELCOME_BACK(), *((asking,) if asking and turn.episode.safe_to_write_to else ()))
    ask_again(turn)


def _asking_again(turn: Turn) -> Text | None:
    """Name the day of the next check-in, if one is to come."""
    scheme = turn.content.scheme
    start = turn.episode.reviewed_at or turn.event.at
    dates = (scheme.in_days(days, start, good_time(turn.episode)) for days in scheme.check_in_days)
    due = next((date for date in dates if date > turn.event.at), None)
    return phrases.ASKING_AGAIN_ON(day=NearDay(scheme.day(due))) if due else None


def good_time(episode: Episode) -> str:
    """Name the part of the day at which the person likes to be written to."""
    answer = episode.answers_of("intake").get("contact.when")
    return "".join(answer.chosen) or "any" if answer else "any"


def open_check_in(turn: Turn) -> None:
    """Ask about each open step of the plan, else what they wanted to try, else how things are; on some days the measure too."""
    assert isinstance(turn.event, CheckInDue)
    days = turn.event.days
    left_open = _settle_what_was_open(turn)
    turn.change(suspended=turn.event.suspended, gone=turn.event.gone, full=turn.event.full)
    turn.change(checks=checks_of(turn, days), unanswered=turn.episode.unanswered + 1 if left_open else 0)
    turn.do(Record("check_in_asked", {"days": str(days)}))
    _set_close(turn, days)
    if turn.episode.unanswered >= UNANSWERED:
        hand_over_silence(turn, phrases.CHECK_INS_UNANSWERED(n=turn.episode.unanswered))
    ask_next_check(turn, check_in=True)


def _settle_what_was_open(turn: Turn) -> bool:
    """Take in what was said at a check-in that was not finished, and keep in mind a step that was being written anew.

    Say whether a check-in was left without any answer.
    """
    was_at = turn.before.at
    replan = _goal_being_rewritten(turn) if was_at == "planning" else ()
    silent = was_at == "checking_in" and not turn.episode.answers
    if was_at == "checking_in" and turn.episode.answers and dialog_of(turn.episode.sheet) == "check_in":
        _take_answers(turn, turn.episode.sheet)
    turn.change(replan=tuple(dict.fromkeys((*replan, *turn.episode.replan))))
    return silent


def _goal_being_rewritten(turn: Turn) -> tuple[int, ...]:
    parts = turn.episode.sheet.split("-")
    return (int(parts[1]),) if parts[0] == "plan" and len(parts) > 2 else ()


def _set_close(turn: Turn, days: int) -> None:
    """After the last check-in the support ends some day, when nothing else happens."""
    if days == turn.content.scheme.check_in_days[-1]:
        turn.do(SetTimer("close", turn.content.scheme.in_days(turn.content.scheme.close_after_days, turn.event.at)))


def checks_of(turn: Turn, days: int) -> tuple[str, ...]:
    """Name the sheets to fill in at this check-in. A step that is being written anew cannot have been taken.

    Nor can one whose day has not come; the next check-in asks about it, and the last one about all.
    """
    episode = turn.episode
    today, is_last = turn.content.scheme.day(turn.event.at), days == turn.content.scheme.check_in_days[-1]
    active = {f"g{goal.number}": goal.action for goal in (episode.plan.active if episode.plan else ())}
    steps = {about: step for about, step in active.items() if int(about[1:]) not in episode.replan}
    goals = [about for about, step in steps.items() if is_last or step.day is None or step.day <= today]
    planned = {goal.action.service for plan in episode.plans for goal in plan.goals}
    to_try = (n for n, offer in enumerate(episode.offers, 1) if offer.wanted and not offer.helped)
    services = [f"s{n}" for n in to_try if episode.offers[n - 1].service not in planned]
    chosen = goals or services[:MOST_SERVICES]
    told_of = (sheet.split("-")[2] for sheet, answers in episode.sheets.items() if dialog_of(sheet) == "check_in" and answers)
    signposts = _signposts_to_ask_about(
        episode, {service for one in (*steps, *chosen, *told_of) for service in _service_of(episode, one)}
    )
    about = [*chosen, *signposts[:MOST_SERVICES]] or ["0"]
    own = not episode.chose("intake", "self", "other")
    measure = (f"measure-{days}",) if days in turn.content.scheme.measure_days and own else ()
    return (*(f"check_in-{days}-{one}" for one in about), *measure)


def _service_of(episode: Episode, about: str) -> tuple[str, ...]:
    """Give the services that a sheet of a check-in is about, by its goal or its number among those shown."""
    if about.startswith("s"):
        return (episode.offers[int(about[1:]) - 1].service,)
    return tuple(goal.action.service for plan in episode.plans for goal in plan.goals if about == f"g{goal.number}")


def _signposts_to_ask_about(episode: Episode, asked_about: set[str]) -> list[str]:
    """Name the places a worker signposted that nothing was asked about, now or before, each once."""
    asked = {one.name for one in episode.signposts if one.asked}
    new = {one.name: f"p{n}" for n, one in enumerate(episode.signposts, 1) if not (one.service and one.service in asked_about)}
    return [about for name, about in new.items() if name not in asked]


def ask_next_check(turn: Turn, *, check_in: bool = False) -> None:
    """Open the next sheet of this check-in."""
    sheet = turn.episode.checks[0]
    turn.change(sheet=sheet, asked="", picking=None)
    _note_on_signpost(turn, sheet, asked=True)
    question = next_question(turn.dialog, turn.episode.answers)
    if question:
        ask(turn, question, check_in=check_in)


def take_check(turn: Turn) -> None:
    """Let the answers change the plan, say back what fits them, and tell the topic."""
    sheet, *left = turn.episode.checks
    turn.change(checks=tuple(left), unanswered=0, asked="")
    if dialog_of(sheet) == "measure":
        _show_change(turn)
        return
    say_back(turn)
    tell_of_step_left(turn)
    report_what_got_in_the_way(turn)
    if not any(_replies(question, answer) for question, answer in _answered(turn)):
        turn.say(phrases.CHECKED_IN())
    _take_answers(turn, sheet)


def say_back(turn: Turn) -> None:
    """Say what fits the answer that was given just now, before anything else is asked."""
    for question, answer in _answered(turn):
        if question.id == turn.before.asked and (replies := _replies(question, answer)):
            turn.say(*replies)


def tell_of_step_left(turn: Turn) -> None:
    """A link worker was to do it, and it did not happen: the topic hears so at once, and the person waits for words."""
    goal = _goal_about(turn.episode, turn.episode.sheet)
    if turn.before.asked == HOW and goal and goal.action.is_workers and turn.episode.chose(turn.episode.sheet, HOW, "could_not"):
        hand_over_step(turn, goal.action.what)


def _replies(question: Question, answer: Answer) -> tuple[Text, ...]:
    return tuple(Text(o.reply) for o in question.options if o.reply and o.id in answer.chosen)


def _answered(turn: Turn) -> list[tuple[Question, Answer]]:
    return [(q, turn.episode.answers[q.id]) for q in turn.route if q.id in turn.episode.answers]


def _take_answers(turn: Turn, sheet: str) -> None:
    answers = _answered(turn)
    _change_plan(turn, sheet, answers)
    if turn.episode.in_touch and turn.episode.shares:
        told = tuple(phrases.BRIEF_ANSWER(question=Text(q.label), answer=screens.told(q, answer)) for q, answer in answers)
        days, about = sheet.split("-")[1], screens.subject(turn.episode, sheet)
        turn.say(phrases.CHECK_IN_TOLD(days=days, step=about), *told, to="topic", urgency="relay")


def wait_for_morning(turn: Turn) -> None:
    """Ask when the quiet hours are over."""
    assert isinstance(turn.event, CheckInDue)
    turn.do(SetTimer(f"check_in-{turn.event.days}", turn.content.scheme.waking(turn.event.at), turn.event.days))


def wait_a_day(turn: Turn) -> None:
    """Do not talk over a worker, or a question before the services; try tomorrow.

    Where the next check-in comes by then, that one asks about all of it.
    """
    assert isinstance(turn.event, CheckInDue)
    scheme, days = turn.content.scheme, turn.event.days
    tomorrow = scheme.in_days(1, turn.event.at, good_time(turn.episode))
    following = next((one for one in scheme.check_in_days if one > days), None)
    start = turn.episode.reviewed_at or turn.event.at
    if following and scheme.in_days(following, start, good_time(turn.episode)) <= tomorrow:
        turn.do(Record("check_in_left_out", {"days": str(days)}))
    else:
        turn.do(SetTimer(f"check_in-{days}", tomorrow, days))


def leave_to_worker(turn: Turn) -> None:
    """They asked not to be written to first: the team hears of the check-in instead. The end comes all the same."""
    assert isinstance(turn.event, CheckInDue)
    turn.do(Record("not_written_to"))
    _set_close(turn, turn.event.days)
    hand_over_unwritten(turn)


def end_last_check_in(turn: Turn) -> None:
    """The twelve weeks are over."""
    turn.change(ending="finished")
    turn.do(DropTimers("close"))


def _change_plan(turn: Turn, sheet: str, answers: list[tuple[Question, Answer]]) -> None:
    said = {q.id: answer for q, answer in answers}
    how = "".join(chosen for asked in (IN_GENERAL, SIGNPOSTED, HOW) if asked in said for chosen in said[asked].chosen)
    helped = "".join(said["check_in.helped"].chosen) if "check_in.helped" in said else ""
    then = "".join(chosen for asked in GOES_ON if asked in said for chosen in said[asked].chosen)
    about = sheet.rpartition("-")[2]
    _count_outcome(turn, sheet, how, helped)
    turn.do(Record("checked_in", {"about": sheet, "how": how or "not_said", "next": then}))
    turn.change(look_again=(*(one for one in turn.episode.look_again if one != about), *((about,) if then == "other" else ())))
    if SIGNPOSTED in said:
        _note_on_signpost(turn, sheet, outcome="".join(said[SIGNPOSTED].chosen))
    goal = _goal_about(turn.episode, sheet)
    if goal is None or how not in BECOMES:
        _mark_service(turn, about, how, helped, then)
        return
    barrier = next((plan_pages.words_of(q, answer) for q, answer in answers if q.id == BARRIER), None)
    action, status = BECOMES[how]
    if status == "active" and (helped == "yes" or then == "enough"):
        status = "dropped" if helped == "no" else "met"
    step = replace(goal.action, status=action, barrier=barrier)
    if then == "again":  # the day they had in mind is over
        step = replace(step, status="planned", day=None)
    plan = turn.episode.plan
    assert plan is not None
    others = tuple(number for number in turn.episode.replan if number != goal.number)
    turn.change(
        plans=(*turn.episode.plans, plan.with_goal(replace(goal, status=status, action=step), turn.event.at, "person")),
        replan=(*others, goal.number) if then in STEPS else others,
    )
    if status == "dropped" or (_is_reported(turn, goal.action.service) and then != "again"):
        _take_off(turn, goal.action.service)


WENT = {"went": Came.ATTENDED, "part": Came.ATTENDED, "could_not": Came.NOT_ATTENDED, "not_for_me": Came.DID_NOT_HELP}
HELPED = {"yes": Came.HELPED, "no": Came.DID_NOT_HELP}


def _count_outcome(turn: Turn, sheet: str, how: str, helped: str) -> None:
    """Where a check-in is about a service: count how it went for the service's sake, so that what helps comes first."""
    service = service_asked_about(sheet, turn.episode)
    came = dict.fromkeys(one for one in (WENT.get(how), HELPED.get(helped)) if one)
    turn.do(*(CountOutcome(service, one) for one in came if service))


def _note_on_signpost(turn: Turn, sheet: str, **parts: bool | str) -> None:
    """Where a check-in is about a place that a worker named: note on it that it was asked about, or what was said."""
    about, signposts = sheet.rpartition("-")[2], turn.episode.signposts
    noted = (replace(one, **parts) if about == f"p{n}" else one for n, one in enumerate(signposts, 1))  # type: ignore[arg-type]
    turn.change(signposts=tuple(noted))


def _mark_service(turn: Turn, about: str, how: str, helped: str, then: str) -> None:
    """Where no goal is about it: one that helped is not asked about again, one that is not for them is taken off."""
    if not about.startswith("s"):
        return
    offer = turn.episode.offers[int(about[1:]) - 1]
    left = _is_reported(turn, offer.service) and then not in ("again", "other")  # looking for another one takes it off
    if left or how in ("not_for_me", "not_needed") or (then == "enough" and helped == "no"):
        _take_off(turn, offer.service)
    elif helped == "yes" or then == "enough":
        turn.change(offers=tuple(replace(one, helped=True) if one is offer else one for one in turn.episode.offers))


def _is_reported(turn: Turn, service: str) -> bool:
    """Say whether the person has told that something is wrong with this service."""
    return any(one.service == service and one.reported for one in turn.episode.offers)


def _take_off(turn: Turn, service: str) -> None:
    offers = tuple(replace(one, wanted=False) if one.service == service else one for one in turn.episode.offers)
    turn.change(offers=offers)


def _goal_about(episode: Episode, sheet: str) -> Goal | None:
    about = sheet.rpartition("-")[2]
    goals = episode.plan.goals if episode.plan else ()
    return next((goal for goal in goals if about == f"g{goal.number}"), None)


def _show_change(turn: Turn) -> None:
    """Give a plain picture of what has changed since the first answers."""
    now = measured(turn.episode, turn.content, turn.episode.sheet)
    turn.do(
        Record(
            "measured",
            {
                "instrument": now.instrument,
                "official": str(now.official).lower(),
                "language": now.language,
                "sheet": turn.episode.sheet,
                **{item: str(value) for item, value in now.values.items()},
            },
        )
    )
    lines = change_lines(turn.episode, turn.content, turn.episode.sheet)
    turn.say(*(lines or (phrases.MEASURE_THANKS(),)))
    if turn.episode.in_touch and turn.episode.shares:
        turn.say(phrases.MEASURED_IN_TOPIC(), *score_lines(turn.episode, turn.content), to="topic", urgency="relay")
