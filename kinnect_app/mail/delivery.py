"""Sending what the outbox of mail holds, as the worker's clock asks for it."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Final

import structlog

from kinnect_app.mail.smtp import UndeliveredError, send
from kinnect_app.neighbours import mail_settings
from state.domain.actor import THE_CLOCK
from state.services.mail import MailToSend, mail_failed, mail_sent, mail_to_send

_AT_ONCE: Final = 50

_log = structlog.get_logger(__name__)


class Postman:
    """One thread beside the worker's clock: a mail server that hangs holds nothing else up."""

    def __init__(self) -> None:
        """Have nothing to do yet."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mail")
        self._round: Future[int] | None = None

    def go(self, now: datetime) -> None:
        """Begin a round, unless one is still under way. Without a mail server everything waits."""
        if not mail_settings().smtp_host or (self._round and not self._round.done()):
            return
        if self._round and (fault := self._round.exception()):
            _log.error("mail round failed", exc_info=fault)
        self._round = self._thread.submit(deliver, now)


def deliver(now: datetime) -> int:
    """Send what is due, one after the other; gives how many went out.

    Where the server cannot be reached the round is over: the rest would fare no better.
    """
    sent = 0
    for _ in range(_AT_ONCE):
        mail = mail_to_send(actor=THE_CLOCK, now=now)
        if mail is None or not _tried(mail, now):
            break
        sent += 1
    if sent:
        _log.info("mail round done", mails=sent)
    return sent


def _tried(mail: MailToSend, now: datetime) -> bool:
    """Whether the round may go on."""
    try:
        send(mail, chosen=mail_settings())
    except UndeliveredError as fault:
        _log.warning("mail not sent", mail=mail.mail_id, why=fault.reason, for_good=fault.for_good)
        mail_failed(
            actor=THE_CLOCK,
            mail_id=mail.mail_id,
            reason=fault.reason,
            for_good=fault.for_good,
            now=now,
        )
        return fault.about_the_address
    mail_sent(actor=THE_CLOCK, mail_id=mail.mail_id, now=now)
    return True
