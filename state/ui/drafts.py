"""A form's draft on its way to and from the screen: one for each form, person and company."""

import reflex as rx

from state.domain.dates import spoken_time_of_day
from state.services import drafts
from state.services.drafts import Draft
from state.ui.session import ask, clock, here


async def draft_here(screen: rx.State, form_key: str) -> Draft | None:
    """What the person at this screen typed into the form and did not send."""
    return await ask(drafts.draft_of, actor=await here(screen), form_key=form_key, now=clock())


async def forget_draft_here(screen: rx.State, form_key: str) -> None:
    """The form was sent, or is begun anew."""
    await ask(drafts.forget_draft, actor=await here(screen), form_key=form_key, now=clock())


def filled(values: dict[str, str], draft: Draft | None) -> dict[str, str]:
    """The values of a form's own fields, as the draft has them where it has them."""
    if draft is None:
        return values
    return {name: draft.fields.get(name, value) for name, value in values.items()}


def kept_words(draft: Draft | None) -> str:
    """When it was kept: `22 November at 10:42`; empty where there is none."""
    return "" if draft is None else spoken_time_of_day(draft.saved_at)


def is_outdated(draft: Draft | None, basis: str) -> bool:
    """Whether what the draft changes was changed since by somebody else."""
    return draft is not None and draft.basis != basis
