"""The commands. Each says what it did, or what is wrong and who can mend it how."""

import asyncio
import json
import os
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
from rxbot import by_request
from rxbot.content import extract
from rxbot.content.begin import begin
from rxbot.content.check import check
from rxbot.content.draw import LIFECYCLES, draw
from rxbot.content.feeds import open_feed
from rxbot.content.load import Release, shipped
from rxbot.directory.hsds import read_services
from rxbot.errors import Refused, RxbotError, StoreWrong
from rxbot.log import set_up_logging
from rxbot.settings import Settings, environment, read_settings
from rxbot.store import ledger, schema, staff
from rxbot.store.backup import OPERATOR, Backup, back_up, look_into
from rxbot.store.backup import restore as restore_backup
from rxbot.store.directory_rows import save_feed
from rxbot.store.erase import destroy_noted
from rxbot.store.keys import Keys, is_there, new_master_key, opens
from rxbot.store.moving import move as move_all
from rxbot.store.sqlite import is_held
from rxbot.store.unit import KEYS_PUT_BACK, PUT_BACK, Store, opening
from rxbot.words import reviewer_in

ENROLMENT_DAYS = 7
BINDING_MINUTES = 60
MARKS = {"ok": "ok     ", "warning": "warning", "wrong": "WRONG  "}

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

    set_up_logging(trouble_only=True)
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
    with stored(older_too=True) as (_, store):
        typer.echo(f"The database is at revision {schema.migrate(store)}.")


# The copies


@cli.command()
def backup(
    file: Annotated[Path, typer.Argument(help="A file that is not there yet.")],
    check: Annotated[bool, typer.Option("--check", help="Read through one that is there, and say what is in it.")] = False,
) -> None:
    """Write everything but the keys into one file. It may be done while rxbot serves."""
    if check:
        typer.echo(_told(file, look_into(file)))
        return
    with stored(older_too=True) as (settings, store):
        now = root.now_of(settings)()
        made = back_up(store.engine, file, now)
        if made.revision == schema.newest():  # an audit of an older release is not written by this one
            with store.begin() as unit:
                ledger.note_act(unit, OPERATOR, "backup", f"of {now:%Y-%m-%d %H:%M}", True, now)
    typer.echo(_told(file, made))


@cli.command()
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


@cli.command()
def move(
    url: Annotated[str, typer.Argument(metavar="URL", help="An empty PostgreSQL database: postgresql://user@host/name.")],
) -> None:
    """Move everything but the keys from SQLite to PostgreSQL. It may be done while rxbot serves: it waits, and then ends."""
    with stored() as (settings, store):
        target = Store(url, store.keys)
        with opening("The new database", PUT_BACK):
            schema.prepare(target)
        for table, rows in move_all(store, target).items():
            typer.echo(f"  {rows:7} {table}")
        target.engine.dispose()
        keys = settings.where_keys_are()
    typer.echo(f"\nMoved. Now set RXBOT_DATABASE_URL={url} and RXBOT_KEYS_URL={keys}, and start rxbot again.")
    typer.echo("The file that was the database takes nothing any more. No later erasing reaches it: remove it when all is well.")


# The people


@cli.command()
def export(
    person: Annotated[str, typer.Argument(metavar="PERSON", help=by_request.HOW)],
    folder: Annotated[Path, typer.Option(help="Where the files are written.")] = Path(),
) -> None:
    """Write all that is kept about a person to files. A page to read, and data; for a request on paper. It stands in the audit.

    What is in the team's topic, in the clinic's own record and in the workers' notes is not in it.
    """
    with opened() as (settings, store, release), store.begin() as unit:
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


@cli.command()
def erase(
    person: Annotated[str, typer.Argument(metavar="PERSON", help=by_request.HOW)],
    confirm: Annotated[str, typer.Option(help="The same once more, for programs.")] = "",
) -> None:
    """Erase all that is kept about a person. For a request on paper; it stands in the audit."""
    with opened() as (settings, store, release):
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


@team.command("end")
def team_end(number: Annotated[int, typer.Argument(metavar="TEAM", help="Its number, as `rxbot doctor` says it.")]) -> None:
    """End a team whose group is gone. Another team, which is bound and ready, gets all it has."""
    from rxbot.carry_out import end_team

    with opened() as (settings, store, release), store.begin() as unit:
        now = root.now_of(settings)()
        heir = end_team(unit, release.content, number, now)
        ledger.note_act(unit, OPERATOR, "end_team", str(number), True, now)
    typer.echo(f"Team {number} is no more. Team {heir} has what it had. If its group is still there, delete it:")
    typer.echo("no later erasing reaches what stands in it.")


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


def content_folder() -> Path:
    """Find the pages: the operator's own, or those that ship."""
    return read_settings().content or shipped()


@contextmanager
def opened() -> Iterator[tuple[Settings, Store, Release]]:
    """Open what a command works on, and let go of it."""
    with stored() as (settings, store):
        yield settings, store, root.load_release(settings, root.now_of(settings)())


@contextmanager
def stored(older_too: bool = False) -> Iterator[tuple[Settings, Store]]:
    """Open the database, whatever is wrong with the pages, and let go of it."""
    settings = read_settings()
    store = root.open_store(settings, older_too)
    try:
        yield settings, store
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
