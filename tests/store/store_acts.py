"""People, episodes and letters for tests of the store, and a look into its files."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from rxbot.episode.effects import Say
from rxbot.episode.model import Episode
from rxbot.handoff.model import Handoff
from rxbot.message import Message, Rows, Text, verbatim
from rxbot.store import episodes, handoffs, outbox_rows, staff
from rxbot.store.episodes import Held
from rxbot.store.outbox_rows import Letter
from rxbot.store.schema import METADATA
from rxbot.store.unit import Store, Unit

ADDRESS, OTHER = "7123456789", "7987654321"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def begin(unit: Unit, person_id: str = "p1", address: str = "7000000001", episode_id: str = "e1", **parts: object) -> Held:
    """Let somebody begin an episode."""
    if episodes.person_at(unit, "telegram", address) is None:
        episodes.meet(unit, person_id, "telegram", address, NOW)
    unit.keys.make(episode_id)
    held = Held(person_id, address, Episode(episode_id, "harbour", **parts))  # type: ignore[arg-type]
    episodes.start(unit, held, NOW)
    return held


def hand_over(unit: Unit, person_id: str = "p1", episode_id: str = "e1", number: int = 1, urgent: bool = False) -> Handoff:
    """Open a handoff."""
    handoff = Handoff(f"{episode_id}-{number}", "asked_for", urgent, NOW)
    handoffs.open_row(unit, handoff, person_id, episode_id, NOW)
    return handoff


def team(unit: Unit, address: str = "-1001") -> int:
    """Bind a group and let it acknowledge its alert."""
    team_id = staff.bind(unit, address, NOW)
    staff.acknowledge(unit, team_id, NOW)
    return team_id


def say(words: str, urgency: str = "reply", wait: int = 0, buttons: Rows = ()) -> Say:
    return Say("person", Message((verbatim(words),), buttons), urgency, wait)  # type: ignore[arg-type]


def put(unit: Unit, lane: str, parcel: outbox_rows.Parcel, **about: str) -> None:
    outbox_rows.put(unit, lane, parcel, NOW, "en", "r", **about)


def words_of(letters: list[Letter]) -> list[str]:
    """Read the own words out of letters."""
    lines = [line for one in letters if isinstance(one.parcel, Say) for line in one.parcel.message.lines]
    return [str(line.values.get("words", line.id)) if isinstance(line, Text) else "" for line in lines]


def in_files(store: Store, words: str) -> set[str]:
    """Name the files of the data store that hold these words, the write-ahead log among them; on PostgreSQL its tables."""
    if store.shared:
        with store.begin() as unit:
            return {name for name, table in METADATA.tables.items() if words in str(unit.execute(select(table)).all())}
    data = Path(str(store.engine.url.database))
    return {path.name for path in data.parent.glob(f"{data.name}*") if words.encode() in path.read_bytes()}
