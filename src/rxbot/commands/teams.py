"""The commands for the link workers and their Telegram group."""

import asyncio
import secrets
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import typer

from rxbot import app as root
from rxbot.commands.opening import opened, opened_if_there
from rxbot.errors import Refused
from rxbot.store import ledger, staff
from rxbot.store.backup import OPERATOR

ENROLMENT_DAYS = 7
BINDING_MINUTES = 60
team = typer.Typer(help="The link workers' Telegram group.", no_args_is_help=True)
worker = typer.Typer(help="The link workers.", no_args_is_help=True)


class Role(StrEnum):
    """What somebody of a team is."""

    LINK_WORKER = "link_worker"
    LEAD = "lead"


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

    with opened_if_there() as (settings, store, release), store.begin() as unit:
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

    with opened_if_there() as (settings, store, release), store.begin() as unit:
        now, ended = root.now_of(settings)(), staff.end_enrolment(unit, name)
        if not ended:
            raise Refused(f"Nobody is enrolled as {name!r}.", "Write the name as it was enrolled.")
        for one in ended:
            ledger.note_act(unit, "operator", "end_enrolment", one, True, now)
        give_back(unit, release.content, name, now)
        typer.echo(f"{name} may do nothing any more. Take them out of the Telegram group too.")
