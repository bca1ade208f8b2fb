"""Carry words between the person and the link worker: what is written, what answers it, and what is changed later."""

from dataclasses import replace

from rxbot.episode import phrases, screens
from rxbot.episode.effects import Copy, Rewrite, Urgency
from rxbot.episode.events import Edited, Located, SentMedia, Typed, WorkerEdited, WorkerSaid
from rxbot.episode.fitting import APART, CAPTION, MESSAGE
from rxbot.episode.model import Turn
from rxbot.episode.moves.asking import ask_again, when_it_is_read
from rxbot.message import Message, Text, Tongue, letters, verbatim

LABEL = 200  # letters in which a question is named, before words that were no answer to it
MOST_UNREAD = 9  # messages: what is older, nobody would read


def pass_on(turn: Turn) -> None:
    """With no question open: words go to the link worker when there is one."""
    if turn.episode.in_touch:
        pass_on_quietly(turn)
        turn.say(passed_on(turn), *_when_nobody_is_there(turn))
    else:
        keep_for_later(turn)
        ask_again(turn)


def _when_nobody_is_there(turn: Turn) -> tuple[Text, ...]:
    """Out of duty hours "passed on" must not be read as "somebody has it now"."""
    hours = when_it_is_read(turn)
    return (*hours, phrases.IF_IN_DANGER(number=turn.content.emergency.number)) if hours else ()


def passed_on(turn: Turn) -> Text:
    """Say who was given what they said: the worker who has it, or the team."""
    worker = worker_of(turn)
    return phrases.PASSED_ON_WORKER(worker=worker) if worker else phrases.PASSED_ON()


def keep_for_later(turn: Turn) -> None:
    """No link worker is there to see these words: remember which message it was, for the one who comes next.

    What was written before the person let link workers read it stays with the person.
    """
    if isinstance(turn.event, Typed) and turn.episode.shares:
        _keep(turn, turn.event.source, turn.question.label if turn.question else "")


def _keep(turn: Turn, source: str, label: str) -> None:
    turn.change(unread=(*turn.episode.unread, source)[-MOST_UNREAD:])
    _remember_asked(turn, source, label)


def _remember_asked(turn: Turn, source: str, label: str) -> None:
    asked = [*turn.episode.asked_then.items(), (source, label)]
    turn.change(asked_then=dict(asked[-MOST_UNREAD:]))


def pass_on_unread(turn: Turn) -> None:
    """A link worker comes: let them see what nobody has seen, where they may."""
    last = ""
    for source in turn.episode.unread if turn.episode.shares else ():
        asked = turn.episode.asked_then.get(source, "")
        if asked not in ("", last):
            turn.say(_asked(asked), to="topic", urgency="relay")
        turn.do(Copy("topic", source))
        last = asked
    turn.change(unread=(), asked_then={})


def pass_on_with_question(turn: Turn) -> None:
    """Words that were no answer, as "2 of 10": the worker reads what was asked, once however often they try."""
    question, tried = turn.question, turn.before.misses and (turn.before.in_touch or turn.before.unread)
    pass_on_quietly(turn, asked=question.label if question and not tried else "")


def _asked(label: str) -> Text:
    return phrases.ASKED_OF_THEM(question=Text(label))


def pass_on_what_was_not_meant(turn: Turn) -> None:
    """When a turn ends: a guess was not confirmed, so that the words meant something else, which is for the worker."""
    guess, question = turn.before.guess_shown, turn.find_on(turn.before.sheet, turn.before.asked)
    if guess is None or not guess.source or not question or turn.episode.guess_shown == guess or turn.state == "closed":
        return
    answer = turn.episode.answers_of(turn.before.sheet).get(question.id)
    if answer and set(guess.options) <= set(answer.chosen):
        return
    if turn.episode.in_touch and turn.episode.handoff:
        turn.say(_asked(question.label), to="topic", urgency="relay")
        turn.do(Copy("topic", guess.source))
        turn.change(handoff=turn.episode.handoff.asked(turn.event.at))
    elif turn.episode.shares:
        _keep(turn, guess.source, question.label)


def pass_on_quietly(turn: Turn, urgency: Urgency = "relay", asked: str = "") -> None:
    """Let the link worker see these words, if there is a handoff, with what was asked where they were no answer to it; the
    person waits for an answer from now on.

    What was asked is remembered for a while: the words may be changed, and it stands in one message with them.
    """
    handoff = turn.episode.handoff
    if handoff is None or not handoff.open:
        keep_for_later(turn)
        return
    match turn.event:
        case Typed(words=words, source=source, reply_to=reply_to, styled=False) if not asked or letters(words) + LABEL <= MESSAGE:
            turn.do(Copy("topic", source, reply_to, words, urgency, _asked(asked) if asked else None))
            if asked:
                _remember_asked(turn, source, asked)
        case Typed(source=source, reply_to=reply_to):  # what looks so only in a copy, or fills a message
            if asked:
                turn.say(_asked(asked), to="topic", urgency="relay")
            turn.do(Copy("topic", source, reply_to, urgency=urgency))
        case SentMedia(source=source, reply_to=reply_to) | Located(source=source, reply_to=reply_to):
            turn.do(Copy("topic", source, reply_to, urgency=urgency))
        case Edited(source=source):
            turn.do(Copy("topic", source, urgency=urgency))
    turn.change(handoff=handoff.asked(turn.event.at))


def carry_edit_over(turn: Turn) -> None:
    """The topic shows a message as the person has changed it, or a copy of it where there is no room for the signs around it.

    It is no new answer: where a question is open they are told how those are changed.
    """
    assert isinstance(turn.event, Edited)
    words, most = turn.event.words, CAPTION if turn.event.caption else MESSAGE
    if letters(words) + APART > most:
        pass_on_quietly(turn)
    elif turn.episode.handoff:
        asked = turn.episode.asked_then.get(turn.event.source, "") if letters(words) + LABEL <= MESSAGE else ""
        said = (_asked(asked), verbatim(words)) if asked else (verbatim(words),)
        turn.do(Rewrite("topic", turn.event.source, Message(said), turn.event.caption))
    if turn.episode.with_a_worker:
        return
    if turn.state not in ("following_up", "closed"):
        turn.say(phrases.EDIT_IS_NO_ANSWER())
    elif not turn.episode.in_touch:
        ask_again(turn)


def pass_to_person(turn: Turn) -> None:
    """Say a worker's words, or copy what they sent."""
    assert isinstance(turn.event, WorkerSaid)
    worker, said = worker_of(turn), turn.event
    if not said.words:
        turn.say(phrases.WORKER_SENDS(worker=worker), urgency="relay")
        turn.do(Copy("person", said.source, said.reply_to))
        return
    pieces = worker_says(worker, said.words)
    source = said.source if len(pieces) == 1 else ""  # an edit could not tell which of several it is about
    for piece in pieces:
        turn.say(piece, urgency="relay", source=source, reply_to=said.reply_to)


def carry_workers_edit(turn: Turn) -> None:
    """The person sees a worker's message as it was changed; what no longer fits one message is said anew."""
    assert isinstance(turn.event, WorkerEdited)
    changed = turn.event
    if changed.caption and letters(changed.words) + APART > CAPTION:
        turn.do(Copy("person", changed.source))
        return
    if changed.caption:
        turn.do(Rewrite("person", changed.source, Message((verbatim(changed.words),)), caption=True))
        return
    pieces = worker_says(changed.worker, changed.words)
    if len(pieces) == 1:
        turn.do(Rewrite("person", changed.source, Message(pieces)))
        return
    for piece in pieces:
        turn.say(piece, urgency="relay")


def written_in(turn: Turn, worker: str) -> tuple[Text, ...]:
    """Say to whoever reads another language in which one a worker has written what they are asked about."""
    return (
        (phrases.WRITTEN_IN(worker=worker, language=Tongue(turn.content.scheme.team_language)),)
        if screens.reads_another(turn.episode, turn.content)
        else ()
    )


def tell_which_they_read(turn: Turn) -> None:
    """Say in the topic which language the person reads, when the team's is another."""
    if screens.reads_another(turn.episode, turn.content):
        if turn.episode.handoff:
            told = turn.content.scheme.day(turn.event.at)
            turn.change(handoff=replace(turn.episode.handoff, language_noted_on=told))
        turn.say(phrases.READS_ANOTHER(language=Tongue(turn.episode.language)), to="topic", urgency="relay")


def tell_once_a_day_which_they_read(turn: Turn) -> None:
    """A worker has just written something that the person reads: once a day that is enough."""
    handoff = turn.episode.handoff
    if handoff is None or handoff.language_noted_on != turn.content.scheme.day(turn.event.at):
        tell_which_they_read(turn)


def worker_says(worker: str, words: str) -> tuple[Text, ...]:
    """Give a worker's words with their name, in parts that each fit a message."""
    return tuple(phrases.WORKER_SAYS(worker=worker, words=piece) for piece in screens.pieces(words))


def worker_of(turn: Turn) -> str:
    """Name the worker who has the handoff, as the person may read it."""
    return turn.episode.handoff.claimed_by if turn.episode.handoff else ""
