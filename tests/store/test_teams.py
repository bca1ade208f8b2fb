"""Several teams share the load: a handoff goes to the one with the fewest open, and all of it stays there."""

import pytest
from sqlalchemy import select, update
from store_acts import NOW, begin, hand_over, say, team

from rxbot.carry_out import end_team, move_group, tell_unreachable
from rxbot.content.load import Release
from rxbot.errors import Refused
from rxbot.pace import CRISIS
from rxbot.store import handoffs, outbox_rows, staff
from rxbot.store.outbox_rows import Destination, Letter, staff_lane
from rxbot.store.staff import Team
from rxbot.store.tables import handoff, outbox
from rxbot.store.tables import team as team_table
from rxbot.store.unit import Store, Unit


@pytest.fixture
def three(store: Store) -> Store:
    """Two teams that are ready, and one that has not acknowledged its test alert."""
    with store.begin() as unit:
        staff.bind(unit, "-1000", NOW)
        team(unit, "-1001")
        team(unit, "-1002")
        begin(unit)
    return store


def teams_of_handoffs(unit: Unit) -> list[int | None]:
    return list(unit.execute(select(handoff.c.team_id).order_by(handoff.c.number)).scalars())


def test_a_handoff_goes_to_the_team_with_the_fewest_open(three: Store) -> None:
    with three.begin() as unit:
        for number in range(1, 5):
            hand_over(unit, number=number)
        assert teams_of_handoffs(unit) == [2, 3, 2, 3]
        unit.execute(update(handoff).where(handoff.c.team_id == 3).values(state="closed"))
        for number in range(5, 8):
            hand_over(unit, number=number)
        assert teams_of_handoffs(unit)[4:] == [3, 3, 2]


def test_where_a_group_is_gone_another_team_gets_all_it_had_and_one_has_to_be_there(three: Store, release: Release) -> None:
    with three.begin() as unit:
        for number in range(1, 3):
            hand_over(unit, number=number)
        outbox_rows.put(unit, "team:2", say("alert"), NOW, "en", "r")
        assert end_team(unit, release.content, 2, NOW) == 3
        assert teams_of_handoffs(unit) == [3, 3]
        assert "team:2" not in unit.execute(select(outbox.c.lane)).scalars().all()
        with pytest.raises(Refused, match="There is no team 2"):
            end_team(unit, release.content, 2, NOW)
        with pytest.raises(Refused, match="rxbot team bind"):
            end_team(unit, release.content, 3, NOW)
        assert staff.address_of(unit, 3) is not None


def test_without_a_team_that_is_ready_it_waits_for_one(store: Store) -> None:
    with store.begin() as unit:
        staff.bind(unit, "-1000", NOW)
        begin(unit)
        hand_over(unit)
        assert (handoffs.freest_team(unit), teams_of_handoffs(unit)) == (None, [None])


def test_what_a_lead_cannot_read_goes_to_the_team_it_is_about(three: Store, release: Release) -> None:
    with three.begin() as unit:
        hand_over(unit, number=1)
        second = hand_over(unit, number=2)
        lane = staff_lane("kim")
        letter = Letter(1, lane, say("needed"), Destination("7"), "en", "r", "e1", second.id, 2, True, (), "", 0, CRISIS, lane)
        tell_unreachable(unit, release.content, letter, "forbidden", NOW)
        assert unit.execute(select(outbox.c.lane)).scalar_one() == "team:3"


def test_a_group_that_moved_has_its_new_address_wherever_it_matters(three: Store, release: Release) -> None:
    with three.begin() as unit:
        outbox_rows.topic_opened(unit, hand_over(unit).id, 44)
        outbox_rows.put(unit, "chat:-1001", say("bound"), NOW, "en", "r")
        for _ in range(2):  # told twice, by a refusal and by a message
            move_group(unit, release.content, "-1001", "-2001", NOW)
            assert unit.execute(select(team_table.c.address).where(team_table.c.id == 2)).scalar() == "-2001"
            assert unit.execute(select(handoff.c.thread)).scalar() is None
            assert unit.execute(select(outbox.c.lane)).scalar() == "chat:-2001"


@pytest.mark.parametrize("acknowledged", ["-1001", "-1002"])
def test_where_the_new_address_was_bound_already_two_teams_become_one(three: Store, release: Release, acknowledged: str) -> None:
    with three.begin() as unit:
        moved, stays = hand_over(unit, number=1), hand_over(unit, number=2)
        for one in (moved, stays):
            outbox_rows.topic_opened(unit, one.id, 44)
        for lane in ("team:2", "team:3", "chat:-1001"):
            outbox_rows.put(unit, lane, say("x"), NOW, "en", "r")
        unit.execute(update(team_table).where(team_table.c.address != acknowledged).values(acknowledged_at=None))
        move_group(unit, release.content, "-1001", "-1002", NOW)
        assert (staff.team_at(unit, "-1001"), staff.team_at(unit, "-1002")) == (None, Team(3, "-1002", True))
        kept = unit.execute(select(handoff.c.id, handoff.c.team_id, handoff.c.thread).order_by(handoff.c.number)).all()
        assert kept == [(moved.id, 3, None), (stays.id, 3, 44)]  # a topic of the new group is there still
        assert list(unit.execute(select(outbox.c.lane).order_by(outbox.c.id)).scalars()) == ["team:3", "team:3", "chat:-1002"]
