"""Handing letters in at a mail server: with TLS or not at all, and what is refused is told and hinders nobody else."""

import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from mail_box import certificate_in, mail_server

from rxbot.errors import MailAway, SettingsWrong
from rxbot.mail import Mail, MailServer, Refusal, open_post, server_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LETTER = Mail("post@larder.example.org", "Är details right?", "Hello,\n\n.\nGood day: ä\n")
US = "Kittersea Link <link@clinic.example.org>"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", MailServer("smtp", "mail.example.org", 587)),
        ("smtps://me%40x:p%3Aw@mail.example.org", MailServer("smtps", "mail.example.org", 465, "me@x", "p:w")),
        ("smtp://localhost:2525", MailServer("smtp", "localhost", 2525)),
    ],
)
def test_the_address_of_a_mail_server_says_how_it_is_reached(url: str, server: MailServer) -> None:
    assert server_of(url) == server


@pytest.mark.parametrize("url", ["", "mail.example.org", "https://mail.example.org", "smtp://", "smtp://host:port"])
def test_what_names_no_mail_server_is_refused_with_a_remedy(url: str) -> None:
    with pytest.raises(SettingsWrong, match="RXBOT_SMTP_URL"):
        server_of(url)


def test_a_letter_arrives_as_plain_text_with_its_day_and_an_id() -> None:
    with mail_server() as box, open_post(server_of(box.url), US) as post:
        assert post.send(LETTER, NOW) is None
    [one] = box.arrived
    assert (one["From"], one["To"], one["Subject"]) == (US, LETTER.to, LETTER.subject)
    assert parsedate_to_datetime(one["Date"]) == NOW
    assert one["Message-ID"].endswith("@clinic.example.org>")
    assert (one.get_content_type(), one["Auto-Submitted"]) == ("text/plain", "auto-generated")
    assert one.get_content().splitlines() == LETTER.words.splitlines()


@pytest.mark.parametrize("kind", ["starttls", "tls"])
def test_a_letter_goes_by_tls_to_whom_we_trust_alone(tmp_path: Path, kind: str) -> None:
    certificate = certificate_in(tmp_path)
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with mail_server(kind, certificate) as box:
        server = server_of(box.url)
        with pytest.raises(MailAway, match="SSL"), open_post(server, US, trust):
            pass
        trust.load_verify_locations(certificate)
        with open_post(server, US, trust) as post:
            assert post.send(LETTER, NOW) is None
    assert box.over_tls == [True]


def test_a_server_elsewhere_without_tls_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rxbot.mail.HERE", ())
    with mail_server() as box, pytest.raises(MailAway), open_post(server_of(box.url), US):
        pass
    assert box.signed_in == box.arrived == []


def test_we_sign_in_with_what_the_address_holds_and_a_complaint_does_not_tell_it() -> None:
    with mail_server() as box:
        server = server_of(box.url.replace("//", "//link:open%20sesame@"))
        with open_post(server, US) as post:
            assert post.send(LETTER, NOW) is None
        with pytest.raises(MailAway) as told, open_post(server_of(box.url.replace("//", "//link:hush@")), US):
            pass
    assert box.signed_in[0] == "link"
    assert "hush" not in f"{told.value.complaint} {told.value.remedy}"


def test_who_is_refused_is_told_and_the_next_letter_goes_out() -> None:
    with mail_server() as box, open_post(server_of(box.url), US) as post:
        box.refuses = {"gone@larder.example.org": "550 No such user", "later@larder.example.org": "450 Try again"}
        assert post.send(Mail("gone@larder.example.org", "s", "w"), NOW) == Refusal("550 No such user", False)
        assert post.send(Mail("later@larder.example.org", "s", "w"), NOW) == Refusal("450 Try again", True)
        assert post.send(LETTER, NOW) is None
    assert [one["To"] for one in box.arrived] == [LETTER.to]


def test_no_server_at_all_is_said_with_a_remedy() -> None:
    with mail_server() as box:
        pass
    with pytest.raises(MailAway, match="RXBOT_SMTP_URL"), open_post(server_of(box.url), US):
        pass


def test_whom_it_is_from_has_to_be_an_address() -> None:
    with mail_server() as box, pytest.raises(SettingsWrong, match="RXBOT_MAIL_FROM"), open_post(server_of(box.url), "us"):
        pass
