"""Say a phrase of the phrasebook in the person's language, and bring what they tap back to the team in its own."""

from rxbot.episode import phrases, taps
from rxbot.episode.effects import Record, ShowChosen
from rxbot.episode.events import PhraseSaid
from rxbot.episode.model import PhraseSent, Turn
from rxbot.episode.moves.relaying import passed_on, worker_of
from rxbot.handoff.phrasebook import Saying
from rxbot.message import Button, Rows, Text, Tongue


def say_phrase(turn: Turn) -> None:
    """Say it with its answers as buttons; the topic reads what was said."""
    assert isinstance(turn.event, PhraseSaid)
    saying, source = turn.content.phrasebook[turn.event.code], turn.event.source
    line = phrases.WORKER_SAYS(worker=worker_of(turn), words=Text(saying.text))
    wait = turn.say(line, buttons=_buttons(saying, ""), urgency="relay", source=source, reply_to=turn.event.reply_to)
    if wait:
        turn.change(phrases_sent=(*turn.episode.phrases_sent, PhraseSent(saying.code, wait)))
    said = phrases.PHRASE_SENT(words=Text(saying.text), language=Tongue(turn.episode.language or turn.episode.guess or "und"))
    turn.say(said, to="topic", urgency="relay")


def note_phrase_answer(turn: Turn) -> None:
    """Show the answer ticked, and tell the topic in the team's language and as it was shown."""
    sent = _just_answered(turn)
    saying = turn.content.phrasebook[sent.code]
    reply = saying.reply(sent.answer)
    assert reply is not None
    turn.do(
        ShowChosen(sent.wait, _buttons(saying, sent.answer)),
        Record("phrase_answered", {"phrase": sent.code, "answer": sent.answer}),
    )
    turn.notice(passed_on(turn))
    language = turn.episode.language
    abroad = language not in ("", turn.content.scheme.team_language)
    raw = (phrases.PHRASE_AS_READ(raw=Text(reply.label, language=language)),) if abroad else ()
    answered = phrases.PHRASE_ANSWERED(question=Text(saying.text), answer=Text(reply.label))
    turn.say(answered, *raw, to="topic", urgency="relay")


def tells_of_danger(turn: Turn) -> bool:
    """The answer to the worker's phrase means danger."""
    sent = _just_answered(turn)
    reply = turn.content.phrasebook[sent.code].reply(sent.answer)
    return reply is not None and reply.flag == "danger"


def _just_answered(turn: Turn) -> PhraseSent:
    return next(sent for sent in turn.episode.phrases_sent if sent not in turn.before.phrases_sent)


def _buttons(saying: Saying, answer: str) -> Rows:
    return tuple(
        (Button(Text(reply.label), taps.reply(saying.code, reply.id), chosen=reply.id == answer),) for reply in saying.replies
    )
