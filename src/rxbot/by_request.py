"""What an operator does for a person who asks on paper or by phone: find them, give them all that is kept, or erase it.

Only the operator can do this, on the computer that has the keys; each of it stands in the audit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rxbot.carry_out import erase_by_request, kept_of, language_of
from rxbot.content.load import Release
from rxbot.episode import data_pages
from rxbot.errors import Refused
from rxbot.papers.render import File, render
from rxbot.store import episodes, erase, invitations, ledger, short_codes
from rxbot.store.episodes import Held
from rxbot.store.unit import Unit

OPERATOR = "operator"  # who did it, in the audit
HOW = "Name a handoff's number (7), a clinic with its own reference (harbour/A17), the code of a link, or an id."


@dataclass(frozen=True)
class Asked:
    """Who is meant: a person with all their episodes, the newest first; or a link that nobody has opened."""

    held: tuple[Held, ...]
    links: tuple[str, ...] = ()


def find(unit: Unit, release: Release, who: str, now: datetime) -> Asked:
    """Find the one who is meant. Raises Refused when there is nobody, or more than one."""
    meant = _links(unit, release, who, now)
    people = {one.person_id for one in meant if one.person_id} | set(episodes.named(unit, who))
    unopened = tuple(one.episode_id for one in meant if one.person_id is None and one.private)
    if len(people) > 1 or (people and unopened) or len(unopened) > 1:
        raise Refused(f"{who} may mean {len(people) + len(unopened)} people.", HOW)
    if not people and not unopened:
        raise Refused(f"Nobody is kept under {who}.", HOW)
    return Asked(tuple(held for person_id in people for held in episodes.all_of(unit, person_id)), unopened)


def _links(unit: Unit, release: Release, who: str, now: datetime) -> Sequence[invitations.Invitation]:
    clinic, _, reference = who.partition("/")
    if reference and clinic in release.content.scheme.clinics:
        noted = [one for one in invitations.of_clinic(unit, clinic, now) if one.private]
        return [one for one in noted if one.private and one.private.reference.strip() == reference.strip()]
    code = short_codes.code_in(who)
    found = invitations.by_code(unit, code, now) if code else None
    return [found] if found else []


def export(unit: Unit, release: Release, asked: Asked, now: datetime) -> list[File]:
    """Give all that is kept about a person as they can have it in the chat: a page to read, and the same as data."""
    if not asked.held:
        raise Refused("Nobody has opened this link: only the clinic's own reference is kept with it.", "")
    files = []
    for n, held in enumerate(asked.held, 1):
        kept, language = kept_of(unit, held, now), language_of(release.content, held)
        pages = data_pages.page_of(held.episode, release.content, kept), data_pages.data_of(held.episode, kept)
        made = (render(paper, release.words, language, {}, now) for paper in pages)
        files += [File(f"{n}-{file.name}", file.mime, file.content) for file in made]
        ledger.note_act(unit, OPERATOR, "export", held.episode.id, True, now)
    return files


def erase_all(unit: Unit, release: Release, asked: Asked, now: datetime) -> None:
    """Erase everything about a person as their own asking does it. They are told, where it is safe to write first."""
    for episode_id in (*asked.links, *(held.episode.id for held in asked.held)):
        ledger.note_act(unit, OPERATOR, "erase", episode_id, True, now)
    erase.erase_episodes(unit, asked.links, now)
    if asked.held:
        erase_by_request(unit, release.content, asked.held[0], now)
