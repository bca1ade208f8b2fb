"""What our buttons carry: `<tag>.<wait>~<code>`. The tag tells episodes of one chat apart, the wait number their messages.

Telegram allows 64 bytes; loading refuses ids that would not fit. Nothing a person said is ever in a button.
"""

from dataclasses import dataclass

MOST_BYTES = 64
WAIT_DIGITS = 7
OVERHEAD = len("abcd.~") + WAIT_DIGITS


@dataclass(frozen=True)
class Tap:
    """A tap taken apart: `code` says what was meant, `parts` about what."""

    tag: str
    wait: int
    code: str
    parts: tuple[str, ...]


def tag_of(episode_id: str) -> str:
    """Give the short tag of an episode."""
    return episode_id[:4]


def carried(episode_id: str, wait: int, code: str) -> str:
    """Give the data a button carries."""
    return f"{tag_of(episode_id)}.{wait}~{code}"


def fits(code: str) -> bool:
    """Say whether a button can carry this code."""
    return OVERHEAD + len(code.encode()) <= MOST_BYTES


def read_tap(data: str) -> Tap | None:
    """Take a button's data apart; None when it is not one of ours."""
    head, _, body = data.partition("~")
    tag, _, wait = head.partition(".")
    code, *parts = body.split(":")
    ours = body and wait.isdecimal() and len(wait) <= WAIT_DIGITS  # an app may be made to send anything
    return Tap(tag, int(wait), code, tuple(parts)) if ours else None


def answer(question: str, option: str) -> str:
    """Tapping answers this question with this option."""
    return f"a:{question}:{option}"


ON, OFF = "1", "0"  # a tap says what it leads to, so that tapping twice does it once


def tick(question: str, option: str, on: bool) -> str:
    """Tapping ticks an option, or unticks it."""
    return f"t:{question}:{option}:{ON if on else OFF}"


def done(question: str) -> str:
    """Tapping ends a list of ticks."""
    return f"d:{question}"


def all_of(question: str) -> str:
    """Tapping picks everything a list offers."""
    return f"e:{question}"


def yes_that(question: str) -> str:
    """Tapping confirms what we guessed."""
    return f"y:{question}"


def goal(number: int) -> str:
    """Tapping opens a goal of the plan again."""
    return f"g:{number}"


def hold_back(part: str, on: bool) -> str:
    """Tapping holds a part of the message to the clinic back, or lets it go."""
    return f"h:{part}:{ON if on else OFF}"


def consent(purpose: str, on: bool) -> str:
    """Tapping gives or withdraws one consent."""
    return f"w:{purpose}:{ON if on else OFF}"


def decline(question: str, how: str) -> str:
    """Tapping leaves the question without an answer: skipped, refused or unsure."""
    return f"n:{question}:{how}"


def keep(question: str) -> str:
    """Tapping leaves the answer as it is."""
    return f"k:{question}"


def change(question: str) -> str:
    """Tapping opens a line of the review again."""
    return f"c:{question}"


def change_part(part: str) -> str:
    """Tapping shows the lines of the review that are about one part of life, or of one measure."""
    return f"{CHANGE}:{part}"


def language(code: str) -> str:
    """Tapping chooses a language."""
    return f"l:{code}"


def place(number: int) -> str:
    """Tapping chooses one of the places found."""
    return f"p:{number}"


def service(number: int, on: bool) -> str:
    """Tapping marks a service shown, or takes the mark off."""
    return f"s:{number}:{ON if on else OFF}"


def report(number: int, kind: str = "") -> str:
    """Tapping says that something is wrong with a service shown, and then what."""
    return f"x:{number}:{kind}" if kind else f"x:{number}"


def reply(code: str, answer: str) -> str:
    """Tapping answers a phrase that a worker said."""
    return f"b:{code}:{answer}"


def referral(number: int, answer: str) -> str:
    """Tapping lets a place hear of the person, or not."""
    return f"rc:{number}:{answer}"


def request(number: int, answer: str) -> str:
    """Tapping lets the clinic be asked what a worker would like to ask it, or not."""
    return f"q:{number}:{answer}"


def move(number: int, event: str) -> str:
    """Tapping moves a referral; workers only."""
    return f"{MOVE}:{number}:{event}"


def pick(purpose: str, service: str) -> str:
    """Tapping refers to this service, or signposts it; workers only."""
    return f"{PICK}:{purpose}:{service}"


def checked(service: str) -> str:
    """Tapping says that this service was checked and is right; workers only."""
    return f"{CHECKED}:{service}"


def opened_again(service: str) -> str:
    """Tapping says that this service is open, whatever its provider said; workers only."""
    return f"{OPEN_AGAIN}:{service}"


def end(reason: str) -> str:
    """Tapping ends the support for this reason; workers only."""
    return f"{END}:{reason}"


BACK = "back"
PERSON = "person"
MORE = "more"
HELP_NOW = "help"
STOP = "stop"
FORGET = "forget"
FORGET_YES = "forget_yes"
FORGET_NO = "forget_no"
LANGUAGE = "language"
GO_ON = "go_on"
SAFE = "safe"
REVIEW_OK = "right"
CHANGE = "change"
PLAN = "plan"
PLAN_BEGIN = "begin"
PLAN_LATER = "later"
PLAN_AGREE = "agree"
PLAN_AGAIN = "again"
PLAN_MORE = "one_more"
PROPOSAL_YES = "propose_yes"
PROPOSAL_NO = "propose_no"
PLAN_ENOUGH = "enough"
NOT_NOW = "not_now"
FINISH = "finish"
FINISH_YES = "finish_yes"
CLINIC_SEND = "send"
CLINIC_DROP = "drop"
MY_DATA = "my_data"
SERVICES_DONE = "chosen"
LOOK_AGAIN = "look"
CLAIM = "claim"
CLOSE = "close"
MOVE = "rf"
PICK = "pk"
END = "end"
ACKNOWLEDGE = "seen"
SEEN = "alarm_seen"
SETTLED = "settled"
KEEP = "keep_talking"
HAND_BACK = "hand_back"
CHECKED = "checked"
OPEN_AGAIN = "open_again"
