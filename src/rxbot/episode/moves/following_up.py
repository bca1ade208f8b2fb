"""Ask again on the days of the scheme, at a decent hour, and say back what fits the answer."""

from rxbot.dialog.path import next_question
from rxbot.episode import phrases, screens
from rxbot.episode.effects import (
    SetTimer,
)
from rxbot.episode.events import CheckInDue
from rxbot.episode.model import Turn
from rxbot.episode.moves.asking import ask
from rxbot.message import Day, Text


def set_check_ins(turn: Turn) -> None:
    """From the review on, ask again on the scheme's days, whatever comes of it."""
    scheme = turn.content.scheme
    start = turn.episode.reviewed_at or turn.event.at
    turn.change(reviewed_at=start)
    for days in scheme.check_in_days:
        due = scheme.in_days(days, start)
        if due > turn.event.at:
            turn.do(SetTimer(f"check_in-{days}", due, days))


def say_when_next(turn: Turn) -> None:
    scheme = turn.content.scheme
    start = turn.episode.reviewed_at or turn.event.at
    dates = (scheme.in_days(days, start) for days in scheme.check_in_days)
    due = next((date for date in dates if date > turn.event.at), None)
    if due:
        turn.say(phrases.ASKING_AGAIN_ON(day=Day(due.astimezone(scheme.time_zone).date())), buttons=(screens.ways_out()[1:],))


def open_check_in(turn: Turn) -> None:
    """Ask how it went."""
    assert isinstance(turn.event, CheckInDue)
    turn.change(sheet=f"check_in-{turn.event.days}", asked="")
    question = next_question(turn.dialog, turn.episode.answers)
    if question:
        ask(turn, question, reminder=True)


def wait_for_morning(turn: Turn) -> None:
    """Ask when the quiet hours are over."""
    assert isinstance(turn.event, CheckInDue)
    turn.do(SetTimer(f"check_in-{turn.event.days}", turn.content.scheme.waking(turn.event.at), turn.event.days))


def wait_a_day(turn: Turn) -> None:
    """Do not talk over a worker; try tomorrow."""
    assert isinstance(turn.event, CheckInDue)
    turn.do(SetTimer(f"check_in-{turn.event.days}", turn.content.scheme.in_days(1, turn.event.at), turn.event.days))


def answer_check_in(turn: Turn) -> None:
    """Say back what fits the answer."""
    question = turn.question
    answer = turn.episode.answers.get(turn.episode.asked)
    replies = [Text(o.reply) for o in question.options if o.reply and answer and o.id in answer.chosen] if question else []
    turn.say(*(replies or [phrases.CHECKED_IN()]), buttons=(screens.ways_out()[1:],))


def tell_check_in(turn: Turn) -> None:
    """Tell the topic what came of it."""
    question = turn.question
    answer = turn.episode.answers.get(turn.episode.asked)
    days = turn.episode.sheet.partition("-")[2]
    turn.change(asked="")
    if question and answer and turn.episode.in_touch and turn.episode.shares:
        turn.say(phrases.CHECK_IN_TOLD(days=days, answer=screens.said(question, answer)), to="topic", urgency="relay")
