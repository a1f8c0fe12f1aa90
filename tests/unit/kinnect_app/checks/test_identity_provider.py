from datetime import date

import pytest

from kinnect_app.checks import identity_provider as providers
from kinnect_app.checks.identity_provider import DevelopmentProvider
from kinnect_app.settings import Settings
from state.domain.identity_check import ClaimedPerson, found

BORN = date(1984, 3, 27)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ada Eva Lund", "verified"),
        ("Ada Unverified", "failed"),
        ("Ada Abandoned", "abandoned"),
        ("Ada Another", "name_differs"),
        ("Ada Unsure", "level_low"),
    ],
)
def test_the_development_provider_answers_by_the_family_name(name, code) -> None:
    provider, claimed = DevelopmentProvider(), ClaimedPerson(name, BORN)
    assert provider.start("try-1", claimed, "/back") == "/back"
    answer = provider.result("try-1")
    assert found(answer, claimed, today=date(2026, 11, 21)).code == code
    assert provider.result("try-1").status == "unavailable"  # it knows of each try once
    assert "checks nobody" in provider.key


def test_in_production_the_development_provider_is_nobodys(monkeypatch) -> None:
    for env, is_there in (("development", True), ("production", False)):
        chosen = Settings.model_construct(env=env)
        monkeypatch.setattr(providers, "settings", lambda chosen=chosen: chosen)
        assert (providers.identity_provider() is not None) is is_there
