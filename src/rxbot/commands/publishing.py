"""The command that writes the directory for others to read."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zipfile import ZIP_DEFLATED, ZipFile

import typer

from rxbot import app as root
from rxbot.commands.opening import stored_if_there
from rxbot.directory.formats.identity import Identities
from rxbot.directory.formats.records import Record, Writer, term_id
from rxbot.directory.formats.tabular import lines_of, package_of
from rxbot.directory.model import Category
from rxbot.errors import Refused
from rxbot.store.directory_categories import categories_listed_by
from rxbot.store.published import Published, published, publishers_known

commands = typer.Typer()
LINES = "services.ndjson"


class Packing(StrEnum):
    """How a directory is written."""

    ZIP = "zip"
    FOLDER = "folder"
    JSON = "json"


NOT_WRITTEN = (".csv", ".xlsx", ".xls", ".ods", ".tsv", ".txt", ".xml")
"""Names of files that somebody may give and that would be taken for those of folders."""
PACKED_AS = {".zip": Packing.ZIP, ".json": Packing.JSON, ".ndjson": Packing.JSON, ".jsonl": Packing.JSON}


@commands.command("export")
def directory_export(
    out: Annotated[Path, typer.Argument(help="Where to write it: NAME.zip, NAME.ndjson, or a folder.")],
    publisher: Annotated[str, typer.Option(help="Whose services; everybody's when left out.")] = "",
    format: Annotated[Packing | None, typer.Option(help="zip or folder: tables. json: a line a service.")] = None,
) -> None:
    """Write the directory as HSDS 3.1 for others to read. Left out is what is closed, retired or suspended."""
    if out.exists():
        raise Refused(f"{out} is there already.", "Give another name.")
    if format is None and out.suffix.lower() in NOT_WRITTEN:
        raise Refused(f"It is not written as {out.suffix}.", "Give NAME.zip, for tables in CSV, or NAME.ndjson.")
    if not out.absolute().parent.is_dir():
        raise Refused(f"{out.parent} is not there.", "Make the folder first, or give another.")
    with stored_if_there() as (settings, store), store.begin() as unit:
        whose = _whose(publisher, publishers_known(unit))
        found, listed = published(unit, whose), categories_listed_by(unit, whose)
        today = root.now_of(settings)().date()
    if not found:
        raise Refused("There is no service to write.", "Bring a directory in first: rxbot directory import SOURCE")
    identities, noted_on = Identities(), today if len(whose) == 1 else None
    parents = {term_id(one.term): term_id(one.parent) for one in listed if one.parent}
    writers = {one: Writer(one, identities, noted_on, parents) for one in whose}
    packing = format or PACKED_AS.get(out.suffix.lower(), Packing.FOLDER)
    categories = (writers[whose[0]].term(one.term) for one in listed)
    _write(out, packing, _records(found, writers), categories, ", ".join(whose))
    typer.echo(f"{len(found):,} {'service' if len(found) == 1 else 'services'} written to {out.resolve()}.")
    if packing is Packing.JSON and (left := _unused(listed, found)):
        typer.echo(f"Not in it, as a line is a service: {left:,} categories that no service has. A zip or folder holds them too.")
    if len(whose) > 1:
        typer.echo("They are of several publishers. What a publisher's own ids are is kept only with --publisher.")


def _whose(publisher: str, known: tuple[str, ...]) -> tuple[str, ...]:
    if publisher and publisher not in known:
        raise Refused(f"There is no publisher {publisher!r}.", f"There are: {', '.join(known) or 'none yet'}.")
    return (publisher,) if publisher else known or ("",)


def _unused(listed: tuple[Category, ...], found: tuple[Published, ...]) -> int:
    used = {term for one in found for term in one.service.terms}
    return sum(one.term not in used for one in listed)


def _records(found: tuple[Published, ...], writers: dict[str, Writer]) -> Iterator[Record]:
    return (writers[one.publisher].service(one.service, one.capacity) for one in found)


def _write(out: Path, packing: Packing, records: Iterator[Record], categories: Iterator[Record], title: str) -> None:
    """Write it beside its place first: what is cut short is not taken for the whole."""
    draft = out.with_name(f".{out.name}.part")
    if packing is Packing.JSON:
        with draft.open("w", encoding="utf-8") as file:
            file.writelines(lines_of(records))
    elif packing is Packing.ZIP:
        with ZipFile(draft, "w", ZIP_DEFLATED) as packed:
            for name, text in package_of(records, title, categories):
                packed.writestr(name, text)
    else:
        draft.mkdir(exist_ok=True)
        for name, text in package_of(records, title, categories):
            (draft / name).write_text(text, "utf-8", newline="")
    draft.rename(out)
