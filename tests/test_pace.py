"""The pace we write at: never more than Telegram takes, the urgent first, and nobody kept longer than needed."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from rxbot.pace import CRISIS, RELAY, REMINDER, REPLY, TELEGRAM, Budget, Gate, Limits, Pace

SMALL = Limits(Budget(5, 1, (0, 1, 2, 2, 2)), Budget(3, 3), Budget(6, 20, (0, 2, 2, 2, 2)))
CHATS = ("person:a", "person:b", "team:1")
LETTERS = st.tuples(
    st.sampled_from(CHATS), st.integers(1, 7), st.integers(CRISIS, REMINDER), st.integers(0, 12), st.integers(0, 4)
)
TICK = 0.25  # all times are multiples of it


@dataclass
class Slow:
    """The same limits told the long way: every call that left and, of those that arrived, when."""

    limits: Limits
    calls: list[tuple[str, float]] = field(default_factory=list)

    def counted(self, chat: str, now: float) -> list[tuple[Budget, int]]:
        mine = [(self.limits.overall, self.calls), (self.limits.chat, [one for one in self.calls if one[0] == chat])]
        if chat.startswith("team"):
            mine.append((self.limits.group, mine[1][1]))
        return [(budget, sum(at + budget.seconds > now for _, at in calls)) for budget, calls in mine]

    def may_leave(self, chat: str, calls: int, urgency: int, now: float) -> bool:
        for budget, counted in self.counted(chat, now):
            room = budget.most - budget.kept_from[urgency]
            if counted + min(calls, room) > room:
                return False
        return True

    def when(self, chat: str, calls: int, urgency: int, now: float) -> float:
        while not self.may_leave(chat, calls, urgency, now):
            now += TICK
        return now


@given(st.lists(LETTERS, max_size=40))
def test_it_says_the_same_as_counting_every_call(letters: list[tuple[str, int, int, int, int]]) -> None:
    """Letters come one after the other; each is asked about, and leaves when it may, or not at all."""
    pace, slow, now = Pace(SMALL), Slow(SMALL), 0.0
    for chat, calls, urgency, later, patience in letters:
        now += later * TICK
        then = pace.when(chat, calls, urgency, now)
        assert then == slow.when(chat, calls, urgency, now)
        if then - now <= patience:
            now = then
            pace.leaves(chat, calls)
            pace.arrived(chat, calls, now)
            slow.calls += [(chat, now)] * calls


@given(st.lists(st.tuples(st.sampled_from(CHATS), st.integers(1, 3), st.integers(0, 3), st.integers(1, 16)), max_size=60))
def test_no_span_holds_more_than_its_budget_wherever_telegram_counts_a_call(letters: list[tuple[str, int, int, int]]) -> None:
    """A call takes its time. Telegram may count it when it leaves, or when its answer comes."""
    pace, now = Pace(SMALL), 0.0
    under_way: list[tuple[float, str, int]] = []
    spans: list[tuple[str, float, float]] = []
    for chat, calls, urgency, takes in letters:
        gate = Gate(pace, now)
        while not gate.lets(chat, calls, urgency):
            now = min([gate.again, *(end for end, _, _ in under_way)])
            for one in [one for one in under_way if one[0] <= now]:
                under_way.remove(one)
                pace.arrived(one[1], one[2], one[0])
            gate = Gate(pace, now)
        under_way.append((now + takes * TICK, chat, calls))
        spans += [(chat, now, now + takes * TICK)] * calls
    for budget, chats in ((SMALL.overall, CHATS), *((SMALL.chat, (one,)) for one in CHATS), (SMALL.group, ("team:1",))):
        mine = [(start, end) for chat, start, end in spans if chat in chats]
        for _, end in mine:  # of those that may be counted at one moment, none may reach within the seconds after another's end
            assert sum(start < end + budget.seconds and other >= end for start, other in mine) <= budget.most


def test_three_at_once_then_one_a_second() -> None:
    pace = Pace(TELEGRAM)
    left = [leave(pace, "person:a", 0.0) for _ in range(7)]
    assert left == [0, 0, 0, 3, 3, 3, 6]


def test_a_group_takes_eighteen_a_minute_and_keeps_four_for_an_alarm() -> None:
    pace, now = Pace(TELEGRAM), 0.0
    for _ in range(14):
        now = leave(pace, "team:1", now)
    assert now < 15
    assert pace.when("team:1", 1, RELAY, 15) == 60
    assert pace.when("team:1", 3, CRISIS, 15) == 15
    assert pace.when("team:2", 1, RELAY, 15) == 15
    assert pace.when("person:a", 1, REMINDER, 15) == 15


def test_a_wave_of_reminders_leaves_room_for_replies() -> None:
    pace = Pace(TELEGRAM)
    assert [leave(pace, f"person:{n}", 0.0, REMINDER) for n in range(21)] == [0] * 20 + [1]
    assert pace.opens(REMINDER, 0.5) == 1
    assert pace.opens(RELAY, 0.5) == 1
    assert pace.opens(REPLY, 0.5) == 0.5


def test_replies_that_are_slow_to_arrive_leave_room_for_an_alarm() -> None:
    pace = Pace(TELEGRAM)
    for n in range(23):
        assert pace.when(f"person:{n}", 1, REPLY, 0.0) == 0
        pace.leaves(f"person:{n}", 1)
    assert pace.opens(REPLY, 60.0) == 61
    assert pace.opens(CRISIS, 60.0) == 60


def test_ten_thousand_reminders_leave_in_five_hundred_seconds() -> None:
    pace, now = Pace(TELEGRAM), 0.0
    for n in range(10_000):
        now = leave(pace, f"person:{n}", now, REMINDER)
    assert now == 499


def test_what_is_on_its_way_counts_until_it_has_arrived() -> None:
    pace = Pace(TELEGRAM)
    for _ in range(3):
        pace.leaves("person:a", 1)
    assert pace.when("person:a", 1, CRISIS, 100) == 103
    for _ in range(3):
        pace.arrived("person:a", 1, 100)
    assert pace.when("person:a", 1, CRISIS, 102.9) == 103
    assert pace.when("person:a", 1, CRISIS, 103) == 103


def test_calls_that_nobody_foresaw_count_too() -> None:
    pace = Pace(TELEGRAM)
    pace.leaves("person:a", 1)
    pace.made("person:a", 2, 100)
    pace.arrived("person:a", 1, 101)
    assert pace.when("person:a", 1, CRISIS, 101) == 103


def test_a_letter_larger_than_its_budget_leaves_when_all_is_free() -> None:
    pace = Pace(TELEGRAM)
    assert leave(pace, "person:a", 0.0) == 0
    assert pace.when("person:a", 9, REPLY, 1) == 3


def test_without_limits_everything_leaves_at_once() -> None:
    pace = Pace(None)
    assert {leave(pace, "team:1", 7.0) for _ in range(1000)} == {7.0}


def test_chats_nobody_writes_to_any_more_are_forgotten() -> None:
    pace = Pace(TELEGRAM)
    for n in range(5000):
        leave(pace, f"person:{n}", n * 1.0)
    assert len(pace._chats) <= 1001


def leave(pace: Pace, chat: str, now: float, urgency: int = RELAY) -> float:
    """Let one call leave as soon as it may, and arrive at once; give when."""
    then = pace.when(chat, 1, urgency, now)
    pace.leaves(chat, 1)
    pace.arrived(chat, 1, then)
    return then
