"""Read a whole folder of content into one release: dialogs, scheme, needs, lexicons, crisis lines and every text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rxbot.content.dialogs import DialogPage, read_dialog
from rxbot.content.instruments import InstrumentPage, read_instruments
from rxbot.content.pages import Block, read_page
from rxbot.content.phrasebook import read_phrasebook
from rxbot.content.sources import Source
from rxbot.dialog.understand import Lexicon
from rxbot.directory.model import Place, read_needs
from rxbot.episode import phrases, taps
from rxbot.episode.content import Clinic, Content, DutyHours, Scheme
from rxbot.errors import ContentWrong
from rxbot.safety.model import Emergency, Line
from rxbot.words import Catalog, Words, read_catalog

DIALOGS = ("consent", "intake", "plan", "check_in", "measure", "closing")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CONFIRMED_DAYS = 365
PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Release:
    """What a turn needs, and what words a message needs when it leaves."""

    content: Content
    words: Words


def shipped() -> Path:
    """Find the content that came with the package, or that stands beside it in a checkout."""
    packed = PACKAGE / "shipped"
    return packed if packed.is_dir() else PACKAGE.parents[1]


def load(folder: Path, today: date) -> Release:
    """Read dialogs/ and locales/ below this folder. Raises ContentWrong at the first page that cannot be used."""
    pages = folder / "dialogs"
    instruments = read_instruments(pages / "instruments")
    read = read_dialogs(folder)
    scheme_page = read_page(pages / "scheme.yaml")
    phrasebook = read_phrasebook(pages / "phrasebook.yaml")
    sources = (*all_sources(read, scheme_page), *phrasebook.sources)
    english = {source.id: source.english for source in sources}
    catalogs = {
        code: _with_measures(
            english_catalog(english) if code == "en" else _complete(folder, code, english, scheme_page), code, instruments
        )
        for code in dict.fromkeys((*scheme_page["languages"], scheme_page["team_language"]))
    }
    words = Words(catalogs, scheme_page["country"])
    content = Content(
        release=_name_of(folder),
        scheme=_scheme(pages / "scheme.yaml", scheme_page, read_page(pages / "follow_up.yaml")),
        dialogs={page.dialog.id: page.dialog for page in read},
        instruments={name: page.instrument for name, page in instruments.items()},
        needs=read_needs(read_page(pages / "needs.yaml")),
        lexicons={code: _lexicon(pages, code) for code in scheme_page["languages"]},
        wording={code: words.wording(code) for code in scheme_page["languages"]},
        phrasebook=phrasebook.sayings,
        emergency=_emergency(pages / "crisis_lines.yaml", scheme_page["country"], today),
    )
    _join(content, pages, {source.id: source.line for source in sources})
    return Release(content, words)


def read_dialogs(folder: Path) -> list[DialogPage]:
    """Read every dialog below this folder."""
    pages = folder / "dialogs"
    instruments = read_instruments(pages / "instruments")
    return [read_dialog(pages / f"{name}.yaml", instruments) for name in DIALOGS]


def all_sources(dialogs: Iterable[DialogPage], scheme: Block) -> tuple[Source, ...]:
    """Give every English text: of the pages, and the standing phrases."""
    return (
        *(source for page in dialogs for source in page.sources),
        *scheme_sources(scheme),
        *(Source(text_id, english, "", "phrases.py", 0) for text_id, english in phrases.ALL.items()),
    )


def scheme_sources(scheme: Block) -> tuple[Source, ...]:
    """Give the texts of the scheme page that people read."""
    return (
        Source(
            "scheme.duty",
            scheme["duty"],
            "When link workers read messages. Stands inside a sentence.",
            "scheme.yaml",
            scheme.line,
        ),
        *(
            Source(f"scheme/reasons.{r['id']}", r["label"], "Why a clinic invited somebody.", "scheme.yaml", r.line)
            for r in scheme["reasons"]
        ),
    )


def english_catalog(english: Mapping[str, str]) -> Catalog:
    """English needs no translation."""
    return Catalog(dict(english), reviewed=True)


def _with_measures(catalog: Catalog, code: str, instruments: Mapping[str, InstrumentPage]) -> Catalog:
    """Add the texts of the measures, which no translator of ours touches."""
    for name, page in instruments.items():
        if code not in page.texts:
            raise ContentWrong(
                f"instruments/{name}.yaml has no text in {code}.",
                f"Add one under `languages:` (`official: false` when it is your own), or take {code} out of scheme.yaml.",
            )
    texts = {text_id: words for page in instruments.values() for text_id, words in page.texts[code].items()}
    return replace(catalog, texts={**catalog.texts, **texts})


def _complete(folder: Path, code: str, english: Mapping[str, str], scheme: Block) -> Catalog:
    catalog = read_catalog(folder / "locales" / code / "LC_MESSAGES" / "rxbot.po", english)
    missing = sorted(english.keys() - catalog.texts.keys())
    if missing:
        raise ContentWrong(
            f"The language {code} lacks {len(missing)} texts, first {missing[0]!r}.",
            f"Run `rxbot words update`, translate them, or take {code} out of `languages:` in scheme.yaml.",
        )
    if not catalog.reviewed and not scheme.get("drafts_allowed", False):
        raise ContentWrong(
            f"The language {code} was not reviewed by a native speaker.",
            "Have it reviewed and name the reviewer in the PO header X-Reviewed-By, or allow drafts in scheme.yaml.",
        )
    return catalog


def _scheme(path: Path, page: Block, follow_up: Block) -> Scheme:
    try:
        return Scheme(
            name=page["name"],
            time_zone=ZoneInfo(page["time_zone"]),
            languages=tuple(page["languages"]),
            team_language=page["team_language"],
            clinics={c["id"]: Clinic(c["id"], c["name"], Place(**c["place"])) for c in page["clinics"]},
            reasons=tuple(r["id"] for r in page["reasons"]),
            adult_age=int(page["adult_age"]),
            quiet_from=time.fromisoformat(page["quiet_hours"]["from"]),
            quiet_to=time.fromisoformat(page["quiet_hours"]["to"]),
            duty_hours=_duty_hours(page["duty_hours"]),
            idle_hours=int(page["idle_hours"]),
            urgent_minutes=int(page["unclaimed"]["urgent_minutes"]),
            usual_minutes=int(page["unclaimed"]["usual_minutes"]),
            most_alerts=int(page["unclaimed"]["most_alerts"]),
            reach_km=float(page["reach_km"]),
            invitation_days=int(page["invitation_days"]),
            check_in_days=tuple(int(days) for days in follow_up["check_ins"]["days"]),
            check_in_at={when: time.fromisoformat(hour) for when, hour in follow_up["check_ins"]["at"].items()},
            measure_days=tuple(int(days) for days in follow_up["check_ins"]["measure_on"]),
            nudge_days=tuple(int(days) for days in follow_up["nudges"]["days"]),
            break_off_days=int(follow_up["nudges"]["break_off"]),
            close_after_days=int(follow_up["close_after"]),
        )
    except (ValueError, TypeError, ZoneInfoNotFoundError) as wrong:
        raise ContentWrong(
            f"{path}:1 has a value that cannot be read: {wrong}.", "See the page that ships with rxbot."
        ) from wrong


def _duty_hours(page: Block) -> DutyHours:
    days = frozenset(WEEK.index(day) for day in page["days"])
    return DutyHours(days, time.fromisoformat(page["from"]), time.fromisoformat(page["to"]))


def _lexicon(pages: Path, code: str) -> Lexicon:
    page = read_page(pages / "lexicon" / f"{code}.yaml")
    return Lexicon(
        _tuples(page["options"]),
        _tuples(page["escapes"]),
        tuple(page["red_flags"]),
        *map(_lists, (page["numbers"], page["ordinals"])),
    )


def _tuples(lists: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(str(word) for word in words) for name, words in lists.items()}


def _lists(lists: Iterable[Iterable[object]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(word) for word in words) for words in lists)


def _emergency(path: Path, country: str, today: date) -> Emergency:
    page = read_page(path)
    if country not in page["countries"]:
        raise ContentWrong(f"{path}:1 has no numbers for {country}.", f"Add {country} with its emergency number.")
    here = page["countries"][country]
    lines = tuple(Line(line["name"], line["tel"], line["hours"]) for line in here["lines"] if _confirmed(line, today))
    return Emergency(here["emergency"], page["directory"], lines)


def _confirmed(line: Mapping[str, Any], today: date) -> bool:
    day = line.get("confirmed_on")
    return isinstance(day, date) and 0 <= (today - day).days <= CONFIRMED_DAYS


def _join(content: Content, pages: Path, lines: Mapping[str, int]) -> None:
    """Refuse names that point nowhere: they would fail in front of a person."""
    for dialog in content.dialogs.values():
        known: dict[str, set[str]] = {}
        for question in dialog.questions:
            here = f"{pages / dialog.id}.yaml:{lines.get(question.text, 1)} {question.id}"
            for need in (*question.needs, *(o.need for o in question.options if o.need)):
                if need not in content.needs:
                    raise ContentWrong(f"{here} names the need {need}, which is unknown.", "Add it to needs.yaml.")
            for asked, options in question.when.items():
                if asked not in known:
                    raise ContentWrong(f"{here} waits for {asked}, which is not asked before.", "Mend `when:`.")
                for option in set(options) - known[asked]:
                    raise ContentWrong(f"{here} waits for {option}, which is no answer to {asked}.", "Mend `when:`.")
            for tap in (taps.decline(question.id, "skipped"), *(taps.tick(question.id, o.id, on=True) for o in question.options)):
                if taps.OVERHEAD + len(tap.encode()) > taps.MOST_BYTES:
                    raise ContentWrong(f"{here} does not fit into a button: {tap}.", "Shorten the ids.")
            known[question.id] = {o.id for o in question.options}
            for named in filter(None, (question.among, question.without)):
                if named not in known and named not in dialog.given:
                    raise ContentWrong(f"{here} chooses from {named}, which is not asked before.", "Mend `among:` or `without:`.")
    labels = {o.label for dialog in content.dialogs.values() for q in dialog.questions for o in q.options}
    labels |= {phrases.REVIEW_OK.id, phrases.GO_ON.id}
    for code, lexicon in content.lexicons.items():
        for label in lexicon.options.keys() - labels:
            raise ContentWrong(f"{pages}/lexicon/{code}.yaml:1 names {label}, which is no option.", "Mend the name.")


def _name_of(folder: Path) -> str:
    """Name a release by what is in it."""
    digest = sha256()
    for path in sorted([*folder.glob("dialogs/**/*.yaml"), *folder.glob("locales/*/LC_MESSAGES/*.po")]):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]
