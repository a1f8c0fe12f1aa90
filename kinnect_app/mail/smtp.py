"""Handing one mail to the mail server: SMTP with STARTTLS, by the standard library."""

import smtplib
import ssl
from email.message import EmailMessage
from typing import Final

from kinnect_app.neighbours import MailSettings
from state.services.mail import MailToSend

_TIMEOUT_SECONDS: Final = 20
_REFUSED_FOR_GOOD: Final = range(500, 600)


class UndeliveredError(Exception):
    """The mail server did not take it. `code` is its answer where that was about the address."""

    def __init__(self, reason: str, code: int | None = None) -> None:
        """Keep why; never the address, which the server may have repeated."""
        super().__init__(reason)
        self.reason = reason
        self.about_the_address = code is not None
        self.for_good = code in _REFUSED_FOR_GOOD


def send(mail: MailToSend, *, chosen: MailSettings) -> None:
    """Hand it in.

    Raises:
        UndeliveredError: The server refused it, or could not be reached.
    """
    try:
        with smtplib.SMTP(chosen.smtp_host, chosen.smtp_port, timeout=_TIMEOUT_SECONDS) as server:
            if chosen.smtp_starttls:
                server.starttls(context=ssl.create_default_context())
            if chosen.smtp_user:
                server.login(chosen.smtp_user, chosen.smtp_password.get_secret_value())
            server.send_message(_message(mail, chosen))
    except smtplib.SMTPRecipientsRefused as refused:
        code = min(code for code, _ in refused.recipients.values())
        raise UndeliveredError(f"the address was refused ({code})", code) from refused
    except (smtplib.SMTPException, OSError) as fault:
        raise UndeliveredError(type(fault).__name__) from fault


def _message(mail: MailToSend, chosen: MailSettings) -> EmailMessage:
    """Plain text. The id is the same at each try, so that a mail sent twice is seen as one."""
    message, sender = EmailMessage(), chosen.smtp_from
    message["From"], message["To"], message["Subject"] = sender, mail.address, mail.subject
    message["Message-ID"] = f"<mail-{mail.mail_id}@{sender.rpartition('@')[2].rstrip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{mail.subject}.\n\n{mail.body}\n\n{chosen.origin}{mail.link}\n")
    return message
