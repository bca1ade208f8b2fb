"""The commands for the key that opens the key store."""

import os
from pathlib import Path
from typing import Annotated

import typer

from rxbot import app as root
from rxbot.errors import StoreWrong
from rxbot.settings import read_settings
from rxbot.store.keys import Keys, is_there, new_master_key, opens
from rxbot.store.unit import KEYS_PUT_BACK

keys = typer.Typer(help="The key that opens the key store.", no_args_is_help=True)


@keys.command("new")
def keys_new() -> None:
    """Print a new key for RXBOT_KEY. Keep it where the data and its backups are not."""
    typer.echo(new_master_key())


@keys.command("backup")
def keys_backup(
    file: Annotated[Path, typer.Argument(help="What was there is replaced: an older copy opens erased words.")],
) -> None:
    """Copy the key store. Make one right after each backup of the data, in place of the last, and keep it apart from those."""
    settings = read_settings()
    if not is_there(settings.where_keys_are()):  # a new one would take the place of the last copy
        raise StoreWrong("There is no key store to copy.", KEYS_PUT_BACK)
    store = root.open_keys(settings)
    os.umask(0o077)
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    count = store.copy_to(f"sqlite:///{part}")
    store.close()
    part.replace(file)
    typer.echo(f"{count} keys are in {file}. RXBOT_KEY opens it.")


@keys.command("rotate")
def keys_rotate() -> None:
    """Let a new key take the place of RXBOT_KEY. The old one opens nothing any more.

    Where the key is in the environment, set RXBOT_NEW_KEY to the new one first; where it is in a file, a new one is made there.
    All keys are wrapped anew or none. Cut short, run it again. Then start `rxbot serve` again: until then it waits.
    """
    settings = read_settings()
    old, new, url = settings.master_key(), settings.next_master_key(), settings.where_keys_are()
    if opens(url, new):
        typer.echo("The key store opens with the new key already.")
    else:
        store = Keys(url, old)
        typer.echo(f"{store.rotate(new)} keys are wrapped anew.")
        store.close()
    typer.echo(settings.take_new_key())
