"""Jobs: what services asked for in their own transactions, handed to the worker's queue by key."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Engine

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.persistence import schema
from state.persistence.outbox import hand_over, waiting
from state.persistence.transaction import database_url, jobs_engine, reading, transaction


@dataclass(frozen=True, slots=True)
class Job:
    """One job: known by its key, whoever has it. Its arguments are plain JSON."""

    key: str
    name: str
    arguments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class JobsStore:
    """Where the worker keeps what it has begun, and the version of what it keeps."""

    url: str
    engine: Engine | None
    version: str


def jobs_store(*, actor: Actor) -> JobsStore:
    """Our own database where it is PostgreSQL; a file beside it where it is SQLite.

    The version is that of our tables: a run that was begun before a deployment which leaves them
    alone goes on after it.
    """
    actor.require(Permission.INSTALLATION_RUN)
    made = jobs_engine()
    url = database_url() if made is None else made.url.render_as_string(hide_password=False)
    return JobsStore(url, made, f"schema-{schema.newest_revision()}")


def hand_jobs_over(*, actor: Actor, take: Callable[[Job], None], again: bool, now: datetime) -> int:
    """Give every waiting job to `take`; gives how many. With `again` also those it had before.

    A job is noted as handed over after it was: a crash between the two hands it over twice, which
    its key makes harmless.
    """
    actor.require(Permission.SETTLEMENT_RUN_WORK)
    with reading() as session:
        jobs = [
            Job(row.key, row.job, json.loads(row.arguments))
            for row in waiting(session, again=again)
        ]
    for job in jobs:
        take(job)
        with transaction() as session:
            hand_over(session, job.key, now)
    return len(jobs)
