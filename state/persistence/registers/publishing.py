"""The register of what is published: a new setting is one more row, from its own date on."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from state.domain.changes import ChangeAction
from state.domain.datasets import Dataset, datasets
from state.domain.publishing import PublishingSetting, setting_of, setting_refusals
from state.domain.refusal import Refusal
from state.persistence.models.publishing import PublishingSettingRow
from state.persistence.publishing import setting, settings_of
from state.persistence.registers.register import Held, Register, Wanted


def held(
    session: Session,
    organisation_id: int | None,
    subject: str,
    *,
    to_change: bool = False,  # noqa: ARG001  # a row is only ever added
) -> Held | None:
    """How a public dataset is published now; open where nothing was ever decided."""
    definition = _public(subject)
    if definition is None or organisation_id is not None:
        return None
    rows = settings_of(session, subject)
    now = setting(rows[-1]) if rows else PublishingSetting()
    return Held(now.values, len(rows) + 1, definition.title)


def apply(session: Session, wanted: Wanted, now: datetime) -> None:
    """Add the setting; whoever reads from now on reads by it."""
    new = setting_of(wanted.values, wanted.effective_on)
    session.add(
        PublishingSettingRow(
            dataset=wanted.subject,
            since=wanted.effective_on,
            is_published=new.is_published,
            reason=new.reason,
            until=new.until,
            feed_is_on=new.feed_is_on,
            lag_minutes=new.lag_minutes,
            change_public_id=wanted.change_id,
            created_at=now,
            updated_at=now,
        )
    )


def refusals(session: Session, wanted: Wanted) -> tuple[Refusal, ...]:  # noqa: ARG001
    """A setting that the dataset can have."""
    definition = _public(wanted.subject)
    if definition is None or wanted.action is not ChangeAction.CHANGE or wanted.organisation_id:
        return (Refusal("", "There is no such public dataset."),)
    return setting_refusals(definition, wanted.values, wanted.effective_on)


def _public(name: str) -> Dataset | None:
    found = datasets().get(name)
    return found if found is not None and found.classification == "public" else None


def _title(values: Mapping[str, str]) -> str:  # noqa: ARG001  # the dataset has one
    return ""


PUBLISHING = Register(held, apply, _title, refusals)
