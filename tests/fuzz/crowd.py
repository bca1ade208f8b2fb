"""Who writes: several people in every state of their way, link workers and strangers in the group, and what each of them does."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from fuzz import others
from fuzz.bodies import ANONYMOUS, BOT, CHANNEL, SENT_AT, Json, around, caption, media, private, service, user
from fuzz.house import TEAM, House
from fuzz.odd_words import CANARY, COMMANDS, DANGER, LONGEST, PLACES, odd, slip, understood, wall
from fuzz.phones import NEVER_COPIED, Seen
from rxbot.sandbox.html import units
from rxbot.store import staff

SAM, KIM, IDA, STRANGER = 9_200_000_501, 9_200_000_502, 9_200_000_503, 9_200_000_504
WORKERS = {SAM: ("Sam", "link_worker"), KIM: ("Kim", "lead"), IDA: ("Ida", "link_worker")}
OTHER_GROUP = -1002222222222
SURVEYED = 0.15  # of the links
LANGUAGES = ("en", "es", "ar", "", "de", "zh-hans", "x")
WAYS_OUT = (
    "back",
    "person",
    "more",
    "help",
    "stop",
    "forget",
    "forget_yes",
    "language",
    "finish",
    "finish_yes",
    "go_on",
    "my_data",
    "plan",
    "not_now",
)
ENDS_EARLY = ("a:consent.keep:no", "a:age:child", "a:consent.keep:unsure", "forget_yes", "stop", "finish_yes", "end:", "forget")
NAMES_WHAT, NAMES_WHICH, WANTS = map(re.compile, (r"x:\d+:\w+", r"x:\d+", r"s:\d+:1"))
LETTERS = "abcdehglnpstwy"
ABOUT, HOW = ("", "1", "-1", "share", "matters", "risks", "x"), ("", "1", "0", "yes", "skipped")
NUMBERS = ("1.", "1)", "１", "0", "99999999999", "x", "1")
FORGED = ("rf:1:agreed", "rf:1:x", "pk:refer:x", "end:finished", "end:x", "p:9", "p:²", "s:0:1", "s:1", "g:1", "claim", "seen")
MEMBERSHIPS = ("creator", "administrator", "member", "restricted", "left", "kicked")


@dataclass
class Somebody:
    """A person with a phone; `token` and `code` are of their own link, `sent` are messages of theirs."""

    id: int
    name: str
    language: str
    token: str
    code: str
    sent: list[int] = field(default_factory=list)

    @property
    def user(self) -> Json:
        return user(self.id, self.name, self.language, last_name=f"Last{CANARY}", username=f"u{CANARY}{self.id}", is_premium=True)

    @property
    def chat(self) -> Json:
        return private(self.id, self.name)


class Crowd:
    """Everybody at one house. What they do next is drawn from the seed, and from what stands on their screens."""

    def __init__(self, house: House, rng: Random, many: int) -> None:
        self.house, self.rng = house, rng
        self.met = 0
        house.asks(self._staff_comes)
        house.secrets |= {str(one) for one in (*WORKERS, STRANGER, OTHER_GROUP)}
        self.people = [self.newcomer() for _ in range(many)]
        self.replies: list[tuple[int, int, int]] = []  # of workers: who, in which topic, which message

    def newcomer(self) -> Somebody:
        self.met += 1
        language = self.rng.choice(LANGUAGES)
        token, code = self.house.invites(self.rng.choice(("", "en", "ar")), survey=self.rng.random() < SURVEYED)
        number = 9_100_000_000 + 7919 * self.met
        self.house.secrets.add(str(number))
        return Somebody(number, f"Nomen{CANARY}", language, token, code)

    def _staff_comes(self, unit: Any) -> None:
        now = self.house.now
        for address, (name, role) in WORKERS.items():
            staff.add_worker(unit, name, name, role, now)
            staff.enrol(unit, name, str(address), now)
        staff.acknowledge(unit, staff.bind(unit, str(self.house.team), now), now)

    def next_updates(self, many: int) -> list[Json]:
        """Draw a round of updates, numbered as Telegram would; some come twice, some out of order."""
        topics = self.house.topics()
        updates = [self.house.numbered(self._next(topics)) for _ in range(many)]
        if self.rng.random() < 0.3:
            updates.append(self.rng.choice(updates))
        if self.rng.random() < 0.2:
            self.rng.shuffle(updates)
        return updates

    def _next(self, topics: list[tuple[int, str]]) -> Json:
        draw = self.rng.random()
        if draw < 0.04:
            update = self._absurd(topics)
            self.house.absurd.add(self.house.last_id + 1)
            return update
        if draw < 0.08:
            return others.unknown(self.rng, self.rng.choice(self.people).id)
        if draw < 0.28:
            return self._in_group(topics)
        return self._of_person(self._anybody())

    def _absurd(self, topics: list[tuple[int, str]]) -> Json:
        """Break the schema, as a person or in the group."""
        if not topics or self.rng.random() < 0.6:
            return others.absurd(self.rng, self.rng.choice(self.people).id)
        thread = self.rng.choice(topics[-8:])[0]
        return others.absurd(self.rng, SAM, {"chat": self.forum, "message_thread_id": thread, "is_topic_message": True})

    def _anybody(self) -> Somebody:
        """Draw a person; now and then one is replaced by somebody new."""
        place = self.rng.randrange(len(self.people))
        if self.rng.random() < 0.004:
            self.people[place] = self.newcomer()
        elif self.rng.random() < 0.004:
            self.people[place].token, self.people[place].code = self.house.invites()
        return self.people[place]

    def goes_on(self, one: Somebody) -> Json:
        """Go on as somebody who wants to be helped."""
        return self.house.numbered(self.taps_on(one))

    # People

    def _of_person(self, one: Somebody) -> Json:
        acts: tuple[tuple[int, Callable[[Somebody], Json]], ...] = (
            (50, self.taps_on),
            (8, self.types_label),
            (7, self.types_slip),
            (10, lambda one: self.types(one, odd(self.rng))),
            (6, self.sends_media),
            (3, lambda one: self.types(one, self.rng.choice(COMMANDS))),
            (4, self.starts),
            (6, self.taps_old),
            (4, self.taps_mutated),
            (4, self.reports),
            (3, self.taps_strangely),
            (4, self.edits),
            (3, self.tells_of_chat),
            (1, lambda one: self.types(one, f"{self.rng.choice(DANGER)} {CANARY}")),
            (1, self.blocks),
            (1, lambda one: self.types(one, self.rng.choice(PLACES))),
            (1, lambda one: self.types(one, one.code if self.rng.random() < 0.5 else f"{one.code[:4]}-{one.code[4:]}".lower())),
        )
        act = self.rng.choices([act for _, act in acts], [weight for weight, _ in acts])[0]
        return act(one)

    def message(self, one: Somebody, content: Json) -> Json:
        number = self.house.phones.number(str(one.id))
        one.sent = [*one.sent[-8:], number]
        return {"message_id": number, "date": SENT_AT, "chat": one.chat, "from": one.user, **content}

    def types(self, one: Somebody, words: str) -> Json:
        words = _as_sent(words)
        answered = self.rng.randrange(1, 60)
        return {"message": self.message(one, {"text": words, **_command(words), **around(self.rng, one.chat, answered)})}

    def types_label(self, one: Somebody) -> Json:
        return self.types(one, understood(self._label(one)))

    def types_slip(self, one: Somebody) -> Json:
        return self.types(one, slip(self.rng, self._label(one)))

    def _label(self, one: Somebody) -> str:
        screen = self.house.phones.newest_with_keys(str(one.id))
        if screen is None:
            return "Yes"
        meant = self._button(screen)
        return next(key.label for key in screen.keys if key.data == meant)

    def sends_media(self, one: Somebody) -> Json:
        content = media(self.rng)
        message = self.message(one, {**content, **around(self.rng, one.chat, 3)})
        if any(kind in content for kind in NEVER_COPIED):
            self.house.phones.uncopied.add(f"{one.id}:{message['message_id']}")
        return {"message": message}

    def tells_of_chat(self, one: Somebody) -> Json:
        return {"message": self.message(one, service(self.rng))}

    def starts(self, one: Somebody) -> Json:
        other = self.rng.choice(self.people)
        token = self.rng.choice(
            (one.token, one.token, one.token, "", other.token, f"{one.token}x", "enrol-nobody", "a" * 64, "🙂", self._old())
        )
        return self.types(one, f"/start {token}".strip())

    def _old(self) -> str:
        return self.house.invites(expired=True)[0] if self.rng.random() < 0.1 else "-"

    def taps_on(self, one: Somebody) -> Json:
        """Tap a button of the newest message that has some, rather to go on than to leave."""
        screen = self.house.phones.newest_with_keys(str(one.id))
        if self.house.state_of(one.id) == "closed" and self.rng.random() < 0.2:
            one.token, one.code = self.house.invites(survey=self.rng.random() < SURVEYED)
            screen = None
        if screen is None:
            return self.types(one, f"/start {one.token}")
        if self.rng.random() < (0.6 if _takes_words(screen) else 0.04):
            return self.types(one, odd(self.rng) if self.rng.random() < 0.6 else wall(self.rng, LONGEST))
        return self.tap(one, screen, self._button(screen))

    def _button(self, screen: Seen) -> str:
        keys = [key.data for key in screen.open_keys] or [key.data for key in screen.keys]
        onward = [data for data in keys if self.rng.random() < 0.08 or not _leaves(data)] or keys
        done = [data for data in onward if _code(data).startswith("d:")]
        if done and len(screen.open_keys) < len(screen.keys) and self.rng.random() < 0.6:
            return done[0]
        return self.rng.choice(onward)

    def taps_old(self, one: Somebody) -> Json:
        screens = [screen for screen in self.house.phones.chats[str(one.id)] if screen.keys]
        if not screens:
            return self.starts(one)
        screen = self.rng.choice(screens)
        return self.tap(one, screen, self._button(screen))

    def reports(self, one: Somebody) -> Json:
        """Say what is wrong with a service, or that something is; of those only that they want to try."""
        keys = [(screen, key.data) for screen in self.house.phones.chats[str(one.id)] for key in screen.open_keys]
        for step in (NAMES_WHAT, NAMES_WHICH, WANTS):
            if wrong := [(screen, data) for screen, data in keys if step.fullmatch(_code(data))]:
                likely = wrong[:1] if step is WANTS else wrong[-3:]  # what many are shown first, and what is newest
                return self.tap(one, *self.rng.choice(likely))
        return self.taps_on(one)

    def taps_mutated(self, one: Somebody) -> Json:
        other = self.rng.choice(self.people)
        screen = self.house.phones.newest_with_keys(str(other.id))
        data = self.rng.choice(screen.keys).data if screen else "abcd.1~a:consent.keep:yes"
        return self.tap(one, screen, mutated(self.rng, data))

    def taps_strangely(self, one: Somebody) -> Json:
        """Tap what Telegram may send too: an old message of which nothing is left, an inline one, a game."""
        screen = self.house.phones.newest_with_keys(str(one.id))
        data = self.rng.choice(screen.keys).data if screen else "x"
        tap = self.tap(one, screen, data)["callback_query"]
        gone = {"chat": one.chat, "message_id": tap["message"]["message_id"], "date": 0}
        bare = {key: value for key, value in tap.items() if key not in ("message", "data")}
        strange = (
            {**tap, "message": gone},
            {**bare, "data": data, "inline_message_id": "BAAA"},
            {**bare, "data": data},
            {**bare, "game_short_name": CANARY, "message": tap["message"]},
            {**bare, "message": gone},
            {**tap, "data": "é" * 64},
            {**tap, "data": ""},
            {**tap, "chat_instance": ""},
        )
        return {"callback_query": self.rng.choice(strange)}

    def tap(self, one: Somebody, screen: Seen | None, data: str) -> Json:
        shown = {
            "message_id": screen.id if screen else 1,
            "date": SENT_AT,
            "chat": one.chat,
            "from": BOT,
            "text": screen.text if screen else "x",
        }
        return {"callback_query": _query(self.house.last_id, one.user, shown, data)}

    def edits(self, one: Somebody) -> Json:
        content = {"text": _as_sent(odd(self.rng))} if self.rng.random() < 0.7 else media(self.rng)
        if self.rng.random() < 0.1:
            content = {"text": f"{self.rng.choice(DANGER)} {CANARY}"}
        number = self.rng.choice(one.sent) if one.sent and self.rng.random() < 0.9 else 2**31 - 1
        message = {"message_id": number, "date": SENT_AT, "edit_date": SENT_AT + 9, "chat": one.chat, "from": one.user, **content}
        return {"edited_message": message}

    def blocks(self, one: Somebody) -> Json:
        blocked = self.house.phones.blocked
        away = str(one.id) not in blocked
        blocked ^= {str(one.id)}
        return self.reach(one, away)

    def reach(self, one: Somebody, away: bool) -> Json:
        before, after = ("member", "kicked") if away else ("kicked", "member")
        return {"my_chat_member": others.moved(one.chat, one.user, BOT, before, after)}

    # The group

    @property
    def forum(self) -> Json:
        """The team's group, by the number it has now."""
        return {"id": self.house.team, "type": "supergroup", "title": f"Team {CANARY}", "is_forum": True}

    def group_moves(self) -> Json:
        """Give the group another number: its topics are not there any more, and the old number is refused from now on."""
        was, old = self.forum, str(self.house.team)
        self.house.team -= 1
        self.house.secrets.add(str(self.house.team))
        self.house.phones.moved = dict.fromkeys((*self.house.phones.moved, old), str(self.house.team))
        self.replies = []
        number = self.house.phones.number(old)
        return {"message": {"message_id": number, "date": SENT_AT, "chat": was, "migrate_to_chat_id": self.house.team}}

    def bot_goes_from_group(self) -> Json:
        """Take us out of the group, or back: we can write there no more, and hear nothing."""
        group = str(self.house.team)
        away = group not in self.house.phones.blocked
        self.house.phones.blocked ^= {group}
        before, after = ("administrator", "kicked") if away else ("left", "administrator")
        return {"my_chat_member": others.moved(self.forum, self._staff(SAM), BOT, before, after)}

    def _in_group(self, topics: list[tuple[int, str]]) -> Json:
        if str(self.house.team) in self.house.phones.blocked:
            return self.bot_goes_from_group() if self.rng.random() < 0.2 else self._of_person(self._anybody())
        if (draw := self.rng.random()) < 0.006:
            return self.group_moves() if draw < 0.003 else self.bot_goes_from_group()
        who = self.rng.choice((SAM, SAM, SAM, IDA, KIM, STRANGER))
        acts: tuple[tuple[int, Callable[[int, int | None], Json]], ...] = (
            (30, self._worker_taps),
            (16, self._worker_replies),
            (26, self._worker_commands),
            (6, self._worker_talks),
            (5, self._worker_edits),
            (7, self._group_tells),
            (4, self._membership),
            (3, self._elsewhere),
            (1, self._topic_goes),
        )
        thread = self.rng.choice(topics[-8:])[0] if topics and self.rng.random() < 0.95 else None
        act = self.rng.choices([act for _, act in acts], [weight for weight, _ in acts])[0]
        return act(who, thread)

    def _staff(self, who: int) -> Json:
        return user(who, WORKERS.get(who, ("Robin",))[0])

    def _placed(self, who: int, thread: int | None, content: Json, reply_to: Seen | None = None) -> Json:
        number = self.house.phones.number(str(self.house.team))
        sender: Json = {"from": self._staff(who)}
        if self.rng.random() < 0.04:
            sender = self.rng.choice(
                (
                    {"from": ANONYMOUS, "sender_chat": self.forum},
                    {"sender_chat": CHANNEL, "from": user(136817688, "Channel") | {"is_bot": True}},
                    {},
                )
            )
        where: Json = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
        answered = (
            {"message_id": reply_to.id, "date": SENT_AT, "chat": self.forum, "from": BOT, "text": reply_to.text, **where}
            if reply_to
            else None
        )
        opener = {
            "message_id": thread,
            "date": SENT_AT,
            "chat": self.forum,
            "from": BOT,
            "forum_topic_created": {"name": "#1", "icon_color": 1},
            **where,
        }
        replied = {"reply_to_message": answered or opener} if thread else {}
        return {"message_id": number, "date": SENT_AT, "chat": self.forum, **sender, **where, **replied, **content}

    def _ours(self, thread: int | None) -> Seen | None:
        """Draw a message of ours in a topic, rather a new one."""
        here = list(self.house.phones.in_topic(str(self.house.team), thread)) if thread else []
        return self.rng.choice(here[: self.rng.choice((2, 10, 100))]) if here else None

    def _worker_taps(self, who: int, thread: int | None) -> Json:
        here = [
            screen
            for screen in self.house.phones.chats[str(self.house.team)]
            if screen.keys and (thread is None or screen.thread == thread)
        ]
        screen = self.rng.choice(here) if here else None
        data = self._button(screen) if screen else "abcd.1~claim"
        if self.rng.random() < 0.08:
            data = mutated(self.rng, data)
        shown: Json = {"message_id": screen.id if screen else 1, "date": SENT_AT, "chat": self.forum, "from": BOT, "text": "x"}
        shown |= {"message_thread_id": screen.thread, "is_topic_message": True} if screen and screen.thread else {}
        if self.rng.random() < 0.05:
            shown = {"message_id": shown["message_id"], "date": 0, "chat": self.forum}
        return {"callback_query": _query(self.house.last_id, self._staff(who), shown, data)}

    def _worker_replies(self, who: int, thread: int | None) -> Json:
        content = {"text": _as_sent(odd(self.rng))} if self.rng.random() < 0.7 else media(self.rng)
        message = self._placed(who, thread, content, self._ours(thread))
        if any(kind in content for kind in NEVER_COPIED):
            self.house.phones.uncopied.add(f"{self.house.team}:{message['message_id']}")
        if thread:
            self.replies = [*self.replies[-30:], (who, thread, message["message_id"])]
        return {"message": message}

    def _worker_commands(self, who: int, thread: int | None) -> Json:
        words = _as_sent(others.order(self.rng))
        message = self._placed(
            who, thread, {"text": words, **_command(words)}, self._ours(thread) if self.rng.random() < 0.3 else None
        )
        if thread:
            self.replies = [*self.replies[-30:], (who, thread, message["message_id"])]
        return {"message": message}

    def _worker_talks(self, who: int, thread: int | None) -> Json:
        return {"message": self._placed(who, thread, {"text": _as_sent(odd(self.rng))})}

    def _worker_edits(self, who: int, thread: int | None) -> Json:
        by, where, number = self.rng.choice(self.replies) if self.replies else (who, thread, 1)
        content = {"text": _as_sent(odd(self.rng))} if self.rng.random() < 0.6 else media(self.rng)
        if self.rng.random() < 0.3:
            content = {"text": f"/r {wall(self.rng, 4000)}", **_command("/r ")}
        message = self._placed(by, where, content, self._ours(where))
        return {"edited_message": {**message, "message_id": number, "edit_date": SENT_AT + 9}}

    def _group_tells(self, who: int, thread: int | None) -> Json:
        return {"message": self._placed(who, thread, service(self.rng))}

    def _membership(self, who: int, _thread: int | None) -> Json:
        before, after = self.rng.choice(MEMBERSHIPS), self.rng.choice(MEMBERSHIPS)
        kind, whom = self.rng.choice((("my_chat_member", BOT), ("chat_member", self._staff(who))))
        chat = (
            self.forum
            if kind == "chat_member" or after in ("administrator", "member")
            else {"id": OTHER_GROUP, "type": "group", "title": "x"}
        )
        return {kind: others.moved(chat, self._staff(who), whom, before, after)}

    def _elsewhere(self, who: int, _thread: int | None) -> Json:
        """Write in a group that is not ours, or bind it with a wrong code."""
        kind = self.rng.choice(("group", "supergroup"))
        chat = {"id": OTHER_GROUP, "type": kind, "title": CANARY, **({"is_forum": True} if self.rng.random() < 0.3 else {})}
        content = self.rng.choice(
            (
                {"text": "/bind wrong", **_command("/bind")},
                {"migrate_to_chat_id": -1003},
                {"migrate_from_chat_id": TEAM},
                {"text": odd(self.rng) or "x"},
                media(self.rng),
                caption(self.rng),
            )
        )
        return {"message": {"message_id": 9, "date": SENT_AT, "chat": chat, "from": self._staff(who), **content}}

    def _topic_goes(self, who: int, thread: int | None) -> Json:
        if thread:
            self.house.phones.delete(str(self.house.team), thread)
        return self._worker_talks(who, None)


def mutated(rng: Random, data: str) -> str:
    """Change what a button carries, as only an app that somebody tampered with can."""
    at = rng.randrange(len(data)) if data else 0
    head, _, code = data.partition("~")
    wait = head.partition(".")[2]
    return rng.choice(
        (
            data[:at] + rng.choice("0:~.x١:") + data[at + 1 :],
            data[:at],
            f"{data}:{CANARY}",
            data + rng.choice((":", "::", ".", ")", ":1", ":0", " ", "\n")),
            data.replace(":1", ":١").replace(":0", ":9"),
            f"{head}~{code.partition(':')[0]}",
            f"{head}~{rng.choice(LETTERS)}:{rng.choice(ABOUT)}:{rng.choice(HOW)}",
            f"{head}~rc:{rng.choice(NUMBERS)}:{rng.choice(('yes', 'no', ''))}",
            f"{head}~{rng.choice(FORGED)}",
            data.replace(wait, rng.choice(("0", "9999999", "99999999", "-1", ""))),
            "",
        )
    )[:64]


def _takes_words(screen: Seen) -> bool:
    """Say whether a screen only has ways out, so that words are what it waits for."""
    return all(_code(key.data) in WAYS_OUT or _code(key.data).startswith("n:") for key in screen.keys)


def _leaves(data: str) -> bool:
    code = _code(data)
    return code in WAYS_OUT or code.startswith(ENDS_EARLY) or (code.startswith("a:consent.") and code.endswith(":no"))


def _code(data: str) -> str:
    return data.partition("~")[2]


def _query(number: int, sender: Json, shown: Json, data: str) -> Json:
    return {"id": str(number), "from": sender, "chat_instance": "1", "message": shown, "data": data}


def _as_sent(words: str) -> str:
    """Cut words as an app does: no blank ends, and no more than a message holds."""
    cut = words.strip().encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
    return cut or CANARY


def _command(words: str) -> Json:
    """Mark a command as Telegram does, which counts in UTF-16 units."""
    if not words.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": units(words.split()[0])}]}
