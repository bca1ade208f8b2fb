"""Somebody tells that a service they picked is not as it was shown: a number that is wrong, a door that is not there any more."""

from dataclasses import replace

from rxbot.dialog.model import Answer
from rxbot.directory.reports import ReportKind
from rxbot.episode import phrases, screens, taps
from rxbot.episode.check_ins import service_asked_about
from rxbot.episode.effects import Record, ReportService, ShowChosen
from rxbot.episode.model import BARRIER, Offer, Turn


def ask_what_was_wrong(turn: Turn) -> None:
    """Ask what is wrong with the service they named."""
    kinds = tuple((screens.button(what, taps.report(turn.offer, kind)),) for kind, what in phrases.REPORTS.items())
    nothing = (screens.button(phrases.REPORT_NOTHING, taps.GO_ON),)
    turn.say(phrases.REPORT_WHAT(service=_offer(turn).name), buttons=(*kinds, nothing, screens.ways_out()[1:]))


def take_report(turn: Turn) -> None:
    """Pass it on; the service is not among those they want to try any more, and they are not asked about it."""
    offer = _offer(turn)
    _report(turn, offer.service, ReportKind(offer.reported))
    turn.do(ShowChosen(offer.wait, screens.offer_buttons(turn.episode.offers, offer.wait)))


def thank_for_report(turn: Turn) -> None:
    """Thank them. What they were asked is asked again then."""
    turn.say(phrases.REPORTED())


def offer_instead(turn: Turn) -> None:
    """Thank them, and offer another service or a person."""
    look = (screens.button(phrases.LOOK_AGAIN, taps.LOOK_AGAIN),)
    go_on = ((screens.button(phrases.GO_ON, taps.SERVICES_DONE),),) if turn.state == "choosing_services" else ()
    turn.say(phrases.REPORTED_LOOK(), buttons=(look, *go_on, screens.ways_out()[1:]))


def report_what_got_in_the_way(turn: Turn) -> None:
    """At a check-in they said just now that the record of a service is wrong; the dialog thanks them."""
    sheet, answer = turn.episode.sheet, turn.episode.answers.get(BARRIER)
    before = turn.before.answers_of(sheet).get(BARRIER)
    kind, said = _kind(answer), _kind(before)
    if answer == before or not (kind or said):
        return
    service = service_asked_about(sheet, turn.episode)
    offers = turn.episode.offers
    turn.change(offers=tuple(replace(one, reported=kind or "") if one.service == service else one for one in offers))
    if kind:
        _report(turn, service, kind)
    else:
        _take_back(turn, service)


def take_reports_back(turn: Turn) -> None:
    """They want to try something after all: nothing is wrong with it then."""
    for before, now in zip(turn.before.offers, turn.episode.offers, strict=True):
        if before.reported and not now.reported:
            _take_back(turn, now.service)


def _kind(answer: Answer | None) -> ReportKind | None:
    return next((kind for kind in ReportKind if answer and kind in answer.chosen), None)


def _take_back(turn: Turn, service: str) -> None:
    turn.do(Record("report_taken_back", {"service": service}), ReportService(service, None))


def _report(turn: Turn, service: str, kind: ReportKind) -> None:
    turn.do(Record("service_reported", {"service": service, "kind": kind.value}), ReportService(service, kind))


def _offer(turn: Turn) -> Offer:
    return turn.episode.offers[turn.offer - 1]
