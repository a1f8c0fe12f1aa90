import os

import pytest
from pydantic import ValidationError

from kinnect_app.settings import Settings

OIDC = {
    "oidc_issuer": "https://id.example",
    "oidc_client_id": "kinnect",
    "oidc_client_secret": "s" * 32,
    "session_secret": "t" * 32,
}
PRODUCTION = {"env": "production", "public_url": "https://kinnect.example", **OIDC}


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("KINNECT_")]:
        monkeypatch.delenv(name)


def made(**settings) -> Settings:
    return Settings(**settings)


def test_development_on_this_machine_needs_nothing() -> None:
    settings = made(env="development")
    assert settings.development_sign_in
    assert settings.origin == "http://localhost:8000"
    assert settings.own_origins == {"http://localhost:8000", "http://127.0.0.1:8000"}
    assert settings.cookie == "kinnect"


def test_production_with_a_provider_over_tls() -> None:
    settings = made(**PRODUCTION)
    assert not settings.development_sign_in
    assert settings.own_origins == {"https://kinnect.example"}
    assert settings.cookie == "__Host-kinnect"


def test_a_provider_shuts_the_development_sign_in() -> None:
    assert not made(env="development", **OIDC).development_sign_in


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({}, "an identity provider is needed"),
        ({**PRODUCTION, "public_url": "http://kinnect.example"}, "must be an https"),
        ({**PRODUCTION, "oidc_issuer": "http://id.example"}, "must be https in production"),
        ({**PRODUCTION, "oidc_client_secret": "short"}, "OIDC_CLIENT_SECRET must have 32"),
        ({**PRODUCTION, "session_secret": ""}, "SESSION_SECRET must have 32"),
        ({**PRODUCTION, "oidc_client_id": ""}, "OIDC_CLIENT_ID is missing"),
        ({"env": "development", "oidc_client_id": "x"}, "OIDC_ISSUER is missing"),
        ({"env": "development", "host": "0.0.0.0"}, "for this machine only"),  # noqa: S104
        ({"env": "development", "public_url": "https://x.example"}, "for this machine only"),
        ({"env": "staging"}, "production"),
        ({"env": "development", "port": 70_000}, "65535"),
    ],
)
def test_unfit_settings_stop_the_start_and_say_why(settings, why) -> None:
    with pytest.raises(ValidationError, match=why):
        made(**settings)


def test_a_secret_is_not_shown() -> None:
    assert "s" * 32 not in repr(made(**PRODUCTION))
