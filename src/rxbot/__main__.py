"""Assemble the commands, and give every complaint to the person at the keyboard."""

import sys

import typer

from rxbot.commands import (
    clinics,
    copies,
    directories,
    keyring,
    matching,
    pages,
    people,
    providers,
    publishing,
    running,
    showing,
    situation,
    teams,
)
from rxbot.errors import RxbotError

cli = typer.Typer(
    help="A Telegram assistant for social prescribing. Try it first: rxbot demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for room in (running, copies, people, clinics, matching, situation, pages):
    cli.add_typer(room.commands)
directories.directory.add_typer(publishing.commands)
directories.directory.add_typer(providers.commands)
directories.directory.add_typer(showing.commands)
for name, group in (
    ("directory", directories.directory),
    ("team", teams.team),
    ("worker", teams.worker),
    ("clinic", clinics.clinic),
    ("content", pages.content),
    ("keys", keyring.keys),
    ("words", pages.words),
):
    cli.add_typer(group, name=name)


def main() -> None:
    """Run a command; a complaint goes to the person at the keyboard, with its remedy and without a trace."""
    try:
        cli()
    except RxbotError as wrong:
        typer.secho(wrong.complaint, err=True, fg=typer.colors.RED)
        if wrong.remedy:
            typer.echo(wrong.remedy, err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
