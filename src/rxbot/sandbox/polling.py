"""getUpdates: wait for updates; only one bot may poll, and none while a webhook is set.

Telegram holds up a bot that asks the same thing again and again, and one of two bots that take turns in ending each other's
poll. That takes seconds of real time, which no moved clock shortens, so it is off unless `Telegram.strict_polls` is on:
`rxbot sandbox` has it on, tests that do not ask for it have it off.
"""

from rxbot.sandbox import refusals as no
from rxbot.sandbox.bell import Bell
from rxbot.sandbox.refusals import Declined, Refusal
from rxbot.sandbox.telegram import Telegram
from rxbot.sandbox.world import Json

LONGEST_POLL = 50
MOST_UPDATES = 100
REPEATED_SECONDS, HURRIED_SECONDS = 3.0, 0.5
CONFLICT_SECONDS = 3.0


async def get_updates(
    telegram: Telegram,
    *,
    offset: int = 0,
    limit: int = MOST_UPDATES,
    timeout: int = 0,  # noqa: ASYNC109 - the parameter is called so in the Bot API
    allowed_updates: list[str] | None = None,
) -> list[Json]:
    """Give what waits at once; wait where there is nothing, until a newer call waits too or a webhook is set."""
    if telegram.hook.url:
        raise await conflict(telegram, no.WEBHOOK_ACTIVE)
    queue = telegram.queue
    queue.allow(allowed_updates)
    most, seconds = held_up(telegram, offset, min(max(limit, 1), MOST_UPDATES), min(max(timeout, 0), LONGEST_POLL))
    updates = queue.take(queue.from_offset(offset), most, telegram.time)
    telegram.ring()
    if updates or not seconds:
        return updates
    return await long_poll(telegram, offset, most, seconds)


def held_up(telegram: Telegram, offset: int, limit: int, seconds: float) -> tuple[int, float]:
    """Return how many updates a call gives and how long it waits: who repeats an offset gets one, and waits for the next."""
    if not telegram.strict_polls:
        return limit, seconds
    patience = telegram.patience
    since = telegram.polls.since(offset, telegram.steady())
    if since < REPEATED_SECONDS * patience:
        seconds = max(seconds, REPEATED_SECONDS * patience)
    return 1 if since < HURRIED_SECONDS * patience else limit, seconds


async def long_poll(telegram: Telegram, offset: int, limit: int, seconds: float) -> list[Json]:
    """Wait for something to give. The offset is looked at anew each time: while a poll waits the ids may begin anew."""
    queue = telegram.queue
    deadline, poll = telegram.steady() + seconds, queue.begin_poll()
    telegram.ring()
    with Bell(telegram) as bell:
        while queue.poll == poll and not telegram.hook.url:
            updates = queue.take(queue.from_offset(offset), limit, telegram.time)
            if updates or telegram.steady() >= deadline:
                return updates
            await bell.wait(deadline - telegram.steady())
    raise await conflict(telegram, no.WEBHOOK_WAS_SET if telegram.hook.url else no.CONFLICT)


async def conflict(telegram: Telegram, refusal: Refusal) -> Declined:
    """Say so at once, but not twice within three seconds: then the answer is long in coming."""
    later = telegram.steady() + CONFLICT_SECONDS * telegram.patience
    if telegram.strict_polls and telegram.steady() < telegram.polls.next_conflict:
        with Bell(telegram) as bell:
            while telegram.steady() < later:
                await bell.wait(later - telegram.steady())
    else:
        telegram.polls.next_conflict = later
    return Declined(refusal)
