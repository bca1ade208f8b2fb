"""The commands for the directory of services."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from rxbot import app as root
from rxbot.commands.import_report import told, told_defects
from rxbot.commands.opening import database_of, is_to_be_made, opened, opened_if_there
from rxbot.commands.progress import progress
from rxbot.commands.sweeping import unswept
from rxbot.content.load import Release
from rxbot.directory.checks import HiddenBy
from rxbot.directory.defects import Defect
from rxbot.directory.formats.counts import Counts
from rxbot.directory.formats.sheet import template
from rxbot.directory.freshness import is_to_come
from rxbot.directory.gazetteer import ByTown, all_placed, placed_as_before, wanted_places
from rxbot.directory.hsds import Listing, read_listing
from rxbot.directory.misplaced import addresses_told, exchanged, far_from_address
from rxbot.directory.model import Category, Service
from rxbot.errors import Refused
from rxbot.feeds import SHEET, Feed, Format, open_feed
from rxbot.feeds.api import Tell
from rxbot.settings import read_settings
from rxbot.store import directory_reports, ledger
from rxbot.store.backup import OPERATOR
from rxbot.store.directory_rows import (
    hidden_by,
    index_for,
    publishers,
    retire_publisher,
    save_feed,
    services_before,
    work_ahead,
)
from rxbot.store.places import known_by
from rxbot.store.service_checks import said_since_suspended
from rxbot.store.unit import Unit

directory = typer.Typer(help="The community services people are shown.", no_args_is_help=True)
TEMPLATE = Path("services.csv")
NEW = "There was no database here, so a new and empty one was just made:"
ELSEWHERE = "If your services are in another one: set RXBOT_DATABASE_URL to it, or go to its folder, and import again."
CUT = ("fewer_than_said", "run_together")
"""Defects of a list of which something did not reach us: what is missing may only be missing here."""


ALIKE = (
    "{of!r} is another publisher than {other!r}, which is there already: only capitals or blanks differ. If it is the same:\n"
    "  rxbot directory retire {retire}\n  and import it again with --publisher {name}"
)


@directory.command("import")
def directory_import(
    source: Annotated[str, typer.Argument(help="A file, folder, zip, or address (https://...) of services.")],
    publisher: Annotated[str, typer.Option(help="Who publishes it, the same each time; the source's name when left out.")] = "",
    format: Annotated[Format, typer.Option(help="What it is written in; recognised by itself when left out.")] = Format.AUTO,
    take_fewer: Annotated[
        bool, typer.Option("--take-fewer", help="Take a list that lacks most of what people are shown, or was cut on its way.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Bring a directory of services in, or up to date. What vanished from it is not offered any more.

    It may be HSDS as JSON, JSON lines or tables; Open Referral UK, also a live service; Ohana tables; or a sheet of your own,
    which `rxbot directory template` begins.
    """
    made = is_to_be_made(read_settings())
    with opened() as (settings, store, release), progress() as tell, unswept():
        if made:
            typer.echo(f"{NEW} {database_of(settings)}\n{ELSEWHERE}", err=True)
        feed = open_feed(source, format, release.content.needs, tell)
        listing, counts = _read(feed, tell)
        now, of = root.now_of(settings)(), " ".join(publisher.split()) or feed.name
        with store.begin() as unit:
            alike = [one for one in publishers(unit) if one != of and _plainly(one) == _plainly(of)]
            services, defects = _on_the_map(unit, listing, of, feed.read_as == SHEET)
            astray = tuple(_astray(unit, listing, services, of, release))
        defects = (*defects, *astray, *_to_come(listing, now.date()))
        for words in (*feed.complaints, *(() if services or not defects else told_defects(defects))):
            typer.echo(words, err=True)
        with store.begin() as unit:
            index_for(unit, release.content.needs.values())
        for other in alike:
            typer.echo(ALIKE.format(of=of, other=other, retire=quote(of), name=quote(other)), err=True)
        cut = any(one.code in CUT for one in defects)
        ahead = work_ahead(store, of, services, partial(tell, "Understanding"))
        with store.begin() as unit:
            saving = partial(tell, "Saving")
            report = save_feed(
                unit, of, services, now, saving, feed.unread, cut, take_fewer, ahead, _categories(listing, defects)
            )
    if as_json:
        found = {**asdict(counts), **report.as_json(), "defects": [one.as_json() for one in defects]}
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        typer.echo("\n".join(told(feed.read_as, counts, report, defects, database_of(settings))))


def _plainly(name: str) -> str:
    return " ".join(name.casefold().split())


def _read(feed: Feed, tell: Tell) -> tuple[Listing, Counts]:
    """Read the services and count the source. Its pages are most of what is in memory: nothing keeps them any longer."""
    pages = tuple(feed)
    return read_listing(_told(pages, tell), feed.defects), feed.counts(pages)


def _categories(listing: Listing, defects: Sequence[Defect]) -> Sequence[Category] | None:
    """Give the categories of a list; None where they could not be read, so that those that are known stay."""
    return None if any(one.code == "categories_not_read" for one in defects) else listing.categories


def _told(pages: Sequence[tuple[str, object]], tell: Tell) -> Iterator[tuple[str, object]]:
    for number, page in enumerate(pages, 1):
        tell("Reading", number, len(pages))
        yield page


def _on_the_map(unit: Unit, listing: Listing, publisher: str, is_sheet: bool) -> tuple[tuple[Service, ...], tuple[Defect, ...]]:
    """Put what has no coordinates where its postcode is, as this or another directory tells, and note it.

    A sheet's rows are put where their town is, too, and so is what else names no area. Whoever fills a sheet in can mend it:
    so what is on the map now is no defect.
    What an earlier import of the same list told is left aside, so that the same list says the same however often it comes.
    """
    wanted = wanted_places(location for service in listing.services for location in service.locations)
    known = known_by(unit, wanted, but=publisher)
    by_code = all_placed(listing.services, known, ByTown.NOTHING)
    placed = all_placed(by_code, known, ByTown.ALL if is_sheet else ByTown.WHAT_NAMES_NO_AREA)
    if not is_sheet:
        by_itself = all_placed(listing.services, {}, ByTown.WHAT_NAMES_NO_AREA)
        off_the_map = {one.id for one in by_itself if not all(at.place for at in one.locations)}
        placed = placed_as_before(by_itself, placed, services_before(unit, publisher, off_the_map))
    off = [one for one in placed if any(not at.place for at in one.locations)]
    nowhere = [one for one in placed if not one.areas and not any(at.place for at in one.locations)]
    still = {"no_coordinates": off, "nowhere": nowhere} if is_sheet else {}
    kept = [one for one in listing.defects if one.code not in still]
    by = {
        "placed_by_postcode": [one for one in by_code if _rough(one)],
        "placed_by_town": [one for one, before in zip(placed, by_code, strict=True) if _rough(one) > _rough(before)],
    }
    return placed, (*kept, *(note for code, some in (still | by).items() for note in _noted(code, some, listing)))


def _astray(unit: Unit, listing: Listing, services: Sequence[Service], publisher: str, release: Release) -> Iterator[Defect]:
    """Give what is oddly placed on the map, though it was taken so: what an earlier import of it said proves nothing."""
    clinics = [clinic.place for clinic in release.content.scheme.clinics.values()]
    turned = tuple(exchanged(services, clinics))
    ids = {one.id for one in turned}
    others = [one for one in services if one.id not in ids]  # what is known to be wrong makes nothing else so
    far = far_from_address(others, known_by(unit, addresses_told(others), but=publisher))
    yield from _noted("exchanged", turned, listing)
    yield from _noted("far_from_address", tuple(far), listing)


def _noted(code: str, services: Sequence[Service], listing: Listing) -> Iterator[Defect]:
    if services:
        yield Defect(code, len(services), listing.places[services[0].id])


def _rough(service: Service) -> int:
    return sum(location.is_rough for location in service.locations)


def _to_come(listing: Listing, today: date) -> Iterator[Defect]:
    late = [one for one in listing.services if one.checked and is_to_come(one.checked, today)]
    yield from _noted("day_to_come", late, listing)


@directory.command("template")
def directory_template(
    out: Annotated[Path, typer.Argument(help="Where to write it.")] = TEMPLATE,
) -> None:
    """Write a sheet to fill in, for a directory of your own."""
    if out.exists():
        raise Refused(f"{out} is there already.", "Give another name: rxbot directory template NAME.csv")
    if not out.absolute().parent.is_dir():
        raise Refused(f"{out.parent} is not there.", "Make the folder first, or give another.")
    settings = read_settings()
    needs = root.load_release(settings, root.now_of(settings)()).content.needs
    out.write_text(template(needs), "utf-8-sig")  # Excel knows UTF-8 by this mark only
    typer.echo(f"Written to {out.resolve()}. Open it in Excel, LibreOffice or any other spreadsheet.")
    typer.echo("Delete the two examples, and write one row a service. Save it as CSV (in Excel: CSV UTF-8), and then:")
    typer.echo(f'\n  rxbot directory import {out} --publisher "Your name"\n')


@directory.command("retire")
def directory_retire(
    publisher: Annotated[str, typer.Argument(help="Whose services, as the list has it.")] = "",
) -> None:
    """Offer nobody a publisher's services any more, as when its list came in under two names. Without PUBLISHER, list them."""
    with opened_if_there() as (settings, store, _), store.begin() as unit:
        known = publishers(unit)
        if not publisher:
            for name, count in known.items():
                typer.echo(f"{count:>7,}  {name}")
            typer.echo(f"{len(known)} with services. To take one back: rxbot directory retire PUBLISHER")
            return
        if publisher not in known:
            raise Refused(f"Nothing of {publisher} is offered.", "`rxbot directory retire` lists the publishers.")
        now = root.now_of(settings)()
        count = retire_publisher(unit, publisher, now)
        ledger.note_act(unit, OPERATOR, "retire", publisher, True, now)
    typer.echo(f"{count:,} services are kept, but not offered to anybody any more. Importing its list brings them back.")


@directory.command("restore-service")
def directory_restore_service(
    key: Annotated[str, typer.Argument(help="The service's key, as the list has it.")] = "",
) -> None:
    """Show a service again that people said was wrong, once you have checked that it is right. Without KEY, list them."""
    from rxbot.carry_out import restore_service

    with opened_if_there() as (settings, store, release), store.begin() as unit:
        if not key:
            _list_suspended(unit)
            return
        now = root.now_of(settings)()
        if not restore_service(unit, release.content, key, OPERATOR, now):
            raise Refused(f"No service {key} is suspended.", "`rxbot directory restore-service` lists those that are.")
        ledger.note_act(unit, OPERATOR, "checked", key, True, now)
        told = STANDS[hidden_by(unit, key)]
    typer.echo(f"It counts as checked today. {told} The teams are told.")


@directory.command("open-again")
def directory_open_again(key: Annotated[str, typer.Argument(help="The service's key.")]) -> None:
    """Show a service again that its provider said is closed, once you know that it is open."""
    from rxbot.carry_out import open_again

    with opened_if_there() as (settings, store, release), store.begin() as unit:
        now = root.now_of(settings)()
        if not open_again(unit, release.content, key, OPERATOR, now):
            raise Refused(f"No provider says that {key} is closed.", "`rxbot directory answers` lists what providers say.")
        ledger.note_act(unit, OPERATOR, "open_again", key, True, now)
        told = STANDS[hidden_by(unit, key)]
    typer.echo(f"It counts as open, and as checked today. {told} The teams are told.")


STANDS: Mapping[HiddenBy, str] = {
    "": "It is shown again.",
    "publisher": "It is shown to nobody: its directory does not offer it any more.",
    "provider": "It is still shown to nobody: its provider says that it is closed. Once you know that it is open: "
    "rxbot directory open-again KEY",
    "reports": "It is still shown to nobody: people say that something is wrong with it. Once you have checked it: "
    "rxbot directory restore-service KEY",
}


def _list_suspended(unit: Unit) -> None:
    found = directory_reports.suspended(unit)
    for service in found:
        said = directory_reports.said_of(unit, service.key)
        typer.echo(f"{service.key}  {service.name}: {', '.join(f'{kind} ({n})' for kind, n in said.items())}")
        for one in said_since_suspended(unit, service.key)[-1:]:
            typer.echo(f"   its provider answers: {one.statement.outcome}, on {one.at:%Y-%m-%d}")
    typer.echo(f"{len(found)} suspended. When you have checked one: rxbot directory restore-service KEY")
