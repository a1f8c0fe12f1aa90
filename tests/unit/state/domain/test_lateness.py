from datetime import UTC, date, datetime

from state.domain.datasets import dataset
from state.domain.lateness import late_from

UPDATED = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_outturn_is_late_after_two_of_its_steps() -> None:
    found = late_from(dataset("system_prices"), updated_at=UPDATED, last_day=UPDATED.date())
    assert found == datetime(2026, 11, 22, 13, tzinfo=UTC)
    frequency = dataset("system_frequency")  # a value each 15 s, asked for every 5 minutes
    found = late_from(frequency, updated_at=UPDATED, last_day=UPDATED.date())
    assert found == datetime(2026, 11, 22, 12, 10, tzinfo=UTC)


def test_a_forecast_is_late_when_nothing_that_is_held_reaches_today() -> None:
    forecast = dataset("national_demand_forecast")
    found = late_from(forecast, updated_at=UPDATED, last_day=date(2026, 7, 1))
    assert found == datetime(2026, 7, 1, 23, tzinfo=UTC)  # midnight in summer


def test_what_comes_as_it_does_is_never_late() -> None:
    assert (
        late_from(dataset("outage_messages"), updated_at=UPDATED, last_day=UPDATED.date()) is None
    )
