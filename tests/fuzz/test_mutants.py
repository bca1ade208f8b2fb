"""What is watched is seen: each breakage of the product raises the complaint that is meant for it. No kind is without one."""

import sys
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
import structlog

import fuzz.crowd
import fuzz.house
from fuzz import walking_out
from fuzz.complaints import BAD_EVENTS, KINDS, Complaints
from fuzz.crowd import SAM
from fuzz.house import TEAM
from fuzz.log_watch import logged, look_through
from fuzz.stretch import Result, play
from rxbot import carry_out, inbox
from rxbot.channels.telegram.desk import Desk
from rxbot.channels.telegram.receive import Receive
from rxbot.episode.effects import Copy, Erase, Rewrite, Say, ShowChosen
from rxbot.episode.events import Typed, WorkerSaid
from rxbot.inbox import Ack
from rxbot.message import Message, verbatim
from rxbot.store import directory_reports, outbox_rows

Mutant = tuple[object, str, Callable[..., Any]]  # whose, which, and what it does instead
log = structlog.get_logger()
MANY, PEOPLE = 150, 2  # it ends with the first complaint
FAR = {"reported and not suspended": 900}  # updates until somebody has come so far
AT_THE_END = {
    "a word in the log": 40,
    "not a log line": 20,
    "a word in the data file": 150,
    "stuck": 20,
    "updates left": 20,
}


def now_and_then(real: Callable[..., Any], instead: Callable[..., Any], when: Callable[..., bool]) -> Callable[..., Any]:
    """Break one call in three of those that are meant."""
    rng = Random(5)
    return lambda *given: instead(*given) if when(*given) and rng.random() < 0.3 else real(*given)


def also(real: Callable[..., Any], deed: Callable[..., Any]) -> Callable[..., Any]:
    """Do something more."""

    def both(*given: Any) -> Any:
        deed(*given)
        return real(*given)

    return both


def nothing(*_: Any) -> None:
    """Do nothing about it."""


def _is_typed(_receive: object, _unit: object, _message: object, event: object, _now: object) -> bool:
    return isinstance(event, Typed)


def _is_private(_receive: object, _unit: object, tap: Any, _now: object) -> bool:
    return tap.message is not None and tap.message.chat.type == "private"


def _log_words(_receive: object, _unit: object, _message: object, event: Any, _now: object) -> None:
    words = getattr(event, "words", "")
    if words and "qanary" not in words:
        log.info("said", words=words)


def _log_ids(_receive: object, _unit: object, message: Any, _now: object) -> None:
    log.info("said", chat=message.chat.id, by=message.from_user.id if message.from_user else 0)


def _touch_another(_receive: object, unit: Any, message: Any, event: object, _now: object) -> None:
    unit.connection.exec_driver_sql("INSERT INTO touched SELECT address FROM person WHERE address != ?", (str(message.chat.id),))


def _fail(*_: Any) -> None:
    raise RuntimeError("a slip")


def _say_too_much(_receive: object, unit: Any, message: Any, _event: object, now: Any) -> None:
    said = Say("person", Message((verbatim("x" * 5000),)))
    outbox_rows.put(unit, outbox_rows.chat_lane(str(message.chat.id)), said, now, "en", fuzz.house.release().content.release)


def _stays(episode: Any, event: Any, content: Any) -> Any:
    """Say what is to be said, and do not move."""
    moved, effects = TAKE_TURN(episode, event, content)
    if episode.state != "asking_consent":
        return moved, effects
    return episode, tuple(one for one in effects if isinstance(one, Say | ShowChosen | Copy | Rewrite))


def _suspends_what_it_finds(unit: Any, search: Any) -> Any:
    found = FIND_SERVICES(unit, search)
    for match in found[:1]:
        unit.connection.exec_driver_sql(
            "UPDATE directory_service SET suspended_at = '2026-03-02' WHERE key = ?", (match.service.key,)
        )
    return found


def _two_say_so(unit: Any, service: str, kind: Any, person_id: str, episode_id: str, now: Any) -> bool:
    """Forget that two are enough."""
    for one in (person_id, *(row[0] for row in unit.connection.exec_driver_sql("SELECT id FROM person LIMIT 2"))):
        with patch.object(directory_reports, "TO_SUSPEND", 9):
            REPORT(unit, service, kind, one, episode_id, now)
    return False


def _asks_once_more(episode: Any, event: Any, content: Any) -> Any:
    moved, effects = TAKE_TURN(episode, event, content)
    return (replace(moved, facts=(*moved.facts, "children", "children")) if moved.offers else moved), effects


def _remembers(episode: Any, event: Any, content: Any) -> Any:
    moved, effects = TAKE_TURN(episode, event, content)
    return moved, tuple(one for one in effects if not isinstance(one, Erase))


def _unheard(episode: Any, event: Any, content: Any) -> Any:
    return (episode, ()) if isinstance(event, WorkerSaid) else TAKE_TURN(episode, event, content)


TO_PERSON, TAPPED, MESSAGE, DESK = Receive._to_person, Receive._tapped, Receive._message, Desk.message
TAKE_TURN, FIND_SERVICES, REPORT = carry_out.take_turn, carry_out.find_services, directory_reports.report
MUTANTS: dict[str, tuple[str, Mutant]] = {
    "media": ("no answer to a person", (Receive, "_to_person", lambda *g: TO_PERSON(*g) if isinstance(g[3], Typed) else None)),
    "texts": ("no answer to a person", (Receive, "_to_person", now_and_then(TO_PERSON, nothing, _is_typed))),
    "taps": ("no answer to a person", (Receive, "_tapped", now_and_then(TAPPED, lambda *g: (Ack(g[2].id),), _is_private))),
    "edits": ("no answer to a person", (Receive, "_edited", nothing)),
    "group": ("no answer to a worker", (Desk, "message", nothing)),
    "workers' taps": ("no answer to a worker", (Desk, "tap", lambda _desk, _unit, query, _now: Ack(query.id))),
    "workers' words": ("no answer to a worker", (carry_out, "take_turn", _unheard)),
    "words in the log": ("a word in the log", (Receive, "_to_person", also(TO_PERSON, _log_words))),
    "ids in the log": ("a word in the log", (Receive, "_message", also(MESSAGE, _log_ids))),
    "a print": ("not a log line", (Receive, "_message", also(MESSAGE, lambda *_: sys.stdout.write("here\n")))),
    "unsealed": ("a word in the data file", (outbox_rows, "_text_ids", lambda parcel: [repr(parcel)])),
    "a slip": ("update failed", (Receive, "_edited", _fail)),
    "another": ("touched somebody else", (Receive, "_to_person", also(TO_PERSON, _touch_another))),
    "too long": ("refused letter", (Receive, "_to_person", also(TO_PERSON, _say_too_much))),
    "a long toast": ("refused toast", (Receive, "_tapped", lambda *g: (Ack(g[2].id, "x" * 201),))),
    "held letters": ("letters do not leave", (outbox_rows, "claim", lambda *_: [])),
    "a shut door": ("intake stopped", (fuzz.house, "arrived", _fail)),
    "nobody works": ("updates left", (fuzz.house, "work_off", lambda *_: inbox.Worked(0, ()))),
    "a search that is not looked at": ("shown what is not offered", (carry_out, "find_services", _suspends_what_it_finds)),
    "two reports": ("reported and not suspended", (directory_reports, "report", _two_say_so)),
    "more questions": ("asked too often", (carry_out, "take_turn", _asks_once_more)),
    "surveys kept": ("a survey remembered", (carry_out, "take_turn", _remembers)),
    "no way on": ("stuck", (carry_out, "take_turn", _stays)),
}


def broken(mutant: str) -> Result:
    kind, (whose, name, instead) = MUTANTS[mutant]
    surveyed = 1.0 if mutant == "surveys kept" else fuzz.crowd.SURVEYED
    with (
        patch.object(fuzz.crowd, "SURVEYED", surveyed),
        patch.object(whose, name, instead),
        patch.object(fuzz.house, "WAVES", 20),
        patch.object(walking_out, "BOUND", walking_out.BOUND if kind in FAR else 20),
    ):
        return play(seed=2, updates={**AT_THE_END, **FAR}.get(kind, MANY), go_on=kind in AT_THE_END, people=PEOPLE)


@pytest.mark.timeout(600)  # on a computer that does much else
@pytest.mark.parametrize("mutant", sorted(MUTANTS.keys() - {"ids in the log"}))
def test_a_breakage_is_complained_of(mutant: str) -> None:
    assert MUTANTS[mutant][0] in broken(mutant).complaints.counts


def test_the_ids_of_person_team_and_worker_are_looked_for() -> None:
    told = " ".join(broken("ids in the log").complaints.seen["a word in the log"])
    for secret in (9_100_007_919, TEAM, SAM):
        assert f"{str(secret)!r}: " in told


@pytest.mark.parametrize("event", BAD_EVENTS)
def test_an_event_that_must_not_be_is_seen(event: str) -> None:
    complaints = Complaints()
    with logged() as kept:
        log.error(event, id=3)
    look_through(kept, (), complaints)
    assert complaints.counts == {event: 1}


def test_every_kind_of_complaint_is_shown_to_be_raised() -> None:
    assert {kind for kind, _ in MUTANTS.values()} | set(BAD_EVENTS) == set(KINDS)
