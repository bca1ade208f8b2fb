"""Things to send, in order, until they are done. Rows of one lane leave one after the other; lanes do not wait for each other.

A row leaves in the turn of the most urgent one that waits behind it. Only what may leave at once is claimed: what is claimed
when the process dies has an unknown outcome.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import itemgetter
from types import MappingProxyType
from typing import Any, TypeAlias

import structlog
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    Integer,
    Row,
    Select,
    Update,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    tuple_,
    update,
)

from rxbot.episode.effects import CloseTopic, Copy, DeleteTopic, Give, Rewrite, RewriteBrief, Say, ShowChosen, TitleTopic
from rxbot.episode.fitting import APART
from rxbot.errors import StoreWrong
from rxbot.message import Message, Text, letters, verbatim
from rxbot.pace import CHECK_IN, CRISIS, RELAY, REMINDER, REPLY, Gate, Pace, back_off
from rxbot.store import relay
from rxbot.store.keys import HOUSE
from rxbot.store.pauses import EVERYTHING, resting
from rxbot.store.prepared import Prepared, one_of
from rxbot.store.tables import handoff, outbox, person, staff, team
from rxbot.store.unit import OUTBOX, Unit

log = structlog.get_logger()


@dataclass(frozen=True)
class PinBrief:
    """A handoff's brief is in its topic, and not pinned yet."""

    handoff: str


Parcel: TypeAlias = Say | Give | ShowChosen | Copy | Rewrite | RewriteBrief | PinBrief | TitleTopic | CloseTopic | DeleteTopic


@dataclass(frozen=True)
class InPieces:
    """Words too long for one message. They leave piece by piece; buttons, and what `say` is besides, come with the last."""

    say: Say
    sources: tuple[str, ...]
    pieces: tuple[str, ...]

    @property
    def first(self) -> Say:
        """The piece that is next."""
        is_last = len(self.pieces) == 1
        message = Message((verbatim(self.pieces[0]),), self.say.message.buttons if is_last else ())
        return replace(self.say, message=message, pin=self.say.pin and is_last)

    @property
    def rest(self) -> "InPieces | None":
        """What comes behind it."""
        return replace(self, pieces=self.pieces[1:]) if len(self.pieces) > 1 else None


_PARCELS = (Say, Give, ShowChosen, Copy, Rewrite, RewriteBrief, PinBrief, TitleTopic, CloseTopic, DeleteTopic, InPieces)
SAID = (Say.__name__, InPieces.__name__)
_CODECS: Mapping[str, TypeAdapter[Any]] = MappingProxyType({kind.__name__: TypeAdapter(kind) for kind in _PARCELS})
URGENCY = MappingProxyType({"crisis": CRISIS, "reply": REPLY, "relay": RELAY, "check_in": CHECK_IN, "reminder": REMINDER})
AT_MOST_ONCE = REMINDER
JOINED_WITHIN = timedelta(seconds=3)  # so long the first words wait for those that follow quickly
JOINED = 3000  # letters in one message at most, as Telegram counts them; it takes 4096
NEEDED = (
    outbox.c.id,
    outbox.c.lane,
    outbox.c.episode_id,
    outbox.c.handoff_id,
    outbox.c.what,
    outbox.c.urgency,
    outbox.c.turn,
    outbox.c.key_id,
    outbox.c.sealed,
    outbox.c.attempts,
    outbox.c.language,
    outbox.c.release,
)
PAGE = 25  # rows looked at in one go
NEWEST = 500  # rows that a new process looks back at: more do not leave for groups in a minute
BRIEF_RESTS = timedelta(seconds=20)  # so that several changes make one edit
BRIEFS_APART = timedelta(seconds=6)  # a group takes 20 messages and edits a minute; most of these are for talking
UNKNOWN, SERVER_FAILED, REFUSED = "unknown", "server_failed", "refused"  # why a letter ended that others do not say
LEASE = timedelta(seconds=30)
COPIES = 2  # an unknown outcome is tried once more, never oftener
COPIES_OVER_KILLS = 5  # killed again and again, a letter may not have left even once; but one that kills us must end


@dataclass(frozen=True)
class Destination:
    """Where the channel brings a letter: an address, and a topic in it when the lane is a handoff's."""

    address: str
    thread: int | None = None
    team_id: int | None = None


@dataclass(frozen=True)
class Letter:
    """A row that may leave now, with what it needs to be worded.

    `chat` is where it goes, by the name of a lane: all lanes of a team's group are one. `targets` are messages of the reader's
    that it changes; `anew` says that it is to be said again where none of them can be. `reply_to` is the one it answers,
    `sources` are those of the other side that it passes on, `joined` the rows that leave with it in one message.
    `rest` is what comes behind it when it is a piece of something longer.
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
    chat: str
    sources: tuple[str, ...] = ()
    joined: tuple[int, ...] = ()
    rest: InPieces | None = None
    anew: bool = False

    @property
    def rows(self) -> tuple[int, ...]:
        """Every row that leaves with it."""
        return (self.id, *self.joined)

    @property
    def counts_in(self) -> str:
        """The chat in whose budget it counts: none for ticks under a private message, so that no answer waits for them."""
        return "" if isinstance(self.parcel, ShowChosen) and not self.to_group else self.chat

    @property
    def to_group(self) -> bool:
        """Whether it goes to a team's group."""
        return self.to.team_id is not None

    @property
    def to_person(self) -> bool:
        """Whether it goes to a person's own chat, or to that of somebody of the staff."""
        return self.lane.startswith(("person:", "staff:"))

    @property
    def to_stranger(self) -> bool:
        """Whether it goes to a chat we keep nothing about: a stranger's, or a group that is no team's."""
        return self.lane.startswith("chat:")


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
    """Write down a thing to send. Plain words wait a little for those that follow them; nothing else waits behind these."""
    key_id = episode_id or HOUSE
    kind = type(parcel).__name__
    urgency = _urgency(parcel, lane)
    if _may_be_joined(parcel):
        not_before = now + JOINED_WITHIN
        HURRY.do(unit, in_lane=lane, before=urgency)
    else:
        MAKE_WAY.do(unit, in_lane=lane, before=urgency, now=now)
    unit.tell(OUTBOX)
    PUT.do(
        unit,
        lane=lane,
        person_id=person_id,
        episode_id=episode_id,
        handoff_id=handoff_id,
        what=kind,
        urgency=urgency,
        turn=urgency,
        texts=_text_ids(parcel),
        wait=parcel.wait if isinstance(parcel, Say) else 0,
        key_id=key_id,
        sealed=unit.keys.seal(key_id, _CODECS[kind].dump_json(parcel)),
        made_at=now,
        not_before=not_before or now,
        language=language,
        release=release,
    )


def put_brief(unit: Unit, parcel: RewriteBrief, now: datetime, language: str, release: str, episode_id: str) -> None:
    """Write down how a brief reads now, in place of a change that has not left yet. A group's briefs change one by one."""
    c = outbox.c
    not_before = now if parcel.at_once else _next_brief(unit, parcel.handoff, now)
    changes = (c.lane == brief_lane(parcel.handoff), c.status == "waiting", c.what != PinBrief.__name__)
    sealed = unit.keys.seal(episode_id, _CODECS[RewriteBrief.__name__].dump_json(parcel))
    sooner = case((c.not_before < not_before, c.not_before), else_=not_before)
    if unit.execute(update(outbox).where(*changes).values(what=RewriteBrief.__name__, sealed=sealed, not_before=sooner)).rowcount:
        return
    lane = brief_lane(parcel.handoff)
    put(unit, lane, parcel, now, language, release, episode_id=episode_id, handoff_id=parcel.handoff, not_before=not_before)


def put_pin(unit: Unit, letter: Letter, now: datetime) -> None:
    """Write down that the brief which this letter has brought is still to be pinned."""
    pin, episode_id = PinBrief(letter.handoff_id), letter.episode_id or None
    put(unit, brief_lane(pin.handoff), pin, now, letter.language, letter.release, episode_id=episode_id, handoff_id=pin.handoff)


def _next_brief(unit: Unit, handoff_id: str, now: datetime) -> datetime:
    c = outbox.c
    team_of = select(handoff.c.team_id).where(handoff.c.id == handoff_id).scalar_subquery()
    same_group = c.handoff_id.in_(select(handoff.c.id).where(handoff.c.team_id == team_of))
    last = unit.execute(
        select(func.max(c.not_before)).where(c.what == RewriteBrief.__name__, c.done_at.is_(None), same_group)
    ).scalar()
    return max(now + BRIEF_RESTS, last + BRIEFS_APART) if last else now + BRIEF_RESTS


def claim(unit: Unit, now: datetime, limit: int, gate: Gate | None = None) -> list[Letter]:
    """Take the first open row of each lane that may leave now, the most urgent first. The lease is committed before the call,
    and whoever sends keeps it as long as that takes.

    A chat whose first row has to wait keeps its others waiting: they leave in order. A handoff without a team waits for one,
    and takes nobody's place. A row that cannot be opened is given up.
    """
    gate = gate or Gate(Pace(None), 0)
    held_back: set[str] = set()
    letters: list[Letter] = []
    for row in due(unit, now):
        if len(letters) == limit or gate.shut(row.turn):
            break
        chat = _chat(row)
        if chat not in held_back and (letter := _opened(unit, row, chat, now)):
            if gate.lets(letter.counts_in, calls(letter), row.turn):
                letters.append(letter)
            else:
                held_back.add(chat)
    TAKE.do_each(unit, ({"row": row_id, "until": now + LEASE} for letter in letters for row_id in letter.rows))
    return letters


def keep(unit: Unit, rows: Iterable[int], now: datetime) -> None:
    """Keep rows that are still on their way. Where there is no other process, nobody looks how long they are leased."""
    if unit.shared:
        KEEP.do_each(unit, ({"row": row_id, "until": now + LEASE} for row_id in rows))


def calls(letter: Letter) -> int:
    """Count the calls that bring a letter to its reader, all of which Telegram counts."""
    opens_topic = letter.to_group and letter.to.thread is None and not letter.lane.startswith("team:")
    match letter.parcel:
        case ShowChosen() | Rewrite():
            return max(len(letter.targets), 1)
        case RewriteBrief():
            return 1 if letter.targets else 2 + opens_topic
        case Say(pin=pin):
            return 1 + pin + opens_topic
        case Give() | Copy():
            return 1 + opens_topic
    return 1


def due(unit: Unit, now: datetime) -> Iterator[Any]:
    """Give the rows that may be next, in the order in which they leave. What goes to a chat that rests may not."""
    at_rest = resting(unit, now)
    return (row for row in _first_rows(unit, now) if _chat(row) not in at_rest) if EVERYTHING not in at_rest else iter(())


def _first_rows(unit: Unit, now: datetime) -> Iterator[Row[Any]]:
    """Give them a page at a time."""
    turn, row_id, is_more = -1, 0, True
    while is_more:
        page = list(FIRST_AND_DUE.ask(unit, now=now, last_turn=turn, last_id=row_id))
        yield from page
        if is_more := len(page) == PAGE:
            turn, row_id = page[-1].turn, page[-1].id


WITH_HANDOFF: Select[Any] = select(*NEEDED, handoff.c.team_id, handoff.c.number, handoff.c.urgent).outerjoin(
    handoff, handoff.c.id == outbox.c.handoff_id
)


def _first_and_due() -> Select[Any]:
    """Find the rows that are first in their lanes and due. A brief is changed only when it has been posted."""
    c, before = outbox.c, outbox.alias()
    in_front = exists().where(before.c.lane == c.lane, before.c.done_at.is_(None), before.c.id < c.id)
    its_topic = before.c.lane == literal("handoff:") + c.handoff_id
    unposted = exists().where(its_topic, before.c.done_at.is_(None), before.c.id < c.id)
    to_topic = or_(c.lane.startswith("handoff:"), c.lane.startswith("brief:"))
    return (
        WITH_HANDOFF.where(
            c.done_at.is_(None),
            c.status == "waiting",
            c.not_before <= bindparam("now", type_=c.not_before.type),
            ~in_front,
            or_(not_(to_topic), handoff.c.team_id.is_not(None)),
            or_(not_(c.lane.startswith("brief:")), ~unposted),
            tuple_(c.turn, c.id) > tuple_(bindparam("last_turn", type_=Integer), bindparam("last_id", type_=Integer)),
        )
        .order_by(c.turn, c.id)
        .limit(PAGE)
        .with_for_update(of=outbox, skip_locked=True)  # what a turn changes just now is looked at next time
    )


def _hurry(*, lets_words_go: bool) -> Update:
    """What is in front of something more urgent leaves in its turn: nothing overtakes in a lane.

    With `lets_words_go`, words leave that waited only for more of them.
    """
    c, now, before = outbox.c, bindparam("now", type_=outbox.c.not_before.type), bindparam("before", type_=Integer)
    in_lane, is_later = (c.lane == bindparam("in_lane"), c.done_at.is_(None)), c.turn > before
    if not lets_words_go:
        return update(outbox).where(*in_lane, is_later).values(turn=before)
    waits = and_(c.what == Copy.__name__, c.error == "", c.not_before > now)
    turn, not_before = case((is_later, before), else_=c.turn), case((waits, now), else_=c.not_before)
    return update(outbox).where(*in_lane, or_(is_later, waits)).values(turn=turn, not_before=not_before)


def _with_buttons() -> Select[Any]:
    """Find what was said to a person in an episode with buttons, the newest first."""
    c = outbox.c
    theirs = (c.lane == bindparam("in_lane"), c.episode_id == bindparam("episode"), one_of(c.what, SAID), c.wait > 0)
    return select(c.wait, c.message, c.status, c.attempts, c.made_at).where(*theirs).order_by(c.wait.desc()).limit(PAGE)


def _of_wait() -> Select[Any]:
    """Find the messages that said what had this number in an episode, the newest first."""
    c = outbox.c
    theirs = (c.episode_id == bindparam("episode"), c.wait == bindparam("number"), one_of(c.what, SAID), c.message != "")
    return select(c.message).where(*theirs).order_by(c.id.desc()).limit(1)


def _while_leased() -> Update:
    return (
        update(outbox)
        .where(outbox.c.id == bindparam("row"))
        .values(leased_until=bindparam("until", type_=outbox.c.leased_until.type))
    )


PUT = Prepared(
    insert(outbox).inline(),
    *("lane", "person_id", "episode_id", "handoff_id", "what", "urgency", "turn", "texts", "wait"),
    *("key_id", "sealed", "made_at", "not_before", "language", "release"),
)
TAKE = Prepared(_while_leased().values(status="leased", attempts=outbox.c.attempts + 1))
KEEP = Prepared(_while_leased())
CLOSE = Prepared(update(outbox).where(outbox.c.id == bindparam("row")), "status", "done_at", "message", "error", "sealed")
HURRY, MAKE_WAY = Prepared(_hurry(lets_words_go=False)), Prepared(_hurry(lets_words_go=True))
FIRST_AND_DUE, WITH_BUTTONS, OF_WAIT = Prepared(_first_and_due()), Prepared(_with_buttons()), Prepared(_of_wait())
OF_PERSON = Prepared(select(person.c.address).where(person.c.id == bindparam("name")))
OF_STAFF = Prepared(select(staff.c.address).where(staff.c.id == bindparam("name")))
OF_TEAM = Prepared(select(team.c.address).where(team.c.id == bindparam("name")))
OF_HANDOFF = Prepared(
    select(team.c.address, handoff.c.thread, team.c.id).join_from(handoff, team).where(handoff.c.id == bindparam("name"))
)


def _chat(row: Row[Any]) -> str:
    return team_lane(row.team_id) if row.lane.startswith(("handoff:", "brief:")) else str(row.lane)


def _urgency(parcel: Parcel, lane: str) -> int:
    match parcel:
        case Say(urgency=urgency) | Give(urgency=urgency) | Copy(urgency=urgency):
            return URGENCY[urgency]
        case TitleTopic(alarming=True):
            return CRISIS
    return RELAY if lane.startswith(("handoff:", "brief:")) else REPLY


def _may_be_joined(parcel: Parcel) -> bool:
    return isinstance(parcel, Copy) and bool(parcel.words) and parcel.urgency == "relay"


def _may_stand_behind(parcel: Copy) -> bool:
    return _may_be_joined(parcel) and not parcel.reply_to and not parcel.asked


def first_unseen(unit: Unit, person_id: str, episode_id: str, message: int, written_at: datetime) -> int:
    """Give the wait number of the first message with buttons that had not come when the person wrote this one; 0: all had.

    Telegram numbers the messages of both sides of a private chat in one row. What may have come without our knowing is taken
    as seen: it is on its way since before this was written, or left more than once.
    """
    unseen = 0
    for row in WITH_BUTTONS.ask(unit, in_lane=person_lane(person_id), episode=episode_id):
        has_not_left = row.status == "waiting" and not row.attempts
        is_leaving = row.status == "leased" and row.attempts == 1 and row.made_at >= written_at
        came_later = row.message and row.attempts == 1 and int(row.message) > message
        if not (has_not_left or is_leaving or came_later):
            break
        unseen = row.wait
    return unseen


def sent(unit: Unit, letter: Letter, message: str, now: datetime) -> None:
    """Mark a letter sent, and note what it made of the messages it passed on. What comes behind a piece is next in its lane."""
    if letter.rest:
        _hold(unit, letter, letter.rest, now)
        return
    for source in letter.sources if message else ():
        relay.passed_on(unit, letter.id, source, f"{letter.to.address}:{message}", now)
    if isinstance(letter.parcel, RewriteBrief) or (isinstance(letter.parcel, Say) and letter.parcel.pin):
        unit.execute(update(handoff).where(handoff.c.id == letter.handoff_id).values(brief=message))
    _close(unit, letter.rows, letter.lane, "sent", now, message=message)


def put_off(unit: Unit, letter: Letter, until: datetime, error: str) -> None:
    """It was surely not sent: try again then. The attempt does not count."""
    unit.execute(
        update(outbox)
        .where(outbox.c.id.in_(letter.rows))
        .values(status="waiting", not_before=until, attempts=outbox.c.attempts - 1, error=error)
    )


def cut(unit: Unit, letter: Letter, say: Say, pieces: tuple[str, ...], now: datetime) -> None:
    """It is too long for one message: let it leave in pieces, each in its own time, of which none was sent yet."""
    _hold(unit, letter, InPieces(say, letter.sources, pieces), now)
    if letter.joined:  # their words are in the pieces
        _close(unit, letter.joined, letter.lane, "sent", now)


def _hold(unit: Unit, letter: Letter, words: InPieces, now: datetime) -> None:
    """Put other words into the row of a letter: a try begins anew, the place in the lane is kept."""
    row = unit.execute(select(outbox.c.key_id).where(outbox.c.id == letter.id)).one_or_none()
    if row is None:  # erased meanwhile
        return
    kind = InPieces.__name__
    sealed = unit.keys.seal(row.key_id, _CODECS[kind].dump_json(words))
    values = {"what": kind, "sealed": sealed, "status": "waiting", "not_before": now, "attempts": 0, "error": ""}
    unit.execute(update(outbox).where(outbox.c.id == letter.id).values(**values))


def outcome_unknown(unit: Unit, letter: Letter, now: datetime) -> bool:
    """Nobody can say whether it arrived. Say whether it goes again, with the same buttons.

    A reminder is left, what is about danger goes until it is answered, anything else goes once more.
    """
    copies = letter.attempts + 1
    goes_again = letter.urgency == CRISIS or (letter.urgency != AT_MOST_ONCE and copies < COPIES)
    if goes_again:
        values = {"status": "waiting", "not_before": now + timedelta(seconds=back_off(copies)), "error": UNKNOWN}
        unit.execute(update(outbox).where(outbox.c.id.in_(letter.rows)).values(**values))
    else:
        _close(unit, letter.rows, letter.lane, UNKNOWN, now)
    return goes_again


def give_up(unit: Unit, letter: Letter, error: str, now: datetime) -> None:
    """It can never arrive."""
    _close(unit, letter.rows, letter.lane, "given_up", now, error=error)


def close_chat(unit: Unit, lane: str, error: str, now: datetime) -> None:
    """Somebody cannot be written to any more: what waits for them need not try."""
    waiting = select(outbox.c.id).where(outbox.c.lane == lane, outbox.c.status == "waiting")
    _close(unit, tuple(unit.execute(waiting).scalars()), lane, "given_up", now, error=error)


def move_chat(unit: Unit, old: str, new: str) -> None:
    """A group that is no team's has another address now: what was for it goes there."""
    theirs = (outbox.c.lane == chat_lane(old), outbox.c.done_at.is_(None))
    unit.execute(update(outbox).where(*theirs).values(lane=chat_lane(new)))


def recover(unit: Unit, now: datetime, ours: Collection[int] = ()) -> list[Letter]:
    """After a crash: what was leased, and is none of ours, has an unknown outcome. Most of it goes again; give what does not.

    Where there are other processes, whoever leased it may only have lost the seat, and still be sending: a lease runs out first.
    """
    ended: list[Letter] = []
    leased = (outbox.c.status == "leased", *((outbox.c.leased_until <= now,) if unit.shared else ()))
    for row in unit.execute(WITH_HANDOFF.where(*leased, outbox.c.id.not_in(ours)).order_by(outbox.c.id)).all():
        if row.urgency != AT_MOST_ONCE and row.attempts < COPIES_OVER_KILLS:
            unit.execute(update(outbox).where(outbox.c.id == row.id).values(status="waiting", error="killed"))
        else:
            letter = _opened(unit, row, _chat(row), now)
            ended += [letter] if letter else []
            _close(unit, (row.id,), row.lane, UNKNOWN, now, error="killed")
    return ended


def left_lately(unit: Unit, since: datetime) -> list[tuple[str, datetime]]:
    """Give when something left for each team's group since then, the oldest first. People's chats count for seconds only."""
    c = outbox.c
    to_group = or_(c.lane.startswith("team:"), c.lane.startswith("handoff:"), c.lane.startswith("brief:"))
    newest: Select[Any] = select(c.lane, c.done_at, handoff.c.team_id).outerjoin(handoff, handoff.c.id == c.handoff_id)
    rows = unit.execute(newest.where(to_group).order_by(c.id.desc()).limit(NEWEST)).all()
    return sorted(((_chat(row), row.done_at) for row in rows if row.done_at and row.done_at > since), key=itemgetter(1))


def drop_letters(unit: Unit, person_id: str, now: datetime) -> None:
    """Send a person nothing more of what waits, except what is about danger."""
    c = outbox.c
    theirs = (c.lane == person_lane(person_id), c.status == "waiting", c.urgency != URGENCY["crisis"])
    unit.execute(update(outbox).where(*theirs).values(status="dropped", done_at=now, sealed=None))


def topic_of(unit: Unit, handoff_id: str) -> int | None:
    """Give which topic a handoff has now, if it has one."""
    return unit.execute(select(handoff.c.thread).where(handoff.c.id == handoff_id)).scalar()


def topic_opened(unit: Unit, handoff_id: str, thread: int) -> None:
    """Note which topic a handoff has now. Its brief is not there yet."""
    unit.execute(update(handoff).where(handoff.c.id == handoff_id).values(thread=thread, brief=None))


def topic_lost(unit: Unit, handoff_id: str, thread: int) -> bool:
    """Note that this topic is gone; say whether the handoff still had it."""
    had = (handoff.c.id == handoff_id, handoff.c.thread == thread)
    return bool(unit.execute(update(handoff).where(*had).values(thread=None, brief=None)).rowcount)


def _text_ids(parcel: Parcel) -> list[str]:
    match parcel:
        case Say(message=message):
            return [line.id for line in message.lines if line.id]
        case Give(caption=caption):
            return [caption.id]
        case Copy(asked=Text(id=text_id)):
            return [text_id]
    return []


def _close(unit: Unit, rows: tuple[int, ...], lane: str, status: str, now: datetime, message: str = "", error: str = "") -> None:
    """Close rows and drop their words. Of a letter to somebody we keep nothing about, nothing is left."""
    if lane.startswith("chat:"):
        unit.execute(delete(outbox).where(outbox.c.id.in_(rows)))
        return
    values = {"status": status, "done_at": now, "message": message, "error": error, "sealed": None}
    CLOSE.do_each(unit, ({"row": row_id, **values} for row_id in rows))


def _opened(unit: Unit, row: Row[Any], chat: str, now: datetime) -> Letter | None:
    try:
        letter = _letter(unit, row, chat)
        return _with_those_behind(unit, letter) if letter and _may_be_joined(letter.parcel) else letter
    except (StoreWrong, ValidationError) as spoilt:  # one letter must not keep all others
        log.error("letter_spoilt", id=row.id, error=type(spoilt).__name__)
        _close(unit, (row.id,), row.lane, "given_up", now, error=type(spoilt).__name__)
        return None


def _with_those_behind(unit: Unit, first: Letter) -> Letter:
    """Join the words that follow at once: up to the next that answer something, that are no words, or are too many.

    What was asked stands before those that were no answer to it.
    """
    assert isinstance(first.parcel, Copy)
    asked = (first.parcel.asked,) if first.parcel.asked else ()
    c, joined, room = outbox.c, [(first.id, first.parcel)], JOINED - _room_for(first.parcel)
    later: Select[Any] = select(*NEEDED).where(c.lane == first.lane, c.status == "waiting", c.id > first.id)
    behind = later.order_by(c.id).with_for_update()
    for row in unit.execute(behind).all():
        parcel = _parcel(unit, row) if row.what == Copy.__name__ else None
        if not (isinstance(parcel, Copy) and _may_stand_behind(parcel) and _room_for(parcel) <= room):
            break
        joined.append((row.id, parcel))
        room -= _room_for(parcel)
    if len(joined) == 1 and not asked:
        return first
    said = Say("topic", Message((*asked, *(verbatim(parcel.words) for _, parcel in joined))), "relay")
    sources = tuple(parcel.source for _, parcel in joined)
    return replace(first, parcel=said, sources=sources, joined=tuple(row_id for row_id, _ in joined[1:]))


def _room_for(words: Copy) -> int:
    """Count the letters of a line with these words, the end of the line too."""
    return letters(words.words) + APART + 1


def _parcel(unit: Unit, row: Row[Any]) -> Parcel | InPieces:
    parcel: Parcel | InPieces = _CODECS[row.what].validate_json(unit.keys.unseal(row.key_id, row.sealed))
    return parcel


def _letter(unit: Unit, row: Row[Any], chat: str) -> Letter | None:
    to = _destination(unit, row.lane)
    if to is None:
        return None
    kept = _parcel(unit, row)
    parcel = kept.first if isinstance(kept, InPieces) else kept
    return Letter(
        id=row.id,
        lane=row.lane,
        parcel=parcel,
        to=to,
        language=row.language,
        release=row.release,
        episode_id=row.episode_id or "",
        handoff_id=row.handoff_id or "",
        number=row.number or 0,
        urgent=bool(row.urgent),
        targets=_targets(unit, row, parcel, to),
        reply_to=_reply_to(unit, parcel, to),
        attempts=row.attempts,
        urgency=row.urgency,
        chat=chat,
        sources=_sources(kept),
        rest=kept.rest if isinstance(kept, InPieces) else None,
        anew=isinstance(parcel, Rewrite) and (not to.team_id or relay.was_passed_on(unit, parcel.source)),
    )


def _sources(kept: Parcel | InPieces) -> tuple[str, ...]:
    if isinstance(kept, InPieces):
        return kept.sources
    return (kept.source,) if isinstance(kept, Say | Copy | Rewrite) and kept.source else ()


def _reply_to(unit: Unit, parcel: Parcel, to: Destination) -> str:
    """Name the message it answers; for a change, the one that it is a change of."""
    match parcel:
        case Say(reply_to=answered) | Copy(reply_to=answered) | Rewrite(source=answered) if answered:
            return relay.other_side(unit, answered, to.address)
    return ""


def _targets(unit: Unit, row: Row[Any], parcel: Parcel, to: Destination) -> tuple[str, ...]:
    match parcel:
        case ShowChosen(wait=wait):
            return _message_of(unit, row.episode_id, wait)
        case Rewrite(source=source):
            return relay.copies(unit, source, to.address)
        case RewriteBrief(handoff=handoff_id) | PinBrief(handoff=handoff_id):
            brief = unit.execute(select(handoff.c.brief).where(handoff.c.id == handoff_id)).scalar()
            return (brief,) if brief else ()
        case _:
            return ()


def _message_of(unit: Unit, episode_id: str, wait: int) -> tuple[str, ...]:
    return tuple(row.message for row in OF_WAIT.ask(unit, episode=episode_id, number=wait))


def _destination(unit: Unit, lane: str) -> Destination | None:
    kind, _, name = lane.partition(":")
    if kind == "chat":
        return Destination(name)
    if kind == "person":
        address = OF_PERSON.value(unit, name=name)
        return Destination(address) if address else None
    if kind == "staff":
        address = OF_STAFF.value(unit, name=name)
        return Destination(address) if address else None
    if kind == "team":
        address = OF_TEAM.value(unit, name=int(name))
        return Destination(address, team_id=int(name)) if address else None
    row = OF_HANDOFF.one(unit, name=name)
    return Destination(*row) if row else None
