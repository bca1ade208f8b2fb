"""What the person may ask of us at any time: all we keep about them, with a way to change it and to take a consent back."""

from rxbot.episode import data_pages, phrases, screens, taps
from rxbot.episode.effects import DropTimers, FindKept, Give, RecallFromClinic, Record
from rxbot.episode.events import KeptFound
from rxbot.episode.model import Turn
from rxbot.episode.moves.asking import ask_again
from rxbot.episode.moves.asking_clinic import withdraw_requests
from rxbot.message import Button, Rows


def ask_what_is_kept(turn: Turn) -> None:
    """Not all that we keep stands in the episode."""
    turn.do(FindKept())


def give_data(turn: Turn) -> None:
    """Hand over all we keep about them, to read and as data, with a button for each consent."""
    kept = turn.event
    assert isinstance(kept, KeptFound)
    turn.do(Record("data_given"))
    turn.say(phrases.DATA_HEAD(), *data_pages.readers(turn.episode, turn.content), buttons=_consents(turn))
    turn.do(
        Give("person", data_pages.page_of(turn.episode, turn.content, kept), phrases.DATA_PAGE()),
        Give("person", data_pages.data_of(turn.episode, kept), phrases.DATA_JSON()),
    )


def say_consent_changed(turn: Turn) -> None:
    """Say what a consent given or withdrawn means from now on, and let the team know where it is about them."""
    before, after = (episode.answers_of("consent").get("consent.share") for episode in (turn.before, turn.episode))
    if before is not after:
        _share(turn, given=turn.episode.shares)
    else:
        _tell_clinic(turn, given=turn.episode.tells_clinic)
    if turn.state not in ("following_up", "closed"):
        ask_again(turn)


def _share(turn: Turn, *, given: bool) -> None:
    turn.say(phrases.CONSENT_CHANGED_SHARE_YES() if given else phrases.CONSENT_CHANGED_SHARE_NO(), buttons=_consents(turn))
    if turn.episode.handoff:
        told = phrases.SHARE_GIVEN_IN_TOPIC() if given else phrases.SHARE_WITHDRAWN_IN_TOPIC()
        turn.say(told, to="topic", urgency="relay")


def _tell_clinic(turn: Turn, *, given: bool) -> None:
    if not given and turn.episode.draft:
        turn.change(draft=None)
        turn.do(DropTimers("clinic"))
    if not given:
        turn.do(RecallFromClinic())
        withdraw_requests(turn)
    turn.say(phrases.CONSENT_CHANGED_CLINIC_YES() if given else phrases.CONSENT_CHANGED_CLINIC_NO(), buttons=_consents(turn))


def _can_change(turn: Turn) -> bool:
    """Before the review everything is still on its way there; after the end nothing hangs on it."""
    return turn.episode.reviewed_at is not None and turn.state != "closed"


def _consents(turn: Turn) -> Rows:
    """Offer to turn each consent over; before the consent questions are answered there is none to turn."""
    if turn.state in ("choosing_language", "asking_consent"):
        return ()
    share, clinic = turn.episode.shares, turn.episode.tells_clinic
    about_share = phrases.CONSENT_SHARE_STOP if share else phrases.CONSENT_SHARE_ALLOW
    about_clinic = phrases.CONSENT_CLINIC_STOP if clinic else phrases.CONSENT_CLINIC_ALLOW
    change = ((screens.button(phrases.CHANGE_AN_ANSWER, taps.CHANGE),),) if _can_change(turn) else ()
    return (
        *change,
        (Button(about_share(), taps.consent("share", on=not share)),),
        (Button(about_clinic(), taps.consent("clinic", on=not clinic)),),
        (screens.button(phrases.FORGET_ME, taps.FORGET),),
    )
