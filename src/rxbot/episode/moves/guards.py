"""What the rows of the lifecycle ask before they are taken. Each reads as a yes or a no."""

from datetime import timedelta

from rxbot.dialog.needs import flags_raised, help_wanted
from rxbot.dialog.path import next_question, previous_question
from rxbot.dialog.plain import plain
from rxbot.episode.events import NudgeDue, SupportEnded, Typed
from rxbot.episode.model import ELIGIBILITY, GOES_ON, STEPS, Turn, dialog_for
from rxbot.episode.on_screen import lists_lines
from rxbot.episode.plan_pages import day_of_step

MOST_GOALS = 3  # more than that is not a small plan
AT_THE_FIRST_QUESTIONS = ("nothing_kept", "too_young", "cannot_consent")
SAME_MISS = timedelta(seconds=5)  # between words that are no answer, for them to be one reply in several messages
MISSES = 2  # replies in a row that we did not understand before a person is offered


def opened_at_services(turn: Turn) -> bool:
    """The line of the review was opened while services were shown."""
    return turn.episode.at == "choosing_services"


def opened_at_eligibility(turn: Turn) -> bool:
    """The line of the review was opened while it was asked what services depend on."""
    return turn.episode.at == "asking_eligibility"


def opened_at_plan(turn: Turn) -> bool:
    """The line of the review was opened while the plan was written."""
    return turn.episode.at == "planning"


def opened_at_check_in(turn: Turn) -> bool:
    """The line of the review was opened at a check-in."""
    return turn.episode.at == "checking_in"


def opened_at_closing(turn: Turn) -> bool:
    """The line of the review was opened at the last questions."""
    return turn.episode.at == "closing"


def has_more(turn: Turn) -> bool:
    """A question of the open sheet applies and has no answer yet."""
    return next_question(turn.dialog, turn.episode.answers) is not None


def can_go_back(turn: Turn) -> bool:
    """There is a question before the one on screen. Between two goals of a plan there is no sheet to go back on."""
    episode = turn.episode
    return bool(episode.sheet) and previous_question(turn.dialog, episode.answers, episode.asked) is not None


def picks_a_line(turn: Turn) -> bool:
    """Answers are on the screen, one of them to be changed."""
    return bool(lists_lines(turn.episode.screen))


def closes_as_declined(turn: Turn) -> bool:
    """The person does not want their answers kept."""
    return "declines" in _flags(turn)


def closes_as_too_young(turn: Turn) -> bool:
    """The person is younger than the scheme serves."""
    return "too_young" in _flags(turn)


def cannot_consent(turn: Turn) -> bool:
    """The person cannot decide about their answers alone."""
    return "cannot_consent" in _flags(turn)


def is_unsure_of_the_step(turn: Turn) -> bool:
    """The person would rather talk the step over with somebody."""
    return "low_confidence" in _fresh_flags(turn)


def has_another_check(turn: Turn) -> bool:
    """There is another sheet to fill in at this check-in or closing."""
    return len(turn.episode.checks) > 1


def wants_another_step(turn: Turn) -> bool:
    """A step was too big, or was taken and did not help enough: now, or at an earlier question of this check-in."""
    said = {_said_to(turn, turn.episode.sheet, asked) for asked in GOES_ON}
    return bool(goals_to_replan(turn)) or (bool(said & set(STEPS)) and _is_about_a_goal(turn))


def still_wants_another_service(turn: Turn) -> bool:
    """At the check-in before they also asked for another service, in place of something else they had tried."""
    return bool(turn.episode.look_again)


def wants_another_service(turn: Turn) -> bool:
    """What they tried did not work out: look for something else."""
    return bool(turn.episode.look_again) or any(_said_to(turn, turn.episode.sheet, asked) == "other" for asked in GOES_ON)


def is_last_check_in(turn: Turn) -> bool:
    """The scheme asks no more after this one."""
    return turn.episode.sheet.split("-")[1:2] == [str(turn.content.scheme.check_in_days[-1])]


def day_has_passed(turn: Turn) -> bool:
    """The step was put on a day that went by before they agreed to it."""
    day = day_of_step(turn)
    return day is not None and day < turn.content.scheme.day(turn.event.at)


def has_room_for_goals(turn: Turn) -> bool:
    """The plan may hold another goal, and this one was new."""
    goals = turn.episode.plan.active if turn.episode.plan else ()
    return turn.episode.sheet.count("-") == 1 and len(goals) + 1 < MOST_GOALS


def has_more_to_replan(turn: Turn) -> bool:
    """Another step is to be written anew."""
    return bool(goals_to_replan(turn))


def goals_to_replan(turn: Turn) -> tuple[int, ...]:
    """Name the goals whose step is to be written anew, and which are still looked after."""
    active = {goal.number for goal in turn.episode.plan.active} if turn.episode.plan else set()
    return tuple(number for number in turn.episode.replan if number in active)


def may_plan_another(turn: Turn) -> bool:
    """There is room in a small plan."""
    return turn.episode.plan is None or len(turn.episode.plan.active) < MOST_GOALS


def may_not_be_written_to(turn: Turn) -> bool:
    """The person asked us not to write first."""
    return not turn.episode.safe_to_write_to


def is_break_off(turn: Turn) -> bool:
    """They have been silent for so long that the link worker has to know."""
    return isinstance(turn.event, NudgeDue) and turn.event.days >= turn.content.scheme.break_off_days


def closes_without_questions(turn: Turn) -> bool:
    """There is nobody to ask how it was, or it is not safe to ask."""
    nobody = isinstance(turn.event, SupportEnded) and turn.event.reason in ("no_reply", "not_eligible")
    return nobody or not turn.episode.safe_to_write_to


def missed_very_often(turn: Turn) -> bool:
    """We offered a person already, and still do not understand."""
    return turn.episode.misses + 1 > MISSES


def is_urgent(turn: Turn) -> bool:
    """The answer just given or corrected raises a flag that a human must see at once."""
    return bool(_fresh_flags(turn) & {"danger", "person"})


def is_teamless(turn: Turn) -> bool:
    """No link worker reads this survey: it began while no team was ready."""
    return turn.episode.teamless


def wants_no_services(turn: Turn) -> bool:
    """No help is wanted with anything, so that there is nothing to look for."""
    return not help_wanted(turn.content.dialogs["intake"], turn.episode.answers_of("intake"))


def in_quiet_hours(turn: Turn) -> bool:
    """It is too late or too early to write."""
    return turn.content.scheme.waking(turn.event.at) != turn.event.at


def is_with_a_worker(turn: Turn) -> bool:
    """A worker is talking with the person."""
    return turn.episode.with_a_worker


def is_awaiting_somebody(turn: Turn) -> bool:
    """The person is in a talk, or waits for an answer."""
    return turn.episode.handoff is not None and turn.episode.handoff.awaited


def is_read(turn: Turn) -> bool:
    """What they write reaches a link worker, or brings one."""
    return turn.episode.shares or turn.episode.in_touch


def is_in_touch(turn: Turn) -> bool:
    """A link worker is expected, or is talking."""
    return turn.episode.in_touch


def missed_often(turn: Turn) -> bool:
    """We did not understand several replies in a row."""
    return turn.episode.misses + 1 >= MISSES


def is_more_of_a_miss(turn: Turn) -> bool:
    """These words follow others that were no answer, before anybody could have read what was said to those."""
    wrote_at = turn.episode.wrote_at
    return (
        wrote_at is not None and bool(turn.episode.misses or turn.episode.guess_shown) and turn.event.at - wrote_at <= SAME_MISS
    )


def goes_on_writing(turn: Turn) -> bool:
    """What was answered last was in words, and these are more of them."""
    if not isinstance(turn.event, Typed) or turn.newest_answer is None:
        return False
    _, answer = turn.newest_answer
    return answer.how == "typed" and bool(answer.words) and plain(answer.raw) != plain(turn.event.words)


def may_come_back(turn: Turn) -> bool:
    """The person had stopped, and may think again."""
    return turn.episode.closed == "stopped"


def ended_at_the_first_questions(turn: Turn) -> bool:
    """Nothing was kept: they are too young, cannot decide alone, or did not want it. It may have been a slip."""
    return turn.episode.closed in AT_THE_FIRST_QUESTIONS


def was_closing(turn: Turn) -> bool:
    """The support was ending already, and the last questions were open."""
    return bool(turn.episode.ending and turn.episode.checks)


def had_ended(turn: Turn) -> bool:
    """The support was over already, and nothing is left to ask."""
    return bool(turn.episode.ending) and not turn.episode.checks


def contact_was_stopped(turn: Turn) -> bool:
    """A worker had stopped all contact."""
    return turn.episode.closed == "contact_stopped"


def had_a_human(turn: Turn) -> bool:
    """A link worker was called, so that the talk with them is kept as any other."""
    return turn.episode.handoffs > 0


def knows_no_language(turn: Turn) -> bool:
    """No language was chosen before stopping."""
    return not turn.episode.language


def no_consent_yet(turn: Turn) -> bool:
    """The consent questions were not finished before stopping."""
    return turn.episode.sheet in ("", "consent") and turn.episode.reviewed_at is None


def left_a_fact_open(turn: Turn) -> bool:
    """What services depend on was being asked, so that they were not shown yet."""
    return turn.episode.sheet == ELIGIBILITY and bool(turn.episode.asked)


def questions_left(turn: Turn) -> bool:
    """Questions of the intake are open."""
    dialog = dialog_for("intake", turn.episode, turn.content)
    return next_question(dialog, turn.episode.answers_of("intake")) is not None


def not_reviewed_yet(turn: Turn) -> bool:
    """The answers were not agreed before stopping."""
    return turn.episode.reviewed_at is None


def _fresh_flags(turn: Turn) -> set[str | None]:
    before = turn.before.answers
    fresh = {id: answer.chosen for id, answer in turn.episode.answers.items() if answer is not before.get(id)}
    return {o.flag for q in turn.dialog.questions for o in q.options if o.id in fresh.get(q.id, ())}


def _said_to(turn: Turn, sheet: str, asked: str) -> str:
    answer = turn.episode.answers_of(sheet).get(asked)
    return "".join(answer.chosen) if answer else ""


def _is_about_a_goal(turn: Turn) -> bool:
    return turn.episode.sheet.rpartition("-")[2].startswith("g")


def _flags(turn: Turn) -> tuple[str, ...]:
    return flags_raised(turn.dialog, turn.episode.answers)
