"""Look for services, show a few with their reasons, and keep what the person wants to try."""

from collections.abc import Mapping
from dataclasses import replace

from rxbot.dialog.needs import help_wanted, needs_found, needs_sought
from rxbot.directory.match import Match
from rxbot.directory.rank import seen_by
from rxbot.directory.reasons import Ask, Why
from rxbot.directory.showing import FoundForDomains, Meets, at_all_branches, each_of, few_of, met_by
from rxbot.episode import phrases, screens
from rxbot.episode.check_ins import to_try
from rxbot.episode.effects import (
    FindServices,
    Record,
    ShowChosen,
)
from rxbot.episode.events import ServicesFound
from rxbot.episode.fitting import short
from rxbot.episode.model import Offer, Turn
from rxbot.episode.moves.asking import show_services_foot
from rxbot.episode.moves.following_up import say_when_next
from rxbot.episode.moves.handing_over import bring_a_human
from rxbot.episode.moves.reporting import take_reports_back
from rxbot.episode.moves.searching import lives, search_for, today, unasked, wanted_domains, wishes
from rxbot.message import Listed, Phrase, Text, Tongue
from rxbot.plan.model import Goal

WHY = 2  # reasons the link worker reads of each


def note_needs(turn: Turn) -> None:
    """Count what was found and what help is wanted with: never the same fact."""
    dialog, answers = turn.content.dialogs["intake"], turn.episode.answers_of("intake")
    found, wanted = needs_found(dialog, answers), help_wanted(dialog, answers)
    turn.do(Record("reviewed", {"needs": ",".join(found), "help_wanted": ",".join(wanted)}))
    turn.do(Record("needs_named", {"needs": ",".join(found), **group_of(turn)}, near=lives(turn)))


def group_of(turn: Turn) -> dict[str, str]:
    """Give what needs are counted by beside the area: the language read, and the age band by its id."""
    age = turn.episode.answers_of("consent").get("age")
    return {"language": turn.episode.language, "age": "".join(age.chosen) if age else ""}


def finish_review(turn: Turn) -> None:
    """With no services to look for: send the brief, say when we ask again."""
    bring_a_human(turn)
    say_when_next(turn)


def look_for_services(turn: Turn) -> None:
    """Ask the directory for each domain the person wants help with. No question is open then."""
    _begin_to_look(turn)
    look_further(turn)


def look_for_another(turn: Turn) -> None:
    """What they tried did not work out: take it off, and ask the directory once more, for the parts of life it was for."""
    _begin_to_look(turn, _domains_to_look_again(turn))
    for number, offer in enumerate(turn.episode.offers, 1):
        if offer.wanted and f"s{number}" in turn.episode.look_again:
            _take_off(turn, offer)
    turn.change(look_again=())
    look_further(turn)


def look_further(turn: Turn) -> None:
    """Look with all that is known by now, for what was looked for before the last question."""
    turn.change(asked="", picking=None)
    domains = turn.episode.looking or wanted_domains(turn)
    searches = tuple((domain, search_for(turn, domain)) for domain in domains)
    turn.do(FindServices(searches, unasked(turn, domains, each_of(domains))))


def _begin_to_look(turn: Turn, domains: tuple[str, ...] = ()) -> None:
    turn.change(looking=domains, facts_before=len(turn.episode.facts))


def show_services(turn: Turn) -> None:
    """Bring a human in, then show what was found for each domain, never more than six in all and none twice."""
    assert isinstance(turn.event, ServicesFound)
    _note_searches(turn, turn.event.found)
    if turn.episode.saw_services:
        _show_others(turn, turn.event.found)
        return
    shown = few_of(turn.event.found, _wished(turn, turn.event.found))
    if not turn.episode.facts:  # else one was called before the first question about them
        bring_a_human(turn)
    for domain, matches in shown:
        label = Text(f"intake/matters.{domain}")
        if matches:
            _offer(turn, domain, label, matches)
        else:
            none = phrases.NO_SERVICE if turn.episode.shares else phrases.NO_SERVICE_ALONE
            turn.say(none(domain=label))
            turn.change(nothing_for=(*turn.episode.nothing_for, domain))
            turn.do(Record("no_service", {"domain": domain}))
    _name_those_left(turn, _no_room_for(turn, turn.event.found))
    show_services_foot(turn)


def _show_others(turn: Turn, found: FoundForDomains) -> None:
    """Show only what was not shown before."""
    known = {offer.service for offer in turn.episode.offers}
    fresh = tuple((domain, tuple(m for m in matches if m.service.key not in known)) for domain, matches in found)
    shown = tuple((domain, matches) for domain, matches in few_of(fresh, _wished(turn, fresh)) if matches)
    for domain, matches in shown:
        _offer(turn, domain, Text(f"intake/matters.{domain}"), matches)
    turn.change(not_shown=tuple(one for one in turn.episode.not_shown if one not in dict(shown)))
    if not shown:
        turn.say(phrases.NO_OTHER_SERVICE())
        turn.do(Record("no_service"))
    show_services_foot(turn)


def _wished(turn: Turn, found: FoundForDomains) -> frozenset[str]:
    """Name the parts of life in which they said what would help most."""
    return frozenset(domain for domain, _ in found if wishes(turn, domain))


def _note_searches(turn: Turn, found: FoundForDomains) -> None:
    """Count what was looked for, and whether there was anything that they had not been shown before."""
    known = {offer.service for offer in turn.episode.offers}
    dialog, answers = turn.content.dialogs["intake"], turn.episode.answers_of("intake")
    for domain, matches in found:
        needs, fresh = needs_sought(dialog, answers, domain), sum(match.service.key not in known for match in matches)
        turn.do(Record("searched", {"needs": ",".join(needs), "found": str(fresh)}))


def mark_service(turn: Turn) -> None:
    """Redraw the buttons under the services just marked; reading the tap has marked them."""
    marked = _just_marked(turn)
    take_reports_back(turn)
    for wait in dict.fromkeys(offer.wait for offer in marked):
        turn.do(ShowChosen(wait, screens.offer_buttons(turn.episode.offers, wait)))
    off = marked and not any(o.wanted for o in marked)
    names = Listed(tuple(offer.name for offer in marked if off or offer.wanted))
    if marked:
        turn.notice((phrases.WANT_TAKEN_OFF if off else phrases.WANT_NOTED)(services=names))
    else:
        turn.notice(phrases.NOTED_ALREADY())
    if turn.state == "following_up":
        _tell_team_what_is_wanted(turn)


def tell_wanted(turn: Turn) -> None:
    """Say back what was picked and when we ask again; tell the topic."""
    names = to_try(turn.episode)
    turn.do(Record("services_chosen", {"count": str(len(names))}))
    none = phrases.NONE_WANTED() if turn.episode.offers else phrases.NONE_TO_WANT()
    turn.say(phrases.WANTED(services=Listed(names)) if names else none)
    say_when_next(turn)
    _tell_team_what_is_wanted(turn)


def _no_room_for(turn: Turn, found: FoundForDomains) -> tuple[str, ...]:
    """Name the parts of life for which services fit, but none of them stands on the screen, under this heading or another."""
    offered = {offer.service for offer in turn.episode.offers}
    shown = {at_all_branches(m.service) for _, matches in found for m in matches if m.service.key in offered}
    return tuple(domain for domain, matches in found if matches and not any(at_all_branches(m.service) in shown for m in matches))


def _name_those_left(turn: Turn, domains: tuple[str, ...]) -> None:
    """More is wanted than anybody reads at once: name what there was no room for, so that it is not forgotten."""
    if not domains:
        return
    turn.change(not_shown=domains)
    turn.do(Record("no_room", {"domains": ",".join(domains)}))
    left = phrases.NOT_SHOWN_YET if turn.episode.shares else phrases.NOT_SHOWN_YET_ALONE
    turn.say(left(domains=Listed(tuple(Text(f"intake/matters.{domain}") for domain in domains))))


def _offer(turn: Turn, domain: str, label: Text, matches: tuple[Match, ...]) -> None:
    wait, first = turn.episode.wait + 1, len(turn.episode.offers) + 1
    offers = tuple(_offer_of(turn, domain, match, wait) for match in matches)
    turn.change(offers=turn.episode.offers + offers)
    screen = screens.services(_head(turn, domain, matches)(domain=label), matches, first, turn.content, turn.event.at)
    lines = screens.as_they_read(screen.lines, turn.episode, turn.content)
    turn.say(*lines, buttons=screens.offer_buttons(turn.episode.offers, wait))
    turn.do(Record("services_shown", {"domain": domain, "count": str(len(offers))}))


def _head(turn: Turn, domain: str, matches: tuple[Match, ...]) -> Phrase:
    """Say what they are: what was wished for, in reach or further away, or what comes nearest to it."""
    met = met_by(matches, search_for(turn, domain))
    return phrases.NEAREST_SERVICE_ALONE if met is Meets.NEED_ONLY and not turn.episode.shares else HEADS[met]


HEADS: Mapping[Meets, Phrase] = {
    Meets.WISH: phrases.SERVICES_HEAD,
    Meets.WISH_FURTHER_AWAY: phrases.FURTHER_SERVICES,
    Meets.NEED_ONLY: phrases.NEAREST_SERVICE,
}


def _offer_of(turn: Turn, domain: str, match: Match, wait: int) -> Offer:
    read, abroad = turn.episode.language, screens.reads_another(turn.episode, turn.content)
    told_beside = (Why.CHECKED_RECENTLY, Why.SPEAKS)
    others = tuple(screens.reason(one) for one in match.reasons if one.code not in told_beside)[:WHY]
    why = (*others, *(_spoken(match, read) if abroad else ()))
    name, phone = short(match.service.name, screens.NAME), screens.phone_of(match)
    visit = screens.as_they_read(screens.visit(match, today(turn)), turn.episode, turn.content)
    checked = screens.freshness_in_brief(match.service, today(turn))
    return Offer(domain, match.service.key, name, wait, why=why, phone=phone, visit=visit, checked=checked)


def _spoken(match: Match, language: str) -> tuple[Text, ...]:
    """Say whether the person's language is spoken there, as they read it themselves: known to be, or to be asked about."""
    known = tuple(screens.reason(one) for one in match.reasons if one.code is Why.SPEAKS)
    ask = Ask.LANGUAGE in match.unknowns
    return known or ((phrases.BRIEF_ASK_LANGUAGE(language=Tongue(language)),) if ask else ())


def _just_marked(turn: Turn) -> tuple[Offer, ...]:
    before = {offer.service: offer.wanted for offer in turn.before.offers}
    return tuple(offer for offer in turn.episode.offers if offer.wanted != before.get(offer.service, False))


def _tell_team_what_is_wanted(turn: Turn) -> None:
    names = to_try(turn.episode)
    if turn.episode.in_touch and turn.episode.shares:
        turn.say(phrases.CHOSE_TO_TRY(services=Listed(names)) if names else phrases.CHOSE_NONE(), to="topic", urgency="relay")


def _take_off(turn: Turn, offer: Offer) -> None:
    turn.change(offers=tuple(replace(o, wanted=False) if o is offer else o for o in turn.episode.offers))
    turn.do(ShowChosen(offer.wait, screens.offer_buttons(turn.episode.offers, offer.wait)))


def _domains_to_look_again(turn: Turn) -> tuple[str, ...]:
    """Name the parts of life for which another service is asked for."""
    goals = {f"g{goal.number}": _domain_of(turn, goal) for goal in (turn.episode.plan.goals if turn.episode.plan else ())}
    offers = {f"s{number}": offer.domain for number, offer in enumerate(turn.episode.offers, 1)}
    found = dict.fromkeys(domain for one in turn.episode.look_again if (domain := {**goals, **offers}.get(one, "")))
    return tuple(found) or wanted_domains(turn)


def _domain_of(turn: Turn, goal: Goal) -> str:
    """A hope in own words names no part of life: then it is the one of the service its steps lead to, the last one first."""
    steps = (one.action for plan in reversed(turn.episode.plans) for one in plan.goals if one.number == goal.number)
    domains = {offer.service: offer.domain for offer in turn.episode.offers}
    return goal.domain or next((domains[step.service] for step in steps if step.service in domains), "")


def card(turn: Turn, chosen: Match) -> tuple[Text, ...]:
    """Show one service again as it looks to this person, for the part of life and by the number they know it by, if any."""
    known = ((number, one.domain) for number, one in enumerate(turn.episode.offers, 1) if one.service == chosen.service.key)
    number, domain = next(known, (None, ""))
    match = replace(seen_by(search_for(turn, domain), chosen.service, chosen.region), capacity=chosen.capacity)
    label = Text(f"intake/matters.{domain}") if domain and not wishes(turn, domain) else None
    return screens.as_they_read(screens.service(match, number, label, turn.content, turn.event.at), turn.episode, turn.content)
