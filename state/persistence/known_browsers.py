"""From which browsers a person signed in before, and telling them of one that is new."""

from datetime import datetime

from sqlmodel import Session, select

from state.domain.browsers import browser_words
from state.persistence.models.person import UserSessionRow
from state.persistence.notices import notify


def is_new_browser(session: Session, person_id: int, client: str) -> bool:
    """Whether the person never signed in from such a browser before: the first is new too."""
    return browser_words(client) not in _browsers_of(session, person_id)


def tell_of_new_browser(session: Session, person_id: int, client: str, now: datetime) -> None:
    """Tell the person of a sign-in from a browser that is new to them; not of their very first."""
    known, words = _browsers_of(session, person_id), browser_words(client)
    if known and words not in known:
        notify(
            session,
            key="signin.new_device",
            people=[person_id],
            organisation_id=None,
            link="/account/sign-ins",
            now=now,
            client=words,
        )


def _browsers_of(session: Session, person_id: int) -> set[str]:
    earlier = session.exec(
        select(UserSessionRow.client).where(UserSessionRow.person_id == person_id).distinct()
    ).all()
    return {browser_words(one) for one in earlier}
