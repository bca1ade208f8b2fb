"""Things to send, in order, until they are done. Rows of one lane leave one after the other; lanes do not wait for each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, TypeAlias

import structlog
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Row, case, delete, exists, func, insert, literal, or_, select, update

from rxbot.episode.effects import CloseTopic, Copy, DeleteTopic, Give, MarkUrgent, Rewrite, RewriteBrief, Say, ShowChosen
from rxbot.errors import StoreWrong
from rxbot.store import relay
from rxbot.store.keys import HOUSE
from rxbot.store.tables import handoff, outbox, person, staff, team
from rxbot.store.unit import Unit

log = structlog.get_logger()
Parcel: TypeAlias = Say | Give | ShowChosen | Copy | Rewrite | RewriteBrief | MarkUrgent | CloseTopic | DeleteTopic
_PARCELS = (Say, Give, ShowChosen, Copy, Rewrite, RewriteBrief, MarkUrgent, CloseTopic, DeleteTopic)
_CODECS: Mapping[str, TypeAdapter[Any]] = MappingProxyType({kind.__name__: TypeAdapter(kind) for kind in _PARCELS})
URGENCY = MappingProxyType({"crisis": 0, "reply": 1, "relay": 2, "reminder": 3})
AT_MOST_ONCE = URGENCY["reminder"]
BRIEF_RESTS = timedelta(seconds=20)  # so that several changes make one edit
BRIEFS_APART = timedelta(seconds=6)  # a group takes 20 messages and edits a minute; most of these are for talking
COPIES = 2  # an unknown outcome is tried once more, never oftener


@dataclass(frozen=True)
class Destination:
    """Where the channel brings a letter: an address, and a topic in it when the lane is a handoff's."""

    address: str
    thread: int | None = None
    team_id: int | None = None


@dataclass(frozen=True)
class Letter:
    """A row that may leave now, with what it needs to be worded.

    `targets` are messages of the reader's that it changes, `reply_to` is the one it answers.
    """

    id: int
    lane: str
    parcel: Parcel
    to: Destination
    language: str
    release: str
    episode_id: str
    handoff_id: str
    number: int
    urgent: bool
    targets: tuple[str, ...]
    reply_to: str
    attempts: int
    urgency: int


def person_lane(person_id: str) -> str:
    """Name the lane of a person's chat."""
    return f"person:{person_id}"


def handoff_lane(handoff_id: str) -> str:
    """Name the lane of a handoff's topic."""
    return f"handoff:{handoff_id}"


def brief_lane(handoff_id: str) -> str:
    """Name the lane in which a handoff's brief is changed; it does not keep words of the topic waiting."""
    return f"brief:{handoff_id}"


def team_lane(team_id: int) -> str:
    """Name the lane of a team's group outside its topics."""
    return f"team:{team_id}"


def staff_lane(staff_id: str) -> str:
    """Name the lane of somebody of the staff, in their own chat."""
    return f"staff:{staff_id}"


def chat_lane(address: str) -> str:
    """Name the lane of somebody we keep nothing about. Its rows are dropped when sent."""
    return f"chat:{address}"


def put(
    unit: Unit,
    lane: str,
    parcel: Parcel,
    now: datetime,
    language: str,
    release: str,
    person_id: str | None = None,
    episode_id: str | None = None,
    handoff_id: str | None = None,
    not_before: datetime | None = None,
) -> None:
    """Write down a thing to send."""
    key_id = episode_id or HOUSE
    kind = type(parcel).__name__
    unit.execute(
        insert(outbox).values(
            lane=lane,
            person_id=person_id,
            episode_id=episode_id,
            handoff_id=handoff_id,
            what=kind,
            urgency=URGENCY[parcel.urgency]
            if isinstance(parcel, Say | Give)
            else URGENCY["relay" if lane.startswith("handoff") else "reply"],
            texts=_text_ids(parcel),
            wait=parcel.wait if isinstance(parcel, Say) else 0,
            key_id=key_id,
            sealed=unit.keys.seal(key_id, _CODECS[kind].dump_json(parcel)),
            made_at=now,
            not_before=not_before or now,
            language=language,
            release=release,
        )
    )


def put_brief(unit: Unit, parcel: RewriteBrief, now: datetime, language: str, release: str, episode_id: str) -> None:
    """Write down how a brief reads now, in place of a change that has not left yet. A group's briefs change one by one."""
    c = outbox.c
    not_before = now if parcel.at_once else _next_brief(unit, parcel.handoff, now)
    waiting = unit.execute(select(c.id).where(c.lane == brief_lane(parcel.handoff), c.status == "waiting")).scalar()
    if waiting is not None:
        sealed = unit.keys.seal(episode_id, _CODECS[RewriteBrief.__name__].dump_json(parcel))
        sooner = case((c.not_before < not_before, c.not_before), else_=not_before)
        unit.execute(update(outbox).where(c.id == waiting).values(sealed=sealed, not_before=sooner))
        return
    lane = brief_lane(parcel.handoff)
    put(unit, lane, parcel, now, language, release, episode_id=episode_id, handoff_id=parcel.handoff, not_before=not_before)


def _next_brief(unit: Unit, handoff_id: str, now: datetime) -> datetime:
    c = outbox.c
    team_of = select(handoff.c.team_id).where(handoff.c.id == handoff_id).scalar_subquery()
    same_group = c.handoff_id.in_(select(handoff.c.id).where(handoff.c.team_id == team_of))
    last = unit.execute(
        select(func.max(c.not_before)).where(c.what == RewriteBrief.__name__, c.done_at.is_(None), same_group)
    ).scalar()
    return max(now + BRIEF_RESTS, last + BRIEFS_APART) if last else now + BRIEF_RESTS


def claim(unit: Unit, now: datetime, limit: int) -> list[Letter]:
    """Take the first open row of each lane that may leave now, the most urgent first. The lease is committed before the call.

    A handoff without a team waits for one, and takes nobody's place. A brief is changed when it has been posted. A row that
    cannot be opened is given up.
    """
    c = outbox.c
    heads = select(func.min(c.id)).where(c.done_at.is_(None)).group_by(c.lane)
    with_team = select(literal("handoff:") + handoff.c.id).where(handoff.c.team_id.is_not(None))
    before = outbox.alias()
    unposted = exists().where(before.c.lane == literal("handoff:") + c.handoff_id, before.c.done_at.is_(None), before.c.id < c.id)
    may_leave = (
        c.status == "waiting",
        c.not_before <= now,
        or_(c.lane.not_like("handoff:%"), c.lane.in_(with_team)),
        or_(c.lane.not_like("brief:%"), ~unposted),
    )
    rows = unit.execute(select(outbox).where(c.id.in_(heads), *may_leave).order_by(c.urgency, c.id).limit(limit)).all()
    letters = [letter for row in rows if (letter := _opened(unit, row, now))]
    if letters:
        unit.execute(update(outbox).where(c.id.in_([one.id for one in letters])).values(status="leased", attempts=c.attempts + 1))
    return letters


def sent(unit: Unit, letter: Letter, message: str, now: datetime) -> None:
    """Mark a letter sent, and note what it made of the message it passed on."""
    if isinstance(letter.parcel, Say | Copy) and letter.parcel.source:
        relay.passed_on(unit, letter.id, letter.parcel.source, f"{letter.to.address}:{message}", now)
    if isinstance(letter.parcel, RewriteBrief) or (isinstance(letter.parcel, Say) and letter.parcel.pin):
        unit.execute(update(handoff).where(handoff.c.id == letter.handoff_id).values(brief=message))
    _close(unit, letter.id, letter.lane, "sent", now, message=message)


def put_off(unit: Unit, letter: Letter, until: datetime, error: str) -> None:
    """It was surely not sent: try again then. The attempt does not count."""
    unit.execute(
        update(outbox)
        .where(outbox.c.id == letter.id)
        .values(status="waiting", not_before=until, attempts=outbox.c.attempts - 1, error=error)
    )


def outcome_unknown(unit: Unit, letter: Letter, now: datetime) -> None:
    """Nobody can say whether it arrived: a reminder is left, anything else goes once more, with the same buttons."""
    if letter.urgency == AT_MOST_ONCE or letter.attempts + 1 >= COPIES:
        _close(unit, letter.id, letter.lane, "unknown", now)
    else:
        again = now + timedelta(seconds=2)
        unit.execute(update(outbox).where(outbox.c.id == letter.id).values(status="waiting", not_before=again, error="unknown"))


def give_up(unit: Unit, letter: Letter, error: str, now: datetime) -> None:
    """It can never arrive."""
    _close(unit, letter.id, letter.lane, "given_up", now, error=error)


def recover(unit: Unit, now: datetime) -> int:
    """After a crash: what was leased has an unknown outcome. Give how many there were."""
    leased = unit.execute(select(outbox).where(outbox.c.status == "leased")).all()
    for row in leased:
        if row.urgency != AT_MOST_ONCE and row.attempts < COPIES:
            unit.execute(update(outbox).where(outbox.c.id == row.id).values(status="waiting", error="killed"))
        else:
            _close(unit, row.id, row.lane, "unknown", now, error="killed")
    return len(leased)


def drop_letters(unit: Unit, person_id: str, now: datetime) -> None:
    """Send a person nothing more of what waits, except what is about danger."""
    c = outbox.c
    theirs = (c.lane == person_lane(person_id), c.status == "waiting", c.urgency != URGENCY["crisis"])
    unit.execute(update(outbox).where(*theirs).values(status="dropped", done_at=now, sealed=None))


def topic_opened(unit: Unit, handoff_id: str, thread: int | None) -> None:
    """Note which topic a handoff has now, or that it has none any more. Its brief is not there yet."""
    unit.execute(update(handoff).where(handoff.c.id == handoff_id).values(thread=thread, brief=None))


def _text_ids(parcel: Parcel) -> list[str]:
    match parcel:
        case Say(message=message):
            return [line.id for line in message.lines if line.id]
        case Give(caption=caption):
            return [caption.id]
    return []


def _close(unit: Unit, row_id: int, lane: str, status: str, now: datetime, message: str = "", error: str = "") -> None:
    """Close a row and drop its words. Of a letter to somebody we keep nothing about, nothing is left."""
    if lane.startswith("chat:"):
        unit.execute(delete(outbox).where(outbox.c.id == row_id))
        return
    values = {"status": status, "done_at": now, "message": message, "error": error, "sealed": None}
    unit.execute(update(outbox).where(outbox.c.id == row_id).values(**values))


def _opened(unit: Unit, row: Row[Any], now: datetime) -> Letter | None:
    try:
        return _letter(unit, row)
    except (StoreWrong, ValidationError) as spoilt:  # one letter must not keep all others
        log.error("letter_spoilt", id=row.id, error=type(spoilt).__name__)
        _close(unit, row.id, row.lane, "given_up", now, error=type(spoilt).__name__)
        return None


def _letter(unit: Unit, row: Row[Any]) -> Letter | None:
    to = _destination(unit, row.lane)
    if to is None:
        return None
    parcel = _CODECS[row.what].validate_json(unit.keys.unseal(row.key_id, row.sealed))
    about = unit.execute(select(handoff.c.number, handoff.c.urgent).where(handoff.c.id == row.handoff_id)).one_or_none()
    return Letter(
        id=row.id,
        lane=row.lane,
        parcel=parcel,
        to=to,
        language=row.language,
        release=row.release,
        episode_id=row.episode_id or "",
        handoff_id=row.handoff_id or "",
        number=about.number if about else 0,
        urgent=bool(about and about.urgent),
        targets=_targets(unit, row, parcel, to),
        reply_to=relay.other_side(unit, parcel.reply_to, to.address) if isinstance(parcel, Say | Copy) else "",
        attempts=row.attempts,
        urgency=row.urgency,
    )


def _targets(unit: Unit, row: Row[Any], parcel: Parcel, to: Destination) -> tuple[str, ...]:
    match parcel:
        case ShowChosen(wait=wait):
            return _message_of(unit, row.episode_id, wait)
        case Rewrite(source=source):
            return relay.copies(unit, source, to.address)
        case RewriteBrief(handoff=handoff_id):
            brief = unit.execute(select(handoff.c.brief).where(handoff.c.id == handoff_id)).scalar()
            return (brief,) if brief else ()
        case _:
            return ()


def _message_of(unit: Unit, episode_id: str, wait: int) -> tuple[str, ...]:
    c = outbox.c
    found = select(c.message).where(c.episode_id == episode_id, c.wait == wait, c.what == "Say", c.message != "")
    return tuple(unit.execute(found.order_by(c.id.desc()).limit(1)).scalars())


def _destination(unit: Unit, lane: str) -> Destination | None:
    kind, _, name = lane.partition(":")
    if kind == "chat":
        return Destination(name)
    if kind == "person":
        address = unit.execute(select(person.c.address).where(person.c.id == name)).scalar()
        return Destination(address) if address else None
    if kind == "staff":
        address = unit.execute(select(staff.c.address).where(staff.c.id == name)).scalar()
        return Destination(address) if address else None
    if kind == "team":
        address = unit.execute(select(team.c.address).where(team.c.id == int(name))).scalar()
        return Destination(address, team_id=int(name)) if address else None
    row = unit.execute(
        select(team.c.address, team.c.id, handoff.c.thread).join_from(handoff, team).where(handoff.c.id == name)
    ).one_or_none()
    return Destination(row.address, row.thread, row.id) if row else None
