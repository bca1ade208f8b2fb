"""The commands that try the directory: what it finds for whom, and why."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from rxbot import app as root
from rxbot.commands.opening import opened_if_there
from rxbot.commands.whereabouts import place_meant
from rxbot.content.load import Release
from rxbot.directory.asking import LOOKED_AT
from rxbot.directory.formats.spelled import meant, need_written, written_needs
from rxbot.directory.languages import CODES
from rxbot.directory.match import Match
from rxbot.directory.model import Need, Place
from rxbot.directory.profiles import Profile, Profiles, language_called, read_profiles
from rxbot.directory.rank import Explained
from rxbot.directory.reasons import Why
from rxbot.directory.rules.circumstances import CIRCUMSTANCES
from rxbot.directory.rules.gender import Gender
from rxbot.directory.search import Must, Search, Travel
from rxbot.directory.showing import Found, Meets, few_of, met_by
from rxbot.episode import screens
from rxbot.errors import Refused
from rxbot.message import Text
from rxbot.store.candidates import explain_services, find_services
from rxbot.store.unit import Unit

commands = typer.Typer()
SOMEBODY = "somebody"


@commands.command()
def match(
    need: Annotated[list[str], typer.Option(help="What is needed, such as food; as often as needed.")] = [],  # noqa: B006
    near: Annotated[str, typer.Option(help="Where: a town, a part of one, or a postcode.")] = "",
    age: Annotated[int | None, typer.Option(min=0, max=130, help="How old they are.")] = None,
    gender: Annotated[Gender | None, typer.Option(help="Their gender.")] = None,
    language: Annotated[str, typer.Option(help="The language they speak, such as Arabic.")] = "",
    wish: Annotated[list[str], typer.Option(help="What would help most, in your words.")] = [],  # noqa: B006
    must: Annotated[list[Must], typer.Option(help="What it has to be.")] = [],  # noqa: B006
    travel: Annotated[Travel | None, typer.Option(help="How they get about.")] = None,
    within: Annotated[float | None, typer.Option(min=0.1, max=1000, help="How many kilometres away, at most.")] = None,
    true: Annotated[list[str], typer.Option(help="What is true of them, such as veteran; as often as needed.")] = [],  # noqa: B006
    untrue: Annotated[list[str], typer.Option(help="What is not true of them, such as insured.")] = [],  # noqa: B006
    profiles: Annotated[Path | None, typer.Option(help="Many at once: a file of profiles, as JSON.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: five ids for each, best first.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show the workings of each.")] = False,
) -> None:
    """Show what the bot would find for somebody, and why. Say what they need, or give a file of profiles."""
    said = {
        "--need": need, "--near": near, "--age": age is not None, "--gender": gender, "--language": language, "--wish": wish,
        "--must": must, "--travel": travel, "--within": within, "--true": true, "--untrue": untrue,
    }  # fmt: skip
    _refuse_what_is_ignored(bool(profiles), [name for name, given in said.items() if given])
    if as_json and explain:
        raise Refused("--explain is for people and --json for programs.", "Leave out one of the two.")
    with opened_if_there() as (settings, store, release), store.begin() as unit:
        scheme, needs = release.content.scheme, release.content.needs
        now = root.now_of(settings)().astimezone(scheme.time_zone).date()
        wanted = tuple(_need_meant(one, needs) for one in need)
        if profiles:
            asked = _of_a_file(profiles, needs, unit)
        else:
            somebody = Profile(
                SOMEBODY,
                needs=wanted,
                focus=tuple(wish),
                location=_place(unit, near),
                max_km=within,
                travel=travel,
                age=age,
                gender=gender,
                language=_language_meant(language),
                must=tuple(must),
                circumstances=tuple(map(_circumstance_meant, true)),
                not_so=tuple(map(_circumstance_meant, untrue)),
            )
            asked = (somebody,)
        found: dict[str, list[str]] = {}
        for profile in asked:
            search = profile.search(needs, now, scheme.reach_km)
            if explain:
                typer.echo("\n".join(explained(profile, explain_services(unit, search), release)))
                continue
            if as_json:
                found[profile.id] = _ids_found(unit, search)
                continue
            looks = _by_need(search, profile) if not profiles else {profile: search}
            for one, shown in _chosen(unit, looks):
                typer.echo("\n".join(told(one, shown, looks[one], release)))
        if as_json:
            typer.echo(json.dumps(found, indent=2))


def _ids_found(unit: Unit, search: Search) -> list[str]:
    """Give the ids of the best, each service once: two publishers may have it under the same id and name."""
    best = find_services(unit, search)
    several = _each_once(best)
    if len(several) < len(best):
        several = _each_once(find_services(unit, replace(search, limit=LOOKED_AT)))
    return [one.service.id for one in several[: search.limit]]


def _each_once(found: Sequence[Match]) -> list[Match]:
    once: dict[tuple[str, str], Match] = {}
    for one in found:
        once.setdefault((one.service.id, one.service.name), one)
    return list(once.values())


def _refuse_what_is_ignored(is_file: bool, said: list[str]) -> None:
    """Refuse what would change nothing beside a file, and to look for nothing."""
    if is_file and said:
        raise Refused(
            f"{', '.join(said)} would be ignored beside --profiles.", "Write it in the file, of each whom it is true of."
        )
    if not is_file and not {"--need", "--wish"}.intersection(said):
        raise Refused("Say what is needed, or give a file of profiles.", 'Such as: rxbot match --need food --near "Old Town"')


def _by_need(search: Search, somebody: Profile) -> dict[Profile, Search]:
    """Look for each need by itself, as the chat does, with all that is known of them. A wish alone has no need."""
    looks = {replace(somebody, needs=(need.id,)): replace(search, needs=(need,)) for need in search.needs}
    return looks or {somebody: search}


def _chosen(unit: Unit, looks: Mapping[Profile, Search]) -> Found[Profile]:
    """Choose what is shown of each, as the chat does. A wish is no part of a need for which nothing speaks of it."""
    found = tuple((one, find_services(unit, replace(look, limit=LOOKED_AT))) for one, look in looks.items())
    met = [one for one, matches in found if any(match.speaks for match in matches)]
    wished = [one for one, look in looks.items() if look.focus]
    return few_of(found, met or wished)


def _place(unit: Unit, near: str) -> Place | None:
    return place_meant(unit, near) if near.strip() else None


def _need_meant(words: str, needs: Mapping[str, Need]) -> str:
    """Give the id of the need that somebody wrote, as a sheet may have it too."""
    if found := need_written(words, needs):
        return found
    known = [one.replace("_", " ") for one in needs]
    raise Refused(f"We know no need {words!r}.{meant(words, known)}", f"The needs: {written_needs(needs)}.")


def _circumstance_meant(words: str) -> str:
    """Give the id of a circumstance that somebody wrote."""
    id = "_".join(words.casefold().replace("_", " ").replace("-", " ").split())
    if id in CIRCUMSTANCES:
        return id
    known = sorted(one.replace("_", " ") for one in CIRCUMSTANCES)
    raise Refused(f"We know no circumstance {words!r}.{meant(words, known)}", f"Write one of these: {'; '.join(known)}.")


def _language_meant(words: str) -> str | None:
    if not words.strip():
        return None
    if found := language_called(words):
        return found
    raise Refused(
        f"We know no language {words!r}.{meant(words, CODES)}", "Write its English name or its code, such as Arabic or ar."
    )


SUCH_AS = '[{"id": "1", "needs": ["food"], "location": {"lat": 53.07, "lon": 0.42, "label": "Kittersea"}}]'
NAMED = 3


def _of_a_file(path: Path, needs: Mapping[str, Need], unit: Unit) -> tuple[Profile, ...]:
    """Read a file of profiles, and say what was passed over; raises Refused where it holds none."""
    try:
        page = json.loads(path.read_text("utf-8-sig"))
    except OSError as wrong:
        raise Refused(f"{path} cannot be opened: {wrong.strerror}.", "Check the path.") from wrong
    except (ValueError, RecursionError) as wrong:
        raise Refused(f"{path} holds no profiles: {wrong}", f"Write them such as: {SUCH_AS}") from wrong
    found = read_profiles(page, needs, partial(_place_called, unit))
    if not found.read:
        raise Refused(f"{path} holds no profiles.", f"Write them such as: {SUCH_AS}")
    for line in _passed_over(found):
        typer.echo(line, err=True)
    return found.read


def _passed_over(found: Profiles) -> Iterator[str]:
    """Say each thing once, with the ids of the first of those it is said of."""
    ids_of: dict[str, dict[str, None]] = {}
    for id, words in found.passed_over:
        ids_of.setdefault(words, {})[id] = None
    for words, ids in ids_of.items():
        more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
        yield f"{', '.join(list(ids)[:NAMED])}{more}: {words}"


def _place_called(unit: Unit, words: str) -> Place | None:
    try:
        return place_meant(unit, words)
    except Refused:
        return None


def told(profile: Profile, matches: tuple[Match, ...], search: Search, release: Release) -> Iterator[str]:
    """Give what was found for a profile, in lines to read."""
    yield _heading(profile, release)
    if matches and (note := NOTES[met_by(matches, search)]):
        yield f"  {note}"
    for number, one in enumerate(matches, 1):
        yield f"  {number}. {_named(one)}"
        yield from _because(one, release)
    if not matches:
        yield "  Nothing suitable."


NOTES = {
    Meets.WISH: "",
    Meets.WISH_FURTHER_AWAY: "Nothing is in reach. This is further away:",
    Meets.NEED_ONLY: "Nothing speaks of just this. What comes nearest:",
}


def explained(profile: Profile, found: tuple[Explained, ...], release: Release) -> Iterator[str]:
    """Give the same with the workings."""
    yield _heading(profile, release)
    for number, one in enumerate(found, 1):
        yield f"  {number}. {_named(one.match)}"
        yield from _because(one.match, release)
        ease = ", ".join(f"{name} {factor:.2f}" for name, factor in one.scored.factors.items() if factor < 1)
        parts = f"fit {one.scored.fit:.2f} x near {one.scored.near:.2f} x ease{f' ({ease})' if ease else ' 1.00'}"
        yield f"     Worth {one.scored.score:.2f}: {parts}"
        yield f"     Found by: {', '.join(f'{key} {weight:.2f}' for key, weight in one.spoken_of)}"
    if not found:
        yield "  Nothing suitable."


def _heading(profile: Profile, release: Release) -> str:
    needs = (release.content.needs[need].label for need in profile.needs)
    near = f", near {profile.location.label}" if profile.location and profile.location.label else ""
    return f"{'' if profile.id == SOMEBODY else f'{profile.id}: '}{', '.join((*needs, *profile.focus))}{near}"


def _named(one: Match) -> str:
    away = "" if one.distance_km is None else f", {one.distance_km:.1f} km"
    by = one.service.organization.name
    return f"{one.service.name}{f' ({by})' if by not in ('', one.service.name) else ''}{away}"


def _because(one: Match, release: Release) -> Iterator[str]:
    """Word why it was found and what to ask first, as it is said in the chat."""
    say, language = release.words.label, release.content.scheme.team_language
    wishes = {reason.values[0]: reason.values[0] for reason in one.reasons if reason.code is Why.HELPS_WITH}
    reasons = [say(screens.reason(reason), language, wishes) for reason in one.reasons]
    questions = [say(Text(f"ask.{code}"), language) for code in one.unknowns]
    if reasons:
        yield f"     Why this one: {'; '.join(reasons)}."
    yield f"     Ask first: {'; '.join(questions)}." if questions else "     Nothing has to be asked first."
