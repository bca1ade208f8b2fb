"""Word referrals and signposts: for the team's topic, the clinic, and the person's own data."""

from collections.abc import Iterable, Iterator, Sequence

from rxbot.episode import phrases
from rxbot.episode.model import SIGNPOSTED
from rxbot.message import Listed, Text, verbatim
from rxbot.referral.model import Referral, Signpost

STATES = {
    "draft": phrases.REFERRAL_DRAFT,
    "requested": phrases.REFERRAL_REQUESTED,
    "accepted": phrases.REFERRAL_ACCEPTED,
    "in_progress": phrases.REFERRAL_IN_PROGRESS,
    "on_hold": phrases.REFERRAL_ON_HOLD,
    "completed": phrases.REFERRAL_COMPLETED,
    "rejected": phrases.REFERRAL_REJECTED,
    "failed": phrases.REFERRAL_FAILED,
    "cancelled": phrases.REFERRAL_CANCELLED,
    "entered_in_error": phrases.REFERRAL_IN_ERROR,
}
MET = {"yes": phrases.NEED_MET, "part": phrases.NEED_PARTLY_MET, "no": phrases.NEED_NOT_MET}
NEVER_MADE = ("draft", "cancelled", "entered_in_error")
UNDER_WAY = ("requested", "accepted", "in_progress")


def note(referral: Referral) -> Text:
    """Say which referral it is and where it stands."""
    return phrases.REFERRAL_NOTE(number=referral.number, name=referral.name, state=standing(referral))


def line(referral: Referral) -> Text:
    """Tell of a referral to somebody who works with the person."""
    return phrases.REFERRED_TO(name=referral.name, state=standing(referral))


def standing(referral: Referral) -> Text:
    """Say where it stands and what came of it. Once somebody has told what did, it is not under way any more."""
    came_of_it = tuple(_outcome(referral))
    state = () if came_of_it and referral.state in UNDER_WAY else (_state(referral),)
    return Text("listed", {"items": Listed((*state, *came_of_it))})


def _state(referral: Referral) -> Text:
    """Of a draft it is said what it waits for."""
    if referral.state == "draft" and referral.consent == "yes":
        return phrases.REFERRAL_CONSENTED()
    waits = referral.state == "draft" and referral.wait
    return phrases.REFERRAL_WAITS() if waits else STATES[referral.state]()


def _outcome(referral: Referral) -> Iterator[Text]:
    if referral.attended is not None:
        yield phrases.ATTENDED() if referral.attended else phrases.NOT_ATTENDED()
    if referral.need_met:
        yield MET[referral.need_met]()


def signposted(signpost: Signpost) -> Text:
    """Name a signpost, with what they said of it where they have said it."""
    if not signpost.outcome:
        return verbatim(signpost.name)
    return phrases.BRIEF_SIGNPOST_SAID(name=signpost.name, answer=_said(signpost))


def _said(signpost: Signpost) -> Text:
    return Text(f"check_in/{SIGNPOSTED}.{signpost.outcome}")


def told(referrals: Iterable[Referral], signposts: Sequence[Signpost]) -> tuple[Text, ...]:
    """Tell of every referral that was made, with what came of it, and of the signposts."""
    names = tuple(one.name for one in signposts)
    return (
        *(line(one) for one in referrals if one.state not in NEVER_MADE),
        *((phrases.SIGNPOSTED_TO(names=Listed(names)),) if names else ()),
        *(phrases.SIGNPOST_OUTCOME(name=one.name, answer=_said(one)) for one in signposts if one.outcome),
    )
