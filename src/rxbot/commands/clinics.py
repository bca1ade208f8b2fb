"""The commands for clinics: links for people, and who may sign in."""

import asyncio
import json
from enum import StrEnum
from typing import Annotated

import typer

from rxbot import app as root
from rxbot.commands.opening import opened, opened_if_there
from rxbot.store import ledger

commands = typer.Typer()
clinic = typer.Typer(help="The clinics that invite people.", no_args_is_help=True)


UNREAD = (
    "No team of link workers is ready. While that is so, who opens a link is told that nobody reads the survey. Who tells of "
    "danger in it is shown the numbers to ring ({number} and the crisis lines), and no human hears of it. "
    "To change that: rxbot team bind\n"
)


class ClinicRole(StrEnum):
    """What somebody at a clinic is."""

    CLINICIAN = "clinician"
    RECEPTION = "reception"


@commands.command()
def invite(
    clinic_id: Annotated[str, typer.Argument(metavar="CLINIC", help="The clinic's id in scheme.yaml.")],
    language: Annotated[str, typer.Option(help="The person's language, such as ar.")] = "",
    reason: Annotated[str, typer.Option(help="Why, by its id in scheme.yaml.")] = "",
    ref: Annotated[str, typer.Option(help="The clinic's own reference, to tell whose link it was.")] = "",
    count: Annotated[int, typer.Option(help="How many links.")] = 1,
    survey: Annotated[bool, typer.Option("--survey", help="A link to an anonymous survey of needs, nobody's support.")] = False,
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
                survey=survey,
                made_by="command",
            )
            is_unread = survey and not invitations.teams_ready(unit)
        if is_unread:
            typer.echo(UNREAD.format(number=release.content.emergency.number), err=True)
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

    with opened_if_there() as (settings, store, release), store.begin() as unit:
        number = sign_all_out(unit, release.content, clinic_id)
        ledger.note_act(unit, "operator", "sign_out", clinic_id, True, root.now_of(settings)())
        typer.echo(f"{number} signed out.")
