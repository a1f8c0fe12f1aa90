"""The API does what its description says: schemathesis asks it whatever the description allows."""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi_checks

from kinnect_app.identity import limits
from state.ui.session import clock
from tests.api import whole_api
from tests.databases import fresh_installation
from tests.market import tiny_market
from tests.programs import made_program, token_of
from tests.property.examples import examples

EXAMPLES = examples(8)
CHECKS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
    openapi_checks.unsupported_method,
]

SCHEMA = schemathesis.openapi.from_asgi("/api/v1/openapi.json", whole_api()).exclude(
    path="/api/v1/insights/events"
)
"""All but the stream, which has no end."""


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A program that may do whatever a program can."""
    with fresh_installation(tmp_path_factory.mktemp("api")):
        market = tiny_market()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                "kinnect_app.api.registry_caller.rules.program_requests_a_minute",
                lambda _day: 1_000_000,
            )
            patch.setattr(limits, "_TOKENS_A_MINUTE", 1_000_000)
            yield token_of(made_program(market, now=clock()), now=clock())


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_description_names(case, token) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)
