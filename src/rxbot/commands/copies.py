"""The commands for copies: a backup, putting it back, and moving to another database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from rxbot import app as root
from rxbot.commands.opening import stored, stored_if_there
from rxbot.errors import StoreWrong
from rxbot.settings import Settings, read_settings
from rxbot.store import ledger, schema
from rxbot.store.backup import OPERATOR, Backup, back_up, look_into
from rxbot.store.backup import restore as restore_backup
from rxbot.store.moving import move as move_all
from rxbot.store.sqlite import is_held
from rxbot.store.unit import PUT_BACK, Store, opening

commands = typer.Typer()


@commands.command()
def backup(
    file: Annotated[Path, typer.Argument(help="A file that is not there yet.")],
    check: Annotated[bool, typer.Option("--check", help="Read through one that is there, and say what is in it.")] = False,
) -> None:
    """Write everything but the keys into one file. It may be done while rxbot serves."""
    if check:
        typer.echo(_told(file, look_into(file)))
        return
    with stored_if_there(older_too=True) as (settings, store):
        now = root.now_of(settings)()
        made = back_up(store.engine, file, now)
        if made.revision == schema.newest():  # an audit of an older release is not written by this one
            with store.begin() as unit:
                ledger.note_act(unit, OPERATOR, "backup", f"of {now:%Y-%m-%d %H:%M}", True, now)
    typer.echo(_told(file, made))


@commands.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `rxbot backup` has made.")],
    replace: Annotated[bool, typer.Option("--replace", help="Move the database that is there aside first.")] = False,
    without_lost_keys: Annotated[
        bool, typer.Option("--without-lost-keys", help="Give up the words of people whose keys are lost.")
    ] = False,
) -> None:
    """Fill an empty database from a backup. Who was erased since stays erased. Stop `rxbot serve` before."""
    look_into(file)
    settings = read_settings()
    with aside(settings, replace) as moved, stored() as (_, store):
        made, restored = restore_backup(store, file, root.now_of(settings)(), without_lost_keys)
    typer.echo(f"{_told(file, made)}\n\nDone beside it:")
    for what, count in asdict(restored).items():
        typer.echo(f"  {count:7} {what.replace('_', ' ')}")
    if moved:
        typer.echo(f"\nThe database that was there is {moved}. No later erasing reaches it: remove it when it is not needed.")


@commands.command()
def move(
    url: Annotated[str, typer.Argument(metavar="URL", help="An empty PostgreSQL database: postgresql://user@host/name.")],
) -> None:
    """Move everything but the keys from SQLite to PostgreSQL. It may be done while rxbot serves: it waits, and then ends."""
    with stored_if_there() as (settings, store):
        target = Store(url, store.keys)
        with opening("The new database", PUT_BACK):
            schema.prepare(target)
        for table, rows in move_all(store, target).items():
            typer.echo(f"  {rows:7} {table}")
        target.engine.dispose()
        keys = settings.where_keys_are()
    typer.echo(f"\nMoved. Now set RXBOT_DATABASE_URL={url} and RXBOT_KEYS_URL={keys}, and start rxbot again.")
    typer.echo("The file that was the database takes nothing any more. No later erasing reaches it: remove it when all is well.")


@contextmanager
def aside(settings: Settings, replace: bool) -> Iterator[Path | None]:
    """Move a database that is there out of the way, and back when what follows fails. One that somebody has open stays."""
    there = settings.database_file
    if there is None or not there.exists():
        yield None
        return
    if is_held(there):
        raise StoreWrong(f"Somebody has {there} open.", "Stop `rxbot serve` and every other command first.")
    if not replace:
        yield None
        return
    moved = there.with_name(f"{there.name}.until-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    _rename(there, moved)
    try:
        yield moved
    except BaseException:
        for left in _files_of(there):
            left.unlink(missing_ok=True)
        _rename(moved, there)
        raise


def _rename(database: Path, to: Path) -> None:
    """Give a database another name, and its log too: one that is broken still has it."""
    for old, new in zip(_files_of(database), _files_of(to), strict=True):
        if old.exists():
            old.rename(new)


def _files_of(database: Path) -> list[Path]:
    return [database.with_name(f"{database.name}{end}") for end in ("", "-wal", "-shm")]


def _told(file: Path, made: Backup) -> str:
    rows = "\n".join(f"  {count:7} {name}" for name, count in made.rows.items() if count)
    return f"{file} is whole. Made by rxbot {made.version} at {made.made_at:%Y-%m-%d %H:%M} UTC. It holds no keys.\n{rows}"
