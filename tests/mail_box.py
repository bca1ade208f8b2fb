"""A mail server on this computer that keeps what it was given, with TLS of its own making, and refuses whom it is told to."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass
class Mailbox:
    """What arrived, each with whether it came over TLS."""

    refuses: dict[str, str] = field(default_factory=dict)
    arrived: list[EmailMessage] = field(default_factory=list)
    over_tls: list[bool] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    url: str = ""
    hangs_up_after: int | None = None
    """How many letters it takes before it is gone in the middle of one."""

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        if self.hangs_up_after is not None and len(self.arrived) >= self.hangs_up_after:
            server.transport.abort()
            return "421 gone"
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.arrived.append(message)
        self.over_tls.append(session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None)
        return "250 OK"

    def lets_in(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.signed_in.append(given.login.decode())
        return AuthResult(success=given.password == b"open sesame")


@contextmanager
def mail_server(kind: str = "plain", certificate: Path | None = None) -> Iterator[Mailbox]:
    """Open one: plain, starttls or tls."""
    box = Mailbox()
    context = _context(certificate) if certificate else None
    more = {"tls_context": context, "require_starttls": True} if kind == "starttls" else {}
    login = {"authenticator": box.lets_in, "auth_require_tls": False}
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()

    async def opened() -> asyncio.Server:
        implicit = context if kind == "tls" else None
        return await loop.create_server(lambda: SMTP(box, loop=loop, **more, **login), "127.0.0.1", 0, ssl=implicit)

    async def closed(server: asyncio.Server) -> None:
        server.close()
        await server.wait_closed()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    server = asyncio.run_coroutine_threadsafe(opened(), loop).result()
    box.url = f"{'smtps' if kind == 'tls' else 'smtp'}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield box
    finally:
        asyncio.run_coroutine_threadsafe(closed(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def certificate_in(folder: Path) -> Path:
    """Make a certificate of this computer's own; it stands beside its key in one file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = builder.add_extension(here, critical=False).sign(key, hashes.SHA256())
    shape = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "here.pem"
    file.write_bytes(key.private_bytes(*shape) + made.public_bytes(serialization.Encoding.PEM))
    return file


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context
