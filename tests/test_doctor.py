"""`rxbot doctor` on set-ups that are broken, each really set up: it names what is wrong and what to do, and changes nothing."""

import asyncio
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from pwd import getpwuid

import pytest
from stage import Stage, free_port, stage
from typer.testing import CliRunner

import rxbot.doctor
from rxbot.__main__ import cli
from rxbot.app import make_bot
from rxbot.channels.telegram import checkup
from rxbot.clock import move
from rxbot.content.begin import begin
from rxbot.doctor import Finding, examine
from rxbot.sandbox.serving import serve
from rxbot.store.keys import Keys, new_master_key

pytestmark = pytest.mark.timeout(60)


@dataclass
class Clinic:
    """Rxbot as an operator has set it up, which is all that the doctor is told of."""

    stage: Stage
    environment: dict[str, str]
    monkeypatch: pytest.MonkeyPatch
    findings: list[Finding] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.stage.folder

    def set(self, name: str, value: str) -> None:
        self.environment[f"RXBOT_{name}"] = value

    def change(self, statement: str) -> None:
        """Change the data from outside."""
        with sqlite3.connect(self.folder / "rxbot.db") as other:
            other.execute(statement)

    async def asks(self) -> list[Finding]:
        """Ask the doctor, in this environment and no other."""
        for name in [name for name in os.environ if name.startswith("RXBOT_")]:
            self.monkeypatch.delenv(name)
        for name, value in self.environment.items():
            self.monkeypatch.setenv(name, value)
        self.findings = await examine()
        return self.findings

    async def is_told(self, check: str, state: str, says: str, remedy: str, also: Collection[str] = ()) -> None:
        """The doctor finds this, and nothing else is wrong, but for what hangs on it."""
        found = await self.asks()
        mine = [one for one in found if one.check == check and one.state == state]
        assert any(re.search(says, one.says) and remedy in one.remedy for one in mine), found
        assert [one for one in found if one.state == "wrong" and one.check not in {check, *also}] == []
        assert all(one.remedy for one in found if one.state != "ok")


@asynccontextmanager
async def clinic(folder: Path, monkeypatch: pytest.MonkeyPatch, webhook: bool = False) -> AsyncIterator[Clinic]:
    """Set all up well: a town, a team with a lead, a person with answers, pages of its own."""
    async with stage(folder, webhook=webhook) as one, serve(one.app.web()) as url:
        one.telegram.deliver_twice = False
        tom = one.telegram.person("Tom")
        tom.opens_link(await one.invites(language="en"))
        await one.settles()
        (folder / "rxbot.keys.key").chmod(0o600)
        for file in folder.glob("*.db"):
            file.chmod(0o600)
        with sqlite3.connect(folder / "rxbot.db") as other:
            other.execute("INSERT INTO staff VALUES ('kim', 'Kim', 'lead', '77', '2026-03-01', '2026-03-01')")
        environment = {
            "RXBOT_TOKEN": one.telegram.token,
            "RXBOT_TELEGRAM_API": one.settings.telegram_api,
            "RXBOT_DATABASE_URL": one.settings.database_url,
            "RXBOT_TEST_CLOCK": str(one.settings.test_clock),
            "RXBOT_LISTEN": url.removeprefix("http://"),
            "RXBOT_WEBHOOK_URL": one.settings.webhook_url,
        }
        yield Clinic(one, environment, monkeypatch)


@pytest.fixture
async def well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Clinic]:
    async with clinic(tmp_path, monkeypatch) as one:
        yield one


def contents(folder: Path) -> dict[str, bytes]:
    """Give what lies there, but for the files that SQLite keeps while anybody looks."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".db", ".key")}


async def test_well(well: Clinic) -> None:
    """What ships is not confirmed and not reviewed, which is said and is not wrong for who allows it."""
    found = await well.asks()
    assert [one for one in found if one.state == "wrong"] == []
    assert {one.check for one in found if one.state == "warning"} == {"languages", "crisis line"}
    assert {one.check for one in found} == {"environment", *rxbot.doctor.CHECKS}
    assert "well" in next(one.says for one in found if one.check == "service")


async def test_it_changes_nothing_and_takes_no_update_away(well: Clinic) -> None:
    tom, calls = well.stage.telegram.person("Tom"), well.stage.telegram.calls
    before, made, screen = contents(well.folder), len(calls), len(tom.screen)
    await well.asks()
    assert contents(well.folder) == before
    assert {name for name, _ in calls[made:]} <= {"getMe", "getWebhookInfo", "getChat", "getChatMember", "getUpdates"}
    tom.taps("English")
    await well.stage.settles()
    assert len(tom.screen) > screen


async def test_before_the_first_start_it_says_what_to_do_and_makes_nothing(
    tmp_path: Path, well: Clinic, tmp_path_factory: pytest.TempPathFactory
) -> None:
    empty = tmp_path_factory.mktemp("empty")
    well.set("DATABASE_URL", f"sqlite:///{empty / 'rxbot.db'}")
    await well.is_told("database", "warning", "not there yet", "rxbot serve")
    assert list(empty.iterdir()) == []


BrokenBy = Callable[[Clinic], object]


def stale(one: Clinic) -> None:
    one.change("UPDATE directory_service SET changed_at = '2024-01-01 00:00:00.000000'")


def unmended(one: Clinic) -> None:
    begin(one.folder / "pages")
    page = one.folder / "pages/dialogs/intake.yaml"
    page.write_text(page.read_text().replace("one_of: help", "one_of: nothing", 1))
    one.set("CONTENT", str(one.folder / "pages"))


def passes_on_nobody(one: Clinic) -> None:
    begin(one.folder / "pages")
    page = one.folder / "pages/dialogs/scheme.yaml"
    page.write_text(page.read_text().replace("publish: []", "publish: [nosuch]", 1))
    one.set("CONTENT", str(one.folder / "pages"))


def without_the_key_store(one: Clinic) -> None:
    one.set("KEYS_URL", f"sqlite:///{one.folder / 'elsewhere.db'}")


def of_another_database(one: Clinic) -> None:
    """As when the data is put back from a backup, and the key store is not of the same time."""
    shutil.copy(one.folder / "rxbot.keys.key", one.folder / "older.key")
    with sqlite3.connect(one.folder / "rxbot.keys.db") as now, sqlite3.connect(one.folder / "older.db") as other:
        now.backup(other)
        other.execute("DELETE FROM wrapped_key WHERE id NOT IN ('house') AND id NOT LIKE 'inbox%'")
    (one.folder / "older.db").chmod(0o600)
    one.set("KEYS_URL", f"sqlite:///{one.folder / 'older.db'}")


def clock_is_off(one: Clinic) -> None:
    """Ours, and not Telegram's."""
    (one.folder / "slow").write_text((one.folder / "clock").read_text())
    move(one.folder / "slow", -600)
    one.set("TEST_CLOCK", str(one.folder / "slow"))


def garbage(one: Clinic) -> None:
    """As a copy that broke off."""
    (one.folder / "broken.db").write_bytes(b"not a database" * 1000)
    (one.folder / "broken.db").chmod(0o600)
    one.set("DATABASE_URL", f"sqlite:///{one.folder / 'broken.db'}")


def empty(one: Clinic) -> None:
    (one.folder / "empty.db").touch(0o600)
    one.set("DATABASE_URL", f"sqlite:///{one.folder / 'empty.db'}")


def no_postgres(one: Clinic) -> None:
    one.set("DATABASE_URL", f"postgresql://rxbot@127.0.0.1:{free_port()}/rxbot")
    one.set("KEYS_URL", f"sqlite:///{one.folder / 'rxbot.keys.db'}")


def full_disk(one: Clinic) -> None:
    one.monkeypatch.setattr(rxbot.doctor, "NO_ROOM", 10**18)
    one.monkeypatch.setattr(rxbot.doctor, "LITTLE_ROOM", 10**18)


BROKEN: dict[str, tuple[BrokenBy, str, str, str, str]] = {
    "a port that is none": (lambda one: one.set("LISTEN", "localhost"), "environment", "wrong", "RXBOT_LISTEN", "host:port"),
    "an address that is none": (
        lambda one: one.set("DATABASE_URL", "rxbot.db"),
        "database",
        "wrong",
        "RXBOT_DATABASE_URL .* is no address",
        "sqlite:///path",
    ),
    "another kind of database": (
        lambda one: one.set("DATABASE_URL", "mysql://x"),
        "database",
        "wrong",
        "'mysql' is not supported",
        "sqlite:///path",
    ),
    "a database that is none": (
        garbage,
        "schema",
        "wrong",
        "cannot be read: file is not a database",
        "rxbot restore FILE --replace",
    ),
    "a full disk": (full_disk, "database", "wrong", "MB left", "Make room"),
    "no token": (lambda one: one.set("TOKEN", ""), "token", "wrong", "RXBOT_TOKEN is missing", "@BotFather"),
    "a token taken back": (lambda one: one.set("TOKEN", "1:old"), "token", "wrong", "does not know this token", "@BotFather"),
    "no way to Telegram": (
        lambda one: one.set("TELEGRAM_API", f"http://127.0.0.1:{free_port()}"),
        "token",
        "wrong",
        "does not answer",
        "RXBOT_TELEGRAM_API",
    ),
    "a webhook that is not ours": (
        lambda one: setattr(one.stage.telegram.hook, "url", "https://elsewhere.example/telegram"),
        "updates",
        "wrong",
        "somewhere else",
        "Stop whatever else",
    ),
    "the bot was taken out": (
        lambda one: one.stage.team.remove_bot(),
        "teams",
        "wrong",
        "not in the group",
        "Add it to the group",
    ),
    "no administrator": (lambda one: one.stage.team.add_bot(admin=False), "teams", "wrong", "no administrator", "Make it one"),
    "no right to manage topics": (
        lambda one: one.stage.team.add_bot(can_manage_topics=False),
        "teams",
        "wrong",
        "may not manage topics",
        "these rights",
    ),
    "topics switched off": (
        lambda one: setattr(one.stage.team.chat, "is_forum", False),
        "teams",
        "wrong",
        "has no topics",
        "Switch topics on",
    ),
    "an alert that nobody saw": (
        lambda one: one.change("UPDATE team SET acknowledged_at = NULL"),
        "teams",
        "wrong",
        "acknowledged",
        "tap the test alert",
    ),
    "no team": (lambda one: one.change("DELETE FROM team"), "teams", "wrong", "No group is bound", "rxbot team bind"),
    "no worker": (lambda one: one.change("DELETE FROM staff"), "workers", "wrong", "Nobody is enrolled", "rxbot worker enrol"),
    "no lead": (
        lambda one: one.change("DELETE FROM staff WHERE role = 'lead'"),
        "workers",
        "warning",
        "No lead",
        "--role lead",
    ),
    "no services": (
        lambda one: one.change("UPDATE directory_service SET retired_at = '2026-03-01'"),
        "directory",
        "wrong",
        "no services",
        "rxbot directory import",
    ),
    "a publisher that nobody has": (
        passes_on_nobody,
        "passed on",
        "warning",
        "'nosuch', of whom there is no service",
        "There are",
    ),
    "an old directory": (stale, "directory", "warning", "for 791 days", "rxbot directory import"),
    "another key": (lambda one: one.set("KEY", new_master_key()), "keys", "wrong", "does not open", "the key it was made with"),
    "half a key": (lambda one: one.set("KEY", "abc"), "keys", "wrong", "not 32 bytes", "the key it was made with"),
    "a key that others may read": (
        lambda one: (one.folder / "rxbot.keys.key").chmod(0o644),
        "keys",
        "wrong",
        "Others may read",
        "chmod 600",
    ),
    "no key store": (without_the_key_store, "keys", "wrong", "is not there", "RXBOT_KEYS_URL"),
    "keys of another time": (of_another_database, "keys", "wrong", "Episodes without a key: 1", "its own backup"),
    "an older database": (
        lambda one: one.change("UPDATE alembic_version SET version_num = '0007'"),
        "schema",
        "wrong",
        "at revision 0007",
        "rxbot migrate",
    ),
    "a newer database": (
        lambda one: one.change("UPDATE alembic_version SET version_num = '0099'"),
        "schema",
        "wrong",
        "of a newer one",
        "Install that release",
    ),
    "a database that was moved": (
        lambda one: one.change("UPDATE alembic_version SET version_num = 'moved'"),
        "schema",
        "wrong",
        "was moved",
        "to where it is now",
    ),
    "an empty database": (empty, "schema", "warning", "is empty", "Start rxbot serve"),
    "no PostgreSQL": (no_postgres, "schema", "wrong", "cannot be read: .*refused", "Look whether PostgreSQL runs"),
    "a clock that is slow": (clock_is_off, "clock", "wrong", "(599|60[01]) seconds off", "set-ntp"),
    "a page that is wrong": (unmended, "content", "wrong", r"intake\.yaml", "rxbot check"),
    "nobody serves": (
        lambda one: one.set("LISTEN", f"127.0.0.1:{free_port()}"),
        "service",
        "warning",
        "does not run",
        "rxbot serve",
    ),
}


TOLD_TOO = {
    "an address that is none": ("schema", "keys"),
    "another kind of database": ("schema", "keys"),
    "a database that is none": ("keys",),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_broken_set_up_is_told_with_its_remedy(well: Clinic, name: str) -> None:
    breaks, *told = BROKEN[name]
    for loop in well.stage.loops:
        loop.cancel()  # so that nothing mends it meanwhile
    breaks(well)
    await well.is_told(*told, also={"service", *TOLD_TOO.get(name, ())})


async def test_a_group_that_is_gone_gives_way_to_another(well: Clinic) -> None:
    """As the doctor says it: another is bound, and the one whose group is gone is ended."""
    for loop in well.stage.loops:
        loop.cancel()
    well.change("UPDATE team SET address = '-1000000000777'")  # nobody has that group any more
    await well.is_told("teams", "wrong", "Team 1: the bot is not in the group", "then run: rxbot team end 1", ("service",))
    another = f"'{well.stage.team.id}', '2026-03-01', '2026-03-01'"
    well.change(f"INSERT INTO team (address, bound_at, acknowledged_at) VALUES ({another})")
    ended = await asyncio.to_thread(CliRunner().invoke, cli, ["team", "end", "1"])
    assert "Team 2 has what it had" in ended.output, ended.output
    assert [found for found in await well.asks() if found.state == "wrong" and found.check == "teams"] == []


async def test_a_copy_of_the_keys_that_was_put_back_is_looked_at_as_it_is(well: Clinic) -> None:
    """It has no write-ahead log yet, and only whoever writes may begin one."""
    keys = Keys(f"sqlite:///{well.folder / 'rxbot.keys.db'}", (well.folder / "rxbot.keys.key").read_text())
    keys.copy_to(f"sqlite:///{well.folder / 'copy.db'}")
    keys.close()
    (well.folder / "copy.db").chmod(0o600)
    well.set("KEY", (well.folder / "rxbot.keys.key").read_text())
    well.set("KEYS_URL", f"sqlite:///{well.folder / 'copy.db'}")
    assert [one for one in await well.asks() if one.state == "wrong"] == []


async def test_what_may_not_be_written_is_told_with_who_needs_it(well: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be allowed everything, so the system's own word is put in its mouth."""
    for closed in ("rxbot.db", "rxbot.keys.db", ""):
        path = well.folder / closed
        monkeypatch.setattr(os, "access", lambda asked, _mode, path=path: Path(asked) != path)
        told = [one for one in await well.asks() if one.state == "wrong"]
        assert {one.says for one in told} == {f"{path} may not be written."}
        assert all(f"chown {getpwuid(os.geteuid()).pw_name} {path} && chmod u+rw" in one.remedy for one in told)


async def test_a_service_that_is_not_well_is_told_by_its_loop(well: Clinic) -> None:
    well.change("DROP TABLE timer")
    while not well.stage.app.vitals.unwell:
        await asyncio.sleep(0.01)
    await well.is_told("service", "wrong", "The clock of rxbot serve is ended", "start it again")


async def test_somebody_else_who_fetches_is_found_and_nothing_of_theirs_is_lost(
    well: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ours stands still, on this computer and on any other: who fetches then is somebody else."""
    monkeypatch.setattr(checkup, "LISTENS", 2)
    for loop in well.stage.loops:
        loop.cancel()
    await asyncio.gather(*well.stage.loops, return_exceptions=True)
    well.set("LISTEN", f"127.0.0.1:{free_port()}")
    move(well.folder / "clock", timedelta(minutes=10).total_seconds())
    pending = len(well.stage.telegram.queue.pending)

    async def polls() -> None:
        async with make_bot(well.stage.settings) as other:
            while True:
                try:
                    await other.do_api_request("get__updates", api_kwargs={"timeout": 20})
                except Exception:
                    await asyncio.sleep(0.2)

    other = asyncio.create_task(polls())
    await asyncio.sleep(0.3)
    await well.is_told("updates", "wrong", "Somebody else fetches", "Stop whatever else")
    other.cancel()
    await asyncio.gather(other, return_exceptions=True)
    assert len(well.stage.telegram.queue.pending) == pending
    assert next(one.state for one in await well.asks() if one.check == "updates") == "ok"


async def test_an_address_that_telegram_does_not_reach_is_told_with_what_telegram_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with clinic(tmp_path, monkeypatch, webhook=True) as one:
        assert [finding for finding in await one.asks() if finding.state == "wrong"] == []
        one.stage.telegram.hook.secret = "not ours"
        one.stage.telegram.person("Ann").opens_link("nothing")
        while not one.stage.telegram.hook.last_error_message:
            await asyncio.sleep(0.01)
        await one.is_told("updates", "wrong", "could not bring an update: .*403", "RXBOT_WEBHOOK_URL")
        one.set("WEBHOOK_URL", "https://another.example/telegram")
        await one.is_told("updates", "wrong", "to another address", "Stop whatever else")


@pytest.fixture
def in_earnest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the sandbox for the real Telegram."""
    monkeypatch.setattr("rxbot.settings.TELEGRAM", "http://127.0.0.1")


@pytest.mark.usefixtures("in_earnest")
async def test_in_earnest_a_key_beside_the_data_the_pages_that_ship_and_http_will_not_do(well: Clinic) -> None:
    well.environment.pop("RXBOT_TEST_CLOCK")
    well.set("PUBLIC_URL", "http://clinic.example.org")
    told = {(one.check, one.state): one for one in await well.asks()}
    assert "RXBOT_KEY" in told["keys", "warning"].remedy
    assert "rxbot content init" in told["content", "wrong"].remedy
    assert "HTTPS" in told["clinic pages", "wrong"].remedy


@pytest.mark.timeout(300)  # processes that begin from nothing, on a computer that may be busy
async def test_the_command_tells_people_and_programs_and_fails_when_anything_is_wrong(well: Clinic) -> None:
    def doctor(*more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "rxbot", "doctor", *more]
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ""), **well.environment}
        return subprocess.run(command, env=environment, cwd=well.folder, capture_output=True, text=True, check=False)

    done = await asyncio.to_thread(doctor)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok      token: Telegram knows the bot as @" in done.stdout
    well.stage.team.add_bot(admin=False)
    done = await asyncio.to_thread(doctor, "--json")
    assert done.returncode == 1
    (found,) = [one for one in json.loads(done.stdout) if one["state"] == "wrong"]
    assert found["check"] == "teams"
    assert found["remedy"].startswith("Make it one")
    for secret in (well.stage.telegram.token, (well.folder / "rxbot.keys.key").read_text()):
        assert secret not in done.stdout + done.stderr
