"""Whom a change concerns, and telling them in the same transaction."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.bank_risk import FLAG_WORDS, is_odd
from state.domain.change_words import what_it_is
from state.domain.changes import RIGHTS, ChangeKind, ChangeStatus
from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.domain.signatory import grants_in_words
from state.persistence.members import person_row
from state.persistence.models.change import ChangeRow
from state.persistence.models.organisation import ContactRow, OrganisationRow
from state.persistence.notices import notify, notify_address
from state.persistence.queries.who_may import people_who_may, staff_who_may
from state.persistence.webhooks import put_webhooks

_TO_MAKER: Final = {
    ChangeStatus.RETURNED: "change.returned",
    ChangeStatus.REFUSED: "change.refused",
    ChangeStatus.APPLIED: "change.applied",
    ChangeStatus.EXPIRED: "change.expired",
    ChangeStatus.CONFLICT: "change.conflict",
    ChangeStatus.SUPERSEDED: "change.conflict",
}
_OF_MONEY: Final = {
    ChangeStatus.AWAITING_APPROVAL: "bank.change_requested",
    ChangeStatus.AWAITING_CALL_BACK: "bank.approved",
    ChangeStatus.REFUSED: "bank.callback_failed",
    ChangeStatus.STOPPED: "bank.stopped",
    ChangeStatus.APPLIED: "bank.active",
}
_PAGES: Final = dict.fromkeys(ChangeKind, "/account/change") | {
    ChangeKind.REFERENCE: "/staff/reference-change",
    ChangeKind.CORRECTION: "/staff/data-change",
    ChangeKind.PUBLISHING: "/staff/data-change",
}
_FOR_PAYMENTS: Final = frozenset({"payment_default", "billing"})


@dataclass(frozen=True, slots=True)
class _News:
    """What happened to a change, and in which words it is told."""

    session: Session
    row: ChangeRow
    words: dict[str, str]
    now: datetime

    def tell(self, key: str, people: Iterable[int], link: str = "", **words: str) -> None:
        """Each once, however often the same state is announced; `words` say more, or otherwise."""
        notify(
            self.session,
            key=key,
            people=sorted(set(people)),
            organisation_id=self.row.organisation_id,
            link=link or f"{_PAGES[ChangeKind(self.row.kind)]}?id={self.row.public_id}",
            now=self.now,
            dedupe_key=f"{key}/{self.row.public_id}/{self.row.row_version}",
            **(self.words | words),
        )


def announce(session: Session, actor: Actor, row: ChangeRow, now: datetime) -> None:
    """Tell those whom the change's new state concerns."""
    put_webhooks(session, row, now)
    news = _News(session, row, _words(session, actor, row), now)
    status, kind = ChangeStatus(row.status), ChangeKind(row.kind)
    if status is ChangeStatus.AWAITING_APPROVAL:
        key = "contact.pending" if kind is ChangeKind.CONTACT else "change.awaiting_approval"
        news.tell(key, set(_approvers(news)) - {row.made_by})
    if status in _TO_MAKER:
        news.tell(_TO_MAKER[status], {row.made_by})
    if kind is ChangeKind.BANK_ACCOUNT and status in _OF_MONEY:
        _tell_of_money(news, _OF_MONEY[status])
    if kind is ChangeKind.SIGNATORY and status is ChangeStatus.APPLIED:
        _tell_of_signatory(news)


def _tell_of_signatory(news: _News) -> None:
    """All who sign for everything, and the person themselves (`customer.md` 7.2)."""
    session, row = news.session, news.row
    before, after = (json.loads(side).get("categories", "") for side in (row.before, row.after))
    key = ("signatory.changed" if before else "signatory.added") if after else "signatory.ended"
    person = person_row(session, row.subject)
    company = row.organisation_id or 0
    signs = people_who_may(session, company, Permission.SIGNATORY_CONFIRM, news.now.date())
    what = grants_in_words(after or before)
    news.tell(key, {*signs, person.id or 0}, "/account/signatories", who=person.name, what=what)


def _tell_of_money(news: _News, key: str) -> None:
    """All who may approve, and the payment contacts at the addresses on file before the change."""
    session, row = news.session, news.row
    news.tell(key, _approvers(news))
    contacts = session.exec(
        select(ContactRow).where(
            ContactRow.organisation_id == row.organisation_id, col(ContactRow.until).is_(None)
        )
    ).all()
    for contact in contacts:
        if _FOR_PAYMENTS & set(contact.purposes.split()):
            notify_address(
                session,
                key=key,
                address=contact.email,
                link=f"/account/change?id={row.public_id}",
                now=news.now,
                dedupe_key=f"{key}/{row.public_id}/{row.row_version}/{contact.public_id}",
                **news.words,
            )
    if row.status == ChangeStatus.AWAITING_CALL_BACK:
        staff = staff_who_may(session, Permission.BANK_VERIFY, news.now.date())
        news.tell("bank.call_back_due", staff, "/staff/bank")
        flags = row.flags.split()
        if is_odd(flags):
            seen = "; ".join(FLAG_WORDS[flag] for flag in flags)
            news.tell("security.bank_anomaly", staff, "/staff/bank", what=f"{seen}.")


def _approvers(news: _News) -> tuple[int, ...]:
    approve = RIGHTS[ChangeKind(news.row.kind)].approve
    if news.row.organisation_id is None:
        return staff_who_may(news.session, approve, news.now.date())
    return people_who_may(news.session, news.row.organisation_id, approve, news.now.date())


def _words(session: Session, actor: Actor, row: ChangeRow) -> dict[str, str]:
    own = row.organisation_id
    company = session.get_one(OrganisationRow, own).legal_name if own else "the operator"
    is_colleague = actor.organisation_id == row.organisation_id
    return {
        "company": company,
        "who": actor.name if is_colleague else "The operator",
        "what": what_it_is(ChangeKind(row.kind), row.title),
        "reason": row.answer,
        "on": spoken_date(row.effective_on),
    }
