"""`rxbot doctor`: look at everything a running service hangs on, and say of each what is wrong and what to do.

It changes nothing, takes no update away, and works beside a running `rxbot serve`. What cannot be looked at because something
before it is wrong is left out.
"""

import asyncio
import json
import os
import shutil
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from pwd import getpwuid
from typing import Any, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from rxbot import app as root
from rxbot.channels.telegram.checkup import Checkup, Hook
from rxbot.channels.telegram.webhook import REMEDY as DOOR_REMEDY
from rxbot.content.load import Release, load, shipped
from rxbot.errors import ContentWrong, RxbotError, SettingsWrong
from rxbot.settings import Settings, host_of, port_of, read_settings
from rxbot.store import looking, schema
from rxbot.store.staff import Team
from rxbot.store.unit import KEYS_PUT_BACK
from rxbot.words import reviewer_in

State = Literal["ok", "warning", "wrong"]
MB = 1024 * 1024
LITTLE_ROOM, NO_ROOM = 1024 * MB, 100 * MB
OFF, FAR_OFF = timedelta(seconds=5), timedelta(seconds=60)
IN_TOUCH = timedelta(minutes=2)  # whoever polls writes it down every half minute
LATELY = timedelta(hours=1)
NOTHING_NEW, VOUCHED_WITHIN = timedelta(days=180), timedelta(days=365)
PATIENCE = 8.0  # seconds; /healthz itself waits five for the database
ENGLISH = "en"
STOP_THE_OTHER = "Stop whatever else uses this token, then start rxbot again."
REMEDIES = {
    "another_poller": STOP_THE_OTHER,
    "webhook_set": STOP_THE_OTHER,
    "token_refused": "Check RXBOT_TOKEN.",  # nosec B105  # says which variable to look at
    "telegram_away": "Look whether this computer reaches RXBOT_TELEGRAM_API.",
    "not_reached": DOOR_REMEDY,
}


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what to do."""

    check: str
    state: State
    says: str
    remedy: str = ""


@dataclass
class Case:
    """What is looked at. The bot, the tables and the pages are there when they could be opened."""

    settings: Settings
    now: datetime
    bot: Checkup | None = None
    has_tables: bool = False
    release: Release | None = None
    health: dict[str, Any] | None = None

    @property
    def folder(self) -> Path:
        """Where the pages are."""
        return self.settings.content or shipped()


def ok(check: str, says: str) -> Finding:
    """Say that something is well."""
    return Finding(check, "ok", says)


def warning(check: str, says: str, remedy: str) -> Finding:
    """Say that something wants looking at."""
    return Finding(check, "warning", says, remedy)


def wrong(check: str, says: str, remedy: str) -> Finding:
    """Say that something does not work."""
    return Finding(check, "wrong", says, remedy)


async def examine() -> list[Finding]:
    """Look at everything, and give what was found in the order in which it is best mended."""
    try:
        settings = read_settings()
    except RxbotError as slip:
        return [wrong("environment", slip.complaint, slip.remedy)]
    case = Case(settings, root.now_of(settings)())
    found = [ok("environment", "Every variable can be read.")]
    try:
        for check, look in CHECKS.items():
            found += await _looked(check, look, case)
    finally:
        if case.bot:
            await case.bot.let_go()
    return found


async def _looked(check: str, look: "Look", case: Case) -> list[Finding]:
    try:
        return await look(check, case)
    except RxbotError as slip:
        return [wrong(check, slip.complaint, slip.remedy)]
    except Exception as slip:  # whatever it is, the other checks must go on
        return [wrong(check, f"This could not be looked at: {type(slip).__name__}: {slip}", "See what rxbot serve says of it.")]


# Files


async def database(check: str, case: Case) -> list[Finding]:
    """The file is there, may be written, and has room."""
    file = looking.file_of(case.settings.database_url)
    if file is None:
        return []
    if not file.exists():
        return [warning(check, f"{file} is not there yet.", "Start rxbot serve, which makes it; or check RXBOT_DATABASE_URL.")]
    if closed := _kept_from_us(check, file):
        return closed
    free = shutil.disk_usage(file.parent).free
    if free < LITTLE_ROOM:
        state = wrong if free < NO_ROOM else warning
        return [state(check, f"The disk of {file} has {free // MB} MB left.", "Make room, or move the database to another disk.")]
    return [*_for_its_owner_alone(check, file), ok(check, f"{file} may be written, {free // MB} MB are free.")]


async def tables(check: str, case: Case) -> list[Finding]:
    """The tables are those of this release."""
    file = looking.file_of(case.settings.database_url)
    if file and not file.exists():
        return []
    with looking.looking(case.settings.database_url) as connection:
        empty, found = schema.is_empty(connection), schema.revision_of(connection)
    if empty:
        return [warning(check, "The database is empty.", "Start rxbot serve, which fills it; or check RXBOT_DATABASE_URL.")]
    if slip := schema.refusal(found):
        raise slip
    case.has_tables = True
    return [ok(check, f"The tables are those of this release, {found}.")]


async def keys(check: str, case: Case) -> list[Finding]:
    """The operator's key opens the key store, and every episode has its key there."""
    settings = case.settings
    found, url = [], settings.where_keys_are()
    store = looking.file_of(url)
    if store and not store.exists():
        if not case.has_tables:
            return []
        return [wrong(check, f"The key store {store} is not there: nothing that was said can be read.", KEYS_PUT_BACK)]
    if not settings.key.get_secret_value() and store:
        file = store.with_suffix(".key")
        if not file.exists():
            return [wrong(check, "There is a key store and no key for it.", "Set RXBOT_KEY to the key it was made with.")]
        found += _for_its_owner_alone(check, file)
        if settings.is_in_earnest:
            says = f"The operator's key lies beside the data, in {file}."
            found.append(warning(check, says, "Move it into RXBOT_KEY, kept where the data and its backups are not."))
    if store and (closed := _kept_from_us(check, store)):
        return closed
    found += _for_its_owner_alone(check, store) if store else []
    try:
        opened = looking.open_keys(url, settings.master_key())
    except SettingsWrong as slip:
        return [*found, wrong(check, slip.complaint, "Give the key it was made with: a new one opens nothing.")]
    try:
        kept = set(opened.all_ids())
        if case.has_tables:
            with looking.looking(settings.database_url) as connection:
                without = looking.episode_ids(connection) - kept
                for key_id, sealed in looking.newest_sealed(connection):
                    if key_id in kept:
                        opened.unseal(key_id, sealed)
            if without:
                says = f"Episodes without a key: {len(without)}. What was said in them cannot be read."
                return [*found, wrong(check, says, KEYS_PUT_BACK)]
    finally:
        opened.close()
    return [*found, ok(check, f"The key opens the key store; {len(kept)} keys are there.")]


def _kept_from_us(check: str, file: Path) -> list[Finding]:
    """Name the file, and its folder, where we may not write: SQLite keeps its log beside the file."""
    us = getpwuid(os.geteuid()).pw_name
    remedy = "Give it to the account that runs rxbot: chown {us} {path} && chmod {mode} {path}"
    return [
        wrong(check, f"{path} may not be written.", remedy.format(us=us, path=path, mode=mode))
        for path, mode in ((file.parent, "u+rwx"), (file, "u+rw"))
        if not os.access(path, os.R_OK | os.W_OK)
    ]


def _for_its_owner_alone(check: str, file: Path) -> list[Finding]:
    if file.stat().st_mode & 0o077 == 0:
        return []
    return [wrong(check, f"Others may read {file}.", f"Keep it for its owner alone: chmod 600 {file}")]


# Pages


async def content(check: str, case: Case) -> list[Finding]:
    """The pages can be used, and are the operator's own."""
    try:
        case.release = load(case.folder, case.now.date())
    except ContentWrong as slip:
        first, *more = slip.complaint.splitlines()
        says = f"The pages in {case.folder} cannot be used: {first}" + (f" And {len(more)} more." if more else "")
        return [wrong(check, says, f"Mend what this names: rxbot check {case.folder}")]
    if case.settings.is_in_earnest and case.settings.content is None:
        says = "The pages are those that ship, with an invented town's clinics."
        return [wrong(check, says, "Make your own (rxbot content init FOLDER), and set RXBOT_CONTENT.")]
    return [ok(check, f"The pages can be used: {case.release.content.scheme.name}.")]


async def languages(check: str, case: Case) -> list[Finding]:
    """Every language offered was reviewed by a native speaker."""
    if case.release is None:
        return []
    offered = case.release.content.scheme.languages
    drafts = [code for code in offered if code != ENGLISH and not reviewer_in(case.folder, code)]
    if drafts:
        says = f"No native speaker has reviewed {', '.join(drafts)}; drafts are allowed."
        remedy = "Have them reviewed and name the reviewer (X-Reviewed-By), or take them out of scheme.yaml."
        return [warning(check, says, remedy)]
    return [ok(check, f"Offered and reviewed: {', '.join(offered)}.")]


async def crisis_line(check: str, case: Case) -> list[Finding]:
    """Somebody has confirmed a crisis line of the country lately."""
    if case.release is None:
        return []
    lines = case.release.content.emergency.lines
    if not lines:
        remedy = "Open the site of a crisis line, and write the day into confirmed_on in dialogs/crisis_lines.yaml."
        return [warning(check, "No crisis line is confirmed: people see the emergency number and a directory only.", remedy)]
    return [ok(check, f"Confirmed: {', '.join(line.name for line in lines)}.")]


async def services(check: str, case: Case) -> list[Finding]:
    """There are services, and somebody keeps them up to date."""
    if not case.has_tables:
        return []
    with looking.looking(case.settings.database_url) as connection:
        seen = looking.directory(connection, (case.now - VOUCHED_WITHIN).date())
    if seen is None:
        return [
            wrong(check, "There are no services: nobody can be shown any.", "Bring a directory in: rxbot directory import FILE")
        ]
    age = case.now - seen.newest
    if age > NOTHING_NEW:
        says = f"Nothing has changed in the directory for {age.days} days."
        return [warning(check, says, "Ask its publisher for a new export, and run: rxbot directory import FILE")]
    if seen.vouched_for * 2 < seen.offered:
        says = f"Of {seen.offered} services only {seen.vouched_for} were checked by anybody within a year."
        return [warning(check, says, "Ask the publisher when records are checked; a closed door is worse than none.")]
    return [ok(check, f"{seen.offered} services, {seen.vouched_for} of them checked within a year.")]


async def published(check: str, case: Case) -> list[Finding]:
    """Whoever is named under `publish:` has a list: a name that nobody has passes nothing on, and nobody notices."""
    wanted = case.release.content.scheme.publish if case.release else ()
    if not case.has_tables:
        return []
    if not wanted:
        return [ok(check, "Nobody's services are passed on to other programs.")]
    with looking.looking(case.settings.database_url) as connection:
        known = looking.publishers(connection)
    if missing := [one for one in wanted if one not in known]:
        says = f"`publish:` in scheme.yaml names {', '.join(map(repr, missing))}, of whom there is no service."
        return [
            warning(check, says, f"Write the name as it was imported under. There are: {', '.join(sorted(known)) or 'none'}.")
        ]
    return [ok(check, f"Others can read the services of {', '.join(wanted)} at /hsds/.")]


# Telegram


async def token(check: str, case: Case) -> list[Finding]:
    """Telegram knows the bot."""
    bot = Checkup(root.make_bot(case.settings))
    try:
        name = await bot.name()
    except RxbotError:
        await bot.let_go()
        raise
    case.bot = bot
    return [ok(check, f"Telegram knows the bot as @{name}.")]


async def time(check: str, case: Case) -> list[Finding]:
    """Our clock is right, as far as Telegram's is."""
    if case.bot is None:
        return []
    told = await asyncio.to_thread(_time_at, case.settings.telegram_api)
    off = abs(told - root.now_of(case.settings)()) if told else timedelta(0)
    if off > OFF:
        state = wrong if off > FAR_OFF else warning
        remedy = "Let the computer keep its clock by the network: timedatectl set-ntp true"
        return [state(check, f"The clock is {round(off.total_seconds())} seconds off from Telegram's.", remedy)]
    return [ok(check, "The clock is right." if told else "Telegram does not tell its time; the clock was not compared.")]


async def service(check: str, case: Case) -> list[Finding]:
    """A running `rxbot serve` is well."""
    listen = case.settings.listen
    health = case.health = await asyncio.to_thread(_health_at, _here(host_of(listen)), port_of(listen))
    if health is None:
        return [warning(check, f"Nobody answers at {listen}: rxbot serve does not run.", "Start it: rxbot serve")]
    loops = {name: loop for name, loop in health.get("loops", {}).items() if name in health["unwell"] or loop.get("trouble")}
    if health["database"] != "answers":
        return [wrong(check, "The database does not answer rxbot serve.", "Look whether its disk is full, and who holds it.")]
    return [_about(check, name, loop, name in health["unwell"]) for name, loop in loops.items()] or [
        ok(check, "rxbot serve runs and is well.")
    ]


def _about(check: str, name: str, loop: dict[str, Any], is_unwell: bool) -> Finding:
    """Say of a loop what keeps it."""
    trouble = loop.get("trouble", "")
    says = (
        f"The {name} of rxbot serve is {loop['state']}{f' ({trouble})' if trouble else ''}, since {loop['seconds']:.0f} seconds."
    )
    remedy = REMEDIES.get(trouble, "See what its log says, and start it again: nothing is lost.")
    return (
        wrong(check, says, remedy) if is_unwell or trouble in ("another_poller", "webhook_set") else warning(check, says, remedy)
    )


async def updates(check: str, case: Case) -> list[Finding]:
    """Updates come to us and to nobody else."""
    if case.bot is None:
        return []
    hook, wanted = await case.bot.hook(), case.settings.webhook_url
    if wanted:
        return [_brought(check, hook, wanted, case)]
    if hook.url:
        return [wrong(check, "Telegram brings the updates somewhere else, so that none can be fetched.", STOP_THE_OTHER)]
    if case.health is None and not _is_in_touch(case) and await case.bot.somebody_polls():
        return [wrong(check, "Somebody else fetches the updates of this bot.", STOP_THE_OTHER)]
    return [ok(check, f"Updates are fetched; {hook.waiting} wait at Telegram.")]


def _brought(check: str, hook: Hook, wanted: str, case: Case) -> Finding:
    if not hook.url and case.health is None:
        return warning(check, "Telegram does not know RXBOT_WEBHOOK_URL yet.", "Start rxbot serve, which tells it.")
    if hook.url != wanted:
        where = "to another address than RXBOT_WEBHOOK_URL" if hook.url else "nowhere: RXBOT_WEBHOOK_URL was taken back"
        return wrong(check, f"Telegram brings the updates {where}.", STOP_THE_OTHER)
    if hook.failed_at and case.now - hook.failed_at < LATELY:
        return wrong(check, f"Telegram could not bring an update: {hook.said.rstrip('.')}. {hook.waiting} wait.", DOOR_REMEDY)
    return ok(check, f"Telegram brings the updates; {hook.waiting} wait.")


def _is_in_touch(case: Case) -> bool:
    """Say whether a process of ours polls, wherever it runs."""
    if not case.has_tables:
        return False
    with looking.looking(case.settings.database_url) as connection:
        beat = looking.last_beat(connection)
    return beat is not None and abs(case.now - beat) < IN_TOUCH


async def teams(check: str, case: Case) -> list[Finding]:
    """Every team's group has us as an administrator with the rights we need, and somebody sees its alerts."""
    if not case.has_tables:
        return []
    with looking.looking(case.settings.database_url) as connection:
        bound = looking.teams(connection)
    if not bound:
        return [
            wrong(check, "No group is bound: nobody can be invited.", "Run rxbot team bind, and write its code in the group.")
        ]
    return [finding for team in bound for finding in await _about_team(check, team, case)]


async def _about_team(check: str, team: Team, case: Case) -> list[Finding]:
    name = f"Team {team.id}"
    found = [] if team.acknowledged else [_unseen(check, name)]
    if case.bot is None:
        return found
    standing = await case.bot.standing_in(team.address)
    if standing.has_moved:
        says = f"{name}: the group has another address now."
        return [*found, warning(check, says, "Write something in the group: rxbot serve takes the new address over.")]
    if not standing.is_there:
        remedy = f"Add it to the group, as an administrator. Is the group gone? Bind another, then run: rxbot team end {team.id}"
        return [*found, wrong(check, f"{name}: the bot is not in the group.", remedy)]
    if not standing.is_administrator:
        remedy = "Make it one, who may manage topics, pin and delete messages."
        found.append(wrong(check, f"{name}: the bot is no administrator of the group.", remedy))
    if not standing.has_topics:
        found.append(wrong(check, f"{name}: the group has no topics.", "Switch topics on in the group's settings."))
    if standing.lacks:
        lacks = ", ".join(right.removeprefix("can_").replace("_", " ") for right in standing.lacks)
        found.append(wrong(check, f"{name}: the bot may not {lacks}.", "Give it these rights among the group's administrators."))
    return found or [ok(check, f"{name}: the bot has the rights it needs, and alerts are seen.")]


def _unseen(check: str, name: str) -> Finding:
    remedy = "Let an enrolled worker tap the test alert in the group; rxbot team bind makes another."
    return wrong(check, f"{name}: nobody has acknowledged the test alert.", remedy)


async def workers(check: str, case: Case) -> list[Finding]:
    """Somebody can claim a handoff, and somebody hears when nobody does."""
    if not case.has_tables:
        return []
    with looking.looking(case.settings.database_url) as connection:
        enrolled, leads = looking.enrolled(connection, "link_worker"), looking.enrolled(connection, "lead")
    if not enrolled + leads:
        return [
            wrong(
                check, "Nobody is enrolled: no one can claim a handoff.", 'Run rxbot worker enrol "NAME", and send them the link.'
            )
        ]
    if not leads:
        says = "No lead is enrolled: nobody is told when the team does not answer."
        return [warning(check, says, 'Run rxbot worker enrol "NAME" --role lead, and send them the link.')]
    return [ok(check, f"{enrolled} link workers and {leads} leads are enrolled.")]


async def clinic_pages(check: str, case: Case) -> list[Finding]:
    """Clinics can open their pages, and nobody reads along."""
    url = urlsplit(case.settings.pages_url)
    if case.settings.is_in_earnest and url.scheme != "https":
        says = f"The clinics' pages are at {case.settings.pages_url}, which is no https address."
        remedy = "Put a web server with HTTPS in front, and set RXBOT_PUBLIC_URL to its address."
        return [(wrong if case.settings.public_url else warning)(check, says, remedy)]
    return [ok(check, f"The clinics' pages are at {case.settings.pages_url}.")]


# Asking others over HTTP


def _here(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::", "[::]") else host  # nosec B104  # compared, not bound


def _time_at(api: str) -> datetime | None:
    """Give the time as Telegram's answers are dated."""
    try:
        with urllib.request.urlopen(f"{api.rstrip('/')}/", timeout=PATIENCE) as answer:  # nosec B310  # an address that the operator gave
            dated = answer.headers.get("Date")
    except HTTPError as refused:  # what it says does not matter
        with refused:
            dated = refused.headers.get("Date")
    except URLError as failed:
        raise RxbotError("Telegram does not answer.", "Look whether this computer reaches RXBOT_TELEGRAM_API.") from failed
    return parsedate_to_datetime(dated) if dated else None


def _health_at(host: str, port: int) -> dict[str, Any] | None:
    """Ask a running service how it is; none when there is none."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"http://{host}:{port}/healthz", timeout=PATIENCE) as answer:
            body = answer.read()
    except HTTPError as unwell:
        with unwell:
            body = unwell.read()
    except OSError:
        return None
    try:
        told = json.loads(body)
    except ValueError:
        return None
    return told if isinstance(told, dict) and "unwell" in told else None


Look = Callable[[str, Case], Awaitable[list[Finding]]]
CHECKS: dict[str, Look] = {
    "database": database,
    "schema": tables,
    "keys": keys,
    "content": content,
    "languages": languages,
    "crisis line": crisis_line,
    "directory": services,
    "passed on": published,
    "workers": workers,
    "token": token,
    "clock": time,
    "service": service,
    "updates": updates,
    "teams": teams,
    "clinic pages": clinic_pages,
}
