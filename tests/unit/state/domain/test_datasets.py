import json

import pytest
from pydantic import ValidationError

from state.domain.datasets import Dataset, UnknownDatasetError, dataset, datasets

CONFIDENTIAL = {"metered_volumes", "contract_volumes"}


def test_what_a_company_meters_and_contracts_is_confidential() -> None:
    found = {name for name, one in datasets().items() if one.classification == "confidential"}
    assert found == CONFIDENTIAL


def test_every_quantity_ends_in_its_unit_and_says_its_limits() -> None:
    endings = {"MW": "_mw", "MWh": "_mwh", "GBP/MWh": "_gbp_per_mwh", "GBP": "_gbp"}
    for one in datasets().values():
        for column in one.columns:
            if column.unit:
                assert column.name.endswith(endings[column.unit]), (one.name, column.name)
                assert column.unit == "GBP" or column.limits_source, (one.name, column.name)


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
