"""`kinnect ingest feed`: ask the public service for days of the past, and go on where one ended."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import click

from kinnect_app.commands.outcome import ExitCode, progress, stop
from kinnect_app.commands.schema import need_current_schema
from kinnect_app.ingest.feeding import Step, backfill
from kinnect_app.ingest.official import FeedFaultError, OfficialService
from kinnect_app.neighbours import feed_settings
from state.domain.actor import CONSOLE_OPERATOR
from state.domain.feed_faults import FAULTS
from state.domain.feed_limits import feed_limits
from state.domain.feed_questions import NoFeedError, Span, plan_of, spans
from state.services.feed_runs import StepCounts
from state.services.ingest import StoreBusyError

_DAY: Final = click.DateTime(formats=["%Y-%m-%d"])


@click.command("feed")
@click.argument("code")
@click.option("--from", "first", type=_DAY, required=True, help="The first day, as 2026-01-01.")
@click.option("--to", "last", type=_DAY, required=True, help="The last day, which is included.")
@click.option("--again", is_flag=True, help="Ask for what was asked for before, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def feed(code: str, first: datetime, last: datetime, *, again: bool, as_json: bool) -> None:
    """Ask the public service (KINNECT_FEED_URL) for days of a dataset by its code (FUELINST …).

    What was done stays done: where it ends early, the same command goes on from there.
    """
    need_current_schema()
    span = _span(first.date(), last.date())
    service = _service()
    done: list[Step] = []
    try:
        definition, plan = plan_of(code)
        with progress() as bar:
            task = bar.add_task(f"Asking for {code}", total=len(spans(definition, plan, span)))
            for step in backfill(
                service, code.upper(), span, again=again, actor=CONSOLE_OPERATOR, clock=_now
            ):
                done.append(step)
                bar.advance(task)
    except NoFeedError as fault:
        stop(ExitCode.REFUSED, str(fault))
    except FeedFaultError as fault:
        _say(code, done, as_json=as_json)
        stop(ExitCode.UNFIT, str(fault), FAULTS[fault.fault].remedy, _GOES_ON)
    except (StoreBusyError, OSError) as fault:
        stop(ExitCode.UNFIT, str(fault), _GOES_ON)
    finally:
        service.close()
    _say(code, done, as_json=as_json)


_GOES_ON: Final = "Run the same command again: it goes on from here."


def _span(first: date, last: date) -> Span:
    if last < first:
        raise click.BadParameter("--to is before --from.")
    ends = last + timedelta(days=1)
    now = _now()
    begins = datetime.combine(first, time(), UTC)
    if begins > now:
        raise click.BadParameter("--from is in the future.")
    return Span(begins, min(datetime.combine(ends, time(), UTC), now))


def _service() -> OfficialService:
    try:
        chosen = feed_settings()
    except ValueError as fault:
        stop(ExitCode.UNFIT, str(fault))
    if not chosen.feed_url:
        stop(
            ExitCode.UNFIT,
            "KINNECT_FEED_URL is not set. Set it to the address of the public data service, such "
            "as https://data.elexon.co.uk/bmrs/api/v1.",
        )
    limits = feed_limits(_now().date())
    return OfficialService(chosen.feed_url, limits, public_only=chosen.public_only)


def _say(code: str, done: list[Step], *, as_json: bool) -> None:
    asked = [step.counts for step in done if step.counts is not None]
    counts = StepCounts(
        sum(one.rows_read for one in asked),
        sum(one.rows_stored for one in asked),
        sum(one.rows_refused for one in asked),
    )
    held = len(done) - len(asked)
    if as_json:
        facts = asdict(counts) | {"code": code.upper(), "steps": len(asked), "steps_held": held}
        click.echo(json.dumps(facts))
        return
    click.echo(f"{code.upper()}: steps asked for: {len(asked)}; done before: {held}.")
    click.echo(f"  read     {counts.rows_read:>10,}")
    click.echo(f"  stored   {counts.rows_stored:>10,}")
    click.echo(f"  refused  {counts.rows_refused:>10,}")
    if counts.rows_refused:
        click.echo("Every refused row and how to put it right stand on the page of the feed.")


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # the edge: here the clock is read
