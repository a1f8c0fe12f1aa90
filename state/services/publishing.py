"""How datasets are published: asked at the doors; embargoes and lags end by themselves."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.datasets import datasets
from state.domain.permissions import Permission
from state.domain.publishing import NotPublishedError, PublishingSetting, closed_words
from state.persistence.audit_trail import record
from state.persistence.held_back import runs_over, show
from state.persistence.models.publishing import PublishingSettingRow
from state.persistence.publishing import settings_now, settings_of
from state.persistence.transaction import reading, transaction

__all__ = ["NotPublishedError"]


def require_published(*, actor: Actor, names: Iterable[str]) -> None:
    """Let nobody take an empty answer for one of the market: a closed dataset says why it is.

    Raises:
        NotPublishedError: One of the datasets is closed; says the reason that was recorded.
    """
    actor.require(Permission.INSIGHTS_READ)
    if why := why_closed(actor=actor, names=names):
        raise NotPublishedError(why)


def why_closed(*, actor: Actor, names: Iterable[str]) -> str:
    """Why the first of the datasets that is closed is; nothing where all are open."""
    actor.require(Permission.INSIGHTS_READ)
    closed = closed_datasets(actor=actor)
    words = (closed_words(datasets()[name], closed[name]) for name in names if name in closed)
    return next(words, "")


def closed_datasets(*, actor: Actor) -> dict[str, PublishingSetting]:
    """Every dataset that is closed, and why: the reason is for everyone to read."""
    actor.require(Permission.INSIGHTS_READ)
    with reading() as session:
        return {name: one for name, one in settings_now(session).items() if not one.is_published}


def publishing_lags(*, actor: Actor) -> dict[str, int]:
    """The datasets that are shown some time after they were published, and the minutes."""
    actor.require(Permission.INSIGHTS_READ)
    with reading() as session:
        return {name: one.lag_minutes for name, one in settings_now(session).items() if one.lag}


def show_what_was_held_back(*, actor: Actor, now: datetime) -> int:
    """Show the public what a lag held back until now; gives how many runs. Each is told as news."""
    actor.require(Permission.OUTBOX_WORK)
    with reading() as session:
        over = runs_over(session, now)
    shown = 0
    for run in over:
        with transaction() as session:
            shown += show(session, run, actor=actor, now=now)
    return shown


def end_embargoes(*, actor: Actor, now: datetime) -> int:
    """Open what was closed until a day that is over; gives how many datasets."""
    actor.require(Permission.OUTBOX_WORK)
    with transaction() as session:
        over = [
            name
            for name, one in settings_now(session).items()
            if not one.is_published and one.until is not None and one.until < now.date()
        ]
        for name in over:
            _open(session, actor, name, now)
        return len(over)


def _open(session: Session, actor: Actor, name: str, now: datetime) -> None:
    last = settings_of(session, name)[-1]
    session.add(
        PublishingSettingRow(
            dataset=name,
            since=now.date(),
            is_published=True,
            feed_is_on=last.feed_is_on,
            lag_minutes=last.lag_minutes,
            change_public_id=last.change_public_id,
            created_at=now,
            updated_at=now,
        )
    )
    record(
        session,
        actor=actor,
        event="dataset.embargo_ended",
        subject=f"dataset:{name}",
        now=now,
        until=str(last.until),
        change=last.change_public_id,
    )
