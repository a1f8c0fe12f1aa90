"""Whom a request for information is told to: who may answer for the company, and who asked."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.persistence.models.information_requests import InformationRequestRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.notices import notify
from state.persistence.queries.who_may import people_who_may


def tell_company(
    session: Session, row: InformationRequestRow, key: str, *, now: datetime, once: str = ""
) -> None:
    """Tell everybody who may answer for the company."""
    _tell(
        session,
        row,
        key,
        people=people_who_may(
            session, row.organisation_id, Permission.INFORMATION_ANSWER, now.date()
        ),
        link=f"/account/information/request?reference={row.reference}",
        now=now,
        once=once,
    )


def tell_who_asked(
    session: Session, row: InformationRequestRow, key: str, *, now: datetime, once: str = ""
) -> None:
    """Tell whoever asked what the company did, or did not do."""
    _tell(
        session,
        row,
        key,
        people=[row.asked_by],
        link=f"/staff/information?reference={row.reference}",
        now=now,
        once=once,
    )


def _tell(  # noqa: PLR0913  # whom, of what, where, when, once
    session: Session,
    row: InformationRequestRow,
    key: str,
    *,
    people: Iterable[int],
    link: str,
    now: datetime,
    once: str = "",
) -> None:
    notify(
        session,
        key=key,
        people=people,
        organisation_id=row.organisation_id,
        link=link,
        now=now,
        dedupe_key=once,
        company=session.get_one(OrganisationRow, row.organisation_id).legal_name,
        reference=row.reference,
        title=row.title,
        due=spoken_date(row.due_on),
    )
