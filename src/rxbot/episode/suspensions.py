"""What the team's group reads of a service that people say is wrong: what they say, what the directory says, how to lift it."""

from collections.abc import Mapping

from rxbot.directory.checks import HiddenBy, Outcome
from rxbot.directory.model import Service
from rxbot.directory.reports import ReportKind
from rxbot.episode import phrases, screens, taps
from rxbot.episode.fitting import short
from rxbot.message import Listed, Message, Rows, Text, message

NUMBERS = 4


def message_of(service: Service, said: Mapping[ReportKind, int]) -> Message:
    """Name the service, its numbers and what was said; nobody who said it."""
    numbers = _numbers(service)
    told = Listed(tuple(phrases.SUSPENDED_TIMES(what=phrases.REPORTS[kind](), n=n) for kind, n in said.items()))
    return message(
        phrases.SUSPENDED(n=sum(said.values()), service=_name(service)),
        *((phrases.SUSPENDED_NUMBERS(numbers=Listed(numbers)),) if numbers else ()),
        phrases.SUSPENDED_SAID(said=told),
        phrases.SUSPENDED_HOW(),
        buttons=_lift(service),
    )


def answered(service: Service, outcome: Outcome) -> Message:
    """Say what the provider of a suspended service answers. It lifts nothing: two people met something else."""
    head, numbers = phrases.SUSPENDED_ANSWERS[outcome](service=_name(service)), _numbers(service)
    if outcome == "closed":
        return message(head)
    return message(
        head,
        *((phrases.SUSPENDED_NUMBERS(numbers=Listed(numbers)),) if numbers else ()),
        phrases.SUSPENDED_HOW(),
        buttons=_lift(service),
    )


def restored(service: Service, by: str, hidden_by: HiddenBy) -> Message:
    """Say who has checked it; and where something else keeps it hidden, what does, and how it is shown again."""
    if not hidden_by:
        return message(phrases.RESTORED(worker=by, service=_name(service)))
    return _still_hidden(phrases.CHECKED_BY(worker=by, service=_name(service)), service, hidden_by)


def opened_again(service: Service, by: str, hidden_by: HiddenBy) -> Message:
    """Say who knows that it is open, whatever its provider said."""
    if not hidden_by:
        return message(phrases.OPEN_AGAIN(worker=by, service=_name(service)))
    return _still_hidden(phrases.OPEN_AGAIN_BY(worker=by, service=_name(service)), service, hidden_by)


def _still_hidden(head: Text, service: Service, hidden_by: HiddenBy) -> Message:
    opens = ((screens.button(phrases.KNOWN_OPEN, taps.opened_again(service.key)),),)
    ways: Mapping[HiddenBy, Rows] = {"provider": opens, "reports": _lift(service)}
    return message(head, phrases.HIDDEN[hidden_by](), buttons=ways.get(hidden_by, ()))


def _lift(service: Service) -> Rows:
    return ((screens.button(phrases.CHECKED_IT, taps.checked(service.key)),),)


def _numbers(service: Service) -> tuple[str, ...]:
    """Give every number that people may have been shown."""
    phones = (*(phone for location in service.locations for phone in location.phones), *service.phones)
    return tuple(dict.fromkeys(short(phone.number, screens.WORD) for phone in phones))[:NUMBERS]


def _name(service: Service) -> str:
    return short(service.name, screens.NAME)
