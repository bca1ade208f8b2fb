"""Stop, decline, erase."""

from rxbot.episode import phrases, screens, taps
from rxbot.episode.effects import (
    DropLetters,
    DropTimers,
    Erase,
    Record,
)
from rxbot.episode.events import ContactStopped
from rxbot.episode.model import Turn
from rxbot.episode.moves.asking import ask_again
from rxbot.episode.moves.talking import follow

CONTACT = {"died": phrases.CONTACT_DIED, "admitted": phrases.CONTACT_ADMITTED, "other": phrases.CONTACT_OTHER}


def stop(turn: Turn) -> None:
    """Write no more until the person comes back. A worker may, while nobody has seen the alarm: they hear so."""
    handoff = turn.episode.handoff
    unseen = handoff is not None and turn.episode.in_touch and handoff.unseen
    stop_talk(turn)
    turn.say(
        (phrases.STOPPED_UNSEEN if unseen else phrases.STOPPED)(), buttons=((screens.button(phrases.FORGET_ME, taps.FORGET),),)
    )


def stop_talk(turn: Turn) -> None:
    """Nothing is due any more, and the team hears of it. An alarm that nobody has seen goes on there."""
    turn.change(closed="stopped")
    turn.do(DropTimers())
    if turn.episode.handoff and turn.episode.in_touch:
        unseen = turn.episode.handoff.unseen
        turn.say((phrases.STOPPED_IN_DANGER if unseen else phrases.PERSON_STOPPED)(), to="topic", urgency="relay")
        if not unseen:
            follow(turn, "ended")


def take_back_the_stop(turn: Turn) -> None:
    """Whoever stopped when all was over may be written to again; it is over for the reason it was."""
    turn.change(closed=turn.episode.ending)


def stop_contact(turn: Turn) -> None:
    """Say nothing at all to the person any more, not even what is on its way."""
    assert isinstance(turn.event, ContactStopped)
    turn.change(closed="contact_stopped", asked="", picking=None)
    turn.do(DropTimers(), DropLetters(), Record("contact_stopped", {"reason": turn.event.reason}))
    noted = phrases.CONTACT_STOPPED(worker=turn.event.worker, reason=CONTACT[turn.event.reason]())
    turn.say(noted, to="topic", urgency="relay")
    follow(turn, "contact_stopped")


def confirm_erase(turn: Turn) -> None:
    """Ask once whether everything shall go."""
    yes, no = screens.button(phrases.ERASE_YES, taps.FORGET_YES), screens.button(phrases.ERASE_NO, taps.FORGET_NO)
    turn.say(phrases.ERASE_ASK(), buttons=((yes,), (no,)))


def say_kept(turn: Turn) -> None:
    """Nothing was erased."""
    turn.say(phrases.ERASE_KEPT())
    ask_again(turn)


def erase(turn: Turn) -> None:
    """Erase everything, and say what could not be reached."""
    turn.say(phrases.ERASED())
    turn.change(closed="erased")
    turn.do(Record("erased"), Erase())


def decline(turn: Turn) -> None:
    """Nothing may be kept, so nothing is."""
    turn.say(phrases.DECLINED())
    turn.change(closed="nothing_kept")
    turn.do(Record("declined"), Erase())


def decline_but_stay_in_touch(turn: Turn) -> None:
    """Keep no answers, but do not take away the human who was called, perhaps in danger."""
    turn.episode = turn.episode.without_answers()
    turn.change(closed="nothing_kept")
    turn.do(Record("declined"))
    turn.say(phrases.DECLINED_IN_TOUCH(), buttons=((screens.button(phrases.FORGET_ME, taps.FORGET),),))
    turn.say(phrases.PERSON_DECLINED(), to="topic", urgency="relay")
