"""The public data do what their description says: whatever it allows is asked of every address."""

from collections.abc import Iterator

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi_checks

from kinnect_app.api.bmrs import PREFIX, router
from tests.property.examples import examples
from tests.public_data import everything

EXAMPLES = examples(1)
"""Of each address, and there are some 300."""

CHECKS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]


def _app() -> FastAPI:
    app = FastAPI()
    app.include_router(router)
    return app


SCHEMA = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", _app())


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with everything(tmp_path_factory.mktemp("public")):
        yield


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_description_names(case, filled) -> None:
    case.call_and_validate(checks=CHECKS)
