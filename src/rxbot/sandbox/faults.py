"""What goes wrong on purpose: refusals, a broken gateway, slow answers, connections that are cut before or after the work.

    telegram.faults.add(Fault("cut_after", methods=("sendMessage",), share=0.1))     # a tenth of them, for good
    telegram.faults.add(Fault("page", code=502, times=3))                            # the next three calls, whichever
    telegram.refuse_next("sendMessage", too_many_requests(7))                        # the same as Fault("refuse", ...)

The first fault that strikes is taken. Another process adds them by POST /sandbox/faults, reads them by GET, ends all by DELETE.
"""

import random
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from rxbot.errors import Refused
from rxbot.sandbox.refusals import Refusal

Kind = Literal["refuse", "page", "slow", "drip", "cut_before", "cut_after"]
PAGE = "<html><head><title>{code} {words}</title></head><body><center><h1>{code} {words}</h1></center></body></html>"


@dataclass
class Fault:
    """One thing that goes wrong, with which methods, how often.

    refuse      answered with `code` and `description`, and not carried out
    page        answered by a gateway with an HTML page of `code`, and not carried out
    slow        carried out, and answered after so many real `seconds`
    drip        carried out, and answered drop by drop for so many real `seconds`: no wait for a single one is long
    cut_before  the connection is cut, and nothing is carried out
    cut_after   the connection is cut when all is done: whoever called cannot know

    Without `methods` it is for all. `share` is the part of the calls that it strikes; `times` is how often it strikes at most.
    """

    do: Kind
    methods: tuple[str, ...] = ()
    share: float = 1.0
    times: int | None = None
    seconds: float = 0.0
    code: int = 502
    description: str = "Bad Gateway"
    parameters: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, refusal: Refusal, method: str) -> "Fault":
        """Refuse the next call of this method."""
        words, more = refusal.description, refusal.parameters
        return cls("refuse", (method,), times=1, code=refusal.code, description=words, parameters=more)

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.code, self.description, self.parameters)

    @property
    def page(self) -> str:
        return PAGE.format(code=self.code, words=self.description)

    def concerns(self, method: str) -> bool:
        methods = [name.lower() for name in self.methods]
        return self.times != 0 and (not methods or method.lower() in methods)


class Faults:
    """Those that may still strike; `dice` decides, and the same seed decides the same."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.dice = random.Random(0)  # nosec B311  # accidents that can be played again
        self.struck = 0

    def seed(self, number: int) -> None:
        self.dice = random.Random(number)  # nosec B311  # the same

    def add(self, fault: Fault) -> None:
        self.waiting.append(fault)

    def clear(self) -> None:
        self.waiting.clear()

    def strike(self, method: str) -> Fault | None:
        """Return what goes wrong with this call, if anything does."""
        for fault in self.waiting:
            if fault.concerns(method) and self.dice.random() < fault.share:
                self.struck += 1
                if fault.times is not None:
                    fault.times -= 1
                self.waiting = [one for one in self.waiting if one.times != 0]
                return fault
        return None


def told(faults: Faults) -> dict[str, Any]:
    return {"struck": faults.struck, "waiting": [asdict(fault) for fault in faults.waiting]}


def read(asked: dict[str, Any]) -> Fault:
    """Read a fault as another process writes it."""
    if asked.get("do") not in get_args(Kind):
        raise Refused(f"{asked.get('do')!r} is no fault.", f"There are {', '.join(get_args(Kind))}.")
    unknown = asked.keys() - Fault.__dataclass_fields__.keys()
    if unknown:
        raise Refused(f"A fault has no {min(unknown)}.", f"It has {', '.join(Fault.__dataclass_fields__)}.")
    return Fault(**asked | {"methods": tuple(asked.get("methods", ()))})
