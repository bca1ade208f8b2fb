"""The commands for a person's request on paper: what is kept, and erasing it."""

import os
from pathlib import Path
from typing import Annotated

import typer

from rxbot import app as root
from rxbot import by_request
from rxbot.commands.opening import opened_if_there
from rxbot.errors import Refused
from rxbot.store.erase import destroy_noted

commands = typer.Typer()


@commands.command()
def export(
    person: Annotated[str, typer.Argument(metavar="PERSON", help=by_request.HOW)],
    folder: Annotated[Path, typer.Option(help="Where the files are written.")] = Path(),
) -> None:
    """Write all that is kept about a person to files. A page to read, and data; for a request on paper. It stands in the audit.

    What is in the team's topic, in the clinic's own record and in the workers' notes is not in it.
    """
    with opened_if_there() as (settings, store, release), store.begin() as unit:
        now = root.now_of(settings)()
        files = by_request.export(unit, release, by_request.find(unit, release, person, now), now)
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            if (folder / file.name).exists():
                raise Refused(f"{folder / file.name} is there already.", "Name another folder.")
            with os.fdopen(os.open(folder / file.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(file.content)
    for file in files:
        typer.echo(folder / file.name)


@commands.command()
def erase(
    person: Annotated[str, typer.Argument(metavar="PERSON", help=by_request.HOW)],
    confirm: Annotated[str, typer.Option(help="The same once more, for programs.")] = "",
) -> None:
    """Erase all that is kept about a person. For a request on paper; it stands in the audit."""
    with opened_if_there() as (settings, store, release):
        now = root.now_of(settings)()
        with store.begin() as unit:
            asked = by_request.find(unit, release, person, now)
        for held in asked.held:
            typer.echo(f"A support by {held.episode.clinic}, {held.episode.state.replace('_', ' ')}: {held.episode.id}")
        for link in asked.links:
            typer.echo(f"A link that nobody has opened, with the clinic's own reference: {link}")
        if (confirm or typer.prompt(f"This cannot be undone. To erase it, type {person} again")) != person:
            raise Refused("Nothing was erased.", "")
        with store.begin() as unit:
            by_request.erase_all(unit, release, by_request.find(unit, release, person, now), now)
        destroy_noted(store, now)
        store.fold_log()
    typer.echo(f"Erased. Its keys are destroyed, also for every backup.\n\n{NOT_REACHED}")


NOT_REACHED = """This cannot reach:
- the chat on the person's own phone, and what Telegram keeps of it
- what the clinic has copied into its own record, and what staff have written down elsewhere
- the topic in the team's group until `rxbot serve` removes it, which it does at once when it runs
- in older backups: no words, but that their Telegram account was with a clinic; those go with the backups
- an older copy of the key store: replace it now with `rxbot keys backup`"""
