"""Making links, and what is said to the patient before the chat begins."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from clinic_acts import Clock

from rxbot.clinic import qr
from rxbot.clinic.invitations import as_json, code_of, invite, link_of, text_message
from rxbot.clinic.leaflet import leaflet_of
from rxbot.content.load import Release
from rxbot.errors import Refused
from rxbot.store import invitations
from rxbot.store.invitations import Invitation
from rxbot.store.unit import Store

BOT = "marrow_bay_bot"
GSM = re.compile(r"[A-Za-z0-9 .,!?'():;/=_\-\n]*")


def made(store: Store, release: Release, clock: Clock, **asked: object) -> tuple[Invitation, ...]:
    with store.begin() as unit:
        return invite(unit, release.content, clock(), **({"clinic": "harbour", "made_by": "operator"} | asked))


def test_nobody_is_invited_before_a_team_is_ready(store: Store, release: Release, clock: Clock) -> None:
    with pytest.raises(Refused, match="rxbot team bind"):
        made(store, release, clock)


def test_a_survey_is_opened_before_a_team_is_ready(store: Store, release: Release, clock: Clock) -> None:
    (one,) = made(store, release, clock, survey=True)
    assert one.survey


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"clinic": "moon"}, "There is no clinic 'moon'. Choose from: harbour, hillside."),
        ({"language": "xx"}, "There is no language 'xx'. Choose from: en, ar."),
        ({"reason": "rain"}, "There is no reason 'rain'. Choose from: loneliness, "),
        ({"count": 0}, "0 links cannot be made at once. Make 1 to 200."),
        ({"count": 201}, "201 links cannot be made at once. Make 1 to 200."),
        ({"reference": "x" * 81}, "The reference is too long. Use 80 letters or fewer."),
        ({"survey": True, "reference": "A17"}, "A survey is anonymous: its links have no reason and no reference."),
        ({"survey": True, "reason": "money"}, "A survey is anonymous: its links have no reason and no reference."),
    ],
)
@pytest.mark.usefixtures("team")
def test_a_wrong_choice_is_refused_with_the_right_ones(
    store: Store, release: Release, clock: Clock, asked: dict[str, object], complaint: str
) -> None:
    with pytest.raises(Refused) as refused:
        made(store, release, clock, **asked)
    assert str(refused.value).startswith(complaint)


@pytest.mark.usefixtures("team")
def test_a_link_carries_a_random_token_and_nothing_else(store: Store, release: Release, clock: Clock) -> None:
    links = made(store, release, clock, reason="money", reference="A. Patient", language="ar", count=200)
    tokens = {parse_qs(urlsplit(link_of(one, BOT)).query)["start"][0] for one in links}
    assert len(tokens) == len({one.id for one in links}) == len({one.episode_id for one in links}) == 200
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22,64}", token) for token in tokens)
    assert all(link_of(one, BOT).startswith(f"https://t.me/{BOT}?start=") for one in links)


@pytest.mark.usefixtures("team")
def test_what_was_made_is_found_again_by_its_clinic_only(store: Store, release: Release, clock: Clock) -> None:
    [one] = made(store, release, clock, reason="grief", reference="B-17", language="en")
    assert one.expires_at == clock() + timedelta(days=release.content.scheme.invitation_days)
    with store.begin() as unit:
        assert invitations.by_id(unit, "harbour", one.id, clock()) == one
        assert invitations.by_id(unit, "hillside", one.id, clock()) is None


@pytest.mark.usefixtures("team")
def test_an_english_text_message_fits_into_160_letters_and_gives_nothing_away(
    store: Store, release: Release, clock: Clock
) -> None:
    [one] = made(store, release, clock, reason="loneliness", reference="A. Patient", language="en")
    words, link = text_message(release, one, BOT).split("\n")
    assert link == link_of(one, BOT)
    assert words.startswith("Harbour Street Surgery made this link for you.")
    assert len(words) <= 160
    assert GSM.fullmatch(words)
    assert not re.search(r"lonel|health|patient|doctor|help|worry|prescri", words, re.IGNORECASE)


@pytest.mark.usefixtures("team")
def test_the_patient_reads_their_own_language(store: Store, release: Release, clock: Clock) -> None:
    [arabic] = made(store, release, clock, language="ar")
    [unknown] = made(store, release, clock)
    leaflet = leaflet_of(release, arabic, BOT)
    assert (leaflet.language, leaflet.direction) == ("ar", "rtl")
    assert "أبريل" in leaflet.until
    sentence = text_message(release, arabic, BOT).split("\n")[0]
    assert "Harbour Street Surgery" in sentence
    assert release.content.wording["ar"]["link.text"].split("{clinic}")[1] in sentence
    assert leaflet_of(release, unknown, BOT).language == "en"
    assert leaflet_of(release, unknown, BOT).until == "This link is only for you. It works until 1 April 2026."


@pytest.mark.usefixtures("team")
def test_another_program_can_read_what_was_made(store: Store, release: Release, clock: Clock) -> None:
    [one] = made(store, release, clock, language="en", reason="money", reference="B-17")
    assert json.loads(json.dumps(as_json(release, [one], BOT))) == [
        {
            "id": one.id,
            "clinic": "harbour",
            "language": "en",
            "reason": "money",
            "reference": "B-17",
            "link": link_of(one, BOT),
            "code": code_of(one),
            "text": text_message(release, one, BOT),
            "expires_at": "2026-04-01T09:00:00+00:00",
        }
    ]


@pytest.mark.usefixtures("team")
def test_every_link_has_a_code_of_its_own(store: Store, release: Release, clock: Clock) -> None:
    links = made(store, release, clock, count=200)
    assert len({code_of(one) for one in links}) == 200
    assert all(re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", code_of(one)) for one in links)


@pytest.mark.usefixtures("team")
def test_a_leaflet_gives_nothing_away(store: Store, release: Release, clock: Clock) -> None:
    """Others may see it lying on a table."""
    [one] = made(store, release, clock, reason="loneliness", reference="A. Patient", language="en")
    words = str(leaflet_of(release, one, BOT))
    assert not re.search(r"lonel|health|patient|doctor|worr|prescri|surgery|clinic", words, re.IGNORECASE)


def test_both_squares_are_the_link() -> None:
    """Read the drawings back into dark and light, and compare with what the encoder says."""
    link = f"https://t.me/{BOT}?start=abcdefghijklmnopqrstuv"
    wanted = [[bool(dark) for dark in row] for row in segno.make_qr(link, error="m").matrix_iter(border=qr.QUIET)]
    assert dark_of_svg(qr.svg(link), len(wanted)) == wanted
    assert dark_of_terminal(qr.terminal(link))[: len(wanted)] == wanted


def dark_of_svg(svg: str, size: int) -> list[list[bool]]:
    """Follow the pen: rows of strokes one module high."""
    dark = [[False] * size for _ in range(size)]
    pen = re.search(r'stroke="#000"[^>]* d="([^"]+)"', svg) or re.search(r'd="([^"]+)"[^>]* stroke="#000"', svg)
    assert pen
    x = y = 0.0
    for step, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", pen[1]):
        if step == "h":
            dark[int(y)][int(x) : int(x) + int(first)] = [True] * int(first)
            x += int(first)
        else:
            x, y = (float(first), float(second)) if step == "M" else (x + float(first), y + float(second))
    return dark


def dark_of_terminal(drawn: str) -> list[list[bool]]:
    """A half block is two modules, one above the other; what is lit is light."""
    lines = drawn.splitlines()
    return [[block not in lit for block in line] for line in lines for lit in ("█▀", "█▄")]


@pytest.mark.usefixtures("team")
def test_a_survey_says_what_it_is_before_anybody_opens_it(store: Store, release: Release, clock: Clock) -> None:
    [one] = made(store, release, clock, survey=True, language="en")
    assert "anonymous survey" in text_message(release, one, BOT)
    with store.begin() as unit:
        found = invitations.by_token(unit, str(one.private and one.private.token), clock())
    assert found == one


@pytest.mark.usefixtures("team")
def test_without_its_page_there_is_no_survey(store: Store, release: Release, clock: Clock) -> None:
    dialogs = {name: dialog for name, dialog in release.content.dialogs.items() if name != "survey"}
    without = replace(release, content=replace(release.content, dialogs=dialogs))
    with pytest.raises(Refused, match=r"dialogs/survey\.yaml"):
        made(store, without, clock, survey=True)
