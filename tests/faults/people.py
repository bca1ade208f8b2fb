"""People who answer whatever question is on their screen, by its buttons or in words, and remember what they gave."""

import random
from dataclasses import dataclass, field, replace

from rxbot.sandbox.script import Person
from rxbot.sandbox.world import Json, Message

PLACE = "Old Town"
SAFE_TO_TYPE = ("yes", "no", "sometimes", "often")  # options whose labels are no words of danger
AT_THE_DOOR = ("consent.", "age", "self")  # what is asked again by its old button, not changed
TYPING = 2  # seconds at least from a question to an answer in words
TWICE, LATE, IN_WORDS = 0.1, 0.05, 0.2  # how often somebody taps again at once, taps an old button, or types


@dataclass
class Given:
    """An answer somebody gave: in which update, under which message, and what happened to rxbot then.

    `value` holds the options picked, or how the question was declined, or the words; `message` is where the question stands.
    """

    update: int
    address: str
    tag: str
    wait: int
    question: str
    value: frozenset[str]
    during: str
    data: str = ""
    message: int = 0
    failures: int | None = None  # of working it off; None: it was not yet
    is_settled: bool = False
    expired: bool = False


@dataclass(frozen=True)
class Question:
    """A message of the bot that asks for something: its number, the episode's tag, and the data of each button by its code."""

    message: Message
    tag: str
    wait: int
    keys: dict[str, str]
    labels: dict[str, str]

    def codes(self, kind: str) -> list[str]:
        return [code for code in self.keys if code.startswith(kind + ":")]


@dataclass
class Walker:
    """Somebody on their way, with dice of their own."""

    person: Person
    dice: random.Random
    thinking: float  # seconds between reading a question and answering it, on average
    given: list[Given] = field(default_factory=list)
    answered: set[tuple[str, int]] = field(default_factory=set)
    reads_until: float = 0.0
    reading: tuple[str, int] = ("", 0)
    acts: int = 0

    def looks(self) -> Question | None:
        """Give the newest question on the screen, unless it was answered."""
        chat = self.person.telegram.chats.get(self.person.id)
        for message in reversed(list(chat.messages.values())) if chat else ():
            if message.keyboard and message.sender == self.person.bot.id and (asked := question_in(message)):
                return None if (asked.tag, asked.wait) in self.answered else asked
        return None

    def goes_on(self, now: float, during: str) -> bool:
        """Answer what is asked, when it has been read; say whether something was done."""
        asked = self.looks()
        if asked is None:
            return False
        if self.reading != (asked.tag, asked.wait):
            self.reading, self.reads_until = (asked.tag, asked.wait), now + self.dice.expovariate(1 / self.thinking)
        if now < self.reads_until:
            return False
        self.answers(asked, during)
        return True

    def answers(self, asked: Question, during: str) -> None:
        self.answered.add((asked.tag, asked.wait))
        self.acts += 1
        dice = self.dice
        for code in ("l:en", "right", "agree", "enough", "go_on", "p:0"):
            if code in asked.keys:
                self.taps(asked, code, during)
                return
        if "chosen" in asked.keys:
            self.chooses(asked)
        elif "begin" in asked.keys:
            self.taps(asked, dice.choice(["begin", "begin", "later"]), during)
        elif asked.codes("d"):
            self.ticks(asked, during)
        elif asked.codes("a"):
            self.picks(asked, during)
        else:
            self.says(asked, during)
        if dice.random() < LATE:
            self.taps_an_old_button(during)

    def picks(self, asked: Question, during: str) -> None:
        codes = asked.codes("a")
        question, wanted = codes[0].split(":")[1], {"age": "a26", "self": "own"}
        usual = "yes" if question.startswith(("consent.", "contact.safe")) else wanted.get(question)
        code = f"a:{question}:{usual}" if usual else self.dice.choice(codes)
        option = code.split(":")[2]
        is_read = self.person.telegram.time >= asked.message.at + TYPING
        may_type = is_read and (option in SAFE_TO_TYPE or option.isdecimal()) and not self.has_answered(asked, question)
        if may_type and self.dice.random() < IN_WORDS:
            self.types(asked, asked.labels[code].removeprefix("✓ "), question, option, during)
            return
        self.taps(asked, code, during)
        if self.dice.random() < TWICE:
            self.taps(asked, code, during)

    def has_answered(self, asked: Question, question: str) -> bool:
        """Say whether this is asked once more: then words could meet the next question, and a tap is surely about this one."""
        return any((one.tag, one.question) == (asked.tag, question) for one in self.given)

    def ticks(self, asked: Question, during: str) -> None:
        """Tick one or two of a list, and end it, without waiting for the ticks to show."""
        done = asked.codes("d")[0]
        question = done.split(":")[1]
        open_ones = [code for code in asked.codes("t") if code.endswith(":1")]
        picked = self.dice.sample(open_ones, min(len(open_ones), self.dice.choice([1, 2])))
        for code in picked:
            self.person.telegram.tap(self.person.user, asked.message, asked.keys[code])
        self.taps(asked, done, during, question, frozenset(code.split(":")[2] for code in picked))

    def chooses(self, asked: Question) -> None:
        """Mark a service that was shown, and end the list."""
        chat = self.person.chat
        for message in list(chat.messages.values()):
            for data in data_of(message):
                if data.startswith(asked.tag) and data.endswith("~s:1:1"):
                    self.person.telegram.tap(self.person.user, message, data)
        self.person.telegram.tap(self.person.user, asked.message, asked.keys["chosen"])

    def says(self, asked: Question, during: str) -> None:
        """Answer a question that takes words."""
        question = next(code for code in asked.codes("n")).split(":")[1]
        if self.dice.random() < 0.3 or self.has_answered(asked, question):
            self.taps(asked, f"n:{question}:skipped", during)
            return
        words = PLACE if question == "place" else f"I like cooking, {self.dice.randrange(1000)} times"
        self.types(asked, words, question, "" if question == "place" else words, during)

    def taps(self, asked: Question, code: str, during: str, question: str = "", value: frozenset[str] = frozenset()) -> None:
        kind, *rest = code.split(":")
        if kind in ("a", "n") and len(rest) == 2:
            question, value = rest[0], frozenset(rest[1:])
        self.person.telegram.tap(self.person.user, asked.message, asked.keys[code])
        if question:
            self._gave(asked, question, value, during, asked.keys[code])

    def taps_an_old_button(self, during: str) -> None:
        """Tap once more what was tapped long ago; it says nothing new."""
        old = [one for one in self.given if "~a:" in one.data and not one.question.startswith(AT_THE_DOOR)]
        if not old:
            return
        one = self.dice.choice(old)
        for message in self.person.chat.messages.values():
            if one.data in data_of(message):
                self.person.telegram.tap(self.person.user, message, one.data)
                update = self.person.telegram.queue.next_id - 1
                self.given.append(replace(one, update=update, during=during, is_settled=False, expired=False))
                return

    def types(self, asked: Question, words: str, question: str, value: str, during: str) -> None:
        self.person.types(words)
        self._gave(asked, question, frozenset({value}) if value else frozenset(), during, "")

    def _gave(self, asked: Question, question: str, value: frozenset[str], during: str, data: str) -> None:
        update, address, stands = self.person.telegram.queue.next_id - 1, str(self.person.id), asked.message.id
        self.given.append(Given(update, address, asked.tag, asked.wait, question, value, during, data, stands))


def question_in(message: Message) -> Question | None:
    """Read a message with buttons; None when it asks for nothing that keeps somebody waiting."""
    keys, labels, tag, wait = {}, {}, "", 0
    for key in (key for row in message.keyboard for key in row):
        head, _, code = str(key.get("callback_data", "")).partition("~")
        if code:
            tag, _, number = head.partition(".")
            wait, keys[code], labels[code] = int(number), key["callback_data"], key["text"]
    asks = {"l:en", "right", "agree", "enough", "go_on", "p:0", "chosen", "begin"} & keys.keys()
    if asks or any(code.startswith(("a:", "d:", "n:")) for code in keys):
        return Question(message, tag, wait, keys, labels)
    return None


def data_of(message: Message) -> list[str]:
    rows: list[list[Json]] = message.keyboard
    return [str(key.get("callback_data", "")) for row in rows for key in row]
