"""A page that does not say what it should is refused with its file, its line, a code, and what to do: all of them at once."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rxbot.__main__ import cli
from rxbot.content.check import check
from rxbot.content.complaints import CODES, NOTES, Complaints
from rxbot.content.crisis_lines import read_emergency
from rxbot.content.dialogs import read_dialog
from rxbot.content.instruments import read_instruments
from rxbot.content.joins import COUNTED_ON, look_at_joins
from rxbot.content.lexicons import read_lexicon
from rxbot.content.load import Release, load, read_release
from rxbot.content.needs import read_needs
from rxbot.content.pages import read_page
from rxbot.content.phrasebook import read_phrasebook
from rxbot.content.scheme import read_follow_up, read_scheme_page
from rxbot.content.texts import look_at_sources
from rxbot.errors import ContentWrong

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 3, 2)
Pages = Callable[..., Path]


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    """Copy what ships, with one page changed: a piece of it replaced, or words added at its end."""
    folder = tmp_path / "own"
    for name in ("dialogs", "locales"):
        shutil.copytree(ROOT / name, folder / name)

    def changed(page: str, old: str = "", new: str = "") -> Path:
        path = folder / page
        words = path.read_text("utf-8")
        assert old in words, f"{page} does not hold {old!r}"
        path.write_text(words.replace(old, new, 1) if old else words + new, "utf-8")
        return folder

    return changed


CONSENT, INTAKE, PLAN, CHECK_IN = (f"dialogs/{name}.yaml" for name in ("consent", "intake", "plan", "check_in"))
ELIGIBILITY = "dialogs/eligibility.yaml"
SCHEME, FOLLOW_UP, NEEDS = "dialogs/scheme.yaml", "dialogs/follow_up.yaml", "dialogs/needs.yaml"
CRISIS, EN, BOOK, ONS4 = (f"dialogs/{name}.yaml" for name in ("crisis_lines", "lexicon/en", "phrasebook", "instruments/ons4"))
ES = "locales/es/LC_MESSAGES/rxbot.po"
FLAGS = "red_flags:\n"
MONEY, MATTERS = "  - ask: money.need\n", "  - ask: matters\n"
STEP = '  - ask: more\n    text: "T"\n    label: "L"\n'
TWO = '    one_of:\n      - {{id: {}, label: "{}"}}\n      - {{id: {}, label: "{}"}}\n'
YES_NO = TWO.format("yes", "Yes", "no", "No")
OPTION = '      - {{id: o{0}, label: "O{0}"}}\n'
DEBTS = '{id: debts, label: "'
ASKED = 'text: "What matters most'
LABEL_ES = 'msgid "Where I live"\n'


@dataclass(frozen=True)
class Break:
    """A way to break a page: what is replaced by what, the code and words it brings, and text on the line it points at."""

    code: str
    page: str
    old: str
    new: str
    says: str
    at: str = ""


BREAKS = (
    Break("P04", FOLLOW_UP, "close_after: 14", "zzz: 14", "Use one of: check_ins, close_after, nudges.", "zzz: 14"),
    Break("D04", INTAKE, "- instrument: ons4", "- instrument: ons5", "There is no measure ons5", "ons5"),
    Break("D07", INTAKE, "needs: [money_benefits]", "needs: [gold]", "money.need names the need gold", "ask: money.need"),
    Break("D14", INTAKE, ASKED, f'text: "{"So " * 400}What matters', "has 1224 signs", "ask: matters"),
    Break("S03", FOLLOW_UP, 'evening: "18:30"', 'evening: "21:00"', "`evening:` is 21:00, in the quiet hours", "days: [3"),
    Break("D14", INTAKE, MATTERS, f"{MATTERS}    say: [{', '.join(['abc ' * 240] * 5)}]\n", "above it have 4824 signs in en"),
    Break("L01", EN, "intake/matters.money", "intake/matters.mony", "intake/matters.mony is no answer", "intake/matters.mony"),
    Break("L02", EN, 'intake/matters.money: ["debt"', 'intake/matters.money: ["flat"', "'flat' means both"),
    Break("M01", SCHEME, "languages: [en, es, ar]", "languages: [en, fr]", "It has no text in fr"),
    Break("C01", SCHEME, "country: GB", "country: FR", "There are no numbers for FR. Add FR"),
    Break("W01", SCHEME, "languages: [en, es, ar]", "languages: [en, fr]", "The language fr has no file. Run `rxbot words"),
    Break("W02", INTAKE, "What matters most to you now?", "What matters to you?", "es lacks 1 texts: intake/matters (int"),
    Break("W03", SCHEME, "drafts_allowed: true", "drafts_allowed: false", "The language es was not reviewed"),
    Break("W04", ES, "Trabaja con {clinic}", "Trabaja con {clinica}", "has other places than the English. It needs {clinic}."),
    Break("W05", ES, "fue? <tg-spoiler>{step}</tg-spoiler>", "fue? {step}", "needs </tg-spoiler> <tg-spoiler>"),
    Break("W06", ES, LABEL_ES, 'msgidd "Where I live"\n', "This cannot be read as PO", "msgidd"),
)  # fmt: skip


# Mistakes that can be seen on their page alone. Only that page is read, which is quick.
SLIPS = (
    Break("P02", INTAKE, MONEY, f"{MONEY}  ask: [\n", "Mend the YAML", "  ask: ["),
    Break("P02", INTAKE, MONEY, f"{MONEY}    ask: twice\n", "'ask' stands here twice", "ask: twice"),
    Break("P03", INTAKE, "", "  - ask: nothing\n", "`text:` is missing", "ask: nothing"),
    Break("P03", SCHEME, "duty:", "dutty:", "`duty:` is missing"),
    Break("P03", SCHEME, "languages:", "langs:", "`languages:` is missing"),
    Break("P03", BOOK, '    text: "How did it go?"\n', "", "`text:` is missing", "say: how_went"),
    Break("P03", NEEDS, "label: Money and benefits", "lable: x", "`label:` is missing"),
    Break("P03", CRISIS, "countries:", "nations:", "`countries:` is missing"),
    Break("P03", EN, "red_flags:", "flags:", "`red_flags:` is missing"),
    Break("P04", SCHEME, "duty:", "dutty:", "`dutty:` is not known here. Did you mean `duty:`?", "dutty:"),
    Break("P04", INTAKE, "", f"{STEP}    texts: x\n", "`texts:` is not known here. Did you mean `text:`?", "texts: x"),
    Break("P04", CONSENT, "id: a18", "idd: a18", "`idd:` is not known here. Did you mean `id:`?", "idd: a18"),
    Break("P04", BOOK, "    answers:\n", "    replies:\n", "`replies:` is not known here", "replies:"),
    Break("P05", INTAKE, "up_to: 3", "up_to: three", "`up_to:` cannot be read", "up_to: three"),
    Break("P05", INTAKE, MONEY, f"  - hello\n{MONEY}", "cannot be read"),
    Break("P05", INTAKE, '    label: "Money"\n', "    label:\n", "`label:` cannot be read", "    label:\n"),
    Break("P05", INTAKE, "id: debts", "id: my debts", "`id:` cannot be read", "id: my debts"),
    Break("P05", INTAKE, "flag: danger", "flag: dangr", "`flag:` cannot be read", "flag: dangr"),
    Break("P05", BOOK, "flag: danger}", "flag: dangr}", "`flag:` cannot be read: 'dangr' should be 'danger'", "dangr"),
    Break("P05", SCHEME, "Europe/London", "Mars/City", "there is no time zone Mars/City", "Mars/City"),
    Break("P05", SCHEME, 'from: "21:00"', 'from: "9 pm"', "'9 pm' is no time of day", '"9 pm"'),
    Break("P05", SCHEME, "days: [mon,", "days: [monday,", "'monday' should be 'mon'", "monday"),
    Break("P05", SCHEME, "days: [mon, tue, wed, thu, fri]", "days: []", "duty_hours have no hour in them", "days: []"),
    Break("P05", SCHEME, 'from: "09:00", to: "17:00"', 'from: "17:00", to: "09:00"', "duty_hours have no hour in them"),
    Break("P05", SCHEME, "country: GB", "country: Britain", "`country:` cannot be read", "Britain"),
    Break("P05", FOLLOW_UP, "days: [3, 7, 28, 56, 84]", "days: [soon]", "`days:` cannot be read", "days: [soon]"),
    Break("P05", FOLLOW_UP, 'any: "10:00", ', "", "`at:` has no `any:`"),
    Break("P05", CRISIS, "confirmed_on: null", "confirmed_on: last week", "`confirmed_on:` cannot be read", "last week"),
    Break("P05", ONS4, "official: true", "official: perhaps", "`official:` cannot be read", "perhaps"),
    Break("D01", "dialogs/measure.yaml", "  - instrument: ons4", "", "This asks nothing"),
    Break("D02", INTAKE, "", '  - ask: words\n    text: "T"\n    label: "L"\n', "The question words is asked twice"),
    Break("D03", INTAKE, "", f"{STEP}    one_of: how_often\n", "There are no choices called how_often", "ask: more"),
    Break("D05", INTAKE, "", STEP + TWO.format("a", "A", "a", "B"), "more has two answers a", "ask: more"),
    Break("D06", INTAKE, "", STEP + TWO.format("a", "Yes", "b", "yes"), "more has two answers labelled 'yes'", "ask: more"),
    Break("D08", INTAKE, "{matters: [money]}", "{mattress: [money]}", "money.need waits for mattress", "ask: money.need"),
    Break("D08", INTAKE, "when: {matters: [money]}", "when: {words: [money]}", "waits for words, which is not asked before it"),
    Break("D08", INTAKE, "among: rest", "among: test", "rest.help chooses from test", "ask: rest.help"),
    Break("D09", INTAKE, "when: {matters: [money]}", "when: {matters: [mony]}", "money.need waits for mony"),
    Break("D09", INTAKE, "need_if: [yes, sometimes]", "need_if: [yes, often]", "finds a need by often", "ask: money.need"),
    Break("D10", INTAKE, "", STEP.replace("more", "m" * 42), "does not fit into a button", "ask: mmm"),
    Break("D10", BOOK, "say: safe\n", f"say: {'safe' * 15}\n", "does not fit into a button"),
    Break("D11", INTAKE, "ask: contact.when", "ask: contact.time", "The question contact.when is gone"),
    Break("D11", CONSENT, 'id: yes, label: "Yes, they', 'id: ok, label: "Yes, they', "The answer yes to consent.share is gone"),
    Break("D12", CONSENT, "They work with {clinic}.", "They work with {clinc}.", "Nothing fills {clinc}", "ask: consent.share"),
    Break("D13", INTAKE, ASKED, 'text: "What <em>matters</em> most', "Telegram refuses <em>", "ask: matters"),
    Break("D13", INTAKE, ASKED, 'text: "What <b>matters most', "Telegram refuses <b>", "ask: matters"),
    Break("D13", INTAKE, ASKED, 'text: "What 1 < 2 matters most', "Telegram refuses `<`", "ask: matters"),
    Break("S01", SCHEME, "id: lantern", "id: harbour", "`id: harbour` stands here twice"),
    Break("S04", SCHEME, "topics: 90", "topics: 400", "`topics:` is 400 days, and all of it goes after 365", "ended: 365"),
    Break(
        "S05",
        SCHEME,
        "publisher_languages: []",
        "publisher_languages:\n  - {publisher: Rada, language: pl}",
        "has pl for Rada, which is not offered",
        "language: pl",
    ),
    Break("P05", SCHEME, "audit: 2190", "audit: 90", "should be greater than or equal to 365", "audit: 90"),
    Break("S02", FOLLOW_UP, "measure_on: [28, 84]", "measure_on: [28, 90]", "On day 90 there is no check-in"),
    Break("L02", EN, 'back: ["back"', 'back: ["skip"', "'skip' means both back and skip", "skip:"),
    Break("L04", EN, FLAGS, FLAGS + '  - "(die"\n', "'(die' has a bracket without its other one", "(die"),
    Break("L04", EN, FLAGS, FLAGS + '  - "i | die"\n', "a bar outside brackets", "i | die"),
    Break("L04", EN, FLAGS, FLAGS + f'  - "{"(a | b)" * 11}"\n', "more than 2000 phrases", "(a | b)"),
    Break("L04", EN, FLAGS, FLAGS + '  - "(die | !)"\n', "nothing at all", "(die | !)"),
    Break("M02", ONS4, "low: [0, 4]", "low: [0, 5]", "do not hold every score from 0 to 10 once", "id: satisfaction"),
    Break("M03", ONS4, "      happy: {text", "      glad: {text", "In en, glad is no item"),
    Break("F01", BOOK, "  - say: thanks\n", "  - say: safe\n", "`say: safe` stands here twice"),
    Break("P02", INTAKE, "", f"  - {'[' * 500}{']' * 500}\n", "cannot be read: RecursionError"),
    Break("P02", INTAKE, ASKED, 'text: "What \0 matters most', "The sign U+0000 is no text. Take it out.", "\0 matters"),
    Break("P05", CRISIS, "confirmed_on: null", "confirmed_on: 2026-02-30", "'2026-02-30' should be a day", "2026-02-30"),
    Break("P05", CRISIS, "confirmed_on: null", "confirmed_on: 2026-13-01", "'2026-13-01' should be a day", "2026-13-01"),
    Break("P05", CRISIS, 'emergency: "999"', 'emergency: "the police"', "'the police' should be a number that can be rung"),
    Break("P05", CRISIS, 'tel: "116 123"', 'tel: "see site"', "'see site' should be a number that can be rung", "see site"),
    Break("P05", SCHEME, "adult_age: 18", "adult_age: !!int abc", "'abc' should be a whole number", "abc"),
    Break("P05", SCHEME, "adult_age: 18", "adult_age: true", "True should be a whole number", "adult_age"),
    Break("P05", SCHEME, "adult_age: 18", "adult_age: 200", "200 should be less than or equal to 120", "adult_age"),
    Break("P05", SCHEME, "invitation_days: 30", "invitation_days: 999999999999", "should be less than or equal to 3652"),
    Break("P05", SCHEME, "reach_km: 10", "reach_km: .inf", "`reach_km:` cannot be read", "reach_km"),
    Break("P05", SCHEME, "idle_hours: 4", "idle_hours: 99999999999", "`idle_hours:` cannot be read", "idle_hours"),
    Break("P05", SCHEME, 'from: "21:00"', "from: 1260", "1260 is no time of day; write it like", "1260"),
    Break("P05", SCHEME, 'from: "21:00"', 'from: "21:00+02:00"', "'21:00+02:00' is no time of day", "+02:00"),
    Break("P05", SCHEME, 'from: "21:00"', 'from: "25:00"', "'25:00' is no time of day", "25:00"),
    Break("P05", SCHEME, 'from: "21:00"', 'from: "08:00"', "quiet hours are a part of the day", "quiet_hours"),
    Break("P05", SCHEME, 'from: "21:00", to: "08:00"', 'from: "00:00", to: "23:59"', "a part of the day, at most 18 hours"),
    Break("P05", SCHEME, "[en, es, ar]", "[en, en, es]", "en stands there twice", "languages:"),
    Break("P05", SCHEME, "[en, es, ar]", "[]", "[] should be a list of at least 1", "languages:"),
    Break("P05", SCHEME, "[en, es, ar]", "[en, qq]", "there is no language qq; write its code", "languages:"),
    Break("P05", SCHEME, "[en, es, ar]", "[en, pt_BR]", "there is no language pt_BR", "languages:"),
    Break("P05", SCHEME, "[en, es, ar]", "[en, ../../x]", "there is no language ../../x", "languages:"),
    Break("P05", SCHEME, "minimum_standards: []", "minimum_standards: [charm]", "'charm' should be 'contact', 'legal_status'"),
    Break("P05", SCHEME, "team_language: en", "team_language: EN", "there is no language EN", "team_language:"),
    Break("P05", FOLLOW_UP, "days: [3, 7, 28, 56, 84]", "days: [84, 3, 28]", "[84, 3, 28] should rise", "[84, 3"),
    Break("P05", FOLLOW_UP, "days: [3, 7, 28, 56, 84]", "days: [3, 3, 28, 84]", "should rise from one number to the next"),
    Break("P05", FOLLOW_UP, "days: [3, 7, 28, 56, 84]", "days: [28, 84, 99999]", "99999 should be less than or equal to 3652"),
    Break("P05", FOLLOW_UP, "days: [1, 3, 7]", "days: [7, 1, 3]", "[7, 1, 3] should rise", "nudges:"),
    Break("P05", FOLLOW_UP, "break_off: 14", "break_off: 7", "should be a later day than the last of", "nudges:"),
    Break("P05", FOLLOW_UP, "measure_on: [28, 84]", "measure_on: [84, 28]", "[84, 28] should rise", "measure_on:"),
    Break("P05", INTAKE, "", "  -\n", "cannot be read: nothing should be lines of `key: value`", "  -"),
    Break("P05", INTAKE, "up_to: 3", "up_to: true", "True is neither a number nor `all`", "up_to: true"),
    Break("P05", INTAKE, "", f"{STEP}    one_of: []\n", "[] should be a list of at least 1", "one_of: []"),
    Break("P05", INTAKE, "", f"{STEP}    one_of:\n{''.join(OPTION.format(n) for n in range(31))}", "a list of at most 30"),
    Break("P05", INTAKE, "", f"{STEP}    up_to: 3\n{YES_NO}", "`up_to:` goes with `any_of:` alone", "ask: more"),
    Break("P05", INTAKE, "", f"{STEP}    any_of: [{{id: x, label: X}}]\n{YES_NO}", "are two ways to answer", "ask: more"),
    Break("P05", INTAKE, "when: {matters: [money]}", "when: {matters: []}", "[] should be a list of at least 1", "matters: []"),
    Break("P05", PLAN, "{below: 7}", "{below: 0}", "0 should be greater than or equal to 1", "below: 0"),
    Break("P05", PLAN, "scale: [0, 10]", "scale: [10, 0]", "[10, 0] is no scale; it rises from 0 or more", "scale:"),
    Break("P05", PLAN, "scale: [0, 10]", "scale: [0, 5000]", "[0, 5000] is no scale", "scale:"),
    Break("P05", PLAN, "scale: [0, 10]", "scale: [5]", "`scale:` cannot be read: [5] should be a longer list", "scale:"),
    Break("P05", PLAN, "scale: [0, 10]", "scale: [0, 5, 10]", "[0, 5, 10] should be a list of at most 2", "scale:"),
    Break("P05", ONS4, "scale: [0, 10]", "scale: [10, 0]", "[10, 0] is no scale", "scale:"),
    Break("P05", CONSENT, "years: [18, 25]", "years: [25, 18]", "should go from the lower number to the higher", "years:"),
    Break("P05", EN, 'intake/matters.money: ["debt"', 'intake/matters.money: [""', "'' has no letter and no digit", '[""'),
    Break("P05", EN, 'stop: ["stop"', 'stop: ["!!!"', "'!!!' has no letter and no digit", "!!!"),
    Break("P05", EN, FLAGS, f"{FLAGS}  -\n", "nothing should be text, in quotes"),
    Break("P05", EN, FLAGS, f"{FLAGS}  - a: b\n", "{'a': 'b'} should be text, in quotes", "a: b"),
    Break("L04", EN, FLAGS, f'{FLAGS}  - "i (| die)"\n', "may stand for one letter", '"i (| die)"'),
    Break("D05", BOOK, "id: no, label", "id: yes, label", "two answers yes"),
    Break("D06", BOOK, '"No, I am not safe"', '"yes, i am safe"', "two answers labelled"),
    Break("D09", INTAKE, "flags: {safety:", "flags: {safetyx:", "has a line for safetyx, which is no answer to it", "ask: rest"),
    Break("D09", PLAN, "{below: 7}", "{below: 99}", "waits for 11, 12, 13, ..., which is no answer", "ask: plan"),
    Break("D11", CONSENT, ", flag: declines", "", "The `flag: declines` of consent.keep is gone", "ask: consent.keep"),
    Break("D11", CONSENT, ", flag: cannot_consent", "", "The `flag: cannot_consent` of consent.keep", "ask: consent.keep"),
    Break("D11", CONSENT, ", flag: too_young", "", "The `flag: too_young` of age is gone", "ask: age"),
    Break("D11", CONSENT, "    required: true\n", "", "The line `required: true` of consent.keep is gone", "ask: consent.keep"),
    Break("D11", INTAKE, "    flags: {safety: danger}\n", "", "The `flag: danger` of rest is gone", "ask: rest"),
    Break("D11", INTAKE, "    place: true\n", "", "The line `place: true` of place is gone", "ask: place"),
    Break("D12", INTAKE, DEBTS, f"{DEBTS}{{clinic}} ", "Nothing fills {clinic} in intake/money.what.debts. Nothing is"),
    Break("D12", INTAKE, '    label: "Money"\n', '    label: "Money {clinic}"\n', "Nothing fills {clinic}", "ask: money.need"),
    Break("D12", CHECK_IN, 'reply: "I am', 'reply: "{clinic}, I am', "Nothing fills {clinic}", "reply:"),
    Break("D12", INTAKE, ASKED, 'text: "{step} What matters most', "Nothing fills {step}", "ask: matters"),
    Break("D12", BOOK, "", '  - say: hi\n    text: "Hello from {clinic}."\n', "{clinic} in phrasebook/hi", "say: hi"),
    Break("D12", SCHEME, 'label: "Grief"', 'label: "Grief {clinic}"', "Nothing fills {clinic} in scheme/reasons.grief", "grief"),
    Break("D12", SCHEME, 'duty: "', 'duty: "{duty} ', "Nothing fills {duty} in scheme.duty"),
    Break("D12", ONS4, 'text: "Overall,', 'text: "{zzz} overall,', "{zzz} in instrument/ons4.satisf", "satisfaction:"),
    Break("D13", ONS4, 'text: "Overall,', 'text: "You & me,', "write &lt; for < and &amp; for &", "satisfaction: {text"),
    Break("D15", INTAKE, DEBTS, DEBTS + "so " * 30, "Keep it below 64: a button shows one line", "id: debts"),
    Break("D14", INTAKE, '    label: "Money"\n', f'    label: "{"so " * 30}"\n', "Keep it below 64", "ask: money.need"),
    Break("D16", CONSENT, "years: [18, 25]", "years: [18, 20]", "age does not hold every age from 0 to 120 once", "ask: age"),
    Break("D16", CONSENT, "years: [18, 25]", "years: [18, 40]", "age does not hold every age from 0 to 120 once", "ask: age"),
    Break("D17", INTAKE, "domain: money", "domain: monney", "is about monney, which is no part of life", "ask: money.need"),
    Break("D19", ELIGIBILITY, "has: {yes: [veteran]}", "has: {yes: [soldier]}", "tells that somebody is soldier", "ask: veteran"),
    Break("D19", ELIGIBILITY, "- ask: veteran", "- ask: shoe.size", "shoe.size is asked by nothing. Use one of", "shoe.size"),
    Break("D11", ELIGIBILITY, "{id: female,", "{id: lady,", "The answer female to gender is gone", "ask: gender"),
    Break("D18", CHECK_IN, "<tg-spoiler>{step}</tg-spoiler>", "{step}", "Put it inside <tg-spoiler>", "ask: check_in.how"),
    Break("M04", ONS4, "id: ons4", "id: ons5", "Write `id: ons4`, as the page is called"),
)  # fmt: skip


def read_alone(folder: Path, page: str) -> Complaints:
    """Read one page by itself, and look for all that can be seen there."""
    complaints, name = Complaints(), Path(page).stem
    match page.split("/")[1:]:
        case ["lexicon", _]:
            read_lexicon(folder, name, {}, complaints)
        case ["instruments", _]:
            read_instruments(folder, complaints)
        case ["scheme.yaml"]:
            scheme = read_scheme_page(folder, complaints)
            look_at_sources(scheme.sources if scheme else (), complaints)
        case ["follow_up.yaml"]:
            read_follow_up(folder, complaints)
        case ["needs.yaml"]:
            look_at_sources(read_needs(folder, complaints).sources, complaints)
        case ["crisis_lines.yaml"]:
            read_emergency(folder, "GB", TODAY, complaints)
        case ["phrasebook.yaml"]:
            look_at_sources(read_phrasebook(folder, complaints).sources, complaints)
        case _:
            if dialog := read_dialog(folder, name, {}, complaints):
                look_at_joins([dialog], {}, complaints)
                look_at_sources(dialog.sources, complaints)
    return complaints


@pytest.mark.parametrize("one", SLIPS, ids=[f"{n}-{one.code}-{one.new[:20]!r}" for n, one in enumerate(SLIPS)])
def test_a_slip_is_found_where_it_stands(tmp_path: Path, one: Break) -> None:
    words = (ROOT / one.page).read_text("utf-8")
    assert one.old in words
    path = tmp_path / one.page
    path.parent.mkdir(parents=True)
    path.write_text(words.replace(one.old, one.new, 1) if one.old else words + one.new, "utf-8")
    complaints = read_alone(tmp_path, one.page)
    found = [f for f in complaints if f.code == one.code and one.says in f"{f.words} {f.remedy}"]
    assert found, [*map(str, complaints)]
    assert found[0].path == one.page
    assert one.at in path.read_text("utf-8").splitlines(keepends=True)[found[0].line - 1], found[0]


@pytest.mark.parametrize("hour", ['"20:00"', "20:00"], ids=["quoted", "as it is"])
def test_an_hour_is_the_hour_that_is_written(tmp_path: Path, hour: str) -> None:
    """YAML 1.1 reads 20:00 as 1200."""
    (tmp_path / "dialogs").mkdir()
    (tmp_path / SCHEME).write_text((ROOT / SCHEME).read_text("utf-8").replace('"21:00"', hour), "utf-8")
    scheme = read_scheme_page(tmp_path, Complaints())
    assert scheme is not None
    assert scheme.quiet_hours.begin == time(20)


@pytest.mark.parametrize("one", BREAKS, ids=[f"{n}-{one.code}" for n, one in enumerate(BREAKS)])
def test_a_bad_page_is_refused_with_file_line_code_and_remedy(pages: Pages, one: Break) -> None:
    folder = pages(one.page, one.old, one.new)
    with pytest.raises(ContentWrong) as wrong:
        load(folder, TODAY)
    found = [f for f in check(folder, TODAY).grave if f.code == one.code and one.says in f"{f.words} {f.remedy}"]
    assert found, str(wrong.value)
    assert str(found[0]) in str(wrong.value), "the start is refused with the same words"
    assert found[0].remedy
    if one.at:
        lines = (folder / found[0].path).read_text("utf-8").splitlines(keepends=True)
        assert one.at in lines[found[0].line - 1], found[0]


def test_a_language_without_a_word_for_a_way_out_is_refused(pages: Pages) -> None:
    stop = re.search(r"^  stop:.*?\n(?=  \w)", (ROOT / EN).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert stop
    (found,) = read_alone(pages(EN, stop[0], ""), EN).grave
    assert (found.code, found.words) == ("L03", "Nothing people type means `stop:`.")


def test_a_page_that_is_not_there(pages: Pages) -> None:
    folder = pages(SCHEME)
    (folder / INTAKE).unlink()
    assert [one for one in check(folder, TODAY).grave if (one.code, one.path) == ("P01", INTAKE)]


def test_every_code_is_proved_here() -> None:
    assert {one.code for one in (*BREAKS, *SLIPS)} | {"P01", "L03"} == CODES.keys()


FIFTEEN = [
    Break("P03", INTAKE, "", "  - ask: nothing\n", "`text:` is missing"),
    Break("P04", INTAKE, "    domain: food\n", "    domaine: food\n", "`domaine:` is not known"),
    Break("P05", INTAKE, "up_to: 3", "up_to: three", "`up_to:` cannot be read"),
    Break("D02", INTAKE, "- ask: words\n", "- ask: place\n", "place is asked twice"),
    Break("D07", INTAKE, "needs: [money_benefits]", "needs: [gold]", "the need gold"),
    Break("D08", INTAKE, "when: {matters: [housing]}", "when: {mattress: [housing]}", "waits for mattress"),
    Break("D09", INTAKE, "when: {energy.need: [yes, sometimes]}", "when: {energy.need: [yes, often]}", "waits for often"),
    Break("D12", CONSENT, "They work with {clinic}.", "They work with {clinc}.", "{clinc}"),
    Break("P05", SCHEME, 'from: "21:00"', 'from: "9 pm"', "no time of day"),
    Break("P05", FOLLOW_UP, "close_after: 14", "close_after: never", "`close_after:` cannot be read"),
    Break("P05", BOOK, "flag: danger}", "flag: dangr}", "dangr"),
    Break("M02", ONS4, "low: [0, 4]", "low: [0, 5]", "bands of satisfaction"),
    Break("P03", NEEDS, "label: Money and benefits", "lable: Money", "`label:` is missing"),
    Break("P04", NEEDS, "label: Food\n", "label: Food\n    colour: red\n", "`colour:` is not known"),
    Break("D06", PLAN, 'label: "Find out more about it"', 'label: "ring somebody who can help"', "labelled"),
]


def test_fifteen_mistakes_are_all_named_at_once(pages: Pages) -> None:
    for one in FIFTEEN:
        folder = pages(one.page, one.old, one.new)
    told = CliRunner().invoke(cli, ["check", str(folder)])
    assert told.exit_code == 1
    lines = told.stdout.splitlines()
    for one in FIFTEEN:
        assert [line for line in lines if line.startswith(f"{one.page}:") and f" {one.code} " in line and one.says in line], one


def test_a_scheme_that_is_wrong_hides_nothing_of_the_other_pages(pages: Pages) -> None:
    pages(EN, "intake/matters.money", "intake/matters.mony")
    pages(ES, "Trabaja con {clinic}", "Trabaja con {clinica}")
    pages(CRISIS, "  GB:", "  FR:")
    pages(ONS4, "low: [0, 4]", "low: [four]")
    folder = pages(SCHEME, "adult_age: 18", "adult_age: old")
    found = {(one.code, one.path) for one in check(folder, TODAY) if one.code != "N01"}
    assert found == {("P05", SCHEME), ("P05", ONS4), ("L01", EN), ("W04", ES), ("C01", CRISIS)}


def test_without_a_scheme_the_languages_are_those_that_have_a_lexicon(pages: Pages) -> None:
    folder = pages(SCHEME, "name: Kittersea Link", "name: [")
    assert {(one.code, one.path) for one in check(folder, TODAY) if one.code != "N01"} == {("P02", SCHEME)}


def test_mistakes_do_not_bring_complaints_about_what_is_right(pages: Pages) -> None:
    """A question that cannot be read hides nothing that waits for it, and nothing people type for it."""
    (found,) = check(pages(INTAKE, "up_to: 3", "up_to: three"), TODAY).grave
    assert found.code == "P05"


def test_what_ships_has_nothing_to_mend_and_says_what_is_worth_knowing(pages: Pages) -> None:
    told = CliRunner().invoke(cli, ["check", str(pages(SCHEME))])
    assert told.exit_code == 0
    assert "0 to mend" in told.stdout
    assert {one.code for one in check(ROOT, TODAY)} == {"N01", "N02"}


@pytest.mark.parametrize(
    ("code", "page", "old", "new", "says"),
    [
        ("N03", ES, 'msgstr "Dinero"', 'msgstr "Money"', "is the same as the English"),
        ("N04", INTAKE, "What matters most to you now?", "What " + "so " * 15 + "matters?", "a sentence of 17 words"),
        ("N05", "dialogs/closing.yaml", "It helped me", "Institutional accountability " * 9, "reads at school grade"),
    ],
)
def test_what_is_only_worth_knowing_stops_nothing(pages: Pages, code: str, page: str, old: str, new: str, says: str) -> None:
    found = [one for one in check(pages(page, old, new), TODAY) if one.code == code]
    assert found, code
    assert says in found[0].words
    assert found[0].is_note


def test_a_page_with_a_slip_in_its_name_is_not_passed_over_in_silence(pages: Pages) -> None:
    folder = pages(SCHEME)
    (folder / "dialogs/lexicon/es_MX.yaml").write_text("escapes: {}", "utf-8")
    assert [one.path for one in check(folder, TODAY) if one.code == "N06"] == ["dialogs/lexicon/es_MX.yaml"]


def test_while_pages_are_written_a_text_without_translation_stands_in_english(pages: Pages) -> None:
    folder = pages(INTAKE, "What matters most to you now?", "What matters to you?")
    with pytest.raises(ContentWrong, match="W02"):
        load(folder, TODAY)
    complaints = Complaints()
    tried = read_release(folder, TODAY, complaints, being_written=True)
    assert tried is not None
    assert [one.path for one in complaints if one.code == "N07"] == [
        f"locales/{code}/LC_MESSAGES/rxbot.po" for code in ("ar", "es")
    ]
    assert tried.words.wording("es")["intake/matters"] == "What matters to you?"
    assert tried.words.wording("es")["intake/matters.money"] == "Dinero"


def test_notes_are_all_proved_here() -> None:
    assert set(NOTES) == {"N01", "N02", "N03", "N04", "N05", "N06", "N07", "N08"}


def test_complaints_come_as_json_for_programs(pages: Pages) -> None:
    told = CliRunner().invoke(cli, ["check", str(pages(SCHEME, "country: GB", "country: FR")), "--json"])
    assert '"code": "C01"' in told.stdout
    assert told.exit_code == 1


def test_a_folder_without_pages_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(ContentWrong, match="holds no dialogs/"):
        check(tmp_path, TODAY)


def test_ids_that_just_fit_into_a_button_do(pages: Pages) -> None:
    pages(SCHEME, "languages: [en, es, ar]", "languages: [en]")
    assert load(pages(INTAKE, "", STEP.replace("more", "m" * 40)), TODAY).content.scheme.languages == ("en",)


@pytest.mark.parametrize("content", [b"- a\n- b\n", b"", b"\xff\xfe", b"a: \x07\n", b"a: b: c\n", b"steps:\n", b"steps: 1\n"])
def test_whatever_a_file_holds_it_is_a_complaint_with_its_path(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dialogs").mkdir()
    (tmp_path / "dialogs/page.yaml").write_bytes(content)
    complaints = Complaints()
    assert read_dialog(tmp_path, "page", {}, complaints) is None
    assert [(one.path, one.line) for one in complaints.grave] == [("dialogs/page.yaml", 1)]


def test_yes_no_on_and_off_stay_words_and_true_and_false_do_not(tmp_path: Path) -> None:
    (tmp_path / "page.yaml").write_text("ids: [yes, no, on, off, Yes]\nplace: true\nwants: false\nn: 3\nday: 2026-03-02\n")
    page = read_page(tmp_path, "page.yaml", Complaints())
    assert page is not None
    assert page["ids"] == ["yes", "no", "on", "off", "Yes"]
    assert (page["place"], page["wants"], page["n"], page["day"]) == (True, False, 3, date(2026, 3, 2))


LINE = '  GB:\n    emergency: "999"\n    lines:\n      - {name: Samaritans, tel: "116 123", hours: "24/7", confirmed_on: null}'


@pytest.mark.parametrize(
    ("confirmed_on", "shown"),
    [("null", 0), ("2025-03-01", 0), ("2025-03-02", 1), ("2026-03-02", 1), ("2026-03-03", 0)],
    ids=["nobody", "over a year ago", "a year ago", "today", "tomorrow"],
)
def test_a_crisis_line_is_shown_while_somebody_vouches_for_it(pages: Pages, confirmed_on: str, shown: int) -> None:
    folder = pages(CRISIS, LINE, LINE.replace("null", confirmed_on))
    emergency = load(folder, TODAY).content.emergency
    assert emergency.number == "999"
    assert emergency.directory
    assert len(emergency.lines) == shown


def test_a_release_is_named_by_what_is_in_it(pages: Pages, release: Release) -> None:
    folder = pages(SCHEME)
    assert load(folder, TODAY).content.release == release.content.release
    assert load(pages(SCHEME, "reach_km: 10", "reach_km: 11"), TODAY).content.release != release.content.release


def test_a_reviewed_language_is_offered_without_drafts(pages: Pages) -> None:
    pages(SCHEME, "drafts_allowed: true", "drafts_allowed: false")
    pages("locales/es/LC_MESSAGES/rxbot.po", "X-Reviewed-By: ", "X-Reviewed-By: Paz")
    folder = pages("locales/ar/LC_MESSAGES/rxbot.po", "X-Reviewed-By: ", "X-Reviewed-By: Lena")
    assert load(folder, TODAY).content.scheme.languages == ("en", "es", "ar")


def test_whatever_the_pages_join_is_there(release: Release) -> None:
    """The code names these itself."""
    content = release.content
    for domain in {q.domain for d in content.dialogs.values() for q in d.questions if q.domain}:
        assert f"intake/matters.{domain}" in content.wording["en"]


def test_every_question_that_the_code_names_is_counted_on(release: Release) -> None:
    """An author who renames one is told by `rxbot check`, not by a person who is stuck."""
    asked = {(d.id, q.id) for d in release.content.dialogs.values() for q in d.questions if not q.instrument}
    optional = {"check_in.barrier", "plan.hope", "plan.day", "plan.cue", "plan.obstacle", "plan.way_round", "plan.smaller"}
    optional |= {"plan.smallest", "plan.confidence_again", "check_in.onward", "closing.best"}
    source = "\n".join(p.read_text("utf-8") for room in ("episode", "clock.py") for p in _pages_of(ROOT / "src/rxbot" / room))
    named = {(dialog, question) for dialog, question in asked if "." in question and f'"{question}"' in source}
    counted_on = {(dialog, question) for dialog, questions in COUNTED_ON.items() for question in questions}
    assert {question for _, question in named - counted_on} == optional, "without these the bot does its work too"


def _pages_of(path: Path) -> list[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]
