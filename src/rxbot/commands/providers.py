"""The commands for what providers say of their services, and for asking them."""

import secrets
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer
from pydantic import TypeAdapter

from rxbot import app as root
from rxbot.commands.opening import opened
from rxbot.episode.content import Scheme
from rxbot.errors import Refused, SettingsWrong
from rxbot.mail import Mail, Post, Refusal, open_post, server_of
from rxbot.provider import letters
from rxbot.settings import Settings
from rxbot.store import ledger, provider_links, service_checks
from rxbot.store.backup import OPERATOR
from rxbot.store.directory_rows import all_services, service_of
from rxbot.store.unit import Store, Unit

commands = typer.Typer()


@commands.command()
def recheck(
    publisher: Annotated[str, typer.Option(help="Only what this publisher has; everybody's when empty.")] = "",
    older_than: Annotated[int, typer.Option(help="Ask about what nobody has vouched for in so many days.")] = letters.OLD,
    limit: Annotated[int, typer.Option(help="How many letters at most.")] = 100,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say who would be written to.")] = False,
) -> None:
    """Ask providers by e-mail whether their details are still right: a letter each, never two within a fortnight."""
    with opened() as (settings, store, release):
        scheme, now = release.content.scheme, root.now_of(settings)()
        with store.begin() as unit:
            keep_from = provider_links.not_to_be_written_to(unit, now)
            due = letters.due(all_services(unit, publisher), keep_from, scheme.day(now), older_than)[:limit]
        if dry_run:
            for one in due:
                typer.echo(f"{one.address}: {', '.join(service.name for service in one.services)}")
            typer.echo(f"{len(due)} to write to.")
            return
        base = _public_url(settings)
        with open_post(server_of(settings.smtp_url.get_secret_value()), settings.mail_from) as post:
            refused = sum(not _write(store, post, scheme, one, base, now) for one in due)
        with store.begin() as unit:
            ledger.note_act(unit, OPERATOR, "recheck", publisher, True, now)
    typer.echo(f"{len(due) - refused} letters went out, {refused} were refused.")


def _public_url(settings: Settings) -> str:
    if not settings.public_url:
        raise SettingsWrong("RXBOT_PUBLIC_URL is empty.", "Say how the pages are reached from outside: the letters link there.")
    return settings.pages_url


def _write(store: Store, post: Post, scheme: Scheme, letter: letters.Due, base: str, now: datetime) -> bool:
    """Send one letter; say whether it was taken. It is noted first: rather a letter too few than the same one twice."""
    token = secrets.token_urlsafe(32)
    with store.begin() as unit:
        link = provider_links.make(unit, token, letter.address, [service.key for service in letter.services], now)
        number = provider_links.note_letter(unit, letter.address, now)
    words = letters.words_of(letter, scheme, base + letters.path_of(token), link.expires_at)
    refusal = post.send(Mail(letter.address, letters.subject_of(scheme), words), now)
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
    with opened() as (settings, store, _release), store.begin() as unit:
        if not provider_links.note_bounced(unit, letters.tidy(address), "came back"):
            raise Refused(f"No letter went to {address}.", "Write the address as the letter had it.")
        ledger.note_act(unit, OPERATOR, "bounced", "", True, root.now_of(settings)())
    typer.echo("Noted.")


@commands.command()
def silence(address: Annotated[str, typer.Argument(help="The e-mail address that asked for it.")]) -> None:
    """Write to a provider no more, as when they answer a letter so."""
    with opened() as (settings, store, _release), store.begin() as unit:
        now = root.now_of(settings)()
        provider_links.silence(unit, letters.tidy(address), now)
        ledger.note_act(unit, OPERATOR, "stop_letters", "", True, now)
    typer.echo("They are not written to any more.")


class Decision(StrEnum):
    """What is done with a provider's answer."""

    TAKE = "take"
    LEAVE = "leave"


@commands.command("answers")
def directory_answers(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """List what providers say has changed or is closed, until you settle it."""
    with opened() as (_settings, store, _release), store.begin() as unit:
        waiting = service_checks.waiting(unit)
        names = {one.service: service.name for one in waiting if (service := service_of(unit, one.service))}
    if as_json:
        typer.echo(TypeAdapter(tuple[service_checks.Check, ...]).dump_json(waiting, indent=2).decode())
        return
    for one in waiting:
        typer.echo(f"{one.number}: {names.get(one.service, '')} ({one.service})")
        typer.echo(f"   {one.told.outcome}, said {one.by.name}, {one.by.role}, on {one.at:%Y-%m-%d}")
        for label, words in (*asdict(one.told.amendment).items(), ("words", one.told.words)):
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
    with opened() as (settings, store, release), store.begin() as unit:
        now = root.now_of(settings)()
        found = service_checks.settle(unit, number, decision.value, by, now, release.content.scheme.day(now))
        ledger.note_act(unit, OPERATOR, f"settle_{decision.value}", found.service, True, now)
    typer.echo(SETTLED[found.told.outcome, decision])


SETTLED = {
    ("closed", Decision.TAKE): "It stays closed, and is not offered.",
    ("closed", Decision.LEAVE): "It is offered again.",
    ("changed", Decision.TAKE): "People are shown what the provider said. What stands in its words only, write to its publisher.",
    ("changed", Decision.LEAVE): "Nothing was changed.",
}
