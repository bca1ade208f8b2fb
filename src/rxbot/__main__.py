"""The commands. Each says what it did, or what is wrong and who can mend it how."""

import asyncio
import json
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rxbot import app as root
from rxbot.content import extract
from rxbot.content.begin import begin
from rxbot.content.check import check
from rxbot.content.draw import LIFECYCLES, draw
from rxbot.content.feeds import open_feed
from rxbot.content.load import Release, shipped
from rxbot.directory.hsds import read_services
from rxbot.errors import Refused, RxbotError
from rxbot.log import set_up_logging
from rxbot.settings import Settings, environment, read_settings
from rxbot.store import ledger, schema, staff
from rxbot.store.directory_rows import save_feed
from rxbot.store.keys import Keys, new_master_key
from rxbot.store.unit import Store
from rxbot.words import reviewer_in

ENROLMENT_DAYS = 7
BINDING_MINUTES = 60

cli = typer.Typer(
    help="A Telegram assistant for social prescribing. Try it first: rxbot demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
directory = typer.Typer(help="The community services people are shown.", no_args_is_help=True)
team = typer.Typer(help="The link workers' Telegram group.", no_args_is_help=True)
worker = typer.Typer(help="The link workers.", no_args_is_help=True)
clinic = typer.Typer(help="The clinics that invite people.", no_args_is_help=True)
content = typer.Typer(help="Questions, phrases and local facts of your own.", no_args_is_help=True)
keys = typer.Typer(help="The key that opens the key store.", no_args_is_help=True)
words = typer.Typer(help="Our words in other languages.", no_args_is_help=True)
for name, group in (
    ("directory", directory),
    ("team", team),
    ("worker", worker),
    ("clinic", clinic),
    ("content", content),
    ("keys", keys),
    ("words", words),
):
    cli.add_typer(group, name=name)


class Drawing(StrEnum):
    """A lifecycle that can be drawn."""

    EPISODE = "episode"
    HANDOFF = "handoff"
    REFERRAL = "referral"


class Role(StrEnum):
    """What somebody of a team is."""

    LINK_WORKER = "link_worker"
    LEAD = "lead"


class ClinicRole(StrEnum):
    """What somebody at a clinic is."""

    CLINICIAN = "clinician"
    RECEPTION = "reception"


# Running it


@cli.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its data.")] = Path("demo"),
    port: Annotated[int, typer.Option(help="Where its page is on this computer.")] = 8000,
    content: Annotated[
        Path | None,
        typer.Option(envvar="RXBOT_CONTENT", help="A folder with dialogs/ and locales/; what ships if not given."),
    ] = None,
) -> None:
    """Try everything on this computer. Two phones, a team, a clinic and an invented town; needs no token.

    Pages that you change meanwhile are taken into use at once.
    """
    from rxbot.demo import run_demo

    set_up_logging()
    root.run_until_stopped(lambda: run_demo(folder, port, content, typer.echo))


@cli.command(help=f"Serve people on Telegram, and clinics their pages.\n\n\b\nEnvironment:\n{environment()}")
def serve() -> None:
    """Serve people on Telegram."""
    set_up_logging()
    app = root.make_app(read_settings())
    try:
        root.run_until_stopped(app.serve)
    finally:
        app.store.close()


@cli.command()
def sandbox(  # nosec B107  # this token opens nothing but the sandbox
    port: Annotated[int, typer.Option(help="Where it listens on this computer.")] = 8081,
    token: Annotated[str, typer.Option(help="The token it knows.")] = "1:sandbox",
) -> None:
    """Serve a Telegram of our own, for tests. It has a page on which to play the people."""
    from rxbot.demo import run_sandbox

    root.run_until_stopped(lambda: run_sandbox(port, token, typer.echo))


@cli.command()
def migrate() -> None:
    """Bring the database up to this release. Make a backup first."""
    settings = read_settings()
    store = Store(settings.database_url, Keys(settings.where_keys_are(), settings.master_key()))
    typer.echo(f"The database is at revision {schema.migrate(store)}.")
    store.close()


# The clinic


@cli.command()
def invite(
    clinic_id: Annotated[str, typer.Argument(metavar="CLINIC", help="The clinic's id in scheme.yaml.")],
    language: Annotated[str, typer.Option(help="The person's language, such as ar.")] = "",
    reason: Annotated[str, typer.Option(help="Why, by its id in scheme.yaml.")] = "",
    ref: Annotated[str, typer.Option(help="The clinic's own reference, to tell whose link it was.")] = "",
    count: Annotated[int, typer.Option(help="How many links.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Make a link for a person. Prints it as QR code, as link, and as text message."""
    from rxbot.clinic import invitations, qr

    with opened() as (settings, store, release):
        bot_name = asyncio.run(root.bot_name(settings))
        with store.begin() as unit:
            made = invitations.invite(
                unit,
                release.content,
                root.now_of(settings)(),
                clinic=clinic_id,
                language=language,
                reason=reason,
                reference=ref,
                count=count,
                made_by="command",
            )
        if as_json:
            typer.echo(json.dumps(invitations.as_json(release, made, bot_name), indent=2, ensure_ascii=False))
            return
        for one in made:
            typer.echo(qr.terminal(invitations.link_of(one, bot_name)))
            typer.echo(invitations.link_of(one, bot_name))
            typer.echo(invitations.text_message(release, one, bot_name) + "\n")


@clinic.command("sign-in")
def clinic_sign_in(
    clinic_id: Annotated[str, typer.Argument(metavar="CLINIC", help="The clinic's id in scheme.yaml.")],
    role: Annotated[
        ClinicRole, typer.Option(help="clinician reads what came back; reception only makes links and prints them.")
    ] = ClinicRole.CLINICIAN,
) -> None:
    """Print a link with which a clinic's staff sign in to their page. It works once, within a day."""
    from rxbot.clinic.sign_in import issue_sign_in

    with opened() as (settings, store, release), store.begin() as unit:
        now, base = root.now_of(settings)(), settings.pages_url
        typer.echo(issue_sign_in(unit, release.content, clinic_id, now, base, role.value))


@clinic.command("sign-out")
def clinic_sign_out(clinic_id: Annotated[str, typer.Argument(metavar="CLINIC", help="The clinic's id in scheme.yaml.")]) -> None:
    """Sign a clinic's staff out everywhere, as when a computer is lost. Links to sign in that nobody used are dropped too."""
    from rxbot.clinic.sign_in import sign_all_out

    with opened() as (settings, store, release), store.begin() as unit:
        number = sign_all_out(unit, release.content, clinic_id)
        ledger.note_act(unit, "operator", "sign_out", clinic_id, True, root.now_of(settings)())
        typer.echo(f"{number} signed out.")


# The team


@team.command("bind")
def team_bind() -> None:
    """Print a code that makes a Telegram group the team's own. It works once, for an hour."""
    with opened() as (settings, store, _release), store.begin() as unit:
        code = secrets.token_hex(4)
        expires = root.now_of(settings)() + timedelta(minutes=BINDING_MINUTES)
        staff.issue(unit, code, "bind", "", expires)
        typer.echo("Switch topics on in the group. Add the bot as an administrator who may manage topics. Write there:")
        typer.echo(f"\n  /bind {code}\n")


@worker.command("enrol")
def worker_enrol(
    name: Annotated[str, typer.Argument(help="The name people will read.")],
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.LINK_WORKER,
) -> None:
    """Print a link by which a link worker enrols with their own Telegram account. It works once, for a week."""
    with opened() as (settings, store, _release):
        bot_name = asyncio.run(root.bot_name(settings))
        now, code, staff_id = root.now_of(settings)(), secrets.token_urlsafe(16), secrets.token_urlsafe(8)
        with store.begin() as unit:
            staff.add_worker(unit, staff_id, name, role.value, now)
            staff.issue(unit, code, "enrol", staff_id, now + timedelta(days=ENROLMENT_DAYS))
        typer.echo(f"https://t.me/{bot_name}?start=enrol-{code}")


@worker.command("end")
def worker_end(name: Annotated[str, typer.Argument(help="The name they were enrolled by.")]) -> None:
    """End somebody's enrolment, as when they leave. What they had goes back to the team. Take them out of the group too."""
    from rxbot.carry_out import give_back

    with opened() as (settings, store, release), store.begin() as unit:
        now, ended = root.now_of(settings)(), staff.end_enrolment(unit, name)
        if not ended:
            raise Refused(f"Nobody is enrolled as {name!r}.", "Write the name as it was enrolled.")
        for one in ended:
            ledger.note_act(unit, "operator", "end_enrolment", one, True, now)
        give_back(unit, release.content, name, now)
        typer.echo(f"{name} may do nothing any more. Take them out of the Telegram group too.")


# Content


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
    for one in defects:
        typer.echo(f"  {one.count:6} × {one.code}, first at {one.first}. {one.remedy}")


@cli.command("draw")
def draw_command(lifecycle: Annotated[Drawing, typer.Argument(help="Which one.")]) -> None:
    """Print a lifecycle as a Mermaid drawing."""
    typer.echo(draw(LIFECYCLES[lifecycle.value]), nl=False)


@cli.command()
def preview(
    language: Annotated[str, typer.Option(help="Its code in scheme.yaml, such as ar.")],
    out: Annotated[Path | None, typer.Option(help="Where to write the page; preview-LANGUAGE.html when not given.")] = None,
) -> None:
    """Write every screen of a language on one page. For authors, native reviewers and clinicians."""
    from rxbot.papers.preview import preview_html

    settings = read_settings()
    release = root.load_release(settings, root.now_of(settings)(), being_written=True)
    page = preview_html(release.content, release.words, language, reviewer_in(settings.content or shipped(), language))
    written = out or Path(f"preview-{language}.html")
    written.write_text(page, "utf-8")
    typer.echo(f"Written to {written.resolve()}.")


@cli.command("check")
def check_command(
    folder: Annotated[Path | None, typer.Argument(help="The pages' folder; RXBOT_CONTENT when left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Look the questions, phrases and translations through. Names all that is wrong at once, where, and what to do."""
    where = folder or content_folder()
    found = check(where, datetime.now(UTC).date())
    grave, notes = found.grave, [one for one in found if one.is_note]
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
    else:
        for one in grave:
            typer.echo(str(one))
        if notes:
            typer.echo("Worth knowing:")
            for one in notes:
                typer.echo(f"  {one}")
        typer.echo(f"{len(grave)} to mend, {len(notes)} worth knowing, in {where}.")
    raise typer.Exit(1 if grave else 0)


@content.command("init")
def content_init(folder: Annotated[Path, typer.Argument(help="A folder that is empty or not there yet.")]) -> None:
    """Copy what ships to a folder of your own, to be changed there."""
    begin(folder)
    typer.echo(f"Your pages are in {folder}. Change {folder / 'dialogs' / 'scheme.yaml'} first. Then:")
    typer.echo(f"\n  rxbot check {folder}\n  rxbot demo --content {folder}\n")


@words.command("extract")
def words_extract() -> None:
    """Write every English text to the template for translators, locales/rxbot.pot."""
    folder = content_folder()
    typer.echo(f"{extract.extract(folder)} texts are in {folder / extract.TEMPLATE}.")


@words.command("update")
def words_update() -> None:
    """Write the template, and bring each language's file up to it."""
    for language, missing in extract.update(content_folder()).items():
        typer.echo(f"{language}: {missing} texts to translate." if missing else f"{language}: complete.")


@words.command("status")
def words_status() -> None:
    """Say how far each language is, and who has reviewed it."""
    for one in extract.status(content_folder()):
        typer.echo(
            f"{one.code}: {one.done} of {one.texts} texts. {one.missing} missing, {one.fuzzy} fuzzy, "
            f"{one.outdated} of an older English. {f'Reviewed by {one.reviewer}.' if one.reviewer else 'Not reviewed.'}"
        )


@keys.command("new")
def keys_new() -> None:
    """Print a new key for RXBOT_KEY. Keep it where the data and its backups are not."""
    typer.echo(new_master_key())


def content_folder() -> Path:
    """Find the pages: the operator's own, or those that ship."""
    return read_settings().content or shipped()


@contextmanager
def opened() -> Iterator[tuple[Settings, Store, Release]]:
    """Open what a command works on, and let go of it."""
    settings = read_settings()
    store = root.open_store(settings)
    try:
        yield settings, store, root.load_release(settings, root.now_of(settings)())
    finally:
        store.close()


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
