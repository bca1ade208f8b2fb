"""Let the plan say of places what the directory says now. What was given before stays as it was given."""

from collections.abc import Mapping
from dataclasses import replace

from rxbot.directory.match import Match
from rxbot.directory.model import Service
from rxbot.directory.rank import seen_by
from rxbot.directory.region import Region
from rxbot.episode import phrases, screens
from rxbot.episode.content import Content
from rxbot.episode.events import Event, Tapped, Typed
from rxbot.episode.model import Episode, Offer, Turn
from rxbot.episode.moves.searching import search_for, today
from rxbot.message import Listed, Text
from rxbot.referral.model import Signpost

WHERE = (phrases.SERVICE_ADDRESS.id, phrases.PLAN_PLACE_GONE.id)


def places_of_plan(episode: Episode, event: Event) -> tuple[str, ...]:
    """Name the services that stand on the plan's page, where the person may be given it in this turn."""
    if not isinstance(event, Tapped | Typed) or not (episode.plan or episode.at == "planning"):
        return ()
    wanted = (offer.service for offer in episode.offers if offer.wanted)
    told_of = (signpost.service for signpost in episode.signposts if signpost.service)
    return tuple(dict.fromkeys((*wanted, *told_of)))


NOWHERE_SAID: Mapping[str, Region] = {}


def renewed(
    episode: Episode,
    event: Event,
    content: Content,
    listed: Mapping[str, Service | None],
    regions: Mapping[str, Region] = NOWHERE_SAID,
) -> Episode:
    """Give the episode with these services as they are listed now; none is offered any more where there is None.

    `regions` are where their publishers' services are.
    """
    turn = Turn(episode, event, content)
    offers = tuple(
        _offer_now(turn, one, listed[one.service], regions.get(one.service)) if one.wanted and one.service in listed else one
        for one in episode.offers
    )
    signposts = tuple(_signpost_now(one, listed) for one in episode.signposts)
    turn.change(offers=offers, signposts=signposts)
    return turn.episode


def say_what_is_new(turn: Turn) -> None:
    """Say once which places have another number or address than the person was last given, or are listed no more."""
    changed = [one for one in turn.episode.offers if one.wanted and one.changed]
    gone = tuple(one.name for one in changed if _is_gone(one))
    told_of = tuple(one.name for one in turn.episode.signposts if one.changed)
    others = tuple(dict.fromkeys((*(one.name for one in changed if not _is_gone(one)), *told_of)))
    if others:
        turn.say(phrases.PLAN_PLACES_NEW(services=Listed(others)))
    if gone:
        turn.say(*(phrases.CHECK_IN_GONE(service=name) for name in gone))
    turn.change(
        offers=tuple(replace(one, changed=False) if one.changed else one for one in turn.episode.offers),
        signposts=tuple(replace(one, changed=False) if one.changed else one for one in turn.episode.signposts),
    )


def _offer_now(turn: Turn, offer: Offer, service: Service | None, region: Region | None) -> Offer:
    phone = ""
    visit: tuple[Text, ...] = (phrases.PLAN_PLACE_GONE(),)
    if service:
        match = seen_by(search_for(turn, offer.domain), service, region)
        phone = screens.phone_of(match)
        visit = screens.as_they_read(screens.visit(match, today(turn)), turn.episode, turn.content)
    moved = bool(offer.visit) and _where(visit) != _where(offer.visit)
    return replace(offer, phone=phone, visit=visit, changed=offer.changed or moved or phone != offer.phone)


def _signpost_now(signpost: Signpost, listed: Mapping[str, Service | None]) -> Signpost:
    """A worker gave its number as of its first place. Of one that is gone their word stands."""
    service = listed.get(signpost.service)
    if service is None:
        return signpost
    phone = screens.phone_of(Match(service, next(iter(service.locations), None), None, (), ()))
    return replace(signpost, phone=phone, changed=signpost.changed or phone != signpost.phone)


def _where(visit: tuple[Text, ...]) -> tuple[Text, ...]:
    return tuple(line for line in visit if line.id in WHERE)


def _is_gone(offer: Offer) -> bool:
    return any(line.id == phrases.PLAN_PLACE_GONE.id for line in offer.visit)
