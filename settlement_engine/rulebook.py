"""A Rulebook: quantities in order, what they start from, and how a range of dates is settled."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import polars as pl

from settlement_engine import frames, settling
from settlement_engine.faults import Given, checked
from settlement_engine.fingerprint import source_hash
from settlement_engine.frames import Frame
from settlement_engine.parameter import Parameter
from settlement_engine.rule import Rule
from settlement_engine.settling import CALENDAR, PERIOD_LENGTH, Around, Check, RulebookError, Step

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Settlement Dates, first and last, on which one set of rules and values is in force."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Settled:
    """What was given, what was worked out from it, and by which rulebook."""

    rulebook: "Rulebook"
    span: Span
    fingerprint: str
    frames: Mapping[str, pl.DataFrame]
    worked_out: tuple[str, ...]
    lacking: Mapping[str, frozenset[str]]
    """Quantities that were not worked out, each with the given frames it was not worked out for."""

    def decimals(self, name: str) -> pl.DataFrame:
        """A frame as people and files see it."""
        return frames.decimals(self.frames[name], self.rulebook.frame_types()[name])


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Rules in the order in which they are worked out; each reads only what stands above it.

    `since` is the first Settlement Date whose rules are all here. A frame that is `required` is not
    replaced by an empty one: what reads it is left out where it is not given. `checks` look for
    what makes given frames contradict each other, `day_checks` for what a whole day lacks; any
    finding holds the run.

    A variant keeps its `baseline`; results of one that has a baseline are a sandbox's.
    """

    name: str
    since: date
    given: Mapping[str, Frame]
    parameters: tuple[Parameter, ...]
    rules: tuple[Rule, ...]
    required: frozenset[str] = frozenset()
    checks: tuple[Check, ...] = ()
    day_checks: tuple[Check, ...] = ()
    baseline: "Rulebook | None" = None

    def rule(self, name: str) -> Rule:
        """The rule of a quantity.

        Raises:
            RulebookError: There is no quantity of that name.
        """
        for rule in self.rules:
            if rule.name == name:
                return rule
        known = ", ".join(rule.name for rule in self.rules)
        raise RulebookError(f"{self.name} has no quantity {name}. It has {known}.")

    def frame_types(self) -> dict[str, Frame]:
        """Every frame by name: those that are given, then those that are worked out."""
        return {**self.given, **{rule.name: rule.produces for rule in self.rules}}

    def in_force(self, settlement_date: date) -> tuple[Step, ...]:
        """The quantities of a date in order, each with its version.

        Raises:
            RulebookError: No rule is in force, or one reads what nothing gives on that date.
        """
        if settlement_date < self.since:
            raise RulebookError(
                f"{settlement_date} cannot be settled: the rules of {self.name} start on "
                f"{self.since}. Earlier Settlement Dates had rules that are not implemented; "
                "choose a later date."
            )
        found = tuple(
            Step(rule, version)
            for rule in self.rules
            if (version := rule.version_on(settlement_date)) is not None
        )
        known = {CALENDAR, *self.given, *self.values_on(settlement_date)}
        for step in found:
            for name in step.version.reads:
                if name not in known:
                    raise RulebookError(
                        f"{step.rule.name} reads {name}, which nothing above it gives on "
                        f"{settlement_date}."
                    )
            known.add(step.rule.name)
        return found

    def values_on(self, settlement_date: date) -> dict[str, Decimal | str]:
        """The value of every parameter that has one on the date."""
        return {
            parameter.name: dated.value
            for parameter in self.parameters
            if (dated := parameter.dated_value_on(settlement_date)) is not None
        }

    def last_change(self) -> date:
        """The latest Settlement Date on which a rule or a parameter changes."""
        return max(self._changes())

    def spans(self, since: date, until: date) -> tuple[Span, ...]:
        """The range cut wherever a rule or a parameter changes.

        Raises:
            RulebookError: The range ends before it starts.
        """
        if until < since:
            raise RulebookError(f"The range ends on {until}, before it starts on {since}.")
        cuts = sorted(day for day in set(self._changes()) if since < day <= until)
        ends = [*(cut - _DAY for cut in cuts), until]
        return tuple(map(Span, [since, *cuts], ends))

    def settle(
        self,
        given: Mapping[str, pl.DataFrame] | Given,
        *,
        since: date,
        until: date,
        wanted: Collection[str] = (),
        whole_days: bool = False,
        around: Around = nullcontext,
    ) -> Settled:
        """Work out every quantity of a range of Settlement Dates, or those wanted and their roots.

        Frames are given by name, in decimals, with the columns of `frame_types()`. A quantity that
        is given is not worked out, nor is one that reads a required frame which is not given.
        Columns and frames that may be absent take their neutral value. `whole_days` holds what has
        not every period of its days, as a settlement run must. `around` is entered around the
        checks and around each quantity, by name: whoever keeps the time does it there.

        Raises:
            GivenFramesError: With everything that is wrong with what was given.
            RulebookError: A date has no rules, or a frame is missing that cannot be done without.
        """
        here = given if isinstance(given, Given) else self.checked(given, since)
        self.in_force(since)
        self._require_dates(here.frames, since, until)
        checks = (*self.checks, *self.day_checks) if whole_days else self.checks
        with around("checks"):
            settling.hold(checks, here.frames, self.values_on(since), since, until)
        steps = self._steps(since, here.frames, wanted)
        lacking = settling.lacking(steps, self.required - here.frames.keys(), wanted)
        parts = [
            self._settle_span(span, here.frames, wanted, lacking, around)
            for span in self.spans(since, until)
        ]
        worked_out = dict.fromkeys(name for part in parts for name in part)
        computed = {
            name: pl.concat([part[name] for part in parts if name in part]) for name in worked_out
        }
        return Settled(
            rulebook=self,
            span=Span(since, until),
            fingerprint=self.fingerprint(),
            frames={**self._complete(here.frames), **computed},
            worked_out=tuple(worked_out),
            lacking=lacking,
        )

    def checked(self, given: Mapping[str, pl.DataFrame], settlement_date: date) -> Given:
        """Frames in decimals as the engine holds them, found free of faults one by one.

        Raises:
            GivenFramesError: With every fault of every frame.
        """
        minutes = settling.period_minutes(self.values_on(settlement_date))
        return checked(given, self.frame_types(), period_minutes=minutes)

    def variant(
        self,
        name: str,
        *,
        rules: tuple[Rule, ...] = (),
        parameters: Mapping[str, Decimal | str] | None = None,
    ) -> "Rulebook":
        """The same rulebook with rules replaced by name and parameters held at one value.

        Raises:
            RulebookError: A name the rulebook lacks, or a rule that produces another frame.
        """
        for rule in rules:
            if self.rule(rule.name).produces is not rule.produces:
                raise RulebookError(f"{rule.name} must produce the same frame in {name}.")
        changed = dict(parameters or {})
        if unknown := changed.keys() - {parameter.name for parameter in self.parameters}:
            raise RulebookError(f"{self.name} has no parameter {', '.join(sorted(unknown))}.")
        self._require_thresholds(name, changed)
        replaced = {rule.name: rule for rule in rules}
        return replace(
            self,
            name=name,
            rules=tuple(replaced.get(rule.name, rule) for rule in self.rules),
            parameters=tuple(
                old.always(changed[old.name]) if old.name in changed else old
                for old in self.parameters
            ),
            baseline=self,
        )

    def fingerprint(self) -> str:
        """A hash of all that decides a result: names, dates, formulas and parameter values."""
        digest = hashlib.sha256()
        for rule in self.rules:
            for version in rule.versions:
                dates = f"{version.since} {version.until}"
                digest.update(f"{rule.name} {dates} {source_hash(version.formula)}\n".encode())
        for parameter in self.parameters:
            for dated in parameter.values:
                digest.update(f"{parameter.name} {dated.since} {dated.value}\n".encode())
        return digest.hexdigest()

    def _changes(self) -> Iterator[date]:
        for rule in self.rules:
            for version in rule.versions:
                yield version.since
                if version.until is not None:
                    yield version.until + _DAY
        for parameter in self.parameters:
            yield from (dated.since for dated in parameter.values)

    def _steps(
        self, day: date, given: Mapping[str, pl.DataFrame], wanted: Collection[str]
    ) -> list[Step]:
        steps = [step for step in self.in_force(day) if step.rule.name not in given]
        return settling.needed(steps, wanted)

    def _settle_span(
        self,
        span: Span,
        given: Mapping[str, pl.DataFrame],
        wanted: Collection[str],
        lacking: Collection[str],
        around: Around,
    ) -> dict[str, pl.DataFrame]:
        values = self.values_on(span.since)
        known: dict[str, Any] = dict(values)
        known[CALENDAR] = settling.calendar(span.since, span.until, values).lazy()
        known |= {
            name: settling.within(frame, span.since, span.until).lazy()
            for name, frame in self._complete(given).items()
        }
        quantities = {rule.name for rule in self.rules} & given.keys()
        computed: dict[str, pl.DataFrame] = {}
        for step in self._steps(span.since, given, wanted):
            if step.rule.name not in lacking:
                with around(step.rule.name):
                    frame = settling.worked_out(step, known, instead=quantities)
                computed[step.rule.name] = frame
                known[step.rule.name] = frame.lazy()
        return computed

    def _require_thresholds(self, name: str, changed: Mapping[str, Decimal | str]) -> None:
        """Another period length makes other MWh a period: whoever changes it must say which."""
        if PERIOD_LENGTH not in changed:
            return
        silent = [p.name for p in self.parameters if p.per_period and p.name not in changed]
        if silent:
            raise RulebookError(
                f"{name} changes {PERIOD_LENGTH}, so it must also say what a period's worth is of "
                f"{', '.join(silent)}."
            )

    def _require_dates(self, given: Mapping[str, pl.DataFrame], since: date, until: date) -> None:
        """Refuse a range of which nothing is known: most likely a slip in the dates."""
        if not given:
            raise RulebookError(
                f"Nothing was given. What can be: {settling.listed(self.frame_types())}."
            )
        dated = [frame for frame in given.values() if "settlement_date" in frame.columns]
        inside = pl.col("settlement_date").is_between(since, until)
        if dated and not any(frame.select(inside.any()).item() for frame in dated):
            raise RulebookError(f"Nothing was given for any date from {since} to {until}.")

    def _complete(self, given: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        """What was given, and an empty frame for each that may be absent."""
        return {**{name: frame.create_empty() for name, frame in self.given.items()}, **given}


def compare(baseline: Settled, variant: Settled, name: str) -> pl.DataFrame:
    """The rows of a frame that differ between two results, side by side, in decimals."""
    keys = frames.keys(baseline.rulebook.frame_types()[name])
    before, after = baseline.decimals(name), variant.decimals(name)
    values = [column for column in before.columns if column not in keys]
    joined = before.join(
        after, on=keys, how="full", coalesce=True, suffix="_in_variant", maintain_order="left_right"
    )
    differs = pl.any_horizontal(
        pl.col(column).ne_missing(pl.col(f"{column}_in_variant")) for column in values
    )
    return joined.filter(differs).sort(keys)
