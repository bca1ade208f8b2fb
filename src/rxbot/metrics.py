"""What a monitor reads at /metrics: what was counted since the start, what waits now, how the loops are.

No label ever holds the id of a person, a chat or an episode. What is counted in a turn that is rolled back counts all the same.
"""

from collections.abc import Iterator
from typing import TypeAlias

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from rxbot.store.backlog import Backlog
from rxbot.vitals import Vitals

disable_created_metrics()  # type: ignore[no-untyped-call]  # when each was first counted helps nobody
CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
REGISTRY = CollectorRegistry()
QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
SLOW = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)

UPDATES = Counter("rxbot_updates", "Updates, by what came of each try to read one.", ["result"], registry=REGISTRY)
TURNS = Counter("rxbot_turns", "Turns taken, by the event that was answered.", ["event"], registry=REGISTRY)
TURNS_FAILED = Counter("rxbot_turns_failed", "Turns that ended in an error of ours.", registry=REGISTRY)
TURN_SECONDS = Histogram("rxbot_turn_seconds", "How long a turn takes.", buckets=QUICK, registry=REGISTRY)
SENDS = Counter("rxbot_sends", "Tries to send a letter, by what came of them.", ["result"], registry=REGISTRY)
SEND_SECONDS = Histogram("rxbot_send_seconds", "How long a try to send takes.", buckets=SLOW, registry=REGISTRY)
GIVEN_UP = Counter("rxbot_letters_given_up", "Letters that ended without having arrived, as far as we know.", registry=REGISTRY)
TOO_FAST = Counter("rxbot_too_many_requests", "Answers 429 of Telegram, by what we asked.", ["call"], registry=REGISTRY)
TAPS = Counter("rxbot_taps_answered", "Answers to taps, by what came of them.", ["result"], registry=REGISTRY)
HANDOFFS = Counter("rxbot_handoffs_opened", "Handoffs to the link workers.", ["urgent"], registry=REGISTRY)
ALARMS = Counter("rxbot_alarms", "Times that somebody seemed to be in danger.", registry=REGISTRY)

# Known from the start, so that a rate does not begin with the first that fails.
for counter, names in (
    (UPDATES, ("done", "failed", "given_up")),
    (SENDS, ("sent", "put_off", "flooded", "refused", "unknown", "failed", "cut")),
    (TOO_FAST, ("send", "tap", "poll", "start", "menu")),
    (TAPS, ("answered", "lost")),
    (HANDOFFS, ("true", "false")),
):
    for name in names:
        counter.labels(name)

Families: TypeAlias = Iterator[Metric]


class AsItIsNow(Collector):
    """What waits and how the loops are at the moment somebody asks."""

    def __init__(self, backlog: Backlog | None, vitals: Vitals) -> None:
        self._backlog, self._vitals = backlog, vitals

    def collect(self) -> Families:
        """Give every figure. Where the database is silent, it is said and the others stay."""
        yield _gauge("rxbot_database_answers", "1 when the database answers.", self._backlog is not None)
        if self._backlog:
            yield from _of_backlog(self._backlog)
        yield from _of_loops(self._vitals)


def _of_backlog(backlog: Backlog) -> Families:
    yield _gauge("rxbot_inbox_rows", "Updates that are not done.", backlog.inbox.rows)
    yield _gauge("rxbot_inbox_oldest_seconds", "Since when the oldest of them is here.", backlog.inbox.seconds)
    rows = GaugeMetricFamily("rxbot_outbox_rows", "Letters that have not left.", labels=["urgency"])
    oldest = GaugeMetricFamily("rxbot_outbox_oldest_seconds", "Since when the oldest of them is written.", labels=["urgency"])
    for urgency, waiting in backlog.outbox.items():
        rows.add_metric([urgency], waiting.rows)
        oldest.add_metric([urgency], waiting.seconds)
    yield from (rows, oldest)
    yield _gauge("rxbot_timers_late", "Timers that should have happened a minute ago.", backlog.timers.rows)
    yield _gauge("rxbot_timers_late_oldest_seconds", "Since when the oldest of them is due.", backlog.timers.seconds)


def _of_loops(vitals: Vitals) -> Families:
    ages = GaugeMetricFamily("rxbot_loop_age_seconds", "Since when a loop has not come round.", labels=["loop"])
    well = GaugeMetricFamily("rxbot_loop_well", "0 when a loop is stuck or has ended.", labels=["loop"])
    for name, loop in vitals.loops.items():
        if loop.limit is not None:
            ages.add_metric([name], loop.age)
        well.add_metric([name], loop.is_well)
    yield from (ages, well)
    yield _gauge("rxbot_telegram_silent_seconds", "Since when we are not in touch with Telegram.", vitals.silence)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=value)


def page(backlog: Backlog | None, vitals: Vitals) -> bytes:
    """Write the page a monitor reads."""
    now = CollectorRegistry()
    now.register(AsItIsNow(backlog, vitals))
    return generate_latest(REGISTRY) + generate_latest(now)
