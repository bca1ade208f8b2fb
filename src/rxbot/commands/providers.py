"""The commands for what providers say of their services, and for asking them."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Annotated

import typer
from pydantic import TypeAdapter

from rxbot import app as root
from rxbot.commands.directories import STANDS
from rxbot.commands.opening import opened_if_there
from rxbot.content.load import Release
from rxbot.directory.email import ADDRESS, tidy_email
from rxbot.directory.model import Service
from rxbot.directory.names import by_name, is_called
from rxbot.directory.staleness import Lights, staleness_of
from rxbot.directory.standards import STANDARDS, Standard, may_be_warmly_referred, missing
from rxbot.errors import MailAway, Refused, SettingsWrong
from rxbot.mail import Mail, Post, Refusal, open_post, server_of
from rxbot.provider import letters
from rxbot.settings import Settings
from rxbot.store import ledger, provider_links, service_checks, service_standards
from rxbot.store.backup import OPERATOR
from rxbot.store.directory_rows import all_services, hidden_by, service_of
from rxbot.store.published import publishers_known
from rxbot.store.unit import Store, Unit

commands = typer.Typer()


@commands.command()
def recheck(
    publisher: Annotated[str, typer.Option(help="Only what this publisher has; everybody's when empty.")] = "",
    older_than: Annotated[int, typer.Option(min=0, help="Ask about what nobody has vouched for in so many days.")] = letters.OLD,
    limit: Annotated[int, typer.Option(min=1, help="How many letters at most.")] = 100,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say who would be written to.")] = False,
) -> None:
    """Ask providers by e-mail whether their details are still right: one letter each, two at most in half a year."""
    with opened_if_there() as (settings, store, release):
        scheme, now = release.content.scheme, root.now_of(settings)()
        with store.begin() as unit:
            _refuse_unknown(publisher, publishers_known(unit))
            keep_from = provider_links.not_to_be_written_to(unit, now)
            services = all_services(unit, publisher)
            publisher_of = {service.key: one for one, service in services}
            due = letters.due((service for _, service in services), keep_from, scheme.day(now), older_than)[:limit]
        if dry_run:
            for one in due:
                typer.echo(f"{one.address}: {', '.join(service.name for service in one.services)}")
            typer.echo(f"{len(due)} to write to.")
            return
        base = _public_url(settings)
        taken: list[bool] = []
        try:
            with open_post(server_of(settings.smtp_url.get_secret_value()), settings.mail_from) as post:
                taken += (_write(store, post, release, one, publisher_of, base, now) for one in due)
        except MailAway:
            if taken:
                typer.echo(f"{_letters(sum(taken))} went out before that, {len(due) - len(taken)} did not.", err=True)
            raise
        refused = len(due) - sum(taken)
        with store.begin() as unit:
            ledger.note_act(unit, OPERATOR, "recheck", publisher, True, now)
    typer.echo(f"{_letters(len(due) - refused)} went out, {refused} {'was' if refused == 1 else 'were'} refused.")


def _letters(count: int) -> str:
    return f"{count} {'letter' if count == 1 else 'letters'}"


def _refuse_unknown(publisher: str, known: tuple[str, ...]) -> None:
    if publisher and publisher not in known:
        raise Refused(f"There is no publisher {publisher!r}.", f"There are: {', '.join(known) or 'none yet'}.")


def _public_url(settings: Settings) -> str:
    if not settings.public_url:
        raise SettingsWrong("RXBOT_PUBLIC_URL is empty.", "Say how the pages are reached from outside: the letters link there.")
    return settings.pages_url


def _write(
    store: Store, post: Post, release: Release, letter: letters.Due, publisher_of: Mapping[str, str], base: str, now: datetime
) -> bool:
    """Send one letter; say whether it was taken. It is noted first: rather a letter too few than the same one twice."""
    scheme, token = release.content.scheme, secrets.token_urlsafe(32)
    with store.begin() as unit:
        chosen = provider_links.language_chosen(unit, letter.address)
        language = chosen if chosen in release.words.languages else letters.language_of(letter, publisher_of, scheme)
        link = provider_links.make(unit, token, letter.address, [one.key for one in letter.services], now, language)
        number = provider_links.note_letter(unit, letter.address, now)
    page = base + letters.path_of(token)
    others = [release.words.wording(code)["own_name"] for code in release.words.languages if code != language]
    say = partial(release.words.label, language=language)
    words = letters.words_of(letter, scheme, page, link.expires_at, say, others)
    stop = f"{base}{letters.path_of(token)}/stop"
    refusal = post.send(Mail(letter.address, say(letters.subject_of(scheme)), words, stop, language), now)
    if refusal:
        typer.echo(f"{letter.address} was refused: {refusal.said}", err=True)
        with store.begin() as unit:
            _note_refusal(unit, number, refusal)
    return refusal is None


def _note_refusal(unit: Unit, number: int, refusal: Refusal) -> None:
    if refusal.for_now:
        provider_links.take_back(unit, number)
    else:
        provider_links.note_refused(unit, number, refusal.said)


@commands.command()
def bounced(address: Annotated[str, typer.Argument(help="The e-mail address a letter came back from.")]) -> None:
    """Note that a letter came back, so that `rxbot directory stale` tells of it."""
    with opened_if_there() as (settings, store, _release), store.begin() as unit:
        if not provider_links.note_bounced(unit, tidy_email(address), "came back"):
            raise Refused(f"No letter went to {address}.", "Write the address as the letter had it.")
        ledger.note_act(unit, OPERATOR, "bounced", "", True, root.now_of(settings)())
    typer.echo("Noted.")


@commands.command()
def silence(address: Annotated[str, typer.Argument(help="The e-mail address that asked for it.")]) -> None:
    """Write to a provider no more, as when they answer a letter so."""
    with opened_if_there() as (settings, store, _release), store.begin() as unit:
        if not ADDRESS.fullmatch(tidy_email(address)):
            raise Refused(f"{address!r} is no e-mail address.", "Write the address that asked for it.")
        now = root.now_of(settings)()
        provider_links.silence(unit, tidy_email(address), now)
        ledger.note_act(unit, OPERATOR, "stop_letters", "", True, now)
    typer.echo("They are not written to any more.")


class Decision(StrEnum):
    """What is done with a provider's answer."""

    TAKE = "take"
    LEAVE = "leave"


@commands.command("answers")
def directory_answers(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """List what providers say has changed or is closed, until you settle it."""
    with opened_if_there() as (_settings, store, _release), store.begin() as unit:
        waiting = service_checks.waiting(unit)
        names = {one.service: service.name for one in waiting if (service := service_of(unit, one.service))}
    if as_json:
        typer.echo(TypeAdapter(tuple[service_checks.Check, ...]).dump_json(waiting, indent=2).decode())
        return
    for one in waiting:
        typer.echo(f"{one.number}: {names.get(one.service, '')} ({one.service})")
        typer.echo(f"   {one.statement.outcome}, said {one.by.name}, {one.by.role}, on {one.at:%Y-%m-%d}")
        for label, words in (*asdict(one.statement.amendment).items(), ("words", one.statement.words)):
            if words:
                typer.echo(f"   {label}: {words}")
    typer.echo(f"{len(waiting)} waiting. Settle one: rxbot directory settle NUMBER take|leave --by NAME")


@commands.command("settle")
def directory_settle(
    number: Annotated[int, typer.Argument(help="The answer's number.")],
    decision: Annotated[
        Decision, typer.Argument(help="take: what the provider says holds. leave: what the directory says does.")
    ],
    by: Annotated[str, typer.Option(help="Who decides.")],
) -> None:
    """Take a provider's answer, or leave things as the directory has them. What is taken outlasts the next import."""
    with opened_if_there() as (settings, store, release), store.begin() as unit:
        now = root.now_of(settings)()
        hidden = next((hidden_by(unit, one.service) for one in service_checks.waiting(unit) if one.number == number), "")
        found = service_checks.settle(unit, number, decision.value, by, now, release.content.scheme.day(now))
        ledger.note_act(unit, OPERATOR, f"settle_{decision.value}", found.service, True, now)
        is_right = found.statement.outcome == "right" and not hidden
        settled = RIGHT[decision] if is_right else SETTLED.get((found.statement.outcome, decision))
        told = settled or STANDS[hidden_by(unit, found.service)]
    typer.echo(told)


SETTLED = {  # what is left out opens it again, where nothing else hides it
    ("closed", Decision.TAKE): "It stays closed, and is not offered.",
    ("right", Decision.LEAVE): "It stays closed, and is not offered.",
    ("changed", Decision.TAKE): "People are shown what the provider said. What stands in its words only, write to its publisher.",
    ("changed", Decision.LEAVE): "Nothing was changed.",
}

RIGHT = {Decision.TAKE: "It counts as checked today.", Decision.LEAVE: "Nothing was changed."}
"""Somebody said that all is right where somebody else had said what is not, and it was shown all the time."""


@commands.command()
def standards(
    service: Annotated[str, typer.Argument(help="The service's key, or its whole name.")] = "",
    found: Annotated[
        list[str], typer.Option("--set", help="What was made sure of, such as contact=yes; as often as needed.")
    ] = [],  # noqa: B006
    by: Annotated[str, typer.Option(help="Who made sure.")] = "",
) -> None:
    """Show or note what was made sure of about a service, before people are referred to it. Without SERVICE, list them."""
    with opened_if_there() as (settings, store, release), store.begin() as unit:
        if not service:
            if found or by:
                raise Refused("No service is named.", "Write its key, or its whole name: rxbot directory standards SERVICE")
            _list_standards(unit, release)
            return
        now, one = root.now_of(settings)(), _service_meant(unit, service)
        if noted := _standards_of(found):
            if not by.strip():
                raise Refused("Nobody is named who made sure.", "Add --by NAME.")
            service_standards.note(unit, one.key, noted, by.strip(), now)
            ledger.note_act(unit, OPERATOR, "standards", one.key, True, now)
        known, standing = service_standards.noted(unit, one.key), service_standards.standing_of(unit, one.key)
    line = release.content.scheme.minimum_standards
    typer.echo(f"{one.name} ({one.key})")
    if not line:
        typer.echo("No line is drawn: minimum_standards in scheme.yaml names none, so nothing of this has to be made sure of.")
    for standard in STANDARDS:
        asked = " (asked for)" if standard in line else ""
        found_so = known.get(standard)
        said = f"{'yes' if found_so.met else 'no'}, {found_so.by}, {found_so.at:%Y-%m-%d}" if found_so else "not known"
        typer.echo(f"  {standard:12} {said}{asked}")
    typer.echo(f"  {'agreed':12} {'not known' if standing.agreed is None else 'yes' if standing.agreed else 'no'}")
    typer.echo("People may be referred there." if may_be_warmly_referred(standing, line) else "Signpost only.")


def _list_standards(unit: Unit, release: Release) -> None:
    """List the services of which something was made sure, with what is still lacking."""
    line, keys = release.content.scheme.minimum_standards, service_standards.all_noted(unit)
    for key, standing in service_standards.standings(unit, keys).items():
        lacking = ", ".join(missing(standing, line))
        said = "people may be referred there" if may_be_warmly_referred(standing, line) else "signpost only"
        name = one.name if (one := service_of(unit, key)) else ""
        typer.echo(f"{key}  {name}: {said}{f', not made sure of: {lacking}' if lacking else ''}")
    typer.echo(f"{len(keys)} of which something was made sure. One in full: rxbot directory standards SERVICE")


def _service_meant(unit: Unit, words: str) -> Service:
    if one := service_of(unit, words):
        return one
    named = [one for _, one in all_services(unit) if is_called(one, words)]
    if len(named) != 1:
        keys = ", ".join(f"{one.key} ({one.organization.name})" for one in named)
        raise Refused(
            f"{len(named)} services are called {words!r}.", f"Name one by its key: {keys}" if named else _alike(unit, words)
        )
    return named[0]


def _alike(unit: Unit, words: str) -> str:
    found = by_name(words, (one for _, one in all_services(unit)))
    listed = ", ".join(f"{one.name!r} of {one.organization.name} ({one.key})" for one in found)
    return f"Name one of these by its key: {listed}" if found else "Write its whole name as people see it."


def _standards_of(found: list[str]) -> dict[Standard, bool]:
    noted: dict[Standard, bool] = {}
    for words in found:
        name, _, answer = words.partition("=")
        standard = next((one for one in STANDARDS if one == name.strip()), None)
        if standard is None or answer.strip() not in ("yes", "no"):
            raise Refused(f"{words!r} says nothing of a standard.", f"Write NAME=yes or NAME=no, of {', '.join(STANDARDS)}.")
        noted[standard] = answer.strip() == "yes"
    return noted


@commands.command()
def stale(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Say how long ago somebody vouched for the services that are offered, and whom nobody can ask."""
    with opened_if_there() as (settings, store, release), store.begin() as unit:
        today = release.content.scheme.day(root.now_of(settings)())
        found = staleness_of(all_services(unit), release.content.needs.values(), provider_links.bounced(unit), today)
    if as_json:
        typer.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False))
        return
    typer.echo("Checked within 180 days: green. Within 548 days: amber. Longer ago: red.")
    for head, rows in (("", {"all": found.all}), ("by publisher", found.by_publisher), ("by need", found.by_need)):
        if head:
            typer.echo(f"\n{head}")
        for name, lights in rows.items():
            typer.echo(f"  {name:30} {_lights_line(lights)}")
    typer.echo("\nthe oldest")
    for one in found.oldest:
        typer.echo(f"  {one.checked or 'never'!s:10}  {one.name} ({one.publisher}, {one.key})")
    typer.echo(f"\n{found.without_email} without an e-mail address, {found.bounced} whose last letter did not arrive.")


def _lights_line(lights: Lights) -> str:
    return f"green {lights.green:5}  amber {lights.amber:5}  red {lights.red:5}  never {lights.never:5}"
