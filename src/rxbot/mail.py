"""Send e-mail through a mail server. This is the one room that speaks SMTP.

smtp:// turns to TLS after the greeting, and goes without only on this computer; smtps:// begins with it.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr
from urllib.parse import unquote, urlsplit

from rxbot.errors import MailAway, SettingsWrong

PORTS = {"smtp": 587, "smtps": 465}
HERE = ("localhost", "127.0.0.1", "::1")
PATIENCE = 30.0  # seconds for each answer of the server
LONGEST = 200  # letters of what a server says


@dataclass(frozen=True)
class Mail:
    """A letter in plain text, in a language. `stop` is an address of the web that takes whoever asks off the list, by one POST
    (RFC 8058)."""

    to: str
    subject: str
    words: str
    stop: str = ""
    language: str = ""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in, and as whom."""

    kind: str
    host: str
    port: int
    user: str = ""
    password: str = ""


@dataclass(frozen=True)
class Refusal:
    """What the server said against a letter; whether it may take it another time."""

    said: str
    for_now: bool


def server_of(url: str) -> MailServer:
    """Read the address of a mail server. Raises SettingsWrong."""
    try:
        parts = urlsplit(url)
        kind, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        kind, host, port = "", None, None
    if kind not in PORTS or not host:
        raise SettingsWrong("RXBOT_SMTP_URL names no mail server.", "Write smtp://user:password@host:587, or smtps://...")
    return MailServer(kind, host, port or PORTS[kind], unquote(parts.username or ""), unquote(parts.password or ""))


class Post:
    """An open way to the mail server."""

    def __init__(self, line: smtplib.SMTP, sender: str) -> None:
        self._line, self._sender = line, sender

    def send(self, mail: Mail, now: datetime) -> Refusal | None:
        """Hand a letter in. Gives the refusal where it is not taken; raises MailAway when nothing can be sent any more."""
        try:
            self._line.send_message(_as_message(mail, self._sender, now))
        except smtplib.SMTPRecipientsRefused as refused:
            return _refusal(*refused.recipients[mail.to])
        except smtplib.SMTPDataError as refused:
            return _refusal(refused.smtp_code, refused.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            raise _away(error) from error
        return None


@contextmanager
def open_post(server: MailServer, sender: str, trust: ssl.SSLContext | None = None) -> Iterator[Post]:
    """Open the way to a mail server. Raises MailAway when there is none, SettingsWrong when `sender` is no address."""
    if "@" not in parseaddr(sender)[1]:
        raise SettingsWrong("RXBOT_MAIL_FROM is no address.", "Write the one that answers shall go to.")
    try:
        line = _line_to(server, trust or ssl.create_default_context())
    except (smtplib.SMTPException, OSError) as error:
        raise _away(error) from error
    try:
        yield Post(line, sender)
    finally:
        _hang_up(line)


def _line_to(server: MailServer, trust: ssl.SSLContext) -> smtplib.SMTP:
    if server.kind == "smtps":
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=trust)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        line.ehlo()
        if server.kind == "smtp" and (line.has_extn("starttls") or server.host not in HERE):
            line.starttls(context=trust)
            line.ehlo()
        if server.user:
            line.login(server.user, server.password)
    except BaseException:
        line.close()
        raise
    return line


def _hang_up(line: smtplib.SMTP) -> None:
    try:
        line.quit()
    except (smtplib.SMTPException, OSError):  # it has hung up before us
        line.close()


def _as_message(mail: Mail, sender: str, now: datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # so that no answering machine answers (RFC 3834)
    if mail.stop:
        message["List-Unsubscribe"], message["List-Unsubscribe-Post"] = f"<{mail.stop}>", "List-Unsubscribe=One-Click"
    message.set_content(mail.words)  # which takes away what was said of the content before
    if mail.language:
        message["Content-Language"] = mail.language
    return message


def _refusal(code: int, said: bytes | str) -> Refusal:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return Refusal(f"{code} {' '.join(words.split())}"[:LONGEST], 400 <= code < 500)


def _away(error: Exception) -> MailAway:
    """Say what went wrong by its kind: a server's own words may hold what we signed in with."""
    said = f"{error.smtp_code}" if isinstance(error, smtplib.SMTPResponseException) else type(error).__name__
    return MailAway(f"The mail server takes no letters: {said}.", "Check RXBOT_SMTP_URL: host, port, account and password.")
