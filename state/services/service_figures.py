"""How the service does: how many use it and how long an answer takes, about no small group."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from state.domain import rules
from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.domain.service_figures import ServiceFigures, median_working_days, shown_count
from state.persistence.models.market_entry import ExpressionOfInterestRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import MembershipRow, UserSessionRow
from state.persistence.transaction import reading

_ANSWERS_OF = timedelta(days=365)


def service_figures(*, actor: Actor, now: datetime) -> ServiceFigures:
    """The figures of now: answers of the last year, people of the last days. Staff do not count."""
    actor.require(Permission.CONTENT_READ)
    today = now.date()
    least, days = rules.figure_of_people_least(today), rules.active_within_days(today)
    with reading() as session:
        return ServiceFigures(
            parties=shown_count(_parties(session), least=least),
            active_people=shown_count(
                _active_people(session, now - timedelta(days=days)), least=least
            ),
            median_working_days_to_answer=median_working_days(_answers(session, now), least=least),
            least=least,
            active_days=days,
        )


def _parties(session: Session) -> int:
    wanted = select(func.count()).where(OrganisationRow.status == "live")
    return session.exec(wanted.select_from(OrganisationRow)).one()


def _active_people(session: Session, since: datetime) -> int:
    wanted = (
        select(func.count(func.distinct(UserSessionRow.person_id)))
        .join(MembershipRow, col(MembershipRow.person_id) == col(UserSessionRow.person_id))
        .where(col(UserSessionRow.seen_at) >= since)
    )
    return session.exec(wanted).one()


def _answers(session: Session, now: datetime) -> list[tuple[datetime, datetime]]:
    rows = session.exec(
        select(ExpressionOfInterestRow.created_at, ExpressionOfInterestRow.decided_at).where(
            col(ExpressionOfInterestRow.decided_at) >= now - _ANSWERS_OF
        )
    ).all()
    return [(received, decided) for received, decided in rows if decided is not None]
