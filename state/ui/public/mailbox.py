"""A developer's mailbox on screen."""

import reflex as rx

from state.domain.dates import spoken_moment
from state.services import mail
from state.ui.access import for_anyone
from state.ui.session import ask, here


class MailboxState(rx.State):
    """The newest mail that this installation would send."""

    loaded: bool = False
    mails: list[dict[str, str]] = []

    @rx.event
    @for_anyone
    async def load(self):
        """Read it, where this is a developer's machine."""
        held = await ask(mail.development_mailbox, actor=await here(self))
        self.mails = [
            {
                "id": str(one.mail_id),
                "to": one.address,
                "title": one.subject,
                "sentence": one.body,
                "over": f"{spoken_moment(one.created_at)} · to {one.address}",
                "state": "",
                "link": one.link,
            }
            for one in held
        ]
        self.loaded = True
