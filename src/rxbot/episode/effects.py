"""Things to do about a turn. They are written down as rows first, and done afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from rxbot.directory.asking import Unasked
from rxbot.directory.model import Place
from rxbot.directory.outcomes import Came
from rxbot.directory.reports import ReportKind
from rxbot.directory.search import Search
from rxbot.message import Message, Rows, Text
from rxbot.paper import Paper
from rxbot.report.message import ClinicMessage

Reader: TypeAlias = Literal["person", "topic", "team", "lead"]
Urgency: TypeAlias = Literal["crisis", "reply", "relay", "check_in", "reminder"]


@dataclass(frozen=True)
class Say:
    """Say this. `wait` numbers a message whose buttons may come back; `pin` keeps it on top of the topic.

    `source` is the message it passes on, `reply_to` the one that answers, both as the channel names what it received.
    """

    to: Reader
    message: Message
    urgency: Urgency = "reply"
    wait: int = 0
    pin: bool = False
    source: str = ""
    reply_to: str = ""


@dataclass(frozen=True)
class Give:
    """Hand over a file, made when it leaves, in the reader's language."""

    to: Reader
    paper: Paper
    caption: Text
    urgency: Urgency = "reply"


@dataclass(frozen=True)
class TellClinic:
    """Let the clinic read this on its page."""

    message: ClinicMessage


@dataclass(frozen=True)
class RecallFromClinic:
    """Take back what the clinic has not read yet, but for what is urgent."""


@dataclass(frozen=True)
class ShowChosen:
    """Redraw the buttons of the message with this wait number."""

    wait: int
    buttons: Rows


@dataclass(frozen=True)
class Notice:
    """A short word on top of the chat, for the tap just made. It may get lost."""

    text: Text


@dataclass(frozen=True)
class Copy:
    """Pass a message on as it is, without saying where it came from. `reply_to` is the message it answers.

    `words` are those of a plain text. Such texts become one message when they follow each other quickly, except in danger.
    `asked` is the question they were no answer to: it stands in one message with them.
    """

    to: Reader
    source: str
    reply_to: str = ""
    words: str = ""
    urgency: Urgency = "relay"
    asked: Text | None = None


@dataclass(frozen=True)
class Rewrite:
    """The message `source` was changed: change what was passed on of it. `caption` says that the words stand under a file."""

    to: Reader
    source: str
    message: Message
    caption: bool = False


@dataclass(frozen=True)
class RewriteBrief:
    """What the brief shows has changed: change it in its topic, soon, or `at_once`."""

    handoff: str
    message: Message
    at_once: bool = False


@dataclass(frozen=True)
class TitleTopic:
    """There is danger in the handoff that nobody has seen, or somebody has seen it: let the title of its topic show it."""

    handoff: str
    alarming: bool


@dataclass(frozen=True)
class OpenTopic:
    """Open a topic for this handoff in the team's group."""

    handoff: str
    urgent: bool


@dataclass(frozen=True)
class CloseTopic:
    """Close the handoff's topic: nobody writes into it any more."""

    handoff: str


@dataclass(frozen=True)
class DeleteTopic:
    """Remove a topic with all that was said in it. Whoever writes it knows no more than its thread and number."""

    thread: int
    number: str = ""


@dataclass(frozen=True)
class SetTimer:
    """Bring this event at this time. One of a kind: a new one replaces the old."""

    kind: str
    at: datetime
    days: int = 0


@dataclass(frozen=True)
class DropTimers:
    """Forget the timers of one kind, or every timer of the episode but those of its handoff, which end with it."""

    kind: str = ""


@dataclass(frozen=True)
class DropLetters:
    """Do not send the person what still waits to be sent, unless it is about danger."""


@dataclass(frozen=True)
class FindServices:
    """Ask the directory, one search for each domain, and what each depends on that may still be asked of the person."""

    searches: tuple[tuple[str, Search], ...]
    unasked: Mapping[str, Unasked] = field(default_factory=dict)


@dataclass(frozen=True)
class CountOutcome:
    """Count what came of it when somebody was sent to a service: of the service, not of the person."""

    service: str
    came: Came


@dataclass(frozen=True)
class FindNamed:
    """Ask the directory for services by what a worker calls them; what for, and who asked, comes back with the answer."""

    words: str
    purpose: Literal["refer", "signpost"]
    worker: str
    search: Search


@dataclass(frozen=True)
class ReportService:
    """Keep that this person says that this is wrong with a service; the store counts who else did. No kind takes it back."""

    service: str
    kind: ReportKind | None


@dataclass(frozen=True)
class FindPlaces:
    """Ask the directory for a place by its name."""

    words: str


@dataclass(frozen=True)
class FindKept:
    """Ask the store what it keeps about the person beside their episode."""


@dataclass(frozen=True)
class NamePlace:
    """Ask the directory what this spot on the map is called."""

    place: Place


@dataclass(frozen=True)
class Record:
    """Write a fact to the ledger: codes only, never words. Of `near` the town or district around it is written, not the spot."""

    fact: str
    codes: Mapping[str, str] = field(default_factory=dict)
    near: Place | None = None


@dataclass(frozen=True)
class Count:
    """Count what somebody told in a survey, with nothing that leads back to them: no episode, no clinic, the day alone."""

    codes: Mapping[str, str]
    near: Place | None = None


@dataclass(frozen=True)
class Erase:
    """Erase everything this person told us; or, with `only_this`, this episode and nothing else that we keep of them."""

    only_this: bool = False


Effect: TypeAlias = (
    Say
    | Give
    | TellClinic
    | RecallFromClinic
    | ShowChosen
    | Notice
    | Copy
    | Rewrite
    | RewriteBrief
    | TitleTopic
    | OpenTopic
    | CloseTopic
    | SetTimer
    | DropTimers
    | DropLetters
    | FindServices
    | FindNamed
    | ReportService
    | FindPlaces
    | FindKept
    | NamePlace
    | Record
    | Count
    | CountOutcome
    | Erase
)
