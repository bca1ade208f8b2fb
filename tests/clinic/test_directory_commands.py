"""What the coordinator does about the directory, by the commands."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from clinic_acts import browser_of
from mail_box import Mailbox, mail_server
from typer.testing import CliRunner

from rxbot import app as root
from rxbot.__main__ import cli
from rxbot.clinic.pages import House
from rxbot.clock import real_now
from rxbot.content.load import Release
from rxbot.directory.checks import Amendment, Statement
from rxbot.directory.email import email_of
from rxbot.directory.model import Organization, Service
from rxbot.directory.reports import ReportKind
from rxbot.episode import provider_phrases
from rxbot.episode.model import Episode
from rxbot.errors import MailAway, Refused, SettingsWrong
from rxbot.settings import read_settings
from rxbot.store import episodes, provider_links, service_checks, service_standards
from rxbot.store.directory_reports import report
from rxbot.store.directory_rows import all_services, save_feed, service_key, service_of
from rxbot.store.episodes import Held
from rxbot.store.service_checks import Speaker

BANK = Service("1", "Food Bank", Organization("o", "The Larder", email="post@larder.example.org"), status="active")
KEY = service_key("town", "1")
PAT = Speaker("Pat Brook", "manager")


@pytest.fixture
def operated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: Release) -> House:
    monkeypatch.setenv("RXBOT_DATABASE_URL", f"sqlite:///{tmp_path / 'rxbot.db'}")
    monkeypatch.setenv("RXBOT_PUBLIC_URL", "https://clinic.test")
    monkeypatch.setattr(root, "load_release", lambda *_, **__: release)
    monkeypatch.setattr(root.os, "umask", lambda _: None)
    house = House(root.open_store(read_settings()), release, real_now, lambda: "marrow_bay_bot", "https://clinic.test")
    with house.store.begin() as unit:
        save_feed(unit, "town", [BANK], real_now())
    return house


def says(*command: str) -> str:
    told = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return told.output


def is_stated(house: House, statement: Statement) -> None:
    with house.store.begin() as unit:
        service_checks.check(unit, KEY, statement, PAT, real_now(), real_now().date())


def test_answers_are_listed_until_they_are_settled(operated: House) -> None:
    is_stated(operated, Statement("changed", "We moved", Amendment(phone="01632 960777")))
    listed = says("directory", "answers")
    assert all(words in listed for words in ("Food Bank", "Pat Brook, manager", "We moved", "01632 960777", "1 waiting"))
    [row] = json.loads(says("directory", "answers", "--json"))
    assert (row["service"], row["statement"]["amendment"]["phone"]) == (KEY, "01632 960777")
    assert "People are shown" in says("directory", "settle", str(row["number"]), "take", "--by", "Kim")
    with operated.store.begin() as unit:
        service = service_of(unit, KEY)
    assert service
    assert service.phones[0].number == "01632 960777"
    assert "0 waiting" in says("directory", "answers")
    with pytest.raises(Refused, match="No answer"):
        says("directory", "settle", str(row["number"]), "leave", "--by", "Kim")


def test_an_import_tells_of_what_providers_say_otherwise(operated: House, tmp_path: Path) -> None:
    is_stated(operated, Statement("closed"))
    feed = tmp_path / "town.json"
    feed.write_text(json.dumps([{"id": "1", "name": "Food Bank", "status": "active", "organization": {"id": "o", "name": "L"}}]))
    assert "Of 1 their provider has said otherwise" in says("directory", "import", str(feed))


# Asking providers


LARDER, HALL = Organization("o", "The Larder", email="Post@Larder.example.org "), Organization("p", "The Hall")
VAN = Service("2", "Food Van", LARDER)
CHOIR = Service("3", "Choir", HALL, email="choir@hall.example.org")
FRESH = Service("4", "Walks", HALL, email="walks@hall.example.org", assured_date=real_now().date() - timedelta(days=2))
MUTE = Service("5", "Bingo", HALL, email="not an address")


@pytest.fixture
def box(operated: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with operated.store.begin() as unit:
        save_feed(unit, "town", [BANK, VAN, CHOIR, FRESH, MUTE], real_now())
    with mail_server() as box:
        monkeypatch.setenv("RXBOT_SMTP_URL", box.url)
        monkeypatch.setenv("RXBOT_MAIL_FROM", "Kittersea Link <link@clinic.example.org>")
        yield box


def receivers(box: Mailbox) -> list[str]:
    return sorted(one["To"] for one in box.arrived)


def test_each_provider_gets_one_letter_about_all_that_nobody_has_vouched_for(box: Mailbox) -> None:
    assert says("directory", "recheck") == "2 letters went out, 0 were refused.\n"
    assert receivers(box) == ["choir@hall.example.org", "post@larder.example.org"]
    [letter] = [one.get_content() for one in box.arrived if one["To"] == "post@larder.example.org"]
    assert all(words in letter for words in ("- Food Bank", "- Food Van", "social prescribing", "Do not write to us again"))
    assert "Choir" not in letter


async def test_the_link_in_a_letter_opens_the_page(operated: House, box: Mailbox) -> None:
    says("directory", "recheck")
    [letter] = [one.get_content() for one in box.arrived if one["To"] == "post@larder.example.org"]
    [link] = re.findall(r"https://clinic\.test\S+", letter)
    async with browser_of(operated) as browser:
        page = await browser.get(link)
    assert page.status_code == 200
    assert "Food Van" in page.text
    [day] = re.findall(r"works until (\d+ \w+ \d+)", letter)
    assert day in page.text


@pytest.fixture
def spanish(box: Mailbox, operated: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """A scheme that knows of a publisher whose providers read Spanish."""
    content = operated.release.content
    scheme = replace(content.scheme, publisher_languages={"ciudad": "es"})
    release = replace(operated.release, content=replace(content, scheme=scheme))
    monkeypatch.setattr(root, "load_release", lambda *_, **__: release)
    with operated.store.begin() as unit:
        save_feed(unit, "ciudad", [replace(CHOIR, id="9", name="Coro", email="coro@hall.example.org")], real_now())
    return replace(operated, release=release)


async def test_a_letter_is_in_the_language_of_the_publisher_and_leads_to_a_page_in_it(spanish: House, box: Mailbox) -> None:
    says("directory", "recheck")
    by_receiver = {one["To"]: one for one in box.arrived}
    letter, other = by_receiver["coro@hall.example.org"], by_receiver["choir@hall.example.org"]
    words = spanish.release.words
    assert letter["Subject"] == words.label(provider_phrases.LETTER_SUBJECT(scheme="Kittersea Link"), "es")
    assert (letter["Content-Language"], other["Content-Language"]) == ("es", "en")
    assert words.label(provider_phrases.LETTER_HELLO(), "es") in letter.get_content()
    assert "Hello" not in letter.get_content()
    assert all(name in letter.get_content() for name in ("English", "العربية")), "it names the languages the page has besides"
    [link] = re.findall(r"https://clinic\.test\S+", letter.get_content())
    async with browser_of(spanish) as browser:
        page = await browser.get(link)
        assert '<html lang="es" dir="ltr">' in page.text
        [stop] = re.findall(r"<(https://clinic\.test\S+)>", letter["List-Unsubscribe"])
        assert (await browser.post(stop, data={"List-Unsubscribe": "One-Click"})).status_code == 200
    assert other["Subject"] == "Are your details still right? (Kittersea Link)"
    assert "Could you look whether your details are still right?" in other.get_content(), "of one service or of several"


async def test_the_next_letter_is_in_the_language_that_was_chosen_on_the_page(
    spanish: House, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    says("directory", "recheck")
    [letter] = [one for one in box.arrived if one["To"] == "coro@hall.example.org"]
    [link] = re.findall(r"https://clinic\.test\S+", letter.get_content())
    async with browser_of(spanish) as browser:
        await browser.get(f"{link}?language=ar")
        assert '<html lang="ar" dir="rtl">' in (await browser.get(link)).text, "the letter's own link does not undo it"
    later = real_now() + timedelta(days=15)
    monkeypatch.setattr(root, "now_of", lambda _: lambda: later)
    says("directory", "recheck")
    languages = [one["Content-Language"] for one in box.arrived if one["To"] == "coro@hall.example.org"]
    assert languages == ["es", "ar"]
    assert {one["Content-Language"] for one in box.arrived if one["To"] == "choir@hall.example.org"} == {"en"}


def test_one_letter_about_services_of_two_publishers_is_in_the_language_of_the_scheme(spanish: House, box: Mailbox) -> None:
    with spanish.store.begin() as unit:
        save_feed(unit, "ciudad", [replace(CHOIR, id="9", name="Coro")], real_now())
    says("directory", "recheck")
    [letter] = [one for one in box.arrived if one["To"] == "choir@hall.example.org"]
    assert letter["Content-Language"] == "en"
    assert all(name in letter.get_content() for name in ("- Choir", "- Coro"))


def test_nobody_is_written_to_twice_within_a_fortnight(
    operated: House, box: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.refuses = {"choir@hall.example.org": "550 No such user"}
    assert says("directory", "recheck").endswith("1 letter went out, 1 was refused.\n")
    box.refuses = {}
    clock = real_now()
    for days, letters in ((13, 1), (15, 3)):
        monkeypatch.setattr(root, "now_of", lambda _, days=days: lambda: clock + timedelta(days=days))
        says("directory", "recheck")
        assert len(box.arrived) == letters


def test_who_does_not_answer_two_letters_is_left_in_peace_for_half_a_year(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = real_now()
    for days, letters in ((0, 2), (15, 4), (30, 4), (170, 4), (181, 7)):  # the fresh one is old by then
        monkeypatch.setattr(root, "now_of", lambda _, days=days: lambda: clock + timedelta(days=days))
        says("directory", "recheck")
        assert len(box.arrived) == letters


async def test_a_mail_program_can_stop_the_letters_by_itself(operated: House, box: Mailbox) -> None:
    says("directory", "recheck", "--limit", "1")
    [letter] = box.arrived
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [stop] = re.findall(r"<(https://clinic\.test\S+)>", letter["List-Unsubscribe"])
    async with browser_of(operated) as browser:
        assert (await browser.post(stop, data={"List-Unsubscribe": "One-Click"})).status_code == 200
    with operated.store.begin() as unit:
        assert provider_links.is_silent(unit, letter["To"])


def test_a_server_that_goes_away_in_the_middle_leaves_nobody_written_to_twice(box: Mailbox) -> None:
    box.hangs_up_after = 1
    told = CliRunner().invoke(cli, ["directory", "recheck"])
    assert isinstance(told.exception, MailAway)
    assert "1 letter went out before that, 1 did not." in told.stderr
    box.hangs_up_after = None
    says("directory", "recheck")
    assert len(receivers(box)) == len(set(receivers(box)))


def test_who_could_not_be_reached_for_now_is_written_to_again(box: Mailbox) -> None:
    box.refuses = {"choir@hall.example.org": "450 Try again later"}
    assert "450 Try again later" in says("directory", "recheck")
    box.refuses = {}
    says("directory", "recheck")
    assert receivers(box) == ["choir@hall.example.org", "post@larder.example.org"]


def test_a_dry_run_names_who_would_be_written_to_and_writes_to_nobody(box: Mailbox) -> None:
    for _ in range(2):
        said = says("directory", "recheck", "--dry-run")
        assert "post@larder.example.org: Food " in said
        assert said.endswith("2 to write to.\n")
    assert box.arrived == []


def test_who_is_written_to_can_be_narrowed(operated: House, box: Mailbox) -> None:
    with operated.store.begin() as unit:
        save_feed(unit, "county", [replace(CHOIR, id="9", email="far@hall.example.org")], real_now())
    assert says("directory", "recheck", "--dry-run", "--publisher", "county").startswith("far@hall.example.org: Choir")
    assert says("directory", "recheck", "--dry-run", "--limit", "1").endswith("1 to write to.\n")
    assert "walks@hall.example.org" not in says("directory", "recheck", "--dry-run", "--older-than", "9")
    assert "walks@hall.example.org" in says("directory", "recheck", "--dry-run", "--older-than", "0")


@pytest.mark.parametrize("asked", [("--limit", "-3"), ("--limit", "0"), ("--older-than", "-5")])
def test_a_number_that_is_none_writes_to_nobody(box: Mailbox, asked: tuple[str, str]) -> None:
    told = CliRunner().invoke(cli, ["directory", "recheck", *asked])
    assert told.exit_code == 2
    assert asked[0] in told.output
    assert box.arrived == []


def test_a_publisher_that_nobody_knows_is_no_empty_round(box: Mailbox) -> None:
    with pytest.raises(Refused, match="no publisher 'nosuch'") as wrong:
        says("directory", "recheck", "--publisher", "nosuch")
    assert wrong.value.remedy == "There are: town."


def test_who_asked_for_no_more_letters_gets_none(box: Mailbox) -> None:
    says("directory", "silence", "CHOIR@hall.example.org")
    says("directory", "recheck")
    assert receivers(box) == ["post@larder.example.org"]


def test_what_is_no_address_cannot_be_silenced(box: Mailbox) -> None:
    with pytest.raises(Refused, match="'the choir' is no e-mail address"):
        says("directory", "silence", "the choir")


def test_what_is_closed_is_not_asked_about(operated: House, box: Mailbox) -> None:
    is_stated(operated, Statement("closed"))
    assert "post@larder.example.org: Food Van\n" in says("directory", "recheck", "--dry-run")


@pytest.mark.parametrize("unset", ["RXBOT_PUBLIC_URL", "RXBOT_SMTP_URL", "RXBOT_MAIL_FROM"])
def test_without_what_letters_need_none_is_noted(box: Mailbox, monkeypatch: pytest.MonkeyPatch, unset: str) -> None:
    with monkeypatch.context() as without:
        without.delenv(unset)
        with pytest.raises(SettingsWrong, match=unset):
            says("directory", "recheck")
    assert says("directory", "recheck", "--dry-run").endswith("2 to write to.\n")
    assert box.arrived == []


def test_a_letter_that_came_back_is_noted(operated: House, box: Mailbox) -> None:
    with pytest.raises(Refused, match="No letter went to"):
        says("directory", "bounced", "choir@hall.example.org")
    says("directory", "recheck")
    says("directory", "bounced", "choir@hall.example.org")
    with operated.store.begin() as unit:
        assert provider_links.bounced(unit) == {"choir@hall.example.org"}


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Post@Larder.example.org ", "post@larder.example.org"),
        ("mailto:post@larder.example.org", "post@larder.example.org"),
        ("a@b.org, c@d.org", ""),
        ("a@b.org\nBcc: x@y.org", ""),
        ("ask at the desk", ""),
        ("a@localhost", ""),
    ],
)
def test_only_what_is_an_address_is_written_to(written: str, address: str) -> None:
    assert email_of(Service("1", "s", email=written)) == address
    assert email_of(Service("1", "s", Organization("o", "n", email=written))) == address


def test_stale_counts_lights_and_whom_nobody_can_ask(operated: House, box: Mailbox) -> None:
    box.refuses = {"choir@hall.example.org": "550 No such user"}
    says("directory", "recheck")
    found = json.loads(says("directory", "stale", "--json"))
    assert found["all"] == found["by_publisher"]["town"] == {"green": 1, "amber": 0, "red": 0, "never": 4}
    assert found["by_need"]["food"] == {"green": 0, "amber": 0, "red": 0, "never": 2}
    assert (found["without_email"], found["bounced"]) == (1, 1)
    assert [one["name"] for one in found["oldest"]] == ["Bingo", "Choir", "Food Bank", "Food Van", "Walks"]
    said = says("directory", "stale")
    assert "1 without an e-mail address, 1 whose last letter did not arrive." in said
    assert re.search(r"town +green +1 +amber +0 +red +0 +never +4", said)


def test_a_provider_that_answers_turns_its_light_to_green(operated: House, box: Mailbox) -> None:
    is_stated(operated, Statement("right"))
    assert json.loads(says("directory", "stale", "--json"))["all"]["green"] == 2


# Minimum standards


@pytest.fixture
def strict(operated: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """A scheme that asks for two things before anybody is referred."""
    content = operated.release.content
    scheme = replace(content.scheme, minimum_standards=("contact", "safeguarding"))
    release = replace(operated.release, content=replace(content, scheme=scheme))
    monkeypatch.setattr(root, "load_release", lambda *_, **__: release)
    return operated


def test_what_was_made_sure_of_is_noted_with_who_and_when(strict: House) -> None:
    before = says("directory", "standards", KEY)
    assert before.startswith(f"Food Bank ({KEY})\n")
    assert "contact      not known (asked for)" in before
    assert before.endswith("Signpost only.\n")
    half = says("directory", "standards", "Food bank", "--set", "contact=yes", "--set", "insurance=no", "--by", "Kim")
    assert f"contact      yes, Kim, {real_now():%Y-%m-%d} (asked for)" in half
    assert "insurance    no, Kim" in half
    assert half.endswith("Signpost only.\n")
    assert says("directory", "standards", KEY, "--set", "safeguarding=yes", "--by", "Ola").endswith(
        "People may be referred there.\n"
    )
    assert says("directory", "standards", KEY, "--set", "contact=no", "--by", "Ola").endswith("Signpost only.\n")


def test_where_the_scheme_draws_no_line_that_is_said(operated: House) -> None:
    told = says("directory", "standards", KEY, "--set", "safeguarding=no", "--by", "Kim")
    assert "No line is drawn: minimum_standards in scheme.yaml names none" in told


def test_a_provider_that_does_not_agree_is_signposted_only(operated: House) -> None:
    assert says("directory", "standards", KEY).endswith("People may be referred there.\n")
    with operated.store.begin() as unit:
        service_checks.agree(unit, [KEY], False, PAT, real_now())
    assert says("directory", "standards", KEY).endswith("agreed       no\nSignpost only.\n")


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        ((KEY, "--set", "contact=yes"), "Nobody is named"),
        ((KEY, "--set", "contact", "--by", "Kim"), "says nothing of a standard"),
        ((KEY, "--set", "charm=yes", "--by", "Kim"), "says nothing of a standard"),
        (("No such place",), "0 services are called"),
    ],
)
def test_what_names_no_standard_or_service_is_refused(operated: House, command: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(Refused, match=complaint):
        says("directory", "standards", *command)
    with operated.store.begin() as unit:
        assert service_standards.noted(unit, KEY) == {}


def people_say_it_is_wrong(house: House) -> None:
    with house.store.begin() as unit:
        for n, kind in enumerate(ReportKind, 1):
            episodes.meet(unit, f"p{n}", "telegram", f"700{n}", real_now())
            unit.keys.make(f"e{n}")
            episodes.start(unit, Held(f"p{n}", f"700{n}", Episode(f"e{n}", "harbour")), real_now())
            report(unit, KEY, kind, f"p{n}", f"e{n}", real_now())


def test_a_suspended_service_is_listed_and_shown_again_by_its_key(operated: House) -> None:
    assert "0 suspended" in says("directory", "restore-service")
    people_say_it_is_wrong(operated)
    listed = says("directory", "restore-service")
    assert f"{KEY}  Food Bank: closed (1), not_as_described (1), wrong_number (1)" in listed
    assert "its provider answers" not in listed
    with operated.store.begin() as unit:
        service_checks.check(unit, KEY, Statement("right"), PAT, real_now(), real_now().date())
    assert "its provider answers: right" in says("directory", "restore-service")
    assert "shown again" in says("directory", "restore-service", KEY)
    assert "0 suspended" in says("directory", "restore-service")
    with pytest.raises(Refused, match="is suspended"):
        says("directory", "restore-service", KEY)


def is_offered(house: House) -> bool:
    with house.store.begin() as unit:
        return KEY in [service.key for _, service in all_services(unit)]


def test_what_is_checked_and_closed_by_its_provider_is_not_said_to_be_shown_until_somebody_says_it_is_open(
    operated: House,
) -> None:
    people_say_it_is_wrong(operated)
    is_stated(operated, Statement("closed"))
    said = says("directory", "restore-service", KEY)
    assert "shown again" not in said
    assert "its provider says that it is closed" in said
    assert "rxbot directory open-again KEY" in said
    assert not is_offered(operated)
    assert "shown again" in says("directory", "open-again", KEY)
    assert is_offered(operated)
    assert "0 waiting" in says("directory", "answers")
    with pytest.raises(Refused, match="No provider says"):
        says("directory", "open-again", KEY)


def test_what_is_settled_as_open_is_not_said_to_be_offered_while_people_say_that_it_is_wrong(operated: House) -> None:
    people_say_it_is_wrong(operated)
    is_stated(operated, Statement("closed"))
    [row] = json.loads(says("directory", "answers", "--json"))
    said = says("directory", "settle", str(row["number"]), "leave", "--by", "Kim")
    assert "shown again" not in said
    assert "people say that something is wrong" in said
