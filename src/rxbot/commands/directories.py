"""The commands for the directory of services."""

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter

from rxbot import app as root
from rxbot.commands.opening import opened
from rxbot.content.feeds import open_feed
from rxbot.directory.hsds import read_services
from rxbot.store import ledger, service_checks
from rxbot.store.directory_rows import save_feed, service_of

directory = typer.Typer(help="The community services people are shown.", no_args_is_help=True)


@directory.command("import")
def directory_import(
    path: Annotated[Path, typer.Argument(help="A .json, .ndjson or .jsonl file of HSDS 3.x, or a folder of them.")],
    publisher: Annotated[str, typer.Option(help="Who publishes it; the file's name when empty.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Bring a directory of services in, or up to date. What vanished from it is not offered any more."""
    services, defects = read_services(open_feed(path))
    with opened() as (settings, store, _release), store.begin() as unit:
        report = save_feed(unit, publisher or path.stem, services, root.now_of(settings)())
    if as_json:
        typer.echo(
            json.dumps({**asdict(report), "defects": [{**asdict(one), "remedy": one.remedy} for one in defects]}, indent=2)
        )
        return
    typer.echo(
        f"{report.read} services read, {report.offered} offered now: {report.added} new, {report.changed} changed, ", nl=False
    )
    typer.echo(f"{report.same} as they were, {report.retired} retired.")
    if report.answered:
        typer.echo(f"Of {report.answered} their provider has said otherwise, and that holds. See: rxbot directory answers")
    for one in defects:
        typer.echo(f"  {one.count:6} × {one.code}, first at {one.first}. {one.remedy}")


class Decision(StrEnum):
    """What is done with a provider's answer."""

    TAKE = "take"
    LEAVE = "leave"


@directory.command("answers")
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


@directory.command("settle")
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
        ledger.note_act(unit, "operator", f"settle_{decision.value}", found.service, True, now)
    typer.echo(SETTLED[found.told.outcome, decision])


SETTLED = {
    ("closed", Decision.TAKE): "It stays closed, and is not offered.",
    ("closed", Decision.LEAVE): "It is offered again.",
    ("changed", Decision.TAKE): "People are shown what the provider said. What stands in its words only, write to its publisher.",
    ("changed", Decision.LEAVE): "Nothing was changed.",
}
