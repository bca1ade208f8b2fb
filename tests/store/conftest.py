"""What tests of the store may use. What is asked of it has the same answer on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import postgres
import pytest
from blank import blank_store
from store_acts import ADDRESS, NOW, OTHER, begin, hand_over, put, say, team

from rxbot.directory.model import Service
from rxbot.directory.reports import ReportKind
from rxbot.message import verbatim
from rxbot.report.message import ClinicMessage, Part
from rxbot.store import clinic_messages, directory_reports, inbox_rows, invitations, ledger, outbox_rows, timers
from rxbot.store.directory_rows import save_feed, service_key
from rxbot.store.inbox_rows import Arrived
from rxbot.store.invitations import Invitation, Private
from rxbot.store.outbox_rows import handoff_lane, person_lane
from rxbot.store.unit import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store with its tables."""
    if request.param == "sqlite":
        one = blank_store(tmp_path)
        yield one
        one.close()
        return
    one = postgres.store_at(postgres.emptied_url(), tmp_path)
    yield one
    one.close()


@pytest.fixture
def lived(store: Store) -> Store:
    """Somebody about whom there is a row in every table, and somebody else beside them.

    Their ids are long, so that no sealed bytes hold them by chance.
    """
    with store.begin() as unit:
        team_id = team(unit)
        save_feed(unit, "town", [Service("1", "Food Bank")], NOW)
        for n, (person_id, address) in enumerate((("person1", ADDRESS), ("person2", OTHER)), 1):
            for episode_id in (f"e{n}", f"second{n}"):
                private = Private(f"token{episode_id}", f"ref {episode_id}", f"code{episode_id}")
                link = Invitation(f"i{episode_id}", episode_id, "harbour", "", "", NOW, NOW, None, "not opened", private)
                invitations.make(unit, link, "command")
            begin(unit, person_id, address, f"e{n}", state="answering", reason=f"words of {person_id}")
            for episode_id in (f"e{n}", f"second{n}"):  # the second link was opened in mid-conversation, and began nothing
                invitations.opened(unit, replace(link, id=f"i{episode_id}"), person_id, NOW)
            handoff = hand_over(unit, person_id, f"e{n}")
            directory_reports.report(unit, service_key("town", "1"), ReportKind.CLOSED, person_id, f"e{n}", NOW)
            timers.set_timer(unit, person_id, f"e{n}", "handoff", 0, NOW)
            put(unit, person_lane(person_id), say(f"letter to {person_id}"), person_id=person_id, episode_id=f"e{n}")
            put(unit, handoff_lane(handoff.id), say("a note of the desk"), handoff_id=handoff.id)
            parts = Part("actions", (verbatim(f"told of {person_id}"),)), Part("risks", (verbatim("none"),))
            clinic_messages.put(unit, f"e{n}", "harbour", ClinicMessage("plan", parts), NOW, person_id)
            ledger.record(unit, f"e{n}", "harbour", "answered", {}, NOW)
            inbox_rows.accept(unit, "bot", [Arrived(n, f"{address}:0", b"words that failed")], NOW)
        for row in inbox_rows.open_rows(unit, NOW, 5):
            for _ in range(inbox_rows.ATTEMPTS):
                inbox_rows.failed(unit, row, "ValueError", NOW)
                row = replace(row, attempts=row.attempts + 1)
        outbox_rows.topic_opened(unit, "e1-1", 44)
        assert team_id == 1
    return store
