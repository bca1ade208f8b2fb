"""The commands that run it, and look whether it can run."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from rxbot import app as root
from rxbot.commands.opening import stored_if_there
from rxbot.log import set_up_logging
from rxbot.settings import environment, read_settings
from rxbot.store import schema

MARKS = {"ok": "ok     ", "warning": "warning", "wrong": "WRONG  "}
commands = typer.Typer()


@commands.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its data.")] = Path("demo"),
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where its page is on this computer.")] = 8000,
    content: Annotated[
        Path | None,
        typer.Option(envvar="RXBOT_CONTENT", help="A folder with dialogs/ and locales/; what ships if not given."),
    ] = None,
) -> None:
    """Try everything on this computer. Two phones, a team, a clinic and an invented town; needs no token.

    Pages that you change meanwhile are taken into use at once.
    """
    from rxbot.demo import run_demo

    set_up_logging(trouble_only=True)
    root.run_until_stopped(lambda: run_demo(folder, port, content, typer.echo))


@commands.command(help=f"Serve people on Telegram, and clinics their pages.\n\n\b\nEnvironment:\n{environment()}")
def serve() -> None:
    """Serve people on Telegram."""
    set_up_logging()
    app = root.make_app(read_settings())
    try:
        root.run_until_stopped(app.serve)
    finally:
        app.store.close()


@commands.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Look whether all is set up well. Says what to do where it is not; changes nothing."""
    from rxbot.doctor import examine

    found = asyncio.run(examine())
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
    else:
        for one in found:
            typer.echo(f"{MARKS[one.state]} {one.check}: {one.says}")
            if one.remedy:
                typer.echo(f"  -> {one.remedy}")
    raise typer.Exit(1 if any(one.state == "wrong" for one in found) else 0)


@commands.command()
def sandbox(  # nosec B107  # this token opens nothing but the sandbox
    port: Annotated[int, typer.Option(help="Where it listens on this computer.")] = 8081,
    token: Annotated[str, typer.Option(help="The token it knows.")] = "1:sandbox",
) -> None:
    """Serve a Telegram of our own, for tests. It has a page on which to play the people."""
    from rxbot.demo import run_sandbox

    root.run_until_stopped(lambda: run_sandbox(port, token, typer.echo))


@commands.command()
def migrate() -> None:
    """Bring the database up to this release. Make a backup first."""
    with stored_if_there(older_too=True) as (_, store):
        typer.echo(f"The database is at revision {schema.migrate(store)}.")
