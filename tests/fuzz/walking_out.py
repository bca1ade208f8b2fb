"""Nobody is stuck: whoever has been through all this, told to behave sensibly, comes forward to the review or to an end,
and is answered there.

Sensibly is: press Start, then the first button of the newest message that was not tried there yet. While a link worker is
talking the bot keeps quiet, and time has to pass.
"""

from dataclasses import dataclass, field

from fuzz.bodies import Json
from fuzz.crowd import Crowd, Somebody
from fuzz.house import House
from fuzz.odd_words import CANARY
from fuzz.phones import Seen

BOUND = 140  # steps: a whole check-in after a whole plan, with a message to the clinic in between
OUT = ("reviewing", "choosing_services", "following_up", "closed")
RESTS = 3  # times that hours pass, so that a silent talk comes to its end


@dataclass
class Walker:
    """One person on the way out, and which buttons of which message they have tried."""

    one: Somebody
    out: tuple[str, ...] = OUT
    tried: set[tuple[int, str]] = field(default_factory=set)
    steps: int = 0

    def next_button(self, screen: Seen, rtl: bool) -> str:
        """Give the first button not tried yet, from where the reader begins; of a list to tick one is enough."""
        keys = [key.data for row in screen.keyboard for key in (reversed(row) if rtl else row) if key.data]
        ticks = [data for data in keys if "~t:" in data]
        if ticks and any("~t:" in data for data in (key.data for key in screen.keys if key not in screen.open_keys)):
            keys = [data for data in keys if "~d:" in data] or keys
        return next((data for data in keys if (screen.id, data) not in self.tried), "")


async def walk_out(house: House, crowd: Crowd) -> int:
    """Lead everybody out; give how many came."""
    await house.passes(hours=1)
    if str(house.team) in house.phones.blocked:
        await house.takes([house.numbered(crowd.bot_goes_from_group())])
    await house.takes([house.numbered(crowd.reach(one, away=False)) for one in crowd.people])
    house.phones.blocked.clear()
    walkers = [Walker(one) for one in crowd.people]
    await house.takes([house.numbered(crowd.types(one, f"/start {one.token}")) for one in crowd.people])
    await house.reads_all()
    for _ in range(RESTS):
        if not any(house.talks(one.id) for one in crowd.people):
            break
        await house.passes(hours=14)
    await lead(house, crowd, walkers)
    for walker in walkers:
        if not _is_out(house, walker):
            held = house.held(walker.one.id)
            where = (held.episode.state, held.episode.sheet, held.episode.asked) if held else ("nobody",)
            shown = house.phones.newest_with_keys(str(walker.one.id))
            house.complaints.note("stuck", f"{where} after {walker.steps} steps, before {shown}"[:600], walker.one.id)
    await house.takes([house.numbered(crowd.types(one, f"hello {CANARY}")) for one in crowd.people])
    return sum(_is_out(house, walker) for walker in walkers)


async def lead(house: House, crowd: Crowd, walkers: list[Walker]) -> None:
    """Let each press what leads on, until they are out or have tried for long."""
    for _ in range(BOUND):
        steps = [step for walker in walkers if (step := _step(house, crowd, walker))]
        if not steps:
            break
        await house.takes(steps)
        await house.passes(seconds=20)


def _is_out(house: House, walker: Walker) -> bool:
    return house.state_of(walker.one.id) in ("", *walker.out)


def _step(house: House, crowd: Crowd, walker: Walker) -> Json | None:
    if _is_out(house, walker):
        return None
    walker.steps += 1
    screen = house.phones.newest_with_keys(str(walker.one.id))
    data = walker.next_button(screen, rtl=house.reads_right_to_left(walker.one.id)) if screen else ""
    if screen is None or not data:
        walker.tried.clear()
        return house.numbered(crowd.types(walker.one, "/start"))
    walker.tried.add((screen.id, data))
    return house.numbered(crowd.tap(walker.one, screen, data))
