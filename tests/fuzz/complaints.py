"""What must never happen, and did: collected by kind, with the chat in which the first of it happened."""

from dataclasses import dataclass, field

MOST = 12  # of a kind: the rest is more of the same
BAD_EVENTS = ("timer_failed", "update_given_up_untold", "letter_spoilt", "letter_not_marked", "letter_given_up")
KINDS = (
    "intake stopped",
    "update failed",
    "updates left",
    "touched somebody else",
    "no answer to a person",
    "no answer to a worker",
    "stuck",
    "shown what is not offered",
    "reported and not suspended",
    "asked too often",
    "a survey remembered",
    "refused letter",
    "refused toast",
    "letters do not leave",
    "a word in the log",
    "not a log line",
    "a word in the data file",
    *BAD_EVENTS,
)


@dataclass
class Complaints:
    """Complaints by kind, and how many there were of each. `chat` is where to look first."""

    seen: dict[str, list[str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    chat: str = ""

    def note(self, kind: str, what: str, chat: object = "") -> None:
        """Note that something went wrong."""
        assert kind in KINDS, "each kind is shown to be raised"
        self.chat = self.chat or str(chat)
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if what not in (told := self.seen.setdefault(kind, [])) and len(told) < MOST:
            told.append(what)

    def __bool__(self) -> bool:
        return bool(self.counts)
