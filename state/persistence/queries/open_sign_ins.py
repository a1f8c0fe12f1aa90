"""In which browsers a person is signed in."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from state.domain.session_limits import session_limits
from state.persistence.models.person import UserSessionRow


def open_sign_ins_of(
    session: Session, person_id: int | None, *, is_staff: bool, now: datetime
) -> list[UserSessionRow]:
    """What is neither ended nor timed out; all of a person's sign-ins have the same limits."""
    limits = session_limits(is_staff=is_staff, on=now.date())
    return list(
        session.exec(
            select(UserSessionRow)
            .where(
                UserSessionRow.person_id == person_id,
                col(UserSessionRow.ended_at).is_(None),
                UserSessionRow.seen_at >= now - limits.idle,
                UserSessionRow.began_at >= now - limits.absolute,
            )
            .order_by(col(UserSessionRow.seen_at).desc())
        ).all()
    )


def end_every_sign_in_of(session: Session, person_id: int, now: datetime) -> int:
    """End them all, those that rest too; gives how many."""
    ended = session.execute(
        update(UserSessionRow)
        .where(col(UserSessionRow.person_id) == person_id, col(UserSessionRow.ended_at).is_(None))
        .values(ended_at=now, id_token="")
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]  # an update's result has it
