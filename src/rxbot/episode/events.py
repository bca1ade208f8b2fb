"""Things that happened to a person's episode. Each brings its time, and whatever the store was asked to find."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from rxbot.directory.asking import Deciding
from rxbot.directory.capacity import Capacity
from rxbot.directory.match import Match
from rxbot.directory.model import Place
from rxbot.directory.standards import NOTHING_KNOWN, Standing


@dataclass(frozen=True)
class LinkOpened:
    """The person opened their link, for the first time or again. `guess` is the language their app speaks."""

    at: datetime
    guess: str | None = None


@dataclass(frozen=True)
class Typed:
    """The person wrote words. `source` is where the channel keeps the message, `reply_to` the one it answers.

    `styled` says that there is more to them than the words, such as a link behind one. `unseen` is the wait number of the first
    message with buttons that they did not have on their screen yet; 0 when they had them all.
    """

    at: datetime
    words: str
    source: str
    reply_to: str = ""
    styled: bool = False
    unseen: int = 0


@dataclass(frozen=True)
class Tapped:
    """The person tapped a button of ours. `source` is the message it stands under."""

    at: datetime
    tap: str
    source: str


@dataclass(frozen=True)
class SentMedia:
    """The person sent a voice note, a picture or a file, and perhaps `words` under it."""

    at: datetime
    source: str
    words: str = ""
    reply_to: str = ""


@dataclass(frozen=True)
class Edited:
    """The person changed what they had sent. `caption` says that the words stand under a file."""

    at: datetime
    words: str
    source: str
    caption: bool = False


@dataclass(frozen=True)
class Located:
    """The person shared where they are."""

    at: datetime
    place: Place
    source: str
    reply_to: str = ""


@dataclass(frozen=True)
class NudgeDue:
    """A question has been open for so many days."""

    at: datetime
    days: int


@dataclass(frozen=True)
class OutageOver:
    """We could not be reached for so long that Telegram threw taps away."""

    at: datetime


@dataclass(frozen=True)
class Unreadable:
    """Something the person sent was given up: whatever was tried with it failed."""

    at: datetime


@dataclass(frozen=True)
class ClinicDue:
    """The person has had time to look over what the clinic is to read."""

    at: datetime


@dataclass(frozen=True)
class CloseDue:
    """Nothing has happened for long after the last check-in."""

    at: datetime


@dataclass(frozen=True)
class CheckInDue:
    """It is so many days since the review.

    Of their services, others found `suspended` ones wrong; `gone` ones are offered no more, and `full` ones have no room now.
    """

    at: datetime
    days: int
    suspended: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    full: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlacesFound:
    """What the directory knows by the name the person typed, or, guessed, by names that come close to it."""

    at: datetime
    words: str
    places: tuple[Place, ...]
    guessed: bool = False


@dataclass(frozen=True)
class Coming:
    """Something that is to happen by itself: `check_in-7`, `clinic` ..., and when."""

    kind: str
    at: datetime


@dataclass(frozen=True)
class KeptFound:
    """What we keep about the person beside their episode.

    `account` is their chat on Telegram, `reference` the clinic's own word for them, `at_clinic` when each message was sent
    that the clinic still has.
    """

    at: datetime
    account: str
    reference: str = ""
    at_clinic: tuple[datetime, ...] = ()
    coming: tuple[Coming, ...] = ()


@dataclass(frozen=True)
class ServicesFound:
    """The services for each domain asked for, best first, and for each the facts about the person that would change them."""

    at: datetime
    found: tuple[tuple[str, tuple[Match, ...]], ...]
    deciding: tuple[Deciding, ...] = ()


@dataclass(frozen=True)
class Claimed:
    """A worker took the handoff."""

    at: datetime
    worker: str


@dataclass(frozen=True)
class WorkerSaid:
    """A worker replied with the message `source`. It is copied when it has no `words`, else these are said."""

    at: datetime
    worker: str
    source: str = ""
    words: str = ""
    reply_to: str = ""


@dataclass(frozen=True)
class PhraseSaid:
    """A worker said a phrase of the phrasebook, by its code."""

    at: datetime
    worker: str
    code: str
    source: str = ""
    reply_to: str = ""


@dataclass(frozen=True)
class WorkerEdited:
    """A worker changed a reply. `caption` says that the words stand under a file."""

    at: datetime
    worker: str
    source: str
    words: str
    caption: bool = False


@dataclass(frozen=True)
class StepProposed:
    """A worker suggests a step towards a goal of the plan."""

    at: datetime
    worker: str
    goal: int
    step: str


@dataclass(frozen=True)
class HandoffLeftWaiting:
    """Nobody has claimed the handoff for as long as the scheme allows."""

    at: datetime


@dataclass(frozen=True)
class PlaceNamed:
    """A worker names a place to refer to, or to signpost, that may stand in the directory."""

    at: datetime
    worker: str
    words: str
    purpose: Literal["refer", "signpost"]


@dataclass(frozen=True)
class NamesFound:
    """The services that a worker may have meant by these words."""

    at: datetime
    worker: str
    words: str
    purpose: Literal["refer", "signpost"]
    found: tuple[Match, ...]


@dataclass(frozen=True)
class ReferralOpened:
    """A worker begins a referral. `service` and `domain` are known when the person was shown the place.

    `standing` is how the place stands in the directory, where it is in one, and `capacity` what was told of its room.
    """

    at: datetime
    worker: str
    name: str
    service: str = ""
    domain: str = ""
    reason: str = ""
    standing: Standing = NOTHING_KNOWN
    capacity: Capacity | None = None


@dataclass(frozen=True)
class ReferralMoved:
    """A worker moves a referral, or says what came of it: `move` is an event of its lifecycle."""

    at: datetime
    worker: str
    number: int
    move: str


@dataclass(frozen=True)
class ReferralLeftOpen:
    """Nobody has told anything new of a referral for some time."""

    at: datetime
    number: int


@dataclass(frozen=True)
class Signposted:
    """A worker gives the name and contact of a place; `match` is what the directory knows of it."""

    at: datetime
    worker: str
    name: str
    service: str = ""
    match: Match | None = None


@dataclass(frozen=True)
class ClinicAsked:
    """A worker refers the person back to their clinic."""

    at: datetime
    worker: str
    urgency: Literal["routine", "soon", "urgent"]
    words: str


@dataclass(frozen=True)
class NoteKept:
    """A worker keeps some words for the closing."""

    at: datetime
    worker: str
    words: str


@dataclass(frozen=True)
class Snoozed:
    """A worker lets the handoff rest until then."""

    at: datetime
    worker: str
    until: datetime


@dataclass(frozen=True)
class SnoozeOver:
    """The time a handoff was to rest is over."""

    at: datetime


@dataclass(frozen=True)
class TalkGoneIdle:
    """Neither side has said a word for as long as the scheme allows."""

    at: datetime


@dataclass(frozen=True)
class KeptTalking:
    """A worker says that the talk is not over."""

    at: datetime
    worker: str


@dataclass(frozen=True)
class HandedBack:
    """A worker lets the bot go on."""

    at: datetime
    worker: str


@dataclass(frozen=True)
class WorkerLeft:
    """The worker who has the handoff is not in the team's group any more."""

    at: datetime
    worker: str


@dataclass(frozen=True)
class AlarmSeen:
    """A worker has seen the alarm."""

    at: datetime
    worker: str


@dataclass(frozen=True)
class AnswerSettled:
    """A worker says that what they were reminded of is done, perhaps by telephone."""

    at: datetime
    worker: str


@dataclass(frozen=True)
class AlarmLeftUnseen:
    """Nobody has said that they saw the alarm, for as long as the scheme allows."""

    at: datetime


@dataclass(frozen=True)
class WordsLeftUnanswered:
    """The person has asked or written, and the worker who has the handoff has not answered for as long as the scheme allows."""

    at: datetime


@dataclass(frozen=True)
class PromiseDue:
    """The time is over by which a worker has promised to write to the person."""

    at: datetime


@dataclass(frozen=True)
class ClinicRead:
    """Somebody at the clinic has read what a worker asked of it on `day`."""

    at: datetime
    day: date


@dataclass(frozen=True)
class ContactStopped:
    """A worker stops all contact at once: the person has died, was admitted, or must not be written to."""

    at: datetime
    worker: str
    reason: Literal["died", "admitted", "other"]


@dataclass(frozen=True)
class EndingAsked:
    """A worker wants to end the support, and has not said why."""

    at: datetime
    worker: str


@dataclass(frozen=True)
class SupportEnded:
    """A worker ends the support, for a reason of the scheme's list."""

    at: datetime
    worker: str
    reason: str


@dataclass(frozen=True)
class HandoffEnded:
    """A worker closed the handoff."""

    at: datetime
    worker: str


Event: TypeAlias = (
    LinkOpened
    | Typed
    | Tapped
    | SentMedia
    | Located
    | Edited
    | CheckInDue
    | NudgeDue
    | OutageOver
    | Unreadable
    | ClinicDue
    | CloseDue
    | PlacesFound
    | KeptFound
    | ServicesFound
    | Claimed
    | WorkerSaid
    | WorkerEdited
    | PhraseSaid
    | StepProposed
    | SupportEnded
    | PlaceNamed
    | NamesFound
    | ReferralOpened
    | ReferralMoved
    | ReferralLeftOpen
    | Signposted
    | ClinicAsked
    | NoteKept
    | HandoffLeftWaiting
    | Snoozed
    | SnoozeOver
    | TalkGoneIdle
    | KeptTalking
    | HandedBack
    | WorkerLeft
    | AlarmSeen
    | AnswerSettled
    | AlarmLeftUnseen
    | ContactStopped
    | EndingAsked
    | WordsLeftUnanswered
    | PromiseDue
    | ClinicRead
    | HandoffEnded
)
