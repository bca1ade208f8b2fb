"""Post the brief."""

from rxbot.episode import brief
from rxbot.episode.model import Turn


def post_brief(turn: Turn, found: brief.Found) -> None:
    handoff = turn.episode.handoff
    assert handoff is not None
    lines = brief.lines(turn.episode, turn.content, found)
    turn.say(*lines, to="topic", buttons=brief.BUTTONS, urgency="crisis" if handoff.urgent else "relay", pin=True)
    for words in brief.own_words(turn.episode, turn.content):
        turn.say(words, to="topic", urgency="relay")
