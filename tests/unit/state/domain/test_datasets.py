import json

import pytest
from pydantic import ValidationError

from settlement_engine.given import GIVEN
from state.domain.datasets import Dataset, UnknownDatasetError, dataset, datasets

CONFIDENTIAL = {
    "applicable_balancing_services_volumes",
    "contract_volumes",
    "delivered_volumes",
    "demand_disconnection_volumes",
    "metered_volume_reallocations",
    "metered_volumes",
    "settlement_expected_volumes",
}


def test_what_a_company_meters_and_contracts_is_confidential() -> None:
    found = {name for name, one in datasets().items() if one.classification == "confidential"}
    assert found == CONFIDENTIAL


def test_every_quantity_ends_in_its_unit_and_says_its_limits() -> None:
    endings = {
        "MW": "_mw",
        "MWh": "_mwh",
        "GBP/MWh": "_gbp_per_mwh",
        "GBP": "_gbp",
        "percent": "_percent",
        "GBP/MW": "_gbp_per_mw",
        "MW/minute": "_mw_per_minute",
        "minutes": "_minutes",
        "Hz": "_hz",
        "°C": "_celsius",
        "kV": "_kv",
    }
    for one in datasets().values():
        for column in one.columns:
            if column.unit:
                assert column.name.endswith(endings[column.unit]), (one.name, column.name)
                assert column.unit == "GBP" or column.limits_source, (one.name, column.name)


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_what_the_engine_is_given_is_stored_under_its_own_names(name: str) -> None:
    stored = set(dataset(name).polars_schema)
    assert set(GIVEN[name].column_names()) <= stored
    assert stored - set(GIVEN[name].column_names()) <= {"published_at", "service"}


def test_contracts_say_that_positive_is_sold() -> None:
    contracts = dataset("contract_volumes")
    words = contracts.description + contracts.column("contract_volume_mwh").label
    assert "sold (positive)" in words
    assert "positive is sold" in words


@pytest.mark.parametrize("change", [{"valid_until": "party_id"}, {"valid_until": "nothing"}])
def test_what_holds_until_a_date_says_so_in_a_column_of_dates(change: dict[str, object]) -> None:
    fields = dataset("bm_unit_registrations").model_dump(mode="json") | change
    with pytest.raises(ValidationError):
        Dataset.model_validate_json(json.dumps(fields))


def test_an_unknown_dataset_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownDatasetError, match="generation_by_fuel"):
        dataset("weather")


@pytest.mark.parametrize(
    "change",
    [
        {"key": ["nothing"]},
        {"valid_time": "fuel_code"},
        {"key": ["start_at", "published_at"]},
        {"revised_together": ["generation_mw"]},
        {"partition": "century"},
        {"vintage": "nothing"},
        {"colour": "red"},
    ],
)
def test_a_configuration_that_contradicts_itself_is_refused(change: dict[str, object]) -> None:
    fields = dataset("generation_by_fuel").model_dump(mode="json") | change
    with pytest.raises(ValidationError):
        Dataset.model_validate_json(json.dumps(fields))


def test_limits_need_a_source() -> None:
    fields = dataset("generation_by_fuel").model_dump(mode="json")
    fields["columns"][3]["limits_source"] = None
    with pytest.raises(ValidationError, match="limits_source"):
        Dataset.model_validate_json(json.dumps(fields))
