"""The plan as the person sees it: a message, one page to keep, and its days for a calendar. Built from what they said."""

from collections.abc import Iterator
from datetime import date, timedelta

from rxbot.dialog.model import Answer, Chosen, OnDay, Question, Words
from rxbot.dialog.path import answered
from rxbot.episode import phrases
from rxbot.episode.content import Content
from rxbot.episode.model import Episode, Turn, dialog_for
from rxbot.episode.tongues import as_read
from rxbot.message import BLANK, Day, Listed, NearDay, Phrase, Text, verbatim
from rxbot.paper import Calendar, CalendarEntry, Page, Section
from rxbot.plan.model import Action, Goal, Plan

STATUS = {
    "planned": phrases.STATUS_PLANNED,
    "in_progress": phrases.STATUS_IN_PROGRESS,
    "done": phrases.STATUS_DONE,
    "on_hold": phrases.STATUS_ON_HOLD,
    "cancelled": phrases.STATUS_CANCELLED,
}
DAY, FIRST_STEP = "plan.day", "plan.step"
SURE_OF = {"plan.smallest": "", "plan.smaller": "plan.confidence_again", FIRST_STEP: "plan.confidence"}
"""The steps, the smallest first, each with the question how sure the person is of it; of the smallest nobody asks."""
OTHER, NOTHING = "other", "nothing"  # options that are no hope and no obstacle of their own


def goal_of(episode: Episode, content: Content, sheet: str) -> Goal:
    """Read a goal and its step off the sheet it was asked on. How sure they are is about the step that stands."""
    dialog = dialog_for(sheet, episode, content)
    answers = {q.id: answer for q, answer in answered(dialog, episode.answers_of(sheet))}
    questions = {q.id: q for q in dialog.questions}

    def told(question_id: str) -> Text | None:
        answer = answers.get(question_id)
        return words_of(questions[question_id], answer) if answer else None

    def picked(question_id: str) -> str:
        answer = answers.get(question_id)
        return "".join(answer.chosen[:1]) if answer else ""

    step = next(one for one in SURE_OF if one in answers)
    in_the_way = picked("plan.obstacle") != NOTHING
    obstacle = told("plan.obstacle") if in_the_way else None
    way_round = told("plan.way_round") if in_the_way else None
    made_smaller = step != FIRST_STEP  # what might have got in the way of the bigger step says nothing of this one
    first = Action(told(FIRST_STEP) or phrases.PLAN_GOAL_UNNAMED(), obstacle=obstacle, way_round=way_round)
    return Goal(
        number=int(sheet.split("-")[1]),
        domain="" if picked("plan.goal") == OTHER else picked("plan.goal"),
        what=told("plan.hope") or told("plan.goal") or phrases.PLAN_GOAL_UNNAMED(),
        importance=_number(picked("plan.importance")),
        action=Action(
            what=told(step) or phrases.PLAN_GOAL_UNNAMED(),
            who="worker" if picked(step) == "worker" else "person",
            day=_day(questions[DAY], answers.get(DAY), content),
            cue=told("plan.cue"),
            obstacle=None if made_smaller else obstacle,
            way_round=None if made_smaller else way_round,
            confidence=_number(picked(SURE_OF[step])),
            service=_service(episode, picked(FIRST_STEP)),
            bigger=first if made_smaller else None,
        ),
    )


def day_of_step(turn: Turn) -> date | None:
    """Give the day of the step on the open sheet, as far as it was answered."""
    question, answer = turn.find(DAY), turn.episode.answers.get(DAY)
    return _day(question, answer, turn.content) if question and answer else None


def strengths_of(episode: Episode, content: Content) -> tuple[Text, ...]:
    """Say what the person is good at."""
    question, answer = content.dialogs["intake"].question("strengths"), episode.answers_of("intake").get("strengths")
    if question is None or answer is None:
        return ()
    own_words = (verbatim(answer.words),) if answer.words else ()
    return (*(o.text for o in question.options if o.id in answer.chosen), *own_words)


def words_of(question: Question, answer: Answer) -> Text | None:
    """Give an answer as words that may stand in a sentence; nothing when there was none."""
    match answer.value:
        case Chosen(options, words):
            labels = (*(o.text for o in question.options if o.id in options), *((verbatim(words),) if words else ()))
            return labels[0] if len(labels) == 1 else Text("listed", {"items": Listed(labels)})
        case Words(words):
            return verbatim(words)
        case _:
            return None


def lines_of(goal: Goal, *, status: bool = False) -> tuple[Text, ...]:
    """Show one goal and its step, one fact a line."""
    action = goal.action
    return tuple(
        filter(
            None,
            (
                phrases.PLAN_SHOW_GOAL(goal=goal.what),
                phrases.PLAN_SHOW_IF(cue=action.cue, step=action.what)
                if action.cue
                else phrases.PLAN_SHOW_STEP(step=action.what),
                phrases.PLAN_SHOW_DAY(day=NearDay(action.day)) if action.day else None,
                phrases.PLAN_SHOW_BIGGER(step=action.bigger.what) if action.bigger else None,
                _obstacle(action.bigger or action, phrases.PLAN_SHOW_OBSTACLE, phrases.PLAN_SHOW_OBSTACLE_ALONE),
                phrases.PLAN_SHOW_IMPORTANCE(n=goal.importance) if goal.importance is not None else None,
                phrases.PLAN_SHOW_CONFIDENCE(n=action.confidence) if action.confidence is not None else None,
                phrases.PLAN_SHOW_STATUS(status=STATUS[action.status]()) if status else None,
            ),
        )
    )


def message_of(plan: Plan) -> tuple[Text, ...]:
    """Show the whole plan in a message."""
    return tuple(line for goal in plan.goals for line in (*lines_of(goal, status=True), BLANK))[:-1]


def lines_about(goal: Goal) -> tuple[Text, ...]:
    """Tell of one goal and its step to somebody who works with the person; what the person said stands in quotes."""
    action = goal.action
    return tuple(
        filter(
            None,
            (
                phrases.PLAN_TOLD_GOAL(goal=goal.what),
                _step_told(action),
                phrases.PLAN_TOLD_CUE(cue=action.cue) if action.cue else None,
                _obstacle(action, phrases.PLAN_TOLD_OBSTACLE, phrases.PLAN_TOLD_OBSTACLE_ALONE),
                phrases.PLAN_TOLD_IMPORTANCE(n=goal.importance) if goal.importance is not None else None,
                phrases.PLAN_TOLD_CONFIDENCE(n=action.confidence) if action.confidence is not None else None,
                *_bigger(action),
                phrases.PLAN_SHOW_STATUS(status=STATUS[action.status]()),
            ),
        )
    )


def lines_at_end(goal: Goal, *, with_step: bool) -> tuple[Text, ...]:
    """Tell of one goal when the support ends, and of its step where it is told of nowhere else."""
    step = (_step_told(goal.action), phrases.PLAN_SHOW_STATUS(status=STATUS[goal.action.status]())) if with_step else ()
    return (phrases.PLAN_TOLD_GOAL(goal=goal.what), *step)


def _step_told(action: Action) -> Text:
    step, step_on = (
        (phrases.PLAN_TOLD_STEP_SUGGESTED, phrases.PLAN_TOLD_STEP_SUGGESTED_ON)
        if action.by == "worker"
        else (phrases.PLAN_TOLD_STEP, phrases.PLAN_TOLD_STEP_ON)
    )
    return step_on(step=action.what, day=Day(action.day)) if action.day else step(step=action.what)


def step_in_brief(goal: Goal) -> Text:
    """Tell of one goal and its step in a line."""
    step, status = goal.action, STATUS[goal.action.status]()
    if step.day and step.status == "planned":
        return phrases.BRIEF_STEP_ON(goal=goal.what, step=step.what, day=Day(step.day), status=status)
    return phrases.BRIEF_STEP(goal=goal.what, step=step.what, status=status)


def message_about(plan: Plan) -> tuple[Text, ...]:
    """Tell of the whole plan in a message to somebody who works with the person."""
    return tuple(line for goal in plan.goals for line in (*lines_about(goal), BLANK))[:-1]


def page_of(plan: Plan, episode: Episode, content: Content) -> Page:
    """Give the plan on one page, with the places to go to, every day that is agreed, and how to reach us."""
    places = tuple(_places(episode))
    agreed = Day(content.scheme.day(plan.agreed_at))
    return Page(
        "plan",
        phrases.PLAN_TITLE(),
        (
            *((Section(phrases.PLAN_STRENGTHS(), plan.strengths),) if plan.strengths else ()),
            *(
                Section(
                    phrases.PLAN_GOAL_HEAD(number=number) if len(plan.goals) > 1 else phrases.PLAN_ONE_GOAL(),
                    as_read(lines_of(goal, status=True), episode.language, content.scheme.team_language),
                )
                for number, goal in enumerate(plan.goals, 1)
            ),
            *((Section(phrases.PLAN_PLACES(), places),) if places else ()),
            Section(
                phrases.PLAN_DATES(),
                as_read(tuple(_days(plan, episode, content)), episode.language, content.scheme.team_language),
            ),
        ),
        (
            phrases.PLAN_REACH(person=phrases.PERSON()),
            phrases.IF_IN_DANGER(number=content.emergency.number),
            phrases.PLAN_VERSION(version=plan.version, day=agreed),
        ),
    )


def _places(episode: Episode) -> Iterator[Text]:
    """Name what they want to try and where a worker sent them, with the number to ring, where it is and when it is open."""
    visits = {(offer.name, offer.phone): offer.visit for offer in episode.offers if offer.wanted}
    named = ((signpost.name, signpost.phone) for signpost in episode.signposts)
    for name, phone in dict.fromkeys((*visits, *named)):
        yield phrases.PLAN_PLACE(name=name, phone=phone) if phone else verbatim(name)
        yield from visits.get((name, phone), ())


def _days(plan: Plan, episode: Episode, content: Content) -> Iterator[Text]:
    """Give the same days as the calendar, in order of time."""
    steps = tuple((goal.action.day, goal.action.what) for goal in plan.active if goal.action.day)
    asked = tuple((day, phrases.PLAN_ASK_DAY()) for day in _check_in_days(plan, episode, content) if day != plan.review_on)
    days = (*steps, *(asked if episode.safe_to_write_to else ()), (plan.review_on, phrases.PLAN_REVIEW_DAY()))
    for day, what in sorted(days, key=lambda one: one[0]):
        yield phrases.PLAN_STEP_DAY(day=Day(day), step=what)


def _check_in_days(plan: Plan, episode: Episode, content: Content) -> tuple[date, ...]:
    """Give the days after this version on which we ask how it is going."""
    start = content.scheme.day(episode.reviewed_at or plan.agreed_at)
    days = (start + timedelta(days=days) for days in content.scheme.check_in_days)
    return tuple(day for day in days if day > content.scheme.day(plan.agreed_at))


def calendar_of(plan: Plan, episode: Episode, content: Content) -> Calendar:
    """Give the days of the steps and of the check-ins. Others may see a calendar: a title says nothing of what it is about."""
    asked = phrases.ASK_DAY(scheme=content.scheme.name)
    return Calendar(
        "plan",
        (
            *(
                CalendarEntry(f"{episode.id}-step-{goal.number}", goal.action.day, phrases.STEP_DAY(), goal.action.what)
                for goal in plan.active
                if goal.action.day
            ),
            *_taken_out(plan, episode, content),
            *(
                CalendarEntry(
                    f"{episode.id}-day-{day:%Y%m%d}",
                    day,
                    asked,
                    (phrases.PLAN_REVIEW_ON if day == plan.review_on else phrases.ASKING_AGAIN_ON)(day=NearDay(day)),
                )
                for day in _check_in_days(plan, episode, content)
                if episode.safe_to_write_to
            ),
        ),
        plan.version,
    )


def _taken_out(plan: Plan, episode: Episode, content: Content) -> Iterator[CalendarEntry]:
    """Give the days to come of steps that stood in a calendar given before, and stand in the plan no more."""
    dated = {goal.number for goal in plan.active if goal.action.day}
    today = content.scheme.day(plan.agreed_at)
    last = {goal.number: goal.action for one in episode.plans for goal in one.active if goal.action.day}
    for number, step in last.items():
        if number not in dated and step.day and step.day >= today:
            yield CalendarEntry(f"{episode.id}-step-{number}", step.day, phrases.STEP_DAY(), step.what, cancelled=True)


def _obstacle(action: Action, with_way_round: Phrase, alone: Phrase) -> Text | None:
    """Say what may get in the way, with what they do then where they have said it."""
    if action.obstacle is None:
        return None
    if action.way_round is None:
        return alone(obstacle=action.obstacle)
    return with_way_round(obstacle=action.obstacle, way_round=action.way_round)


def _bigger(action: Action) -> tuple[Text | None, ...]:
    """Tell of the step that was too big for now, and of what may get in its way: there a worker can help.

    The person's own plan holds both too, since what they do then is a promise to themselves.
    """
    if action.bigger is None:
        return ()
    obstacle = _obstacle(action.bigger, phrases.PLAN_TOLD_OBSTACLE, phrases.PLAN_TOLD_OBSTACLE_ALONE)
    return (phrases.PLAN_TOLD_BIGGER(step=action.bigger.what), obstacle)


def _day(question: Question, answer: Answer | None, content: Content) -> date | None:
    """Give the day that was named, or the one that was so many days off when it was picked."""
    if answer and isinstance(answer.value, OnDay):
        return answer.value.day
    option = question.option("".join(answer.chosen[:1])) if answer else None
    return content.scheme.day(answer.at) + timedelta(days=option.days) if answer and option and option.days else None


def _number(picked: str) -> int | None:
    return int(picked) if picked.isdecimal() else None


def _service(episode: Episode, picked: str) -> str:
    number = picked.removeprefix("s")
    return episode.offers[int(number) - 1].service if picked.startswith("s") and number.isdecimal() else ""
