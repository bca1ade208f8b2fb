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
from rxbot.store.directory_rows import save_feed

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
