"""Read the phrasebook: its phrases as values, and their texts with where they stand, for translators."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rxbot.content.pages import Block, read_page
from rxbot.content.sources import Source
from rxbot.episode import taps
from rxbot.errors import ContentWrong
from rxbot.handoff.phrasebook import Reply, Saying

KEYS = {"say", "text", "answers"}
ANSWER_KEYS = {"id", "label", "flag"}
FLAGS = {"", "danger"}
NOTE = "A link worker sends this to the person."
ANSWER_NOTE = "A button under: {text}"


@dataclass(frozen=True)
class Phrasebook:
    """The phrases by their codes, and the texts they are made of."""

    sayings: Mapping[str, Saying]
    sources: tuple[Source, ...]


def read_phrasebook(path: Path) -> Phrasebook:
    """Read the page; every complaint names file, line and remedy."""
    sayings: dict[str, Saying] = {}
    sources: list[Source] = []
    for entry in read_page(path)["phrases"]:
        saying = _saying(path, entry)
        if saying.code in sayings:
            raise ContentWrong(f"{path}:{entry.line} `say: {saying.code}` stands here twice.", "Give it another code.")
        sayings[saying.code] = saying
        sources += _sources(path, entry, saying)
    return Phrasebook(sayings, tuple(sources))


def _saying(path: Path, entry: Block) -> Saying:
    _check(path, entry, KEYS)
    code = str(entry["say"])
    return Saying(code, f"phrasebook/{code}", tuple(_reply(path, code, answer) for answer in entry.get("answers", ())))


def _reply(path: Path, code: str, answer: Block) -> Reply:
    _check(path, answer, ANSWER_KEYS)
    reply = Reply(str(answer["id"]), f"phrasebook/{code}.{answer['id']}", str(answer.get("flag", "")))
    if reply.flag not in FLAGS:
        raise ContentWrong(f"{path}:{answer.line} knows no flag {reply.flag!r}.", "Write `flag: danger`, or none.")
    tap = taps.reply(code, reply.id)
    if taps.OVERHEAD + len(tap.encode()) > taps.MOST_BYTES:
        raise ContentWrong(f"{path}:{answer.line} does not fit into a button: {tap}.", "Shorten the ids.")
    return reply


def _check(path: Path, block: Block, keys: set[str]) -> None:
    for key in block.keys() - keys:
        raise ContentWrong(f"{path}:{block.line} has `{key}:`, which is not known here.", f"Known are {', '.join(sorted(keys))}.")


def _sources(path: Path, entry: Block, saying: Saying) -> list[Source]:
    answers = zip(saying.replies, entry.get("answers", ()), strict=True)
    return [
        Source(saying.text, entry["text"], NOTE, path.name, entry.line),
        *(
            Source(reply.label, answer["label"], ANSWER_NOTE.format(text=entry["text"]), path.name, answer.line)
            for reply, answer in answers
        ),
    ]
