"""The command that shows what a place lacks."""

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from rxbot import app as root
from rxbot.commands.opening import opened_if_there
from rxbot.content.load import Release
from rxbot.directory.formats.tables import is_formula
from rxbot.errors import Refused
from rxbot.report.gaps import HIDDEN, Gap, definitions
from rxbot.store.gaps import find_gaps

SOURCES = {"referred": "People who were referred", "survey": "People of the survey"}
GROUPS = {"all": "Everybody", "area": "By area", "language": "By language", "age": "By age"}
COLUMNS = ("source", "by", "group", "need", *(name.replace(" ", "_") for name, _ in definitions()))
commands = typer.Typer()


@commands.command()
def gaps(
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Count from this day on.")] = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", metavar="OUT", help="Write the rows to this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show what people need beside the services there are. By area, language and age band.

    Figures about fewer than five people are hidden, and whatever would give them away. Tables of nearly the same days
    tell of those few between them: give out one.
    """
    if csv_file and csv_file.is_dir():
        raise Refused(f"{csv_file} is a folder.", "Give the name of a file, such as gaps.csv.")
    if csv_file and not csv_file.absolute().parent.is_dir():
        raise Refused(f"{csv_file.parent} is not there.", "Make the folder first, or give another.")
    with opened_if_there() as (settings, store, release), store.begin() as unit:
        scheme = release.content.scheme
        begin = since.replace(tzinfo=scheme.time_zone) if since else None
        rows = find_gaps(unit, release.content, begin, root.now_of(settings)())
    if csv_file:
        _write(csv_file, rows)
    if as_json:
        typer.echo(json.dumps([asdict(row) | {"rate": row.rate} for row in rows], indent=2, ensure_ascii=False))
    elif csv_file:
        typer.echo(f"{len(rows)} rows in {csv_file}. {HIDDEN}")
    else:
        typer.echo("\n".join(_lines(rows, release)))


def _write(path: Path, rows: Iterable[Gap]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:  # Excel knows UTF-8 by its mark only
        table = csv.writer(out)
        table.writerow(COLUMNS)
        table.writerows((row.source, row.by, _unsigned(row.group), row.need, *row.figures) for row in rows)


def _unsigned(group: str) -> str:
    """Keep a spreadsheet from computing the name of an area, which somebody has typed."""
    return f"'{group}" if is_formula(group) else group


def _lines(rows: tuple[Gap, ...], release: Release) -> Iterable[str]:
    if not rows:
        yield "Nobody has told of any needs yet."
        return
    age, words, language = release.content.dialogs["consent"].question("age"), release.words, release.content.scheme.team_language
    ages = {option.id: words.label(option.text, language) for option in age.options} if age else {}
    head = ("", *(name for name, _ in definitions()))
    above: tuple[str, str, str] | None = None
    for row in rows:
        if (row.source, row.by, row.group) != above:
            above = (row.source, row.by, row.group)
            name = "" if row.by == "all" else f": {ages.get(row.group, row.group) or 'not known'}"
            yield f"\n{SOURCES[row.source]}. {GROUPS[row.by]}{name}"
            yield _line(head)
        yield _line((release.content.needs[row.need].label, *map(_plain, row.figures)))
    yield from ("", *(f"{name}: {means}" for name, means in definitions()), HIDDEN)


def _line(cells: Iterable[str]) -> str:
    first, *others = cells
    return f"{first:38}" + "".join(f"{cell:>18}" for cell in others)


def _plain(figure: object) -> str:
    return "" if figure is None else f"{figure:.0%}" if isinstance(figure, float) else str(figure)
