"""What the public service is asked: of every feed, and the odd ones word by word."""

from datetime import UTC, datetime, timedelta

import pytest

from state.domain.bmrs.catalogue import endpoint_at
from state.domain.feed_questions import (
    NoFeedError,
    Span,
    endpoint_of,
    feeds,
    plan_of,
    questions,
    range_of,
    spans,
)

DAY = datetime(2026, 10, 25, tzinfo=UTC)
ONE = Span(DAY, DAY + timedelta(days=1))


def asked(code: str, span: Span = ONE) -> list[str]:
    definition, _ = plan_of(code)
    return [
        f"{one.path}?{'&'.join(f'{name}={value}' for name, value in one.values)}".rstrip("?")
        for one in questions(definition, span)
    ]


@pytest.mark.parametrize("code", sorted(feeds()))
def test_every_feed_asks_what_its_address_takes(code: str) -> None:
    """Every value that is required is given, and none that is unknown."""
    definition, _ = plan_of(code)
    for question in questions(definition, ONE):
        found = endpoint_at(question.path)
        assert found is not None
        endpoint, in_path = found
        given = {name for name, _ in question.values} | in_path.keys()
        known = {one.name for one in endpoint.parameters}
        assert {one.name for one in endpoint.parameters if one.required} <= given <= known


@pytest.mark.parametrize("code", sorted(feeds()))
def test_every_feed_gives_the_columns_that_its_dataset_needs(code: str) -> None:
    """A change of the catalogue or of a definition that no answer could fill fails here."""
    definition, _ = plan_of(code)
    published = {field.name for field in endpoint_of(definition).fields}
    filled = {"emergency_flag", "listed_on"}
    for column in definition.columns:
        if column.official and not column.nullable and column.name not in definition.key:
            assert column.official in published, column.name
        if not column.official and not column.nullable:
            assert column.name in filled | {"start_at"} or code == "FUELHH", column.name


WHOLE_DAY = ("2026-10-25T00:00:00Z", "2026-10-26T00:00:00Z")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "FUELINST",
            "/datasets/FUELINST/stream?publishDateTimeFrom={}&publishDateTimeTo={}",
        ),
        ("PN", "/datasets/PN/stream?from={}&to={}"),
        ("DISEBSP", "/balancing/settlement/system-prices/2026-10-25"),
        ("BMUNITS", "/reference/bmunits/all"),
        ("IF023", "/lss/load-shape-totals/stream?fromDate=2026-10-25&toDate=2026-10-25"),
        (
            "FREQ",
            "/datasets/FREQ/stream?measurementDateTimeFrom={}&measurementDateTimeTo={}",
        ),
    ],
)
def test_a_day_is_asked_for_in_the_words_of_its_address(code: str, words: str) -> None:
    assert asked(code) == [words.format(*WHOLE_DAY)]


def test_the_long_day_has_fifty_periods() -> None:
    assert asked("TUDM")[0].endswith("&settlementPeriodFrom=1&settlementPeriodTo=50")


def test_days_are_asked_for_one_by_one_where_the_address_names_one() -> None:
    noon = Span(DAY + timedelta(hours=12), DAY + timedelta(days=2, hours=12))
    assert [one[-10:] for one in asked("DISEBSP", noon)] == [
        "2026-10-25",
        "2026-10-26",
        "2026-10-27",
    ]


@pytest.mark.parametrize("code", sorted(feeds()))
def test_steps_leave_nothing_out_and_are_no_longer_than_they_may_be(code: str) -> None:
    definition, plan = plan_of(code)
    span = Span(DAY, DAY + timedelta(days=9, hours=5))
    found = spans(definition, plan, span)
    assert (found[0].since, found[-1].until) == (span.since, span.until)
    assert [one.until for one in found[:-1]] == [one.since for one in found[1:]]
    whole = range_of(endpoint_of(definition)) is None and "{" not in endpoint_of(definition).path
    longest = timedelta(hours=plan.step_hours)
    assert whole or all(one.until - one.since <= longest for one in found)


def test_what_is_not_asked_for_is_said_so() -> None:
    with pytest.raises(NoFeedError, match="FUELINST"):
        plan_of("EBOCF")
    assert plan_of("fuelinst")[0].name == "generation_by_fuel"
