"""Keep the brief true, and the title of its topic.

It is worded when a turn ends, and changed in its topic whenever it would read differently.
"""

from dataclasses import replace

from rxbot.episode import brief
from rxbot.episode.effects import Effect, RewriteBrief, Say, TitleTopic
from rxbot.episode.model import Turn
from rxbot.message import Message


def post_brief(turn: Turn) -> None:
    """Give the brief its place in the order of things said; it is worded when the turn ends, and all it shows is known."""
    handoff = turn.episode.handoff
    assert handoff is not None
    turn.say(to="topic", buttons=brief.BUTTONS[handoff.state], urgency="crisis" if handoff.urgent else "relay", pin=True)


def keep_brief_true(turn: Turn) -> None:
    """Word a brief posted in this turn; change one posted earlier where it would read differently now."""
    now, was = turn.episode.handoff, turn.before.handoff
    if now is None:
        return
    if was is None or was.id != now.id:
        turn.effects = [worded for effect in turn.effects for worded in _worded(turn, effect)]
        return
    if now.alarming != was.alarming:
        turn.do(TitleTopic(now.id, now.alarming))
    if was.open or turn.before.shares != turn.episode.shares:  # a consent counts for what is over too
        _change(turn, at_once=now.alarming != was.alarming or now.state != was.state)  # nobody shall claim what is taken


def _worded(turn: Turn, effect: Effect) -> tuple[Effect, ...]:
    if not (isinstance(effect, Say) and effect.pin):
        return (effect,)
    words = brief.own_words(turn.episode, turn.content)
    return (
        replace(effect, message=brief.message(turn.episode, turn.content)),
        *(Say("topic", Message((line,)), "relay") for line in words),
    )


def _change(turn: Turn, at_once: bool) -> None:
    before, after = (brief.message(episode, turn.content) for episode in (turn.before, turn.episode))
    if before != after and turn.episode.handoff:
        turn.do(RewriteBrief(turn.episode.handoff.id, after, at_once))
    if own_words := brief.own_words(turn.episode, turn.content):
        known = brief.own_words(turn.before, turn.content)
        for words in (one for one in own_words if one not in known):
            turn.say(words, to="topic", urgency="relay")
