"""Read what a record is there for: to help whoever needs it, as nearly all are, or something else."""

from collections.abc import Callable
from enum import StrEnum

from rxbot.directory.model import Service
from rxbot.directory.rules.trade import is_trade
from rxbot.directory.rules.volunteers import is_given_by_volunteers, is_volunteering, wants_nothing_but_volunteers
from rxbot.directory.rules.whom import seems_for_helpers


class Purpose(StrEnum):
    """What a record is there for. Of helping others it may speak first, or of nothing else; a trade is no help."""

    HELP = "help"
    HELP_BY_VOLUNTEERS = "help_by_volunteers"
    FOR_HELPERS = "for_helpers"
    VOLUNTEERING = "volunteering"
    NOTHING_BUT_VOLUNTEERING = "nothing_but_volunteering"
    TRADE = "trade"


READ_FROM: tuple[tuple[Purpose, Callable[[Service], bool]], ...] = (
    (Purpose.NOTHING_BUT_VOLUNTEERING, wants_nothing_but_volunteers),
    (Purpose.VOLUNTEERING, is_volunteering),
    (Purpose.FOR_HELPERS, seems_for_helpers),
    (Purpose.TRADE, is_trade),
    (Purpose.HELP_BY_VOLUNTEERS, is_given_by_volunteers),
)
"""The first that is so counts."""


def purpose_of(service: Service) -> Purpose:
    """Say what a record is there for."""
    return next((purpose for purpose, is_so in READ_FROM if is_so(service)), Purpose.HELP)
