"""One effect for one key: a program that asks twice is answered the same and does nothing twice."""

from collections.abc import Callable
from datetime import datetime

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.persistence.kept_answers import AnotherRequestError, KeptAnswer, RequestKey, once

__all__ = ["AnotherRequestError", "KeptAnswer", "RequestKey"]


def answered_once(
    *,
    actor: Actor,
    organisation_id: int,
    asked: RequestKey,
    do: Callable[[], KeptAnswer],
    now: datetime,
) -> KeptAnswer:
    """Do it, in the transaction that keeps its answer; or give the answer that is kept.

    What is refused leaves nothing behind, so that the same key serves for the next try.

    Raises:
        AnotherRequestError: The key stands for another request.
    """
    actor.require(Permission.ORG_VIEW, organisation_id)
    return once(asked, do, now)
