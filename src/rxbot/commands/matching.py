"""The commands that try the directory: what it finds for whom, and why."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from rxbot import app as root
from rxbot.commands.opening import opened
from rxbot.directory.match import Match
from rxbot.directory.model import Need
from rxbot.directory.profiles import Profile
from rxbot.directory.rank import Explained
from rxbot.errors import Refused
from rxbot.store.candidates import explain_services, find_services

commands = typer.Typer()
_profiles = TypeAdapter(tuple[Profile, ...])


@commands.command()
def match(
    profiles: Annotated[Path, typer.Option(help="A file of profiles, as JSON: a list, or an object with a list `profiles`.")],
    as_json: Annotated[bool, typer.Option("--json", help="For programs: five ids for each, best first.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show the workings of each.")] = False,
) -> None:
    """Match profiles against the directory, as the bot would. For those who keep the directory or change the rank."""
    with opened() as (settings, store, release), store.begin() as unit:
        scheme, needs = release.content.scheme, release.content.needs
        now = root.now_of(settings)().astimezone(scheme.time_zone).date()
        found: dict[str, list[str]] = {}
        for profile in read_profiles(profiles, needs):
            search = profile.search(needs, now, scheme.reach_km)
            if explain:
                typer.echo("\n".join(explained(profile, explain_services(unit, search))))
                continue
            matches = find_services(unit, search)
            found[profile.id] = [one.service.id for one in matches]
            if not as_json:
                typer.echo("\n".join(told(profile, matches)))
        if as_json:
            typer.echo(json.dumps(found, indent=2))


SUCH_AS = '[{"id": "1", "needs": ["food"], "location": {"lat": 53.07, "lon": 0.42, "label": "Kittersea"}}]'


def read_profiles(path: Path, needs: Mapping[str, Need]) -> tuple[Profile, ...]:
    """Read a file of profiles; raises Refused with where it is wrong."""
    try:
        page = json.loads(path.read_text("utf-8-sig"))
        profiles = _profiles.validate_python(page.get("profiles") if isinstance(page, dict) else page)
    except OSError as wrong:
        raise Refused(f"{path} cannot be opened: {wrong.strerror}.", "Check the path.") from wrong
    except ValueError as wrong:
        raise Refused(f"{path} holds no profiles: {_first(wrong)}", f"Write them such as: {SUCH_AS}") from wrong
    unknown = sorted({need for profile in profiles for need in profile.needs if need not in needs})
    if unknown:
        raise Refused(f"{path} names needs that we do not know: {', '.join(unknown)}.", f"Use: {', '.join(needs)}.")
    return profiles


def _first(wrong: ValueError) -> str:
    if isinstance(wrong, ValidationError):
        error = wrong.errors()[0]
        return f"{'.'.join(map(str, error['loc']))}: {error['msg']}."
    return str(wrong)


def told(profile: Profile, matches: tuple[Match, ...]) -> Iterator[str]:
    """Give what was found for a profile, in lines to read."""
    yield f"{profile.id}: {', '.join((*profile.needs, *profile.focus))}"
    for number, one in enumerate(matches, 1):
        away = "" if one.distance_km is None else f", {one.distance_km:.1f} km"
        yield f"  {number}. {one.service.name} ({one.service.organization.name}){away}"
        yield f"     because: {', '.join(' '.join((reason.code.value, *reason.values)) for reason in one.reasons)}"
        yield f"     ask: {', '.join(ask.value for ask in one.unknowns) or 'nothing'}"
    if not matches:
        yield "  Nothing suitable."


def explained(profile: Profile, found: tuple[Explained, ...]) -> Iterator[str]:
    """Give the workings, in lines to read."""
    yield f"{profile.id}: {', '.join((*profile.needs, *profile.focus))}"
    for one in found:
        ease = ", ".join(f"{name} {factor:.2f}" for name, factor in one.scored.factors.items() if factor < 1) or "all well"
        worth = f"fit {one.scored.fit:.2f} x near {one.scored.near:.2f}; {ease}"
        yield f"  {one.scored.score:5.2f}  {one.match.service.name}: {worth}"
        yield f"         speaks of: {', '.join(f'{key} {weight:.2f}' for key, weight in one.spoken_of)}"
