"""The commands for the directory of services."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from rxbot import app as root
from rxbot.commands.opening import opened
from rxbot.content.feeds import open_feed
from rxbot.directory.hsds import read_services
from rxbot.errors import Refused
from rxbot.store import directory_reports, ledger
from rxbot.store.backup import OPERATOR
from rxbot.store.directory_rows import save_feed
from rxbot.store.unit import Unit

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


@directory.command("restore-service")
def directory_restore_service(
    key: Annotated[str, typer.Argument(help="The service's key, as the list has it.")] = "",
) -> None:
    """Show a service again that people said was wrong, once you have checked that it is right. Without KEY, list them."""
    from rxbot.carry_out import restore_service

    with opened() as (settings, store, release), store.begin() as unit:
        if not key:
            _list_suspended(unit)
            return
        now = root.now_of(settings)()
        if not restore_service(unit, release.content, key, OPERATOR, now):
            raise Refused(f"No service {key} is suspended.", "`rxbot directory restore-service` lists those that are.")
        ledger.note_act(unit, OPERATOR, "checked", key, True, now)
    typer.echo("It is shown again, and counts as checked today. The teams are told.")


def _list_suspended(unit: Unit) -> None:
    found = directory_reports.suspended(unit)
    for service in found:
        said = directory_reports.said_of(unit, service.key)
        typer.echo(f"{service.key}  {service.name}: {', '.join(f'{kind} ({n})' for kind, n in said.items())}")
    typer.echo(f"{len(found)} suspended. When you have checked one: rxbot directory restore-service KEY")
