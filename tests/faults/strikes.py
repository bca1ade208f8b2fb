"""What strikes: each a name and what it does to a run."""

import asyncio
import random
import resource
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from run import Run, Strike

from rxbot.sandbox.faults import Fault
from rxbot.sandbox.hook import Lane, lane_of
from rxbot.sandbox.updates import Waiting

SENDING = ("sendMessage", "editMessageReplyMarkup", "editMessageText", "copyMessage", "createForumTopic", "sendDocument")
FEW = 3  # answers that a fault meets at least, unless people are at rest
START_UP = 3.0  # seconds; some kills come before it is there at all
OUTAGE = {"hours": 23, "minutes": 50}  # Telegram keeps messages for a day, taps for 150 seconds


async def kill(run: Run) -> None:
    """kill -9 at a random moment: half of them while it starts, which takes it longer than most else."""
    if not run.one.is_running and run.dice.random() < 1 / 2:
        run.starts_now()
        await run.works_for(run.dice.uniform(0, START_UP))
    else:
        await run.is_up()
        await run.hears(run.dice.randrange(1, 6))
        await run.works_for(run.dice.uniform(0, run.uptime))
    run.is_killed()


def wrong(*faults: Fault) -> Callable[[Run], Awaitable[None]]:
    """Let calls go wrong for a while."""

    async def strike(run: Run) -> None:
        await run.is_up()
        for fault in faults:
            run.telegram.faults.add(replace(fault))
        await run.hears(FEW)
        await run.works_for(run.work)
        run.telegram.faults.clear()

    return strike


async def redelivery(run: Run) -> None:
    """Hand out updates of a while ago once more, beside each that comes twice anyway."""
    await run.is_up()
    queue, seen, put = run.telegram.queue, list[dict[str, Any]](), run.telegram.queue.put

    def keeping(kind: str, body: dict[str, Any], now: float) -> dict[str, Any] | None:
        update = put(kind, body, now)
        seen.extend([update] if update else [])
        return update

    queue.put = keeping  # type: ignore[method-assign]
    await run.works_for(run.work)
    queue.put = put  # type: ignore[method-assign]
    for update in run.dice.sample(seen, min(len(seen), 10)):
        run.telegram.deliver_again(update)
    await run.works_for(run.work / 2)


async def reordering(run: Run) -> None:
    """Kill it, let people act, and let taps overtake messages, and people each other, as over a webhook."""
    await run.is_up()
    run.is_killed()
    await asyncio.sleep(run.work)
    lanes = defaultdict[Lane, list[Waiting]](list)
    for one in run.telegram.queue.pending:
        lanes[lane_of(one.update)].append(one)
    turns = [lane for lane, waiting in lanes.items() for _ in waiting]
    run.dice.shuffle(turns)
    run.telegram.queue.pending = [lanes[lane].pop(0) for lane in turns]
    await run.is_up()
    await run.works_for(run.work / 2)


async def outage(run: Run) -> None:
    """A day without rxbot, in which people go on: Telegram throws their taps away."""
    if run.one.is_running:
        run.is_killed()
    await asyncio.sleep(run.work)
    run.now_is(**OUTAGE)
    await run.is_up()
    await run.works_for(run.work)
    run.now_is(minutes=10)
    run.days += 1


async def disk_full(run: Run) -> None:
    """No file of the process can be written to."""
    await run.is_up()
    before = resource.prlimit(run.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(run.pid, resource.RLIMIT_FSIZE, (1, before[1]))
    await run.works_for(run.work)
    resource.prlimit(run.pid, resource.RLIMIT_FSIZE, before)
    await run.works_for(run.work / 2)


async def poison(run: Run) -> None:
    """An update that cannot be read, in somebody's name; time passes until it is set aside."""
    await run.is_up()
    who = run.dice.choice(run.walkers).person.id
    chat = {"id": who, "type": "private"}
    run.counted.poisoned += 1
    run.telegram.queue.put("message", {"message_id": 1, "date": 0, "chat": chat, "from": "nobody"}, run.telegram.time)
    run.telegram.ring()
    for seconds in (0, 3, 5, 9, 17):
        run.now_is(seconds=seconds)
        await run.works_for(1.2)


def jump(**later: float) -> Callable[[Run], Awaitable[None]]:
    """Let the clock jump, and jump back in the end."""

    async def strike(run: Run) -> None:
        await run.is_up()
        run.now_is(**later)
        await run.works_for(run.work)
        run.now_is(**{unit: -much for unit, much in later.items()})
        await run.works_for(run.work)

    return strike


async def topics_deleted(run: Run) -> None:
    """Staff delete half of the topics."""
    await run.is_up()
    for topic in run.dice.sample(run.team.topics, (len(run.team.topics) + 1) // 2):
        run.team.delete_topic(topic.id)
    await run.hears(FEW)
    await run.works_for(run.work)


async def group_migrated(run: Run) -> None:
    """The group gets another address."""
    await run.is_up()
    owner = run.telegram.users[next(id for id, one in run.team.chat.members.items() if one.status == "creator")]
    run.team.chat = run.telegram.upgrade(run.team.chat, owner, is_forum=True)
    await run.hears(FEW)
    await run.works_for(run.work)


FLOOD = Fault("refuse", SENDING, 0.3, code=429, description="Too Many Requests: retry after 1", parameters={"retry_after": 1})
KILL = Strike("kill -9", kill)
OTHERS = (
    Strike("answer lost after the send", wrong(Fault("cut_after", SENDING, 0.3))),
    Strike("connection cut before it", wrong(Fault("cut_before", share=0.3))),
    Strike("429 too many requests", wrong(FLOOD)),
    Strike("502 from a gateway", wrong(Fault("page", share=0.3))),
    Strike("500 from Telegram", wrong(Fault("refuse", share=0.3, code=500, description="Internal Server Error"))),
    Strike("timeout: an answer after 6 s", wrong(Fault("slow", SENDING, 0.2, seconds=6))),
    Strike("old updates once more", redelivery),
    Strike("updates out of order", reordering),
    Strike("an outage of a day", outage),
    *([Strike("disk full", disk_full)] if hasattr(resource, "prlimit") else []),  # which Linux alone has
    Strike("poison update", poison),
    Strike("clock put on an hour, and back", jump(hours=1)),
    Strike("clock put back an hour, and on", jump(hours=-1)),
    Strike("half of the topics deleted", topics_deleted),
    Strike("group migrated", group_migrated),
)


def mixed(kills: int, others: int, dice: random.Random) -> list[Strike]:
    """Give so many kills, with so many of each of the others strewn in, in a random order."""
    all = [KILL] * kills + [*OTHERS] * others
    dice.shuffle(all)
    return all


LONG = ("timeout: an answer after 6 s", "poison update", "clock put on an hour, and back", "500 from Telegram")


def short(dice: random.Random) -> list[Strike]:
    """Give one of each that takes little time, two of which kill too, and three kills beside them."""
    quick = [one for one in OTHERS if one.name not in LONG]
    dice.shuffle(quick)
    return [one for number, other in enumerate(quick) for one in ([other, KILL] if number % 4 == 1 else [other])]
