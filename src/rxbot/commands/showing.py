"""The command that shows a service: as people see it, and what was understood of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

import typer

from rxbot import app as root
from rxbot.commands.opening import opened_if_there
from rxbot.commands.understood import Part, Understood, parts_of
from rxbot.content.load import Release
from rxbot.directory.capacity import is_full
from rxbot.directory.checks import HiddenBy
from rxbot.directory.freshness import Freshness, freshness_of
from rxbot.directory.model import Service
from rxbot.directory.names import by_name
from rxbot.directory.rank import seen_by
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.whom import people_rule
from rxbot.directory.search import Search
from rxbot.directory.standards import Standing, may_be_warmly_referred, missing
from rxbot.episode import screens
from rxbot.episode.fitting import short
from rxbot.errors import Refused
from rxbot.store import service_standards
from rxbot.store.directory_rows import all_services, hidden_by, regions_of, service_of
from rxbot.store.service_checks import capacities
from rxbot.store.unit import Unit

commands = typer.Typer()
LONGEST = 160
HIDDEN: dict[HiddenBy, str] = {
    "": "It is offered.",
    "publisher": "It is shown to nobody: its directory does not offer it.",
    "provider": "It is shown to nobody: its provider says that it is closed.",
    "reports": "It is shown to nobody: people say that something is wrong with it.",
}
FRESH = {
    Freshness.FRESH: "lately",
    Freshness.AGEING: "a while ago",
    Freshness.STALE: "long ago, so it comes further down",
}


@commands.command()
def show(service: Annotated[str, typer.Argument(help="The service's name, or its key.")]) -> None:
    """Show a service as people see it, and what was understood of it. Where several have the name, list them with their keys."""
    with opened_if_there() as (settings, store, release), store.begin() as unit:
        now = root.now_of(settings)()
        found = _found(unit, service)
        if len(found) > 1:
            for one in found:
                typer.echo(f"{one.key}  {_named(one)}")
            typer.echo("These are called so. To look at one: rxbot directory show KEY")
            return
        [one] = found
        search = Search(needs=(), now=release.content.scheme.day(now))
        told = capacities(unit, [one.key]).get(one.key)
        match = replace(seen_by(search, one, regions_of(unit, [one.key]).get(one.key)), capacity=told)
        seen = screens.service(match, None, None, release.content, now)
        say, language = release.words.label, release.content.scheme.team_language
        hidden, standing = hidden_by(unit, one.key), service_standards.standing_of(unit, one.key)
        lines = (
            *(f"  {words}" for text in seen if (words := say(text, language))),
            "",
            "What was understood of it",
            *_understood(parts_of(one)),
            *_checked(one, search),
            f"  standing: {_standing(standing, release)}",
            f"  room: {say(text, language) if (text := screens.room(told)) else 'not known'}",
            "",
            _shown(one, hidden, is_full(told, search.now)),
        )
        typer.echo(f"{_named(one)}\nkey: {one.key}\n\nAs people see it")
        typer.echo("\n".join(lines))


def _found(unit: Unit, words: str) -> tuple[Service, ...]:
    """Give the service of this key, or those of this name; raises Refused where there is none."""
    if one := service_of(unit, words):
        return (one,)
    if found := by_name(words, (one for _, one in all_services(unit))):
        return found
    raise Refused(f"No service that is offered has the name or key {words!r}.", "Write some words of its name as people see it.")


def _shown(one: Service, hidden: HiddenBy, full: bool) -> str:
    """Say whether it is shown to people, and if not, why."""
    if hidden:
        return HIDDEN[hidden]
    if people_rule(one).value is Answer.NO:
        return "It is shown to nobody: it is for organizations or professionals, as it says."
    return "It is shown to nobody for now: it is full." if full else HIDDEN[hidden]


def _named(one: Service) -> str:
    places = (address.city for location in one.locations for address in location.addresses)
    return ", ".join(filter(None, dict.fromkeys((one.name, one.organization.name, next(filter(None, places), "")))))


def _understood(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if part.found:
            yield from (f"  {part.name}: {_told(one)}" for one in part.found)
    for part in parts:
        if not part.found and part.said:
            yield f"  {part.name}: not understood, so people read the words themselves: “{_short('; '.join(part.said))}”"
    unknown = [part.name for part in parts if not part.found and not part.said]
    if unknown:
        yield f"  not known: {', '.join(unknown)}"


def _told(one: Understood) -> str:
    return f"{one.what}, from “{_short(one.sentence)}”" if one.sentence else one.what


def _short(words: str) -> str:
    return short(words, LONGEST)


def _checked(one: Service, search: Search) -> Iterator[str]:
    how = FRESH.get(freshness_of(one.checked, search.now))
    yield f"  checked: {f'{one.checked}, {how}' if how else 'nobody says when'}"


def _standing(standing: Standing, release: Release) -> str:
    line = release.content.scheme.minimum_standards
    if may_be_warmly_referred(standing, line):
        return "people may be referred there"
    lacking = ", ".join(missing(standing, line))
    return f"its details may be given, no more{f'; nobody has made sure of: {lacking}' if lacking else ''}"
