import time
from email import message_from_string, policy

import pytest
from pydantic import ValidationError
from sqlmodel import select

from kinnect_app.mail.delivery import Postman, deliver
from kinnect_app.neighbours import MailSettings, mail_settings
from state.persistence.models.notices import OutboxMailRow
from state.persistence.notices import notify_address
from state.persistence.transaction import reading, transaction
from tests.mail_server import mail_server
from tests.market import NOW

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def server(monkeypatch):
    with mail_server() as running:
        for name, value in {
            "HOST": "127.0.0.1",
            "PORT": str(running.server_address[1]),
            "FROM": "Kinnect <no-reply@kinnect.example>",
            "STARTTLS": "false",
        }.items():
            monkeypatch.setenv(f"KINNECT_SMTP_{name}", value)
        mail_settings.cache_clear()
        yield running
        mail_settings.cache_clear()


def put(*addresses: str) -> None:
    with transaction() as session:
        for address in addresses:
            notify_address(
                session,
                key="invite.sent",
                address=address,
                link="/auth/join/the-secret",
                now=NOW,
                company="ALPHA ENERGY LTD",
                who="New",
                until="5 Dec 2026",
            )


def rows():
    with reading() as session:
        return session.exec(select(OutboxMailRow).order_by(OutboxMailRow.id)).all()


def test_a_mail_goes_out_once_and_its_link_is_forgotten(database, server) -> None:
    put("new@people.example")
    assert deliver(NOW) == 1
    assert deliver(NOW) == 0
    (sent,) = server.mails
    mail = message_from_string(sent, policy=policy.default)
    assert mail["To"] == "new@people.example"
    assert mail["Message-ID"] == "<mail-1@kinnect.example>"
    assert "http://localhost:8000/auth/join/the-secret" in mail.get_content()
    (row,) = rows()
    assert (row.sent_at, row.link, row.next_try_at) == (NOW, "", None)


def test_an_address_that_is_refused_holds_no_other_mail_up(database, server) -> None:
    put("nobody@people.example", "later@people.example", "new@people.example")
    deliver(NOW)
    refused, put_off, sent = rows()
    assert (refused.failed_reason, refused.next_try_at) == ("the address was refused (550)", None)
    assert put_off.next_try_at > NOW
    assert put_off.sent_at is None
    assert sent.sent_at == NOW
    assert len(server.mails) == 1


def test_a_server_that_cannot_be_reached_ends_the_round(database, server, monkeypatch) -> None:
    monkeypatch.setenv("KINNECT_SMTP_PORT", "1")
    mail_settings.cache_clear()
    put("a@people.example", "b@people.example")
    assert deliver(NOW) == 0
    first, second = rows()
    assert (first.tries, first.failed_reason) == (1, "ConnectionRefusedError")
    assert second.tries == 0


def test_without_a_server_mail_waits(database, monkeypatch) -> None:
    monkeypatch.delenv("KINNECT_SMTP_HOST", raising=False)
    mail_settings.cache_clear()
    put("new@people.example")
    Postman().go(NOW)
    assert rows()[0].tries == 0


def test_the_postman_goes_round_beside_the_clock(database, server) -> None:
    put("new@people.example")
    postman = Postman()
    until = time.monotonic() + 5
    while not server.mails and time.monotonic() < until:
        postman.go(NOW)
        time.sleep(0.01)
    assert len(server.mails) == 1


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"smtp_host": "mail.example"}, "KINNECT_SMTP_FROM"),
        (
            {"smtp_host": "mail.example", "smtp_from": "a@b.example", "smtp_starttls": False},
            "KINNECT_SMTP_STARTTLS",
        ),
    ],
)
def test_unfit_settings_say_why(settings, why) -> None:
    with pytest.raises(ValidationError, match=why):
        MailSettings(**settings)
